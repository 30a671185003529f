//! Texts and presentations of OpenDocument to a text of their own: every paragraph a line.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::layout::{Line, Role, laid_out};
use super::package::{Package, character, unescaped};
use super::xml::{attribute, events, passed_over};
use super::{Limits, Unpacked};
use crate::error::ErrorKind;
use crate::message::{Id, id, message};
use crate::text::BlockKind;

/// The text of a document and its blocks: body, tables and text boxes, then notes, then headers and footers. What was
/// deleted under tracked changes and what is noted at the margin are left out; links are written as in Markdown.
///
/// # Errors
/// When the file is no text of OpenDocument, is damaged or locked, or would unpack to more than could be meant.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Unpacked, ErrorKind> {
    let (content, mut package) = content(bytes, "text", id!("kind-odt"), limits)?;
    let mut styles = BTreeMap::new();
    let common = package.part("styles.xml")?.unwrap_or_default();
    for xml in [&common, &content] {
        read_styles(xml, &mut styles)?;
    }
    let (mut lines, _) = paragraphs(&content, "text", &styles)?;
    for furniture in ["header", "footer"] {
        lines.extend(paragraphs(&common, furniture, &styles)?.0);
    }
    Ok(laid_out(lines, Vec::new()))
}

/// The text of a presentation and its blocks: titles, points, tables, text boxes and shapes of each slide in their order,
/// and what the speaker notes. Dates and numbers of slides are left out.
///
/// # Errors
/// When the file is no presentation of OpenDocument, is damaged or locked, or would unpack to more than could be meant.
pub(super) fn slides(bytes: &[u8], limits: &Limits) -> Result<Unpacked, ErrorKind> {
    let (content, _) = content(bytes, "presentation", id!("kind-odp"), limits)?;
    let (lines, slides) = paragraphs(&content, "presentation", &BTreeMap::new())?;
    let named = slides.into_iter().enumerate();
    Ok(laid_out(lines, named.map(|(number, first)| (first, format!("slide {}", number + 1))).collect()))
}

/// The part with the content of a document of OpenDocument, in which the element `office:BODY` stands, and the package
/// that it is from.
///
/// # Errors
/// When it is another document or none, is damaged or locked, or would unpack to more than could be meant.
pub(super) fn content<'b>(
    bytes: &'b [u8],
    body: &str,
    kind: Id,
    limits: &Limits,
) -> Result<(String, Package<'b>), ErrorKind> {
    let mut package = Package::open(bytes, kind, limits)?;
    if package.part("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(package.fail(message!("read-password")));
    }
    let missing = package.fail(message!("read-other-archive"));
    let content = package.part("content.xml")?.ok_or(missing)?;
    match content.contains(&format!("<office:{body}")) {
        true => Ok((content, package)),
        false => Err(package.fail(message!("read-other-document"))),
    }
}

/// Adds which style each style of paragraphs is made from.
fn read_styles(xml: &str, styles: &mut BTreeMap<String, String>) -> Result<(), ErrorKind> {
    if xml.is_empty() {
        return Ok(());
    }
    events(xml, |event, _| {
        if let Event::Start(tag) | Event::Empty(tag) = &event
            && tag.local_name().as_ref() == "style"
            && let (Some(name), Some(parent)) = (attribute(tag, "name"), attribute(tag, "parent-style-name"))
        {
            styles.insert(name, parent);
        }
        Ok(())
    })
}

/// Elements whose content is no text that stands now, is not for readers, or is filled in.
const GONE: [&str; 12] = [
    "tracked-changes",
    "annotation",
    "note-citation",
    "bibliography-configuration",
    "desc",
    "page-number",
    "page-count",
    "date",
    "time",
    "file-name",
    "author-name",
    "modification-date",
];

/// What every slide has: its number, a date, the image of the slide in its notes.
const FURNITURE: [&str; 5] = ["header", "footer", "date-time", "page-number", "page"];

/// Paragraphs, and what each is.
type Paragraphs = Vec<(Line, Role)>;

