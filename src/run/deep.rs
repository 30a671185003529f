//! Asks the encoder of the sentences of a pair.

use std::fmt;

use crate::align::Aligned;
use crate::encoder::coverage::Pieces;
use crate::encoder::{Encoder, LAYERS, NotBuilt};
use crate::text::{Document, PieceKind};

/// The encoder, and who is told how far it has come.
pub struct Deep {
    encoder: Encoder,
    told: Box<Told>,
}

/// Is told that so many sentences more were encoded, and that so many more are to be; from any thread.
type Told = dyn Fn(usize, usize) + Send + Sync;

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
        Ok(Deep { encoder: Encoder::open()?, told: Box::new(|_, _| {}) })
    }

    /// The same, telling `told` of so many sentences more that were encoded, and so many more that are to be.
    pub fn telling(self, told: impl Fn(usize, usize) + Send + Sync + 'static) -> Deep {
        Deep { told: Box::new(told), ..self }
    }

    /// Says of each word of linked sentences how well the other side covers it; nothing where the encoder does not know
    /// one of the languages.
    pub fn cover(&self, aligned: &mut Aligned) {
        let bitext = aligned.bitext();
        let documents = [&bitext.source, &bitext.target];
        if documents.iter().any(|document| !Encoder::knows(document.lang)) {
            return;
        }
        let texts = documents.map(texts);
        (self.told)(0, texts[0].len() + texts[1].len());
        let sides = texts.each_ref().map(|texts| {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            self.encoder.encode(&texts, LAYERS, &|done| (self.told)(done, 0))
        });
        let pieces = Pieces::new(self.encoder, sides);
        let covered = [true, false].map(|source| {
            let (document, tokens) = (documents[usize::from(!source)], aligned.tokens(source));
            let mut covered = vec![None; tokens.tokens.len()];
            for link in bitext.alignment.sentences.iter().filter(|link| !link.is_null()) {
                let (own, others) = if source { (&link.source, &link.target) } else { (&link.target, &link.source) };
                for &sentence in own {
                    let start = document.sentences[sentence].span.start;
                    let range = tokens.sentences[sentence].clone();
                    let words: Vec<_> = tokens.tokens[range.clone()]
                        .iter()
                        .map(|token| (sentence, token.span.start - start..token.span.end - start))
                        .collect();
                    covered[range].copy_from_slice(&pieces.covered(source, &words, others));
                }
            }
            covered
        });
        aligned.cover(covered);
    }
}

/// The sentences of a document, with a NUL for each byte of markup: the encoder passes over them, and offsets stay what
/// they are in the document.
fn texts(document: &Document) -> Vec<String> {
    let text = |sentence: &crate::text::Sentence| {
        let mut text = String::with_capacity(sentence.span.len());
        for piece in document.pieces_in(sentence.block, sentence.span) {
            match piece.kind {
                PieceKind::Markup | PieceKind::Target => text.extend((0..piece.span.len()).map(|_| '\0')),
                _ => text.push_str(document.slice(piece.span)),
            }
        }
        text
    };
    document.sentences.iter().map(text).collect()
}
