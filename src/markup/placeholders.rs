//! What stands in a text for something that a program fills in: `%1$s`, `{name}`, `${user}`, `{{ count }}`, arguments of
//! ICU MessageFormat, and what the user's own patterns say.

use regex::{Error, Regex};

use super::icu;
use crate::read;
use crate::text::{Document, Piece, PieceKind, Pieces, Span};

/// Something that a program fills in, or a part of it that it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Placeholder {
    /// Where it stands.
    pub(crate) span: Span,
    /// What makes it the same on both sides.
    pub(crate) key: String,
    pub(crate) kind: Kind,
}

/// A pattern of the user's own placeholders.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

impl Pattern {
    /// Reads a regular expression.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(written: &str) -> Result<Pattern, Error> {
        Regex::new(written).map(Pattern)
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.as_str() == other.as_str()
    }
}

/// How a placeholder is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// By its place among others: `%s`, `{}`.
    Positional,
    /// By a name or a number, in whatever order.
    Named,
    /// As a part of a message with branches, as often as the language needs.
    Part,
    /// What only a sign before a word makes one: `$price`, `:count`, `@user`.
    Sign,
}

/// The longest placeholder that is looked for, in bytes.
const LONGEST: usize = 400;

/// Marks the placeholders of a document as code, and the values of attributes of tags that nobody reads as markup, so that
/// nothing takes their names and numbers for words.
pub fn marked(mut document: Document, own: &[Pattern]) -> Document {
    for at in 0..document.blocks.len() {
        if !document.blocks[at].kind.is_prose() {
            continue;
        }
        let [code, said] = syntax(&document, at, own);
        let values = open_text(&document, at, &['<'], &[]).map(|text| unread(&text)).unwrap_or_default();
        for (spans, kind) in [(code, PieceKind::Code), (said, PieceKind::Markup), (values, PieceKind::Markup)]
        {
            if !spans.is_empty() {
                let block = &mut document.blocks[at];
                let start = block.span.start;
                let spans: Vec<Span> =
                    spans.into_iter().map(|span| Span::new(span.start + start, span.end + start)).collect();
                block.pieces = cut(&block.pieces, &spans, kind);
            }
        }
    }
    document
}

/// The placeholders of a block.
pub(crate) fn of_block(document: &Document, block: usize, own: &[Pattern]) -> Vec<Placeholder> {
    let Some(text) = open_text(document, block, &SIGNS, own) else { return Vec::new() };
    let start = document.blocks[block].span.start;
    let mut found = placeholders(&text, own);
    for one in &mut found {
        one.span = Span::new(one.span.start + start, one.span.end + start);
    }
    found
}

/// What of a block a program reads: placeholders, and of messages with branches all but the text of the branches; and the
/// numbers that branches say because they are for these. Offsets into the block.
fn syntax(document: &Document, block: usize, own: &[Pattern]) -> [Vec<Span>; 2] {
    let Some(text) = open_text(document, block, &FILLED, own) else { return Default::default() };
    let (mut spans, mut said) = (Vec::new(), Vec::new());
    for Placeholder { span, kind, .. } in placeholders(&text, own) {
        if kind == Kind::Named
            && text[span.range()].starts_with('{')
            && let Some(arguments) = icu::arguments(&text, span.start)
        {
            for argument in arguments {
                let mut from = argument.span.start;
                for (key, body) in &argument.branches {
                    spans.push(Span::new(from, body.start));
                    said.extend(own_number(&text, &text[key.clone()], Span::from(body.clone())));
                    from = body.end;
                }
                spans.push(Span::new(from, argument.span.end));
            }
        } else if matches!(kind, Kind::Named | Kind::Positional) {
            spans.push(span);
        }
    }
    spans.sort_unstable();
    let mut end = 0;
    spans.retain_mut(|span| {
        *span = Span::new(span.start.max(end), span.end.max(end));
        end = span.end;
        !span.is_empty()
    });
    said.sort_unstable();
    [spans, said]
}

/// Where the form of a message for one number says that number itself, as a program would fill it in: `one {1 page}`.
fn own_number(text: &str, branch: &str, form: Span) -> Option<Span> {
    let number = match branch {
        "zero" => "0",
        "one" => "1",
        "two" => "2",
        _ => branch.strip_prefix('=')?,
    };
    let apart = |c: char| !c.is_alphanumeric() && c != '.';
    let alone = |at: usize| {
        let (before, after) = (&text[form.start..at], &text[at + number.len()..form.end]);
        before.chars().next_back().is_none_or(apart) && after.chars().next().is_none_or(apart)
    };
    let (at, _) = text[form.range()].match_indices(number).find(|(at, _)| alone(form.start + at))?;
    Some(Span::new(form.start + at, form.start + at + number.len()))
}

