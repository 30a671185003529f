# 各处通用的词语。

side-source = 原文
side-target = 译文

severity-minor = 轻微
severity-major = 严重
severity-critical = 致命

status-new = 新增
status-existing = 原有
status-known = 已知
status-suppressed = 已豁免

passed = 通过
failed = 未通过
nothing-here = 此处无对应内容
error = 错误

## 词语之间的标点

colon = ：
comma = ，
semicolon = ；
