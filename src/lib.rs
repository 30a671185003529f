//! duizhao (对照) checks a translation against its original.

pub mod error;
pub mod read;
pub mod segment;
pub mod text;

pub use error::{Error, ErrorKind};