/// The values of attributes that nobody reads, of the tags in a text: `-2` of `<font size="-2">`.
fn unread(text: &str) -> Vec<Span> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(next) = text[at..].find('<') {
        at += next;
        let len = match read::tag(&text[at..]) {
            Ok(len) => len,
            Err(none) => {
                at += none.max(1);
                continue;
            }
        };
        let values = read::properties(&text[at..at + len]).into_iter().filter_map(|(name, value)| {
            let unread = !read::is_worded(&text[at..][name]);
            value.filter(|value| unread && !value.is_empty())
        });
        found.extend(values.map(|value| Span::new(at + value.start, at + value.end)));
        at += len;
    }
    found
}

/// Lays a kind over what of these spans (in order, apart) is prose.
fn cut(pieces: &[Piece], spans: &[Span], kind: PieceKind) -> Pieces {
    let mut out = Pieces::with_capacity(pieces.len() + 2 * spans.len());
    for piece in pieces {
        if piece.kind != PieceKind::Prose {
            out.push(*piece);
            continue;
        }
        let mut at = piece.span.start;
        let first = spans.partition_point(|span| span.end <= at);
        for code in spans[first..].iter().map_while(|span| span.intersect(piece.span)) {
            out.extend(
                (at < code.start)
                    .then_some(Piece { kind: PieceKind::Prose, span: Span::new(at, code.start) }),
            );
            out.push(Piece { kind, span: code });
            at = code.end;
        }
        out.extend(
            (at < piece.span.end)
                .then_some(Piece { kind: PieceKind::Prose, span: Span::new(at, piece.span.end) }),
        );
    }
    out
}

/// The text of a block with blanks in place of its markup, addresses and code, byte for byte as long; `None` when
/// nothing in it could be a placeholder: none of `signs` is there, and the user has no patterns. Code that no marks set
/// off is one already, or a part of one.
fn open_text(document: &Document, block: usize, signs: &[char], own: &[Pattern]) -> Option<String> {
    let block = &document.blocks[block];
    if own.is_empty() && !document.slice(block.span).contains(signs) {
        return None;
    }
    let mut text = String::with_capacity(block.span.len());
    let mut before = "";
    for piece in &block.pieces {
        let slice = document.slice(piece.span);
        let open = match piece.kind {
            PieceKind::Prose => true,
            PieceKind::Code => is_open(slice, before),
            _ => false,
        };
        match open {
            true => text.push_str(slice),
            false => text.extend(std::iter::repeat_n(' ', slice.len())),
        }
        before = slice;
    }
    Some(text)
}

/// Whether a piece of code, after a piece `before` it, stands in the text as it is: neither between marks of code nor a
/// formula, a command of LaTeX, a tag or a comment.
fn is_open(code: &str, before: &str) -> bool {
    let formula = code.len() > 1 && code.starts_with('$') && code.ends_with('$');
    !before.ends_with(['`', '+'])
        && !before.ends_with("code>")
        && !formula
        && !code.starts_with(['`', '<', '\\'])
}

/// What placeholders begin with, but for those of the user's patterns.
const SIGNS: [char; 7] = ['%', '{', '$', '@', '#', ':', '['];
/// What those of them begin with that are more than a sign before a word.
const FILLED: [char; 3] = ['%', '{', '$'];

/// The placeholders of a text, in order.
pub(crate) fn placeholders(text: &str, own: &[Pattern]) -> Vec<Placeholder> {
    let mut found: Vec<Placeholder> = Vec::new();
    if is_date_format(text) {
        return found;
    }
    for pattern in own {
        found.extend(pattern.0.find_iter(text).filter(|one| !one.is_empty()).map(|one| Placeholder {
            span: Span::from(one.range()),
            key: one.as_str().to_owned(),
            kind: Kind::Named,
        }));
    }
    let mut given: Vec<Span> = found.iter().map(|one| one.span).collect();
    given.sort_unstable();
    let mut given = given.into_iter().peekable();
    let mut at = 0;
    while let Some(next) = text[at..].find(SIGNS) {
        at += next;
        while given.next_if(|span| span.end <= at).is_some() {}
        let len = match given.peek().filter(|span| span.start <= at) {
            Some(span) => span.end - at,
            None => one(text, at, &mut found),
        };
        at += len.max(1);
    }
    // a sign of per cent is one of a format only where there is a format
    let formats =
        found.iter().any(|one| one.key.starts_with('%') && one.key != "%%" && one.kind != Kind::Sign);
    found.retain(|one| one.key != "%%" || formats);
    found.sort_by_key(|one| (one.span, one.kind as u8));
    found
}

