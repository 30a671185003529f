//! Tables that people filled in: the cells of a Word document or an Excel workbook, row by row.

use std::io::{self, Cursor, Read};
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use quick_xml::events::Event;
use zip::ZipArchive;

use super::xml::events;
use super::{Limits, docx};
use crate::error::{Error, ErrorKind};

/// Reads the rows of the first sheet of a workbook (`.xlsx`), or of all tables of a Word document. Of a cell comes its
/// text, with a line end between paragraphs and without what was deleted under tracked changes.
///
/// # Errors
/// When the file cannot be read, is neither of the two, is damaged, or would unpack to more than could be meant.
pub fn grid(path: &Path, limits: &Limits) -> Result<Vec<Vec<String>>, Error> {
    let bytes = super::content(path, limits)?;
    let excel = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("xlsx"));
    let rows = if excel { sheet(&bytes, limits) } else { tables(&bytes, limits) };
    rows.map_err(|kind| Error::new(path, kind))
}

fn fail(what: impl std::fmt::Display) -> ErrorKind {
    ErrorKind::Format { what: format!("no Excel workbook: {what}") }
}

fn sheet(bytes: &[u8], limits: &Limits) -> Result<Vec<Vec<String>>, ErrorKind> {
    guard(bytes, limits)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(fail)?;
    let sheet = book.worksheet_range_at(0).ok_or_else(|| fail("it has no sheet"))?.map_err(fail)?;
    Ok(sheet.rows().map(|row| row.iter().map(Data::to_string).collect()).collect())
}

/// Fails when some part of an archive would unpack to more than could be meant.
fn guard(bytes: &[u8], limits: &Limits) -> Result<(), ErrorKind> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(fail)?;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(fail)?;
        let limit = limits.of_part(part.compressed_size());
        // What the archive says of sizes may be a lie, so what comes is counted.
        if io::copy(&mut part.take(limit + 1), &mut io::sink()).map_err(fail)? > limit {
            return Err(fail(format!("not safe to unpack: a part holds more than {limit} bytes")));
        }
    }
    Ok(())
}

fn tables(bytes: &[u8], limits: &Limits) -> Result<Vec<Vec<String>>, ErrorKind> {
    let (xml, _) = docx::main(bytes, limits)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    // A table inside of a cell is text of that cell.
    let (mut gone, mut depth, mut text) = (0usize, 0usize, false);
    events(&xml, |event, _| {
        let cell = rows.last_mut().filter(|_| depth > 0).and_then(|row| row.last_mut());
        match &event {
            Event::Start(_) if gone > 0 => gone += 1,
            Event::End(_) if gone > 0 => gone -= 1,
            _ if gone > 0 => {}
            Event::Start(tag) => match tag.local_name().as_ref() {
                name if docx::GONE.contains(&name) => gone = 1,
                "tbl" => depth += 1,
                "tr" if depth == 1 => rows.push(Vec::new()),
                "tc" if depth == 1 => rows.last_mut().into_iter().for_each(|row| row.push(String::new())),
                "t" => text = true,
                _ => {}
            },
            Event::Empty(tag) if matches!(tag.local_name().as_ref(), "br" | "cr") => {
                cell.into_iter().for_each(|cell| cell.push('\n'));
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "tbl" => depth = depth.saturating_sub(1),
                "t" => text = false,
                "p" => cell.into_iter().for_each(|cell| cell.push('\n')),
                _ => {}
            },
            Event::Text(words) if text => cell.into_iter().for_each(|cell| cell.push_str(words)),
            Event::GeneralRef(entity) if text => {
                let character = docx::character(entity);
                cell.into_iter().for_each(|cell| cell.extend(character));
            }
            _ => {}
        }
        Ok(())
    })?;
    let trimmed = |row: Vec<String>| row.iter().map(|cell| cell.trim().to_owned()).collect();
    Ok(rows.into_iter().map(trimmed).collect())
}
