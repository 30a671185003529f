//! Marks: expressions that change what a statement says without naming a thing, such as 不得, at least, unless.
//!
//! Each class of marks is a table, `marks/NAME.tsv`, with a row an expression: language, pattern, values, flags. Of a
//! pattern that could mean several things all values are named. Lines that begin with `!` say which values contradict
//! which: a value, the values it contradicts, how grave that is. An expression with the value `-` is none; it is there
//! so that nothing inside of it is taken for a mark (目前 holds no 前). The longest expression that fits counts.
//!
//! In patterns `…` stands for a few words, in Chinese `‥` for a few of one clause. In English `word~` is any form of a word, `#` a number, `@ing`, `@pp` and
//! `@vb` a participle and any verb; in Chinese a leading `-` is a word that ends so: 饭后.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::pair::{Bilingual, Pair, Word};
use crate::align::tokens::TokenKind;
use crate::lexicon;
use crate::text::script::is_han;
use crate::text::{Side, Span};
use crate::words::words;

/// What marks of a kind say something about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// What must, may or need not be.
    Modality,
    /// Of how much a statement holds.
    Scope,
    /// Whether something has happened or is to come.
    Time,
    /// What ties two statements.
    Condition,
    /// What comes before what.
    Order,
    /// Whether an amount is the least or the most.
    Bound,
}

/// The tables, with the side of a mark on which what it governs stands unless a row says otherwise.
const TABLES: [(Class, Reach, &str); 6] = [
    (Class::Modality, Reach::After, include_str!("marks/modality.tsv")),
    (Class::Scope, Reach::Around, include_str!("marks/scope.tsv")),
    (Class::Time, Reach::After, include_str!("marks/time.tsv")),
    (Class::Condition, Reach::After, include_str!("marks/condition.tsv")),
    (Class::Order, Reach::After, include_str!("marks/order.tsv")),
    (Class::Bound, Reach::After, include_str!("marks/bound.tsv")),
];

/// Where what a mark governs stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Behind it: must *do*, 不得*做*.
    After,
    /// Before it: *十五人*以上, *饭*后.
    Before,
    /// On both sides of it: *各省*均*公布*.
    Around,
}

/// A set of values of one class, a bit each.
pub(crate) type Values = u32;

/// A row of a table.
#[derive(Debug)]
struct Row {
    parts: Vec<Part>,
    values: Values,
    reach: Reach,
    weak: bool,
    soft: bool,
    second: bool,
    before_verb: bool,
    /// How much it covers, in characters of Chinese or in words of English.
    size: usize,
}

impl Row {
    /// How many words it is, where it says each of them as it stands.
    fn words(&self) -> Option<usize> {
        self.parts.iter().all(|part| matches!(part, Part::Text(_))).then_some(self.parts.len())
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    /// A run of Chinese characters, or an English word as it stands.
    Text(String),
    /// Any form of an English word, by its stem.
    Stem(String),
    /// The end of a longer Chinese word.
    End(String),
    /// A number.
    Number,
    /// An English word that ends in -ing; a past participle; any word that says something.
    Ing,
    Participle,
    Verb,
    /// A few words.
    Gap,
    /// A few words of one clause: 所有文件都复制，不保留目录 denies nothing of all files.
    Near,
}

/// A table as it is used.
pub(crate) struct Table {
    class: Class,
    names: Vec<&'static str>,
    /// The values that a value contradicts, and those that it does so gravely.
    against: Vec<(Values, Values)>,
    /// The rows by the first character, longest first.
    chinese: FxHashMap<char, Vec<Row>>,
    /// The rows by what the longer word ends in.
    ends: Vec<Row>,
    /// The rows by the first English word as it stands.
    english: FxHashMap<String, Vec<Row>>,
    /// The rows by the stem of the first English word, which is met in any of its forms.
    stems: FxHashMap<String, Vec<Row>>,
}

/// Past participles that do not end in -ed.
pub(super) static PARTICIPLES: LazyLock<std::collections::BTreeSet<&str>> =
    LazyLock::new(|| include_str!("marks/participles.txt").lines().collect());

static ALL: LazyLock<Vec<Table>> =
    LazyLock::new(|| TABLES.iter().map(|&(class, reach, text)| Table::read(class, reach, text)).collect());

/// All tables.
pub(crate) fn tables() -> &'static [Table] {
    &ALL
}

