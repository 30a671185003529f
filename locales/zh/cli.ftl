# 命令行的用语。

check-without-deep = 有 { $pairs } 对文件未启用 --deep 检查：其编码器只懂中文和英文
check-score = 得分 { $value }，要求不低于 { $least }
check-next-explain = 下一步：`duizhao explain { $check } --lang zh` 说明这项检查看什么
check-next-report = {"      "}`--report html={ $page }` 写出两侧对照阅读的网页
