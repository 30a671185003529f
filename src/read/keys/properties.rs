//! Messages of Java: `key = value`, with `\uXXXX` and lines that go on behind a backslash.

use super::escapes::{backslashes, bare};
use super::{Message, Messages, Path};
use crate::error::ErrorKind;
use crate::text::Span;

/// Reads the messages of a properties file.
///
/// # Errors
/// When its keys are made to fill memory.
pub(in crate::read) fn read(text: &str) -> Result<Messages, ErrorKind> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = at + (text[at..].len() - text[at..].trim_start().len());
        let end = logical_end(text, start);
        at = end + 1;
        if start >= end || text[start..].starts_with(['#', '!']) {
            // a comment ends with its line, whatever stands there
            at = text[start..].find(['\n', '\r']).map_or(text.len(), |len| start + len + 1);
            continue;
        }
        let line = &text[start..end];
        let name = key_len(line);
        let rest = line[name..].trim_start_matches([' ', '\t', '\u{c}']);
        let rest = rest.strip_prefix(['=', ':']).unwrap_or(rest).trim_start_matches([' ', '\t', '\u{c}']);
        let value = Span::new(end - rest.len(), end);
        let mut path = Path::default();
        path.push(&bare(&line[..name]));
        let key = path.key(text, start)?;
        all.push(Message { key, category: None, value: (value, backslashes(text, value)) });
    }
    Ok(Messages { all, lang: None })
}

/// Where the line ends that begins at `start`, and goes on where a backslash stands before its end.
fn logical_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if bytes[at + 1..].starts_with(b"\r\n") => at += 3,
            b'\\' => at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            b'\n' | b'\r' => return at,
            _ => at += 1,
        }
    }
    text.len()
}

/// The length of the key that a line begins with.
fn key_len(line: &str) -> usize {
    let mut chars = line.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '=' | ':' | ' ' | '\t' | '\u{c}' => return at,
            _ => {}
        }
    }
    line.len()
}
