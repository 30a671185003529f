//! The language that the system asks for.

use crate::check::Tongue;

/// The variables that name the locale of messages, from the strongest to the weakest, as POSIX has it.
const VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// The language of the system's locale, if things are told in it.
pub(super) fn tongue() -> Option<Tongue> {
    let set = VARIABLES.into_iter().filter_map(std::env::var_os).find(|locale| !locale.is_empty())?;
    Tongue::of_locale(set.to_str()?)
}
