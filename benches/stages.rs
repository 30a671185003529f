//! How long each stage takes, on generated text of three sizes, and how long whole texts take that are in the
//! repository: `cargo bench --bench stages`.
//!
//! The two sides of what is generated really correspond: both are made from the same run of Chinese words and their
//! first glosses. `benches/compare` runs two builds in turn.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput};
use duizhao::align::{align, align_sentences};
use duizhao::check::{Settings, check};
use duizhao::lexicon;
use duizhao::read::{self, Format};
use duizhao::segment::segment;
use duizhao::text::{Document, Lang};
use fst::Streamer as _;

/// Sizes in sentences a side.
const SIZES: [usize; 3] = [200, 1000, 5000];

/// Numbers that look random and are always the same (a linear congruence, Knuth's constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    /// Small numbers are common, as the frequent words of a text are.
    fn skewed(&mut self, limit: usize) -> usize {
        let bound = self.below(limit) + 1;
        self.below(bound)
    }
}

/// Chinese words of two characters whose first gloss is one English word.
fn vocabulary() -> Vec<(String, &'static str)> {
    let headwords = fst::Map::new(duizhao_lexicon::HEADWORDS).expect("the lexicon is sound");
    let mut words = Vec::new();
    let mut stream = headwords.stream();
    while let Some((word, _)) = stream.next() {
        let Ok(word) = std::str::from_utf8(word) else { continue };
        if word.chars().count() != 2 || !word.chars().all(lexicon::is_han) {
            continue;
        }
        let gloss = lexicon::glosses(word).find(|gloss| gloss.rank == 0 && gloss.words == 1);
        let Some(english) = gloss.map(|gloss| lexicon::stem_text(gloss.stem)) else { continue };
        // a stem stands for its word only where stemming it once more changes nothing
        if english.len() > 3 && english.is_ascii() && lexicon::stem(english) == english {
            words.push((word.to_owned(), english));
        }
    }
    // every so manieth, so that the words do not all begin alike
    words.into_iter().step_by(5).collect()
}

/// A text in both languages: paragraphs of `length` sentences, joined by `between`.
fn texts(sentences: usize, length: usize, between: &str) -> [String; 2] {
    let words = vocabulary();
    let mut dice = Dice(1);
    let [mut zh, mut en] = [String::new(), String::new()];
    for sentence in 0..sentences {
        let number = 2 + dice.below(998);
        let count = 5 + dice.below(10);
        let chosen: Vec<usize> = (0..count).map(|_| dice.skewed(words.len())).collect();
        chosen.iter().for_each(|&word| zh.push_str(&words[word].0));
        write!(zh, "{number}次。").expect("memory does not fail");
        en.push_str("The");
        chosen.iter().for_each(|&word| write!(en, " {} of", words[word].1).expect("memory does not fail"));
        write!(en, " {number} times. ").expect("memory does not fail");
        if (sentence + 1) % length == 0 {
            zh.push_str(between);
            en.push_str(between);
        }
    }
    [zh, en]
}

fn read([zh, en]: &[String; 2]) -> [Document; 2] {
    let read = |lang: Lang, text: &String| {
        read::bytes(lang.as_str(), text.as_bytes(), Format::Plain, Some(lang)).expect("text is readable")
    };
    [read(Lang::ZH, zh), read(Lang::EN, en)]
}

