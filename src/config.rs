//! What the user wrote, and what is meant by it.

use crate::check::{self, CHECKS, Severity};

/// Why a setting cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// No check has this name.
    #[error("there is no check named `{name}`{}; `duizhao explain` lists them all", hint(.nearest))]
    UnknownCheck {
        /// As written.
        name: String,
        /// The check whose name is most like it.
        nearest: Option<&'static str>,
    },
    /// Not a severity.
    #[error("`{0}` is not a severity; write off, minor, major or critical")]
    UnknownSeverity(String),
    /// Not `NAME=LEVEL`.
    #[error("`{0}` is not of the form NAME=LEVEL, such as number-mismatch=minor")]
    NotAnAssignment(String),
}

fn hint(nearest: &Option<&'static str>) -> String {
    nearest.map_or_else(String::new, |name| format!(", did you mean `{name}`?"))
}

/// Adds `NAME=LEVEL`, as `--severity` takes it, to the settings of the checks.
pub fn set_severity(settings: &mut check::Settings, assignment: &str) -> Result<(), ConfigError> {
    let Some((name, level)) = assignment.split_once('=') else {
        return Err(ConfigError::NotAnAssignment(assignment.to_owned()));
    };
    let (name, level) = (name.trim(), level.trim());
    if !CHECKS.iter().any(|check| check.name == name) {
        return Err(ConfigError::UnknownCheck { name: name.to_owned(), nearest: nearest(name) });
    }
    let level = match level {
        "off" => None,
        level => Some(severity(level).ok_or_else(|| ConfigError::UnknownSeverity(level.to_owned()))?),
    };
    settings.severity.insert(name.to_owned(), level);
    Ok(())
}

/// The name of the check most like `name`, if any is near enough to be meant.
pub fn nearest(name: &str) -> Option<&'static str> {
    let near = CHECKS.iter().map(|check| (strsim::jaro_winkler(name, check.name), check.name));
    near.filter(|(likeness, _)| *likeness > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

/// A severity by its name.
pub fn severity(name: &str) -> Option<Severity> {
    [Severity::Minor, Severity::Major, Severity::Critical].into_iter().find(|level| level.as_str() == name)
}
