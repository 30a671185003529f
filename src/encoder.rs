//! Sentences → vectors: what words mean in their sentences, whatever their language. Evidence, never a norm.
//!
//! The weights come from the data crate `duizhao-encoder`, which only the feature `deep` builds in; nothing of them is
//! touched before the first sentence is encoded. A sentence is cut in [pieces](Encoded::pieces) of words, each of which
//! becomes a vector that says what the piece means where it stands; [`coverage`] asks whether something in the other
//! version lies near it, and [`near`] how near two vectors are.
//!
//! On one machine the same sentence has the same vectors, to the last bit, at any number of threads and in any company.
//! Across machines they agree to about 1e-4, since processors add in different orders.
//!
//! ```
//! use duizhao::encoder::{Encoder, LAYERS, near::cosine};
//!
//! let Ok(encoder) = Encoder::open() else { return }; // built without the feature `deep`
//! let texts = ["数据不会离开本机。", "The data never leave this machine.", "It rained all week."];
//! let [chinese, english, other] = &encoder.encode(&texts, LAYERS, &|_| {})[..] else { return };
//! assert!(cosine(&chinese.pooled, &english.pooled) > cosine(&chinese.pooled, &other.pooled));
//! ```

pub mod coverage;
pub mod near;
#[cfg(feature = "deep")]
mod network;
#[cfg(feature = "deep")]
mod pieces;

use std::ops::Range;
use std::sync::OnceLock;

#[cfg(feature = "deep")]
pub use duizhao_encoder::NOTICE;

use crate::text::Lang;

/// How many layers tell most about words: with 7 of 12, the AUC of omitted words on HalOmi
/// is .92 (DESIGN §16).
pub const LAYERS: usize = 7;

/// All layers: what tells most about sentences. With 7 in aligning the novels of MAC-Dev lose .015 of strict F1, by the
/// weights that were made for 12.
pub const ALL_LAYERS: usize = 12;

/// The encoder of this program.
#[derive(Debug, Clone, Copy)]
pub struct Encoder(Weights);

/// That the weights are built in; nothing is of this type if they are not.
#[cfg(feature = "deep")]
type Weights = ();
#[cfg(not(feature = "deep"))]
type Weights = std::convert::Infallible;

/// This program has no encoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "duizhao was built without the sentence encoder; build it with the feature `deep`, which is on by default"
)]
pub struct NotBuilt;

/// A sentence as the encoder sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Encoded {
    /// Where the pieces lie in the text, in bytes; they ascend, and white space before a piece may be part of it.
    pub pieces: Vec<Range<usize>>,
    /// A vector of [`WIDTH`] numbers for each piece, one after the other, after [`LAYERS`] or as many as there were.
    pub vectors: Vec<f32>,
    /// The mean of all after the last layer, with the marks that begin and end what the encoder reads.
    pub pooled: Vec<f32>,
}

/// Numbers of a vector.
pub const WIDTH: usize = 384;

impl Encoded {
    /// The vector of each piece.
    pub fn vectors(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        self.vectors.chunks_exact(WIDTH)
    }
}

impl Encoder {
    /// The encoder, which costs nothing until it is asked.
    ///
    /// # Errors
    /// When the program was built without it.
    pub fn open() -> Result<Encoder, NotBuilt> {
        #[cfg(feature = "deep")]
        return Ok(Encoder(()));
        #[cfg(not(feature = "deep"))]
        Err(NotBuilt)
    }

    /// Whether the encoder has the pieces of a language. It was made for a hundred of them and cut to these.
    pub fn knows(lang: Lang) -> bool {
        lang == Lang::ZH || lang == Lang::EN
    }

    /// The vectors of sentences after so many layers, at most [`ALL_LAYERS`]. `told` is told how many more are done, from any
    /// thread.
    ///
    /// A sentence too long to be seen at once is cut in windows of about 500 pieces, each of which is seen alone.
    #[cfg(feature = "deep")]
    pub fn encode(self, texts: &[&str], layers: usize, told: &(dyn Fn(usize) + Sync)) -> Vec<Encoded> {
        network::encode(texts, layers, told)
    }

    /// The vectors of sentences; there is no encoder that could be asked.
    #[cfg(not(feature = "deep"))]
    pub fn encode(self, _: &[&str], _: usize, _: &(dyn Fn(usize) + Sync)) -> Vec<Encoded> {
        match self.0 {}
    }

    /// Where the pieces lie in a text that the encoder reads of it, as in [`Encoded::pieces`].
    #[cfg(feature = "deep")]
    pub fn pieces(self, text: &str) -> Vec<Range<usize>> {
        pieces::cut(text).into_iter().map(|piece| piece.span).collect()
    }

    /// Where the pieces lie; there is no encoder that could be asked.
    #[cfg(not(feature = "deep"))]
    pub fn pieces(self, _: &str) -> Vec<Range<usize>> {
        match self.0 {}
    }

    /// The sentences of a page of ours in a language, by all layers: what a short text is counted in with. None of a
    /// language that the encoder does not know.
    pub(crate) fn page(self, lang: Lang) -> &'static [Encoded] {
        static PAGES: OnceLock<[Vec<Encoded>; 2]> = OnceLock::new();
        let pages = PAGES.get_or_init(|| {
            [include_str!("encoder/background.zh.txt"), include_str!("encoder/background.en.txt")].map(
                |page| {
                    let lines: Vec<&str> = page.lines().collect();
                    self.encode(&lines, ALL_LAYERS, &|_| {})
                },
            )
        });
        match lang {
            Lang::ZH => &pages[0],
            Lang::EN => &pages[1],
            _ => &[],
        }
    }

    /// Hands over, for each of the vectors `of` in turn, its products with all of the vectors `with`.
    #[cfg(feature = "deep")]
    fn products(self, of: &[f32], with: &[f32], each: impl FnMut(&mut [f32])) {
        network::products(of, with, each);
    }

    #[cfg(not(feature = "deep"))]
    fn products(self, _: &[f32], _: &[f32], _: impl FnMut(&mut [f32])) {
        match self.0 {}
    }
}
