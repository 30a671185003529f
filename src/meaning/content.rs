//! Words of linked sentences that nothing on the other side accounts for: the ground of missing-content and
//! added-content.
//!
//! Most words without a partner are the ordinary freedom of translation. What tells an omission from a paraphrase is
//! how rare the words are and how regularly this bitext renders them elsewhere, how well the rest of the sentence is
//! explained, whether the other side has unexplained words of its own that may render them after all, and whether
//! the lengths agree that something is lost. These become features of a logistic model, trained on clauses taken
//! out of texts that are in sync. Where the encoder was asked, how near the words are to what the other side says are
//! features as well, of a model of its own.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{View, own};
use crate::align::Link;
use crate::align::tokens::{TokenKind, Type, TypeId};
use crate::encoder::coverage::{Nearness, without_habits};
use crate::lexicon::{self, Pos};
use crate::text::script::is_han;
use crate::text::{Document, Lang, Side, Span};
use crate::words::words;

/// How many features a run of words has.
pub const FEATURES: usize = 21;
/// How many the encoder adds.
pub const SEEN_FEATURES: usize = 3;

/// Words side by side that nothing on the other side accounts for.
#[derive(Debug, Clone, PartialEq)]
pub struct Unexplained {
    /// The side they are on.
    pub side: Side,
    /// From the first to the last of them.
    pub span: Span,
    /// The words that say something, each where it stands.
    pub words: Vec<Span>,
    /// The linked sentences of the other side.
    pub place: Span,
    /// Words there that nothing accounts for either, if any: what may stand against these.
    pub against: Option<Span>,
    /// The clause of which they are most of what it says, if there is one.
    pub clause: Option<Span>,
    /// What is known of them.
    pub features: [f32; FEATURES],
    /// What the encoder says of them, where it was asked: how far they are from what lies nearest, how much of each
    /// goes to a word of the other side that has no nearer one, and how many words there lie nearest to one of them.
    pub seen: Option<[f32; SEEN_FEATURES]>,
}

/// The weights of the features and, last, the bias; made by `cargo run --profile quick --example train`.
const WEIGHTS: [f32; FEATURES + 1] = include!("content.weights");
/// The same with what the encoder says.
const SEEN_WEIGHTS: [f32; FEATURES + SEEN_FEATURES + 1] = include!("seen.weights");

/// How many runs are left out, before the text is seen.
struct Prior {
    /// The share in the texts that the weights were trained on; the same command says it.
    trained: f32,
    /// The share to begin with: a translation that is being checked has more faults than one that was found in order.
    usual: f32,
    /// As if so many runs of a text like those had been seen before: a short text says little of its own rate.
    runs: f32,
}

/// Of usual rates of .15, .1 and .06 the pairs in sync have 38, 21 and 15 minor findings per 1,000 sentences
/// (`score.py noise`; with .15 the runs of their documents counted once in training, else four times).
const PRIOR: Prior = Prior { trained: 0.040, usual: 0.06, runs: 60.0 };
/// The same with the encoder, which looks at more runs and finds less; the usual rate is that without it, and no other
/// was tried with these weights.
const SEEN_PRIOR: Prior = Prior { trained: 0.017, usual: 0.06, runs: 80.0 };

/// All runs of unexplained words, each with how likely it is that the other side leaves it out.
pub(crate) fn judged(view: &View) -> Vec<(Unexplained, f64)> {
    let runs = unexplained(view);
    let sure = confidences(&runs);
    runs.into_iter().zip(sure).collect()
}

/// How likely it is, from 0 to 1, that the other side leaves the words of each run out: the odds of the model at the
/// rate that this bitext shows itself (expectation maximisation over the prior alone; Saerens et al. 2002).
fn confidences(runs: &[Unexplained]) -> Vec<f64> {
    let prior = if runs.iter().any(|run| run.seen.is_some()) { SEEN_PRIOR } else { PRIOR };
    let logit = |rate: f32| (rate / (1.0 - rate)).ln();
    let sum = |features: &mut dyn Iterator<Item = &f32>, weights: &[f32]| -> f32 {
        features.zip(weights).map(|(x, w)| x * w).sum::<f32>() + weights[weights.len() - 1]
    };
    let odds: Vec<f32> = runs
        .iter()
        .map(|run| match &run.seen {
            None => {
                let other = logit(prior.trained) - logit(PRIOR.trained);
                sum(&mut run.features.iter(), &WEIGHTS) + other
            }
            Some(seen) => sum(&mut run.features.iter().chain(seen), &SEEN_WEIGHTS),
        })
        .collect();
    let probability = |odds: f32| 1.0 / (1.0 + (-odds).exp());
    let mut shift = 0.0;
    for _ in 0..20 {
        let sum: f32 = odds.iter().map(|odds| probability(odds + shift)).sum();
        let rate = (sum + prior.runs * prior.usual) / (odds.len() as f32 + prior.runs);
        shift = logit(rate.clamp(0.01, 0.25)) - logit(prior.trained);
    }
    odds.into_iter().map(|odds| f64::from(probability(odds + shift))).collect()
}

