//! Words: whether something in the other version lies near what a word means where it stands.
//!
//! From each vector the mean of its version is taken out. How near two pieces are is the cosine of what is left,
//! twice, less how near each is, on average, to the ten nearest of the other version (CSLS, Conneau et al. 2018): a
//! piece that lies near everything lies near nothing in particular.

use std::ops::Range;

use super::near::{directions, dot, nearest};
use super::{Encoded, Encoder, WIDTH};

/// How many neighbours CSLS looks at.
const NEIGHBOURS: usize = 10;
/// The most pieces of a version that neighbours are looked for among, evenly taken: the cost grows with it.
const POOL: usize = 8192;
/// How much is taken from a word's lack that the same word has elsewhere, where it stands often, and how often that
/// must be for half of it: measured on plants and the white paper (`typebias2.py` of the workshop).
const HABIT: f32 = 0.6;
const OFTEN: f32 = 3.0;

/// The pieces of both versions of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Pieces {
    sides: [Side; 2],
}

#[derive(Debug, Clone, PartialEq)]
struct Side {
    /// For each sentence where its pieces begin among all of the version; one more entry than there are sentences.
    starts: Vec<usize>,
    /// Where each piece lies in its sentence, in bytes.
    spans: Vec<Range<usize>>,
    /// The direction of each piece from the mean.
    directions: Vec<f32>,
    /// How near, on average, those of the other version are that are nearest to each piece.
    crowd: Vec<f32>,
}

impl Pieces {
    /// Of the sentences of the original and of the translation, in order. Where only some were encoded, means and
    /// neighbours are those of these.
    pub fn new(encoder: Encoder, sentences: [Vec<Encoded>; 2]) -> Pieces {
        let mut sides = sentences.map(Side::new);
        let [one, other] = &mut sides;
        one.crowd = nearest(encoder, &one.directions, &other.pool(), NEIGHBOURS);
        other.crowd = nearest(encoder, &other.directions, &one.pool(), NEIGHBOURS);
        Pieces { sides }
    }

    /// How well some words of linked sentences are covered by the other side of the link: for each word, which is a
    /// sentence and bytes in it, the mean over its pieces of the best that lies near; the higher, the better. Nothing
    /// for a word without pieces, or when the other side has none.
    pub fn covered(
        &self,
        source: bool,
        words: &[(usize, Range<usize>)],
        others: &[usize],
    ) -> Vec<Option<f32>> {
        let (own, other) = match source {
            true => (&self.sides[0], &self.sides[1]),
            false => (&self.sides[1], &self.sides[0]),
        };
        let others: Vec<usize> =
            others.iter().flat_map(|&sentence| other.starts[sentence]..other.starts[sentence + 1]).collect();
        let best = |piece: usize| {
            let near = |&at: &usize| 2.0 * dot(own.direction(piece), other.direction(at)) - other.crowd[at];
            others.iter().map(near).fold(f32::NEG_INFINITY, f32::max) - own.crowd[piece]
        };
        let of_word = |(sentence, bytes): &(usize, Range<usize>)| {
            let pieces = own.starts[*sentence]..own.starts[sentence + 1];
            let inside =
                pieces.filter(|&at| own.spans[at].start < bytes.end && own.spans[at].end > bytes.start);
            let covers: Vec<f32> = inside.map(best).collect();
            (!covers.is_empty() && !others.is_empty())
                .then(|| covers.iter().sum::<f32>() / covers.len() as f32)
        };
        words.iter().map(of_word).collect()
    }
}

impl Side {
    fn new(sentences: Vec<Encoded>) -> Side {
        let mut starts = vec![0];
        let (mut spans, mut vectors) = (Vec::new(), Vec::new());
        for sentence in sentences {
            spans.extend(sentence.pieces);
            vectors.extend(sentence.vectors);
            starts.push(spans.len());
        }
        let mut mean = vec![0.0; WIDTH];
        for vector in vectors.chunks_exact(WIDTH) {
            mean.iter_mut().zip(vector).for_each(|(sum, number)| *sum += number);
        }
        mean.iter_mut().for_each(|sum| *sum /= spans.len().max(1) as f32);
        for vector in vectors.chunks_exact_mut(WIDTH) {
            vector.iter_mut().zip(&mean).for_each(|(number, mean)| *number -= mean);
        }
        Side { starts, spans, directions: directions(&vectors), crowd: Vec::new() }
    }

    fn direction(&self, piece: usize) -> &[f32] {
        &self.directions[piece * WIDTH..][..WIDTH]
    }

    fn pool(&self) -> Vec<f32> {
        let step = self.spans.len().div_ceil(POOL).max(1);
        self.directions.chunks_exact(WIDTH).step_by(step).flatten().copied().collect()
    }
}

/// What is left of the lack of coverage of each word when the habit of that word is taken out: of how much more than
/// others the same word lacks it elsewhere in the version, the more the oftener it stands there. `words` are all
/// content words of one version: which word each is, and its lack, which is its coverage with the other sign.
pub fn without_habits<W: Ord>(words: &[(W, f32)]) -> Vec<f32> {
    let mut sums: std::collections::BTreeMap<&W, (f32, f32)> = std::collections::BTreeMap::new();
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
    fn what_was_left_out_is_covered_least() {
        let Ok(encoder) = Encoder::open() else { return };
        let texts = [
            ["我们在河边吃了面包和奶酪。", "昨天下雨，比赛取消了。", "她把钥匙放在桌子上。"],
            [
                "We ate cheese by the river.",
                "It rained yesterday, and the match was called off.",
                "She put the key on the table.",
            ],
        ];
        let sides = texts.map(|texts| encoder.encode(&texts, crate::encoder::LAYERS, &|_| {}));
        let pieces = Pieces::new(encoder, sides);
        let chinese = texts[0][0];
        let words = ["河边", "面包", "奶酪"].map(|word| {
            let at = chinese.find(word).unwrap();
            (0, at..at + word.len())
        });
        let covers: Vec<f32> = pieces.covered(true, &words, &[0]).into_iter().flatten().collect();
        assert!(covers.len() == 3 && covers[1] < covers[0] && covers[1] < covers[2], "{covers:?}");
        assert_eq!(pieces.covered(true, &words[..1], &[]), [None]);
    }
}
