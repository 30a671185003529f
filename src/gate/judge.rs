//! Whether the two sides of an edited region agree better or worse than before.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::edits::Region;
use super::letters::letters;
use crate::align::Aligned;
use crate::align::tokens::{TokenKind, TypeId};
use crate::check::{Message, Side, antonyms, code, negation, wording};
use crate::lexicon;
use crate::text::script::is_han;
use crate::text::{BlockKind, Document, Lang, PieceKind, Span};
use crate::values::{self, Amount};

/// What became of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judgement {
    /// The two sides agree better than before.
    Closer(Reason),
    /// They agree as they did.
    Level(Reason),
    /// Nothing tells.
    Undecided,
    /// They agree worse than before.
    Apart(Reason),
}

/// What decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// Only white space, marks, markup or case changed.
    Form,
    /// Only spelling, inflection or function words changed.
    Spelling,
    /// Passages, or code, identifiers, numbers and links, that have or lack a counterpart.
    Counterparts,
    /// A negation.
    Negation,
    /// A word became its opposite.
    Opposite,
    /// What the words that came and went say against the other side.
    Words,
    /// Both sides changed, and by about as much.
    Both,
    /// Few words changed, and nothing tells.
    Few,
}

impl Reason {
    /// The words of a message: why the sides are apart.
    pub(super) fn message(self) -> Message {
        let (en, zh) = match self {
            Reason::Form => ("only its form changed", "只改了形式"),
            Reason::Spelling => ("only spelling or function words changed", "只改了拼写或虚词"),
            Reason::Counterparts => (
                "there is more than before that has no counterpart: passages, code, identifiers, numbers or links",
                "没有对应内容的段落、代码、标识符、数字或链接比改动前更多",
            ),
            Reason::Negation => (
                "a negation came or went that the other side does not follow",
                "增加或去掉了否定，另一侧没有跟上",
            ),
            Reason::Opposite => (
                "a word became its opposite, and the other side still says what it was",
                "词义改成了相反的意思，另一侧仍是原来的说法",
            ),
            Reason::Words => {
                ("the words that came and went are not those of the other side", "增删的词语与另一侧不符")
            }
            Reason::Both => ("both sides changed", "两侧都有改动"),
            Reason::Few => ("few words changed", "改动的词语很少"),
        };
        Message::new(en, zh)
    }
}

/// A pair in one of its states, with the blocks of the region.
struct State<'a> {
    aligned: &'a Aligned,
    blocks: &'a [Vec<usize>; 2],
}

/// What the sides of a region lack of each other.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Lack {
    passages: f64,
    strict: f64,
    links: f64,
}

/// From this much on a region that both sides edited counts as apart.
const BOTH: f64 = 1.5;
/// The same as a share of the words that changed.
const SHARE: f64 = 0.03;
/// How much the words must say to decide.
const MARGIN: f64 = 1.5;
/// Fewer words than this, changed and undecided, pass.
const FEW: usize = 4;
/// How sure a rendering must be to account for a word.
const RENDERED: f32 = 0.15;

/// Judges a region of the edit that led from one state of the pair to the other.
pub(super) fn judge(old: &Aligned, new: &Aligned, region: &Region) -> Judgement {
    let before = State { aligned: old, blocks: &region.old };
    let after = State { aligned: new, blocks: &region.new };
    let (lack, was) = (after.lack(), before.lack());
    let passages = lack.passages - was.passages;
    let mut strict = 0.5 * (lack.strict - was.strict);
    if passages > 0.0 {
        // what a lost block held cannot make good for its loss
        strict = strict.max(-0.5 * passages);
    }
    let score = passages + strict + 0.25 * (lack.links - was.links);
    let words = [0, 1].map(|side| Words::between(&before, &after, side));
    let edited: Vec<usize> = (0..2).filter(|&side| !region.hunks[side].is_empty()).collect();
    let &[side] = &edited[..] else {
        let changed = words.iter().map(|words| words.all).sum::<usize>();
        return match score {
            _ if score > BOTH.max(SHARE * changed as f64) => Judgement::Apart(Reason::Counterparts),
            _ if score < 0.0 => Judgement::Closer(Reason::Counterparts),
            _ => Judgement::Level(Reason::Both),
        };
    };
    let words = &words[side];
    if before.letters(side) == after.letters(side) {
        return Judgement::Level(Reason::Form);
    }
    if lack.strict == was.strict && passages == 0.0 && words.is_spelling() {
        return Judgement::Level(Reason::Spelling);
    }
    if score.abs() > 1e-9 {
        return match score < 0.0 {
            true => Judgement::Closer(Reason::Counterparts),
            // a single word of code or a link more is not much: let the rest of the edit decide
            false if passages == 0.0 && score <= 0.5 => Judgement::Undecided,
            false => Judgement::Apart(Reason::Counterparts),
        };
    }
    let whole = |state: &State| [state.types(0), state.types(1)];
    let focus = match (before.focus(&after, side), after.focus(&before, side)) {
        (Some(was), Some(is)) => [was, is],
        _ => [whole(&before), whole(&after)],
    };
    if let Some(judgement) = polarity(&before, &after, &focus, side, words) {
        return judgement;
    }
    let evidence = evidence(&before, &after, &focus, side, words);
    match evidence {
        _ if evidence > MARGIN => Judgement::Apart(Reason::Words),
        _ if evidence < -MARGIN / 2.0 => Judgement::Closer(Reason::Words),
        _ if words.all < FEW => Judgement::Level(Reason::Few),
        _ => Judgement::Undecided,
    }
}

