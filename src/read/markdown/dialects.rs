//! What CommonMark does not know and dialects of Markdown write into its prose: attributes, formulas, callouts, directives,
//! the code of MDX. A block that the parser found is marked anew or cut at its lines; nothing outside of it is looked at.

use super::html;
use crate::read::numbering;
use crate::read::pieces::{cut, mark_literals, overlay};
use crate::read::spans::line_spans;
use crate::read::spans::trim;
use crate::text::script::is_han;
use crate::text::{Block, BlockKind, Piece, PieceKind, Pieces, Span};

/// Settles what the parser does not know: directives, imports, attributes, addresses, numbers.
pub(super) fn finish(text: &str, mut block: Block, out: &mut Vec<Block>) {
    let slice = &text[block.span.range()];
    if slice.starts_with("{/*") && slice.ends_with("*/}") {
        out.push(html::comment(block.span));
        return;
    }
    if block.kind != BlockKind::TableCell
        && block.kind != BlockKind::Heading
        && is_module_code(text, block.span)
    {
        block.kind = BlockKind::Metadata;
        out.push(block);
        return;
    }
    let attributes = attributes(text, &block);
    let pieces = overlay(&block.pieces, PieceKind::Markup, &attributes);
    let pieces = overlay(&pieces, PieceKind::Markup, &loose_emphasis(text, &pieces));
    let pieces = overlay(&pieces, PieceKind::Markup, callout(text, &block).as_slice());
    let pieces = overlay(&pieces, PieceKind::Code, &formulas(text, block.span, &pieces));
    block.pieces = mark_literals(text, pieces);
    for mut part in lines_apart(text, block) {
        if part.kind != BlockKind::Metadata && part.pieces.iter().all(|p| numbering::is_mere_form(text, *p)) {
            part.kind = BlockKind::Metadata;
        }
        if part.numbering.is_none() {
            part.numbering = numbering::written(text, &part).map(Box::new);
        }
        out.push(part);
    }
}

/// `import … from '…'`, `export const …`: the code of an MDX file.
fn is_module_code(text: &str, span: Span) -> bool {
    let slice = &text[span.range()];
    let first = slice.lines().next().unwrap_or_default().trim_end();
    let quoted = first.trim_end_matches(';').ends_with(['\'', '"']);
    let import = first.starts_with("import ")
        && quoted
        && (first.contains(" from ") || first.len() > 8 && first[7..].starts_with(['\'', '"']))
        || first.starts_with("import {") && first.ends_with(['{', ',']);
    let export =
        ["export const ", "export default ", "export function ", "export let ", "export {", "export * from"];
    import || export.iter().any(|lead| first.starts_with(lead)) && first.contains(['=', '{', '(', ';', '*'])
}

/// `{#anchor}` and `{: .class}` in prose, and JSX tags that the parser took for text.
fn attributes(text: &str, block: &Block) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let slice = &text[block.span.range()];
    let (mut from, mut dead) = (0, 0);
    for (at, mark) in slice.match_indices(['{', '<']) {
        if at < from {
            continue;
        }
        let rest = &slice.as_bytes()[at..];
        let len = match (mark, rest.get(1)) {
            ("{", Some(b'#' | b':' | b'.')) => {
                let len =
                    rest.iter().take(200).take_while(|&&b| b != b'}' && b != b'\n' && b != b'{').count();
                (rest.get(len) == Some(&b'}')).then_some(len + 1)
            }
            ("{", Some(b'/')) if rest.starts_with(b"{/*") => {
                let line = rest.iter().take(2000).take_while(|&&b| b != b'\n').count();
                rest[..line].windows(3).position(|end| end == b"*/}").map(|end| end + 3)
            }
            ("<", Some(b'A'..=b'Z')) if at >= dead => {
                let len = html::tag(&slice[at..]);
                dead = at + len.err().unwrap_or(0);
                len.ok()
            }
            _ => None,
        };
        let Some(len) = len else { continue };
        let span = Span::new(block.span.start + at, block.span.start + at + len);
        let prose = block.pieces.partition_point(|p| p.span.end <= span.start);
        if block.pieces.get(prose).is_some_and(|p| p.kind == PieceKind::Prose) {
            from = at + len;
            // The space before an attribute goes with it, as the parser does for its own.
            let blank = slice[..at].len() - slice[..at].trim_end_matches(' ').len();
            let start = if mark == "{" { span.start - blank } else { span.start };
            found.push(Span::new(start, span.end));
        }
    }
    found
}

