//! What reviewers decided, in a table of findings or in comments on a document: from cells and answers to decisions.

use super::{Choice, Decision, Entry};
use crate::message::{Id, Tongue};
use crate::read::{Comment, Row};
use crate::report::annotate;
use crate::report::review::{ACCEPT, CHECK, DECISION, DISMISS, FINGERPRINT, PLACE, REMARK, wordings};
use crate::words::words;

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions {
    /// The findings that were decided on, each with its decision.
    pub made: Vec<(Entry, Decision)>,
    /// On how many nothing was said.
    pub undecided: usize,
    /// How many answers to those say something, and decide nothing.
    pub idle: usize,
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
        DECISION.said(Tongue::English),
        FINGERPRINT.said(Tongue::English)
    )]
    NoHead,
    /// A decision that is none.
    #[error("row {row}: \"{found}\" is no decision; write {} or {}, or leave it empty", ACCEPT.said(Tongue::English), DISMISS.said(Tongue::English))]
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

/// Reads the decisions from the rows of a report, as they come. Columns are found by their heads, so they may have
/// changed places.
#[derive(Debug, Default)]
pub struct Reader {
    /// None until the row of heads has come.
    columns: Option<Columns>,
    decisions: Decisions,
    /// The first row that was filled in wrongly.
    wrong: Option<ReviewError>,
}

#[derive(Debug)]
struct Columns {
    decision: usize,
    fingerprint: usize,
    check: Option<usize>,
    place: Option<usize>,
    remark: Option<usize>,
}

impl Columns {
    /// The columns, if this is the row of heads.
    fn of(row: &Row) -> Option<Columns> {
        let column = |head: Id| {
            let heads = wordings(head);
            let found = row.cells.iter().find(|(_, cell)| heads.iter().any(|head| head == cell.trim()));
            found.map(|(column, _)| *column)
        };
        let (decision, fingerprint) = (column(DECISION)?, column(FINGERPRINT)?);
        let [check, place, remark] = [CHECK, PLACE, REMARK].map(column);
        Some(Columns { decision, fingerprint, check, place, remark })
    }
}

impl Reader {
    /// Takes the next row.
    pub fn take(&mut self, row: &Row) {
        if self.wrong.is_some() {
            return;
        }
        match &self.columns {
            None => self.columns = Columns::of(row),
            Some(columns) => match decision(row, columns) {
                Ok(Some(made)) => self.decisions.made.push(made),
                // what was too long for a cell has no fingerprint of its own
                Ok(None) => {
                    self.decisions.undecided += usize::from(!row.cell(columns.fingerprint).is_empty())
                }
                Err(wrong) => self.wrong = Some(wrong),
            },
        }
    }

    /// The decisions, when all rows have come.
    ///
    /// # Errors
    /// When there was no row of heads, or a row was filled in with something else.
    pub fn end(self) -> Result<Decisions, ReviewError> {
        match (self.wrong, self.columns) {
            (Some(wrong), _) => Err(wrong),
            (None, None) => Err(ReviewError::NoHead),
            (None, Some(_)) => Ok(self.decisions),
        }
    }
}

/// What was decided in a row; `None` when nothing was.
fn decision(row: &Row, columns: &Columns) -> Result<Option<(Entry, Decision)>, ReviewError> {
    let written = |column: Option<usize>| column.map_or("", |column| row.cell(column));
    let (found, fingerprint) = (row.cell(columns.decision), row.cell(columns.fingerprint));
    if found.is_empty() {
        return Ok(None);
    }
    let row = row.number;
    if fingerprint.len() != 16 || !fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(ReviewError::Fingerprint { row });
    }
    let choice = match found.to_lowercase().as_str() {
        word if wordings(ACCEPT).iter().any(|accept| accept == word) => Choice::Accept,
        word if wordings(DISMISS).iter().any(|dismiss| dismiss == word) => Choice::Dismiss,
        _ => return Err(ReviewError::Decision { row, found: found.to_owned() }),
    };
    let entry = Entry {
        fingerprint: fingerprint.to_owned(),
        // in some languages its identity stands behind its name
        check: written(columns.check).split_whitespace().next_back().unwrap_or_default().to_owned(),
        path: path(written(columns.place)).to_owned(),
    };
    Ok(Some((entry, Decision::new(choice, written(columns.remark)))))
}

