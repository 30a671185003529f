//! Characters that a format writes with a backslash: those that are decoded before anything is read, and those that
//! stand in a value as marks.

use crate::text::{Piece, PieceKind, Span};

/// A text with its `\uXXXX` (and Apple's `\UXXXX`) as the characters they stand for, and the places of
/// [`Document::composed`](crate::text::Document::composed), to which those of the text before are added. What would be
/// a mark of the format, white space or a control stays as it is written, so that the text is cut as before.
pub(in crate::read) fn decoded(text: String, composed: Vec<usize>) -> (String, Vec<usize>) {
    if !text.contains("\\u") && !text.contains("\\U") {
        return (text, composed);
    }
    let mut out = String::with_capacity(text.len());
    let mut places = Vec::new();
    let mut before = composed.into_iter().peekable();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let at = rest.find('\\').unwrap_or(rest.len());
        let base = text.len() - rest.len();
        while let Some(place) = before.next_if(|place| *place <= base + at) {
            places.push(out.len() + place - base);
        }
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.is_empty() {
            break;
        }
        match unit(rest) {
            Some((c, len)) => {
                out.push(c);
                places.extend(std::iter::repeat_n(out.len(), len - 1));
                rest = &rest[len..];
            }
            // an escaped backslash begins nothing
            None => {
                let len = 1 + rest[1..].chars().next().filter(|c| *c == '\\').map_or(0, char::len_utf8);
                out.push_str(&rest[..len]);
                rest = &rest[len..];
            }
        }
    }
    places.extend(before.map(|place| place.min(out.len())));
    places.sort_unstable();
    (out, places)
}

/// The character that an escape at the start stands for, and the length of the escape, which is ASCII.
fn unit(text: &str) -> Option<(char, usize)> {
    let code = |text: &str| -> Option<u32> {
        let digits = text.strip_prefix("\\u").or_else(|| text.strip_prefix("\\U"))?.get(..4)?;
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
    };
    let high = code(text)?;
    let (value, len) = match high {
        0xD800..0xDC00 => {
            let low = code(&text[6..]).filter(|low| (0xDC00..0xE000).contains(low))?;
            (0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), 12)
        }
        _ => (high, 6),
    };
    let c = char::from_u32(value)?;
    (!c.is_ascii() && !c.is_control() && !c.is_whitespace()).then_some((c, len))
}

/// The parts of a value in which a backslash escapes what follows: what stands for white space is markup as a whole,
/// of the rest the backslash alone.
pub(super) fn backslashes(text: &str, span: Span) -> Vec<Piece> {
    let bytes = &text.as_bytes()[..span.end];
    let mut marks = Vec::new();
    let (mut from, mut at) = (span.start, span.start);
    while let Some(&byte) = bytes.get(at) {
        if byte != b'\\' {
            at += 1;
            continue;
        }
        let next = text[at + 1..span.end].chars().next();
        let rest = &bytes[(at + 1).min(span.end)..];
        let len = match next {
            None => 1,
            Some('n' | 't' | 'r' | 'f' | 'b' | 'v') => 2,
            Some('u' | 'U') => 2 + rest[1..].iter().take(4).take_while(|b| b.is_ascii_hexdigit()).count(),
            // a line that goes on, and the white space that the next begins with
            Some('\r' | '\n') => {
                let blank = rest.iter().take_while(|b| b"\r\n \t".contains(b)).count();
                1 + blank
            }
            Some(_) => 1,
        };
        marks.push(Piece { kind: PieceKind::Prose, span: Span::new(from, at) });
        marks.push(Piece { kind: PieceKind::Markup, span: Span::new(at, at + len) });
        at += len;
        from = at;
        if len == 1 {
            at += next.map_or(0, char::len_utf8);
        }
    }
    marks.push(Piece { kind: PieceKind::Prose, span: Span::new(from, span.end) });
    marks.retain(|piece| !piece.span.is_empty());
    marks
}

/// The same for what is prose of some pieces.
pub(super) fn in_prose(text: &str, pieces: Vec<Piece>) -> Vec<Piece> {
    let cut = |piece: Piece| match piece.kind {
        PieceKind::Prose => backslashes(text, piece.span),
        _ => vec![piece],
    };
    pieces.into_iter().flat_map(cut).collect()
}

/// A key as the program knows it: without the backslashes before its characters.
pub(super) fn bare(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let mut chars = written.chars();
    while let Some(c) = chars.next() {
        out.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_decoded_and_counted() {
        for (text, want, places) in [
            (r"\u4fdd\u5b58", "保存", vec![3, 3, 3, 3, 3, 6, 6, 6, 6, 6]),
            (r"\U4FDD", "保", vec![3; 5]),
            (r"\ud83d\ude00!", "😀!", vec![4; 11]),
            // marks, white space, halves and escaped backslashes stay
            (r#"\u0022 \u00a0 \ud83d \\u4fdd \u4fd"#, r#"\u0022 \u00a0 \ud83d \\u4fdd \u4fd"#, vec![]),
            (r"\\\u4fdd", r"\\保", vec![5; 5]),
        ] {
            assert_eq!(decoded(text.to_owned(), Vec::new()), (want.to_owned(), places), "{text}");
        }
        let (text, places) = decoded(r"é\u4fddé".to_owned(), vec![2, 10]);
        assert_eq!((text.as_str(), places), ("é保é", vec![2, 5, 5, 5, 5, 5, 7]));
    }

    #[test]
    fn backslashes_are_marks() {
        let text = "a\\nb\\\"c\\\\d\\\n  e\\";
        let marks: Vec<&str> = backslashes(text, Span::new(0, text.len()))
            .iter()
            .filter(|piece| piece.kind == PieceKind::Markup)
            .map(|piece| &text[piece.span.range()])
            .collect();
        assert_eq!(marks, ["\\n", "\\", "\\", "\\\n  ", "\\"]);
    }
}
