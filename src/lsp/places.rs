//! Bytes of a document to positions in the editor's text, and back.

use lsp_types::{Position, PositionEncodingKind, Range};

use crate::report::lines::{self, Lines};
use crate::text::{Document, Span};

/// In what the characters of a line are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Units {
    Utf8,
    #[default]
    Utf16,
    Utf32,
}

impl Units {
    /// The best of what the client offers: what costs least to count, or else what every client knows.
    pub(super) fn chosen(offered: Option<&[PositionEncodingKind]>) -> Units {
        let offered = offered.unwrap_or_default();
        match () {
            () if offered.contains(&PositionEncodingKind::UTF8) => Units::Utf8,
            () if offered.contains(&PositionEncodingKind::UTF32) => Units::Utf32,
            () => Units::Utf16,
        }
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Units::Utf8 => PositionEncodingKind::UTF8,
            Units::Utf16 => PositionEncodingKind::UTF16,
            Units::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn of(self, c: char) -> u32 {
        let units = match self {
            Units::Utf8 => c.len_utf8(),
            Units::Utf16 => c.len_utf16(),
            Units::Utf32 => 1,
        };
        units as u32
    }
}

/// Where the bytes of a document are in the text that the editor has of it, which may have letters and marks apart
/// where the document has them in one, and ends lines at a lone `\r` too.
pub(super) struct Places<'a> {
    document: Lines<'a>,
    text: &'a str,
    /// The first byte of each line of `text`, as reports count them.
    starts: Vec<usize>,
    /// The first byte of each line as editors count them.
    rows: Vec<usize>,
    units: Units,
}

impl<'a> Places<'a> {
    /// The places of a document in its text as the editor has it.
    pub(super) fn new(document: &'a Document, text: &'a str, units: Units) -> Places<'a> {
        let bytes = text.as_bytes();
        let after = |end: &dyn Fn(usize) -> bool| {
            std::iter::once(0).chain((0..bytes.len()).filter(|&at| end(at)).map(|at| at + 1)).collect()
        };
        // as the document was read
        let end = if bytes.contains(&b'\n') { b'\n' } else { b'\r' };
        let starts = after(&|at| bytes[at] == end);
        let rows = after(&|at| bytes[at] == b'\n' || bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        Places { document: Lines::of(document), text, starts, rows, units }
    }

    /// Where the bytes of a span are.
    pub(super) fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    fn position(&self, at: usize) -> Position {
        self.shown(self.offset(self.document.position(at)))
    }

    /// The byte of the editor's text at a line and column as reports count them.
    fn offset(&self, place: lines::Position) -> usize {
        let start = self.starts.get(place.line - 1).copied().unwrap_or(self.text.len());
        // a byte order mark takes no column
        let mark = if start == 0 && self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let rest = &self.text[start + mark..];
        let ahead = rest.char_indices().nth(place.column - 1).map_or(rest.len(), |(at, _)| at);
        start + mark + ahead
    }

    /// A byte of the editor's text as the protocol has it.
    pub(super) fn shown(&self, at: usize) -> Position {
        let row = self.rows.partition_point(|&start| start <= at).saturating_sub(1);
        let units = self.text[self.rows[row]..at].chars().map(|c| self.units.of(c)).sum();
        Position::new(row as u32, units)
    }

    /// The first byte, in the editor's text, of what a span of the document begins with.
    pub(super) fn start(&self, span: Span) -> usize {
        self.offset(self.document.position(span.start))
    }

    /// The editor's text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{self, Format};

    #[test]
    fn positions_are_those_of_the_editor() {
        // text, the words looked for, and where they begin in UTF-8, UTF-16 and UTF-32
        let cases: &[(&str, &str, u32, [u32; 3])] = &[
            ("one two", "two", 0, [4, 4, 4]),
            ("一二", "二", 0, [3, 1, 1]),
            ("𠀀字", "字", 0, [4, 2, 1]),
            ("e\u{301}x", "x", 0, [3, 2, 2]),
            ("a\r\nb\rc\nword", "word", 3, [0, 0, 0]),
            ("a\rword", "word", 1, [0, 0, 0]),
            ("\u{feff}word", "word", 0, [3, 1, 1]),
        ];
        for &(text, words, line, columns) in cases {
            let document = read::bytes("a.txt", text.as_bytes(), Format::Plain, None).expect("text");
            let at = document.text.find(words).expect("there");
            for (units, column) in [Units::Utf8, Units::Utf16, Units::Utf32].into_iter().zip(columns) {
                let places = Places::new(&document, text, units);
                let range = places.range(Span::new(at, at));
                assert_eq!(range.start, Position::new(line, column), "{text:?} in {units:?}");
            }
        }
    }
}