/// A pair of words with at least this likelihood is a rendering.
const RENDERS: f32 = 0.08;
/// What weighs less than this is not worth a word.
const LEAST: f32 = 0.45;
/// The same where the encoder says what a word is worth: "with interest" is little by the lexicon alone.
const SEEN_LEAST: f32 = 0.12;

/// All runs of unexplained words of both sides, in the order of the links; none unless one side is Chinese and the
/// other English.
pub fn unexplained(view: &View) -> Vec<Unexplained> {
    let langs = (view.document(Side::Source).lang, view.document(Side::Target).lang);
    if !matches!(langs, (Lang::ZH, Lang::EN) | (Lang::EN, Lang::ZH)) {
        return Vec::new();
    }
    let types = Types::of(view);
    let pairs = Pairs::of(view, &types);
    let regular = [Side::Source, Side::Target].map(|side| regularity(view, side, &pairs));
    let ratio = {
        let total = |side: usize| pairs.links.iter().map(|link| link.lengths[side]).sum::<f32>();
        if total(0) > 0.0 { (total(1) / total(0)).max(0.05) } else { 1.0 }
    };
    let mut found = Vec::new();
    let habits = Habits { regular, ratio, phrases: phrases(view) };
    let lacks = [Side::Source, Side::Target].map(|side| lacks(view, side, &pairs));
    for (at, pair) in pairs.iter().enumerate() {
        let near = view.aligned().nearness(pair.link).map(|near| (near, near.shares()));
        for side in [Side::Source, Side::Target] {
            let seen = near.as_ref().map(|(near, shares)| Seen {
                near,
                shares: &shares[side as usize],
                lacks: &lacks[side as usize][at],
            });
            runs(view, &pair, side, &habits, seen.as_ref(), &mut found);
        }
    }
    found
}

/// What the encoder says of one side of a link.
struct Seen<'a> {
    near: &'a Nearness,
    /// Of each piece how much goes to what it shares most with.
    shares: &'a [f32],
    /// Of each word how far it is from what lies nearest, its habits aside.
    lacks: &'a [Option<f32>],
}

/// Of each content word of a side, link by link, how far it is from what lies nearest on the other, less the habit of
/// the word; nothing where the encoder was not asked, and no links where it was asked of none.
fn lacks(view: &View, side: Side, pairs: &Pairs) -> Vec<Vec<Option<f32>>> {
    if pairs.iter().all(|pair| view.aligned().nearness(pair.link).is_none()) {
        return Vec::new();
    }
    let of_pair = |pair: Pair| -> Vec<Option<f32>> {
        let near = view.aligned().nearness(pair.link);
        let lack = |word: &Word| {
            let near = near.filter(|_| word.weight > 0.0)?;
            near.lack(side == Side::Source, pieces(view, near, pair.link, side, word))
        };
        pair.sides[side as usize].words.iter().map(lack).collect()
    };
    let mut lacks: Vec<Vec<Option<f32>>> = pairs.iter().map(of_pair).collect();
    let words = pairs.iter().flat_map(|pair| pair.sides[side as usize].words);
    let known: Vec<(TypeId, f32)> =
        words.zip(lacks.iter().flatten()).filter_map(|(word, lack)| Some((word.id, (*lack)?))).collect();
    let left = without_habits(&known);
    lacks.iter_mut().flatten().flatten().zip(left).for_each(|(lack, left)| *lack = left);
    lacks
}

/// The pieces of a word as the encoder sees it.
fn pieces(view: &View, near: &Nearness, link: &Link, side: Side, word: &Word) -> Range<usize> {
    let sentence =
        own(link, side).iter().position(|&sentence| sentence == word.sentence as usize).unwrap_or_default();
    let start = view.document(side).sentences[word.sentence as usize].span.start;
    near.pieces(side == Side::Source, sentence, word.span().start - start..word.span().end - start)
}

