//! Texts of odd shapes, of any size: what a program that compares everything with everything chokes on.
//!
//! The test `growth` runs them small, `cargo bench --bench shapes` as large as they come.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// A kind of text.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// The files of a text of so many parts.
    pub(crate) files: fn(usize) -> Files,
    /// What to do with them.
    pub(crate) args: &'static [&'static str],
    /// How many parts the test looks at, and eight times as many.
    pub(crate) small: usize,
    /// How many the bench looks at.
    pub(crate) large: usize,
}

/// Files by their names.
pub(crate) type Files = Vec<(&'static str, Vec<u8>)>;

const PLAIN: &[&str] = &["check", "--quiet", "zh.txt", "en.txt"];
const MARKDOWN: &[&str] = &["check", "--quiet", "zh.md", "en.md"];

/// Every shape that was ever found to take more than its share, and those beside it.
pub(crate) const SHAPES: &[Shape] = &[
    Shape {
        name: "no sentence ends",
        files: |n| {
            plain("我们在网络空间合作发展".repeat(n), "we cooperate in cyberspace and develop ".repeat(n))
        },
        args: PLAIN,
        small: 500,
        large: 280_000,
    },
    Shape {
        name: "one character",
        files: |n| plain("字".repeat(n), "a".repeat(3 * n)),
        args: PLAIN,
        small: 8_000,
        large: 3_500_000,
    },
    Shape {
        name: "short lines",
        files: |n| plain(numbered(n, "三{}人\n"), numbered(n, "three {}\n")),
        args: PLAIN,
        small: 250,
        large: 500_000,
    },
    Shape {
        name: "short paragraphs",
        files: |n| plain(numbered(n, "三{}人\n\n"), numbered(n, "three {}\n\n")),
        args: PLAIN,
        small: 250,
        large: 500_000,
    },
    Shape {
        name: "paragraphs all alike",
        files: |n| plain("我们合作。\n\n".repeat(n), "We cooperate.\n\n".repeat(n)),
        args: PLAIN,
        small: 250,
        large: 500_000,
    },
    Shape {
        name: "paragraphs of one character, none of them understood",
        files: |n| plain("字\n\n".repeat(n), "a\n\n".repeat(n)),
        args: PLAIN,
        small: 4_000,
        large: 500_000,
    },
    Shape {
        name: "headings",
        files: |n| markdown(numbered(n, "# 标题{}\n\n"), numbered(n, "# Title {}\n\n")),
        args: MARKDOWN,
        small: 250,
        large: 200_000,
    },
    Shape {
        name: "items of a list",
        files: |n| markdown(numbered(n, "- 三{}人\n"), numbered(n, "- three {}\n")),
        args: MARKDOWN,
        small: 250,
        large: 200_000,
    },
    Shape {
        name: "a table",
        files: |n| markdown(table(n, 500, "三"), table(n, 500, "c")),
        args: MARKDOWN,
        small: 1,
        large: 999,
    },
    Shape {
        name: "references",
        files: |n| {
            let targets = numbered(n, "[r{}]: https://example.org/{}\n");
            markdown(
                numbered(n, "[条目{}][r{}]\n\n") + &targets,
                numbered(n, "[item {}][r{}]\n\n") + &targets,
            )
        },
        args: MARKDOWN,
        small: 250,
        large: 50_000,
    },
    Shape {
        name: "references in one paragraph",
        files: |n| {
            let targets = numbered(n, "[r{}]: https://example.org/{}\n");
            markdown(
                numbered(n, "[条目{}][r{}]\n") + "\n" + &targets,
                numbered(n, "[item {}][r{}]\n") + "\n" + &targets,
            )
        },
        args: MARKDOWN,
        small: 500,
        large: 50_000,
    },
    Shape {
        name: "code in one paragraph, other code against it",
        files: |n| markdown(numbered(n, "用`甲{}`\n"), numbered(n, "use `b{}`\n")),
        args: MARKDOWN,
        small: 500,
        large: 50_000,
    },
    Shape {
        name: "paragraphs of Word",
        files: |n| {
            vec![("zh.docx", docx(&numbered(n, PARAGRAPH))), ("en.docx", docx(&numbered(n, PARAGRAPH)))]
        },
        args: &["check", "--quiet", "zh.docx", "en.docx", "--source-lang", "zh", "--target-lang", "en"],
        small: 250,
        large: 500_000,
    },
    Shape {
        name: "TMX, <hi> in <hi>",
        files: |n| {
            let (open, close) = ("<hi>".repeat(n), "</hi>".repeat(n));
            let text = format!(
                "<tmx version=\"1.4\"><header srclang=\"zh\"/><body><tu><tuv xml:lang=\"zh\"><seg>{open}网络{close}</seg></tuv>\
                 <tuv xml:lang=\"en\"><seg>network</seg></tuv></tu></body></tmx>"
            );
            vec![("a.tmx", text.into_bytes())]
        },
        args: &["check", "--quiet", "a.tmx"],
        small: 5_000,
        large: 100_000,
    },
    Shape {
        name: "TBX, <conceptEntry> in <conceptEntry>",
        files: |n| {
            let (open, close) = ("<conceptEntry>".repeat(n), "</conceptEntry>".repeat(n));
            let text = format!("<tbx><text><body>{open}{close}</body></text></tbx>").into_bytes();
            let mut files = plain("网络空间。\n".to_owned(), "Cyberspace.\n".to_owned());
            files.push(("terms.tbx", text));
            files
        },
        args: &["check", "--quiet", "zh.txt", "en.txt", "--termbase", "terms.tbx"],
        small: 5_000,
        large: 100_000,
    },
    Shape {
        name: "as many terms as sentences",
        files: |n| {
            let mut files = plain(numbered(n, "术语{}出现了。\n"), numbered(n, "The notion{} came up.\n"));
            let terms = numbered(n, "术语{},notion{}\n东西{},thing{}\n");
            files.push(("terms.csv", format!("source,target\n{terms}").into_bytes()));
            files
        },
        args: &["check", "--quiet", "zh.txt", "en.txt", "--termbase", "terms.csv"],
        small: 1_000,
        large: 100_000,
    },
    Shape {
        name: "PO, lines of one string",
        files: |n| {
            let head = "msgid \"\"\nmsgstr \"Language: zh\\n\"\n\nmsgid \"Hello there.\"\nmsgstr \"\"\n";
            vec![("a.po", format!("{head}{}", "\"网络空间 \"\n".repeat(n)).into_bytes())]
        },
        args: &["check", "--quiet", "a.po"],
        small: 2_000,
        large: 200_000,
    },
    Shape {
        name: "findings into Excel",
        files: findings,
        args: &["check", "--quiet", "zh.md", "en.md", "--report", "xlsx=out.xlsx"],
        small: 125,
        large: 200_000,
    },
    Shape {
        name: "findings into Word",
        files: findings,
        args: &["check", "--quiet", "zh.md", "en.md", "--report", "docx=out.docx"],
        small: 125,
        large: 200_000,
    },
    Shape {
        name: "a report that names a line far down",
        files: |line| {
            let place = format!(
                "{{\"start\":{{\"line\":{line},\"column\":1}},\"end\":{{\"line\":{line},\"column\":2}},\"text\":\"6\"}}"
            );
            let report = format!(
                "{{\"version\":1,\"pairs\":[{{\"source\":{{\"path\":\"zh.txt\",\"lang\":\"zh\",\"sentences\":[]}},\
                 \"target\":{{\"path\":\"en.txt\",\"lang\":\"en\",\"sentences\":[]}},\"findings\":[{{\
                 \"check\":\"number-mismatch\",\"severity\":\"major\",\"confidence\":0.9,\"message\":\"5, 6\",\
                 \"fingerprint\":\"0123456789abcdef\",\"status\":\"new\",\"source\":null,\"target\":{place},\
                 \"evidence\":[]}}]}}]}}"
            );
            vec![("report.json", report.into_bytes())]
        },
        args: &["review", "report.json", "--baseline", "baseline"],
        small: 1_000_000,
        large: 60_000_000,
    },
];

fn plain(zh: String, en: String) -> Files {
    vec![("zh.txt", zh.into_bytes()), ("en.txt", en.into_bytes())]
}

fn markdown(zh: String, en: String) -> Files {
    vec![("zh.md", zh.into_bytes()), ("en.md", en.into_bytes())]
}

/// A text so many times, with its number in place of each `{}`.
pub(crate) fn numbered(count: usize, text: &str) -> String {
    (0..count).map(|at| text.replace("{}", &at.to_string())).collect()
}

fn table(rows: usize, columns: usize, cell: &str) -> String {
    let row = format!("|{}\n", format!("{cell}|").repeat(columns));
    format!("{row}|{}\n{}", "-|".repeat(columns), row.repeat(rows))
}

/// Sentences with another number on the other side.
pub(crate) fn findings(count: usize) -> Files {
    let (mut zh, mut en) = (String::new(), String::new());
    for at in 0..count {
        let (one, other) = (20 + at % 7, 40 + at % 7);
        // writing to a string cannot fail
        let _ = write!(zh, "第{at}次会议有{one}人参加。\n\n");
        let _ = write!(en, "At meeting {at}, {other} people took part.\n\n");
    }
    markdown(zh, en)
}

pub(crate) const PARAGRAPH: &str = "<w:p><w:r><w:t>三{}人</w:t></w:r></w:p>";

pub(crate) fn docx(body: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("memory");
    let head =
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";
    write!(archive, "<?xml version=\"1.0\"?>{head}{body}</w:body></w:document>").expect("memory");
    archive.finish().expect("memory").into_inner()
}

/// What a run took.
pub(crate) struct Cost {
    /// The size of its files, in bytes.
    pub(crate) bytes: usize,
    /// Processor time, in seconds.
    pub(crate) seconds: f64,
    /// The most memory at once, in bytes.
    pub(crate) memory: f64,
    /// How it ended.
    pub(crate) code: Option<i32>,
    /// What it said of itself.
    pub(crate) said: String,
}

/// Runs a program on a shape of so many parts in an empty folder.
pub(crate) fn run(program: &Path, shape: &Shape, count: usize) -> Cost {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bytes = 0;
    for (name, content) in (shape.files)(count) {
        bytes += content.len();
        fs::write(folder.path().join(name), content).expect("a file");
    }
    let made = Command::new(program)
        .args(shape.args)
        // the allocator tells at the end what the process took
        .env("MIMALLOC_SHOW_STATS", "1")
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .output()
        .expect("the program");
    let said = String::from_utf8_lossy(&made.stderr).into_owned();
    let told = said.lines().rev().find(|line| line.contains("peak rss:")).expect("statistics").to_owned();
    let seconds = ["user:", "system:"].iter().map(|name| told_after(&told, name)).sum();
    Cost { bytes, seconds, memory: told_after(&told, "peak rss:"), code: made.status.code(), said }
}

/// The number behind a name in a line of the allocator, in seconds or bytes.
fn told_after(line: &str, name: &str) -> f64 {
    let mut words =
        line.split_once(name).map_or("", |(_, rest)| rest).split([' ', ',']).filter(|w| !w.is_empty());
    let number: f64 = words.next().and_then(|word| word.parse().ok()).expect("a number");
    number
        * match words.next() {
            Some("KiB") => 1024.0,
            Some("MiB") => 1024.0 * 1024.0,
            Some("GiB") => 1024.0 * 1024.0 * 1024.0,
            _ => 1.0,
        }
}
