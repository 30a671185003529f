//! Two versions of a text and their links: what aligning gives, and nothing of how it came to it.

use crate::text::Document;

/// `m` source units that correspond to `n` target units; never empty on both sides.
///
/// Units are numbered as in [`Document::blocks`] or [`Document::sentences`]. Each side is in ascending
/// order. A link with an empty target is an omission, one with an empty source an addition.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The units of the source side.
    pub source: Box<[usize]>,
    /// The units of the target side.
    pub target: Box<[usize]>,
    /// How sure the link is, from 0 to 1; for a null link, how sure it is that nothing corresponds.
    pub score: f64,
    /// Whether it stands at another place among its neighbours on the two sides.
    pub moved: bool,
}

impl Link {
    /// Whether one side is empty: an omission or an addition.
    pub fn is_null(&self) -> bool {
        self.source.is_empty() || self.target.is_empty()
    }
}

/// All links of a bitext. Every block and every sentence is in exactly one link of its kind.
///
/// Links are in the order of the source; null links of the target stand where they fall among the
/// target units around them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alignment {
    /// Links between blocks.
    pub blocks: Vec<Link>,
    /// Links between sentences. Each lies inside one block link.
    pub sentences: Vec<Link>,
}

/// Two versions of a text, and what corresponds to what.
#[derive(Debug, Clone, PartialEq)]
pub struct Bitext {
    /// The original.
    pub source: Document,
    /// The translation.
    pub target: Document,
    /// Their links.
    pub alignment: Alignment,
}
