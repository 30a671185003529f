//! What reviewers decided in a table of findings: from its cells to decisions.

use super::{Choice, Decision, Entry};
use crate::report::review::{ACCEPT, CHECK, DECISION, DISMISS, FINGERPRINT, PLACE, REMARK, Word};

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions {
    /// The findings that were decided on, each with its decision.
    pub made: Vec<(Entry, Decision)>,
    /// On how many nothing was said.
    pub undecided: usize,
}

impl Decisions {
    /// How often this was chosen.
    pub fn count(&self, choice: Choice) -> usize {
        self.made.iter().filter(|(_, decision)| decision.choice == choice).count()
    }
}

/// A table that was filled in wrongly.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReviewError {
    /// No row holds the heads of a report.
    #[error(
        "no report to review: no row names the columns {} and {}; write one with `duizhao check --report xlsx=FILE`",
        DECISION[0],
        FINGERPRINT[0]
    )]
    NoHead,
    /// A decision that is none.
    #[error("row {row}: \"{found}\" is no decision; write {} or {}, or leave it empty", ACCEPT[0], DISMISS[0])]
    Decision {
        /// The row, from 1.
        row: usize,
        /// What stands there.
        found: String,
    },
    /// A row that was decided on, and no longer says what it is about.
    #[error("row {row}: the fingerprint is missing or not as it was written; take it from the report again")]
    Fingerprint {
        /// The row, from 1.
        row: usize,
    },
}

/// Reads the decisions from the rows of a report. Columns are found by their heads, so they may have changed places.
///
/// # Errors
/// When there is no row of heads, or a row was filled in with something else.
pub fn decisions(rows: &[Vec<String>]) -> Result<Decisions, ReviewError> {
    let column = |row: &[String], head: Word| row.iter().position(|cell| head.contains(&cell.trim()));
    let head = |row: &Vec<String>| Some((column(row, DECISION)?, column(row, FINGERPRINT)?));
    let found = rows.iter().enumerate().find_map(|(at, row)| head(row).map(|columns| (at, columns)));
    let (at, (decision, fingerprint)) = found.ok_or(ReviewError::NoHead)?;
    let [check, place, remark] = [CHECK, PLACE, REMARK].map(|head| column(&rows[at], head));
    let mut decisions = Decisions::default();
    for (index, row) in rows.iter().enumerate().skip(at + 1) {
        let cell = |column: usize| row.get(column).map(|cell| cell.trim()).unwrap_or_default();
        let written = |column: Option<usize>| column.map(cell).unwrap_or_default();
        let (decided, fingerprint) = (cell(decision).to_lowercase(), cell(fingerprint));
        let row = index + 1;
        if decided.is_empty() {
            // what was too long for a cell has no fingerprint of its own
            decisions.undecided += usize::from(!fingerprint.is_empty());
            continue;
        }
        if fingerprint.len() != 16 || !fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(ReviewError::Fingerprint { row });
        }
        let choice = match decided.as_str() {
            word if ACCEPT.contains(&word) => Choice::Accept,
            word if DISMISS.contains(&word) => Choice::Dismiss,
            _ => return Err(ReviewError::Decision { row, found: cell(decision).to_owned() }),
        };
        let entry = Entry {
            fingerprint: fingerprint.to_owned(),
            // in some languages its identity stands behind its name
            check: written(check).split_whitespace().next_back().unwrap_or_default().to_owned(),
            path: path(written(place)).to_owned(),
        };
        decisions.made.push((entry, Decision::new(choice, written(remark))));
    }
    Ok(decisions)
}

/// The path in the last line of a place: that of the translation.
fn path(place: &str) -> &str {
    let last = place.lines().last().unwrap_or_default().trim();
    match last.rsplit_once(':') {
        Some((path, line)) if !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()) => path,
        _ => last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn wrong_tables_are_told_from_right_ones() {
        let head = row(&["remark", "decision", "check", "fingerprint", "place"]);
        let print = "0123456789abcdef";
        let one = |cells: &[&str]| decisions(&[row(&["duizhao"]), head.clone(), row(cells)]);
        assert_eq!(decisions(&[row(&["decision"])]), Err(ReviewError::NoHead));
        let wrong = ReviewError::Decision { row: 3, found: "perhaps".to_owned() };
        assert_eq!(one(&["", "perhaps", "x", print, "en.md:1"]), Err(wrong));
        assert_eq!(one(&["", "accept", "x", "1.2E+15", "en.md:1"]), Err(ReviewError::Fingerprint { row: 3 }));
        let found = one(&[" as\nagreed ", " Dismiss ", "x", print, "C:\\zh.md:1\nC:\\en.md:12"]);
        let (entry, decision) = found.expect("a right table").made.remove(0);
        assert_eq!(
            (entry.path.as_str(), decision),
            ("C:\\en.md", Decision::new(Choice::Dismiss, "as agreed"))
        );
        let head = row(&["备注", "决定", "检查项", "指纹", "位置"]);
        let filled = row(&["商定", "接受", "漏译 missing-passage", print, "zh.md:1\nen.md:12"]);
        let (entry, decision) = decisions(&[head, filled]).expect("a right table").made.remove(0);
        assert_eq!(
            (entry.check.as_str(), decision),
            ("missing-passage", Decision::new(Choice::Accept, "商定"))
        );
    }
}
