//! The model of units without a counterpart: some sentences of one side are left out, and a logistic regression tells
//! the sentences left alone from the others.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use duizhao::align::nulls::{FEATURES, Features, Weights};
use duizhao::align::senses::Senses;
use duizhao::align::{self, Alignment, Grounds, Link};
use duizhao::encoder::{ALL_LAYERS, Encoder, WIDTH};
use duizhao::read;
use duizhao::text::{Document, Lang};

use crate::regression::logistic;
use crate::{files, folders};

/// One link in so many loses its source, and one its target.
const EVERY: usize = 33;
/// Training leaves out other sentences than judging: those that come so many links later.
const LATER: usize = 1;
/// How much a sentence counts in training that the aligner itself linked. At 1 the novels, judged by weights learnt from
/// the others, lose .04 of precision (.71/.67 against .75/.64); without such sentences the magazine loses .05 of recall
/// (.89/.79 against .88/.84).
const BY_ITSELF: f64 = 0.3;
/// Sentences are left out anew beginning with every so manieth link, for training and for judging.
const STEPS: [usize; 2] = [3, 8];

/// A text aligned by hand.
pub(crate) struct Text {
    genre: String,
    sides: [Vec<String>; 2],
    gold: Vec<[Vec<usize>; 2]>,
    /// What the encoder says of the sentences of both sides, where it was asked.
    vectors: Option<[Vec<f32>; 2]>,
    /// Whether a person aligned it, so that its links can be judged as well.
    by_hand: bool,
}

/// The texts in the folders of a folder.
pub(crate) fn texts(within: &Path) -> Result<Vec<Text>> {
    let mut texts = Vec::new();
    for folder in folders(within)? {
        for gold in files(&folder, |name| name.ends_with(".gold"))? {
            let lines = |end: &str| -> Result<Vec<String>> {
                let path = gold.with_extension(end);
                let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
                Ok(text.lines().map(str::to_owned).collect())
            };
            let numbers = |side: &str| -> Vec<usize> {
                side.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect()
            };
            let links = lines("gold")?.into_iter().map(|line| {
                let mut sides = line.split(':').map(numbers);
                [sides.next().unwrap_or_default(), sides.next().unwrap_or_default()]
            });
            let genre = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            texts.push(Text {
                genre,
                sides: [lines("zh")?, lines("en")?],
                gold: links.collect(),
                vectors: None,
                by_hand: true,
            });
        }
    }
    Ok(texts)
}

