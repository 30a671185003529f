//! Findings that are accepted for now: a file with one line a finding, sorted, so that two versions of it merge.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use crate::check::{Finding, Status};
use crate::report::Pair;

/// The findings of a baseline, and which of them were met in this run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    entries: BTreeMap<Entry, Mark>,
}

/// What is known of a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Mark {
    /// Whether its finding was met in this run.
    met: bool,
    /// Why it was dismissed, if somebody said so.
    reason: String,
}

/// What stands before the reason of a line.
const REASON: &str = " # ";

/// A line of a baseline.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    fingerprint: String,
    check: String,
    /// The path of the translation.
    path: String,
}

impl Entry {
    fn of(pair: &Pair, finding: &Finding) -> Entry {
        let path = pair.bitext.target.path.trim_start_matches("./").to_owned();
        Entry { fingerprint: finding.fingerprint.clone(), check: finding.check.to_owned(), path }
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = format!("{} {} {}", self.fingerprint, self.check, self.path);
        f.write_str(line.trim_end())
    }
}

impl Baseline {
    /// Reads a baseline. Empty lines and those that begin with `#` say nothing; of the others the first word is a
    /// fingerprint, the second the name of a check, and the rest the path of a translation, which a reason may follow
    /// behind ` # `.
    pub fn read(text: &str) -> Baseline {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let entry = |line: &str| {
            let (line, reason) = line.split_once(REASON).unwrap_or((line, ""));
            let (fingerprint, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let (check, path) = rest.trim().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
            let [fingerprint, check, path] = [fingerprint, check, path].map(|part| part.trim().to_owned());
            (Entry { fingerprint, check, path }, Mark { met: false, reason: reason.trim().to_owned() })
        };
        Baseline { entries: lines.map(entry).collect() }
    }

    /// Takes up the findings of a pair that are not suppressed; the reasons of those that it knows stay.
    pub fn learn(&mut self, pair: &Pair) {
        let open = pair.findings.iter().filter(|finding| finding.status != Status::Suppressed);
        for finding in open {
            self.entries.entry(Entry::of(pair, finding)).or_default().met = true;
        }
    }

    /// Marks the findings of a pair that it knows: those with a line of their own, or with that of a file that is no
    /// longer there, since files are renamed.
    pub fn apply(&mut self, pair: &mut Pair) {
        for at in 0..pair.findings.len() {
            let entry = Entry::of(pair, &pair.findings[at]);
            let mark = match self.entries.get_mut(&entry) {
                Some(mark) => Some(mark),
                None => self.moved(&entry.fingerprint),
            };
            if let Some(mark) = mark {
                mark.met = true;
                if pair.findings[at].status != Status::Suppressed {
                    pair.findings[at].status = Status::Known;
                }
            }
        }
    }

    fn moved(&mut self, fingerprint: &str) -> Option<&mut Mark> {
        let from = Entry { fingerprint: fingerprint.to_owned(), check: String::new(), path: String::new() };
        let same = self.entries.range_mut(from..).take_while(|(entry, _)| entry.fingerprint == fingerprint);
        let mut gone = same.filter(|(entry, mark)| !mark.met && !Path::new(&entry.path).exists());
        gone.next().map(|(_, mark)| mark)
    }

    /// Takes the findings in a translation that was not looked at for met.
    pub fn pass_over(&mut self, path: &str) {
        let path = path.trim_start_matches("./");
        let own = self.entries.iter_mut().filter(|(entry, _)| entry.path == path);
        own.for_each(|(_, mark)| mark.met = true);
    }

    /// The lines that were not met.
    pub fn gone(&self) -> Vec<String> {
        self.entries.iter().filter(|(_, mark)| !mark.met).map(|(entry, _)| entry.to_string()).collect()
    }

    /// Forgets the lines that were not met.
    pub fn forget_gone(&mut self) {
        self.entries.retain(|_, mark| mark.met);
    }

    /// Writes it: one line a finding, sorted.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "# fingerprint, check, translation; made by `duizhao check --update-baseline`")?;
        self.entries.iter().try_for_each(|(entry, mark)| match mark.reason.as_str() {
            "" => writeln!(out, "{entry}"),
            reason => writeln!(out, "{entry}{REASON}{reason}"),
        })
    }
}
