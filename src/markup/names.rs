//! What a program reads as names: those of directives and admonitions, of shortcodes, of components and their
//! properties, and the keys of front matter. Whoever translates one breaks the page.

use crate::read;
use crate::text::{BlockKind, Document, Format, PieceKind, Span};

/// What is called by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) kind: Kind,
    /// Where its name stands; empty, at its start, for front matter.
    pub(crate) name: Span,
    /// What it is called with by name: options, properties, keys.
    pub(crate) parts: Vec<Part>,
}

/// A name with the value that it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) name: Span,
    /// Without quotation marks; none where the value is an expression, or there is none.
    pub(crate) value: Option<Span>,
}

/// What sort of thing is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// `:::note`, `.. note::`, `[NOTE]`, `!!! note`, `include::`.
    Directive,
    /// `:ref:` before words in backticks.
    Role,
    /// `{{< note >}}`, `{% note %}`.
    Shortcode,
    /// `<Card title="…">`.
    Component,
    /// `import Card from '…'`: its name is the whole line.
    Import,
    /// The settings at the top.
    FrontMatter,
}

/// The calls of a document in order, but for those in code and comments.
pub(crate) fn calls(document: &Document) -> Vec<Call> {
    let mut calls = match document.format {
        Format::Markdown | Format::Notebook => markdown(document),
        Format::Rst => rst(document),
        Format::AsciiDoc => asciidoc(document),
        _ => return Vec::new(),
    };
    calls.sort_by_key(|call| call.name);
    calls
}

/// Whether a place is one in which a program looks for names: no code, no comment, no words.
fn is_open(document: &Document, at: usize) -> bool {
    let block = document.blocks.partition_point(|block| block.span.end <= at);
    let Some(block) = document.blocks.get(block).filter(|block| block.span.start <= at) else { return true };
    let piece = block.pieces.partition_point(|piece| piece.span.end <= at);
    let code = block.pieces.get(piece).is_some_and(|piece| piece.kind == PieceKind::Code);
    block.kind != BlockKind::Comment && !code
}

/// The lines of a text without the white space around them.
fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        Span::new(start.min(at), start + line.trim().len())
    })
}

/// How long the name is with which a text begins: letters of any script, digits, and what joins them.
fn name(text: &str) -> usize {
    if !text.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
        return 0;
    }
    let ends = |c: char| !(c.is_alphanumeric() || "-_.+:".contains(c));
    text[..text.find(ends).unwrap_or(text.len())].trim_end_matches([':', '.', '-']).len()
}

fn markdown(document: &Document) -> Vec<Call> {
    let text = &document.text;
    let front = read::front_matter(text);
    let mut calls: Vec<Call> = front.map(|front| front_matter(text, front)).into_iter().collect();
    let from = front.map_or(0, |front| front.end);
    for line in lines(text).filter(|line| line.start >= from) {
        let quoted = text[line.range()].trim_start_matches(['>', ' ', '\t']);
        let start = line.end - quoted.len();
        if quoted.is_empty() || !is_open(document, start) {
            continue;
        }
        if let Some((at, len)) = directive(quoted) {
            let name = Span::new(start + at, start + at + len);
            calls.push(Call { kind: Kind::Directive, name, parts: Vec::new() });
        }
        if quoted.starts_with("import ") && is_import(document, start) {
            let import = Span::new(start, line.end);
            calls.push(Call { kind: Kind::Import, name: import, parts: Vec::new() });
        }
    }
    for (at, mark) in text[from..].match_indices(['<', '{']).map(|(at, mark)| (from + at, mark)) {
        let rest = &text[at..];
        if mark == "<" && rest[1..].starts_with(|c: char| c.is_ascii_uppercase()) && is_open(document, at) {
            calls.extend(component(rest, at));
        }
        let opened = ["{{<", "{{%", "{%"].into_iter().find(|open| rest.starts_with(open));
        if let Some(open) = opened.filter(|_| is_open(document, at)) {
            calls.extend(shortcode(rest, at, open));
        }
    }
    calls
}

/// Where the name of a directive stands in its line, and how long it is: `:::note`, ` ```{note} `, `!!! note`,
/// `[!NOTE]`.
fn directive(line: &str) -> Option<(usize, usize)> {
    let fence = ["```", "~~~", ":::"].into_iter().find(|fence| line.starts_with(fence));
    let at = if let Some(fence) = fence {
        let rest = line.trim_start_matches(|c| fence.starts_with(c)).trim_start();
        // the language of a block of code is none
        let braced = rest.starts_with('{');
        if !braced && fence != ":::" {
            return None;
        }
        line.len() - rest.len() + usize::from(braced)
    } else {
        ["!!! ", "??? ", "???+ ", "[!"].into_iter().find(|lead| line.starts_with(lead))?.len()
    };
    let len = name(&line[at..]);
    (len > 0).then_some((at, len))
}