/// Answers that leave a text as it is, beside the words of a table.
const FINE: &[&str] = words!("fine");
/// Answers that a text is to be mended, beside the words of a table.
const MEND: &[&str] = words!("to be mended");

/// What parts such a word from the reason behind it.
const PARTS: &str = ".,:;!-–—。，：；！、";
/// How what is said behind such a word begins where it takes the word back.
const RESERVATIONS: &[&str] = words!("reservation");

/// The decisions in the comments of a document, if it was given back with any on findings: the last answer that begins
/// with a word of decision decides, else a comment that was resolved is dismissed. What was answered besides is the
/// remark.
pub fn of_comments(comments: &[Comment]) -> Option<Decisions> {
    let (mut decisions, mut any) = (Decisions::default(), false);
    for comment in comments {
        let Some(at) = comment.paragraphs.iter().position(|line| annotate::marked(line).is_some()) else {
            continue;
        };
        let Some((fingerprint, check, path)) = annotate::marked(&comment.paragraphs[at]) else { continue };
        any = true;
        // some write below what they answer, and not beside it
        let own = comment.paragraphs[at + 1..].join(" ");
        let replies = comments.iter().filter(|reply| reply.answers.as_deref() == Some(&comment.id));
        let answers = std::iter::once(own).chain(replies.map(|reply| reply.paragraphs.join(" ")));
        let (mut choice, mut remarks) = (None, Vec::new());
        for answer in answers {
            let answer = answer.trim();
            let (made, remark) = match said(answer) {
                Some((made, why)) => (Some(made), why),
                None => (None, answer),
            };
            choice = made.or(choice);
            if !remark.is_empty() {
                remarks.push(remark.to_owned());
            }
        }
        match choice.or(comment.resolved.then_some(Choice::Dismiss)) {
            Some(choice) => {
                let entry = Entry {
                    fingerprint: fingerprint.to_owned(),
                    check: check.to_owned(),
                    path: path.to_owned(),
                };
                decisions.made.push((entry, Decision::new(choice, &remarks.join("; "))));
            }
            None => {
                decisions.undecided += 1;
                decisions.idle += remarks.len();
            }
        }
    }
    any.then_some(decisions)
}

