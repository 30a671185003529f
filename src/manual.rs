//! The manual of the checks, made from the checks themselves, and what the program says of itself.

use std::io::{self, Write};

use crate::check::{CHECKS, Check};
use crate::lexicon;

/// The version and licence of the program, and whose works its lexicon is made from.
pub fn about(out: &mut dyn Write) -> io::Result<()> {
    let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    writeln!(out, "{name} {version}\n{}\n", env!("CARGO_PKG_DESCRIPTION"))?;
    writeln!(out, "Licence of the program: {}", env!("CARGO_PKG_LICENSE"))?;
    writeln!(out, "Licence of the lexicon built into it: CC-BY-SA-4.0\n")?;
    out.write_all(lexicon::NOTICE.as_bytes())
}

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
    out.write_all(check.manual().as_bytes())
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
