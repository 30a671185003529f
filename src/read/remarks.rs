//! Comments in a document that are addressed to this program: `<!-- duizhao: … -->`. They are no part of the text.

use std::path::Path;

use super::Format;
use super::pieces::overlay;
use crate::message::{Message, message};
use crate::text::{Block, BlockKind, Document, Piece, PieceKind, Span};

/// A comment that is addressed to this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remark {
    /// Where the comment stands, with its marks.
    pub span: Span,
    /// What it says after the name, without the white space around it.
    pub body: Span,
}

/// By what a comment is known to be addressed to this program.
const NAME: &str = "duizhao:";

/// How comments begin and end in a format; those that end with the line must begin it.
fn marks(format: Format) -> &'static [(&'static str, &'static str)] {
    match format {
        Format::Plain | Format::Html | Format::Epub => &[("<!--", "-->")],
        Format::Markdown | Format::Notebook => &[("<!--", "-->"), ("{/*", "*/}")],
        Format::Rst => &[("..", "\n")],
        Format::AsciiDoc => &[("//", "\n")],
        Format::Po => &[("#", "\n")],
        Format::Latex => &[("%", "\n")],
        _ => &[],
    }
}

/// The comment by which a file of that name says something to this program; `None` where its format has none. It
/// ends with a line end if it must end with the line.
pub fn remark(path: &Path, body: &str) -> Option<String> {
    let braced = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("mdx"));
    let all = marks(Format::known(path).unwrap_or(Format::Plain));
    let (open, close) = all.iter().find(|(open, _)| open.starts_with('{') == braced).or(all.first())?;
    let space = if *close == "\n" { "" } else { " " };
    Some(format!("{open} {NAME} {body}{space}{close}"))
}

/// The comments of a document that are addressed to this program, in order; what only looks like one inside of code
/// is none.
pub fn remarks(document: &Document) -> Vec<Remark> {
    outside_code(&document.text, candidates(&document.text, document.format), &document.blocks)
}

/// The hash of the original that a remark names, where it says `source sha256:HASH`: what the translation follows.
/// `None` for a remark that says something else.
///
/// # Errors
/// When it is no hash of that kind.
pub fn followed(body: &str) -> Option<Result<String, Message>> {
    let rest = body.strip_prefix("source").filter(|rest| rest.starts_with([' ', '\t', ':']))?;
    let hash = rest.trim_start_matches([' ', '\t', ':']).strip_prefix("sha256:").unwrap_or_default();
    let whole = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    Some(match whole {
        true => Ok(hash.to_ascii_lowercase()),
        false => Err(message!("remark-no-state", body = body)),
    })
}

/// The blocks of a text as `read` would find them were the remarks not there.
pub(super) fn blocks(text: &str, format: Format, read: fn(&str) -> Vec<Block>) -> Vec<Block> {
    let candidates = candidates(text, format);
    if candidates.is_empty() {
        return read(text);
    }
    let remarks = outside_code(text, candidates, &read(text));
    let mut blocks = read(&blanked(text, &remarks));
    let spans: Vec<Span> = remarks.iter().map(|remark| remark.span).collect();
    for block in &mut blocks {
        let inside: Vec<Span> = spans.iter().filter_map(|span| span.intersect(block.span)).collect();
        block.pieces = overlay(&block.pieces, PieceKind::Markup, &inside);
    }
    blocks
}

/// A text with blanks in place of its remarks, byte for byte as long; line ends stay.
pub(super) fn hidden(text: &str, format: Format) -> String {
    blanked(text, &candidates(text, format))
}

fn candidates(text: &str, format: Format) -> Vec<Remark> {
    let mut found = Vec::new();
    let mut end = 0;
    for (at, _) in text.match_indices(NAME) {
        let before = text[..at].trim_end_matches([' ', '\t']);
        let comment = marks(format).iter().find_map(|(open, close)| {
            let start = before.strip_suffix(open)?.len();
            let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
            let whole_line = *close == "\n";
            if start < end || whole_line && !text[line..start].trim().is_empty() {
                return None;
            }
            let from = at + NAME.len();
            let len = text[from..].find(close);
            let to = from + len.or(whole_line.then_some(text.len() - from))?;
            let tail = if whole_line { 0 } else { close.len() };
            let words = &text[from..to];
            let body = from + (words.len() - words.trim_start().len());
            Some(Remark {
                span: Span::new(start, to + tail),
                body: Span::new(body.min(to), from + words.trim_end().len()),
            })
        });
        if let Some(remark) = comment {
            end = remark.span.end;
            found.push(remark);
        }
    }
    found
}

fn outside_code(text: &str, mut remarks: Vec<Remark>, blocks: &[Block]) -> Vec<Remark> {
    remarks.retain(|remark| {
        let start = remark.span.start;
        let at = blocks.partition_point(|block| block.span.end <= start);
        let Some(block) = blocks.get(at).filter(|block| block.span.start <= start) else { return true };
        // what stands between braces in MDX is code by itself
        let braced = text[start..].starts_with('{');
        let code = |piece: &Piece| {
            piece.kind == PieceKind::Code
                && piece.span.overlaps(remark.span)
                && piece.span.start <= start
                && !(braced && piece.span.start == start)
        };
        block.kind != BlockKind::Code && !block.pieces.iter().any(code)
    });
    remarks
}

fn blanked(text: &str, remarks: &[Remark]) -> String {
    let mut out = String::with_capacity(text.len());
    for remark in remarks {
        out.push_str(&text[out.len()..remark.span.start]);
        let bytes = text.as_bytes()[remark.span.range()].iter();
        out.extend(bytes.map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(*byte) } else { ' ' }));
    }
    out.push_str(&text[out.len()..]);
    out
}
