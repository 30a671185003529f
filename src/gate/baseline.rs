//! Findings that are accepted for now: a file with one line a finding, sorted, so that two versions of it merge.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use super::utf8;
use crate::check::{Finding, Status};
use crate::error::{Error, ErrorKind};
use crate::message::{Id, id};
use crate::read::{self, Limits};
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
    /// The translations whose findings were compared with it.
    looked: BTreeSet<String>,
}

/// What a run looks for, as far as that is more than the pairs that it looked at.
pub struct Scope<'s> {
    /// Whether a translation of this path would have been looked at if it were there.
    pub covers: &'s dyn Fn(&str) -> bool,
    /// Whether this check was made.
    pub asks: &'s dyn Fn(&str) -> bool,
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
        Entry { fingerprint: finding.fingerprint.clone(), check: finding.check.to_owned(), path: path(pair) }
    }
}

/// The path of a translation as lines have it.
fn path(pair: &Pair) -> String {
    pair.bitext.target.path.trim_start_matches("./").to_owned()
}

/// What stands in a line for a check that is not known.
const NO_CHECK: &str = "-";

/// Whether a check may be called so.
fn is_name(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte == b'-' || byte.is_ascii_lowercase())
}

/// Whether this is the identity of a finding: 16 hexadecimal digits.
pub(super) fn is_fingerprint(word: &str) -> bool {
    word.len() == 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let check = match self.check.as_str() {
            check if is_name(check) => check,
            // the line must still be one
            _ if self.path.is_empty() => "",
            _ => NO_CHECK,
        };
        let line = format!("{} {check} {}", self.fingerprint, marked(&self.path));
        f.write_str(line.trim_end())
    }
}

