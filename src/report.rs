//! What a run found, and its renderings: one file a format, one line each in [`FORMATS`].

pub mod html;
pub mod json;
pub mod lines;
pub mod links;
pub mod review;
mod table;
pub mod terms;
pub mod text;
mod xml;

#[cfg(test)]
mod tests;

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::align::Bitext;
use crate::check::{Finding, Severity, Side, Status};
use crate::text::{Document, Span};

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
        self.findings()
            .filter(|finding| finding.severity == severity && finding.status == Status::New)
            .count()
    }

    /// How many findings have this status, whatever their severity.
    pub fn with_status(&self, status: Status) -> usize {
        self.findings().filter(|finding| finding.status == status).count()
    }

    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.pairs.iter().flat_map(|pair| &pair.findings)
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

/// The first line of a message, and what follows it: the reasons and the advice.
fn headline(message: &str) -> (&str, &str) {
    match message.split_once('\n') {
        Some((first, rest)) => (first.trim_end(), rest.trim()),
        None => (message, ""),
    }
}

/// How a report is to look, where its format leaves a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// How many terminal cells a line may take.
    pub width: usize,
    /// Whether to write ANSI colours.
    pub colour: bool,
    /// Whether to show, too, the findings that do not count for the verdict.
    pub all: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { width: 100, colour: false, all: false }
    }
}

/// A way to write a report: plain data and the function that writes it.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// One line on what it is for.
    pub summary: &'static str,
    /// Whether it is no text, and so nothing for a terminal.
    pub binary: bool,
    /// Writes the report.
    pub write: fn(&Report, &Options, &mut dyn Write) -> io::Result<()>,
}

/// All formats, in the order in which help lists them.
pub static FORMATS: &[Format] = &[
    Format {
        name: "text",
        summary: "excerpts of both sides, for a terminal",
        binary: false,
        write: text::write,
    },
    Format {
        name: "json",
        summary: "everything, for programs; versioned",
        binary: false,
        write: json::write,
    },
    Format {
        name: "jsonl",
        summary: "a JSON object a pair, for streams",
        binary: false,
        write: json::write_lines,
    },
    Format {
        name: "html",
        summary: "one page to read the two versions side by side",
        binary: false,
        write: html::write,
    },
    Format {
        name: "docx",
        summary: "a table to decide on in Word; `review` reads it back",
        binary: true,
        write: review::docx,
    },
    Format {
        name: "xlsx",
        summary: "a table to decide on in Excel; `review` reads it back",
        binary: true,
        write: review::xlsx,
    },
];

impl Format {
    /// The format of that name.
    pub fn parse(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }
}

/// Writes the report to a file. The file either keeps its old content or holds the whole report: the report
/// goes to a temporary file beside it, which then takes its name.
///
/// A symbolic link is followed. What is there and is no regular file, such as `/dev/null` or a pipe, is
/// written to directly. Fails if the folder is missing, or cannot be written to, or the disk is full.
pub fn save(path: &Path, format: &Format, report: &Report, options: &Options) -> io::Result<()> {
    save_with(path, |out| (format.write)(report, options, out))
}

/// The same for anything that can be written.
pub fn save_with(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let there = match fs::metadata(path) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    if there.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        let mut out = BufWriter::new(fs::OpenOptions::new().write(true).open(path)?);
        write(&mut out)?;
        return out.flush();
    }
    let path = if there.is_some() { fs::canonicalize(path)? } else { path.to_path_buf() };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".duizhao-");
    #[cfg(unix)]
    let mode = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(mode);
    let mut out = BufWriter::new(builder.tempfile_in(folder)?);
    write(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    if let Some(metadata) = there {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}
