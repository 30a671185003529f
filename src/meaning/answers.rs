//! English words that answer for what a Chinese one says without rendering it: a negative for a prohibition, a condition
//! for an only-if.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What is answered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Answer {
    /// 不得, 禁止: not, without, "for them alone".
    Prohibition,
    /// 只有…才: unless, provided, "it takes".
    OnlyIf,
}

/// The words that answer for one thing.
#[derive(Default)]
struct Words {
    whole: Vec<&'static str>,
    begins: Vec<&'static str>,
    ends: Vec<&'static str>,
}

static WORDS: LazyLock<BTreeMap<Answer, Words>> = LazyLock::new(|| {
    let mut all: BTreeMap<Answer, Words> = BTreeMap::new();
    for row in include_str!("answers.tsv").lines().filter(|row| !row.starts_with('#')) {
        let [answer, part, word] = row.split('\t').collect::<Vec<_>>()[..] else { continue };
        let own =
            all.entry(if answer == "only-if" { Answer::OnlyIf } else { Answer::Prohibition }).or_default();
        match part {
            "begin" => own.begins.push(word),
            "end" => own.ends.push(word),
            _ => own.whole.push(word),
        }
    }
    all
});

/// Whether an English word in lower case can answer for what is asked.
pub(crate) fn answer(answer: Answer, word: &str) -> bool {
    WORDS.get(&answer).is_some_and(|own| {
        own.whole.contains(&word)
            || own.begins.iter().any(|begin| word.starts_with(begin))
            || own.ends.iter().any(|end| word.ends_with(end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_answer_for_what_they_are_listed_with() {
        for (of, word, expected) in [
            (Answer::Prohibition, "not", true),
            (Answer::Prohibition, "prohibited", true),
            (Answer::Prohibition, "couldn't", true),
            (Answer::Prohibition, "unless", true),
            (Answer::Prohibition, "provided", false),
            (Answer::OnlyIf, "provided", true),
            (Answer::OnlyIf, "requires", true),
            (Answer::OnlyIf, "river", false),
        ] {
            assert_eq!(answer(of, word), expected, "{of:?} {word}");
        }
    }
}
