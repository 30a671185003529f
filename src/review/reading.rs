//! The JSON report, read back: pairs whose texts hold what the report quotes, each word at its line and column, and
//! are blank elsewhere.

use serde::Deserialize;

use crate::align::{Alignment, Bitext};
use crate::check::{self, Evidence, Finding, Message, Severity, Side, Status};
use crate::read::Limits;
use crate::report::{Pair, Verdict};
use crate::text::{Document, Lang, Span};

#[derive(Deserialize)]
struct Report {
    version: u32,
    pairs: Vec<Versions>,
}

#[derive(Deserialize)]
struct Versions {
    source: Text,
    target: Text,
    findings: Vec<Found>,
}

#[derive(Deserialize)]
struct Text {
    path: String,
    lang: String,
    sentences: Vec<Place>,
}

#[derive(Deserialize)]
struct Place {
    start: Position,
    end: Position,
    text: String,
}

#[derive(Deserialize, Clone, Copy)]
struct Position {
    line: usize,
    column: usize,
}

#[derive(Deserialize)]
struct Found {
    check: String,
    severity: String,
    confidence: f64,
    message: String,
    fingerprint: String,
    status: String,
    source: Option<Place>,
    target: Option<Place>,
    evidence: Vec<Clue>,
}

#[derive(Deserialize)]
struct Clue {
    side: String,
    note: String,
    #[serde(flatten)]
    place: Place,
}

/// The pairs of a report, without their alignments.
///
/// # Errors
/// What is wrong, when it is no report of version 1, or one that says impossible things.
pub(super) fn pairs(bytes: &[u8], limits: &Limits) -> Result<Vec<Pair>, String> {
    let report: Report = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    if report.version != 1 {
        return Err(format!("it is of version {}, and this program reads version 1", report.version));
    }
    let mut room = usize::try_from(limits.file).unwrap_or(usize::MAX);
    report.pairs.into_iter().map(|versions| pair(versions, &mut room)).collect()
}

fn pair(versions: Versions, room: &mut usize) -> Result<Pair, String> {
    let Versions { source, target, findings } = versions;
    let quoted = |side: &str, of: fn(&Found) -> Option<&Place>| {
        let clues = findings.iter().flat_map(|found| &found.evidence).filter(|clue| clue.side == side);
        let places = findings.iter().filter_map(of).chain(clues.map(|clue| &clue.place));
        places.collect::<Vec<_>>()
    };
    let source = page(source, &quoted("source", |found| found.source.as_ref()), room)?;
    let target = page(target, &quoted("target", |found| found.target.as_ref()), room)?;
    let findings = findings.into_iter().map(|found| finding(found, &source, &target));
    let findings = findings.collect::<Result<_, _>>()?;
    let bitext = Bitext { source: source.document, target: target.document, alignment: Alignment::default() };
    Ok(Pair { id: None, bitext, findings, terms: Vec::new(), verdict: Verdict::Pass })
}

fn finding(found: Found, source: &Page, target: &Page) -> Result<Finding, String> {
    let check = check::find(&found.check).map_err(|error| error.to_string())?;
    let all = [Severity::Minor, Severity::Major, Severity::Critical];
    let severity = all.into_iter().find(|severity| severity.as_str() == found.severity);
    let all = [Status::New, Status::Existing, Status::Known, Status::Suppressed];
    let status = all.into_iter().find(|status| status.as_str() == found.status);
    let evidence = found.evidence.into_iter().map(|Clue { side, note, place }| {
        let (side, page) = if side == "source" { (Side::Source, source) } else { (Side::Target, target) };
        Evidence { side, span: page.span(&place), note: Message::alike(&note) }
    });
    if found.fingerprint.len() != 16 || !found.fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(format!("\"{}\" is no fingerprint", found.fingerprint));
    }
    Ok(Finding {
        check: check.name,
        category: check.category,
        severity: severity.ok_or_else(|| format!("there is no severity \"{}\"", found.severity))?,
        confidence: found.confidence,
        message: Message::alike(&found.message),
        source: found.source.map(|place| source.span(&place)),
        target: found.target.map(|place| target.span(&place)),
        evidence: evidence.collect(),
        fingerprint: found.fingerprint,
        status: status.ok_or_else(|| format!("there is no status \"{}\"", found.status))?,
        suppression: None,
    })
}

