//! Words rendered in a sense that is not meant: the bank of a river as 银行, a ticket tout as a yellow ox.
//!
//! A table says in which senses a word is used, how the other language says each, and which words stand around it when
//! one of them is meant. A word is rendered wrongly if what stands for it on the other side says one of its senses only,
//! nothing around speaks for that one, and several words speak for another; or if that sense is meant by nobody, as the
//! words of an idiom are not. Senses that are met in texts on anything (form, 形式) are never told.

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use super::pair::{Bilingual, Pair, Rendering, Word};
use crate::lexicon;
use crate::text::Span;
use crate::words::words;

/// A word and what renders it in a sense that is not meant.
pub(crate) struct Misread {
    /// The Chinese word, and the English one.
    pub(crate) zh: Span,
    pub(crate) en: Span,
    /// Whether it is the Chinese word that has several senses.
    pub(crate) chinese: bool,
    /// How the sense that is meant is said, commonest first; none where it is only known which one is not.
    pub(crate) meant: Vec<String>,
    /// How sure it is, from 0 to 1.
    pub(crate) confidence: f64,
}

/// The rows of all tables: see there what the columns hold.
const TABLES: [&str; 5] = [
    include_str!("senses/chinese.tsv"),
    include_str!("senses/chinese-idioms.tsv"),
    include_str!("senses/english-everyday.tsv"),
    include_str!("senses/english-idioms.tsv"),
    include_str!("senses/english-professional.tsv"),
];

struct Senses {
    /// What is said of a Chinese expression.
    chinese: FxHashMap<&'static str, Entry>,
    /// English expressions by their first stems.
    english: FxHashMap<String, Vec<English>>,
    /// How many characters the longest Chinese expression has.
    longest: usize,
}

/// An English expression and what is said of it.
struct English {
    word: &'static str,
    /// Its words after the first.
    rest: Option<&'static str>,
    entry: Entry,
}

static SENSES: LazyLock<Senses> = LazyLock::new(|| {
    let mut senses = Senses { chinese: FxHashMap::default(), english: FxHashMap::default(), longest: 0 };
    for row in TABLES.iter().flat_map(|table| table.lines()).filter(|row| !row.starts_with('#')) {
        for word in column(row, 0).split(' ') {
            if is_chinese(word) {
                senses.chinese.entry(word).or_default().rows.push(row);
                senses.longest = senses.longest.max(word.chars().count());
                continue;
            }
            let (first, rest) =
                word.split_once('_').map_or((word, None), |(first, rest)| (first, Some(rest)));
            let begun = senses.english.entry(lexicon::stem(first)).or_default();
            // what several tables say of a word stands together
            match begun.iter_mut().find(|known| known.word == word) {
                Some(known) => known.entry.rows.push(row),
                None => begun.push(English {
                    word,
                    rest,
                    entry: Entry { rows: smallvec![row], ..Entry::default() },
                }),
            }
        }
    }
    senses.english.values_mut().for_each(|begun| begun.sort_by_key(|english| english.word));
    senses
});

