# What is said of passages that changed.

stale =
    the original changed here since { $since }: bring the translation up to date, then { $advice }
    { $why }
stale-shown =
    the original changed here since { $since }: bring the translation up to date, then { $advice }
    { $changed }
    { $why }
stale-since-commit = commit { $commit }, which { $key } names
stale-name-commit = name the new commit there
stale-since-state = the state sha256:{ $state }…, which a comment in the translation names
stale-write-state = write sha256:{ $state } there
stale-since-lock = the state that { $name } records
stale-run-sync = run `duizhao sync`
stale-gone = what stood there in the original is gone
stale-as-it-was = its counterpart is as it was
stale-unknown-to-git = git does not have what the original was then, so nothing tells which passages changed

changed = changed
changed-one =
    the { $side } was edited here, and the { $other } was not: bring the { $other } up to date, or undo the edit
    { $changed }
    { $why }
changed-both =
    both versions were edited here, and agree less than before: bring the two together
    { $changed }
    { $why }

## why the sides are apart

apart-unknown = nothing on the other side tells that it already said so
apart-form = only its form changed
apart-spelling = only spelling or function words changed
apart-counterparts = there is more than before that has no counterpart: passages, code, identifiers, numbers or links
apart-negation = a negation came or went that the other side does not follow
apart-opposite = a word became its opposite, and the other side still says what it was
apart-number = a number became another one, and the other side still has what it was
apart-length = one side says more than before for what the other says as it did
apart-words = the words that came and went are not those of the other side
apart-both = both sides changed
apart-few = few words changed
