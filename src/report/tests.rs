//! Renders a small report by hand in every format and compares it with what is kept in `tests/`.

use std::fs;
use std::path::Path;

use snapbox::assert_data_eq;

use super::*;
use crate::align::{Alignment, Link};
use crate::check::{Category, Evidence, Message};
use crate::files::save;
use crate::terms::Rendering;
use crate::text::{Block, BlockKind, Lang, Numbering, NumberingStyle, Piece, PieceKind, Sentence};

/// A document from blocks of sentences; blocks are set apart by `gap`, sentences of a block follow one another.
fn document(path: &str, lang: Lang, start: &str, gap: &str, blocks: &[(BlockKind, &[&str])]) -> Document {
    let mut document = Document {
        path: path.to_owned(),
        lang,
        text: start.to_owned(),
        composed: vec![],
        runs: vec![],
        parts: vec![],
        encoding: "UTF-8",
        format: crate::text::Format::Plain,
        forms: Vec::new(),
        entries: Vec::new(),
        blocks: vec![],
        sentences: vec![],
    };
    for (index, (kind, sentences)) in blocks.iter().enumerate() {
        if index > 0 {
            document.text.push_str(gap);
        }
        let (start, first) = (document.text.len(), document.sentences.len());
        for sentence in *sentences {
            let start = document.text.len();
            document.text.push_str(sentence);
            let len = sentence.trim_end().len();
            document.sentences.push(Sentence { block: index, span: Span::new(start, start + len) });
        }
        let span = Span::new(start, document.text.len());
        document.blocks.push(Block {
            kind: *kind,
            level: (*kind == BlockKind::Heading).then_some(2),
            numbering: None,
            span,
            pieces: [Piece { kind: PieceKind::Prose, span }].into(),
            sentences: first..document.sentences.len(),
        });
    }
    document
}

/// The first place of these words.
fn find(document: &Document, words: &str) -> Span {
    let start = document.text.find(words).unwrap_or_else(|| panic!("{words:?} in {}", document.path));
    Span::new(start, start + words.len())
}

fn gap(at: usize) -> Option<Span> {
    Some(Span::new(at, at))
}

fn link(source: &[usize], target: &[usize], score: f64, moved: bool) -> Link {
    Link { source: source.into(), target: target.into(), score, moved }
}

fn finding(check: &'static str, severity: Severity, confidence: f64, message: &str) -> Finding {
    Finding {
        check,
        category: Category::Accuracy,
        severity,
        confidence,
        message: Message::alike(message),
        source: None,
        target: None,
        evidence: vec![],
        fingerprint: format!("{check}-{:02}", (confidence * 100.0) as u32),
        status: Status::New,
        suppression: None,
    }
}

fn evidence(side: Side, span: Span, note: &str) -> Evidence {
    Evidence { side, span, note: Message::alike(note) }
}

