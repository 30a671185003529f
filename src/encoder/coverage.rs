//! Words: whether something in the other version lies near what a word means where it stands.
//!
//! From each vector the mean of its version is taken out. How near two pieces are is the cosine of what is left,
//! twice, less how near each is, on average, to the ten nearest of the other version (CSLS, Conneau et al. 2018): a
//! piece that lies near everything lies near nothing in particular. A short text knows little of its own mean and of
//! what lies near by chance, so a page of ours in either language is counted in with it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::near::{directions, dot, from, mean, nearest};
use super::{Encoded, Encoder, WIDTH};
use crate::text::Lang;

/// How many neighbours CSLS looks at.
const NEIGHBOURS: usize = 10;
/// Pieces of a version that neighbours are looked for among and the mean is taken of: the cost grows with it.
pub const SAMPLE: usize = 8192;
/// As if so many pieces of the text were those of our page: without it, omissions in texts of one sentence have an AUC
/// of .61 to .78 by the word that lies furthest, with it .78 to .84, which is what texts of 40 sentences have.
const BACKGROUND: f32 = 300.0;
/// The most pairs of pieces that are looked at in a link; they are kept, at four bytes each.
const PAIRS: usize = 1 << 22;
/// How much is taken from a word's lack that the same word has elsewhere, where it stands often: measured on plants and
/// the white paper (`typebias2.py` of the workshop).
const HABIT: f32 = 0.6;
/// How often it must stand elsewhere for half of that; measured with it.
const OFTEN: f32 = 3.0;
/// How sharply one piece is preferred to another when each shares itself out among those of the other side.
const SHARPNESS: f32 = 10.0;

/// What is usual in both versions of a text.
#[derive(Debug, Clone)]
pub struct Usual {
    encoder: Encoder,
    sides: [Version; 2],
}

#[derive(Debug, Clone)]
struct Version {
    mean: Vec<f32>,
    /// Directions of pieces from the mean.
    sample: Vec<f32>,
}

impl Usual {
    /// Of the languages of two versions and of sentences of either, all of them or a fair [sample](SAMPLE).
    pub fn of(encoder: Encoder, languages: [Lang; 2], sentences: [&[&Encoded]; 2]) -> Usual {
        let version = |side: usize| {
            let page: Vec<f32> =
                encoder.page(languages[side]).iter().flat_map(|line| &line.vectors).copied().collect();
            let own: Vec<f32> = sentences[side].iter().flat_map(|one| &one.vectors).copied().collect();
            let (ours, count) = (mean(&page), (own.len() / WIDTH) as f32);
            let mean: Vec<f32> = mean(&own)
                .iter()
                .zip(&ours)
                .map(|(own, ours)| (own * count + ours * BACKGROUND) / (count + BACKGROUND))
                .collect();
            let mut sample = own;
            sample.extend(&page);
            Version { sample: directions(&from(&sample, &mean)), mean }
        };
        Usual { encoder, sides: [version(0), version(1)] }
    }

    /// Linked sentences, piece against piece: for each link the sentences of both sides. Nothing for a link so long that
    /// it has more than `PAIRS` pairs of pieces: of two sentences of 2,000 each nobody knows what renders what.
    pub fn between(&self, links: &[[Vec<&Encoded>; 2]]) -> Vec<Option<Nearness>> {
        let sides = [0, 1].map(|side: usize| {
            let vectors: Vec<f32> = links
                .iter()
                .flat_map(|link| link[side].iter().flat_map(|one| &one.vectors))
                .copied()
                .collect();
            let own = directions(&from(&vectors, &self.sides[side].mean));
            let crowd = nearest(self.encoder, &own, &self.sides[1 - side].sample, NEIGHBOURS);
            (own, crowd)
        });
        let mut at = [0, 0];
        let of_link = |link: &[Vec<&Encoded>; 2]| {
            let pieces = [0, 1].map(|side: usize| {
                let of = |(number, one): (usize, &&Encoded)| -> Vec<(usize, Range<usize>)> {
                    one.pieces.iter().map(|span| (number, span.clone())).collect()
                };
                link[side].iter().enumerate().flat_map(of).collect::<Vec<_>>()
            });
            let [rows, columns] = [0, 1].map(|side: usize| {
                let start = at[side];
                at[side] += pieces[side].len();
                start..at[side]
            });
            let vector = |side: usize, piece: usize| &sides[side].0[piece * WIDTH..][..WIDTH];
            if rows.len() * columns.len() > PAIRS {
                return None;
            }
            let mut near = Vec::with_capacity(rows.len() * columns.len());
            for row in rows {
                near.extend(columns.clone().map(|column| {
                    2.0 * dot(vector(0, row), vector(1, column)) - sides[0].1[row] - sides[1].1[column]
                }));
            }
            Some(Nearness { pieces, near })
        };
        links.iter().map(of_link).collect()
    }
}

