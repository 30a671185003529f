//! Whether the two sides of an edited region agree better or worse than before.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::edits::Region;
use super::letters::{Letter, same_form, spelt};
use crate::align::tokens::{TokenKind, TypeId};
use crate::align::{Aligned, Link};
use crate::check::{Message, Side};
use crate::lexicon;
use crate::markup::code;
use crate::meaning::opposites::{self, Scales};
use crate::meaning::{negation, wording};
use crate::message::message;
use crate::read::joined;
use crate::text::script::is_han;
use crate::text::{BlockKind, Document, Lang, PieceKind, Span};
use crate::values::{self, Amount, ValueKind};

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
    /// A number became another one.
    Number,
    /// How much the one side says for what the other says.
    Length,
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
        match self {
            Reason::Form => message!("apart-form"),
            Reason::Spelling => message!("apart-spelling"),
            Reason::Counterparts => message!("apart-counterparts"),
            Reason::Negation => message!("apart-negation"),
            Reason::Opposite => message!("apart-opposite"),
            Reason::Number => message!("apart-number"),
            Reason::Length => message!("apart-length"),
            Reason::Words => message!("apart-words"),
            Reason::Both => message!("apart-both"),
            Reason::Few => message!("apart-few"),
        }
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
/// The same where a denial came or went, or a word or number became its opposite or another.
const TURNED: f64 = 0.5;
/// Fewer words than this, changed and undecided, pass.
const FEW: usize = 4;
/// How sure a rendering must be to account for a word.
const RENDERED: f32 = 0.15;

/// What a passage without counterpart would say against the words.
const COUNTERPART: f64 = 2.0;
/// What a negation, an opposite or a number says that only the one state shares with the other side.
const MARK: f64 = 3.0;
/// How much more strain it takes for a denial to count in full.
const STRAINED: f32 = 10.0;
/// What the surprise at the lengths of the two sides says against the words.
const LENGTH: f64 = 0.5;
/// How many letters render a Chinese character.
const HAN: f64 = 3.0;
/// The variance of the length of a translation, for each letter (Gale and Church).
const VARIANCE: f64 = 6.0;

/// Words and their opposites that tell when the one came in the other's stead, be they ever so frequent.
static OPPOSITES: LazyLock<Scales> = LazyLock::new(|| Scales::read(include_str!("opposites.tsv")));

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
    if same_form(&before.spelt(side), &after.spelt(side)) {
        return Judgement::Level(Reason::Form);
    }
    let focus = Focus::of(&before, &after, side);
    let (turns, mut evidence) = marks(&before, &after, &focus, side, words);
    if lack.strict == was.strict && passages == 0.0 && !turns && words.is_spelling() {
        return Judgement::Level(Reason::Spelling);
    }
    // a single word of code or a link more or less is not much: the rest of the edit may say otherwise
    if score.abs() > 0.5 || passages != 0.0 && score != 0.0 {
        return match score < 0.0 {
            true => Judgement::Closer(Reason::Counterparts),
            false => Judgement::Apart(Reason::Counterparts),
        };
    }
    evidence.push((Reason::Counterparts, COUNTERPART * score));
    evidence.push((Reason::Words, lexical(&before, &after, &focus, side, words)));
    evidence.push((Reason::Length, LENGTH * lengths(&before, &after, &focus, side)));
    let sum: f64 = evidence.iter().map(|(_, weight)| weight).sum();
    let strongest = |sign: f64| {
        let by_weight = evidence.iter().max_by(|a, b| (sign * a.1).total_cmp(&(sign * b.1)));
        by_weight.map_or(Reason::Words, |(reason, _)| *reason)
    };
    // what turns the meaning takes the sides apart or brings them together, whichever is likelier
    let margin = if turns { TURNED } else { MARGIN };
    match sum {
        _ if sum > margin => Judgement::Apart(strongest(1.0)),
        _ if sum < -margin / 2.0 => Judgement::Closer(strongest(-1.0)),
        _ if sum < 0.0 || words.all < FEW && score <= 0.0 => Judgement::Level(Reason::Few),
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
                    PieceKind::Prose | PieceKind::Markup => {}
                }
            }
            for run in joined(&document.text, &block.pieces) {
                strict.prose(&run.text, document.lang);
            }
        }
        strict
    }

    /// What one side of the region says.
    fn spelt(&self, side: usize) -> Vec<Letter> {
        let document = self.document(side);
        self.blocks[side].iter().flat_map(|&block| spelt(document, &document.blocks[block])).collect()
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

    /// How often each word of one side is spelt in which way, in lower case.
    fn spellings(&self, side: usize) -> BTreeMap<(String, String), usize> {
        let (document, tokens) = (self.document(side), self.aligned.tokens(side == 0));
        let mut spellings = BTreeMap::new();
        for token in self.blocks[side].iter().flat_map(|&block| tokens.blocks[block].clone()) {
            let token = tokens.tokens[token];
            let spelt =
                (tokens.types[token.id as usize].key.clone(), document.slice(token.span).to_lowercase());
            *spellings.entry(spelt).or_insert(0) += 1;
        }
        spellings
    }

    /// The links of sentences that hold any of some sentences.
    fn links(&self, sentences: &[BTreeSet<usize>; 2]) -> impl Iterator<Item = &'a Link> {
        let holds = move |link: &&Link| {
            let of = [&link.source, &link.target];
            (0..2).any(|side: usize| of[side].iter().any(|at| sentences[side].contains(at)))
        };
        self.aligned.bitext().alignment.sentences.iter().filter(holds)
    }

    /// The word types of some sentences of a side.
    fn types_of(&self, side: usize, sentences: &BTreeSet<usize>) -> BTreeMap<TypeId, usize> {
        let tokens = self.aligned.tokens(side == 0);
        let within = sentences.iter().flat_map(|&at| tokens.sentences[at].clone());
        count(within.map(|at| tokens.tokens[at].id))
    }

    /// The amounts in some sentences of a side, be they ever so likely no numbers.
    fn amounts(&self, side: usize, sentences: &BTreeSet<usize>) -> BTreeMap<Amount, usize> {
        let (document, values) = (self.document(side), &self.aligned.tokens(side == 0).values);
        let mut amounts = BTreeMap::new();
        for &at in sentences {
            let span = document.sentences[at].span;
            let first = values.partition_point(|value| value.span.start < span.start);
            let within = values[first..].iter().take_while(|value| value.span.start < span.end);
            // a unit without a number has no amount
            for value in within.filter(|value| !matches!(value.kind, ValueKind::Unit | ValueKind::Rate)) {
                *amounts.entry(value.key().0).or_insert(0) += 1;
            }
        }
        amounts
    }

    /// How many letters some sentences of a side have.
    fn length(&self, side: usize, sentences: &BTreeSet<usize>) -> f64 {
        let document = self.document(side);
        let of = |&at: &usize| letters(document.slice(document.sentences[at].span));
        sentences.iter().map(of).sum()
    }

    /// How well a word type of `side` is rendered by any of the other side, from 0 to 1.
    fn rendered(&self, side: usize, id: TypeId, others: &BTreeMap<TypeId, usize>) -> f64 {
        let role = if side == 0 { Side::Source } else { Side::Target };
        let strengths =
            others.keys().map(|&other| wording::may_render(self.aligned, role, id, other, RENDERED));
        strengths.fold(0.0, f64::max)
    }
}

