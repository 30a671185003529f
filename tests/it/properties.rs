//! What holds of every bitext, whatever the two texts are.

use std::path::Path;

use duizhao::align::{Link, align, align_sentences};
use duizhao::check::{Settings, check};
use duizhao::read::{self, Format};
use duizhao::report::{Options, Pair, Verdict, json};
use duizhao::segment::segment;
use duizhao::text::{Document, Lang};
use proptest::prelude::*;

fn document(lang: Lang, text: &str, format: Format) -> Document {
    segment(read::bytes(lang.as_str(), text.as_bytes(), format, Some(lang)).expect("text is readable"))
}

/// Every unit is in exactly one link, and no link is empty.
fn tiles(links: &[Link], sources: usize, targets: usize) {
    let mut seen = (vec![0; sources], vec![0; targets]);
    for link in links {
        assert!(!(link.source.is_empty() && link.target.is_empty()), "an empty link");
        assert!(link.source.is_sorted() && link.target.is_sorted());
        assert!((0.0..=1.0).contains(&link.score), "score {}", link.score);
        link.source.iter().for_each(|&unit| seen.0[unit] += 1);
        link.target.iter().for_each(|&unit| seen.1[unit] += 1);
    }
    assert!(seen.0.iter().chain(&seen.1).all(|times| *times == 1), "a unit is in no link or in two");
}

fn text() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "网络空间具有全球性。",
        "各国应当遵守国际法！",
        "“好”，他说。",
        "2021年",
        "一、总则",
        "\n",
        "\n\n",
        "- ",
        "# ",
        "Cyberspace is global in nature. ",
        "All countries should obey the law! ",
        "In 2021, ",
        "I. General",
        "`code`",
        "[a](b.md)",
        "|a|b|\n|-|-|\n|c|d|\n",
        " ",
        "…",
        "(",
        "”",
        "\u{3000}",
        "é",
        "𠀀",
    ]);
    prop::collection::vec(parts, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_block_and_sentence_is_in_one_link(a in text(), b in text(), markdown in any::<bool>()) {
        let format = if markdown { Format::Markdown } else { Format::Plain };
        let make = || align(document(Lang::ZH, &a, format), document(Lang::EN, &b, format));
        let aligned = make();
        let bitext = aligned.bitext();
        tiles(&bitext.alignment.blocks, bitext.source.blocks.len(), bitext.target.blocks.len());
        tiles(&bitext.alignment.sentences, bitext.source.sentences.len(), bitext.target.sentences.len());
        let findings = check(&aligned, &Settings::default());
        for finding in &findings {
            for (document, span) in [(&bitext.source, finding.source), (&bitext.target, finding.target)] {
                let Some(span) = span else { continue };
                prop_assert!(document.text.is_char_boundary(span.start) && document.text.is_char_boundary(span.end));
            }
        }
        prop_assert_eq!(findings, check(&make(), &Settings::default()));
    }
}

#[test]
fn swapping_the_sides_swaps_omission_and_addition() {
    let zh =
        "网络空间具有全球性。\n\n各国应当遵守《联合国宪章》，和平利用互联网。\n\n发展是人类社会的永恒主题。";
    let en = "Cyberspace is global in nature.\n\nDevelopment is the eternal theme of human society.";
    let documents = || (document(Lang::ZH, zh, Format::Plain), document(Lang::EN, en, Format::Plain));
    let names = |source: Document, target: Document| -> Vec<&'static str> {
        check(&align(source, target), &Settings::default()).iter().map(|finding| finding.check).collect()
    };
    let (a, b) = documents();
    assert_eq!(names(a, b), ["missing-passage"]);
    let (a, b) = documents();
    assert_eq!(names(b, a), ["added-passage"]);
}

/// Lines of files that are segmented already, some empty, with the line ends of three systems.
fn segmented() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "",
        "",
        "  \u{3000}",
        "网络空间具有全球性。",
        "2021年",
        "。",
        "Cyberspace is global in nature.",
        "In 2021,",
        "\u{feff}x",
        "𠀀",
    ]);
    let end = prop::sample::select(vec!["\n", "\n", "\r\n", "\r"]);
    let lines = prop::collection::vec((line, end), 0..60);
    lines.prop_map(|lines| lines.into_iter().flat_map(|(line, end)| [line, end]).collect())
}

fn tiles_lines(a: &str, b: &str) {
    let read = |lang: Lang, text: &str| read::lines_bytes(lang.as_str(), text.as_bytes(), Some(lang));
    let aligned = align_sentences(read(Lang::ZH, a).expect("text"), read(Lang::EN, b).expect("text"));
    let bitext = aligned.bitext();
    tiles(&bitext.alignment.sentences, bitext.source.sentences.len(), bitext.target.sentences.len());
    tiles(&bitext.alignment.blocks, bitext.source.blocks.len(), bitext.target.blocks.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn segmented_files_are_tiled(a in segmented(), b in segmented()) {
        tiles_lines(&a, &b);
    }

    /// Any bytes end in a report or a clear error.
    #[test]
    fn arbitrary_bytes_never_panic(
        a in prop::collection::vec(any::<u8>(), 0..300),
        b in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..300),
            text().prop_map(String::into_bytes),
            // a text with bytes in the middle that are none
            (text(), any::<u8>(), text()).prop_map(|(a, byte, b)| [a.as_bytes(), &[byte], b.as_bytes()].concat()),
        ],
        markdown in any::<bool>(),
    ) {
        let format = if markdown { Format::Markdown } else { Format::Plain };
        let _ = read::both_bytes("both", &b, format, None, None);
        let _ = read::lines_bytes("lines", &a, None);
        let readable = |bytes: &[u8]| read::bytes("bytes", bytes, format, None).ok().map(segment);
        if let (Some(source), Some(target)) = (readable(&a), readable(&b)) {
            check(&align(source, target), &Settings::default());
        }
        if let Some(document) = readable(&b) {
            let aligned = align(document.clone(), document);
            tiles(&aligned.bitext().alignment.blocks, aligned.bitext().source.blocks.len(), aligned.bitext().target.blocks.len());
        }
    }
}

#[test]
fn segmented_files_of_very_different_lengths_are_tiled() {
    for (a, b) in [
        ("你好。\n".repeat(3000), "Hello.\n".repeat(10)),
        (String::new(), "Hello.\n\n\n".repeat(50)),
        ("\n".repeat(500), "Hello.\n".repeat(3)),
        ("你好。\n".to_owned(), "\n".repeat(500)),
        (String::new(), String::new()),
    ] {
        tiles_lines(&a, &b);
        tiles_lines(&b, &a);
    }
}

#[test]
fn any_number_of_threads_gives_the_same_report() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("texts/sovereignty-3.0");
    let document = |name: &str| {
        segment(read::file(&folder.join(name), None, &read::Limits::default()).expect("readable"))
    };
    let report = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| {
            let aligned = align(document("zh.txt"), document("en.txt"));
            let findings = check(&aligned, &Settings::default());
            let pair = Pair {
                id: None,
                bitext: aligned.into_bitext(),
                findings,
                terms: Vec::new(),
                verdict: Verdict::Pass,
            };
            let mut made = Vec::new();
            json::pair(&pair, &Options::default(), &mut made).expect("memory does not fail");
            made
        })
    };
    let one = report(1);
    assert!([2, 5].into_iter().all(|threads| report(threads) == one));
}
