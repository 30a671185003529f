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
}

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

    /// Where the content stands, and its pieces, when it ends at `end`.
    pub(super) fn end(self, end: usize) -> (Span, Vec<Piece>) {
        (Span::new(self.start, end), self.marks)
    }
}
