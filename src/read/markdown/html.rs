//! HTML inside Markdown: which of it is tags, and which is prose between them.

use std::ops::Range;

use super::super::pieces::{mark_literals, tile};
use super::super::spans::trim;
use crate::text::{Block, BlockKind, Piece, PieceKind, Pieces, Span};

/// Elements that stand inside a line of prose; all others separate blocks.
const INLINE: [&str; 36] = [
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr", "input",
];

/// Elements whose content is verbatim.
const VERBATIM: [&str; 7] = ["code", "kbd", "samp", "tt", "var", "pre", "script"];

/// The pieces of one tag: addresses in its attributes are targets, versions code, all else is markup.
pub(super) fn tag_pieces(text: &str, span: Span) -> Pieces {
    let slice = &text[span.range()];
    let mut marks = Vec::new();
    for name in ["src", "href", "file", "url"] {
        let found = slice.match_indices(name).find_map(|(at, _)| {
            let rest = slice[at + name.len()..].strip_prefix('=')?;
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let start = at + name.len() + 2;
            let len = slice.get(start..)?.find(quote)?;
            (slice[..at].ends_with(char::is_whitespace) && len > 0).then(|| Span::new(start, start + len))
        });
        if let Some(found) = found {
            marks.push(Piece {
                kind: PieceKind::Target,
                span: Span::new(span.start + found.start, span.start + found.end),
            });
        }
    }
    marks.extend(versions(slice).into_iter().map(|version| Piece {
        kind: PieceKind::Code,
        span: Span::new(span.start + version.start, span.start + version.end),
    }));
    marks.sort_by_key(|piece| piece.span);
    // Blanks between attributes would be prose by themselves, but a tag is all form.
    let mut pieces = tile(text, span, marks);
    for piece in pieces.iter_mut().filter(|p| p.kind == PieceKind::Prose) {
        piece.kind = PieceKind::Markup;
    }
    pieces
}

/// Where attributes are versions, as in `since="3.0"` and `text="^1.9.0"`.
fn versions(tag: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for (at, _) in tag.match_indices("=\"") {
        let start = at + 2;
        let Some(len) = tag[start..].bytes().take(20).position(|byte| byte == b'"') else { continue };
        let value = &tag[start..start + len];
        let number = value.trim_start_matches(['v', '^', '~']);
        let dotted = number.split('.').count() > 1;
        if dotted
            && number.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
        {
            found.push(Span::new(start, start + len));
        }
    }
    found
}

/// The element whose verbatim content a tag opens. A `code` that names a source file shows that, and
/// its content is a caption.
pub(super) fn opens_verbatim(tag: &str) -> Option<&'static str> {
    let name = name(tag)?;
    let known = VERBATIM.into_iter().find(|v| v.eq_ignore_ascii_case(name))?;
    (!tag.starts_with("</") && !tag.ends_with("/>") && !tag.contains(" src=")).then_some(known)
}

/// Whether a tag closes the named element.
pub(super) fn closes(tag: &str, element: &str) -> bool {
    tag.starts_with("</") && name(tag).is_some_and(|name| name.eq_ignore_ascii_case(element))
}

/// The length of the tag that `text` starts with, HTML or JSX: braces and quotes are skipped whole.
/// Otherwise how far there is none, so that a search need not begin again inside of that.
pub(crate) fn tag(text: &str) -> Result<usize, usize> {
    if name(text).is_none() {
        return Err(1);
    }
    let (mut depth, mut quote) = (0usize, None);
    for (at, byte) in text.bytes().enumerate().take(LONGEST_TAG) {
        match (byte, quote) {
            (_, Some(q)) if byte == q => quote = None,
            (_, Some(_)) => {}
            (b'"' | b'\'' | b'`', None) => quote = Some(byte),
            (b'{', None) => depth += 1,
            (b'}', None) => depth = depth.saturating_sub(1),
            (b'>', None) if depth == 0 => return Ok(at + 1),
            (b'<', None) if depth == 0 && at > 0 => return Err(at),
            _ => {}
        }
    }
    Err(text.len().min(LONGEST_TAG))
}

