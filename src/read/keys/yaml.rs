//! Messages in YAML, as Rails has them (with the language as the root) or plain.

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::escapes::backslashes;
use super::{DEEPEST, Message, Messages, Path, as_forms, too_deep, under_language, with_suffixes};
use crate::error::ErrorKind;
use crate::message::message;
use crate::read::line_of;
use crate::text::{Piece, PieceKind, Span};

/// Where a char of the text stands, asked for in rising order.
struct Places<'t> {
    text: &'t str,
    /// How many chars there are before the byte.
    chars: usize,
    byte: usize,
}

impl Places<'_> {
    fn byte(&mut self, chars: usize) -> usize {
        if chars < self.chars {
            (self.chars, self.byte) = (0, 0);
        }
        let rest = &self.text[self.byte..];
        self.byte += rest.char_indices().nth(chars - self.chars).map_or(rest.len(), |(at, _)| at);
        self.chars = chars;
        self.byte
    }
}

/// A mapping or a list that is open.
struct Open {
    /// The index of the next member of a list; `None` in a mapping.
    index: Option<usize>,
    /// Whether the next thing in a mapping is a key.
    key: bool,
    /// How many messages there were before it.
    first: usize,
    names: Vec<String>,
}

/// Reads the messages of a YAML file. What an alias stands for is read where it is written.
///
/// # Errors
/// When it is no YAML.
pub(in crate::read) fn read(text: &str) -> Result<Messages, ErrorKind> {
    let mut all: Vec<Message> = Vec::new();
    let mut places = Places { text, chars: 0, byte: 0 };
    let mut path = Path::default();
    let mut open: Vec<Open> = Vec::new();
    let mut roots: Vec<String> = Vec::new();
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| ErrorKind::Content {
            line: error.marker().line(),
            what: message!("read-not-as", format = "YAML", what = error.info().to_string()),
        })?;
        match event {
            Event::Scalar(value, style, ..) => {
                let depth = open.len();
                if let Some(mapping) = open.last_mut().filter(|open| open.index.is_none() && open.key) {
                    mapping.key = false;
                    mapping.names.push(value.to_string());
                    if depth == 1 {
                        roots.push(value.to_string());
                    }
                    path.push(&value);
                    continue;
                }
                enter(&mut open, &mut path);
                if style != ScalarStyle::Plain || is_text(&value) {
                    let whole = Span::new(places.byte(span.start.index()), places.byte(span.end.index()));
                    let key = path.key(text, whole.start)?;
                    all.push(Message { key, category: None, value: words(text, whole, style) });
                }
                leave(&mut open, &mut path);
            }
            Event::Alias(_) => {
                let is_key = open.last().is_some_and(|open| open.index.is_none() && open.key);
                if is_key {
                    path.push("*");
                    open.iter_mut().next_back().into_iter().for_each(|open| open.key = false);
                    continue;
                }
                enter(&mut open, &mut path);
                leave(&mut open, &mut path);
            }
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                if open.len() == DEEPEST {
                    return Err(too_deep(text, places.byte(span.start.index())));
                }
                if open.last().is_some_and(|open| open.index.is_none() && open.key) {
                    let line = line_of(text, places.byte(span.start.index()));
                    let what = message!("read-yaml-key");
                    return Err(ErrorKind::Content { line, what });
                }
                enter(&mut open, &mut path);
                let index = matches!(event, Event::SequenceStart(..)).then_some(0);
                open.push(Open { index, key: true, first: all.len(), names: Vec::new() });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                if let Some(closed) = open.pop() {
                    as_forms(&mut all[closed.first..], &closed.names, &path);
                }
                leave(&mut open, &mut path);
            }
            _ => {}
        }
    }
    let lang = under_language(&mut all, &roots);
    Ok(Messages { all: with_suffixes(all), lang })
}

/// Names a value of a list by its place.
fn enter(open: &mut [Open], path: &mut Path) {
    if let Some(index) = open.last_mut().and_then(|open| open.index.as_mut()) {
        path.push(&index.to_string());
        *index += 1;
    }
}

/// Leaves the place of a value.
fn leave(open: &mut [Open], path: &mut Path) {
    if let Some(open) = open.last_mut() {
        path.pop();
        open.key = true;
    }
}

/// Whether what stands without quotation marks is a text, and not a number, a truth value or nothing.
fn is_text(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let word = matches!(lower.as_str(), "" | "~" | "null" | "true" | "false" | "yes" | "no" | "on" | "off");
    !word && value.parse::<f64>().is_err() && !value.starts_with(':')
}

/// Where the words of a scalar stand, and its parts.
fn words(text: &str, mut whole: Span, style: ScalarStyle) -> (Span, Vec<Piece>) {
    // the name and the tag of a node are no part of its text
    while text[whole.range()].starts_with(['&', '!']) {
        let slice = &text[whole.range()];
        let len = slice.find(char::is_whitespace).unwrap_or(slice.len());
        whole.start += len + (slice[len..].len() - slice[len..].trim_start().len());
    }
    let slice = &text[whole.range()];
    let quoted = |mark: char| {
        let inner = slice.len() >= 2 && slice.starts_with(mark) && slice.ends_with(mark);
        if inner { Span::new(whole.start + 1, whole.end - 1) } else { whole }
    };
    match style {
        ScalarStyle::DoubleQuoted => {
            let inner = quoted('"');
            (inner, backslashes(text, inner))
        }
        ScalarStyle::SingleQuoted => {
            let inner = quoted('\'');
            // the first of two apostrophes that stand for one
            let doubled = text[inner.range()].match_indices("''").map(|(at, _)| inner.start + at);
            let marks = doubled.map(|at| Piece { kind: PieceKind::Markup, span: Span::new(at, at + 1) });
            (inner, crate::read::pieces::with_prose(inner, marks))
        }
        ScalarStyle::Literal | ScalarStyle::Folded if slice.starts_with(['|', '>']) => {
            let start = slice.find('\n').map_or(whole.end, |at| whole.start + at + 1);
            let inner = Span::new(start, whole.end);
            (inner, vec![Piece { kind: PieceKind::Prose, span: inner }])
        }
        _ => (whole, vec![Piece { kind: PieceKind::Prose, span: whole }]),
    }
}
