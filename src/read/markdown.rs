//! Markdown and MDX to blocks and their pieces.

pub(super) mod html;
mod view;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::line_spans;
use super::numbering;
use super::pieces::{cut, mark_literals, overlay, tile, trim};
use crate::text::script::is_han;
use crate::text::tags;
use crate::text::{Block, BlockKind, Numbering, NumberingStyle, Piece, PieceKind, Span};

/// The blocks of a Markdown text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = inside(text, Span::new(0, text.len()), 0);
    for block in &mut blocks {
        if block.kind == BlockKind::Paragraph && (is_switch(text, block) || are_badges(text, block)) {
            block.kind = BlockKind::Metadata;
        }
    }
    blocks
}

/// Whether a block only leads to the same page in other languages: `English | [中文](README.zh-CN.md)`.
fn is_switch(text: &str, block: &Block) -> bool {
    let leads = block.pieces.iter().any(|piece| piece.kind == PieceKind::Target);
    if !leads || block.pieces.iter().any(|piece| piece.kind == PieceKind::Code) {
        return false;
    }
    let prose = block.pieces.iter().filter(|piece| piece.kind == PieceKind::Prose);
    let parts = prose.flat_map(|piece| text[piece.span.range()].split(|c: char| "|｜/·•,、，\n".contains(c)));
    let names = parts.map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()));
    let mut names = names.filter(|name| !name.is_empty()).peekable();
    let language = |name: &str| {
        let rest = VERSIONS.iter().find_map(|version| name.strip_suffix(version)).unwrap_or(name);
        tags::is_endonym(rest.trim())
    };
    names.peek().is_some() && names.all(language)
}

/// What such a line may call the page behind the name of its language: 中文说明, "English docs".
const VERSIONS: [&str; 10] =
    ["说明", "文档", "版本", "版", "介绍", "docs", "Docs", "README", "version", "Version"];

/// Whether all words of a block stand for badges: images that lead somewhere, or whose address says so.
fn are_badges(text: &str, block: &Block) -> bool {
    let pieces = &block.pieces;
    let markup = |at: Option<usize>, mark: &str| {
        let piece = at.and_then(|at| pieces.get(at)).filter(|piece| piece.kind == PieceKind::Markup);
        piece.is_some_and(|piece| text[piece.span.range()].ends_with(mark))
    };
    let said = |at: usize| {
        let piece = pieces[at];
        piece.kind == PieceKind::Code
            || piece.kind == PieceKind::Prose && !text[piece.span.range()].trim().is_empty()
    };
    let badge = |at: usize| {
        let target = pieces.get(at + 2).filter(|piece| piece.kind == PieceKind::Target);
        let named = target.is_some_and(|piece| {
            ["badge", "shields.io"].iter().any(|word| text[piece.span.range()].contains(word))
        });
        markup(at.checked_sub(1), "![") && (markup(at.checked_sub(2), "[") || named)
    };
    let mut said = (0..pieces.len()).filter(|&at| said(at)).peekable();
    said.peek().is_some() && said.all(badge)
}

/// The blocks of a part of a text that stood between HTML tags `depth` times over.
fn inside(text: &str, part: Span, depth: u8) -> Vec<Block> {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    if depth == 0 {
        options |=
            Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    }
    let mut collector = Collector { text, html_depth: depth, ..Collector::default() };
    let view = view::view(&text[part.range()]);
    let parser = Parser::new_ext(&view.text, options);
    let definitions: Vec<Range<usize>> =
        parser.reference_definitions().iter().map(|(_, definition)| definition.span.clone()).collect();
    for (event, range) in parser.into_offset_iter() {
        collector.take(event, Span::new(part.start + range.start, part.start + range.end));
    }
    collector.flush(part.end);
    let mut blocks = collector.blocks;
    for title in view.titles {
        let span = Span::new(part.start + title.start, part.start + title.end);
        let pieces = mark_literals(text, vec![Piece { kind: PieceKind::Prose, span }]);
        let kind = BlockKind::Paragraph;
        blocks.push(Block { kind, level: None, numbering: None, span, pieces, sentences: 0..0 });
    }
    for definition in definitions {
        let span = trim(text, Span::new(part.start + definition.start, part.start + definition.end));
        blocks.extend(reference_definition(text, span));
    }
    in_order(blocks)
}

/// Blocks in the order of the text. Of two that overlap the first stays whole and the other goes.
fn in_order(mut blocks: Vec<Block>) -> Vec<Block> {
    blocks.sort_by_key(|block| (block.span.start, block.span.end));
    let mut end = 0;
    blocks.retain(|block| {
        let fits = block.span.start >= end && !block.span.is_empty();
        if fits {
            end = block.span.end;
        }
        fits
    });
    blocks
}

