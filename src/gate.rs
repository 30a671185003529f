//! Turns a report into a decision: pass or fail, over what is new since a base revision.

mod base;
mod baseline;
mod changes;
mod edits;
mod git;
mod judge;
mod letters;
mod lock;
mod repository;
pub mod review;
mod suppress;
mod tree;
mod unread;

pub use base::Base;
pub use baseline::{Baseline, Choice, Decision, Entry, Scope};
pub use changes::{Before, Recorded, Then, since, stale};
pub use lock::{Lock, Outdated, Record};
pub use repository::Repository;
pub use suppress::{Rule, Suppressed, suppress};
pub use unread::BaseError;

use crate::check::{Finding, Severity, Status};
use crate::report::Verdict;

/// What fails a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    /// New findings of this severity or a graver one fail; `None` never fails.
    pub fail_on: Option<Severity>,
}

impl Gate {
    /// Decides over the findings of a pair.
    pub fn judge(&self, findings: &[Finding]) -> Verdict {
        let Some(least) = self.fail_on else { return Verdict::Pass };
        let counts = |finding: &Finding| finding.status == Status::New && finding.severity >= least;
        match findings.iter().any(counts) {
            true => Verdict::Fail,
            false => Verdict::Pass,
        }
    }
}

/// The text of a file of ours; its first line that is none, from 1.
fn utf8(bytes: &[u8]) -> Result<&str, usize> {
    let line = |end: usize| 1 + bytes[..end].iter().filter(|&&byte| byte == b'\n').count();
    str::from_utf8(bytes).map_err(|error| line(error.valid_up_to()))
}

impl Default for Gate {
    /// Fails from `major` on.
    fn default() -> Self {
        Gate { fail_on: Some(Severity::Major) }
    }
}
