//! Laying the pieces of a block so that they tile it, whatever was found in it.

use super::numbering;
use super::spans::trim;
use crate::text::{Block, BlockKind, Numbering, Piece, PieceKind, Pieces, Span};

/// Tiles `span` with `marks`. What they leave open is prose where it is white space and markup where
/// it is not. Marks that overlap an earlier one, or reach out of `span`, are cut.
pub(super) fn tile(text: &str, span: Span, marks: impl IntoIterator<Item = Piece>) -> Pieces {
    let mut pieces = Pieces::new();
    let mut at = span.start;
    let gap = |pieces: &mut Pieces, from: usize, to: usize| {
        if from < to {
            let blank = text[from..to].trim().is_empty();
            let kind = if blank { PieceKind::Prose } else { PieceKind::Markup };
            push(pieces, Piece { kind, span: Span::new(from, to) });
        }
    };
    for mark in marks {
        let Some(cut) = mark.span.intersect(Span::new(at, span.end)) else { continue };
        gap(&mut pieces, at, cut.start);
        push(&mut pieces, Piece { kind: mark.kind, span: cut });
        at = cut.end;
    }
    gap(&mut pieces, at, span.end);
    pieces
}

/// Tiles `span` with `marks` (in order, apart) and prose between them.
pub(super) fn with_prose(span: Span, marks: impl IntoIterator<Item = Piece>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = span.start;
    let last = Piece { kind: PieceKind::Markup, span: Span::new(span.end, span.end) };
    for mark in marks.into_iter().chain([last]) {
        pieces.push(Piece { kind: PieceKind::Prose, span: Span::new(at, mark.span.start) });
        pieces.push(mark);
        at = mark.span.end;
    }
    pieces.retain(|piece| !piece.span.is_empty());
    pieces
}

/// A block with these marks in it, if it says anything; its number is read from its words unless it is given.
pub(super) fn spoken(
    text: &str,
    kind: BlockKind,
    level: Option<u8>,
    span: Span,
    number: Option<Numbering>,
    marks: Vec<Piece>,
) -> Option<Block> {
    let span = trim(text, span);
    let pieces = mark_literals(text, tile(text, span, marks));
    if !pieces.iter().any(|p| p.kind != PieceKind::Markup && !text[p.span.range()].trim().is_empty()) {
        return None;
    }
    let mut block = Block { kind, level, numbering: None, span, pieces, sentences: 0..0 };
    block.numbering = number.or_else(|| numbering::written(text, &block)).map(Box::new);
    Some(block)
}

/// Adds a piece, joining prose to prose. Markup stays apart, because a line prefix and the
/// mark of emphasis after it are two things.
fn push(pieces: &mut Pieces, piece: Piece) {
    match pieces.last_mut() {
        Some(last) if last.kind == PieceKind::Prose && piece.kind == PieceKind::Prose => {
            last.span.end = piece.span.end;
        }
        _ => pieces.push(piece),
    }
}

/// Lays `kind` over the given spans (in order, apart) of pieces that tile something.
pub(super) fn overlay(pieces: &[Piece], kind: PieceKind, spans: &[Span]) -> Pieces {
    if spans.is_empty() {
        return pieces.into();
    }
    let mut out = Pieces::with_capacity(pieces.len() + 2 * spans.len());
    let mut spans = spans.iter().peekable();
    for piece in pieces {
        let mut at = piece.span.start;
        while let Some(&&over) = spans.peek() {
            if over.start >= piece.span.end {
                break;
            }
            if let Some(cut) = over.intersect(piece.span) {
                if at < cut.start {
                    push(&mut out, Piece { kind: piece.kind, span: Span::new(at, cut.start) });
                }
                match out.last_mut() {
                    // The second part of a span that runs over several pieces.
                    Some(last)
                        if last.kind == kind && last.span.end == cut.start && over.start < cut.start =>
                    {
                        last.span.end = cut.end;
                    }
                    _ => out.push(Piece { kind, span: cut }),
                }
                at = cut.end;
            }
            if over.end > piece.span.end {
                break;
            }
            spans.next();
        }
        if at < piece.span.end {
            push(&mut out, Piece { kind: piece.kind, span: Span::new(at, piece.span.end) });
        }
    }
    out
}

