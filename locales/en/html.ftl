# The page with both versions side by side.

## the page of a pair

html-skip-to-findings = Skip to the findings
html-sidebar = Sidebar
html-passed = Passed
html-failed = Failed
html-source = Source
html-target = Target
html-no-text = There is no text to set side by side.
html-moved-later = moved: comes later in the target ↓
html-moved-earlier = moved: comes earlier in the target ↑
html-moved = moved:
html-moved-beside = is shown beside its source
html-findings = Findings
html-terms = Terms
html-overview = Overview
html-keys-step = next, previous
html-keys-search = search
html-keys-fold = fold the sidebar
html-count = { $total } findings
html-filter = Filter
html-previous = Previous
html-next = Next
html-confidence-from = Confidence from
html-nothing-found = Nothing was found.
html-nothing-found-why = As far as the checks can tell, the translation says what the original says.
html-none-passes = No finding passes these filters.
html-show-all = Show all
html-both-versions = The two versions
html-finding-permalink = Finding { $number }, permalink
html-confidence = Confidence
html-evidence = Evidence
html-panel = Findings, terms, overview
html-views = Views
html-search-findings = Search the findings
html-severity = Severity
html-check = Check
html-all-checks = All checks
html-status = Status
html-map = Map of the alignment: the source on the left, the target on the right
html-finding = Finding { $number }: { $check }
html-in-side = In the { $side }
html-option = { $title } ({ $count })
html-any-status = any status ({ $total })

## the page that leads to all pairs

html-skip-to-pairs = Skip to the pairs
html-pairs = { $count } pairs of documents
html-no-pairs = There are no pairs.
html-nothing-in-pairs = Nothing was found in any pair.
html-pair = Pair
html-verdict = Verdict
html-not-counted = not counted
html-find-pairs = Find pairs by name
html-pairs-clean = { $count ->
    [one] { $count } pair without findings
   *[other] { $count } pairs without findings
}

## the scorecard

html-error-type = Error type
html-penalty = Penalty
html-mqm = MQM, { $extent } of the original

## the plot of lengths

html-lengths = Length of the translation
html-lengths-why = A dot a paragraph, from the beginning to the end; the higher, the longer beside its source. What is far from the rest can be clicked.
html-lengths-label = Length of the translation, block by block; links lead to what is far from the rest
html-times = { $times } times the usual length

## numbers

html-blocks = Blocks
html-sentences = Sentences
html-characters = Characters
html-blocks-alone = Blocks without counterpart
html-one-to-one = Linked one to one
html-split-or-merged = Split or merged
html-moved-count = Moved

## terms

html-no-terms = No term is met twice here.
html-terms-languages = Terms are listed for Chinese and English.
html-terms-odd = Rendered in more ways than one
html-terms-even = Terms
html-terms-more = { $more } more are met less often; `duizhao terms` lists them all.
html-show-place = Show where it stands