/// The longest tag that is looked for, in bytes.
const LONGEST_TAG: usize = 4000;

/// A property of a tag, by offsets: its name, and its value without quotation marks unless that is an expression.
pub(crate) type Property = (Range<usize>, Option<Range<usize>>);

/// The properties of a tag or of a shortcode (`{{< figure src="…" >}}`), in order; what has no name is none.
pub(crate) fn properties(tag: &str) -> Vec<Property> {
    let find =
        |from: usize, ends: &dyn Fn(char) -> bool| tag[from..].find(ends).map_or(tag.len(), |at| from + at);
    let ends = |c: char| c.is_whitespace() || "=>/\"'{}".contains(c);
    let lead = tag.len() - tag.trim_start_matches(['<', '{', '%', '/', '-', ' ']).len();
    let mut at = find(lead, &|c| c.is_whitespace() || c == '>');
    let mut found = Vec::new();
    while let Some(c) = tag[at..].chars().next() {
        if ends(c) {
            at = match c {
                '"' | '\'' => find(at + 1, &|end| end == c) + 1,
                '{' => braced(tag, at),
                _ => at + c.len_utf8(),
            }
            .min(tag.len());
            continue;
        }
        let name = at..find(at, &ends);
        at = name.end;
        let Some(value) = tag[at..].strip_prefix('=') else {
            found.push((name, None));
            continue;
        };
        let start = tag.len() - value.len();
        let (value, end) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let end = find(start + 1, &|c| c == quote);
                (Some(start + 1..end), (end + 1).min(tag.len()))
            }
            Some('{') => (None, braced(tag, start)),
            _ => {
                let end = find(start, &|c| c.is_whitespace() || c == '>');
                (Some(start..end), end)
            }
        };
        found.push((name, value));
        at = end;
    }
    found
}

/// Where the expression ends that begins with a brace.
fn braced(tag: &str, at: usize) -> usize {
    let mut depth = 0usize;
    let end = tag[at..].bytes().position(|byte| {
        depth = match byte {
            b'{' => depth + 1,
            b'}' => depth.saturating_sub(1),
            _ => depth,
        };
        depth == 0
    });
    end.map_or(tag.len(), |len| at + len + 1)
}

/// Properties whose values people read.
const WORDED: [&str; 14] = [
    "title",
    "description",
    "alt",
    "label",
    "caption",
    "summary",
    "placeholder",
    "heading",
    "subtitle",
    "tooltip",
    "text",
    "header",
    "aria-label",
    "message",
];

/// Whether people read the value of a property.
pub(crate) fn is_worded(property: &str) -> bool {
    WORDED.iter().any(|worded| worded.eq_ignore_ascii_case(property))
}

/// What people read in the properties of a tag that stands between blocks, each as a block.
fn captions(text: &str, span: Span) -> impl Iterator<Item = Block> {
    let tag = &text[span.range()];
    let worded = properties(tag).into_iter().filter_map(move |(name, value)| {
        let value = value.filter(|value| is_worded(&tag[name]) && !value.is_empty())?;
        let span = trim(text, Span::new(span.start + value.start, span.start + value.end));
        text[span.range()].contains(char::is_alphabetic).then_some(span)
    });
    worded.map(move |span| {
        let pieces = [Piece { kind: PieceKind::Prose, span }];
        let kind = BlockKind::Caption;
        Block {
            kind,
            level: None,
            numbering: None,
            span,
            pieces: mark_literals(text, pieces),
            sentences: 0..0,
        }
    })
}

/// The address in a tag that stands between blocks, as a block.
fn addressed(text: &str, span: Span) -> Option<Block> {
    let target = tag_pieces(text, span).into_iter().find(|piece| piece.kind == PieceKind::Target)?;
    let kind = BlockKind::Metadata;
    Some(Block {
        kind,
        level: None,
        numbering: None,
        span: target.span,
        pieces: [target].into(),
        sentences: 0..0,
    })
}

