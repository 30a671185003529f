//! The identity of a finding across runs: made from what it says, never from where it stands.

use std::collections::BTreeMap;

use super::Finding;
use crate::align::Bitext;
use crate::text::{Document, Span};

/// Gives every finding its fingerprint. Of several with the same content, the second and later ones also
/// carry their rank, so that each is told apart.
pub(super) fn stamp(findings: &mut [Finding], bitext: &Bitext) {
    let mut seen: BTreeMap<u64, u32> = BTreeMap::new();
    for finding in findings {
        let mut hash = Fnv::new();
        hash.add(finding.check);
        for (document, place) in [(&bitext.source, finding.source), (&bitext.target, finding.target)] {
            hash.add(&content(document, place));
        }
        for evidence in &finding.evidence {
            hash.add(&evidence.note.said(super::Tongue::English));
        }
        let rank = seen.entry(hash.0).or_insert(0);
        *rank += 1;
        if *rank > 1 {
            hash.add(&rank.to_string());
        }
        finding.fingerprint = hash.text();
    }
}

/// A fingerprint of some words.
pub(super) fn of_words<const N: usize>(words: [&str; N]) -> String {
    let mut hash = Fnv::new();
    words.iter().for_each(|word| hash.add(word));
    hash.text()
}

/// The words of a place, or, for a gap, the words that stand before it; white space does not count.
fn content(document: &Document, place: Option<Span>) -> String {
    const CONTEXT: usize = 40;
    let Some(span) = place else { return String::new() };
    if span.is_empty() {
        let before = document.text[..span.start].chars().rev().filter(|c| !c.is_whitespace());
        return before.take(CONTEXT).collect();
    }
    document.slice(span).chars().filter(|c| !c.is_whitespace()).collect()
}

/// The 64-bit FNV-1a hash (Fowler, Noll, Vo): stable across versions and machines.
struct Fnv(u64);

impl Fnv {
    fn new() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    fn text(&self) -> String {
        format!("{:016x}", self.0)
    }

    /// Adds a text and a mark of its end.
    fn add(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
