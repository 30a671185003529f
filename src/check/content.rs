//! Words of linked sentences that nothing on the other side accounts for: the ground of missing-content and
//! added-content.
//!
//! Most words without a partner are the ordinary freedom of translation. What tells an omission from a paraphrase is
//! how rare the words are and how regularly this bitext renders them elsewhere, how well the rest of the sentence is
//! explained, whether the other side has unexplained words of its own that may render them after all, and whether
//! the lengths agree that something is lost. These become features of a logistic model, trained on clauses taken
//! out of texts that are in sync.

use rustc_hash::FxHashMap;

use super::context::own;
use super::{Context, Evidence, Fault, Message, Severity, Side, Tongue};
use crate::align::Link;
use crate::align::tokens::{TokenKind, TypeId};
use crate::lexicon::{self, Pos};
use crate::text::script::is_han;
use crate::text::{Lang, Span};

/// How many features a run of words has.
pub const FEATURES: usize = 14;

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
}

/// The weights of the features and, last, the bias; made by `cargo run --release --example train_content`.
const WEIGHTS: [f32; FEATURES + 1] = include!("content.weights");

/// The share of runs that were left out in the texts that the weights were trained on; the same command says it.
const TRAINED_RATE: f32 = 0.035;
/// The share to begin with: a translation that is being checked has more faults than one that was found in order.
const USUAL_RATE: f32 = 0.09;
/// As if so many runs of a text like those had been seen before: a short text says little of its own rate.
const SEEN: f32 = 80.0;

/// All runs of unexplained words, each with how likely it is that the other side leaves it out.
pub(super) fn judged(context: &Context) -> Vec<(Unexplained, f64)> {
    let runs = unexplained(context);
    let sure = confidences(&runs);
    runs.into_iter().zip(sure).collect()
}

/// How likely it is, from 0 to 1, that the other side leaves the words of each run out: the odds of the model at the
/// rate that this bitext shows itself (expectation maximisation over the prior alone; Saerens et al. 2002).
fn confidences(runs: &[Unexplained]) -> Vec<f64> {
    let odds: Vec<f32> = runs
        .iter()
        .map(|run| WEIGHTS[FEATURES] + run.features.iter().zip(&WEIGHTS).map(|(x, w)| x * w).sum::<f32>())
        .collect();
    let logit = |rate: f32| (rate / (1.0 - rate)).ln();
    let probability = |odds: f32| 1.0 / (1.0 + (-odds).exp());
    let mut shift = 0.0;
    for _ in 0..20 {
        let sum: f32 = odds.iter().map(|odds| probability(odds + shift)).sum();
        let rate = (sum + SEEN * USUAL_RATE) / (odds.len() as f32 + SEEN);
        shift = logit(rate.clamp(0.01, 0.25)) - logit(TRAINED_RATE);
    }
    odds.into_iter().map(|odds| f64::from(probability(odds + shift))).collect()
}

/// A pair of words with at least this likelihood is a rendering.
const RENDERS: f32 = 0.08;
/// What weighs less than this is not worth a word.
const LEAST: f32 = 0.45;

/// All runs of unexplained words of both sides, in the order of the links; none unless one side is Chinese and the
/// other English.
pub(super) fn unexplained(context: &Context) -> Vec<Unexplained> {
    let langs = (context.document(Side::Source).lang, context.document(Side::Target).lang);
    if !matches!(langs, (Lang::ZH, Lang::EN) | (Lang::EN, Lang::ZH)) {
        return Vec::new();
    }
    let pairs: Vec<Pair> = context.linked_sentences().map(|link| Pair::of(context, link)).collect();
    let regular = [Side::Source, Side::Target].map(|side| regularity(context, side, &pairs));
    let ratio = {
        let total = |side: usize| pairs.iter().map(|pair| pair.sides[side].length).sum::<f32>();
        if total(0) > 0.0 { (total(1) / total(0)).max(0.05) } else { 1.0 }
    };
    let mut found = Vec::new();
    let phrases = phrases(context);
    for pair in &pairs {
        for side in [Side::Source, Side::Target] {
            runs(context, pair, side, &regular[side as usize], ratio, &phrases, &mut found);
        }
    }
    found
}

