//! Messages of Apple's programs: `.strings`, `.stringsdict`, and the catalogues of Xcode.

use super::escapes::{backslashes, bare};
use super::json::{Token, tokens};
use super::{CATEGORIES, Message, Messages, Path, plist};
use crate::error::ErrorKind;
use crate::message::{Id, id, message};
use crate::read::line_of;
use crate::read::pairs::{Found, Version};
use crate::text::{Lang, Piece, Span};

/// Reads the messages of a strings file: `"key" = "value";`, or a property list in XML.
///
/// # Errors
/// When a line is none of what such a file consists of.
pub(in crate::read) fn strings(text: &str) -> Result<Messages, ErrorKind> {
    if text.trim_start().starts_with('<') {
        return plist::read(text);
    }
    let mut all = Vec::new();
    let mut at = blank(text, 0);
    while at < text.len() {
        let fail = |at: usize, what: Id| {
            let what = message!("read-no-strings", what = what);
            Err(ErrorKind::Content { line: line_of(text, at), what })
        };
        let Some(name) = word(text, at) else { return fail(at, id!("read-strings-key")) };
        let mut path = Path::default();
        path.push(&bare(&text[name.range()]));
        let key = path.key(text, at)?;
        at = blank(text, after(text, name));
        // a key alone stands for itself
        let mut value = name;
        if text[at..].starts_with('=') {
            at = blank(text, at + 1);
            let Some(found) = word(text, at) else { return fail(at, id!("read-json-value")) };
            value = found;
            at = blank(text, after(text, value));
        }
        if !text[at..].starts_with(';') {
            return fail(at, id!("read-strings-semicolon"));
        }
        all.push(Message { key, category: None, value: (value, backslashes(text, value)) });
        at = blank(text, at + 1);
    }
    Ok(Messages { all, lang: None })
}

/// Reads the plural forms of messages: those of each variable, and the text that they are put into.
///
/// # Errors
/// When it is no property list.
pub(in crate::read) fn stringsdict(text: &str) -> Result<Messages, ErrorKind> {
    let mut messages = plist::read(text)?;
    messages.all.retain(|message| {
        let own = message.key.rsplit('.').next().unwrap_or_default();
        own != "NSStringFormatSpecTypeKey" && own != "NSStringFormatValueTypeKey"
    });
    for message in &mut messages.all {
        if let Some((base, category)) = message.key.rsplit_once('.')
            && CATEGORIES.contains(&category)
        {
            message.category = Some(category.to_owned());
            message.key = base.to_owned();
        }
    }
    Ok(messages)
}

/// Where something stands after white space and comments.
fn blank(text: &str, mut at: usize) -> usize {
    loop {
        let rest = &text[at..];
        at += rest.len() - rest.trim_start().len();
        let rest = &text[at..];
        let end = match rest {
            _ if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => return at,
        };
        at += end;
    }
}

/// The string or bare word that begins here, without its marks.
fn word(text: &str, at: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    if bytes.get(at) != Some(&b'"') {
        let len =
            bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric() || b"_.-$:/".contains(b)).count();
        return (len > 0).then(|| Span::new(at, at + len));
    }
    let mut end = at + 1;
    loop {
        match bytes.get(end)? {
            b'"' => return Some(Span::new(at + 1, end)),
            b'\\' => end += 2,
            _ => end += 1,
        }
    }
}

/// Where the text goes on after a word.
fn after(text: &str, word: Span) -> usize {
    let quoted = word.start > 0 && text.as_bytes()[word.start - 1] == b'"';
    word.end + usize::from(quoted && text.as_bytes().get(word.end) == Some(&b'"'))
}

/// A version in a catalogue.
struct Value {
    tag: String,
    /// The kind of a form: a plural category, a device.
    form: String,
    words: (Span, Vec<Piece>),
}