/// What an edit of one side is judged by: its sentences that are not in the other state, what these are linked to in
/// either state, and what is linked to that.
struct Focus {
    /// The sentences of both sides, in both states.
    sentences: [[BTreeSet<usize>; 2]; 2],
    types: [[BTreeMap<TypeId, usize>; 2]; 2],
}

impl Focus {
    fn of(before: &State, after: &State, side: usize) -> Focus {
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

/// How many letters a text has, a Chinese character counted as the letters that translate it.
fn letters(text: &str) -> f64 {
    text.chars().filter(|c| c.is_alphanumeric()).map(|c| if is_han(c) { HAN } else { 1.0 }).sum()
}

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
    /// As it stands there, in lower case.
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
        let texts = [(before, after, &removed), (after, before, &added)].map(|(state, other, ids)| {
            let tokens = state.aligned.tokens(side == 0);
            let mut spellings = state.spellings(side);
            for (spelling, n) in other.spellings(side) {
                spellings.entry(spelling).and_modify(|here| *here = here.saturating_sub(n));
            }
            // of the spellings of a word, those that the other state does not have
            let mut spelling = |id: TypeId| {
                let alone = spellings.range_mut((tokens.types[id as usize].key.clone(), String::new())..);
                let mut alone = alone.take_while(|((key, _), _)| *key == tokens.types[id as usize].key);
                let ((_, spelling), n) = alone.find(|(_, n)| **n > 0)?;
                *n -= 1;
                Some(spelling.clone())
            };
            let text = |&id: &TypeId| {
                let of_type = &tokens.types[id as usize];
                Text {
                    surface: spelling(id).unwrap_or_else(|| of_type.surface.clone()),
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
        if changed.clone().any(|word| negation::is_denial(&word.surface) || word.kind == TokenKind::Value) {
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

/// The scales of opposites that a word is on, each by the list that it is in.
fn ends(key: &str, surface: &str) -> impl Iterator<Item = (usize, usize, bool)> + use<> {
    let lists = [opposites::common(), &*OPPOSITES].map(|scales| match key.starts_with(is_han) {
        true => scales.chinese(key).to_vec(),
        false => scales.english(surface).collect(),
    });
    let lists = lists.into_iter().enumerate();
    lists.flat_map(|(list, ends)| ends.into_iter().map(move |(scale, end)| (list, scale, end)))
}

/// Whether a denial came or went, or a word or number became its opposite or another; and what that says against the
/// other side, above 0 when the sides went apart and below 0 when they came closer.
fn marks(
    before: &State,
    after: &State,
    focus: &Focus,
    side: usize,
    words: &Words,
) -> (bool, Vec<(Reason, f64)>) {
    let mut marks = Vec::new();
    let [went, came] = &words.texts;
    let denials = |words: &[Text]| words.iter().filter(|word| negation::is_denial(&word.surface)).count();
    let denies = denials(went) != denials(came);
    if denies {
        let [was, is] = [(before, 0), (after, 1)]
            .map(|(state, nth)| negation::strain(state.aligned, state.links(&focus.sentences[nth])));
        let weight = MARK * f64::from((is - was) / STRAINED).clamp(-1.0, 1.0);
        marks.push((Reason::Negation, weight));
    }
    let of_other = |nth: usize, state: &State| -> BTreeSet<(usize, usize, bool)> {
        let known = &state.aligned.tokens(side != 0).types;
        focus.types[nth][1 - side]
            .keys()
            .map(|&id| &known[id as usize])
            .flat_map(|of_type| ends(&of_type.key, &of_type.surface))
            .collect()
    };
    let theirs = of_other(1, after);
    let turned: Vec<(usize, usize, bool)> = came
        .iter()
        .flat_map(|came| ends(&came.key, &came.surface))
        .filter(|&(list, scale, end)| {
            went.iter().any(|went| ends(&went.key, &went.surface).any(|of| of == (list, scale, !end)))
        })
        .collect();
    let decides = turned.iter().find_map(|&(list, scale, end)| {
        match (theirs.contains(&(list, scale, end)), theirs.contains(&(list, scale, !end))) {
            (true, false) => Some(-MARK),
            (false, true) => Some(MARK),
            _ => None,
        }
    });
    marks.extend(decides.map(|weight| (Reason::Opposite, weight)));
    let [was, is] =
        [(before, 0), (after, 1)].map(|(state, nth)| state.amounts(side, &focus.sentences[nth][side]));
    let theirs = after.amounts(1 - side, &focus.sentences[1][1 - side]);
    let more = |one: &BTreeMap<Amount, usize>, other: &BTreeMap<Amount, usize>| -> Vec<Amount> {
        let more = one.iter().filter(|(amount, n)| other.get(amount).is_none_or(|other| other < n));
        more.map(|(amount, _)| *amount).collect()
    };
    let (went, came) = (more(&was, &is), more(&is, &was));
    let counts = went.len() == 1 && came.len() == 1;
    if let (&[went], &[came]) = (&went[..], &came[..]) {
        match (theirs.contains_key(&went), theirs.contains_key(&came)) {
            (true, false) => marks.push((Reason::Number, MARK)),
            (false, true) => marks.push((Reason::Number, -MARK)),
            _ => {}
        }
    }
    (denies || !turned.is_empty() || counts, marks)
}

/// What the words of content that came and went say: above 0 that the sides went apart, below 0 that they came
/// closer. It is the opposite number for the edit undone.
fn lexical(before: &State, after: &State, focus: &Focus, side: usize, words: &Words) -> f64 {
    let say = |state: &State, types: &[BTreeMap<TypeId, usize>; 2], ids: &[TypeId], texts: &[Text]| -> f64 {
        // what denies was weighed by itself
        let said = ids.iter().zip(texts).filter(|(_, word)| !negation::is_denial(&word.surface));
        let (ids, texts): (Vec<TypeId>, Vec<&Text>) = said.map(|(&id, word)| (id, word)).unzip();
        let content = ids.iter().zip(texts).filter(|(_, word)| word.content);
        let own: f64 = content.map(|(&id, _)| 1.0 - 2.0 * state.rendered(side, id, &types[1 - side])).sum();
        own - lonely(state, types, side, &ids)
    };
    say(after, &focus.types[1], &words.added, &words.texts[1])
        - say(before, &focus.types[0], &words.removed, &words.texts[0])
}

/// How much more surprising the lengths of the two sides are than before.
fn lengths(before: &State, after: &State, focus: &Focus, side: usize) -> f64 {
    let surprise = |state: &State, nth: usize, ratio: f64| {
        let [own, other] = [side, 1 - side].map(|side| state.length(side, &focus.sentences[nth][side]));
        let expected = own * ratio;
        let deviation = (other - expected) / (VARIANCE * (other + expected).max(1.0) / 2.0).sqrt();
        // far out, a text that is longer by some more surprises by as much only
        match deviation.abs() {
            near if near < 2.0 => near * near / 2.0,
            far => 2.0 * far - 2.0,
        }
    };
    let whole = |side: usize| letters(&after.document(side).text);
    let ratio = whole(1 - side) / whole(side).max(1.0);
    surprise(after, 1, ratio) - surprise(before, 0, ratio)
}

/// How many words of the other side only some words of `side` render.
fn lonely(state: &State, types: &[BTreeMap<TypeId, usize>; 2], side: usize, some: &[TypeId]) -> f64 {
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
