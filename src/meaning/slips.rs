//! Linked cues of subtitles that are shown at other times: runs that slipped, and sentences whose clauses stand in the
//! order of their language.

use super::own;
use crate::align::{Bitext, Link};
use crate::markup::cues::{Cue, cues, sentences};
use crate::text::{Document, Format, Lang, Side, Span};

/// How much later or earlier a cue may begin and end than its counterpart, in thousandths of a second. Chosen, not
/// measured: what differs by less is how a sentence was cut, and a cue that slipped is off by its own length.
const TOLERANCE: i64 = 1000;

/// What is off in linked subtitles, and what only seems so.
#[derive(Debug, Default)]
pub(crate) struct Slips {
    /// Cues that are all late, or all early, in the order of the original.
    pub(crate) stretches: Vec<Stretch>,
    /// Sentences of the original that run over several cues and are shown together with their counterparts, in whatever
    /// order their clauses are.
    pub(crate) turned: Vec<Span>,
}

/// A run of linked cues that are all late, or all early.
#[derive(Debug)]
pub(crate) struct Stretch {
    pub(crate) cues: usize,
    /// Where they stand on both sides.
    pub(crate) places: [Span; 2],
    /// How late each is, in thousandths of a second; negative where it is early.
    pub(crate) by: Vec<i64>,
    /// The links it covers, among those that have both sides.
    links: [usize; 2],
}

impl Slips {
    /// The slips of two versions; none unless both are subtitles.
    pub(crate) fn of(bitext: &Bitext) -> Slips {
        let documents = [&bitext.source, &bitext.target];
        if documents.iter().any(|document| document.format != Format::Subtitles) {
            return Slips::default();
        }
        let sides = documents.map(cues);
        let links: Vec<&Link> = bitext.alignment.blocks.iter().filter(|link| !link.is_null()).collect();
        let turned = turned(documents, &sides, &links);
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut moved: Vec<(usize, [Shown; 2])> = Vec::new();
        // no words tell which cues belong together in other languages
        let sure = documents.iter().all(|document| [Lang::ZH, Lang::EN].contains(&document.lang));
        let mut open = false;
        for (at, link) in links.iter().enumerate() {
            let Some(both) = both(&sides, own(link, Side::Source), own(link, Side::Target)) else { continue };
            if is_within(&turned, |whole| *whole, both[0].span) {
                open = false;
                continue;
            }
            // what changed places is told as that, and does not end a run that closed up where it was
            if link.moved {
                moved.push((at, both));
                continue;
            }
            let [begins, ends] = late(&both);
            let off =
                is_off([begins, ends]) && !is_shown(&sides, link, both) && (sure || !is_met(&sides, both));
            match stretches.last_mut() {
                Some(last) if off && open && last.by.last().is_some_and(|by| (*by < 0) == (begins < 0)) => {
                    last.take(at, &both);
                }
                _ if off => stretches.push(Stretch {
                    cues: 1,
                    places: both.map(|shown| shown.span),
                    by: vec![begins],
                    links: [at, at],
                }),
                _ => {}
            }
            open = off;
        }
        close_up(&mut stretches, &moved);
        Slips { stretches, turned }
    }

    /// Whether what moved from this place of the original is accounted for: by grammar, or by a run that slipped.
    pub(crate) fn account_for(&self, source: Span) -> bool {
        is_within(&self.turned, |whole| *whole, source)
            || is_within(&self.stretches, |stretch| stretch.places[0], source)
    }
}

/// Whether a place lies in one of these, which are in order.
fn is_within<T>(wholes: &[T], place: impl Fn(&T) -> Span, span: Span) -> bool {
    let behind = wholes.partition_point(|whole| place(whole).start <= span.start);
    wholes[..behind].last().is_some_and(|whole| place(whole).contains(span))
}

impl Stretch {
    fn take(&mut self, at: usize, both: &[Shown; 2]) {
        let [begins, _] = late(both);
        self.cues += 1;
        self.places = [self.places[0].join(both[0].span), self.places[1].join(both[1].span)];
        self.by.push(begins);
        self.links = [self.links[0].min(at), self.links[1].max(at)];
    }
}

/// Takes what moved over a run into it: a passage that stands behind those that closed up, or before those that made
/// room for it, is the same slip. One cue that makes room for another only changed places with it, which is told as a
/// move.
fn close_up(stretches: &mut Vec<Stretch>, moved: &[(usize, [Shown; 2])]) {
    stretches.retain_mut(|stretch| {
        let direction = stretch.by.first().is_some_and(|by| *by < 0);
        let first = moved.partition_point(|(at, _)| *at + 1 < stretch.links[0]);
        let beside = moved[first..].iter().take_while(|(at, _)| *at <= stretch.links[1] + 1);
        let over = beside.into_iter().find(|(_, both)| (late(both)[0] < 0) != direction);
        match over {
            Some(_) if stretch.cues == 1 => return false,
            Some((at, both)) => stretch.take(*at, both),
            None => {}
        }
        true
    });
}

