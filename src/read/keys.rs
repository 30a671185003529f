//! Files that name their messages by keys: what the readers of each format find, and which messages are the versions
//! of one.

pub(super) mod android;
pub(super) mod apple;
mod escapes;
pub(super) mod fluent;
pub(super) mod json;
mod plist;
pub(super) mod properties;
pub(super) mod qt;
pub(super) mod resx;
pub(super) mod yaml;

use std::collections::BTreeMap;

pub(super) use self::escapes::decoded;
use super::Paired;
use super::line_of;
use super::pairs::Words;
use super::pieces::{mark_literals, tile};
use super::programs::is_technical;
use super::spans::trim;
use crate::error::ErrorKind;
use crate::message::message;
use crate::text::tags;
use crate::text::{Block, BlockKind, Document, Entry, Lang, Piece, PieceKind, Span};

/// A message as it was found.
#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) key: String,
    /// See [`Entry::category`].
    pub(super) category: Option<String>,
    /// Where its value stands, and what is known of its parts.
    pub(super) value: Words,
}

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Messages {
    /// In the order of the text.
    pub(super) all: Vec<Message>,
    /// The language that the file names.
    pub(super) lang: Option<Lang>,
}

/// The deepest nesting that is read; no file of messages comes near it.
pub(super) const DEEPEST: usize = 128;

/// The error of a file that is nested deeper than is read.
pub(super) fn too_deep(text: &str, at: usize) -> ErrorKind {
    ErrorKind::Content {
        line: line_of(text, at),
        what: message!("read-too-deep", levels = DEEPEST.to_string()),
    }
}

/// A key that names a message: those around it and its own, with dots between.
#[derive(Debug, Default)]
pub(super) struct Path {
    joined: String,
    /// Where each part ends, before the dot.
    ends: Vec<usize>,
    /// How many bytes of keys were given out.
    spent: usize,
}

impl Path {
    pub(super) fn push(&mut self, part: &str) {
        if !self.ends.is_empty() {
            self.joined.push('.');
        }
        self.joined.push_str(part);
        self.ends.push(self.joined.len());
    }

    pub(super) fn pop(&mut self) {
        self.ends.pop();
        self.joined.truncate(self.ends.last().copied().unwrap_or(0));
    }

    /// The key here.
    ///
    /// # Errors
    /// When the keys of a file come to so many times its length that they must be made to fill memory: keys are short
    /// beside what they name.
    pub(super) fn key(&mut self, text: &str, at: usize) -> Result<String, ErrorKind> {
        self.spent += self.joined.len();
        if self.spent > 16 * text.len() + (1 << 20) {
            let what = message!("read-long-keys");
            return Err(ErrorKind::Content { line: line_of(text, at), what });
        }
        Ok(self.joined.clone())
    }
}

/// The plural categories of CLDR.
pub(super) const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Makes forms of one message of those that stand at `path`, if their names are plural categories.
fn as_forms(all: &mut [Message], names: &[String], path: &Path) {
    let is_category = |name: &String| CATEGORIES.contains(&name.as_str());
    if path.joined.is_empty() || !names.iter().any(|name| name == "other") || !names.iter().all(is_category) {
        return;
    }
    let lead = format!("{}.", path.joined);
    for message in all {
        let category = message.key.strip_prefix(&lead).filter(|rest| CATEGORIES.contains(rest));
        if let Some(category) = category.map(str::to_owned) {
            message.category = Some(category);
            message.key.truncate(lead.len() - 1);
        }
    }
}

/// Takes the root off the keys of a file whose only root is the language that it is in.
fn under_language(all: &mut [Message], roots: &[String]) -> Option<Lang> {
    let [root] = roots else { return None };
    let lang = tags::language(root)?;
    let lead = format!("{root}.");
    for message in all {
        if let Some(rest) = message.key.strip_prefix(&lead) {
            message.key = rest.to_owned();
        }
    }
    Some(lang)
}