/// How often two words stand side by side in the translation.
fn phrases(context: &Context) -> FxHashMap<(TypeId, TypeId), u32> {
    let mut counts = FxHashMap::default();
    for two in context.tokens(Side::Target).tokens.windows(2) {
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

/// Linked sentences and what explains their words.
struct Pair<'a> {
    link: &'a Link,
    sides: [Words; 2],
}

/// The words of one side of a link.
struct Words {
    words: Vec<Word>,
    /// In Latin letters; a Chinese character counts as three.
    length: f32,
}

struct Word {
    token: usize,
    id: TypeId,
    span: Span,
    /// How much it says, from 0 to 1.
    weight: f32,
    /// How far the other side accounts for it, from 0 to 1.
    explained: f32,
    /// The sentence it is in, and the clause, both counted from the start of the document or link.
    sentence: usize,
    clause: usize,
}

impl<'a> Pair<'a> {
    fn of(context: &Context, link: &'a Link) -> Pair<'a> {
        let mut sides = [Side::Source, Side::Target].map(|side| words(context, side, own(link, side)));
        explain(context, &mut sides);
        Pair { link, sides }
    }
}

/// Marks between clauses.
const PARTING: &[char] =
    &['，', '；', '：', '。', '！', '？', ',', ';', ':', '.', '!', '?', '(', ')', '（', '）', '—', '–'];
/// Marks that no run of words goes beyond.
const ENDING: &[char] = &['；', '。', '！', '？', ';', '!', '?', '|', '\n'];

fn words(context: &Context, side: Side, sentences: &[usize]) -> Words {
    let (document, tokens) = (context.document(side), context.tokens(side));
    let mut words: Vec<Word> = Vec::new();
    let (mut clause, mut length) = (0, 0.0);
    for &sentence in sentences {
        clause += 1;
        let span = document.sentences[sentence].span;
        length += document.slice(span).chars().map(letters).sum::<f32>();
        let mut before = span.start;
        for token in tokens.sentences[sentence].clone() {
            let here = tokens.tokens[token];
            let gap = document.text.get(before..here.span.start).unwrap_or_default();
            clause += usize::from(gap.contains(PARTING));
            before = here.span.end;
            let weight = weight(context, side, token);
            words.push(Word {
                token,
                id: here.id,
                span: here.span,
                weight,
                explained: 0.0,
                sentence,
                clause,
            });
        }
    }
    Words { words, length }
}

fn letters(c: char) -> f32 {
    match c {
        _ if c.is_whitespace() => 0.0,
        _ if is_han(c) => 3.0,
        _ => 1.0,
    }
}

/// How much a word says: by part of speech and by how rare it is in its language.
fn weight(context: &Context, side: Side, token: usize) -> f32 {
    let tokens = context.tokens(side);
    let of_type = &tokens.types[tokens.tokens[token].id as usize];
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
fn explain(context: &Context, sides: &mut [Words; 2]) {
    let aligned = context.aligned();
    let tokens =
        [0, 1].map(|side: usize| sides[side].words.iter().map(|word| word.token).collect::<Vec<_>>());
    for link in aligned.words_between(&tokens[0], &tokens[1]) {
        for (side, token) in [link.source, link.target].into_iter().enumerate() {
            if let Ok(at) = tokens[side].binary_search(&token) {
                sides[side].words[at].explained = if link.score >= RENDERS { 1.0 } else { 0.7 };
            }
        }
    }
    let chinese = usize::from(context.document(Side::Source).lang != Lang::ZH);
    let loose = loosely(context, chinese, sides);
    for side in [0, 1] {
        let other = 1 - side;
        for (at, &root_shared) in loose[side].iter().enumerate() {
            let word = &sides[side].words[at];
            if word.explained >= 0.7 || word.weight == 0.0 {
                continue;
            }
            let claimed = sides[other].words.iter().any(|partner| {
                let pair = if side == 0 { (word.id, partner.id) } else { (partner.id, word.id) };
                aligned.rendering(pair.0, pair.1) >= RENDERS
            });
            let explained = match (claimed, root_shared) {
                (true, _) => 0.5,
                (false, true) => 0.6,
                (false, false) => word.explained,
            };
            sides[side].words[at].explained = explained;
        }
    }
}

/// Which words share a root with what a character of the other side's words may mean.
fn loosely(context: &Context, chinese: usize, sides: &[Words; 2]) -> [Vec<bool>; 2] {
    let english = 1 - chinese;
    let of = |side: usize| if side == 0 { Side::Source } else { Side::Target };
    let key = |side: usize, id: TypeId| context.tokens(of(side)).types[id as usize].key.as_str();
    let mut roots: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, word) in sides[english].words.iter().enumerate().filter(|(_, word)| word.weight > 0.0) {
        roots.entry(root(key(english, word.id))).or_default().push(at);
    }
    let mut found = [vec![false; sides[0].words.len()], vec![false; sides[1].words.len()]];
    for (at, word) in sides[chinese].words.iter().enumerate() {
        for c in key(chinese, word.id).chars().take(4).filter(|c| is_han(*c)) {
            for gloss in lexicon::glosses(c.encode_utf8(&mut [0; 4])) {
                if let Some(places) = roots.get(root(lexicon::stem_text(gloss.stem))) {
                    found[chinese][at] = true;
                    places.iter().for_each(|&place| found[english][place] = true);
                }
            }
        }
    }
    found
}

/// The root of a stem, or the whole of a short one.
fn root(stem: &str) -> &str {
    lexicon::root(stem).unwrap_or(stem)
}

/// For each word type how often it stands in linked sentences, and how much of it is explained there.
fn regularity(context: &Context, side: Side, pairs: &[Pair]) -> Vec<(f32, f32)> {
    let mut regular = vec![(0.0, 0.0); context.tokens(side).types.len()];
    for word in pairs.iter().flat_map(|pair| &pair.sides[side as usize].words) {
        let slot = &mut regular[word.id as usize];
        slot.0 += 1.0;
        slot.1 += word.explained;
    }
    regular
}

fn runs(
    context: &Context,
    pair: &Pair,
    side: Side,
    regular: &[(f32, f32)],
    ratio: f32,
    phrases: &FxHashMap<(TypeId, TypeId), u32>,
    found: &mut Vec<Unexplained>,
) {
    let document = context.document(side);
    let here = &pair.sides[side as usize];
    let there = &pair.sides[side.other() as usize];
    let Some(place) = context.span_of_sentences(side.other(), own(pair.link, side.other())) else { return };
    // how often the other occurrences of a word are rendered; a half for a word that has none
    let usual = |word: &Word| {
        let (times, explained) = regular[word.id as usize];
        (explained - word.explained + 0.5) / times.max(1.0)
    };
    let worth = |word: &Word| word.weight * (0.3 + usual(word).min(1.0)) * (1.0 - word.explained);
    let open: Vec<&Word> =
        there.words.iter().filter(|word| word.weight > 0.0 && word.explained < 0.5).collect();
    let lost: f32 = open.iter().map(|word| word.weight).sum();
    let against = open.iter().map(|word| word.span).reduce(|a, b| a.join(b));
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
            let gap = document.text.get(here.words[next - 1].span.end..word.span.start).unwrap_or_default();
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
        let run = &here.words[at..end];
        let completes = side == Side::Target && end == at + 1 && completes_phrase(&here.words, at, phrases);
        at = end;
        if completes {
            continue;
        }
        let score: f32 = run.iter().map(worth).sum();
        if score < LEAST {
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
        let span = run[0].span.join(run[run.len() - 1].span);
        let members = own(pair.link, side).len();
        let alone = context.aligned().alone(side == Side::Source, run[0].sentence);
        let chinese = document.lang == Lang::ZH;
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
        ];
        found.push(Unexplained {
            side,
            span,
            words: said.iter().filter(|word| word.explained < 0.5).map(|word| word.span).collect(),
            place,
            against,
            clause: if whole { Some(span) } else { lost_clause(&here.words, run) },
            features,
        });
    }
}

/// The clause that a run of words reaches into and of which it leaves little: the one with most that is unexplained.
fn lost_clause(words: &[Word], run: &[Word]) -> Option<Span> {
    let clauses = run.first()?.clause..=run.last()?.clause;
    let of = |clause: usize| {
        let own: Vec<&Word> = words.iter().filter(|word| word.clause == clause).collect();
        let open: Vec<f32> = own
            .iter()
            .filter(|word| word.weight > 0.0 && word.explained < 0.5)
            .map(|word| word.weight)
            .collect();
        let all: f32 = own.iter().map(|word| word.weight).sum();
        let lost: f32 = open.iter().sum();
        let span = own.iter().map(|word| word.span).reduce(Span::join)?;
        (open.len() >= CLAUSE && lost >= MOST * all).then_some((lost, span))
    };
    clauses.filter_map(of).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, span)| span)
}

