//! Checks by their names, as users write them.

use super::{CHECKS, Check};

/// A name that no check has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no check named `{name}`{}; `duizhao explain` lists them all", hint(.nearest))]
pub struct UnknownCheck {
    /// As written.
    pub name: String,
    /// The check whose name is most like it, if any is near enough to be meant.
    pub nearest: Option<&'static str>,
}

/// The check of that name.
///
/// # Errors
/// When there is none.
pub fn find(name: &str) -> Result<&'static Check, UnknownCheck> {
    let nearest = || {
        let near = CHECKS.iter().map(|check| (strsim::jaro_winkler(name, check.name), check.name));
        near.filter(|(likeness, _)| *likeness > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
    };
    let found = CHECKS.iter().copied().find(|check| check.name == name);
    found.ok_or_else(|| UnknownCheck { name: name.to_owned(), nearest: nearest() })
}

fn hint(nearest: &Option<&'static str>) -> String {
    nearest.map_or_else(String::new, |name| format!(", did you mean `{name}`?"))
}
