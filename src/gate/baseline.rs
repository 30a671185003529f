//! Findings that are accepted for now: a file with one line a finding, sorted, so that two versions of it merge.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use crate::check::{Finding, Status};
use crate::report::Pair;

/// The findings of a baseline, what was decided on them, and which of them were met in this run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    /// What was written before the lines, without their ends.
    comments: Vec<String>,
    /// What does not count.
    known: BTreeMap<Entry, Mark>,
    /// What was looked at and found right, and so counts until it is mended.
    accepted: BTreeMap<Entry, Mark>,
}

/// What is known of a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Mark {
    /// Whether its finding was met in this run.
    met: bool,
    /// Why somebody decided so, if they said it.
    reason: String,
}

/// What stands before the reason of a line.
const REASON: &str = " # ";
/// The word before the fingerprint of a finding that was accepted.
const ACCEPTED: &str = "accepted";

/// A finding, as a line of a baseline names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The identity of the finding.
    pub fingerprint: String,
    /// The name of the check that found it.
    pub check: String,
    /// The path of the translation.
    pub path: String,
}

impl Entry {
    /// The line of a finding.
    pub fn of(pair: &Pair, finding: &Finding) -> Entry {
        let path = pair.bitext.target.path.trim_start_matches("./").to_owned();
        Entry { fingerprint: finding.fingerprint.clone(), check: finding.check.to_owned(), path }
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = format!("{} {} {}", self.fingerprint, marked(&self.check), marked(&self.path));
        f.write_str(line.trim_end())
    }
}

/// A name as it stands in a line: with a backslash before each `#` that would begin a reason, or that has one already.
fn marked(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c == '#' && (out.is_empty() || out.ends_with(char::is_whitespace) || out.ends_with('\\')) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A name for how it stands in a line.
fn unmarked(name: &str) -> String {
    name.replace("\\#", "#")
}

/// What a reviewer makes of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// It is right: the text is to be mended.
    Accept,
    /// The text may stay as it is.
    Dismiss,
}

/// A choice with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The choice.
    pub choice: Choice,
    /// Why; one line, may be empty.
    pub reason: String,
}

impl Decision {
    /// A decision; of the reason, white space and control characters become single spaces.
    pub fn new(choice: Choice, reason: &str) -> Decision {
        let seen: String = reason.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        Decision { choice, reason: seen.split_whitespace().collect::<Vec<_>>().join(" ") }
    }
}

impl Baseline {
    /// Reads a baseline. Empty lines and those that begin with `#` say nothing; of the others the first word is a
    /// fingerprint, the second the name of a check, and the rest the path of a translation, which a reason may follow
    /// behind ` # `; a `#` of the path that could be mistaken for that has a backslash before it. The word `accepted` before all that says that the finding counts.
    pub fn read(text: &str) -> Baseline {
        let mut baseline = Baseline::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if line.starts_with('#') {
                baseline.comments.push(line.to_owned());
                continue;
            }
            let accepted = line.strip_prefix(ACCEPTED).filter(|rest| rest.starts_with(char::is_whitespace));
            let (line, entries) = match accepted {
                Some(rest) => (rest.trim_start(), &mut baseline.accepted),
                None => (line, &mut baseline.known),
            };
            let (line, reason) = line.split_once(REASON).unwrap_or((line, ""));
            let (fingerprint, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let (check, path) = rest.trim().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
            let [check, path] = [check, path].map(|part| unmarked(part.trim()));
            entries.insert(
                Entry { fingerprint: fingerprint.trim().to_owned(), check, path },
                Mark { met: false, reason: reason.trim().to_owned() },
            );
        }
        baseline
    }

    /// Takes up the findings of a pair that are not suppressed; the reasons of those that it knows stay.
    pub fn learn(&mut self, pair: &Pair) {
        let open = pair.findings.iter().filter(|finding| finding.status != Status::Suppressed);
        for finding in open {
            self.known.entry(Entry::of(pair, finding)).or_default().met = true;
        }
    }

    /// Marks the findings of a pair that it knows: those with a line of their own, or with that of a file that is no
    /// longer there, since files are renamed.
    pub fn apply(&mut self, pair: &mut Pair) {
        for at in 0..pair.findings.len() {
            let entry = Entry::of(pair, &pair.findings[at]);
            if let Some(line) = line(&self.accepted, &entry)
                && let Some(mark) = self.accepted.get_mut(&line)
            {
                mark.met = true;
            }
            if let Some(line) = line(&self.known, &entry)
                && let Some(mark) = self.known.get_mut(&line)
            {
                mark.met = true;
                if pair.findings[at].status != Status::Suppressed {
                    pair.findings[at].status = Status::Known;
                }
            }
        }
    }

    /// What was decided on a finding. One that was accepted and is known besides counts as accepted.
    pub fn decision(&self, entry: &Entry) -> Option<Decision> {
        let of = |entries: &BTreeMap<Entry, Mark>, choice| {
            let mark = entries.get(&line(entries, entry)?)?;
            Some(Decision { choice, reason: mark.reason.clone() })
        };
        of(&self.accepted, Choice::Accept).or_else(|| of(&self.known, Choice::Dismiss))
    }

