//! XML as events with the places where they stand.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::line_of;
use crate::error::ErrorKind;
use crate::message::{id, message};
use crate::text::{Piece, PieceKind, Span};

/// Gives every event of an XML text, with its span, to `take`. Entities are not resolved, so none can grow.
///
/// # Errors
/// Those of `take`; and, with the line, when the text is no XML or ends before its elements do.
pub(crate) fn events<'t>(
    text: &'t str,
    mut take: impl FnMut(Event<'t>, Span) -> Result<(), ErrorKind>,
) -> Result<(), ErrorKind> {
    let mut reader = Reader::from_str(text);
    let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
    let mut open = 0usize;
    loop {
        let start = place(reader.buffer_position());
        let event = reader.read_event().map_err(|error| {
            let line = line_of(text, place(reader.error_position()));
            ErrorKind::Content {
                line,
                what: message!("read-not-as", format = "XML", what = error.to_string()),
            }
        })?;
        match &event {
            Event::Start(_) => open += 1,
            Event::End(_) => open = open.saturating_sub(1),
            Event::Eof if open > 0 => {
                let what = message!("read-not-as", format = "XML", what = id!("read-xml-ends"));
                return Err(ErrorKind::Content { line: line_of(text, text.len()), what });
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
        take(event, Span::new(start, place(reader.buffer_position())))?;
    }
}

/// Whether an event is inside of an element that is passed over: `gone` is how deep in it, from 1 at its start to 0 at its
/// end.
pub(crate) fn passed_over(gone: &mut usize, event: &Event) -> bool {
    match event {
        _ if *gone == 0 => return false,
        Event::Start(_) => *gone += 1,
        Event::End(_) => *gone -= 1,
        _ => {}
    }
    true
}

/// The value of an attribute by its name without a prefix.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.to_string())
}

/// The length of `name id="…"` in a tag whose first attribute is its `id`, if its name is one of these.
fn named(tag: &BytesStart<'_>, names: &[&str]) -> Option<usize> {
    let name: &str = tag.name().into_inner();
    let (bare, inside): (&str, &str) = (tag.local_name().into_inner(), tag);
    let attributes = inside.get(name.len()..).filter(|_| names.contains(&bare))?;
    let value = attributes.trim_start().strip_prefix("id=")?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let end = value[1..].find(quote)? + 2;
    Some(inside.len() - value.len() + end)
}

/// The content of an element that holds words of one version, as it is gathered.
#[derive(Debug, Default)]
pub(super) struct Content {
    start: usize,
    marks: Vec<Piece>,
    /// How many elements are open in it that hold no words but markup.
    foreign: usize,
    /// Where among the marks a tag of HTML begins that is written with references, and may go on.
    tag: Option<usize>,
    /// Which of its parts are more than form: addresses, and what a program fills in.
    kept: Vec<usize>,
    /// Whether the content of a style sheet is open that is written so.
    styles: bool,
}

/// Elements of HTML that messages of programs are written in, as texts: `&lt;b&gt;`.
const ESCAPED: [&str; 36] = [
    "!doctype", "a", "b", "big", "body", "br", "center", "code", "div", "em", "font", "h1", "h2", "h3", "h4",
    "head", "hr", "html", "i", "img", "li", "meta", "nobr", "ol", "p", "pre", "small", "span", "strong",
    "style", "sub", "sup", "table", "td", "tr", "u",
];

impl Content {
    /// The content that begins at `start`.
    pub(super) fn at(start: usize) -> Content {
        Content { start, ..Content::default() }
    }

    /// Takes an event inside the content; the elements named in `foreign` hold codes of another format, not words, and
    /// the `id` of those named in `standing` is a code itself.
    pub(super) fn take(&mut self, event: &Event<'_>, span: Span, foreign: &[&str], standing: &[&str]) {
        if let Event::Start(tag) | Event::Empty(tag) = event
            && self.foreign == 0
            && let Some(len) = named(tag, standing)
        {
            let code = Span::new(span.start + 1, span.start + 1 + len);
            self.marks.push(Piece { kind: PieceKind::Markup, span: Span::new(span.start, code.start) });
            self.marks.push(Piece { kind: PieceKind::Code, span: code });
            self.marks.push(Piece { kind: PieceKind::Markup, span: Span::new(code.end, span.end) });
            self.foreign += usize::from(matches!(event, Event::Start(_)));
            return;
        }
        if self.foreign == 0 && self.escaped(event, span) {
            return;
        }
        let kind = match event {
            Event::Start(tag) => {
                self.foreign += usize::from(self.foreign > 0 || foreign.contains(&tag.local_name().as_ref()));
                PieceKind::Markup
            }
            Event::End(_) => {
                self.foreign = self.foreign.saturating_sub(1);
                PieceKind::Markup
            }
            Event::Text(_) if self.foreign == 0 => PieceKind::Prose,
            Event::CData(_) if self.foreign == 0 => {
                let inner = Span::new(span.start + "<![CDATA[".len(), span.end.saturating_sub("]]>".len()));
                self.marks.push(Piece { kind: PieceKind::Markup, span: Span::new(span.start, inner.start) });
                self.marks.push(Piece { kind: PieceKind::Prose, span: inner });
                self.marks.push(Piece { kind: PieceKind::Markup, span: Span::new(inner.end, span.end) });
                return;
            }
            _ => PieceKind::Markup,
        };
        self.marks.push(Piece { kind, span });
    }

    /// Takes what is a part of a tag that is written with references, or of a style sheet between two; says whether it was.
    fn escaped(&mut self, event: &Event<'_>, span: Span) -> bool {
        let markup = |span: Span| Piece { kind: PieceKind::Markup, span };
        match event {
            Event::GeneralRef(entity) if &**entity == "lt" => {
                self.tag = Some(self.marks.len());
                self.kept.clear();
                self.marks.push(markup(span));
                true
            }
            Event::Text(words) => {
                let words: &str = words;
                let begins = self.tag.is_some_and(|at| at + 1 == self.marks.len());
                let name = words.trim_start_matches('/');
                let len = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '!').unwrap_or(name.len());
                let name = name[..len].to_ascii_lowercase();
                if begins && !ESCAPED.contains(&name.as_str()) {
                    self.tag = None;
                } else if begins {
                    self.styles = name == "style" && !words.starts_with('/');
                }
                // a tag may end in a mark that is no reference
                let end = self.tag.and_then(|_| words.find('>')).map_or(0, |at| at + 1);
                if end > 0 && span.len() == words.len() {
                    self.close();
                    self.marks.push(markup(Span::new(span.start, span.start + end)));
                    let rest = Span::new(span.start + end, span.end);
                    let kind = if self.styles { PieceKind::Markup } else { PieceKind::Prose };
                    self.marks.extend((!rest.is_empty()).then_some(Piece { kind, span: rest }));
                    return true;
                }
                let filled = words
                    .split('%')
                    .skip(1)
                    .any(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '('));
                if self.tag.is_some() && (filled || words.contains(['{', '$']) || words.contains("://")) {
                    self.kept.push(self.marks.len());
                }
                if self.styles && self.tag.is_none() {
                    self.marks.push(markup(span));
                    return true;
                }
                false
            }
            Event::GeneralRef(entity) if &**entity == "gt" => {
                self.close();
                self.marks.push(markup(span));
                true
            }
            _ => false,
        }
    }

    /// Makes markup of a tag that ends.
    fn close(&mut self) {
        let tag = self.tag.take().unwrap_or(self.marks.len());
        let form = (tag..self.marks.len()).filter(|at| !self.kept.contains(at));
        form.for_each(|at| self.marks[at].kind = PieceKind::Markup);
    }

    /// Where the content stands, and its pieces, when it ends at `end`.
    pub(super) fn end(self, end: usize) -> (Span, Vec<Piece>) {
        (Span::new(self.start, end), self.marks)
    }
}
