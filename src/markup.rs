//! What a program reads in a text and a translation keeps: addresses, code.

pub(crate) mod addresses;
pub(crate) mod code;
