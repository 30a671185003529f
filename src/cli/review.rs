//! `review`: findings decided one by one, or taken over from a file that a reviewer filled in.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};

use super::reader_left;
use crate::gate::{Choice, review as table};
use crate::report::Options;
use crate::review::{self, Server, Session};
use crate::{config, read};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report to go through, as `duizhao check --report json=REPORT` wrote it
    #[arg(required_unless_present = "import", conflicts_with = "import")]
    report: Option<PathBuf>,
    /// Go through it in a browser: serve one page to this machine alone and print its address
    #[arg(long, conflicts_with = "import")]
    browser: bool,
    /// Take over a report in Word or Excel as it was filled in
    #[arg(long, value_name = "FILE")]
    import: Option<PathBuf>,
    /// Where decisions go; made if it is not there [default: the baseline of duizhao.toml]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<ExitCode> {
    let baseline = match &args.baseline {
        Some(path) => path.clone(),
        None => configured()?.context("there is no baseline for the decisions: name it with --baseline")?,
    };
    match (&args.report, &args.import) {
        (Some(report), _) => go_through(report, &baseline, args.browser)?,
        (None, Some(table)) => import(table, &baseline)?,
        // clap asks for one of them
        (None, None) => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// The baseline that the settings file names.
fn configured() -> Result<Option<PathBuf>> {
    let file = config::find(Path::new("")).map(|path| config::load(&path)).transpose()?;
    Ok(config::Settings::new(file, config::Config::default()).baseline.value)
}

fn go_through(report: &Path, baseline: &Path, browser: bool) -> Result<()> {
    let mut session = Session::open(report, baseline, &read::Limits::default())?;
    if browser {
        let server = Server::bind(session).context("the page cannot be served")?;
        tell(&format!("open {} in a browser of this machine; Ctrl-C ends the review", server.url()));
        return server.run().context("the page cannot be served");
    }
    let colour = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty());
    let options = Options { colour, ..Options::default() };
    let said = review::converse(&mut session, &options, &mut io::stdin().lock(), &mut io::stdout().lock());
    said.or_else(reader_left).context("the review cannot go on")
}

fn import(path: &Path, baseline: &Path) -> Result<()> {
    let rows = read::grid(path, &read::Limits::default())?;
    let decided = table::decisions(&rows).with_context(|| path.display().to_string())?;
    let [dismissed, accepted] = [Choice::Dismiss, Choice::Accept].map(|choice| decided.count(choice));
    let mut known = review::baseline_at(baseline)?;
    for (entry, decision) in decided.made {
        known.decide(&entry, Some(decision));
    }
    review::save(baseline, &known)?;
    tell(&format!("{dismissed} dismissed, {accepted} accepted, {} undecided", decided.undecided));
    Ok(())
}

/// Writes a line to standard error; that it is closed is no reason to fail.
fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