fn column(row: &'static str, at: usize) -> &'static str {
    row.split('\t').nth(at).unwrap_or_default()
}

/// Whether an expression is Chinese: T台 is.
fn is_chinese(expression: &str) -> bool {
    expression.contains(lexicon::is_han)
}

/// What the tables say of an expression.
#[derive(Default)]
struct Entry {
    rows: SmallVec<[&'static str; 2]>,
    /// See [`Entry::senses`]: most are never asked for.
    senses: OnceLock<Vec<Sense>>,
}

/// A sense of a word.
struct Sense {
    renderings: Vec<Expression>,
    /// None where nobody means it.
    cues: Option<Vec<Expression>>,
    /// Whether it is met in texts on anything, so that it is not known to be wrong where nothing speaks for it.
    general: bool,
}

/// The cue that says so.
const GENERAL: &str = "*";

impl Entry {
    /// Its senses. What several rows say of one sense, since they share a rendering, is said together.
    fn senses(&self) -> &[Sense] {
        self.senses.get_or_init(|| {
            let mut senses: Vec<Sense> = Vec::new();
            for row in &self.rows {
                let renderings: Vec<Expression> = column(row, 1).split(' ').map(Expression::new).collect();
                let cues = Some(column(row, 2)).filter(|cues| *cues != "-");
                let general = cues.is_some_and(|cues| cues.starts_with(GENERAL));
                let cues = cues.map(|cues| cues.split(' ').filter(|cue| *cue != GENERAL));
                let cues: Option<Vec<Expression>> = cues.map(|cues| cues.map(Expression::new).collect());
                let known = |one: &Expression| renderings.iter().any(|other| one.written == other.written);
                match senses.iter_mut().find(|sense| sense.renderings.iter().any(known)) {
                    Some(sense) => {
                        sense.renderings.extend(renderings);
                        sense.general |= general;
                        if let (Some(known), Some(cues)) = (&mut sense.cues, cues) {
                            known.extend(cues);
                        }
                    }
                    None => senses.push(Sense { renderings, cues, general }),
                }
            }
            senses
        })
    }
}

/// An expression that is looked for in a text.
struct Expression {
    /// As it stands in the table.
    written: &'static str,
    chinese: bool,
    sought: Sought,
}

/// How it is looked for.
enum Sought {
    Chinese,
    /// By its stems.
    English(Vec<String>),
    /// `one+other`: all words between the first of these and the last.
    Between(Vec<Expression>),
}

impl Expression {
    fn new(written: &'static str) -> Expression {
        let chinese = is_chinese(written);
        let sought = match chinese {
            _ if written.contains('+') => Sought::Between(written.split('+').map(Expression::new).collect()),
            true => Sought::Chinese,
            false => Sought::English(stems(written)),
        };
        Expression { written, chinese, sought }
    }
}

/// The stems of an English expression.
fn stems(expression: &str) -> Vec<String> {
    expression.split('_').map(lexicon::stem).collect()
}

/// Linked sentences, as expressions of both languages are looked for in them.
struct Text<'p, 'a> {
    zh: &'p [Word<'a>],
    en: &'p [Word<'a>],
    /// What the Chinese words say without a gap.
    joined: String,
    stems: Vec<Cow<'p, str>>,
}

/// Which words, first and past the last.
type Run = std::ops::Range<usize>;

impl Text<'_, '_> {
    /// Where an expression stands, in words of its language: all of its words in a row.
    fn find(&self, expression: &Expression) -> Option<Run> {
        match &expression.sought {
            Sought::Between(parts) => {
                let parts: Option<Vec<Run>> = parts.iter().map(|part| self.find(part)).collect();
                let parts = parts?;
                Some(parts.iter().map(|run| run.start).min()?..parts.iter().map(|run| run.end).max()?)
            }
            Sought::Chinese => self.find_chinese(expression.written),
            Sought::English(parts) => (0..self.en.len()).find_map(|at| self.english_at(parts, at)),
        }
    }

    /// A Chinese expression of two characters and more may be part of a word; of one it ends it.
    fn find_chinese(&self, expression: &str) -> Option<Run> {
        // most stand nowhere
        if !self.joined.contains(expression) {
            return None;
        }
        let alone = expression.chars().nth(1).is_none();
        (0..self.zh.len()).find_map(|at| {
            let word = &*self.zh[at].text;
            if if alone { word.ends_with(expression) } else { word.contains(expression) } {
                return Some(at..at + 1);
            }
            self.chinese_at(expression, at)
        })
    }

    /// A Chinese expression that is made of whole words from one on.
    fn chinese_at(&self, expression: &str, at: usize) -> Option<Run> {
        let mut rest = expression;
        for (next, word) in self.zh.iter().enumerate().skip(at) {
            rest = rest.strip_prefix(&*word.text)?;
            if rest.is_empty() {
                return Some(at..next + 1);
            }
        }
        None
    }

    /// An English expression, by its stems, from one word on.
    fn english_at(&self, parts: &[String], at: usize) -> Option<Run> {
        let here = self.stems.get(at..at + parts.len())?;
        here.iter().zip(parts).all(|(stem, part)| stem == part).then_some(at..at + parts.len())
    }

