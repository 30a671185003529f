//! Integration tests, one binary: the examples of the checks, the manual, the golden reports, the command line,
//! the layers and the invariants.

mod align;
mod annotate;
mod asking;
mod cli;
mod deciding;
#[cfg(feature = "deep")]
mod encoder;
mod examples;
mod gate;
mod genres;
mod growth;
mod hostile;
mod injection;
mod json;
mod layers;
mod limits;
mod links;
mod lsp;
mod manual;
mod pairing;
mod pdf;
mod properties;
mod read;
mod repository;
mod review;
mod serving;
mod shapes;
mod termbases;
mod texts;
mod units;