impl<'a> State<'a> {
    fn document(&self, side: usize) -> &'a Document {
        let bitext = self.aligned.bitext();
        if side == 0 { &bitext.source } else { &bitext.target }
    }

    /// What the region lacks: passages without counterpart, strict words without counterpart, links.
    fn lack(&self) -> Lack {
        let sides = [0, 1].map(|side| self.strict(side));
        let count = |of: &BTreeMap<String, usize>, word: &String| of.get(word).copied().unwrap_or(0);
        // what is code on one side may stand in the running text of the other
        let spare = |one: &Strict, other: &Strict| {
            let there = |word| count(&other.words, word) + count(&other.plain, word);
            one.words.iter().map(|(word, n)| n.saturating_sub(there(word))).sum::<usize>()
        };
        let unread = |one: &Strict, other: &Strict| one.foreign.difference(&other.latin).count();
        let strict = spare(&sides[0], &sides[1])
            + spare(&sides[1], &sides[0])
            + unread(&sides[0], &sides[1])
            + unread(&sides[1], &sides[0]);
        Lack {
            passages: self.passages(),
            strict: strict as f64,
            links: sides[0].links.abs_diff(sides[1].links) as f64,
        }
    }

    /// The blocks without counterpart, and, for half as much, the sentences without one in linked blocks.
    fn passages(&self) -> f64 {
        let alignment = &self.aligned.bitext().alignment;
        let mut sum = 0.0;
        let inside: [BTreeSet<usize>; 2] =
            [0, 1].map(|side: usize| self.blocks[side].iter().copied().collect());
        let says =
            |side: usize, span: Span| self.document(side).slice(span).chars().any(char::is_alphanumeric);
        let mut null = [BTreeSet::new(), BTreeSet::new()];
        for link in alignment.blocks.iter().filter(|link| link.is_null()) {
            for (side, blocks) in [&link.source, &link.target].into_iter().enumerate() {
                for &block in blocks.iter().filter(|block| inside[side].contains(block)) {
                    null[side].insert(block);
                    sum += f64::from(u8::from(says(side, self.document(side).blocks[block].span)));
                }
            }
        }
        for link in alignment.sentences.iter().filter(|link| link.is_null()) {
            for (side, sentences) in [&link.source, &link.target].into_iter().enumerate() {
                for &at in sentences {
                    let sentence = self.document(side).sentences[at];
                    let counts =
                        inside[side].contains(&sentence.block) && !null[side].contains(&sentence.block);
                    sum += 0.5 * f64::from(u8::from(counts && says(side, sentence.span)));
                }
            }
        }
        sum
    }

    /// The strict words of one side of the region.
    fn strict(&self, side: usize) -> Strict {
        let document = self.document(side);
        let mut strict = Strict::default();
        for &block in &self.blocks[side] {
            let block = &document.blocks[block];
            for piece in &block.pieces {
                let text = document.slice(piece.span);
                match piece.kind {
                    PieceKind::Code if block.kind == BlockKind::Code => {
                        let certain: BTreeSet<usize> =
                            code::words(text).iter().map(|word| word.start).collect();
                        for word in latin(text) {
                            let written = &text[word.range()];
                            if certain.contains(&word.start) || code::is_strict(written) {
                                strict.add(written);
                            }
                        }
                    }
                    PieceKind::Code => latin(text).iter().for_each(|word| strict.add(&text[word.range()])),
                    PieceKind::Target => strict.links += 1,
                    PieceKind::Prose => strict.prose(text, document.lang),
                    PieceKind::Markup => {}
                }
            }
        }
        strict
    }

    /// What one side of the region says, without its form.
    fn letters(&self, side: usize) -> String {
        let document = self.document(side);
        self.blocks[side].iter().map(|&block| letters(document, &document.blocks[block])).collect()
    }

    /// The word types of one side of the region.
    fn types(&self, side: usize) -> BTreeMap<TypeId, usize> {
        let tokens = self.aligned.tokens(side == 0);
        count(
            self.blocks[side]
                .iter()
                .flat_map(|&block| tokens.blocks[block].clone())
                .map(|at| tokens.tokens[at].id),
        )
    }

    /// The sentences of one side of the region.
    fn sentences(&self, side: usize) -> impl Iterator<Item = (usize, &'a str)> + '_ {
        let document = self.document(side);
        let of = move |&block: &usize| document.blocks[block].sentences.clone();
        self.blocks[side].iter().flat_map(of).map(move |at| (at, document.slice(document.sentences[at].span)))
    }

    /// The word types of the sentences of `side` that the other state does not have, and of the sentences linked to
    /// them, by side; `None` when that is nothing.
    fn focus(&self, other: &State, side: usize) -> Option<Focus> {
        let theirs: BTreeSet<&str> = other.sentences(side).map(|(_, text)| text).collect();
        let own: BTreeSet<usize> =
            self.sentences(side).filter(|(_, text)| !theirs.contains(text)).map(|(at, _)| at).collect();
        let mut sentences = [BTreeSet::new(), BTreeSet::new()];
        for link in &self.aligned.bitext().alignment.sentences {
            let of = [&link.source, &link.target];
            if of[side].iter().any(|at| own.contains(at)) {
                (0..2).for_each(|side| sentences[side].extend(of[side]));
            }
        }
        let types = |side: usize| {
            let tokens = self.aligned.tokens(side == 0);
            let within = sentences[side].iter().flat_map(|&at: &usize| tokens.sentences[at].clone());
            count(within.map(|at| tokens.tokens[at].id))
        };
        let found = [types(0), types(1)];
        found.iter().all(|types| !types.is_empty()).then_some(found)
    }

    /// How well a word type of `side` is rendered by any of the other side, from 0 to 1.
    fn rendered(&self, side: usize, id: TypeId, others: &BTreeMap<TypeId, usize>) -> f64 {
        let role = if side == 0 { Side::Source } else { Side::Target };
        let strengths =
            others.keys().map(|&other| wording::may_render(self.aligned, role, id, other, RENDERED));
        strengths.fold(0.0, f64::max)
    }
}

