# What the manual of the checks says around their pages.

manual-title = The checks
manual-made = Made from the checks themselves by `UPDATE=1 cargo test`; `duizhao explain NAME` prints a page.
manual-check = check
manual-severity = severity
manual-fires-when = fires when
# without $title
manual-head = *{ $severity }, { $category }*: { $summary }.

category-accuracy = accuracy
category-terminology = terminology
category-structure = structure
category-conventions = conventions
category-markup = markup