/// A Chinese source and its English target: an omission, an addition, a moved block, overlapping findings.
fn prose() -> Pair {
    use BlockKind::{Heading, ListItem, Paragraph};
    let long = "网络主权是国家主权在网络空间的自然延伸,".repeat(12) + "2015年提出。";
    let mut source = document(
        "中文/zh.md",
        Lang::ZH,
        "\u{feff}",
        "\r\n\r\n",
        &[
            (Heading, &["一、网络主权的涵义"]),
            (Paragraph, &[&long, "主权国家有权自主选择。", "不受任何外来干涉!"]),
            (Paragraph, &["这一段没有译文。", "它有两句。"]),
            (ListItem, &["独立权"]),
            (ListItem, &["平等权"]),
        ],
    );
    source.blocks[0].numbering =
        Some(Box::new(Numbering { style: NumberingStyle::Han, value: 1, span: find(&source, "一、") }));
    let target = document(
        "en.md",
        Lang::EN,
        "",
        "\n\n",
        &[
            (Heading, &["I. The Concept of Sovereignty in Cyberspace"]),
            (
                Paragraph,
                &[
                    "Sovereignty in cyberspace is a natural extension, proposed in 2016. ",
                    "A state has the right to choose.",
                ],
            ),
            (ListItem, &["Equality"]),
            (ListItem, &["Independence"]),
            (Paragraph, &["[The rest is added.]"]),
        ],
    );
    let missing = source.blocks[2].span;
    let paragraph = source.blocks[1].span;
    let mut findings = vec![
        finding(
            "number-mismatch",
            Severity::Major,
            0.912_34,
            "2015 became 2016\nThe years differ. Correct the year.",
        ),
        finding("divergent-passage", Severity::Minor, 0.5, "the two say different things"),
        finding("missing-content", Severity::Minor, 0.74, "“任何外来” has no counterpart"),
        finding(
            "missing-passage",
            Severity::Critical,
            0.99,
            "a paragraph has no counterpart\nTranslate it, or say why it is left out.",
        ),
        finding("moved-passage", Severity::Minor, 0.8, "an item stands at another place among its siblings"),
        finding("added-passage", Severity::Major, 0.9, "nothing in the source says this"),
        finding("heading-mismatch", Severity::Minor, 0.6, "known since long"),
    ];
    findings[0].source = Some(find(&source, "2015年"));
    findings[0].target = Some(find(&target, "2016"));
    findings[0].evidence = vec![
        evidence(Side::Source, find(&source, "2015年"), "= 2015"),
        evidence(Side::Target, find(&target, "2016"), "≠ 2015"),
        evidence(Side::Source, find(&source, "网络主权的涵义"), "the subject"),
    ];
    findings[1].source = Some(Span::new(find(&source, "2015年").end - "年".len(), paragraph.end));
    findings[1].target = Some(find(&target, "proposed in 2016. A state has"));
    findings[2].source = Some(find(&source, "不受任何外来干涉"));
    findings[2].target = gap(find(&target, " to choose.").end - 1);
    findings[2].evidence = vec![evidence(Side::Source, find(&source, "任何外来"), "no counterpart")];
    findings[3].source = Some(missing);
    findings[3].target = gap(target.blocks[1].span.end);
    findings[4].source = Some(find(&source, "独立权"));
    findings[4].target = Some(find(&target, "Independence"));
    findings[5].source = gap(source.text.len());
    findings[5].target = Some(target.blocks[4].span);
    findings[6].source = Some(find(&source, "一、"));
    findings[6].target = Some(find(&target, "I."));
    findings[6].status = Status::Known;
    let rendering = |text: &str, places: &[(&str, &str)], odd| Rendering {
        text: text.to_owned(),
        places: places.iter().map(|(term, said)| (find(&source, term), find(&target, said))).collect(),
        odd,
    };
    let sovereignty =
        rendering("Sovereignty in Cyberspace", &[("网络主权的", "Sovereignty in Cyberspace")], false);
    let other =
        rendering("Sovereignty in <cyberspace>", &[("网络主权是", "Sovereignty in cyberspace")], true);
    let state = rendering("state", &[("国家主权", "state"), ("主权国家", "state")], false);
    let terms = vec![
        Term { text: "国家".to_owned(), count: 2, renderings: vec![state] },
        Term { text: "网络主权".to_owned(), count: 2, renderings: vec![sovereignty, other] },
        Term { text: "译文".to_owned(), count: 1, renderings: vec![] },
    ];
    let blocks = vec![
        link(&[0], &[0], 0.95, false),
        link(&[1], &[1], 0.8765, false),
        link(&[2], &[], 0.9, false),
        link(&[3], &[3], 0.7, true),
        link(&[4], &[2], 0.7, false),
        link(&[], &[4], 0.9, false),
    ];
    let sentences = vec![
        link(&[0], &[0], 0.95, false),
        link(&[1], &[1], 0.9, false),
        link(&[2, 3], &[2], 0.6, false),
        link(&[4], &[], 0.9, false),
        link(&[5], &[], 0.9, false),
        link(&[6], &[4], 0.7, true),
        link(&[7], &[3], 0.7, false),
        link(&[], &[5], 0.9, false),
    ];
    Pair {
        id: None,
        bitext: Bitext { source, target, alignment: Alignment { blocks, sentences } },
        findings,
        terms,
        verdict: Verdict::Fail,
    }
}