/// How near each piece of the sentences of one side of a link is to each of the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearness {
    /// Of both sides: in which sentence of the link each piece is, and where, in bytes.
    pieces: [Vec<(usize, Range<usize>)>; 2],
    /// A row for each piece of the source.
    near: Vec<f32>,
}

impl Nearness {
    /// The pieces of a word: bytes of the so manyth sentence of a side of the link.
    pub fn pieces(&self, source: bool, sentence: usize, bytes: Range<usize>) -> Range<usize> {
        let pieces = &self.pieces[usize::from(!source)];
        let start = pieces.partition_point(|(at, span)| (*at, span.end) <= (sentence, bytes.start));
        let end = pieces.partition_point(|(at, span)| (*at, span.start) < (sentence, bytes.end));
        start..end.max(start)
    }

    fn near(&self, source: bool, own: usize, other: usize) -> f32 {
        let columns = self.pieces[1].len();
        if source { self.near[own * columns + other] } else { self.near[other * columns + own] }
    }

    fn others(&self, source: bool) -> Range<usize> {
        0..self.pieces[usize::from(source)].len()
    }

    /// How far some pieces of a side are from what lies nearest each on the other side, on average. Nothing when there
    /// are none, or none on the other side.
    pub fn lack(&self, source: bool, pieces: Range<usize>) -> Option<f32> {
        let best = |own: usize| {
            self.others(source).map(|other| self.near(source, own, other)).fold(f32::NEG_INFINITY, f32::max)
        };
        let count = pieces.len();
        (count > 0 && !self.others(source).is_empty()).then(|| -pieces.map(best).sum::<f32>() / count as f32)
    }

    /// By how much some pieces of the *other* side lie nearer to a piece within `run` than to any of this side outside
    /// of it, on average; nothing when either is empty.
    pub fn claim(&self, source: bool, run: &Range<usize>, pieces: Range<usize>) -> Option<f32> {
        let all = self.pieces[usize::from(!source)].len();
        let (count, outside) = (pieces.len(), all - run.len());
        if count == 0 || run.is_empty() || outside == 0 {
            return None;
        }
        let margin = |other: usize| {
            let best = |own: &mut dyn Iterator<Item = usize>| {
                own.map(|own| self.near(source, own, other)).fold(f32::NEG_INFINITY, f32::max)
            };
            best(&mut run.clone()) - best(&mut (0..run.start).chain(run.end..all))
        };
        Some(pieces.map(margin).sum::<f32>() / count as f32)
    }

    /// For each piece of both sides how much of it goes to the one that it shares most with, when each shares itself
    /// out among all of the other side by how near they are: near 1 where two have but each other.
    pub fn shares(&self) -> [Vec<f32>; 2] {
        let [rows, columns] = [self.pieces[0].len(), self.pieces[1].len()];
        let given = |source: bool| -> Vec<(f32, f32)> {
            let own = if source { rows } else { columns };
            let of = |own: usize| {
                let near = || self.others(source).map(|other| self.near(source, own, other));
                let best = near().fold(f32::NEG_INFINITY, f32::max);
                (best, near().map(|near| ((near - best) * SHARPNESS).exp()).sum())
            };
            (0..own).map(of).collect()
        };
        let [of_rows, of_columns] = [given(true), given(false)];
        let mut shares = [vec![0.0f32; rows], vec![0.0f32; columns]];
        for row in 0..rows {
            for column in 0..columns {
                let near = self.near[row * columns + column];
                let part = |(best, sum): (f32, f32)| ((near - best) * SHARPNESS).exp() / sum;
                let share = (part(of_rows[row]) * part(of_columns[column])).sqrt();
                shares[0][row] = shares[0][row].max(share);
                shares[1][column] = shares[1][column].max(share);
            }
        }
        shares
    }
}

