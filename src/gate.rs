//! Turns a report into a decision: pass or fail, over what is new since a base revision.

mod base;
mod baseline;
mod changes;
mod edits;
mod judge;
pub mod review;

pub use base::{Base, BaseError};
pub use baseline::Baseline;
pub use changes::{Before, since};

use crate::check::{Severity, Status};
use crate::report::{Pair, Verdict};

/// What fails a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    /// New findings of this severity or a graver one fail; `None` never fails.
    pub fail_on: Option<Severity>,
}

impl Gate {
    /// Decides over all pairs of a run.
    pub fn judge(&self, pairs: &[Pair]) -> Verdict {
        let Some(least) = self.fail_on else { return Verdict::Pass };
        let mut findings = pairs.iter().flat_map(|pair| &pair.findings);
        match findings.any(|finding| finding.status == Status::New && finding.severity >= least) {
            true => Verdict::Fail,
            false => Verdict::Pass,
        }
    }
}