/// The name of the element that a tag opens or closes.
fn name(tag: &str) -> Option<&str> {
    let rest = tag.strip_prefix('<')?;
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let len = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '.').unwrap_or(rest.len());
    let name = &rest[..len];
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(name)
}

/// A whole HTML block as one block: prose between tags, or metadata when there is none. The prose is
/// read for the inline marks of Markdown, unless that has been tried before (`depth` above 1).
pub(super) fn flat(text: &str, span: Span, depth: u8) -> Block {
    let mut marks = Vec::new();
    let mut prose = false;
    for token in tokens(&text[span.range()]) {
        let at = Span::new(span.start + token.span.start, span.start + token.span.end);
        match token.kind {
            TokenKind::Text => {
                prose |= !text[at.range()].trim().is_empty();
                let inner = match depth {
                    1 => super::inside(text, trim(text, at), 2),
                    _ => Vec::new(),
                };
                match inner.is_empty() {
                    true => marks.push(Piece { kind: PieceKind::Prose, span: at }),
                    false => marks.extend(inner.into_iter().flat_map(|block| block.pieces)),
                }
            }
            _ => marks.extend(tag_pieces(text, at)),
        }
    }
    let kind = if prose { BlockKind::Paragraph } else { BlockKind::Metadata };
    Block { kind, level: None, numbering: None, span, pieces: tile(text, span, marks), sentences: 0..0 }
}

/// The blocks of an HTML block of Markdown: what stands between block tags is read as Markdown once
/// more; without any prose the whole is metadata, or a comment if it is nothing else.
pub(super) fn blocks(text: &str, span: Span) -> Vec<Block> {
    let slice = &text[span.range()];
    let (mut blocks, mut in_tags) = (Vec::new(), Vec::new());
    let mut chunk: Option<Span> = None;
    let mut role: Option<(BlockKind, Option<u8>)> = None;
    let mut cells = 0u8;
    let mut flush = |chunk: &mut Option<Span>, role: Option<(BlockKind, Option<u8>)>| {
        let Some(chunk) = chunk.take() else { return };
        let chunk = trim(text, Span::new(span.start + chunk.start, span.start + chunk.end));
        if chunk.is_empty() {
            return;
        }
        for mut block in super::inside(text, chunk, 1) {
            if let (Some((kind, level)), BlockKind::Paragraph) = (role, block.kind) {
                block.kind = kind;
                block.level = level;
            }
            blocks.push(block);
        }
    };
    for token in tokens(slice) {
        match token.kind {
            TokenKind::Text | TokenKind::Inline => {
                chunk = Some(chunk.map_or(token.span, |chunk: Span| chunk.join(token.span)));
            }
            TokenKind::Block => {
                flush(&mut chunk, role.take());
                let tag = &slice[token.span.range()];
                let place = Span::new(span.start + token.span.start, span.start + token.span.end);
                let said: Vec<Block> = captions(text, place).collect();
                in_tags.extend(said);
                in_tags.extend(addressed(text, place));
                role = role_of(tag);
                match &mut role {
                    Some((BlockKind::TableCell, column)) => {
                        cells = cells.saturating_add(1);
                        *column = Some(cells);
                    }
                    _ if name(tag).is_some_and(|name| name.eq_ignore_ascii_case("tr")) => cells = 0,
                    _ => {}
                }
            }
            // What is not shown leaves an element that is still empty as it is.
            TokenKind::Hidden if chunk.is_none() => {}
            TokenKind::Hidden => flush(&mut chunk, role.take()),
        }
    }
    flush(&mut chunk, role);
    let worded = blocks.iter().chain(&in_tags).any(|b| b.kind != BlockKind::Metadata);
    match worded {
        true => {
            blocks.extend(in_tags);
            blocks.sort_by_key(|block| block.span);
            blocks
        }
        false if is_comment(slice) => vec![comment(span)],
        false => vec![Block { kind: BlockKind::Metadata, ..flat_form(text, span) }],
    }
}

/// Whether HTML consists of comments.
fn is_comment(html: &str) -> bool {
    html.starts_with("<!--")
        && tokens(html).iter().all(|token| {
            let text = &html[token.span.range()];
            text.trim().is_empty() || token.kind == TokenKind::Hidden && text.starts_with("<!--")
        })
}

