# What the command line says.

check-without-deep = { $pairs ->
    [one] { $pairs } pair is checked without --deep: its encoder knows Chinese and English alone
   *[other] { $pairs } pairs are checked without --deep: its encoder knows Chinese and English alone
}
check-score = the score is { $value }, and at least { $least } is asked for
check-brought-in = not read, though the files bring them in: { $files }; check them as pairs, or check the folders
check-next-explain = next: `duizhao explain { $check }` says what that check looks at
check-next-report = {"      "}`--report html={ $page }` writes a page to read both versions side by side
