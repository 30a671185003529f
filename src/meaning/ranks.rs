//! Offices that are the same but for their rank: 副市长 and "the mayor".

use std::ops::Range;
use std::sync::LazyLock;

use super::families::{self, Named, Place};
use super::pair::{Pair, Word};

/// `Chinese<TAB>English words`, a rank a line.
static RANKS: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let rows = include_str!("ranks.tsv").lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t')).map(|(zh, en)| (zh, en.split(' ').collect())).collect()
});

/// The families whose members have ranks.
const RANKED: [&str; 4] = ["office", "state-office", "personal-title", "academic"];

/// Offices that both sides name once, of which one side says a rank that the other does not: the words of each.
pub(super) fn differing(pair: &Pair, zh: &[Named], en: &[Named]) -> Vec<(Range<usize>, Range<usize>, Place)> {
    let ranked = |named: &&Named| RANKED.contains(&families::families()[named.1.0].name);
    let once = |all: &[Named], place: Place| all.iter().filter(|named| named.1 == place).count() == 1;
    let mut found = Vec::new();
    for (range, place) in zh.iter().filter(ranked) {
        let Some((other, _)) = en.iter().find(|named| named.1 == *place) else { continue };
        if !once(zh, *place) || !once(en, *place) {
            continue;
        }
        let (own, own_range) = chinese(&pair.zh, range, *place);
        let (there, there_range) = english(&pair.en, other);
        // a CEO is the chief one by its first letter
        let letters = &pair.en[other.start].written;
        let abbreviated = other.len() == 1 && letters.len() > 1 && letters.chars().all(char::is_uppercase);
        if own.is_some() != there.is_some() && !(abbreviated && there.is_none()) {
            found.push((own_range, there_range, *place));
        }
    }
    found
}

/// The rank of a Chinese office, in its own word or the word before, and the words of both.
fn chinese(words: &[Word], range: &Range<usize>, place: Place) -> (Option<usize>, Range<usize>) {
    let text = &*words[range.start].text;
    let names = &families::families()[place.0].members[place.1].chinese;
    let name = names.iter().filter(|name| text.ends_with(*name)).max_by_key(|name| name.len());
    let head = name.map_or("", |name| &text[..text.len() - name.len()]);
    // 副教授 is a name of its own
    let own = |rank: &str| head.ends_with(rank) || name.is_some_and(|name| name.starts_with(rank));
    let inside = RANKS.iter().position(|(rank, _)| own(rank));
    if inside.is_some() || !head.is_empty() {
        return (inside, range.clone());
    }
    let before = range.start.checked_sub(1).filter(|&at| words[at].span.end == words[range.start].span.start);
    let rank = before.and_then(|at| RANKS.iter().position(|(rank, _)| words[at].text.ends_with(rank)));
    (rank, if rank.is_some() { range.start - 1..range.end } else { range.clone() })
}

/// How many words before an English office may tell its rank: deputy finance minister.
const BEFORE: usize = 2;

/// The same of an English office.
fn english(words: &[Word], range: &Range<usize>) -> (Option<usize>, Range<usize>) {
    let ranks = |at: usize| {
        let text = &*words[at].text;
        let first = text.split('-').next().unwrap_or(text);
        RANKS.iter().position(|(_, ranks)| ranks.contains(&text) || first != text && ranks.contains(&first))
    };
    let first = range.start.saturating_sub(BEFORE);
    match (first..range.end).find_map(|at| ranks(at).map(|rank| (rank, at))) {
        Some((rank, at)) => (Some(rank), at.min(range.start)..range.end),
        None => (None, range.clone()),
    }
}