/// One file that holds both versions, full of what a page or a terminal must not take literally.
fn hostile() -> Pair {
    let text = "<script>alert(\"1\")</script> & 'x'\u{0}\u{1b}[31m\u{202e}evil\u{2066}\t👩‍👩‍👧𠀀`a<b`\n\
                </style></p><!-- ]]> &lt;b&gt; e\u{301}\u{ffff} 50%\n";
    let half = |lang, start: usize, end: usize| {
        let span = Span::new(start, end);
        Document {
            path: "a<b>&\"c\".txt".to_owned(),
            lang,
            text: text.to_owned(),
            composed: vec![],
            runs: vec![],
            parts: vec![],
            encoding: "UTF-8",
            format: crate::text::Format::Plain,
            forms: Vec::new(),
            entries: Vec::new(),
            blocks: vec![Block {
                kind: BlockKind::Paragraph,
                level: None,
                numbering: None,
                span,
                pieces: [Piece { kind: PieceKind::Prose, span }].into(),
                sentences: 0..1,
            }],
            sentences: vec![Sentence { block: 0, span }],
        }
    };
    let middle = text.find('\n').unwrap();
    let mut source = half(Lang::ZH, 0, middle);
    let target = half(Lang::EN, middle + 1, text.len() - 1);
    let code = find(&source, "`a<b`");
    source.blocks[0].pieces = [
        Piece { kind: PieceKind::Prose, span: Span::new(0, code.start) },
        Piece { kind: PieceKind::Code, span: code },
    ]
    .as_slice()
    .into();
    let mut odd = finding("markup-mismatch", Severity::Major, 1.0, "<b>\u{1b}[0m & \u{202e}\"quoted\"</b>");
    odd.source = Some(find(&source, "𠀀`a"));
    odd.target = Some(find(&target, "<!-- ]]> &lt;"));
    odd.evidence = vec![evidence(Side::Source, find(&source, "<script>"), "<i>")];
    odd.fingerprint = "../\"><script>&#x41;".to_owned();
    let mut again = odd.clone();
    again.source = Some(find(&source, "👩‍👩‍👧𠀀"));
    again.evidence.clear();
    let links = vec![link(&[0], &[0], 0.333_333, false)];
    let alignment = Alignment { blocks: links.clone(), sentences: links };
    Pair {
        id: None,
        bitext: Bitext { source, target, alignment },
        findings: vec![odd, again],
        terms: Vec::new(),
        verdict: Verdict::Fail,
    }
}

fn sample() -> Vec<Pair> {
    vec![prose(), hostile()]
}

/// Whatever people read names the part of a file that a finding is in.
#[test]
fn parts_are_named_in_every_report() {
    let mut pair = prose();
    pair.bitext.target.parts = vec![(0, "Stock!B2".to_owned())];
    let pairs = [pair];
    for format in [
        "text",
        "json",
        "jsonl",
        "html",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "checkstyle",
        "rdjson",
        "rdjsonl",
        "markdown",
    ] {
        let report = rendered(&pairs, format, &Options::default());
        assert!(report.contains("Stock!B2"), "{format}: {report}");
    }
}