/// Word types by side, with how often each occurs.
type Focus = [BTreeMap<TypeId, usize>; 2];

fn count(ids: impl Iterator<Item = TypeId>) -> BTreeMap<TypeId, usize> {
    let mut counts = BTreeMap::new();
    ids.for_each(|id| *counts.entry(id).or_insert(0) += 1);
    counts
}

/// What must stand on both sides, and how often.
#[derive(Debug, Default)]
struct Strict {
    words: BTreeMap<String, usize>,
    /// Other words in Latin letters.
    plain: BTreeMap<String, usize>,
    /// Stems of words in Latin letters in a text that is not written in them.
    foreign: BTreeSet<String>,
    /// Stems of all words in Latin letters.
    latin: BTreeSet<String>,
    links: usize,
}

impl Strict {
    fn add(&mut self, word: &str) {
        self.latin.insert(lexicon::stem(word));
        let key = match word.bytes().all(|byte| byte.is_ascii_digit()).then(|| word.parse().ok()).flatten() {
            Some(number) => number_key(Amount::int(number)),
            None => word.to_owned(),
        };
        *self.words.entry(key).or_insert(0) += 1;
    }

    fn prose(&mut self, text: &str, lang: Lang) {
        let values: Vec<_> = values::read(text, lang).into_iter().filter(|value| !value.weak).collect();
        for value in &values {
            *self.words.entry(number_key(value.key().0)).or_insert(0) += 1;
        }
        for word in latin(text) {
            let written = &text[word.range()];
            self.latin.insert(lexicon::stem(written));
            if values.iter().any(|value| value.span.intersect(word).is_some()) {
                continue;
            }
            if code::is_strict(written) && written.len() > 1 {
                self.add(written);
                continue;
            }
            *self.plain.entry(written.to_owned()).or_insert(0) += 1;
            if lang == Lang::ZH && written.len() > 1 {
                self.foreign.insert(lexicon::stem(written));
            }
        }
    }
}

