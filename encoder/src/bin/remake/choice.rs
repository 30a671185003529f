//! Chooses the pieces that are kept: those of Chinese, numbers and marks, and as many of English as there is room for.

use std::collections::HashMap;

use anyhow::{Context, Result};

use super::model::Model;

/// How many pieces are kept: with them, and all 12 layers, the data are 22 MB.
const KEPT: usize = 38_000;

/// The shapes that an English word is counted in, and how often each is met for a thousand times that the word is.
/// Set once by eye; they and [`GLOSS`] decide what few pieces are kept at the edge, and with them 1.5 to 3.3 of a
/// hundred English words of novels, magazines and guides are cut otherwise than with all pieces, and 6.6
/// in text with code.
const SHAPES: [(fn(&str) -> String, u64); 5] = [
    (|word| format!("▁{word}"), 1000),
    (|word| format!("▁{}", capital(word)), 100),
    (str::to_owned, 50),
    (capital, 30),
    (|word| format!("▁{}", word.to_uppercase()), 10),
];
/// How much a word counts that stands in a gloss of the dictionary, where names are that no list of words has.
const GLOSS: u64 = 100_000_000;

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Han characters, digits, marks, or one letter.
    Shared,
    /// Letters of English.
    English,
    /// Letters of other languages.
    Other,
}

/// The numbers of the pieces to keep. `english` has a word and its count a line, `cedict` is the dictionary.
pub(crate) fn choose(model: &Model, english: &str, cedict: &str) -> Result<Vec<usize>> {
    let special =
        |number: usize| number <= model.unknown || number == model.end || model.pieces[number] == "<mask>";
    let numbers = || (0..model.pieces.len()).filter(|&number| !special(number));
    let pieces = Pieces {
        numbers: numbers().map(|number| (model.pieces[number], number)).collect(),
        longest: model.pieces.iter().map(|piece| piece.len()).max().unwrap_or(0),
        scores: &model.scores,
        unknown: model.unknown_score(),
    };
    let mut counts = vec![0; model.pieces.len()];
    let mut count = |text: &str, times: u64| {
        pieces.cut(text).into_iter().for_each(|number| counts[number] += times);
    };
    for line in english.trim_start_matches('\u{feff}').lines() {
        let (word, times) = line.split_once(' ').with_context(|| format!("no count: {line}"))?;
        let times: u64 = times.trim().parse().with_context(|| format!("no count: {line}"))?;
        SHAPES.iter().for_each(|(shape, share)| count(&shape(word), times * share));
    }
    for line in cedict.lines().filter(|line| !line.starts_with('#')) {
        let (_, glosses) = line.split_once("] /").with_context(|| format!("no gloss: {line}"))?;
        glosses.trim_end().trim_end_matches('/').split_whitespace().for_each(|word| {
            count(&format!("▁{word}"), GLOSS);
        });
    }
    let of = |kind| numbers().filter(move |&number| kind_of(model.pieces[number]) == kind);
    let mut chosen: Vec<usize> = of(Kind::Shared).collect();
    let mut rest: Vec<usize> = of(Kind::English).collect();
    rest.sort_by(|&one, &other| {
        let score = |number: usize| model.scores[number];
        counts[other].cmp(&counts[one]).then(score(other).total_cmp(&score(one))).then(one.cmp(&other))
    });
    chosen.extend(rest.into_iter().take(KEPT - chosen.len()));
    Ok(chosen)
}

fn kind_of(piece: &str) -> Kind {
    let text = piece.trim_start_matches('▁');
    let alone = text.chars().nth(1).is_none();
    let shared = |c: char| match u32::from(c) {
        0..0x80 => true,
        // Han
        0x3007 | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff => true,
        // Latin and Greek, for names with accents and for formulas
        0xc0..0x250 | 0x1e00..0x1f00 | 0x370..0x400 => alone,
        // marks and symbols
        0x80..0x300 | 0x2000..0x2c00 | 0x3000..0x3040 | 0xfe10.. => !c.is_alphanumeric() && !c.is_control(),
        _ => false,
    };
    match (text.chars().all(shared), alone || !text.contains(|c: char| c.is_ascii_alphabetic())) {
        (true, true) => Kind::Shared,
        (true, false) => Kind::English,
        (false, _) => Kind::Other,
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// All pieces of the model.
struct Pieces<'a> {
    numbers: HashMap<&'a str, usize>,
    /// Bytes of the longest.
    longest: usize,
    scores: &'a [f32],
    unknown: f32,
}

impl Pieces<'_> {
    /// The most probable pieces of a text, from its end to its begin, without what no piece is known for.
    fn cut(&self, text: &str) -> Vec<usize> {
        let mut best = vec![(f32::NEG_INFINITY, 0, None); text.len() + 1];
        best[0].0 = 0.0;
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        for (at, &start) in bounds.iter().enumerate() {
            let (before, ..) = best[start];
            for (steps, &end) in bounds[at + 1..].iter().enumerate() {
                if end - start > self.longest {
                    break;
                }
                let piece = self.numbers.get(&text[start..end]).copied();
                let score = match piece {
                    Some(number) => self.scores[number],
                    None if steps == 0 => self.unknown,
                    None => continue,
                };
                if before + score > best[end].0 {
                    best[end] = (before + score, start, piece);
                }
            }
        }
        let mut pieces = Vec::new();
        let mut end = text.len();
        while end > 0 {
            let (_, start, piece) = best[end];
            pieces.extend(piece);
            end = start;
        }
        pieces
    }
}
