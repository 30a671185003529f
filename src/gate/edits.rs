//! What an edit touched: the blocks that changed on each side, joined across the sides into regions.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::align::{Bitext, Link};
use crate::check::Side;
use crate::read;
use crate::text::Document;

/// Both sides of a pair, as indices.
const SIDES: [Side; 2] = [Side::Source, Side::Target];

/// Blocks that an edit concerns together: what changed, and what it corresponds to before and after.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Region {
    /// The blocks before the edit, source and target, in ascending order.
    pub(super) old: [Vec<usize>; 2],
    /// The blocks after it.
    pub(super) new: [Vec<usize>; 2],
    /// The runs of blocks of each side that changed.
    pub(super) hunks: [Vec<Hunk>; 2],
}

/// A run of blocks that became another; one of the two may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    /// The blocks before.
    pub(super) old: Range<usize>,
    /// The blocks after.
    pub(super) new: Range<usize>,
}

/// The regions of an edit, in the order in which their first changed block stands.
pub(super) fn regions(old: &Bitext, new: &Bitext) -> Vec<Region> {
    let documents = |bitext| SIDES.map(|side| document(bitext, side));
    let (before, after) = (documents(old), documents(new));
    let mut nodes = Nodes::new(&before, &after);
    let mut changes = Vec::new();
    for side in 0..2 {
        let (mut hunks, same) = changed(before[side], after[side]);
        let says = |document: &Document, blocks: &Range<usize>| {
            document.blocks[blocks.clone()].iter().any(|block| !read::is_setting(document, block))
        };
        hunks.retain(|hunk| says(before[side], &hunk.old) || says(after[side], &hunk.new));
        for (old, new) in same {
            nodes.join(nodes.at(side, State::Old, old), nodes.at(side, State::New, new));
            nodes.same[side].insert(new, old);
        }
        for hunk in hunks {
            let first = match hunk.new.is_empty() {
                true => nodes.at(side, State::Old, hunk.old.start),
                false => nodes.at(side, State::New, hunk.new.start),
            };
            hunk.old.clone().for_each(|at| nodes.join(first, nodes.at(side, State::Old, at)));
            hunk.new.clone().for_each(|at| nodes.join(first, nodes.at(side, State::New, at)));
            changes.push((side, first, hunk));
        }
    }
    nodes.close([old, new], &changes);
    nodes.regions(changes)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Old,
    New,
}

fn document(bitext: &Bitext, side: Side) -> &Document {
    match side {
        Side::Source => &bitext.source,
        Side::Target => &bitext.target,
    }
}

/// The blocks of both sides in both states, and which of them belong together (a union-find forest).
struct Nodes {
    /// Where the blocks of each side and state begin.
    starts: [[usize; 2]; 2],
    parents: Vec<usize>,
    /// For the blocks of each side that did not change, their number before, by their number after.
    same: [BTreeMap<usize, usize>; 2],
}

impl Nodes {
    fn new(before: &[&Document; 2], after: &[&Document; 2]) -> Nodes {
        let sizes = [before[0], after[0], before[1], after[1]].map(|document| document.blocks.len());
        let start = |nth: usize| sizes[..nth].iter().sum::<usize>();
        Nodes {
            starts: [[start(0), start(1)], [start(2), start(3)]],
            parents: (0..start(4)).collect(),
            same: [BTreeMap::new(), BTreeMap::new()],
        }
    }

    fn at(&self, side: usize, state: State, block: usize) -> usize {
        self.starts[side][state as usize] + block
    }

    fn root(&self, mut node: usize) -> usize {
        while self.parents[node] != node {
            node = self.parents[node];
        }
        node
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let (low, high) = (one.min(other), one.max(other));
        self.parents[high] = low;
    }

