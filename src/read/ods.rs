//! Workbooks of OpenDocument to rows: sheets, as their XML has them.

use quick_xml::events::Event;

use super::Limits;
use super::odt::content;
use super::package::{character, unescaped};
use super::sheet::{COLUMNS, NAME, ROWS, Row};
use super::xml::{attribute, events, passed_over};
use crate::error::ErrorKind;
use crate::message::{id, message};

/// Gives every row of every sheet that holds something to `take`. What stands in a cell is what is shown of it; rows and
/// cells that are written once and stand several times are as many. What is noted at a cell is left out.
///
/// # Errors
/// When it is no workbook of OpenDocument, is damaged or locked, has more rows and columns than a sheet has, or would
/// unpack to more than could be meant.
pub(super) fn rows(bytes: &[u8], limits: &Limits, take: &mut dyn FnMut(Row)) -> Result<(), ErrorKind> {
    let (xml, package) = content(bytes, "spreadsheet", id!("kind-ods"), limits)?;
    let beyond = || {
        package.fail(message!("read-beyond-sheet", rows = ROWS.to_string(), columns = COLUMNS.to_string()))
    };
    // a few bytes can say that a cell stands a thousand million times, so each that stands is counted
    let (mut count, mut room) = (0usize, limits.part);
    let (mut sheet, mut name) = (0, String::new());
    // where the row begins that is open, how many such rows there are, and the cells of each
    let (mut number, mut rows, mut open, mut cells) = (1usize, 1usize, false, Vec::new());
    let (mut column, mut repeated, mut words) = (0usize, 1usize, None::<String>);
    let mut gone = 0usize;
    events(&xml, |event, _| {
        match &event {
            _ if passed_over(&mut gone, &event) => {}
            Event::Start(tag) | Event::Empty(tag) => {
                let begins = matches!(event, Event::Start(_));
                let times = |name: &str| {
                    attribute(tag, name)
                        .and_then(|times| times.parse().ok())
                        .map_or(1, |times: usize| times.max(1))
                };
                match tag.local_name().as_ref() {
                    "annotation" | "shapes" | "tracked-changes" => gone = usize::from(begins),
                    // cells stand in rows, and no row or table in another row; what does is passed over
                    "table" | "table-row" if open => gone = usize::from(begins),
                    "table-cell" | "covered-table-cell" if !open => gone = usize::from(begins),
                    "table" if begins => {
                        number = 1;
                        name = unescaped(&attribute(tag, "name").unwrap_or_default())
                            .chars()
                            .take(NAME)
                            .collect();
                    }
                    "table-row" => {
                        (rows, column, open) = (times("number-rows-repeated"), 0, begins);
                        number = number.saturating_add(if begins { 0 } else { rows });
                    }
                    "table-cell" | "covered-table-cell" => {
                        repeated = times("number-columns-repeated");
                        words = begins.then(String::new);
                        column = column.saturating_add(if begins { 0 } else { repeated });
                    }
                    "p" => {
                        words.iter_mut().filter(|words| !words.is_empty()).for_each(|words| words.push(' '))
                    }
                    "s" => {
                        let spaces = " ".repeat(times("c").min(80));
                        words.iter_mut().for_each(|words| words.push_str(&spaces));
                    }
                    "tab" | "line-break" => words.iter_mut().for_each(|words| words.push(' ')),
                    _ => {}
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "table-cell" | "covered-table-cell" => {
                    let words = words.take().unwrap_or_default();
                    let end = column.saturating_add(repeated);
                    if !words.trim().is_empty() {
                        if end > COLUMNS {
                            return Err(beyond());
                        }
                        let times = repeated.saturating_mul(rows);
                        count = count.saturating_add(times);
                        limits.allow(count)?;
                        room =
                            room.checked_sub(words.len().saturating_mul(times) as u64).ok_or_else(|| {
                                package.fail(message!("read-unsafe-cells", limit = limits.part.to_string()))
                            })?;
                        cells.extend((column..end).map(|at| (at, words.clone())));
                    }
                    column = end;
                }
                "table-row" => {
                    let end = number.saturating_add(rows);
                    if !cells.is_empty() && end > ROWS + 1 {
                        return Err(beyond());
                    }
                    if !cells.is_empty() {
                        (number..end).for_each(|number| {
                            take(Row { sheet, name: &name, number, cells: cells.clone() })
                        });
                    }
                    cells.clear();
                    (number, open) = (end, false);
                }
                "table" => sheet += 1,
                _ => {}
            },
            Event::Text(said) => words.iter_mut().for_each(|words| words.push_str(said)),
            Event::GeneralRef(entity) => {
                if let (Some(words), Some(character)) = (&mut words, character(entity)) {
                    words.push(character);
                }
            }
            _ => {}
        }
        Ok(())
    })
}
