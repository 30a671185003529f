//! An original without a translation.

use super::{Category, Check, Severity, id};

pub(super) static CHECK: Check = Check {
    name: "missing-file",
    title: id!("missing-file"),
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "in folders: an original has no translation",
    docs: r"
        Readers of the translation do not find a document that the original has. With two folders, every document
        of the first must have one of the same path in the second, where marks of language (`a.zh-CN.md`) and
        endings may differ. With one folder, the pairs that are there teach where translations stand; a document
        that has no mark of its language is only reported where at least half of those in its place are translated.

        Files that `.gitignore` names, hidden files, and files of formats that are not read are not looked at.
        Templates under `[pairs]` in duizhao.toml say where counterparts are when the names do not.

        In these examples `files` lists what is in the folders `en` and `zh`, which are checked in this order.

        ```fires
        files: en/index.md en/guide/start.md zh/index.md
        ```

        ```passes
        files: en/index.md en/guide/start.md zh/index.md zh/guide/start.zh-CN.md
        ```
    ",
    // a pair cannot show it: it is found where files are paired
    run: |_, _| {},
};
