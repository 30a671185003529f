//! ICU MessageFormat: `{count, plural, one {# file} other {# files}}`, `{day, date, short}`, nested as deep as may be.

use std::ops::Range;

/// An argument with a type, as it stands in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Argument {
    /// From its opening to its closing brace.
    pub(crate) span: Range<usize>,
    pub(crate) name: Range<usize>,
    /// `plural`, `select`, `date` …
    pub(crate) kind: Range<usize>,
    /// What follows the type of an argument without branches: `short`.
    pub(crate) style: Option<Range<usize>>,
    /// The keys of its branches and the messages in them.
    pub(crate) branches: Vec<(Range<usize>, Range<usize>)>,
}

/// The longest argument without a type, in bytes.
const LONGEST: usize = 400;

/// Messages are not nested deeper than this; what is, is text.
const DEEPEST: usize = 16;

/// The argument with a type that begins at `at`, and those in its branches after it; nothing when what stands there is
/// none.
pub(crate) fn arguments(text: &str, at: usize) -> Option<Vec<Argument>> {
    let mut parser = Parser { text, at, found: Vec::new(), depth: 0 };
    parser.argument()?;
    let mut found = parser.found;
    found.sort_by_key(|argument| argument.span.start);
    Some(found)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    found: Vec<Argument>,
    depth: usize,
}

impl Parser<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.blank();
        (self.byte()? == byte).then(|| self.at += 1)
    }

    /// A word up to white space or a mark of the syntax.
    fn word(&mut self) -> Option<Range<usize>> {
        self.blank();
        let rest = &self.text[self.at..];
        let len = rest.find(|c: char| c.is_whitespace() || "{},'\"".contains(c)).unwrap_or(rest.len());
        let word = self.at..self.at + len;
        self.at = word.end;
        (len > 0 && len < 200).then_some(word)
    }

    /// An argument with a type.
    fn argument(&mut self) -> Option<()> {
        let start = self.at;
        self.expect(b'{')?;
        let name = self.word()?;
        self.expect(b',')?;
        let kind = self.word()?;
        let place = self.found.len();
        let branching = matches!(&self.text[kind.clone()], "plural" | "select" | "selectordinal");
        let (mut style, mut branches) = (None, Vec::new());
        self.blank();
        if self.byte()? == b',' {
            self.at += 1;
            match branching {
                true => branches = self.branches()?,
                false => style = Some(self.style()?),
            }
        } else if branching {
            return None;
        }
        self.expect(b'}')?;
        self.found.insert(place, Argument { span: start..self.at, name, kind, style, branches });
        Some(())
    }

    /// What stands before the brace that closes an argument.
    fn style(&mut self) -> Option<Range<usize>> {
        self.blank();
        let rest = &self.text[self.at..];
        let len = rest.find(['{', '}', '\n'])?;
        let style = self.at..self.at + rest[..len].trim_end().len();
        self.at += len;
        Some(style)
    }

    fn branches(&mut self) -> Option<Vec<(Range<usize>, Range<usize>)>> {
        let mut branches = Vec::new();
        loop {
            self.blank();
            if self.byte()? == b'}' {
                return (!branches.is_empty()).then_some(branches);
            }
            let key = self.word()?;
            if self.text[key.clone()].starts_with("offset:") {
                continue;
            }
            self.expect(b'{')?;
            let start = self.at;
            self.message()?;
            branches.push((key, start..self.at));
            self.expect(b'}')?;
        }
    }

    /// A message in a branch, up to the brace that closes it.
    fn message(&mut self) -> Option<()> {
        if self.depth == DEEPEST {
            return None;
        }
        self.depth += 1;
        loop {
            match self.byte()? {
                b'}' => break,
                // an apostrophe before a brace quotes up to the next one
                b'\'' if matches!(self.text.as_bytes().get(self.at + 1), Some(b'{' | b'}')) => {
                    self.at += 1 + self.text[self.at + 1..].find('\'')? + 1;
                }
                b'{' => {
                    let (start, known) = (self.at, self.found.len());
                    if self.argument().is_none() {
                        self.found.truncate(known);
                        self.at = start + self.simple(start)?;
                    }
                }
                _ => self.at += 1,
            }
        }
        self.depth -= 1;
        Some(())
    }

    /// The length of an argument without a type, or of one in two braces.
    fn simple(&self, start: usize) -> Option<usize> {
        let rest = &self.text[start..self.text.floor_char_boundary(start + LONGEST)];
        let open = rest.bytes().take_while(|b| *b == b'{').count().min(2);
        let close = rest.find('}')?;
        let inner = &rest[open..close.max(open)];
        let closes = rest[close..].bytes().take(open).all(|b| b == b'}');
        (!inner.contains(['{', '\n']) && closes).then_some(close + open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Messages, and their arguments with types: name, type, style and branches.
    #[test]
    fn arguments_are_parsed() {
        let shown = |text: &str| -> Option<Vec<String>> {
            let slice = |range: &Range<usize>| text[range.clone()].to_owned();
            let one = |argument: &Argument| {
                let keys: Vec<String> = argument.branches.iter().map(|(key, _)| slice(key)).collect();
                let style = argument.style.as_ref().map_or(String::new(), slice);
                format!("{} {} {style}{}", slice(&argument.name), slice(&argument.kind), keys.join("|"))
            };
            Some(arguments(text, 0)?.iter().map(one).collect())
        };
        for (text, want) in [
            ("{n, plural, =0 {None} one {# file} other {# files}}", Some(vec!["n plural =0|one|other"])),
            ("{n,plural,offset:1 other{{name} and #}}", Some(vec!["n plural other"])),
            (
                "{g, select, male {{n, plural, other {his {m}}}} other {x}}",
                Some(vec!["g select male|other", "n plural other"]),
            ),
            ("{day, date, short}", Some(vec!["day date short"])),
            ("{n, number}", Some(vec!["n number "])),
            ("{n, plural, other {'{'quoted'}' it's}}", Some(vec!["n plural other"])),
            ("{n, plural, other {{{count}} files}}", Some(vec!["n plural other"])),
            ("{n, plural, one {# file}", None),
            ("{n, plural}", None),
            ("{name}", None),
            ("{a, b", None),
        ] {
            let got = shown(text);
            let got: Option<Vec<&str>> = got.as_ref().map(|all| all.iter().map(String::as_str).collect());
            assert_eq!(got, want, "{text}");
        }
        let deep = "{a, select, other {".repeat(50_000);
        assert_eq!(arguments(&deep, 0), None);
    }
}
