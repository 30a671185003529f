# 命令行的帮助。英文写在 src/cli 中各个参数旁边；这里每个参数一条：“命令-参数”，或对所有命令都适用的“any-参数”。

duizhao = 对照原文检查译文：缺了什么、多了什么、移动了什么、哪里说的不是一回事。
heading-usage = 用法：
heading-commands = 命令
heading-arguments = 参数
heading-options = 选项
with-default = [默认：{ $value }]
with-values = [可选：{ $values }]

## 各命令

check = 对照原文检查译文
review = 逐条决定问题，或接受在 Word 或 Excel 中所做的决定
serve = 在浏览器中检查：在本机提供一个可拖入文件的页面，按 Ctrl-C 结束
watch = 文件保存后重新检查所在的文件对，按 Ctrl-C 结束
sync = 记录译文与原文已经同步，供 `check --stale` 使用
align = 对齐译文与原文
terms = 列出双语文本的术语、其译法、次数和异常
values = 显示在文本中读到的数字、日期和单位，每行一个 JSON 对象
explain = 说明某项检查看什么；不写名称则列出全部检查
init = 在工作文件夹中写出带注释的设置文件 duizhao.toml
completions = 打印在 shell 中补全命令和参数的脚本
man = 打印手册的一页，供 `man` 使用
lsp = 为编辑器服务：通过标准输入和输出的语言服务器
about = 打印版本、许可证，以及词库的来源
help = 打印本帮助，或某个子命令的帮助

## 多个命令共有的参数

any-help = 显示帮助
any-version = 显示版本
any-source = 原文，或同时含有两个版本的一个文件
any-target = 译文
any-config = 设置文件 [默认：本文件夹或 git 工作树内上级文件夹中的 duizhao.toml]
any-exclude = 在文件夹中，略过路径符合的文件，例如 docs/**/old.md；可多次给出
any-source_lang = 原文的语言 [默认：从文本判断]
any-target_lang = 译文的语言 [默认：从文本判断]
any-max_file_size = 读取的最大文件，以字节计，或写作 500K、64M、2G [默认：64M]
any-from = 不论文件名如何，都按此格式读取所指定的文件
any-allow_programs = 允许用程序 pdftotext 读取文件夹中遇到的或标准输入中指定的 PDF；在此处直接指定的 PDF 总会这样读取
any-lang = 用哪种语言说明问题：en 或 zh [默认：系统的语言，否则 en]
any-deep = 再用句子编码器判断词语在句中的意思（中文和英文）：较慢，找到的更多
any-termbase = 术语应当如何翻译：CSV 文件（source,target,status,case,note）或 TBX 文件
any-color = 何时使用颜色
any-format = 打印什么

## check

check-source = 原文，或同时含有两个版本的一个文件，或文件夹 [默认：duizhao.toml 中 [pairs] 所指定的]
check-target = 译文：文件或文件夹
check-stdin = 从标准输入读取文件对，每行一个 JSON 对象：带路径的 {"{"}"id", "source", "target"{"}"}，或 {"{"}"id", "source_text", "target_text", "format"{"}"}
check-show_settings = 以 TOML 打印生效的设置及其来源，然后结束
check-jobs = 使用多少线程 [默认：每个核心一个]
check-format = 向标准输出打印什么
check-reports = 另将报告写入文件；可多次给出
check-base = 只计入 git 仓库自此版本以来新出现的问题
check-stale = 另计入译文同步之后原文中的改动：自前置元数据所指的提交，或 `duizhao sync` 所记录的状态以来
check-lock = `duizhao sync` 的记录所在 [默认：duizhao.toml 旁的 duizhao.lock，否则在此处]
check-strict = 与 --base 合用：一侧有改动而无从判断另一侧是否需要改动时，也判为不通过
check-baseline = 此文件中列出的问题不计入
check-update_baseline = 将本次运行的问题写入基线，并判为通过
check-strict_baseline = 基线列出的问题已不存在时判为不通过
check-strict_suppressions = 某条忽略没有匹配任何问题时判为不通过
check-severity = 改变某项检查的严重程度，或将其关闭；可多次给出
check-min_confidence = 不报告可信度低于此值的问题，0 到 1 [默认：0.5]
check-fail_on = 使运行不通过的最低严重程度 [默认：major]
check-scorecard = 在报告中显示仿照 MQM 的评分卡：按类型和严重程度统计的错误、原文每千词或千字的扣分，以及得分
check-min_score = 显示评分卡，整次运行得分低于此值时判为不通过，0 到 100
check-quiet = 不向标准输出打印任何内容
check-color = 何时为文本报告着色

## review

review-report = 要审阅的报告，由 `duizhao check --report json=REPORT` 写出
review-browser = 在浏览器中审阅：只为本机提供一个页面，并打印其地址
review-import = 接受填写过的 Word 或 Excel 报告，或回复过批注的文档
review-baseline = 决定写到哪里；不存在则新建 [默认：duizhao.toml 的基线]
review-lang = 用哪种语言提问：en 或 zh；问题以报告中的语言显示 [默认：系统的语言，否则 en]

## serve

serve-lang = 页面以哪种语言打开：en 或 zh；页面含有两种语言 [默认：en]
serve-baseline = 将决定保存在此文件中，其中列出的问题不计入；不存在则新建 [默认：duizhao.toml 的基线；没有则随会话消失]
serve-max_file_size = 接受的最大文件，以字节计，或写作 500K、64M、2G [默认：64M]
serve-max_files = 一次检查最多的文件数 [默认：2000]
serve-max_total_size = 会话中全部检查合计最多的字节数，或写作 500M、2G [默认：256M]
serve-idle = 没有打开的页面达到这么多分钟后结束；0 表示永不结束 [默认：60]

## watch, sync

watch-source = 原文，或同时含有两个版本的一个文件，或文件夹 [默认：duizhao.toml 中 [pairs] 所指定的]
watch-target = 译文：文件或文件夹
sync-source = 原文，或同时含有两个版本的一个文件，或文件夹 [默认：duizhao.toml 中 [pairs] 所指定的]
sync-target = 译文：文件或文件夹
sync-lock = 记录到哪里；不存在则新建 [默认：duizhao.toml 旁的 duizhao.lock，否则在此处]

## align, terms, values

align-unit = 对齐什么
align-lines = 文件已经分好句，每行一句
align-deep = 还向句子编码器询问句子的意思（中文和英文）：更慢，缺句之处对得更准
align-output = 写入文件，而不是标准输出
terms-reverse = 列出译文的术语及其对应的原文
terms-min_count = 略去出现次数少于此值的术语
values-lang = 文本的语言
values-file = 文本 [默认：标准输入]

## 其他

explain-check = 检查的名称
explain-lang = 用哪种语言：en 或 zh [默认：系统的语言，否则 en]
init-schema = 改为打印设置文件的 JSON schema，供编辑器使用
completions-shell = 所用的 shell
man-command = 该页所讲的命令 [默认：duizhao 整体]
lsp-stdio = 通过标准输入和输出通信；本来就是如此，许多编辑器会给每个服务器加上这个参数
