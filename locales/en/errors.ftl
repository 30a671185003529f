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

## reading

error-changed = was changed while it was checked, so nobody knows where the findings belong; run it again
error-lacks-part = a damaged Word document: there is no { $part } in it
error-no-place = has no text, and no place for a comment
error-folder = is a folder; name a file in it
error-pipe = is a pipe or a device, which may have no end; copy what comes from it into a file, and name that
error-no-utf-8 = not valid UTF-8; save the file as UTF-8
read-not-as = cannot be read as { $format }: { $what }
read-xml-ends = the file ends before its elements do
read-too-deep = nested deeper than { $levels } levels
read-long-keys = the keys are too long to be those of messages
read-pdf-not-asked = a PDF is read by the program `pdftotext`, which runs only for files that are named on the command line, or with --allow-programs
read-no-pdf = no PDF
read-pdf-no-utf-8 = `pdftotext` wrote something else than UTF-8
read-pdf-pictures = there is no text in it, only pictures, as of scanned pages: let a program recognise it first
read-pdf-not-installed = a PDF is read by the program `pdftotext`, which is not installed: install Poppler (the package `poppler-utils` of Debian, Ubuntu and Fedora, `poppler` of Homebrew), or convert the file
read-pdf-not-started = `pdftotext` cannot be started: { $error }
read-pdf-too-slow = `pdftotext` has not read it within { $seconds } seconds
read-pdf-held = `pdftotext` has ended, and something that it started keeps its output open
read-pdf-too-large = `pdftotext` makes more than { $most } bytes of it; raise --max-file-size
read-pdf-failed = `pdftotext` failed: { $error }
read-pdf-forbidden = the permissions in this PDF forbid taking its text out
read-pdf-damaged = `pdftotext` cannot read it ({ $ended }): it is damaged, or needs a password
read-no-kind = no { $kind }: { $what }
read-no-archive = it cannot be opened as an archive ({ $error })
read-damaged = a damaged { $kind }: { $name }: { $error }
read-unsafe = not safe to unpack: { $name } holds more than { $limit } bytes
read-lacks = { $name } is not in it
read-not-packed = cannot be packed again: { $error }
read-no-sheet-part = its sheet is not in it
read-unsafe-cells = not safe to read: its cells hold more than { $limit } bytes
read-beyond-sheet = it names a cell beyond the { $rows } rows and { $columns } columns of a sheet
read-no-sheet = it has no sheet
read-no-cell-text = a cell names a text that is not in it
read-old-notebook = no notebook of format 4; turn it into one with `jupyter nbconvert --to notebook`
read-no-page = { $page } is no page; a protected book cannot be read
read-no-book = its container names no book
read-no-pages = its spine names no pages
read-other-archive = an archive of other files
read-other-archive-name = an archive of other files; name the documents in it
read-password = it has a password; save it without one
read-other-document = another document of OpenDocument; give it the ending of what it is
read-no-main-part = what it names as its text is not in it
read-old-word = an old .doc file, or one with a password; save it as .docx without one
read-word-but = no Word document but { $what }; give it the ending of one
read-a-workbook = an Excel workbook
read-a-presentation = a PowerPoint presentation
read-no-languages = names no two languages; write their tags in the first line, such as zh and en, separated as the rows are
read-cells = { $found } cells where the first line has { $wanted }; put a cell in quotation marks if the separator stands in it
read-tuv = a <tuv> without its language; write xml:lang="…"
read-no-root = no { $format }: there is no { $what } in it
read-po-no-string = no string in quotation marks
read-po-open-string = a string that does not end with a quotation mark
read-po-keyword = an unknown keyword; a catalogue has msgctxt, msgid, msgid_plural and msgstr
read-po-lone-string = a string that belongs to no keyword
read-po-lone-msgstr = a msgstr without its msgid
read-json-goes-on = there is something after its end
read-json-bracket = a bracket that closes none
read-json-open-string = a string that does not end on its line
read-json-value = a value should stand here
read-json-name = a name in quotation marks should stand here
read-json-colon = a colon should stand here
read-json-comma = a comma should stand here
read-json-ends = the file ends before its value does
read-yaml-key = a key that is no text; messages are named by texts
read-no-strings = no strings file: { $what }; an entry is "key" = "value";
read-strings-key = a key should stand here
read-strings-semicolon = a semicolon should stand here
read-fluent-lone = belongs to no message; one is key = text, and goes on in lines that are indented
read-put-in-encoding = is in { $encoding }, and nothing is put into that; convert it to UTF-8, as with iconv, or save it anew
read-no-text-format = no format of texts has this ending; write one such as md, html, json or txt
read-not-paired = of a format that does not say what corresponds to what
kind-notebook = a notebook
kind-word = Word document
kind-workbook = Excel workbook
kind-presentation = PowerPoint presentation
kind-odt = text of OpenDocument
kind-odp = presentation of OpenDocument
kind-ods = workbook of OpenDocument
kind-epub = EPUB
kind-android = messages of Android
kind-qt = TS file of Qt
kind-plist = property list in XML
kind-xcode = catalogue of Xcode
read-no-language-sheet = no sheet names two languages in its first row; write their tags there, such as zh and en, or give one workbook for each version
other-old-office = of an old office program (save it as .docx, .xlsx or .pptx)
other-document = a document of another program
other-spreadsheet = a spreadsheet
other-presentation = a presentation
other-typesetter = a source of a typesetter
other-code = source code
other-data = settings or data
other-media = an image, sound or film
other-archive = an archive
other-pdf = a PDF (read with --from pdf)
other-zip = a ZIP archive, as office documents are
other-old-document = a document of an old office program
other-gzip = a gzip archive
other-rtf = RTF
other-image = an image
other-database = a database
other-markup = XML or HTML
other-xml = XML
other = is { $kind }
other-by-its-end = .{ $end }: is { $kind }
remark-no-state = `{ $body }` names no state of the original; write `duizhao: source sha256:` and the 64 digits that `sha256sum` prints for it
remark-two-states = names another state of the original than line { $line } does; keep the one that the translation follows
remark-unknown = `{ $verb }` is nothing that duizhao can be told; write `duizhao: allow CHECK: REASON` or `duizhao: allow-file CHECK: REASON`
remark-no-check = no check is named; write `duizhao: allow CHECK: REASON` or `duizhao: allow-file CHECK: REASON`
remark-no-reason = the reason is missing; write `duizhao: allow CHECK: REASON` or `duizhao: allow-file CHECK: REASON`
baseline-no-line = not a line of a baseline (FINGERPRINT CHECK TRANSLATION, as `duizhao check --update-baseline` writes it); take it out, or name another file
baseline-conflict = a conflict of git: keep the lines of both sides, and take out this one
lock-no-line = not a line that `duizhao sync` writes; write the file anew
lock-later = written by a later duizhao; use that, or write it anew
lock-paths = write the paths of an original and of its translation, quoted
lock-twice = { $path } is recorded twice; take out one, and run `duizhao sync`
lock-conflict = a conflict of git: keep one of the two, and run `duizhao sync`
termbase-no-utf-8 = not valid UTF-8; save the termbase as UTF-8
termbase-nul = a NUL byte; the file is damaged, or no text
termbase-too-many = up to here there are more than { $most } pairs of a term and a rendering, which are the most that are read; split the termbase up
termbase-no-csv = cannot be read as CSV; put quotation marks around fields with commas
termbase-no-column = no column `{ $column }`; begin the file with a line such as source,target,status,case,note
termbase-fields = { $found } fields under { $wanted } columns; put quotation marks around fields with commas
termbase-unknown = `{ $written }` is no { $what }; write { $names }
termbase-no-term = the term of the original is missing
termbase-no-rendering = the rendering is missing; or write keep as its status
termbase-no-forbidden = the rendering that is forbidden is missing
termbase-kept = a term that is kept has no other rendering; leave the target empty, or write required as its status
termbase-ends = the file ends before its elements do; part of it is missing
termbase-no-tbx = no TBX: there is no <tbx> or <martif> in it; CSV goes into a file that ends in .csv
pairing-nothing = there is no document in { $one } or { $other }
pairing-not-told = holds no { $source } and { $target } versions of a document that could be told apart by their names; name two folders, or the languages with --source-lang and --target-lang, or say in duizhao.toml under [pairs] what belongs together
pairing-no-template = holds no document that fits a template of [pairs]; templates count from the folder of duizhao.toml
pairing-unread = { $why }; left unread: { $kinds }
remedy-split-or-raise = split it up or raise --max-file-size
remedy-split = split it up
remedy-take-out = take out what is not needed
settings-elsewhere = `{ $name }` is to be a file below the folder of these settings, and of no git repository; name one elsewhere with --{ $name }
stale-not-in-commit = the commit { $commit } does not have { $name }; name a later one
other-json = JSON
