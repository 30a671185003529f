//! Integration tests, one binary: the examples of the checks, the manual, the golden reports, the command line,
//! the layers and the invariants.

mod cli;
mod examples;
mod layers;
mod manual;
mod properties;
mod texts;
