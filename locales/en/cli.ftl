# What the command line says.

check-without-deep = { $pairs ->
    [one] { $pairs } pair is checked without --deep: its encoder knows Chinese and English alone
   *[other] { $pairs } pairs are checked without --deep: its encoder knows Chinese and English alone
}
check-score = the score is { $value }, and at least { $least } is asked for
check-brought-in = { $path }: brings in { $name }, which is not read: { $why }
check-brought-in-more = { $count ->
    [one] one more file that is brought in is not read
   *[other] { $count } more files that are brought in are not read
}
brought-in-outside = it is not inside of the folder of the document
brought-in-gone = there is no such file
brought-in-kind = it is no LaTeX
brought-in-round = it brings in itself
brought-in-deep = it stands deeper than LaTeX goes
terms-other-languages = { $path }: left out, for it is in other languages than the first pair
check-next-explain = next: `duizhao explain { $check }` says what that check looks at
check-next-report = {"      "}`--report html={ $page }` writes a page to read both versions side by side
progress-sentences = sentences encoded, left:
progress-pairs = pairs, left:
