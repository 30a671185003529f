//! Which word types of one side may render which of the other, and how likely.

use std::ops::Index;

use rustc_hash::FxHashMap;

use super::tokens::{TokenKind, Tokens, Type, TypeId};
use crate::lexicon::{self, Pos, sounds};
use crate::text::Lang;

/// Pairs of word types with the probability that the one renders the other; sparse.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// For each source type, the target types that may render it, ascending.
    pub(crate) forward: Rows,
    /// For each target type, the source types that it may render, ascending.
    pub(crate) backward: Rows,
}

/// For each type of one side its renderings, one type after another.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    all: Vec<Rendering>,
    /// Where those of each type begin, and, last, where those of the last one end.
    starts: Vec<u32>,
}

impl Rows {
    /// For so many types, of renderings that ascend by the types of the other side, each with the type it is for.
    fn of(types: usize, renderings: impl ExactSizeIterator<Item = (TypeId, Rendering)> + Clone) -> Rows {
        // counted first, and then put where there is room for as many
        let mut starts = vec![0u32; types + 1];
        renderings.clone().for_each(|(id, _)| starts[id as usize + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut all = vec![Rendering { id: 0, there: 0.0, back: 0.0 }; renderings.len()];
        for (id, rendering) in renderings {
            all[next[id as usize] as usize] = rendering;
            next[id as usize] += 1;
        }
        Rows { all, starts }
    }

    /// How many types there are.
    fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn iter(&self) -> impl Iterator<Item = &[Rendering]> {
        (0..self.len()).map(|at| &self[at])
    }
}

impl Index<usize> for Rows {
    type Output = [Rendering];

    fn index(&self, id: usize) -> &[Rendering] {
        &self.all[self.starts[id] as usize..self.starts[id + 1] as usize]
    }
}

/// A type of the other side, with the probabilities of both directions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rendering {
    /// The type of the other side.
    pub(crate) id: TypeId,
    /// t(other | this).
    pub(crate) there: f32,
    /// t(this | other).
    pub(crate) back: f32,
}

/// What a pair of types that is the same number, name or code is worth.
const SAME: f32 = 0.8;
/// What the first gloss of one word is worth.
const GLOSS: f32 = 0.5;
/// What the glosses of the parts of a word are worth against those of the whole.
const PART: f32 = 0.45;
/// What a word of the same root as a gloss is worth against the gloss.
const DERIVED: f32 = 0.4;
/// What a name spelled in pinyin is worth.
const PINYIN: f32 = 0.5;
/// What a name that sounds wholly like its counterpart is worth.
const SOUND: f32 = 0.5;
/// Names less alike than this are not the same: see [`sounds::likeness`].
const ALIKE: f32 = 0.6;

impl Table {
    /// The evidence that needs only the two documents and the lexicon.
    pub(crate) fn lexical(source: &Tokens, source_lang: Lang, target: &Tokens, target_lang: Lang) -> Table {
        let mut pairs = Pairs::default();
        same(source, target, &mut pairs);
        if source_lang == Lang::ZH && target_lang == Lang::EN {
            glosses(source, target, |zh, en, weight| pairs.add(zh, en, weight));
        } else if source_lang == Lang::EN && target_lang == Lang::ZH {
            glosses(target, source, |zh, en, weight| pairs.add(en, zh, weight));
        }
        pairs.table(source.types.len(), target.types.len())
    }

    /// What is known of a pair of types.
    pub(crate) fn pair(&self, source: TypeId, target: TypeId) -> Option<Rendering> {
        find(&self.forward[source as usize], target)
    }

