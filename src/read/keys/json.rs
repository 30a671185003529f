//! Messages in JSON: flat, nested, in lists; those of browser extensions, formatjs and Flutter.

use super::escapes::{backslashes, bare};
use super::{DEEPEST, Message, Messages, Path, as_forms, too_deep, under_language, with_suffixes};
use crate::error::ErrorKind;
use crate::message::{Id, id, message};
use crate::read::line_of;
use crate::text::{Lang, Span};

/// What stands at a place of a JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Open,
    Close,
    OpenList,
    CloseList,
    /// What stands between the quotation marks of a member's name.
    Key(Span),
    /// What stands between the quotation marks of a string.
    String(Span),
    /// A number, `true`, `false` or `null`.
    Other,
}

/// Gives every token of a JSON text to `take`, in order. Comments and commas behind the last member are read over.
///
/// # Errors
/// Those of `take`; and, with the line, when the text is no JSON or nested too deep.
pub(super) fn tokens(
    text: &str,
    mut take: impl FnMut(Token, usize) -> Result<(), ErrorKind>,
) -> Result<(), ErrorKind> {
    /// What may come next.
    #[derive(Clone, Copy, PartialEq)]
    enum Next {
        Value,
        Key,
        Colon,
        Comma,
    }
    let bytes = text.as_bytes();
    let fail = |at: usize, what: Id| {
        let what = message!("read-not-as", format = "JSON", what = what);
        Err(ErrorKind::Content { line: line_of(text, at), what })
    };
    // whether each open bracket is that of an object
    let mut open: Vec<bool> = Vec::new();
    let (mut at, mut next) = (0, Next::Value);
    let mut done = false;
    loop {
        at = blank(text, at);
        let Some(&byte) = bytes.get(at) else { break };
        if done {
            return fail(at, id!("read-json-goes-on"));
        }
        match (byte, next) {
            (b'{' | b'[', Next::Value) => {
                if open.len() == DEEPEST {
                    return Err(too_deep(text, at));
                }
                open.push(byte == b'{');
                take(if byte == b'{' { Token::Open } else { Token::OpenList }, at)?;
                next = if byte == b'{' { Next::Key } else { Next::Value };
                at += 1;
                continue;
            }
            (b'}' | b']', _) if next != Next::Colon => {
                let is_object = byte == b'}';
                let fits = open.last() == Some(&is_object) && !(is_object && next == Next::Value);
                if !fits {
                    return fail(at, id!("read-json-bracket"));
                }
                open.pop();
                take(if is_object { Token::Close } else { Token::CloseList }, at)?;
                at += 1;
            }
            (b':', Next::Colon) => {
                next = Next::Value;
                at += 1;
                continue;
            }
            (b',', Next::Comma) => {
                next = if open.last() == Some(&true) { Next::Key } else { Next::Value };
                at += 1;
                continue;
            }
            (b'"', Next::Value | Next::Key) => {
                let Some(inner) = string(bytes, at) else {
                    return fail(at, id!("read-json-open-string"));
                };
                at = inner.end + 1;
                if next == Next::Key {
                    take(Token::Key(inner), inner.start)?;
                    next = Next::Colon;
                    continue;
                }
                take(Token::String(inner), inner.start)?;
            }
            (_, Next::Value) if byte.is_ascii_alphanumeric() || byte == b'-' => {
                let len = bytes[at..]
                    .iter()
                    .take_while(|b| b.is_ascii_alphanumeric() || b"+-.".contains(b))
                    .count();
                let word = &text[at..at + len];
                if !matches!(word, "true" | "false" | "null") && word.parse::<f64>().is_err() {
                    return fail(at, id!("read-json-value"));
                }
                take(Token::Other, at)?;
                at += len;
            }
            (_, Next::Key) => return fail(at, id!("read-json-name")),
            (_, Next::Colon) => return fail(at, id!("read-json-colon")),
            (_, Next::Comma) => return fail(at, id!("read-json-comma")),
            (_, Next::Value) => return fail(at, id!("read-json-value")),
        }
        next = Next::Comma;
        done = open.is_empty();
    }
    if done { Ok(()) } else { fail(text.len(), id!("read-json-ends")) }
}

/// The string whose quotation mark stands at `at`, without its marks.
fn string(bytes: &[u8], at: usize) -> Option<Span> {
    let mut end = at + 1;
    loop {
        match bytes.get(end)? {
            b'"' => return Some(Span::new(at + 1, end)),
            b'\n' => return None,
            b'\\' => end += 2,
            _ => end += 1,
        }
    }
}

