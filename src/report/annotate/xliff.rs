//! XLIFF with what was found as notes: of version 1.2 behind the versions of a unit, of version 2 among its notes.

use quick_xml::events::{BytesStart, Event};

use super::super::xml::escape;
use super::super::{Options, Pair, place};
use super::{changed, lines, told};
use crate::check::{Finding, Severity, Side};
use crate::error::ErrorKind;
use crate::read::{Insertion, OnDisk, xml_attribute, xml_events};

/// The most urgent note has the priority 1, and the least urgent 10.
fn priority(severity: Severity) -> u8 {
    match severity {
        Severity::Critical => 1,
        Severity::Major => 3,
        Severity::Minor => 6,
    }
}

/// A unit, and where its notes go.
#[derive(Debug, Default)]
struct Unit {
    /// Its first byte, and the one past its last.
    span: (usize, usize),
    /// What stands before the names of elements.
    prefix: String,
    /// Whether it is of version 2.
    second: bool,
    /// Whether there is an element for notes already, which version 2 has.
    notes: bool,
    /// Whether that has one tag alone (`<notes/>`), which ends where they go.
    empty: bool,
    /// Where they go: behind this byte.
    at: usize,
    /// The line that they are set in like.
    like: usize,
}

/// The file with notes.
pub(super) fn noted(bytes: Vec<u8>, pair: &Pair, options: &Options) -> Result<Vec<u8>, ErrorKind> {
    let disk = OnDisk::read(bytes)?;
    let text = disk.text.as_str();
    if text != pair.bitext.target.text {
        return Err(changed());
    }
    let units = units(text)?;
    let mut notes: Vec<Vec<String>> = vec![Vec::new(); units.len()];
    for finding in told(pair, options) {
        // what is missing has its place in the unit of its original
        let Some(span) = place(finding, Side::Source).or(finding.target) else { continue };
        let after = units.partition_point(|unit| unit.span.0 <= span.start);
        let Some(index) = after.checked_sub(1) else { continue };
        let unit = &units[index];
        let note = note(finding, unit, options);
        if !text[unit.span.0..unit.span.1].contains(&note) && !notes[index].contains(&note) {
            notes[index].push(note);
        }
    }
    let told = units.iter().zip(notes).filter(|(_, notes)| !notes.is_empty());
    let insertions = told.flat_map(|(unit, notes)| insertions(text, unit, &notes));
    Ok(disk.with(insertions.collect()))
}

fn note(finding: &Finding, unit: &Unit, options: &Options) -> String {
    let said = lines(finding, options.tongue).join("\n");
    let said = escape(&said);
    let side = match finding.target.filter(|span| !span.is_empty()) {
        Some(_) => "target",
        None => "source",
    };
    let (prefix, priority) = (&unit.prefix, priority(finding.severity));
    match unit.second {
        true => format!(
            "<{prefix}note category=\"duizhao\" priority=\"{priority}\" appliesTo=\"{side}\">{said}</{prefix}note>"
        ),
        false => format!(
            "<{prefix}note from=\"duizhao\" priority=\"{priority}\" annotates=\"{side}\">{said}</{prefix}note>"
        ),
    }
}

/// The notes of a unit, each on a line of its own where the elements beside them are. An element for notes of one tag
/// alone becomes one of two, between which they stand.
fn insertions(text: &str, unit: &Unit, notes: &[String]) -> Vec<Insertion> {
    let line = text[..unit.like].rfind('\n').map(|end| end + 1);
    let indent = line.map(|start| &text[start..unit.like]).filter(|indent| indent.trim().is_empty());
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (prefix, wrapped) = (&unit.prefix, unit.second && !unit.notes);
    let mut out = String::new();
    let mut put = |deeper: &str, what: &str| {
        if let Some(indent) = indent {
            out.push_str(end);
            out.push_str(indent);
            out.push_str(deeper);
        }
        out.push_str(what);
    };
    if wrapped {
        put("", &format!("<{prefix}notes>"));
    }
    let deeper = if unit.second { "  " } else { "" };
    notes.iter().for_each(|note| put(deeper, note));
    if wrapped {
        put("", &format!("</{prefix}notes>"));
    }
    if !unit.empty {
        return vec![Insertion { at: unit.at, text: out }];
    }
    // around the slash that ends the tag: `<notes` and `>…<`, the slash, and `notes` and `>`
    put("", "<");
    let slash = unit.at - "/>".len();
    vec![
        Insertion { at: slash, text: format!(">{out}") },
        Insertion { at: slash + 1, text: format!("{prefix}notes") },
    ]
}