/// So many words of a clause must be unexplained for it to count as lost.
const CLAUSE: usize = 3;
/// And this share of what it says.
const MOST: f32 = 0.6;

/// The faults of one side: runs of words, and whole sentences that share a link with others but have nothing of
/// their own on the other side. `remedy` says what to do.
pub(super) fn faults(context: &Context, side: Side, remedy: &Message) -> Vec<Fault> {
    let sentences = hidden(context, side);
    let mut faults = Vec::new();
    for &(span, place, alone) in &sentences {
        faults.push(placed(
            side,
            span,
            place,
            Fault {
                source: None,
                target: None,
                message: Message::new(
                    format!(
                        "nothing in the {} accounts for this sentence, though its neighbours are rendered\n{}",
                        side.other().name(),
                        remedy.said(Tongue::English)
                    ),
                    format!("{}没有与此句对应的内容，而相邻各句均有对应\n{}", side.other().chinese(), remedy.said(Tongue::Chinese)),
                ),
                confidence: alone,
                severity: (alone >= GRAVE).then_some(Severity::Major),
                evidence: Vec::new(),
            },
        ));
    }
    let judged: Vec<&(Unexplained, f64)> = context
        .unexplained()
        .iter()
        .filter(|(run, _)| run.side == side && !sentences.iter().any(|(span, ..)| span.overlaps(run.span)))
        .collect();
    for of_link in judged.chunk_by(|a, b| a.0.place == b.0.place) {
        let best = of_link.iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.span.cmp(&a.0.span)));
        let Some((run, sure)) = best else { continue };
        // what else the same sentences may leave out makes it likelier that they leave out something
        let more: Vec<&(Unexplained, f64)> = of_link
            .iter()
            .copied()
            .filter(|(other, likely)| other.span != run.span && *likely >= ALSO)
            .collect();
        let doubt: f64 = more.iter().map(|(_, likely)| 1.0 - SHARED * likely).product();
        let sure = 1.0 - (1.0 - sure) * doubt;
        faults.push(of_run(context, run, sure, &more, remedy));
    }
    faults
}

