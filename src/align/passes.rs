//! The passes that links are found in, for blocks and for sentences alike: a first path by what is known beforehand, and
//! last paths by what the first one shows. What the units are, and what a link is worth, is not asked here.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use super::anchors;
use super::band::Band;
use super::beads::{Bead, Nulls, NullsOf, Paths};
use super::bitext::Link;
use super::evidence::Table;
use super::moves::{self, Arc};
use super::nulls::{self, Norm};
use super::path::{self, Lattice};
use super::regions::{Grid, Region};
use super::score::{BothWays, Endings, Knowledge, Model, Shapes, WIDEST};

/// How far from the anchors the first path may stray, in units.
const WIDE: usize = 12;
/// The most blocks of one side in a link of the first path: it need only come near, later ones may be wider.
const FEW: usize = 3;
/// The most sentences of one side in a link of the first path.
const SOME: usize = 4;
/// How far from the first path later ones may stray.
const NARROW: usize = 6;
/// Where there are more units than this on both sides together, bands are narrower, and what is asked for several times
/// of each of many regions is worked out as often, rather than kept.
pub(super) const MANY: usize = 100_000;
/// And where a lattice there has more scores than this for each letter, of four bytes each, these are not kept either,
/// so that memory grows with the text: 100,000 headings have 4.3 (9 columns of 10 kinds of links), paragraphs of one
/// character 22.
const KEPT: usize = 6;
/// How far the first path may stray from the anchors there, so that a long text takes no more time for each unit than
/// it must: `cargo bench --bench stages` shows the time.
const MANY_WIDE: usize = 4;
/// How far later paths may stray from the first there.
const MANY_NARROW: usize = 2;
/// The most units of one side in a link of a later path there, that the band has room for in most places.
const MANY_WIDEST: usize = 4;

/// How many regions have their links made at a time.
const STRETCH: usize = 1 << 14;

/// What `of` makes of each of so many regions, in their order.
pub(super) fn gather(regions: usize, of: impl Fn(usize) -> Vec<Bead> + Sync) -> Paths {
    let add = |mut paths: Paths, at: usize| {
        paths.push(&of(at));
        paths
    };
    (0..regions).into_par_iter().fold(Paths::default, add).reduce(Paths::default, Paths::append)
}

/// The first path through every region, by what is known, with no unit likelier than another to stand alone.
pub(super) fn trace(grid: &Grid, regions: &[Region], knowledge: &Knowledge) -> Paths {
    let shapes = first_shapes(grid, knowledge);
    gather(regions.len(), |at| first_path(&grid.model(&regions[at], knowledge), &shapes))
}

/// The priors of shapes before anything is linked.
pub(super) fn first_shapes(grid: &Grid, knowledge: &Knowledge) -> Shapes {
    Shapes::new(&knowledge.weights, grid.of_blocks(), if grid.of_blocks() { FEW } else { SOME }, [])
}

pub(super) fn first_path(model: &Model, shapes: &Shapes) -> Vec<Bead> {
    let (source, target) = (model.source, model.target);
    // a band that is as wide as the text needs no anchors
    let anchors = if target.len() > WIDE { anchors::chain(model) } else { Vec::new() };
    let width = if model.size() <= MANY { WIDE } else { MANY_WIDE };
    let band = Band::around(&anchors, source.len(), target.len(), width);
    path::best(model, shapes, band)
}

/// The last paths as links, and the log odds that each unit stands alone.
pub(super) struct Settled {
    pub(super) links: Vec<Link>,
    pub(super) odds: Nulls,
}

