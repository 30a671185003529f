//! Words and their opposites in Chinese and English.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::lexicon;
use crate::text::script::is_han;

/// On each line the Chinese and the English words for one end of a scale, then those for the other end.
static LIST: &str = include_str!("antonyms.tsv");

/// For each word, the scales it is on and the end of each it stands at.
type Ends = BTreeMap<String, Vec<(usize, bool)>>;

static COMMON: LazyLock<Scales> = LazyLock::new(|| Scales::read(LIST));

/// Scales with Chinese words and the stems of English words at their ends.
pub(crate) struct Scales {
    chinese: Ends,
    english: Ends,
}

impl Scales {
    /// Reads a list that is written as [`LIST`] is.
    pub(crate) fn read(list: &str) -> Scales {
        Scales { chinese: read(list, 0, |word| word.to_owned()), english: read(list, 1, lexicon::stem) }
    }

    /// The scales that a simplified Chinese word or an English stem is on, each with the end it stands at.
    pub(crate) fn ends(&self, word: &str) -> &[(usize, bool)] {
        let ends = if word.starts_with(is_han) { &self.chinese } else { &self.english };
        ends.get(word).map_or(&[], Vec::as_slice)
    }
}

fn read(list: &str, column: usize, key: impl Fn(&str) -> String) -> Ends {
    let mut ends = Ends::new();
    for (scale, line) in list.lines().enumerate() {
        for (at, words) in line.split('\t').enumerate().filter(|(at, _)| at % 2 == column) {
            for word in words.split(' ').filter(|word| !word.is_empty()) {
                let of_word = ends.entry(key(word)).or_default();
                if !of_word.contains(&(scale, at > 1)) {
                    of_word.push((scale, at > 1));
                }
            }
        }
    }
    ends
}

/// The scales a simplified Chinese word is on, each with the end it stands at.
pub(crate) fn chinese(word: &str) -> &'static [(usize, bool)] {
    COMMON.chinese.get(word).map_or(&[], Vec::as_slice)
}

/// The same for the stem of an English word.
pub(crate) fn english(stem: &str) -> &'static [(usize, bool)] {
    COMMON.english.get(stem).map_or(&[], Vec::as_slice)
}