fn reference_definition(text: &str, span: Span) -> Option<Block> {
    let slice = &text[span.range()];
    let label = slice.find("]:")? + 2;
    let gap = slice[label..].len() - slice[label..].trim_start().len();
    let start = label + gap;
    let len = slice[start..].find(char::is_whitespace).unwrap_or(slice.len() - start);
    let target =
        Piece { kind: PieceKind::Target, span: Span::new(span.start + start, span.start + start + len) };
    let pieces = tile(text, span, [target]);
    Some(Block { kind: BlockKind::Metadata, level: None, numbering: None, span, pieces, sentences: 0..0 })
}

/// A block that is being gathered.
struct Leaf {
    kind: BlockKind,
    level: Option<u8>,
    numbering: Option<Numbering>,
    start: usize,
    marks: Vec<Piece>,
    /// The end of what was seen of it.
    end: usize,
}

/// Reads the events of the parser into blocks.
#[derive(Default)]
struct Collector<'t> {
    text: &'t str,
    html_depth: u8,
    blocks: Vec<Block>,
    leaf: Option<Leaf>,
    /// Next number of each open list; `None` for bullets.
    lists: Vec<Option<u64>>,
    quotes: usize,
    /// Where the outermost mark stands that waits for its first block, and the innermost number.
    waiting: Option<(usize, Option<Numbering>)>,
    /// How far each open item has come: whether it has had its first block.
    items: Vec<bool>,
    /// Spans and kinds of open links, and how much of each was read.
    links: Vec<(Span, LinkType, usize)>,
    /// The open inline element whose content is verbatim, and where that starts.
    verbatim: Option<(&'static str, usize)>,
    code: Option<(Span, Vec<Span>)>,
    html: Option<Span>,
    metadata: bool,
    /// How many cells the row of a table has had.
    cells: u8,
}

