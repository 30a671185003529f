//! One file that holds both languages: which block belongs to which.

use std::collections::BTreeMap;

use super::pieces::cut;
use super::plain;
use super::spans::line_spans;
use crate::error::ErrorKind;
use crate::text::script::{self, Evidence};
use crate::text::{Block, BlockKind, Lang, Span};
use crate::words::words;

type Side = (Lang, Vec<Block>);

/// Splits a plain text. A change of language between two lines separates blocks.
pub(super) fn plain(
    text: &str,
    source: Option<Lang>,
    target: Option<Lang>,
) -> Result<(Side, Side), ErrorKind> {
    let paragraphs = plain::paragraphs(text, true);
    let items: Vec<Item> = paragraphs
        .iter()
        .map(|p| {
            let slice = &text[p.span.range()];
            Item::of(slice, slice)
        })
        .collect();
    let split = split(&items, source, target)?;
    let side = |lang| {
        let own = paragraphs.iter().zip(&split.langs).filter(|&(_, &l)| l == Some(lang));
        let own: Vec<_> = own.map(|(paragraph, _)| paragraph.clone()).collect();
        (lang, plain::structure(text, &own))
    };
    Ok((side(split.source), side(split.target)))
}

/// Splits the blocks of a text with markup. A block whose lines change their language is cut there.
pub(super) fn blocks(
    text: &str,
    blocks: &[Block],
    source: Option<Lang>,
    target: Option<Lang>,
) -> Result<(Side, Side), ErrorKind> {
    let blocks: Vec<Block> = blocks.iter().flat_map(|b| by_language(text, b)).collect();
    let items: Vec<Item> = blocks
        .iter()
        .map(|block| match block.kind.is_prose() {
            true => Item::of(&super::language::prose(text, block), &text[block.span.range()]),
            false => Item::mute(&text[block.span.range()]),
        })
        .collect();
    let split = split(&items, source, target)?;
    let side = |lang| {
        let own = blocks.iter().zip(&split.langs).filter(|&(_, &l)| l == Some(lang));
        (lang, own.map(|(block, _)| block.clone()).collect())
    };
    Ok((side(split.source), side(split.target)))
}

/// A block, cut where its lines change from one language to another.
fn by_language(text: &str, block: &Block) -> Vec<Block> {
    if !block.kind.is_prose() || block.kind == BlockKind::TableCell {
        return vec![block.clone()];
    }
    let mut parts: Vec<Span> = Vec::new();
    let mut lang = None;
    for line in line_spans(&text[block.span.range()]) {
        let line = Span::new(block.span.start + line.start, block.span.start + line.end);
        let Some(part) = cut(text, block, line) else { continue };
        let here = script::language(&super::language::prose(text, &part)).map(|e| e.lang);
        match parts.last_mut() {
            Some(last) if here.is_none() || lang.is_none() || here == lang => last.end = line.end,
            _ => parts.push(line),
        }
        lang = here.or(lang);
    }
    if parts.len() < 2 {
        return vec![block.clone()];
    }
    parts.into_iter().filter_map(|part| cut(text, block, part)).collect()
}

/// What splitting needs to know of a block.
struct Item<'t> {
    evidence: Option<Evidence>,
    /// Whether it is so little that its neighbours may know better.
    weak: bool,
    /// Whether it is a mark of the web page rather than of the text.
    boilerplate: bool,
    /// Its text, when it has no language.
    mute: &'t str,
}

impl<'t> Item<'t> {
    /// From the prose of a block and the whole of its text.
    fn of(prose: &str, whole: &'t str) -> Self {
        let trimmed = prose.trim();
        let numeral = trimmed.len() <= 8 && trimmed.chars().all(|c| "IVXLC. ()".contains(c));
        let evidence = script::language(prose).filter(|_| !numeral);
        let weak = evidence.is_some_and(|e| e.weight <= 12)
            && !trimmed.ends_with(['.', '!', '?', '。', '！', '？', '”', '"', '…']);
        let mute = if evidence.is_none() { whole.trim() } else { "" };
        Item { evidence, weak, boilerplate: is_boilerplate(trimmed), mute }
    }

    fn mute(text: &'t str) -> Self {
        Item { evidence: None, weak: false, boilerplate: false, mute: text.trim() }
    }
}

/// Words of which the frame of a web page consists.
const BOILERPLATE: &[&str] = words!("frame of a page");

