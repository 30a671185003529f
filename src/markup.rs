//! What a program reads in a text and a translation keeps: addresses, code, names, placeholders.

pub(crate) mod addresses;
pub(crate) mod code;
pub(crate) mod cues;
pub(crate) mod formula;
pub(crate) mod icu;
pub(crate) mod inline;
pub(crate) mod names;
pub mod placeholders;
pub(crate) mod plurals;
