//! Asks the encoder of the sentences of a pair.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::align::{Aligned, Link};
use crate::encoder::coverage::{SAMPLE, Usual};
use crate::encoder::{Encoded, Encoder, LAYERS, NotBuilt};
use crate::text::{Document, PieceKind, Sentence};

/// The encoder, what it has seen, and who is told how far it has come.
pub struct Deep {
    encoder: Encoder,
    seen: Mutex<Seen>,
    told: Box<Told>,
}

/// Is told that so many sentences more were encoded, and that so many more are to be; from any thread.
type Told = dyn Fn(usize, usize) + Send + Sync;

/// Sentences that were encoded, each of them once.
#[derive(Default)]
struct Seen {
    encoded: HashMap<String, Arc<Encoded>>,
    pieces: usize,
}

/// So many pieces are kept, at 1.5 KB each.
const KEPT: usize = 4 * SAMPLE;

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

    /// Takes down how near the pieces of linked sentences are to each other. Whether the encoder knows both languages;
    /// if not, nothing is taken down.
    pub fn look(&self, aligned: &mut Aligned) -> bool {
        let bitext = aligned.bitext();
        let documents = [&bitext.source, &bitext.target];
        let languages = documents.map(|document| document.lang);
        if !languages.into_iter().all(Encoder::knows) {
            return false;
        }
        let links: Vec<&Link> = bitext.alignment.sentences.iter().filter(|link| !link.is_null()).collect();
        (self.told)(0, links.iter().map(|link| link.source.len() + link.target.len()).sum());
        let samples = documents.map(|document| self.encoded(&sample(document)));
        let sampled = samples.each_ref().map(|side| side.iter().map(Arc::as_ref).collect::<Vec<_>>());
        let usual = Usual::of(self.encoder, languages, [&sampled[0], &sampled[1]]);
        let mut near = BTreeMap::new();
        for links in portions(&links, documents) {
            let texts = |side: usize| -> Vec<String> {
                let own = links.iter().flat_map(|link| [&link.source, &link.target][side]);
                own.map(|&sentence| text(documents[side], &documents[side].sentences[sentence])).collect()
            };
            let encoded = [0, 1].map(|side| self.encoded(&texts(side)));
            (self.told)(encoded[0].len() + encoded[1].len(), 0);
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
        true
    }

    /// The vectors of sentences, of each of which the encoder is asked once as long as it is kept.
    fn encoded(&self, texts: &[String]) -> Vec<Arc<Encoded>> {
        let lock = || self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let known: Vec<Option<Arc<Encoded>>> = {
            let seen = lock();
            texts.iter().map(|text| seen.encoded.get(text).cloned()).collect()
        };
        let mut new: Vec<&str> =
            texts.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(text, _)| &**text).collect();
        new.sort_unstable();
        new.dedup();
        let fresh = self.encoder.encode(&new, LAYERS, &|_| {}).into_iter().map(Arc::new);
        let fresh: BTreeMap<&str, Arc<Encoded>> = new.iter().copied().zip(fresh).collect();
        {
            let mut seen = lock();
            for (&text, encoded) in &fresh {
                if seen.pieces > KEPT {
                    *seen = Seen::default();
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

/// Links in portions that the encoder is asked of together, so that the memory does not grow with the text.
fn portions<'a>(links: &'a [&'a Link], documents: [&Document; 2]) -> Vec<&'a [&'a Link]> {
    let length = |link: &Link| -> usize {
        let of = |side: usize, sentences: &[usize]| {
            sentences.iter().map(|&at| documents[side].sentences[at].span.len()).sum::<usize>()
        };
        of(0, &link.source) + of(1, &link.target)
    };
    let (mut portions, mut start, mut sum) = (Vec::new(), 0, 0);
    for (at, link) in links.iter().enumerate() {
        let length = length(link);
        if at > start && sum + length > PORTION {
            portions.push(&links[start..at]);
            (start, sum) = (at, 0);
        }
        sum += length;
    }
    portions.push(&links[start..]);
    portions
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