/// Whether a block consists of the words of a web page's frame alone.
fn is_boilerplate(text: &str) -> bool {
    if text.chars().count() > 60 {
        return false;
    }
    let lower = text.to_lowercase();
    let mut any = false;
    let mut rest = lower.as_str();
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
        if rest.is_empty() {
            return any;
        }
        let Some(word) = BOILERPLATE.iter().filter(|w| rest.starts_with(**w)).max_by_key(|w| w.len()) else {
            return rest.trim() == "到" && any;
        };
        rest = &rest[word.len()..];
        if word.is_ascii() && rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return false;
        }
        any |= word.chars().count() > 1;
        rest = rest.strip_prefix('到').unwrap_or(rest);
    }
}

struct Split {
    source: Lang,
    target: Lang,
    langs: Vec<Option<Lang>>,
}

/// Gives every item one of two languages, or none.
fn split(items: &[Item], source: Option<Lang>, target: Option<Lang>) -> Result<Split, ErrorKind> {
    let mut weights: BTreeMap<Lang, usize> = BTreeMap::new();
    for evidence in items.iter().filter(|i| !i.boilerplate).filter_map(|i| i.evidence) {
        *weights.entry(evidence.lang).or_default() += evidence.weight;
    }
    let (first, second) = pair_of(&weights, source, target)?;
    // Scripts to languages: a side that was asked for as French reads what looks like English.
    let known = |evidence: Evidence| {
        let mut lang = evidence.lang;
        if lang != first.0 && lang != second.0 && [first.0, second.0].contains(&kin(lang)) {
            lang = kin(lang);
        }
        [first, second].into_iter().find(|(script, _)| *script == lang).map(|(_, lang)| lang)
    };
    let own: Vec<Option<Lang>> = items.iter().map(|i| i.evidence.and_then(known)).collect();
    let langs = settle(items, &own);
    let (mut a, mut b) = (first.1, second.1);
    if source.is_none() && target.is_none() {
        let opening = items.iter().zip(&langs).find(|(item, lang)| item.evidence.is_some() && lang.is_some());
        if opening.and_then(|(_, lang)| *lang) == Some(b) {
            (a, b) = (b, a);
        }
    }
    Ok(Split { source: a, target: b, langs })
}

/// The other name under which a script may come out: Japanese without kana looks Chinese.
fn kin(lang: Lang) -> Lang {
    match lang.as_str() {
        "ja" => Lang::ZH,
        "zh" => Lang::parse("ja").unwrap_or(lang),
        _ => lang,
    }
}

/// What the script of a side says, and what its language is: they differ for languages in Latin letters.
type Named = (Lang, Lang);

/// The two languages of a text, source first where that is known.
fn pair_of(
    weights: &BTreeMap<Lang, usize>,
    source: Option<Lang>,
    target: Option<Lang>,
) -> Result<(Named, Named), ErrorKind> {
    let mut found: Vec<(Lang, usize)> = weights.iter().map(|(&lang, &weight)| (lang, weight)).collect();
    found.sort_by_key(|&(lang, weight)| (std::cmp::Reverse(weight), lang));
    let total: usize = found.iter().map(|&(_, weight)| weight).sum();
    let most = found.first().map(|&(lang, _)| lang).ok_or(ErrorKind::NoLanguage)?;
    // Less than a tenth is a quotation, not a version.
    let versions: Vec<Lang> =
        found.iter().filter(|&&(_, w)| w * 10 >= total).map(|&(lang, _)| lang).collect();
    let script_of = |lang: Lang| {
        let latin = versions.contains(&Lang::EN) && !weights.contains_key(&lang) && is_latin(lang);
        if latin { Lang::EN } else { lang }
    };
    let absent = |wanted: Lang| {
        let found: Vec<&str> = versions.iter().map(Lang::as_str).collect();
        ErrorKind::LanguageAbsent { wanted, found: found.join(", ") }
    };
    for wanted in [source, target].into_iter().flatten() {
        if !versions.contains(&script_of(wanted)) && versions.len() > 1 {
            return Err(absent(wanted));
        }
    }
    if versions.len() < 2 {
        return Err(ErrorKind::OneLanguage { found: most });
    }
    let named = |lang: Lang| (script_of(lang), lang);
    let other_than = |script: Lang| versions.iter().copied().find(|&lang| lang != script);
    match (source, target) {
        (Some(s), Some(t)) if script_of(s) == script_of(t) => Err(absent(t)),
        (Some(s), Some(t)) => Ok((named(s), named(t))),
        (Some(s), None) => {
            let t = other_than(script_of(s)).ok_or(ErrorKind::OneLanguage { found: most })?;
            Ok((named(s), (t, t)))
        }
        (None, Some(t)) => {
            let s = other_than(script_of(t)).ok_or(ErrorKind::OneLanguage { found: most })?;
            Ok(((s, s), named(t)))
        }
        (None, None) => {
            let s = other_than(most).ok_or(ErrorKind::OneLanguage { found: most })?;
            Ok(((most, most), (s, s)))
        }
    }
}

