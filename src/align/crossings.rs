//! Crossings that no link can show: neighbours that changed places where the other side says both in one sentence.
//!
//! Links join whole sentences. Where a clause of one side is a sentence of the other, sentences that changed places
//! stay hidden in the links around them; so here parts of sentences are compared, in order and crossed.

use std::cell::LazyCell;
use std::ops::Range;
use std::slice;

use super::moves::{CROSSING, RENDERING};
use super::score::{Model, Places};
use super::tokens::Tokens;
use super::units::Units;
use super::words::WordLink;
use super::{Aligned, Bitext, Link};
use crate::text::{Document, Span};
use crate::words::words;

/// Two passages that render each other and stand in another order than what is beside them.
#[derive(Debug, Clone, PartialEq)]
pub struct Crossing {
    /// The passage in the source.
    pub source: Span,
    /// The passage in the target.
    pub target: Span,
    /// How sure, from 0 to 1.
    pub score: f64,
}

impl Crossing {
    fn touches(&self, other: &Crossing) -> bool {
        self.source.overlaps(other.source) || self.target.overlaps(other.target)
    }
}

/// Marks that part what may stand as a sentence of its own.
const STRONG: &[char] = &[';', '；', ':', '：'];
/// Marks that part clauses.
const WEAK: &[char] = &[';', '；', ':', '：', ',', '，'];
/// A part of a sentence has at least so many words.
const SHORTEST: usize = 2;
/// Blocks of more parts than this are not looked into: what moved there is for the links to show.
const MANY: usize = 80;
/// The most neighbouring parts that are tried for having changed places with those beside them.
const GROUP: usize = 2;
/// How clauses begin that may stand before or after what they depend on: where they do is for a language to choose.
const DEPENDENT_FIRST: &[&str] = words!("beginning of a dependent clause");
/// How clauses begin that say more of a word before them, and never stand for a sentence.
const RELATIVE: &[&str] = words!("relative pronoun", en);
/// How they end.
const DEPENDENT_LAST: &[&str] = words!("end of a dependent clause", zh);
/// The least likelihood of a pair of words that tells which parts belong together.
const RENDERS: f32 = 0.08;

impl Aligned {
    /// The crossings that the links between sentences hide, in the order of the source.
    pub fn crossings(&self) -> Vec<Crossing> {
        let Bitext { source, target, alignment } = &self.bitext;
        let mut block_link = [vec![0; source.blocks.len()], vec![0; target.blocks.len()]];
        for (at, link) in alignment.blocks.iter().enumerate() {
            link.source.iter().for_each(|&block| block_link[0][block] = at);
            link.target.iter().for_each(|&block| block_link[1][block] = at);
        }
        let region = |link: &Link| match (link.source.first(), link.target.first()) {
            (Some(&sentence), _) => block_link[0][source.sentences[sentence].block],
            (None, Some(&sentence)) => block_link[1][target.sentences[sentence].block],
            (None, None) => alignment.blocks.len(),
        };
        let mut found = Vec::new();
        for links in alignment.sentences.chunk_by(|a, b| region(a) == region(b)) {
            // a sentence against a sentence has no neighbour to change places with
            let hides = links.len() > 1 || links.iter().any(|link| link.source.len() + link.target.len() > 2);
            if !hides || links.iter().any(|link| link.moved) {
                continue;
            }
            // by itself each link first: there no word of the rest of the block draws a clause away
            let wide =
                links.iter().filter(|link| !link.is_null() && link.source.len() + link.target.len() > 2);
            let alone =
                wide.filter(|_| links.len() > 1).flat_map(|link| self.crossings_among(slice::from_ref(link)));
            let mut here: Vec<Crossing> = alone.collect();
            for crossing in self.crossings_among(links) {
                if !here.iter().any(|known| known.touches(&crossing)) {
                    here.push(crossing);
                }
            }
            found.extend(here);
        }
        found.sort_by_key(|crossing| (crossing.source, crossing.target));
        found
    }

