//! Findings, decided one by one: a report and the baseline that keeps what was decided, and two ways to go through
//! them.

mod reading;
mod server;
mod terminal;

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

pub use server::{Server, answer};
pub use terminal::converse;

use crate::check::{Finding, Status, Tongue};
use crate::error::Error;
use crate::files::{self, Clash, Written};
use crate::gate::{Baseline, Choice, Decision, Entry, Gate};
use crate::message::{Message, message};
use crate::read::{self, Limits};
use crate::report::Pair;

/// Why a review cannot go on.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message().said(Tongue::English))]
pub enum Failure {
    /// The report or the baseline cannot be read.
    #[error(transparent)]
    File(#[from] Error),
    /// The report is none.
    Report {
        /// The path of the report.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The report would be written over.
    #[error(transparent)]
    Clash(#[from] Clash),
    /// The baseline cannot be written.
    Writing {
        /// The path of the baseline.
        path: PathBuf,
        /// What happened.
        error: io::Error,
    },
}

impl Failure {
    /// What is wrong, in every language.
    pub fn message(&self) -> Message {
        match self {
            Failure::File(error) => error.message(),
            Failure::Report { path, what } => {
                message!("failure-report", path = path.display().to_string(), what = what)
            }
            Failure::Clash(clash) => clash.message(),
            Failure::Writing { path, error } => {
                message!("failure-baseline", path = path.display().to_string(), error = error.to_string())
            }
        }
    }
}

/// The findings of a report, and what was decided on them. Where there is a baseline, every decision is on disk before
/// it counts as made.
#[derive(Debug)]
pub struct Session {
    pairs: Vec<Pair>,
    /// The findings to decide on: the pair, and the place in it.
    open: Vec<(usize, usize)>,
    /// Where decisions go; without it they last as long as the session.
    path: Option<PathBuf>,
    baseline: Baseline,
    /// The decisions of this session, oldest first: the finding, and what had been decided on it before.
    made: Vec<(usize, Option<Decision>)>,
}

/// How many findings there are, by what was decided on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Counts {
    /// The text may stay as it is.
    pub dismissed: usize,
    /// The text is to be mended.
    pub accepted: usize,
    /// Nothing was decided.
    pub undecided: usize,
}

impl Counts {
    /// The counts in words.
    pub fn told(self, tongue: Tongue) -> Cow<'static, str> {
        let Counts { dismissed, accepted, undecided } = self;
        let counts =
            message!("review-counts", dismissed = dismissed, accepted = accepted, undecided = undecided);
        counts.said(tongue)
    }
}

impl Session {
    /// Opens a JSON report and a baseline, which need not be there yet. What the report says to be suppressed, or to
    /// have been there at the base revision, is not decided on.
    ///
    /// # Errors
    /// When the report cannot be read or is none, or the baseline cannot be read.
    pub fn open(report: &Path, baseline: &Path, limits: &Limits) -> Result<Session, Failure> {
        Written::new([baseline], [])?.spare(report)?;
        let bytes = read::content(report, limits)?;
        let pairs = reading::pairs(&bytes, limits)
            .map_err(|what| Failure::Report { path: report.to_path_buf(), what })?;
        Session::new(pairs, Some(baseline), limits)
    }

    /// Opens pairs that were just checked, and a baseline, which need not be there yet.
    ///
    /// # Errors
    /// When the baseline cannot be read.
    pub fn new(pairs: Vec<Pair>, baseline: Option<&Path>, limits: &Limits) -> Result<Session, Failure> {
        let mut open = Vec::new();
        for (at, pair) in pairs.iter().enumerate() {
            let counts = |finding: &Finding| matches!(finding.status, Status::New | Status::Known);
            let found = pair.findings.iter().enumerate().filter(|(_, finding)| counts(finding));
            open.extend(found.map(|(index, _)| (at, index)));
        }
        let path = baseline.map(Path::to_path_buf);
        let baseline =
            path.as_ref().map(|path| Baseline::open_or_new(path, limits)).transpose()?.unwrap_or_default();
        Ok(Session { pairs, open, baseline, path, made: Vec::new() })
    }

