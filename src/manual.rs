//! The manual of the checks, made from the checks themselves.

use std::io::{self, Write};

use crate::check::{CHECKS, Check};

/// A line for each check: its name, severity and summary.
pub fn list(out: &mut dyn Write) -> io::Result<()> {
    let width = CHECKS.iter().map(|check| check.name.len()).max().unwrap_or(0);
    for check in CHECKS {
        writeln!(out, "{:width$}  {:8}  {}", check.name, check.severity.as_str(), check.summary)?;
    }
    Ok(())
}

/// The page of one check, in Markdown.
pub fn page(check: &Check, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## {}\n", check.name)?;
    writeln!(out, "*{}, {}*: {}.\n", check.severity.as_str(), check.category.as_str(), check.summary)?;
    let indent =
        check.docs.lines().filter(|line| !line.trim().is_empty()).map(indentation).min().unwrap_or(0);
    for line in check.docs.trim_matches('\n').trim_end().lines() {
        writeln!(out, "{}", line.get(indent..).unwrap_or_default().trim_end())?;
    }
    Ok(())
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The whole manual, as CHECKS.md holds it.
pub fn all(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# The checks\n")?;
    writeln!(
        out,
        "Made from the checks themselves by `UPDATE=1 cargo test`; `duizhao explain NAME` prints a page.\n"
    )?;
    writeln!(out, "| check | severity | fires when |\n|---|---|---|")?;
    for check in CHECKS {
        let (name, severity) = (check.name, check.severity.as_str());
        writeln!(out, "| [{name}](#{name}) | {severity} | {} |", check.summary)?;
    }
    for check in CHECKS {
        writeln!(out)?;
        page(check, out)?;
    }
    Ok(())
}