/// Where something stands after white space and comments.
fn blank(text: &str, mut at: usize) -> usize {
    loop {
        let rest = &text[at..];
        at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}']).len();
        let rest = &text[at..];
        let end = match rest {
            _ if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => return at,
        };
        at += end;
    }
}

/// Members that hold the words of a message, where it is an object with what else is known of it.
const WORDS: [&str; 3] = ["message", "defaultMessage", "string"];
/// What else such an object may hold.
const ABOUT: [&str; 8] = [
    "description",
    "placeholders",
    "id",
    "developer_comment",
    "context",
    "hash",
    "meaning",
    "character_limit",
];

/// An object that is open.
struct Object {
    /// How many messages there were before it.
    first: usize,
    /// The names of its members.
    names: Vec<String>,
}

/// Reads the messages of a JSON file.
///
/// # Errors
/// When it is no JSON.
pub(in crate::read) fn read(text: &str) -> Result<Messages, ErrorKind> {
    let mut messages = gathered(text)?;
    messages.all = with_suffixes(messages.all);
    Ok(messages)
}

/// Reads the messages of a file of Flutter, in which names with `@` say something of a message.
///
/// # Errors
/// When it is no JSON.
pub(in crate::read) fn arb(text: &str) -> Result<Messages, ErrorKind> {
    let mut messages = gathered(text)?;
    let locale = messages.all.iter().find(|message| message.key == "@@locale");
    messages.lang = locale.and_then(|message| Lang::parse(&text[message.value.0.range()]));
    messages.all.retain(|message| !message.key.starts_with('@'));
    Ok(messages)
}

fn gathered(text: &str) -> Result<Messages, ErrorKind> {
    let mut all: Vec<Message> = Vec::new();
    let mut path = Path::default();
    let mut objects: Vec<Object> = Vec::new();
    // for each open bracket, the index of the next member of a list
    let mut lists: Vec<Option<usize>> = Vec::new();
    let mut tops: Vec<Top> = Vec::new();
    let mut roots: Vec<String> = Vec::new();
    tokens(text, |token, at| {
        // a value in a list is named by its place
        if !matches!(token, Token::Close | Token::CloseList | Token::Key(_)) {
            let own = matches!(lists.last(), Some(Some(_)));
            if let Some(Some(index)) = lists.last_mut() {
                path.push(&index.to_string());
                *index += 1;
            }
            if let Token::String(span) = token {
                let key = path.key(text, at)?;
                all.push(Message { key, category: None, value: (span, backslashes(text, span)) });
            }
            if matches!(token, Token::String(_) | Token::Other) && (own || !lists.is_empty()) {
                path.pop();
            }
        }
        match token {
            Token::Key(span) => {
                let name = bare(&text[span.range()]);
                if lists.len() == 1 {
                    roots.push(name.clone());
                }
                path.push(&name);
                if let Some(object) = objects.last_mut() {
                    object.names.push(name);
                }
            }
            Token::Open => {
                objects.push(Object { first: all.len(), names: Vec::new() });
                lists.push(None);
            }
            Token::OpenList => lists.push(Some(0)),
            Token::Close | Token::CloseList => {
                lists.pop();
                if token == Token::Close
                    && let Some(object) = objects.pop()
                {
                    as_forms(&mut all[object.first..], &object.names, &path);
                    if lists.len() == 1 {
                        tops.push(Top::of(&object, &path, all.len()));
                    }
                }
                if !lists.is_empty() {
                    path.pop();
                }
            }
            Token::String(_) | Token::Other => {}
        }
        Ok(())
    })?;
    // objects about messages, where all of the file are such
    if tops.len() == roots.len() && tops.iter().all(|top| top.words.is_some()) {
        let kept = tops.into_iter().flat_map(|Top { base, words, messages }| {
            let own = words.map(|words| format!("{base}.{words}"));
            let found = all[messages].iter().find(|message| Some(&message.key) == own.as_ref()).cloned();
            found.map(|message| Message { key: base, ..message })
        });
        return Ok(Messages { all: kept.collect(), lang: None });
    }
    let lang = under_language(&mut all, &roots);
    Ok(Messages { all, lang })
}

/// An object in the outermost one.
struct Top {
    base: String,
    /// The member with the words, if it is an object about one message.
    words: Option<String>,
    /// The messages in it.
    messages: std::ops::Range<usize>,
}

impl Top {
    fn of(object: &Object, path: &Path, end: usize) -> Top {
        let is = |name: &String, names: &[&str]| names.contains(&name.as_str());
        let words = object.names.iter().find(|name| is(name, &WORDS));
        let words = words.filter(|_| object.names.iter().all(|name| is(name, &WORDS) || is(name, &ABOUT)));
        Top { base: path.joined.clone(), words: words.cloned(), messages: object.first..end }
    }
}
