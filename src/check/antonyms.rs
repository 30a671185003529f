//! Words and their opposites in Chinese and English.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::lexicon;

/// On each line the Chinese and the English words for one end of a scale, then those for the other end.
static LIST: &str = include_str!("antonyms.tsv");

/// For each word, the scales it is on and the end of each it stands at.
type Ends = BTreeMap<String, Vec<(usize, bool)>>;

static CHINESE: LazyLock<Ends> = LazyLock::new(|| read(0, |word| word.to_owned()));
static ENGLISH: LazyLock<Ends> = LazyLock::new(|| read(1, lexicon::stem));

fn read(column: usize, key: impl Fn(&str) -> String) -> Ends {
    let mut ends = Ends::new();
    for (scale, line) in LIST.lines().enumerate() {
        for (at, words) in line.split('\t').enumerate().filter(|(at, _)| at % 2 == column) {
            for word in words.split(' ') {
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
    CHINESE.get(word).map_or(&[], Vec::as_slice)
}

/// The same for the stem of an English word.
pub(crate) fn english(stem: &str) -> &'static [(usize, bool)] {
    ENGLISH.get(stem).map_or(&[], Vec::as_slice)
}