/// Whether a line that begins with `import` is one of the program: what a reader sees begins no such block.
fn is_import(document: &Document, at: usize) -> bool {
    let block = document.blocks.partition_point(|block| block.span.end <= at);
    document
        .blocks
        .get(block)
        .is_some_and(|block| block.kind == BlockKind::Metadata && block.span.start <= at)
}

/// The component whose tag a text begins with, `at` bytes into the document.
fn component(rest: &str, at: usize) -> Option<Call> {
    let tag = &rest[..read::tag(rest).ok()?];
    let name = 1 + tag[1..].find(|c: char| !(c.is_alphanumeric() || "._".contains(c)))?;
    let parts = read::properties(tag).into_iter().map(|(name, value)| Part {
        name: Span::new(at + name.start, at + name.end),
        value: value.map(|value| Span::new(at + value.start, at + value.end)),
    });
    Some(Call { kind: Kind::Component, name: Span::new(at + 1, at + name), parts: parts.collect() })
}

/// The longest shortcode that is looked for, in bytes.
const LONGEST: usize = 2000;

/// The shortcode that a text begins with, unless it closes one.
fn shortcode(rest: &str, at: usize, open: &str) -> Option<Call> {
    let close = match open {
        "{{<" => ">}}",
        "{{%" => "%}}",
        _ => "%}",
    };
    let rest = &rest[..rest.floor_char_boundary(LONGEST)];
    let inner = &rest[..rest.find(close)?];
    let start =
        inner[open.len()..].find(|c: char| !c.is_whitespace() && c != '-').map(|gap| open.len() + gap)?;
    let len = inner[start..]
        .find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c)))
        .unwrap_or(inner.len() - start);
    let named = len > 0 && !inner[start..].starts_with("end");
    let parts = read::properties(inner).into_iter().filter(|(name, _)| name.start >= start + len).map(
        |(name, value)| Part {
            name: Span::new(at + name.start, at + name.end),
            value: value.map(|value| Span::new(at + value.start, at + value.end)),
        },
    );
    let name = Span::new(at + start, at + start + len);
    named.then(|| Call {
        kind: Kind::Shortcode,
        name,
        parts: parts.filter(|part| part.value.is_some()).collect(),
    })
}

/// The keys at the margin of front matter, with their values where these stand on the same line.
fn front_matter(text: &str, front: Span) -> Call {
    let mut parts = Vec::new();
    let mut at = front.start;
    for line in text[front.range()].split_inclusive('\n') {
        let own = Span::new(at, at + line.trim_end().len());
        at += line.len();
        let Some(len) = line.find([':', '=']).filter(|_| !line.starts_with([' ', '\t', '-', '#', '[']))
        else {
            continue;
        };
        let name = Span::new(own.start, own.start + line[..len].trim_end().len());
        let value =
            text[own.start + len + 1..own.end.max(own.start + len + 1)].trim_matches([' ', '\t', '"', '\'']);
        let from = own.start + len + 1 + text[own.start + len + 1..].find(value).unwrap_or(0);
        let value = (!value.is_empty()).then(|| Span::new(from, from + value.len()));
        parts.push(Part { name, value });
    }
    Call { kind: Kind::FrontMatter, name: Span::new(front.start, front.start), parts }
}

fn rst(document: &Document) -> Vec<Call> {
    let text = &document.text;
    let mut calls: Vec<Call> = Vec::new();
    // how far the last directive is indented, while its options follow
    let mut open: Option<usize> = None;
    let mut start = 0;
    for (raw, line) in text.split_inclusive('\n').zip(lines(text)) {
        let indent = line.start - start;
        start += raw.len();
        let slice = &text[line.range()];
        let directive = slice.strip_prefix(".. ").and_then(|rest| {
            let rest = rest.trim_start();
            let rest =
                rest.strip_prefix('|').and_then(|rest| rest.split_once("| ")).map_or(rest, |(_, rest)| rest);
            let len = rest.find("::").filter(|&len| len > 0 && name(&rest[..len]) == len)?;
            Some((line.end - rest.len(), len))
        });
        if let Some((at, len)) = directive.filter(|_| !is_literal(document, line.start)) {
            let name = Span::new(at, at + len);
            calls.push(Call { kind: Kind::Directive, name, parts: Vec::new() });
            open = Some(indent);
            continue;
        }
        let option = open.filter(|&outer| indent > outer).and_then(|_| {
            let rest = slice.strip_prefix(':')?;
            let len = rest.find(':').filter(|&len| len > 0 && !rest[..len].contains(['`', ' ']))?;
            Some((line.start + 1, len))
        });
        match (option, calls.last_mut()) {
            (Some((at, len)), Some(call)) => {
                let value = text[at + len + 1..line.end].trim_start();
                let value = (!value.is_empty()).then(|| Span::new(line.end - value.len(), line.end));
                call.parts.push(Part { name: Span::new(at, at + len), value });
            }
            _ => open = None,
        }
    }
    for block in document.blocks.iter().filter(|block| block.kind.is_prose()) {
        for piece in block.pieces.iter().filter(|piece| piece.kind == PieceKind::Markup) {
            let mark = document.slice(piece.span);
            if let Some(role) = mark.strip_prefix(':').and_then(|rest| rest.strip_suffix(":`"))
                && !role.is_empty()
            {
                let name = Span::new(piece.span.start + 1, piece.span.start + 1 + role.len());
                calls.push(Call { kind: Kind::Role, name, parts: Vec::new() });
            }
        }
    }
    calls
}