/// One version, written anew.
struct Page {
    document: Document,
    /// The lines that hold something, from 0, and where they begin, in bytes; ascending.
    starts: Vec<(usize, usize)>,
}

/// Part of a line, as a report quotes it.
struct Part<'t> {
    /// The line and the column, from 0.
    at: (usize, usize),
    text: &'t str,
}

/// Writes the sentences and the other places of a version where they stood. `room` is for how many characters there
/// is space: a report may name any line.
fn page(text: Text, quoted: &[&Place], room: &mut usize) -> Result<Page, String> {
    let lang = Lang::parse(&text.lang).ok_or_else(|| format!("\"{}\" is no language", text.lang))?;
    let mut parts = Vec::new();
    for place in text.sentences.iter().chain(quoted.iter().copied()) {
        let (Some(row), Some(column)) = (place.start.line.checked_sub(1), place.start.column.checked_sub(1))
        else {
            return Err("lines and columns count from 1".to_owned());
        };
        for (below, text) in place.text.split('\n').enumerate() {
            let row = row.checked_add(below).ok_or(BEYOND)?;
            parts.push(Part { at: (row, if below == 0 { column } else { 0 }), text });
        }
    }
    // of what is quoted twice, the longer comes first
    parts.sort_by(|a, b| a.at.cmp(&b.at).then(b.text.len().cmp(&a.text.len())));
    let (mut whole, mut starts) = (String::new(), Vec::new());
    let words: usize = parts.iter().map(|part| part.text.len() + 1).sum();
    let mut rows = 0;
    for line in parts.chunk_by(|a, b| a.at.0 == b.at.0) {
        let row = line[0].at.0;
        *room = room.checked_sub(row - rows).ok_or(BEYOND)?;
        // room for what follows as well, or the blank lines would be moved once more
        whole.reserve_exact(row - rows + words);
        whole.extend(std::iter::repeat_n('\n', row - rows));
        starts.push((row, whole.len()));
        let mut width = 0;
        for Part { at: (_, column), text } in line {
            let blank = column.saturating_sub(width);
            let fresh =
                text.char_indices().nth(width.saturating_sub(*column)).map_or("", |(at, _)| &text[at..]);
            let added = blank.saturating_add(fresh.chars().count());
            *room = room.checked_sub(added).ok_or(BEYOND)?;
            whole.extend(std::iter::repeat_n(' ', blank));
            whole.push_str(fresh);
            width += added;
        }
        whole.push('\n');
        rows = row + 1;
    }
    let document = Document {
        path: text.path.clone(),
        lang,
        text: whole,
        composed: Vec::new(),
        runs: Vec::new(),
        parts: Vec::new(),
        encoding: "UTF-8",
        format: crate::text::Format::Plain,
        forms: Vec::new(),
        entries: Vec::new(),
        blocks: Vec::new(),
        sentences: Vec::new(),
    };
    Ok(Page { document, starts })
}

const BEYOND: &str = "it names lines that no file has that may be read";

impl Page {
    fn span(&self, place: &Place) -> Span {
        let start = self.offset(place.start);
        Span::new(start, self.offset(place.end).max(start))
    }

    /// The byte of a line that holds something and a column; past the end of a line, its end.
    fn offset(&self, at: Position) -> usize {
        let text = &self.document.text;
        let row = at.line.saturating_sub(1);
        let Ok(found) = self.starts.binary_search_by_key(&row, |&(row, _)| row) else { return text.len() };
        let line = text[self.starts[found].1..].split('\n').next().unwrap_or_default();
        let column = line.char_indices().nth(at.column.saturating_sub(1)).map_or(line.len(), |(at, _)| at);
        self.starts[found].1 + column
    }
}