    fn crossings_among(&self, links: &[Link]) -> Vec<Crossing> {
        let gather = |of: fn(&Link) -> &[usize]| {
            // what stands alone has no place to be out of
            let mut all: Vec<usize> =
                links.iter().filter(|link| !link.is_null()).flat_map(of).copied().collect();
            all.sort_unstable();
            all
        };
        let (source, target) = (gather(|link| &link.source), gather(|link| &link.target));
        let words = LazyCell::new(|| {
            self.words_between(&self.tokens_of(true, &source), &self.tokens_of(false, &target))
        });
        let mut found: Vec<Crossing> = Vec::new();
        for [of_source, of_target] in [[WEAK, STRONG], [STRONG, WEAK]] {
            let source = Parts::of(&self.bitext.source, &self.tokens.0, &source, of_source);
            let target = Parts::of(&self.bitext.target, &self.tokens.1, &target, of_target);
            // it takes two parts of each side to change places
            if source.len().max(target.len()) > MANY || source.len().min(target.len()) < 2 {
                continue;
            }
            let grid = self.grid(&source, &target, &words);
            let units = (
                source.units(&self.bitext.source, &self.tokens.0),
                target.units(&self.bitext.target, &self.tokens.1),
            );
            // no links are searched for
            let places = Places::default();
            let model = Model::new(units.0.whole(), units.1.whole(), &places, &self.knowledge);
            let fine_source = of_source == WEAK;
            let clauses = match fine_source {
                true => source.clauses(&self.bitext.source),
                false => target.clauses(&self.bitext.target),
            };
            let compound = match fine_source {
                true => target.compound(&self.bitext.target, &self.tokens.1),
                false => source.compound(&self.bitext.source, &self.tokens.0),
            };
            let sides =
                Sides { model: &model, grid: &grid, fine_source, clauses: &clauses, compound: &compound };
            for (Match { fine, coarse }, gain) in sides.crossed() {
                let (one, other) = if fine_source { (fine, coarse) } else { (coarse, fine) };
                let score = 1.0 / (1.0 + f64::from((CROSSING - 1.0 - gain) / 4.0).exp());
                let crossing = Crossing { source: source.span(&one), target: target.span(&other), score };
                if !found.iter().any(|known| known.touches(&crossing)) {
                    found.push(crossing);
                }
            }
        }
        found
    }

    /// How much the words of each source part and each target part have in common, by how rare they are; `words` are
    /// the links between them all.
    fn grid(&self, source: &Parts, target: &Parts, words: &[WordLink]) -> Vec<Vec<f32>> {
        let mut grid = vec![vec![0.0; target.len()]; source.len()];
        for link in words {
            if link.score >= RENDERS {
                let word = self.tokens.0.tokens[link.source].id;
                grid[source.holding(link.source)][target.holding(link.target)] -=
                    self.knowledge.source_unigram[word as usize].ln();
            }
        }
        grid
    }
}

/// Parts of consecutive sentences, in order.
struct Parts {
    /// The block and the tokens of each.
    parts: Vec<(usize, Range<usize>, Span)>,
}

impl Parts {
    fn of(document: &Document, tokens: &Tokens, sentences: &[usize], marks: &[char]) -> Parts {
        let mut parts = Vec::new();
        for &sentence in sentences {
            let (within, whole) = (tokens.of_sentence(sentence), document.sentences[sentence]);
            let place = |index: usize| tokens.tokens[index].span;
            let mut starts = vec![within.start];
            for at in within.start + 1..within.end {
                let gap = document.text.get(place(at - 1).end..place(at).start).unwrap_or_default();
                let last = starts.last().copied().unwrap_or(within.start);
                if gap.contains(marks) && at - last >= SHORTEST && within.end - at >= SHORTEST {
                    starts.push(at);
                }
            }
            for (rank, &start) in starts.iter().enumerate().filter(|_| !within.is_empty()) {
                let end = starts.get(rank + 1).copied().unwrap_or(within.end);
                let from = if rank == 0 { whole.span.start } else { place(start).start };
                let to = if end == within.end { whole.span.end } else { place(end - 1).end };
                parts.push((whole.block, start..end, Span::new(from, to)));
            }
        }
        Parts { parts }
    }

