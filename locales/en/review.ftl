# What a review says.

review-counts = { $dismissed } dismissed, { $accepted } accepted, { $undecided } undecided
review-accepted = accepted
review-dismissed = dismissed
review-open = open { $url } in a browser of this machine; Ctrl-C ends the review
review-idle-replies = { $count ->
    [one] { $count } reply decides nothing; begin it with accept or dismiss
   *[other] { $count } replies decide nothing; begin them with accept or dismiss
}

## in a terminal

review-nothing = there is nothing to decide
review-prompt = [a]ccept [d]ismiss [u]ndo [s]kip [n]ext [p]revious [q]uit, ? for help>{" "}
review-at = finding { $number } of { $all }
review-reason = reason:{" "}
review-say-why = not dismissed: say why
review-nothing-to-undo = there is nothing to take back
review-first = this is the first finding
review-last = this is the last finding
review-no-other = no other finding is undecided
review-all-decided = all are decided
review-help =
    a [why]  accept: the text is to be mended
    d why    dismiss: the text may stay as it is
    u        undo: take the last decision back, or the one on this finding
    s        skip to the next finding that is not decided
    n, p     the next, the previous finding
    q        quit; what was decided is kept

## in a browser

review-page-title = duizhao review
review-page-only = only what is undecided
review-page-why = why
review-page-accept = accept
review-page-dismiss = dismiss
review-page-undo = undo
review-page-at = { $at } of { $all }, confidence { $sure }
review-page-empty = There is nothing to decide.
review-page-lost = not saved:{" "}
review-page-done = decided
review-page-step = next, previous
review-page-to-accept = accept: the text is to be mended
review-page-to-dismiss = dismiss: it may stay as it is
