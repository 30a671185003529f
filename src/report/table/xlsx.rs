//! The table as an Excel workbook.

use std::io::{self, Write};

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use unicode_width::UnicodeWidthStr;

use super::{Cell, Run, Sheet, Table};
use crate::report::xml::is_allowed;

/// The most that a cell holds, in UTF-16 units, as Excel counts.
const LONGEST: usize = 32_767;
/// The most rows that a sheet holds.
const MOST: usize = 1_048_576;

/// How tall a line is, and the tallest row that Excel shows, in points.
const LINE: f64 = 15.0;
const TALLEST: f64 = 409.0;

impl Table<'_> {
    /// Writes it as a workbook with one sheet, whose head stays in sight, and maybe another beside it. What is too long
    /// for a cell goes on in the row below.
    ///
    /// # Errors
    /// Those of `out` and of the rows; and when there are more rows than a sheet holds.
    pub(in crate::report) fn xlsx(self, beside: Option<Sheet>, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&self.workbook(beside).map_err(io::Error::other)?)
    }

    fn workbook(self, beside: Option<Sheet>) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        // without this it would hold the time of the run
        let epoch = ExcelDateTime::from_ymd(1980, 1, 1)?;
        let properties = DocProperties::new().set_title(clean(&self.title)).set_creation_datetime(&epoch);
        workbook.set_properties(&properties);
        self.fill(workbook.add_worksheet_with_constant_memory()?)?;
        if let Some(sheet) = beside {
            write_beside(&sheet, workbook.add_worksheet_with_constant_memory()?)?;
        }
        workbook.save_to_buffer()
    }

    fn fill(self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let head = Format::new().set_bold().set_background_color(Color::RGB(0x00EE_EEEE));
        let marked = Format::new().set_bold().set_font_color(Color::RGB(0x00B3_261E));
        let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let looks = Looks { plain: Format::new(), marked_cell: body.clone().merge(&marked), marked, body };
        for (at, column) in (0u16..).zip(&self.columns) {
            sheet.write_string_with_format(0, at, &column.head, &head)?;
            sheet.set_column_width(at, column.width)?;
            if column.hidden {
                sheet.set_column_hidden(at)?;
            }
        }
        let mut rows = 1u32;
        for row in self.rows {
            let row = row?;
            let cells: Vec<Vec<Vec<Run>>> = row.iter().map(parts).collect();
            for (at, cell) in (0u16..).zip(&row) {
                if let Cell::Number(number) = cell {
                    sheet.write_number_with_format(rows, at, *number, &looks.body)?;
                }
            }
            let height = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
            for line in 0..height {
                if rows as usize >= MOST {
                    return Err(XlsxError::ParameterError(format!(
                        "more than {MOST} rows, which is the most that a sheet holds; write another format"
                    )));
                }
                let mut lines = 1;
                for ((at, parts), column) in (0u16..).zip(&cells).zip(&self.columns) {
                    if let Some(runs) = parts.get(line) {
                        looks.write(sheet, rows, at, runs)?;
                        if !column.hidden {
                            lines = lines.max(lines_of(runs, column.width));
                        }
                    }
                }
                sheet.set_row_height(rows, (lines as f64 * LINE).min(TALLEST))?;
                rows += 1;
            }
        }
        let last = rows - 1;
        for (at, column) in (0u16..).zip(&self.columns) {
            if !column.choices.is_empty() && last > 0 {
                let list = DataValidation::new().allow_list_strings(&column.choices)?;
                sheet.add_data_validation(1, at, last, at, &list)?;
            }
        }
        let right = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, last, right)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        Ok(())
    }
}

fn write_beside(beside: &Sheet, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_background_color(Color::RGB(0x00EE_EEEE));
    sheet.set_name(&*beside.name)?;
    sheet.set_column_width(0, 44)?;
    for (row, cells) in (0u32..).zip(&beside.rows) {
        for (at, cell) in (0u16..).zip(cells) {
            match cell {
                Cell::Number(number) => sheet.write_number(row, at, *number)?,
                Cell::Text(runs) => {
                    let text: String = runs.iter().map(|run| clean(&run.text)).collect();
                    match row {
                        0 => sheet.write_string_with_format(row, at, text, &head)?,
                        _ => sheet.write_string(row, at, text)?,
                    }
                }
            };
        }
    }
    Ok(())
}

/// How cells and the words in them look.
struct Looks {
    body: Format,
    plain: Format,
    marked: Format,
    marked_cell: Format,
}

impl Looks {
    fn write(&self, sheet: &mut Worksheet, row: u32, at: u16, runs: &[Run]) -> Result<(), XlsxError> {
        match runs {
            [] => {}
            [run] => {
                let look = if run.marked { &self.marked_cell } else { &self.body };
                sheet.write_string_with_format(row, at, &run.text, look)?;
            }
            runs => {
                let look = |run: &Run| if run.marked { &self.marked } else { &self.plain };
                let rich: Vec<(&Format, &str)> =
                    runs.iter().map(|run| (look(run), run.text.as_str())).collect();
                sheet.write_rich_string_with_format(row, at, &rich, &self.body)?;
            }
        }
        Ok(())
    }
}

/// About how many lines the words take in a column; not every program that opens a workbook finds that out itself.
fn lines_of(runs: &[Run], width: u16) -> usize {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    // lines break between words, so they are not filled to the end
    let room = (f64::from(width) * 0.9).max(1.0);
    text.lines().map(|line| ((line.width() as f64 / room).ceil() as usize).max(1)).sum()
}

/// The words of a cell in parts of which each fits into one.
fn parts(cell: &Cell) -> Vec<Vec<Run>> {
    let Cell::Text(runs) = cell else { return Vec::new() };
    let mut parts: Vec<Vec<Run>> = Vec::new();
    let mut room = 0;
    for run in runs {
        let mut fresh = true;
        for c in clean(&run.text).chars() {
            if c.len_utf16() > room {
                parts.push(Vec::new());
                (room, fresh) = (LONGEST, true);
            }
            if let Some(part) = parts.last_mut() {
                if fresh {
                    part.push(Run { text: String::new(), marked: run.marked });
                    fresh = false;
                }
                if let Some(run) = part.last_mut() {
                    run.text.push(c);
                }
            }
            room -= c.len_utf16();
        }
    }
    parts
}

/// The text with U+FFFD for what XML cannot hold.
fn clean(text: &str) -> String {
    text.chars().map(|c| if is_allowed(c) { c } else { '\u{fffd}' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_for_a_cell_goes_on_in_the_next() {
        let text = "𠀀".repeat(LONGEST);
        let cell = Cell::Text(vec![
            Run { text: "a".to_owned(), marked: true },
            Run { text: text.clone(), marked: false },
        ]);
        let parts = parts(&cell);
        let units = |part: &Vec<Run>| part.iter().map(|run| run.text.encode_utf16().count()).sum::<usize>();
        assert_eq!(parts.iter().map(units).collect::<Vec<_>>(), [LONGEST, LONGEST - 1, 1 + 1]);
        let whole: String = parts.iter().flatten().map(|run| run.text.as_str()).collect();
        assert_eq!(whole, format!("a{text}"));
    }
}