/// Formulas, `$…$` and `$$…$$`, that begin in prose.
fn formulas(text: &str, span: Span, pieces: &[Piece]) -> Vec<Span> {
    let slice = &text[span.range()];
    let (mut found, mut from) = (Vec::new(), 0);
    // Once a search to the end was in vain, the next one would be as well.
    let mut unclosed = false;
    for (at, _) in slice.match_indices('$') {
        let before = slice[..at].chars().next_back();
        if at < from || before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '\\' | '$')) {
            continue;
        }
        let start = span.start + at;
        let piece = pieces.partition_point(|piece| piece.span.end <= start);
        if pieces.get(piece).is_none_or(|piece| piece.kind != PieceKind::Prose) {
            continue;
        }
        let end = match slice[at..].strip_prefix("$$") {
            Some(inner) if !unclosed => {
                let end = inner.find("$$").map(|len| at + len + 4);
                unclosed = end.is_none();
                end
            }
            Some(_) => None,
            None => formula(&slice[at + 1..]).map(|len| at + len + 2),
        };
        if let Some(end) = end {
            from = end;
            found.push(Span::new(start, span.start + end));
        }
    }
    found
}

/// The longest formula in a line that is looked for, in bytes.
const LONGEST_FORMULA: usize = 400;

/// The length of the formula that ends with the first `$` here. Amounts of money and names of variables are none:
/// either there is a mark that only formulas have, or no two letters follow each other.
fn formula(rest: &str) -> Option<usize> {
    let len = rest.bytes().take(LONGEST_FORMULA).position(|byte| byte == b'$')?;
    let inner = &rest[..len];
    let after = rest[len + 1..].chars().next();
    let closed = !inner.starts_with([' ', '\t', '\n', '{'])
        && !inner.ends_with([' ', '\t', '\n', '\\'])
        && !inner.is_empty()
        && !after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '$');
    let marked = inner.contains(['\\', '^', '_', '=']);
    let spelt = || inner.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_alphabetic));
    let foreign = inner.contains(|c: char| is_han(c) || c == '`');
    (closed && (inner.contains('\\') || !foreign && (marked || !inner.contains(' ') && !spelt())))
        .then_some(len)
}

/// The `[!WARNING]` that opens a quotation which is a callout with a title of its own.
fn callout(text: &str, block: &Block) -> Option<Span> {
    let first = block.pieces.iter().find(|piece| !numbering::is_mere_form(text, **piece))?;
    let start = trim(text, first.span).start;
    let rest = text[start..block.span.end].strip_prefix("[!")?;
    let len = rest.find(|c: char| !c.is_alphanumeric() && c != '-').filter(|len| *len <= 40)?;
    let fold = usize::from(rest[len..].starts_with("]-") || rest[len..].starts_with("]+"));
    let callout = block.kind == BlockKind::Quotation && len > 0 && rest[len..].starts_with(']');
    callout.then(|| Span::new(start, start + len + "[!]".len() + fold))
}

/// Pairs of `**` that CommonMark does not take for emphasis because a full-width mark stands inside
/// and a letter outside (`**注意：**文本`), though they were meant and most renderers for Chinese
/// show them so.
fn loose_emphasis(text: &str, pieces: &[Piece]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<Span> = None;
    for piece in pieces.iter().filter(|p| p.kind == PieceKind::Prose) {
        for (at, mark) in text[piece.span.range()].match_indices("**") {
            let span = Span::new(piece.span.start + at, piece.span.start + at + mark.len());
            let before = text[..span.start].chars().next_back().unwrap_or(' ');
            let after = text[span.end..].chars().next().unwrap_or(' ');
            match open {
                Some(start) if !before.is_whitespace() && (!before.is_ascii() || !after.is_ascii()) => {
                    found.extend([start, span]);
                    open = None;
                }
                _ if !after.is_whitespace() => open = Some(span),
                _ => open = None,
            }
        }
    }
    found
}

