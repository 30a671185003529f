//! duizhao (对照) checks a translation against its original.

pub mod align;
pub mod check;
pub mod lexicon;
pub mod report;
pub mod text;
