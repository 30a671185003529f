//! Cuts Chinese text into words: the cheapest path over the words of the lexicon, then names that it has not.

use std::ops::Range;
use std::sync::LazyLock;

use duizhao_lexicon::WORDS;
use duizhao_lexicon::layout::{COST_SCALE, Pos, WordValue};
use fst::raw::Fst;

use super::characters::{character, is_han, simplify};
use super::names::double_surname_len;

// `None` would mean a damaged build; the test `index_opens` proves that it does not happen.
static INDEX: LazyLock<Option<Fst<&[u8]>>> = LazyLock::new(|| Fst::new(WORDS).ok());

/// −ln p of a character that no word has, in steps of 1/[`COST_SCALE`] like all costs here.
const UNKNOWN: u32 = 240;
/// The cost of a run of letters or digits.
const LATIN: u32 = 100;
/// −ln p of meeting a person's name of three characters.
const PERSON: u32 = 57;
/// The same for two characters, which are far more often something else.
const SHORT_PERSON: u32 = 96;
/// The same for a surname of two characters, with the surname itself.
const DOUBLE_SURNAME: u32 = 84;
/// −ln p of meeting a foreign name written by its sound.
const TRANSCRIPTION: u32 = 84;
/// A run longer than this (in bytes) is cut in pieces of that length, so that memory stays bounded.
const LONGEST_RUN: usize = 4096;

/// A word of a text, or what lies between words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Byte offsets into the text; never empty, on char boundaries.
    pub span: Range<usize>,
    /// Its usual part of speech; [`Pos::Latin`], [`Pos::Mark`] and [`Pos::Space`] for what is not Chinese.
    pub pos: Pos,
    /// Whether the lexicon has it. Names recognised by their shape are not known, nor is anything that is not Chinese.
    pub known: bool,
}

/// The words of a text, in order. Their spans tile it: none overlap, nothing is left out.
///
/// Runs of letters and digits, runs of white space, and single marks are words of their own. The cut is the one
/// with the highest product of word probabilities; names of persons (surname and one or two characters) and foreign
/// names written by their sound are recognised by the characters they use.
pub fn words(text: &str) -> Vec<Word> {
    let normalised = simplify(text);
    let mut pieces = Vec::with_capacity(text.len() / 5);
    let mut run = Run::default();
    // where the run of characters, letters and digits that is being cut ends, and where its last character is Han
    let (mut run_end, mut last_han) = (0, None);
    let mut at = 0;
    while let Some(c) = normalised[at..].chars().next() {
        let rest = &normalised[at..];
        let class = Class::of(c);
        let mut len = match class {
            Class::Space => rest.find(|c| Class::of(c) != Class::Space).unwrap_or(rest.len()),
            Class::Mark => c.len_utf8(),
            Class::Han | Class::Latin => {
                if at >= run_end {
                    run_end = at + run_len(rest);
                    last_han = normalised[at..run_end].rfind(is_han).map(|last| at + last);
                }
                run_end - at
            }
        };
        match class {
            Class::Space => pieces.push(Piece::plain(at, at + len, Pos::Space)),
            Class::Mark => pieces.push(Piece::plain(at, at + len, Pos::Mark)),
            Class::Latin if last_han.is_none_or(|last| last < at) => {
                pieces.push(Piece::plain(at, at + len, Pos::Latin));
            }
            Class::Han | Class::Latin => {
                if len > LONGEST_RUN {
                    len = rest.floor_char_boundary(LONGEST_RUN);
                }
                run.cut(&rest[..len], at, &mut pieces);
            }
        }
        at += len;
    }
    let pieces = join_spaced_names(
        &normalised,
        join_dotted_names(&normalised, join_transcriptions(&normalised, pieces)),
    );
    pieces
        .into_iter()
        .map(|piece| Word { span: piece.start..piece.end, pos: piece.pos, known: piece.known })
        .collect()
}

/// −ln p of a word, from jieba's counts (about 60 million words); `None` when the lexicon does not have it. Words
/// that were never counted stand at about 17.5, the commonest at about 3.
pub fn cost(word: &str) -> Option<f32> {
    let found = INDEX.as_ref()?.get(simplify(word).as_bytes())?;
    Some(f32::from(WordValue::unpack(found.value()).cost) / COST_SCALE)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Han,
    Latin,
    Space,
    Mark,
}