/// Reads a catalogue of Xcode: the source is the text in its language, or the key where there is none. Of several
/// regions or scripts of one language the one with the most texts is read.
///
/// # Errors
/// When it is no JSON or no catalogue.
pub(in crate::read) fn catalogue(text: &str) -> Result<Found, ErrorKind> {
    let mut source = None;
    let mut path: Vec<String> = Vec::new();
    let mut lists = 0usize;
    let mut is_one = false;
    // for each message its key, whether it is to be translated, and its versions
    let mut messages: Vec<(Span, bool, Vec<Value>)> = Vec::new();
    tokens(text, |token, at| {
        match token {
            Token::Key(span) => {
                let name = bare(&text[span.range()]);
                if path.len() == 1 && path[0] == "strings" {
                    messages.push((span, true, Vec::new()));
                }
                is_one |= path.is_empty() && name == "strings";
                path.push(name);
            }
            Token::OpenList => lists += 1,
            Token::CloseList => {
                lists -= 1;
                path.pop();
            }
            Token::Close if lists == 0 => {
                path.pop();
            }
            Token::String(span) if lists == 0 => {
                let parts: Vec<&str> = path.iter().map(String::as_str).collect();
                match (parts.as_slice(), messages.last_mut()) {
                    (["sourceLanguage"], _) => source = Lang::parse(&text[span.range()]),
                    (
                        ["strings", _, "localizations", tag, rest @ .., "stringUnit", "value"],
                        Some((.., values)),
                    ) => {
                        let words = (span, backslashes(text, span));
                        values.push(Value { tag: (*tag).to_owned(), form: rest.join("."), words });
                    }
                    _ => {}
                }
                path.pop();
            }
            Token::Other if lists == 0 => {
                let untranslated = path.last().is_some_and(|name| name == "shouldTranslate")
                    && text[at..].starts_with("false");
                if let Some((_, translated, _)) = messages.last_mut().filter(|_| untranslated) {
                    *translated = false;
                }
                path.pop();
            }
            _ => {}
        }
        Ok(())
    })?;
    if !is_one {
        let what = message!("read-no-root", format = id!("kind-xcode"), what = "\"strings\"");
        return Err(ErrorKind::Content { line: 1, what });
    }
    let source = source.unwrap_or(Lang::EN);
    messages.retain(|(_, translated, _)| *translated);
    let tags = chosen(&messages);
    let mut units = Vec::new();
    for (key, _, mut values) in messages {
        values.retain(|value| tags.contains(&value.tag));
        let of = |value: &Value| Lang::parse(&value.tag);
        if !values.iter().any(|value| of(value) == Some(source)) {
            let words = (key, backslashes(text, key));
            values.insert(0, Value { tag: source.to_string(), form: String::new(), words });
        }
        let general = |lang: Lang| general(values.iter().filter(|value| of(value) == Some(lang)));
        let mut langs: Vec<Lang> = values.iter().filter_map(of).collect();
        langs.dedup();
        // with the key first, as it stands before its versions
        let version = |lang: Lang| {
            general(lang).map(|value| Version { lang, span: value.words.0, marks: value.words.1.clone() })
        };
        units.push(langs.into_iter().filter_map(version).collect());
    }
    Ok(Found { units, source: Some(source), ..Found::default() })
}

/// The form that stands for all: the one without a kind, or that of `other`, or the last.
fn general<'v>(values: impl Iterator<Item = &'v Value>) -> Option<&'v Value> {
    let rank = |value: &Value| match value.form.rsplit('.').next() {
        Some("") => 2,
        Some("other") => 1,
        _ => 0,
    };
    values.max_by_key(|value| rank(value))
}

/// For each language the tag under which most of its texts stand.
fn chosen(messages: &[(Span, bool, Vec<Value>)]) -> Vec<String> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for value in messages.iter().flat_map(|(.., values)| values) {
        *counts.entry(&value.tag).or_default() += 1;
    }
    let mut best: std::collections::BTreeMap<Lang, (&str, usize)> = std::collections::BTreeMap::new();
    for (tag, count) in counts {
        let Some(lang) = Lang::parse(tag) else { continue };
        let slot = best.entry(lang).or_insert((tag, count));
        if count > slot.1 {
            *slot = (tag, count);
        }
    }
    best.into_values().map(|(tag, _)| tag.to_owned()).collect()
}
