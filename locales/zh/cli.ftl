# 命令行的用语。

check-without-deep = 有 { $pairs } 对文件未启用 --deep 检查：其编码器只懂中文和英文
check-score = 得分 { $value }，要求不低于 { $least }
check-brought-in = 文件引入了下列文件，但没有读取：{ $files }；请成对检查它们，或检查文件夹
check-next-explain = 下一步：`duizhao explain { $check } --lang zh` 说明这项检查看什么
check-next-report = {"      "}`--report html={ $page }` 写出两侧对照阅读的网页
