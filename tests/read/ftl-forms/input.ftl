cut = { $count ->
    [one] 1 page cut
    [2] 2 pages cut
   *[other] { $count } pages cut, 1 left
 }
language = English