    /// Puts a decision in place of what was decided on a finding before; `None` takes that back.
    pub fn decide(&mut self, entry: &Entry, decision: Option<Decision>) {
        for entries in [&mut self.known, &mut self.accepted] {
            if let Some(line) = line(entries, entry) {
                entries.remove(&line);
            }
        }
        if let Some(Decision { choice, reason }) = decision {
            let entries = match choice {
                Choice::Accept => &mut self.accepted,
                Choice::Dismiss => &mut self.known,
            };
            entries.insert(entry.clone(), Mark { met: false, reason });
        }
    }

    /// Takes the findings in a translation that was not looked at for met.
    pub fn pass_over(&mut self, path: &str) {
        let path = path.trim_start_matches("./");
        let all = self.known.iter_mut().chain(&mut self.accepted);
        all.filter(|(entry, _)| entry.path == path).for_each(|(_, mark)| mark.met = true);
    }

    /// The lines that were not met, but for those that were accepted: these are mended.
    pub fn gone(&self) -> Vec<String> {
        self.known.iter().filter(|(_, mark)| !mark.met).map(|(entry, _)| entry.to_string()).collect()
    }

    /// Forgets the lines that were not met.
    pub fn forget_gone(&mut self) {
        self.known.retain(|_, mark| mark.met);
        self.accepted.retain(|_, mark| mark.met);
    }

    /// Writes it: its comments, then one line a finding, sorted.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.comments.is_empty() {
            writeln!(out, "# fingerprint, check, translation, reason; made by duizhao")?;
        }
        self.comments.iter().try_for_each(|comment| writeln!(out, "{comment}"))?;
        let mut lines = |lead: &str, entries: &BTreeMap<Entry, Mark>| {
            entries.iter().try_for_each(|(entry, mark)| match mark.reason.as_str() {
                "" => writeln!(out, "{lead}{entry}"),
                reason => writeln!(out, "{lead}{entry}{REASON}{reason}"),
            })
        };
        lines("", &self.known)?;
        lines(&format!("{ACCEPTED} "), &self.accepted)
    }
}

/// The line for a finding: its own, or that of a file that is no longer there.
fn line(entries: &BTreeMap<Entry, Mark>, entry: &Entry) -> Option<Entry> {
    if entries.contains_key(entry) {
        return Some(entry.clone());
    }
    let fingerprint = &entry.fingerprint;
    let from = Entry { fingerprint: fingerprint.clone(), check: String::new(), path: String::new() };
    let same = entries.range(from..).take_while(|(entry, _)| entry.fingerprint == *fingerprint);
    let mut gone = same.filter(|(entry, mark)| !mark.met && !Path::new(&entry.path).exists());
    gone.next().map(|(entry, _)| entry.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_path_comes_back() {
        for path in ["my en.md", "c# notes.md", "a # b.md", "# x.md", "a \\# b\\#.md", "a #", "x\u{b}# y.md"]
        {
            let entry = Entry {
                fingerprint: "f".to_owned(),
                check: "number-mismatch".to_owned(),
                path: path.to_owned(),
            };
            let mut baseline = Baseline::default();
            let decision = Decision::new(Choice::Dismiss, "# why # so");
            baseline.decide(&entry, Some(decision.clone()));
            let mut out = Vec::new();
            baseline.write(&mut out).expect("written to memory");
            let again = Baseline::read(&String::from_utf8(out).expect("UTF-8"));
            assert_eq!(again.known.into_keys().collect::<Vec<_>>(), [entry], "{path}");
        }
    }

    #[test]
    fn deciding_keeps_what_is_there() {
        let entry = |print: &str| Entry {
            fingerprint: print.to_owned(),
            check: "number-mismatch".to_owned(),
            path: "my en.md".to_owned(),
        };
        let mut baseline = Baseline::read("# ours\nb number-mismatch my en.md # old\nc other x.md\n");
        let written = |baseline: &Baseline| {
            let mut out = Vec::new();
            baseline.write(&mut out).expect("written to memory");
            String::from_utf8(out).expect("UTF-8")
        };
        let accepted = Decision::new(Choice::Accept, "");
        baseline.decide(&entry("b"), Some(Decision::new(Choice::Dismiss, " new\n\u{1b} ")));
        baseline.decide(&entry("a"), Some(accepted.clone()));
        let after = written(&baseline);
        assert_eq!(
            after,
            "# ours\nb number-mismatch my en.md # new\nc other x.md\naccepted a number-mismatch my en.md\n"
        );
        baseline = Baseline::read(&after);
        assert_eq!(baseline.decision(&entry("a")), Some(accepted));
        baseline.decide(&entry("a"), None);
        baseline.decide(&entry("b"), None);
        assert_eq!(written(&baseline), "# ours\nc other x.md\n");
    }
}
