//! Asks the encoder of the sentences of a pair.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::align::senses::Senses;
use crate::align::{Aligned, Link};
use crate::encoder::coverage::{SAMPLE, Usual};
use crate::encoder::{ALL_LAYERS, Encoded, Encoder, LAYERS, NotBuilt, WIDTH};
use crate::text::{Document, PieceKind, Sentence};

/// The encoder, what it has seen, and who is told how far it has come.
pub struct Deep {
    encoder: Encoder,
    seen: Mutex<Seen>,
    told: Box<Told>,
}

/// Is told that so many sentences more were encoded, and that so many more are to be; from any thread.
type Told = dyn Fn(usize, usize) + Send + Sync;

/// Sentences that were encoded by all layers, each of them once.
#[derive(Default)]
struct Seen {
    encoded: HashMap<String, Arc<Encoded>>,
    pieces: usize,
}

/// So many pieces are kept, at 1.5 KB each: those of a pair of documents of 200 KB. What a longer pair has more of is
/// encoded twice, once to be aligned and once to be looked at word by word.
const KEPT: usize = 8 * SAMPLE;

impl fmt::Debug for Deep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deep").field("encoder", &self.encoder).finish_non_exhaustive()
    }
}

impl Deep {
    /// Nobody is told.
    ///
    /// # Errors
    /// When the program was built without the encoder.
    pub fn open() -> Result<Deep, NotBuilt> {
        Ok(Deep { encoder: Encoder::open()?, seen: Mutex::default(), told: Box::new(|_, _| {}) })
    }

    /// The same, telling `told` of so many sentences more that were encoded, and so many more that are to be.
    #[must_use]
    pub fn telling(self, told: impl Fn(usize, usize) + Send + Sync + 'static) -> Deep {
        Deep { told: Box::new(told), ..self }
    }

    /// What the sentences of two documents mean; nothing where the encoder does not know both languages.
    pub fn senses(&self, documents: [&Document; 2]) -> Option<Senses> {
        if !documents.iter().all(|document| Encoder::knows(document.lang)) {
            return None;
        }
        self.make_room();
        (self.told)(0, documents.iter().map(|document| document.sentences.len()).sum());
        let vectors = documents.map(|document| {
            let sentences: Vec<&Sentence> = document.sentences.iter().collect();
            let mut vectors = Vec::with_capacity(sentences.len() * WIDTH);
            for some in portions(&sentences, |sentence| sentence.span.len()) {
                let texts: Vec<String> = some.iter().map(|sentence| text(document, sentence)).collect();
                vectors.extend(self.encoded(&texts, ALL_LAYERS).iter().flat_map(|one| &one.pooled));
                (self.told)(some.len(), 0);
            }
            vectors
        });
        Some(Senses::of(self.encoder, documents, vectors.each_ref().map(|side| &side[..])))
    }

    /// Takes down how near the pieces of linked sentences are to each other; nothing where these were aligned without
    /// the [senses](Deep::senses), since the encoder does not know both languages.
    pub fn look(&self, aligned: &mut Aligned) {
        if !aligned.is_seen() {
            return;
        }
        let bitext = aligned.bitext();
        let documents = [&bitext.source, &bitext.target];
        let languages = documents.map(|document| document.lang);
        let links: Vec<&Link> = bitext.alignment.sentences.iter().filter(|link| !link.is_null()).collect();
        let samples = documents.map(|document| self.encoded(&sample(document), LAYERS));
        let sampled = samples.each_ref().map(|side| side.iter().map(Arc::as_ref).collect::<Vec<_>>());
        let usual = Usual::of(self.encoder, languages, [&sampled[0], &sampled[1]]);
        let mut near = BTreeMap::new();
        for links in portions(&links, |link| length(link, documents)) {
            let texts = |side: usize| -> Vec<String> {
                let own = links.iter().flat_map(|link| [&link.source, &link.target][side]);
                own.map(|&sentence| text(documents[side], &documents[side].sentences[sentence])).collect()
            };
            let encoded = [0, 1].map(|side| self.encoded(&texts(side), LAYERS));
            let mut rest = encoded.each_ref().map(|side| side.iter().map(Arc::as_ref));
            let of_links: Vec<[Vec<&Encoded>; 2]> = links
                .iter()
                .map(|link| {
                    let [source, target] = &mut rest;
                    [source.take(link.source.len()).collect(), target.take(link.target.len()).collect()]
                })
                .collect();
            let firsts = links.iter().map(|link| link.source[0]);
            near.extend(
                firsts.zip(usual.between(&of_links)).filter_map(|(first, near)| Some((first, near?))),
            );
        }
        aligned.take_down(near);
    }

