//! Terms counted over many documents: how often, in what rendering, and which renderings stand out against all of them.

use std::collections::BTreeMap;

use super::{MET, SHARE, Term, USUAL, is_stop, singular};
use crate::lexicon::{self, is_han};

/// A term as it is counted, without its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// As it is usually spelled.
    pub text: String,
    /// How often it was met with a rendering that accounts for all of it.
    pub count: usize,
    /// What stands for it, the commonest first.
    pub renderings: Vec<Rendered>,
}

/// A rendering as it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// As it is usually spelled.
    pub text: String,
    /// How often it stands there.
    pub count: usize,
    /// Whether it stands out against a commoner rendering of the same term.
    pub odd: bool,
}

/// Terms of documents as they come. It grows with the words of the language, not with the documents.
#[derive(Debug, Default)]
pub struct Tally {
    terms: BTreeMap<String, Met>,
}

#[derive(Debug, Default)]
struct Met {
    /// In how many documents.
    documents: usize,
    spellings: Spellings,
    renderings: BTreeMap<String, Use>,
}

#[derive(Debug, Default)]
struct Use {
    spellings: Spellings,
    /// Whether it was odd in one of the documents.
    odd: bool,
}

/// How often something is spelled in each way.
#[derive(Debug, Default)]
struct Spellings(BTreeMap<String, usize>);

impl Spellings {
    fn add(&mut self, text: &str, count: usize) {
        match self.0.get_mut(text) {
            Some(known) => *known += count,
            None => drop(self.0.insert(text.to_owned(), count)),
        }
    }

    fn count(&self) -> usize {
        self.0.values().sum()
    }

    /// The commonest; of several as common, the one in small letters, which sorts last.
    fn usual(&self) -> &str {
        self.0.iter().max_by_key(|(_, count)| **count).map_or("", |(text, _)| text)
    }
}

impl Tally {
    /// Counts the terms of a document.
    pub fn add(&mut self, terms: &[Term]) {
        for term in terms {
            let met = self.terms.entry(key(&term.text)).or_default();
            met.documents += 1;
            met.spellings.add(&term.text, term.count);
            for rendering in &term.renderings {
                let used = met.renderings.entry(key(&rendering.text)).or_default();
                used.spellings.add(&rendering.text, rendering.places.len());
                used.odd |= rendering.odd;
            }
        }
    }

    /// What was counted, those met most often first.
    pub fn counted(&self) -> Vec<Counted> {
        let mut all: Vec<Counted> = self.terms.values().map(Met::counted).collect();
        all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        all
    }

    /// The rendering that is usual for a term so far and says something else than this one, where there is one: how it is
    /// spelled, and how often it stands there.
    pub(crate) fn otherwise(&self, term: &str, rendering: &str) -> Option<(&str, usize)> {
        let met = self.terms.get(&key(term)).filter(|_| is_compound(term))?;
        let (usual, used) = met.usual()?;
        let (often, all) = (used.spellings.count(), met.spellings.count());
        let own = met.renderings.get(&key(rendering)).map_or(0, |used| used.spellings.count());
        let settled = often >= USUAL && all >= MET && often as f64 >= SHARE * all as f64 && own * 2 < often;
        (settled && differs(&key(rendering), usual)).then(|| (used.spellings.usual(), often))
    }
}

impl Met {
    fn usual(&self) -> Option<(&str, &Use)> {
        let by_count =
            |(key, used): &(&String, &Use)| (used.spellings.count(), std::cmp::Reverse((*key).clone()));
        self.renderings.iter().max_by_key(by_count).map(|(key, used)| (key.as_str(), used))
    }

    fn counted(&self) -> Counted {
        let (text, count) = (self.spellings.usual().to_owned(), self.spellings.count());
        let usual = self.usual().map(|(key, used)| (key, used.spellings.count()));
        let renderings = self.renderings.iter().map(|(key, used)| {
            let own = used.spellings.count();
            let settled = usual.is_some_and(|(common, often)| {
                // of one document, its own sentences say more
                let often_enough = self.documents > 1
                    && often >= USUAL
                    && count >= MET
                    && often as f64 >= SHARE * count as f64;
                often_enough && own * 2 <= often && is_compound(&text) && differs(key, common)
            });
            let odd = usual.is_some_and(|(common, _)| common != key) && (used.odd || settled);
            Rendered { text: used.spellings.usual().to_owned(), count: own, odd }
        });
        let mut renderings: Vec<Rendered> = renderings.collect();
        renderings.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        Counted { text, count, renderings }
    }
}

/// What makes two spellings one term: English words in small letters without the ending of the plural.
fn key(text: &str) -> String {
    text.split_whitespace().map(singular).collect::<Vec<_>>().join(" ")
}

/// Whether a reader expects one rendering throughout, as of a compound.
fn is_compound(text: &str) -> bool {
    text.contains([' ', '-']) || text.chars().filter(|c| is_han(*c)).count() > 2
}

/// Whether two renderings are compounds of other words: neither is the other in short, in full or in another order.
fn differs(one: &str, other: &str) -> bool {
    if one.contains(is_han) || other.contains(is_han) {
        let long = |text: &str| text.chars().count() > 2;
        return long(one) && long(other) && !one.contains(other) && !other.contains(one);
    }
    let words = |text: &str| -> Vec<String> {
        let words = text.split([' ', '-']).filter(|word| !is_stop(word));
        words.map(lexicon::stem).collect()
    };
    let (one, other) = (words(one), words(other));
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    one.len() > 1 && other.len() > 1 && !within(&one, &other) && !within(&other, &one)
}

#[cfg(test)]
mod tests {
    use super::super::Rendering;
    use super::*;
    use crate::text::Span;

    fn term(text: &str, renderings: &[(&str, usize)]) -> Term {
        let rendering = |(text, count): &(&str, usize)| Rendering {
            text: (*text).to_owned(),
            places: vec![(Span::new(0, 1), Span::new(0, 1)); *count],
            odd: false,
        };
        let count = renderings.iter().map(|(_, count)| count).sum();
        Term { text: text.to_owned(), count, renderings: renderings.iter().map(rendering).collect() }
    }

    #[test]
    fn what_is_usual_everywhere_shows_what_is_odd_in_one_place() {
        let mut tally = Tally::default();
        tally.add(&[term("网络设施", &[("network facilities", 2)])]);
        assert_eq!(tally.otherwise("网络设施", "Internet facilities"), None, "two are not enough");
        tally.add(&[term("网络设施", &[("Network facility", 1)]), term("水", &[("water", 5)])]);
        assert_eq!(tally.otherwise("网络设施", "Internet facilities"), Some(("network facilities", 3)));
        assert_eq!(tally.otherwise("网络设施", "facilities of the network"), None, "the same words");
        assert_eq!(tally.otherwise("水", "river water"), None, "no compound");
        tally.add(&[term("网络设施", &[("Internet facilities", 1)])]);
        let counted = tally.counted();
        let lines: Vec<String> = counted
            .iter()
            .flat_map(|term| {
                term.renderings
                    .iter()
                    .map(|one| format!("{} {} {} {}", term.text, one.text, one.count, one.odd))
            })
            .collect();
        assert_eq!(
            lines,
            [
                "水 water 5 false",
                "网络设施 network facilities 3 false",
                "网络设施 Internet facilities 1 true"
            ]
        );
    }
}
