//! What a run found, and its renderings: one file a format, one line each in [`FORMATS`].

pub mod annotate;
pub mod checkstyle;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod junit;
pub mod lines;
pub mod links;
pub mod markdown;
mod places;
pub mod rdjson;
pub mod review;
pub mod sarif;
pub mod scorecard;
mod spool;
mod table;
pub mod terms;
pub mod text;
mod xml;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Seek, Write};
use std::path::{Component, Path, PathBuf};

use self::scorecard::{Scorecard, Scoring};
pub use self::spool::Spool;
use crate::align::Bitext;
use crate::check::{self, Finding, Severity, Side, Status, Tongue};
use crate::message::{Message, message};
use crate::terms::Term;
use crate::text::{Document, Span};

/// A suppression that matches nothing.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Unused {
    /// The file that holds it.
    pub path: String,
    /// The line on which it stands, from 1.
    pub line: usize,
    /// The checks whose findings it was meant for.
    pub checks: Vec<&'static str>,
    /// Why they were to be suppressed.
    pub reason: String,
}

/// One pair of documents and what was found in it.
///
/// A document without counterpart is a pair, too: one side then is empty and has the path where it should stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// What the caller knows it by, where pairs come from a stream.
    pub id: Option<serde_json::Value>,
    /// The aligned documents.
    pub bitext: Bitext,
    /// The findings, in the order of the source text.
    pub findings: Vec<Finding>,
    /// The terms of the source, those met most often first.
    pub terms: Vec<Term>,
    /// What the gate makes of this pair.
    pub verdict: Verdict,
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

/// What was found in one pair, in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The paths of the source and of the target.
    pub paths: [String; 2],
    /// How many findings there are of each severity and status.
    pub counts: BTreeMap<(Severity, Status), usize>,
    /// What the gate makes of the pair.
    pub verdict: Verdict,
    /// The way from an index to the page of the pair, if there is one: a relative path.
    pub page: Option<String>,
}

/// What a whole run came to. It grows by a few words a pair, so that a run over many pairs need not keep them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// The pairs in their order.
    pub pairs: Vec<Tally>,
    /// How many pairs were not looked at because nothing changed in them since the base.
    pub unchanged: usize,
    /// What all pairs are scored by.
    pub scorecard: Scorecard,
    /// What was suppressed and was not there.
    pub unused_suppressions: Vec<Unused>,
    /// What the gate makes of it all.
    pub verdict: Verdict,
}

impl Default for Totals {
    fn default() -> Self {
        Totals {
            pairs: Vec::new(),
            unchanged: 0,
            scorecard: Scorecard::default(),
            unused_suppressions: Vec::new(),
            verdict: Verdict::Pass,
        }
    }
}

impl Totals {
    /// Counts one more pair, and fails with it.
    pub fn add(&mut self, pair: &Pair) {
        self.pairs.push(Tally::of(pair));
        self.scorecard.add(&Scorecard::of(pair));
        self.verdict = self.verdict.max(pair.verdict);
    }

    /// How many findings of this severity count for the verdict.
    pub fn count(&self, severity: Severity) -> usize {
        self.pairs.iter().map(|pair| pair.count(severity)).sum()
    }

    /// How many findings have this status, whatever their severity.
    pub fn with_status(&self, status: Status) -> usize {
        let counts = self.pairs.iter().flat_map(|pair| &pair.counts);
        counts.filter(|((_, of), _)| *of == status).map(|(_, count)| count).sum()
    }
}

impl<'a> FromIterator<&'a Pair> for Totals {
    fn from_iter<I: IntoIterator<Item = &'a Pair>>(pairs: I) -> Self {
        let mut totals = Totals::default();
        pairs.into_iter().for_each(|pair| totals.add(pair));
        totals
    }
}

impl Tally {
    /// What was found in a pair.
    pub fn of(pair: &Pair) -> Tally {
        let mut counts = BTreeMap::new();
        for finding in &pair.findings {
            *counts.entry((finding.severity, finding.status)).or_default() += 1;
        }
        let paths = [&pair.bitext.source, &pair.bitext.target].map(|document| document.path.clone());
        Tally { paths, counts, verdict: pair.verdict, page: None }
    }

    /// How many findings of this severity count for the verdict.
    pub fn count(&self, severity: Severity) -> usize {
        self.counts.get(&(severity, Status::New)).copied().unwrap_or_default()
    }

