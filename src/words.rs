//! Classes of words that code asks for by name: what joins, what asks, what stands before a year. Each is a row of a
//! table, and is found there while the program is compiled: code that asks for a class that the table lacks is an error
//! of the compiler, and a row that nothing asks for fails a test.

/// The table: class, language, words, and an example of one.
const TABLE: &str = include_str!("words.tsv");

/// The words of a class in one language, `words!("joint", zh)`, or in every one, `words!("fine")`, as a slice that is
/// there from the start. None stands behind a word that it goes on from, so that the first of them that fits a text is
/// the longest.
macro_rules! words {
    ($class:literal) => {
        $crate::words::words!(@ $class, "")
    };
    ($class:literal, $language:ident) => {
        $crate::words::words!(@ $class, stringify!($language))
    };
    (@ $class:literal, $language:expr) => {{
        const WORDS: &[&str] =
            &$crate::words::list::<{ $crate::words::count($class, $language) }>($class, $language);
        WORDS
    }};
}
pub(crate) use words;

/// The Chinese characters of a class, `characters!("classifier")`, which the table has in one.
macro_rules! characters {
    ($class:literal) => {{
        const CHARACTERS: &[char] = &$crate::words::spelt::<{ $crate::words::count($class, "han") }>($class);
        CHARACTERS
    }};
}
pub(crate) use characters;

/// A row of the table.
#[derive(Clone, Copy)]
struct Row {
    class: &'static str,
    language: &'static str,
    words: &'static str,
}

const ROWS: usize = {
    let (mut count, mut rest) = (0, TABLE);
    while !rest.is_empty() {
        let (line, behind) = cut(rest, b'\n');
        count += is_row(line) as usize;
        rest = behind;
    }
    count
};

// every byte of the table is looked at while the program is compiled, which ends where the table does
#[allow(long_running_const_eval)]
static TABLED: [Row; ROWS] = {
    let mut rows = [Row { class: "", language: "", words: "" }; ROWS];
    let (mut at, mut rest) = (0, TABLE);
    while !rest.is_empty() {
        let (line, behind) = cut(rest, b'\n');
        if is_row(line) {
            let (class, line) = cut(line, b'\t');
            let (language, line) = cut(line, b'\t');
            rows[at] = Row { class, language, words: cut(line, b'\t').0 };
            at += 1;
        }
        rest = behind;
    }
    rows
};

/// How many words a class has in a language, or in all where none is named, or how many characters where that is `han`.
/// Refuses a class that has none.
pub(crate) const fn count(class: &str, language: &str) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < ROWS {
        if is_of(&TABLED[at], class, language) {
            let mut rest = TABLED[at].words;
            while !rest.is_empty() {
                count += 1;
                rest = if same(language, "han") { spell(rest).1 } else { cut(rest, b'|').1 };
            }
        }
        at += 1;
    }
    assert!(count > 0, "words.tsv has no such class in this language");
    count
}

/// The words of a class, as many as [`count`] says.
pub(crate) const fn list<const N: usize>(class: &str, language: &str) -> [&'static str; N] {
    let mut words = [""; N];
    let (mut next, mut at) = (0, 0);
    while at < ROWS {
        if is_of(&TABLED[at], class, language) {
            let mut rest = TABLED[at].words;
            while !rest.is_empty() {
                (words[next], rest) = cut(rest, b'|');
                next += 1;
            }
        }
        at += 1;
    }
    words
}

/// The characters of a class, as many as [`count`] says.
pub(crate) const fn spelt<const N: usize>(class: &str) -> [char; N] {
    let mut characters = ['\0'; N];
    let (mut next, mut at) = (0, 0);
    while at < ROWS {
        if is_of(&TABLED[at], class, "han") {
            let mut rest = TABLED[at].words;
            while !rest.is_empty() {
                (characters[next], rest) = spell(rest);
                next += 1;
            }
        }
        at += 1;
    }
    characters
}

/// The first character of a text, which has three bytes, and what stands behind it.
const fn spell(text: &str) -> (char, &str) {
    let (first, rest) = text.split_at(3);
    let &[one, two, three] = first.as_bytes() else { panic!("a character has three bytes") };
    let code = (one as u32 & 0x0f) << 12 | (two as u32 & 0x3f) << 6 | (three as u32 & 0x3f);
    match char::from_u32(code) {
        Some(c) => (c, rest),
        None => panic!("three bytes are a character"),
    }
}

const fn is_row(line: &str) -> bool {
    !line.is_empty() && line.as_bytes()[0] != b'#'
}

const fn is_of(row: &Row, class: &str, language: &str) -> bool {
    let any = language.is_empty() && !same(row.language, "han");
    same(row.class, class) && (any || same(row.language, language))
}

const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let (mut at, same) = (0, one.len() == other.len());
    while same && at < one.len() && one[at] == other[at] {
        at += 1;
    }
    same && at == one.len()
}

/// What stands before the first of a mark, and behind it; all of it where there is none.
const fn cut(text: &str, mark: u8) -> (&str, &str) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() && bytes[at] != mark {
        at += 1;
    }
    let (before, rest) = text.split_at(at);
    if rest.is_empty() { (before, rest) } else { (before, rest.split_at(1).1) }
}

#[cfg(test)]
mod tests;
