//! Workbooks, of Excel and of OpenDocument, to pairs, row by row, where the heads of their columns name languages; and to cells.

use super::ods;
use super::pairs::{Found, Version};
use super::pieces::mark_literals;
use super::sheet::{Row, all_rows, column_name};
use super::spans::trim;
use super::table::columns;
use super::{Limits, Unpacked, UnpackedPairs};
use crate::error::ErrorKind;
use crate::message::message;
use crate::text::{Block, BlockKind, Lang, Piece, PieceKind, Span};

/// A workbook as a text, a row a line, with its cells set apart by tabs; and the pairs of those of its sheets whose
/// first row names two languages or more.
///
/// # Errors
/// When it is no workbook, is damaged, or no sheet names two languages.
pub(super) fn pairs(bytes: &[u8], limits: &Limits) -> Result<UnpackedPairs, ErrorKind> {
    paired(bytes, limits, all_rows)
}

/// The same of a workbook of OpenDocument.
///
/// # Errors
/// Those of [`pairs`].
pub(super) fn open_pairs(bytes: &[u8], limits: &Limits) -> Result<UnpackedPairs, ErrorKind> {
    paired(bytes, limits, ods::rows)
}

/// What gives the rows of a workbook.
type Rows = fn(&[u8], &Limits, &mut dyn FnMut(Row)) -> Result<(), ErrorKind>;

fn paired(bytes: &[u8], limits: &Limits, rows: Rows) -> Result<UnpackedPairs, ErrorKind> {
    let mut found = Found::default();
    let mut parts = Vec::new();
    let mut heads: (usize, Vec<(usize, Lang)>) = (usize::MAX, Vec::new());
    let text = cells(bytes, limits, rows, &mut parts, |text, sheet, row| {
        if heads.0 != sheet {
            heads = (sheet, columns(row.iter().map(|&(column, span)| (column, text[span.range()].trim()))));
            return;
        }
        let version = |&(column, lang): &(usize, Lang)| {
            let (_, span) = row.iter().find(|(at, _)| *at == column)?;
            Some(Version { lang, span: *span, marks: vec![Piece { kind: PieceKind::Prose, span: *span }] })
        };
        let unit: Vec<Version> = heads.1.iter().filter_map(version).collect();
        found.units.extend((!unit.is_empty()).then_some(unit));
    })?;
    if found.units.is_empty() {
        return Err(ErrorKind::Content { line: 1, what: message!("read-no-language-sheet") });
    }
    Ok((Unpacked { text, parts, ..Unpacked::default() }, found))
}

/// A workbook as a text, and its cells.
///
/// # Errors
/// When it is no workbook, or is damaged.
pub(super) fn one(bytes: &[u8], limits: &Limits) -> Result<Unpacked, ErrorKind> {
    as_cells(bytes, limits, all_rows)
}

/// The same of a workbook of OpenDocument.
///
/// # Errors
/// Those of [`one`].
pub(super) fn open_one(bytes: &[u8], limits: &Limits) -> Result<Unpacked, ErrorKind> {
    as_cells(bytes, limits, ods::rows)
}

fn as_cells(bytes: &[u8], limits: &Limits, rows: Rows) -> Result<Unpacked, ErrorKind> {
    let (mut found, mut parts) = (Vec::new(), Vec::new());
    let text = cells(bytes, limits, rows, &mut parts, |_, _, row| found.extend_from_slice(row))?;
    let block = |(column, span): (usize, Span)| {
        let span = trim(&text, span);
        let pieces = mark_literals(&text, [Piece { kind: PieceKind::Prose, span }]);
        let level = Some(u8::try_from(column + 1).unwrap_or(u8::MAX));
        let kind = BlockKind::TableCell;
        (!span.is_empty()).then_some(Block { kind, level, numbering: None, span, pieces, sentences: 0..0 })
    };
    let blocks = found.into_iter().filter_map(block).collect();
    Ok(Unpacked { text, blocks, parts, ..Unpacked::default() })
}

/// The text of all sheets, whose cells become `parts`; each row is given to `take` with the text up to it, the number of
/// its sheet, and the columns and places of its cells.
fn cells(
    bytes: &[u8],
    limits: &Limits,
    rows: Rows,
    parts: &mut Vec<(usize, String)>,
    mut take: impl FnMut(&str, usize, &[(usize, Span)]),
) -> Result<String, ErrorKind> {
    let (mut text, mut last) = (String::new(), 0);
    rows(bytes, limits, &mut |Row { sheet, name, number, cells }| {
        if std::mem::replace(&mut last, sheet) != sheet {
            text.push('\n');
        }
        let mut row = Vec::new();
        for (column, words) in cells {
            let start = text.len();
            parts.push((start, cell(name, column, number)));
            text.extend(words.chars().map(|c| if c.is_control() { ' ' } else { c }));
            row.push((column, Span::new(start, text.len())));
            text.push('\t');
        }
        text.push('\n');
        take(&text, sheet, &row);
    })?;
    Ok(text)
}

/// A cell as formulas name it: `库存!B2`, `'My stock'!B2`. Columns count from 0, rows from 1.
fn cell(sheet: &str, column: usize, row: usize) -> String {
    let plain =
        sheet.chars().all(|c| c.is_alphanumeric() || c == '_') && !sheet.starts_with(char::is_numeric);
    let column = column_name(column);
    match plain && !sheet.is_empty() {
        true => format!("{sheet}!{column}{row}"),
        false => format!("'{}'!{column}{row}", sheet.replace('\'', "''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_in_formulas() {
        let cases = [
            (("库存", 1, 2), "库存!B2"),
            (("My stock", 0, 1), "'My stock'!A1"),
            (("Bob's", 25, 10), "'Bob''s'!Z10"),
            (("2026", 26, 1), "'2026'!AA1"),
            (("", 16_383, 1_048_576), "''!XFD1048576"),
        ];
        for ((sheet, column, row), name) in cases {
            assert_eq!(cell(sheet, column, row), name);
        }
    }
}