impl Collector<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(content) => self.words(&content, span),
            Event::Code(_) => self.code_span(span),
            Event::SoftBreak => self.mark(PieceKind::Prose, span),
            Event::HardBreak => self.mark(PieceKind::Markup, span),
            Event::InlineHtml(_) => self.inline_html(span),
            Event::Html(_) | Event::Rule => {
                if self.html.is_none() {
                    self.flush(span.start);
                }
            }
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => self.mark(PieceKind::Markup, span),
            Event::InlineMath(_) | Event::DisplayMath(_) => self.mark(PieceKind::Code, span),
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => {
                let in_item = !self.items.is_empty();
                let first = in_item && self.items.last() == Some(&false);
                let (kind, level) = match (in_item, first) {
                    (true, true) => (BlockKind::ListItem, self.depth()),
                    (true, false) => (BlockKind::Paragraph, self.depth()),
                    _ if self.quotes > 0 => (BlockKind::Quotation, None),
                    _ => (BlockKind::Paragraph, None),
                };
                self.open(kind, level, span.start);
            }
            Tag::Heading { level, .. } => self.open(BlockKind::Heading, Some(level as u8), span.start),
            Tag::BlockQuote(_) => {
                self.flush(span.start);
                self.quotes += 1;
                self.wait(span.start, None);
            }
            Tag::CodeBlock(kind) => {
                self.flush(span.start);
                self.waiting = None;
                self.had_block();
                let fenced = matches!(kind, CodeBlockKind::Fenced(_));
                self.code = Some((span, if fenced { Vec::new() } else { vec![span] }));
            }
            Tag::HtmlBlock => {
                self.flush(span.start);
                self.html = Some(span);
            }
            Tag::List(first) => {
                self.flush(span.start);
                self.lists.push(first);
            }
            Tag::Item => {
                self.flush(span.start);
                self.items.push(false);
                let numbering = self.item_number(span);
                self.wait(span.start, numbering);
            }
            Tag::FootnoteDefinition(_) => {
                self.flush(span.start);
                self.wait(span.start, None);
            }
            Tag::Table(_) | Tag::TableHead | Tag::TableRow => {
                self.flush(span.start);
                self.cells = 0;
            }
            Tag::TableCell => {
                self.flush(span.start);
                self.cells = self.cells.saturating_add(1);
                self.open(BlockKind::TableCell, Some(self.cells), span.start);
            }
            Tag::MetadataBlock(_) => {
                self.flush(span.start);
                self.metadata = true;
                let front = front_matter(self.text, trim(self.text, span));
                self.blocks.extend(front);
            }
            Tag::Emphasis => self.delimiter(span, 1),
            Tag::Strong => self.delimiter(span, 2),
            Tag::Strikethrough => {
                let double = self.text[span.range()].starts_with("~~");
                self.delimiter(span, if double { 2 } else { 1 });
            }
            Tag::Superscript | Tag::Subscript => self.delimiter(span, 1),
            Tag::Link { link_type, .. } => {
                self.mark(PieceKind::Markup, Span::new(span.start, (span.start + 1).min(span.end)));
                self.links.push((span, link_type, span.start + 1));
            }
            Tag::Image { link_type, .. } => {
                self.mark(PieceKind::Markup, Span::new(span.start, (span.start + 2).min(span.end)));
                self.links.push((span, link_type, span.start + 2));
            }
            Tag::DefinitionList | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
                self.flush(span.start);
            }
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell => self.flush(span.end),
            TagEnd::BlockQuote(_) => {
                self.flush(span.end);
                self.quotes = self.quotes.saturating_sub(1);
                self.waiting = None;
            }
            TagEnd::CodeBlock => {
                if let Some((span, contents)) = self.code.take() {
                    self.push_code(span, contents);
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(span) = self.html.take() {
                    self.push_html(span);
                }
            }
            TagEnd::List(_) => {
                self.flush(span.end);
                self.lists.pop();
            }
            TagEnd::Item => {
                self.flush(span.end);
                self.items.pop();
                self.waiting = None;
            }
            TagEnd::FootnoteDefinition => {
                self.flush(span.end);
                self.waiting = None;
            }
            TagEnd::MetadataBlock(_) => self.metadata = false,
            TagEnd::Emphasis => self.close_delimiter(span, 1),
            TagEnd::Strong => self.close_delimiter(span, 2),
            TagEnd::Strikethrough => {
                let double = self.text[span.range()].starts_with("~~");
                self.close_delimiter(span, if double { 2 } else { 1 });
            }
            TagEnd::Superscript | TagEnd::Subscript => self.close_delimiter(span, 1),
            TagEnd::Link | TagEnd::Image => self.close_link(),
            TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow => self.flush(span.end),
            TagEnd::DefinitionList | TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition => {
                self.flush(span.end);
            }
        }
    }

    fn depth(&self) -> Option<u8> {
        Some(u8::try_from(self.lists.len()).unwrap_or(u8::MAX))
    }

    fn wait(&mut self, start: usize, numbering: Option<Numbering>) {
        let start = self.waiting.map_or(start, |(first, _)| first);
        self.waiting = Some((start, numbering));
    }

    fn had_block(&mut self) {
        if let Some(last) = self.items.last_mut() {
            *last = true;
        }
    }

    fn open(&mut self, kind: BlockKind, level: Option<u8>, start: usize) {
        self.flush(start);
        let (start, numbering) = self.waiting.take().unwrap_or((start, None));
        self.had_block();
        self.leaf = Some(Leaf { kind, level, numbering, start, marks: Vec::new(), end: start });
    }

    /// The number or bullet at the front of an item, whose list gives it its value.
    fn item_number(&mut self, span: Span) -> Option<Numbering> {
        // Indentation may come first.
        let span = trim(self.text, span);
        let slice = &self.text[span.range()];
        match self.lists.last_mut()? {
            None => {
                let len = slice.chars().next().filter(|c| "-*+".contains(*c))?.len_utf8();
                let span = Span::new(span.start, span.start + len);
                Some(Numbering { style: NumberingStyle::Bullet, value: 0, span })
            }
            Some(next) => {
                let value = u32::try_from(*next).unwrap_or(u32::MAX);
                *next = next.saturating_add(1);
                let len = slice.find(['.', ')'])? + 1;
                let span = Span::new(span.start, span.start + len);
                Some(Numbering { style: NumberingStyle::Arabic, value, span })
            }
        }
    }

    /// Adds a piece to the open block; where none is open, the text of a tight item opens one.
    fn mark(&mut self, kind: PieceKind, span: Span) {
        if self.leaf.is_none() {
            if self.items.is_empty() || self.metadata || self.code.is_some() || self.html.is_some() {
                return;
            }
            let first = self.items.last() == Some(&false);
            let kind = if first { BlockKind::ListItem } else { BlockKind::Paragraph };
            self.open(kind, self.depth(), span.start);
        }
        if let Some(leaf) = &mut self.leaf {
            leaf.marks.push(Piece { kind, span });
            leaf.end = leaf.end.max(span.end);
        }
        for (_, _, seen) in &mut self.links {
            *seen = (*seen).max(span.end);
        }
    }

    fn words(&mut self, content: &str, span: Span) {
        if let Some((_, contents)) = &mut self.code {
            contents.push(span);
            return;
        }
        let source = &self.text[span.range()];
        let entity = source.starts_with('&') && source.ends_with(';') && source != content;
        let address = matches!(self.links.last(), Some((_, LinkType::Autolink | LinkType::Email, _)));
        let kind = match () {
            _ if self.verbatim.is_some() => PieceKind::Code,
            _ if entity => PieceKind::Markup,
            _ if address => PieceKind::Target,
            _ => PieceKind::Prose,
        };
        self.mark(kind, span);
    }

    fn code_span(&mut self, span: Span) {
        let source = &self.text[span.range()];
        let ticks = source.bytes().take_while(|&b| b == b'`').count();
        let inner =
            Span::new((span.start + ticks).min(span.end), span.end.saturating_sub(ticks).max(span.start));
        self.mark(PieceKind::Markup, Span::new(span.start, inner.start));
        self.mark(PieceKind::Code, inner);
        self.mark(PieceKind::Markup, Span::new(inner.end, span.end));
    }

    fn inline_html(&mut self, span: Span) {
        let source = &self.text[span.range()];
        if let Some((name, _)) = self.verbatim {
            if html::closes(source, name) {
                self.verbatim = None;
            }
        } else if let Some(name) = html::opens_verbatim(source) {
            self.verbatim = Some((name, span.end));
        }
        for piece in html::tag_pieces(self.text, span) {
            self.mark(piece.kind, piece.span);
        }
    }

    fn delimiter(&mut self, span: Span, len: usize) {
        self.delimiter_at(Span::new(span.start, (span.start + len).min(span.end)));
    }

    fn close_delimiter(&mut self, span: Span, len: usize) {
        self.delimiter_at(Span::new(span.end.saturating_sub(len).max(span.start), span.end));
    }

    /// Lays a mark of emphasis, if one stands there: the parser's word for where emphasis ends is not always good.
    fn delimiter_at(&mut self, span: Span) {
        let stands = self.text.as_bytes()[span.range()].iter().all(|b| b"*_~^".contains(b));
        if stands {
            self.mark(PieceKind::Markup, span);
        }
    }

    /// Lays the end of a link, `](target "title")`, `][label]` or `]`.
    fn close_link(&mut self) {
        let Some((span, link_type, seen)) = self.links.pop() else { return };
        let tail = Span::new(seen.min(span.end), span.end);
        let target = match link_type {
            LinkType::Inline => target_of(self.text, tail),
            _ => None,
        };
        match target {
            Some(target) => {
                self.mark(PieceKind::Markup, Span::new(tail.start, target.start));
                self.mark(PieceKind::Target, target);
                self.mark(PieceKind::Markup, Span::new(target.end, tail.end));
            }
            None => self.mark(PieceKind::Markup, tail),
        }
    }

    fn push_code(&mut self, span: Span, contents: Vec<Span>) {
        let span = trim(self.text, span);
        let marks = contents.into_iter().map(|span| Piece { kind: PieceKind::Code, span });
        let pieces = tile(self.text, span, marks);
        let block =
            Block { kind: BlockKind::Code, level: None, numbering: None, span, pieces, sentences: 0..0 };
        self.blocks.push(block);
    }

    fn push_html(&mut self, span: Span) {
        let span = trim(self.text, span);
        if self.html_depth > 0 {
            self.blocks.push(html::flat(self.text, span, self.html_depth));
            return;
        }
        let (start, numbering) = self.waiting.take().unwrap_or((span.start, None));
        let first = self.items.last() == Some(&false);
        self.had_block();
        let mut blocks = html::blocks(self.text, span);
        if first
            && numbering.is_some()
            && let Some(block) = blocks.first_mut().filter(|b| b.kind == BlockKind::Paragraph)
        {
            let prefix = Piece { kind: PieceKind::Markup, span: Span::new(start, block.span.start) };
            block.pieces.insert(0, prefix);
            block.kind = BlockKind::ListItem;
            block.level = self.depth();
            block.numbering = numbering;
            block.span.start = start;
        }
        self.blocks.extend(blocks);
    }

    /// Closes the open block; it ends no later than `limit`.
    fn flush(&mut self, limit: usize) {
        self.links.clear();
        self.verbatim = None;
        let Some(leaf) = self.leaf.take() else { return };
        let end = match leaf.kind {
            BlockKind::Heading => limit.max(leaf.end),
            _ => leaf.end,
        };
        let span = trim(self.text, Span::new(leaf.start, end));
        if span.is_empty() {
            return;
        }
        let mut marks = leaf.marks;
        marks.sort_by_key(|piece| (piece.span.start, piece.span.end));
        let pieces = tile(self.text, span, marks);
        let block = Block {
            kind: leaf.kind,
            level: leaf.level,
            numbering: leaf.numbering,
            span,
            pieces,
            sentences: 0..0,
        };
        finish(self.text, block, &mut self.blocks);
    }
}

