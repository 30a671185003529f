//! What linked sentences say: their words, which of these render each other, and what denies, turns round or leaves out
//! what.

pub(crate) mod answers;
pub(crate) mod bearing;
pub(crate) mod clashes;
pub mod content;
pub mod denials;
pub(crate) mod exchanges;
pub(crate) mod families;
mod ground;
pub mod learnt;
pub(crate) mod marks;
pub(crate) mod members;
pub(crate) mod negation;
pub mod opposed;
pub(crate) mod opposites;
mod outline;
pub(crate) mod pair;
pub(crate) mod pronouns;
mod ranks;
mod roles;
pub(crate) mod senses;
pub(crate) mod slips;
pub mod standing;
pub(crate) mod substitutions;
pub(crate) mod titles;
pub mod trust;
mod view;
pub(crate) mod wording;

pub use self::clashes::{Candidate, candidates};
pub use self::exchanges::alike;
pub use self::marks::Class;
pub use self::outline::outline;
pub use self::view::View;
pub(crate) use self::view::{own, sentences_around};