/// The blocks and the entries of a document with these messages.
pub(super) fn entries(text: &str, messages: Messages) -> (Vec<Block>, Vec<Entry>) {
    let (mut blocks, mut entries) = (Vec::new(), Vec::new());
    for Message { key, category, value: (span, marks) } in messages.all {
        let block = block(text, span, marks);
        let at = block.is_some().then_some(blocks.len());
        blocks.extend(block);
        entries.push(Entry { key, category, value: span, block: at });
    }
    (blocks, entries)
}

/// A value as a block; `None` when it says nothing.
fn block(text: &str, span: Span, marks: Vec<Piece>) -> Option<Block> {
    let span = trim(text, span);
    let pieces = mark_literals(text, tile(text, span, marks));
    let worded = pieces
        .iter()
        .any(|piece| piece.kind != PieceKind::Markup && !text[piece.span.range()].trim().is_empty());
    let kind =
        if is_technical(text[span.range()].trim()) { BlockKind::Metadata } else { BlockKind::Paragraph };
    worded.then_some(Block { kind, level: None, numbering: None, span, pieces, sentences: 0..0 })
}

/// Takes the plural category off the keys of i18next: `item_one` and `item_other`, or in its older way `item` and
/// `item_plural`, `item_0`. A suffix is one only where the file has another form of the message.
fn with_suffixes(mut messages: Vec<Message>) -> Vec<Message> {
    let mut of_base: BTreeMap<&str, usize> = BTreeMap::new();
    for message in &messages {
        if let Some((base, category)) = suffix(&message.key) {
            // `other` alone is a form already, as in Chinese
            *of_base.entry(base).or_default() += if category == "other" { 2 } else { 1 };
        }
    }
    let plural: Vec<bool> = messages
        .iter()
        .map(|message| {
            suffix(&message.key).is_some_and(|(base, _)| of_base.get(base).is_some_and(|&n| n > 1))
        })
        .collect();
    let old: Vec<String> =
        messages.iter().filter_map(|message| old_plural(&message.key)).map(str::to_owned).collect();
    let old: std::collections::BTreeSet<&str> = old.iter().map(String::as_str).collect();
    for (message, plural) in messages.iter_mut().zip(plural) {
        let split = match suffix(&message.key).filter(|_| plural) {
            Some((base, category)) => Some((base.to_owned(), category)),
            None => match old_plural(&message.key) {
                Some(base) => Some((base.to_owned(), "other")),
                None if old.contains(message.key.as_str()) => Some((message.key.clone(), "one")),
                None => None,
            },
        };
        if let Some((base, category)) = split {
            message.category = Some(category.to_owned());
            message.key = base;
        }
    }
    messages
}

fn suffix(key: &str) -> Option<(&str, &'static str)> {
    let (base, end) = key.rsplit_once('_')?;
    let category = CATEGORIES.iter().find(|category| **category == end)?;
    (!base.is_empty() && !base.ends_with('.')).then_some((base, *category))
}

fn old_plural(key: &str) -> Option<&str> {
    key.strip_suffix("_plural").filter(|base| !base.is_empty() && !base.ends_with('.'))
}

/// What is given for one key.
#[derive(Default)]
struct Versions {
    /// The entries of each side, by their places.
    sides: [Vec<usize>; 2],
}

