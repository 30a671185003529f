//! What linked sentences say: their words, which of these render each other, and what denies, turns round or leaves out
//! what.

pub(crate) mod antonyms;
pub mod content;
pub(crate) mod negation;
pub(crate) mod pair;
mod view;
pub(crate) mod wording;

pub use self::view::View;
pub(crate) use self::view::{own, sentences_around};