fn rendered(pairs: &[Pair], format: &str, options: &Options) -> String {
    let mut out = Vec::new();
    Format::parse(format).unwrap().write(pairs, options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn text_is_as_kept() {
    let options = Options { width: 80, ..Options::default() };
    assert_data_eq!(rendered(&sample(), "text", &options), snapbox::file!["tests/sample.txt"].raw());
}

/// The options with which readers see the scorecard, in a language of the interface.
fn scored(tongue: Tongue) -> Options {
    let scoring = Scoring { min_score: Some(99.5), ..Scoring::default() };
    Options { tongue, scoring: Some(scoring), ..Options::default() }
}

#[test]
fn scorecards_are_as_kept() {
    let mut kept = String::new();
    for tongue in [Tongue::English, Tongue::Chinese] {
        let text = rendered(&sample(), "text", &scored(tongue));
        let (_, card) = text.split_once("MQM").expect("a scorecard");
        kept += &format!("MQM{card}\n");
        let markdown = rendered(&sample(), "markdown", &scored(tongue));
        let (_, card) = markdown.split_once("**MQM").expect("a scorecard");
        kept += &format!("**MQM{}\n\n", card.split("<details>").next().unwrap_or_default().trim_end());
    }
    let index = page_with(&sample(), &scored(Tongue::English));
    let (_, card) = index.split_once("<div class=\"facts\">").expect("a scorecard");
    kept += card.split("</div>").next().unwrap_or_default();
    assert_data_eq!(kept, snapbox::file!["tests/sample.scorecard"].raw());
    let one = page_with(&[prose()], &scored(Tongue::English));
    assert!(one.contains("accuracy: omission") && parsed(&one).1.contains("score "));
    let json: serde_json::Value =
        serde_json::from_str(&rendered(&sample(), "json", &scored(Tongue::English))).unwrap();
    assert_eq!(json["summary"]["scorecard"]["min_score"], 99.5);
}

#[test]
fn workbooks_have_the_scorecard_on_a_sheet_of_its_own() {
    use calamine::{Data, Reader, Xlsx};
    let mut bytes = Vec::new();
    Format::parse("xlsx").unwrap().write(&sample(), &scored(Tongue::English), &mut bytes).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(io::Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Sheet1", "MQM"]);
    let sheet = book.worksheet_range("MQM").unwrap();
    let rows: Vec<&[Data]> = sheet.rows().collect();
    let heads: Vec<String> = rows[0].iter().map(ToString::to_string).collect();
    assert_eq!(heads, ["error type", "critical", "major", "minor", "penalty"]);
    let number = |name: &str, column: usize| {
        let row = rows.iter().find(|row| matches!(&row[0], Data::String(text) if text == name));
        match row.map(|row| &row[column]) {
            Some(Data::Float(number)) => *number,
            found => panic!("{name}: {found:?}"),
        }
    };
    let card = sample().iter().collect::<Totals>().scorecard;
    let scoring = Scoring::default();
    assert_eq!(number("accuracy: omission", 1), 1.0);
    assert_eq!(number("penalty points", 1), card.score(&scoring).penalty);
    assert_eq!(Some(number("score (of 100)", 1)), card.score(&scoring).value);
}

#[test]
fn json_is_as_kept() {
    // The version of the program changes with every release; the rest must not.
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let text = rendered(&sample(), "json", &Options::default()).replace(&version, "\"version\": \"…\"");
    assert_data_eq!(text, snapbox::file!["tests/sample.json": Text].raw());
}

#[test]
fn json_places_hold_their_text() {
    let value: serde_json::Value =
        serde_json::from_str(&rendered(&sample(), "json", &Options::default())).unwrap();
    assert_eq!(value["version"], 1);
    let finding = &value["pairs"][0]["findings"][0];
    assert_eq!(finding["source"]["text"], "2015年");
    assert_eq!(finding["source"]["start"]["line"], 3);
    assert_eq!(finding["source"]["start"]["column"], 12 * 20 + 1);
    assert_eq!(finding["source"]["end"]["column"], 12 * 20 + 6);
    assert_eq!(value["pairs"][0]["source"]["sentences"][0]["start"]["column"], 1);
    assert_eq!(value["pairs"][0]["target"]["blocks"][1]["lines"], serde_json::json!([3, 3]));
    assert_eq!(value["summary"]["minor"], 3);
    assert_eq!(value["summary"]["known"], 1);
}

#[test]
fn text_never_passes_control_characters_on() {
    for all in [false, true] {
        for width in [0, 1, 20, 21, 40, 200] {
            let text =
                rendered(&sample(), "text", &Options { width, all, colour: false, ..Options::default() });
            let bad = text.chars().find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
            assert_eq!(bad, None, "at width {width}");
        }
    }
    assert!(rendered(&sample(), "text", &Options { colour: true, ..Options::default() }).contains("\u{1b}["));
}

#[test]
fn saving_replaces_the_whole_file_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.json");
    let json = Format::parse("json").unwrap();
    save(&path, |out| json.write(&sample(), &Options::default(), out)).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), rendered(&sample(), "json", &Options::default()));
    let failing = |out: &mut dyn Write| {
        out.write_all(b"half")?;
        Err(io::Error::other("disk full"))
    };
    save(&path, failing).unwrap_err();
    assert!(fs::read_to_string(&path).unwrap().starts_with('{'));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays");
    save(&folder.path().join("no/such/folder"), |_| Ok(())).unwrap_err();
}

