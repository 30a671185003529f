//! Where English sentences end: stops that are not of an abbreviation, an initial, a number or an
//! address, before something that can begin a sentence.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::view::{Run, Unit, View, is_closer};
use crate::words::words;

/// The abbreviations, by what they say of the stop behind them; the file says how to read it.
const ABBREVIATIONS: &str = include_str!("abbreviations.txt");

/// Words that open a sentence often and are no names: behind them an abbreviation does end one.
const OPENINGS: &[&str] = words!("opening of a sentence", en);

/// Verbs that carry on from a question or exclamation in quotation marks.
const SPEECH: &[&str] = words!("verb of speech", en);

/// Whether a run of stops ends an English sentence.
pub(super) fn ends(view: &View, run: &Run) -> bool {
    if run.stop == ';' {
        return false;
    }
    let (next, spaced) = view.next_visible(run.end);
    let Some((unit, next_at)) = next else { return true };
    if run.wide {
        return true;
    }
    if !spaced {
        return joined_on(view, run, unit, next_at);
    }
    if !unit.may_begin() || dangling_dash(view, unit, next_at) {
        return false;
    }
    if run.closed && matches!(run.stop, '!' | '?') && speech_follows(view, next_at) {
        return false;
    }
    if run.stop != '.'
        || run.stops > 1
        || run.closed && view.before(run.end).is_some() && closes_quotation(view, run)
    {
        return true;
    }
    !is_initial(view, run) && !is_abbreviation(view, run, unit, next_at)
}

/// Whether the stop follows a single capital letter, as in "J. R. Smith".
pub(super) fn is_initial(view: &View, run: &Run) -> bool {
    let token = view.token_before(run.start, 8);
    let mut letters = token.trim_start_matches(['"', '\'', '“', '‘', '(', '[']).chars().rev();
    let last = letters.next().is_some_and(char::is_uppercase);
    let alone = match letters.next() {
        None => true,
        Some(c) => matches!(c, '.' | '-' | '(' | '“' | '"'),
    };
    if !last || !alone {
        return false;
    }
    let (next, _) = view.next_visible(run.end);
    let word = next.map(|(_, at)| view.word_at(at, 20)).unwrap_or_default();
    // "than I. The": a pronoun or a name of one letter ends a sentence before an opening word.
    !OPENINGS.iter().any(|w| *w == word && word.len() > 1)
}

/// A quotation that closes behind the stop ends the sentence, whatever the word before the stop.
fn closes_quotation(view: &View, run: &Run) -> bool {
    let mut at = run.end;
    while let Some((unit, start)) = view.before(at) {
        match unit {
            Unit::Char('"' | '”' | '’' | '\'') => return true,
            Unit::Char(c) if is_closer(c) => {}
            Unit::Close | Unit::Opaque => {}
            _ => return false,
        }
        at = start;
    }
    false
}

fn is_abbreviation(view: &View, run: &Run, next: Unit, next_at: usize) -> bool {
    let token = view.token_before(run.start, 24);
    let token = token.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let token = token.rsplit(['(', '/', '—', '-', '“', '"']).next().unwrap_or(&token);
    let Some(kind) = kind_of(token) else { return false };
    let opening = || {
        let word = view.word_at(next_at, 20);
        OPENINGS.contains(&word.as_str()) || matches!(next, Unit::Char('“' | '"' | '‘'))
    };
    let digit = matches!(next, Unit::Char(c) if c.is_numeric());
    match kind {
        "title" | "link" => true,
        "number" => digit,
        _ => !opening(),
    }
}

/// What the abbreviations file says of a word without its last stop.
fn kind_of(token: &str) -> Option<&'static str> {
    static KINDS: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
        let lines = ABBREVIATIONS.lines().filter(|line| !line.starts_with('#'));
        let lists = lines.filter_map(|line| line.split_once(' '));
        lists.flat_map(|(kind, words)| words.split(' ').map(move |word| (word, kind))).collect()
    });
    KINDS.get(token).copied()
}

/// Whether a sentence ends although no space follows: "in 2020.The next", "policy."The".
fn joined_on(view: &View, run: &Run, next: Unit, next_at: usize) -> bool {
    let Unit::Char(first) = next else {
        return matches!(next, Unit::Break);
    };
    if !first.is_uppercase() {
        return false;
    }
    let second = match view.after(next_at + first.len_utf8()) {
        Some((Unit::Char(c), _)) => c,
        _ => return false,
    };
    let word_follows = second.is_lowercase() || second.is_whitespace() && matches!(first, 'A' | 'I');
    let token = view.token_before(run.start, 40);
    let word = token.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = view.word_at(next_at, 40);
    let opening = OPENINGS.contains(&rest.as_str());
    let ordinary = word.chars().all(char::is_lowercase) && word.chars().count() >= 2 && !token.contains('`')
        || word.chars().all(|c| c.is_ascii_digit()) && word.len() >= 2
        || opening && word.chars().skip(1).all(char::is_lowercase) && word.chars().count() >= 2
        || run.closed && !word.is_empty();
    // What follows must be a word of prose too: no second stop, no call, no path in it.
    let plain = !rest.trim_end_matches('.').contains('.');
    let after = view.after(next_at + rest.len()).map(|(unit, _)| unit);
    let code = matches!(after, Some(Unit::Char('(' | '/' | '_' | '@' | '=' | ':')));
    let known = kind_of(&word.to_lowercase()).is_some();
    run.stops == 1 && word_follows && ordinary && plain && !code && !known
}

/// "“Why?” Tom asked." goes on.
fn speech_follows(view: &View, at: usize) -> bool {
    let mut here = at;
    let capital = matches!(view.after(at), Some((Unit::Char(c), _)) if c.is_uppercase());
    for _ in 0..3 {
        let word = view.word_at(here, 20);
        if word.is_empty() {
            return false;
        }
        if SPEECH.contains(&word.trim_end_matches('.')) {
            return capital;
        }
        here += word.len();
        match view.after(here) {
            Some((Unit::Char(c), next)) if c.is_whitespace() => here = next,
            _ => return false,
        }
    }
    false
}

/// "Really? - he said": a dash goes on, unless it begins an item.
fn dangling_dash(view: &View, next: Unit, at: usize) -> bool {
    let Unit::Char(dash @ ('-' | '—')) = next else { return false };
    !matches!(view.after(at + dash.len_utf8()), Some((Unit::Char(c), _)) if c.is_uppercase())
}