/// What is left of how far each word is from the other side when the habit of that word is taken out: how much further
/// than others the same word is elsewhere in the version, the more the oftener it stands there. `words` are all content
/// words of one version: which word each is, and how far it is.
pub fn without_habits<W: Ord>(words: &[(W, f32)]) -> Vec<f32> {
    let mut sums: BTreeMap<&W, (f32, f32)> = BTreeMap::new();
    for (word, lack) in words {
        let (sum, count) = sums.entry(word).or_default();
        *sum += lack;
        *count += 1.0;
    }
    let mean = words.iter().map(|(_, lack)| lack).sum::<f32>() / words.len().max(1) as f32;
    let left = |(word, lack): &(W, f32)| {
        let (sum, count) = sums.get(word).copied().unwrap_or_default();
        let elsewhere = count - 1.0;
        if elsewhere < 1.0 {
            return *lack;
        }
        lack - HABIT * elsewhere / (elsewhere + OFTEN) * ((sum - lack) / elsewhere - mean)
    };
    words.iter().map(left).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(feature = "deep")]
    use crate::encoder::LAYERS;

    #[test]
    fn the_habit_of_a_word_is_taken_out() {
        let words = [("的", 2.0), ("的", 2.0), ("的", 2.0), ("的", 2.0), ("盐", 2.0), ("水", 0.0)];
        let left = without_habits(&words);
        let mean = 10.0 / 6.0;
        assert!((left[0] - (2.0 - 0.6 * 0.5 * (2.0 - mean))).abs() < 1e-5);
        assert_eq!((left[4], left[5]), (2.0, 0.0));
        assert!(without_habits::<u32>(&[]).is_empty());
    }

    #[cfg(feature = "deep")]
    #[test]
    fn what_was_left_out_lies_furthest() {
        let Ok(encoder) = Encoder::open() else { return };
        let texts = ["我们在河边吃了面包和奶酪。", "We ate cheese by the river."];
        let encoded = texts.map(|text| encoder.encode(&[text], LAYERS, &|_| {}).remove(0));
        let sides = [&encoded[0], &encoded[1]];
        let usual = Usual::of(encoder, [Lang::ZH, Lang::EN], [&sides[..1], &sides[1..]]);
        let near = usual.between(&[sides.map(|side| vec![side])]).remove(0).unwrap();
        let pieces = ["河边", "面包", "奶酪"].map(|word| {
            let at = texts[0].find(word).unwrap();
            near.pieces(true, 0, at..at + word.len())
        });
        let lacks: Vec<f32> = pieces.iter().filter_map(|pieces| near.lack(true, pieces.clone())).collect();
        assert!(lacks.len() == 3 && lacks[1] > lacks[0] && lacks[1] > lacks[2], "{lacks:?}");
        assert!(near.shares()[0].iter().all(|share| (0.0..=1.0).contains(share)));
        let cheese = texts[1].find("cheese").unwrap();
        let cheese = near.pieces(false, 0, cheese..cheese + 6);
        let claims = [1, 2].map(|word: usize| near.claim(true, &pieces[word], cheese.clone()));
        assert!(claims[0] < Some(0.0) && claims[1] > Some(0.0), "{claims:?}");
        let none = usual.between(&[[vec![sides[0]], Vec::new()]]).remove(0).unwrap();
        assert_eq!(none.lack(true, 0..1), None);
    }
}
