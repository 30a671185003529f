//! Words and their opposites in Chinese and English.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::lexicon;

/// On each line the Chinese and the English words for one end of a scale, then those for the other end. English words
/// stand for all words of their stem, but `=positive` for that form only, which shares its stem with "position";
/// `go_up` is two words.
static LIST: &str = include_str!("opposites.tsv");

/// A scale and the end of it where a word stands.
pub(crate) type End = (usize, bool);

/// For each word, its ends: most have one.
type Ends = FxHashMap<String, SmallVec<[End; 1]>>;

static COMMON: LazyLock<Scales> = LazyLock::new(|| Scales::read(LIST));

/// Scales with the Chinese and the English words at their ends.
#[derive(Default)]
pub(crate) struct Scales {
    chinese: Ends,
    stems: Ends,
    forms: Ends,
    phrases: Vec<(Vec<String>, End)>,
    /// Which of the phrases begin with a stem.
    by_first: FxHashMap<String, Vec<usize>>,
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
                let stems: Vec<String> = word.split('_').map(lexicon::stem).collect();
                self.by_first.entry(stems[0].clone()).or_default().push(self.phrases.len());
                self.phrases.push((stems, end));
            }
            None => add(&mut self.stems, lexicon::stem(word), end),
        }
    }

    /// The scales that a simplified Chinese word is on, each with the end it stands at.
    pub(crate) fn chinese(&self, word: &str) -> &[End] {
        self.chinese.get(word).map_or(&[], SmallVec::as_slice)
    }

    /// The same for an English word in any of its forms.
    pub(crate) fn english(&self, word: &str) -> impl Iterator<Item = End> + use<'_> {
        self.english_of(&lexicon::stem(word), &lexicon::fold(word))
    }

    /// The same by the stem of the word and the word as [`lexicon::fold`] writes it.
    fn english_of(&self, stem: &str, form: &str) -> impl Iterator<Item = End> + use<'_> {
        [self.stems.get(stem), self.forms.get(form)].into_iter().flatten().flatten().copied()
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

/// The same for an English word, by its stem and as [`lexicon::fold`] writes it.
pub(crate) fn english(stem: &str, form: &str) -> impl Iterator<Item = End> + use<> {
    COMMON.english_of(stem, form)
}

/// What takes more than one English word, among words given by their stems: which words, with the scale and the end
/// they stand at, in the order of the list.
pub(crate) fn phrases(stems: &[impl AsRef<str>]) -> Vec<(Range<usize>, End)> {
    let starts_with = |at: usize, phrase: &[String]| {
        let here = stems[at..].get(..phrase.len());
        here.is_some_and(|here| here.iter().zip(phrase).all(|(stem, of_phrase)| stem.as_ref() == of_phrase))
    };
    let of_place = |at: usize| {
        let begun = COMMON.by_first.get(stems[at].as_ref()).into_iter().flatten();
        begun.filter(move |&&nth| starts_with(at, &COMMON.phrases[nth].0)).map(move |&nth| (nth, at))
    };
    let mut found: Vec<(usize, usize)> = (0..stems.len()).flat_map(of_place).collect();
    found.sort_unstable();
    let named = |(nth, at): (usize, usize)| {
        let (phrase, end) = &COMMON.phrases[nth];
        (at..at + phrase.len(), *end)
    };
    found.into_iter().map(named).collect()
}

/// The words of one language at an end, as the list has them, but for phrases.
pub(crate) fn words(end: End, chinese: bool) -> Vec<&'static str> {
    let column = 2 * usize::from(end.1) + usize::from(!chinese);
    let cell = LIST.lines().nth(end.0).and_then(|line| line.split('\t').nth(column)).unwrap_or("");
    cell.split(' ').filter(|word| !word.contains('_')).map(|word| word.trim_start_matches('=')).collect()
}

/// The endings that English words are inflected by, with what stands in their place before.
const ENDINGS: [(&str, &str); 16] = [
    ("", ""),
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("er", ""),
    ("er", "e"),
    ("ier", "y"),
    ("est", ""),
    ("est", "e"),
    ("ly", ""),
    ("ily", "y"),
];

/// Whether an English word, as [`lexicon::fold`] writes it, is a form of a word of the list, and not merely of the same
/// stem as one: expenses are not expensive.
pub(crate) fn is_form(word: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        let cells = LIST.lines().flat_map(|line| line.split('\t').skip(1).step_by(2));
        cells.flat_map(|cell| cell.split(' ')).map(|word| word.trim_start_matches('=')).collect()
    });
    ENDINGS.iter().any(|(ending, before)| {
        word.strip_suffix(ending).is_some_and(|rest| {
            let single = || {
                let (last, two) = (rest.len().checked_sub(1)?, rest.as_bytes());
                (last > 1 && two[last] == two[last - 1]).then(|| rest.get(..last))?
            };
            WORDS.contains(&*format!("{rest}{before}"))
                || !ending.is_empty() && single().is_some_and(|rest| WORDS.contains(rest))
        })
    })
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
        let phrases = COMMON.phrases.iter().fold(Ends::default(), |mut all, (stems, end)| {
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
            chinese(zh).iter().any(|&(scale, end)| COMMON.english(en).any(|other| other == (scale, !end)))
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
    fn phrases_are_found_by_stems() {
        let ends = chinese("甲方");
        let found = phrases(&["the", "parti", "a", "and", "parti"]);
        assert!(found.iter().any(|(range, end)| *range == (1..3) && ends.contains(end)), "{found:?}");
    }
}