/// What makes two numbers the same, in code and in running text.
fn number_key(amount: Amount) -> String {
    format!("#{amount}")
}

/// The words in Latin letters, digits and underscores, with the points and hyphens inside them.
fn latin(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let part = |c: char| c.is_alphanumeric() && !is_han(c) || c == '_' || c == '.' || c == '-';
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let skip = rest.find(part).unwrap_or(rest.len());
        let rest = &rest[skip..];
        let len = rest.find(|c| !part(c)).unwrap_or(rest.len());
        let run = &rest[..len];
        let word = run.trim_matches(['.', '-']);
        if !word.is_empty() {
            let start = at + skip + (run.len() - run.trim_start_matches(['.', '-']).len());
            words.push(Span::new(start, start + word.len()));
        }
        at += skip + len;
    }
    words
}

/// The words of one side that came and went.
struct Words {
    /// Types of the old state that went, and of the new state that came.
    removed: Vec<TypeId>,
    added: Vec<TypeId>,
    texts: [Vec<Text>; 2],
    /// How many words changed: the larger of the two numbers.
    all: usize,
}

/// A word that came or went.
struct Text {
    surface: String,
    key: String,
    kind: TokenKind,
    content: bool,
}

impl Words {
    fn between(before: &State, after: &State, side: usize) -> Words {
        let counts = |state: &State| -> BTreeMap<String, (TypeId, usize)> {
            let tokens = state.aligned.tokens(side == 0);
            state
                .types(side)
                .into_iter()
                .map(|(id, n)| (tokens.types[id as usize].key.clone(), (id, n)))
                .collect()
        };
        let (was, is) = (counts(before), counts(after));
        let more = |one: &BTreeMap<String, (TypeId, usize)>, other: &BTreeMap<String, (TypeId, usize)>| {
            let mut ids = Vec::new();
            for (key, &(id, n)) in one {
                let kept = other.get(key).map_or(0, |(_, n)| *n);
                ids.extend((kept..n).map(|_| id));
            }
            ids
        };
        let (removed, added) = (more(&was, &is), more(&is, &was));
        let texts = [(before, &removed), (after, &added)].map(|(state, ids)| {
            let types = &state.aligned.tokens(side == 0).types;
            let text = |&id: &TypeId| {
                let of_type = &types[id as usize];
                Text {
                    surface: of_type.surface.clone(),
                    key: of_type.key.clone(),
                    kind: of_type.kind,
                    content: wording::is_content(of_type),
                }
            };
            ids.iter().map(text).collect::<Vec<_>>()
        });
        let all = removed.len().max(added.len());
        Words { removed, added, texts, all }
    }

    /// Whether only spelling, inflection and function words changed: every word of content that went has one that
    /// came in its stead, spelt nearly the same, and one of the two is no word.
    fn is_spelling(&self) -> bool {
        let [removed, added] = &self.texts;
        let changed = removed.iter().chain(added);
        if changed.clone().any(|word| {
            negation::is_denial(&word.surface) || !ends(word).is_empty() || word.kind == TokenKind::Value
        }) {
            return false;
        }
        let content = |words: &'_ [Text]| -> Vec<String> {
            words.iter().filter(|word| word.content).map(|word| word.surface.clone()).collect()
        };
        let (removed, mut added) = (content(removed), content(added));
        if removed.len() != added.len() {
            return false;
        }
        removed.iter().all(|went| {
            let place = added.iter().position(|came| {
                strsim::normalized_damerau_levenshtein(went, came) >= 0.6 && !(is_word(went) && is_word(came))
            });
            place.is_some_and(|place| {
                added.swap_remove(place);
                true
            })
        })
    }
}