/// A word of the other side that lies nearer by so much to another word than to a run is not rendered by the run.
const CLAIMED: f32 = 0.1;
/// More words than so many that lie nearest to a run say no more.
const CLAIMS: f32 = 4.0;

/// What the encoder says of a run: see [`Unexplained::seen`].
fn see(view: &View, pair: &Pair, side: Side, seen: &Seen, run: Range<usize>) -> Option<[f32; SEEN_FEATURES]> {
    let source = side == Side::Source;
    let here = &pair.sides[side as usize].words;
    let of = |word: &Word| pieces(view, seen.near, pair.link, side, word);
    let open = || run.clone().filter(|&at| here[at].explained < 0.5 && seen.lacks[at].is_some());
    let count = open().count() as f32;
    let lack = open().filter_map(|at| seen.lacks[at]).sum::<f32>() / count;
    let share = |at: usize| {
        let pieces = of(&here[at]);
        seen.shares[pieces.clone()].iter().sum::<f32>() / pieces.len() as f32
    };
    let share = open().map(share).sum::<f32>() / count;
    let whole = of(&here[run.start]).start..of(&here[run.end - 1]).end;
    let there = pair.sides[side.other() as usize].words.iter().filter(|word| word.weight > 0.0);
    let claims = there.filter_map(|word| {
        let pieces = pieces(view, seen.near, pair.link, side.other(), word);
        (!pieces.is_empty()).then(|| seen.near.claim(source, &whole, pieces).unwrap_or(0.0))
    });
    let claims: f32 = claims.map(|margin| (1.0 + margin.min(0.0) / CLAIMED).max(0.0)).sum();
    (count > 0.0).then(|| [lack, share, claims.min(CLAIMS)])
}

/// How often two words stand side by side in the translation.
fn phrases(view: &View) -> FxHashMap<(TypeId, TypeId), u32> {
    let mut counts = FxHashMap::default();
    for two in view.tokens(Side::Target).tokens.windows(2) {
        *counts.entry((two[0].id, two[1].id)).or_default() += 1;
    }
    counts
}

/// Words that stand side by side so often are a phrase of the translation.
const PHRASE: u32 = 3;

/// Whether a word makes a phrase of the translation with a word beside it that is rendered: "sovereign state" for 国家
/// adds nothing where that is what the translation calls a state.
fn completes_phrase(words: &[Word], at: usize, phrases: &FxHashMap<(TypeId, TypeId), u32>) -> bool {
    let often = |one: usize, other: usize| {
        phrases.get(&(words[one].id, words[other].id)).is_some_and(|times| *times >= PHRASE)
    };
    let rendered = |at: usize| words.get(at).is_some_and(|word| word.weight > 0.0 && word.explained >= 0.7);
    rendered(at + 1) && often(at, at + 1) || at > 0 && rendered(at - 1) && often(at - 1, at)
}

/// All linked sentences and what explains their words, in as little room as it takes: of a long text all are there
/// at once.
struct Pairs<'a> {
    links: Vec<Linked<'a>>,
    /// The words of both sides, link by link.
    words: [Vec<Word>; 2],
}

struct Linked<'a> {
    link: &'a Link,
    /// Where its words end among those of each side.
    ends: [u32; 2],
    /// How long its sides are: in Latin letters; a Chinese character counts as three.
    lengths: [f32; 2],
}

/// Linked sentences and what explains their words.
struct Pair<'p> {
    link: &'p Link,
    sides: [Words<'p>; 2],
}

/// The words of one side of a link.
struct Words<'p> {
    words: &'p [Word],
    length: f32,
}

struct Word {
    /// Counted in 32 bits, as are the sentence and the clause: there is one for each word of a text, all at once.
    token: u32,
    id: TypeId,
    /// Where it stands.
    start: u32,
    end: u32,
    /// How much it says, from 0 to 1.
    weight: f32,
    /// How far the other side accounts for it, from 0 to 1.
    explained: f32,
    /// The word of the other side of the link that renders it, or [`NOWHERE`].
    partner: u32,
    /// The sentence it is in, and the clause, both counted from the start of the document or link.
    sentence: u32,
    clause: u32,
}

/// Where a word stands that is rendered by none.
const NOWHERE: u32 = u32::MAX;