    /// How many findings there are, whether they count or not.
    pub fn all(&self) -> usize {
        self.counts.values().sum()
    }

    /// The paths of both sides, or the one path of a file that holds both.
    pub fn name(&self) -> String {
        let [source, target] = &self.paths;
        if source == target { source.clone() } else { format!("{source} ↔ {target}") }
    }
}

impl Pair {
    /// The document of that side.
    pub fn document(&self, side: Side) -> &Document {
        match side {
            Side::Source => &self.bitext.source,
            Side::Target => &self.bitext.target,
        }
    }
}

/// Where the finding is on that side.
fn place(finding: &Finding, side: Side) -> Option<Span> {
    match side {
        Side::Source => finding.source,
        Side::Target => finding.target,
    }
}

/// The name of a side in reports.
fn side_name(side: Side) -> &'static str {
    match side {
        Side::Source => "source",
        Side::Target => "target",
    }
}

/// The name of a side for readers: "source" or "target", "原文" or "译文".
fn side_title(side: Side) -> Message {
    match side {
        Side::Source => message!("report-source"),
        Side::Target => message!("report-target"),
    }
}

/// The name of a check for readers, with its identity: "number-mismatch", "数字不符 number-mismatch".
pub(crate) fn check_name(name: &str, tongue: Tongue) -> String {
    let title = check::find(name).map(|check| check.title.said(tongue));
    title
        .ok()
        .filter(|title| title != name)
        .map_or_else(|| name.to_owned(), |title| format!("{title} {name}"))
}

/// The first line of a message, and what follows it: the reasons and the advice.
fn headline(message: &str) -> (&str, &str) {
    match message.split_once('\n') {
        Some((first, rest)) => (first.trim_end(), rest.trim()),
        None => (message, ""),
    }
}

/// How a report is to look, where its format leaves a choice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// How many terminal cells a line may take.
    pub width: usize,
    /// Whether to write ANSI colours.
    pub colour: bool,
    /// Whether to show, too, the findings that do not count for the verdict.
    pub all: bool,
    /// In which language to speak to the reader.
    pub tongue: Tongue,
    /// How to score what was found, where that is to be shown to readers; programs are always told.
    pub scoring: Option<Scoring>,
}

impl Default for Options {
    fn default() -> Self {
        Options { width: 100, colour: false, all: false, tongue: Tongue::English, scoring: None }
    }
}

/// Writes a part of a report that says something of all pairs.
type Around = fn(&Totals, &Options, &mut dyn Write) -> io::Result<()>;

/// A way to write a report: plain data and the functions that write it.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// One line on what it is for.
    pub summary: &'static str,
    /// Whether it is no text, and so nothing for a terminal.
    pub binary: bool,
    /// How the name of a file of it ends, without the dot; empty where it ends as that of the document does.
    pub end: &'static str,
    /// Writes the part of one pair.
    pub pair: fn(&Pair, &Options, &mut dyn Write) -> io::Result<()>,
    /// How the parts make a report.
    pub frame: Frame,
}

/// How the parts of the pairs make a report.
#[derive(Debug)]
pub enum Frame {
    /// They follow one another as they come, and what `tail` writes comes last.
    Stream {
        /// Writes what comes last.
        tail: Around,
    },
    /// They stand in one whole, whose beginning may depend on all of them.
    Whole {
        /// Writes what comes first.
        head: Around,
        /// What stands between two parts; empty parts are left out.
        between: &'static str,
        /// Writes what comes last.
        tail: Around,
    },
    /// Something else is made of them when all are there.
    Made {
        /// Makes it of the parts, one after the other.
        of: fn(&mut dyn BufRead, &Totals, &Options, &mut dyn Write) -> io::Result<()>,
    },
    /// Each is a document of that side given back, and where there is none, the part is empty. One goes to a file, and
    /// the documents of several pairs into a folder.
    Copies {
        /// The formats of documents that are.
        of: &'static [crate::text::Format],
        /// Writes it of what its file holds.
        copy: fn(&Pair, &Options, annotate::Content, &mut dyn Write) -> io::Result<()>,
        /// The side.
        side: Side,
        /// What to say when none was given back.
        none: &'static str,
    },
    /// Each is a page of its own, and of several pairs an index leads to each page.
    Pages {
        /// Writes the index.
        index: Around,
    },
}

/// Writes nothing: for formats without head or tail.
fn nothing(_: &Totals, _: &Options, _: &mut dyn Write) -> io::Result<()> {
    Ok(())
}

