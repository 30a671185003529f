# 各种报告的用语；网页报告另有一个文件。

report-source = 原文
report-target = 译文

## 终端

text-counted = { $what } { $count }
text-not-counted = （不计入：{ $counts }）
text-in-brackets = （{ $what }）
text-note = 说明
text-confidence = 可信度
text-nothing-here = （此处无对应内容）
text-scorecard = MQM 评分卡：原文 { $extent }
text-points = { $points } 分

## Markdown

markdown-title = 译文检查：{ $verdict }
markdown-sentence = { $words }。
markdown-totals = { $pairs } 对文件：{ $counts }
markdown-not-counted = 不计入：{ $count } { $status }
markdown-unchanged = { $pairs } 对文件没有改动，未检查
markdown-idle = { $count } 条豁免没有作用
markdown-more = 另有 { $pairs } 对文件。
markdown-left-out = 篇幅所限，另有 { $pairs } 对文件中的 { $findings } 处未列出。完整内容见其他格式的报告，如 `--report html=PATH`。
markdown-scorecard = **MQM**，原文 { $extent }：{ $score }
markdown-error-type = 错误类型
markdown-penalty = 扣分

## 文档中的批注

note-first = { $check }（{ $severity }）：{ $words }

## 审阅用的表格：读回时认得各种语言的用词

table-title = duizhao 检查结果。请逐条决定：需要修改的填“{ $accept }”，可以保留的填“{ $dismiss }”，并在备注中说明理由。
table-severity = 严重程度
table-check = 检查项
table-message = 问题
table-place = 位置
table-decision = 决定
table-accept = 接受
table-dismiss = 驳回
table-remark = 备注
table-fingerprint = 指纹
table-nothing-here = （此处无对应内容）
table-sheet = MQM 评分卡
table-error-type = 错误类型
table-penalty = 扣分
table-points = 扣分合计
table-extent = 原文词（字）数
table-per-thousand = 每千词（字）扣分
table-score = 得分（满分 100）
table-least = 合格分数
table-none = 无

## 评分卡，用 MQM 的术语

mqm-title = { $dimension }：{ $name }
mqm-terminology = 术语
mqm-accuracy = 准确性
mqm-linguistic-conventions = 语言规范
mqm-design-and-markup = 版式与标记
mqm-inconsistent-with-terminology-resource = 与术语库不符
mqm-inconsistent-use-of-terminology = 术语前后不一
mqm-mistranslation = 误译
mqm-addition = 增译
mqm-omission = 漏译
mqm-untranslated = 未译
mqm-punctuation = 标点
mqm-spelling = 拼写
mqm-textual-conventions = 篇章规范
mqm-layout = 版式
mqm-markup-tag = 标记
mqm-other = 其他
mqm-extent = { $count } { $units }
mqm-words = 词
mqm-characters = 字
mqm-words-or-characters = 词（字）
mqm-nothing = 没有可评分的内容
mqm-score = 得分 { $value }（满分 100）：扣 { $penalty } 分
mqm-score-and-share = 得分 { $value }（满分 100）：扣 { $penalty } 分，每千{ $units }扣 { $share } 分
mqm-reached = { $score }；要求不低于 { $least }：达到
mqm-not-reached = { $score }；要求不低于 { $least }：未达到
