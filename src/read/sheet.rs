//! Excel workbooks to rows: sheets, as their XML has them, with no more room for them than their text takes.

use std::ops::Range;

use quick_xml::events::{BytesRef, BytesStart, Event};

use super::Limits;
use super::package::Package;
use super::xml::{attribute, events};
use crate::error::ErrorKind;
use crate::message::{Message, id, message};

/// The most rows and columns that a sheet of Excel has (ECMA-376, its section of limits, and Excel itself).
pub(super) const ROWS: usize = 1_048_576;
pub(super) const COLUMNS: usize = 16_384;
/// The most characters in the name of a sheet, from the same place.
pub(super) const NAME: usize = 31;

/// Gives every row of the first sheet that holds something to `take`: its number, from 1, and its cells, each with its
/// column, from 0. Nothing is made of what a file says of its size.
///
/// # Errors
/// When it is no workbook, is damaged, names cells that there are not, or would unpack to more than could be meant.
pub(super) fn rows(
    bytes: &[u8],
    limits: &Limits,
    take: impl FnMut(usize, Vec<(usize, String)>),
) -> Result<(), ErrorKind> {
    let mut book = Book::open(bytes, limits)?;
    book.rows(0, take)
}

/// A row of a sheet that holds something.
pub(super) struct Row<'n> {
    /// Which sheet it is of, from 0.
    pub(super) sheet: usize,
    /// What that is called.
    pub(super) name: &'n str,
    /// Its number, from 1.
    pub(super) number: usize,
    /// Its cells, each with its column, from 0.
    pub(super) cells: Vec<(usize, String)>,
}

/// Gives the rows of all sheets to `take`.
///
/// # Errors
/// Those of [`rows`].
pub(super) fn all_rows(bytes: &[u8], limits: &Limits, take: &mut dyn FnMut(Row)) -> Result<(), ErrorKind> {
    let mut book = Book::open(bytes, limits)?;
    for sheet in 0..book.sheets.len() {
        let name = book.sheets[sheet].name.clone();
        book.rows(sheet, |number, cells| take(Row { sheet, name: &name, number, cells }))?;
    }
    Ok(())
}

/// A workbook.
struct Book<'b> {
    package: Package<'b>,
    strings: Strings,
    /// Its sheets, in order.
    sheets: Vec<Sheet>,
    /// How many bytes its cells may still hold: those that share a string could hold far more than the file does.
    room: u64,
    limit: u64,
}

/// A sheet of a workbook.
struct Sheet {
    name: String,
    /// The part that holds it.
    part: String,
}

