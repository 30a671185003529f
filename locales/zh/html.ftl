# 对照阅读网页的用语。

## 一对文件的网页

html-skip-to-findings = 跳到检查结果
html-sidebar = 侧栏
html-passed = 通过
html-failed = 未通过
html-source = 原文
html-target = 译文
html-no-text = 没有可以对照的文字。
html-moved-later = 已移位：在译文中靠后 ↓
html-moved-earlier = 已移位：在译文中靠前 ↑
html-moved = 已移位：
html-moved-beside = 显示在对应的原文旁
html-findings = 检查结果
html-terms = 术语
html-overview = 概览
html-keys-step = 下一处、上一处
html-keys-search = 搜索
html-keys-fold = 收起侧栏
html-count = 共 { $total } 处
html-filter = 筛选
html-previous = 上一处
html-next = 下一处
html-confidence-from = 可信度不低于
html-nothing-found = 没有发现问题。
html-nothing-found-why = 就各项检查所及，译文与原文一致。
html-none-passes = 没有符合筛选条件的结果。
html-show-all = 显示全部
html-both-versions = 两侧对照
html-finding-permalink = 第 { $number } 处，固定链接
html-confidence = 可信度
html-evidence = 依据
html-panel = 检查结果、术语、概览
html-views = 视图
html-search-findings = 搜索检查结果
html-severity = 严重程度
html-check = 检查项
html-all-checks = 全部检查项
html-status = 状态
html-map = 对齐示意图：左为原文，右为译文
html-finding = 第 { $number } 处：{ $check }
html-in-side = 在{ $side }中
html-option = { $title }（{ $count }）
html-any-status = 全部状态（{ $total }）

## 总览网页

html-skip-to-pairs = 跳到文件列表
html-pairs = { $count } 对文件
html-no-pairs = 没有文件对。
html-nothing-in-pairs = 所有文件对均未发现问题。
html-pair = 文件
html-verdict = 结论
html-not-counted = 不计入
html-find-pairs = 按文件名查找
html-pairs-clean = { $count } 对文件没有问题

## 评分卡

html-error-type = 错误类型
html-penalty = 扣分
html-mqm = MQM，原文 { $extent }

## 长度图

html-lengths = 译文长度
html-lengths-why = 每点代表一段，从头到尾排列；位置越高，译文相对原文越长。明显偏离的点可以点击。
html-lengths-label = 逐段译文长度比；链接指向明显偏离的段落
html-times = 通常长度的 { $times } 倍

## 数字概览

html-blocks = 段落
html-sentences = 句子
html-characters = 字符
html-blocks-alone = 无对应的段落
html-one-to-one = 一对一
html-split-or-merged = 拆分或合并
html-moved-count = 已移位

## 术语

html-no-terms = 这里没有出现两次以上的术语。
html-terms-languages = 目前只列出中文与英文之间的术语。
html-terms-odd = 译法不一
html-terms-even = 术语
html-terms-more = 另有 { $more } 个术语出现较少；用 duizhao terms 可列出全部。
html-show-place = 显示所在位置
