# 审阅过程的用语。

review-counts = 保留 { $dismissed } 处，待改 { $accepted } 处，未决 { $undecided } 处
review-accepted = 待改
review-dismissed = 保留
review-open = 请在本机浏览器中打开 { $url } ；按 Ctrl-C 结束审阅
review-idle-replies = 有 { $count } 条答复没有作出决定；请以“接受”或“驳回”开头

## 终端

review-nothing = 没有需要决定的结果
review-prompt = [a]接受 [d]驳回 [u]撤销 [s]跳过 [n]下一处 [p]上一处 [q]退出，? 帮助>{" "}
review-at = 第 { $number } 处，共 { $all } 处
review-reason = 理由：
review-say-why = 未驳回：请说明理由
review-nothing-to-undo = 没有可撤回的决定
review-first = 已是第一处
review-last = 已是最后一处
review-no-other = 其余各处均已决定
review-all-decided = 全部已决定
review-help =
    a [说明]  接受：这处要改
    d 理由    驳回：原样保留
    u         撤销：撤回上一个决定，或对这一处的决定
    s         跳到下一处未决的
    n, p      下一处、上一处
    q         退出；已作的决定都已保存

## 在浏览器中

review-page-title = duizhao 审阅
review-page-only = 只看未决
review-page-why = 理由
review-page-accept = 接受
review-page-dismiss = 驳回
review-page-undo = 撤销
review-page-at = 第 { $at } 处，共 { $all } 处，可信度 { $sure }
review-page-empty = 没有需要决定的结果。
review-page-lost = 未能保存：
review-page-done = 已决定
review-page-step = 下一处、上一处
review-page-to-accept = 接受：这处要改
review-page-to-dismiss = 驳回：原样保留