/// The last paths: with the shapes that the first ones show, with null scores for every unit by what its link
/// shows of it, asked twice, and with crossings untangled. `weights` say what tells units that stand alone; `link` makes a link of an
/// arc in a region.
pub(super) fn settle(
    grid: &Grid,
    regions: &[Region],
    knowledge: &Knowledge,
    weights: &nulls::Weights,
    first: &Paths,
    link: impl Fn(usize, Arc) -> Link + Sync,
) -> Settled {
    let shapes = shapes(knowledge, grid, regions, first);
    let endings = endings(knowledge, grid, regions, first);
    let model = |at: usize| grid.model(&regions[at], knowledge).with_endings(&endings);
    let lattice = |at: usize| {
        let model = model(at);
        let most = if model.size() <= MANY { usize::MAX } else { KEPT * model.letters() };
        Lattice::new(&model, &shapes, narrow(&first.of(at), &model), most)
    };
    // a single lattice is small where it does not keep its scores
    let kept: Option<Vec<Lattice>> = (grid.size() <= MANY || regions.len() == 1)
        .then(|| (0..regions.len()).into_par_iter().map(lattice).collect());
    let lattice = |at: usize| match &kept {
        Some(lattices) => Cow::Borrowed(&lattices[at]),
        None => Cow::Owned(lattice(at)),
    };
    let (mut paths, margins) = best_and_margins(grid, regions, |at| lattice(at).best_and_margins(&model(at)));
    let mut nulls = Nulls::none(grid.source.len(), grid.target.len());
    let mut odds = nulls.clone();
    let said = |paths: &Paths| collected(regions.len(), |at| model(at).of_links(&paths.of(at)));
    let norm = |paths: &Paths, said: &[BothWays]| {
        let of_region = |at| nulls::rates(&model(at), &paths.of(at), &said[paths.links(at)]);
        Norm::of(&collected(regions.len(), of_region))
    };
    let mut known = said(&paths);
    let mut usual = norm(&paths, &known);
    for _ in 0..ROUNDS {
        odds = of_regions(grid, regions, |at| {
            let margins = margins.of(regions[at].source(), regions[at].target());
            let (beads, said) = (paths.of(at), &known[paths.links(at)]);
            nulls::of_units(&model(at), &usual, margins, &beads, said, |features| {
                nulls::odds(&features, &usual, weights)
            })
        });
        let shift = nulls::rate_shift(|| {
            regions.iter().flat_map(|region| {
                let NullsOf { source, target } = odds.of(region.source(), region.target());
                source.iter().chain(target)
            })
        });
        odds.source.iter_mut().chain(&mut odds.target).for_each(|odds| *odds += shift);
        nulls = nulls::scores(&odds, &margins);
        let again = gather(regions.len(), |at| {
            lattice(at).best(&model(at), nulls.of(regions[at].source(), regions[at].target()))
        });
        // the same path would show the same again
        if again == paths {
            break;
        }
        paths = again;
        known = said(&paths);
        usual = norm(&paths, &known);
    }
    drop((kept, margins));
    let made = |at: usize| {
        let (source, target) = (regions[at].source(), regions[at].target());
        let alone =
            moves::Alone { nulls: nulls.of(source.clone(), target.clone()), odds: odds.of(source, target) };
        let said = &known[paths.links(at)];
        let arcs = moves::untangle(model(at), &usual, &shapes, alone, paths.of(at), said);
        let link = &link;
        arcs.map(move |arc| link(at, arc))
    };
    // a stretch of regions at a time, into room for as many links as there can be, of which what stays empty is never
    // touched: to put all together at the end would take the room of all twice
    let mut links = Vec::with_capacity(grid.size());
    if regions.len() == 1 {
        links.extend(made(0));
    } else {
        for first in (0..regions.len()).step_by(STRETCH) {
            let stretch = first..regions.len().min(first + STRETCH);
            links.par_extend(stretch.into_par_iter().flat_map_iter(made));
        }
    }
    Settled { links, odds }
}

/// The paths through all regions, and the margins of all units.
fn best_and_margins(
    grid: &Grid,
    regions: &[Region],
    of: impl Fn(usize) -> (Vec<Bead>, Nulls) + Sync,
) -> (Paths, Nulls) {
    let add = |(mut paths, mut all): (Paths, (Vec<f32>, Vec<f32>)), at: usize| {
        let (beads, margins) = of(at);
        paths.push(&beads);
        all.0.extend(margins.source);
        all.1.extend(margins.target);
        (paths, all)
    };
    let none = <(Paths, (Vec<f32>, Vec<f32>))>::default;
    let (paths, margins) = (0..regions.len())
        .into_par_iter()
        .fold(none, add)
        .reduce(none, |some, more| (some.0.append(more.0), joined(some.1, more.1)));
    (paths, by_unit(grid, regions, margins))
}

/// What `of` makes of each region, a number for each of its units.
fn of_regions(grid: &Grid, regions: &[Region], of: impl Fn(usize) -> (Vec<f32>, Vec<f32>) + Sync) -> Nulls {
    let none = <(Vec<f32>, Vec<f32>)>::default;
    let add = |all, at: usize| joined(all, of(at));
    by_unit(grid, regions, (0..regions.len()).into_par_iter().fold(none, add).reduce(none, joined))
}

fn joined(mut some: (Vec<f32>, Vec<f32>), more: (Vec<f32>, Vec<f32>)) -> (Vec<f32>, Vec<f32>) {
    some.0.extend(more.0);
    some.1.extend(more.1);
    some
}

/// Numbers for the units of the regions, one region after another, put where the units are; of one that is in no
/// region it is certain that it stands alone.
fn by_unit(grid: &Grid, regions: &[Region], numbers: (Vec<f32>, Vec<f32>)) -> Nulls {
    let side = |count: usize, numbers: Vec<f32>, of: fn(&Region) -> Range<usize>| {
        let (mut all, mut done) = (vec![f32::INFINITY; count], 0);
        for region in regions.iter().map(of) {
            let own = &numbers[done..done + region.len()];
            done += own.len();
            all[region].copy_from_slice(own);
        }
        all
    };
    Nulls {
        source: side(grid.source.len(), numbers.0, Region::source),
        target: side(grid.target.len(), numbers.1, Region::target),
    }
}

/// What `of` makes of each region, one after another.
fn collected<T: Send>(regions: usize, of: impl Fn(usize) -> Vec<T> + Sync + Send) -> Vec<T> {
    (0..regions).into_par_iter().flat_map_iter(of).collect()
}