impl Table {
    fn read(class: Class, reach: Reach, text: &'static str) -> Table {
        let mut table = Table {
            class,
            names: Vec::new(),
            against: Vec::new(),
            chinese: FxHashMap::default(),
            ends: Vec::new(),
            english: FxHashMap::default(),
            stems: FxHashMap::default(),
        };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&'static str> = line.split('\t').collect();
            if let Some(value) = line.strip_prefix("! ") {
                let mut fields = value.split('\t');
                let (Some(one), Some(others), Some(severity)) = (fields.next(), fields.next(), fields.next())
                else {
                    continue;
                };
                let one = table.value(one);
                let others = table.values(others, ' ');
                table.contradict(one, others, severity == "major");
                continue;
            }
            let [language, pattern, values, flags, ..] = fields[..] else { continue };
            let values = if values == "-" { 0 } else { table.values(values, '|') };
            let has = |flag: &str| !flags.is_empty() && flags.split(',').any(|other| other == flag);
            let row = Row {
                parts: parts(pattern, language == "zh"),
                values,
                reach: match () {
                    () if has("prev") => Reach::Before,
                    () if has("next") => Reach::After,
                    () if has("around") => Reach::Around,
                    () => reach,
                },
                weak: has("weak"),
                soft: has("soft"),
                second: has("second"),
                before_verb: has("verb"),
                size: if language == "zh" { pattern.chars().count() } else { pattern.split(' ').count() },
            };
            table.add(row, language == "zh");
        }
        let longest_first = |rows: &mut Vec<Row>| rows.sort_by_key(|row| std::cmp::Reverse(row.size));
        let english = table.english.values_mut().chain(table.stems.values_mut());
        table.chinese.values_mut().chain(english).for_each(longest_first);
        table
    }

    /// An expression that is listed twice may mean either.
    fn add(&mut self, row: Row, chinese: bool) {
        let rows = match row.parts.first() {
            Some(Part::Text(text)) if chinese => {
                text.chars().next().and_then(|first| self.chinese.get_mut(&first))
            }
            Some(Part::Text(text)) => self.english.get_mut(text),
            _ => None,
        };
        let twin = rows.and_then(|rows| {
            rows.iter_mut().find(|other| {
                other.parts == row.parts && other.reach == row.reach && other.values != 0 && row.values != 0
            })
        });
        if let Some(twin) = twin {
            twin.values |= row.values;
            twin.weak |= row.weak;
            twin.soft |= row.soft;
            return;
        }
        match row.parts.first() {
            Some(Part::Text(text)) if chinese => {
                if let Some(first) = text.chars().next() {
                    self.chinese.entry(first).or_default().push(row);
                }
            }
            Some(Part::End(_)) => self.ends.push(row),
            Some(Part::Text(text)) => self.english.entry(text.clone()).or_default().push(row),
            Some(Part::Stem(stem)) => self.stems.entry(stem.clone()).or_default().push(row),
            _ => {}
        }
    }

    fn value(&mut self, name: &'static str) -> usize {
        self.names.iter().position(|other| *other == name).unwrap_or_else(|| {
            self.names.push(name);
            self.against.push((0, 0));
            self.names.len() - 1
        })
    }

    fn values(&mut self, names: &'static str, separator: char) -> Values {
        names.split(separator).map(|name| 1 << self.value(name)).fold(0, |all, one: Values| all | one)
    }

    /// One way is enough: what contradicts is contradicted.
    fn contradict(&mut self, one: usize, others: Values, grave: bool) {
        for other in (0..Values::BITS as usize).filter(|other| others >> other & 1 == 1) {
            for (from, to) in [(one, other), (other, one)] {
                self.against[from].0 |= 1 << to;
                self.against[from].1 |= if grave { 1 << to } else { 0 };
            }
        }
    }

    /// Whether whatever the one may mean contradicts whatever the other may mean, and if so whether gravely.
    pub(crate) fn contradicts(&self, one: Values, other: Values) -> Option<bool> {
        let of = |values: Values| (0..self.names.len()).filter(move |value| values >> value & 1 == 1);
        let every = one != 0
            && other != 0
            && of(one).all(|value| of(other).all(|against| self.against[value].0 >> against & 1 == 1));
        every.then(|| of(one).all(|value| of(other).all(|against| self.against[value].1 >> against & 1 == 1)))
    }

    /// Whether the two may mean the same.
    pub(crate) fn agree(one: Values, other: Values) -> bool {
        one & other != 0
    }

    /// The set of one value.
    pub(crate) fn set(&self, name: &str) -> Values {
        self.names.iter().position(|other| *other == name).map_or(0, |value| 1 << value)
    }

    /// The names of some values, parted by bars.
    pub(crate) fn names(&self, values: Values) -> String {
        let named = self.names.iter().enumerate().filter(|(value, _)| values >> value & 1 == 1);
        named.map(|(_, name)| *name).collect::<Vec<_>>().join("|")
    }

    /// What it is a table of.
    pub(crate) fn class(&self) -> Class {
        self.class
    }
}

