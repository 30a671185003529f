//! Years that ran together with the word beside them.

use std::ops::Range;

/// Small words that stand before a year, or after one, and are part of no name that has a year in it.
const SMALL: [&str; 14] =
    ["and", "by", "during", "for", "from", "in", "of", "since", "that", "the", "to", "until", "was", "with"];

/// Where the year stands in a word such as `in2019`, `2020emphasized` or `2020and`, which lost a space.
///
/// A short group of letters after the digits may be a unit (2000rpm) and is taken only when it is a small word.
///
/// ```
/// assert_eq!(duizhao::values::glued_year("in2019"), Some(2..6));
/// assert_eq!(duizhao::values::glued_year("2020emphasized"), Some(0..4));
/// assert_eq!(duizhao::values::glued_year("Office2019"), None);
/// ```
pub fn glued_year(word: &str) -> Option<Range<usize>> {
    let start = word.find(|c: char| c.is_ascii_digit())?;
    let digits = word[start..].bytes().take_while(u8::is_ascii_digit).count();
    let year = start..start + digits;
    if digits != 4 || !(word[year.clone()].starts_with("19") || word[year.clone()].starts_with("20")) {
        return None;
    }
    let (before, after) = (&word[..start], &word[year.end..]);
    let fits = match (before.is_empty(), after.is_empty()) {
        (false, true) => SMALL.contains(&before),
        (true, false) => {
            let letters = after.bytes().all(|b| b.is_ascii_lowercase());
            letters && (after.len() >= LONG || SMALL.contains(&after))
        }
        _ => false,
    };
    fits.then_some(year)
}

/// Letters after a year that are more than a unit.
const LONG: usize = 5;
