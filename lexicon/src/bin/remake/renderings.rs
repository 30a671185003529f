//! How translators render words, beyond what dictionaries say: `word<TAB>rendering rendering …`, commonest first, with
//! `_` for a space.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::characters::Characters;

static LIST: &str = include_str!("../../../source/renderings.tsv");

/// For each Chinese word in simplified characters, its English renderings.
pub(crate) struct Renderings(BTreeMap<String, Vec<&'static str>>);

impl Renderings {
    pub(crate) fn read(characters: &Characters) -> Result<Renderings> {
        let mut all = BTreeMap::new();
        for row in LIST.lines().filter(|row| !row.starts_with('#')) {
            let (word, renderings) =
                row.split_once('\t').with_context(|| format!("renderings.tsv: no tab in {row}"))?;
            all.insert(characters.simplify(word), renderings.split(' ').collect());
        }
        Ok(Renderings(all))
    }

    /// All words that have any.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether a word has any.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }

    /// The renderings of a word, none if it has none.
    pub(crate) fn of(&self, word: &str) -> Vec<String> {
        self.0.get(word).into_iter().flatten().map(|rendering| rendering.replace('_', " ")).collect()
    }
}
