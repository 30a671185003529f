//! duizhao (对照) checks a translation against its original.

pub mod align;
pub mod check;
pub mod cli;
pub mod config;
pub mod encoder;
pub mod error;
pub mod files;
pub mod gate;
pub mod lexicon;
pub mod loopback;
pub mod lsp;
pub mod manual;
pub mod markup;
pub mod meaning;
pub mod message;
pub mod pairing;
pub mod read;
pub mod report;
pub mod review;
pub mod run;
pub mod segment;
pub mod serve;
pub mod termbase;
pub mod terms;
pub mod text;
pub mod values;

/// The examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
