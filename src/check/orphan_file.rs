//! A translation without an original.

use super::{Category, Check, Severity, id};

pub(super) static CHECK: Check = Check {
    name: "orphan-file",
    title: id!("orphan-file"),
    category: Category::Accuracy,
    severity: Severity::Minor,
    summary: "in folders: a translation has no original",
    docs: r"
        A translation whose original was removed or renamed is read on, and nobody mends it. It is found as
        `missing-file` is, the other way round.

        In these examples `files` lists what is in the folders `en` and `zh`, which are checked in this order.

        ```fires
        files: en/index.md zh/index.md zh/old/news.md
        ```

        ```passes
        files: en/index.md en/old/news.mdx zh/index.md zh/old/news.md
        ```
    ",
    // a pair cannot show it: it is found where files are paired
    run: |_, _| {},
};
