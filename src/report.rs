//! What a run found, and its renderings.

use crate::align::Bitext;
use crate::check::{Finding, Severity, Status};

/// Everything a run found.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The pairs that were checked, in a stable order.
    pub pairs: Vec<Pair>,
    /// What the gate made of it.
    pub verdict: Verdict,
}

/// One pair of documents and what was found in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The aligned documents.
    pub bitext: Bitext,
    /// The findings, in the order of the source text.
    pub findings: Vec<Finding>,
}

/// Whether the gate is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing new is grave enough to fail.
    Pass,
    /// Something new is.
    Fail,
}

impl Verdict {
    /// The name used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Fail => "fail",
        }
    }
}

impl Report {
    /// How many findings of this severity count for the verdict.
    pub fn count(&self, severity: Severity) -> usize {
        let findings = self.pairs.iter().flat_map(|pair| &pair.findings);
        findings.filter(|finding| finding.severity == severity && finding.status == Status::New).count()
    }
}