/// Whether a text is a format of dates or times and nothing else (`%Y年%m月%d日`, `%I:%M %p`): which parts these have, and
/// in what order, is a matter of the language. The directives are those of POSIX, for its `date`.
fn is_date_format(text: &str) -> bool {
    let mut rest = text.trim();
    let mut of_dates = false;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c == '%' {
            rest = rest.trim_start_matches(['-', '_', '0', '^', '#']);
            let Some(directive) =
                rest.chars().next().filter(|c| "aAbBcCdDeFgGhHIjklmMpPrRSTuUVwWxXyYzZ".contains(*c))
            else {
                return false;
            };
            // the others are directives of a text as well
            of_dates |= "bBCDFhHIjklmMPrRSTUVwWyYzZ".contains(directive);
            rest = &rest[directive.len_utf8()..];
        } else if c.is_alphanumeric() && !"年月日号號时時点點分秒T".contains(c) {
            return false;
        }
    }
    of_dates
}

/// Reads what begins at `at`, and gives the length that is done with; 0 when it is nothing.
fn one(text: &str, at: usize, found: &mut Vec<Placeholder>) -> usize {
    let rest = &text[at..];
    let done = found.last().map_or(0, |one| one.span.end);
    let mut add = |len: usize, kind: Kind| {
        let words: Vec<&str> = rest[..len].split_whitespace().collect();
        // in the arguments of a macro, white space means something
        let key = words.join(if rest[..len].contains('"') { " " } else { "" });
        found.push(Placeholder { span: Span::new(at, at + len), key, kind });
        len
    };
    match rest.as_bytes()[0] {
        b'%' => match directive(text, at, done) {
            Some((len, kind)) => add(len, kind),
            None => 0,
        },
        b'{' if rest.starts_with("{{") => match within(rest, "{{", "}}") {
            Some(len) => add(len, Kind::Named),
            None => message(text, at + 1, found).map_or(0, |len| len + 1),
        },
        b'{' => match message(text, at, found) {
            Some(len) => len,
            None => braces(text, at).map_or(0, |(len, kind)| {
                let span = Span::new(at, at + len);
                found.push(Placeholder { span, key: rest[..len].replace(' ', ""), kind });
                len
            }),
        },
        b'$' if rest.starts_with("${") => within(rest, "${", "}").map_or(0, |len| add(len, Kind::Named)),
        b'$' if rest.starts_with("$(") => within(rest, "$(", ")").map_or(0, |len| add(len, Kind::Named)),
        b'[' if rest.starts_with("[[") => within(rest, "[[", "]]").map_or(0, |len| add(len, Kind::Sign)),
        b'$' | b'@' | b'#' | b':' => sign(text, at).map_or(0, |len| add(len, Kind::Sign)),
        _ => 0,
    }
}

/// The length of what stands between two marks on one line, with them, if it holds no brace.
fn within(rest: &str, open: &str, close: &str) -> Option<usize> {
    let rest = &rest[..rest.floor_char_boundary(LONGEST)];
    let end = rest.get(open.len()..)?.find(close)?;
    let inner = &rest[open.len()..open.len() + end];
    let fits = !inner.trim().is_empty() && !inner.contains(['{', '}', '\n']);
    fits.then_some(open.len() + end + close.len())
}

