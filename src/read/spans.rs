//! Spans of lines, and spans without the blanks around what they hold.

use crate::text::Span;

/// The lines of a text, without their ends (LF, CR LF or CR).
pub(super) fn line_spans(text: &str) -> impl Iterator<Item = Span> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
        let len = rest.iter().position(|&b| b == b'\n' || b == b'\r').unwrap_or(rest.len());
        let line = Span::new(at, at + len);
        at = line.end + if rest.get(len..len + 2) == Some(b"\r\n") { 2 } else { 1 };
        Some(line)
    })
}

/// The part of `span` without white space at either end; empty at its start when nothing else is.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let slice = &text[span.range()];
    let start = span.start + (slice.len() - slice.trim_start().len());
    Span::new(start.min(span.end), span.start + slice.trim_end().len())
}
