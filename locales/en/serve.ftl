# What the server of checks says.

serve-open = open { $url } in a browser of this machine; Ctrl-C ends the session
serve-ended = no page has been open for { $minutes } minutes: the session has ended
serve-no-check = there is no such check in this session
serve-not-done = the check is not done
serve-too-many-checks = there are too many checks; remove some
serve-no-room = the checks of this session would hold more than { $bytes } bytes; remove some, or raise --max-total-size
serve-garbled = the files did not come as they were announced
serve-no-path = "{ $path }" is no name for a file below a folder
serve-twice = { $path }: comes twice
serve-no-original = the original is missing
serve-file-and-folder = one side is a file and the other a folder; drop two files or two folders
serve-too-many-files = { $found } files, and { $most } are the most; drop fewer, or raise --max-files
serve-too-large = { $path }: larger than { $most } bytes; split it up, or raise --max-file-size
serve-stumbled = the program stumbled over these files; please report it
serve-why-pdf = PDFs are read by another program, which this page does not run; check them on the command line
serve-why-unpaired = there are no { $source } and { $target } versions of a document that could be told apart by their names; drop two folders
serve-why-kind = { $what }, which is not read; convert it to one of { $formats }
