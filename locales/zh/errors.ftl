# 使运行无法完成的原因，以及报告之外的提示。

## error::ErrorKind

error-at = { $path }：{ $what }
error-io = 无法读取：{ $error }
error-too-large = 超过 { $limit } 字节，这是读取的上限；{ $remedy }
error-too-many = 共有 { $found } 个段落、条目、单元格或行，最多读取 { $limit } 个；请拆分
error-binary = 不是文本文件：第 { $offset } 字节（第 { $line } 行）是 NUL
error-encoding = 第 { $offset } 字节（第 { $line } 行）不是有效的 { $encoding }，也不是 UTF-16、GB18030 或 Big5 文本；请转换为 UTF-8
error-other-encoding = 文本的编码是 { $encoding }，无法读取；请转换为 UTF-8：iconv -f { $encoding } -t UTF-8
error-one-language = 只含一种语言（{ $found }），没有可对照的文本；请再指定一个译文文件
error-language-absent = 含有 { $found }，但没有可区分的 { $wanted } 文本；请指定两个文件，每种语言一个
error-line = 第 { $line } 行：{ $what }
error-line-and-column = 第 { $line } 行第 { $column } 列：{ $what }
error-not-read = { $what }，这种文件不读取；请转换，或用 --from FORMAT 或在 duizhao.toml 的 [formats] 下用通配符指明格式：{ $formats }
error-nothing = 从给定内容中没有读到任何文档：{ $why }
error-both-versions = 本身已包含两个版本；请单独指定它
error-no-language = 不含任何语言的文本，无法按语言拆分；请指定两个文件
error-no-pairs = 还没有消息或行，无可检查；请填写，或不要列入

## gate::BaseError

base-no-git = 无法运行 `git`：{ $why }
base-too-old = `{ $version }` 太旧，无法安全地查询仓库；请安装 git 2.38 或更高版本
base-no-repository = { $path }：不在 git 工作树中
base-nested = { $path }：属于另一个仓库 { $other }；请在那里运行，或排除它
base-no-revision = 此仓库中没有版本 `{ $revision }`
base-unborn = 仓库还没有提交，没有 `{ $revision }` 可比较；请先提交
base-shallow = 此浅克隆中没有版本 `{ $revision }`；请获取更多历史（`git fetch --unshallow`）
base-absent = { $path }：它在 { $commit } 时的内容不在此部分克隆中；`git diff --stat { $commit }` 可获取
base-pointer = { $path }：在 { $commit } 时 git 只有 Git LFS 的指针，无法读取；请排除该文件，或不带基准检查
base-too-large = { $path }：在 { $commit } 时超过 { $limit } 字节；请提高 --max-file-size
base-no-answer = `git { $command }` 在 { $seconds } 秒内没有回应；请查看仓库设置是否指向管道（`include.path`），或磁盘是否停滞
base-failed = `git { $command }` 失败：{ $why }

## files::Clash

clash-read = { $path }：本次运行要读取它，因此不能写入；请指定另一个文件
clash-twice = { $path }：会被写入两次，后一次覆盖前一次；请指定另一个文件
clash-kept = { $path }：是只读的；请允许写入，或指定另一个文件

## check::UnknownCheck, config::ConfigError

unknown-check = 没有名为 `{ $name }` 的检查；`duizhao explain` 会列出全部检查
unknown-check-but = 没有名为 `{ $name }` 的检查，是否指 `{ $nearest }`？`duizhao explain` 会列出全部检查
unknown-severity = `{ $written }` 不是严重程度；请写 off、minor、major 或 critical
no-assignment = `{ $written }` 不是 NAME=LEVEL 的形式，例如 number-mismatch=minor

## run::Failure, review::Failure

failure-deep = 无法使用 --deep：{ $why }
failure-not-built = 此 duizhao 构建时不含句子编码器；请启用特性 `deep` 构建，该特性默认开启
failure-base = 无法使用 --base：{ $why }
failure-cancelled = 已取消
failure-not-written = { $path }：无法写入：{ $error }
failure-record = { $path }：{ $key }：{ $why }
failure-report = { $path }：不是可供审阅的报告：{ $what }；请用 `duizhao check --report json=FILE` 写出报告
failure-baseline = { $path }：无法写入基线：{ $error }

## the command line

