//! Termbases as they come: large, damaged, or made to be large. Sound ones are read in the time that their size takes.

use std::process::Stdio;

use super::hostile::{EN, ZH, folder, guarded};

fn tbx(concepts: &str) -> Vec<u8> {
    format!("<tbx><text><body>\n{concepts}</body></text></tbx>\n").into_bytes()
}

fn concept(zh: &str, en: &str) -> String {
    format!(
        "<conceptEntry><langSec xml:lang=\"zh\">{zh}</langSec><langSec xml:lang=\"en\">{en}</langSec></conceptEntry>\n"
    )
}

fn terms(stem: &str, count: usize) -> String {
    (0..count).map(|n| format!("<termSec><term>{stem}{n}</term></termSec>")).collect()
}

#[cfg(unix)]
#[test]
fn termbases_end_in_a_report_or_a_clear_error() {
    // lines counted anew for each would take minutes, which the guard does not give
    let rows: String = (0..100_000).map(|n| format!("术语{n},term {n}\n")).collect();
    let concepts: String = (0..100_000)
        .map(|n| concept(&terms(&format!("术语{n}x"), 1), &terms(&format!("term{n}x"), 1)))
        .collect();
    let whole = tbx(&concept(&terms("甲", 1), &terms("a", 1)).repeat(3));
    let after_an_entry = whole.windows(7).position(|bytes| bytes == b"</body>").expect("its end");
    let nested = "<conceptEntry>".repeat(100_000) + &"</conceptEntry>".repeat(100_000);
    let note = format!("<note>{}</note>", "x".repeat(1 << 20));
    for (what, name, bytes, said) in [
        ("100,000 rows", "t.csv", format!("source,target\n{rows}").into_bytes(), None),
        ("100,000 concepts", "t.tbx", tbx(&concepts), None),
        ("concepts in concepts", "t.tbx", tbx(&nested), None),
        (
            "500 synonyms with a long note",
            "t.tbx",
            tbx(&concept(&terms("甲", 500), &(terms("a", 500) + &note))),
            None,
        ),
        (
            "5,000 synonyms of 5,000",
            "t.tbx",
            tbx(&concept(&terms("甲", 5_000), &terms("a", 5_000))),
            Some("line 2: up to here there are more than 1000000 pairs"),
        ),
        (
            "cut off after an entry",
            "t.tbx",
            whole[..after_an_entry].to_vec(),
            Some("ends before its elements do"),
        ),
        ("cut off in a tag", "t.tbx", whole[..whole.len() / 2].to_vec(), Some("line 3: ")),
        ("NUL in CSV", "t.csv", b"source,target\n\n\xe7\x94\xb2,a\0\n".to_vec(), Some("line 3: a NUL byte")),
        ("NUL in TBX", "t.tbx", tbx("\0"), Some("line 2: a NUL byte")),
    ] {
        let folder = folder(&[("zh.txt", ZH.into()), ("en.txt", EN.into()), (name, bytes)]);
        let made = guarded(folder.path(), &["check", "zh.txt", "en.txt", "--termbase", name], Stdio::piped());
        let told = String::from_utf8_lossy(&made.stderr);
        assert_eq!(made.status.code(), Some(if said.is_some() { 2 } else { 0 }), "{what}: {told}");
        assert!(told.contains(said.unwrap_or("")), "{what}: {told}");
    }
}

/// The lines of a string of gettext are one text, wherever they part.
#[test]
fn terms_go_over_the_lines_of_a_string() {
    let po = "msgid \"\"\nmsgstr \"Language: zh\\n\"\n\n\
        msgid \"\"\n\"Rules of cyberspace \"\n\"governance are new.\"\n\
        msgstr \"\"\n\"网络空\"\n\"间治理的规则是新的。\"\n\n\
        msgid \"\"\n\"We discuss cyberspace \"\n\"governance today.\"\n\
        msgstr \"我们今天讨论互联网的管理。\"\n";
    let terms = "source,target\ncyberspace governance,网络空间治理\n";
    let folder = folder(&[("a.po", po.into()), ("t.csv", terms.into())]);
    let args = ["check", "a.po", "--source-lang", "en", "--target-lang", "zh", "--termbase", "t.csv"];
    let made = guarded(folder.path(), &[&args[..], &["--format", "json"]].concat(), Stdio::piped());
    let report: serde_json::Value = serde_json::from_slice(&made.stdout).expect("a report");
    let findings = report["pairs"][0]["findings"].as_array().expect("findings");
    let terms: Vec<_> = findings.iter().filter(|one| one["check"] == "term-violation").collect();
    assert_eq!(terms.len(), 1, "{findings:#?}");
    let source = &terms[0]["source"];
    assert_eq!(source["start"]["line"], 12, "{source}");
    assert_eq!(source["text"], "cyberspace \"\n\"governance", "{source}");
}
