//! Logistic models whose features have names: what is known of a thing, and how likely that makes it.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// What is known of a thing: of each feature that is not zero, its name and how much of it there is.
pub type Features = Vec<(String, f32)>;

/// The weight that is always there.
pub const BIAS: &str = "bias";

/// The weights of a model, as they were learnt. A feature that nothing was learnt of weighs nothing.
pub(super) struct Weights {
    text: &'static str,
    by_name: OnceLock<FxHashMap<&'static str, f32>>,
}

impl Weights {
    /// The weights in a text: a line a feature, its name, a tab, its weight.
    pub(super) const fn of(text: &'static str) -> Weights {
        Weights { text, by_name: OnceLock::new() }
    }

    /// How likely it is, from 0 to 1, what these features speak for.
    pub(super) fn confidence(&self, features: &Features) -> f64 {
        let by_name = self.by_name.get_or_init(|| {
            let weight = |line: &'static str| -> Option<(&str, f32)> {
                let (name, weight) = line.split_once('\t')?;
                Some((name, weight.parse().ok()?))
            };
            self.text.lines().filter_map(weight).collect()
        });
        let weight = |name: &str| f64::from(by_name.get(name).copied().unwrap_or(0.0));
        let odds =
            weight(BIAS) + features.iter().map(|(name, much)| weight(name) * f64::from(*much)).sum::<f64>();
        1.0 / (1.0 + (-odds).exp())
    }
}
