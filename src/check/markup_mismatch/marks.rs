//! What of linked blocks a program reads, and what makes it the same on both sides.

use super::{Context, Id, Side, id};
use crate::align::Link;
use crate::lexicon::is_han;
use crate::markup::addresses::page;
use crate::markup::inline::{self, inlines};
use crate::markup::placeholders::{self, Kind as Filled, Placeholder};
use crate::meaning::own;
use crate::read;
use crate::text::{BlockKind, Document, Format, PieceKind, Span};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Code,
    Placeholder,
    Tag,
    Footnote,
    Image,
    Link,
    Anchor,
}

impl Kind {
    pub(super) fn title(self) -> Id {
        match self {
            Kind::Code => id!("markup-code"),
            Kind::Placeholder => id!("markup-placeholder"),
            Kind::Tag => id!("markup-tag"),
            Kind::Footnote => id!("markup-footnote"),
            Kind::Image => id!("markup-image"),
            Kind::Link => id!("markup-link"),
            Kind::Anchor => id!("markup-anchor"),
        }
    }
}

/// Something that both versions must have.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    pub(super) kind: Kind,
    pub(super) span: Span,
    /// What makes it the same on both sides.
    pub(super) key: String,
    /// How a placeholder is filled in.
    pub(super) filled: Option<Filled>,
    /// Whether the other side has it, though not as often.
    pub(super) repeated: bool,
}

/// The marks of one side of linked blocks, but for those in sentences that have no counterpart at all.
pub(super) fn marks_of(context: &Context, side: Side, link: &Link) -> Vec<Mark> {
    let document = context.document(side);
    let mut found = Vec::new();
    for &block in own(link, side) {
        match document.blocks[block].kind {
            kind if kind.is_prose() => marks_in(context, document, block, &mut found),
            BlockKind::Metadata if !read::is_setting(document, &document.blocks[block]) => {
                let mut marks = Vec::new();
                marks_in(context, document, block, &mut marks);
                found.extend(marks.into_iter().filter(|mark| match mark.kind {
                    Kind::Link | Kind::Image => true,
                    Kind::Code => mark.key.bytes().all(|b| b.is_ascii_digit() || b".v^~".contains(&b)),
                    _ => false,
                }));
            }
            _ => {}
        }
    }
    let lone: Vec<Span> = own(link, side)
        .iter()
        .flat_map(|&block| document.blocks[block].sentences.clone())
        .filter(|&sentence| {
            context.bitext().alignment.sentences[context.sentence_link(side, sentence)].is_null()
        })
        .map(|sentence| document.sentences[sentence].span)
        .collect();
    found.retain(|mark| {
        let at = lone.partition_point(|sentence| sentence.end <= mark.span.start);
        !lone.get(at).is_some_and(|sentence| sentence.overlaps(mark.span))
    });
    found
}

/// Whether a document is one of messages of a program, which have marks that those of its format do not tell of.
fn is_messages(document: &Document) -> bool {
    !document.entries.is_empty() || document.format.is_paired()
}

pub(super) fn marks_in(context: &Context, document: &Document, block: usize, found: &mut Vec<Mark>) {
    let filled = match document.format {
        Format::Fluent => Vec::new(),
        _ => placeholders::of_block(document, block, context.placeholders()),
    };
    // whether each open bracket is that of an image
    let mut open: Vec<bool> = Vec::new();
    let mut before = "";
    // an address that goes on behind a line end of its string
    let mut address = String::new();
    let mut goes_on = false;
    for piece in &document.blocks[block].pieces {
        let text = document.slice(piece.span);
        let mut add = |kind: Kind, span: Span, key: String| {
            found.push(Mark { kind, span, key, filled: None, repeated: false });
        };
        match piece.kind {
            // of its expressions, only what is filled in is the same in every language
            PieceKind::Code if document.format == Format::Fluent => {
                for (at, variable) in variables(text) {
                    let span = Span::new(piece.span.start + at, piece.span.start + at + variable.len());
                    found.push(Mark {
                        kind: Kind::Placeholder,
                        span,
                        key: variable.to_owned(),
                        filled: Some(Filled::Part),
                        repeated: false,
                    });
                }
            }
            // what is filled in, and what else of it a program reads, is told below
            PieceKind::Code if is_filled(&filled, piece.span) => {}
            PieceKind::Code if is_syntax(text) => {}
            PieceKind::Code => add(Kind::Code, piece.span, code_key(text)),
            PieceKind::Target => {
                let image = match before.ends_with("](") || before.ends_with("](<") {
                    true => open.pop().unwrap_or(false),
                    false => before.starts_with("<img"),
                };
                if goes_on && !address.is_empty() {
                    address.push_str(text);
                    if let Some((key, mark)) = page(&address).zip(found.last_mut()) {
                        (mark.key, mark.span.end) = (key, piece.span.end);
                    }
                } else if let Some(key) = page(text) {
                    address = text.to_owned();
                    add(if image { Kind::Image } else { Kind::Link }, piece.span, key);
                }
            }
            PieceKind::Markup => {
                if text.starts_with("[^") || text.starts_with('[') && text.ends_with("]_") {
                    // with the colon where the note itself stands
                    add(Kind::Footnote, piece.span, text.trim_end().to_owned());
                } else if text.ends_with('[') {
                    open.push(text.ends_with("!["));
                } else if let Some(name) = anchor(text) {
                    add(Kind::Anchor, piece.span, name.to_owned());
                } else if let Some(name) = own_tag(text) {
                    add(Kind::Tag, piece.span, name.to_owned());
                }
            }
            PieceKind::Prose => {}
        }
        goes_on = piece.is_joint(&document.text);
        if !goes_on && piece.kind != PieceKind::Target {
            address.clear();
        }
        before = text;
    }
    found.extend(filled.into_iter().map(|one| Mark {
        kind: Kind::Placeholder,
        span: one.span,
        key: if one.key.contains('"') { code_key(&one.key) } else { one.key },
        filled: Some(one.kind),
        repeated: false,
    }));
    if is_messages(document) {
        let span = document.blocks[block].span;
        for one in inlines(document.slice(span)) {
            let (kind, key) = match one.kind {
                inline::Kind::Literal | inline::Kind::Role => (Kind::Code, Some(one.key)),
                inline::Kind::Target => (Kind::Link, page(&one.key)),
                inline::Kind::Substitution => (Kind::Placeholder, Some(one.key)),
            };
            let at = Span::new(span.start + one.span.start, span.start + one.span.end);
            let filled = (kind == Kind::Placeholder).then_some(Filled::Named);
            found.extend(key.map(|key| Mark { kind, span: at, key, filled, repeated: false }));
        }
    }
}

