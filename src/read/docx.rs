//! Word documents to a text of their own: every paragraph a line, as it reads with all changes accepted.

mod anchors;
mod comments;
mod package;

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

pub use self::anchors::{Anchor, Anchors, anchors};
pub use self::comments::{Comment, comments};
pub use self::package::WordPackage;
use super::Limits;
use super::layout::{self, Role, laid_out};
use super::package::{Relation, character};
use super::xml::{attribute, events, passed_over};
use crate::error::ErrorKind;
use crate::text::{BlockKind, Span};

/// The text of a document and its blocks: body, tables and text boxes, then footnotes and endnotes, then headers and
/// footers. What was deleted under tracked changes is left out, what was inserted is there; links are written as in
/// Markdown.
///
/// # Errors
/// When the file is no Word document, is damaged, or would unpack to more than could be meant.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<super::Unpacked, ErrorKind> {
    let (body, mut package) = main(bytes, limits)?;
    let styles = match package.text(&package.beside("styles.xml"))? {
        Some(xml) => styles(&xml)?,
        None => BTreeMap::new(),
    };
    let mut lines = Lines { kept: Vec::new(), blocks: 0, limits, anchored: false };
    paragraphs(&body, package.relations(), &mut lines)?;
    drop(body);
    for part in package.notes().into_iter().chain(package.furniture()) {
        if let Some(xml) = package.text(&part)? {
            paragraphs(&xml, &package.relations_of(&part)?, &mut lines)?;
        }
    }
    limits.allow(lines.blocks)?;
    let lines = lines.kept.into_iter().map(|line| {
        let role = role(&line, &styles);
        (line.line, role)
    });
    Ok(laid_out(lines.collect(), Vec::new()))
}

/// The text of a document as XML, and the package that it was taken from.
pub(super) fn main<'b>(bytes: &'b [u8], limits: &Limits) -> Result<(String, WordPackage<'b>), ErrorKind> {
    let mut package = WordPackage::open(bytes, limits)?;
    let body = package.text(&package.main.clone())?.ok_or_else(|| package.missing())?;
    Ok((body, package))
}

/// What a style says of its paragraphs.
#[derive(Debug, Default, Clone)]
struct Style {
    name: String,
    based_on: Option<String>,
    /// 0 for the highest level of heading; 9 for none.
    outline: Option<u8>,
    numbered: bool,
}

