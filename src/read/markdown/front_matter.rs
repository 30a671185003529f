//! The lines of YAML or TOML in front of a text: the values that are prose become blocks, and the rest metadata.

use crate::read::pieces::{mark_literals, tile};
use crate::read::spans::line_spans;
use crate::read::spans::trim;
use crate::text::{Block, BlockKind, Piece, PieceKind, Span};

/// The keys of front matter whose values are prose, and whether that is a title.
const PROSE_KEYS: [(&str, bool); 7] = [
    ("title", true),
    ("linktitle", true),
    ("sidebar_label", true),
    ("description", false),
    ("summary", false),
    ("abstract", false),
    ("excerpt", false),
];

/// The blocks of front matter: a heading or paragraph for each value that is prose (its key stays
/// outside), metadata for the lines between them.
pub(in crate::read) fn front_matter(text: &str, span: Span) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut rest: Option<Span> = None;
    let metadata = |span: Span| {
        let span = trim(text, span);
        let pieces = tile(text, span, [Piece { kind: PieceKind::Code, span }]);
        Block { kind: BlockKind::Metadata, level: None, numbering: None, span, pieces, sentences: 0..0 }
    };
    let lines: Vec<Span> = line_spans(&text[span.range()])
        .map(|line| Span::new(span.start + line.start, span.start + line.end))
        .collect();
    let mut next = 0;
    while let Some(&line) = lines.get(next) {
        next += 1;
        let mut value = prose_value(text, line);
        if let Some((lines_of, title)) = long_value(text, line, &lines[next..]) {
            // The line with the key says nothing.
            if value.is_none() {
                rest = Some(rest.map_or(line, |before: Span| before.join(line)));
            }
            let more = &lines[next..next + lines_of];
            next += lines_of;
            let all = more.iter().copied().reduce(Span::join).unwrap_or(line);
            let all = value.map_or(all, |(first, _)| first.join(all));
            value = Some((trim(text, all), title)).filter(|(span, _)| !span.is_empty());
        }
        match value {
            Some((value, title)) => {
                blocks.extend(rest.take().map(metadata));
                let prose = Piece { kind: PieceKind::Prose, span: value };
                blocks.push(Block {
                    kind: if title { BlockKind::Heading } else { BlockKind::Paragraph },
                    level: title.then_some(1),
                    numbering: None,
                    span: value,
                    pieces: mark_literals(text, [prose]),
                    sentences: 0..0,
                });
            }
            None => rest = Some(rest.map_or(line, |before| before.join(line))),
        }
    }
    blocks.extend(rest.map(metadata));
    blocks.retain(|block| !block.span.is_empty());
    blocks
}

/// The key of a line of front matter, when its value is prose, and whether that is a title.
fn prose_key(slice: &str) -> Option<(&str, bool)> {
    let (key, _) = slice.split_once([':', '='])?;
    let known = PROSE_KEYS.iter().find(|(name, _)| name.eq_ignore_ascii_case(key.trim_end()));
    known.map(|(_, title)| (key, *title))
}

/// How many of the lines after that of a key hold its prose: those that are indented, in YAML (`|`, `>`, or because
/// the first line goes on), or those up to three quotation marks, in TOML.
fn long_value(text: &str, line: Span, after: &[Span]) -> Option<(usize, bool)> {
    let slice = &text[line.range()];
    let (key, title) = prose_key(slice)?;
    let value = slice[key.len() + 1..].trim();
    let lines = || after.iter().map(|line| &text[line.range()]);
    let count = match value {
        "\"\"\"" | "'''" => lines().position(|line| line.trim() == value)?,
        _ => {
            let folded = value.starts_with(['|', '>']) && value.len() <= 3;
            let goes_on = value.starts_with(char::is_alphabetic) && slice[key.len()..].starts_with(':');
            let more = |line: &&str| line.starts_with([' ', '\t']) || line.trim().is_empty();
            if folded || goes_on { lines().take_while(more).count() } else { 0 }
        }
    };
    (count > 0).then_some((count, title))
}

/// The value of a line of front matter, when it is prose on this very line.
fn prose_value(text: &str, line: Span) -> Option<(Span, bool)> {
    let slice = &text[line.range()];
    let (key, title) = prose_key(slice)?;
    let mut value = trim(text, Span::new(line.start + key.len() + 1, line.end));
    let inner = &text[value.range()];
    for quote in ['"', '\''] {
        if inner.len() > 2 && inner.starts_with(quote) && inner.ends_with(quote) {
            value = Span::new(value.start + 1, value.end - 1);
        }
    }
    let inner = &text[value.range()];
    let plain = !inner.starts_with(['|', '>', '[', '{', '&', '*', '!', '#', '"', '\'']);
    (plain && inner.chars().any(char::is_alphabetic)).then_some((value, title))
}
