//! Workflow commands: lines in the log of a GitHub workflow that GitHub shows as annotations of the files.

use std::io::{self, Write};

use super::places::{Places, counted};
use super::{Options, Pair};
use crate::check::Severity;
use crate::text::foreign::shown_lines;

/// Writes a line for each finding that counts. Columns are told where a place lies on one line, since GitHub takes
/// them nowhere else.
pub fn pair(pair: &Pair, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::of(pair);
    for finding in counted(pair) {
        let place = places.main(finding);
        let (line, last) = (place.start.line, place.last);
        write!(
            out,
            "::{} file={},line={line},endLine={last}",
            command(finding.severity),
            property(place.path)
        )?;
        if place.end.line == line {
            write!(out, ",col={},endColumn={}", place.start.column, place.end.column)?;
        }
        let title = format!("{} ({})", finding.check, finding.severity.as_str());
        writeln!(out, ",title={}::{}", property(&title), data(&places.told(finding, options.tongue)))?;
    }
    Ok(())
}

/// What fails by default is an error.
fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::Major => "error",
        Severity::Minor => "warning",
    }
}

fn data(text: &str) -> String {
    shown_lines(text).replace('%', "%25").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
