//! What holds of every bitext, whatever the two texts are.

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

#[test]
fn segmented_files_of_very_different_lengths_are_tiled() {
    let lines = |lang, text: &str| read::bytes(lang, text.as_bytes(), Format::Plain, Lang::parse(lang));
    for (a, b) in [
        ("你好。\n".repeat(3000), "Hello.\n".repeat(10)),
        (String::new(), "Hello.\n\n\n".repeat(50)),
        (String::new(), String::new()),
    ] {
        let (source, target) = (segment(lines("zh", &a).expect("zh")), segment(lines("en", &b).expect("en")));
        let aligned = align_sentences(source, target);
        let bitext = aligned.bitext();
        tiles(&bitext.alignment.sentences, bitext.source.sentences.len(), bitext.target.sentences.len());
    }
}
