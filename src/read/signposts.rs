//! Blocks that only lead elsewhere: to the page in other languages, or to what a row of badges says.

use crate::text::tags;
use crate::text::{Block, BlockKind, PieceKind};

/// Makes metadata of the blocks that only lead elsewhere: they are no passages, in whatever format.
pub(super) fn set_apart(text: &str, blocks: &mut [Block]) {
    use BlockKind::{Heading, ListItem, Paragraph, Quotation};
    let mut apart = vec![false; blocks.len()];
    for (block, apart) in blocks.iter().zip(&mut apart) {
        let line = matches!(block.kind, Paragraph | ListItem | Quotation);
        // a row of languages is now and then written as a heading, for its size
        *apart = (line || block.kind == Heading) && is_switch(text, block, true)
            || line && are_badges(text, block);
    }
    // the language of the page itself leads nowhere, and stands in the list of the others
    let switches: Vec<usize> =
        (0..blocks.len()).filter(|&at| apart[at] && blocks[at].kind == ListItem).collect();
    for at in switches {
        let (before, behind) = ((0..at).rev(), at + 1..blocks.len());
        let own =
            |at: &usize| blocks[*at].kind == ListItem && !apart[*at] && is_switch(text, &blocks[*at], false);
        let found: Vec<usize> = before.take(1).chain(behind.take(1)).filter(own).collect();
        found.into_iter().for_each(|at| apart[at] = true);
    }
    for (block, _) in blocks.iter_mut().zip(apart).filter(|(_, apart)| *apart) {
        (block.kind, block.level) = (BlockKind::Metadata, None);
    }
}

/// Whether a block only leads to the same page in other languages: `English | [中文](README.zh-CN.md)`. What it says
/// before them ends in a colon: `Read this in: [English](README.md), 中文`. Unless it `leads` there, it may as well be the
/// name of the language alone.
fn is_switch(text: &str, block: &Block, leads: bool) -> bool {
    let is = |kind: PieceKind| block.pieces.iter().any(|piece| piece.kind == kind);
    if leads && !is(PieceKind::Target) || is(PieceKind::Code) {
        return false;
    }
    let numbering = block.numbering.as_deref().map_or(block.span.start, |numbering| numbering.span.end);
    let prose = block.pieces.iter().filter(|piece| piece.kind == PieceKind::Prose);
    let prose: Vec<&str> =
        prose.filter_map(|piece| text.get(piece.span.start.max(numbering)..piece.span.end)).collect();
    let prose = prose.join("|");
    let (led, rest) = match prose.split_once([':', '：']) {
        Some((_, rest)) => (true, rest),
        None => (false, &*prose),
    };
    let names = rest.split(BETWEEN).map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()));
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    let language = |name: &str| {
        let rest = VERSIONS.iter().find_map(|version| name.strip_suffix(version)).unwrap_or(name);
        tags::is_endonym(rest.trim())
    };
    let flags = || rest.contains(|c: char| FLAGS.contains(&c));
    match names.len() {
        0 => flags(),
        // one language behind a colon is a value
        1 => !led && language(names[0]),
        _ => names.into_iter().all(language),
    }
}

/// What stands between the names of languages.
const BETWEEN: [char; 11] = ['|', '｜', '/', '·', '•', ',', '、', '，', ';', '&', '\n'];

/// The letters of which flags are made, two each.
const FLAGS: std::ops::RangeInclusive<char> = '\u{1f1e6}'..='\u{1f1ff}';

/// What such a line may call the page behind the name of its language: 中文说明, "English docs".
const VERSIONS: [&str; 10] =
    ["说明", "文档", "版本", "版", "介绍", "docs", "Docs", "README", "version", "Version"];

/// Whether all words of a block stand for badges: images that lead somewhere, or whose address says so.
fn are_badges(text: &str, block: &Block) -> bool {
    let pieces = &block.pieces;
    let markup = |at: Option<usize>, mark: &str| {
        let piece = at.and_then(|at| pieces.get(at)).filter(|piece| piece.kind == PieceKind::Markup);
        piece.is_some_and(|piece| text[piece.span.range()].ends_with(mark))
    };
    let said = |at: usize| {
        let piece = pieces[at];
        piece.kind == PieceKind::Code
            || piece.kind == PieceKind::Prose && !text[piece.span.range()].trim().is_empty()
    };
    let names = |at: Option<usize>| {
        let target = at.and_then(|at| pieces.get(at)).filter(|piece| piece.kind == PieceKind::Target);
        target.is_some_and(|piece| BADGES.iter().any(|word| text[piece.span.range()].contains(word)))
    };
    let badge = |at: usize| {
        let asciidoc =
            markup(at.checked_sub(1), "[") && names(at.checked_sub(2)) && markup(at.checked_sub(3), "image:");
        asciidoc || markup(at.checked_sub(1), "![") && (markup(at.checked_sub(2), "[") || names(Some(at + 2)))
    };
    let mut said = (0..pieces.len()).filter(|&at| said(at)).peekable();
    match said.peek() {
        // images of HTML, whose words stand in their tags
        None => (0..pieces.len()).any(|at| names(Some(at))),
        Some(_) => said.all(badge),
    }
}

/// What the addresses of badges have in them.
const BADGES: [&str; 2] = ["badge", "shields.io"];