/// The part of a block that lies in `span`, trimmed; `None` when only white space is left.
pub(super) fn cut(text: &str, block: &Block, span: Span) -> Option<Block> {
    let span = trim(text, block.span.intersect(span)?);
    if span.is_empty() {
        return None;
    }
    let pieces = block.pieces.iter();
    let pieces = pieces
        .filter_map(|piece| piece.span.intersect(span).map(|span| Piece { kind: piece.kind, span }))
        .collect();
    let numbering = block.numbering.clone().filter(|n| span.contains(n.span));
    Some(Block { span, pieces, numbering, ..block.clone() })
}

/// A block of a part of a text, in the whole in which that begins at `start`.
pub(super) fn moved(block: Block, start: usize) -> Block {
    let by = |span: Span| Span::new(span.start + start, span.end + start);
    let pieces = block.pieces.iter().map(|piece| Piece { kind: piece.kind, span: by(piece.span) }).collect();
    let numbering = block.numbering.map(|number| Box::new(Numbering { span: by(number.span), ..*number }));
    Block { span: by(block.span), pieces, numbering, ..block }
}

/// Where prose of any format holds addresses (targets) and placeholders (code).
pub(super) fn mark_literals(text: &str, pieces: impl Into<Pieces>) -> Pieces {
    let pieces = pieces.into();
    let (mut targets, mut codes) = (Vec::new(), Vec::new());
    if pieces.iter().any(|piece| piece.is_joint(text)) {
        for run in joined(text, &pieces) {
            targets.extend(addresses(&run.text).into_iter().flat_map(|span| run.places(span)));
            codes.extend(placeholders(&run.text).into_iter().flat_map(|span| run.places(span)));
        }
    } else {
        for piece in pieces.iter().filter(|p| p.kind == PieceKind::Prose) {
            let (slice, base) = (&text[piece.span.range()], piece.span.start);
            targets.extend(addresses(slice).into_iter().map(|s| Span::new(base + s.start, base + s.end)));
            codes.extend(placeholders(slice).into_iter().map(|s| Span::new(base + s.start, base + s.end)));
        }
    }
    if targets.is_empty() && codes.is_empty() {
        return pieces;
    }
    overlay(&overlay(&pieces, PieceKind::Target, &targets), PieceKind::Code, &codes)
}

/// Text that goes on over several places.
pub(crate) struct Joined {
    pub(crate) text: String,
    /// Where each part of it begins, and where that stands.
    parts: Vec<(usize, Span)>,
}

impl Joined {
    /// Where a part of the text stands; apart where it goes on.
    pub(crate) fn places(&self, span: Span) -> impl Iterator<Item = Span> {
        let place = move |&(start, part): &(usize, Span)| {
            let own = Span::new(start, start + part.len()).intersect(span)?;
            Some(Span::new(part.start + own.start - start, part.start + own.end - start))
        };
        self.parts.iter().filter_map(place)
    }

    /// The place of a part of the text, with the joints in it; `None` of an empty one.
    pub(crate) fn place(&self, span: Span) -> Option<Span> {
        self.places(span).reduce(Span::join)
    }
}

/// The stretches of prose of these pieces, each with what goes on behind a joint.
pub(crate) fn joined(text: &str, pieces: &[Piece]) -> Vec<Joined> {
    let (mut runs, mut at) = (Vec::new(), 0);
    while let Some(rest) = pieces.get(at..).filter(|rest| !rest.is_empty()) {
        match Joined::run(text, rest) {
            Some((run, count)) => {
                runs.push(run);
                at += count;
            }
            None => at += 1,
        }
    }
    runs
}

impl Joined {
    /// The prose that these pieces begin with, with what goes on behind joints, and how many pieces that are; `None`
    /// where they begin with something else.
    pub(crate) fn run(text: &str, pieces: &[Piece]) -> Option<(Joined, usize)> {
        let mut run = Joined { text: String::new(), parts: Vec::new() };
        let goes_on = |piece: &&Piece| piece.kind == PieceKind::Prose || piece.is_joint(text);
        let begins = pieces.first().is_some_and(|piece| piece.kind == PieceKind::Prose);
        let mut count = 0;
        for piece in pieces.iter().take_while(|piece| begins && goes_on(piece)) {
            count += 1;
            if piece.kind == PieceKind::Prose {
                run.add(text, piece.span);
            }
        }
        begins.then_some((run, count))
    }

    /// The whole of a block but for its joints.
    pub(crate) fn of(text: &str, block: &Block) -> Joined {
        let mut whole = Joined { text: String::new(), parts: Vec::new() };
        for piece in block.pieces.iter().filter(|piece| !piece.is_joint(text)) {
            whole.add(text, piece.span);
        }
        whole
    }

