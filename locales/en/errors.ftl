# What keeps a run from being done, and what it tells beside its reports.

## error::ErrorKind

error-at = { $path }: { $what }
error-io = cannot be read: { $error }
error-too-large = larger than { $limit } bytes, which is the most that is read; { $remedy }
error-too-many = has { $found } paragraphs, items, cells or lines, and { $limit } are the most that are read; split it up
error-binary = not a text file: byte { $offset } (line { $line }) is NUL
error-encoding = not valid { $encoding } at byte { $offset } (line { $line }), nor UTF-16, GB18030 or Big5 text; convert it to UTF-8
error-other-encoding = text in { $encoding }, which is not read; convert it to UTF-8: iconv -f { $encoding } -t UTF-8
error-one-language = holds only one language ({ $found }), so there is nothing to check it against; name a second file with its translation
error-language-absent = holds { $found }, but no { $wanted } text that could be told apart; name two files, one a language
error-line = line { $line }: { $what }
error-line-and-column = line { $line }, column { $column }: { $what }
error-not-read = { $what }, which is not read; convert it, or name its format with --from FORMAT or by a glob under [formats] in duizhao.toml: { $formats }
error-nothing = no document could be read from what was given: { $why }
error-both-versions = holds both versions already; name it alone
error-no-language = holds no text in any language, so it cannot be split by language; name two files
error-no-pairs = holds no message or row yet, so there is nothing to check; fill it in, or leave it out

## gate::BaseError

base-no-git = `git` cannot be run: { $why }
base-too-old = `{ $version }` is too old to be asked about a repository safely; install git 2.38 or later
base-no-repository = { $path }: is not in a git work tree
base-nested = { $path }: is in another repository, { $other }; run there, or exclude it
base-no-revision = there is no revision `{ $revision }` in this repository
base-unborn = the repository has no commit yet, so there is no `{ $revision }` to compare with; commit first
base-shallow = there is no revision `{ $revision }` in this shallow clone; fetch more history (`git fetch --unshallow`)
base-absent = { $path }: what it was at { $commit } is not in this partial clone; `git diff --stat { $commit }` fetches it
base-pointer = { $path }: at { $commit } git has but a pointer of Git LFS, which is not read; exclude the file, or check it without a base
base-too-large = { $path }: larger than { $limit } bytes at { $commit }; raise --max-file-size
base-no-answer = `git { $command }` gave no answer for { $seconds } seconds; see whether the settings of the repository name a pipe (`include.path`), or its disk hangs
base-failed = `git { $command }` failed: { $why }

## files::Clash

clash-read = { $path }: is read in this run, so nothing can be written to it; name another file
clash-twice = { $path }: would be written twice, the second time over the first; name another file
clash-kept = { $path }: is read-only; allow writing to it, or name another file

## check::UnknownCheck, config::ConfigError

unknown-check = there is no check named `{ $name }`; `duizhao explain` lists them all
unknown-check-but = there is no check named `{ $name }`, did you mean `{ $nearest }`?; `duizhao explain` lists them all
unknown-severity = `{ $written }` is not a severity; write off, minor, major or critical
no-assignment = `{ $written }` is not of the form NAME=LEVEL, such as number-mismatch=minor

## run::Failure, review::Failure

failure-deep = cannot use --deep: { $why }
failure-not-built = duizhao was built without the sentence encoder; build it with the feature `deep`, which is on by default
failure-base = cannot use --base: { $why }
failure-cancelled = was cancelled
failure-not-written = { $path }: cannot be written: { $error }
failure-record = { $path }: { $key }: { $why }
failure-report = { $path }: is no report to review: { $what }; write one with `duizhao check --report json=FILE`
failure-baseline = { $path }: the baseline cannot be written: { $error }

## the command line

error-told = error: { $what }
lines = { $before }{"\u000A"}{ $more }
chain = { $what }: { $why }
left-unread = left unread, because of their kinds: { $kinds }
read-as = { $path }: read as { $encoding }
cli-stdout = could not write to standard output
cli-help = could not print the help
cli-page = the page cannot be served
cli-review = the review cannot go on
cli-folder = { $path }: is a folder; name files
cli-binary = { $name } is nothing for a terminal; name a file for it, or redirect: > FILE.{ $name }
cli-links = { $path }: the links cannot be written
cli-report = { $path }: the report cannot be written
cli-a-report = a report cannot be written
cli-no-command = there is no command `{ $name }`; `duizhao --help` lists them all
cli-settings-there = { $path }: is there already; take it away first, or edit it
cli-cannot-write = { $path }: cannot be written
cli-settings-written = { $path }: written; every setting in it is a comment
cli-from-folder = { $path }: is a folder, and --from is for files; say under [formats] in { $settings } which are { $format }: "**/*.END" = "{ $format }"
cli-no-pairs = name the original and its translation, or say under [pairs] in { $settings } what belongs together
cli-one-folder = { $folder }: is a folder, and { $file } is none
cli-no-baseline = there is no baseline for the decisions: name it with --baseline
cli-watching = watching { $pairs } pairs; Ctrl-C ends it
cli-left-stale = { $path }: left as it was recorded, for its original changed: bring it up to date, then run `duizhao sync { $source } { $target }`
cli-recorded = { $path }: { $recorded } recorded, { $same } as before, { $stale } stale, { $gone } gone
cli-jobs = --jobs { $jobs }: { $most } threads are used, { $each } a core; more would only wait
cli-no-jobs = cannot use --jobs
cli-no-severity = cannot use --severity
cli-no-pair-given = standard input holds no pair; write one a line, such as {"{"}"source": PATH, "target": PATH{"}"}
cli-idle = { $path }: line { $line }: nothing to suppress: { $checks } finds nothing there; take it out
cli-unrecorded = of { $pairs } pairs nothing is recorded that tells whether they are stale: run `duizhao sync`
cli-gone = { $path }: gone: { $line }
cli-baseline-left = { $path }: left as it was, for not all could be checked
cli-needs = { $flag } needs a { $needed }: name it with --{ $needed } or in { $settings }
cli-base-stdin = --base needs files; it cannot be used with --stdin
cli-stdin-unread = standard input cannot be read: { $error }
cli-stdin-line = standard input, line { $line }: { $what }
cli-stdin-format = there is no text format { $end }; write an ending such as md, html or txt
cli-stdin-form = write {"{"}"source": PATH, "target": PATH{"}"}, or {"{"}"source_text": TEXT, "target_text": TEXT{"}"}
cli-pages-stdin = --report { $name }: pages are written for files, not for standard input
cli-copies-stdin = --report { $name }: documents are given back for files, not for standard input
cli-several-pages = --format { $name }: several pairs make several pages; write them with --report { $name }=PATH
cli-several-copies = --format { $name }: several pairs make several documents; write them with --report { $name }=FOLDER
cli-given-back = { $path }: { $given } documents given back; { $left } are of other kinds