impl Word {
    fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

impl<'a> Pairs<'a> {
    fn of(view: &View<'a>, types: &Types) -> Pairs<'a> {
        let sides = [Side::Source, Side::Target];
        let room = |side: Side| view.tokens(side).tokens.len();
        let mut pairs = Pairs { links: Vec::new(), words: sides.map(|side| Vec::with_capacity(room(side))) };
        for link in view.linked_sentences() {
            let [source, target] = &mut pairs.words;
            let first = [source.len(), target.len()];
            let lengths = [
                read(view, types, Side::Source, own(link, Side::Source), source),
                read(view, types, Side::Target, own(link, Side::Target), target),
            ];
            let ends = [source.len() as u32, target.len() as u32];
            explain(view, types, [&mut source[first[0]..], &mut target[first[1]..]]);
            pairs.links.push(Linked { link, ends, lengths });
        }
        pairs
    }

    fn iter(&self) -> impl Iterator<Item = Pair<'_>> {
        let mut first = [0, 0];
        self.links.iter().map(move |&Linked { link, ends, lengths }| {
            let ends = ends.map(|end| end as usize);
            let side = |side: usize| Words {
                words: &self.words[side][first[side]..ends[side]],
                length: lengths[side],
            };
            let sides = [side(0), side(1)];
            first = ends;
            Pair { link, sides }
        })
    }
}

/// What is known of the word types of a bitext, whatever sentences they stand in.
struct Types {
    /// How much the words of each type of both sides say.
    weights: [Vec<f32>; 2],
    /// The number of the root of each English type.
    roots: Vec<u32>,
    /// For each character of the Chinese types, the English roots of this bitext that it may mean.
    meanings: FxHashMap<char, Vec<u32>>,
}

/// So many characters of a word are asked for what each may mean alone.
const MEANT: usize = 4;

impl Types {
    fn of(view: &View) -> Types {
        let sides = [Side::Source, Side::Target];
        let weights = sides.map(|side| view.tokens(side).types.iter().map(weight).collect());
        let chinese = usize::from(view.document(Side::Source).lang != Lang::ZH);
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        let english = &view.tokens(sides[1 - chinese]).types;
        let roots = english.iter().map(|of_type| {
            let next = numbers.len() as u32;
            *numbers.entry(root(&of_type.key)).or_insert(next)
        });
        let roots = roots.collect();
        let mut meanings: FxHashMap<char, Vec<u32>> = FxHashMap::default();
        for of_type in &view.tokens(sides[chinese]).types {
            for c in of_type.key.chars().take(MEANT).filter(|c| is_han(*c)) {
                meanings.entry(c).or_insert_with(|| {
                    let glosses = lexicon::glosses(c.encode_utf8(&mut [0; 4]));
                    let known = glosses.filter_map(|gloss| numbers.get(root(lexicon::stem_text(gloss.stem))));
                    let mut known: Vec<u32> = known.copied().collect();
                    known.sort_unstable();
                    known.dedup();
                    known
                });
            }
        }
        Types { weights, roots, meanings }
    }
}

/// Marks between clauses.
const PARTING: &[char] =
    &['，', '；', '：', '。', '！', '？', ',', ';', ':', '.', '!', '?', '(', ')', '（', '）', '—', '–'];
/// Marks that no run of words goes beyond.
const ENDING: &[char] = &['；', '。', '！', '？', ';', '!', '?', '|', '\n'];

/// Adds the words of some sentences, of which nothing is explained yet; how long the sentences are.
fn read(view: &View, types: &Types, side: Side, sentences: &[usize], words: &mut Vec<Word>) -> f32 {
    let (document, tokens) = (view.document(side), view.tokens(side));
    let (mut clause, mut length) = (0, 0.0);
    for &sentence in sentences {
        clause += 1;
        let span = document.sentences[sentence].span;
        length += document.slice(span).chars().map(letters).sum::<f32>();
        let mut before = span.start;
        for token in tokens.of_sentence(sentence) {
            let here = tokens.tokens[token];
            let gap = document.text.get(before..here.span.start).unwrap_or_default();
            clause += u32::from(gap.contains(PARTING));
            before = here.span.end;
            let weight = types.weights[side as usize][here.id as usize];
            words.push(Word {
                token: token as u32,
                id: here.id,
                start: here.span.start as u32,
                end: here.span.end as u32,
                weight,
                explained: 0.0,
                partner: NOWHERE,
                sentence: sentence as u32,
                clause,
            });
        }
    }
    length
}

fn letters(c: char) -> f32 {
    match c {
        _ if c.is_whitespace() => 0.0,
        _ if is_han(c) => 3.0,
        _ => 1.0,
    }
}

/// How much a word says: by part of speech and by how rare it is in its language.
fn weight(of_type: &Type) -> f32 {
    match of_type.kind {
        // what numbers and code lack is for other checks to say
        TokenKind::Value | TokenKind::Code => 0.0,
        TokenKind::Foreign => {
            if of_type.key.chars().count() > 1 {
                0.8
            } else {
                0.0
            }
        }
        TokenKind::Word => match of_type.pos {
            Some(pos) => {
                let by_pos = match pos {
                    Pos::Noun | Pos::Place | Pos::Person | Pos::Organisation | Pos::Proper => 1.0,
                    Pos::Adjective | Pos::Idiom => 0.9,
                    Pos::Verb => 0.6,
                    Pos::Other => 0.5,
                    Pos::Adverb => 0.25,
                    _ => 0.0,
                };
                let rarity =
                    lexicon::cost(&of_type.key).map_or(1.0, |cost| ((cost - 5.0) / 6.0).clamp(0.15, 1.0));
                let single = if of_type.key.chars().nth(1).is_none() { 0.3 } else { 1.0 };
                by_pos * rarity * single
            }
            None if lexicon::is_stop_word(&of_type.surface) || of_type.surface.len() < 3 => 0.0,
            None => {
                // common stems have small numbers
                let rank = lexicon::stem_id(&of_type.key).map_or(lexicon::stem_count(), |stem| stem.0);
                let rarity = ((rank as f32 + 1.0).ln() - 4.0) / ((lexicon::stem_count() as f32).ln() - 4.0);
                let manner = if of_type.surface.ends_with("ly") { 0.4 } else { 1.0 };
                0.9 * rarity.clamp(0.1, 1.0) * manner
            }
        },
    }
}

/// Fills in how far the words of each side are explained by the other: fully by a rendering of their own, by half by
/// one that another word claims, and a little less than fully by what a character alone may mean.
fn explain(view: &View, types: &Types, sides: [&mut [Word]; 2]) {
    let aligned = view.aligned();
    let tokens =
        [0, 1].map(|side: usize| sides[side].iter().map(|word| word.token as usize).collect::<Vec<_>>());
    for link in aligned.words_between(&tokens[0], &tokens[1]) {
        let found = [tokens[0].binary_search(&link.source), tokens[1].binary_search(&link.target)];
        for side in [0, 1] {
            if let Ok(at) = found[side] {
                sides[side][at].explained = if link.score >= RENDERS { 1.0 } else { 0.7 };
                sides[side][at].partner = found[1 - side].map_or(NOWHERE, |other| other as u32);
            }
        }
    }
    let chinese = usize::from(view.document(Side::Source).lang != Lang::ZH);
    let loose = loosely(view, types, chinese, [&*sides[0], &*sides[1]]);
    for side in [0, 1] {
        let other = 1 - side;
        for (at, &root_shared) in loose[side].iter().enumerate() {
            let word = &sides[side][at];
            if word.explained >= 0.7 || word.weight == 0.0 {
                continue;
            }
            let claimed = sides[other].iter().any(|partner| {
                let pair = if side == 0 { (word.id, partner.id) } else { (partner.id, word.id) };
                aligned.rendering(pair.0, pair.1) >= RENDERS
            });
            let explained = match (claimed, root_shared) {
                (true, _) => 0.5,
                (false, true) => 0.6,
                (false, false) => word.explained,
            };
            sides[side][at].explained = explained;
        }
    }
}

/// Which words share a root with what a character of the other side's words may mean.
fn loosely(view: &View, types: &Types, chinese: usize, sides: [&[Word]; 2]) -> [Vec<bool>; 2] {
    let english = 1 - chinese;
    let of = |side: usize| if side == 0 { Side::Source } else { Side::Target };
    let key = |id: TypeId| view.tokens(of(chinese)).types[id as usize].key.as_str();
    let mut roots: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (at, word) in sides[english].iter().enumerate().filter(|(_, word)| word.weight > 0.0) {
        roots.entry(types.roots[word.id as usize]).or_default().push(at);
    }
    let mut found = sides.map(|words| vec![false; words.len()]);
    for (at, word) in sides[chinese].iter().enumerate() {
        let meanings = key(word.id).chars().take(MEANT).filter_map(|c| types.meanings.get(&c));
        for places in meanings.flatten().filter_map(|root| roots.get(root)) {
            found[chinese][at] = true;
            places.iter().for_each(|&place| found[english][place] = true);
        }
    }
    found
}

/// The root of a stem, or the whole of a short one.
fn root(stem: &str) -> &str {
    lexicon::root(stem).unwrap_or(stem)
}

/// For each word type how often it stands in linked sentences, and how much of it is explained there.
fn regularity(view: &View, side: Side, pairs: &Pairs) -> Vec<(f32, f32)> {
    let mut regular = vec![(0.0, 0.0); view.tokens(side).types.len()];
    for word in &pairs.words[side as usize] {
        let slot = &mut regular[word.id as usize];
        slot.0 += 1.0;
        slot.1 += word.explained;
    }
    regular
}

/// What a bitext does everywhere.
struct Habits {
    /// Of the word types of both sides how often each stands in linked sentences, and how much of it is explained.
    regular: [Vec<(f32, f32)>; 2],
    /// How long the translation is for a letter of the original.
    ratio: f32,
    phrases: FxHashMap<(TypeId, TypeId), u32>,
}

fn runs(
    view: &View,
    pair: &Pair,
    side: Side,
    habits: &Habits,
    seen: Option<&Seen>,
    found: &mut Vec<Unexplained>,
) {
    let Habits { regular, ratio, phrases } = habits;
    let other = view.document(side.other());
    let regular = &regular[side as usize];
    let document = view.document(side);
    let here = &pair.sides[side as usize];
    let there = &pair.sides[side.other() as usize];
    let Some(place) = view.span_of_sentences(side.other(), own(pair.link, side.other())) else { return };
    // how often the other occurrences of a word are rendered; a half for a word that has none
    let usual = |word: &Word| {
        let (times, explained) = regular[word.id as usize];
        (explained - word.explained + 0.5) / times.max(1.0)
    };
    let worth = |word: &Word| word.weight * (0.3 + usual(word).min(1.0)) * (1.0 - word.explained);
    let open: Vec<&Word> =
        there.words.iter().filter(|word| word.weight > 0.0 && word.explained < 0.5).collect();
    let lost: f32 = open.iter().map(|word| word.weight).sum();
    let against = open.iter().map(|word| word.span()).reduce(|a, b| a.join(b));
    let all: f32 = here.words.iter().map(|word| word.weight).sum();
    let known: f32 = here.words.iter().map(|word| word.weight * word.explained).sum();
    let there_all: f32 = there.words.iter().map(|word| word.weight).sum();

    let mut at = 0;
    while at < here.words.len() {
        let starts = |word: &Word| word.weight > 0.0 && word.explained < 0.5;
        if !starts(&here.words[at]) {
            at += 1;
            continue;
        }
        let (mut end, mut next) = (at + 1, at + 1);
        while let Some(word) = here.words.get(next) {
            let gap =
                document.text.get(here.words[next - 1].span().end..word.span().start).unwrap_or_default();
            if gap.contains(ENDING)
                || word.sentence != here.words[at].sentence
                || word.explained > 0.65 && word.weight > 0.0
            {
                break;
            }
            next += 1;
            if starts(word) {
                end = next;
            }
        }
        let range = at..end;
        let run = &here.words[range.clone()];
        let completes = side == Side::Target && end == at + 1 && completes_phrase(here.words, at, phrases);
        at = end;
        if completes {
            continue;
        }
        let score: f32 = run.iter().map(worth).sum();
        if score < if seen.is_some() { SEEN_LEAST } else { LEAST } {
            continue;
        }
        let stretch = stretch(here.words, there.words, range.clone());
        let seen = seen.and_then(|seen| see(view, pair, side, seen, range));
        if score < LEAST && seen.is_none() {
            continue;
        }
        let said: Vec<&Word> = run.iter().filter(|word| word.weight > 0.0).collect();
        let weight: f32 = said.iter().map(|word| word.weight).sum();
        let of_clauses: f32 = here
            .words
            .iter()
            .filter(|word| (run[0].clause..=run[run.len() - 1].clause).contains(&word.clause))
            .map(|word| word.weight)
            .sum();
        let (source, target) = (pair.sides[0].length * ratio, pair.sides[1].length);
        let deviation = (source - target) / (7.8 * ((source + target) / 2.0).max(1.0)).sqrt();
        let excess = if side == Side::Source { deviation } else { -deviation };
        let rest = all - weight;
        let explained: f32 = run.iter().map(|word| word.weight * word.explained).sum();
        let whole = said.len() > 1 && weight >= 0.8 * of_clauses;
        let span = run[0].span().join(run[run.len() - 1].span());
        let members = own(pair.link, side).len();
        let alone = view.aligned().alone(side == Side::Source, run[0].sentence as usize);
        let chinese = document.lang == Lang::ZH;
        let member = joined(document, here.words, (at - run.len())..at);
        let sibling = member.is_some_and(|sibling| here.words[sibling].explained >= 0.7);
        let surplus =
            (joints(document, here.words) as f32 - joints(other, there.words) as f32).clamp(-2.0, 2.0);
        let features = [
            (1.0 + score).ln(),
            (said.len() as f32).ln(),
            if rest > 0.0 { (known - explained) / rest } else { 0.5 },
            lost / (lost + score),
            excess.clamp(-4.0, 4.0),
            said.iter().map(|word| usual(word).min(1.0)).sum::<f32>() / said.len() as f32,
            f32::from(whole),
            pair.link.score as f32,
            f32::from(members > 1),
            if members > 1 { alone } else { 0.0 },
            f32::from(chinese),
            said.iter().map(|word| word.weight).fold(0.0, f32::max),
            explained / weight.max(0.1),
            lost / there_all.max(0.5),
            f32::from(member.is_some()),
            f32::from(sibling),
            if sibling { surplus } else { 0.0 },
            f32::from(sibling && surplus > 0.0),
            f32::from(side == Side::Source),
            stretch.map_or(0.5, |(open, _)| open / (open + score)),
            f32::from(stretch.is_some_and(|(_, bare)| bare)),
        ];
        found.push(Unexplained {
            side,
            span,
            words: said.iter().filter(|word| word.explained < 0.5).map(|word| word.span()).collect(),
            place,
            against,
            clause: if whole { Some(span) } else { lost_clause(here.words, run) },
            features,
            seen,
        });
    }
}

/// What stands on the other side where a run of words would be rendered, between what renders the words before and
/// behind it: how much it says that nothing explains, and whether it says nothing at all. Nothing where neither of these
/// is rendered, or where what renders them stands far apart.
fn stretch(here: &[Word], there: &[Word], run: Range<usize>) -> Option<(f32, bool)> {
    let rendered = |word: &&Word| word.weight > 0.0 && word.partner != NOWHERE;
    let near = |word: &Word| word.sentence == here[run.start].sentence;
    let before = here[..run.start].iter().rev().take_while(|word| near(word)).find(rendered);
    let behind = here[run.end..].iter().take_while(|word| near(word)).find(rendered);
    let [before, behind] = [before, behind].map(|word| word.map(|word| word.partner as usize));
    let between = match (before, behind) {
        (Some(one), Some(other)) if one.abs_diff(other) > FAR => return None,
        (Some(one), Some(other)) => one.min(other) + 1..one.max(other),
        (Some(one), None) => one + 1..there.len().min(one + 1 + BESIDE),
        (None, Some(other)) => other.saturating_sub(BESIDE)..other,
        (None, None) => return None,
    };
    let words = there.get(between).unwrap_or_default();
    let open = words.iter().filter(|word| word.explained < 0.5).map(|word| word.weight).sum();
    Some((open, words.iter().all(|word| word.weight == 0.0)))
}

/// What renders the words before and behind a run tells where it would be rendered if no more words part the two.
const FAR: usize = 16;
/// So many words beside what renders the only neighbour that is rendered.
const BESIDE: usize = 5;

/// Whether a word joins the members of an enumeration.
fn joins(document: &Document, word: &Word) -> bool {
    let text = document.slice(word.span());
    words!("joint").contains(&text) || words!("joint of verbs", zh).contains(&text)
}

/// How many joints the enumerations of linked sentences have: words that join, and the marks between members. A comma
/// is one where the next mark is a comma or a joint no more than five words on.
fn joints(document: &Document, words: &[Word]) -> usize {
    let gap =
        |at: usize| document.text.get(words[at - 1].span().end..words[at].span().start).unwrap_or_default();
    let serial = |at: usize| {
        gap(at).contains(',')
            && (at + 1..words.len().min(at + 6))
                .any(|next| gap(next).contains(',') || joins(document, &words[next]))
    };
    let marks = (1..words.len()).filter(|&at| gap(at).contains('、') || serial(at)).count();
    marks + words.iter().filter(|word| joins(document, word)).count()
}

/// The nearest word of another member where a run of words is a member of an enumeration.
fn joined(document: &Document, words: &[Word], run: Range<usize>) -> Option<usize> {
    let gap =
        |at: usize| document.text.get(words[at - 1].span().end..words[at].span().start).unwrap_or_default();
    let says = |at: &usize| words[*at].weight > 0.0;
    let before = || (0..run.start).rev().take(MEMBER).find(says);
    let after = || (run.end..words.len()).take(MEMBER).find(says);
    let starts = run.start > 0;
    let ends = run.end < words.len();
    // an article may stand between the joint and the run
    let joint = |at: usize| {
        (at.saturating_sub(ARTICLE)..at).rev().find(|&at| joins(document, &words[at])).is_some()
            || gap(at).contains('、')
    };
    if starts && joint(run.start) {
        return before();
    }
    if ends && (joins(document, &words[run.end]) || gap(run.end).contains('、')) {
        return after();
    }
    let series = starts && ends && gap(run.start).contains(',') && gap(run.end).contains(',');
    if series { before() } else { None }
}

/// How many words away the nearest word of the next member may be.
const MEMBER: usize = 4;
/// How many small words may stand between a joint and its member.
const ARTICLE: usize = 2;

/// The clause that a run of words reaches into and of which it leaves little: the one with most that is unexplained.
fn lost_clause(words: &[Word], run: &[Word]) -> Option<Span> {
    let clauses = run.first()?.clause..=run.last()?.clause;
    let of = |clause: u32| {
        let own: Vec<&Word> = words.iter().filter(|word| word.clause == clause).collect();
        let open: Vec<f32> = own
            .iter()
            .filter(|word| word.weight > 0.0 && word.explained < 0.5)
            .map(|word| word.weight)
            .collect();
        let all: f32 = own.iter().map(|word| word.weight).sum();
        let lost: f32 = open.iter().sum();
        let span = own.iter().map(|word| word.span()).reduce(Span::join)?;
        (open.len() >= CLAUSE && lost >= MOST * all).then_some((lost, span))
    };
    clauses.filter_map(of).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, span)| span)
}

