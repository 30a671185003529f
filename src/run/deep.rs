//! Asks the encoder of the sentences of a pair.

use std::fmt;

use crate::encoder::margin::Wholes;
use crate::encoder::{Encoder, NotBuilt};
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

    /// The sentences of two documents as wholes; nothing where the encoder does not know one of the languages.
    pub fn wholes(&self, source: &Document, target: &Document) -> Option<Wholes> {
        if !Encoder::knows(source.lang) || !Encoder::knows(target.lang) {
            return None;
        }
        let texts = [source, target].map(texts);
        Some(Wholes::new(self.encoder, [&texts[0], &texts[1]], &self.told))
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
