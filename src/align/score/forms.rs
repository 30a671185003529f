//! What it says of two spans what their blocks are: headings and their numbers, items of lists, cells of tables.

use crate::align::units::Form;
use crate::text::BlockKind;

/// How much more the number of a heading says that is run into its paragraph: without it the two would have to be
/// told from a paragraph and a heading that stands alone.
const RUN_IN: f32 = 4.0;

/// How the blocks of one side of a link begin.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Opening {
    /// The form of the first block.
    form: Form,
    /// Whether it is a heading with its text below it.
    headed: bool,
    /// Whether it is a cell of a table with another one behind it.
    cells: bool,
}

/// What it says that several cells of a table stand against one block: a cell is rendered by a cell.
const CELLS: f32 = -8.0;
/// What it says that two cells of tables stand in different columns.
const COLUMNS: f32 = -1.5;

pub(super) fn opening(forms: &[Form]) -> Option<Opening> {
    let form = *forms.first()?;
    let second = forms.get(1).map(|second| second.kind);
    let headed = form.kind == BlockKind::Heading && second.is_some_and(|kind| kind != BlockKind::Heading);
    let cells = form.kind == BlockKind::TableCell && second == Some(BlockKind::TableCell);
    Some(Opening { form, headed, cells })
}

/// What the openings of a link say; whether it is a `pair`, one block against one.
pub(super) fn openings(one: &Opening, other: &Opening, pair: bool) -> f32 {
    match pair {
        true => forms(&one.form, &other.form),
        _ if one.cells || other.cells => CELLS + forms(&one.form, &other.form).min(0.0),
        // a heading that the other side runs into its text shows by its number, if by anything
        _ if one.headed != other.headed && one.form.kind.is_prose() && other.form.kind.is_prose() => {
            RUN_IN * numbers(&one.form, &other.form).unwrap_or(0.0)
        }
        _ => forms(&one.form, &other.form).min(0.0),
    }
}

/// What two blocks being of the same or another form says, in nats.
fn forms(one: &Form, other: &Form) -> f32 {
    let mut score = 0.0f32;
    if one.kind != other.kind {
        score -= if one.kind.is_prose() == other.kind.is_prose() { 3.0 } else { 12.0 };
    } else if one.level == other.level && one.level.is_some() {
        score += 1.0;
    } else if one.kind == BlockKind::TableCell && one.level.is_some() && other.level.is_some() {
        score += COLUMNS;
    }
    let alike = one.numbering.is_some() == other.numbering.is_some();
    score + numbers(one, other).unwrap_or(if alike { 0.0 } else { -0.5 })
}

/// What the numbers of two blocks say, in nats, if both have one.
fn numbers(one: &Form, other: &Form) -> Option<f32> {
    let ((style, value), (other_style, other_value)) = (one.numbering?, other.numbering?);
    Some(match (value == other_value, style == other_style) {
        (true, true) => 1.5,
        (true, false) => 1.0,
        (false, _) => -1.0,
    })
}