/// Whether the lexicon knows a word.
fn is_word(word: &str) -> bool {
    match word.starts_with(is_han) {
        true => lexicon::glosses(word).next().is_some(),
        false => lexicon::stem_id(&lexicon::stem(word)).is_some(),
    }
}

/// The scales of opposites that a word is on.
fn ends(word: &Text) -> &'static [(usize, bool)] {
    if word.key.starts_with(is_han) { antonyms::chinese(&word.key) } else { antonyms::english(&word.key) }
}

/// What a negation or an opposite that came or went says against the other side.
fn polarity(
    before: &State,
    after: &State,
    focus: &[Focus; 2],
    side: usize,
    words: &Words,
) -> Option<Judgement> {
    let denials = |words: &[Text]| words.iter().filter(|word| negation::is_denial(&word.surface)).count();
    let [went, came] = [0, 1].map(|nth| denials(&words.texts[nth]));
    if went != came {
        // plain denials, and with them what can stand for one
        let count = |state: &State, types: &Focus, side: usize| -> (usize, usize) {
            let known = &state.aligned.tokens(side == 0).types;
            let of = |tells: fn(&str) -> bool| {
                types[side]
                    .iter()
                    .filter(|(id, _)| tells(&known[**id as usize].surface))
                    .map(|(_, n)| n)
                    .sum()
            };
            (of(negation::is_denial), of(negation::may_deny))
        };
        let apart = |state: &State, types: &Focus| {
            let (mine, theirs) = (count(state, types, side), count(state, types, 1 - side));
            let gap = mine.0.saturating_sub(theirs.1).max(theirs.0.saturating_sub(mine.1));
            (gap, mine.1.abs_diff(theirs.1))
        };
        match apart(after, &focus[1]).cmp(&apart(before, &focus[0])) {
            Ordering::Greater => return Some(Judgement::Apart(Reason::Negation)),
            Ordering::Less => return Some(Judgement::Closer(Reason::Negation)),
            Ordering::Equal => {}
        }
    }
    let other = after.aligned.tokens(side != 0);
    let partner = &focus[1][1 - side];
    let theirs: BTreeSet<(usize, bool)> = partner
        .keys()
        .flat_map(|&id| {
            let key = &other.types[id as usize].key;
            if key.starts_with(is_han) { antonyms::chinese(key) } else { antonyms::english(key) }
        })
        .copied()
        .collect();
    let [went, came] = &words.texts;
    for came in came {
        for &(scale, end) in ends(came) {
            if went.iter().any(|went| ends(went).contains(&(scale, !end))) {
                match (theirs.contains(&(scale, end)), theirs.contains(&(scale, !end))) {
                    (true, false) => return Some(Judgement::Closer(Reason::Opposite)),
                    (false, true) => return Some(Judgement::Apart(Reason::Opposite)),
                    _ => {}
                }
            }
        }
    }
    None
}

/// What the words of content that came and went say: above 0 that the sides went apart, below 0 that they came
/// closer. It is the opposite number for the edit undone.
fn evidence(before: &State, after: &State, focus: &[Focus; 2], side: usize, words: &Words) -> f64 {
    let say = |state: &State, types: &Focus, ids: &[TypeId], texts: &[Text]| -> f64 {
        let content = ids.iter().zip(texts).filter(|(_, word)| word.content);
        let own: f64 = content.map(|(&id, _)| 1.0 - 2.0 * state.rendered(side, id, &types[1 - side])).sum();
        own - lonely(state, types, side, ids)
    };
    say(after, &focus[1], &words.added, &words.texts[1])
        - say(before, &focus[0], &words.removed, &words.texts[0])
}

/// How many words of the other side only some words of `side` render.
fn lonely(state: &State, types: &Focus, side: usize, some: &[TypeId]) -> f64 {
    let role = if side == 0 { Side::Target } else { Side::Source };
    let some: BTreeSet<TypeId> = some.iter().copied().collect();
    let known = &state.aligned.tokens(side != 0).types;
    let content = types[1 - side].keys().filter(|&&id| wording::is_content(&known[id as usize]));
    let only = content.filter(|&&other| {
        let renders = |id: &&TypeId| wording::may_render(state.aligned, role, other, **id, RENDERED) > 0.0;
        let mut by = types[side].keys().filter(renders).peekable();
        by.peek().is_some() && by.all(|id| some.contains(id))
    });
    only.count() as f64
}