impl Class {
    fn of(c: char) -> Class {
        if is_han(c) {
            Class::Han
        } else if c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric()) {
            Class::Latin
        } else if c.is_whitespace() {
            Class::Space
        } else {
            Class::Mark
        }
    }
}

/// A word with its cost, before names are joined.
#[derive(Debug, Clone, Copy)]
struct Piece {
    start: usize,
    end: usize,
    pos: Pos,
    known: bool,
    cost: u32,
}

impl Piece {
    fn plain(start: usize, end: usize, pos: Pos) -> Piece {
        Piece { start, end, pos, known: false, cost: 0 }
    }

    fn text<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start..self.end]
    }
}

/// The length of the run of Han characters, letters and digits that `text` begins with; a dot between two Han
/// characters does not end it.
fn run_len(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut was_han = false;
    while let Some((at, c)) = chars.next() {
        let class = Class::of(c);
        let joins = c == '·' && was_han && chars.peek().is_some_and(|&(_, next)| is_han(next));
        if !joins && !matches!(class, Class::Han | Class::Latin) {
            return at;
        }
        was_han = class == Class::Han;
    }
    text.len()
}

/// The cheapest way found so far to reach a bound of the run.
#[derive(Debug, Clone, Copy)]
struct Step {
    total: u32,
    cost: u32,
    from: u32,
    pos: Pos,
    known: bool,
}

/// The table of the path, kept from run to run.
#[derive(Debug, Default)]
struct Run {
    steps: Vec<Step>,
    path: Vec<Piece>,
}

impl Run {
    /// Appends the words of `text` to `pieces`; `offset` is where it begins in the whole text.
    fn cut(&mut self, text: &str, offset: usize, pieces: &mut Vec<Piece>) {
        const UNREACHED: Step = Step { total: u32::MAX, cost: 0, from: 0, pos: Pos::Other, known: false };
        self.steps.clear();
        self.steps.resize(text.len() + 1, UNREACHED);
        self.steps[0].total = 0;
        let mut latin_end = 0;
        for (at, c) in text.char_indices() {
            if at < latin_end {
                continue;
            }
            if Class::of(c) == Class::Latin {
                let rest = &text[at..];
                latin_end = at + rest.find(|c| Class::of(c) != Class::Latin).unwrap_or(rest.len());
                self.reach(at, latin_end, LATIN, Pos::Latin, false);
            } else if c == '·' {
                self.reach(at, at + c.len_utf8(), 0, Pos::Mark, false);
            } else {
                self.reach(at, at + c.len_utf8(), UNKNOWN, Pos::Other, false);
                self.reach_persons(text, at, c);
            }
            self.reach_words(text, at);
        }
        self.path.clear();
        let mut end = text.len();
        while end > 0 {
            let Step { cost, from, pos, known, .. } = self.steps[end];
            let start = from as usize;
            self.path.push(Piece { start: offset + start, end: offset + end, pos, known, cost });
            end = start;
        }
        pieces.extend(self.path.drain(..).rev());
    }

    /// Every word of the index that begins at `from`. A word that would end inside a run of letters is none.
    fn reach_words(&mut self, text: &str, from: usize) {
        let Some(index) = INDEX.as_ref() else { return };
        let mut node = index.root();
        let mut output = 0;
        for (at, &byte) in text.as_bytes().iter().enumerate().skip(from) {
            let Some(found) = node.find_input(byte) else { return };
            let transition = node.transition(found);
            output += transition.out.value();
            node = index.node(transition.addr);
            if node.is_final() {
                let end = at + 1;
                let cuts_letters =
                    byte.is_ascii() && text.as_bytes().get(end).is_some_and(u8::is_ascii_alphanumeric);
                if !cuts_letters {
                    let WordValue { cost, pos } = WordValue::unpack(output + node.final_output().value());
                    self.reach(from, end, u32::from(cost), pos, true);
                }
            }
        }
    }