    /// A table of pairs with t(target | source) and t(source | target); of several numbers for one pair the largest
    /// stay.
    fn of(mut pairs: Vec<Pair>, sources: usize, targets: usize) -> Table {
        pairs.sort_unstable_by_key(|pair| (pair.source, pair.target));
        pairs.dedup_by(|other, kept| {
            let same = (other.source, other.target) == (kept.source, kept.target);
            if same {
                (kept.there, kept.back) = (kept.there.max(other.there), kept.back.max(other.back));
            }
            same
        });
        let forward =
            |&Pair { source, target, there, back }: &Pair| (source, Rendering { id: target, there, back });
        let backward = |&Pair { source, target, there, back }: &Pair| {
            (target, Rendering { id: source, there: back, back: there })
        };
        Table {
            forward: Rows::of(sources, pairs.iter().map(forward)),
            backward: Rows::of(targets, pairs.iter().map(backward)),
        }
    }
}

/// Two types with t(target | source) and t(source | target).
struct Pair {
    source: TypeId,
    target: TypeId,
    there: f32,
    back: f32,
}

/// The entry of a row for a type of the other side.
pub(crate) fn find(row: &[Rendering], id: TypeId) -> Option<Rendering> {
    row.binary_search_by_key(&id, |rendering| rendering.id).ok().map(|at| row[at])
}

/// Collects pairs that are worth the same both ways.
#[derive(Default)]
struct Pairs(Vec<Pair>);

impl Pairs {
    fn add(&mut self, source: TypeId, target: TypeId, weight: f32) {
        self.0.push(Pair { source, target, there: weight, back: weight });
    }

    fn table(self, sources: usize, targets: usize) -> Table {
        Table::of(self.0, sources, targets)
    }
}

/// What one word of a gloss is worth: the less the later the gloss stands and the more words it has.
fn worth(rank: u8, words: u8) -> f32 {
    GLOSS / (1.0 + 0.23 * f32::from(rank)) / f32::from(words.max(1)).powf(0.77)
}

fn same(source: &Tokens, target: &Tokens, pairs: &mut Pairs) {
    for (id, one) in source.types.iter().enumerate() {
        let Some(other) = target.id(&one.key) else { continue };
        let kinds = (one.kind, target.types[other as usize].kind);
        let weight = match kinds {
            (TokenKind::Value, _) | (TokenKind::Code, _) => SAME,
            // between two languages in one script, short words that look alike are chance
            (TokenKind::Word, TokenKind::Word) if one.key.chars().count() < 4 => continue,
            _ => SAME,
        };
        pairs.add(id as TypeId, other, weight);
    }
}

fn glosses(zh: &Tokens, en: &Tokens, mut add: impl FnMut(TypeId, TypeId, f32)) {
    let mut by_stem: FxHashMap<lexicon::StemId, Vec<(TypeId, f32)>> = FxHashMap::default();
    let mut by_root: FxHashMap<&str, Vec<(TypeId, String)>> = FxHashMap::default();
    let mut names: FxHashMap<&str, TypeId> = FxHashMap::default();
    for (id, word) in en.types.iter().enumerate() {
        if word.kind != TokenKind::Word {
            continue;
        }
        if let Some(root) = lexicon::root(&word.key) {
            by_root.entry(root).or_default().push((id as TypeId, word.key.clone()));
        }
        match lexicon::stem_id(&word.key) {
            Some(stem) => by_stem.entry(stem).or_default().push((id as TypeId, 1.0)),
            None => {
                let parts = compound(&word.key).into_iter().flatten();
                parts.for_each(|stem| by_stem.entry(stem).or_default().push((id as TypeId, PART)));
            }
        }
        if word.capitals > 0 {
            names.insert(&word.surface, id as TypeId);
        }
    }
    for (id, word) in zh.types.iter().enumerate() {
        if word.kind != TokenKind::Word {
            continue;
        }
        for gloss in lexicon::glosses_or_parts(&word.key) {
            let weight = worth(gloss.rank, gloss.words) * if gloss.part { PART } else { 1.0 };
            for &(other, share) in by_stem.get(&gloss.stem).into_iter().flatten() {
                add(id as TypeId, other, weight * share);
            }
        }
        for gloss in lexicon::glosses(&word.key) {
            let text = lexicon::stem_text(gloss.stem);
            let Some(kin) = lexicon::root(text).and_then(|root| by_root.get(root)) else { continue };
            let weight = worth(gloss.rank, gloss.words);
            for &(other, ref stem) in kin {
                if stem != text && stem.len().abs_diff(text.len()) <= 4 {
                    add(id as TypeId, other, weight * DERIVED);
                }
            }
        }
        for spelling in lexicon::romanisations(&word.key) {
            if let Some(&other) = names.get(spelling.as_str()) {
                add(id as TypeId, other, PINYIN);
            }
        }
    }
    transliterations(zh, en, add);
}

/// Names that are written as they sound: of those that the lexicon has no gloss for, on either side.
fn transliterations(zh: &Tokens, en: &Tokens, mut add: impl FnMut(TypeId, TypeId, f32)) {
    let latin = en.types.iter().enumerate().filter(|(_, word)| {
        word.kind == TokenKind::Word && word.capitals == word.count && lexicon::stem_id(&word.key).is_none()
    });
    let latin: Vec<(TypeId, sounds::Sounds)> =
        latin.map(|(id, word)| (id as TypeId, sounds::of_latin(&word.surface))).collect();
    for (id, word) in zh.types.iter().enumerate() {
        if !is_transliterated(word) {
            continue;
        }
        let Some(han) = sounds::of_han(&word.key) else { continue };
        for (other, latin) in &latin {
            let alike = sounds::likeness(&han, latin);
            if alike >= ALIKE {
                add(id as TypeId, *other, SOUND * alike);
            }
        }
    }
}

/// Whether a Chinese word may be a name that is written as it sounds: two characters or more of which the lexicon knows
/// no meaning.
fn is_transliterated(word: &Type) -> bool {
    let name =
        matches!(word.pos, Some(Pos::Person | Pos::Place | Pos::Organisation | Pos::Proper | Pos::Other));
    word.kind == TokenKind::Word
        && name
        && word.key.chars().nth(1).is_some()
        && lexicon::glosses(&word.key).next().is_none()
}

/// The stems of the two words that an English word unknown to the lexicon is made of: cyber and terror of
/// cyberterrorism. The longer the second one, the likelier it is the word that was meant.
fn compound(key: &str) -> Option<[lexicon::StemId; 2]> {
    /// Shorter words are found in too many others by chance.
    const SHORTEST: usize = 4;
    if !key.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return None;
    }
    (SHORTEST..(key.len() + 1).saturating_sub(SHORTEST)).find_map(|at| {
        let (first, second) = key.split_at(at);
        Some([lexicon::stem_id(first)?, lexicon::stem_id(second)?])
    })
}

