//! Blocks that only lead elsewhere: to the page in other languages, or to what a row of badges says.

use crate::text::tags;
use crate::text::{Block, PieceKind};

/// Whether a block only leads to the same page in other languages: `English | [中文](README.zh-CN.md)`.
pub(super) fn is_switch(text: &str, block: &Block) -> bool {
    let leads = block.pieces.iter().any(|piece| piece.kind == PieceKind::Target);
    if !leads || block.pieces.iter().any(|piece| piece.kind == PieceKind::Code) {
        return false;
    }
    let prose = block.pieces.iter().filter(|piece| piece.kind == PieceKind::Prose);
    let parts = prose.flat_map(|piece| text[piece.span.range()].split(|c: char| "|｜/·•,、，\n".contains(c)));
    let names = parts.map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()));
    let mut names = names.filter(|name| !name.is_empty()).peekable();
    let language = |name: &str| {
        let rest = VERSIONS.iter().find_map(|version| name.strip_suffix(version)).unwrap_or(name);
        tags::is_endonym(rest.trim())
    };
    names.peek().is_some() && names.all(language)
}

/// What such a line may call the page behind the name of its language: 中文说明, "English docs".
const VERSIONS: [&str; 10] =
    ["说明", "文档", "版本", "版", "介绍", "docs", "Docs", "README", "version", "Version"];

/// Whether all words of a block stand for badges: images that lead somewhere, or whose address says so.
pub(super) fn are_badges(text: &str, block: &Block) -> bool {
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
    let badge = |at: usize| {
        let target = pieces.get(at + 2).filter(|piece| piece.kind == PieceKind::Target);
        let named = target.is_some_and(|piece| {
            ["badge", "shields.io"].iter().any(|word| text[piece.span.range()].contains(word))
        });
        markup(at.checked_sub(1), "![") && (markup(at.checked_sub(2), "[") || named)
    };
    let mut said = (0..pieces.len()).filter(|&at| said(at)).peekable();
    said.peek().is_some() && said.all(badge)
}