/// Links two files of messages by their keys. The forms of a plural correspond by their categories, and those without
/// counterpart, which the other language does not have, to nothing: they are no blocks of the result unless the whole
/// message is missing. A message without a counterpart corresponds to nothing, in the place where its file has it.
pub fn by_key(mut source: Document, mut target: Document) -> Paired {
    let mut of_key: BTreeMap<(&str, usize), Versions> = BTreeMap::new();
    for (side, document) in [&source, &target].into_iter().enumerate() {
        // a key may be given twice; the first goes with the first
        let mut seen: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
        for (at, entry) in document.entries.iter().enumerate() {
            let count = seen.entry((&entry.key, entry.category.as_deref())).or_default();
            of_key.entry((&entry.key, *count)).or_default().sides[side].push(at);
            *count += 1;
        }
    }
    // the links of entries, each with the entry of the source or, where there is none, of the target before it
    let mut after: Vec<Vec<[Option<usize>; 2]>> = vec![Vec::new(); source.entries.len() + 1];
    let mut place = 0;
    let mut partner: Vec<Option<usize>> = vec![None; target.entries.len()];
    let mut alone: Vec<usize> = Vec::new();
    for Versions { sides } in of_key.values() {
        for (one, other) in forms(&source, &target, sides) {
            match (one, other) {
                (Some(one), other) => {
                    after[one + 1].push([Some(one), other]);
                    if let Some(other) = other {
                        partner[other] = Some(one);
                    }
                }
                (None, Some(other)) => alone.push(other),
                (None, None) => {}
            }
        }
    }
    alone.sort_unstable();
    let mut alone = alone.into_iter().peekable();
    for (other, one) in partner.iter().enumerate() {
        if let Some(one) = one {
            place = one + 1;
        }
        if alone.next_if_eq(&other).is_some() {
            after[place].push([None, Some(other)]);
        }
    }
    let entries: Vec<[Option<usize>; 2]> = after.into_iter().flatten().collect();
    let kept = [0, 1].map(|side| {
        let document = [&source, &target][side];
        let mut kept = vec![false; document.blocks.len()];
        let blocks = entries.iter().filter_map(|link| document.entries[link[side]?].block);
        blocks.for_each(|block| kept[block] = true);
        kept
    });
    let [one, other] = kept;
    keep(&mut source, &one);
    keep(&mut target, &other);
    let links = entries.iter().filter_map(|[one, other]| {
        let block = |document: &Document, entry: &Option<usize>| -> Vec<usize> {
            entry.and_then(|entry| document.entries[entry].block).into_iter().collect()
        };
        let (one, other) = (block(&source, one), block(&target, other));
        (!one.is_empty() || !other.is_empty()).then_some((one, other))
    });
    let links = links.collect();
    Paired { source, target, links }
}

/// Which forms of a message correspond.
fn forms(
    source: &Document,
    target: &Document,
    [ones, others]: &[Vec<usize>; 2],
) -> Vec<(Option<usize>, Option<usize>)> {
    let category = |document: &Document, entry: usize| document.entries[entry].category.clone();
    // the form that stands for all where a language has but one
    let general = |document: &Document, entries: &[usize]| -> Option<usize> {
        let other = entries.iter().find(|&&entry| category(document, entry).as_deref() == Some("other"));
        other.or(entries.last()).copied()
    };
    let mut links = Vec::new();
    let (mut left, mut free) = (Vec::new(), others.clone());
    for &one in ones {
        let own = category(source, one);
        match free.iter().position(|&other| category(target, other) == own) {
            Some(at) => links.push((Some(one), Some(free.remove(at)))),
            None => left.push(one),
        }
    }
    match (general(source, &left), general(target, &free)) {
        // nothing corresponds so far: the general forms do, of whatever category
        (one, other) if links.is_empty() => links.push((one, other)),
        _ => {}
    }
    links
}

/// Leaves those blocks of a document that are kept.
fn keep(document: &mut Document, kept: &[bool]) {
    if kept.iter().all(|kept| *kept) {
        return;
    }
    let mut place = vec![None; kept.len()];
    let mut next = 0;
    for (slot, kept) in place.iter_mut().zip(kept) {
        if *kept {
            *slot = Some(next);
            next += 1;
        }
    }
    let mut at = 0;
    document.blocks.retain(|_| {
        at += 1;
        kept[at - 1]
    });
    document.blocks.iter_mut().for_each(|block| block.sentences = 0..0);
    document.sentences.clear();
    for entry in &mut document.entries {
        entry.block = entry.block.and_then(|block| place[block]);
    }
}