fn styles(xml: &str) -> Result<BTreeMap<String, Style>, ErrorKind> {
    let mut styles: BTreeMap<String, Style> = BTreeMap::new();
    let mut open: Option<(String, Style)> = None;
    events(xml, |event, _| {
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.local_name();
                if name.as_ref() == "style" {
                    open = attribute(tag, "styleId").map(|id| (id, Style::default()));
                } else if let Some((_, style)) = &mut open {
                    match name.as_ref() {
                        "name" => style.name = value(tag).to_lowercase(),
                        "basedOn" => style.based_on = Some(value(tag)),
                        "outlineLvl" => style.outline = value(tag).parse().ok(),
                        "numId" => style.numbered = value(tag) != "0",
                        _ => {}
                    }
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == "style" => styles.extend(open.take()),
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

fn value(tag: &BytesStart<'_>) -> String {
    attribute(tag, "val").unwrap_or_default()
}

/// A paragraph as it stands in the file.
#[derive(Debug, Default)]
struct Line {
    line: layout::Line,
    /// What its text is made of, in order.
    atoms: Vec<Atom>,
    style: Option<String>,
    outline: Option<u8>,
    /// Depth of its list, from 0, and whether it is in one; `None` where only the style may say.
    list: Option<(u8, bool)>,
    /// The column of its cell, from 1, in a table.
    cell: Option<u8>,
    /// Whether the end of it was deleted, so that the next one goes on with it.
    joined: bool,
}

/// A stretch of the text of a line that stands in one piece in the part.
#[derive(Debug)]
struct Atom {
    /// Where it is in the line.
    text: Span,
    /// Where it stands in the part.
    xml: Span,
    /// Whether it is no text of the part, but where a link leads; this stands with the last words of the link.
    link: bool,
}

impl Line {
    /// Adds words that stand there in the part.
    fn say(&mut self, words: &str, xml: Span) {
        let start = self.line.text().len();
        self.line.say(words);
        self.atoms.push(Atom { text: Span::new(start, self.line.text().len()), xml, link: false });
    }

    /// Ends the words of the innermost link.
    fn close_link(&mut self) {
        let start = self.line.text().len();
        self.line.close_link();
        // a link without words stands nowhere
        let words = self.atoms.last().filter(|atom| atom.text.end == start).map(|atom| atom.xml);
        let text = Span::new(start, self.line.text().len());
        self.atoms.extend(words.map(|xml| Atom { text, xml, link: true }));
    }
}

/// Elements whose content is not text that stands now: deleted or moved away, codes of fields, and the copies of
/// drawings for old programs.
pub(super) const GONE: [&str; 6] = ["del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback"];

/// Fields that show a number, a date or a name that is filled in: what they show was true when the file was saved, and
/// says nothing that is translated (ECMA-376, part 1, 17.16.5).
const FILLED: [&str; 12] = [
    "PAGE",
    "NUMPAGES",
    "SECTION",
    "SECTIONPAGES",
    "DATE",
    "TIME",
    "CREATEDATE",
    "SAVEDATE",
    "PRINTDATE",
    "FILENAME",
    "AUTHOR",
    "LASTSAVEDBY",
];

/// Whether the code of a field is one of a field that is filled in: ` PAGE  \* MERGEFORMAT `.
fn is_filled(code: &str) -> bool {
    let name = code.split_whitespace().next().unwrap_or_default();
    FILLED.iter().any(|filled| filled.eq_ignore_ascii_case(name))
}

/// A field that is open, as its code is read and then what it shows.
#[derive(Default)]
struct Field {
    code: String,
    /// Whether it shows what is filled in, and has come to that.
    filled: bool,
}

/// Paragraphs as they are gathered: no more than may be read.
struct Lines<'l> {
    kept: Vec<Line>,
    /// How many there are that say something: each of them makes a block.
    blocks: usize,
    limits: &'l Limits,
    /// Whether it is to be known what their texts are made of.
    anchored: bool,
}

impl Lines<'_> {
    fn push(&mut self, mut line: Line) {
        if !self.anchored {
            line.atoms = Vec::new();
        }
        self.blocks += usize::from(line.line.says());
        if self.limits.allow(self.blocks).is_ok() {
            self.kept.push(line);
        }
    }
}

fn paragraphs(xml: &str, relations: &BTreeMap<String, Relation>, lines: &mut Lines) -> Result<(), ErrorKind> {
    // A text box stands inside of a paragraph and has paragraphs of its own.
    let mut open: Vec<Line> = Vec::new();
    // How many cells the row had, of each table that is open.
    let mut columns: Vec<u8> = Vec::new();
    let (mut gone, mut properties, mut text) = (0usize, 0usize, false);
    let mut carried = Line::default();
    // whether each open link leads out of the document
    let mut links: Vec<bool> = Vec::new();
    let (mut fields, mut code): (Vec<Field>, bool) = (Vec::new(), false);
    events(xml, |event, span| {
        match &event {
            _ if passed_over(&mut gone, &event) => {}
            Event::Start(tag) => match tag.local_name().as_ref() {
                "instrText" => code = true,
                name if GONE.contains(&name) && properties == 0 => gone = 1,
                "fldSimple" if attribute(tag, "instr").is_some_and(|code| is_filled(&code)) => gone = 1,
                "fldChar" => field(tag, &mut fields),
                // Separators between text and notes are no notes.
                "footnote" | "endnote" if attribute(tag, "type").is_some_and(|kind| kind != "normal") => {
                    gone = 1
                }
                "p" => {
                    let begun = std::mem::take(&mut carried);
                    open.push(Line { cell: columns.last().copied(), ..begun });
                }
                "r" => {
                    if let Some(open) = open.last_mut() {
                        open.line.run();
                    }
                }
                "hyperlink" => {
                    let address = attribute(tag, "id").and_then(|id| relations.get(&id)?.address());
                    links.push(address.is_some());
                    if let (Some(open), Some(address)) = (open.last_mut(), address) {
                        open.line.open_link(address.to_owned());
                    }
                }
                "pPr" => properties += 1,
                // What the paragraph was before a change.
                "pPrChange" | "rPrChange" => gone = 1,
                "tbl" => columns.push(0),
                "tr" | "tc" => {
                    if let Some(column) = columns.last_mut() {
                        *column =
                            if tag.local_name().as_ref() == "tc" { column.saturating_add(1) } else { 0 };
                    }
                }
                "t" => text = true,
                _ => {
                    if let Some(line) = open.last_mut() {
                        property(line, tag, properties > 0, span);
                    }
                }
            },
            Event::Empty(tag) => {
                if tag.local_name().as_ref() == "p" {
                    lines.push(Line::default());
                } else if tag.local_name().as_ref() == "fldChar" {
                    field(tag, &mut fields);
                } else if let Some(line) = open.last_mut() {
                    property(line, tag, properties > 0, span);
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "p" => {
                    // no field that is filled in goes on in the next paragraph
                    fields.iter_mut().for_each(|field| field.filled = false);
                    match open.pop() {
                        Some(Line { line, atoms, joined: true, .. }) => {
                            carried = Line { line, atoms, ..Line::default() };
                        }
                        Some(line) => lines.push(line),
                        None => {}
                    }
                }
                "hyperlink" => {
                    if let (Some(true), Some(open)) = (links.pop(), open.last_mut()) {
                        open.close_link();
                    }
                }
                "pPr" => properties = properties.saturating_sub(1),
                "tbl" => drop(columns.pop()),
                "t" => text = false,
                "instrText" => code = false,
                _ => {}
            },
            Event::Text(words) if code => {
                let named = fields.iter_mut().last().filter(|field| field.code.len() < LONGEST_CODE);
                named.into_iter().for_each(|field| field.code.push_str(words));
            }
            _ if fields.iter().any(|field| field.filled) => {}
            Event::Text(words) if text => {
                if let Some(open) = open.last_mut() {
                    open.say(words, span);
                }
            }
            Event::GeneralRef(entity) if text => {
                if let (Some(open), Some(character)) = (open.last_mut(), character(entity)) {
                    open.say(character.encode_utf8(&mut [0; 4]), span);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    if !carried.line.text().is_empty() {
        lines.push(carried);
    }
    Ok(())
}

/// Where the code of a field is longer, in bytes, its name has long been read.
const LONGEST_CODE: usize = 256;

/// Takes the begin of a field, what parts its code from what it shows, or its end.
fn field(tag: &BytesStart<'_>, fields: &mut Vec<Field>) {
    match attribute(tag, "fldCharType").as_deref() {
        Some("begin") => fields.push(Field::default()),
        Some("separate") => {
            fields.iter_mut().last().into_iter().for_each(|field| field.filled = is_filled(&field.code));
        }
        Some("end") => drop(fields.pop()),
        _ => {}
    }
}

/// Takes an element without content: a property of the paragraph, or a character that is written as one.
fn property(line: &mut Line, tag: &BytesStart<'_>, inside: bool, span: Span) {
    match tag.local_name().as_ref() {
        "pStyle" if inside => line.style = Some(value(tag)),
        "outlineLvl" if inside => line.outline = value(tag).parse().ok(),
        "ilvl" if inside => {
            line.list = Some((value(tag).parse().unwrap_or(0), line.list.is_some_and(|l| l.1)))
        }
        "numId" if inside => line.list = Some((line.list.map_or(0, |l| l.0), value(tag) != "0")),
        "del" | "moveFrom" if inside => line.joined = true,
        "tab" | "ptab" if !inside => line.say("\t", span),
        "br" | "cr" if !inside => line.say(" ", span),
        "noBreakHyphen" if !inside => line.say("-", span),
        _ => {}
    }
}

/// What a paragraph is by its properties and its style; `None` when these say nothing.
fn role(line: &Line, styles: &BTreeMap<String, Style>) -> Role {
    if line.cell.is_some() {
        return Some((BlockKind::TableCell, line.cell));
    }
    let mut chain: Vec<&Style> = Vec::new();
    let mut id = line.style.as_ref();
    // Styles that are based on one another in a ring end somewhere too.
    while let Some(style) = id.and_then(|id| styles.get(id)).filter(|_| chain.len() < 12) {
        chain.push(style);
        id = style.based_on.as_ref();
    }
    let outline = line.outline.or_else(|| chain.iter().find_map(|style| style.outline));
    if let Some(level) = outline.filter(|level| *level < 9) {
        return Some((BlockKind::Heading, Some(level + 1)));
    }
    for style in &chain {
        let name = style.name.as_str();
        let level = name.strip_prefix("heading ").or_else(|| name.strip_prefix("标题 "));
        if let Some(level) = level.and_then(|level| level.parse::<u8>().ok()).filter(|_| outline.is_none()) {
            return Some((BlockKind::Heading, Some(level)));
        }
        let kind = match name {
            "title" | "标题" => return Some((BlockKind::Heading, Some(1))),
            "caption" | "题注" => BlockKind::Caption,
            "quote" | "quotations" | "intense quote" | "block text" | "引用" | "明显引用" => {
                BlockKind::Quotation
            }
            "html preformatted" | "macro text" | "source code" => BlockKind::Code,
            // A table of contents is made from the headings, with page numbers.
            _ if name.starts_with("toc ") || name == "table of figures" => BlockKind::Metadata,
            _ => continue,
        };
        return Some((kind, None));
    }
    match line.list {
        Some((level, true)) => Some((BlockKind::ListItem, Some(level.saturating_add(1)))),
        Some((_, false)) => None,
        None => chain.iter().any(|style| style.numbered).then_some((BlockKind::ListItem, Some(1))),
    }
}