    /// How many of some cues stand around, in either language.
    fn count(&self, cues: &[Expression], word: &Run, chinese: bool) -> [usize; 2] {
        let [mut zh, mut en] = [0, 0];
        for cue in cues {
            let apart = |run: &Run| cue.chinese != chinese || run.end <= word.start || word.end <= run.start;
            if self.find(cue).is_some_and(|run| apart(&run)) {
                *if cue.chinese { &mut zh } else { &mut en } += 1;
            }
        }
        [zh, en]
    }
}

/// Links less sure than this may join what does not belong together.
const SOLID: f64 = 0.55;
/// What is linked with another word this surely renders that one.
const RENDERS: f32 = 0.3;
/// So many words around must speak for the sense that is meant. Of 1,144 right passages made to look wrong 14 had one word
/// that spoke for another sense, and one had two; of 74 words in a wrong sense 3 and 9.
const CUES: usize = 2;
/// How sure it is that a word is misread: where others speak for another sense, on one side or on both, and where nobody
/// means what is said.
const ON_ONE_SIDE: f64 = 0.7;
const ON_BOTH_SIDES: f64 = 0.85;
const NEVER: f64 = 0.9;

/// All misread words of a bitext, in the order of its links.
pub(crate) fn all(bitext: &Bilingual) -> Vec<Misread> {
    bitext.translations(SOLID).flat_map(|pair| of_pair(bitext, &pair)).collect()
}

fn of_pair(bitext: &Bilingual, pair: &Pair) -> Vec<Misread> {
    let joined = pair.zh.iter().map(|word| word.text.as_str()).collect();
    let text = Text { zh: &pair.zh, en: &pair.en, joined, stems: pair.en.iter().map(Word::stem).collect() };
    let mut found = Vec::new();
    for at in 0..pair.en.len() {
        for english in SENSES.english.get(&*text.stems[at]).into_iter().flatten() {
            // longer ones are not looked at where their second word is another
            let next = pair.en.get(at + 1).map_or("", |next| &next.text);
            if english.rest.is_some_and(|rest| !next.starts_with(rest.get(..1).unwrap_or_default())) {
                continue;
            }
            let rest = english.rest.map_or_else(Vec::new, stems);
            let Some(run) = text.english_at(&rest, at + 1) else { continue };
            found.extend(misread(bitext, pair, &text, at..run.end, &english.entry, false));
        }
    }
    let mut written = String::new();
    for at in 0..pair.zh.len() {
        written.clear();
        let mut length = 0;
        for (next, word) in pair.zh.iter().enumerate().skip(at) {
            written.push_str(&word.text);
            length += word.text.chars().count();
            if length > SENSES.longest {
                break;
            }
            if let Some(entry) = SENSES.chinese.get(&*written) {
                found.extend(misread(bitext, pair, &text, at..next + 1, entry, true));
            }
        }
    }
    found
}

/// Whether an expression is rendered in a sense that is not meant.
fn misread(
    bitext: &Bilingual,
    pair: &Pair,
    text: &Text,
    word: Run,
    entry: &Entry,
    chinese: bool,
) -> Option<Misread> {
    let senses = entry.senses();
    let said = |sense: &Sense| sense.renderings.iter().find_map(|rendering| text.find(rendering));
    let narrow = senses.iter().enumerate().filter(|(_, sense)| !sense.general);
    let (at, run) = narrow.into_iter().find_map(|(at, sense)| Some((at, said(sense)?)))?;
    let others = senses.iter().enumerate().filter(|(other, _)| *other != at);
    if others.into_iter().any(|(_, sense)| said(sense).is_some())
        || renders_another(bitext, pair, &word, &run, chinese)
    {
        return None;
    }
    let count = |cues: &[Expression]| text.count(cues, &word, chinese);
    let (meant, confidence) = match &senses[at].cues {
        None => (senses.iter().find(|sense| sense.cues.is_some()), NEVER),
        Some(own) if count(own) != [0, 0] => return None,
        Some(_) => {
            let cues = |sense: &Sense| sense.cues.as_deref().map_or([0, 0], count);
            let meant = senses.iter().max_by_key(|sense| cues(sense).iter().sum::<usize>())?;
            let [zh, en] = cues(meant);
            // a cue and its rendering are one
            let spoken_for = zh.max(en) >= CUES;
            if !spoken_for || !chinese && (akin(pair, &run, meant) || !is_form(pair, &word, meant)) {
                return None;
            }
            (Some(meant), if zh.min(en) > 0 { ON_BOTH_SIDES } else { ON_ONE_SIDE })
        }
    };
    let (words, others) = if chinese { (&pair.zh, &pair.en) } else { (&pair.en, &pair.zh) };
    let span = |words: &[Word], run: &Run| words[run.start].span.join(words[run.end - 1].span);
    let (own, other) = (span(words, &word), span(others, &run));
    let (zh, en) = if chinese { (own, other) } else { (other, own) };
    let plain = |rendering: &&str| !rendering.contains('+');
    let meant = meant.map_or(Vec::new(), |sense| {
        let written = sense.renderings.iter().map(|rendering| rendering.written);
        written.filter(plain).take(2).map(|rendering| rendering.replace('_', " ")).collect()
    });
    Some(Misread { zh, en, chinese, meant, confidence })
}

