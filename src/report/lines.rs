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
    /// The first byte of each line; the first line begins after the byte order mark. Never empty.
    starts: Vec<usize>,
    /// How many chars begin before byte `i * STRIDE`, for each `i`.
    chars: Vec<usize>,
    /// Where the file has a char more than the text: see [`Document::composed`].
    composed: &'a [usize],
}

/// Bytes between two counts of [`Lines::chars`]: a look-up never counts more than these, however long the line.
const STRIDE: usize = 256;

impl<'a> Lines<'a> {
    /// The lines of a document, with columns as in the file that it was read from.
    pub fn of(document: &'a Document) -> Self {
        Lines { composed: &document.composed, ..Lines::new(&document.text) }
    }

    /// The lines of a text as it is; reads through it once.
    pub fn new(text: &'a str) -> Self {
        let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut starts = vec![bom];
        starts.extend(text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at + 1));
        let mut total = 0;
        let chars = text.as_bytes().chunks(STRIDE).map(|chunk| {
            let before = total;
            total += count(chunk);
            before
        });
        let chars = chars.collect();
        Lines { text, starts, chars, composed: &[] }
    }

    /// How many lines there are; a text that ends with a line end has an empty last line.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Never: a text has at least one line.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The place of a byte offset; offsets past the end are taken as the end.
    pub fn position(&self, at: usize) -> Position {
        let line = self.line(at);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
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
        let Some(&start) = line.checked_sub(1).and_then(|index| self.starts.get(index)) else {
            return Span::new(end, end);
        };
        let end = self.starts.get(line).map_or(end, |next| next - 1);
        let bytes = self.text.as_bytes().get(start..end).unwrap_or_default();
        let end = if self.starts.len() > line && bytes.ends_with(b"\r") { end - 1 } else { end };
        Span::new(start, end)
    }

    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|&start| start <= at).max(1)
    }

    fn chars_before(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        self.chars_of_text_before(at) + self.composed.partition_point(|&end| end <= at)
    }

    fn chars_of_text_before(&self, at: usize) -> usize {
        let stride = at / STRIDE;
        let Some(&before) = self.chars.get(stride) else {
            // `at` is the end of a text whose length is a multiple of the stride, or of an empty one.
            let last = self.chars.len().saturating_sub(1);
            let tail = self.text.as_bytes().get(last * STRIDE..).unwrap_or_default();
            return self.chars.last().copied().unwrap_or(0) + count(tail);
        };
        before + count(self.text.as_bytes().get(stride * STRIDE..at).unwrap_or_default())
    }
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