fn parts(pattern: &str, chinese: bool) -> Vec<Part> {
    if chinese {
        if let Some(end) = pattern.strip_prefix('-') {
            return vec![Part::End(end.to_owned())];
        }
        let mut parts = Vec::new();
        for stretch in pattern.split_inclusive(['…', '‥']) {
            let text = stretch.trim_end_matches(['…', '‥']);
            if !text.is_empty() {
                parts.push(Part::Text(text.to_owned()));
            }
            match stretch.chars().next_back() {
                Some('…') => parts.push(Part::Gap),
                Some('‥') => parts.push(Part::Near),
                _ => {}
            }
        }
        return parts;
    }
    let part = |word: &str| match word {
        "…" => Part::Gap,
        "#" => Part::Number,
        "@ing" => Part::Ing,
        "@pp" => Part::Participle,
        "@vb" => Part::Verb,
        _ => match word.strip_suffix('~') {
            Some(word) => Part::Stem(lexicon::stem(word)),
            None => Part::Text(word.to_owned()),
        },
    };
    pattern.split(' ').map(part).collect()
}

/// A mark where it stands in linked sentences.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    /// What it may mean.
    pub(crate) values: Values,
    /// The words it is made of, by their places in the pair.
    pub(crate) words: Range<usize>,
    /// Where these stand.
    pub(crate) span: Span,
    /// Where what it governs stands.
    pub(crate) reach: Reach,
    /// Whether a denial is part of its word: 不少于.
    pub(crate) denied: bool,
    /// Whether it is said so loosely that nothing grave follows from it.
    pub(crate) soft: bool,
    /// Whether it only goes on with a mark before it, where there is one: 所有…都, 只有…方可.
    pub(crate) second: bool,
    /// Whether it is too weak to contradict anything: it accounts for a mark of the other side, no more.
    pub(crate) weak: bool,
}

/// The table of a class.
pub(crate) fn table(class: Class) -> Option<&'static Table> {
    tables().iter().find(|table| table.class == class)
}

/// The marks of one class in the Chinese or the English words of a pair, in the order of the text.
pub(crate) fn read(table: &Table, bitext: &Bilingual, pair: &Pair, side: Side) -> Vec<Mark> {
    match side == bitext.en {
        true => english(table, pair),
        false => chinese(table, bitext, pair, &letters(bitext, pair)),
    }
}