error-told = 错误：{ $what }
lines = { $before }{"\u000A"}{ $more }
chain = { $what }：{ $why }
left-unread = 因种类不支持而未读取：{ $kinds }
read-as = { $path }：按 { $encoding } 读取
cli-stdout = 无法写到标准输出
cli-help = 无法打印帮助
cli-page = 无法提供页面
cli-review = 审阅无法继续
cli-folder = { $path }：是文件夹；请指定文件
cli-binary = { $name } 不适合在终端显示；请指定文件，或重定向：> FILE.{ $name }
cli-links = { $path }：无法写出对齐结果
cli-report = { $path }：无法写出报告
cli-a-report = 无法写出报告
cli-no-command = 没有命令 `{ $name }`；`duizhao --help` 会列出全部命令
cli-settings-there = { $path }：已经存在；请先移走，或直接编辑
cli-cannot-write = { $path }：无法写入
cli-settings-written = { $path }：已写出；其中每项设置都是注释
cli-from-folder = { $path }：是文件夹，而 --from 用于文件；请在 { $settings } 的 [formats] 下说明哪些文件是 { $format }："**/*.END" = "{ $format }"
cli-no-pairs = 请指定原文及其译文，或在 { $settings } 的 [pairs] 下说明哪些文件成对
cli-one-folder = { $folder }：是文件夹，而 { $file } 不是
cli-no-baseline = 没有保存决定的基线：请用 --baseline 指定
cli-watching = 正在监视 { $pairs } 对文件；按 Ctrl-C 结束
cli-left-stale = { $path }：保留原有记录，因为原文已改动：请先更新译文，再运行 `duizhao sync { $source } { $target }`
cli-recorded = { $path }：新记录 { $recorded }，未变 { $same }，过时 { $stale }，消失 { $gone }
cli-jobs = --jobs { $jobs }：使用 { $most } 个线程，每核 { $each } 个；再多也只会等待
cli-no-jobs = 无法使用 --jobs
cli-no-severity = 无法使用 --severity
cli-no-pair-given = 标准输入中没有文件对；请每行写一对，例如 {"{"}"source": PATH, "target": PATH{"}"}
cli-idle = { $path }：第 { $line } 行：无可忽略：{ $checks } 在那里没有发现问题；请删去
cli-unrecorded = 有 { $pairs } 对文件没有记录，无法判断是否过时：请运行 `duizhao sync`
cli-gone = { $path }：已消失：{ $line }
cli-baseline-left = { $path }：保持原样，因为并非全部都能检查
cli-needs = { $flag } 需要 { $needed }：请用 --{ $needed } 或在 { $settings } 中指定
cli-base-stdin = --base 需要文件，不能与 --stdin 合用
cli-stdin-unread = 无法读取标准输入：{ $error }
cli-stdin-line = 标准输入，第 { $line } 行：{ $what }
cli-stdin-format = 没有文本格式 { $end }；请写 md、html 或 txt 之类的扩展名
cli-stdin-form = 请写 {"{"}"source": PATH, "target": PATH{"}"}，或 {"{"}"source_text": TEXT, "target_text": TEXT{"}"}
cli-pages-stdin = --report { $name }：页面只为文件写出，不用于标准输入
cli-copies-stdin = --report { $name }：只为文件交还文档，不用于标准输入
cli-several-pages = --format { $name }：多对文件产生多个页面；请用 --report { $name }=PATH 写出
cli-several-copies = --format { $name }：多对文件产生多个文档；请用 --report { $name }=FOLDER 写出
cli-given-back = { $path }：交还 { $given } 个文档；另有 { $left } 个属于其他种类

## reading

