//! A Word document with a comment at the words of each finding.
//!
//! Nothing is taken out of it: the text only gains the marks of comments, and where these stand inside a run, the end
//! of one and the beginning of another like it. Comments that are there already stay; findings that one of them tells
//! are not told again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use quick_xml::events::Event;

use super::super::review::{counterpart, links, passage};
use super::super::table::Run;
use super::super::xml::escape;
use super::super::{Options, Pair, place};
use super::{changed, lines, told};
use crate::check::{Finding, Side, Tongue};
use crate::error::ErrorKind;
use crate::message::{id, message};
use crate::read::{self, Anchor, Anchors, Insertion, Limits, OnDisk, WordPackage};
use crate::text::Span;

const SIDES: [Side; 2] = [Side::Source, Side::Target];
/// Who comments.
const AUTHOR: &str = "duizhao";
const RELATIONSHIP: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
/// The same in documents of the strict kind.
const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments";
const STRICT_WORDS: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const WORDS: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const TYPES: &str = "[Content_Types].xml";
const RELATIONSHIPS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";

/// The last line of a comment, by which it is known when it is read back.
pub fn marker(fingerprint: &str, check: &str, path: &str) -> String {
    format!("{AUTHOR} {fingerprint} {check} {path}")
}

/// The fingerprint, the check and the path that a line names, if it is such a line.
pub fn marked(line: &str) -> Option<(&str, &str, &str)> {
    let mut words = line.trim().splitn(4, ' ');
    let (author, fingerprint, check, path) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let printed = fingerprint.len() == 16 && fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit());
    (author == AUTHOR && printed).then_some((fingerprint, check, path))
}

/// The document with comments.
pub(super) fn commented(
    bytes: Vec<u8>,
    pair: &Pair,
    side: Side,
    options: &Options,
) -> Result<Vec<u8>, ErrorKind> {
    let limits = Limits::default();
    let document = pair.document(side);
    let known: BTreeSet<String> = read::comments(&bytes, &limits)?
        .iter()
        .flat_map(|comment| &comment.paragraphs)
        .filter_map(|line| marked(line).map(|(fingerprint, ..)| fingerprint.to_owned()))
        .collect();
    let findings: Vec<&Finding> =
        told(pair, options).filter(|finding| !known.contains(&finding.fingerprint)).collect();
    let mut package = WordPackage::open(&bytes, &limits)?;
    let anchors = read::anchors(&mut package)?;
    if anchors.text != document.text {
        return Err(changed());
    }
    if findings.is_empty() {
        return Ok(bytes);
    }
    let mut parts = BTreeMap::new();
    let strict = anchors.declaration.contains(STRICT_WORDS) || anchors.main.text.contains(STRICT_WORDS);
    let (name, comments) = comments_part(&mut package, &mut parts, strict)?;
    let used = used_ids(&[&comments.text, &anchors.main.text])?;
    let ids: Vec<u32> = (0..).filter(|id| !used.contains(id)).take(findings.len()).collect();
    let links = links(pair);
    // where nothing is said of this side, at what is linked to the other
    let linked = |finding: &Finding| counterpart(pair, &links, side, place(finding, side.other())?);
    let spans = findings
        .iter()
        .map(|finding| place(finding, side).or_else(|| linked(finding)).unwrap_or(Span::new(0, 0)));
    let ranges: Vec<(u32, Span)> = ids.iter().copied().zip(spans).collect();
    parts.insert(package.main.clone(), anchors.main.with(marks(&anchors, &ranges)?));
    let mut written = String::new();
    for (id, finding) in ids.iter().zip(&findings) {
        let passages = SIDES.map(|side| passage(pair, &links, finding, side, options.tongue));
        written.push_str(&comment(*id, pair, finding, &passages, options.tongue, strict));
    }
    let inside = inside_root(&comments.text, &written)?;
    parts.insert(name, comments.with(inside));
    package.with(parts)
}