/// The marks of one class in the Chinese words of a pair, whose `letters` those are, in the order of the text.
pub(crate) fn chinese(table: &Table, bitext: &Bilingual, pair: &Pair, letters: &[Letter]) -> Vec<Mark> {
    let mut marks = all_chinese(table, bitext, pair, letters);
    let clause = |at: usize| pair.zh[at].clause;
    let firsts = marks.iter().filter(|mark| !mark.weak && !mark.second).map(|mark| mark.words.start);
    let firsts: Vec<usize> = firsts.collect();
    marks.retain(|mark| {
        let at = mark.words.start;
        let goes_on = |&first: &usize| first < at && clause(at) <= clause(first) + 1;
        !mark.second || !firsts.iter().any(goes_on)
    });
    marks
}

/// A character of the Chinese words with the word it is in; between words, what parts them.
pub(crate) struct Letter {
    c: char,
    /// `None` between words.
    word: Option<usize>,
    starts: bool,
    ends: bool,
}

/// Marks that no mark reaches across.
const HARD: &[char] = &['。', '；', '！', '？', ';', '!', '?', '\n', '|'];
/// How many characters the gap of a Chinese pattern may have.
const CHARACTERS: usize = 26;
/// How many words that of an English one.
const WORDS: usize = 6;

/// The characters of the Chinese words of a pair.
pub(crate) fn letters(bitext: &Bilingual, pair: &Pair) -> Vec<Letter> {
    let mut letters = Vec::new();
    for (at, word) in pair.zh.iter().enumerate() {
        if at > 0 {
            let gap = Span::new(pair.zh[at - 1].span.end, word.span.start);
            let gap = bitext.text(bitext.zh, gap);
            if !gap.trim().is_empty() {
                let c = if gap.contains(HARD) { '。' } else { '，' };
                letters.push(Letter { c, word: None, starts: false, ends: false });
            }
        }
        let size = word.text.chars().count();
        letters.extend(word.text.chars().enumerate().map(|(nth, c)| Letter {
            c,
            word: Some(at),
            starts: nth == 0,
            ends: nth + 1 == size,
        }));
    }
    letters
}

fn all_chinese(table: &Table, bitext: &Bilingual, pair: &Pair, letters: &[Letter]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let Some(word) = letters[at].word else {
            at += 1;
            continue;
        };
        let rows = table.chinese.get(&letters[at].c).map_or(&[][..], Vec::as_slice);
        let fits = |row: &&Row| {
            fit(table, letters, at, row)
                .filter(|end| {
                    !row.before_verb
                        || bitext.verb_follows(pair, letters[*end].word.map_or(word, |last| last))
                })
                .is_some()
        };
        let Some(row) = rows.iter().find(fits) else {
            let ends = |row: &&Row| {
                letters[at].starts
                    && matches!(&row.parts[..], [Part::End(end)] if pair.zh[word].text.ends_with(&**end)
                        && pair.zh[word].text.len() > end.len()
                        && !shields(table, &pair.zh[word].text))
            };
            if let Some(row) = table.ends.iter().find(ends) {
                marks.push(mark(row, &pair.zh, word..word + 1));
            }
            at += 1;
            continue;
        };
        // the first run of characters is what stands there; what follows its gap is looked at on its own
        let size = match row.parts.first() {
            Some(Part::Text(text)) => text.chars().count(),
            _ => 1,
        };
        let last = letters[at + size - 1].word.unwrap_or(word);
        if row.values != 0 {
            let denied = is_inner(table, letters, at);
            marks.push(Mark { denied, ..mark(row, &pair.zh, word..last + 1) });
        }
        at += size;
    }
    marks
}

/// Whether a bound begins inside of a word, behind a denial: 不少于.
fn is_inner(table: &Table, letters: &[Letter], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &letters[before]);
    table.class == Class::Bound
        && before.is_some_and(|letter| {
            letter.starts && letter.word == letters[at].word && "不未没".contains(letter.c)
        })
}

