//! Tables with both versions side by side: CSV and TSV, one pair a row.

use super::line_of;
use super::pairs::{Found, Version};
use super::spans::trim;
use crate::error::ErrorKind;
use crate::message::message;
use crate::text::{Lang, Piece, PieceKind, Span};

/// Reads a table whose first row names the languages of two or more of its columns.
///
/// # Errors
/// When the first row does not name two languages, or a row has another number of cells.
pub(super) fn read(text: &str) -> Result<Found, ErrorKind> {
    let first = text.lines().next().unwrap_or_default();
    let separator =
        [b'\t', b';', b','].into_iter().max_by_key(|mark| first.bytes().filter(|byte| byte == mark).count());
    let mut rows = Rows { text, at: 0, separator: separator.unwrap_or(b',') };
    let fail = |line, what| Err(ErrorKind::Content { line, what });
    let header = rows.next().unwrap_or_default();
    let heads = header.iter().map(|cell| text[trim(text, cell.span).range()].trim_matches('"'));
    let columns = columns(heads.enumerate());
    if columns.is_empty() {
        return fail(1, message!("read-no-languages"));
    }
    let mut units = Vec::new();
    for row in rows {
        let Some(first) = row.first() else { continue };
        if row.iter().all(|cell| text[cell.span.range()].trim().is_empty()) {
            continue;
        }
        if row.len() != header.len() {
            let (found, wanted) = (row.len().to_string(), header.len().to_string());
            let what = message!("read-cells", found = found, wanted = wanted);
            return Err(ErrorKind::Content { line: line_of(text, first.span.start), what });
        }
        let version = |&(column, lang): &(usize, Lang)| {
            row.get(column).map(|cell| Version { lang, span: cell.span, marks: cell.marks.clone() })
        };
        units.push(columns.iter().filter_map(version).collect());
    }
    Ok(Found { units, ..Found::default() })
}

/// The columns, with their heads, that are in a language; none unless there are two languages.
pub(super) fn columns<'t>(heads: impl Iterator<Item = (usize, &'t str)>) -> Vec<(usize, Lang)> {
    let columns: Vec<(usize, Lang)> =
        heads.filter_map(|(column, head)| Some((column, language(head)?))).collect();
    match columns.iter().any(|(_, lang)| Some(lang) != columns.first().map(|(_, first)| first)) {
        true => columns,
        false => Vec::new(),
    }
}

/// The language that the head of a column names: a tag, or the name of the language.
fn language(head: &str) -> Option<Lang> {
    const NAMES: [(&str, Lang); 6] = [
        ("chinese", Lang::ZH),
        ("中文", Lang::ZH),
        ("汉语", Lang::ZH),
        ("english", Lang::EN),
        ("英文", Lang::EN),
        ("英语", Lang::EN),
    ];
    let head = head.trim().to_lowercase();
    let name = NAMES.iter().find(|(name, _)| *name == head).map(|(_, lang)| *lang);
    // What is a tag and a word besides ("id", "no") is taken for the word.
    let primary = head.split(['-', '_']).next().unwrap_or_default();
    let tag = head.len() <= 12 && TAGS.split_whitespace().any(|tag| tag == primary);
    name.or_else(|| if tag { Lang::parse(&head) } else { None })
}

/// Tags of languages as heads of columns bear them.
const TAGS: &str = "af am ar az be bg bn bo bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy is it \
                    ja jv ka kk km kn ko ky la lo lt lv mi mk ml mn mr ms mt my nb ne nl nn pa pl ps pt ro ru si sk \
                    sl so sq sr sv sw ta te tg th tk tl tr tt ug uk ur uz vi xh yi yue zh zu";

#[derive(Debug, Clone)]
struct Cell {
    /// Its content, without the quotation marks around it.
    span: Span,
    marks: Vec<Piece>,
}

struct Rows<'t> {
    text: &'t str,
    at: usize,
    separator: u8,
}

impl Iterator for Rows<'_> {
    type Item = Vec<Cell>;

    fn next(&mut self) -> Option<Vec<Cell>> {
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        let mut cells = Vec::new();
        loop {
            let (cell, end) = self.quoted().unwrap_or_else(|| self.bare());
            cells.push(cell);
            self.at = end;
            match bytes.get(end) {
                Some(&byte) if byte == self.separator => self.at += 1,
                Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => {
                    self.at += 2;
                    return Some(cells);
                }
                _ => {
                    self.at += 1;
                    return Some(cells);
                }
            }
        }
    }
}

impl Rows<'_> {
    fn ends(&self, at: usize) -> bool {
        self.text.as_bytes().get(at).is_none_or(|byte| [self.separator, b'\n', b'\r'].contains(byte))
    }

    /// The cell at this place up to the next separator, and where it ends.
    fn bare(&self) -> (Cell, usize) {
        let len = self.text.as_bytes()[self.at..]
            .iter()
            .take_while(|&&b| b != self.separator && b != b'\n' && b != b'\r')
            .count();
        let span = Span::new(self.at, self.at + len);
        (Cell { span, marks: vec![Piece { kind: PieceKind::Prose, span }] }, span.end)
    }

    /// The cell in quotation marks at this place and where it ends. A mark that is not closed before a separator
    /// is a mark of the text; between tabs, where few write such marks, the row must hold both.
    fn quoted(&self) -> Option<(Cell, usize)> {
        let body = self.text[self.at..].strip_prefix('"')?;
        let start = self.at + 1;
        let (mut marks, mut from) = (Vec::new(), start);
        let mut found = body.match_indices('"').map(|(at, _)| start + at).peekable();
        while let Some(at) = found.next() {
            if self.separator == b'\t' && self.text[from..at].contains('\n') {
                return None;
            }
            if found.next_if_eq(&(at + 1)).is_some() {
                // A doubled mark stands for one.
                marks.push(Piece { kind: PieceKind::Prose, span: Span::new(from, at + 1) });
                marks.push(Piece { kind: PieceKind::Markup, span: Span::new(at + 1, at + 2) });
                from = at + 2;
                continue;
            }
            if !self.ends(at + 1) {
                return None;
            }
            marks.push(Piece { kind: PieceKind::Prose, span: Span::new(from, at) });
            marks.retain(|piece| !piece.span.is_empty());
            return Some((Cell { span: Span::new(start, at), marks }, at + 1));
        }
        None
    }
}
