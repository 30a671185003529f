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

/// Passages and their renderings, to make documents of.
const PASSAGES: [(&str, &str); 8] = [
    (
        "The ferry leaves from the eastern pier every hour, but in strong wind the company may cancel a crossing without notice.",
        "渡轮每小时从东码头出发，但遇到大风时，公司可以不经通知取消航次。",
    ),
    ("The museum is closed on Mondays.", "博物馆星期一闭馆。"),
    (
        "Children under six travel free of charge as long as they sit on the lap of an adult passenger.",
        "六岁以下儿童坐在成年乘客腿上可免费乘车。",
    ),
    ("Please keep your ticket until the end of the journey.", "请保留车票直至旅程结束。"),
    (
        "The bridge was closed for repairs last winter, so the farmers had to drive around the lake.",
        "去年冬天大桥因维修关闭，农民们只好绕湖行驶。",
    ),
    ("The teacher read the letter aloud.", "老师大声朗读了那封信。"),
    (
        "The doctor wrote a report about the illness and sent it to the ministry of health.",
        "医生写了一份关于这种疾病的报告，并寄给了卫生部。",
    ),
    ("Snow covered the mountain road for weeks.", "大雪覆盖山路好几个星期。"),
];

/// Sections of short blocks, of every kind.
const SECTIONS: [&str; 6] = [
    "## Tools\n\n- a hammer\n- a saw\n- nails\n- glue",
    "## Tools\n\n1. Take the hammer from the box.\n2. Hit the nail.\n3. Put the hammer back.",
    "## Ports\n\nThe service listens on these ports.\n\n| Port | Use |\n| --- | --- |\n| 80 | web |\n| 22 | shell |",
    "- a hammer\n- a saw\n- nails\n- glue",
    "## Tools\n\n- a hammer",
    "## Cooking\n\nWash the vegetables in cold water.\n\n### Salt\n\nAdd two spoons.\n\n### Oil\n\nFry them slowly.",
];

/// Whatever it is made of, wherever it stands and whichever side lacks it, a section is one finding from its first
/// block to its last, and nothing else is found.
#[test]
fn a_section_that_one_side_lacks_is_found_whole() {
    for (size, section) in [2, 4, 8].into_iter().flat_map(|size| SECTIONS.map(|section| (size, section))) {
        for (place, missing) in (0..=size).flat_map(|place| [(place, true), (place, false)]) {
            let mut with: Vec<&str> = PASSAGES[..size].iter().map(|(en, _)| *en).collect();
            with.insert(place, section);
            let without: Vec<&str> = PASSAGES[..size].iter().map(|(_, zh)| *zh).collect();
            let with = document(Lang::EN, &with.join("\n\n"), Format::Markdown);
            let without = document(Lang::ZH, &without.join("\n\n"), Format::Markdown);
            let (name, aligned) = match missing {
                true => ("missing-passage", align(with, without)),
                false => ("added-passage", align(without, with)),
            };
            let bitext = aligned.bitext();
            let findings = check(&aligned, &Settings::default());
            let found: Vec<(&str, &str)> = findings
                .iter()
                .map(|finding| {
                    let (document, span) = match missing {
                        true => (&bitext.source, finding.source),
                        false => (&bitext.target, finding.target),
                    };
                    (finding.check, span.map_or("", |span| document.slice(span).trim()))
                })
                .collect();
            assert_eq!(found.len(), 1, "{section:?} at {place} of {size}: {found:?}");
            let ends = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
            assert_eq!((found[0].0, ends(found[0].1)), (name, ends(section)), "at {place} of {size}");
        }
    }
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
