# 检查项手册中各页之外的用语。

manual-title = 检查项
manual-made = 由 `UPDATE=1 cargo test` 从各检查项生成；`duizhao explain NAME` 显示其中一页，加 `--lang zh` 则为中文。
manual-check = 检查项
manual-severity = 严重程度
manual-fires-when = 何时报告
manual-head = *{ $title }，{ $severity }，{ $category }*：{ $summary }。

category-accuracy = 准确性
category-terminology = 术语
category-structure = 结构
category-conventions = 规范
category-markup = 标记
