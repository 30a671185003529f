//! JUnit XML: a suite a pair, a case that fails for each finding that counts, or one that passes.

use std::io::{self, Write};

use super::places::{Places, counted};
use super::xml::{attribute, escape};
use super::{Options, Pair, Tally, Totals, headline};
use crate::check::Status;
use crate::text::foreign::shown;

/// Writes what comes before the suites.
pub fn head(totals: &Totals, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    let failures: usize = totals.pairs.iter().map(failed).sum();
    let tests: usize = totals.pairs.iter().map(|pair| cases(failed(pair))).sum();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="duizhao" tests="{tests}" failures="{failures}" errors="0">"#)
}

/// Writes the suite of a pair.
pub fn pair(pair: &Pair, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let (places, tally) = (Places::of(pair), Tally::of(pair));
    let name = attribute(&shown(&tally.name()));
    let failures = failed(&tally);
    let tests = cases(failures);
    writeln!(out, r#"  <testsuite name="{name}" tests="{tests}" failures="{failures}" errors="0">"#)?;
    if failures == 0 {
        writeln!(out, r#"    <testcase classname="{name}" name="nothing new"/>"#)?;
    }
    for finding in counted(pair) {
        let place = places.main(finding);
        let shown_path = shown(place.path);
        let path = attribute(&shown_path);
        let (line, spot) = (place.start.line, shown(&place.spot()));
        let case = format!("{} {shown_path}:{spot}", finding.check);
        writeln!(
            out,
            r#"    <testcase classname="{name}" name="{}" file="{path}" line="{line}">"#,
            attribute(&case)
        )?;
        let first = attribute(&shown(headline(&finding.message.said(options.tongue)).0));
        let told = format!("{shown_path}:{spot}\n{}", places.told(finding, options.tongue));
        let kind = finding.severity.as_str();
        writeln!(out, r#"      <failure type="{kind}" message="{first}">{}</failure>"#, escape(&told))?;
        writeln!(out, "    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}

/// Writes what comes after the suites.
pub fn tail(_: &Totals, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "</testsuites>")
}

/// How many findings count, whatever their severity.
fn failed(tally: &Tally) -> usize {
    tally.counts.iter().filter(|((_, status), _)| *status == Status::New).map(|(_, count)| count).sum()
}

/// A suite without a case would not be shown.
fn cases(failed: usize) -> usize {
    failed.max(1)
}
