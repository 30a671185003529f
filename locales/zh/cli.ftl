# 命令行的用语。

check-without-deep = 有 { $pairs } 对文件未启用 --deep 检查：其编码器只懂中文和英文
check-score = 得分 { $value }，要求不低于 { $least }
check-brought-in = { $path }：引入了 { $name }，但没有读取：{ $why }
check-brought-in-more = 另有 { $count } 个被引入的文件没有读取
brought-in-outside = 它不在文档所在的文件夹之内
brought-in-gone = 没有这个文件
brought-in-kind = 它不是 LaTeX 文件
brought-in-round = 它引入了自己
brought-in-deep = 引入的层数超过 LaTeX 所允许的
terms-other-languages = { $path }：已略去，因为它的语言与第一对不同
check-next-explain = 下一步：`duizhao explain { $check } --lang zh` 说明这项检查看什么
check-next-report = {"      "}`--report html={ $page }` 写出两侧对照阅读的网页
progress-sentences = 句已编码，还需
progress-pairs = 对，还需