/// All formats, in the order in which help lists them.
pub static FORMATS: &[Format] = &[
    Format {
        name: "text",
        summary: "excerpts of both sides, for a terminal",
        binary: false,
        end: "txt",
        pair: text::pair,
        frame: Frame::Stream { tail: text::tail },
    },
    Format {
        name: "json",
        summary: "everything, for programs; versioned",
        binary: false,
        end: "json",
        pair: json::pair,
        frame: Frame::Whole { head: json::head, between: ",\n  ", tail: json::tail },
    },
    Format {
        name: "jsonl",
        summary: "a JSON object a pair, for streams",
        binary: false,
        end: "jsonl",
        pair: json::line,
        frame: Frame::Stream { tail: nothing },
    },
    Format {
        name: "html",
        summary: "a page to read the two versions side by side; of many pairs, a page each and an index",
        binary: false,
        end: "html",
        pair: html::page,
        frame: Frame::Pages { index: html::index },
    },
    Format {
        name: "docx",
        summary: "a table to decide on in Word; `review` reads it back",
        binary: true,
        end: "docx",
        pair: review::part,
        frame: Frame::Made { of: review::docx },
    },
    Format {
        name: "xlsx",
        summary: "a table to decide on in Excel; `review` reads it back",
        binary: true,
        end: "xlsx",
        pair: review::part,
        frame: Frame::Made { of: review::xlsx },
    },
    Format {
        name: "docx-comments",
        summary: "the translation itself, a Word document, with comments; `review` reads the answers back",
        binary: true,
        end: "docx",
        pair: |pair, options, out| annotate::docx(pair, options, &annotate::on_disk, out),
        frame: Frame::Copies {
            of: annotate::COMMENTED,
            copy: annotate::docx,
            side: Side::Target,
            none: annotate::NO_DOCX,
        },
    },
    Format {
        name: "docx-comments-source",
        summary: "the original itself, a Word document, with comments",
        binary: true,
        end: "docx",
        pair: |pair, options, out| annotate::docx_source(pair, options, &annotate::on_disk, out),
        frame: Frame::Copies {
            of: annotate::COMMENTED,
            copy: annotate::docx_source,
            side: Side::Source,
            none: annotate::NO_DOCX_SOURCE,
        },
    },
    Format {
        name: "annotated",
        summary: "the XLIFF or PO file itself with notes",
        binary: false,
        end: "",
        pair: |pair, options, out| annotate::notes(pair, options, &annotate::on_disk, out),
        frame: Frame::Copies {
            of: annotate::NOTED,
            copy: annotate::notes,
            side: Side::Target,
            none: annotate::NO_NOTES,
        },
    },
    Format {
        name: "sarif",
        summary: "SARIF 2.1.0, for code scanning and editors",
        binary: false,
        end: "sarif",
        pair: sarif::pair,
        frame: Frame::Whole { head: sarif::head, between: ",\n", tail: sarif::tail },
    },
    Format {
        name: "github",
        summary: "workflow commands, which GitHub shows as annotations",
        binary: false,
        end: "txt",
        pair: github::pair,
        frame: Frame::Stream { tail: nothing },
    },
    Format {
        name: "gitlab",
        summary: "a code quality report of GitLab",
        binary: false,
        end: "json",
        pair: gitlab::pair,
        frame: Frame::Whole { head: gitlab::head, between: ",\n", tail: gitlab::tail },
    },
    Format {
        name: "junit",
        summary: "JUnit XML, a suite a pair, for what shows test results",
        binary: false,
        end: "xml",
        pair: junit::pair,
        frame: Frame::Whole { head: junit::head, between: "", tail: junit::tail },
    },
    Format {
        name: "checkstyle",
        summary: "Checkstyle XML, which many review tools read",
        binary: false,
        end: "xml",
        pair: checkstyle::pair,
        frame: Frame::Whole { head: checkstyle::head, between: "", tail: checkstyle::tail },
    },
    Format {
        name: "rdjson",
        summary: "diagnostics for reviewdog",
        binary: false,
        end: "json",
        pair: rdjson::pair,
        frame: Frame::Whole { head: rdjson::head, between: ",\n", tail: rdjson::tail },
    },
    Format {
        name: "rdjsonl",
        summary: "a diagnostic a line for reviewdog",
        binary: false,
        end: "jsonl",
        pair: rdjson::lines,
        frame: Frame::Stream { tail: nothing },
    },
    Format {
        name: "markdown",
        summary: "a summary for a pull request or a job, at most 60,000 characters",
        binary: false,
        end: "md",
        pair: markdown::pair,
        frame: Frame::Made { of: markdown::page },
    },
];