    fn len(&self) -> usize {
        self.parts.len()
    }

    /// The part that holds a token of the sentences.
    fn holding(&self, token: usize) -> usize {
        self.parts.partition_point(|(_, tokens, _)| tokens.end <= token)
    }

    fn span(&self, range: &Range<usize>) -> Span {
        let of = |at: usize| self.parts[at].2;
        of(range.start).join(of(range.end - 1))
    }

    /// What clause each of the parts begins with, with the number of its sentence.
    fn clauses(&self, document: &Document) -> Vec<(usize, Clause)> {
        let clause = |text: &str| {
            let text = text.trim().trim_end_matches(WEAK).to_lowercase();
            // an English word ends at a space
            let goes_on = |first: &str, rest: &str| !first.is_ascii() || rest.starts_with(' ');
            let begins = |firsts: &[&str]| {
                firsts.iter().any(|first| text.strip_prefix(first).is_some_and(|rest| goes_on(first, rest)))
            };
            if begins(RELATIVE) {
                Clause::Relative
            } else if begins(DEPENDENT_FIRST) || DEPENDENT_LAST.iter().any(|last| text.ends_with(last)) {
                Clause::Adverbial
            } else {
                Clause::Main
            }
        };
        let sentence = |span: Span| document.sentences.partition_point(|it| it.span.end <= span.start);
        self.parts.iter().map(|part| (sentence(part.2), clause(document.slice(part.2)))).collect()
    }

    /// Which of the parts have several clauses.
    fn compound(&self, document: &Document, tokens: &Tokens) -> Vec<bool> {
        let place = |index: usize| tokens.tokens[index].span;
        let gap = |at: usize| document.text.get(place(at).end..place(at + 1).start).unwrap_or_default();
        let each = self
            .parts
            .iter()
            .map(|(_, within, _)| (within.start + 1..within.end).any(|at| gap(at - 1).contains(WEAK)));
        each.collect()
    }

    fn units(&self, document: &Document, tokens: &Tokens) -> Units {
        Units::parts(document, tokens, &self.parts)
    }
}

/// A clause, by what it depends on.
#[derive(Debug, Clone, Copy)]
enum Clause {
    Main,
    /// Another one of its sentence, before or after it.
    Adverbial,
    /// A word before it.
    Relative,
}

/// Parts of the fine side and of the coarse side that render each other.
#[derive(Debug, Clone)]
struct Match {
    fine: Range<usize>,
    coarse: Range<usize>,
}

/// Two matches that cross, in the order of the fine side, and what that reading scores above the straight one, in
/// nats.
struct Exchange {
    matches: [Match; 2],
    gain: f32,
}

/// A side in parts of sentences, the fine one, against a side in sentences, the coarse one.
struct Sides<'a> {
    model: &'a Model<'a>,
    grid: &'a [Vec<f32>],
    fine_source: bool,
    /// For each fine part its sentence, and what clause it begins with.
    clauses: &'a [(usize, Clause)],
    /// For each coarse part, whether it has several clauses.
    compound: &'a [bool],
}