/// The part that holds the comments; one that is new is made known to the package.
fn comments_part(
    package: &mut WordPackage,
    parts: &mut BTreeMap<String, Vec<u8>>,
    strict: bool,
) -> Result<(String, OnDisk), ErrorKind> {
    if let Some(name) = package.related("comments").map(str::to_owned)
        && let Some(part) = package.part(&name)?
    {
        return Ok((name, part));
    }
    let file = std::iter::once("comments.xml".to_owned())
        .chain((2..).map(|number| format!("comments{number}.xml")))
        .find(|file| !package.holds(&package.beside(file)))
        .unwrap_or_default();
    let name = package.beside(&file);
    let types = package.part(TYPES)?.ok_or_else(|| damaged(TYPES))?;
    let namespace = match root(&types.text)? {
        Root { prefixed: true, .. } => {
            " xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\""
        }
        _ => "",
    };
    let one = format!("<Override{namespace} PartName=\"/{}\" ContentType=\"{TYPE}\"/>", escape(&name));
    parts.insert(TYPES.to_owned(), types.with(inside_root(&types.text, &one)?));
    let place = package.relationships();
    let related = match package.part(&place)? {
        Some(related) => related,
        None => OnDisk::read(RELATIONSHIPS.as_bytes().to_vec())?,
    };
    let id = (1..)
        .map(|number| format!("rIdDuizhao{number}"))
        .find(|id| !related.text.contains(id.as_str()))
        .unwrap_or_default();
    let namespace = match root(&related.text)? {
        Root { prefixed: true, .. } => {
            " xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\""
        }
        _ => "",
    };
    let kind = if strict { STRICT } else { RELATIONSHIP };
    let one = format!("<Relationship{namespace} Id=\"{id}\" Type=\"{kind}\" Target=\"{file}\"/>");
    parts.insert(place, related.with(inside_root(&related.text, &one)?));
    let words = if strict { STRICT_WORDS } else { WORDS };
    let empty = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"{words}\"></w:comments>"
    );
    Ok((name, OnDisk::read(empty.into_bytes())?))
}

fn damaged(part: &str) -> ErrorKind {
    ErrorKind::Format { what: message!("error-lacks-part", part = part) }
}

/// The outermost element of a part.
#[derive(Default)]
struct Root {
    /// Its name, as written.
    name: String,
    prefixed: bool,
    /// Where it ends: where its end tag begins, or behind an element without content.
    end: usize,
    empty: bool,
}

