//! Words and their opposites in Chinese and English.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::lexicon;

/// On each line the Chinese and the English words for one end of a scale, then those for the other end. English words
/// stand for all words of their stem, but `=positive` for that form only, which shares its stem with "position";
/// `go_up` is two words.
static LIST: &str = include_str!("opposites.tsv");

/// A scale and the end of it where a word stands.
pub(crate) type End = (usize, bool);

/// For each word, its ends.
type Ends = BTreeMap<String, Vec<End>>;

static COMMON: LazyLock<Scales> = LazyLock::new(|| Scales::read(LIST));

/// Scales with the Chinese and the English words at their ends.
#[derive(Default)]
pub(crate) struct Scales {
    chinese: Ends,
    stems: Ends,
    forms: Ends,
    phrases: Vec<(Vec<String>, End)>,
}

impl Scales {
    /// Reads a list that is written as [`LIST`] is.
    pub(crate) fn read(list: &str) -> Scales {
        let mut scales = Scales::default();
        for (scale, line) in list.lines().enumerate() {
            for (column, words) in line.split('\t').enumerate() {
                let end = (scale, column > 1);
                for word in words.split(' ').filter(|word| !word.is_empty()) {
                    match column % 2 {
                        0 => add(&mut scales.chinese, word.to_owned(), end),
                        _ => scales.add_english(word, end),
                    }
                }
            }
        }
        scales
    }

    fn add_english(&mut self, word: &str, end: End) {
        match word.strip_prefix('=') {
            Some(form) => add(&mut self.forms, lexicon::fold(form), end),
            None if word.contains('_') => {
                self.phrases.push((word.split('_').map(lexicon::stem).collect(), end));
            }
            None => add(&mut self.stems, lexicon::stem(word), end),
        }
    }

    /// The scales that a simplified Chinese word is on, each with the end it stands at.
    pub(crate) fn chinese(&self, word: &str) -> &[End] {
        self.chinese.get(word).map_or(&[], Vec::as_slice)
    }

    /// The same for an English word in any of its forms.
    pub(crate) fn english(&self, word: &str) -> impl Iterator<Item = End> + use<> {
        let of = |ends: &'_ Ends, key: &str| ends.get(key).cloned().unwrap_or_default();
        of(&self.stems, &lexicon::stem(word)).into_iter().chain(of(&self.forms, &lexicon::fold(word)))
    }
}

fn add(ends: &mut Ends, word: String, end: End) {
    let of_word = ends.entry(word).or_default();
    if !of_word.contains(&end) {
        of_word.push(end);
    }
}

/// The scales of the common words.
pub(crate) fn common() -> &'static Scales {
    &COMMON
}

/// The scales a simplified Chinese word is on, each with the end it stands at.
pub(crate) fn chinese(word: &str) -> &'static [End] {
    COMMON.chinese(word)
}

/// The same for an English word in any of its forms.
pub(crate) fn english(word: &str) -> impl Iterator<Item = End> + use<> {
    COMMON.english(word)
}

/// What takes more than one English word, as stems, with its scale and the end it stands at.
pub(crate) fn phrases() -> impl Iterator<Item = (&'static [String], End)> {
    COMMON.phrases.iter().map(|(stems, end)| (&stems[..], *end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_words_of_both_languages_at_both_ends() {
        for (at, line) in LIST.lines().enumerate() {
            let columns: Vec<&str> = line.split('\t').collect();
            assert!(
                columns.len() == 4 && columns.iter().all(|words| !words.is_empty()),
                "row {}: {line}",
                at + 1
            );
        }
    }

    #[test]
    fn no_word_is_its_own_opposite() {
        let phrases = COMMON.phrases.iter().fold(Ends::new(), |mut all, (stems, end)| {
            add(&mut all, stems.join(" "), *end);
            all
        });
        for (word, ends) in COMMON.chinese.iter().chain(&COMMON.stems).chain(&COMMON.forms).chain(&phrases) {
            for &(scale, end) in ends {
                assert!(!ends.contains(&(scale, !end)), "{word} is at both ends of row {}", scale + 1);
            }
        }
    }

    #[test]
    fn opposites_are_at_opposite_ends() {
        let opposed = |zh: &str, en: &str| {
            chinese(zh).iter().any(|&(scale, end)| english(en).any(|other| other == (scale, !end)))
        };
        for (zh, en) in [("降序", "ascending"), ("卖方", "Buyer"), ("阴性", "positive"), ("出口", "imports")]
        {
            assert!(opposed(zh, en), "{zh} {en}");
        }
        for (zh, en) in
            [("降序", "descending"), ("阴性", "position"), ("出口", "important"), ("私立", "publication")]
        {
            assert!(!opposed(zh, en), "{zh} {en}");
        }
    }

    #[test]
    fn phrases_are_stems() {
        let ends = chinese("甲方");
        assert!(phrases().any(|(stems, end)| stems == ["parti", "a"] && ends.contains(&end)));
    }
}