/// What an answer decides, and the reason that follows, if it begins with a word of decision: one of a table with
/// anything but letters behind it, or another with a mark of punctuation behind it.
fn said(answer: &str) -> Option<(Choice, &str)> {
    let (accept, dismiss) = (wordings(ACCEPT), wordings(DISMISS));
    let decides = |(words, choice, spaced): (Vec<&str>, Choice, bool)| {
        words.iter().find_map(|word| {
            let head = answer.get(..word.len()).filter(|head| head.to_lowercase() == *word)?;
            let rest = &answer[head.len()..];
            let why = rest.trim_start_matches(|c: char| c.is_whitespace() || PARTS.contains(c));
            let apart =
                rest.trim_start().starts_with(|c| PARTS.contains(c)) || spaced && rest.len() > why.len();
            (rest.is_empty() || apart).then_some((choice, why.trim()))
        })
    };
    let found = [
        (dismiss.each_ref().map(|word| &**word).to_vec(), Choice::Dismiss, true),
        (accept.each_ref().map(|word| &**word).to_vec(), Choice::Accept, true),
        (FINE.to_vec(), Choice::Dismiss, false),
        (MEND.to_vec(), Choice::Accept, false),
    ];
    let (choice, why) = found.into_iter().find_map(decides)?;
    let first = why.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    let reserved = |word: &str| if word.is_ascii() { first == word } else { first.starts_with(word) };
    (!RESERVATIONS.iter().any(|word| reserved(word))).then_some((choice, why))
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

    /// What is read of these rows.
    fn decisions(rows: &[Vec<&str>]) -> Result<Decisions, ReviewError> {
        let mut reader = Reader::default();
        for (at, cells) in rows.iter().enumerate() {
            let cells = cells.iter().map(|cell| (*cell).to_owned()).enumerate().collect();
            reader.take(&Row { number: at + 1, cells });
        }
        reader.end()
    }

    /// Comments on findings, each with what was answered, whether it was resolved, and what that decides.
    #[test]
    fn answers_decide() {
        let print = "0123456789abcdef";
        for (answers, resolved, want) in [
            (&[][..], false, None),
            (&[], true, Some((Choice::Dismiss, ""))),
            (&["OK."], false, Some((Choice::Dismiss, ""))),
            (&["保留"], false, Some((Choice::Dismiss, ""))),
            (&["dismiss", "as agreed"], false, Some((Choice::Dismiss, "as agreed"))),
            (&["why?"], false, None),
            (&["why?", "see the contract"], true, Some((Choice::Dismiss, "why?; see the contract"))),
            (&["ok", "accept"], false, Some((Choice::Accept, ""))),
            (&["已改"], true, Some((Choice::Accept, ""))),
            (&["dismiss: changed on purpose"], false, Some((Choice::Dismiss, "changed on purpose"))),
            (&["Dismiss as agreed"], false, Some((Choice::Dismiss, "as agreed"))),
            (&["驳回：故意改的"], false, Some((Choice::Dismiss, "故意改的"))),
            (&["Ok, thanks"], false, Some((Choice::Dismiss, "thanks"))),
            (&["see §3", "Accept – typo"], false, Some((Choice::Accept, "see §3; typo"))),
            (&["Ok, but mend the date"], false, None),
            (&["可以，但日期要改"], false, None),
            (&["fine print is missing"], false, None),
            (&["okra?"], false, None),
            (&["好的"], false, None),
        ] {
            let marker = annotate::marker(print, "missing-passage", "docs/my en.docx");
            let told = Comment {
                id: "7".to_owned(),
                paragraphs: vec!["missing-passage (major): …".to_owned(), marker],
                answers: None,
                resolved,
            };
            let reply = |answer: &&str| Comment {
                id: "8".to_owned(),
                paragraphs: vec![(*answer).to_owned()],
                answers: Some("7".to_owned()),
                resolved: false,
            };
            let alien = Comment { paragraphs: vec!["ok".to_owned()], ..Comment::default() };
            let comments: Vec<_> = [alien, told].into_iter().chain(answers.iter().map(reply)).collect();
            let found = of_comments(&comments).expect("a document that was given back");
            assert_eq!(found.undecided, usize::from(want.is_none()), "{answers:?}");
            assert_eq!(found.idle, if want.is_none() { answers.len() } else { 0 }, "{answers:?}");
            let made = found.made.first().map(|(entry, decision)| (entry.path.as_str(), decision.clone()));
            let want = want.map(|(choice, why)| ("docs/my en.docx", Decision::new(choice, why)));
            assert_eq!(made, want, "{answers:?}");
        }
        assert_eq!(of_comments(&[Comment::default()]), None);
    }

    #[test]
    fn wrong_tables_are_told_from_right_ones() {
        let head = vec!["remark", "decision", "check", "fingerprint", "place"];
        let print = "0123456789abcdef";
        let one = |cells: &[&'static str]| decisions(&[vec!["duizhao"], head.clone(), cells.to_vec()]);
        assert_eq!(decisions(&[vec!["decision"]]), Err(ReviewError::NoHead));
        let wrong = ReviewError::Decision { row: 3, found: "perhaps".to_owned() };
        assert_eq!(one(&["", "perhaps", "x", print, "en.md:1"]), Err(wrong));
        assert_eq!(one(&["", "accept", "x", "1.2E+15", "en.md:1"]), Err(ReviewError::Fingerprint { row: 3 }));
        let found = one(&[" as\nagreed ", " Dismiss ", "x", print, "C:\\zh.md:1\nC:\\en.md:12"]);
        let (entry, decision) = found.expect("a right table").made.remove(0);
        assert_eq!(
            (entry.path.as_str(), decision),
            ("C:\\en.md", Decision::new(Choice::Dismiss, "as agreed"))
        );
        let head = vec!["备注", "决定", "检查项", "指纹", "位置"];
        let filled = vec!["商定", "接受", "漏译 missing-passage", print, "zh.md:1\nen.md:12"];
        let (entry, decision) = decisions(&[head, filled]).expect("a right table").made.remove(0);
        assert_eq!(
            (entry.check.as_str(), decision),
            ("missing-passage", Decision::new(Choice::Accept, "商定"))
        );
    }
}