    /// Forgets what was seen of other pairs when that is much.
    fn make_room(&self) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.pieces > KEPT {
            *seen = Seen::default();
        }
    }

    /// The vectors of sentences after so many layers at least, of each of which the encoder is asked once if there is
    /// room to keep it.
    fn encoded(&self, texts: &[String], layers: usize) -> Vec<Arc<Encoded>> {
        let lock = || self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let known: Vec<Option<Arc<Encoded>>> = {
            let seen = lock();
            texts.iter().map(|text| seen.encoded.get(text).cloned()).collect()
        };
        let mut new: Vec<&str> =
            texts.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(text, _)| &**text).collect();
        new.sort_unstable();
        new.dedup();
        let fresh = self.encoder.encode(&new, layers, &|_| {}).into_iter().map(Arc::new);
        let fresh: BTreeMap<&str, Arc<Encoded>> = new.iter().copied().zip(fresh).collect();
        if layers == ALL_LAYERS {
            let mut seen = lock();
            for (&text, encoded) in &fresh {
                if seen.pieces > KEPT {
                    break;
                }
                seen.pieces += encoded.pieces.len();
                seen.encoded.insert(text.to_owned(), Arc::clone(encoded));
            }
        }
        known
            .into_iter()
            .zip(texts)
            .filter_map(|(known, text)| known.or_else(|| fresh.get(&**text).cloned()))
            .collect()
    }
}

/// Sentences or links in portions that the encoder is asked of together, by the bytes of each, so that the memory does
/// not grow with the text.
fn portions<T>(all: &[T], length: impl Fn(&T) -> usize) -> Vec<&[T]> {
    let (mut portions, mut start, mut sum) = (Vec::new(), 0, 0);
    for (at, one) in all.iter().enumerate() {
        let length = length(one);
        if at > start && sum + length > PORTION {
            portions.push(&all[start..at]);
            (start, sum) = (at, 0);
        }
        sum += length;
    }
    portions.push(&all[start..]);
    portions
}

/// The bytes of the sentences of a link.
fn length(link: &Link, documents: [&Document; 2]) -> usize {
    let of = |side: usize, sentences: &[usize]| {
        sentences.iter().map(|&at| documents[side].sentences[at].span.len()).sum::<usize>()
    };
    of(0, &link.source) + of(1, &link.target)
}

/// Bytes of a portion: a piece has three to four.
const PORTION: usize = 4 * SAMPLE;

/// All sentences of a document, or every so manyth of a long one, so that they have about [`SAMPLE`] pieces.
fn sample(document: &Document) -> Vec<String> {
    let bytes: usize = document.sentences.iter().map(|sentence| sentence.span.len()).sum();
    let step = bytes.div_ceil(4 * SAMPLE).max(1);
    document.sentences.iter().step_by(step).map(|sentence| text(document, sentence)).collect()
}

/// A sentence, with a NUL for each byte of markup: the encoder passes over them, and offsets stay what they are in the
/// document.
fn text(document: &Document, sentence: &Sentence) -> String {
    let mut text = String::with_capacity(sentence.span.len());
    for piece in document.pieces_in(sentence.block, sentence.span) {
        match piece.kind {
            PieceKind::Markup | PieceKind::Target => text.extend((0..piece.span.len()).map(|_| '\0')),
            _ => text.push_str(document.slice(piece.span)),
        }
    }
    text
}
