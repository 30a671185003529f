//! XLIFF 1.2 and 2: every unit or segment a pair.

use quick_xml::events::{BytesStart, Event};

use super::pairs::{Found, Version, Words, language_of};
use super::xml::{Content, attribute, events};
use crate::error::ErrorKind;
use crate::message::message;
use crate::text::Lang;

/// Elements that stand for something by themselves, which their `id` names.
const STANDING: [&str; 2] = ["x", "ph"];
/// Elements of a version that hold codes of another format.
const FOREIGN: [&str; 4] = ["bpt", "ept", "ph", "it"];
/// Elements that hold versions which are not those of the unit: proposals, glossaries, the unsegmented source.
const ASIDE: [&str; 4] = ["alt-trans", "matches", "glossary", "bin-unit"];
/// The place of the segmented source among the versions of a unit.
const SEGMENTED: usize = 2;

/// A segment of a version, which its `mid` names, as it is gathered or as it is.
struct Segment<W> {
    version: usize,
    mid: String,
    words: W,
}

/// The units that the segments of one unit make: those of the segmented source, each with that of the target. Where
/// only one side is segmented, or in one segment, the unit is one.
fn segmented(segments: Vec<Segment<Words>>) -> Vec<[Option<Words>; 2]> {
    let (sources, mut targets): (Vec<_>, Vec<_>) =
        segments.into_iter().partition(|segment| segment.version == SEGMENTED);
    if sources.len() < 2 || targets.is_empty() {
        return Vec::new();
    }
    let mut units: Vec<[Option<Words>; 2]> = Vec::new();
    for Segment { mid, words, .. } in sources {
        let place = targets.iter().position(|target| target.mid == mid);
        units.push([Some(words), place.map(|place| targets.remove(place).words)]);
    }
    units.extend(targets.into_iter().map(|target| [None, Some(target.words)]));
    units
}

/// Reads the units of an XLIFF file.
///
/// # Errors
/// When the file is no XML or no XLIFF.
pub(super) fn read(text: &str) -> Result<Found, ErrorKind> {
    let mut sides: Vec<[Option<Words>; 2]> = Vec::new();
    let (mut source, mut target) = (None, None);
    let mut open: Option<(usize, Content, usize)> = None;
    let (mut aside, mut root) = (0usize, false);
    let mut segments: Vec<Segment<Words>> = Vec::new();
    let mut segment: Option<(Segment<Content>, usize)> = None;
    let mut languages = |tag: &BytesStart<'_>| {
        let named = |names: [&str; 2]| names.iter().find_map(|name| Lang::parse(&attribute(tag, name)?));
        source = source.or(named(["source-language", "srcLang"]));
        target = target.or(named(["target-language", "trgLang"]));
    };
    events(text, |event, span| {
        if let Some((side, content, depth)) = &mut open {
            match (&event, &mut segment) {
                (Event::Start(tag), None)
                    if tag.local_name().as_ref() == "mrk"
                        && attribute(tag, "mtype").is_some_and(|kind| kind == "seg") =>
                {
                    let mid = attribute(tag, "mid").unwrap_or_default();
                    let words = Content::at(span.end);
                    segment = Some((Segment { version: *side, mid, words }, *depth));
                }
                (Event::End(_), Some((_, opened))) if *depth == *opened + 1 => {
                    if let Some((Segment { version, mid, words }, _)) = segment.take() {
                        segments.push(Segment { version, mid, words: words.end(span.start) });
                    }
                }
                (_, Some((one, _))) => one.words.take(&event, span, &FOREIGN, &STANDING),
                _ => {}
            }
            match &event {
                Event::Start(_) => *depth += 1,
                Event::End(_) if *depth == 0 => {
                    let side = *side;
                    let content = open.take().map(|(_, content, _)| content.end(span.start));
                    if let Some(slot) = sides.last_mut().and_then(|unit| unit.get_mut(side)) {
                        *slot = content;
                    }
                    return Ok(());
                }
                Event::End(_) => *depth -= 1,
                _ => {}
            }
            content.take(&event, span, &FOREIGN, &STANDING);
            return Ok(());
        }
        match &event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                _ if aside > 0 => aside += 1,
                name if ASIDE.contains(&name) => aside = 1,
                "xliff" => {
                    root = true;
                    languages(tag);
                }
                "file" => languages(tag),
                _ if attribute(tag, "translate").is_some_and(|value| value == "no") => aside = 1,
                "trans-unit" | "segment" | "ignorable" => sides.push([None, None]),
                "seg-source" => open = Some((SEGMENTED, Content::at(span.end), 0)),
                "source" => open = Some((0, Content::at(span.end), 0)),
                "target" => open = Some((1, Content::at(span.end), 0)),
                _ => {}
            },
            Event::End(tag) => {
                if aside == 0 && tag.local_name().as_ref() == "trans-unit" {
                    let made = segmented(std::mem::take(&mut segments));
                    if !made.is_empty() {
                        sides.pop();
                        sides.extend(made);
                    }
                }
                aside = aside.saturating_sub(1);
            }
            _ => {}
        }
        Ok(())
    })?;
    if !root {
        return Err(ErrorKind::Content {
            line: 1,
            what: message!("read-no-root", format = "XLIFF", what = "<xliff>"),
        });
    }
    let spans = |side: usize| {
        sides.iter().filter_map(move |unit| unit[side].as_ref()).map(|(span, _)| &text[span.range()])
    };
    let langs =
        [source.unwrap_or_else(|| language_of(spans(0))), target.unwrap_or_else(|| language_of(spans(1)))];
    let version =
        |(lang, side): (Lang, Option<Words>)| side.map(|(span, marks)| Version { lang, span, marks });
    let units = sides.into_iter().map(|unit| langs.into_iter().zip(unit).filter_map(version).collect());
    Ok(Found { units: units.collect(), source: Some(langs[0]), target: Some(langs[1]), ..Found::default() })
}