fn stages(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("stages");
    group.sample_size(10);
    for size in SIZES {
        let ordinary = texts(size, 5, "\n\n");
        group.throughput(Throughput::Bytes((ordinary[0].len() + ordinary[1].len()) as u64));
        let unread = read(&ordinary);
        group.bench_with_input(BenchmarkId::new("segment", size), &unread, |bencher, documents| {
            bencher.iter(|| documents.clone().map(segment));
        });
        // one sentence a paragraph: nothing is left to align inside blocks
        let blocks = read(&texts(size, 1, "\n\n")).map(segment);
        group.bench_with_input(BenchmarkId::new("align blocks", size), &blocks, |bencher, documents| {
            bencher.iter(|| {
                let [source, target] = documents.clone();
                black_box(align(source, target))
            });
        });
        let lines = texts(size, 1, "\n");
        let lines = [(Lang::ZH, &lines[0]), (Lang::EN, &lines[1])].map(|(lang, text)| {
            read::lines_bytes(lang.as_str(), text.as_bytes(), Some(lang)).expect("text is readable")
        });
        group.bench_with_input(BenchmarkId::new("align sentences", size), &lines, |bencher, documents| {
            bencher.iter(|| {
                let [source, target] = documents.clone();
                black_box(align_sentences(source, target))
            });
        });
        group.bench_with_input(BenchmarkId::new("whole", size), &ordinary, |bencher, texts| {
            bencher.iter(|| {
                let [source, target] = read(texts).map(segment);
                black_box(check(&align(source, target), &Settings::default()))
            });
        });
    }
    group.finish();
}

/// The encoder on the Chinese of the text that has most sentences; criterion tells how many pieces a second it sees.
#[cfg(feature = "deep")]
fn encode(criterion: &mut Criterion) {
    use duizhao::encoder::Encoder;

    let Ok(encoder) = Encoder::open() else { return };
    let [zh, _] = texts(SIZES[0], 1, "\n");
    let sentences: Vec<&str> = zh.lines().collect();
    let pieces: usize = encoder.encode(&sentences, 0, &|_| {}).iter().map(|one| one.pieces.len() + 4).sum();
    let mut group = criterion.benchmark_group("encode");
    group.sample_size(10).throughput(Throughput::Elements(pieces as u64));
    for layers in [7, 12] {
        for threads in [1, 2] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            let id = BenchmarkId::new(format!("{layers} layers"), format!("{threads} threads"));
            group.bench_with_input(id, &sentences, |bencher, sentences| {
                bencher.iter(|| pool.install(|| encoder.encode(sentences, layers, &|_| {})));
            });
        }
    }
    group.finish();
}

/// Both versions of a text, and how they are marked up.
type Pair = ([String; 2], Format);

/// A folder of documents, the white paper, that paper eleven times over, and 20,000 headings.
fn whole(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read_text = |path: &Path| fs::read_to_string(path).expect("a text of the repository");
    let paper = ["zh.txt", "en.txt"].map(|name| read_text(&root.join("texts/sovereignty-3.0").join(name)));
    let genres = fs::read_dir(root.join("tests/genres")).expect("the genres").filter_map(|entry| {
        let zh = entry.expect("an entry").path();
        let name = zh.to_str()?.strip_suffix(".zh.md")?;
        Some(([&zh, Path::new(&format!("{name}.en.md"))].map(read_text), Format::Markdown))
    });
    let headings = ["标题", "Title "].map(|word| (0..20_000).map(|at| format!("# {word}{at}\n\n")).collect());
    let rows: [(&str, Vec<Pair>); 4] = [
        ("folder", genres.collect()),
        ("paper", vec![(paper.clone(), Format::Plain)]),
        ("repeat", vec![(paper.map(|text| [text.as_str(); 11].join("\n\n")), Format::Plain)]),
        ("headings", vec![(headings, Format::Markdown)]),
    ];
    let mut group = criterion.benchmark_group("whole");
    group.sample_size(10);
    for (name, pairs) in rows {
        let size: usize = pairs.iter().flat_map(|(texts, _)| texts).map(String::len).sum();
        group.throughput(Throughput::Bytes(size as u64));
        group.bench_with_input(name, &pairs, |bencher, pairs| {
            bencher.iter(|| {
                for ([zh, en], format) in pairs {
                    let [source, target] = [(Lang::ZH, zh), (Lang::EN, en)].map(|(lang, text)| {
                        let document = read::bytes(lang.as_str(), text.as_bytes(), *format, Some(lang));
                        segment(document.expect("text is readable"))
                    });
                    black_box(check(&align(source, target), &Settings::default()));
                }
            });
        });
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    stages(&mut criterion);
    whole(&mut criterion);
    #[cfg(feature = "deep")]
    encode(&mut criterion);
    criterion.final_summary();
}