/// The pairs in sync as texts of one genre more, by the links that the aligner finds in them as they are: what is
/// planted in them is known, whatever it thinks of the rest. Sentences that moved are left out, for a text aligned by
/// hand goes forwards.
pub(crate) fn in_sync(pairs: &[[PathBuf; 2]]) -> Result<Vec<Text>> {
    let text = |paths: &[PathBuf; 2]| -> Result<Text> {
        let [zh, en] = paths;
        let bitext = crate::content::aligned(zh, en, &align::nulls::WEIGHTS, None)?.into_bitext();
        let mut sides = [Vec::new(), Vec::new()];
        let mut gold = Vec::new();
        for link in bitext.alignment.sentences.iter().filter(|link| !link.moved) {
            let mut take = |side: usize, document: &Document, units: &[usize]| -> Vec<usize> {
                let lines = units.iter().map(|&unit| document.slice(document.sentences[unit].span));
                let first = sides[side].len();
                sides[side].extend(lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")));
                (first..sides[side].len()).collect()
            };
            gold.push([take(0, &bitext.source, &link.source), take(1, &bitext.target, &link.target)]);
        }
        Ok(Text { genre: "in sync".to_owned(), sides, gold, vectors: None, by_hand: false })
    };
    pairs.iter().map(text).collect()
}

/// Some sentences with what is known of them, and whether nothing corresponds to them.
type Rows = Vec<([f32; FEATURES], bool, f64)>;

/// The weights learnt from all texts. Prints how well each genre does by those learnt from the other texts.
pub(crate) fn train(texts: &[Text]) -> Result<Weights> {
    let rows: Vec<Rows> = texts.iter().map(rows).collect::<Result<_>>()?;
    let learn = |without: Option<usize>| -> Weights {
        let others = rows.iter().enumerate().filter(|(at, _)| Some(*at) != without);
        let all: Rows = others.flat_map(|(_, rows)| rows).copied().collect();
        logistic::<FEATURES, { FEATURES + 1 }>(&all).map(|weight| weight as f32)
    };
    let mut report = Report::default();
    let all = learn(None);
    for (at, text) in texts.iter().enumerate() {
        report.judge(text, &learn(Some(at)), "left out")?;
        report.judge(text, &all, "learnt from")?;
    }
    report.print(if texts.iter().any(|text| text.vectors.is_some()) { "with" } else { "without" });
    Ok(all)
}

/// A text that lost some sentences.
struct Planted {
    documents: [Document; 2],
    /// For the sentences that are left, whether nothing corresponds to them.
    alone: [Vec<bool>; 2],
    /// What the encoder says of those, where it was asked.
    senses: Option<Senses>,
}

/// Asks the encoder of all sentences.
pub(crate) fn see(texts: &mut [Text], encoder: Encoder) {
    for text in texts {
        let of = |lines: &Vec<String>| -> Vec<f32> {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            encoder.encode(&lines, ALL_LAYERS, &|_| {}).into_iter().flat_map(|one| one.pooled).collect()
        };
        text.vectors = Some(text.sides.each_ref().map(of));
    }
}

/// The text without the source of one link in so many, and without the target of another, from one on; without a
/// `shift` as it is.
fn plant(text: &Text, shift: Option<usize>) -> Result<Planted> {
    let mut dropped = text.sides.clone().map(|lines| vec![false; lines.len()]);
    let mut alone = dropped.clone();
    for (at, sides) in text.gold.iter().enumerate() {
        let lost = match shift.map(|shift| (at + shift) % EVERY) {
            _ if sides.iter().any(Vec::is_empty) => None,
            Some(0) => Some(0),
            Some(16) => Some(1),
            _ => None,
        };
        for (side, units) in sides.iter().enumerate() {
            for &unit in units {
                dropped[side][unit] = lost == Some(side);
                alone[side][unit] = lost == Some(1 - side) || sides[1 - side].is_empty();
            }
        }
    }
    let kept =
        |side: usize| (0..text.sides[side].len()).filter(|&unit| !dropped[side][unit]).collect::<Vec<_>>();
    let document = |side: usize, lang: Lang| -> Result<Document> {
        let lines: String = kept(side).iter().map(|&unit| format!("{}\n", text.sides[side][unit])).collect();
        Ok(read::lines_bytes(lang.as_str(), lines.as_bytes(), Some(lang))?)
    };
    let documents = [document(0, Lang::ZH)?, document(1, Lang::EN)?];
    let alone = [0, 1].map(|side| kept(side).into_iter().map(|unit| alone[side][unit]).collect());
    let senses = text.vectors.as_ref().map(|vectors| {
        let of = |side: usize| -> Vec<f32> {
            let kept = kept(side).into_iter();
            kept.flat_map(|unit| &vectors[side][unit * WIDTH..][..WIDTH]).copied().collect()
        };
        let encoder = Encoder::open()?;
        Ok::<_, anyhow::Error>(Senses::of(encoder, documents.each_ref(), [&of(0), &of(1)]))
    });
    Ok(Planted { senses: senses.transpose()?, documents, alone })
}

fn rows(text: &Text) -> Result<Rows> {
    let mut rows = Rows::new();
    let weight = if text.by_hand { 1.0 } else { BY_ITSELF };
    for shift in (0..EVERY).step_by(STEPS[0]) {
        let Planted { documents: [source, target], alone, senses } = plant(text, Some(shift))?;
        let (source, target) = align::null_features(&source, &target, senses.as_ref());
        for (features, alone) in [source, target].into_iter().zip(alone) {
            let row = |(features, alone): (Features, bool)| (features, alone, weight);
            rows.extend(features.into_iter().zip(alone).map(row));
        }
    }
    Ok(rows)
}

/// What came of judging texts.
#[derive(Default)]
struct Report {
    genres: Vec<Genre>,
}

#[derive(Default)]
struct Genre {
    name: String,
    /// Of the sentences without a counterpart: told as such, right, and all there are.
    told: usize,
    right: usize,
    planted: usize,
    /// Of the links of each twentieth of a score: all, and right ones.
    links: [(usize, usize); 20],
    /// Of the links of the whole text: right, all; right and not null, those of the gold that are not null.
    strict: [usize; 4],
}

impl Report {
    fn judge(&mut self, text: &Text, weights: &Weights, how: &str) -> Result<()> {
        let name = format!("{}, {how}", text.genre);
        let known = self.genres.iter().position(|genre| genre.name == name);
        let at = known.unwrap_or(self.genres.len());
        if known.is_none() {
            self.genres.push(Genre { name, ..Genre::default() });
        }
        let genre = &mut self.genres[at];
        for shift in (LATER..EVERY).step_by(STEPS[1]) {
            let Planted { documents: [source, target], alone, senses } = plant(text, Some(shift))?;
            let grounds = Grounds::of(senses.as_ref()).with(weights);
            let found = align::align_sentences_by(source, target, grounds).into_bitext().alignment;
            let null = found.sentences.iter().filter(|link| link.is_null());
            let told = null.flat_map(|link| {
                let of = |side: usize, units: &[usize]| {
                    units.iter().map(move |&unit| (side, unit)).collect::<Vec<_>>()
                };
                [of(0, &link.source), of(1, &link.target)].concat()
            });
            for (side, unit) in told {
                genre.told += 1;
                genre.right += usize::from(alone[side][unit]);
            }
            genre.planted += alone.iter().flatten().filter(|alone| **alone).count();
        }
        if !text.by_hand {
            return Ok(());
        }
        let whole = plant(text, None)?;
        let gold: BTreeSet<&[Vec<usize>; 2]> = text.gold.iter().collect();
        let [source, target] = whole.documents;
        let grounds = Grounds::of(whole.senses.as_ref()).with(weights);
        let Alignment { sentences: found, .. } =
            align::align_sentences_by(source, target, grounds).into_bitext().alignment;
        let right = |link: &Link| gold.contains(&[link.source.to_vec(), link.target.to_vec()]);
        for link in found.iter().filter(|link| !link.is_null()) {
            let slot = &mut genre.links[((link.score * 20.0) as usize).min(19)];
            slot.0 += 1;
            slot.1 += usize::from(right(link));
        }
        let full = |link: &&Link| !link.is_null();
        genre.strict[0] += found.iter().filter(|link| right(link)).count();
        genre.strict[1] += found.len();
        genre.strict[2] += found.iter().filter(full).filter(|link| right(link)).count();
        genre.strict[3] += text.gold.iter().filter(|sides| sides.iter().all(|side| !side.is_empty())).count();
        Ok(())
    }

    #[expect(clippy::print_stdout, reason = "this is what the command is for")]
    fn print(&self, how: &str) {
        let share = |part: usize, all: usize| part as f64 / all.max(1) as f64;
        println!(
            "sentences without a counterpart, 3 % of the links left out on either side, {how} the encoder"
        );
        for genre in &self.genres {
            println!(
                "{:24} precision {:.2}  recall {:.2}",
                genre.name,
                share(genre.right, genre.told),
                share(genre.right, genre.planted)
            );
        }
        println!("links, strict F1");
        for genre in self.genres.iter().filter(|genre| genre.strict[1] > 0) {
            let (precision, recall) =
                (share(genre.strict[0], genre.strict[1]), share(genre.strict[2], genre.strict[3]));
            println!("{:24} {:.4}", genre.name, 2.0 * precision * recall / (precision + recall));
        }
        println!("links by score, as many as are right");
        for genre in self.genres.iter().filter(|genre| genre.links.iter().any(|(all, _)| *all > 0)) {
            println!("{}", genre.name);
            for (at, &(all, right)) in genre.links.iter().enumerate().filter(|(_, (all, _))| *all > 0) {
                println!("  {:.2} {all:5}  {:.2}", at as f64 / 20.0, share(right, all));
            }
        }
    }
}