    fn add(&mut self, text: &str, part: Span) {
        self.parts.push((self.text.len(), part));
        self.text.push_str(&text[part.range()]);
    }
}

/// The longest address or placeholder that is looked for, in bytes.
const LONGEST: usize = 2048;

/// Bare addresses: `http://…`, `https://…`, `ftp://…`, `www.…`, without the punctuation after them.
fn addresses(text: &str) -> Vec<Span> {
    let schemes = text.match_indices("://").filter_map(|(at, _)| {
        let scheme = ["https", "http", "ftp"].into_iter().find(|s| text[..at].ends_with(s))?;
        Some((at - scheme.len(), at + 3))
    });
    let hosts = text.match_indices("www.").map(|(at, lead)| (at, at + lead.len()));
    let mut leads: Vec<(usize, usize)> = schemes.chain(hosts).collect();
    leads.sort_unstable();
    let (mut found, mut from) = (Vec::new(), 0);
    for (start, inside) in leads {
        let fresh = text[..start].chars().next_back().is_none_or(|c| !c.is_ascii_alphanumeric());
        if start < from || !fresh {
            continue;
        }
        let body = &text.as_bytes()[inside..];
        let len = body
            .iter()
            .take(LONGEST)
            .take_while(|b| b.is_ascii_graphic() && !b"<>\"`|\\{}".contains(b))
            .count();
        let url = without_punctuation(&body[..len]);
        if !url.is_empty() {
            from = inside + url.len();
            found.push(Span::new(start, from));
        }
    }
    found.extend(mail_addresses(text));
    found.sort_unstable();
    // of two that overlap, the first is whole
    let mut end = 0;
    found.retain(|span| {
        let apart = span.start >= end;
        end = if apart { span.end } else { end };
        apart
    });
    found
}

/// Mail addresses: `name@example.org`.
fn mail_addresses(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let of_name = |b: &u8| b.is_ascii_alphanumeric() || b"._+-".contains(b);
    let of_host = |b: &u8| b.is_ascii_alphanumeric() || b".-".contains(b);
    let address = |at: usize| {
        let name = bytes[..at].iter().rev().take(LONGEST).take_while(|b| of_name(b)).count();
        let host = bytes[at + 1..].iter().take(LONGEST).take_while(|b| of_host(b)).count();
        let host = without_punctuation(&bytes[at + 1..at + 1 + host]);
        let dotted = host.contains(&b'.') && !host.starts_with(b".");
        (name > 0 && dotted).then(|| Span::new(at - name, at + 1 + host.len()))
    };
    text.match_indices('@').filter_map(|(at, _)| address(at)).collect()
}

/// An address without the marks of the sentence around it: stops, and brackets that it does not open.
fn without_punctuation(url: &[u8]) -> &[u8] {
    let count = |url: &[u8], mark: u8| url.iter().filter(|&&b| b == mark).count();
    let mut url = url;
    let mut unopened = count(url, b')').saturating_sub(count(url, b'('));
    while let [rest @ .., last] = url {
        match last {
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'*' | b'_' | b']' => {}
            b')' if unopened > 0 => unopened -= 1,
            _ => break,
        }
        url = rest;
    }
    url
}

/// Placeholders: `{{ name }}` and `${name}`, on one line.
fn placeholders(text: &str) -> Vec<Span> {
    let open = text.match_indices("{{").map(|(at, _)| (at, "}}"));
    let open = open.chain(text.match_indices("${").map(|(at, _)| (at, "}")));
    let mut opens: Vec<(usize, &str)> = open.collect();
    opens.sort_unstable();
    let (mut found, mut from) = (Vec::new(), 0);
    // Up to where each closing mark is known not to stand.
    let mut none_before = [0, 0];
    for (at, close) in opens {
        let known = &mut none_before[close.len() - 1];
        if at < from || at < *known {
            continue;
        }
        let window = text.as_bytes()[at..].iter().take(LONGEST).take_while(|&&b| b != b'\n').count();
        let end = text.as_bytes()[at..at + window].windows(close.len()).position(|w| w == close.as_bytes());
        match end {
            Some(end) => {
                from = at + end + close.len();
                found.push(Span::new(at, from));
            }
            None => *known = at + window,
        }
    }
    found
}
