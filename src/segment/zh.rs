//! Where Chinese sentences end: 。！？； and their ASCII twins where these end a sentence.

use super::view::{Run, Unit, View};
use crate::text::script::is_han;

/// Whether a run of stops ends a Chinese sentence.
pub(super) fn ends(view: &View, run: &Run) -> bool {
    if run.wide {
        return true;
    }
    let next = view.after(run.end).map(|(unit, _)| unit);
    let (visible, spaced) = view.next_visible(run.end);
    let at_end = visible.is_none();
    let han_before = view.char_before(run.start, true).is_some_and(|c| is_han(c) || is_wide_mark(c));
    let han_after = match next {
        Some(Unit::Char(c)) => is_han(c) || is_wide_mark(c) || "“‘《".contains(c),
        _ => false,
    };
    match run.stop {
        // An ellipsis mostly stands for a pause, not an end.
        '…' => at_end || run.closed,
        _ if at_end => true,
        '.' if run.stops > 1 => run.closed || spaced,
        // "3.0版", "1.独立权" and "Node.js" are no ends; what follows a Han character is.
        '.' => {
            if han_before {
                spaced || han_after || matches!(next, Some(Unit::Open | Unit::Opaque)) || run.closed
            } else {
                // An address keeps no stop of its own at its end.
                let address = matches!(view.before(run.start), Some((Unit::Opaque, _)));
                address && han_after || super::en::ends(view, run) && spaced
            }
        }
        _ => han_before || spaced || han_after,
    }
}

/// Full-width marks, which only stand in Chinese.
fn is_wide_mark(c: char) -> bool {
    matches!(c, '，' | '、' | '：' | '）' | '」' | '』' | '》' | '”' | '％' | '０'..='９')
}
