//! The data that duizhao reads: Chinese words, English glosses, names and places, as ready-made indices.
//!
//! Everything under `data/` is made by `cargo lexicon` from the packages listed in `source/packages.tsv`;
//! [`layout`] says how the bytes are laid out, and [`english`] holds the stemming that the indices were made
//! with, so that whoever reads them stems in the same way. Nothing is parsed or unpacked at start.

pub mod english;
pub mod layout;
#[cfg(feature = "remake")]
pub mod packages;
#[cfg(feature = "remake")]
pub mod remake;

/// Whose works the data are made from, under which licences, and what was changed; whoever passes the data on
/// passes this on as well.
pub static NOTICE: &str = include_str!("../NOTICE");

/// Segmentation: an `fst` map from a word in [normalised](layout) characters to [`layout::WordValue`].
pub static WORDS: &[u8] = include_bytes!("../data/words.fst");
/// Glosses: an `fst` map from a headword to the number of its record.
pub static HEADWORDS: &[u8] = include_bytes!("../data/headwords.fst");
/// The postings of the records, see [`layout::write_postings`].
pub static POSTINGS: &[u8] = include_bytes!("../data/postings.bin");
/// Where each group of [`layout::GROUP`] records begins in [`POSTINGS`]: `u32`, little endian.
pub static POSTINGS_INDEX: &[u8] = include_bytes!("../data/postings.idx");
/// English stems: an `fst` map from a stem to its number.
pub static STEMS: &[u8] = include_bytes!("../data/stems.fst");
/// The stems in the order of their numbers, one after the other.
pub static STEM_TEXTS: &str = include_str!("../data/stems.txt");
/// Where each stem ends in [`STEM_TEXTS`]: `u32`, little endian.
pub static STEM_ENDS: &[u8] = include_bytes!("../data/stems.idx");
/// The characters of the short headwords that each stem may render, sorted, stem after stem: `u16`, little endian.
pub static RENDERED: &[u8] = include_bytes!("../data/rendered.bin");
/// Where the characters of each stem end in [`RENDERED`], in bytes: `u32`, little endian.
pub static RENDERED_ENDS: &[u8] = include_bytes!("../data/rendered.idx");
/// The dictionary text of the records in blocks of [`layout::TEXT_BLOCK`], each block deflated on its own;
/// inside a block each record is followed by a line feed.
pub static TEXTS: &[u8] = include_bytes!("../data/texts.bin");
/// Where each block ends in [`TEXTS`]: `u32`, little endian.
pub static TEXT_ENDS: &[u8] = include_bytes!("../data/texts.idx");
/// What is known of each character, see [`layout::Character`].
pub static CHARACTERS: &[u8] = include_bytes!("../data/characters.bin");
/// Lists of readings that [`CHARACTERS`] points to: a count, then so many `u16` syllable numbers.
pub static READINGS: &[u8] = include_bytes!("../data/readings.bin");
/// The syllables of pinyin, sorted, without tones, `v` for ü, each padded with spaces to
/// [`layout::SYLLABLE`] bytes.
pub static SYLLABLES: &str = include_str!("../data/syllables.txt");
/// The surnames of two characters, sorted, one after the other.
pub static DOUBLE_SURNAMES: &str = include_str!("../data/double-surnames.txt");
/// The [`layout::Kinds`] of every stem by its number. A database of its own, under the licence of WordNet.
pub static KINDS: &[u8] = include_bytes!("../data/kinds.bin");
