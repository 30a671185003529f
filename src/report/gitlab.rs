//! A code quality report of GitLab: a JSON array of what it calls degradations.

use std::io::{self, Write};

use serde_json::json;
use sha2::{Digest, Sha256};

use super::places::{Places, counted};
use super::{Options, Pair, Totals};
use crate::check::{Finding, Severity};

/// Writes what comes before the findings.
pub fn head(_: &Totals, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"[\n")
}

/// Writes the findings of a pair that count, a line each.
pub fn pair(pair: &Pair, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::of(pair);
    for (index, finding) in counted(pair).enumerate() {
        let place = places.main(finding);
        let degradation = json!({
            "description": places.told(finding, options.tongue).replace('\n', "; "),
            "check_name": finding.check,
            "fingerprint": fingerprint(place.path, finding),
            "severity": severity(finding.severity),
            "location": {"path": place.path, "lines": {"begin": place.start.line, "end": place.last}},
        });
        write!(out, "{}{degradation}", if index > 0 { ",\n" } else { "" })?;
    }
    Ok(())
}

/// Writes what comes after the findings.
pub fn tail(_: &Totals, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"\n]\n")
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical",
        Severity::Major => "major",
        Severity::Minor => "minor",
    }
}

/// GitLab shows only one of those with the same fingerprint in a report, and two files may have the same fault.
fn fingerprint(path: &str, finding: &Finding) -> String {
    let digest = Sha256::digest(format!("{path}\0{}", finding.fingerprint));
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