/// Whether a place is inside of a literal block.
fn is_literal(document: &Document, at: usize) -> bool {
    let block = document.blocks.partition_point(|block| block.span.end <= at);
    document.blocks.get(block).is_some_and(|block| block.kind == BlockKind::Code && block.span.start <= at)
}

fn asciidoc(document: &Document) -> Vec<Call> {
    let mut calls = Vec::new();
    let mut add = |start: usize, len: usize, parts: Vec<Part>| {
        let name = Span::new(start, start + len);
        calls.push(Call { kind: Kind::Directive, name, parts });
    };
    for block in &document.blocks {
        let (slice, start) = (document.slice(block.span), block.span.start);
        match block.kind {
            BlockKind::Metadata => {
                if let Some(inner) = slice.strip_prefix('[') {
                    let len = name(inner);
                    if len > 0 && inner[len..].starts_with([']', ',', '%', '#', '.']) {
                        add(start + 1, len, Vec::new());
                    }
                } else if let Some(len) =
                    slice.find("::").filter(|&len| len > 0 && name(&slice[..len]) == len)
                {
                    add(start, len, Vec::new());
                }
            }
            kind if kind.is_prose() => {
                let label = block.pieces.iter().find(|piece| piece.kind == PieceKind::Markup);
                let label = label.map(|piece| (piece.span.start, document.slice(piece.span)));
                if let Some((at, label)) = label.and_then(|(at, label)| Some((at, label.strip_suffix(": ")?)))
                {
                    add(at, label.len(), Vec::new());
                }
            }
            _ => {}
        }
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The calls of a text: names with their parts.
    fn sketch(format: Format, text: &str) -> Vec<String> {
        let document = read::bytes("a", text.as_bytes(), format, None).expect("a text");
        let show = |span: Span| document.slice(span).to_owned();
        let part = |part: &Part| format!(" {}={}", show(part.name), part.value.map_or("{}".to_owned(), show));
        let calls = calls(&document);
        calls.iter().map(|call| show(call.name) + &call.parts.iter().map(part).collect::<String>()).collect()
    }

    #[test]
    fn names_are_found_where_programs_look_for_them() {
        for (format, text, want) in [
            (Format::Markdown, ":::note Title\n\nWords.\n\n:::\n", "note"),
            (Format::Markdown, "::: 警告\n\nWords.\n\n:::\n", "警告"),
            (Format::Markdown, "```{tip}\nWords.\n```\n\n```rust\nlet a;\n```\n", "tip"),
            (Format::Markdown, ":::{note}\nWords.\n:::\n", "note"),
            (Format::Markdown, "!!! warning \"Title\"\n    Words.\n", "warning"),
            (Format::Markdown, "> [!NOTE]\n> Words.\n", "NOTE"),
            (Format::Markdown, "```md\n:::note\n<Card a=\"b\">\n```\n\nand `<Card>`\n", ""),
            (
                Format::Markdown,
                "<Card title=\"Next\" to={a} open>\n\nWords.\n\n</Card>\n",
                "Card title=Next to={} open={}",
            ),
            (
                Format::Markdown,
                "{{< figure src=\"a.png\" caption=\"b c\" >}}\n",
                "figure src=a.png caption=b c",
            ),
            (Format::Markdown, "{% note %}\n\nWords.\n\n{% endnote %}\n", "note"),
            (
                Format::Markdown,
                "---\ntitle: A b\ntags:\n  - c: d\nslug: \"e\"\n---\n\nWords.\n",
                " title=A b tags={} slug=e",
            ),
            (Format::Markdown, "import A from './a';\n\nimport is a word.\n", "import A from './a';"),
            (
                Format::Rst,
                ".. note::\n\n   Words.\n\n.. image:: a.png\n   :alt: Words\n   :width: 3\n",
                "note/image alt=Words width=3",
            ),
            (Format::Rst, ".. 注意::\n\n   Words and :doc:`a` and :py:func:`b`.\n", "注意/doc/py:func"),
            (Format::Rst, "::\n\n    .. note::\n\n.. a comment\n.. _target: b\n", ""),
            (
                Format::AsciiDoc,
                "[NOTE]\nWords.\n\n[source,java]\n----\na\n----\n\ninclude::a.adoc[]\n",
                "NOTE/source/include",
            ),
            (Format::AsciiDoc, "NOTE: Words.\n\n[[a]]\n[#b]\n[.c]\n* item\n", "NOTE"),
        ] {
            assert_eq!(sketch(format, text).join("/"), want, "{text}");
        }
    }
}
