//! Turns byte offsets into lines and columns, as people and editors count them.

use crate::text::{Document, Span};

/// A place in a file: both numbers count from 1, columns in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column within it.
    pub column: usize,
}

/// Where the lines of a text begin. A line ends with `\n`, with or without `\r` before it; a byte order mark
/// at the start of the text takes no column.
#[derive(Debug, Clone)]
pub struct Lines<'a> {
    text: &'a str,
    /// The first byte of the first line: after the byte order mark.
    first: usize,
    /// How many there are.
    count: usize,
    /// What stands before byte `i * STRIDE`, for each `i`; never empty.
    strides: Vec<Before>,
    /// Where the file has a char more than the text: see [`Document::composed`].
    composed: &'a [usize],
}

/// What stands before a place.
#[derive(Debug, Clone, Copy, Default)]
struct Before {
    /// How many chars begin there.
    chars: usize,
    /// How many line ends there are.
    ends: usize,
}

/// Bytes between two entries of [`Lines::strides`]: a look-up never counts more than these, however long the line, and
/// what is kept is small however short the lines are.
const STRIDE: usize = 256;

impl<'a> Lines<'a> {
    /// The lines of a document, with columns as in the file that it was read from.
    pub fn of(document: &'a Document) -> Self {
        Lines { composed: &document.composed, ..Lines::new(&document.text) }
    }

    /// The lines of a text as it is; reads through it once.
    pub fn new(text: &'a str) -> Self {
        let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut before = Before::default();
        let mut strides = vec![before];
        for chunk in text.as_bytes().chunks(STRIDE) {
            before.chars += count(chunk);
            before.ends += ends(chunk);
            strides.push(before);
        }
        Lines { text, first: bom, count: before.ends + 1, strides, composed: &[] }
    }

    /// How many lines there are; a text that ends with a line end has an empty last line.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Never: a text has at least one line.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The place of a byte offset; offsets past the end are taken as the end.
    pub fn position(&self, at: usize) -> Position {
        let line = self.line(at);
        let start = self.start(line).unwrap_or(0);
        Position { line, column: self.chars_before(at).saturating_sub(self.chars_before(start)) + 1 }
    }

    /// The first and the last line that a span touches, from 1. An empty span touches the line it is on.
    pub fn lines(&self, span: Span) -> (usize, usize) {
        let last = if span.is_empty() { span.start } else { span.end - 1 };
        (self.line(span.start), self.line(last))
    }

    /// The span of a line, numbered from 1, without its line end; empty when there is no such line.
    pub fn span(&self, line: usize) -> Span {
        let end = self.text.len();
        let Some(start) = self.start(line) else {
            return Span::new(end, end);
        };
        let end = self.start(line + 1).map_or(end, |next| next - 1);
        let bytes = self.text.as_bytes().get(start..end).unwrap_or_default();
        let end = if self.count > line && bytes.ends_with(b"\r") { end - 1 } else { end };
        Span::new(start, end)
    }

    fn line(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let stride = at / STRIDE;
        let within = self.text.as_bytes().get(stride * STRIDE..at).unwrap_or_default();
        self.before(stride).ends + ends(within) + 1
    }

    /// The first byte of a line, numbered from 1, if there is such a line.
    fn start(&self, line: usize) -> Option<usize> {
        let end = match line.checked_sub(1)? {
            0 => return Some(self.first),
            end if end < self.count => end,
            _ => return None,
        };
        // the stride that holds the line end before it
        let stride = self.strides.partition_point(|before| before.ends < end).checked_sub(1)?;
        let missing = end - self.before(stride).ends;
        let bytes = self.text.as_bytes().get(stride * STRIDE..)?.iter().enumerate();
        let (at, _) = bytes.filter(|&(_, &byte)| byte == b'\n').nth(missing - 1)?;
        Some(stride * STRIDE + at + 1)
    }

    fn before(&self, stride: usize) -> Before {
        self.strides.get(stride).copied().unwrap_or_default()
    }

    fn chars_before(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        self.chars_of_text_before(at) + self.composed.partition_point(|&end| end <= at)
    }

    fn chars_of_text_before(&self, at: usize) -> usize {
        let stride = at / STRIDE;
        self.before(stride).chars + count(self.text.as_bytes().get(stride * STRIDE..at).unwrap_or_default())
    }
}

/// How many line ends there are in these bytes.
fn ends(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte == b'\n').count()
}

/// How many chars begin in these bytes of UTF-8.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn places_are_right() {
        let cases: &[(&str, usize, (usize, usize))] = &[
            ("", 0, (1, 1)),
            ("abc", 3, (1, 4)),
            ("a\nb", 1, (1, 2)),
            ("a\nb", 2, (2, 1)),
            ("a\r\nb", 1, (1, 2)),
            ("a\r\nb", 3, (2, 1)),
            ("a\rb", 2, (1, 3)),
            ("a\n", 2, (2, 1)),
            ("中文\n网络", 3, (1, 2)),
            ("中文\n网络", 10, (2, 2)),
            ("𠀀𠀁b", 8, (1, 3)),
            ("e\u{301}x", 3, (1, 3)),
            ("\u{feff}中", 0, (1, 1)),
            ("\u{feff}中", 3, (1, 1)),
            ("\u{feff}中", 6, (1, 2)),
            ("\u{feff}\n中", 4, (2, 1)),
            ("a\u{feff}b", 4, (1, 3)),
        ];
        for &(text, at, (line, column)) in cases {
            assert_eq!(Lines::new(text).position(at), Position { line, column }, "{text:?} at {at}");
        }
    }

    #[test]
    fn lines_have_no_line_ends() {
        let text = "\u{feff}one\r\ntwo\r\r\n\nlast\r";
        let lines = Lines::new(text);
        let found: Vec<_> = (0..=5).map(|line| &text[lines.span(line).range()]).collect();
        assert_eq!(found, ["", "one", "two\r", "", "last\r", ""]);
        assert_eq!(lines.lines(Span::new(3, 8)), (1, 1));
        assert_eq!(lines.lines(Span::new(3, 9)), (1, 2));
        assert_eq!(lines.lines(Span::new(8, 8)), (2, 2));
    }

    proptest! {
        #[test]
        fn places_agree_with_counting(text in "(\u{feff})?([a中𠀀\r\n]|[a中]{90,200}){0,12}") {
            let lines = Lines::new(&text);
            let (mut line, mut column) = (1, 1);
            for (at, c) in text.char_indices() {
                prop_assert_eq!(lines.position(at), Position { line, column });
                match c {
                    '\n' => (line, column) = (line + 1, 1),
                    '\u{feff}' if at == 0 => {}
                    _ => column += 1,
                }
            }
            prop_assert_eq!(lines.position(text.len()), Position { line, column });
        }
    }
}
