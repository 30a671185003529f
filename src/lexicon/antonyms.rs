//! What an English word is the opposite of.

use std::sync::LazyLock;

use duizhao_lexicon::{ANTONYMS, english};

static TABLE: LazyLock<english::Table> = LazyLock::new(|| english::table(ANTONYMS));

/// The opposite of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Antonym {
    /// Its stem.
    pub stem: &'static str,
    /// Whether the two are opposites themselves, like wet and dry; damp and dry are only by what damp is similar to.
    pub direct: bool,
}

/// The antonyms of all English words of a stem, the direct ones first; none where WordNet has none.
///
/// ```
/// use duizhao::lexicon;
///
/// let mut opposites = lexicon::antonyms(&lexicon::stem("bought"));
/// assert!(opposites.any(|antonym| antonym.stem == lexicon::stem("sells")));
/// ```
pub fn antonyms(stem: &str) -> impl Iterator<Item = Antonym> + use<> {
    let (direct, indirect) = TABLE.get(stem).and_then(|stems| stems.split_once('\t')).unwrap_or_default();
    [(direct, true), (indirect, false)].into_iter().flat_map(|(stems, direct)| {
        stems.split(' ').filter(|stem| !stem.is_empty()).map(move |stem| Antonym { stem, direct })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon;

    fn relation(one: &str, other: &str) -> Option<bool> {
        let other = lexicon::stem(other);
        antonyms(&lexicon::stem(one)).find(|antonym| antonym.stem == other).map(|antonym| antonym.direct)
    }

    #[test]
    fn opposites_are_found_from_both_ends() {
        let cases = [
            ("wet", "dry", Some(true)),
            ("damp", "dry", Some(false)),
            ("increase", "decreases", Some(true)),
            ("quickly", "slowly", Some(true)),
            ("victory", "defeat", Some(true)),
            ("wet", "river", None),
        ];
        for (one, other, expected) in cases {
            assert_eq!(relation(one, other), expected, "{one} {other}");
            assert_eq!(relation(other, one), expected, "{other} {one}");
        }
    }

    #[test]
    fn rows_are_sorted_and_mutual() {
        let rows: Vec<&str> = ANTONYMS.lines().filter_map(|line| line.split('\t').next()).collect();
        assert!(rows.len() > 1000 && rows.is_sorted());
        for stem in rows {
            for antonym in antonyms(stem) {
                let back = antonyms(antonym.stem).find(|of| of.stem == stem);
                assert_eq!(back.map(|of| of.direct), Some(antonym.direct), "{stem} {}", antonym.stem);
            }
        }
    }
}
