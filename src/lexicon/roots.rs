//! What English words of one root have in common.

/// The letters that English words of one root share, by the stem of one of them: creat of creation and creative, but
/// more of interest, or interfere would be of its root. `None` for a stem with fewer letters.
pub fn root(stem: &str) -> Option<&str> {
    let beginning = stem.get(..5)?;
    // beginnings that words of many roots share
    let prefix = match beginning.as_bytes()[0] {
        b'c' => matches!(beginning, "count" | "cyber"),
        b'h' => beginning == "hyper",
        b'i' => matches!(beginning, "inter" | "infra"),
        b'm' => matches!(beginning, "micro" | "multi"),
        b'p' => beginning == "photo",
        b's' => beginning == "super",
        b't' => beginning == "trans",
        b'u' => beginning == "under",
        _ => false,
    };
    if prefix { stem.get(..7) } else { Some(beginning) }
}
