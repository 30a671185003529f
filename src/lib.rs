//! duizhao (对照) checks a translation against its original.

pub mod lexicon;
pub mod text;