/// The paragraphs inside of all elements of a name: `text` or `presentation` for the body, `header`, `footer`; and with
/// which of them each slide begins.
fn paragraphs(
    xml: &str,
    within: &str,
    styles: &BTreeMap<String, String>,
) -> Result<(Paragraphs, Vec<usize>), ErrorKind> {
    let (mut lines, mut notes, mut slides) = (Vec::new(), Vec::new(), Vec::new());
    if xml.is_empty() {
        return Ok((lines, slides));
    }
    // whether the title of a slide is open
    let mut titled = false;
    // a text box or a note stands inside of a paragraph and has paragraphs of its own
    let mut open: Vec<(Line, Role)> = Vec::new();
    // how many cells the row had, of each table that is open
    let mut columns: Vec<u8> = Vec::new();
    let (mut inside, mut gone, mut lists, mut noted, mut listed) = (0usize, 0usize, 0u8, 0usize, 0usize);
    events(xml, |event, _| {
        match &event {
            _ if passed_over(&mut gone, &event) => {}
            Event::Start(tag) | Event::Empty(tag) => {
                let begins = matches!(event, Event::Start(_));
                let name = tag.local_name();
                let name = name.as_ref();
                if begins && is_office(tag.name().into_inner(), within) {
                    inside += 1;
                }
                if inside == 0 {
                    return Ok(());
                }
                let class = attribute(tag, "class").filter(|_| name == "frame");
                match name {
                    name if GONE.contains(&name) => gone = usize::from(begins),
                    "page" if begins => slides.push(lines.len()),
                    "frame" if class.as_deref().is_some_and(|class| FURNITURE.contains(&class)) => {
                        gone = usize::from(begins);
                    }
                    "frame" if begins => titled = class.as_deref() == Some("title"),
                    "list" if begins => lists = lists.saturating_add(1),
                    "note" if begins => noted += 1,
                    "table-of-content" | "alphabetical-index" | "illustration-index" if begins => listed += 1,
                    "table" if begins => columns.push(0),
                    "table-row" => columns.iter_mut().last().into_iter().for_each(|column| *column = 0),
                    "table-cell" | "covered-table-cell" => {
                        let count =
                            attribute(tag, "number-columns-repeated").and_then(|count| count.parse().ok());
                        let column = columns.iter_mut().last().into_iter();
                        column.for_each(|column| *column = column.saturating_add(count.unwrap_or(1)));
                    }
                    "p" | "h" if begins => {
                        let listed = (listed > 0).then_some((BlockKind::Metadata, None));
                        let cell =
                            columns.last().map(|column| (BlockKind::TableCell, Some((*column).max(1))));
                        let item = (lists > 0).then_some((BlockKind::ListItem, Some(lists)));
                        let styled = styled(tag, styles);
                        let heading = (name == "h").then(|| {
                            let level = attribute(tag, "outline-level").and_then(|level| level.parse().ok());
                            (BlockKind::Heading, Some(level.unwrap_or(1)))
                        });
                        let noted = (noted > 0).then_some((BlockKind::Paragraph, None));
                        let title = titled.then_some((BlockKind::Heading, Some(1)));
                        let role = title.or(listed).or(noted).or(heading).or(cell).or(item).or(styled);
                        open.push((Line::default(), role));
                    }
                    "a" if begins => {
                        let address =
                            attribute(tag, "href").map(|address| unescaped(&address)).unwrap_or_default();
                        open.iter_mut()
                            .last()
                            .into_iter()
                            .for_each(|(line, _)| line.open_link(address.clone()));
                    }
                    "s" => {
                        let count =
                            attribute(tag, "c").and_then(|count| count.parse().ok()).unwrap_or(1usize);
                        let spaces = " ".repeat(count.min(80));
                        open.iter_mut().last().into_iter().for_each(|(line, _)| line.say(&spaces));
                    }
                    "tab" => open.iter_mut().last().into_iter().for_each(|(line, _)| line.say("\t")),
                    "line-break" => open.iter_mut().last().into_iter().for_each(|(line, _)| line.say(" ")),
                    _ => {}
                }
            }
            Event::End(tag) if inside > 0 => match tag.local_name().as_ref() {
                _ if is_office(tag.name().into_inner(), within) => inside -= 1,
                "frame" => titled = false,
                "list" => lists = lists.saturating_sub(1),
                "note" => noted = noted.saturating_sub(1),
                "table-of-content" | "alphabetical-index" | "illustration-index" => {
                    listed = listed.saturating_sub(1)
                }
                "table" => drop(columns.pop()),
                "a" => open.iter_mut().last().into_iter().for_each(|(line, _)| line.close_link()),
                "p" | "h" => {
                    let to = if noted > 0 { &mut notes } else { &mut lines };
                    to.extend(open.pop());
                }
                _ => {}
            },
            Event::Text(words) => open.iter_mut().last().into_iter().for_each(|(line, _)| line.say(words)),
            Event::GeneralRef(entity) => {
                if let (Some((line, _)), Some(character)) = (open.last_mut(), character(entity)) {
                    line.say(character.encode_utf8(&mut [0; 4]));
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    lines.append(&mut notes);
    Ok((lines, slides))
}

/// Whether an element is that of the document, not one of the same name elsewhere.
fn is_office(whole: &str, name: &str) -> bool {
    let prefix = if matches!(name, "text" | "presentation") { "office:" } else { "style:" };
    whole.strip_prefix(prefix) == Some(name)
}

/// What a paragraph is by its style, or by one that it is made from.
fn styled(tag: &BytesStart<'_>, styles: &BTreeMap<String, String>) -> Role {
    let first = attribute(tag, "style-name")?;
    let mut style = Some(&first);
    // styles that are made from one another in a ring end somewhere too
    for _ in 0..12 {
        let name = style?.replace("_20_", " ").to_lowercase();
        match name.as_str() {
            "title" | "标题" => return Some((BlockKind::Heading, Some(1))),
            "quotations" | "quote" | "引文" => return Some((BlockKind::Quotation, None)),
            "preformatted text" | "source code" => return Some((BlockKind::Code, None)),
            "caption" | "illustration" | "figure" | "table" | "drawing" | "figurecaption"
            | "tablecaption" => {
                return Some((BlockKind::Caption, None));
            }
            _ => {}
        }
        if let Some(level) = name.strip_prefix("heading ").and_then(|level| level.parse().ok()) {
            return Some((BlockKind::Heading, Some(level)));
        }
        style = styles.get(style?);
    }
    None
}
