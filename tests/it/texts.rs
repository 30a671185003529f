//! The sample texts give the reports that are kept under reports/.

use std::fs;
use std::path::{Path, PathBuf};
use std::slice;

use duizhao::align::align;
use duizhao::check::{Finding, Settings, check_and_count};
use duizhao::gate::Gate;
use duizhao::read;
use duizhao::report::{Format, Options, Pair};
use duizhao::segment::segment;
use duizhao::text::Document;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn judge(source: Document, target: Document) -> Pair {
    let aligned = align(segment(source), segment(target));
    let (findings, [terms, _]) = check_and_count(&aligned, &Settings::default());
    let verdict = Gate::default().judge(&findings);
    Pair { id: None, bitext: aligned.into_bitext(), findings, terms, verdict }
}

fn load(path: &Path) -> Document {
    let mut document = read::file(&root().join(path), None, &read::Limits::default()).expect("readable");
    document.path = path.to_string_lossy().replace('\\', "/");
    document
}

/// The formats that are kept, and the ends of their files.
const KEPT: [(&str, &str); 5] =
    [("text", "txt"), ("json", "json"), ("html", "html"), ("sarif", "sarif"), ("markdown", "md")];

#[test]
fn sample_texts_give_the_golden_reports() {
    for case in fs::read_dir(root().join("texts")).expect("texts/") {
        let name = case.expect("an entry").file_name().to_string_lossy().into_owned();
        let folder = Path::new("texts").join(&name);
        let pair = judge(load(&folder.join("zh.txt")), load(&folder.join("en.txt")));
        // the others hold nothing that these do not, and binary files do not merge
        for (name_of_format, end) in KEPT {
            let format = Format::parse(name_of_format).expect("a format");
            let path = root().join("reports").join(format!("{name}.{end}"));
            let mut made = Vec::new();
            format
                .write(slice::from_ref(&pair), &Options::default(), &mut made)
                .expect("memory does not fail");
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
    let essence = |pair: &Pair| -> Vec<(&str, Option<String>, Option<String>)> {
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