impl Format {
    /// The format of that name.
    pub fn parse(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Whether there is such a report on some pairs: only documents of some formats are given back.
    pub fn is_for(&self, pairs: &[Pair]) -> bool {
        match &self.frame {
            Frame::Copies { of, side, .. } => {
                pairs.iter().any(|pair| of.contains(&pair.document(*side).format))
            }
            Frame::Stream { .. } | Frame::Whole { .. } | Frame::Made { .. } | Frame::Pages { .. } => true,
        }
    }

    /// Writes the whole report of some pairs; of several pages, the index.
    pub fn write(&self, pairs: &[Pair], options: &Options, out: &mut dyn Write) -> io::Result<()> {
        let mut parts = Parts::new(self, options);
        for pair in pairs {
            let mut part = Vec::new();
            (self.pair)(pair, options, &mut part)?;
            parts.add(&part, out)?;
        }
        parts.finish(&pairs.iter().collect(), out)
    }
}

/// Where the page or the copy of a document goes, below a folder in which some places are taken: by its own path, with
/// this end, and a number if need be.
pub fn way(taken: &mut BTreeSet<PathBuf>, document: &str, end: &str) -> PathBuf {
    let inside: PathBuf =
        Path::new(document).components().filter(|part| matches!(part, Component::Normal(_))).collect();
    let name = inside.to_string_lossy().into_owned();
    let mut way = PathBuf::from(format!("{name}{end}"));
    let mut copy = 1;
    while !taken.insert(way.clone()) {
        copy += 1;
        way = PathBuf::from(match (end, name.rsplit_once('.')) {
            ("", Some((stem, own))) => format!("{stem}.{copy}.{own}"),
            _ => format!("{name}.{copy}{end}"),
        });
    }
    way
}

/// A report of one format that grows pair by pair.
pub struct Parts<'a> {
    format: &'a Format,
    options: Options,
    /// What must wait for the totals; on disk when it is large.
    kept: Spool,
    count: usize,
    /// Whether a part that is not empty has come.
    begun: bool,
}

impl<'a> Parts<'a> {
    /// A report without pairs.
    pub fn new(format: &'a Format, options: &Options) -> Parts<'a> {
        Parts { format, options: *options, kept: Spool::default(), count: 0, begun: false }
    }

    /// Takes the part of one more pair, and writes what can be written already.
    pub fn add(&mut self, part: &[u8], out: &mut dyn Write) -> io::Result<()> {
        self.count += 1;
        match &self.format.frame {
            Frame::Stream { .. } => out.write_all(part),
            Frame::Whole { between, .. } => {
                if part.is_empty() {
                    return Ok(());
                }
                if self.begun {
                    self.kept.write_all(between.as_bytes())?;
                }
                self.begun = true;
                self.kept.write_all(part)
            }
            Frame::Made { .. } => self.kept.write_all(part),
            // with an index, the page is elsewhere
            Frame::Pages { .. } | Frame::Copies { .. } if self.count > 1 => Ok(()),
            Frame::Pages { .. } => self.kept.write_all(part),
            Frame::Copies { .. } => {
                self.begun = !part.is_empty();
                self.kept.write_all(part)
            }
        }
    }

    /// Writes the rest.
    pub fn finish(mut self, totals: &Totals, out: &mut dyn Write) -> io::Result<()> {
        self.kept.rewind()?;
        match &self.format.frame {
            Frame::Stream { tail } => tail(totals, &self.options, out)?,
            Frame::Whole { head, tail, .. } => {
                head(totals, &self.options, out)?;
                io::copy(&mut self.kept, out)?;
                tail(totals, &self.options, out)?;
            }
            Frame::Made { of } => of(&mut BufReader::new(&mut self.kept), totals, &self.options, out)?,
            Frame::Pages { .. } if self.count == 1 => {
                io::copy(&mut self.kept, out)?;
            }
            Frame::Copies { none, .. } if !self.begun => return Err(io::Error::other(*none)),
            Frame::Copies { .. } => {
                io::copy(&mut self.kept, out)?;
            }
            Frame::Pages { index } => index(totals, &self.options, out)?,
        }
        out.flush()
    }
}
