//! Links as a search makes them, and numbers for the units that they join: data alone.

use std::ops::Range;

/// A link of the path: consecutive source units and consecutive target units.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bead {
    pub(crate) source: Range<usize>,
    pub(crate) target: Range<usize>,
}

impl Bead {
    /// Consecutive units by their numbers, in ascending order on each side.
    pub(crate) fn over(source: &[usize], target: &[usize]) -> Bead {
        let range = |units: &[usize]| match (units.first(), units.last()) {
            (Some(&first), Some(&last)) => first..last + 1,
            _ => 0..0,
        };
        Bead { source: range(source), target: range(target) }
    }

    pub(crate) fn is_null(&self) -> bool {
        self.source.is_empty() || self.target.is_empty()
    }
}

/// A number for every unit of both sides: what leaving it without a counterpart scores (besides the prior of the
/// shape), by how much a path with it linked beats one without, or the log odds that it stands alone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Nulls {
    pub(crate) source: Vec<f32>,
    pub(crate) target: Vec<f32>,
}

impl Nulls {
    /// No unit is likelier than another to stand alone.
    pub(crate) fn none(sources: usize, targets: usize) -> Nulls {
        Nulls { source: vec![0.0; sources], target: vec![0.0; targets] }
    }

    /// The numbers of some units.
    pub(crate) fn of(&self, source: Range<usize>, target: Range<usize>) -> NullsOf<'_> {
        NullsOf { source: &self.source[source], target: &self.target[target] }
    }

    /// The numbers of all units.
    pub(crate) fn all(&self) -> NullsOf<'_> {
        NullsOf { source: &self.source, target: &self.target }
    }
}

/// The numbers of the units that a model looks at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NullsOf<'n> {
    pub(crate) source: &'n [f32],
    pub(crate) target: &'n [f32],
}

/// A path through each of several regions, in as little room as it takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Paths {
    /// How many units of both sides each link has.
    sizes: Vec<(u8, u8)>,
    /// Where the links of each region end. Texts are smaller than what 32 bits count.
    ends: Vec<u32>,
}

impl Paths {
    /// Adds the path through one more region. No link has more units than [`super::score::WIDEST`].
    pub(crate) fn push(&mut self, beads: &[Bead]) {
        self.sizes.extend(beads.iter().map(|bead| (bead.source.len() as u8, bead.target.len() as u8)));
        self.ends.push(self.sizes.len() as u32);
    }

    /// Adds the paths through further regions.
    pub(crate) fn append(mut self, more: Paths) -> Paths {
        let before = self.sizes.len() as u32;
        self.sizes.extend(more.sizes);
        self.ends.extend(more.ends.into_iter().map(|end| before + end));
        self
    }

    /// Which of the links of all paths are those through a region.
    pub(crate) fn links(&self, region: usize) -> Range<usize> {
        let first = region.checked_sub(1).map_or(0, |before| self.ends[before]);
        first as usize..self.ends[region] as usize
    }

    /// The path through a region, whose units are numbered from 0.
    pub(crate) fn of(&self, region: usize) -> Vec<Bead> {
        let mut ends = (0, 0);
        let bead = |&(m, n): &(u8, u8)| {
            let (i, j) = ends;
            ends = (i + usize::from(m), j + usize::from(n));
            Bead { source: i..ends.0, target: j..ends.1 }
        };
        self.sizes[self.links(region)].iter().map(bead).collect()
    }

    /// How many units of both sides each link of all paths has.
    pub(crate) fn sizes(&self) -> impl Iterator<Item = (usize, usize)> {
        self.sizes.iter().map(|&(m, n)| (m.into(), n.into()))
    }
}
