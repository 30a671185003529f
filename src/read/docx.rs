//! Word documents to a text of their own: every paragraph a line, as it reads with all changes accepted.

mod anchors;
mod comments;
mod package;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;

pub use self::anchors::{Anchor, Anchors, anchors};
pub use self::comments::{Comment, comments};
pub use self::package::Package;
use super::pieces::{mark_literals, tile, trim};
use super::plain::{self, Paragraph};
use super::xml::{attribute, events};
use super::{Limits, numbering};
use crate::error::ErrorKind;
use crate::text::{Block, BlockKind, Piece, PieceKind, Span};

/// The text of a document and its blocks: body, tables and text boxes, then footnotes and endnotes. What was
/// deleted under tracked changes is left out, what was inserted is there.
///
/// # Errors
/// When the file is no Word document, is damaged, or would unpack to more than could be meant.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<super::Unpacked, ErrorKind> {
    let (body, (mut archive, main)) = main(bytes, limits)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let beside = |name: &str| format!("{folder}/{name}").trim_start_matches('/').to_owned();
    let styles = match part(&mut archive, &beside("styles.xml"), limits)? {
        Some(xml) => styles(&xml)?,
        None => BTreeMap::new(),
    };
    let mut lines = Lines { kept: Vec::new(), blocks: 0, limits, anchored: false };
    paragraphs(&body, &mut lines)?;
    drop(body);
    for notes in NOTES {
        if let Some(xml) = part(&mut archive, &beside(notes), limits)? {
            paragraphs(&xml, &mut lines)?;
        }
    }
    limits.allow(lines.blocks)?;
    Ok(laid_out(lines.kept, &styles))
}

/// The parts that hold notes, of feet and of ends.
const NOTES: [&str; 2] = ["footnotes.xml", "endnotes.xml"];

/// The text of a document as XML, and what it was taken from: the archive, and the name of the part in it.
#[expect(clippy::type_complexity, reason = "a name for the archive and its part would say no more")]
pub(super) fn main<'b>(
    bytes: &'b [u8],
    limits: &Limits,
) -> Result<(String, (ZipArchive<Cursor<&'b [u8]>>, String)), ErrorKind> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(fail("an old .doc file, or one with a password; save it as .docx without one"));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| fail(&format!("no Word document: it cannot be opened as an archive ({error})")))?;
    let main = main_part(&mut archive, limits)?;
    let body = part(&mut archive, &main, limits)?
        .ok_or_else(|| fail("no Word document: what it names as its text is not in it"))?;
    Ok((body, (archive, main)))
}

fn fail(what: &str) -> ErrorKind {
    ErrorKind::Format { what: what.to_owned() }
}

/// The character that an entity stands for, unless it is a control character or unknown.
pub(super) fn character(entity: &BytesRef<'_>) -> Option<char> {
    let name: &str = entity;
    let known = || quick_xml::escape::resolve_predefined_entity(name).and_then(|s| s.chars().next());
    entity.resolve_char_ref().ok().flatten().or_else(known).filter(|c| !c.is_control())
}

/// A part of the archive as text; `None` when there is none of this name.
fn part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    limits: &Limits,
) -> Result<Option<String>, ErrorKind> {
    packed(archive, name, limits)?.map(|bytes| Ok(super::text(&bytes)?.text)).transpose()
}

/// A part of the archive; `None` when there is none of this name.
fn packed(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    limits: &Limits,
) -> Result<Option<Vec<u8>>, ErrorKind> {
    let Some(index) = archive.index_for_name(name) else { return Ok(None) };
    let damaged = |error: &dyn std::fmt::Display| fail(&format!("a damaged Word document: {name}: {error}"));
    let file = archive.by_index(index).map_err(|error| damaged(&error))?;
    let limit = limits.of_part(file.compressed_size());
    let mut bytes = Vec::new();
    // What the archive says of sizes may be a lie, so what comes is counted.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
    if bytes.len() as u64 > limit {
        return Err(fail(&format!("not safe to unpack: {name} holds more than {limit} bytes")));
    }
    Ok(Some(bytes))
}

/// The name of the part that holds the text.
fn main_part(archive: &mut ZipArchive<Cursor<&[u8]>>, limits: &Limits) -> Result<String, ErrorKind> {
    let mut named = None;
    if let Some(xml) = part(archive, "_rels/.rels", limits)? {
        events(&xml, |event, _| {
            if let Event::Start(tag) | Event::Empty(tag) = &event
                && attribute(tag, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
            {
                named = attribute(tag, "Target").map(|target| target.trim_start_matches('/').to_owned());
            }
            Ok(())
        })?;
    }
    let name = named.unwrap_or_else(|| "word/document.xml".to_owned());
    let other = [("xl/", "an Excel workbook; save the sheet as CSV"), ("ppt/", "a PowerPoint presentation")];
    if let Some((_, what)) = other.iter().find(|(lead, _)| name.starts_with(lead)) {
        return Err(fail(&format!("no Word document but {what}")));
    }
    match archive.index_for_name(&name) {
        Some(_) => Ok(name),
        None => Err(fail("no Word document: an archive of other files; name the documents in it")),
    }
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
    text: String,
    /// Where its runs begin in its text.
    runs: Vec<usize>,
    /// What its text is made of: where each stretch begins in it, and where it stands in the part.
    atoms: Vec<(usize, Span)>,
    style: Option<String>,
    outline: Option<u8>,
    /// Depth of its list, from 0, and whether it is in one; `None` where only the style may say.
    list: Option<(u8, bool)>,
    /// The column of its cell, from 1, in a table.
    cell: Option<u8>,
    /// Whether the end of it was deleted, so that the next one goes on with it.
    joined: bool,
}

/// Elements whose content is not text that stands now: deleted or moved away, codes of fields, and the copies of
/// drawings for old programs.
pub(super) const GONE: [&str; 6] = ["del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback"];

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
        self.blocks += usize::from(!line.text.trim().is_empty());
        if self.limits.allow(self.blocks).is_ok() {
            self.kept.push(line);
        }
    }
}

