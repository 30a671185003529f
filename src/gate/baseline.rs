//! Findings that are accepted for now: a file with one line a finding, sorted, so that two versions of it merge.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use crate::check::Status;
use crate::report::Pair;

/// The findings of a baseline: what the file says of each, by fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    lines: BTreeMap<String, String>,
}

impl Baseline {
    /// Reads a baseline. Empty lines and those that begin with `#` say nothing; of the others the first word is a
    /// fingerprint.
    pub fn read(text: &str) -> Baseline {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let entry = |line: &str| {
            let (print, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            (print.to_owned(), rest.trim().to_owned())
        };
        Baseline { lines: lines.map(entry).collect() }
    }

    /// The baseline that knows all findings of a run that are not suppressed.
    pub fn of(pairs: &[Pair]) -> Baseline {
        let lines = pairs.iter().flat_map(|pair| {
            let open = pair.findings.iter().filter(|finding| finding.status != Status::Suppressed);
            open.map(|finding| {
                (finding.fingerprint.clone(), format!("{} {}", finding.check, pair.bitext.target.path))
            })
        });
        Baseline { lines: lines.collect() }
    }

    /// Marks the findings that it knows, and gives the lines of those that are gone.
    pub fn apply(&self, pairs: &mut [Pair]) -> Vec<String> {
        let mut met = BTreeSet::new();
        for finding in pairs.iter_mut().flat_map(|pair| &mut pair.findings) {
            if self.lines.contains_key(&finding.fingerprint) {
                if finding.status != Status::Suppressed {
                    finding.status = Status::Known;
                }
                met.insert(finding.fingerprint.clone());
            }
        }
        let gone = self.lines.iter().filter(|(print, _)| !met.contains(*print));
        gone.map(|(print, rest)| format!("{print} {rest}").trim_end().to_owned()).collect()
    }

    /// Writes it: one line a finding, by fingerprint.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "# fingerprint, check, translation; made by `duizhao check --update-baseline`")?;
        self.lines
            .iter()
            .try_for_each(|(print, rest)| writeln!(out, "{}", format!("{print} {rest}").trim_end()))
    }
}