error-changed = 在检查期间被改动，无法确定问题的位置；请重新运行
error-lacks-part = Word 文档已损坏：其中没有 { $part }
error-no-place = 没有文本，也没有可放批注的位置
error-folder = 是文件夹；请指定其中的文件
error-pipe = 是管道或设备，可能没有终点；请将其内容复制到文件，再指定该文件
error-no-utf-8 = 不是有效的 UTF-8；请将文件存为 UTF-8
read-not-as = 无法作为 { $format } 读取：{ $what }
read-xml-ends = 文件在元素结束之前就结束了
read-too-deep = 嵌套超过 { $levels } 层
read-long-keys = 键太长，不像是消息的键
read-pdf-not-asked = PDF 由程序 `pdftotext` 读取，它只为命令行上指定的文件运行，或在给出 --allow-programs 时运行
read-no-pdf = 不是 PDF
read-pdf-no-utf-8 = `pdftotext` 写出的不是 UTF-8
read-pdf-pictures = 其中没有文本，只有图片，例如扫描的页面：请先用程序识别
read-pdf-not-installed = PDF 由程序 `pdftotext` 读取，但它没有安装：请安装 Poppler（Debian、Ubuntu 和 Fedora 的软件包 `poppler-utils`，Homebrew 的 `poppler`），或转换文件
read-pdf-not-started = 无法启动 `pdftotext`：{ $error }
read-pdf-too-slow = `pdftotext` 在 { $seconds } 秒内没有读完
read-pdf-held = `pdftotext` 已经结束，但它启动的程序仍占着输出
read-pdf-too-large = `pdftotext` 读出的内容超过 { $most } 字节；请提高 --max-file-size
read-pdf-failed = `pdftotext` 失败：{ $error }
read-pdf-forbidden = 此 PDF 的权限禁止提取文本
read-pdf-damaged = `pdftotext` 无法读取（{ $ended }）：文件已损坏，或需要密码
read-no-kind = 不是 { $kind }：{ $what }
read-no-archive = 无法作为压缩包打开（{ $error }）
read-damaged = 已损坏的 { $kind }：{ $name }：{ $error }
read-unsafe = 解包不安全：{ $name } 超过 { $limit } 字节
read-lacks = 其中没有 { $name }
read-not-packed = 无法重新打包：{ $error }
read-no-sheet-part = 其中没有它的工作表
read-unsafe-cells = 读取不安全：单元格超过 { $limit } 字节
read-beyond-sheet = 它指到的单元格超出工作表的 { $rows } 行 { $columns } 列
read-no-sheet = 没有工作表
read-no-cell-text = 某个单元格指向不存在的文本
read-old-notebook = 不是格式 4 的笔记本；请用 `jupyter nbconvert --to notebook` 转换
read-no-page = { $page } 不是页面；受保护的书无法读取
read-no-book = 其容器没有指明书
read-no-pages = 其书脊没有指明页面
read-other-archive = 装有其他文件的压缩包
read-other-archive-name = 装有其他文件的压缩包；请指定其中的文档
read-password = 有密码；请存为无密码的文件
read-other-document = 另一种 OpenDocument 文件；请改用与其种类相应的扩展名
read-no-main-part = 其中没有它指明为正文的内容
read-old-word = 是旧的 .doc 文件，或有密码；请存为无密码的 .docx
read-word-but = 不是 Word 文档，而是{ $what }；请改用相应的扩展名
read-a-workbook = Excel 工作簿
read-a-presentation = PowerPoint 演示文稿
read-no-languages = 没有指明两种语言；请在第一行写出语言标签，例如 zh 和 en，并按各行的方式分隔
read-cells = 有 { $found } 个单元格，而第一行有 { $wanted } 个；如果单元格内含分隔符，请加引号
read-tuv = <tuv> 没有语言；请写 xml:lang="…"
read-no-root = 不是 { $format }：其中没有 { $what }
read-po-no-string = 没有带引号的字符串
read-po-open-string = 字符串没有以引号结束
read-po-keyword = 未知的关键字；目录文件使用 msgctxt、msgid、msgid_plural 和 msgstr
read-po-lone-string = 字符串不属于任何关键字
read-po-lone-msgstr = msgstr 没有对应的 msgid
read-json-goes-on = 结束之后还有内容
read-json-bracket = 多出一个右括号
read-json-open-string = 字符串没有在本行结束
read-json-value = 这里应当是值
read-json-name = 这里应当是带引号的名称
read-json-colon = 这里应当是冒号
read-json-comma = 这里应当是逗号
read-json-ends = 文件在值结束之前就结束了
read-yaml-key = 键不是文本；消息以文本命名
read-no-strings = 不是 strings 文件：{ $what }；每个条目写作 "key" = "value";
read-strings-key = 这里应当是键
read-strings-semicolon = 这里应当是分号
read-fluent-lone = 不属于任何消息；消息写作 key = text，后续各行缩进
read-put-in-encoding = 编码是 { $encoding }，无法向其中写入；请转换为 UTF-8（例如用 iconv），或重新保存
read-no-text-format = 没有这种扩展名的文本格式；请写 md、html、json 或 txt 之类
read-not-paired = 这种格式不说明哪些内容相互对应
kind-notebook = 笔记本
kind-word = Word 文档
kind-workbook = Excel 工作簿
kind-presentation = PowerPoint 演示文稿
kind-odt = OpenDocument 文本
kind-odp = OpenDocument 演示文稿
kind-ods = OpenDocument 工作簿
kind-epub = EPUB
kind-android = Android 消息文件
kind-qt = Qt 的 TS 文件
kind-plist = XML 属性列表
kind-xcode = Xcode 目录文件
read-no-language-sheet = 没有工作表在第一行指明两种语言；请在那里写出语言标签，例如 zh 和 en，或为每个版本各给一个工作簿
other-old-office = 旧办公软件的文件（请存为 .docx、.xlsx 或 .pptx）
other-document = 其他程序的文档
other-spreadsheet = 电子表格
other-presentation = 演示文稿
other-typesetter = 排版软件的源文件
other-code = 源代码
other-data = 设置或数据
other-media = 图像、声音或影片
other-archive = 压缩包
other-pdf = PDF（请用 --from pdf 读取）
other-zip = ZIP 压缩包，办公文档也是这种形式
other-old-document = 旧办公软件的文档
other-gzip = gzip 压缩包
other-rtf = RTF
other-image = 图像
other-database = 数据库
other-markup = XML 或 HTML
other-xml = XML
other = 是{ $kind }
other-by-its-end = .{ $end }：是{ $kind }
remark-no-state = `{ $body }` 没有指明原文的状态；请写 `duizhao: source sha256:` 和 `sha256sum` 为它打印的 64 位数字
remark-two-states = 指明的原文状态与第 { $line } 行不同；请保留译文所依据的那个
remark-unknown = `{ $verb }` 不是 duizhao 能接受的指示；请写 `duizhao: allow CHECK: REASON` 或 `duizhao: allow-file CHECK: REASON`
remark-no-check = 没有指明检查；请写 `duizhao: allow CHECK: REASON` 或 `duizhao: allow-file CHECK: REASON`
remark-no-reason = 缺少理由；请写 `duizhao: allow CHECK: REASON` 或 `duizhao: allow-file CHECK: REASON`
baseline-no-line = 不是基线的行（应为 FINGERPRINT CHECK TRANSLATION，由 `duizhao check --update-baseline` 写出）；请删去，或指定另一个文件
baseline-conflict = git 冲突：请保留两侧的行，并删去这一行
lock-no-line = 不是 `duizhao sync` 写出的行；请重新写出该文件
lock-later = 由更新版本的 duizhao 写出；请使用该版本，或重新写出
lock-paths = 请写出原文及其译文的路径，带引号
lock-twice = { $path } 记录了两次；请删去一次，再运行 `duizhao sync`
lock-conflict = git 冲突：请保留其中之一，再运行 `duizhao sync`
termbase-no-utf-8 = 不是有效的 UTF-8；请将术语表存为 UTF-8
termbase-nul = 有 NUL 字节；文件已损坏，或不是文本
termbase-too-many = 到此处术语与译法已超过 { $most } 对，这是读取的上限；请拆分术语表
termbase-no-csv = 无法作为 CSV 读取；含逗号的字段请加引号
termbase-no-column = 没有 `{ $column }` 列；文件第一行请写 source,target,status,case,note 之类
termbase-fields = { $wanted } 列下有 { $found } 个字段；含逗号的字段请加引号
termbase-unknown = `{ $written }` 不是 { $what }；请写 { $names }
termbase-no-term = 缺少原文的术语
termbase-no-rendering = 缺少译法；或将其状态写为 keep
termbase-no-forbidden = 缺少被禁止的译法
termbase-kept = 保留不译的术语没有别的译法；请将译文留空，或将其状态写为 required
termbase-ends = 文件在元素结束之前就结束了；缺少一部分
termbase-no-tbx = 不是 TBX：其中没有 <tbx> 或 <martif>；CSV 请放入以 .csv 结尾的文件
pairing-nothing = { $one } 和 { $other } 中没有文档
pairing-not-told = 没有可按名称区分的 { $source } 和 { $target } 版本；请指定两个文件夹，或用 --source-lang 和 --target-lang 指定语言，或在 duizhao.toml 的 [pairs] 下说明哪些文件成对
pairing-no-template = 没有符合 [pairs] 模板的文档；模板从 duizhao.toml 所在的文件夹算起
pairing-unread = { $why }；未读取：{ $kinds }
remedy-split-or-raise = 请拆分，或提高 --max-file-size
remedy-split = 请拆分
remedy-take-out = 请删去不需要的内容
settings-elsewhere = `{ $name }` 应当是此设置文件所在文件夹之下的文件，且不属于 git 仓库内部；其他位置的文件请用 --{ $name } 指定
stale-not-in-commit = 提交 { $commit } 中没有 { $name }；请指明较晚的提交
other-json = JSON
