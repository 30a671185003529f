//! Files that say themselves what corresponds to what: their units to two documents and the links between them.

use std::collections::BTreeMap;

use super::pieces::{mark_literals, tile};
use super::programs::is_technical;
use super::spans::trim;
use super::{Decoded, Paired};
use crate::error::ErrorKind;
use crate::text::{Block, BlockKind, Document, Format, Lang, Piece, PieceKind, Span, script};

/// Where words stand, and what is known of their parts.
pub(super) type Words = (Span, Vec<Piece>);

/// One version of a unit.
#[derive(Debug, Clone)]
pub(super) struct Version {
    /// Its language.
    pub(super) lang: Lang,
    /// Where it stands.
    pub(super) span: Span,
    /// What is known of its parts; all else is markup.
    pub(super) marks: Vec<Piece>,
}

/// What was found in a file: units in order, and the languages where it names them.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The versions of each unit.
    pub(super) units: Vec<Vec<Version>>,
    /// The plural forms of translations that are no versions: the number of the unit, and where they stand.
    pub(super) forms: Vec<(usize, Span)>,
    /// The language of the originals.
    pub(super) source: Option<Lang>,
    /// The language of the translations.
    pub(super) target: Option<Lang>,
}

/// The language that passages are in, by their script.
pub(super) fn language_of<'t>(passages: impl Iterator<Item = &'t str>) -> Lang {
    let mut weights: BTreeMap<Lang, usize> = BTreeMap::new();
    for evidence in passages.filter_map(script::language) {
        *weights.entry(evidence.lang).or_default() += evidence.weight;
    }
    weights.into_iter().max_by_key(|&(_, weight)| weight).map_or(Lang::EN, |(lang, _)| lang)
}

/// Makes documents of what was found. The first language of the file is the source, and of the others the one with
/// the most versions the target, unless the file or the caller say otherwise.
pub(super) fn pair(
    name: &str,
    format: Format,
    Decoded { text, composed, runs, parts, encoding }: Decoded,
    found: Found,
    source: Option<Lang>,
    target: Option<Lang>,
) -> Result<Paired, ErrorKind> {
    let (source, target) = languages(&found, source, target)?;
    let mut sides = [Vec::new(), Vec::new()];
    let (mut links, mut forms) = (Vec::new(), Vec::new());
    let mut others = found.forms.iter().peekable();
    for (at, unit) in found.units.iter().enumerate() {
        let mut link = [Vec::new(), Vec::new()];
        for ((lang, blocks), link) in [source, target].into_iter().zip(&mut sides).zip(&mut link) {
            let own = unit.iter().filter(|version| version.lang == lang);
            for block in own.filter_map(|version| block(&text, format, version)) {
                link.push(blocks.len());
                blocks.push(block);
            }
        }
        let [source, target] = link;
        while let Some((_, span)) = others.next_if(|(unit, _)| *unit == at) {
            forms.extend(target.first().map(|&block| (block, *span)));
        }
        if !source.is_empty() || !target.is_empty() {
            links.push((source, target));
        }
    }
    let [one, other] = sides;
    let document = |lang, blocks| Document {
        path: name.to_owned(),
        lang,
        text: text.clone(),
        composed: composed.clone(),
        runs: runs.clone(),
        parts: parts.clone(),
        encoding,
        format,
        forms: Vec::new(),
        entries: Vec::new(),
        blocks,
        sentences: Vec::new(),
    };
    let target = Document { forms, ..document(target, other) };
    Ok(Paired { source: document(source, one), target, links })
}

fn languages(found: &Found, source: Option<Lang>, target: Option<Lang>) -> Result<(Lang, Lang), ErrorKind> {
    let mut counts: Vec<(Lang, usize)> = Vec::new();
    for version in found.units.iter().flatten() {
        match counts.iter_mut().find(|(lang, _)| *lang == version.lang) {
            Some((_, count)) => *count += 1,
            None => counts.push((version.lang, 1)),
        }
    }
    let first = counts.first().ok_or(ErrorKind::NoPairs)?.0;
    for wanted in [source, target].into_iter().flatten() {
        if counts.iter().all(|(lang, _)| *lang != wanted) {
            let names: Vec<&str> = counts.iter().map(|(lang, _)| lang.as_str()).collect();
            return Err(ErrorKind::LanguageAbsent { wanted, found: names.join(", ") });
        }
    }
    let most_but = |not: Lang| {
        let others = counts.iter().rev().filter(|(lang, _)| *lang != not);
        others.max_by_key(|(_, count)| *count).map(|(lang, _)| *lang)
    };
    let declared = |lang: Option<Lang>, not: Option<Lang>| lang.filter(|lang| Some(*lang) != not);
    let known = source.or_else(|| declared(found.source, target));
    let one = match known {
        Some(lang) => lang,
        None if Some(first) != target => first,
        None => most_but(first).ok_or(ErrorKind::OneLanguage { found: first })?,
    };
    let other = target.or_else(|| declared(found.target, Some(one)));
    let other = other.or_else(|| most_but(one)).ok_or(ErrorKind::OneLanguage { found: one })?;
    if one == other { Err(ErrorKind::OneLanguage { found: one }) } else { Ok((one, other)) }
}

/// A version as a block; `None` when it says nothing.
fn block(text: &str, format: Format, version: &Version) -> Option<Block> {
    let span = trim(text, version.span);
    let pieces = mark_literals(text, tile(text, span, version.marks.iter().copied()));
    let worded = pieces
        .iter()
        .any(|piece| piece.kind != PieceKind::Markup && !text[piece.span.range()].trim().is_empty());
    // tables and memories hold what they like; catalogues hold what programs show
    let of_program = matches!(format, Format::Po | Format::Qt | Format::Xliff | Format::Xcstrings);
    let kind = match of_program && is_technical(&text[span.range()]) {
        true => BlockKind::Metadata,
        false => BlockKind::Paragraph,
    };
    worded.then_some(Block { kind, level: None, numbering: None, span, pieces, sentences: 0..0 })
}
