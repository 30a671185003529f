//! The gate over planted edits: an edit of one side that changes what it says fails, and its undoing passes.

use std::fs;
use std::path::Path;

use duizhao::align::{Aligned, align};
use duizhao::check::{Finding, Settings, Tongue, check};
use duizhao::gate::{Before, Gate, since};
use duizhao::read::{self, Format};
use duizhao::report::Verdict;
use duizhao::segment::segment;
use duizhao::text::Lang;

fn load(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gate").join(name);
    fs::read_to_string(path).expect("tests/gate is there")
}

fn aligned(texts: &[String; 2]) -> Aligned {
    let document = |text: &str, lang: Lang| {
        segment(read::bytes(lang.as_str(), text.as_bytes(), Format::Markdown, Some(lang)).expect("readable"))
    };
    align(document(&texts[0], Lang::ZH), document(&texts[1], Lang::EN))
}

/// The verdict on the edit from one state to the other, and the findings that count.
fn judge(old: &[String; 2], new: &[String; 2]) -> (Verdict, Vec<Finding>) {
    let settings = Settings::default();
    let then = aligned(old);
    let before = Before { findings: check(&then, &settings), aligned: then };
    let now = aligned(new);
    let findings = since(&before, &now, check(&now, &settings), &settings, false);
    (Gate::default().judge(&findings), findings)
}

#[test]
fn an_edit_that_fails_passes_when_undone() {
    let texts = [load("zh.md"), load("en.md")];
    let mut wrong = Vec::new();
    for line in load("edits.tsv").lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<String> = line.split('\t').map(|field| field.replace("\\n", "\n")).collect();
        let [verdict, side, from, to] = &fields[..] else { panic!("not four fields: {line}") };
        let side = usize::from(side == "target");
        assert_eq!(texts[side].matches(from.as_str()).count(), 1, "stands there once: {line}");
        let mut edited = texts.clone();
        edited[side] = texts[side].replace(from.as_str(), to);
        let expected = if verdict == "fail" { Verdict::Fail } else { Verdict::Pass };
        for (what, expected, old, new) in
            [("done", expected, &texts, &edited), ("undone", Verdict::Pass, &edited, &texts)]
        {
            let (verdict, findings) = judge(old, new);
            if verdict != expected {
                let said: Vec<_> = findings
                    .iter()
                    .map(|finding| {
                        format!(
                            "{} {:?}: {}",
                            finding.check,
                            finding.status,
                            finding.message.said(Tongue::English)
                        )
                    })
                    .collect();
                wrong.push(format!("{what}: {line}\n  {}", said.join("\n  ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong verdicts:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn nothing_is_new_when_nothing_changed() {
    let mut texts = [load("zh.md"), load("en.md")];
    texts[1] = texts[1].replace("8080", "80").replace("- All passwords are kept in an encrypted file.\n", "");
    let (verdict, findings) = judge(&texts, &texts);
    assert!(!findings.is_empty());
    assert!(findings.iter().all(|finding| finding.status == duizhao::check::Status::Existing));
    assert_eq!(verdict, Verdict::Pass);
}
