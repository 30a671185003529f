//! Messages of Qt: every `<message>` of a TS file a pair.

use quick_xml::events::Event;

use crate::error::ErrorKind;
use crate::message::{id, message};
use crate::read::pairs::{Found, Version, Words, language_of};
use crate::read::xml::{Content, attribute, events};
use crate::text::Lang;

/// Reads the messages of a TS file, but for those that are no longer in the program. Of plural forms the last one is
/// read.
///
/// # Errors
/// When it is no XML or no TS.
pub(in crate::read) fn read(text: &str) -> Result<Found, ErrorKind> {
    let mut sides: Vec<[Option<Words>; 2]> = Vec::new();
    let (mut source, mut target) = (None, None);
    let mut open: Option<(usize, Content, usize)> = None;
    let (mut root, mut gone, mut inside) = (false, false, false);
    events(text, |event, span| {
        if let Some((side, content, depth)) = &mut open {
            match &event {
                Event::Start(tag) if tag.local_name().as_ref() == "numerusform" => {
                    *content = Content::at(span.end);
                    *depth += 1;
                }
                Event::End(tag) if tag.local_name().as_ref() == "numerusform" => {
                    let done = std::mem::replace(content, Content::at(span.end)).end(span.start);
                    if let Some(unit) = sides.last_mut() {
                        unit[*side] = Some(done);
                    }
                    *depth -= 1;
                }
                Event::Start(_) => *depth += 1,
                Event::End(_) if *depth == 0 => {
                    let side = *side;
                    let words = open.take().map(|(_, content, _)| content.end(span.start));
                    if let Some(unit) = sides.last_mut().filter(|unit| unit[side].is_none()) {
                        unit[side] = words;
                    }
                    return Ok(());
                }
                Event::End(_) => *depth -= 1,
                _ => {}
            }
            if let Some((_, content, _)) = &mut open
                && !matches!(&event, Event::Start(tag) if tag.local_name().as_ref() == "numerusform")
            {
                content.take(&event, span, &[], &[]);
            }
            return Ok(());
        }
        match &event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "TS" => {
                    root = true;
                    source = attribute(tag, "sourcelanguage").and_then(|tag| Lang::parse(&tag));
                    target = attribute(tag, "language").and_then(|tag| Lang::parse(&tag));
                }
                "message" => {
                    inside = true;
                    gone = false;
                    sides.push([None, None]);
                }
                "source" if inside => open = Some((0, Content::at(span.end), 0)),
                "translation" if inside => {
                    gone =
                        attribute(tag, "type").is_some_and(|kind| kind == "vanished" || kind == "obsolete");
                    open = Some((1, Content::at(span.end), 0));
                }
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == "translation" => {
                gone = attribute(tag, "type").is_some_and(|kind| kind == "vanished" || kind == "obsolete");
            }
            Event::End(tag) if tag.local_name().as_ref() == "message" => {
                inside = false;
                if gone {
                    sides.pop();
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    if !root {
        return Err(ErrorKind::Content {
            line: 1,
            what: message!("read-no-root", format = id!("kind-qt"), what = "<TS>"),
        });
    }
    let spans = |side: usize| {
        sides.iter().filter_map(move |unit| unit[side].as_ref()).map(|(span, _)| &text[span.range()])
    };
    let langs = [source.unwrap_or(Lang::EN), target.unwrap_or_else(|| language_of(spans(1)))];
    let version =
        |(lang, side): (Lang, Option<Words>)| side.map(|(span, marks)| Version { lang, span, marks });
    let units = sides.into_iter().map(|unit| langs.into_iter().zip(unit).filter_map(version).collect());
    Ok(Found { units: units.collect(), source: Some(langs[0]), target: Some(langs[1]), ..Found::default() })
}
