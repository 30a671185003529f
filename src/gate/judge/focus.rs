//! Which sentences of the two states an edit concerns: those that it changed, and all that these are linked with.

use std::collections::{BTreeMap, BTreeSet};

use super::state::State;
use crate::align::Link;
use crate::align::tokens::TypeId;

/// What an edit of one side is judged by: its sentences that are not in the other state, what these are linked to in
/// either state, and what is linked to that.
pub(super) struct Focus {
    /// The sentences of both sides, in both states.
    pub(super) sentences: [[BTreeSet<usize>; 2]; 2],
    pub(super) types: [[BTreeMap<TypeId, usize>; 2]; 2],
}

impl Focus {
    pub(super) fn of(before: &State, after: &State, side: usize) -> Focus {
        let states = [before, after];
        let all = states.map(|state| [0, 1].map(|side| state.sentences(side).collect::<Vec<_>>()));
        let edited = [0, 1].map(|nth: usize| {
            let theirs: BTreeSet<&str> = all[1 - nth][side].iter().map(|(_, text)| *text).collect();
            let own = all[nth][side].iter().filter(|(_, text)| !theirs.contains(text));
            own.map(|(at, _)| *at).collect::<BTreeSet<usize>>()
        });
        let whole = all
            .each_ref()
            .map(|of| of.each_ref().map(|of| of.iter().map(|(at, _)| *at).collect::<BTreeSet<usize>>()));
        // the other side was not edited: its sentences are the same ones in both states
        let others =
            [0, 1].map(|nth: usize| all[nth][1 - side].iter().map(|(at, _)| *at).collect::<Vec<usize>>());
        let mut sentences = [0, 1].map(|nth: usize| {
            let mut of = [BTreeSet::new(), BTreeSet::new()];
            of[side] = edited[nth].clone();
            of
        });
        loop {
            let sizes = sentences.each_ref().map(|of| of.each_ref().map(BTreeSet::len));
            for nth in 0..2 {
                let linked: Vec<&Link> = states[nth].links(&sentences[nth]).collect();
                for link in linked {
                    for (side, of) in [&link.source, &link.target].into_iter().enumerate() {
                        let inside = of.iter().filter(|at| whole[nth][side].contains(at));
                        sentences[nth][side].extend(inside);
                    }
                }
                let places = others[nth].iter().enumerate();
                let there = places.filter(|(_, at)| sentences[nth][1 - side].contains(at));
                let there: Vec<usize> =
                    there.filter_map(|(place, _)| others[1 - nth].get(place)).copied().collect();
                sentences[1 - nth][1 - side].extend(there);
            }
            if sizes == sentences.each_ref().map(|of| of.each_ref().map(BTreeSet::len)) {
                break;
            }
        }
        if sentences.iter().flatten().any(BTreeSet::is_empty) || others[0].len() != others[1].len() {
            sentences = whole;
        }
        let types =
            [0, 1].map(|nth: usize| [0, 1].map(|side| states[nth].types_of(side, &sentences[nth][side])));
        Focus { sentences, types }
    }
}