/// So many words of a clause must be unexplained for it to count as lost.
pub(crate) const CLAUSE: usize = 3;
/// And this share of what it says.
const MOST: f32 = 0.6;

/// Sentences that share a link with others but are likelier than not to have nothing of their own on the other side:
/// where they stand, what the link has there, and how likely.
pub(crate) fn hidden(view: &View, side: Side) -> Vec<(Span, Span, f64)> {
    let mut found = Vec::new();
    for link in view.linked_sentences() {
        let sentences = own(link, side);
        let Some(place) = view.span_of_sentences(side.other(), own(link, side.other())) else { continue };
        if !(2..=MEMBERS).contains(&sentences.len()) {
            continue;
        }
        let likely: Vec<(usize, f64)> = sentences
            .iter()
            .filter(|&&sentence| view.tokens(side).of_sentence(sentence).len() >= WORDS)
            .map(|&sentence| (sentence, sought(view.aligned().alone(side == Side::Source, sentence))))
            .filter(|(_, alone)| *alone >= 0.5)
            .collect();
        // where all seem to stand alone, the link is doubtful, not the sentence
        if likely.len() < sentences.len() {
            let spans =
                likely.into_iter().map(|(at, alone)| (view.document(side).sentences[at].span, place, alone));
            found.extend(spans);
        }
    }
    found
}

/// A sentence is looked for in links of at most so many; what more of them share is doubtful as a whole.
const MEMBERS: usize = 3;
/// A hidden sentence has at least so many words: "Then:" is a turn of speech.
const WORDS: usize = 3;
/// The log odds by which a sentence that stands alone is likelier in a translation with faults than in one of which
/// the aligner saw nothing missing. With it one linked sentence of the pairs in sync reaches a half (`score.py noise`;
/// four do with 2.95), and of sentences taken out of them .98 and .90 are found (`score.py seeded --salt q4`, `q5`; .98
/// and .96 with 2.95).
const FAULTS: f64 = 2.4;

/// How likely it is that a sentence has no counterpart, given that faults are looked for.
fn sought(alone: f32) -> f64 {
    let alone = f64::from(alone).clamp(1e-6, 1.0 - 1e-6);
    1.0 / (1.0 + (-(alone / (1.0 - alone)).ln() - FAULTS).exp())
}