/// Whether a character by itself is a mark of any class.
fn is_mark(c: char) -> bool {
    let one = |row: &Row| matches!(&row.parts[..], [Part::Text(text)] if text.chars().count() == 1);
    tables().iter().any(|table| {
        table.chinese.get(&c).is_some_and(|rows| rows.iter().any(|row| row.values != 0 && one(row)))
    })
}

/// Whether a whole word is listed as no mark.
fn shields(table: &Table, word: &str) -> bool {
    let rows = word.chars().next().and_then(|first| table.chinese.get(&first));
    rows.is_some_and(|rows| {
        rows.iter().any(|row| row.values == 0 && row.parts == [Part::Text(word.to_owned())])
    })
}

/// The place of the last letter of the first run of characters of a row that fits at a place.
fn fit(table: &Table, letters: &[Letter], at: usize, row: &Row) -> Option<usize> {
    let mut place = at;
    // what ends the gap that is open
    let mut gap: Option<&[char]> = None;
    let mut first = None;
    for part in &row.parts {
        match part {
            Part::Text(text) => {
                let here = |place: usize| {
                    let mut end = place;
                    for c in text.chars() {
                        letters.get(end).filter(|letter| letter.word.is_some() && letter.c == c)?;
                        end += 1;
                    }
                    let (size, run) = (end - place, &letters[place..end]);
                    // what is short must be made of whole words
                    let starts = run[0].starts || place == at && is_inner(table, letters, at);
                    let whole = starts && run[size - 1].ends;
                    let cut = if table.class == Class::Condition { 1 } else { 2 };
                    let loose = size > cut && run[0].starts
                        // two marks in one word: 拟将, 均已
                        || size == 1 && run[0].starts && letters.get(end).is_some_and(|next| next.ends && is_mark(next.c));
                    (whole || loose || row.values == 0).then_some(end)
                };
                let found = if let Some(stops) = gap {
                    let end = letters.len().min(place + CHARACTERS);
                    let stop =
                        (place..end).find(|&at| stops.contains(&letters[at].c) && letters[at].word.is_none());
                    (place..stop.unwrap_or(end)).find_map(here)
                } else {
                    here(place)
                };
                place = found?;
                first.get_or_insert(place - 1);
                gap = None;
            }
            Part::Gap => gap = Some(&['。'][..]),
            Part::Near => gap = Some(&['。', '，'][..]),
            _ => return None,
        }
    }
    first
}

fn english(table: &Table, pair: &Pair) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = 0;
    while at < pair.en.len() {
        let word = &pair.en[at];
        if !matches!(word.kind, TokenKind::Word | TokenKind::Foreign) {
            at += 1;
            continue;
        }
        let exact = table.english.get(&*word.text).map_or(&[][..], Vec::as_slice);
        let by_stem = table.stems.get(&*word.stem()).map_or(&[][..], Vec::as_slice);
        let rows = exact.iter().chain(by_stem);
        let best = rows.filter_map(|row| Some((row, fit_words(&pair.en, at, row)?)));
        // of rows of the same size the one that has more of it word for word, of these the first listed
        let weight = |(row, end): (&Row, usize)| (row.size, row.words().filter(|words| at + words == end));
        let Some((row, end)) =
            best.reduce(|best, other| if weight(other) > weight(best) { other } else { best })
        else {
            at += 1;
            continue;
        };
        if row.values != 0 {
            marks.push(mark(row, &pair.en, at..end));
        }
        at = end.max(at + 1);
    }
    marks
}

/// One past the last word that a row covers from a place on, if it fits there. What it only asks to follow (a number,
/// a verb) it does not cover.
fn fit_words(words: &[Word], at: usize, row: &Row) -> Option<usize> {
    let clause = words[at].clause;
    let (mut place, mut covered) = (at, at);
    let mut gap = 0;
    for (nth, part) in row.parts.iter().enumerate() {
        if *part == Part::Gap {
            gap = WORDS;
            continue;
        }
        let mut skipped = 0;
        loop {
            let word = words.get(place).filter(|word| word.clause == clause || gap > 0)?;
            if is(word, part) {
                break;
            }
            let adverb = nth > 0 && skipped == 0 && is_adverb(&word.text);
            if skipped >= gap && !adverb {
                return None;
            }
            skipped += 1;
            place += 1;
        }
        place += 1;
        gap = 0;
        if matches!(part, Part::Text(_) | Part::Stem(_)) {
            covered = place;
        }
    }
    Some(covered)
}