/// From this confidence on a second run of a sentence is mentioned with the first.
const ALSO: f64 = 0.25;
/// How many such runs the message names; the evidence shows them all.
const MENTIONED: usize = 2;
/// How much of its confidence counts: runs of one sentence often share a cause.
const SHARED: f64 = 0.6;

fn of_run(
    context: &Context,
    run: &Unexplained,
    sure: f64,
    more: &[&(Unexplained, f64)],
    remedy: &Message,
) -> Fault {
    let side = run.side;
    let (document, other) = (context.document(side), context.document(side.other()));
    let place = run.clause.unwrap_or(run.span);
    let others = more.iter().map(|(run, _)| run.span).filter(|span| !place.contains(*span)).take(MENTIONED);
    let texts: Vec<String> = std::iter::once(place)
        .chain(others)
        .map(|span| format!("“{}”", document.slice(span).trim()))
        .collect();
    let (text, text_zh) = (texts.join("; "), texts.join("、"));
    let (name, zh) = (side.other().name(), side.other().chinese());
    // what is unexplained on both sides is more often another rendering than none
    let against = run.against.filter(|span| run.features[LOST] > 0.25 && other.slice(*span).len() < 120);
    let message = match against {
        Some(span) => {
            let instead = other.slice(span).trim();
            Message::new(
                format!(
                    "nothing in the {name} accounts for {text}, unless that is “{instead}”\ncompare the two, and mend whichever is wrong"
                ),
                format!("{zh}没有与{text_zh}对应的内容，除非是“{instead}”\n请对照两侧，改正有误的一侧"),
            )
        }
        None => Message::new(
            format!("nothing in the {name} accounts for {text}\n{}", remedy.said(Tongue::English)),
            format!("{zh}没有与{text_zh}对应的内容\n{}", remedy.said(Tongue::Chinese)),
        ),
    };
    let words = more.iter().flat_map(|(run, _)| &run.words);
    let mut evidence: Vec<Evidence> = run
        .words
        .iter()
        .chain(words)
        .map(|&span| Evidence { side, span, note: Message::no_counterpart() })
        .collect();
    evidence.extend(against.map(|span| Evidence {
        side: side.other(),
        span,
        note: Message::new("no counterpart either", "同样无对应内容"),
    }));
    // a clause of which a little is left may be said in other words after all
    let least = if run.clause == Some(run.span) { GRAVE } else { GRAVER };
    let grave = against.is_none() && run.clause.is_some() && run.words.len() >= CLAUSE && sure >= least;
    let fault = Fault {
        source: None,
        target: None,
        message,
        confidence: sure,
        severity: grave.then_some(Severity::Major),
        evidence,
    };
    placed(side, place, run.place, fault)
}

