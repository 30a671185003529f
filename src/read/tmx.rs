//! Translation memories in TMX: every unit a pair.

use quick_xml::events::Event;

use super::line_of;
use super::pairs::{Found, Version};
use super::xml::{Content, attribute, events};
use crate::error::ErrorKind;
use crate::message::message;
use crate::text::Lang;

/// Elements of a segment that hold codes of another format.
const FOREIGN: [&str; 5] = ["bpt", "ept", "ph", "it", "ut"];

/// Reads the units of a translation memory, with all their languages.
///
/// # Errors
/// When the file is no XML or no TMX, or a version does not say its language.
pub(super) fn read(text: &str) -> Result<Found, ErrorKind> {
    let mut found = Found::default();
    let mut lang = None;
    let mut open: Option<Content> = None;
    let mut root = false;
    events(text, |event, span| {
        if let Some(content) = &mut open {
            let ends = matches!(&event, Event::End(tag) if tag.local_name().as_ref() == "seg");
            if !ends {
                content.take(&event, span, &FOREIGN, &[]);
                return Ok(());
            }
            let content = open.take().map(|content| content.end(span.start));
            if let (Some((span, marks)), Some(lang), Some(unit)) = (content, lang, found.units.last_mut()) {
                unit.push(Version { lang, span, marks });
            }
            return Ok(());
        }
        let Event::Start(tag) = &event else {
            if let Event::Empty(tag) = &event
                && tag.local_name().as_ref() == "header"
            {
                found.source = attribute(tag, "srclang").and_then(|tag| Lang::parse(&tag));
            }
            return Ok(());
        };
        match tag.local_name().as_ref() {
            "tmx" => root = true,
            "header" => found.source = attribute(tag, "srclang").and_then(|tag| Lang::parse(&tag)),
            "tu" => found.units.push(Vec::new()),
            "tuv" => {
                lang = attribute(tag, "lang").and_then(|tag| Lang::parse(&tag));
                if lang.is_none() {
                    let what = message!("read-tuv");
                    return Err(ErrorKind::Content { line: line_of(text, span.start), what });
                }
            }
            "seg" => open = Some(Content::at(span.end)),
            _ => {}
        }
        Ok(())
    })?;
    if !root {
        return Err(ErrorKind::Content {
            line: 1,
            what: message!("read-no-root", format = "TMX", what = "<tmx>"),
        });
    }
    // `*all*` and a language that no unit has say nothing.
    let has = |lang: Lang| found.units.iter().flatten().any(|version| version.lang == lang);
    found.source = found.source.filter(|lang| has(*lang));
    Ok(found)
}
