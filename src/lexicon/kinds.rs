//! What kinds of things an English word names.

use duizhao_lexicon::KINDS;
pub use duizhao_lexicon::layout::Kinds;

use super::glosses::stem_id;

/// The kinds of things that words of a stem, as [`stem`](super::stem) gives it, name; none where WordNet or the glosses
/// do not have it.
///
/// ```
/// use duizhao::lexicon::{self, Kinds};
///
/// let kinds = |word| lexicon::kinds(&lexicon::stem(word));
/// assert!(kinds("tenants").are(Kinds::ACTOR) && !kinds("tenants").are(Kinds::THING));
/// assert!(kinds("bottle").are(Kinds::THING) && kinds("year").are(Kinds::TIME));
/// assert!(kinds("destroy").are(Kinds::VERB) && kinds("Zverev").is_none());
/// ```
pub fn kinds(stem: &str) -> Kinds {
    let byte = stem_id(stem).and_then(|stem| KINDS.get(stem.0 as usize));
    Kinds(byte.copied().unwrap_or(0))
}