fn is_adverb(word: &str) -> bool {
    word.ends_with("ly") || words!("adverb inside an expression", en).contains(&word)
}

fn is(word: &Word, part: &Part) -> bool {
    let says = || word.kind == TokenKind::Word && !word.common;
    match part {
        Part::Text(text) => word.text == *text,
        Part::Stem(stem) => word.stem() == *stem,
        Part::Number => word.kind == TokenKind::Value,
        Part::Ing => word.text.ends_with("ing") && word.text.len() > 4,
        Part::Participle => {
            word.text.len() > 4 && word.text.ends_with("ed") || PARTICIPLES.contains(&*word.text)
        }
        Part::Verb => says() || matches!(&*word.text, "be" | "have" | "do"),
        Part::End(_) | Part::Gap | Part::Near => false,
    }
}

fn mark(row: &Row, words: &[Word], range: Range<usize>) -> Mark {
    let span = words[range.start].span.join(words[range.end - 1].span);
    Mark {
        values: row.values,
        words: range,
        span,
        reach: row.reach,
        denied: false,
        soft: row.soft,
        second: row.second,
        weak: row.weak,
    }
}

/// How much the words that say something count for where a mark belongs, by their distance from it, on the side of
/// what it governs and on the other.
const NEAR: [f32; 4] = [1.0, 0.8, 0.6, 0.45];
const AWAY: [f32; 2] = [0.45, 0.3];
const AROUND: [f32; 3] = [0.9, 0.7, 0.45];
/// The same of a tie between statements, which is said of all of its clause.
const CLAUSE: [f32; 7] = [0.8, 0.8, 0.75, 0.7, 0.65, 0.6, 0.5];

/// The words of a mark's clause that show where it belongs, each with how much it counts, the surest first.
pub(crate) fn anchors(
    table: &Table,
    mark: &Mark,
    words: &[Word],
    says: impl Fn(usize) -> bool,
) -> Vec<(usize, f32)> {
    let clause = words[mark.words.start].clause;
    let last = words[mark.words.end - 1].clause;
    let after =
        || (mark.words.end..words.len()).take_while(|&at| words[at].clause == last).filter(|&at| says(at));
    let before =
        || (0..mark.words.start).rev().take_while(|&at| words[at].clause == clause).filter(|&at| says(at));
    let own = mark
        .words
        .clone()
        .filter(|&at| {
            words[at].text.starts_with(is_han)
                && mark.words.len() == 1
                && words[at].text.chars().count() > 1
                && says(at)
        })
        .map(|at| (at, 0.6));
    let mut anchors: Vec<(usize, f32)> = match mark.reach {
        // A 后 B is B before A: what stands on the other side belongs to the other statement
        Reach::After if table.class == Class::Order => after().zip(NEAR).collect(),
        Reach::Before if table.class == Class::Order => before().zip(NEAR).collect(),
        Reach::After if table.class == Class::Condition => after().zip(CLAUSE).collect(),
        Reach::After => after().zip(NEAR).chain(before().zip(AWAY)).collect(),
        Reach::Before => before().zip(NEAR).chain(after().zip(AWAY)).collect(),
        Reach::Around => after().zip(AROUND).chain(before().zip(AROUND)).collect(),
    };
    if anchors.is_empty() && mark.reach == Reach::After {
        // a mark at the end of its clause governs the next: "when prompted, if possible, …"
        let next = (mark.words.end..words.len()).filter(|&at| says(at));
        anchors = next.zip(AWAY).collect();
    }
    if mark.reach == Reach::Before {
        anchors.extend(own);
    }
    anchors
}
