//! Documents given back with what was found in them, for the programs that people work in: comments in Word, notes in
//! XLIFF and PO. All else in them stays as it is, byte for byte.

mod docx;
mod po;
mod xliff;

use std::io::{self, Write};
use std::path::Path;

pub use self::docx::{marked, marker};
use super::{Options, Pair, headline};
use crate::check::{Finding, Side, Status, Tongue};
use crate::error::{Error, ErrorKind};
use crate::message::message;
use crate::read::{self, Limits};
use crate::text::Format;

/// What to say where there was no Word document among the translations.
pub const NO_DOCX: &str = "none of the translations is a Word document; comments are written into DOCX alone";
/// What to say where there was no Word document among the originals.
pub const NO_DOCX_SOURCE: &str =
    "none of the originals is a Word document; comments are written into DOCX alone";
/// What to say where there was nothing that can hold notes.
pub const NO_NOTES: &str = "none of the files is XLIFF or PO; notes are written into these alone, and comments into Word with docx-comments";

/// The formats that can be given back with comments.
pub const COMMENTED: &[Format] = &[Format::Docx];
/// The formats that can be given back with notes.
pub const NOTED: &[Format] = &[Format::Xliff, Format::Po];

/// What the file of a document holds, which is as it was when it was checked.
pub type Content<'a> = &'a dyn Fn(&Path) -> io::Result<Vec<u8>>;

/// What a file on disk holds.
pub fn on_disk(path: &Path) -> io::Result<Vec<u8>> {
    // it was within the limits of the run
    let limits = Limits { file: u64::MAX, ..Limits::default() };
    read::content(path, &limits).map_err(io::Error::other)
}

/// Writes the translation with comments, if it is a Word document.
pub fn docx(pair: &Pair, options: &Options, content: Content, out: &mut dyn Write) -> io::Result<()> {
    commented(pair, Side::Target, options, content, out)
}

/// Writes the original with comments, if it is a Word document.
pub fn docx_source(pair: &Pair, options: &Options, content: Content, out: &mut dyn Write) -> io::Result<()> {
    commented(pair, Side::Source, options, content, out)
}

fn commented(
    pair: &Pair,
    side: Side,
    options: &Options,
    content: Content,
    out: &mut dyn Write,
) -> io::Result<()> {
    if !COMMENTED.contains(&pair.document(side).format) {
        return Ok(());
    }
    out.write_all(&made_of(pair, side, content, |bytes| docx::commented(bytes, pair, side, options))?)
}

/// Writes a file that holds both versions with notes, if it is XLIFF or PO.
pub fn notes(pair: &Pair, options: &Options, content: Content, out: &mut dyn Write) -> io::Result<()> {
    let noted = match pair.bitext.target.format {
        Format::Xliff => xliff::noted,
        Format::Po => po::noted,
        _ => return Ok(()),
    };
    out.write_all(&made_of(pair, Side::Target, content, |bytes| noted(bytes, pair, options))?)
}

/// What is made of what the file of a document holds.
fn made_of(
    pair: &Pair,
    side: Side,
    content: Content,
    make: impl FnOnce(Vec<u8>) -> Result<Vec<u8>, ErrorKind>,
) -> io::Result<Vec<u8>> {
    let path = Path::new(&pair.document(side).path);
    make(content(path)?).map_err(|kind| io::Error::other(Error::new(path, kind)))
}

/// What to say when a file is no longer what was checked.
fn changed() -> ErrorKind {
    ErrorKind::Format { what: message!("error-changed") }
}

/// The findings that are written: those that count for the verdict, or all of them if the options say so.
fn told<'a>(pair: &'a Pair, options: &Options) -> impl Iterator<Item = &'a Finding> {
    let all = options.all;
    pair.findings.iter().filter(move |finding| all || finding.status == Status::New)
}

/// A finding in lines: the check with its severity and what is wrong, then why, and what to do.
fn lines(finding: &Finding, tongue: Tongue) -> Vec<String> {
    let message = finding.message.said(tongue);
    let (first, rest) = headline(&message);
    let name = super::check_name(finding.check, tongue);
    let severity = finding.severity.title();
    let first = message!("note-first", check = name, severity = severity, words = first).said(tongue);
    let rest = rest.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
    std::iter::once(first.into_owned()).chain(rest).collect()
}