/// The target in the end of an inline link.
fn target_of(text: &str, tail: Span) -> Option<Span> {
    let slice = &text[tail.range()];
    let open = slice.find('(')? + 1;
    let start = open + (slice[open..].len() - slice[open..].trim_start().len());
    let rest = slice[start..].strip_suffix(')')?;
    if let Some(inner) = rest.strip_prefix('<') {
        let len = inner.find('>')?;
        return (len > 0).then(|| Span::new(tail.start + start + 1, tail.start + start + 1 + len));
    }
    let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
    (len > 0).then(|| Span::new(tail.start + start, tail.start + start + len))
}

/// Settles what the parser does not know: directives, imports, attributes, addresses, numbers.
fn finish(text: &str, mut block: Block, out: &mut Vec<Block>) {
    let slice = &text[block.span.range()];
    if slice.starts_with("{/*") && slice.ends_with("*/}") {
        out.push(html::comment(block.span));
        return;
    }
    if block.kind != BlockKind::TableCell
        && block.kind != BlockKind::Heading
        && is_module_code(text, block.span)
    {
        block.kind = BlockKind::Metadata;
        out.push(block);
        return;
    }
    let attributes = attributes(text, &block);
    let pieces = overlay(&block.pieces, PieceKind::Markup, &attributes);
    let pieces = overlay(&pieces, PieceKind::Markup, &loose_emphasis(text, &pieces));
    let pieces = overlay(&pieces, PieceKind::Markup, callout(text, &block).as_slice());
    let pieces = overlay(&pieces, PieceKind::Code, &formulas(text, block.span, &pieces));
    block.pieces = mark_literals(text, pieces);
    for mut part in lines_apart(text, block) {
        if part.kind != BlockKind::Metadata && part.pieces.iter().all(|p| numbering::is_mere_form(text, *p)) {
            part.kind = BlockKind::Metadata;
        }
        if part.numbering.is_none() {
            part.numbering = numbering::written(text, &part);
        }
        out.push(part);
    }
}

