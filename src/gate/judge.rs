//! Whether the two sides of an edited region agree better or worse than before.

mod focus;
mod state;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use self::focus::Focus;
use self::state::{RENDERED, State, letters};
use self::words::{Text, Words};
use super::edits::Region;
use super::letters::same_form;
use crate::align::Aligned;
use crate::align::tokens::TypeId;
use crate::check::{Message, Side};
use crate::meaning::opposites::{self, Scales};
use crate::meaning::{negation, wording};
use crate::message::message;
use crate::text::script::is_han;
use crate::values::Amount;

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

/// What a passage without counterpart would say against the words.
const COUNTERPART: f64 = 2.0;
/// What a negation, an opposite or a number says that only the one state shares with the other side.
const MARK: f64 = 3.0;
/// How much more strain it takes for a denial to count in full.
const STRAINED: f32 = 10.0;
/// What the surprise at the lengths of the two sides says against the words.
const LENGTH: f64 = 0.5;
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
