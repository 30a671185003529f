//! duizhao (对照) checks a translation against its original.

pub mod text;
pub mod values;
