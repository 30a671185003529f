//! Runs the `fires` and `passes` examples in the documentation of every check.

use std::fs;

use duizhao::check::{self, CHECKS, Check, Finding, Settings, Tongue};
use duizhao::gate::{self, Before};
use duizhao::markup::placeholders;
use duizhao::read::{self, Format};
use duizhao::run::{self, Input};
use duizhao::text::{Document, Lang};
use duizhao::{align, pairing, segment, termbase};

#[derive(Default)]
struct Example {
    fires: bool,
    /// Language tag and text of each side, source first.
    sides: Vec<(String, String)>,
    /// The same for what stood there at the base revision, for checks that compare with it.
    base: Vec<(String, String)>,
    /// The termbase, in CSV.
    terms: String,
    /// The format of the texts; Markdown unless a line says otherwise.
    format: Option<Format>,
    /// What is in the folders, for checks of whole files.
    files: Vec<String>,
}

/// The fenced examples of a manual page. In one, a line `zh: …` or `en: …` begins a block of that side; the side
/// whose line comes first is the source; a line `terms: …` is one of the termbase; `format: …` names the format;
/// `files: …` lists files below two folders, that of the originals first;
/// `zh base: …` is what stood there at the base revision; `\n` in a line stands for a line end inside the block.
fn examples(check: &Check) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut open = false;
    for line in check.docs.lines().map(str::trim) {
        match line {
            "```fires" | "```passes" => {
                let fires = line == "```fires";
                examples.push(Example { fires, ..Example::default() });
                open = true;
            }
            "```" => open = false,
            _ if open && line.starts_with("terms:") => {
                let terms = &mut examples.last_mut().expect("a fence is open").terms;
                *terms = format!("{terms}{}\n", line["terms:".len()..].trim());
            }
            _ if open && line.starts_with("format:") => {
                let format = Format::parse(line["format:".len()..].trim()).expect("a format");
                examples.last_mut().expect("a fence is open").format = Some(format);
            }
            _ if open && line.starts_with("files:") => {
                let files = line["files:".len()..].split_whitespace().map(str::to_owned);
                examples.last_mut().expect("a fence is open").files.extend(files);
            }
            _ if open && !line.is_empty() => {
                let (lang, text) =
                    line.split_once(':').unwrap_or_else(|| panic!("{}: no language: {line}", check.name));
                let text = text.trim().replace("\\n", "\n");
                let example = examples.last_mut().expect("a fence is open");
                let (lang, sides) = match lang.strip_suffix(" base") {
                    Some(lang) => (lang, &mut example.base),
                    None => (lang, &mut example.sides),
                };
                match sides.iter_mut().find(|(known, _)| known == lang) {
                    Some((_, blocks)) => *blocks = format!("{blocks}\n\n{text}"),
                    None => sides.push((lang.to_owned(), text)),
                }
            }
            _ => {}
        }
    }
    examples
}

/// What is found in two folders that hold nothing but empty files.
fn findings_in_folders(check: &Check, example: &Example) -> Vec<Finding> {
    let root = tempfile::tempdir().expect("a folder");
    for file in &example.files {
        let path = root.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, "").expect("a file");
    }
    let folder = |name: &str| root.path().join(name.split('/').next().expect("a name"));
    let target = example.files.last().expect("a file");
    let told = pairing::Told { exclude: &|_| false, format: &|_| None };
    let found =
        pairing::between(&folder(&example.files[0]), &folder(target), told).expect("two folders").found;
    let pair = |found| run::pair(&Input::from(found), &run::Settings::default()).expect("a pair").pair;
    let mut found: Vec<Finding> = found.into_iter().flat_map(|found| pair(found).findings).collect();
    found.retain(|finding| finding.check == check.name);
    found
}

/// A document as a run prepares it.
fn prepared(document: Document) -> Document {
    segment::segment(placeholders::marked(document, &[]))
}

fn findings(check: &Check, example: &Example) -> Vec<Finding> {
    if !example.files.is_empty() {
        return findings_in_folders(check, example);
    }
    let document = |(lang, text): &(String, String)| -> Document {
        let lang = Lang::parse(lang).expect("a language tag");
        let format = example.format.unwrap_or(Format::Markdown);
        prepared(read::bytes(lang.as_str(), text.as_bytes(), format, Some(lang)).expect("readable"))
    };
    assert_eq!(example.sides.len(), 2, "{}: an example has two sides", check.name);
    let pair = |sides: &[(String, String)]| align::align(document(&sides[0]), document(&sides[1]));
    let aligned = pair(&example.sides);
    let languages = (aligned.bitext().source.lang, aligned.bitext().target.lang);
    let csv = format!("source,target,status,case,note\n{}", example.terms);
    let termbase = termbase::csv(csv.as_bytes(), languages.0, languages.1).expect("a sound termbase");
    let settings = Settings { termbase: termbase.into(), ..Settings::default() };
    let mut found = check::check(&aligned, &settings);
    if !example.base.is_empty() {
        let aligned_then = pair(&example.base);
        let before = Before { findings: check::check(&aligned_then, &settings), aligned: aligned_then };
        found = gate::since(&before, &aligned, found, &settings, false);
    }
    found.retain(|finding| finding.check == check.name);
    found
}

#[test]
fn every_fires_example_gives_one_finding_and_every_passes_example_none() {
    let mut wrong = Vec::new();
    for check in CHECKS {
        let examples = examples(check);
        for wanted in [true, false] {
            assert!(
                examples.iter().any(|example| example.fires == wanted),
                "{}: needs both kinds of example",
                check.name
            );
        }
        for example in &examples {
            let found = findings(check, example);
            if found.len() != usize::from(example.fires) {
                let messages: Vec<_> = found.iter().map(|finding| &finding.message).collect();
                wrong.push(format!("{}: {:?}\n  gives {messages:#?}", check.name, example.sides));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_finding_of_the_examples_is_told_in_both_languages() {
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let quoted = |text: &str, example: &Example| {
        let sides = example.sides.iter().chain(&example.base).map(|(_, text)| text.as_str());
        sides.chain([example.terms.as_str()]).any(|side| side.contains(text))
    };
    let mut wrong = Vec::new();
    for check in CHECKS {
        for example in examples(check).iter().filter(|example| example.fires) {
            for finding in findings(check, example) {
                let notes = finding.evidence.iter().map(|evidence| &evidence.note);
                for message in notes.chain([&finding.message]) {
                    let (en, zh) = (message.said(Tongue::English), message.said(Tongue::Chinese));
                    // a line may be a passage of the texts and nothing else: what changed in them
                    let told = |line: &str| {
                        han(line)
                            || quoted(line.trim(), example)
                            || line.contains("[-")
                            || line.contains("{+")
                    };
                    if en.is_empty() || en == zh || !han(&zh) || !zh.lines().all(told) {
                        wrong.push(format!("{}: {en:?} / {zh:?}", check.name));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