    /// Joins what corresponds: to a block that changed, all that it is linked to; to an unedited block that was
    /// drawn in because it has another partner than before, both of these partners.
    fn close(&mut self, bitexts: [&Bitext; 2], changes: &[(usize, usize, Hunk)]) {
        let mut open = self.relinked(bitexts);
        for (side, _, hunk) in changes {
            open.extend(hunk.old.clone().map(|at| self.at(*side, State::Old, at)));
            open.extend(hunk.new.clone().map(|at| self.at(*side, State::New, at)));
        }
        let mut live: BTreeSet<usize> = BTreeSet::new();
        loop {
            let roots: BTreeSet<usize> = changes
                .iter()
                .map(|(_, node, _)| self.root(*node))
                .chain(live.iter().map(|&node| self.root(node)))
                .collect();
            let mut joined = false;
            for (state, bitext) in [State::Old, State::New].into_iter().zip(bitexts) {
                for link in &bitext.alignment.blocks {
                    let nodes: Vec<usize> = self.members(link, state).collect();
                    let first = nodes[0];
                    let concerned = |&node: &usize| open.contains(&node) && roots.contains(&self.root(node));
                    if !nodes.iter().any(concerned) {
                        continue;
                    }
                    for &node in &nodes {
                        if self.root(node) != self.root(first) {
                            self.join(first, node);
                            joined = true;
                        }
                    }
                    live.insert(first);
                }
            }
            if !joined {
                return;
            }
        }
    }

    fn members<'a>(&'a self, link: &'a Link, state: State) -> impl Iterator<Item = usize> + 'a {
        let of = move |side: usize, blocks: &'a [usize]| {
            blocks.iter().map(move |&block| self.at(side, state, block))
        };
        of(0, &link.source).chain(of(1, &link.target))
    }

    /// The unedited blocks whose partners are others than before.
    fn relinked(&self, [old, new]: [&Bitext; 2]) -> BTreeSet<usize> {
        let partners = |bitext: &Bitext, state: State| -> BTreeMap<usize, Vec<usize>> {
            let mut of = BTreeMap::new();
            for link in &bitext.alignment.blocks {
                let members: Vec<usize> = self.members(link, state).collect();
                members.iter().for_each(|&node| drop(of.insert(node, members.clone())));
            }
            of
        };
        let (before, after) = (partners(old, State::Old), partners(new, State::New));
        let mut known: BTreeMap<usize, usize> = BTreeMap::new();
        for side in 0..2 {
            let pairs = self.same[side].iter();
            known.extend(
                pairs.map(|(&new, &old)| (self.at(side, State::New, new), self.at(side, State::Old, old))),
            );
        }
        let mut found = BTreeSet::new();
        for side in 0..2 {
            for (&new_block, &old_block) in &self.same[side] {
                let (was, is) = (self.at(side, State::Old, old_block), self.at(side, State::New, new_block));
                let now: Vec<usize> = after
                    .get(&is)
                    .into_iter()
                    .flatten()
                    .map(|node| *known.get(node).unwrap_or(node))
                    .collect();
                if before.get(&was).is_none_or(|before| *before != now) {
                    found.insert(was);
                    found.insert(is);
                }
            }
        }
        found
    }

    fn size(&self, side: usize, state: State) -> usize {
        let ends =
            [self.starts[0][0], self.starts[0][1], self.starts[1][0], self.starts[1][1], self.parents.len()];
        ends[side * 2 + state as usize + 1] - ends[side * 2 + state as usize]
    }

    fn regions(&self, changes: Vec<(usize, usize, Hunk)>) -> Vec<Region> {
        let mut order: Vec<usize> = Vec::new();
        let mut regions: BTreeMap<usize, Region> = BTreeMap::new();
        for (side, node, hunk) in changes {
            let root = self.root(node);
            if !order.contains(&root) {
                order.push(root);
            }
            regions.entry(root).or_default().hunks[side].push(hunk);
        }
        for side in 0..2 {
            for state in [State::Old, State::New] {
                for block in 0..self.size(side, state) {
                    let root = self.root(self.at(side, state, block));
                    let Some(region) = regions.get_mut(&root) else { continue };
                    let blocks = if state == State::Old { &mut region.old } else { &mut region.new };
                    blocks[side].push(block);
                }
            }
        }
        order.into_iter().filter_map(|root| regions.remove(&root)).collect()
    }
}

