//! The data that `duizhao --deep` reads: a sentence encoder, multilingual-e5-small in 4 bits, with the pieces of words
//! that Chinese and English text needs.
//!
//! Everything under `data/` is made by `cargo encoder` from the packages listed in `source/packages.tsv`; [`layout`]
//! says how the bytes are laid out. Nothing is unpacked at start. What is not Chinese or English has pieces as far as
//! they are shared (digits, marks, single letters) and is unknown otherwise.

pub mod layout;

/// Whose works the data are made from, under which licences, and what was changed; whoever passes the data on
/// passes this on as well.
pub static NOTICE: &str = include_str!("../NOTICE");

/// The pieces that texts are cut in: an `fst` map from a piece, with a space for each ▁, to its number.
pub static PIECES: &[u8] = include_bytes!("../data/pieces.fst");
/// The logarithm of how probable each piece is: `f32`, little endian, by number.
pub static SCORES: &[u8] = include_bytes!("../data/scores.bin");
/// What each piece is before the first layer: [`layout::WIDTH`] weights in blocks, by number.
pub static VECTORS: &[u8] = include_bytes!("../data/vectors.bin");
/// What is added for each of [`layout::POSITIONS`] positions: [`layout::WIDTH`] numbers; then scale and shift of the
/// normalisation before the first layer. `f32`, little endian.
pub static POSITIONS: &[u8] = include_bytes!("../data/positions.bin");
/// The layers, see [`layout::Layer`].
pub static LAYERS: &[u8] = include_bytes!("../data/layers.bin");