/// What the ends of sentences say where they are linked as a path links them; of blocks that holds in general.
pub(super) fn endings(knowledge: &Knowledge, grid: &Grid, regions: &[Region], paths: &Paths) -> Endings {
    if grid.of_blocks() {
        return knowledge.endings.clone();
    }
    let linked = regions.iter().enumerate().flat_map(|(at, region)| {
        let model = grid.model(region, knowledge);
        let beads = paths.of(at).into_iter().filter(|bead| !bead.is_null());
        beads.map(move |bead| {
            (&model.source.edges()[bead.source.end - 1], &model.target.edges()[bead.target.end - 1])
        })
    });
    Endings::learnt(linked)
}

/// The priors of shapes that a path shows.
pub(super) fn shapes(knowledge: &Knowledge, grid: &Grid, regions: &[Region], paths: &Paths) -> Shapes {
    let single = regions.len() == 1 && grid.size() > MANY;
    let widest = if single { MANY_WIDEST } else { WIDEST };
    Shapes::new(&knowledge.weights, grid.of_blocks(), widest, paths.sizes())
}

/// The band around a path.
pub(super) fn narrow(beads: &[Bead], model: &Model) -> Band {
    let corners: Vec<_> = beads.iter().map(|bead| (bead.source.start, bead.target.start)).collect();
    let width = if model.size() <= MANY { NARROW } else { MANY_NARROW };
    Band::around(&corners, model.source.len(), model.target.len(), width)
}

/// How often the null scores are asked for, each time of the path that the last ones led to.
const ROUNDS: usize = 2;

/// What the words of all links of the paths through some regions teach.
pub(super) fn learn(table: &Table, grid: &Grid, regions: &[Region], paths: &Paths) -> Table {
    let linked = regions.iter().enumerate().flat_map(|(at, region)| {
        let (source, target) = (grid.source.part(region.source()), grid.target.part(region.target()));
        let beads = paths.of(at).into_iter().filter(|bead| !bead.is_null());
        beads.map(move |bead| (source.span(&bead.source), target.span(&bead.target)))
    });
    table.learn(&linked.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::super::regions::Sides;
    use super::super::tokens::Tokens;
    use super::*;
    use crate::read::{self, Format};
    use crate::segment::segment;
    use crate::text::Lang;

    /// Whether scores are kept or worked out anew, the paths and the margins are the same.
    #[test]
    fn what_is_kept_changes_nothing() {
        let texts = [
            "会议于三月五日召开。共有二十人参加！谁来了？\n\n标题\n\n我们合作。我们发展。网络主权很重要。\n\n完。",
            "The meeting was held on March 5. Twenty people took part! Who came?\n\nTitle\n\nWe cooperate and develop. Sovereignty over networks matters a lot. Nothing else.\n\nThe end.",
        ];
        let [source, target] = [(texts[0], Lang::ZH), (texts[1], Lang::EN)].map(|(text, lang)| {
            let many = format!("{text}\n\n").repeat(40);
            segment(read::bytes("a", many.as_bytes(), Format::Plain, Some(lang)).expect("a text"))
        });
        let tokens = (Tokens::read(&source), Tokens::read(&target));
        let sides = Sides { source: &source, target: &target, tokens: &tokens, senses: None };
        let sentences = sides.grid_of(0..source.sentences.len(), 0..target.sentences.len());
        for grid in [sides.block_grid(), sentences] {
            let knowledge = sides.knowledge(&grid);
            let whole = [grid.whole()];
            let first = trace(&grid, &whole, &knowledge);
            let (model, shapes) =
                (grid.model(&whole[0], &knowledge), shapes(&knowledge, &grid, &whole, &first));
            let lattice = |most| Lattice::new(&model, &shapes, narrow(&first.of(0), &model), most);
            let (kept, anew) = (lattice(usize::MAX), lattice(0));
            let ((beads, margins), (again, others)) =
                (kept.best_and_margins(&model), anew.best_and_margins(&model));
            assert_eq!(beads, again);
            assert_eq!((&margins.source, &margins.target), (&others.source, &others.target));
            assert_eq!(kept.best(&model, margins.all()), anew.best(&model, margins.all()));
            assert!(beads.len() > 100 && margins.source.iter().any(|margin| *margin > 0.0), "{beads:?}");
        }
    }

    #[test]
    fn paths_are_as_they_were_put_in() {
        let bead = |source: Range<usize>, target: Range<usize>| Bead { source, target };
        let paths = [
            vec![bead(0..1, 0..2), bead(1..1, 2..3), bead(1..4, 3..4)],
            vec![],
            vec![bead(0..1, 0..0), bead(1..2, 0..7)],
        ];
        let kept = gather(paths.len(), |at| paths[at].clone());
        assert!((0..paths.len()).all(|at| kept.of(at) == paths[at]), "{kept:?}");
        assert_eq!(kept.sizes().count(), 5);
    }
}
