//! The sample texts give the reports that are kept under reports/.

use std::fs;
use std::path::{Path, PathBuf};

use duizhao::align::align;
use duizhao::check::{Finding, Settings, Severity, check};
use duizhao::gate::Gate;
use duizhao::read;
use duizhao::report::{FORMATS, Options, Pair, Report};
use duizhao::segment::segment;
use duizhao::text::Document;
use serde_json::Value;

use crate::contract::breaches;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn judge(source: Document, target: Document) -> Report {
    let aligned = align(segment(source), segment(target));
    let findings = check(&aligned, &Settings::default());
    let pairs = vec![Pair { bitext: aligned.into_bitext(), findings }];
    let verdict = Gate { fail_on: Some(Severity::Major) }.judge(&pairs);
    Report { pairs, verdict }
}

fn load(path: &Path) -> Document {
    let mut document = read::file(&root().join(path), None).expect("readable");
    document.path = path.to_string_lossy().replace('\\', "/");
    document
}

#[test]
fn sample_texts_give_the_golden_reports() {
    for case in fs::read_dir(root().join("texts")).expect("texts/") {
        let name = case.expect("an entry").file_name().to_string_lossy().into_owned();
        let folder = Path::new("texts").join(&name);
        let report = judge(load(&folder.join("zh.txt")), load(&folder.join("en.txt")));
        for format in FORMATS {
            let end = if format.name == "text" { "txt" } else { format.name };
            let path = root().join("reports").join(format!("{name}.{end}"));
            let mut made = Vec::new();
            (format.write)(&report, &Options::default(), &mut made).expect("memory does not fail");
            if format.name == "json" {
                let written = serde_json::from_slice(&made).expect("well-formed JSON");
                assert_eq!(breaches(&written), Vec::<String>::new(), "{name}");
            }
            if std::env::var_os("UPDATE").is_some() {
                fs::write(&path, &made).expect("reports/ can be written");
            }
            let kept = fs::read(&path).unwrap_or_default();
            assert!(
                kept == made,
                "{} differs; run `UPDATE=1 cargo test` and look at the change",
                path.display()
            );
        }
    }
}

/// The white paper as it came: Chinese, then English, then a last Chinese paragraph, in one file.
#[test]
fn one_file_with_both_versions_gives_the_same_findings_as_two() {
    let folder = Path::new("texts/sovereignty-3.0");
    let (zh, en) = (load(&folder.join("zh.txt")), load(&folder.join("en.txt")));
    let last = zh.text.rfind("\n2022年").expect("the last paragraph");
    let joined = format!("Share - WeChat\n\n{}\n\n{}\n\n{}", &zh.text[..last], en.text, &zh.text[last..]);
    let two = judge(zh, en);
    let (source, target) =
        read::both_bytes("both.txt", joined.as_bytes(), read::Format::Plain, None, None).expect("both");
    let one = judge(source, target);
    let essence = |report: &Report| -> Vec<(&str, Option<String>, Option<String>)> {
        let pair = &report.pairs[0];
        let text = |document: &Document, span: Option<duizhao::text::Span>| {
            span.map(|span| document.slice(span).to_owned())
        };
        let of = |finding: &Finding| {
            (
                finding.check,
                text(&pair.bitext.source, finding.source),
                text(&pair.bitext.target, finding.target),
            )
        };
        pair.findings.iter().map(of).collect()
    };
    assert_eq!(essence(&one), essence(&two));
}

/// The JSON report has the shape that programs outside rely on.
#[test]
fn json_reports_keep_their_shape() {
    let place = |place: &Value| {
        for end in ["start", "end"] {
            assert!(place[end]["line"].as_u64().is_some_and(|line| line > 0), "{place}");
            assert!(place[end]["column"].as_u64().is_some_and(|column| column > 0), "{place}");
        }
        assert!(place["text"].is_string(), "{place}");
    };
    for entry in fs::read_dir(root().join("reports")).expect("reports/").flatten() {
        if entry.path().extension().is_none_or(|end| end != "json") {
            continue;
        }
        let json: Value = serde_json::from_slice(&fs::read(entry.path()).expect("readable")).expect("JSON");
        assert_eq!(json["version"], 1);
        assert_eq!(json["tool"]["name"], "duizhao");
        assert!(json["tool"]["version"].is_string());
        for pair in json["pairs"].as_array().expect("pairs") {
            let mut counts = Vec::new();
            for side in ["source", "target"] {
                let (side, name) = (&pair[side], side);
                assert!(side["path"].as_str().is_some_and(|path| path.starts_with("texts/")), "{name} path");
                assert!(side["lang"].is_string());
                let (blocks, sentences) = (list(&side["blocks"]), list(&side["sentences"]));
                for block in blocks {
                    assert!(block["kind"].is_string() && block.get("level").is_some(), "{block}");
                    assert_eq!(list(&block["lines"]).len(), 2, "{block}");
                    let inside = list(&block["sentences"]).iter().map(|at| at.as_u64().expect("an index"));
                    assert!(inside.into_iter().all(|at| at < sentences.len() as u64), "{block}");
                }
                for sentence in sentences {
                    place(sentence);
                    assert!(sentence["block"].as_u64().is_some_and(|block| block < blocks.len() as u64));
                }
                counts.push((blocks.len(), sentences.len()));
            }
            for (unit, sizes) in [
                ("blocks", (counts[0].0, counts[1].0)),
                ("sentences", (counts[0].1, counts[1].1)),
            ] {
                let mut seen = (Vec::new(), Vec::new());
                for link in list(&pair["alignment"][unit]) {
                    assert!(link["score"].is_number() && link["moved"].is_boolean(), "{link}");
                    seen.0.extend(list(&link["source"]).iter().filter_map(Value::as_u64));
                    seen.1.extend(list(&link["target"]).iter().filter_map(Value::as_u64));
                }
                seen.0.sort_unstable();
                seen.1.sort_unstable();
                assert!(seen.0.into_iter().eq(0..sizes.0 as u64), "{unit} of the source");
                assert!(seen.1.into_iter().eq(0..sizes.1 as u64), "{unit} of the target");
            }
            for finding in list(&pair["findings"]) {
                for text in ["check", "category", "severity", "message", "fingerprint", "status"] {
                    assert!(finding[text].is_string(), "{text} of {finding}");
                }
                assert!(finding["confidence"].as_f64().is_some_and(|sure| (0.0..=1.0).contains(&sure)));
                ["source", "target"].map(|side| &finding[side]).into_iter().filter(|at| !at.is_null()).for_each(place);
                for evidence in list(&finding["evidence"]) {
                    assert!(evidence["side"] == "source" || evidence["side"] == "target", "{evidence}");
                    assert!(evidence["text"].is_string() && evidence["note"].is_string(), "{evidence}");
                }
            }
        }
        for severity in ["critical", "major", "minor"] {
            assert!(json["summary"][severity].is_u64());
        }
        assert!(json["summary"]["verdict"] == "pass" || json["summary"]["verdict"] == "fail");
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}