/// How many sightings the lexicon's opinion of a word counts for, when the bitext teaches its own.
const PRIOR: f32 = 7.0;
/// Rounds of expectation maximisation.
const ROUNDS: usize = 4;
/// Pairs less likely than this in both directions are dropped.
const FLOOR: f32 = 0.1;

impl Table {
    /// The table sharpened by linked spans of words: IBM Model 1 in both directions, with this table as the prior
    /// (Brown et al. 1993, section 4.1; a word may also come from nothing).
    pub(crate) fn learn(&self, links: &[(&[TypeId], &[TypeId])]) -> Table {
        let (sources, targets) = (self.forward.len(), self.backward.len());
        let (there, back) = ((&self.forward, &self.backward), (&self.backward, &self.forward));
        let there = model1(links.iter().copied(), there, targets);
        let back = model1(links.iter().map(|&(source, target)| (target, source)), back, sources);
        let mut pairs: Vec<Pair> = Vec::with_capacity(self.forward.all.len());
        for (source, row) in self.forward.iter().enumerate() {
            pairs.extend(row.iter().map(|rendering| Pair {
                source: source as TypeId,
                target: rendering.id,
                there: rendering.there * KEEP,
                back: rendering.back * KEEP,
            }));
        }
        let likely = |&(_, probability): &((TypeId, TypeId), f32)| probability >= FLOOR;
        let there = there.into_iter().filter(likely);
        pairs.extend(there.map(|((source, target), there)| Pair { source, target, there, back: 0.0 }));
        let back = back.into_iter().filter(likely);
        pairs.extend(back.map(|((target, source), back)| Pair { source, target, there: 0.0, back }));
        Table::of(pairs, sources, targets)
    }
}

/// What the lexicon's weight of a pair keeps when the bitext has had its say.
const KEEP: f32 = 0.8;

/// So many pairs stand side by side: more than a link has that is looked at, and few enough that there is no room to
/// speak of for more than there are.
const AT_ONCE: usize = 1 << 16;

/// Tokens of some links with the pairs of types that they are in.
struct Met {
    /// The type of each, and where its pairs end.
    tokens: Vec<(TypeId, u32)>,
    /// The pairs by their numbers, token by token.
    pairs: Vec<u32>,
}