/// A comment as a block.
pub(super) fn comment(span: Span) -> Block {
    let pieces = [Piece { kind: PieceKind::Markup, span }].into();
    Block { kind: BlockKind::Comment, level: None, numbering: None, span, pieces, sentences: 0..0 }
}

/// A block without prose: targets and markup.
fn flat_form(text: &str, span: Span) -> Block {
    let mut block = flat(text, span, 2);
    for piece in block.pieces.iter_mut().filter(|p| p.kind == PieceKind::Prose) {
        piece.kind = PieceKind::Markup;
    }
    block
}

fn role_of(tag: &str) -> Option<(BlockKind, Option<u8>)> {
    if tag.starts_with("</") {
        return None;
    }
    match name(tag)?.to_ascii_lowercase().as_str() {
        "li" => Some((BlockKind::ListItem, Some(1))),
        "td" | "th" => Some((BlockKind::TableCell, None)),
        "blockquote" => Some((BlockKind::Quotation, None)),
        "figcaption" | "caption" => Some((BlockKind::Caption, None)),
        "h1" => Some((BlockKind::Heading, Some(1))),
        "h2" => Some((BlockKind::Heading, Some(2))),
        "h3" => Some((BlockKind::Heading, Some(3))),
        "h4" => Some((BlockKind::Heading, Some(4))),
        "h5" => Some((BlockKind::Heading, Some(5))),
        "h6" => Some((BlockKind::Heading, Some(6))),
        _ => None,
    }
}

struct Token {
    kind: TokenKind,
    span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum TokenKind {
    Text,
    /// A tag inside of a line.
    Inline,
    /// A tag that separates blocks.
    Block,
    /// A comment, or an element that is not shown.
    Hidden,
}

/// Cuts HTML into tags, comments and text. A `<` that opens nothing is text.
fn tokens(html: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut at, mut text_from) = (0, 0);
    // Once a search to the end was in vain, the next one would be as well.
    let (mut no_comment_end, mut searched, mut dead) = (false, 0, 0);
    while let Some(open) = html[at..].find('<').map(|found| at + found) {
        let rest = &html[open..];
        if open < dead {
            at = open + 1;
            continue;
        }
        let found = if rest.starts_with("<!--") && !no_comment_end {
            let end = rest.find("-->");
            no_comment_end = end.is_none();
            end.map(|end| (TokenKind::Hidden, end + 3))
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            let end = rest.as_bytes().iter().take(LONGEST_TAG).position(|&b| b == b'>');
            dead = open + if end.is_none() { LONGEST_TAG } else { 0 };
            end.map(|end| (TokenKind::Hidden, end + 1))
        } else {
            let len = tag(rest);
            dead = open + len.err().unwrap_or(0);
            len.ok().map(|len| {
                let tag = &rest[..len];
                let name = name(tag).unwrap_or_default().to_ascii_lowercase();
                let hidden = ["script", "style", "pre", "svg"].iter().find(|n| **n == name);
                let close =
                    hidden.filter(|_| !tag.starts_with("</") && !tag.ends_with("/>") && open >= searched);
                match close.map(|name| (rest.find(&format!("</{name}")), name)) {
                    Some((Some(end), _)) => (TokenKind::Hidden, end),
                    Some((None, _)) => {
                        searched = html.len();
                        (TokenKind::Hidden, len)
                    }
                    None if INLINE.contains(&name.as_str()) => (TokenKind::Inline, len),
                    None => (TokenKind::Block, len),
                }
            })
        };
        match found {
            Some((kind, len)) => {
                if text_from < open {
                    tokens.push(Token { kind: TokenKind::Text, span: Span::new(text_from, open) });
                }
                at = open + len.max(1);
                text_from = at;
                tokens.push(Token { kind, span: Span::new(open, at) });
            }
            None => at = open + 1,
        }
    }
    if text_from < html.len() {
        tokens.push(Token { kind: TokenKind::Text, span: Span::new(text_from, html.len()) });
    }
    tokens
}
