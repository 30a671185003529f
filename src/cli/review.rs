//! `review`: findings decided one by one, or taken over from a file that a reviewer filled in.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;

use super::check::tongue;
use super::locale;
use super::told::{Tell as _, fail};
use super::{reader_left, tell};
use crate::check::Tongue;
use crate::error::Error;
use crate::files::Written;
use crate::gate::review::ReviewError;
use crate::gate::{Choice, review as table};
use crate::message::{Message, message};
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
    /// Take over a report in Word or Excel as it was filled in, or a document with comments as it was answered
    #[arg(long, value_name = "FILE")]
    import: Option<PathBuf>,
    /// Where decisions go; made if it is not there [default: the baseline of duizhao.toml]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// In which language to ask: en or zh; findings are told as the report has them [default: that of the system, else en]
    #[arg(long, value_name = "LANG", value_parser = tongue)]
    lang: Option<Tongue>,
}

pub(super) fn run(args: &Args) -> Result<ExitCode> {
    let meant = settings(args)?;
    let Some(baseline) = meant.baseline.value else { return fail(message!("cli-no-baseline")) };
    let tongue = meant.lang.value;
    match (&args.report, &args.import) {
        (Some(report), _) => go_through(report, &baseline, args.browser, tongue)?,
        (None, Some(table)) => import(table, &baseline, tongue)?,
        // clap asks for one of them
        (None, None) => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// What the settings file and the flags say.
fn settings(args: &Args) -> Result<config::Settings> {
    let file = config::find(Path::new("")).map(|path| config::load(&path)).transpose()?;
    let flags =
        config::Config { baseline: args.baseline.clone(), lang: args.lang, ..config::Config::default() };
    Ok(config::Settings::new(file, flags).in_locale(locale::tongue()))
}

fn go_through(report: &Path, baseline: &Path, browser: bool, tongue: Tongue) -> Result<()> {
    let mut session = Session::open(report, baseline, &read::Limits::default())?;
    if browser {
        let server = Server::bind(session, tongue).told(|| message!("cli-page"))?;
        let url = server.url();
        tell(&message!("review-open", url = url).said(tongue));
        return server.run().told(|| message!("cli-page"));
    }
    let colour = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty());
    let options = Options { colour, tongue, width: super::check::width(), ..Options::default() };
    let said = review::converse(&mut session, &options, &mut io::stdin().lock(), &mut io::stdout().lock());
    said.or_else(reader_left).told(|| message!("cli-review"))
}

/// What was decided in a document with comments, or else in a table.
fn decided(path: &Path) -> Result<table::Decisions> {
    let limits = read::Limits::default();
    let bytes = read::content(path, &limits)?;
    let excel = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("xlsx"));
    let fail = |kind| Error::new(path, kind);
    let mut commented = false;
    if !excel {
        let comments = read::comments(&bytes, &limits).map_err(fail)?;
        if let Some(decided) = table::of_comments(&comments) {
            return Ok(decided);
        }
        commented = !comments.is_empty();
    }
    let (mut reader, mut rows) = (table::Reader::default(), false);
    let take = |row| {
        rows = true;
        reader.take(&row);
    };
    read::grid_bytes(&bytes, excel, &limits, take).map_err(fail)?;
    match reader.end() {
        // a document in which nothing was found is given back as it was, with the comments of others at most
        Err(ReviewError::NoHead) if !excel && (commented || !rows) => Ok(table::Decisions::default()),
        decided => decided,
    }
    .told(|| Message::alike(&path.display().to_string()))
}

fn import(path: &Path, baseline: &Path, tongue: Tongue) -> Result<()> {
    Written::new([baseline], [])?.spare(path)?;
    let decided = decided(path)?;
    let [dismissed, accepted] = [Choice::Dismiss, Choice::Accept].map(|choice| decided.count(choice));
    let made = decided.made;
    review::change(baseline, |known| {
        made.into_iter().for_each(|(entry, decision)| known.decide(&entry, Some(decision)));
    })?;
    tell(&review::Counts { dismissed, accepted, undecided: decided.undecided }.told(tongue));
    if decided.idle > 0 {
        tell(&message!("review-idle-replies", count = decided.idle).said(tongue));
    }
    Ok(())
}