    /// How many findings there are to decide on.
    pub fn len(&self) -> usize {
        self.open.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// A finding, counted from 0, and its pair; `None` past the last.
    pub fn finding(&self, at: usize) -> Option<(&Pair, &Finding)> {
        let &(pair, finding) = self.open.get(at)?;
        let pair = self.pairs.get(pair)?;
        Some((pair, pair.findings.get(finding)?))
    }

    /// The pairs.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// The pairs, judged after what was decided: what was dismissed is known, and counts no more.
    pub fn judged(&mut self, gate: Gate) -> &[Pair] {
        for &(pair, finding) in &self.open {
            let entry = Entry::of(&self.pairs[pair], &self.pairs[pair].findings[finding]);
            let choice = self.baseline.decision(&entry).map(|decision| decision.choice);
            let dismissed = choice == Some(Choice::Dismiss);
            self.pairs[pair].findings[finding].status = if dismissed { Status::Known } else { Status::New };
        }
        for pair in &mut self.pairs {
            pair.verdict = gate.judge(&pair.findings);
        }
        &self.pairs
    }

    /// The decisions as a baseline, for `check --baseline`.
    pub fn baseline(&self) -> &Baseline {
        &self.baseline
    }

    /// What was decided on a finding.
    pub fn decision(&self, at: usize) -> Option<Decision> {
        self.baseline.decision(&self.entry(at)?)
    }

    /// How far the review is.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for at in 0..self.len() {
            match self.decision(at).map(|decision| decision.choice) {
                Some(Choice::Dismiss) => counts.dismissed += 1,
                Some(Choice::Accept) => counts.accepted += 1,
                None => counts.undecided += 1,
            }
        }
        counts
    }

    /// Decides on a finding, or takes back what was decided on it; what is no finding is left alone.
    ///
    /// # Errors
    /// When the baseline cannot be read or written; then nothing is decided.
    pub fn decide(&mut self, at: usize, decision: Option<Decision>) -> Result<(), Failure> {
        let before = self.decision(at);
        self.put(at, decision)?;
        self.made.push((at, before));
        Ok(())
    }

    /// Takes the last decision of this session back, and says on which finding it was; `None` when there is none.
    ///
    /// # Errors
    /// When the baseline cannot be read or written; then the decision stands.
    pub fn undo(&mut self) -> Result<Option<usize>, Failure> {
        let Some((at, before)) = self.made.last().cloned() else { return Ok(None) };
        self.put(at, before)?;
        self.made.pop();
        Ok(Some(at))
    }

    fn entry(&self, at: usize) -> Option<Entry> {
        self.finding(at).map(|(pair, finding)| Entry::of(pair, finding))
    }

    fn put(&mut self, at: usize, decision: Option<Decision>) -> Result<(), Failure> {
        let Some(entry) = self.entry(at) else { return Ok(()) };
        match &self.path {
            Some(path) => self.baseline = change(path, |baseline| baseline.decide(&entry, decision))?,
            None => self.baseline.decide(&entry, decision),
        }
        Ok(())
    }
}

/// Changes a baseline, which need not be there yet, as nobody else does meanwhile; it is on disk then.
///
/// # Errors
/// When it cannot be read or written; then it is as it was.
pub fn change(path: &Path, change: impl FnOnce(&mut Baseline)) -> Result<Baseline, Failure> {
    let fail = |error| Failure::Writing { path: path.to_path_buf(), error };
    let _turn = files::turn(path).map_err(fail)?;
    let mut baseline = Baseline::open_or_new(path, &Limits::default())?;
    change(&mut baseline);
    files::save(path, |out| baseline.write(out)).map_err(fail)?;
    Ok(baseline)
}