/// Cuts a block at lines that are directives (`:::note`, `{% … %}`), which become blocks of
/// metadata, except for those that only close; and between lines that are each an element of their
/// own (`<code>…</code>`).
fn lines_apart(text: &str, block: Block) -> Vec<Block> {
    let slice = &text[block.span.range()];
    let elements = slice.contains("</");
    let directives = [":::", "{%", "{{", "<<< "].iter().any(|mark| slice.contains(mark));
    let one_line = !slice.contains('\n');
    if !directives && (!elements || one_line) {
        return vec![block];
    }
    let mut parts: Vec<(Span, Directive)> = Vec::new();
    let mut element_before = false;
    for line in line_spans(slice) {
        let span = Span::new(block.span.start + line.start, block.span.start + line.end);
        let content = text[span.range()].trim_start_matches(['>', ' ', '\t', '-', '*']).trim_end();
        let directive = directive(content);
        let (begins, ends) = (content.starts_with('<'), content.ends_with('>') && content.contains("</"));
        let apart = element_before && begins;
        element_before = begins && ends;
        match parts.last_mut() {
            Some((last, Directive::No)) if directive == Directive::No && !apart => last.end = span.end,
            _ => parts.push((span, directive)),
        }
    }
    if parts.len() == 1 && parts.iter().all(|(_, d)| *d == Directive::No) {
        return vec![block];
    }
    let mut out = Vec::new();
    for (span, directive) in parts {
        let Some(mut part) = cut(text, &block, span) else { continue };
        match directive {
            Directive::Closes => continue,
            Directive::Opens => {
                part.kind = BlockKind::Metadata;
                part.level = None;
                part.pieces = match &text[part.span.range()] {
                    slice if slice.starts_with("<<<") => snippet(slice, part.span),
                    _ => html::tag_pieces(text, part.span),
                };
            }
            Directive::No => {}
        }
        out.push(part);
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Directive {
    Opens,
    Closes,
    No,
}

/// The pieces of `<<< @/file.js{2,4}`: the file is the target.
fn snippet(slice: &str, span: Span) -> Pieces {
    let start = slice.len() - slice.trim_start_matches('<').trim_start().len();
    let len = slice[start..].find([' ', '{', '#', '[']).unwrap_or(slice.len() - start);
    let cuts = [0, start, start + len, slice.len()].map(|at| span.start + at);
    [PieceKind::Markup, PieceKind::Target, PieceKind::Markup]
        .into_iter()
        .zip(cuts.windows(2))
        .map(|(kind, cut)| Piece { kind, span: Span::new(cut[0], cut[1]) })
        .filter(|piece| !piece.span.is_empty())
        .collect()
}

fn directive(line: &str) -> Directive {
    if line.starts_with("<<< ") {
        return Directive::Opens;
    }
    if let Some(rest) = line.strip_prefix(":::") {
        let word = rest.trim_start_matches(':').trim_start();
        return match word.chars().next() {
            None => Directive::Closes,
            Some(c) if c.is_ascii_alphabetic() || c == '{' || is_han(c) => Directive::Opens,
            _ => Directive::No,
        };
    }
    let enclosed = |open: &str, close: &str| {
        line.starts_with(open) && line.ends_with(close) && line.matches(open).count() == 1
    };
    if enclosed("{%", "%}") || enclosed("{{<", ">}}") || enclosed("{{%", "%}}") {
        let inner = line.trim_start_matches(['{', '%', '<', '-', ' ']);
        return match inner.starts_with('/') || inner.starts_with("end") {
            true => Directive::Closes,
            false => Directive::Opens,
        };
    }
    Directive::No
}
