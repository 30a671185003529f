//! Subtitles, SubRip and WebVTT: every cue a block.

use super::html::references;
use super::pieces::{mark_literals, tile};
use super::spans::line_spans;
use super::spans::trim;
use crate::text::{Block, BlockKind, Piece, PieceKind, Span};

/// The blocks of a file of subtitles: the words of each cue, without its number and times; where several people speak
/// in a cue, each after a dash, those of each. Comments, styles and regions of WebVTT are left out.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    // The words of the open cue; none is open before the times of the next.
    let mut cue: Option<Span> = None;
    let mut close = |cue: &mut Option<Span>| {
        let Some(cue) = cue.take() else { return };
        for span in speeches(text, cue) {
            let pieces = mark_literals(text, tile(text, span, marks(text, span)));
            let worded = pieces
                .iter()
                .any(|piece| piece.kind != PieceKind::Markup && !text[piece.span.range()].trim().is_empty());
            if worded {
                let kind = BlockKind::Paragraph;
                blocks.push(Block { kind, level: None, numbering: None, span, pieces, sentences: 0..0 });
            }
        }
    };
    for line in line_spans(text) {
        let slice = text[line.range()].trim();
        if is_time(slice) {
            close(&mut cue);
            cue = Some(Span::new(line.end, line.end));
        } else if slice.is_empty() {
            close(&mut cue);
        } else if let Some(cue) = &mut cue {
            cue.end = line.end;
        }
    }
    close(&mut cue);
    blocks
}

/// The parts of a cue that different people say: the lines after the first that begin with a dash begin one, if the
/// first does so too.
fn speeches(text: &str, cue: Span) -> Vec<Span> {
    let cue = trim(text, cue);
    let dashed = |line: &str| line.trim_start().starts_with(['-', '–', '—']);
    let mut parts: Vec<Span> = Vec::new();
    for line in line_spans(&text[cue.range()]) {
        let line = Span::new(cue.start + line.start, cue.start + line.end);
        let begins = dashed(&text[cue.range()]) && dashed(&text[line.range()]);
        match parts.last_mut().filter(|_| !begins) {
            Some(part) => part.end = line.end,
            None => parts.push(line),
        }
    }
    parts.into_iter().map(|part| trim(text, part)).filter(|part| !part.is_empty()).collect()
}

/// `00:01:02,500 --> 00:01:04,000`, with hours or without, and with settings after it.
fn is_time(line: &str) -> bool {
    let time = |part: &str| part.starts_with(|c: char| c.is_ascii_digit()) && part.contains(':');
    line.split_once("-->").is_some_and(|(from, to)| time(from.trim()) && time(to.trim()))
}

/// Tags (`<i>`, `<v Anna>`, `<00:01.000>`), places (`{\an8}`) and character references; the rest is prose.
fn marks(text: &str, span: Span) -> Vec<Piece> {
    let slice = &text[span.range()];
    let mut form: Vec<Span> = Vec::new();
    let mut from = 0;
    for (at, mark) in slice.match_indices(['<', '{']) {
        let opens = match slice.as_bytes().get(at + 1) {
            Some(next) if mark == "<" => next.is_ascii_alphanumeric() || *next == b'/',
            Some(next) => *next == b'\\',
            None => false,
        };
        let close = if mark == "<" { b'>' } else { b'}' };
        let len = slice.as_bytes()[at..].iter().take(200).position(|&b| b == close);
        if let Some(len) = len.filter(|_| opens && at >= from) {
            from = at + len + 1;
            form.push(Span::new(at, from));
        }
    }
    let inside = |reference: &Span| form.iter().any(|tag| tag.overlaps(*reference));
    let references: Vec<Span> = references(slice).into_iter().filter(|r| !inside(r)).collect();
    form.extend(references);
    form.sort();
    let mut marks = Vec::new();
    let mut at = 0;
    for tag in form {
        marks.push((PieceKind::Prose, Span::new(at, tag.start)));
        marks.push((PieceKind::Markup, tag));
        at = tag.end;
    }
    marks.push((PieceKind::Prose, Span::new(at, slice.len())));
    marks.retain(|(_, span)| !span.is_empty());
    let moved = |(kind, part): (PieceKind, Span)| Piece {
        kind,
        span: Span::new(span.start + part.start, span.start + part.end),
    };
    marks.into_iter().map(moved).collect()
}
