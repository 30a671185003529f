//! Marks of reStructuredText and HTML inside of messages, which are no files of those formats: roles, literals,
//! substitutions, and tags that open and close.

use crate::text::Span;

/// A mark in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Inline {
    pub(crate) span: Span,
    /// What makes it the same on both sides.
    pub(crate) key: String,
    pub(crate) kind: Kind,
}

/// What a mark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Verbatim text: ``` ``None`` ```.
    Literal,
    /// A role with what it refers to: `` :ref:`target` ``.
    Role,
    /// Where a link points.
    Target,
    /// What stands for another text: `|version|`.
    Substitution,
}

/// Roles whose text is prose, to be translated.
const PROSE: [&str; 8] = ["guilabel", "menuselection", "dfn", "abbr", "sub", "sup", "strong", "emphasis"];

/// The longest mark that is looked for, in bytes.
const LONGEST: usize = 400;

/// The marks of a message, in order.
pub(crate) fn inlines(text: &str) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(['`', '|']) {
        let start = at + next;
        let rest = &text[start..];
        let open = if rest.starts_with("``") { "``" } else { &rest[..1] };
        let close = rest[open.len()..].find(open).filter(|len| *len > 0 && *len <= LONGEST);
        let Some(len) = close.filter(|len| !rest[open.len()..open.len() + len].contains('\n')) else {
            at = start + open.len();
            continue;
        };
        let (inner, end) = (&rest[open.len()..open.len() + len], start + 2 * open.len() + len);
        if open == "`" && is_quotation(inner) {
            at = start + open.len();
            continue;
        }
        at = end;
        if open == "|" {
            let one = !inner.starts_with(' ') && !inner.ends_with(' ') && !inner.contains(['(', '`']);
            if one {
                found.push(Inline {
                    span: Span::new(start, end),
                    key: format!("|{inner}|"),
                    kind: Kind::Substitution,
                });
            }
            continue;
        }
        let target =
            inner.strip_suffix('>').and_then(|inner| inner.rsplit_once('<')).map(|(_, target)| target);
        let role = role(&text[..start]);
        let (from, key, kind) = match (open, role, target) {
            ("``", ..) => (start, inner.to_owned(), Kind::Literal),
            (_, Some(role), _) if PROSE.contains(&role) => {
                (start - role.len() - 2, format!(":{role}:"), Kind::Role)
            }
            (_, Some(role), target) => {
                let target = target.unwrap_or(inner).trim_start_matches(['~', '!']);
                (start - role.len() - 2, format!(":{role}:`{target}`"), Kind::Role)
            }
            (_, None, Some(target)) => (start, target.to_owned(), Kind::Target),
            (_, None, None) if text[end..].starts_with('_') => continue,
            (_, None, None) => (start, inner.to_owned(), Kind::Literal),
        };
        found.push(Inline { span: Span::new(from, end), key, kind });
    }
    found
}

/// Whether what follows a backtick is quoted as programs of GNU do: `` `name' ``.
fn is_quotation(inner: &str) -> bool {
    let quote = inner.find('\'').map(|at| &inner[at + 1..]);
    quote.is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric()))
}

/// The name of the role that ends a text: `… :ref:`.
fn role(before: &str) -> Option<&str> {
    let inner = before.strip_suffix(':')?;
    let start = inner.rfind(':')?;
    let name = &inner[start + 1..];
    let named = !name.is_empty()
        && name.len() < 40
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_+.:".contains(&b));
    named.then_some(name)
}

/// Elements of HTML that stand in running text and must be closed.
const PAIRED: [&str; 18] = [
    "a", "b", "i", "u", "s", "em", "strong", "span", "code", "kbd", "mark", "small", "sub", "sup", "del",
    "ins", "font", "q",
];

/// The tags of elements that must be closed and are not, or close what was not opened: `<strong>` for one that is
/// opened and never closed.
pub(crate) fn unbalanced(text: &str) -> Vec<(Span, String)> {
    let mut open: Vec<(Span, &str)> = Vec::new();
    let mut wrong = Vec::new();
    for (at, _) in text.match_indices('<') {
        let rest = &text[at + 1..];
        let closing = rest.starts_with('/');
        let body = &rest[usize::from(closing)..];
        let len = body.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = &body[..len];
        let Some(end) = body.find(['>', '<']).filter(|&end| body[end..].starts_with('>')) else { continue };
        if !PAIRED.contains(&name) || body[..end].ends_with('/') {
            continue;
        }
        let span = Span::new(at, at + 1 + usize::from(closing) + end + 1);
        match open.iter().rposition(|(_, other)| *other == name) {
            Some(place) if closing => {
                open.remove(place);
            }
            None if closing => wrong.push((span, format!("</{name}>"))),
            _ => open.push((span, name)),
        }
    }
    wrong.extend(open.into_iter().map(|(span, name)| (span, format!("<{name}>"))));
    wrong.sort_by_key(|(span, _)| *span);
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found() {
        for (text, want) in [
            (
                "``-1`` and :ref:`text <built-in>`, `a <https://b.c>`_ and `d`_",
                "-1|:ref:`built-in`|https://b.c",
            ),
            (":keyword: `import`, :mod:`~a.b` and |version| or a | b", "import|:mod:`a.b`||version|"),
            (":guilabel:`Save` `x`", ":guilabel:|x"),
            ("the value `a' has type `b'; expected `c`", "c"),
        ] {
            let keys: Vec<String> = inlines(text).into_iter().map(|one| one.key).collect();
            assert_eq!(keys.join("|"), want, "{text}");
        }
    }

    #[test]
    fn tags_that_do_not_close_are_found() {
        for (text, want) in [
            ("<b>a</b> <br> <img src=\"x\"> <a href=\"b\">c</a>", ""),
            ("<strong>a<strong> b", "<strong> <strong>"),
            ("a</b> <b>c</b", "</b> <b>"),
            ("1 < 2 and <version>", ""),
        ] {
            let tags: Vec<String> = unbalanced(text).into_iter().map(|(_, tag)| tag).collect();
            assert_eq!(tags.join(" "), want, "{text}");
        }
    }
}