impl<'b> Book<'b> {
    /// # Errors
    /// When the bytes are no workbook, or one without a sheet.
    fn open(bytes: &'b [u8], limits: &Limits) -> Result<Book<'b>, ErrorKind> {
        let mut package = Package::open(bytes, id!("kind-workbook"), limits)?;
        let sheets = sheets(&mut package)?;
        let strings = match package.part("xl/sharedStrings.xml")? {
            Some(xml) => Strings::read(&xml)?,
            None => Strings::default(),
        };
        Ok(Book { package, strings, sheets, room: limits.part, limit: limits.part })
    }

    /// Gives the rows of a sheet, counted from 0, to `take`; see [`rows`].
    ///
    /// # Errors
    /// Those of [`rows`].
    fn rows(
        &mut self,
        sheet: usize,
        mut take: impl FnMut(usize, Vec<(usize, String)>),
    ) -> Result<(), ErrorKind> {
        let missing = fail(message!("read-no-sheet-part"));
        let Some(Sheet { part, .. }) = self.sheets.get(sheet) else { return Err(missing) };
        let xml = self.package.part(part)?.ok_or(missing)?;
        let (strings, room, limit) = (&self.strings, &mut self.room, self.limit);
        let (mut number, mut cells) = (0, Vec::new());
        let (mut column, mut kind) = (0, String::new());
        let mut value = Value::default();
        events(&xml, |event, _| {
            match &event {
                Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "row" => {
                    // a row that does not say which it is follows the last
                    let named = attribute(tag, "r").map_or(Some(number + 1), |r| r.parse().ok());
                    number = within(named.filter(|&at| at <= ROWS))?;
                    column = 0;
                }
                Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "c" => {
                    if let Some(place) = attribute(tag, "r") {
                        column = within(column_of(&place))?;
                    }
                    kind = attribute(tag, "t").unwrap_or_default();
                    value = Value::default();
                    if matches!(event, Event::Empty(_)) {
                        column += 1;
                    }
                }
                Event::End(tag) if tag.local_name().as_ref() == "c" => {
                    let text = value.text(&kind, strings)?;
                    if !text.is_empty() {
                        *room = room
                            .checked_sub(text.len() as u64)
                            .ok_or_else(|| fail(message!("read-unsafe-cells", limit = limit.to_string())))?;
                        cells.push((within(Some(column).filter(|&at| at < COLUMNS))?, text));
                    }
                    column += 1;
                }
                Event::End(tag) if tag.local_name().as_ref() == "row" => {
                    if !cells.is_empty() {
                        // in the order of their columns, whatever order the file has; of two in one place the first
                        cells.sort_by_key(|(column, _): &(usize, String)| *column);
                        cells.dedup_by_key(|(column, _)| *column);
                        take(number, std::mem::take(&mut cells));
                    }
                }
                event => value.take(event),
            }
            Ok(())
        })
    }
}

fn fail(what: Message) -> ErrorKind {
    ErrorKind::Format { what: message!("read-no-kind", kind = id!("kind-workbook"), what = what) }
}

fn within<T>(place: Option<T>) -> Result<T, ErrorKind> {
    place.ok_or_else(|| {
        fail(message!("read-beyond-sheet", rows = ROWS.to_string(), columns = COLUMNS.to_string()))
    })
}

/// The sheets, in their order. No more is kept of a name than Excel allows it to have, since every cell is named by it.
fn sheets(package: &mut Package) -> Result<Vec<Sheet>, ErrorKind> {
    let missing = || fail(message!("read-no-sheet"));
    let book = package.part("xl/workbook.xml")?.ok_or_else(missing)?;
    let relations = package.relations("xl/workbook.xml")?;
    let mut sheets = Vec::new();
    events(&book, |event, _| {
        if let Event::Start(tag) | Event::Empty(tag) = &event
            && tag.local_name().as_ref() == "sheet"
        {
            let relation = attribute(tag, "id").and_then(|id| relations.get(&id));
            let part = relation.and_then(|relation| relation.part_but("chartsheet"));
            sheets.extend(part.map(|part| Sheet {
                name: attribute(tag, "name").unwrap_or_default().chars().take(NAME).collect(),
                part: part.to_owned(),
            }));
        }
        Ok(())
    })?;
    if sheets.is_empty() { Err(missing()) } else { Ok(sheets) }
}

/// The column, from 0, of a place such as `AB12`; `None` when a sheet has none of that name.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters.fold(0usize, |number, letter| {
        number.saturating_mul(26).saturating_add(usize::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    number.checked_sub(1).filter(|&column| column < COLUMNS)
}

/// The letters of a column, counted from 0.
pub(super) fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while let Some(number) = rest.checked_sub(1) {
        letters.push(char::from(b'A' + (number % 26) as u8));
        rest = number / 26;
    }
    letters.iter().rev().collect()
}

/// The strings that cells share, one behind the other.
#[derive(Debug, Default)]
struct Strings {
    text: String,
    places: Vec<Range<usize>>,
}

impl Strings {
    fn read(xml: &str) -> Result<Strings, ErrorKind> {
        let mut strings = Strings::default();
        let mut value = Value::default();
        events(xml, |event, _| {
            match &event {
                Event::Start(tag) if tag.local_name().as_ref() == "si" => value = Value::default(),
                Event::Empty(tag) if tag.local_name().as_ref() == "si" => strings.add(""),
                Event::End(tag) if tag.local_name().as_ref() == "si" => strings.add(&unescaped(&value.words)),
                event => value.take(event),
            }
            Ok(())
        })?;
        Ok(strings)
    }

