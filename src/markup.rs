//! What a program reads in a text and a translation keeps: addresses, code, placeholders.

pub(crate) mod addresses;
pub(crate) mod code;
pub(crate) mod icu;
pub(crate) mod inline;
pub mod placeholders;
pub(crate) mod plurals;