/// `import … from '…'`, `export const …`: the code of an MDX file.
fn is_module_code(text: &str, span: Span) -> bool {
    let slice = &text[span.range()];
    let first = slice.lines().next().unwrap_or_default().trim_end();
    let quoted = first.trim_end_matches(';').ends_with(['\'', '"']);
    let import = first.starts_with("import ")
        && quoted
        && (first.contains(" from ") || first.len() > 8 && first[7..].starts_with(['\'', '"']))
        || first.starts_with("import {") && first.ends_with(['{', ',']);
    let export =
        ["export const ", "export default ", "export function ", "export let ", "export {", "export * from"];
    import || export.iter().any(|lead| first.starts_with(lead)) && first.contains(['=', '{', '(', ';', '*'])
}

/// `{#anchor}` and `{: .class}` in prose, and JSX tags that the parser took for text.
fn attributes(text: &str, block: &Block) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let slice = &text[block.span.range()];
    let (mut from, mut dead) = (0, 0);
    for (at, mark) in slice.match_indices(['{', '<']) {
        if at < from {
            continue;
        }
        let rest = &slice.as_bytes()[at..];
        let len = match (mark, rest.get(1)) {
            ("{", Some(b'#' | b':' | b'.')) => {
                let len =
                    rest.iter().take(200).take_while(|&&b| b != b'}' && b != b'\n' && b != b'{').count();
                (rest.get(len) == Some(&b'}')).then_some(len + 1)
            }
            ("{", Some(b'/')) if rest.starts_with(b"{/*") => {
                let line = rest.iter().take(2000).take_while(|&&b| b != b'\n').count();
                rest[..line].windows(3).position(|end| end == b"*/}").map(|end| end + 3)
            }
            ("<", Some(b'A'..=b'Z')) if at >= dead => {
                let len = html::tag(&slice[at..]);
                dead = at + len.err().unwrap_or(0);
                len.ok()
            }
            _ => None,
        };
        let Some(len) = len else { continue };
        let span = Span::new(block.span.start + at, block.span.start + at + len);
        let prose = block.pieces.partition_point(|p| p.span.end <= span.start);
        if block.pieces.get(prose).is_some_and(|p| p.kind == PieceKind::Prose) {
            from = at + len;
            // The space before an attribute goes with it, as the parser does for its own.
            let blank = slice[..at].len() - slice[..at].trim_end_matches(' ').len();
            let start = if mark == "{" { span.start - blank } else { span.start };
            found.push(Span::new(start, span.end));
        }
    }
    found
}