#[cfg(unix)]
#[test]
fn saving_follows_links_and_writes_to_devices() {
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("file"), folder.path().join("link"));
    fs::write(&file, "old").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let text = Format::parse("text").unwrap();
    let write = |out: &mut dyn Write| text.write(&sample(), &Options::default(), out);
    save(&link, write).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&file).unwrap().contains("missing-passage"));
    save(Path::new("/dev/null"), write).unwrap();
}

#[test]
fn formats_have_names_of_their_own() {
    for format in FORMATS {
        assert_eq!(Format::parse(format.name).unwrap().summary, format.summary);
    }
    assert!(Format::parse("yaml").is_none());
}

/// A pair in which nothing is found.
fn clean() -> Pair {
    Pair { findings: vec![], verdict: Verdict::Pass, ..prose() }
}

/// An original without translation, a suppressed finding and one from the base.
fn lone() -> Pair {
    let mut pair = prose();
    for (document, path) in
        [(&mut pair.bitext.source, "./中 文.md"), (&mut pair.bitext.target, "no:file,100%.md")]
    {
        *document = self::document(path, Lang::ZH, "", "", &[]);
    }
    pair.bitext.alignment = Alignment { blocks: vec![], sentences: vec![] };
    let at = |status| {
        let mut finding =
            finding("missing-file", Severity::Major, 1.0, "there is no [no](file)\ntranslate it");
        finding.source = gap(0);
        finding.status = status;
        finding
    };
    let mut suppressed = at(Status::Suppressed);
    suppressed.suppression = Some("not for abroad".to_owned());
    pair.findings = vec![at(Status::New), suppressed, at(Status::Existing)];
    pair
}

