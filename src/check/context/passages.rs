//! Passages: blocks or sentences side by side that have no counterpart, or have it at another place, and what they are
//! called.

use super::{Context, Message, Severity, Side, message};
use crate::align::Link;
use crate::meaning::own;
use crate::read;
use crate::text::{BlockKind, Format, PieceKind, Span, tags};

/// Blocks or sentences, side by side, that have no counterpart.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Where they stand.
    pub span: Span,
    /// The gap on the other side where their counterpart should stand.
    pub gap: Span,
    /// Whether they are blocks; else they are sentences.
    pub blocks: bool,
    /// Which, in ascending order.
    pub units: Vec<usize>,
    /// How sure the aligner is that nothing corresponds, from 0 to 1.
    pub score: f64,
}

impl Passage {
    /// How grave its lack of a counterpart may be called, being this sure of it, where that is less than `gravest`.
    pub fn at_most(&self, gravest: Severity) -> Option<Severity> {
        match self.score {
            score if score >= 0.8 => None,
            score if score >= 0.65 => Some(gravest.min(Severity::Major)),
            _ => Some(Severity::Minor),
        }
    }
}

impl Context<'_> {
    /// Everything on one side that has no counterpart: whole blocks, and sentences inside linked blocks. What
    /// stands side by side is one passage.
    pub fn without_counterpart(&self, side: Side) -> Vec<Passage> {
        let alignment = &self.bitext().alignment;
        let mut passages = Vec::new();
        self.collect(side, &alignment.blocks, true, &mut passages);
        self.collect(side, &alignment.sentences, false, &mut passages);
        passages.sort_by_key(|passage| passage.span);
        passages
    }

    fn collect(&self, side: Side, links: &[Link], blocks: bool, passages: &mut Vec<Passage>) {
        let mut run: Option<Passage> = None;
        for (at, link) in links.iter().enumerate() {
            let units = own(link, side);
            if units.is_empty() || !own(link, side.other()).is_empty() {
                // what stands between two gaps of this side on the other side does not part them
                if !units.is_empty() {
                    passages.extend(run.take());
                }
                continue;
            }
            if blocks && self.are_settings(side, units) {
                continue;
            }
            if !blocks && self.in_null_block(side, units) {
                continue;
            }
            let of = |units: &[usize]| match blocks {
                true => self.span_of_blocks(side, units),
                false => self.span_of_sentences(side, units),
            };
            let Some(span) = of(units) else { continue };
            match &mut run {
                Some(passage) if self.adjoin(side, passage, units, blocks) => {
                    passage.span = passage.span.join(span);
                    passage.units.extend_from_slice(units);
                    passage.score = passage.score.max(link.score);
                }
                _ => {
                    passages.extend(run.take());
                    let empty = if blocks { self.empty_value(side, units[0]) } else { None };
                    let gap = empty.unwrap_or_else(|| self.gap(links, at, side.other(), blocks));
                    run = Some(Passage { span, gap, blocks, units: units.to_vec(), score: link.score });
                }
            }
        }
        passages.extend(run);
    }

    /// Whether all of these are what a file has of its own, or messages without a word in them, which a program finds in the
    /// original: files, keys, colours, `4:3`, `%s × %s`.
    fn are_settings(&self, side: Side, blocks: &[usize]) -> bool {
        let document = self.document(side);
        let keyed = !document.entries.is_empty() || document.format == Format::Qt;
        let messages = keyed || document.format.is_paired();
        blocks.iter().all(|&at| {
            let block = &document.blocks[at];
            let prose = || document.pieces_in(at, block.span).filter(|piece| piece.kind == PieceKind::Prose);
            let words = || prose().any(|piece| document.slice(piece.span).contains(char::is_alphabetic));
            let wordless = match block.kind {
                BlockKind::Metadata => !tags::is_endonym(document.slice(block.span)),
                _ => keyed && !words(),
            };
            read::is_setting(document, block) || messages && wordless
        })
    }

    fn in_null_block(&self, side: Side, sentences: &[usize]) -> bool {
        let document = self.document(side);
        sentences.iter().any(|&sentence| {
            let link = self.block_link(side, document.sentences[sentence].block);
            self.bitext().alignment.blocks[link].is_null()
        })
    }

    fn adjoin(&self, side: Side, passage: &Passage, units: &[usize], blocks: bool) -> bool {
        let (Some(&last), Some(&first)) = (passage.units.last(), units.first()) else { return false };
        let document = self.document(side);
        last + 1 == first && (blocks || document.sentences[last].block == document.sentences[first].block)
    }

    /// The gap on the other side of a null link: where its counterpart should stand, right after what
    /// corresponds to the text before it.
    fn gap(&self, links: &[Link], at: usize, missing_on: Side, blocks: bool) -> Span {
        let document = self.document(missing_on);
        let end = |unit: usize| match blocks {
            true => document.blocks[unit].span.end,
            false => document.sentences[unit].span.end,
        };
        let before = links[..at].iter().rev().filter(|link| !link.moved);
        let place = before.filter_map(|link| own(link, missing_on).last()).next();
        let at = place.map_or_else(|| self.start(missing_on), |&unit| end(unit));
        Span::new(at, at)
    }

    /// Where, on the other side, the value of the message stands that a block holds, if it is empty there.
    fn empty_value(&self, side: Side, block: usize) -> Option<Span> {
        let key = &self.document(side).entry(block)?.key;
        let others = &self.document(side.other()).entries;
        let empty = others.iter().find(|entry| entry.block.is_none() && entry.key == *key)?;
        Some(Span::new(empty.value.start, empty.value.start))
    }

    /// Where the text of a side begins.
    fn start(&self, side: Side) -> usize {
        self.document(side).blocks.first().map_or(0, |block| block.span.start)
    }

    /// The start, on the other side, of what corresponds to a place on this side.
    pub fn counterpart(&self, side: Side, at: usize) -> usize {
        let document = self.document(side);
        let block = document.blocks.partition_point(|block| block.span.end <= at);
        let other = side.other();
        let links = &self.bitext().alignment.blocks;
        let Some(last) = document.blocks.len().checked_sub(1) else { return 0 };
        let link = self.block_link(side, block.min(last));
        match own(&links[link], other).first() {
            Some(&first) => self.document(other).blocks[first].span.start,
            None => self.gap(links, link, other, true).start,
        }
    }

    /// Linked blocks or sentences that stand at another place among their neighbours on the two sides; what moved
    /// together is one passage, whose `gap` is its place on the target side.
    pub fn moved(&self) -> Vec<Passage> {
        let alignment = &self.bitext().alignment;
        let mut passages = Vec::new();
        for (links, blocks) in [(&alignment.blocks, true), (&alignment.sentences, false)] {
            let mut run: Option<(Passage, usize)> = None;
            for link in links.iter().filter(|link| link.moved && !link.is_null()) {
                if !blocks && self.in_moved_block(&link.source) {
                    continue;
                }
                let spans = match blocks {
                    true => (
                        self.span_of_blocks(Side::Source, &link.source),
                        self.span_of_blocks(Side::Target, &link.target),
                    ),
                    false => (
                        self.span_of_sentences(Side::Source, &link.source),
                        self.span_of_sentences(Side::Target, &link.target),
                    ),
                };
                let ((Some(span), Some(place)), Some(&first), Some(&last)) =
                    (spans, link.target.first(), link.target.last())
                else {
                    continue;
                };
                match &mut run {
                    Some((passage, end))
                        if self.adjoin(Side::Source, passage, &link.source, blocks) && *end + 1 == first =>
                    {
                        passage.span = passage.span.join(span);
                        passage.gap = passage.gap.join(place);
                        passage.units.extend_from_slice(&link.source);
                        passage.score = passage.score.max(link.score);
                        *end = last;
                    }
                    _ => {
                        passages.extend(run.take().map(|(passage, _)| passage));
                        let units = link.source.to_vec();
                        run = Some((Passage { span, gap: place, blocks, units, score: link.score }, last));
                    }
                }
            }
            passages.extend(run.map(|(passage, _)| passage));
        }
        passages.extend(self.aligned().crossings().into_iter().map(|crossing| Passage {
            span: crossing.source,
            gap: crossing.target,
            blocks: false,
            units: Vec::new(),
            score: crossing.score,
        }));
        passages.sort_by_key(|passage| passage.span);
        passages
    }

    fn in_moved_block(&self, sentences: &[usize]) -> bool {
        let blocks = sentences.iter().map(|&sentence| self.bitext().source.sentences[sentence].block);
        blocks
            .map(|block| self.block_link(Side::Source, block))
            .any(|link| self.bitext().alignment.blocks[link].moved)
    }

    /// A passage in words: "this paragraph", "these 2 sentences".
    pub fn describe(&self, side: Side, passage: &Passage) -> Message {
        let document = self.document(side);
        if passage.units.is_empty() {
            return message!("passage-clause");
        }
        let key = |block: Option<&usize>| Some(document.entry(*block?)?.key.as_str());
        if passage.blocks
            && let (Some(first), Some(last)) = (key(passage.units.first()), key(passage.units.last()))
        {
            return match passage.units.len() {
                1 => message!("passage-message", key = first),
                several => message!("passage-messages", count = several, first = first, last = last),
            };
        }
        let count = passage.units.len();
        if !passage.blocks {
            return message!("passage-sentence", count = count);
        }
        let blocks = || passage.units.iter().map(|&block| &document.blocks[block]);
        let mut kinds = blocks().map(|block| block.kind);
        let first = kinds.next();
        // from a first column on, cells are rows
        let rows = blocks().filter(|block| block.level == Some(1)).count();
        let begins = blocks().next().is_some_and(|block| block.level == Some(1));
        match first {
            Some(kind) if kinds.any(|other| other != kind) => message!("passage-block", count = count),
            Some(BlockKind::TableCell) if begins && count > rows => {
                message!("passage-table-row", count = rows)
            }
            Some(kind) => of_kind(kind, count),
            None => message!("passage-block", count = count),
        }
    }
}

fn of_kind(kind: BlockKind, count: usize) -> Message {
    match kind {
        BlockKind::Heading => message!("passage-heading", count = count),
        BlockKind::Paragraph => message!("passage-paragraph", count = count),
        BlockKind::ListItem => message!("passage-list-item", count = count),
        BlockKind::TableCell => message!("passage-table-cell", count = count),
        BlockKind::Quotation => message!("passage-quotation", count = count),
        BlockKind::Code => message!("passage-code", count = count),
        BlockKind::Caption => message!("passage-caption", count = count),
        BlockKind::Metadata => message!("passage-metadata", count = count),
        BlockKind::Comment => message!("passage-comment", count = count),
    }
}
