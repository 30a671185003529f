//! What was edited in one version and not in the other, since a base revision.

use super::{Category, Check, Severity, id};

pub(super) static CHECK: Check = Check {
    name: "stale-passage",
    title: id!("stale-passage"),
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "with `--base`: a passage changed on one side since then, and its counterpart did not follow",
    docs: r"
        An edit of the original that the translation does not follow leaves a passage that was right and is so no
        longer. With `--base REV` both versions are read as they were at REV, too, and every edited region is
        asked whether the two sides agree better or worse than before: passages without counterpart, code,
        identifiers and numbers, words of negation, opposites, and what the words that came and went say against
        the other side. Only a region that agrees worse is reported, with what changed in it.

        An edit that brings the two sides back together passes, and so does one that mends spelling,
        punctuation, a link or markup, however one-sided. What cannot be decided passes when few words changed;
        `--strict` reports that as well. A new wording that means something else is seen only through negation,
        opposites, numbers, code, or words for which the other side has or had a counterpart.

        In these examples `zh base` and `en base` are what stood there at REV.

        ```fires
        zh base: 服务器在 8080 端口上接受连接。
        en base: The server accepts connections on port 8080.
        zh: 服务器在 8080 端口上接受连接，日志写入磁盘，并且每天早上发送一份报告。
        en: The server accepts connections on port 8080.
        ```

        ```fires
        en base: Run `make build` to compile the program.
        zh base: 运行 `make build` 编译程序。
        en: Run `make release` to compile the program.
        zh: 运行 `make build` 编译程序。
        ```

        ```passes
        zh base: 服务器在 8080 端口上接受连接，日志写入磁盘，并且每天早上发送一份报告。
        en base: The server accepts connections on port 8080.
        zh: 服务器在 8080 端口上接受连接，日志写入磁盘，并且每天早上发送一份报告。
        en: The server accepts connections on port 8080, writes the log to disk and sends a report every morning.
        ```

        ```passes
        en base: The server acepts connections on port 8080.
        zh base: 服务器在 8080 端口上接受连接。
        en: The server accepts connections on port 8080.
        zh: 服务器在 8080 端口上接受连接。
        ```
    ",
    // one state of a pair cannot show it: the gate finds it between two
    run: |_, _| {},
};
