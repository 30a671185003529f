//! Makes text safe to stand in a page.

use std::fmt;

/// Text as it may stand between tags and in quoted attributes. Characters that a page must not hold are
/// written as pictures of themselves or as U+FFFD.
pub(in crate::report) struct Escaped<'a>(pub(in crate::report) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut done = 0;
        for (at, c) in self.0.char_indices() {
            let mut picture = [0; 4];
            let written = match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\t' | '\n' => continue,
                '\r' => "",
                '\u{feff}' => "",
                '\0'..='\u{1f}' => match char::from_u32(0x2400 + u32::from(c)) {
                    Some(c) => c.encode_utf8(&mut picture),
                    None => "\u{fffd}",
                },
                // These would turn what follows them around, marks and numbers included.
                '\u{202d}' | '\u{202e}' => "\u{fffd}",
                '\u{7f}' => "\u{2421}",
                '\u{80}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}' => "\u{fffd}",
                _ if u32::from(c) & 0xfffe == 0xfffe => "\u{fffd}",
                _ => continue,
            };
            f.write_str(self.0.get(done..at).unwrap_or_default())?;
            f.write_str(written)?;
            done = at + c.len_utf8();
        }
        f.write_str(self.0.get(done..).unwrap_or_default())
    }
}

/// The text on one line and, if it is longer than `chars`, cut off in the middle with `…`.
pub(in crate::report) fn clip(text: &str, chars: usize) -> String {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Nothing beyond these bytes can be shown; a passage may be as long as the document.
    let reach = chars.saturating_mul(8);
    if text.len() <= reach {
        let text = words(text);
        if text.chars().count() <= chars {
            return text;
        }
        return ends(&text, &text, chars);
    }
    let head = text.get(..text.floor_char_boundary(reach)).unwrap_or_default();
    let tail = text.get(text.ceil_char_boundary(text.len() - reach)..).unwrap_or_default();
    ends(&words(head), &words(tail), chars)
}

fn ends(head: &str, tail: &str, chars: usize) -> String {
    let back = chars / 3;
    let head: String = head.chars().take(chars - back).collect();
    let skip = tail.chars().count().saturating_sub(back);
    let tail: String = tail.chars().skip(skip).collect();
    format!("{} … {}", head.trim_end(), tail.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_taken_for_markup() {
        let cases = [
            ("", ""),
            ("网络 & 主权", "网络 &amp; 主权"),
            ("<b a='1' c=\"2\">", "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;"),
            ("a\0b\u{1b}c\u{7f}d\u{85}", "a␀b␛c␡d\u{fffd}"),
            ("\u{feff}a\r\n\tb", "a\n\tb"),
            ("a\u{202e}b\u{202d}\u{200f}", "a\u{fffd}b\u{fffd}\u{200f}"),
            ("\u{ffff}\u{1fffe}\u{fdd0}𠀀", "\u{fffd}\u{fffd}\u{fffd}𠀀"),
        ];
        for (text, written) in cases {
            assert_eq!(Escaped(text).to_string(), written);
        }
    }

    #[test]
    fn clipping_keeps_both_ends() {
        assert_eq!(clip(" a\n b ", 9), "a b");
        assert_eq!(clip("一二三四五六七八九十", 6), "一二三四 … 九十");
        assert_eq!(clip(&format!("始{}终", "x".repeat(10_000)), 6), "始xxx … x终");
    }
}
