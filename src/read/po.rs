//! Message catalogues of gettext: every entry a pair.

use super::line_of;
use super::pairs::{Found, Version, language_of};
use super::spans::line_spans;
use super::spans::trim;
use crate::error::ErrorKind;
use crate::message::{Id, id};
use crate::text::{Lang, Piece, PieceKind, Span};

/// A string of the catalogue: from the first quotation mark to the last, and its parts.
#[derive(Debug, Clone)]
struct Words {
    span: Span,
    marks: Vec<Piece>,
}

#[derive(Debug, Default)]
struct Entry {
    id: Option<Words>,
    translation: Option<Words>,
    /// The plural forms of the translation before the last.
    forms: Vec<Span>,
    /// Whether its strings are formats, in which `%s` stands for something.
    format: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Context,
    Id,
    Translation,
}

/// Reads the entries of a catalogue. Of plural forms the last one is read, on both sides, and those of the translation
/// before it are kept as such. The language of the
/// translations is what the header says, or what most are in.
///
/// # Errors
/// When a line is none of what a catalogue consists of.
pub(super) fn read(text: &str) -> Result<Found, ErrorKind> {
    let mut entries: Vec<Entry> = Vec::new();
    let (mut format, mut field) = (false, None);
    for line in line_spans(text) {
        let span = trim(text, line);
        let slice = &text[span.range()];
        let fail = |what: Id| Err(ErrorKind::Content { line: line_of(text, span.start), what: what.into() });
        if slice.is_empty() || slice.starts_with('#') {
            if let Some(flags) = slice.strip_prefix("#,") {
                format = flags
                    .split(',')
                    .any(|flag| flag.trim().ends_with("-format") && !flag.trim().starts_with("no-"));
            }
            field = None;
            continue;
        }
        let (keyword, rest) = match slice.find('"') {
            Some(at) => (slice[..at].trim_end(), at),
            None => return fail(id!("read-po-no-string")),
        };
        if slice.len() < rest + 2 || !slice.ends_with('"') {
            return fail(id!("read-po-open-string"));
        }
        let fresh = match keyword {
            "" => None,
            "msgctxt" => Some(Field::Context),
            "msgid" | "msgid_plural" => Some(Field::Id),
            _ if keyword == "msgstr" || keyword.starts_with("msgstr[") => Some(Field::Translation),
            _ => return fail(id!("read-po-keyword")),
        };
        let begins = keyword == "msgid" || keyword == "msgctxt";
        if begins && entries.last().is_none_or(|entry| keyword == "msgctxt" || entry.id.is_some()) {
            entries.push(Entry { format, ..Entry::default() });
            format = false;
        }
        if fresh.is_none() && field.is_none() {
            return fail(id!("read-po-lone-string"));
        }
        let Some(entry) = entries.last_mut() else { return fail(id!("read-po-lone-msgstr")) };
        field = fresh.or(field);
        let slot = match field {
            Some(Field::Id) => &mut entry.id,
            Some(Field::Translation) => &mut entry.translation,
            _ => continue,
        };
        let inner = Span::new(span.start + rest + 1, span.end - 1);
        let marks = parts(text, inner, entry.format);
        match slot {
            Some(words) if fresh.is_none() => {
                words.span.end = inner.end;
                words.marks.extend(marks);
            }
            _ => {
                let before = slot.replace(Words { span: inner, marks });
                if field == Some(Field::Translation) {
                    entry.forms.extend(before.map(|words| words.span).filter(|span| !span.is_empty()));
                }
            }
        }
    }
    let header =
        entries.iter().find(|entry| entry.id.as_ref().is_some_and(|id| text[id.span.range()].is_empty()));
    let declared = header.and_then(|entry| {
        let words = &text[entry.translation.as_ref()?.span.range()];
        let (_, rest) = words.split_once("Language:")?;
        Lang::parse(rest.split(['\\', '"']).next()?.trim())
    });
    entries.retain(|entry| entry.id.as_ref().is_some_and(|id| !text[id.span.range()].is_empty()));
    let slices = |of: fn(&Entry) -> Option<&Words>| {
        entries.iter().filter_map(of).map(|words| &text[words.span.range()])
    };
    let source = language_of(slices(|entry| entry.id.as_ref()));
    let target = declared.unwrap_or_else(|| language_of(slices(|entry| entry.translation.as_ref())));
    let version =
        |lang: Lang, words: Option<Words>| words.map(|Words { span, marks }| Version { lang, span, marks });
    let forms = entries.iter().enumerate();
    let forms = forms.flat_map(|(at, entry)| entry.forms.iter().map(move |&span| (at, span))).collect();
    let units = entries.into_iter().map(|entry| {
        [version(source, entry.id), version(target, entry.translation)].into_iter().flatten().collect()
    });
    Ok(Found { units: units.collect(), forms, source: Some(source), target: Some(target) })
}

/// The parts of one line of a string: prose, escapes, and in formats the places that are filled in.
fn parts(text: &str, span: Span, format: bool) -> Vec<Piece> {
    let bytes = &text.as_bytes()[..span.end];
    let (mut marks, mut from, mut at) = (Vec::new(), span.start, span.start);
    while let Some(&byte) = bytes.get(at) {
        let (kind, len) = match byte {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii) => (PieceKind::Markup, 2),
            b'%' if format => (PieceKind::Code, directive(&bytes[at..])),
            _ => (PieceKind::Prose, 0),
        };
        if len == 0 {
            at += 1;
            continue;
        }
        marks.push(Piece { kind: PieceKind::Prose, span: Span::new(from, at) });
        marks.push(Piece { kind, span: Span::new(at, at + len) });
        at += len;
        from = at;
    }
    marks.push(Piece { kind: PieceKind::Prose, span: Span::new(from, span.end) });
    marks.retain(|piece| !piece.span.is_empty());
    marks
}

/// The length of the directive of a format that begins here (`%s`, `%1$d`, `%(name)s`, `%.2f`), or 0.
fn directive(bytes: &[u8]) -> usize {
    let named = match bytes.get(1) {
        Some(b'(') => bytes.iter().take(80).position(|&b| b == b')').unwrap_or(0),
        _ => 0,
    };
    let options =
        bytes.iter().skip(named + 1).take(12).take_while(|b| b"0123456789$-+#.*hlLqjzt".contains(b)).count();
    let end = named + 1 + options;
    let whole = bytes.get(end).is_some_and(|b| b"sdifuxXcgGeEopra@%".contains(b));
    if whole { end + 1 } else { 0 }
}
