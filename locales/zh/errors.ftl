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