/// The text of a block by which it is known again: without white space, which says nothing.
fn content(document: &Document, block: usize) -> String {
    let block = &document.blocks[block];
    if read::is_setting(document, block) {
        // whatever it says: every file has its own
        return block.kind.as_str().to_owned();
    }
    let text = document.slice(block.span);
    format!("{}\u{0}{}", block.kind.as_str(), text.split_whitespace().collect::<Vec<_>>().join(" "))
}

type Same = Vec<(usize, usize)>;

/// The runs of blocks that changed between two states of a document, and the pairs of blocks that did not.
fn changed(old: &Document, new: &Document) -> (Vec<Hunk>, Same) {
    let contents = |document: &Document| -> Vec<String> {
        (0..document.blocks.len()).map(|at| content(document, at)).collect()
    };
    let (before, after) = (contents(old), contents(new));
    let mut hunks = Vec::new();
    let mut same = Vec::new();
    let mut open: Option<Hunk> = None;
    for op in capture_diff_slices(Algorithm::Patience, &before, &after) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                if let Some(hunk) = open.take() {
                    split(hunk, &before, &after, &mut hunks);
                }
                same.extend((0..len).map(|at| (old_index + at, new_index + at)));
            }
            _ => {
                let (old, new) = (op.old_range(), op.new_range());
                let hunk = open.get_or_insert(Hunk { old: old.clone(), new: new.clone() });
                hunk.old.end = hunk.old.end.max(old.end);
                hunk.new.end = hunk.new.end.max(new.end);
            }
        }
    }
    if let Some(hunk) = open {
        split(hunk, &before, &after, &mut hunks);
    }
    (hunks, same)
}

/// The largest table of blocks against blocks that is filled in.
const LARGEST: usize = 1 << 14;
/// From what likeness on a block counts as another version of one that stood there before.
const ALIKE: f64 = 0.4;

/// Cuts a run into its blocks, each with the one that it was made from.
fn split(hunk: Hunk, before: &[String], after: &[String], hunks: &mut Vec<Hunk>) {
    let (n, m) = (hunk.old.len(), hunk.new.len());
    if n == 0 || m == 0 || (n, m) == (1, 1) || n * m > LARGEST {
        hunks.push(hunk);
        return;
    }
    let old: Vec<_> = before[hunk.old.clone()].iter().map(|text| pairs(text)).collect();
    let new: Vec<_> = after[hunk.new.clone()].iter().map(|text| pairs(text)).collect();
    let alike: Vec<Vec<f64>> =
        old.iter().map(|old| new.iter().map(|new| likeness(old, new)).collect()).collect();
    let mut best = vec![vec![0.0f64; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            let paired = if alike[i][j] >= ALIKE { alike[i][j] + best[i + 1][j + 1] } else { 0.0 };
            best[i][j] = paired.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut open = (0, 0);
    let mut push = |from: (usize, usize), to: (usize, usize)| {
        if from != to {
            hunks.push(Hunk {
                old: hunk.old.start + from.0..hunk.old.start + to.0,
                new: hunk.new.start + from.1..hunk.new.start + to.1,
            });
        }
    };
    while i < n && j < m {
        if best[i][j] == 0.0 {
            break;
        }
        if alike[i][j] >= ALIKE && best[i][j] <= alike[i][j] + best[i + 1][j + 1] {
            push(open, (i, j));
            push((i, j), (i + 1, j + 1));
            (i, j) = (i + 1, j + 1);
            open = (i, j);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    push(open, (n, m));
}

/// The pairs of neighbouring characters of a text, with how often each occurs, and their number.
fn pairs(text: &str) -> (BTreeMap<(char, char), usize>, usize) {
    let mut counts = BTreeMap::new();
    for pair in text.chars().zip(text.chars().skip(1)) {
        *counts.entry(pair).or_insert(0) += 1;
    }
    let number = counts.values().sum();
    (counts, number)
}

fn likeness(
    one: &(BTreeMap<(char, char), usize>, usize),
    other: &(BTreeMap<(char, char), usize>, usize),
) -> f64 {
    let common: usize = one.0.iter().map(|(pair, n)| n.min(other.0.get(pair).unwrap_or(&0))).sum();
    2.0 * common as f64 / (one.1 + other.1).max(1) as f64
}