/// The feature that says how much the other side leaves unexplained.
const LOST: usize = 3;
/// From this confidence on a whole clause of several words is a grave fault.
const GRAVE: f64 = 0.93;
/// The same for a clause of which little is left.
const GRAVER: f64 = 0.96;

fn placed(side: Side, own: Span, place: Span, fault: Fault) -> Fault {
    match side {
        Side::Source => Fault { source: Some(own), target: Some(place), ..fault },
        Side::Target => Fault { source: Some(place), target: Some(own), ..fault },
    }
}

/// Sentences that share a link with others but are likelier than not to have nothing of their own on the other side:
/// where they stand, what the link has there, and how likely.
fn hidden(context: &Context, side: Side) -> Vec<(Span, Span, f64)> {
    let mut found = Vec::new();
    for link in context.linked_sentences() {
        let sentences = own(link, side);
        let Some(place) = context.span_of_sentences(side.other(), own(link, side.other())) else { continue };
        if !(2..=MEMBERS).contains(&sentences.len()) {
            continue;
        }
        let likely: Vec<(usize, f64)> = sentences
            .iter()
            .filter(|&&sentence| context.tokens(side).sentences[sentence].len() >= WORDS)
            .map(|&sentence| (sentence, sought(context.aligned().alone(side == Side::Source, sentence))))
            .filter(|(_, alone)| *alone >= 0.5)
            .collect();
        // where all seem to stand alone, the link is doubtful, not the sentence
        if likely.len() < sentences.len() {
            let spans = likely
                .into_iter()
                .map(|(at, alone)| (context.document(side).sentences[at].span, place, alone));
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
/// the aligner saw nothing missing. Of 3,394 linked sentences of the pairs in sync none reaches a half by it; of nine
/// that were taken out of them and stayed hidden, seven do.
const FAULTS: f64 = 2.95;

/// How likely it is that a sentence has no counterpart, given that faults are looked for.
fn sought(alone: f32) -> f64 {
    let alone = f64::from(alone).clamp(1e-6, 1.0 - 1e-6);
    1.0 / (1.0 + (-(alone / (1.0 - alone)).ln() - FAULTS).exp())
}
