//! The report for reviewers and the way back: what they dismiss is known from then on.

use std::io::{Cursor, Read, Write};

use duizhao::check::{self, Settings, Status};
use duizhao::gate::{Baseline, Choice, review};
use duizhao::read::{self, Format, Row};
use duizhao::report::{self, Options, Pair, Verdict};
use duizhao::text::Lang;
use duizhao::{align, segment};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

fn sample() -> Pair {
    let document = |name: &str, text: &str, lang| {
        segment::segment(read::bytes(name, text.as_bytes(), Format::Markdown, Some(lang)).expect("a text"))
    };
    let source = document(
        "zh.md",
        "# 港口\n\n小城有三所学校。\n\n2021年，镇上修了一座新桥。\n\n桥很长，<人人>喜欢它。\n\n学校就在寺庙旁边。\n",
        Lang::ZH,
    );
    let target = document(
        "en.md",
        "# The harbour\n\nThe town has five schools.\n\nIn 2020 the town built a new bridge.\n\n\
         The school stands beside the temple.\n",
        Lang::EN,
    );
    let aligned = align::align(source, target);
    let findings = check::check(&aligned, &Settings::default());
    assert!(findings.len() >= 3, "the sample has several faults: {findings:?}");
    Pair { id: None, bitext: aligned.into_bitext(), findings, terms: Vec::new(), verdict: Verdict::Fail }
}

fn written(pair: &Pair, format: &str) -> Vec<u8> {
    let format = report::Format::parse(format).expect("a format");
    let mut out = Vec::new();
    format.write(std::slice::from_ref(pair), &Options::default(), &mut out).expect("written to memory");
    out
}

/// The file as the program reads it back.
fn rows(bytes: &[u8], end: &str) -> Vec<Row> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(format!("review.{end}"));
    std::fs::write(&path, bytes).expect("written");
    let mut rows = Vec::new();
    read::grid(&path, &read::Limits::default(), |row| rows.push(row)).expect("a table");
    rows
}

#[test]
fn every_finding_has_a_row_with_its_fingerprint() {
    let report = sample();
    for format in ["docx", "xlsx"] {
        let bytes = written(&report, format);
        assert_eq!(bytes, written(&report, format), "the same bytes");
        let rows = rows(&bytes, format);
        let findings = &report.findings;
        assert_eq!(rows.len(), findings.len() + 1);
        for (row, finding) in rows[1..].iter().zip(findings) {
            assert_eq!([1, 2].map(|at| row.cell(at)), [finding.severity.as_str(), finding.check]);
            assert_eq!(row.cell(9), finding.fingerprint);
            assert_eq!([7, 8].map(|at| row.cell(at)), ["", ""]);
            assert!(row.cell(6).starts_with("zh.md") && row.cell(6).contains("\nen.md"), "{row:?}");
        }
        let missing = rows.iter().find(|row| row.cell(2) == "missing-passage").expect("a missing passage");
        assert_eq!(missing.cell(3), "桥很长，<人人>喜欢它。");
        assert!(missing.cell(4).ends_with("(nothing here)"), "{missing:?}");
    }
}

#[test]
fn the_words_at_fault_are_marked() {
    let bytes = written(&sample(), "docx");
    let xml = part(&bytes, "word/document.xml");
    let marked = xml.split("<w:shd ").skip(1).map(|rest| {
        let text = rest.split_once("preserve\">").expect("a text").1;
        text.split_once("</w:t>").expect("an end").0
    });
    let marked: Vec<&str> = marked.collect();
    assert!(marked.contains(&"2021年") && marked.contains(&"2020"), "{marked:?}");
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
    text
}

/// The document with words in its empty cells, in order.
fn filled_in(bytes: &[u8], words: &[&str]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    for name in names {
        let mut text = String::new();
        archive.by_name(&name).expect("a part").read_to_string(&mut text).expect("text");
        if name == "word/document.xml" {
            for word in words {
                let run = format!("<w:tc><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:tc>");
                text = text.replacen("<w:tc><w:p></w:p></w:tc>", &run, 1);
            }
        }
        out.start_file(name, SimpleFileOptions::default()).expect("a part");
        out.write_all(text.as_bytes()).expect("written");
    }
    out.finish().expect("an archive").into_inner()
}

#[test]
fn what_is_dismissed_is_known_from_then_on() {
    let mut report = sample();
    let bytes = filled_in(&written(&report, "docx"), &["dismiss", "as agreed &amp; signed", "Accept", "yes"]);
    let mut reader = review::Reader::default();
    rows(&bytes, "docx").iter().for_each(|row| reader.take(row));
    let decided = reader.end().expect("a report");
    let findings = report.findings.len();
    let counts = [Choice::Dismiss, Choice::Accept].map(|choice| decided.count(choice));
    assert_eq!((counts, decided.undecided), ([1, 1], findings - 2));
    let mut baseline = Baseline::default();
    decided.made.into_iter().for_each(|(entry, decision)| baseline.decide(&entry, Some(decision)));
    let mut written = Vec::new();
    baseline.write(&mut written).expect("written to memory");
    let written = String::from_utf8(written).expect("UTF-8");
    assert!(written.contains("en.md # as agreed & signed\naccepted "), "{written}");
    Baseline::read("known.txt".as_ref(), &written).expect("a baseline").apply(&mut report);
    let known: Vec<bool> = report.findings.iter().map(|one| one.status == Status::Known).collect();
    assert_eq!(known.iter().filter(|known| **known).count(), 1);
    assert!(known[0]);
}
