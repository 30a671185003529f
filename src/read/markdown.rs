//! Markdown and MDX to blocks and their pieces, by what the parser says of them.

mod dialects;
mod front_matter;
pub(super) mod html;
mod view;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use self::dialects::finish;
pub(super) use self::front_matter::front_matter;
use super::pieces::{mark_literals, tile};
use super::spans::trim;
use crate::text::{Block, BlockKind, Numbering, NumberingStyle, Piece, PieceKind, Span};

/// The blocks of a Markdown text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    inside(text, Span::new(0, text.len()), 0)
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
        let pieces = mark_literals(text, [Piece { kind: PieceKind::Prose, span }]);
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
            block.numbering = numbering.map(Box::new);
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
            numbering: leaf.numbering.map(Box::new),
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
            let number =
                block.numbering.as_deref().map_or(String::new(), |n| format!(" {}", &text[n.span.range()]));
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