/// Whether what is said shares a character with what would be: 影星 for 明星 is another word for the same.
fn akin(pair: &Pair, said: &Run, meant: &Sense) -> bool {
    let said: String = pair.zh[said.clone()].iter().map(|word| word.text.as_str()).collect();
    meant
        .renderings
        .iter()
        .flat_map(|rendering| rendering.written.chars())
        .any(|c| lexicon::is_han(c) && said.contains(c))
}

/// Whether an English word has a form in which it may be meant so: what is inflected as a verb is one, and what stands
/// between a determiner or the beginning of a clause and "is" or "are" is none.
fn is_form(pair: &Pair, word: &Run, meant: &Sense) -> bool {
    let [_] = &pair.en[word.clone()] else { return true };
    let at = word.start;
    let before = at.checked_sub(1).map(|before| &pair.en[before]);
    let next = pair.en.get(at + 1).is_some_and(|next| words!("be", en).contains(&&*next.text));
    let word = &pair.en[at];
    let noun = match before {
        Some(before) if before.clause == word.clause => words!("determiner", en).contains(&&*before.text),
        _ => next,
    };
    let inflected = word.text.ends_with("ed") || word.text.ends_with("ing");
    let is = |pos: lexicon::Pos| {
        let of = move |rendering: &Expression| {
            lexicon::words(rendering.written).iter().any(|word| word.pos == pos)
        };
        meant.renderings.iter().take(3).any(of)
    };
    (!inflected || is(lexicon::Pos::Verb)) && (!noun || is(lexicon::Pos::Noun) || !is(lexicon::Pos::Verb))
}

/// Whether what is said renders another word than this one.
fn renders_another(bitext: &Bilingual, pair: &Pair, word: &Run, said: &Run, chinese: bool) -> bool {
    bitext.renderings(pair).iter().any(|&Rendering { zh, en, score }| {
        let (own, other) = if chinese { (zh, en) } else { (en, zh) };
        score >= RENDERS && said.contains(&other) && !word.contains(&own)
    })
}

#[cfg(test)]
mod tests {
    use super::{Entry, SENSES, TABLES, column, is_chinese, stems};

    #[test]
    fn rows_are_whole_and_their_words_findable() {
        for row in TABLES.iter().flat_map(|table| table.lines()).filter(|row| !row.starts_with('#')) {
            assert_eq!(row.split('\t').count(), 4, "{row}");
            let chinese = is_chinese(column(row, 0));
            for rendering in column(row, 1).split(' ') {
                let own = is_chinese(rendering);
                assert!(!rendering.is_empty() && (own != chinese), "{row}: {rendering}");
            }
            for word in column(row, 0).split(' ') {
                let english = |word: &str| {
                    let begun = &SENSES.english[&stems(word)[0]];
                    begun.iter().find(|known| known.word == word).map(|known| &known.entry)
                };
                let entry: &Entry = if chinese { &SENSES.chinese[word] } else { english(word).unwrap() };
                let (rows, senses) = (&entry.rows, entry.senses());
                let never = senses.iter().filter(|sense| sense.cues.is_none()).count();
                assert!(never > 0 || rows.len() > 1, "{word} has one sense only");
            }
        }
    }
}
