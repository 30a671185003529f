//! Tables that people filled in: the cells of a Word document or an Excel workbook, row by row.

use std::path::Path;

use quick_xml::events::Event;

use super::package::character;
use super::xml::{events, passed_over};
use super::{Limits, docx, sheet};
use crate::error::{Error, ErrorKind};

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number, from 1.
    pub number: usize,
    /// The cells that hold something, with their columns, from 0, in order.
    pub cells: Vec<(usize, String)>,
}

impl Row {
    /// What stands in a column, without the space around it.
    pub fn cell(&self, column: usize) -> &str {
        let found = self.cells.iter().find(|(at, _)| *at == column);
        found.map_or("", |(_, text)| text.trim())
    }
}

/// Gives the rows of the first sheet of a workbook (`.xlsx`), or of all tables of a Word document, to `take`, one by
/// one. Of a cell comes its text, with a line end between paragraphs and without what was deleted under tracked
/// changes. Rows that hold nothing do not come.
///
/// # Errors
/// When the file cannot be read, is neither of the two, is damaged, or would unpack to more than could be meant.
pub fn grid(path: &Path, limits: &Limits, take: impl FnMut(Row)) -> Result<(), Error> {
    let bytes = super::content(path, limits)?;
    let excel = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("xlsx"));
    grid_bytes(&bytes, excel, limits, take).map_err(|kind| Error::new(path, kind))
}

/// Does what [`grid`] does with a workbook, if it is to be one, or a Word document in memory.
///
/// # Errors
/// Those of [`grid`], but for its path.
pub fn grid_bytes(
    bytes: &[u8],
    excel: bool,
    limits: &Limits,
    mut take: impl FnMut(Row),
) -> Result<(), ErrorKind> {
    let row = |number, cells| take(Row { number, cells });
    if excel { sheet::rows(bytes, limits, row) } else { tables(bytes, limits, row) }
}

fn tables(
    bytes: &[u8],
    limits: &Limits,
    mut take: impl FnMut(usize, Vec<(usize, String)>),
) -> Result<(), ErrorKind> {
    let (xml, _) = docx::main(bytes, limits)?;
    let mut number = 0;
    let mut row: Vec<String> = Vec::new();
    // A table inside of a cell is text of that cell.
    let (mut gone, mut depth, mut text) = (0usize, 0usize, false);
    events(&xml, |event, _| {
        let cell = row.last_mut().filter(|_| depth > 0);
        match &event {
            _ if passed_over(&mut gone, &event) => {}
            Event::Start(tag) => match tag.local_name().as_ref() {
                name if docx::GONE.contains(&name) => gone = 1,
                "tbl" => depth += 1,
                "tr" if depth == 1 => {
                    number += 1;
                    row.clear();
                }
                "tc" if depth == 1 => row.push(String::new()),
                "t" => text = true,
                _ => {}
            },
            Event::Empty(tag) if matches!(tag.local_name().as_ref(), "br" | "cr") => {
                cell.into_iter().for_each(|cell| cell.push('\n'));
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "tbl" => depth = depth.saturating_sub(1),
                "tr" if depth == 1 => {
                    let cells = row.drain(..).map(|cell| cell.trim().to_owned()).enumerate();
                    let cells: Vec<_> = cells.filter(|(_, cell)| !cell.is_empty()).collect();
                    if !cells.is_empty() {
                        take(number, cells);
                    }
                }
                "t" => text = false,
                "p" => cell.into_iter().for_each(|cell| cell.push('\n')),
                _ => {}
            },
            Event::Text(words) if text => cell.into_iter().for_each(|cell| cell.push_str(words)),
            Event::GeneralRef(entity) if text => {
                let character = character(entity);
                cell.into_iter().for_each(|cell| cell.extend(character));
            }
            _ => {}
        }
        Ok(())
    })
}
