//! Checkstyle XML: the findings under the files in which they are to be mended.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::places::{Places, counted};
use super::xml::attribute;
use super::{Options, Pair, Totals};
use crate::check::{Finding, Severity};
use crate::text::foreign::shown;

/// Writes what comes before the files.
pub fn head(_: &Totals, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    // the version is that of the format, which readers look at
    writeln!(out, r#"<checkstyle version="4.3">"#)
}

/// Writes the files of a pair in which something that counts was found.
pub fn pair(pair: &Pair, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::of(pair);
    let mut files: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in counted(pair) {
        files.entry(places.main(finding).path).or_default().push(finding);
    }
    for (path, findings) in files {
        writeln!(out, r#"  <file name="{}">"#, attribute(&shown(path)))?;
        for finding in findings {
            let start = places.main(finding).start;
            writeln!(
                out,
                r#"    <error line="{}" column="{}" severity="{}" message="{}" source="duizhao.{}"/>"#,
                start.line,
                start.column,
                severity(finding.severity),
                attribute(&places.told(finding, options.tongue)),
                finding.check,
            )?;
        }
        writeln!(out, "  </file>")?;
    }
    Ok(())
}

/// Writes what comes after the files.
pub fn tail(_: &Totals, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "</checkstyle>")
}

/// What fails by default is an error.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::Major => "error",
        Severity::Minor => "warning",
    }
}