    /// Surname and one or two characters that given names use.
    fn reach_persons(&mut self, text: &str, from: usize, first: char) {
        let (surname_len, surname_cost) = match double_surname_len(&text[from..]) {
            Some(len) => (len, DOUBLE_SURNAME),
            None => match character(first) {
                // 从 and 和 are surnames too, but hardly ever.
                Some(found) if found.surname > 0 && found.surname < found.alone => {
                    (first.len_utf8(), u32::from(found.surname))
                }
                _ => return,
            },
        };
        let given = from + surname_len;
        let mut end = given;
        let mut cost = surname_cost;
        for (place, c) in text[given..].chars().take(2).enumerate() {
            let Some(found) = character(c).filter(|found| found.given > 0) else { return };
            end += c.len_utf8();
            cost += u32::from(found.given);
            let prior = if place == 0 { SHORT_PERSON } else { PERSON };
            self.reach(from, end, cost + prior, Pos::Person, false);
        }
    }

    /// Continues a path over `from..to`.
    fn reach(&mut self, from: usize, to: usize, cost: u32, pos: Pos, known: bool) {
        let total = self.steps[from].total.saturating_add(cost);
        if total < self.steps[to].total {
            self.steps[to] = Step { total, cost, from: from as u32, pos, known };
        }
    }
}

/// Joins runs of single characters and names that read better as one foreign name written by its sound.
fn join_transcriptions(text: &str, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let Some(_) = transcription_gain(text, pieces[at]) else {
            out.push(pieces[at]);
            at += 1;
            continue;
        };
        // The stretch of the run with the largest gain.
        let (mut best, mut best_gain) = (at..at, 0);
        let (mut start, mut gain, mut end) = (at, 0, at);
        while let Some(own) = pieces.get(end).and_then(|&piece| transcription_gain(text, piece)) {
            if gain <= 0 {
                (start, gain) = (end, 0);
            }
            gain += own;
            end += 1;
            if gain > best_gain {
                (best, best_gain) = (start..end, gain);
            }
        }
        let chars: usize = pieces[best.clone()].iter().map(|piece| piece.text(text).chars().count()).sum();
        if best.len() > 1 && chars >= 3 && best_gain > TRANSCRIPTION as i32 {
            out.extend_from_slice(&pieces[at..best.start]);
            out.push(joined(&pieces[best.clone()]));
            out.extend_from_slice(&pieces[best.end..end]);
        } else {
            out.extend_from_slice(&pieces[at..end]);
        }
        at = end;
    }
    out
}

/// By how much a piece is cheaper as part of a foreign name than as a word; `None` when it cannot be part of one.
fn transcription_gain(text: &str, piece: Piece) -> Option<i32> {
    if !may_be_sound(text, piece) {
        return None;
    }
    let sound: u32 = piece.text(text).chars().map(sound_cost).sum();
    Some(piece.cost as i32 - sound as i32)
}

/// Whether a piece may be part of a foreign name: a single character or a name, in characters that such names use.
fn may_be_sound(text: &str, piece: Piece) -> bool {
    let word = piece.text(text);
    let is_single = word.chars().nth(1).is_none();
    (is_single && piece.pos != Pos::Numeral || piece.pos.is_name() || piece.pos == Pos::Other)
        && word.chars().all(|c| sound_cost(c) > 0)
}

fn sound_cost(c: char) -> u32 {
    character(c).map_or(0, |found| u32::from(found.transcription))
}

/// Joins 尼古拉斯·查哥里亚斯: what stands before and after a dot, with the characters that belong to it.
fn join_dotted_names(text: &str, pieces: Vec<Piece>) -> Vec<Piece> {
    let is_dot = |piece: &Piece| matches!(piece.text(text), "·" | "•" | "・" | "‧" | "∙");
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let joins = is_dot(&pieces[at])
            && out.last().is_some_and(|&before| may_be_sound(text, before))
            && pieces.get(at + 1).is_some_and(|&after| may_be_sound(text, after));
        if !joins {
            out.push(pieces[at]);
            at += 1;
            continue;
        }
        let mut start = out.len() - 1;
        while start > 0 && belongs(text, out[start - 1]) {
            start -= 1;
        }
        let mut end = at + 2;
        while pieces.get(end).is_some_and(|&piece| belongs(text, piece)) {
            end += 1;
        }
        let mut name = out.split_off(start);
        name.extend_from_slice(&pieces[at..end]);
        out.push(joined(&name));
        at = end;
    }
    out
}

/// Whether a piece beside a part of a foreign name is more of it: it is cheaper so.
fn belongs(text: &str, piece: Piece) -> bool {
    transcription_gain(text, piece).is_some_and(|gain| gain > 0)
}