/// Formulas, `$…$` and `$$…$$`, that begin in prose.
fn formulas(text: &str, span: Span, pieces: &[Piece]) -> Vec<Span> {
    let slice = &text[span.range()];
    let (mut found, mut from) = (Vec::new(), 0);
    // Once a search to the end was in vain, the next one would be as well.
    let mut unclosed = false;
    for (at, _) in slice.match_indices('$') {
        let before = slice[..at].chars().next_back();
        if at < from || before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '\\' | '$')) {
            continue;
        }
        let start = span.start + at;
        let piece = pieces.partition_point(|piece| piece.span.end <= start);
        if pieces.get(piece).is_none_or(|piece| piece.kind != PieceKind::Prose) {
            continue;
        }
        let end = match slice[at..].strip_prefix("$$") {
            Some(inner) if !unclosed => {
                let end = inner.find("$$").map(|len| at + len + 4);
                unclosed = end.is_none();
                end
            }
            Some(_) => None,
            None => formula(&slice[at + 1..]).map(|len| at + len + 2),
        };
        if let Some(end) = end {
            from = end;
            found.push(Span::new(start, span.start + end));
        }
    }
    found
}

/// The longest formula in a line that is looked for, in bytes.
const LONGEST_FORMULA: usize = 400;

/// The length of the formula that ends with the first `$` here. Amounts of money and names of variables are none:
/// either there is a mark that only formulas have, or no two letters follow each other.
fn formula(rest: &str) -> Option<usize> {
    let len = rest.bytes().take(LONGEST_FORMULA).position(|byte| byte == b'$')?;
    let inner = &rest[..len];
    let after = rest[len + 1..].chars().next();
    let closed = !inner.starts_with([' ', '\t', '\n', '{'])
        && !inner.ends_with([' ', '\t', '\n', '\\'])
        && !inner.is_empty()
        && !after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '$');
    let marked = inner.contains(['\\', '^', '_', '=']);
    let spelt = || inner.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_alphabetic));
    let foreign = inner.contains(|c: char| is_han(c) || c == '`');
    (closed && (inner.contains('\\') || !foreign && (marked || !inner.contains(' ') && !spelt())))
        .then_some(len)
}

/// The `[!WARNING]` that opens a quotation which is a callout with a title of its own.
fn callout(text: &str, block: &Block) -> Option<Span> {
    let first = block.pieces.iter().find(|piece| !numbering::is_mere_form(text, **piece))?;
    let start = trim(text, first.span).start;
    let rest = text[start..block.span.end].strip_prefix("[!")?;
    let len = rest.find(|c: char| !c.is_alphanumeric() && c != '-').filter(|len| *len <= 40)?;
    let fold = usize::from(rest[len..].starts_with("]-") || rest[len..].starts_with("]+"));
    let callout = block.kind == BlockKind::Quotation && len > 0 && rest[len..].starts_with(']');
    callout.then(|| Span::new(start, start + len + "[!]".len() + fold))
}

/// Pairs of `**` that CommonMark does not take for emphasis because a full-width mark stands inside
/// and a letter outside (`**注意：**文本`), though they were meant and most renderers for Chinese
/// show them so.
fn loose_emphasis(text: &str, pieces: &[Piece]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<Span> = None;
    for piece in pieces.iter().filter(|p| p.kind == PieceKind::Prose) {
        for (at, mark) in text[piece.span.range()].match_indices("**") {
            let span = Span::new(piece.span.start + at, piece.span.start + at + mark.len());
            let before = text[..span.start].chars().next_back().unwrap_or(' ');
            let after = text[span.end..].chars().next().unwrap_or(' ');
            match open {
                Some(start) if !before.is_whitespace() && (!before.is_ascii() || !after.is_ascii()) => {
                    found.extend([start, span]);
                    open = None;
                }
                _ if !after.is_whitespace() => open = Some(span),
                _ => open = None,
            }
        }
    }
    found
}

