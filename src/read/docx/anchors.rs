//! Where the text of a Word document stands in its parts, and where comments can be anchored.
//!
//! A comment is anchored between runs of the body. A place inside a run becomes one between runs by what is put in
//! there: the end of the run, and a new one with the same properties. Notes cannot hold comments; what stands in one is
//! anchored at its reference. Headers and footers cannot either; what stands in one is anchored where the text begins.
//! Where a link leads is told at the last of its words. What stands in a text box is anchored at the run that holds it, for LibreOffice loses
//! comments inside. Fields are not divided either: a comment on what one shows is lost when it is made anew, and
//! LibreOffice loses it at once.

use std::collections::{BTreeMap, HashMap};

use quick_xml::events::{BytesStart, Event};

use super::super::OnDisk;
use super::super::package::Relation;
use super::super::xml::{attribute, events};
use super::{self as docx, Line, Lines, WordPackage, paragraphs};
use crate::error::ErrorKind;
use crate::text::Span;

/// The text of a document, and where comments on it can be anchored in its main part.
#[derive(Debug)]
pub struct Anchors {
    /// The text as it is read.
    pub text: String,
    /// The main part.
    pub main: OnDisk,
    /// What an element in the main part has to declare that is named with the prefix `w`; mostly nothing.
    pub declaration: String,
    /// Where the body begins, if it can hold anything.
    pub body: Option<usize>,
    structure: Structure,
    atoms: Vec<Atom>,
    /// Where the headers and footers begin in the text.
    furniture: usize,
}

/// A place between runs of the main part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor {
    /// Before which byte of the part.
    pub at: usize,
    /// What must be put in there first, and last, for it to be between runs.
    pub between: [String; 2],
    /// Where the white space at the end of a text must be declared to count, and was not yet.
    pub preserve: Option<usize>,
}

/// A stretch of the text that stands in one piece in a part.
#[derive(Debug)]
struct Atom {
    text: Span,
    /// None where nothing can be anchored.
    home: Option<Home>,
}

/// Where something is in the main part.
#[derive(Debug, Clone, Copy)]
struct Home {
    unit: usize,
    kind: Kind,
    /// Where it stands in the part.
    xml: Span,
}

/// What something is in its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Part of a text, by its number in the unit.
    Text(usize),
    /// An element right below the run.
    Child,
    /// Anything else.
    Within,
}

/// What stands in a paragraph between two places where comments can be anchored: a run, a formula, a field.
#[derive(Debug)]
struct Unit {
    span: Span,
    /// The cell that it is in, by where that begins; 0 for none.
    container: usize,
    /// How it can be divided, for a run.
    run: Option<Run>,
    /// How many elements it is in.
    depth: usize,
    /// The paragraph that it is in, by where that begins.
    paragraph: usize,
}

/// What is needed to divide a run.
#[derive(Debug)]
struct Run {
    /// Its tag and its properties, as written.
    head: Vec<Span>,
    /// Where its content begins, and where it ends.
    body: Span,
    texts: Vec<Text>,
}

/// A text of a run.
#[derive(Debug)]
struct Text {
    /// The whole element.
    span: Span,
    content: Span,
    /// Whether white space at its ends counts.
    preserved: bool,
    /// Whether that is said at all.
    said: bool,
}

/// Notes by whether they are endnotes, and their numbers.
type Note = (bool, String);

#[derive(Debug, Default)]
struct Structure {
    prefix: String,
    namespace: String,
    body: Option<usize>,
    units: Vec<Unit>,
    /// What stands where, by where it begins.
    at: HashMap<usize, (usize, Kind)>,
    /// The units that hold the references of notes.
    references: HashMap<Note, usize>,
    /// The units in which fields begin and end.
    fields: Vec<(usize, usize)>,
}