/// Whether a language is not one that its own script gives away.
fn is_latin(lang: Lang) -> bool {
    !["zh", "ja", "ko", "ru", "el", "ar", "he", "hi", "th", "ka"].contains(&lang.as_str())
}

/// Languages for all items, from those that show one.
fn settle(items: &[Item], own: &[Option<Lang>]) -> Vec<Option<Lang>> {
    let mut langs: Vec<Option<Lang>> = own.to_vec();
    let framed: Vec<bool> = top_and_tail(items);
    for (lang, _) in langs.iter_mut().zip(&framed).filter(|(_, framed)| **framed) {
        *lang = None;
    }
    let strong: Vec<Lang> =
        langs.iter().zip(items).filter(|(_, i)| !i.weak).filter_map(|(lang, _)| *lang).collect();
    let turns = strong.iter().zip(strong.iter().skip(1)).filter(|(a, b)| a != b).count();
    // One version after the other, as against turn and turn about.
    let stacked = turns * 3 < strong.len().max(1);
    let before = nearest(items, &langs, stacked, false);
    let after = nearest(items, &langs, stacked, true);
    let mut settled = langs.clone();
    let mut last_mute: BTreeMap<&str, Option<Lang>> = BTreeMap::new();
    for (index, ((slot, item), (previous, next))) in
        settled.iter_mut().zip(items).zip(before.into_iter().zip(after)).enumerate()
    {
        if framed.get(index) == Some(&true) {
            continue;
        }
        let around = if previous == next { previous } else { None };
        match slot {
            // A few foreign words amid a long stretch are names in it.
            Some(lang) if stacked && item.weak && around.is_some_and(|a| a != *lang) => *slot = around,
            Some(_) => {}
            None => {
                *slot = around.or(match stacked {
                    true => previous.or(next),
                    // Said twice: once for each version, in their order.
                    false => match last_mute.get(item.mute) {
                        Some(Some(first)) if Some(*first) != next && next.is_some() => next,
                        _ if twin_follows(items, own, index) => previous.or(next),
                        _ if previous.is_none() || next.is_none() => previous.or(next),
                        _ => None,
                    },
                });
                last_mute.insert(item.mute, *slot);
            }
        }
    }
    settled
}

/// Whether the same mute text stands again behind the next stretch of language.
fn twin_follows(items: &[Item], own: &[Option<Lang>], index: usize) -> bool {
    let Some(this) = items.get(index) else { return false };
    let mut seen = None;
    for (item, lang) in items.iter().zip(own).skip(index + 1).take(40) {
        match (lang, seen) {
            (Some(lang), None) => seen = Some(*lang),
            (Some(lang), Some(first)) if *lang != first => return false,
            (None, Some(_)) if item.mute == this.mute => return true,
            _ => {}
        }
    }
    false
}

/// Which items at the top and the end are the frame of a web page.
fn top_and_tail(items: &[Item]) -> Vec<bool> {
    let mut framed = vec![false; items.len()];
    let mut mark = |order: &mut dyn Iterator<Item = usize>| {
        for index in order {
            let Some(item) = items.get(index) else { break };
            if !item.boilerplate {
                break;
            }
            if let Some(slot) = framed.get_mut(index) {
                *slot = true;
            }
        }
    };
    mark(&mut (0..items.len()));
    mark(&mut (0..items.len()).rev());
    framed
}

/// For every item the language of the nearest one before it (or after it) that has one; with
/// `strong_only` those that may be names in the other language do not count.
fn nearest(items: &[Item], langs: &[Option<Lang>], strong_only: bool, after: bool) -> Vec<Option<Lang>> {
    let mut out = vec![None; items.len()];
    let mut last = None;
    let mut step = |index: usize| {
        if let Some(slot) = out.get_mut(index) {
            *slot = last;
        }
        let counts = items.get(index).is_some_and(|i| !(strong_only && i.weak));
        if let Some(Some(lang)) = langs.get(index).filter(|_| counts) {
            last = Some(*lang);
        }
    };
    match after {
        false => (0..items.len()).for_each(&mut step),
        true => (0..items.len()).rev().for_each(&mut step),
    }
    out
}