    fn add(&mut self, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.places.push(start..self.text.len());
    }

    fn get(&self, at: usize) -> Option<&str> {
        self.text.get(self.places.get(at)?.clone())
    }
}

/// What stands in a cell, or in a shared string, as it is gathered.
#[derive(Debug, Default)]
struct Value {
    /// The content of `v`: a number, the place of a shared string, the result of a formula.
    raw: String,
    /// The content of `t`: text.
    words: String,
    /// How many elements are open in a reading aid (`rPh`), which is no text of the cell.
    aid: usize,
    open: Open,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Open {
    #[default]
    Nothing,
    Raw,
    Words,
}

impl Value {
    fn take(&mut self, event: &Event<'_>) {
        let opened = |tag: &BytesStart<'_>| match tag.local_name().as_ref() {
            "v" => Open::Raw,
            "t" => Open::Words,
            _ => Open::Nothing,
        };
        match event {
            Event::Start(tag) if self.aid > 0 || tag.local_name().as_ref() == "rPh" => self.aid += 1,
            Event::End(_) if self.aid > 0 => self.aid -= 1,
            Event::Start(tag) => self.open = opened(tag),
            Event::End(_) => self.open = Open::Nothing,
            _ if self.aid > 0 => {}
            Event::Text(words) => self.add(words),
            Event::CData(words) => self.add(words),
            Event::GeneralRef(entity) => {
                if let Some(character) = character(entity) {
                    self.add(character.encode_utf8(&mut [0; 4]));
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, words: &str) {
        match self.open {
            Open::Nothing => {}
            Open::Raw => self.raw.push_str(words),
            Open::Words => self.words.push_str(words),
        }
    }

    /// The text of a cell of some type.
    fn text(&self, kind: &str, strings: &Strings) -> Result<String, ErrorKind> {
        Ok(match kind {
            "s" if self.raw.trim().is_empty() => String::new(),
            "s" => {
                let at = self.raw.trim().parse().ok().and_then(|at| strings.get(at));
                at.ok_or_else(|| fail(message!("read-no-cell-text")))?.to_owned()
            }
            "inlineStr" => unescaped(&self.words),
            "str" => unescaped(&self.raw),
            "b" if self.raw.trim() == "1" => "true".to_owned(),
            "b" => "false".to_owned(),
            _ => self.raw.trim().to_owned(),
        })
    }
}

/// The character that an entity stands for, if it is a known one.
fn character(entity: &BytesRef<'_>) -> Option<char> {
    let name: &str = entity;
    let known = || quick_xml::escape::resolve_predefined_entity(name).and_then(|s| s.chars().next());
    entity.resolve_char_ref().ok().flatten().or_else(known)
}

/// The text without the escapes of Excel for what XML cannot hold: `_x000D_` is a carriage return. They count in units
/// of UTF-16; half of a pair alone is left out.
fn unescaped(text: &str) -> String {
    let unit = |text: &str| -> Option<u16> {
        let digits =
            text.strip_prefix("_x")?.get(..4).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
        text.get(6..)?.strip_prefix('_')?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let mut units = Vec::new();
        while let Some(one) = unit(rest) {
            units.push(one);
            rest = &rest[7..];
        }
        if units.is_empty() {
            out.push_str(&rest[..2]);
            rest = &rest[2..];
        }
        out.extend(char::decode_utf16(units).flatten());
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_excel() {
        for (text, wanted) in [
            ("_x000D_", "\r"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDCF7_", "📷"),
            ("a_xD83D_b_x12_x", "ab_x12_x"),
            ("_x网络", "_x网络"),
        ] {
            assert_eq!(unescaped(text), wanted);
        }
    }

    #[test]
    fn places_of_cells() {
        for (place, column) in [("A1", Some(0)), ("ab12", Some(27)), ("XFD1", Some(16_383))] {
            assert_eq!(column_of(place), column, "{place}");
        }
        for place in ["XFE1", "12", "", "ZZZZZZZZZZZZZZZZZZZZ1"] {
            assert_eq!(column_of(place), None, "{place}");
        }
    }
}