/// The argument of an ICU message at `at`: its head and the keys of its branches, and what is filled in inside of
/// them, each once.
fn message(text: &str, at: usize, found: &mut Vec<Placeholder>) -> Option<usize> {
    let arguments = icu::arguments(text, at)?;
    let whole = arguments.first()?.span.clone();
    let mut inside = Vec::new();
    for argument in &arguments {
        let (name, kind) = (&text[argument.name.clone()], &text[argument.kind.clone()]);
        let style =
            argument.style.as_ref().map_or(String::new(), |style| format!(", {}", &text[style.clone()]));
        let head = format!("{{{name}, {kind}{style}}}");
        let end = argument.branches.first().map_or(argument.span.end, |(key, _)| key.start);
        // the outermost stands for the whole; those inside may be in as many branches as the language needs
        let outer = argument.span == whole;
        let nature = if outer { Kind::Named } else { Kind::Part };
        let span = Span::new(argument.span.start, argument.style.as_ref().map_or(end, |_| argument.span.end));
        inside.push(Placeholder { span, key: head.clone(), kind: nature });
        for (key, body) in &argument.branches {
            let branch = &text[key.clone()];
            let plural = kind != "select";
            let free =
                plural && branch != "other" && (branch.starts_with('=') || CATEGORIES.contains(&branch));
            if !free {
                inside.push(Placeholder {
                    span: Span::from(key.clone()),
                    key: format!("{head} {branch}"),
                    kind: Kind::Part,
                });
            }
            let own = placeholders(&text[body.clone()], &[]);
            let own = own.into_iter().filter(|one| !one.key.contains(',') && one.kind != Kind::Sign);
            inside.extend(own.map(|one| Placeholder {
                span: Span::new(one.span.start + body.start, one.span.end + body.start),
                kind: Kind::Part,
                ..one
            }));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    inside.retain(|one| seen.insert(one.key.clone()));
    found.extend(inside);
    Some(whole.len())
}

/// The plural categories of CLDR.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// `{name}`, `{0:N2}`, `{user.name!r}`, `{}`: a name without blanks, of letters of any script.
fn braces(text: &str, at: usize) -> Option<(usize, Kind)> {
    let rest = &text[at + 1..text.floor_char_boundary(at + LONGEST)];
    let end = rest.find(['}', '{', '\n'])?;
    let inner = rest[..end].trim();
    if !rest[end..].starts_with('}') || text[..at].ends_with(['{', '\\', '^', '_']) {
        return None;
    }
    if inner.is_empty() {
        return (end == 0 && !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric()))
            .then_some((2, Kind::Positional));
    }
    let (name, format) = inner.split_at(inner.find([':', '!', ',']).unwrap_or(inner.len()));
    let named = name.chars().all(|c| c.is_alphanumeric() || "_.-[]'$/".contains(c))
        && name.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
    let plain = format.chars().all(|c| c.is_ascii_graphic());
    (named && plain).then_some((end + 2, Kind::Named))
}

/// The directive of a format that begins at `at`: its length, and how it is filled in. A number before it makes a share
/// of it, unless that is a part of a placeholder, up to `done`.
fn directive(text: &str, at: usize, done: usize) -> Option<(usize, Kind)> {
    let rest = &text[at + 1..];
    let bytes = rest.as_bytes();
    let number = |s: &str| s.ends_with(|c: char| c.is_ascii_digit());
    if number(text[done.min(at)..at].trim_end_matches(' ')) && !rest.starts_with('%') {
        return None;
    }
    // a byte of an address, as in `my%20file`
    let of_address = |c: char| c.is_ascii_alphanumeric() || "/_-.=".contains(c);
    if bytes.len() > 1 && bytes[..2].iter().all(u8::is_ascii_hexdigit) && text[..at].ends_with(of_address) {
        return None;
    }
    match bytes.first()? {
        b'%' => return Some((2, Kind::Positional)),
        b'@' => return Some((2, Kind::Positional)),
        b'{' => return within(&text[at..], "%{", "}").map(|len| (len, Kind::Named)),
        b'<' => {
            let len = within(&text[at..], "%<", ">")?;
            let kind = text.as_bytes().get(at + len).filter(|b| b.is_ascii_alphabetic());
            return Some((len + usize::from(kind.is_some()), Kind::Named));
        }
        b'(' => {
            let len = within(&text[at..], "%(", ")")?;
            let tail = conversion(&text[at + len..])?;
            return Some((len + tail, Kind::Named));
        }
        b'#' if bytes.get(1) == Some(&b'@') => {
            return within(&text[at..], "%#@", "@").map(|len| (len, Kind::Named));
        }
        _ => {}
    }
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits > 0 && bytes.get(digits) == Some(&b'$') {
        return conversion(&rest[digits + 1..]).map(|len| (1 + digits + 1 + len, Kind::Named));
    }
    if let Some(len) = conversion(rest) {
        return Some((1 + len, Kind::Positional));
    }
    // of Qt: %1 to %99, %L1, %n
    let local = usize::from(bytes.first() == Some(&b'L'));
    let places = bytes[local..].iter().take_while(|b| b.is_ascii_digit()).count();
    let after = |len: usize| rest[len..].chars().next().is_none_or(|c| !c.is_ascii_alphanumeric());
    if (1..=2).contains(&places) && after(local + places) {
        return Some((1 + local + places, Kind::Named));
    }
    (bytes.first() == Some(&b'n') && after(1)).then_some((2, Kind::Named))
}

/// The length of flags, width, precision, size and conversion, if that is what a text begins with.
fn conversion(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let options = bytes.iter().take(12).take_while(|b| b"0123456789-+#.*'".contains(b)).count();
    let size = bytes[options..].iter().take(2).take_while(|b| b"hlLqjzt".contains(b)).count();
    let at = options + size;
    let is_one = bytes.get(at).is_some_and(|b| b"sdifuxXcgGeEopaAv@".contains(b));
    let letters = rest.get(at + 1..)?.bytes().take_while(u8::is_ascii_alphanumeric).count();
    // a unit may touch the number: `%.3fs`, `%dms`
    let measured = bytes.get(at).is_some_and(|b| b"difux".contains(b)) && letters <= 2;
    (is_one && (letters == 0 || measured)).then_some(at + 1)
}

/// A word behind a sign: `$price`, `:count`, `:name:`, `@user`, `#topic`.
fn sign(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].chars().next_back();
    let rest = &text[at + 1..];
    // between characters of Chinese nothing else sets it off
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || "_/&:$@#\\.)]}".contains(c)) {
        return None;
    }
    let len = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let first = rest.chars().next().filter(|c| c.is_alphabetic())?;
    let colon = text.as_bytes()[at] == b':';
    // an anchor of Markdown: {#id}
    if text.as_bytes()[at] == b'#' && before == Some('{') {
        return None;
    }
    // a colon of a sentence has its space after it, and in Chinese none
    if colon && (before.is_some_and(|c| !c.is_whitespace()) || rest[len..].starts_with("//")) {
        return None;
    }
    let closed = usize::from(colon && rest[len..].starts_with(':'));
    // a role of reStructuredText
    if closed > 0 && rest[len + 1..].starts_with('`') {
        return None;
    }
    (len <= 40 && !first.is_numeric()).then_some(1 + len + closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts and their placeholders; positional ones with `*`, parts with `~`, those of a sign alone with `?`.
    #[test]
    fn placeholders_are_found() {
        for (text, want) in [
            ("Hello, {name}. {0:N2} {user.name!r} {}", "{name} {0:N2} {user.name!r} *{}"),
            ("{{ name }} and {{count}}", "{{name}} {{count}}"),
            ("${user} $(user) %{n} %(n)s %<n>d", "${user} $(user) %{n} %(n)s %<n>d"),
            ("%s %1$s %.2f %lld %@ %1 %L2 %n %%", "*%s %1$s *%.2f *%lld *%@ %1 %L2 %n *%%"),
            ("100% sure, 50 %d, 100 %s, 5%", ""),
            ("% 1 and %discount", ""),
            ("%I:%M %p", ""),
            ("%Y年%b%d日 %A %H:%M:%S", ""),
            ("%d: %s", "*%d *%s"),
            ("%dm %.3fs, %dms", "*%d *%.3f *%d"),
            ("{n, plural, one {# {x}} other {# {x}}} {y}", "{n, plural} ~{x} ~{n, plural} other {y}"),
            ("{g, select, a {A} other {B}}", "{g, select} ~{g, select} a ~{g, select} other"),
            ("{d, date, short}", "{d, date, short}"),
            (
                "$price for :count, @user #topic :name: [[link]]",
                "?$price ?:count ?@user ?#topic ?:name: ?[[link]]",
            ),
            ("a:b x@y.z C#y {a b} { } {#id} {:.x} 3:4", ""),
            ("{数量} $价格", "{数量} ?$价格"),
            ("a/my%20x and 项%20d", "*%20d"),
        ] {
            let shown: Vec<String> = placeholders(text, &[])
                .iter()
                .map(|one| {
                    let mark = match one.kind {
                        Kind::Positional => "*",
                        Kind::Named => "",
                        Kind::Part => "~",
                        Kind::Sign => "?",
                    };
                    format!("{mark}{}", one.key)
                })
                .collect();
            assert_eq!(shown.join(" "), want, "{text}");
        }
        let own = [Pattern::parse(r"<<\w+>>").expect("a pattern")];
        let keys: Vec<String> = placeholders("<<a>> %s", &own).into_iter().map(|one| one.key).collect();
        assert_eq!(keys, ["<<a>>", "%s"]);
    }
}
