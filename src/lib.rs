//! duizhao (对照) checks a translation against its original.

pub mod align;
pub mod check;
pub mod error;
pub mod lexicon;
pub mod read;
pub mod report;
pub mod segment;
pub mod text;
pub mod values;
