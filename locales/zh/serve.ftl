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
serve-why-pdf = PDF 由另一个程序读取，而本页面不运行其他程序；请在命令行上检查
serve-why-unpaired = 从名称上区分不出哪些是同一文档的 { $source } 和 { $target } 版本；请拖入两个文件夹
serve-why-kind = { $what }，这种文件不读取；请转换为下列格式之一：{ $formats }
