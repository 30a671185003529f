//! What whole sentences mean, where the encoder was asked: one more piece of evidence of what corresponds to what.
//!
//! A sentence is where its vector points to from the mean of its version, the longer it is the further. What lies near
//! everything lies near nothing in particular, so of each sentence it is known how near the other version comes to it
//! anyway (the margin of Artetxe and Schwenk 2019, as a difference). A short text knows little of its own mean and of
//! what lies near by chance, so a page of ours in either language is counted in with it.

use crate::encoder::near::{directions, from, mean, nearest};
use crate::encoder::{Encoder, WIDTH};
use crate::text::{Document, Lang, Sentence, Span};

/// How many neighbours tell how near the other version comes to a sentence anyway. With 1 or 8 instead of 4 the novels
/// of MAC-Dev lose .002 to .003 of strict F1.
const NEIGHBOURS: usize = 4;
/// Sentences of a version that neighbours are looked for among: the cost grows with it.
const SAMPLE: usize = 8192;

/// What the sentences of two documents mean.
#[derive(Debug, Clone)]
pub struct Senses {
    /// Of the source.
    pub(crate) source: Vec<Sense>,
    /// Of the target.
    pub(crate) target: Vec<Sense>,
}

/// What a sentence, or several together, mean.
#[derive(Debug, Clone)]
pub(crate) struct Sense {
    /// Where it points to.
    pub(crate) vector: [f32; WIDTH],
    /// How near what is nearest of the other version comes to each of its sentences, summed up.
    pub(crate) crowd: f32,
    /// How many sentences it is.
    pub(crate) count: f32,
}

impl Senses {
    /// Of the vectors of all sentences of the source and of the target, each side's one after the other.
    pub fn of(encoder: Encoder, documents: [&Document; 2], vectors: [&[f32]; 2]) -> Senses {
        let pages = documents.map(|document| page(encoder, document.lang));
        let own = vectors.map(directions);
        // with a page of ours in it the mean is not just what a text of three sentences says
        let means = [0, 1].map(|side: usize| mean(&[&own[side][..], &pages[side]].concat()));
        let centred = [0, 1].map(|side: usize| from(&own[side], &means[side]));
        let pointing = centred.each_ref().map(|vectors| directions(vectors));
        let side = |side: usize| -> Vec<Sense> {
            let mut others = sample(&pointing[1 - side]);
            others.extend(directions(&from(&pages[1 - side], &means[1 - side])));
            let crowds = nearest(encoder, &pointing[side], &others, NEIGHBOURS);
            let sentences = documents[side].sentences.iter().zip(centred[side].as_chunks::<WIDTH>().0);
            let sense = |((sentence, vector), crowd): ((&Sentence, &[f32; WIDTH]), f32)| {
                let length = length(sentence.span);
                Sense { vector: vector.map(|number| number * length), crowd, count: 1.0 }
            };
            sentences.zip(crowds).map(sense).collect()
        };
        Senses { source: side(0), target: side(1) }
    }
}

impl Sense {
    /// Of some sentences together.
    pub(crate) fn together<'s>(senses: impl Iterator<Item = &'s Sense>) -> Sense {
        senses.fold(Sense { vector: [0.0; WIDTH], crowd: 0.0, count: 0.0 }, |mut sum, sense| {
            sum.vector.iter_mut().zip(&sense.vector).for_each(|(sum, number)| *sum += number);
            sum.crowd += sense.crowd;
            sum.count += sense.count;
            sum
        })
    }
}

/// How far a sentence points: like the root of its length, for the words of a long one take back some of what each says.
/// Weighed alike, or by their lengths, the novels lose .003 and nothing.
fn length(span: Span) -> f32 {
    (span.len().max(1) as f32).sqrt()
}

/// Where the sentences of a page in a language point to.
fn page(encoder: Encoder, lang: Lang) -> Vec<f32> {
    let pooled: Vec<f32> = encoder.page(lang).iter().flat_map(|line| &line.pooled).copied().collect();
    directions(&pooled)
}

/// All vectors, or every so manieth.
fn sample(vectors: &[f32]) -> Vec<f32> {
    let step = (vectors.len() / WIDTH).div_ceil(SAMPLE).max(1);
    vectors.chunks_exact(WIDTH).step_by(step).flatten().copied().collect()
}