/// The units of a file, in order.
fn units(text: &str) -> Result<Vec<Unit>, ErrorKind> {
    let mut units: Vec<Unit> = Vec::new();
    // how many elements are open, and how many when the unit began
    let (mut depth, mut inside, mut second) = (0usize, None::<usize>, false);
    // whether what comes before segments is over
    let mut begun = false;
    xml_events(text, |event, span| {
        let child = inside == Some(depth);
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let (prefix, name) = parts(tag);
                match (name, units.last_mut().filter(|_| child)) {
                    ("xliff", _) => {
                        second =
                            xml_attribute(tag, "version").is_some_and(|version| version.starts_with('2'));
                    }
                    ("trans-unit" | "unit", _) if inside.is_none() && (name == "unit") == second => {
                        let (at, prefix) = (span.end, prefix.to_owned());
                        let span = (span.start, span.end);
                        units.push(Unit { span, prefix, second, at, like: at, notes: false, empty: false });
                        begun = false;
                        if matches!(event, Event::Start(_)) {
                            inside = Some(depth + 1);
                        }
                    }
                    ("source" | "seg-source" | "target", Some(unit)) if !second => {
                        unit.like = span.start;
                        unit.at = span.end;
                    }
                    ("notes", Some(unit)) if second => {
                        unit.notes = true;
                        unit.empty = matches!(event, Event::Empty(_));
                        unit.like = span.start;
                        unit.at = span.end;
                        begun = true;
                    }
                    ("originalData" | "segment" | "ignorable", Some(unit)) if second && !begun => {
                        begun = true;
                        unit.like = span.start;
                    }
                    // modules stand before notes
                    (_, Some(unit)) if second && !begun => unit.at = span.end,
                    _ => {}
                }
                depth += usize::from(matches!(event, Event::Start(_)));
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                let name: &str = tag.local_name().into_inner();
                match (name, units.last_mut()) {
                    (_, Some(unit)) if inside == Some(depth + 1) => {
                        unit.span.1 = span.end;
                        inside = None;
                    }
                    (_, Some(unit)) if inside == Some(depth) => match name {
                        "source" | "seg-source" | "target" if !second => unit.at = span.end,
                        "notes" if second => {}
                        "originalData" | "segment" | "ignorable" => {}
                        _ if second && !begun => unit.at = span.end,
                        _ => {}
                    },
                    _ => {}
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(units)
}

/// What stands before the name of an element, with its colon, and the name.
fn parts<'t>(tag: &'t BytesStart<'_>) -> (&'t str, &'t str) {
    let whole: &str = tag.name().into_inner();
    whole.split_at(whole.find(':').map_or(0, |colon| colon + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files with bars where the note of the first unit goes, and what goes there, with bars between.
    #[test]
    fn notes_stand_where_the_format_wants_them() {
        let old = "<xliff version=\"1.2\"><file><body><group>";
        let new = "<x:xliff version=\"2.1\" xmlns:x=\"urn\"><x:file>";
        for (head, unit, want) in [
            (old, "<trans-unit><source>a</source>|</trans-unit>", "NOTE"),
            (
                old,
                "<trans-unit>\n  <source>a</source>\n  <target/>|\n  <note>b</note></trans-unit>",
                "\n  NOTE",
            ),
            (
                old,
                "<trans-unit>\r\n\t<source>a</source>\r\n\t<seg-source>a</seg-source>\r\n\t<target>b</target>|\r\n\t<alt-trans><target>c</target></alt-trans></trans-unit>",
                "\r\n\tNOTE",
            ),
            (
                new,
                "<x:unit>|<x:segment><x:source>a</x:source></x:segment></x:unit>",
                "<x:notes>NOTE</x:notes>",
            ),
            (
                new,
                "<x:unit>\n <m:matches><m:match/></m:matches>|\n <x:originalData/>\n <x:segment><x:source>a</x:source></x:segment></x:unit>",
                "\n <x:notes>\n   NOTE\n </x:notes>",
            ),
            (
                new,
                "<x:unit>\n <x:notes>|\n  <x:note>b</x:note>\n </x:notes>\n <x:segment><x:source>a</x:source></x:segment></x:unit>",
                "\n   NOTE",
            ),
            (
                new,
                "<x:unit>\n <x:notes>|</x:notes>\n <x:segment><x:source>a</x:source></x:segment></x:unit>",
                "\n   NOTE",
            ),
            (
                new,
                "<x:unit>\n <x:notes|/|>\n <x:segment><x:source>a</x:source></x:segment></x:unit>",
                ">\n   NOTE\n <|x:notes",
            ),
            (
                new,
                "<x:unit><x:notes |/|><x:segment><x:source>a</x:source></x:segment></x:unit>",
                ">NOTE<|x:notes",
            ),
        ] {
            let foot = if head == old { "</group></body></file></xliff>" } else { "</x:file></x:xliff>" };
            let whole = format!("{head}{unit}{foot}");
            let text = whole.replace('|', "");
            let units = units(&text).expect("XLIFF");
            let [unit] = units.as_slice() else { panic!("{units:?}") };
            let made = insertions(&text, unit, &["NOTE".to_owned()]);
            let noted = OnDisk::read(text.into_bytes()).expect("text").with(made);
            let wanted = want.split('|').fold(whole, |whole, put| whole.replacen('|', put, 1));
            assert_eq!(String::from_utf8(noted).expect("text"), wanted);
        }
    }
}
