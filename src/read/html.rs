//! HTML to blocks: what a reader sees, in the places where it stands in the file.

use super::numbering;
use super::pieces::{mark_literals, tile};
use super::spans::trim;
use crate::text::{Block, BlockKind, Piece, PieceKind, Span};

/// The blocks of an HTML page. Elements that no reader sees (scripts, styles, templates) are left out, and so is
/// the head but for its title. Character references are markup, whatever they stand for.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut page = Page { text, ..Page::default() };
    for token in (Tokens { text, at: 0, raw: None }) {
        page.take(token);
    }
    page.flush();
    page.blocks
}

/// Elements that stand inside a line; all others end the block before them.
const INLINE: [&str; 48] = [
    "a", "abbr", "acronym", "audio", "b", "bdi", "bdo", "big", "br", "button", "cite", "code", "data", "del",
    "dfn", "em", "font", "i", "img", "input", "ins", "kbd", "label", "map", "mark", "meter", "nobr",
    "output", "picture", "progress", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "source", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
];
/// Elements whose content nobody sees. The first six hold no tags.
const HIDDEN: [&str; 11] = [
    "script", "style", "textarea", "noscript", "iframe", "noembed", "template", "svg", "math", "object",
    "select",
];
/// Elements of which only text is read up to their end.
const RAW: usize = 6;
/// Elements whose content is verbatim.
const VERBATIM: [&str; 5] = ["code", "kbd", "samp", "tt", "var"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Open,
    Close,
    /// A comment, a declaration, or what is left of a tag that never ends.
    Aside,
}

#[derive(Debug, Clone, Copy)]
struct Token<'t> {
    kind: Kind,
    /// The name of the element as it is written.
    name: &'t str,
    span: Span,
}

/// Cuts HTML into text, tags and comments, by the rules of the standard as far as they concern spans.
struct Tokens<'t> {
    text: &'t str,
    at: usize,
    /// The element whose end alone is looked for.
    raw: Option<&'t str>,
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let (kind, name, len) = match self.raw.take() {
            // an element without content is followed by its end at once
            Some(name) if end_of_raw(rest, name) > 0 => (Kind::Aside, "", end_of_raw(rest, name)),
            _ => token(rest),
        };
        self.at = start + len.max(1);
        if kind == Kind::Open {
            self.raw = HIDDEN[..RAW].iter().any(|raw| raw.eq_ignore_ascii_case(name)).then_some(name);
        }
        Some(Token { kind, name, span: Span::new(start, self.at) })
    }
}

/// The token that `rest` begins with: its kind, the name of its element, and its length.
fn token(rest: &str) -> (Kind, &str, usize) {
    let whole = rest.len();
    let to = |mark: &str| rest.find(mark).map_or(whole, |at| at + mark.len());
    let letter = |at: usize| rest.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic);
    match rest.as_bytes() {
        [b'<', b'!', b'-', b'-', ..] => (Kind::Aside, "", to("-->")),
        [b'<', b'!' | b'?', ..] => (Kind::Aside, "", to(">")),
        [b'<', b'/', ..] if letter(2) => (Kind::Close, name(&rest[2..]), tag_len(rest)),
        [b'<', ..] if letter(1) => (Kind::Open, name(&rest[1..]), tag_len(rest)),
        _ => {
            let opens = |at: &usize| {
                letter(at + 1)
                    || matches!(&rest.as_bytes()[at + 1..], [b'!' | b'?', ..])
                    || matches!(&rest.as_bytes()[at + 1..], [b'/', next, ..] if next.is_ascii_alphabetic())
            };
            let end = rest.match_indices('<').map(|(at, _)| at).find(|at| *at > 0 && opens(at));
            (Kind::Text, "", end.unwrap_or(whole))
        }
    }
}

fn name(rest: &str) -> &str {
    let len = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(rest.len());
    &rest[..len]
}

/// The length of a tag; quotation marks guard a `>` only in the value of an attribute.
fn tag_len(rest: &str) -> usize {
    let (mut quote, mut value) = (None, false);
    for (at, byte) in rest.bytes().enumerate() {
        match (byte, quote) {
            (_, Some(q)) => {
                if byte == q {
                    quote = None;
                }
            }
            (b'"' | b'\'', None) if value => (quote, value) = (Some(byte), false),
            (b'>', None) => return at + 1,
            (b'=', None) => value = true,
            (b, None) => value &= b.is_ascii_whitespace(),
        }
    }
    rest.len()
}

/// How long the content of an element is that holds no tags.
fn end_of_raw(rest: &str, name: &str) -> usize {
    let ends = |&(at, lead): &(usize, &str)| {
        let tail = &rest.as_bytes()[at + lead.len()..];
        tail.len() >= name.len() && tail[..name.len()].eq_ignore_ascii_case(name.as_bytes())
    };
    rest.match_indices("</").find(ends).map_or(rest.len(), |(at, _)| at)
}

