//! How likely it is that two marks that say different things of a class belong together, so that the one contradicts
//! the other.
//!
//! What speaks for that and against it becomes the features of a logistic model, each with a name: what is known of the
//! two marks and of the sentences around, the class, and what the one says against what the other says, since some are
//! put otherwise with better reason than others. What was never learnt of weighs nothing.

use super::learnt::{Features, Weights};
use super::marks::Class;

/// A line a feature: its name, a tab, its weight; made by `cargo run --profile quick --example train`.
static WEIGHTS: Weights = Weights::of(include_str!("trust.weights"));

/// Pairs less likely than this are not told.
pub const TOLD: f64 = 0.75;
/// From here on a grave contradiction is called one.
pub const SURE: f64 = 0.88;

/// What is known of two marks.
pub(super) struct Grounds {
    /// How far the words they govern render each other, from 0 up to about 2.
    pub(super) governed: f32,
    /// How near the one stands to where the other would, from 0 to 1.
    pub(super) place: f32,
    /// Both, and what else ties them, as they are paired.
    pub(super) ground: f32,
    /// Whether the lexicon has the one for the other, in another of its senses.
    pub(super) rendered: bool,
    /// Whether they are the only ones of their class in clauses that correspond.
    pub(super) lone_clauses: bool,
    /// Whether each is the only one of its class in its sentences.
    pub(super) sole: bool,
    /// Whether each is the best partner of the other that is not taken.
    pub(super) paired: bool,
    /// How many other marks of the class the sentences have, on both sides.
    pub(super) others: usize,
    /// Whether one of them is said loosely.
    pub(super) soft: bool,
    /// Whether what they say differs gravely.
    pub(super) grave: bool,
    /// Whether both begin a clause, as conjunctions do.
    pub(super) opens: bool,
    /// Whether denials make the one say what the other says.
    pub(super) undone: bool,
    /// Whether each stands at the other end of what it ties.
    pub(super) crossed: bool,
    /// For the Chinese and the English mark what ties it to another mark of the other side.
    pub(super) partners: [Partners; 2],
    /// How surely the Chinese and the English mark render something else, from 0 to 1.
    pub(super) elsewhere: [f32; 2],
    /// How much of what the sentences say is rendered, from 0 to 1: the Chinese and the English.
    pub(super) covered: [f32; 2],
    /// How many words of the Chinese and the English clause are rendered by nothing.
    pub(super) left: [usize; 2],
    /// Whether the Chinese and the English clause deny something that the other side does not.
    pub(super) denials: [bool; 2],
    /// Whether the Chinese and the English mark are more than a word.
    pub(super) long: [bool; 2],
    /// How many content words their clauses have.
    pub(super) content: usize,
    /// The score of the link.
    pub(super) link: f32,
    /// Whether the link joins more than two sentences.
    pub(super) several: bool,
}

/// How much ties a mark to the best of the others, by kind; 0 where there is none.
#[derive(Default, Clone, Copy)]
pub(super) struct Partners {
    /// To one that says the same and that nothing else needs.
    pub(super) same: f32,
    /// To one that says the same and that something else needs.
    pub(super) taken: f32,
    /// To one that says the same loosely or by the way.
    pub(super) weak: f32,
    /// To one that says something else.
    pub(super) other: f32,
}

/// What ties a mark to others counts up to this.
const MOST: f32 = 2.0;
/// A mark that says the same stands for another one from this share of what speaks for the pair.
const INSTEAD: f32 = 0.4;

/// What is known of each of the two marks, in the order of its values.
const SIDED: [&str; 10] =
    ["same", "same at all", "taken", "weak", "other", "elsewhere", "covered", "left", "denials", "long"];

/// The features of two marks, of which the names say what they say.
pub(super) fn features(class: Class, [zh, en]: [&str; 2], grounds: &Grounds) -> Features {
    let flag = |of: bool| f32::from(u8::from(of));
    let mut features: Vec<(&str, f32)> = vec![
        ("governed", grounds.governed.min(1.5)),
        ("governed at all", flag(grounds.governed > 0.1)),
        ("place", grounds.place),
        ("rendered", flag(grounds.rendered)),
        ("lone clauses", flag(grounds.lone_clauses)),
        ("sole", flag(grounds.sole)),
        ("paired", flag(grounds.paired)),
        ("others", (1.0 + grounds.others as f32).ln()),
        ("soft", flag(grounds.soft)),
        ("grave", flag(grounds.grave)),
        ("opens", flag(grounds.opens)),
        ("undone", flag(grounds.undone)),
        ("crossed", flag(grounds.crossed)),
        ("content", (1.0 + grounds.content as f32).ln()),
        ("link", grounds.link),
        ("several", flag(grounds.several)),
    ];
    let best = grounds.partners[0].same.max(grounds.partners[1].same);
    features.push(("instead", flag(best >= INSTEAD * grounds.ground)));
    let mut features: Features = features.into_iter().map(|(name, much)| (name.to_owned(), much)).collect();
    for (side, name) in ["zh", "en"].into_iter().enumerate() {
        let partners = grounds.partners[side];
        let same = partners.same.min(MOST) - grounds.ground.min(MOST);
        let values = [
            if partners.same > 0.0 { same } else { -1.5 },
            flag(partners.same > 0.0),
            flag(partners.taken > 0.0),
            flag(partners.weak > 0.0),
            partners.other.min(MOST),
            grounds.elsewhere[side],
            grounds.covered[side],
            (1.0 + grounds.left[side] as f32).ln(),
            flag(grounds.denials[side]),
            flag(grounds.long[side]),
        ];
        features.extend(SIDED.into_iter().zip(values).map(|(of, much)| (format!("{name} {of}"), much)));
    }
    features.retain(|(_, much)| *much != 0.0);
    features.push((format!("{class:?}"), 1.0));
    features.push((format!("{class:?} {zh} / {en}"), 1.0));
    features
}

/// How likely it is, from 0 to 1, that marks with these features contradict each other.
pub(super) fn confidence(features: &Features) -> f64 {
    WEIGHTS.confidence(features)
}
