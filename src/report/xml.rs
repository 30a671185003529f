//! Text as XML holds it.

use std::borrow::Cow;

/// The text with the characters that XML reserves as entities, and with U+FFFD for those that it forbids.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    let plain = |c: char| !matches!(c, '&' | '<' | '>' | '"') && is_allowed(c);
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if plain(c) => escaped.push(c),
            _ => escaped.push('\u{fffd}'),
        }
    }
    Cow::Owned(escaped)
}

/// The text as it may stand in an attribute, where a line end or a tab would become a space.
pub(super) fn attribute(text: &str) -> String {
    escape(text).replace('\n', "&#10;").replace('\r', "&#13;").replace('\t', "&#9;")
}

/// Whether XML 1.0 may hold the character at all.
pub(super) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_taken_for_markup() {
        let cases = [
            ("", ""),
            ("网络 & 主权", "网络 &amp; 主权"),
            ("<b a=\"1\">]]>", "&lt;b a=&quot;1&quot;&gt;]]&gt;"),
            ("a\0b\u{1b}c\u{ffff}\u{fffe}d𠀀", "a\u{fffd}b\u{fffd}c\u{fffd}\u{fffd}d𠀀"),
        ];
        for (text, written) in cases {
            assert_eq!(escape(text), written);
        }
    }
}