fn paragraphs(xml: &str, lines: &mut Lines) -> Result<(), ErrorKind> {
    // A text box stands inside of a paragraph and has paragraphs of its own.
    let mut open: Vec<Line> = Vec::new();
    // How many cells the row had, of each table that is open.
    let mut columns: Vec<u8> = Vec::new();
    let (mut gone, mut properties, mut text) = (0usize, 0usize, false);
    let mut carried = Line::default();
    events(xml, |event, span| {
        match &event {
            Event::Start(_) if gone > 0 => gone += 1,
            Event::End(_) if gone > 0 => gone -= 1,
            _ if gone > 0 => {}
            Event::Start(tag) => match tag.local_name().as_ref() {
                name if GONE.contains(&name) && properties == 0 => gone = 1,
                // Separators between text and notes are no notes.
                "footnote" | "endnote" if attribute(tag, "type").is_some_and(|kind| kind != "normal") => {
                    gone = 1
                }
                "p" => {
                    let begun = std::mem::take(&mut carried);
                    open.push(Line { cell: columns.last().copied(), ..begun });
                }
                "r" => {
                    if let Some(line) = open.last_mut() {
                        line.runs.push(line.text.len());
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
                } else if let Some(line) = open.last_mut() {
                    property(line, tag, properties > 0, span);
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "p" => match open.pop() {
                    Some(Line { text, runs, atoms, joined: true, .. }) => {
                        carried = Line { text, runs, atoms, ..Line::default() };
                    }
                    Some(line) => lines.push(line),
                    None => {}
                },
                "pPr" => properties = properties.saturating_sub(1),
                "tbl" => drop(columns.pop()),
                "t" => text = false,
                _ => {}
            },
            Event::Text(words) if text => {
                if let Some(line) = open.last_mut() {
                    line.atoms.push((line.text.len(), span));
                    line.text.extend(words.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }));
                }
            }
            Event::GeneralRef(entity) if text => {
                if let (Some(line), Some(character)) = (open.last_mut(), character(entity)) {
                    line.atoms.push((line.text.len(), span));
                    line.text.push(character);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    if !carried.text.is_empty() {
        lines.push(carried);
    }
    Ok(())
}

/// Takes an element without content: a property of the paragraph, or a character that is written as one.
fn property(line: &mut Line, tag: &BytesStart<'_>, inside: bool, span: Span) {
    let mut written = |c: char| {
        line.atoms.push((line.text.len(), span));
        line.text.push(c);
    };
    match tag.local_name().as_ref() {
        "pStyle" if inside => line.style = Some(value(tag)),
        "outlineLvl" if inside => line.outline = value(tag).parse().ok(),
        "ilvl" if inside => {
            line.list = Some((value(tag).parse().unwrap_or(0), line.list.is_some_and(|l| l.1)))
        }
        "numId" if inside => line.list = Some((line.list.map_or(0, |l| l.0), value(tag) != "0")),
        "del" | "moveFrom" if inside => line.joined = true,
        "tab" | "ptab" if !inside => written('\t'),
        "br" | "cr" if !inside => written(' '),
        "noBreakHyphen" if !inside => written('-'),
        _ => {}
    }
}

/// Lays the paragraphs out as lines, and makes blocks of those that say something.
fn laid_out(lines: Vec<Line>, styles: &BTreeMap<String, Style>) -> super::Unpacked {
    let mut text = String::new();
    let mut paragraphs = Vec::new();
    let mut roles = Vec::new();
    let mut runs = Vec::new();
    for line in lines {
        let start = text.len();
        runs.extend(line.runs.iter().map(|at| start + at));
        text.push_str(&line.text);
        let span = trim(&text, Span::new(start, text.len()));
        text.push('\n');
        if !span.is_empty() {
            paragraphs.push(Paragraph { span, gap: 0 });
            roles.push(role(&line, styles));
        }
    }
    let titled = roles.iter().flatten().any(|(kind, _)| *kind == BlockKind::Heading);
    // Without a style of heading in it the document is as good as plain text.
    let guessed = if titled { Vec::new() } else { plain::structure(&text, &paragraphs) };
    let mut guessed = guessed.into_iter();
    let mut blocks = Vec::new();
    for (Paragraph { span, .. }, role) in paragraphs.into_iter().zip(roles) {
        let guess = guessed.next();
        if let (None, Some(guess)) = (role, guess) {
            blocks.push(guess);
            continue;
        }
        let (kind, level) = role.unwrap_or((BlockKind::Paragraph, None));
        let piece = if kind == BlockKind::Code { PieceKind::Code } else { PieceKind::Prose };
        let pieces = mark_literals(&text, tile(&text, span, [Piece { kind: piece, span }]));
        let mut block = Block { kind, level, numbering: None, span, pieces, sentences: 0..0 };
        block.numbering = numbering::written(&text, &block);
        blocks.push(block);
    }
    super::Unpacked { text, blocks, runs }
}

/// What a paragraph is by its properties and its style; `None` when these say nothing.
fn role(line: &Line, styles: &BTreeMap<String, Style>) -> Option<(BlockKind, Option<u8>)> {
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
            "quote" | "intense quote" | "引用" | "明显引用" => BlockKind::Quotation,
            "html preformatted" | "macro text" => BlockKind::Code,
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