/// A name as it stands in a line: with a backslash before each `#` that would begin a reason, or that has one already;
/// and with `\u{…}` for what would end the line or be lost at the ends of the name, and for the backslash of what looks
/// so.
fn marked(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let inner = name.trim();
    let first = name.len() - name.trim_start().len();
    for (at, c) in name.char_indices() {
        let ends = c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        if ends || at < first || at >= first + inner.len() || name[at..].starts_with("\\u{") {
            out.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
            continue;
        }
        if c == '#' && (out.is_empty() || out.ends_with(char::is_whitespace) || out.ends_with('\\')) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A name for how it stands in a line.
fn unmarked(name: &str) -> String {
    let name = name.replace("\\#", "#");
    let mut parts = name.split("\\u{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.split_once('}');
        let named =
            code.and_then(|(code, rest)| Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, rest)));
        match named {
            Some((c, rest)) => {
                out.push(c);
                out.push_str(rest);
            }
            None => {
                out.push_str("\\u{");
                out.push_str(part);
            }
        }
    }
    out
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

/// What a line is that is none of a baseline. What stands there is not repeated: the file may be anything.
const NO_LINE: Id = id!("baseline-no-line");

impl Baseline {
    /// The baseline in a file.
    ///
    /// # Errors
    /// Those of [`Baseline::read`]; when the file cannot be read.
    pub fn open(path: &Path, limits: &Limits) -> Result<Baseline, Error> {
        let bytes = read::content(path, limits)?;
        let text = utf8(&bytes)
            .map_err(|line| Error::new(path, ErrorKind::Content { line, what: NO_LINE.into() }))?;
        Baseline::read(path, text)
    }

    /// The baseline in a file, or an empty one if there is none yet.
    ///
    /// # Errors
    /// Those of [`Baseline::open`].
    pub fn open_or_new(path: &Path, limits: &Limits) -> Result<Baseline, Error> {
        match Baseline::open(path, limits) {
            Err(Error { kind: ErrorKind::Io(error), .. }) if error.kind() == io::ErrorKind::NotFound => {
                Ok(Baseline::default())
            }
            opened => opened,
        }
    }

    /// Reads a baseline; `path` is for messages. Empty lines and those that begin with `#` say nothing; of the others
    /// the first word is a fingerprint, the second the name of a check, and the rest the path of a translation, which
    /// a reason may follow behind ` # `; a `#` of the path that could be mistaken for that has a backslash before it.
    /// The word `accepted` before all that says that the finding counts.
    ///
    /// # Errors
    /// With the line, when it is something else.
    pub fn read(path: &Path, text: &str) -> Result<Baseline, Error> {
        let mut baseline = Baseline::default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (index, line) in text.lines().enumerate() {
            let fail = |what: Id| Error::new(path, ErrorKind::Content { line: index + 1, what: what.into() });
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            if line.starts_with('#') {
                baseline.comments.push(line.to_owned());
                continue;
            }
            if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
                return Err(fail(id!("baseline-conflict")));
            }
            let accepted = line.strip_prefix(ACCEPTED).filter(|rest| rest.starts_with(char::is_whitespace));
            let (line, entries) = match accepted {
                Some(rest) => (rest.trim_start(), &mut baseline.accepted),
                None => (line, &mut baseline.known),
            };
            let (line, reason) = line.split_once(REASON).unwrap_or((line, ""));
            let (fingerprint, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let (check, path) = rest.trim().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
            if !is_fingerprint(fingerprint) || !(check.is_empty() || is_name(check)) {
                return Err(fail(NO_LINE));
            }
            let check = if check == NO_CHECK { "" } else { check };
            entries.insert(
                Entry {
                    fingerprint: fingerprint.to_owned(),
                    check: check.to_owned(),
                    path: unmarked(path.trim()),
                },
                Mark { met: false, reason: reason.trim().to_owned() },
            );
        }
        Ok(baseline)
    }

    /// Takes up the findings of a pair that are not suppressed; the reasons of those that it knows stay.
    pub fn learn(&mut self, pair: &Pair) {
        let open = pair.findings.iter().filter(|finding| finding.status != Status::Suppressed);
        for finding in open {
            let entry = Entry::of(pair, finding);
            // the file was renamed: its line takes the new name
            let before = line(&self.known, &entry).and_then(|line| self.known.remove(&line));
            self.known.insert(entry, Mark { met: true, ..before.unwrap_or_default() });
        }
    }

    /// Marks the findings of a pair that it knows: those with a line of their own, or with that of a file that is no
    /// longer there, since files are renamed.
    pub fn apply(&mut self, pair: &mut Pair) {
        self.looked.insert(path(pair));
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

    /// The lines whose findings were looked for and not met, but for those that were accepted: these are mended.
    pub fn gone(&self, scope: &Scope) -> Vec<String> {
        let gone = self.known.iter().filter(|(entry, mark)| self.is_gone(entry, mark, scope));
        gone.map(|(entry, _)| entry.to_string()).collect()
    }

    /// Takes over what a run made of a baseline, `before` to `after`, while others may have written to this one:
    /// their lines and reasons stay. Forgets the lines whose findings were looked for and not met.
    pub fn follow(&mut self, before: &Baseline, after: &Baseline, scope: &Scope) {
        let sides = [
            (&mut self.known, &before.known, &after.known),
            (&mut self.accepted, &before.accepted, &after.accepted),
        ];
        for (own, before, now) in sides {
            own.retain(|entry, _| match (now.get(entry), before.contains_key(entry)) {
                (Some(mark), _) => !after.is_gone(entry, mark, scope),
                (None, was) => !was,
            });
            for (entry, mark) in now.iter().filter(|(entry, _)| !before.contains_key(*entry)) {
                own.entry(entry.clone()).or_insert_with(|| mark.clone());
            }
        }
    }

    fn is_gone(&self, entry: &Entry, mark: &Mark, scope: &Scope) -> bool {
        let absent = || (scope.covers)(&entry.path) && !Path::new(&entry.path).exists();
        !mark.met && (scope.asks)(&entry.check) && (self.looked.contains(&entry.path) || absent())
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

    const PRINT: &str = "0123456789abcdef";

    fn read(text: &str) -> Baseline {
        Baseline::read(Path::new("known"), text).expect("a baseline")
    }

    fn written(baseline: &Baseline) -> String {
        let mut out = Vec::new();
        baseline.write(&mut out).expect("written to memory");
        String::from_utf8(out).expect("UTF-8")
    }

    fn entry(fingerprint: &str, path: &str) -> Entry {
        Entry {
            fingerprint: fingerprint.to_owned(),
            check: "number-mismatch".to_owned(),
            path: path.to_owned(),
        }
    }

    proptest::proptest! {
        #[test]
        fn any_path_comes_back(path in "([ -~]|[a#\\\\u{}\\n\\r\\u{85}\\u{2028} 5c]|\\PC){1,12}", reason: String) {
            let entry = entry(PRINT, &path);
            let mut baseline = Baseline::default();
            let decision = Decision::new(Choice::Dismiss, &reason);
            baseline.decide(&entry, Some(decision.clone()));
            let again = read(&written(&baseline));
            proptest::prop_assert_eq!(again.decision(&entry), Some(decision));
            proptest::prop_assert_eq!(again.known.into_keys().collect::<Vec<_>>(), [entry]);
        }
    }

    #[test]
    fn a_path_makes_no_line_of_its_own() {
        let mut baseline = Baseline::default();
        let path = format!("en.md\n{PRINT} number-mismatch other.md");
        baseline.decide(&entry(PRINT, &path), Some(Decision::new(Choice::Dismiss, "")));
        assert_eq!(
            written(&baseline).lines().nth(1),
            Some(&*format!("{PRINT} number-mismatch en.md\\u{{a}}{PRINT} number-mismatch other.md"))
        );
    }

    #[test]
    fn what_is_no_baseline_is_refused_and_not_repeated() {
        for (text, line) in [
            ("{not json".to_owned(), 1),
            ("root:x:0:0:root:/root:/bin/sh\n".to_owned(), 1),
            (format!("# known\n\n{PRINT} number-mismatch a.md\nsecret\n"), 4),
            (format!("{PRINT}0 number-mismatch a.md\n"), 1),
            (format!("{PRINT} Number a.md\n"), 1),
            (format!("accepted {PRINT} number-mismatch a.md\naccepted secret\n"), 2),
            (format!("<<<<<<< HEAD\n{PRINT} number-mismatch a.md\n"), 1),
        ] {
            let said = Baseline::read(Path::new("known"), &text).expect_err(&text).to_string();
            assert!(said.starts_with(&format!("known: line {line}: ")), "{text}: {said}");
            assert!(!said.contains("secret") && !said.contains("root:"), "{said}");
        }
    }

    #[test]
    fn a_byte_order_mark_costs_no_line() {
        let baseline = read(&format!("\u{feff}{PRINT} number-mismatch a.md\n"));
        assert_eq!(baseline.known.into_keys().collect::<Vec<_>>(), [entry(PRINT, "a.md")]);
    }

    #[test]
    fn deciding_keeps_what_is_there() {
        let [a, b, c] = ["a", "b", "c"].map(|digit| digit.repeat(16));
        let mut baseline = read(&format!("# ours\n{b} number-mismatch my en.md # old\n{c} other x.md\n"));
        let accepted = Decision::new(Choice::Accept, "");
        baseline.decide(&entry(&b, "my en.md"), Some(Decision::new(Choice::Dismiss, " new\n\u{1b} ")));
        baseline.decide(&entry(&a, "my en.md"), Some(accepted.clone()));
        let after = written(&baseline);
        assert_eq!(
            after,
            format!(
                "# ours\n{b} number-mismatch my en.md # new\n{c} other x.md\naccepted {a} number-mismatch my en.md\n"
            )
        );
        baseline = read(&after);
        assert_eq!(baseline.decision(&entry(&a, "my en.md")), Some(accepted));
        baseline.decide(&entry(&a, "my en.md"), None);
        baseline.decide(&entry(&b, "my en.md"), None);
        assert_eq!(written(&baseline), format!("# ours\n{c} other x.md\n"));
    }

    #[test]
    fn only_what_was_looked_for_is_gone() {
        let lines = ["met en/a.md", "mended en/a.md", "gone en/gone.md", "off en/a.md", "elsewhere fr/a.md"];
        let prints: BTreeMap<&str, String> = lines
            .iter()
            .zip('a'..)
            .map(|(line, digit)| (line.split_once(' ').expect("two words").0, digit.to_string().repeat(16)))
            .collect();
        let check = |name: &str| if name == "off" { "off" } else { "number-mismatch" };
        let text: String = lines
            .iter()
            .map(|line| {
                let (name, path) = line.split_once(' ').expect("two words");
                format!("{} {} {path} # {name}\n", prints[name], check(name))
            })
            .collect();
        let before = read(&text);
        let mut after = before.clone();
        after.looked.insert("en/a.md".to_owned());
        for (entry, mark) in &mut after.known {
            mark.met = entry.fingerprint == prints["met"];
        }
        after.known.insert(entry(PRINT, "en/a.md"), Mark { met: true, reason: String::new() });
        let scope = Scope { covers: &|path| path.starts_with("en/"), asks: &|check| check != "off" };
        assert_eq!(after.gone(&scope).len(), 2);
        // meanwhile somebody wrote a line and a reason
        let mut theirs = before.clone();
        let theirs_alone = entry(&"f".repeat(16), "en/b.md");
        theirs.decide(&theirs_alone, Some(Decision::new(Choice::Accept, "theirs")));
        theirs.decide(&entry(&prints["met"], "en/a.md"), Some(Decision::new(Choice::Dismiss, "theirs")));
        theirs.follow(&before, &after, &scope);
        let kept = written(&theirs);
        for (line, there) in [
            ("# theirs\n", true),
            ("accepted ffffffffffffffff number-mismatch en/b.md # theirs\n", true),
            ("0123456789abcdef number-mismatch en/a.md\n", true),
            ("# off\n", true),
            ("# elsewhere\n", true),
            ("# met\n", false),
            ("# mended\n", false),
            ("# gone\n", false),
        ] {
            assert_eq!(kept.contains(line), there, "{line} in {kept}");
        }
    }
}
