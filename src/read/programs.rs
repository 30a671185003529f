//! Messages that only a program reads: they are the same in every language.

use crate::text::{BlockKind, Document, Format, PieceKind, tags};
use crate::words::words;

/// Whether a block is a message for a program alone: by its value, or because it has no word beside what the program
/// fills in: `%s × %s`. The name of a language is for who chooses one.
pub fn is_for_program(document: &Document, at: usize) -> bool {
    let block = &document.blocks[at];
    let keyed = !document.entries.is_empty() || document.format == Format::Qt;
    let prose = || document.pieces_in(at, block.span).filter(|piece| piece.kind == PieceKind::Prose);
    let words = || prose().any(|piece| document.slice(piece.span).contains(char::is_alphabetic));
    match block.kind {
        BlockKind::Metadata => {
            (keyed || document.format.is_paired()) && !tags::is_endonym(document.slice(block.span))
        }
        _ => keyed && !words(),
    }
}

/// Whether a value is for a program alone, whatever the language: a file (`resources/open.png`, `.sh3d`), a stroke of keys
/// (`S`, `control shift P`, `Ctrl+F4`, `Del`), colours (`#0093E9 #80D0C7`), marks without a letter or a number (`*`).
pub(super) fn is_technical(value: &str) -> bool {
    let words = || value.split_whitespace();
    let is_colour = |word: &str| {
        let digits = word.strip_prefix('#').filter(|digits| matches!(digits.len(), 3 | 6 | 8));
        digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte);
    let end = value.rsplit_once('.').map_or("", |(_, end)| end);
    let is_file = (value.contains('/') || value.starts_with('.'))
        && (1..=5).contains(&end.len())
        && end.starts_with(|c: char| c.is_ascii_lowercase())
        && value.bytes().all(plain);
    is_file || is_stroke(value) || words().all(is_colour) || !value.contains(char::is_alphanumeric)
}

/// Whether a value names a key, with those that are held.
fn is_stroke(value: &str) -> bool {
    let one_of = |word: &str, keys: &[&str]| keys.iter().any(|key| key.eq_ignore_ascii_case(word));
    let mut keys: Vec<&str> =
        value.split(|c: char| c == '+' || c.is_whitespace()).filter(|key| !key.is_empty()).collect();
    // the last plus is the key
    let last = if value.trim_end().ends_with('+') { Some("+") } else { keys.pop() };
    let Some(last) = last else { return false };
    let held = !keys.is_empty() && keys.iter().all(|key| one_of(key, HELD));
    let function = last.strip_prefix('F').and_then(|number| number.parse::<u8>().ok());
    let mut letters = last.chars();
    let single = letters.next().filter(|_| letters.next().is_none()).filter(char::is_ascii_graphic);
    match keys.is_empty() {
        true => function.is_some() || single.is_some_and(|c| c.is_ascii_alphabetic()) || one_of(last, ALONE),
        false => {
            held && (function.is_some() || single.is_some() || one_of(last, ALONE) || one_of(last, NAMED))
        }
    }
}

/// Keys that are held while another is pressed, as Java, Qt and Electron name them.
const HELD: &[&str] = words!("key that is held", en);
/// Keys whose names are no words.
const ALONE: &[&str] = words!("key whose name is no word", en);
/// Keys whose names are words unless something is held with them.
const NAMED: &[&str] = words!("key whose name is a word", en);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_for_a_program_is_told_from_words() {
        for value in [
            "resources/open.png",
            ".sh3d",
            "S",
            "control shift P",
            "alt F4",
            "meta typed ,",
            "Ctrl+C",
            "Ctrl++",
            "meta typed +",
            "Del",
            "#0093E9 #80D0C7",
            "*",
        ] {
            assert!(is_technical(value), "{value}");
        }
        for value in
            ["Open", "24", "%s", "按 S", "Space", "Shift", "Section A", "example.org", "a/b", "and/or", "5"]
        {
            assert!(!is_technical(value), "{value}");
        }
    }
}
