//! A message catalogue with what was found as comments of the translator, as `pofilter` leaves them: those of the
//! program come from its source, and would be lost with the next extraction.

use std::collections::BTreeMap;

use super::super::{Options, Pair, place};
use super::{changed, lines, told};
use crate::check::Side;
use crate::error::ErrorKind;
use crate::message::id;
use crate::read::{Insertion, OnDisk};

/// The catalogue with comments.
pub(super) fn noted(bytes: Vec<u8>, pair: &Pair, options: &Options) -> Result<Vec<u8>, ErrorKind> {
    let disk = OnDisk::read(bytes)?;
    let text = disk.text.as_str();
    if text != pair.bitext.target.text {
        return Err(changed());
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut notes: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for finding in told(pair, options) {
        // what is missing has its place in the entry of its original
        let span = place(finding, Side::Source).or(finding.target);
        let (head, at) = entry(text, span.map_or(0, |span| span.start));
        let said = lines(finding, options.tongue).join(&id!("semicolon").said(options.tongue));
        let note = format!("# (duizhao) {}{end}", said.replace(['\n', '\r'], " "));
        if !text[head..at].contains(&note) {
            notes.entry(at).or_default().push(note);
        }
    }
    let insertion = |(at, notes): (usize, Vec<String>)| Insertion { at, text: notes.concat() };
    Ok(disk.with(notes.into_iter().map(insertion).collect()))
}

/// Where the entry begins that holds a byte, and where its comments of the translator end.
fn entry(text: &str, at: usize) -> (usize, usize) {
    let mut start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let begins =
        |line: &str| line.starts_with("msgctxt") || line.starts_with("msgid ") || line.starts_with("msgid\"");
    // up to where the message begins
    let line = |start: usize| text[start..].trim_start_matches([' ', '\t']);
    while start > 0 && !begins(line(start)) {
        start = before(text, start);
    }
    // a context stands before its message
    if start > 0 {
        let mut above = before(text, start);
        while above > 0 && line(above).starts_with('"') {
            above = before(text, above);
        }
        if line(above).starts_with("msgctxt") {
            start = above;
        }
    }
    let mut first = start;
    while first > 0 {
        let above = before(text, first);
        if !line(above).starts_with('#') || line(above).starts_with("#~") {
            break;
        }
        first = above;
    }
    let mut behind = first;
    while behind < start {
        let rest = line(behind);
        let of_translator = rest.starts_with("# ") || rest.starts_with("#\n") || rest.starts_with("#\r");
        if !of_translator {
            break;
        }
        behind = text[behind..].find('\n').map_or(start, |end| behind + end + 1);
    }
    (first, behind)
}

/// Where the line begins that ends before this one begins.
fn before(text: &str, start: usize) -> usize {
    text[..start.saturating_sub(1)].rfind('\n').map_or(0, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_stand_behind_those_of_the_translator() {
        for text in [
            "msgid \"\"\nmsgstr \"\"\n\n>msgid \"a\"\nmsgstr \"b\"\n",
            "#~ msgid \"old\"\n#~ msgstr \"\"\n# mine\n>#. of the program\n#: a.c:1\n#, c-format\n#| msgid \"A\"\nmsgid \"a\"\nmsgstr \"b\"\n",
            "# mine\r\n>msgctxt \"x\"\r\n\"y\"\r\nmsgid \"a\"\r\nmsgid_plural \"as\"\r\nmsgstr[0] \"b\"\r\nmsgstr[1] \"b\"\r\n",
            "msgid \"0\"\nmsgstr \"\"\n\"1\"\n>msgid \"\"\n\"a\"\nmsgstr \"\"\n\"b\"\n",
        ] {
            let at = text.find('>').expect("a place");
            let plain = text.replacen('>', "", 1);
            for word in ["\"a\"", "\"b\""] {
                if let Some(found) = plain.find(word) {
                    assert_eq!(entry(&plain, found + 1).1, at, "{word} in {plain:?}");
                }
            }
        }
    }
}