/// Finds where comments on a document can be anchored.
///
/// # Errors
/// When the document is damaged, or its text is not in UTF-8.
pub fn anchors(package: &mut WordPackage) -> Result<Anchors, ErrorKind> {
    let main = package.part(&package.main.clone())?.ok_or_else(|| package.missing())?;
    let structure = structure(&main.text)?;
    let limits = package.limits;
    let lines = |xml: &str, relations: &BTreeMap<String, Relation>| {
        let mut lines = Lines { kept: Vec::new(), blocks: 0, limits: &limits, anchored: true };
        paragraphs(xml, relations, &mut lines).map(|()| lines.kept)
    };
    let (mut text, mut atoms) = (String::new(), Vec::new());
    let mut take = |lines: &[Line], home: &dyn Fn(&docx::Atom) -> Option<Home>| {
        for line in lines {
            for atom in &line.atoms {
                let span = Span::new(text.len() + atom.text.start, text.len() + atom.text.end);
                atoms.push(Atom { text: span, home: home(atom) });
            }
            text.push_str(line.line.text());
            text.push('\n');
        }
        text.len()
    };
    let mut furniture = take(&lines(&main.text, package.relations())?, &|atom| {
        let &(unit, kind) = structure.at.get(&atom.xml.start)?;
        Some(Home { unit, kind: if atom.link { Kind::Within } else { kind }, xml: atom.xml })
    });
    for (index, part) in package.notes().into_iter().enumerate() {
        let Some(xml) = package.text(&part)? else { continue };
        let numbers = numbers(&xml)?;
        furniture = take(&lines(&xml, &package.relations_of(&part)?)?, &|docx::Atom { xml, .. }| {
            let after = numbers.partition_point(|(start, _)| *start <= xml.start);
            let number = &numbers[after.checked_sub(1)?].1;
            let unit = *structure.references.get(&(index == 1, number.clone()))?;
            Some(Home { unit, kind: Kind::Within, xml: structure.units[unit].span })
        });
    }
    for part in package.furniture() {
        let Some(xml) = package.text(&part)? else { continue };
        take(&lines(&xml, &package.relations_of(&part)?)?, &|_| None);
    }
    let declaration = match structure.prefix.as_str() {
        "w" => String::new(),
        _ => format!(" xmlns:w=\"{}\"", structure.namespace),
    };
    Ok(Anchors { text, declaration, body: structure.body, main, structure, atoms, furniture })
}

/// Where the notes of a part begin, and their numbers.
fn numbers(xml: &str) -> Result<Vec<(usize, String)>, ErrorKind> {
    let mut numbers = Vec::new();
    events(xml, |event, span| {
        if let Event::Start(tag) = &event
            && matches!(tag.local_name().as_ref(), "footnote" | "endnote")
        {
            numbers.push((span.start, attribute(tag, "id").unwrap_or_default()));
        }
        Ok(())
    })?;
    Ok(numbers)
}

/// An element that is open, and what was so before it.
enum Open {
    Plain,
    Paragraph,
    Container(usize),
    Unit,
    Properties(usize),
    Text,
}

/// A field that is open in a paragraph: the unit that begins it, and how many fields are open.
type Field = (usize, usize);