/// When cues are shown, and where they stand.
#[derive(Debug, Clone, Copy)]
struct Shown {
    start: u64,
    end: u64,
    span: Span,
}

/// When linked blocks are shown, on both sides.
fn both(sides: &[Vec<Cue>; 2], source: &[usize], target: &[usize]) -> Option<[Shown; 2]> {
    Some([shown(&sides[0], source)?, shown(&sides[1], target)?])
}

fn shown(cues: &[Cue], blocks: &[usize]) -> Option<Shown> {
    let of = blocks.iter().filter_map(|block| {
        let at = cues.partition_point(|cue| cue.blocks.end <= *block);
        cues.get(at).filter(|cue| cue.blocks.contains(block))
    });
    of.map(|cue| Shown { start: cue.start, end: cue.end, span: cue.span }).reduce(|one, other| Shown {
        start: one.start.min(other.start),
        end: one.end.max(other.end),
        span: one.span.join(other.span),
    })
}

/// How much later the second begins and ends; negative where it is earlier.
fn late([one, other]: &[Shown; 2]) -> [i64; 2] {
    let late =
        |from: u64, to: u64| i64::try_from(to).unwrap_or(i64::MAX) - i64::try_from(from).unwrap_or(i64::MAX);
    [late(one.start, other.start), late(one.end, other.end)]
}

fn is_off([begins, ends]: [i64; 2]) -> bool {
    begins.signum() == ends.signum() && begins.abs().min(ends.abs()) > TOLERANCE
}

/// Whether two times are as good as one.
fn near(one: u64, other: u64) -> bool {
    one.abs_diff(other) <= TOLERANCE.unsigned_abs()
}

/// Whether what is linked is shown with some of the cues of its counterpart: the others are lacking or added, not late.
fn is_shown(sides: &[Vec<Cue>; 2], link: &Link, both: [Shown; 2]) -> bool {
    [(Side::Source, both[1]), (Side::Target, both[0])].into_iter().any(|(side, other)| {
        let each = own(link, side).iter().filter_map(|block| shown(&sides[side as usize], &[*block]));
        let each: Vec<Shown> = each.collect();
        each.iter().any(|cue| near(cue.start, other.start)) && each.iter().any(|cue| near(cue.end, other.end))
    })
}

/// Whether one of two linked cues is shown just when another one of the other side is: then the link may be what is off.
fn is_met(sides: &[Vec<Cue>; 2], both: [Shown; 2]) -> bool {
    [(&sides[1], both[0]), (&sides[0], both[1])].into_iter().any(|(cues, shown)| {
        let before = |cue: &Cue| cue.start < shown.start && !near(cue.start, shown.start);
        let beside = cues[cues.partition_point(before)..].iter();
        beside.take_while(|cue| near(cue.start, shown.start)).any(|cue| near(cue.end, shown.end))
    })
}

/// See [`Slips::turned`].
fn turned(documents: [&Document; 2], sides: &[Vec<Cue>; 2], links: &[&Link]) -> Vec<Span> {
    let mut found = Vec::new();
    for side in [Side::Source, Side::Target] {
        let cues = &sides[side as usize];
        // the links of each block of this side
        let mut of_block: Vec<Option<usize>> = vec![None; documents[side as usize].blocks.len()];
        for (at, link) in links.iter().enumerate() {
            own(link, side).iter().for_each(|&block| of_block[block] = Some(at));
        }
        for sentence in sentences(documents[side as usize], cues) {
            let blocks = cues[sentence].iter().flat_map(|cue| cue.blocks.clone());
            let mut concerned: Vec<usize> = blocks.filter_map(|block| of_block[block]).collect();
            concerned.sort_unstable();
            concerned.dedup();
            let all = |side: Side| -> Vec<usize> {
                concerned.iter().flat_map(|&at| own(links[at], side).iter().copied()).collect()
            };
            let Some(both) = both(sides, &all(Side::Source), &all(Side::Target)) else { continue };
            if late(&both).iter().all(|by| by.abs() <= TOLERANCE) {
                found.push(both[0].span);
            }
        }
    }
    found.sort_unstable();
    // a sentence of one side may be several of the other
    found.dedup_by(|next, whole| {
        let overlaps = whole.overlaps(*next);
        if overlaps {
            *whole = whole.join(*next);
        }
        overlaps
    });
    found
}