impl Sides<'_> {
    fn common(&self, fine: usize, coarse: usize) -> f32 {
        if self.fine_source { self.grid[fine][coarse] } else { self.grid[coarse][fine] }
    }

    fn sizes(&self) -> (usize, usize) {
        let (source, target) = (self.model.source.len(), self.model.target.len());
        if self.fine_source { (source, target) } else { (target, source) }
    }

    fn oriented(&self, fine: Range<usize>, coarse: Range<usize>) -> (Range<usize>, Range<usize>) {
        if self.fine_source { (fine, coarse) } else { (coarse, fine) }
    }

    fn lexical(&self, fine: Range<usize>, coarse: Range<usize>) -> f32 {
        let (source, target) = self.oriented(fine, coarse);
        self.model.lexical(source, target)
    }

    fn value(&self, fine: Range<usize>, coarse: Range<usize>) -> f32 {
        let (source, target) = self.oriented(fine.clone(), coarse.clone());
        self.lexical(fine, coarse) + self.model.length(source, target)
    }

    fn words(&self, fine: &Range<usize>, coarse: &Range<usize>) -> usize {
        let (source, target) = self.oriented(fine.clone(), coarse.clone());
        self.model.source.span(&source).len() + self.model.target.span(&target).len()
    }

    /// The shorter one of every two neighbours that changed places, with what that reading scores above the straight
    /// one, in nats; the surest first, none touching another.
    fn crossed(&self) -> Vec<(Match, f32)> {
        let (_, coarse) = self.sizes();
        let mut found: Vec<(Range<usize>, Exchange)> = Vec::new();
        for middle in 1..coarse {
            for start in middle.saturating_sub(GROUP)..middle {
                for end in middle + 1..=(middle + GROUP).min(coarse) {
                    let exchange = self.exchanged(&(start..middle), &(middle..end));
                    found.extend(exchange.map(|exchange| (start..end, exchange)));
                }
            }
        }
        found.sort_by(|a, b| {
            b.1.gain.total_cmp(&a.1.gain).then((a.0.start, a.0.end).cmp(&(b.0.start, b.0.end)))
        });
        let mut kept: Vec<Range<usize>> = Vec::new();
        let mut moved = Vec::new();
        for (range, Exchange { matches: [one, other], gain }) in found {
            if kept.iter().all(|known| range.end <= known.start || known.end <= range.start) {
                kept.push(range);
                let first = self.words(&one.fine, &one.coarse) < self.words(&other.fine, &other.coarse);
                moved.push((if first { one } else { other }, gain));
            }
        }
        moved
    }

    /// What two neighbours of the coarse side correspond to, if that stands the other way round.
    fn exchanged(&self, first: &Range<usize>, second: &Range<usize>) -> Option<Exchange> {
        let (fine, coarse) = self.sizes();
        let shared =
            |at: usize, range: &Range<usize>| -> f32 { range.clone().map(|it| self.common(at, it)).sum() };
        let owned = |at: usize| {
            let own = shared(at, first) + shared(at, second);
            own > 0.0 && 2.0 * own > shared(at, &(0..coarse))
        };
        let start = (0..fine).find(|&at| owned(at))?;
        let end = (start..fine).rev().find(|&at| owned(at))? + 1;
        // what lies between must not belong to anything else
        if end - start < 2 || (start..end).any(|at| !owned(at) && shared(at, &(0..coarse)) > 0.0) {
            return None;
        }
        let parted = |one: &Range<usize>, other: &Range<usize>| {
            let total = |at: usize| -> f32 {
                (start..at).map(|it| shared(it, one)).sum::<f32>()
                    + (at..end).map(|it| shared(it, other)).sum::<f32>()
            };
            (start + 1..end).map(|at| (at, total(at))).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        };
        let ((_, straight), (at, crossed)) = (parted(first, second)?, parted(second, first)?);
        // the order of a clause and what it depends on is one of grammar; what stands for clauses together is more than that
        let dependent = |fine: usize, coarse: &Range<usize>| match self.clauses[fine].1 {
            Clause::Main => false,
            Clause::Relative => true,
            Clause::Adverbial => !self.compound[coarse.clone()].contains(&true),
        };
        let grammar = self.clauses[start].0 == self.clauses[end - 1].0
            && (dependent(start, second) || dependent(at, first));
        if crossed <= straight || grammar {
            return None;
        }
        if self.lexical(start..at, second.clone()) < RENDERING
            || self.lexical(at..end, first.clone()) < RENDERING
        {
            return None;
        }
        let crossed = self.value(start..at, second.clone()) + self.value(at..end, first.clone());
        let straight = (start + 1..end)
            .map(|at| self.value(start..at, first.clone()) + self.value(at..end, second.clone()))
            .fold(f32::NEG_INFINITY, f32::max);
        let gain = crossed - straight;
        let matched = |fine: Range<usize>, coarse: &Range<usize>| Match { fine, coarse: coarse.clone() };
        let matches = [matched(start..at, second), matched(at..end, first)];
        (gain > CROSSING).then_some(Exchange { matches, gain })
    }
}
