# the title
-brand = Harbour
hello = Hello, { $name }!
    It is { DATETIME($date, month: "long") }.
files = { $count ->
    [one] One file in { -brand }
   *[other] { $count } files
}
button =
    .label = Save
    .title = Save the { "{" }file

## a group
last = end