#[test]
fn formats_for_other_programs_are_as_kept() {
    let pairs = [clean(), prose(), clean(), hostile(), lone(), clean()];
    let names = ["sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "rdjsonl", "markdown"];
    for name in names {
        let mut text = rendered(&pairs, name, &Options::default());
        if let Some((before, rules)) = text.split_once("\"rules\": [\n") {
            // the checks have a manual that is kept already, and the version of the program changes
            let (_, after) = rules.split_once("\n]}}").unwrap();
            let before = before.replace(env!("CARGO_PKG_VERSION"), "…");
            text = format!("{before}\"rules\": [\n]}}}}{after}");
        }
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/report/tests/sample.{name}"));
        assert_data_eq!(text, snapbox::Data::read_from(&kept, Some(snapbox::data::DataFormat::Text)).raw());
    }
}

#[test]
fn pairs_without_findings_leave_no_trace_in_arrays() {
    for pairs in [vec![], vec![clean()], vec![clean(), prose(), clean(), clean(), hostile(), clean()]] {
        for name in ["sarif", "gitlab", "rdjson", "json"] {
            let text = rendered(&pairs, name, &Options::default());
            serde_json::from_str::<serde_json::Value>(&text)
                .unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        for name in ["junit", "checkstyle"] {
            let text = rendered(&pairs, name, &Options::default());
            parsed(text.split_once('\n').unwrap().1);
        }
    }
}

#[test]
fn places_of_sarif_hold_their_text() {
    let pair = prose();
    let report: serde_json::Value =
        serde_json::from_str(&rendered(&[prose()], "sarif", &Options::default())).unwrap();
    let results = report["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), pair.findings.len());
    for (result, finding) in results.iter().zip(&pair.findings) {
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let [line, column, last, end] = ["startLine", "startColumn", "endLine", "endColumn"]
            .map(|key| region[key].as_u64().unwrap() as usize);
        assert_eq!(line, last);
        let text: String = pair
            .bitext
            .target
            .text
            .lines()
            .nth(line - 1)
            .unwrap_or_default()
            .chars()
            .skip(column - 1)
            .take(end - column)
            .collect();
        assert_eq!(text, pair.bitext.target.slice(finding.target.unwrap()));
    }
}

#[test]
fn commands_stay_on_their_lines() {
    let mut pair = hostile();
    let message = "one\r1\n::error::two 100% a:b,c";
    pair.findings[0].message = Message::alike(message);
    pair.bitext.source.path = "a\n::b,c".to_owned();
    let lines = rendered(&[pair.clone()], "github", &Options::default());
    assert_eq!(lines.lines().count(), pair.findings.len());
    assert!(lines.lines().all(|line| line.starts_with("::error file=a<b>&\"c\".txt,line=2,endLine=2,col=")));
    assert!(lines.contains("::one␍1%0A::error::two 100%25 a:b,c"), "{lines}");
    assert!(lines.contains("original: a␊::b,c:1:"), "{lines}");
}

#[test]
fn a_summary_is_never_too_long_and_says_what_it_left_out() {
    for (pairs, findings) in [(1, 3_000), (3_000, 1), (60, 60)] {
        let mut pair = prose();
        let one = pair.findings[3].clone();
        pair.findings = vec![one; findings];
        pair.bitext.source.path = "d/".repeat(40) + "|*<@a.md";
        let text = rendered(&vec![pair; pairs], "markdown", &Options::default());
        let length = text.chars().count();
        assert!(length <= 60_000, "{length}");
        let (_, left) = text.rsplit_once("too long: ").unwrap();
        let left: usize = left.split(' ').next().unwrap().parse().unwrap();
        assert_eq!(text.matches("- **critical** `").count() + left, pairs * findings);
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    }
}

/// The page without its style and script, which are no XML and change on their own.
fn page(pairs: &[Pair]) -> String {
    page_with(pairs, &Options::default())
}

fn page_with(pairs: &[Pair], options: &Options) -> String {
    let page = rendered(pairs, "html", options);
    let generator = format!("duizhao {}\"", env!("CARGO_PKG_VERSION"));
    let page = page.replace(&generator, "duizhao …\"");
    let cut = |page: &str, open: &str, close: &str| {
        let (before, rest) = page.split_once(open).unwrap();
        let (_, after) = rest.split_once(close).unwrap();
        format!("{before}{open}{close}{after}")
    };
    let page = cut(&page, "<style>", "</style>");
    let page = if page.contains("<script>") { cut(&page, "<script>", "</script>") } else { page };
    cut(&page, "Content-Security-Policy\" content=\"", "\"")
}

/// Reads a page as XML: every element closed where it should be, every attribute quoted. Gives each element's
/// name and attributes, and the text outside the numbers of findings.
type Elements = Vec<(String, Vec<(String, String)>)>;

fn parsed(page: &str) -> (Elements, String) {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(page);
    reader.config_mut().check_end_names = true;
    let (mut elements, mut text) = (vec![], String::new());
    let mut depth = 0;
    let mut number_at = None;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error} at {}", reader.buffer_position())) {
            event @ (Event::Start(_) | Event::Empty(_)) => {
                let start = match &event {
                    Event::Start(start) | Event::Empty(start) => start,
                    _ => unreachable!(),
                };
                let attributes: Vec<(String, String)> = start
                    .attributes()
                    .map(|attribute| {
                        let attribute = attribute.unwrap();
                        let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
                        (attribute.key.as_ref().to_owned(), value)
                    })
                    .collect();
                let number = attributes.iter().any(|(key, value)| {
                    key == "class" && (value.starts_with("ref ") || value.starts_with("gap "))
                });
                let name = start.name().as_ref().to_owned();
                elements.push((name, attributes));
                if matches!(event, Event::Start(_)) {
                    depth += 1;
                    if number && number_at.is_none() {
                        number_at = Some(depth);
                    }
                }
            }
            Event::End(_) => {
                if number_at == Some(depth) {
                    number_at = None;
                }
                depth -= 1;
            }
            Event::Text(piece) if number_at.is_none() => {
                text.push_str(&piece);
            }
            Event::GeneralRef(name) if number_at.is_none() => {
                let entity = format!("&{};", &*name);
                text.push_str(&quick_xml::escape::unescape(&entity).unwrap());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    (elements, text)
}

/// Elements that the page may hold.
const KNOWN: &[&str] = &[
    "html", "head", "meta", "title", "style", "body", "a", "header", "h1", "h2", "h3", "h4", "h5", "h6", "p",
    "ul", "li", "b", "i", "q", "button", "div", "main", "section", "span", "mark", "code", "svg", "path",
    "rect", "aside", "input", "select", "option", "label", "output", "kbd", "script", "nav", "table",
    "thead", "tbody", "tr", "th", "td", "h2", "h3", "caption", "details", "summary",
];

fn check_page(pairs: &[Pair]) {
    let (elements, text) = parsed(&page(pairs));
    let attributes = || elements.iter().flat_map(|(_, attributes)| attributes);
    let ids: Vec<_> = attributes().filter(|(key, _)| key == "id").map(|(_, value)| value.as_str()).collect();
    let unique: std::collections::BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "an id stands twice");
    for (key, value) in attributes() {
        assert!(!key.starts_with("on") && key != "style" && key != "src", "{key}={value}");
        if key == "href" {
            let target = value.strip_prefix('#').unwrap_or_else(|| panic!("{value} leads outside"));
            assert!(unique.contains(target), "#{target} leads nowhere");
        }
    }
    for (name, _) in &elements {
        assert!(KNOWN.contains(&name.as_str()), "a text became <{name}>");
    }
    let linked = |link: &Link| (link.source.clone(), link.target.clone());
    for pair in pairs.iter().filter(|_| pairs.len() == 1) {
        for (source, target) in pair.bitext.alignment.blocks.iter().map(linked) {
            let blocks = source.iter().map(|&block| (&pair.bitext.source, block));
            let blocks = blocks.chain(target.iter().map(|&block| (&pair.bitext.target, block)));
            for (document, block) in blocks {
                let block = document.slice(document.blocks[block].span);
                let written: String = parsed(&html_text(block)).1;
                assert!(text.contains(&written), "{block:?} is not whole");
            }
        }
    }
}

/// Any text as the page escapes it.
fn html_text(text: &str) -> String {
    format!("<p>{}</p>", html::escaped(text))
}

#[test]
fn html_is_as_kept() {
    for (name, pairs) in [("prose", vec![prose()]), ("hostile", vec![hostile()]), ("index", sample())] {
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/report/tests/{name}.html"));
        assert_data_eq!(
            page(&pairs),
            snapbox::Data::read_from(&kept, Some(snapbox::data::DataFormat::Text)).raw()
        );
    }
}

#[test]
fn html_is_well_formed_and_leads_nowhere_else() {
    check_page(&sample());
    check_page(&[]);
    for pair in [prose(), hostile()] {
        check_page(&[pair]);
    }
}

#[test]
fn html_names_its_style_and_script_by_their_hashes() {
    use base64::Engine;
    use sha2::Digest;
    let page = rendered(&[prose()], "html", &Options::default());
    let between = |open: &str, close: &str| page.split_once(open).unwrap().1.split_once(close).unwrap().0;
    let policy = between("Content-Security-Policy\" content=\"", "\"");
    assert!(policy.starts_with("default-src 'none'; "));
    for (kind, content) in
        [("style-src", between("<style>", "</style>")), ("script-src", between("<script>", "</script>"))]
    {
        let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(content));
        assert!(policy.contains(&format!("{kind} 'sha256-{hash}'")), "{kind} in {policy}");
        assert!(!content.contains("</") && !content.contains('\r'), "{kind}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Findings may overlap, nest, cross blocks and sentences, and stand in gaps anywhere.
    #[test]
    fn html_holds_any_findings(spans in proptest::collection::vec((0usize..400, 0usize..60, 0usize..120, 0usize..30), 0..12)) {
        let mut pair = prose();
        let snap = |document: &Document, start: usize, len: usize| {
            let at = |at: usize| document.text.floor_char_boundary(at.min(document.text.len()));
            Span::new(at(start), at(start + len))
        };
        pair.findings = spans
            .iter()
            .map(|&(source, length, target, other)| {
                let mut finding = finding("number-mismatch", Severity::Major, 0.5, "odd");
                finding.source = (length != 7).then(|| snap(&pair.bitext.source, source + 300, length));
                finding.target = (other != 7).then(|| snap(&pair.bitext.target, target, other));
                finding
            })
            .collect();
        check_page(&[pair]);
    }
}