/// The variables and terms that an expression of Fluent puts into the text, with their places; what it selects a
/// variant by is none.
fn variables(code: &str) -> Vec<(usize, &str)> {
    if code.contains("->") || !code.starts_with('{') {
        return Vec::new();
    }
    let names = code.match_indices(['$', '-']).filter_map(|(at, _)| {
        let name = &code[at + 1..];
        let len = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_-".contains(b)).count();
        let fresh = !code[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '"');
        (len > 0 && fresh && name.starts_with(|c: char| c.is_ascii_alphabetic()))
            .then(|| (at, &code[at..at + 1 + len]))
    });
    names.collect()
}

/// Whether a place is part of a placeholder; these are in order and apart.
fn is_filled(filled: &[Placeholder], at: Span) -> bool {
    let next = filled.partition_point(|one| one.span.start < at.end);
    next > 0 && filled[next - 1].span.overlaps(at)
}

/// Whether a piece of code is what stands between the branches of a message.
fn is_syntax(code: &str) -> bool {
    code.starts_with('}') && (code.ends_with('{') || code.trim_matches(['}', ' ']).is_empty())
}

/// A comment of more words than this says something to people, which may be translated.
const PROSE: usize = 3;

/// A piece of code as it is compared: without blanks and quotation marks that make no difference, and without the
/// prose of comments.
fn code_key(text: &str) -> String {
    if ["$", "\\(", "\\[", "\\begin"].iter().any(|lead| text.starts_with(lead)) {
        return formula(text);
    }
    let plain = text.replace('`', "");
    let trimmed = plain.trim().trim_matches(['"', '\'']);
    if let Some(comment) = trimmed.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"))
        && (comment.contains(is_han) || comment.split_whitespace().count() > PROSE)
    {
        return "<!---->".to_owned();
    }
    trimmed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A formula without blanks and without the words in it (`\text{if}`), which may be translated.
fn formula(text: &str) -> String {
    let mut parts = text.split("\\text");
    let mut key = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        key.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    key.retain(|c| !c.is_whitespace());
    key
}

/// The name that a heading is given for links to it, as in `{#install}` and `\label{install}`, unless it is in Chinese.
fn anchor(text: &str) -> Option<&str> {
    let inner = text.trim();
    let inner = inner.strip_prefix("{#").or_else(|| inner.strip_prefix("\\label{"))?.strip_suffix('}')?;
    let name = inner.split(char::is_whitespace).next()?;
    (!name.is_empty() && !name.contains(is_han)).then_some(name)
}

/// The whole of a tag that is none of HTML, as in `<version>`: it stands for something.
fn own_tag(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    let plain = inner.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-');
    let known = HTML.contains(&inner);
    (plain && inner.len() > 1 && !known && inner.starts_with(|c: char| c.is_ascii_lowercase()))
        .then_some(text)
}

/// Elements of HTML that stand without attributes in Markdown.
const HTML: [&str; 60] = [
    "abbr",
    "article",
    "aside",
    "audio",
    "bdi",
    "bdo",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "img",
    "ins",
    "kbd",
    "label",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "picture",
    "pre",
    "ruby",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];
