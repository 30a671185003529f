//! What holds of every bitext, whatever the two texts are.

use std::io::Write;

use duizhao::align::{Link, align, align_sentences};
use duizhao::check::{Settings, check};
use duizhao::read::{self, Format};
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn threads_make_no_difference(a in text(), b in text()) {
        let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let run = || {
            let source = document(Lang::ZH, &a, Format::Plain);
            let aligned = align(source, document(Lang::EN, &b, Format::Plain));
            let findings = check(&aligned, &Settings::default());
            (aligned.into_bitext(), findings)
        };
        prop_assert_eq!(pool(1).install(run), pool(2).install(run));
    }

    /// Any bytes give a report or a clear error.
    #[test]
    fn any_bytes_are_read_or_refused(
        a in prop::collection::vec(any::<u8>(), 0..300),
        b in prop::collection::vec(any::<u8>(), 0..300),
        markdown in any::<bool>(),
    ) {
        let format = if markdown { Format::Markdown } else { Format::Plain };
        let side = |bytes: &[u8]| read::bytes("any", bytes, format, None);
        if let (Ok(source), Ok(target)) = (side(&a), side(&b)) {
            let aligned = align(segment(source), segment(target));
            let bitext = aligned.bitext();
            tiles(&bitext.alignment.blocks, bitext.source.blocks.len(), bitext.target.blocks.len());
            tiles(&bitext.alignment.sentences, bitext.source.sentences.len(), bitext.target.sentences.len());
            check(&aligned, &Settings { min_confidence: 0.0, ..Settings::default() });
        }
    }

    /// Whatever stands in files that are segmented already, every line is in exactly one link.
    #[test]
    fn lines_are_tiled(
        a in prop::collection::vec("(|网络主权。|第[0-9]条|[a-z ]{0,9})", 0..40),
        b in prop::collection::vec("(|Cyberspace|Article [0-9]|[a-z ]{0,9})", 0..40),
    ) {
        let (source, target) = (lines(Lang::ZH, &a), lines(Lang::EN, &b));
        let aligned = align_sentences(source, target);
        let sentences = &aligned.bitext().alignment.sentences;
        tiles(sentences, a.len(), b.len());
    }
}

/// A file with these lines, read as segmented already.
fn lines(lang: Lang, lines: &[String]) -> Document {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    for line in lines {
        writeln!(file, "{line}").expect("writable");
    }
    read::lines(file.path(), Some(lang)).expect("readable")
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

/// One sentence a line, the sides as unlike as can be.
#[test]
fn segmented_files_of_very_different_lengths_are_tiled() {
    let zh = |count: usize| (0..count).map(|n| format!("第{n}句话讲网络主权与发展。")).collect::<Vec<_>>();
    let en = |count: usize| (0..count).map(|n| format!("Sentence {n} is about sovereignty.")).collect::<Vec<_>>();
    let empty = |count: usize| vec![String::new(); count];
    let same = |count: usize| vec!["你好。".to_owned(); count];
    for (a, b) in [
        (zh(SCALE), en(10)),
        (zh(10), en(SCALE)),
        (same(SCALE), en(10)),
        (zh(0), en(200)),
        (zh(200), en(0)),
        (zh(0), en(0)),
        (empty(200), en(20)),
        (empty(50), empty(70)),
    ] {
        let aligned = align_sentences(lines(Lang::ZH, &a), lines(Lang::EN, &b));
        tiles(&aligned.bitext().alignment.sentences, a.len(), b.len());
    }
}

/// How many lines the longer side has.
const SCALE: usize = 20_000;
