//! Which messages there are and what they take, found out while the program is compiled: what code asks for and some
//! language does not have is an error of the compiler.

/// The files of a language: one an area.
macro_rules! locale {
    ($tongue:literal: $($area:literal)*) => {
        [$(include_str!(concat!("../../locales/", $tongue, "/", $area, ".ftl"))),*]
    };
    ($tongue:literal) => {
        locale!($tongue: "words" "checks" "families" "changes" "report" "html" "review" "manual" "cli" "errors" "lsp" "serve")
    };
}

/// How many areas there are.
pub(super) const AREAS: usize = 12;

/// What each language says, in the order of [`Tongue::ALL`](super::Tongue::ALL).
pub(super) const LOCALES: [[&str; AREAS]; 2] = [locale!("en"), locale!("zh")];

/// What each language says of commands and flags; the English stands beside them.
pub(super) const HELP: [Option<&str>; LOCALES.len()] =
    [None, Some(include_str!("../../locales/zh/help.ftl"))];

/// A message as it is written: its area, its name, and that with all it says.
#[derive(Clone, Copy)]
struct Entry {
    area: usize,
    id: &'static [u8],
    text: &'static [u8],
}

const NONE: Entry = Entry { area: AREAS, id: b"", text: b"" };

/// How many messages every language has.
const MESSAGES: usize = count(&LOCALES[0]);

/// The messages of each language.
// every byte of the files is looked at while the program is compiled, which ends where they do
#[allow(long_running_const_eval)]
static ENTRIES: [[Entry; MESSAGES]; LOCALES.len()] = {
    let mut all = [[NONE; MESSAGES]; LOCALES.len()];
    let mut locale = 0;
    while locale < LOCALES.len() {
        assert!(count(&LOCALES[locale]) == MESSAGES, "some locale has more messages than another");
        all[locale] = entries(&LOCALES[locale]);
        locale += 1;
    }
    all
};

/// The area of a message, the same in every language. Refuses what is not in every language, or takes other arguments
/// than these.
pub(super) const fn area(id: &str, arguments: &[&str]) -> usize {
    let mut taken = [false; MOST];
    assert!(arguments.len() <= MOST, "a message with so many arguments cannot be read");
    let (mut area, mut locale) = (AREAS, 0);
    while locale < ENTRIES.len() {
        let Some(entry) = find(&ENTRIES[locale], id.as_bytes()) else {
            panic!("a locale has no message of this id");
        };
        assert!(area == AREAS || area == entry.area, "a message stands in different files of two locales");
        area = entry.area;
        take(entry.text, arguments, &mut taken);
        locale += 1;
    }
    let mut at = 0;
    while at < arguments.len() {
        assert!(taken[at], "no wording of this message takes one of these arguments");
        at += 1;
    }
    area
}

/// More arguments than any message has.
const MOST: usize = 12;

/// How many messages the files hold.
const fn count(files: &[&str; AREAS]) -> usize {
    let (mut count, mut file) = (0, 0);
    while file < AREAS {
        let mut rest = files[file].as_bytes();
        while !rest.is_empty() {
            count += begins(rest) as usize;
            rest = line(rest).1;
        }
        file += 1;
    }
    count
}

/// The messages of the files.
const fn entries<const N: usize>(files: &[&'static str; AREAS]) -> [Entry; N] {
    let mut entries = [NONE; N];
    let (mut next, mut file) = (0, 0);
    while file < AREAS {
        let mut rest = files[file].as_bytes();
        while !rest.is_empty() {
            if begins(rest) {
                let (mut name, mut end) = (0, line(rest).0);
                while is_name(rest[name]) {
                    name += 1;
                }
                // what follows is indented, or empty between what is
                while end < rest.len() && matches!(rest[end], b' ' | b'}' | b'\n') {
                    end += line(rest.split_at(end).1).0;
                }
                entries[next] = Entry { area: file, id: rest.split_at(name).0, text: rest.split_at(end).0 };
                next += 1;
            }
            rest = line(rest).1;
        }
        file += 1;
    }
    entries
}

/// Whether a message begins here, at the beginning of a line.
const fn begins(text: &[u8]) -> bool {
    text[0].is_ascii_lowercase()
}

/// How long the first line is with its end, and what follows it.
const fn line(text: &[u8]) -> (usize, &[u8]) {
    let mut at = 0;
    while at < text.len() && text[at] != b'\n' {
        at += 1;
    }
    if at < text.len() {
        at += 1;
    }
    (at, text.split_at(at).1)
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

const fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

const fn find(entries: &[Entry], id: &[u8]) -> Option<Entry> {
    let mut at = 0;
    while at < entries.len() {
        if same(entries[at].id, id) {
            return Some(entries[at]);
        }
        at += 1;
    }
    None
}

/// Notes which of the arguments a wording takes; all that it takes must be among them.
const fn take(text: &[u8], arguments: &[&str], taken: &mut [bool; MOST]) {
    let mut at = 0;
    while at < text.len() {
        if text[at] != b'$' {
            at += 1;
            continue;
        }
        let start = at + 1;
        at = start;
        while at < text.len() && is_name(text[at]) {
            at += 1;
        }
        let name = text.split_at(at).0.split_at(start).1;
        let (mut known, mut given) = (false, 0);
        while given < arguments.len() {
            if same(arguments[given].as_bytes(), name) {
                known = true;
                taken[given] = true;
            }
            given += 1;
        }
        assert!(known, "a wording of this message takes an argument that it is not given");
    }
}
