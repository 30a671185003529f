//! Checks by their names, as users write them.

use super::{CHECKS, Check, Message, Tongue, message};

/// A name that no check has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().said(Tongue::English))]
pub struct UnknownCheck {
    /// As written.
    pub name: String,
    /// The check whose name is most like it, if any is near enough to be meant.
    pub nearest: Option<&'static str>,
}

impl UnknownCheck {
    /// That there is none of this name, in every language.
    pub fn message(&self) -> Message {
        let name = &self.name;
        match self.nearest {
            Some(nearest) => message!("unknown-check-but", name = name, nearest = nearest),
            None => message!("unknown-check", name = name),
        }
    }
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