fn root(xml: &str) -> Result<Root, ErrorKind> {
    let (mut root, mut depth) = (Root::default(), 0usize);
    read::xml_events(xml, |event, span| {
        match &event {
            Event::Start(tag) | Event::Empty(tag) if depth == 0 && root.name.is_empty() => {
                let name: &str = tag.name().into_inner();
                root.name = name.to_owned();
                root.prefixed = name.contains(':');
                root.empty = matches!(event, Event::Empty(_));
                root.end = span.end;
            }
            _ => {}
        }
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    root.end = span.start;
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(root)
}

/// Puts something last into the outermost element.
fn inside_root(xml: &str, text: &str) -> Result<Vec<Insertion>, ErrorKind> {
    let root = root(xml)?;
    if !root.empty {
        return Ok(vec![Insertion { at: root.end, text: text.to_owned() }]);
    }
    // `<a/>` becomes `<a></a >…`: nothing is taken out, so the slash must stay in a tag of its own
    let slash = root.end - 2;
    Ok(vec![Insertion { at: slash, text: format!(">{text}<") }, Insertion { at: slash + 1, text: root.name }])
}

/// The numbers of comments that parts know already.
fn used_ids(parts: &[&str]) -> Result<BTreeSet<u32>, ErrorKind> {
    let mut used = BTreeSet::new();
    for part in parts {
        read::xml_events(part, |event, _| {
            if let Event::Start(tag) | Event::Empty(tag) = &event
                && tag.local_name().as_ref().starts_with("comment")
            {
                used.extend(read::xml_attribute(tag, "id").and_then(|id| id.parse::<u32>().ok()));
            }
            Ok(())
        })?;
    }
    Ok(used)
}

/// A mark of a comment at a place: its end, the whole of one on nothing, or its beginning, in this order.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    End(u32),
    Point(u32),
    Start(u32),
}

/// What to put into the text for comments on some spans.
fn marks(anchors: &Anchors, ranges: &[(u32, Span)]) -> Result<Vec<Insertion>, ErrorKind> {
    let mut at: BTreeMap<usize, (Anchor, Vec<Mark>)> = BTreeMap::new();
    let mut nowhere = Vec::new();
    for &(id, span) in ranges {
        let mut mark = |anchor: Anchor, mark: Mark| {
            let (_, marks) = at.entry(anchor.at).or_insert_with(|| (anchor, Vec::new()));
            marks.push(mark);
        };
        match anchors.range(span) {
            Some([start, end]) if start.at < end.at => {
                mark(start, Mark::Start(id));
                mark(end, Mark::End(id));
            }
            Some([start, _]) => mark(start, Mark::Point(id)),
            None => nowhere.push(Mark::Point(id)),
        }
    }
    let declared = anchors.declaration.as_str();
    let mut insertions = Vec::new();
    if !nowhere.is_empty() {
        let at = anchors.body.ok_or_else(|| ErrorKind::Format { what: message!("error-no-place") })?;
        let marks: String = nowhere.iter().map(|mark| written(mark, "")).collect();
        insertions.push(Insertion { at, text: format!("<w:p{declared}>{marks}</w:p>") });
    }
    let mut preserved = BTreeSet::new();
    for (at, (anchor, mut marks)) in at {
        marks.sort();
        preserved.extend(anchor.preserve);
        let [close, open] = anchor.between;
        let marks: String = marks.iter().map(|mark| written(mark, declared)).collect();
        insertions.push(Insertion { at, text: format!("{close}{marks}{open}") });
    }
    let preserve = |at| Insertion { at, text: " xml:space=\"preserve\"".to_owned() };
    insertions.extend(preserved.into_iter().map(preserve));
    Ok(insertions)
}

fn written(mark: &Mark, declared: &str) -> String {
    let element = |name: &str, id: &u32| format!("<w:{name}{declared} w:id=\"{id}\"/>");
    let reference = |id: &u32| format!("<w:r{declared}><w:commentReference w:id=\"{id}\"/></w:r>");
    match mark {
        Mark::Start(id) => element("commentRangeStart", id),
        Mark::End(id) => element("commentRangeEnd", id) + &reference(id),
        Mark::Point(id) => {
            element("commentRangeStart", id) + &element("commentRangeEnd", id) + &reference(id)
        }
    }
}

/// The comment on a finding: what is wrong, both versions with the words concerned, and the line by which it is known.
fn comment(
    id: u32,
    pair: &Pair,
    finding: &Finding,
    passages: &[Vec<Run>; 2],
    tongue: Tongue,
    strict: bool,
) -> String {
    let words = if strict { STRICT_WORDS } else { WORDS };
    // the part may have another prefix for the same
    let mut xml =
        format!("<w:comment xmlns:w=\"{words}\" w:id=\"{id}\" w:author=\"{AUTHOR}\" w:initials=\"dz\">");
    let bold = "<w:rPr><w:b/></w:rPr>";
    for (index, line) in lines(finding, tongue).iter().enumerate() {
        let (mark, look) = if index == 0 { ("<w:r><w:annotationRef/></w:r>", bold) } else { ("", "") };
        // writing to a string cannot fail
        let _ = write!(xml, "<w:p>{mark}{}</w:p>", run(line, look));
    }
    for (side, passage) in SIDES.into_iter().zip(passages) {
        if passage.is_empty() {
            continue;
        }
        let colon = id!("colon").said(tongue);
        let title = run(&format!("{}{colon}", side.title().said(tongue)), "");
        let runs: String =
            passage.iter().map(|Run { text, marked }| run(text, if *marked { bold } else { "" })).collect();
        let _ = write!(xml, "<w:p>{title}{runs}</w:p>");
    }
    let path = pair.bitext.target.path.trim_start_matches("./");
    let pale = "<w:rPr><w:color w:val=\"AAAAAA\"/><w:sz w:val=\"12\"/></w:rPr>";
    let line = run(&marker(&finding.fingerprint, finding.check, path), pale);
    let _ = write!(xml, "<w:p>{line}</w:p></w:comment>");
    xml
}

fn run(text: &str, look: &str) -> String {
    format!("<w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
}