/// Reads tokens into blocks.
#[derive(Default)]
struct Page<'t> {
    text: &'t str,
    blocks: Vec<Block>,
    /// What was read of the open block.
    marks: Vec<Piece>,
    role: Option<(BlockKind, Option<u8>)>,
    /// How many lists are open.
    lists: usize,
    /// How many cells the row of a table has had.
    cells: u8,
    quotes: usize,
    /// The open element that nobody sees, and how many of its name are open.
    hidden: Option<(&'t str, usize)>,
    /// The open verbatim element of a line, and how many of its name are open.
    verbatim: Option<(&'t str, usize)>,
    pre: usize,
    head: bool,
    /// How many raised elements are open, and whether a link into the same page is: together they are the number of a
    /// note, or lead back from it.
    raised: usize,
    leads_within: bool,
}

impl<'t> Page<'t> {
    fn take(&mut self, token: Token<'t>) {
        if let Some((name, depth)) = &mut self.hidden {
            let same = token.name.eq_ignore_ascii_case(name);
            match token.kind {
                Kind::Open if same => *depth += 1,
                Kind::Close if same => *depth -= 1,
                _ => {}
            }
            if *depth == 0 {
                self.hidden = None;
            }
            return;
        }
        match token.kind {
            Kind::Text => self.words(token.span),
            Kind::Aside => self.mark(PieceKind::Markup, token.span),
            Kind::Open | Kind::Close => self.tag(token),
        }
    }

    fn words(&mut self, span: Span) {
        if self.head && self.role.is_none() {
            return;
        }
        let verbatim = self.pre > 0 || self.verbatim.is_some();
        if self.raised > 0 && self.leads_within {
            self.mark(PieceKind::Markup, span);
            return;
        }
        let kind = if verbatim { PieceKind::Code } else { PieceKind::Prose };
        let mut at = span.start;
        if !verbatim {
            for reference in references(&self.text[span.range()]) {
                let reference = Span::new(span.start + reference.start, span.start + reference.end);
                self.mark(kind, Span::new(at, reference.start));
                self.mark(PieceKind::Markup, reference);
                at = reference.end;
            }
        }
        self.mark(kind, Span::new(at, span.end));
    }

    fn mark(&mut self, kind: PieceKind, span: Span) {
        if !span.is_empty() {
            self.marks.push(Piece { kind, span });
        }
    }

    fn tag(&mut self, token: Token<'t>) {
        let open = token.kind == Kind::Open;
        let closed = self.text[token.span.range()].ends_with("/>");
        let name = token.name.to_ascii_lowercase();
        let name = name.as_str();
        if open && HIDDEN.contains(&name) {
            // Only drawings may be closed in the tag that opens them.
            let ended = closed && ["svg", "math"].contains(&name);
            self.hidden = (!ended).then_some((token.name, 1));
            self.mark(PieceKind::Markup, token.span);
            return;
        }
        if INLINE.contains(&name) || name == "wbr" {
            if self.pre == 0 && VERBATIM.contains(&name) {
                self.verbatim = match self.verbatim.take() {
                    None => open.then_some((token.name, 1)),
                    Some((own, depth)) if own.eq_ignore_ascii_case(name) => {
                        let depth = if open { depth + 1 } else { depth - 1 };
                        (depth > 0).then_some((own, depth))
                    }
                    other => other,
                };
            }
            match name {
                "sup" if open => self.raised += 1,
                "sup" => self.raised = self.raised.saturating_sub(1),
                "a" if open => {
                    let tag = &self.text[token.span.range()];
                    self.leads_within = address(tag).is_some_and(|to| tag[to.range()].starts_with('#'));
                }
                "a" => self.leads_within = false,
                _ => {}
            }
            if self.pre == 0 {
                self.inline(token.span, open);
            }
            return;
        }
        let said = self.flush();
        (self.raised, self.leads_within) = (0, false);
        match name {
            "head" => self.head = open,
            "body" => self.head = false,
            "title" if self.head => self.role = open.then_some((BlockKind::Heading, Some(1))),
            "pre" if open => self.pre += 1,
            "pre" => self.pre = self.pre.saturating_sub(1),
            "blockquote" if open => self.quotes += 1,
            "blockquote" => self.quotes = self.quotes.saturating_sub(1),
            "ol" | "ul" | "menu" | "dl" if open => self.lists += 1,
            "ol" | "ul" | "menu" | "dl" => self.lists = self.lists.saturating_sub(1),
            // The first paragraph of an item or cell is the item or cell itself.
            _ if open && !said && self.role.is_some() && role(name).is_none() => {}
            _ => self.role = role(name).filter(|_| open),
        }
        match (&mut self.role, name) {
            (_, "tr") => self.cells = 0,
            (Some((BlockKind::TableCell, column)), "td" | "th") => {
                self.cells = self.cells.saturating_add(1);
                *column = Some(self.cells);
            }
            (Some((BlockKind::ListItem, level)), _) => {
                *level = Some(u8::try_from(self.lists.max(1)).unwrap_or(u8::MAX));
            }
            _ => {}
        }
    }

    /// A tag inside a line: markup, but for the address in it.
    fn inline(&mut self, span: Span, open: bool) {
        let address = if open { address(&self.text[span.range()]) } else { None };
        let Some(address) = address else {
            self.mark(PieceKind::Markup, span);
            return;
        };
        let address = Span::new(span.start + address.start, span.start + address.end);
        self.mark(PieceKind::Markup, Span::new(span.start, address.start));
        self.mark(PieceKind::Target, address);
        self.mark(PieceKind::Markup, Span::new(address.end, span.end));
    }

    /// Closes the open block, and says whether there was anything in it.
    fn flush(&mut self) -> bool {
        let text = self.text;
        self.verbatim = None;
        let marks = std::mem::take(&mut self.marks);
        let says = |piece: &&Piece| {
            let spoken = matches!(piece.kind, PieceKind::Prose | PieceKind::Code);
            spoken && !text[piece.span.range()].trim().is_empty()
        };
        // Tags beside the words go with them; comments do not.
        let counts = |piece: &&Piece| {
            let comment = piece.kind == PieceKind::Markup && text[piece.span.range()].starts_with("<!");
            !comment && !text[piece.span.range()].trim().is_empty()
        };
        if !marks.iter().any(|piece| says(&piece)) {
            return false;
        }
        let (first, last) = (marks.iter().find(counts), marks.iter().rfind(counts));
        let (Some(first), Some(last)) = (first, last) else { return false };
        let span = trim(text, first.span.join(last.span));
        let (kind, level) = match self.role {
            _ if self.pre > 0 => (BlockKind::Code, None),
            Some(role) => role,
            None if self.quotes > 0 => (BlockKind::Quotation, None),
            None => (BlockKind::Paragraph, None),
        };
        let pieces = mark_literals(text, tile(text, span, marks));
        let mut block = Block { kind, level, numbering: None, span, pieces, sentences: 0..0 };
        block.numbering = numbering::written(text, &block).map(Box::new);
        self.blocks.push(block);
        true
    }
}

fn role(name: &str) -> Option<(BlockKind, Option<u8>)> {
    Some(match name {
        "h1" => (BlockKind::Heading, Some(1)),
        "h2" => (BlockKind::Heading, Some(2)),
        "h3" => (BlockKind::Heading, Some(3)),
        "h4" => (BlockKind::Heading, Some(4)),
        "h5" => (BlockKind::Heading, Some(5)),
        "h6" => (BlockKind::Heading, Some(6)),
        "li" | "dt" | "dd" => (BlockKind::ListItem, Some(1)),
        "td" | "th" => (BlockKind::TableCell, None),
        "caption" | "figcaption" | "legend" => (BlockKind::Caption, None),
        _ => return None,
    })
}

/// Where the value of `href` or `src` stands in a tag.
fn address(tag: &str) -> Option<Span> {
    for (at, _) in tag.match_indices('=') {
        let before = tag[..at].trim_end();
        let name =
            before.rsplit(|c: char| c.is_whitespace() || c == '"' || c == '\'').next().unwrap_or(before);
        if !["href", "src"].iter().any(|known| known.eq_ignore_ascii_case(name)) {
            continue;
        }
        let gap = tag[at + 1..].len() - tag[at + 1..].trim_start().len();
        let start = at + 1 + gap;
        let value = &tag[start..];
        let (from, len) = match value.chars().next()? {
            quote @ ('"' | '\'') => (start + 1, value[1..].find(quote)?),
            _ => (start, value.find(|c: char| c.is_whitespace() || c == '>')?),
        };
        return (len > 0).then(|| Span::new(from, from + len));
    }
    None
}

/// Character references: `&amp;`, `&#8220;`, `&#x4e2d;`.
pub(super) fn references(text: &str) -> Vec<Span> {
    let reference = |(at, _): (usize, &str)| {
        let body = text.as_bytes()[at + 1..].iter().take(32);
        let len = body.take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
        (len > 0 && text.as_bytes().get(at + 1 + len) == Some(&b';')).then(|| Span::new(at, at + len + 2))
    };
    text.match_indices('&').filter_map(reference).collect()
}