impl Met {
    /// The type of each token, and its pairs.
    fn rows(&self) -> impl Iterator<Item = (TypeId, &[u32])> {
        let mut first = 0;
        self.tokens.iter().map(move |&(word, end)| {
            let row = &self.pairs[first..end as usize];
            first = end as usize;
            (word, row)
        })
    }
}

/// t(to | from) by Model 1, over the pairs seen together at least twice or in the prior, which is given both ways.
fn model1<'a>(
    links: impl Iterator<Item = (&'a [TypeId], &'a [TypeId])> + Clone,
    (prior, prior_back): (&Rows, &Rows),
    targets: usize,
) -> Vec<((TypeId, TypeId), f32)> {
    // co-occurrences, one row a link token pair, as indices into the list of distinct pairs
    let mut counts_to = vec![0u32; targets];
    let mut counts_from = vec![0u32; prior.len()];
    for (from, to) in links.clone() {
        to.iter().for_each(|&id| counts_to[id as usize] += 1);
        from.iter().for_each(|&id| counts_from[id as usize] += 1);
    }
    let mut index: FxHashMap<(TypeId, TypeId), u32> = FxHashMap::default();
    let mut pairs: Vec<(TypeId, TypeId)> = Vec::new();
    let mut seen: Vec<u32> = Vec::new();
    let mut met: Vec<Met> = Vec::new();
    let mut tokens = 0;
    // for each type of the one side the last of the tokens that it may be rendered by
    let mut rendered = vec![u32::MAX; prior.len()];
    for (from, to) in links {
        if from.len() > 200 || to.len() > 200 {
            continue;
        }
        let room = met.last().is_some_and(|met| met.pairs.len() + from.len() * to.len() <= AT_ONCE);
        if !room {
            met.push(Met { tokens: Vec::new(), pairs: Vec::with_capacity(AT_ONCE) });
        }
        let Some(here) = met.last_mut() else { continue };
        for &word in to {
            let at = tokens;
            tokens += 1;
            prior_back[word as usize].iter().for_each(|rendering| rendered[rendering.id as usize] = at);
            let often = counts_to[word as usize] > 1;
            for &given in from {
                let kept = often && counts_from[given as usize] > 1 || rendered[given as usize] == at;
                if !kept {
                    continue;
                }
                let at = *index.entry((given, word)).or_insert_with(|| {
                    pairs.push((given, word));
                    seen.push(0);
                    pairs.len() as u32 - 1
                });
                seen[at as usize] += 1;
                here.pairs.push(at);
            }
            here.tokens.push((word, here.pairs.len() as u32));
        }
    }
    let lexical: Vec<f32> =
        pairs.iter().map(|&(from, to)| find(&prior[from as usize], to).map_or(0.0, |r| r.there)).collect();
    let total_words: f32 = tokens as f32 + 1.0;
    // to begin with, a pair is as likely as the lexicon says, and else a little more than chance
    let mut t: Vec<f32> = pairs.iter().zip(&lexical).map(|(_, lexical)| lexical + 0.01).collect();
    for _ in 0..ROUNDS {
        let mut expected = vec![0.0f32; pairs.len()];
        for (word, row) in met.iter().flat_map(Met::rows) {
            let nothing = 0.5 * counts_to[word as usize] as f32 / total_words + 1e-4;
            let sum: f32 = nothing + row.iter().map(|&at| t[at as usize]).sum::<f32>();
            for &at in row {
                expected[at as usize] += t[at as usize] / sum;
            }
        }
        let mut totals = vec![0.0f32; prior.len()];
        for (&(from, _), count) in pairs.iter().zip(&expected) {
            totals[from as usize] += count;
        }
        for (at, &(from, _)) in pairs.iter().enumerate() {
            let from = from as usize;
            let total = totals[from].max(0.5 * counts_from[from] as f32);
            t[at] = (expected[at] + PRIOR * lexical[at]) / (total + PRIOR);
        }
    }
    // a pair seen together once is no evidence beyond the lexicon's
    pairs
        .into_iter()
        .zip(t)
        .zip(seen)
        .filter(|((_, _), seen)| *seen > 1)
        .map(|((pair, t), _)| (pair, t))
        .collect()
}
