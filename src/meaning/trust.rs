//! How likely it is that two marks that say different things of a class belong together, so that the one contradicts
//! the other.
//!
//! What speaks for that becomes the features of a logistic model: one set of slopes for all classes, since what ties two
//! marks together is the same for all, and a bias for each class, since some are put otherwise with better reason.

use super::marks::Class;

/// How many features two marks have: what is known of them, then their class.
pub const FEATURES: usize = KNOWN + CLASSES.len();

/// Of which so many are not the class.
const KNOWN: usize = 12;

/// The classes with a bias of their own.
const CLASSES: [Class; 5] = [Class::Modality, Class::Scope, Class::Time, Class::Condition, Class::Order];

/// The features of two marks.
pub type Features = [f32; FEATURES];

/// The weights of the features and, last, the bias; made by `cargo run --profile quick --example train`.
const WEIGHTS: [f32; FEATURES + 1] = include!("trust.weights");

/// Pairs less likely than this are not told.
pub const TOLD: f64 = 0.75;
/// From here on a grave contradiction is called one.
pub const SURE: f64 = 0.85;

/// What is known of two marks.
pub(super) struct Grounds {
    /// How far the words they govern render each other, from 0 up to about 2.
    pub(super) governed: f32,
    /// How near the one stands to where the other would, from 0 to 1.
    pub(super) place: f32,
    /// Whether the lexicon has the one for the other, in another of its senses.
    pub(super) rendered: bool,
    /// Whether they are the only ones of their class in clauses that correspond.
    pub(super) lone_clauses: bool,
    /// Whether each is the only one of its class in its sentences.
    pub(super) sole: bool,
    /// How many other marks of the class the sentences have, on both sides.
    pub(super) others: usize,
    /// Whether one of them is said loosely.
    pub(super) soft: bool,
    /// Whether what they say differs gravely.
    pub(super) grave: bool,
    /// Whether both begin a clause, as conjunctions do.
    pub(super) opens: bool,
    /// How many content words their clauses have.
    pub(super) content: usize,
    /// The score of the link.
    pub(super) link: f32,
    /// Whether the link joins more than two sentences.
    pub(super) several: bool,
}

/// The features of two marks.
pub(super) fn features(class: Class, grounds: &Grounds) -> Features {
    let known: [f32; KNOWN] = [
        grounds.governed.min(1.5),
        f32::from(grounds.governed > 0.1),
        grounds.place,
        f32::from(grounds.rendered),
        f32::from(grounds.lone_clauses),
        f32::from(grounds.sole),
        (1.0 + grounds.others as f32).ln(),
        f32::from(grounds.soft),
        f32::from(grounds.grave),
        f32::from(grounds.opens),
        (1.0 + grounds.content as f32).ln(),
        grounds.link + f32::from(u8::from(!grounds.several)),
    ];
    let mut features = [0.0; FEATURES];
    features[..KNOWN].copy_from_slice(&known);
    if let Some(at) = CLASSES.iter().position(|own| *own == class) {
        features[KNOWN + at] = 1.0;
    }
    features
}

/// How likely it is, from 0 to 1, that marks with these features contradict each other.
pub fn confidence(features: &Features) -> f64 {
    let odds: f32 = WEIGHTS[FEATURES] + features.iter().zip(&WEIGHTS).map(|(x, w)| x * w).sum::<f32>();
    1.0 / (1.0 + (-f64::from(odds)).exp())
}