/// Cuts a block at lines that are directives (`:::note`, `{% … %}`), which become blocks of
/// metadata, except for those that only close; and between lines that are each an element of their
/// own (`<code>…</code>`).
fn lines_apart(text: &str, block: Block) -> Vec<Block> {
    let slice = &text[block.span.range()];
    let elements = slice.contains("</");
    let directives = [":::", "{%", "{{", "<<< "].iter().any(|mark| slice.contains(mark));
    let one_line = !slice.contains('\n');
    if !directives && (!elements || one_line) {
        return vec![block];
    }
    let mut parts: Vec<(Span, Directive)> = Vec::new();
    let mut element_before = false;
    for line in line_spans(slice) {
        let span = Span::new(block.span.start + line.start, block.span.start + line.end);
        let content = text[span.range()].trim_start_matches(['>', ' ', '\t', '-', '*']).trim_end();
        let directive = directive(content);
        let (begins, ends) = (content.starts_with('<'), content.ends_with('>') && content.contains("</"));
        let apart = element_before && begins;
        element_before = begins && ends;
        match parts.last_mut() {
            Some((last, Directive::No)) if directive == Directive::No && !apart => last.end = span.end,
            _ => parts.push((span, directive)),
        }
    }
    if parts.len() == 1 && parts.iter().all(|(_, d)| *d == Directive::No) {
        return vec![block];
    }
    let mut out = Vec::new();
    for (span, directive) in parts {
        let Some(mut part) = cut(text, &block, span) else { continue };
        match directive {
            Directive::Closes => continue,
            Directive::Opens => {
                part.kind = BlockKind::Metadata;
                part.level = None;
                part.pieces = match &text[part.span.range()] {
                    slice if slice.starts_with("<<<") => snippet(slice, part.span),
                    _ => html::tag_pieces(text, part.span),
                };
            }
            Directive::No => {}
        }
        out.push(part);
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Directive {
    Opens,
    Closes,
    No,
}

/// The pieces of `<<< @/file.js{2,4}`: the file is the target.
fn snippet(slice: &str, span: Span) -> Vec<Piece> {
    let start = slice.len() - slice.trim_start_matches('<').trim_start().len();
    let len = slice[start..].find([' ', '{', '#', '[']).unwrap_or(slice.len() - start);
    let cuts = [0, start, start + len, slice.len()].map(|at| span.start + at);
    [PieceKind::Markup, PieceKind::Target, PieceKind::Markup]
        .into_iter()
        .zip(cuts.windows(2))
        .map(|(kind, cut)| Piece { kind, span: Span::new(cut[0], cut[1]) })
        .filter(|piece| !piece.span.is_empty())
        .collect()
}

fn directive(line: &str) -> Directive {
    if line.starts_with("<<< ") {
        return Directive::Opens;
    }
    if let Some(rest) = line.strip_prefix(":::") {
        let word = rest.trim_start_matches(':').trim_start();
        return match word.chars().next() {
            None => Directive::Closes,
            Some(c) if c.is_ascii_alphabetic() || c == '{' || is_han(c) => Directive::Opens,
            _ => Directive::No,
        };
    }
    let enclosed = |open: &str, close: &str| {
        line.starts_with(open) && line.ends_with(close) && line.matches(open).count() == 1
    };
    if enclosed("{%", "%}") || enclosed("{{<", ">}}") || enclosed("{{%", "%}}") {
        let inner = line.trim_start_matches(['{', '%', '<', '-', ' ']);
        return match inner.starts_with('/') || inner.starts_with("end") {
            true => Directive::Closes,
            false => Directive::Opens,
        };
    }
    Directive::No
}

/// The keys of front matter whose values are prose, and whether that is a title.
const PROSE_KEYS: [(&str, bool); 7] = [
    ("title", true),
    ("linktitle", true),
    ("sidebar_label", true),
    ("description", false),
    ("summary", false),
    ("abstract", false),
    ("excerpt", false),
];

/// The blocks of front matter: a heading or paragraph for each value that is prose (its key stays
/// outside), metadata for the lines between them.
pub(super) fn front_matter(text: &str, span: Span) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut rest: Option<Span> = None;
    let metadata = |span: Span| {
        let span = trim(text, span);
        let pieces = tile(text, span, [Piece { kind: PieceKind::Code, span }]);
        Block { kind: BlockKind::Metadata, level: None, numbering: None, span, pieces, sentences: 0..0 }
    };
    let lines: Vec<Span> = line_spans(&text[span.range()])
        .map(|line| Span::new(span.start + line.start, span.start + line.end))
        .collect();
    let mut next = 0;
    while let Some(&line) = lines.get(next) {
        next += 1;
        let mut value = prose_value(text, line);
        if let Some((lines_of, title)) = long_value(text, line, &lines[next..]) {
            // The line with the key says nothing.
            if value.is_none() {
                rest = Some(rest.map_or(line, |before: Span| before.join(line)));
            }
            let more = &lines[next..next + lines_of];
            next += lines_of;
            let all = more.iter().copied().reduce(Span::join).unwrap_or(line);
            let all = value.map_or(all, |(first, _)| first.join(all));
            value = Some((trim(text, all), title)).filter(|(span, _)| !span.is_empty());
        }
        match value {
            Some((value, title)) => {
                blocks.extend(rest.take().map(metadata));
                let prose = Piece { kind: PieceKind::Prose, span: value };
                blocks.push(Block {
                    kind: if title { BlockKind::Heading } else { BlockKind::Paragraph },
                    level: title.then_some(1),
                    numbering: None,
                    span: value,
                    pieces: mark_literals(text, vec![prose]),
                    sentences: 0..0,
                });
            }
            None => rest = Some(rest.map_or(line, |before| before.join(line))),
        }
    }
    blocks.extend(rest.map(metadata));
    blocks.retain(|block| !block.span.is_empty());
    blocks
}

/// The key of a line of front matter, when its value is prose, and whether that is a title.
fn prose_key(slice: &str) -> Option<(&str, bool)> {
    let (key, _) = slice.split_once([':', '='])?;
    let known = PROSE_KEYS.iter().find(|(name, _)| name.eq_ignore_ascii_case(key.trim_end()));
    known.map(|(_, title)| (key, *title))
}

/// How many of the lines after that of a key hold its prose: those that are indented, in YAML (`|`, `>`, or because
/// the first line goes on), or those up to three quotation marks, in TOML.
fn long_value(text: &str, line: Span, after: &[Span]) -> Option<(usize, bool)> {
    let slice = &text[line.range()];
    let (key, title) = prose_key(slice)?;
    let value = slice[key.len() + 1..].trim();
    let lines = || after.iter().map(|line| &text[line.range()]);
    let count = match value {
        "\"\"\"" | "'''" => lines().position(|line| line.trim() == value)?,
        _ => {
            let folded = value.starts_with(['|', '>']) && value.len() <= 3;
            let goes_on = value.starts_with(char::is_alphabetic) && slice[key.len()..].starts_with(':');
            let more = |line: &&str| line.starts_with([' ', '\t']) || line.trim().is_empty();
            if folded || goes_on { lines().take_while(more).count() } else { 0 }
        }
    };
    (count > 0).then_some((count, title))
}

/// The value of a line of front matter, when it is prose on this very line.
fn prose_value(text: &str, line: Span) -> Option<(Span, bool)> {
    let slice = &text[line.range()];
    let (key, title) = prose_key(slice)?;
    let mut value = trim(text, Span::new(line.start + key.len() + 1, line.end));
    let inner = &text[value.range()];
    for quote in ['"', '\''] {
        if inner.len() > 2 && inner.starts_with(quote) && inner.ends_with(quote) {
            value = Span::new(value.start + 1, value.end - 1);
        }
    }
    let inner = &text[value.range()];
    let plain = !inner.starts_with(['|', '>', '[', '{', '&', '*', '!', '#', '"', '\'']);
    (plain && inner.chars().any(char::is_alphabetic)).then_some((value, title))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line a block: kind, level, numbering, and its pieces with a letter each for their kind.
    fn sketch_of(text: &str) -> Vec<String> {
        let piece = |piece: &Piece| {
            let letter = match piece.kind {
                PieceKind::Prose => 'p',
                PieceKind::Code => 'c',
                PieceKind::Target => 't',
                PieceKind::Markup => 'm',
            };
            format!("{letter}{:?}", &text[piece.span.range()])
        };
        let describe = |block: &Block| {
            let level = block.level.map_or(String::new(), |level| level.to_string());
            let number = block.numbering.map_or(String::new(), |n| format!(" {}", &text[n.span.range()]));
            let pieces: Vec<String> = block.pieces.iter().map(piece).collect();
            format!("{}{level}{number} | {}", block.kind.as_str(), pieces.join(" "))
        };
        blocks(text).iter().map(describe).collect()
    }

    #[test]
    fn tables() {
        for case in include_str!("cases/markdown.txt").split("\n=====\n") {
            let (text, want) = case.split_once("\n-----\n").expect("a text and its blocks");
            let want: Vec<&str> = want.lines().collect();
            assert_eq!(sketch_of(text), want, "{text}");
        }
    }
}