fn structure(xml: &str) -> Result<Structure, ErrorKind> {
    let mut made = Structure::default();
    let mut open: Vec<Open> = Vec::new();
    let (mut unit, mut paragraph, mut container) = (None::<usize>, None::<usize>, 0);
    let mut field = None::<Field>;
    events(xml, |event, span| {
        match &event {
            Event::Start(tag) => {
                let (ours, name) = made.name(tag, open.is_empty());
                let child = unit.is_some_and(|unit| made.units[unit].depth + 1 == open.len());
                let run = unit.and_then(|unit| made.units[unit].run.as_mut()).filter(|_| child && ours);
                let opened = match (name, run) {
                    // those of a text box are part of the run that holds it
                    ("p", _) if ours && unit.is_none() => {
                        (paragraph, field) = (Some(span.start), None);
                        Open::Paragraph
                    }
                    ("tc", _) if ours => {
                        let before = Open::Container(container);
                        container = span.start;
                        before
                    }
                    ("body", _) if ours && open.len() == 1 => {
                        made.body = made.body.or(Some(span.end));
                        Open::Plain
                    }
                    ("r" | "fldSimple" | "oMath" | "oMathPara" | "AlternateContent", _)
                        if paragraph.is_some() && unit.is_none() =>
                    {
                        let paragraph = paragraph.unwrap_or_default();
                        let run = (name == "r" && ours).then(|| Run {
                            head: vec![span],
                            body: Span::new(span.end, span.end),
                            texts: Vec::new(),
                        });
                        unit = Some(made.units.len());
                        made.units.push(Unit { span, container, run, depth: open.len(), paragraph });
                        Open::Unit
                    }
                    ("rPr", Some(_)) => Open::Properties(span.start),
                    ("t", Some(run)) => {
                        let said = attribute(tag, "space");
                        let preserved = said.as_deref() == Some("preserve");
                        let content = Span::new(span.end, span.end);
                        run.texts.push(Text { span, content, preserved, said: said.is_some() });
                        Open::Text
                    }
                    _ => Open::Plain,
                };
                if let (Some(unit), Open::Plain) = (unit, &opened) {
                    made.note(tag, span, unit, Kind::Within);
                    made.field(tag, unit, &mut field);
                }
                open.push(opened);
            }
            Event::Empty(tag) => {
                let (ours, name) = made.name(tag, open.is_empty());
                let Some(unit) = unit else { return Ok(()) };
                let child = made.units[unit].depth + 1 == open.len();
                if let (Some(run), "rPr", true, true) = (&mut made.units[unit].run, name, ours, child) {
                    run.head.push(span);
                    run.body = Span::new(span.end, span.end);
                }
                let kind = if child && ours { Kind::Child } else { Kind::Within };
                made.note(tag, span, unit, kind);
                made.field(tag, unit, &mut field);
            }
            Event::Text(_) | Event::GeneralRef(_) => {
                let Some(unit) = unit else { return Ok(()) };
                let text = matches!(open.last(), Some(Open::Text));
                let run = made.units[unit].run.as_ref().filter(|_| text);
                let kind = run.map_or(Kind::Within, |run| Kind::Text(run.texts.len().saturating_sub(1)));
                made.at.insert(span.start, (unit, kind));
            }
            Event::End(_) => match open.pop() {
                Some(Open::Paragraph) => (paragraph, field) = (None, None),
                Some(Open::Container(before)) => container = before,
                Some(Open::Unit) => {
                    if let Some(unit) = unit.take().and_then(|unit| made.units.get_mut(unit)) {
                        unit.span.end = span.end;
                        if let Some(run) = &mut unit.run {
                            run.body.end = span.start;
                        }
                    }
                }
                Some(Open::Properties(start)) => {
                    if let Some(run) = unit.and_then(|unit| made.units[unit].run.as_mut()) {
                        run.head.push(Span::new(start, span.end));
                        run.body = Span::new(span.end, span.end);
                    }
                }
                Some(Open::Text) => {
                    let run = unit.and_then(|unit| made.units[unit].run.as_mut());
                    if let Some(text) = run.and_then(|run| run.texts.last_mut()) {
                        text.content.end = span.start;
                        text.span.end = span.end;
                    }
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    })?;
    made.join_fields();
    Ok(made)
}

impl Structure {
    /// Whether an element is one of WordprocessingML, which the root is, and its name without prefix.
    fn name<'t>(&mut self, tag: &'t BytesStart<'_>, root: bool) -> (bool, &'t str) {
        let whole: &str = tag.name().into_inner();
        let (prefix, name) = whole.split_once(':').unwrap_or(("", whole));
        if root {
            self.prefix = prefix.to_owned();
            let declared = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
            let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == declared);
            self.namespace = found.map_or(String::new(), |attribute| attribute.value.to_string());
        }
        (prefix == self.prefix, name)
    }

    /// Takes an element that may begin or end a field. One that ends in the paragraph in which it began becomes one
    /// unit, or rather all units in it do.
    fn field(&mut self, tag: &BytesStart<'_>, unit: usize, field: &mut Option<Field>) {
        if tag.local_name().as_ref() != "fldChar" {
            return;
        }
        match (attribute(tag, "fldCharType").as_deref(), *field) {
            (Some("begin"), open) => {
                *field = Some(open.map_or((unit, 1), |(first, depth)| (first, depth + 1)))
            }
            (Some("end"), Some((first, depth))) if depth > 1 => *field = Some((first, depth - 1)),
            (Some("end"), Some((first, _))) => {
                *field = None;
                self.fields.push((first, unit));
            }
            _ => {}
        }
    }

    /// Makes one of the units of each field, now that it is known where they end.
    fn join_fields(&mut self) {
        for (first, last) in std::mem::take(&mut self.fields) {
            let (whole, paragraph) =
                (self.units[first].span.join(self.units[last].span), self.units[first].paragraph);
            for unit in self.units[first..=last].iter_mut().filter(|unit| unit.paragraph == paragraph) {
                (unit.span, unit.run) = (whole, None);
            }
        }
    }

    /// Takes an element that stands for a character or refers to a note.
    fn note(&mut self, tag: &BytesStart<'_>, span: Span, unit: usize, kind: Kind) {
        self.at.insert(span.start, (unit, kind));
        let name = tag.local_name();
        if let "footnoteReference" | "endnoteReference" = name.as_ref() {
            let note = (name.as_ref() == "endnoteReference", attribute(tag, "id").unwrap_or_default());
            self.references.entry(note).or_insert(unit);
        }
    }
}

impl Anchors {
    /// Where a comment on a span begins and ends: inside one cell, or outside of all. Where the span is
    /// empty, both are one place. `None` when nothing can be anchored anywhere.
    pub fn range(&self, span: Span) -> Option<[Anchor; 2]> {
        let words = &self.text[span.range()];
        let lead = words.len() - words.trim_start().len();
        let span = Span::new(span.start + lead, span.start + lead.max(words.trim_end().len()));
        let first = self.atoms.partition_point(|atom| atom.text.end <= span.start);
        let touched = self.atoms[first..].iter().take_while(|atom| atom.text.start < span.end);
        let mut homes = touched.filter_map(|atom| Some((atom, atom.home?)));
        let Some((start, home)) = homes.next().filter(|_| !span.is_empty()) else {
            let point = self.point(if span.start < self.furniture { span.start } else { 0 })?;
            return Some([point.clone(), point]);
        };
        let container = |home: Home| self.structure.units[home.unit].container;
        let same = homes.take_while(|(_, other)| container(*other) == container(home));
        let (end, last) = same.last().unwrap_or((start, home));
        let begin = self.anchor(start.text, home, span.start.max(start.text.start), false);
        Some([begin, self.anchor(end.text, last, span.end.min(end.text.end), true)])
    }

    /// Where something stands between characters: behind what comes before it, if that ends there or nothing begins
    /// there.
    fn point(&self, at: usize) -> Option<Anchor> {
        let after = self.atoms.partition_point(|atom| atom.text.start < at);
        let home = |atom: &Atom| atom.home.map(|home| (atom.text, home));
        let before = self.atoms[..after].iter().rev().find_map(home);
        let next = self.atoms[after..].iter().find_map(home);
        match (before, next) {
            (before, Some((text, home)))
                if text.start == at && before.is_none_or(|(text, _)| text.end < at) =>
            {
                Some(self.anchor(text, home, at, false))
            }
            (Some((text, home)), _) => Some(self.anchor(text, home, at.min(text.end), true)),
            (None, Some((text, home))) => Some(self.anchor(text, home, text.start, false)),
            (None, None) => None,
        }
    }

    /// The place of a byte of the text that stands in or at the end of an atom. Where that cannot be divided, it is the
    /// place before it, or behind it for an end.
    fn anchor(&self, text: Span, home: Home, at: usize, end: bool) -> Anchor {
        let unit = &self.structure.units[home.unit];
        let whole = |behind: bool| Anchor {
            at: if behind { unit.span.end } else { unit.span.start },
            between: [const { String::new() }; 2],
            preserve: None,
        };
        // a character in the middle of an entity is not there
        let literal = home.xml.len() == text.len();
        let xml = match at - text.start {
            0 => home.xml.start,
            inside if literal => home.xml.start + inside,
            _ => home.xml.end,
        };
        let Some(run) = &unit.run else { return whole(end && at > text.start) };
        match home.kind {
            Kind::Within => whole(end && at > text.start),
            Kind::Child => self.between(unit, run, xml),
            Kind::Text(index) => {
                let Some(part) = run.texts.get(index) else { return whole(end) };
                let xml_text = &self.main.text;
                let content = &xml_text[part.content.range()];
                let bare = content.trim_ascii().len() == content.len();
                let divisible = part.preserved || (!part.said && bare);
                match xml {
                    at if at <= part.content.start => self.between(unit, run, part.span.start),
                    at if at >= part.content.end => self.between(unit, run, part.span.end),
                    _ if !divisible => {
                        self.between(unit, run, if end { part.span.end } else { part.span.start })
                    }
                    at => {
                        let [close, open] = self.seam(run);
                        let colon = self.colon();
                        let spaced = xml_text[..at].ends_with(|c: char| c.is_ascii_whitespace());
                        let preserve = (spaced && !part.preserved).then(|| part.content.start - 1);
                        let open = format!("{open}<{colon}t xml:space=\"preserve\">");
                        Anchor { at, between: [format!("</{colon}t>{close}"), open], preserve }
                    }
                }
            }
        }
    }

    /// The place between two children of a run.
    fn between(&self, unit: &Unit, run: &Run, at: usize) -> Anchor {
        let (at, between) = match at {
            at if at <= run.body.start => (unit.span.start, [const { String::new() }; 2]),
            at if at >= run.body.end => (unit.span.end, [const { String::new() }; 2]),
            at => (at, self.seam(run)),
        };
        Anchor { at, between, preserve: None }
    }

    /// The end of a run, and the beginning of another one like it.
    fn seam(&self, run: &Run) -> [String; 2] {
        let head = run.head.iter().map(|span| &self.main.text[span.range()]).collect();
        [format!("</{}r>", self.colon()), head]
    }

    fn colon(&self) -> String {
        let prefix = &self.structure.prefix;
        if prefix.is_empty() { String::new() } else { format!("{prefix}:") }
    }
}
