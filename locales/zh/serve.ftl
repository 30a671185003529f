# 检查页面的服务端所说的话。

serve-open = 请在本机浏览器中打开 { $url } ；按 Ctrl-C 结束会话
serve-ended = 已有 { $minutes } 分钟没有打开的页面：会话结束
serve-no-check = 本次会话中没有这项检查
serve-not-done = 检查尚未完成
serve-too-many-checks = 检查过多，请移除一些
serve-no-room = 本次会话的各项检查合计将超过 { $bytes } 字节；请移除一些，或提高 --max-total-size
serve-garbled = 收到的文件与声明不符
serve-no-path = “{ $path }”不能作为文件夹中的文件名
serve-twice = { $path }：出现了两次
serve-no-original = 缺少原文
serve-file-and-folder = 一侧是文件，另一侧是文件夹；请拖入两个文件或两个文件夹
serve-too-many-files = 共 { $found } 个文件，最多 { $most } 个；请减少文件，或提高 --max-files
serve-too-large = { $path }：超过 { $most } 字节；请拆分，或提高 --max-file-size
serve-stumbled = 程序在处理这些文件时出错，请反馈
serve-unread = 因种类不支持而未读取：{ $kinds }
serve-read-as = { $path }：按 { $encoding } 读取
serve-unseen = 有 { $count } 对文件未启用 --deep 检查：其编码器只懂中文和英文
serve-failed = { $path }：{ $why }
serve-why-large = 超过 { $most } 字节，这是读取的上限；请拆分文件，或调大 --max-file-size
serve-why-many = 有 { $found } 个段落、列表项、单元格或行，最多读取 { $most } 个；请拆分文件
serve-why-binary = 不是文本文件：第 { $line } 行有 NUL 字符
serve-why-encoding = 第 { $line } 行不是有效的 { $encoding }，也不是 UTF-16、GB18030 或 Big5 文本；请转换为 UTF-8
serve-why-other-encoding = 文本的编码是 { $encoding }，无法读取；请转换为 UTF-8
serve-why-one-language = 只有一种语言（{ $lang }），没有可以对照的内容；请把译文也拖进来
serve-why-absent = 含有 { $found }，但没有可以区分出来的 { $wanted } 文本；请拖入两个文件，每种语言一个
serve-why-pdf = PDF 由另一个程序读取，而本页面不运行其他程序；请在命令行上检查
serve-why-unpaired = 从名称上区分不出哪些是同一文档的 { $source } 和 { $target } 版本；请拖入两个文件夹{ $unread }
# without $what
serve-why-kind = 这种文件无法读取；请转换为下列格式之一：{ $formats }
serve-why-nothing = 拖入的内容里没有可以读取的文档：{ $why }
serve-why-both = 已经含有两个版本；请单独拖入
serve-why-no-language = 没有任何语言的文字，无法按语言拆分；请拖入两个文件
serve-why-empty = 还没有任何消息或行，没有可以检查的内容；请填写，或不要拖入
serve-why-line = 第 { $line } 行：{ $what }
serve-why-other = 无法读取：{ $what }
