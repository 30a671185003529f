//! `review`: what reviewers decided, from their file to the baseline.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};

use crate::gate::review;
use crate::{read, report};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report as it was filled in, in Word or Excel
    #[arg(long, value_name = "FILE")]
    import: PathBuf,
    /// Where to write what was dismissed; made if it is not there
    #[arg(long, value_name = "FILE")]
    baseline: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<ExitCode> {
    let rows = read::grid(&args.import, &read::Limits::default())?;
    let decided = review::decisions(&rows).with_context(|| args.import.display().to_string())?;
    let path = &args.baseline;
    let before = match std::fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        read => read.with_context(|| format!("{}: the baseline cannot be read", path.display()))?,
    };
    let after = review::dismiss(&before, &decided.dismissed);
    report::save(path, |out| out.write_all(after.as_bytes()))
        .with_context(|| format!("{}: the baseline cannot be written", path.display()))?;
    // a closed standard error is no reason to fail
    let _ = writeln!(
        io::stderr(),
        "{} dismissed, {} accepted, {} undecided",
        decided.dismissed.len(),
        decided.accepted,
        decided.undecided
    );
    Ok(ExitCode::SUCCESS)
}