/// Joins 郎　平: a surname and one character, set apart by spaces to fill the width of a longer name, with nothing
/// else beside them.
fn join_spaced_names(text: &str, pieces: Vec<Piece>) -> Vec<Piece> {
    let is_edge = |piece: Option<&Piece>| {
        piece.is_none_or(|piece| matches!(piece.pos, Pos::Mark | Pos::Space | Pos::Latin))
    };
    let single = |piece: &Piece| {
        let mut chars = piece.text(text).chars();
        chars.next().filter(|c| is_han(*c) && chars.next().is_none())
    };
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        if let [surname, space, given, ..] = &pieces[at..]
            && space.pos == Pos::Space
            && space.text(text).chars().all(|c| matches!(c, ' ' | '\u{3000}' | '\u{a0}'))
            && single(surname).and_then(character).is_some_and(|found| found.surname > 0)
            && single(given).is_some()
            && is_edge(out.last())
            && is_edge(pieces.get(at + 3))
        {
            out.push(joined(&pieces[at..at + 3]));
            at += 3;
        } else {
            out.push(pieces[at]);
            at += 1;
        }
    }
    out
}

/// One name from neighbouring pieces, at least one.
fn joined(pieces: &[Piece]) -> Piece {
    let start = pieces.first().map_or(0, |piece| piece.start);
    let end = pieces.last().map_or(start, |piece| piece.end);
    Piece { start, end, pos: Pos::Person, known: false, cost: pieces.iter().map(|piece| piece.cost).sum() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// One case a line: words parted by `/`; a word may name its part of speech after `:`.
    const CASES: &str = include_str!("segmentation.txt");

    #[test]
    fn index_opens() {
        assert!(INDEX.is_some());
    }

    #[test]
    fn cases() {
        let mut failures = Vec::new();
        for line in CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let expected: Vec<(&str, Option<&str>)> = line
                .split('/')
                .map(|word| word.split_once(':').map_or((word, None), |(word, pos)| (word, Some(pos))))
                .collect();
            let text: String = expected.iter().map(|(word, _)| *word).collect();
            let found = words(&text);
            let agrees = found.len() == expected.len()
                && found.iter().zip(&expected).all(|(word, (expected, pos))| {
                    &text[word.span.clone()] == *expected
                        && pos.is_none_or(|pos| format!("{:?}", word.pos).to_lowercase() == pos)
                });
            if !agrees {
                let found: Vec<String> =
                    found.iter().map(|word| format!("{}:{:?}", &text[word.span.clone()], word.pos)).collect();
                failures.push(format!("{line}\n  {}", found.join("/")));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn both_scripts_are_cut_alike() {
        for (simplified, traditional) in [
            ("国家主权的内涵", "國家主權的內涵"),
            ("台湾著名学者", "臺灣著名學者"),
            ("发展与头发", "發展與頭髮"),
        ] {
            let spans = |text| words(text).into_iter().map(|word| word.span).collect::<Vec<_>>();
            assert_eq!(spans(simplified), spans(traditional), "{simplified}");
        }
    }

    #[test]
    fn long_runs_are_cut_too() {
        let text = "国家主权".repeat(5000);
        assert_eq!(words(&text).last().map(|word| word.span.end), Some(text.len()));
    }

    fn assert_tiles(text: &str) {
        let mut end = 0;
        for word in words(text) {
            assert_eq!(word.span.start, end);
            assert!(word.span.end > end && text.is_char_boundary(word.span.end));
            end = word.span.end;
        }
        assert_eq!(end, text.len());
    }

    proptest! {
        #[test]
        fn words_tile_any_text(text in any::<String>()) {
            assert_tiles(&text);
        }

        #[test]
        fn words_tile_chinese(text in "[一-鿿黄志雄王尼古拉斯A-c1-3·，。 　]{0,60}") {
            assert_tiles(&text);
        }

        #[test]
        fn simplifying_keeps_lengths_and_is_done_once(text in "[㐀-鿿𠀀-𠂀a-c]{0,40}") {
            let once = simplify(&text).into_owned();
            prop_assert!(text.chars().map(char::len_utf8).eq(once.chars().map(char::len_utf8)));
            let twice = simplify(&once).into_owned();
            prop_assert_eq!(twice, once);
        }
    }
}
