//! The encoder: against numbers made by another program, at any number of threads, on odd input.

use std::fs;
use std::path::Path;

use duizhao::align::{Aligned, Link};
use duizhao::encoder::{Encoded, Encoder, WIDTH, near::cosine};
use duizhao::read::Limits;
use duizhao::run::{self, Deep, Reading, Text, Versions};

fn encoder() -> Encoder {
    Encoder::open().expect("built in")
}

fn encode(texts: &[&str], layers: usize) -> Vec<Encoded> {
    encoder().encode(texts, layers, &|_| {})
}

/// `tests/encoder/reference.py` made pieces and vectors from the 50 sentences with all pieces of the model; these are
/// sentences whose pieces were all kept.
#[test]
fn pieces_and_vectors_are_those_of_the_reference() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/encoder");
    let table = fs::read_to_string(folder.join("pieces.tsv")).expect("readable");
    let rows: Vec<(&str, &str)> = table.lines().map(|line| line.split_once('\t').expect("a tab")).collect();
    assert_eq!(rows.len(), 50);

    let texts: Vec<&str> = rows.iter().map(|(text, _)| *text).collect();
    let bytes = fs::read(folder.join("vectors.bin")).expect("readable");
    let numbers: Vec<f32> =
        bytes.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().expect("four"))).collect();
    for (at, layers) in [7, 12].into_iter().enumerate() {
        let encoded = encode(&texts, layers);
        for (((text, spans), encoded), reference) in
            rows.iter().zip(&encoded).zip(numbers.chunks_exact(2 * WIDTH))
        {
            let found: Vec<String> =
                encoded.pieces.iter().map(|span| format!("{}-{}", span.start, span.end)).collect();
            assert_eq!(found.join(" "), *spans, "{text}");
            assert_eq!(encoded.vectors().len(), encoded.pieces.len());
            let near = cosine(&encoded.pooled, &reference[at * WIDTH..(at + 1) * WIDTH]);
            assert!(near > 0.99999, "{layers} layers, cosine {near}: {text}");
        }
    }
}

/// However many threads there are, and whatever else is encoded.
#[test]
fn the_same_sentence_has_the_same_vectors() {
    let texts = include_str!("../encoder/sentences.txt").repeat(3);
    let texts: Vec<&str> = texts.lines().collect();
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| encode(&texts, 3))
    };
    let one = with(1);
    assert_eq!(one[..50], one[50..100]);
    for threads in [2, 3, 5] {
        assert!(with(threads) == one, "{threads} threads");
    }
    assert_eq!(encode(&texts[7..8], 3), one[7..8]);
}

#[test]
fn odd_texts_are_encoded_whole() {
    let long = "网络主权是国家主权在网络空间的延伸。".repeat(6_000);
    let texts = ["", " ", "\u{200b}", "\0", "한국어", "🏳️‍🌈", &long];
    let done = std::sync::atomic::AtomicUsize::new(0);
    let encoded = encoder().encode(&texts, 1, &|count| {
        done.fetch_add(count, std::sync::atomic::Ordering::Relaxed);
    });
    assert_eq!(done.into_inner(), texts.len());
    for (text, encoded) in texts.iter().zip(&encoded) {
        assert!(encoded.pooled.iter().chain(&encoded.vectors).all(|number| number.is_finite()), "{text}");
        assert!(encoded.pieces.iter().all(|span| text.get(span.clone()).is_some()), "{text}");
    }
    let pieces = &encoded[6].pieces;
    assert_eq!(pieces.last().map(|span| span.end), Some(long.len()));
    assert!(pieces.windows(2).all(|pair| pair[0].end == pair[1].start), "nothing is left out");
}

#[test]
fn no_text_at_all() {
    assert!(encode(&[], 7).is_empty());
}

/// With what sentences mean, one that was left out stands out more among the others; what means nothing, as code does,
/// is linked as ever.
#[test]
fn sentences_are_aligned_by_what_they_mean() {
    let [zh, en] = [
        "# 开始\n\n他把钥匙落在了出租车上。邻居家的狗叫了一整夜。第二天一早他就去报了案。\n\n```sh\nmake all\n```\n\n完。\n",
        "# Start\n\nHe left his keys in the taxi. Early the next morning he reported it to the police.\n\n```sh\nmake all\n```\n\nThe end.\n",
    ]
    .map(|text| text.to_owned());
    let deep = Deep::open().expect("built in");
    let version = |name: &str, text: &String| Text { name: name.to_owned(), text: text.clone() };
    let versions = Versions::Texts(version("zh.md", &zh), version("en.md", &en));
    let reading = Reading { deep: Some(&deep), ..Reading::PLAIN };
    let aligned = run::aligned(&versions, reading, &Limits::default()).expect("two texts");
    assert!(aligned.is_seen());
    let links = |links: &[Link]| -> Vec<[Vec<usize>; 2]> {
        links.iter().map(|link| [link.source.to_vec(), link.target.to_vec()]).collect()
    };
    let bitext = aligned.bitext();
    let without = run::aligned(&versions, Reading::PLAIN, &Limits::default()).expect("two texts");
    assert!(!without.is_seen());
    // of 他把…落…, 邻居…, 第二天…
    let alone = |aligned: &Aligned| [1, 2, 3].map(|sentence| aligned.alone(true, sentence));
    let (seen, unseen) = (alone(&aligned), alone(&without));
    let [before, left_out, after] = seen;
    assert!(left_out > 1000.0 * before.max(after) && seen != unseen, "{seen:?}, {unseen:?}");
    let each = |at: usize| [vec![at], vec![at]];
    assert_eq!(links(&bitext.alignment.blocks), [0, 1, 2, 3].map(each));
}
