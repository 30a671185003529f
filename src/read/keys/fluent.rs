//! Messages of Project Fluent: `key = pattern` with attributes, terms, and what is filled in between braces.

use super::{Message, Messages, Path};
use crate::error::ErrorKind;
use crate::message::message;
use crate::read::line_of;
use crate::read::spans::line_spans;
use crate::text::{Piece, PieceKind, Span};

/// Reads the messages, terms and attributes of a Fluent file.
///
/// # Errors
/// When a line belongs to no message.
pub(in crate::read) fn read(text: &str) -> Result<Messages, ErrorKind> {
    let mut all: Vec<Message> = Vec::new();
    let mut path = Path::default();
    // the message that attributes belong to
    let mut id = String::new();
    // the pattern that goes on, and how many of its braces are open
    let mut open: Option<(String, Span, usize)> = None;
    for line in line_spans(text) {
        let slice = &text[line.range()];
        let lead = slice.len() - slice.trim_start().len();
        let indented = lead > 0;
        let inside = open.as_ref().is_some_and(|(.., braces)| *braces > 0);
        let own = &slice[lead..];
        let attribute = indented
            && own.starts_with('.')
            && !inside
            && own[1..].starts_with(|c: char| c.is_ascii_alphabetic());
        if let Some((_, span, braces)) = &mut open
            && (inside || own.is_empty() || indented && !attribute)
        {
            span.end = if own.is_empty() { span.end } else { line.end };
            *braces = balance(slice, *braces);
            continue;
        }
        all.extend(open.take().map(|(key, span, _)| message(text, key, span)));
        if own.is_empty() || own.starts_with('#') && !indented {
            continue;
        }
        let name = own.strip_prefix('.').filter(|_| attribute).unwrap_or(own);
        let len = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_-".contains(b)).count();
        let rest = name[len..].trim_start();
        let Some(value) = rest.strip_prefix('=').filter(|_| len > 0 && (!indented || attribute)) else {
            let what = message!("read-fluent-lone");
            return Err(ErrorKind::Content { line: line_of(text, line.start), what });
        };
        if !attribute {
            id = name[..len].to_owned();
        }
        path.push(&id);
        if attribute {
            path.push(&name[..len]);
        }
        let key = path.key(text, line.start)?;
        path.pop();
        if attribute {
            path.pop();
        }
        let start = line.end - value.len();
        open = Some((key, Span::new(start, line.end), balance(value, 0)));
    }
    all.extend(open.take().map(|(key, span, _)| message(text, key, span)));
    // a message without a text of its own has attributes alone
    let own: std::collections::BTreeSet<String> =
        all.iter().filter_map(|message| message.key.rsplit_once('.')).map(|(id, _)| id.to_owned()).collect();
    all.retain(|message| !message.value.0.is_empty() || !own.contains(&message.key));
    Ok(Messages { all, lang: None })
}

fn message(text: &str, key: String, span: Span) -> Message {
    let span = crate::read::spans::trim(text, span);
    Message { key, category: None, value: (span, pieces(text, span)) }
}

/// How many braces are open after a line, if so many were before it; those in strings do not count.
fn balance(line: &str, mut open: usize) -> usize {
    let mut string = false;
    let mut bytes = line.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' if open > 0 => string = !string,
            b'\\' if string => {
                bytes.next();
            }
            b'{' if !string => open += 1,
            b'}' if !string => open = open.saturating_sub(1),
            _ => {}
        }
    }
    open
}

/// What a place in a pattern is part of.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    /// Text, of the pattern or of a variant.
    Text,
    /// Between braces, before variants.
    Expression,
    /// Between braces, where variants follow.
    Variants,
}

/// The parts of a pattern: its text, and what a program reads.
fn pieces(text: &str, span: Span) -> Vec<Piece> {
    let bytes = &text.as_bytes()[..span.end];
    let mut marks = Vec::new();
    let mut modes = vec![Mode::Text];
    let (mut from, mut at) = (span.start, span.start);
    let mut cut =
        |kind: PieceKind, from: usize, to: usize| marks.push(Piece { kind, span: Span::new(from, to) });
    while let Some(&byte) = bytes.get(at) {
        let mode = modes.last().copied().unwrap_or(Mode::Text);
        match (mode, byte) {
            (Mode::Text, b'{') => {
                cut(PieceKind::Prose, from, at);
                from = at;
                modes.push(Mode::Expression);
            }
            // a variant ends with its line or with the expression
            (Mode::Text, b'\n') if modes.len() > 1 && next_variant(&bytes[at..]) => {
                cut(PieceKind::Prose, from, at);
                from = at;
                modes.pop();
            }
            (Mode::Text, b'}') if modes.len() > 1 => {
                cut(PieceKind::Prose, from, at);
                from = at;
                modes.truncate(modes.len() - 2);
                if modes.last().is_none_or(|mode| *mode == Mode::Text) {
                    cut(PieceKind::Code, from, at + 1);
                    from = at + 1;
                }
            }
            (Mode::Text, _) => {}
            (_, b'"') => {
                let len = bytes[at + 1..].iter().position(|&b| b == b'"' || b == b'\n').unwrap_or(0);
                at += len + 1;
            }
            (_, b'{') => modes.push(Mode::Expression),
            (Mode::Expression, b'-') if bytes.get(at + 1) == Some(&b'>') => {
                if let Some(mode) = modes.last_mut() {
                    *mode = Mode::Variants;
                }
            }
            (Mode::Variants, b'[') => {
                let len = bytes[at..].iter().position(|&b| b == b']').unwrap_or(0);
                let key = at + 1..at + len.max(1);
                at += len;
                // the number that a form is for may be said in it as a number, and is filled in all the same
                let said = number(text.get(key).unwrap_or_default())
                    .map_or(0, |number| said(&bytes[at + 1..], number));
                cut(PieceKind::Code, from, at + 1 + said);
                at += said;
                from = at + 1;
                modes.push(Mode::Text);
            }
            (_, b'}') => {
                modes.pop();
                if modes.last().is_none_or(|mode| *mode == Mode::Text) {
                    cut(PieceKind::Code, from, at + 1);
                    from = at + 1;
                }
            }
            _ => {}
        }
        if modes.is_empty() {
            modes.push(Mode::Text);
        }
        at += 1;
    }
    cut(if modes.len() > 1 { PieceKind::Code } else { PieceKind::Prose }, from.min(span.end), span.end);
    marks.retain(|piece| !piece.span.is_empty());
    marks
}

/// The number that a form is for.
fn number(key: &str) -> Option<&str> {
    match key.trim() {
        "zero" => Some("0"),
        "one" => Some("1"),
        "two" => Some("2"),
        key => key.bytes().all(|byte| byte.is_ascii_digit()).then_some(key),
    }
}

/// The length of this number, with the blanks before it, if the text of a form begins with it.
fn said(form: &[u8], number: &str) -> usize {
    let blanks = form.iter().take_while(|byte| **byte == b' ').count();
    let rest = form[blanks..].strip_prefix(number.as_bytes());
    let alone = rest
        .is_some_and(|rest| rest.first().is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'.'));
    if alone && !number.is_empty() { blanks + number.len() } else { 0 }
}

/// Whether the next line begins a variant or ends the expression.
fn next_variant(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    rest.starts_with(b"[") || rest.starts_with(b"*[") || rest.starts_with(b"}")
}
