//! Presentations of PowerPoint to a text of their own: every paragraph a line, slide by slide, each with its notes.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::layout::{Line, Role, laid_out};
use super::package::{Package, Relation, character};
use super::xml::{attribute, events, passed_over};
use super::{Limits, Unpacked};
use crate::error::ErrorKind;
use crate::message::{id, message};
use crate::text::BlockKind;

/// The text of a presentation and its blocks: titles, points, tables, text boxes and diagrams of each slide in their
/// order, hidden slides included, and what the speaker notes. Charts, dates and numbers of slides are left out.
///
/// # Errors
/// When the file is no presentation, is damaged, or would unpack to more than could be meant.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Unpacked, ErrorKind> {
    let mut package = Package::open(bytes, id!("kind-presentation"), limits)?;
    let main = main(&mut package)?;
    let mut lines = Vec::new();
    let mut parts = Vec::new();
    for (number, slide) in slides(&mut package, &main)?.into_iter().enumerate() {
        parts.push((lines.len(), format!("slide {}", number + 1)));
        let relations = package.relations(&slide)?;
        let xml = package.demand(&slide)?;
        shapes(&xml, &relations, false, &mut lines)?;
        for (kind, notes) in [("diagramData", false), ("notesSlide", true)] {
            for part in relations.values().filter_map(|relation| relation.part(kind)) {
                let xml = package.demand(part)?;
                let relations = package.relations(part)?;
                shapes(&xml, &relations, notes, &mut lines)?;
            }
        }
    }
    Ok(laid_out(lines, parts))
}

/// The part that names the slides.
fn main(package: &mut Package) -> Result<String, ErrorKind> {
    let relations = package.relations("")?;
    let named = relations.values().find_map(|relation| relation.part("officeDocument"));
    let name = named.unwrap_or("ppt/presentation.xml").to_owned();
    match package.has(&name) && name.ends_with(".xml") && name.contains("presentation") {
        true => Ok(name),
        false => Err(package.fail(message!("read-other-archive"))),
    }
}

/// The parts that hold the slides, in their order.
fn slides(package: &mut Package, main: &str) -> Result<Vec<String>, ErrorKind> {
    let xml = package.demand(main)?;
    let relations = package.relations(main)?;
    let mut slides = Vec::new();
    events(&xml, |event, _| {
        if let Event::Start(tag) | Event::Empty(tag) = &event
            && tag.local_name().as_ref() == "sldId"
        {
            // beside the `id` of the slide there is that of its relation
            let named = tag.attributes().flatten().find(|attribute| {
                attribute.key.local_name().as_ref() == "id" && attribute.key.prefix().is_some()
            });
            let relation = named.and_then(|named| relations.get(&*named.value));
            slides.extend(relation.and_then(|relation| relation.part("slide")).map(str::to_owned));
        }
        Ok(())
    })?;
    Ok(slides)
}

/// Elements whose content is no text: fields that show a number or a date, and copies for old programs.
const GONE: [&str; 2] = ["fld", "Fallback"];

/// What the shape is whose text comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Title,
    Points,
    Words,
    /// What every slide has: its number, a date, the image of the slide in its notes.
    Furniture,
}

fn shape(tag: &BytesStart<'_>) -> Shape {
    match attribute(tag, "type").as_deref() {
        Some("title" | "ctrTitle") => Shape::Title,
        Some("body" | "obj") | None => Shape::Points,
        Some("dt" | "ftr" | "hdr" | "sldNum" | "sldImg") => Shape::Furniture,
        Some(_) => Shape::Words,
    }
}

/// Adds the paragraphs of a slide, of its notes, or of a diagram.
fn shapes(
    xml: &str,
    relations: &BTreeMap<String, Relation>,
    notes: bool,
    lines: &mut Vec<(Line, Role)>,
) -> Result<(), ErrorKind> {
    let mut is = Shape::Words;
    let mut open: Option<(Line, u8)> = None;
    // whether the paragraph has a bullet or a number of its own
    let mut bulleted = false;
    // how many cells the row of the table has had
    let mut cells: Option<u8> = None;
    let (mut gone, mut text, mut run, mut linked) = (0usize, false, false, false);
    // whether the run stands above the line, as numbers of notes do
    let mut raised = false;
    events(xml, |event, _| {
        match &event {
            _ if passed_over(&mut gone, &event) => {}
            Event::Start(tag) | Event::Empty(tag) => {
                let begins = matches!(event, Event::Start(_));
                match tag.local_name().as_ref() {
                    name if GONE.contains(&name) => gone = usize::from(begins),
                    "sp" | "graphicFrame" => is = Shape::Words,
                    "ph" => is = shape(tag),
                    "tbl" if begins => cells = Some(0),
                    "tr" => cells = cells.map(|_| 0),
                    "tc" => cells = cells.map(|count| count.saturating_add(1)),
                    "p" if begins => (open, bulleted) = (Some((Line::default(), 0)), false),
                    "buChar" | "buAutoNum" => bulleted = true,
                    "pPr" => {
                        let level = attribute(tag, "lvl").and_then(|level| level.parse().ok());
                        open.iter_mut().for_each(|(_, own)| *own = level.unwrap_or(0));
                    }
                    "r" if begins => {
                        (run, raised) = (true, false);
                        open.iter_mut().for_each(|(line, _)| line.run());
                    }
                    "rPr" if run => {
                        raised = attribute(tag, "baseline")
                            .is_some_and(|it| it.parse().is_ok_and(|it: i32| it > 0))
                    }
                    "hlinkClick" if run => {
                        let address = attribute(tag, "id").and_then(|id| relations.get(&id)?.address());
                        if let (Some((line, _)), Some(address), false) = (&mut open, address, linked) {
                            line.open_link(address.to_owned());
                            linked = true;
                        }
                    }
                    "br" => open.iter_mut().for_each(|(line, _)| line.say(" ")),
                    "t" => text = begins,
                    _ => {}
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => text = false,
                "r" => {
                    if std::mem::take(&mut linked) {
                        open.iter_mut().for_each(|(line, _)| line.close_link());
                    }
                    run = false;
                }
                "tbl" => cells = None,
                "p" => {
                    if let Some((line, level)) = open.take().filter(|_| is != Shape::Furniture) {
                        let kind = match is {
                            _ if notes => (BlockKind::Paragraph, None),
                            _ if cells.is_some() => (BlockKind::TableCell, cells),
                            Shape::Title => (BlockKind::Heading, Some(1)),
                            Shape::Points | Shape::Words if bulleted || is == Shape::Points => {
                                (BlockKind::ListItem, Some(level.saturating_add(1)))
                            }
                            _ => (BlockKind::Paragraph, None),
                        };
                        lines.push((line, Some(kind)));
                    }
                }
                _ => {}
            },
            Event::Text(words) if text => {
                let note = raised && words.bytes().all(|b| b.is_ascii_digit());
                open.iter_mut().for_each(|(line, _)| if note { line.form(words) } else { line.say(words) });
            }
            Event::GeneralRef(entity) if text => {
                if let (Some((line, _)), Some(character)) = (&mut open, character(entity)) {
                    line.say(character.encode_utf8(&mut [0; 4]));
                }
            }
            _ => {}
        }
        Ok(())
    })
}
