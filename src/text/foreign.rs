//! Foreign text, such as a path, a cell or what another program said, as a message may show it and as a shell takes it.

use std::fmt::Write;
use std::path::Path;

/// The text on one line, with nothing in it that commands a terminal, turns what stands around it, or begins a line of
/// its own: a tab is four spaces, every other control character its picture, and what has none is U+FFFD. A byte order
/// mark is left out. What is shown already stays as it is.
pub fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push_str("    "),
            '\0'..='\u{1f}' => out.extend(char::from_u32(0x2400 + u32::from(c))),
            '\u{7f}' => out.push('\u{2421}'),
            '\u{feff}' => {}
            c if is_unseen(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// The text with [`shown`] lines, the ends of which stay.
pub fn shown_lines(text: &str) -> String {
    text.split('\n').map(|line| shown(line.strip_suffix('\r').unwrap_or(line))).collect::<Vec<_>>().join("\n")
}

/// The path, [`shown`]; what is no text in it is U+FFFD.
pub fn shown_path(path: &Path) -> String {
    shown(&path.to_string_lossy())
}

/// A control character (C0, C1, DEL), a separator of lines, or one with the Unicode property `Bidi_Control`.
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A path as a word that can be copied into a shell (bash, zsh, ksh) and names just that file: as it is where no
/// character of it means something there, else in quotation marks; with its unseen characters and stray bytes as
/// escapes.
pub fn quoted(path: &Path) -> String {
    let mut word = Vec::new();
    // else it would be read as a flag
    if path.as_os_str().as_encoded_bytes().starts_with(b"-") {
        word.extend_from_slice(b"./");
    }
    word.extend_from_slice(path.as_os_str().as_encoded_bytes());
    let chunks: Vec<_> = word.utf8_chunks().collect();
    let chars = || chunks.iter().flat_map(|chunk| chunk.valid().chars());
    if chars().any(is_unseen) || chunks.iter().any(|chunk| !chunk.invalid().is_empty()) {
        let mut out = "$'".to_owned();
        for chunk in &chunks {
            for c in chunk.valid().chars() {
                match c {
                    '\'' | '\\' => out.extend(['\\', c]),
                    c if is_unseen(c) => {
                        let mut bytes = [0; 4];
                        escape(c.encode_utf8(&mut bytes).as_bytes(), &mut out);
                    }
                    c => out.push(c),
                }
            }
            escape(chunk.invalid(), &mut out);
        }
        out.push('\'');
        return out;
    }
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ',' | '+' | ':' | '@' | '%');
    let text: String = chars().collect();
    match !text.is_empty() && text.chars().all(is_plain) {
        true => text,
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

/// Bytes as `$'…'` has them. Three octal digits, so that what follows can't be taken for a part of them.
fn escape(bytes: &[u8], out: &mut String) {
    bytes.iter().for_each(|byte| {
        // writing to a string does not fail
        let _ = write!(out, "\\{byte:03o}");
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn foreign_text_is_shown() {
        for (text, wanted) in [
            ("docs/译文.md", "docs/译文.md"),
            ("a\tb", "a    b"),
            ("a\n::error::b\r", "a␊::error::b␍"),
            ("\u{1b}]0;x\u{7}\u{7f}", "␛]0;x␇␡"),
            ("\u{9b}31m\u{85}", "\u{fffd}31m\u{fffd}"),
            ("a\u{202e}b\u{2066}\u{200f}\u{61c}\u{2028}", "a\u{fffd}b\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
        ] {
            assert_eq!(shown(text), wanted);
        }
        assert_eq!(shown_lines("a\r\n\u{1b}\n"), "a\n␛\n");
    }

    #[test]
    fn words_for_a_shell() {
        for (path, wanted) in [
            ("docs/译文.md", "docs/译文.md"),
            ("-rf", "./-rf"),
            ("a b.md", "'a b.md'"),
            ("it's $(here).md", r"'it'\''s $(here).md'"),
            ("~/a", "'~/a'"),
            ("a\n'\\b", r"$'a\012\'\\b'"),
            ("\u{9b}1", r"$'\302\2331'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(Path::new(path)), wanted);
        }
    }

    proptest! {
        #[test]
        fn nothing_unseen_is_left(text: String) {
            prop_assert!(!shown(&text).contains(is_unseen));
            prop_assert_eq!(shown(&shown(&text)), shown(&text));
            prop_assert!(!quoted(Path::new(&text)).contains(is_unseen));
        }
    }
}
