//! Sorts the findings of one side to the blocks and rows where they are to be seen.

use std::collections::BTreeMap;

use crate::text::{Block, Span};

/// The part of a finding that lies in one block; an empty span is a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marked {
    pub(super) span: Span,
    /// Which of the pair's findings it is.
    pub(super) entry: usize,
    /// Whether the finding begins in this block.
    pub(super) first: bool,
    /// Whether it ends in this block.
    pub(super) last: bool,
}

/// What is to be marked on one side.
pub(super) struct Marks {
    blocks: Vec<Vec<Marked>>,
    /// For each row where this side is empty: the findings that say so, and whether it is their first row.
    rows: BTreeMap<usize, Vec<(usize, bool)>>,
    /// The findings that are marked somewhere, in ascending order.
    placed: Vec<usize>,
}

impl Marks {
    pub(super) fn new(blocks: usize) -> Marks {
        Marks { blocks: vec![Vec::new(); blocks], rows: BTreeMap::new(), placed: Vec::new() }
    }

    /// Marks the words of a span in every block it touches.
    pub(super) fn mark(&mut self, blocks: &[Block], span: Span, entry: usize) {
        let touched: Vec<usize> = overlapped(blocks, span).collect();
        for (index, &block) in touched.iter().enumerate() {
            let (Some(marked), Some(of)) = (self.blocks.get_mut(block), blocks.get(block)) else { continue };
            let Some(span) = of.span.intersect(span) else { continue };
            marked.push(Marked { span, entry, first: index == 0, last: index + 1 == touched.len() });
        }
        if !touched.is_empty() {
            self.placed.push(entry);
        }
    }

    /// Marks a gap in the block that it is in or at the border of, if there is one.
    pub(super) fn gap(&mut self, blocks: &[Block], at: usize, entry: usize) {
        let index = blocks.partition_point(|block| block.span.end < at);
        let inside = blocks.get(index).is_some_and(|block| block.span.start <= at);
        if let Some(marked) = self.blocks.get_mut(index).filter(|_| inside) {
            marked.push(Marked { span: Span::new(at, at), entry, first: true, last: true });
            self.placed.push(entry);
        }
    }

    /// Notes that these rows are empty for that reason.
    pub(super) fn leave(&mut self, rows: Vec<usize>, entry: usize) {
        for (index, row) in rows.into_iter().enumerate() {
            self.rows.entry(row).or_default().push((entry, index == 0));
        }
        self.placed.push(entry);
    }

    /// What is marked in a block.
    pub(super) fn of(&self, block: usize) -> &[Marked] {
        self.blocks.get(block).map(Vec::as_slice).unwrap_or_default()
    }

    /// The findings for which this row is empty, and whether it is the first such row of each.
    pub(super) fn left(&self, row: usize) -> &[(usize, bool)] {
        self.rows.get(&row).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether that finding can be seen on this side.
    pub(super) fn has(&self, entry: usize) -> bool {
        self.placed.binary_search(&entry).is_ok()
    }
}

/// The blocks that share at least one byte with a span. Blocks are in order and never overlap.
pub(super) fn overlapped(blocks: &[Block], span: Span) -> impl Iterator<Item = usize> {
    let first = blocks.partition_point(|block| block.span.end <= span.start);
    let tail = blocks.iter().enumerate().skip(first);
    tail.take_while(move |(_, block)| block.span.start < span.end).map(|(index, _)| index)
}
