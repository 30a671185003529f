# What reports say; those for a browser have a file of their own.

report-source = source
report-target = target

## for a terminal

text-counted = { $count } { $what }
text-not-counted = {" "}(not counted: { $counts })
text-in-brackets = {" "}({ $what })
text-note = note
text-confidence = confidence
text-nothing-here = (nothing here)
text-scorecard = MQM scorecard: { $extent } of the original
text-points = { $points } points

## in Markdown

markdown-title = Translation check: { $verdict }
markdown-sentence = { $words }.
markdown-totals =
    { $counts } in { $pairs ->
        [one] { $pairs } pair
       *[other] { $pairs } pairs
    }
markdown-not-counted = not counted: { $count } { $status }
markdown-unchanged =
    { $pairs ->
        [one] { $pairs } pair
       *[other] { $pairs } pairs
    } unchanged and not looked at
markdown-idle = { $count ->
    [one] { $count } suppression without effect
   *[other] { $count } suppressions without effect
}
markdown-more =
    And in { $pairs ->
        [one] { $pairs } pair
       *[other] { $pairs } pairs
    } more.
markdown-left-out =
    Left out, since this would be too long: { $findings ->
        [one] { $findings } finding
       *[other] { $findings } findings
    } in { $pairs ->
        [one] { $pairs } pair
       *[other] { $pairs } pairs
    }. The whole is in the other reports, such as `--report html=PATH`.
markdown-scorecard = **MQM**, { $extent } of the original: { $score }
markdown-error-type = error type
markdown-penalty = penalty

## notes in documents

note-first = { $check } ({ $severity }): { $words }

## tables for reviewers: what is read back of them is known in every language

table-title = Findings of duizhao. Decide on each: { $accept } where the text is to be mended, { $dismiss } where it may stay as it is.
table-severity = severity
table-check = check
table-message = message
table-place = place
table-decision = decision
table-accept = accept
table-dismiss = dismiss
table-remark = remark
table-fingerprint = fingerprint
table-nothing-here = {" "}(nothing here)
table-sheet = MQM
table-error-type = error type
table-penalty = penalty
table-points = penalty points
table-extent = words or characters of the original
table-per-thousand = penalty points per 1,000 of them
table-score = score (of 100)
table-least = lowest score that passes
table-none = none

## the scorecard, in the terms of MQM

mqm-title = { $dimension }: { $name }
mqm-terminology = terminology
mqm-accuracy = accuracy
mqm-linguistic-conventions = linguistic conventions
mqm-design-and-markup = design and markup
mqm-inconsistent-with-terminology-resource = inconsistent with terminology resource
mqm-inconsistent-use-of-terminology = inconsistent use of terminology
mqm-mistranslation = mistranslation
mqm-addition = addition
mqm-omission = omission
mqm-untranslated = untranslated
mqm-punctuation = punctuation
mqm-spelling = spelling
mqm-textual-conventions = textual conventions
mqm-layout = layout
mqm-markup-tag = markup tag
mqm-other = other
mqm-extent = { $count } { $units }
mqm-words = words
mqm-characters = characters
mqm-words-or-characters = words or characters
mqm-nothing = there is nothing to score
mqm-score = score { $value } of 100: { $penalty } penalty points
mqm-score-and-share = score { $value } of 100: { $penalty } penalty points, { $share } per 1,000 { $units }
mqm-reached = { $score }; at least { $least } asked for: reached
mqm-not-reached = { $score }; at least { $least } asked for: not reached
