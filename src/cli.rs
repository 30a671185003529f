//! The command line: flags → settings → the stages.

mod review;

use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::align::{self, Aligned};
use crate::check::{self, CHECKS, Severity};
use crate::gate::{self, Base, Baseline, Before, Gate};
use crate::report::{self, FORMATS, Format, Options, Pair, Report, Verdict, links};
use crate::text::{Document, Lang};
use crate::{config, manual, read, segment, termbase, terms, values};

/// Checks a translation against its original.
#[derive(Debug, Parser)]
#[command(name = "duizhao", version, about, max_term_width = 100, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check a translation against its original
    Check(CheckArgs),
    /// Take over what reviewers decided in a report in Word or Excel
    Review(review::Args),
    /// Align a translation with its original
    Align(AlignArgs),
    /// List the terms of a bitext with what stands for them, how often, and what is odd
    Terms(TermsArgs),
    /// Show the numbers, dates and units read in a text, one JSON object a line
    Values(ValuesArgs),
    /// Say what a check looks at; without a name, list all checks
    Explain {
        /// The name of a check
        check: Option<String>,
    },
    /// Print the version, the licences, and whose works the lexicon is made from
    About,
}

#[derive(Debug, Args)]
struct Languages {
    /// Language of the original [default: found from the text]
    #[arg(long, value_name = "LANG", value_parser = language)]
    source_lang: Option<Lang>,
    /// Language of the translation [default: found from the text]
    #[arg(long, value_name = "LANG", value_parser = language)]
    target_lang: Option<Lang>,
}

#[derive(Debug, Args)]
struct CheckArgs {
    /// The original, or one file that holds both versions
    source: PathBuf,
    /// The translation
    target: Option<PathBuf>,
    #[command(flatten)]
    languages: Languages,
    /// What to print to standard output
    #[arg(long, value_name = "FORMAT", value_parser = format, default_value = "text")]
    format: &'static Format,
    /// Also write a report to a file; may be given more than once
    #[arg(long = "report", value_name = "FORMAT=PATH", value_parser = destination)]
    reports: Vec<(&'static Format, PathBuf)>,
    /// How terms must be rendered: a CSV file (source,target,status,case,note) or a TBX file
    #[arg(long, value_name = "FILE")]
    termbase: Option<PathBuf>,
    /// Let only what is new since this revision of the git repository count
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// With --base: fail edits of one side, too, of which nothing tells whether the other side needs them
    #[arg(long, requires = "base")]
    strict: bool,
    /// Let the findings listed in this file not count
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the findings of this run to the baseline, and pass
    #[arg(long, requires = "baseline")]
    update_baseline: bool,
    /// Fail when the baseline lists a finding that is gone
    #[arg(long, requires = "baseline")]
    strict_baseline: bool,
    /// Change the severity of a check, or switch it off; may be given more than once
    #[arg(long, value_name = "NAME=LEVEL")]
    severity: Vec<String>,
    /// Leave unsaid what is less likely than this to be right, from 0 to 1
    #[arg(long, value_name = "X", value_parser = share, default_value = "0.5")]
    min_confidence: f64,
    /// The least severity that fails the run
    #[arg(long, value_name = "LEVEL", default_value = "major")]
    fail_on: FailOn,
    /// Print nothing to standard output
    #[arg(long, short)]
    quiet: bool,
    /// When to colour the text report
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: Color,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FailOn {
    Critical,
    Major,
    Minor,
    Never,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Args)]
struct AlignArgs {
    /// The original, or one file that holds both versions
    source: PathBuf,
    /// The translation
    target: Option<PathBuf>,
    #[command(flatten)]
    languages: Languages,
    /// What to link
    #[arg(long, default_value = "sentence")]
    unit: Unit,
    /// The files are segmented already, one sentence a line
    #[arg(long, requires = "target")]
    lines: bool,
    /// What to print
    #[arg(long, default_value = "tsv", value_parser = links_format)]
    format: &'static links::Format,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    Block,
    Sentence,
}

impl From<Unit> for links::Unit {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Block => links::Unit::Block,
            Unit::Sentence => links::Unit::Sentence,
        }
    }
}

#[derive(Debug, Args)]
struct TermsArgs {
    /// The original, or one file that holds both versions
    source: PathBuf,
    /// The translation
    target: Option<PathBuf>,
    #[command(flatten)]
    languages: Languages,
    /// List the terms of the translation with what they stand for
    #[arg(long)]
    reverse: bool,
    /// Leave out terms met more seldom than this
    #[arg(long, value_name = "N", default_value = "2")]
    min_count: usize,
    /// What to print
    #[arg(long, default_value = "tsv", value_parser = terms_format)]
    format: report::terms::Format,
}

#[derive(Debug, Args)]
struct ValuesArgs {
    /// Language of the text
    #[arg(long, value_parser = language)]
    lang: Lang,
    /// The text [default: standard input]
    file: Option<PathBuf>,
}

fn language(tag: &str) -> Result<Lang, String> {
    Lang::parse(tag).ok_or_else(|| "not a language tag; write one such as zh, en or de".to_owned())
}

fn format(name: &str) -> Result<&'static Format, String> {
    Format::parse(name).ok_or_else(|| {
        let names: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
        format!("there is no such format; there are {}", names.join(", "))
    })
}

fn links_format(name: &str) -> Result<&'static links::Format, String> {
    links::Format::parse(name).ok_or_else(|| {
        let names: Vec<_> = links::FORMATS.iter().map(|format| format.name).collect();
        format!("there is no such format; there are {}", names.join(", "))
    })
}

fn terms_format(name: &str) -> Result<report::terms::Format, String> {
    report::terms::Format::parse(name).ok_or_else(|| {
        let names = report::terms::Format::ALL.map(|(name, _)| name);
        format!("there is no such format; there are {}", names.join(", "))
    })
}

fn destination(written: &str) -> Result<(&'static Format, PathBuf), String> {
    let (name, path) = written.split_once('=').ok_or("write FORMAT=PATH, such as html=review.html")?;
    if path.is_empty() {
        return Err("the path after = is missing".to_owned());
    }
    Ok((format(name)?, PathBuf::from(path)))
}

fn share(written: &str) -> Result<f64, String> {
    match written.parse() {
        Ok(x) if (0.0..=1.0).contains(&x) => Ok(x),
        _ => Err("write a number from 0 to 1".to_owned()),
    }
}

/// Runs the command given by the arguments of the process.
///
/// The code is 0 when the gate is passed (or there is none), 1 when it fails, 2 for unusable arguments.
///
/// # Errors
/// What kept the run from being done: an unreadable file, an unknown name, a full disk.
pub fn run() -> Result<ExitCode> {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(answer) => {
            // help and version are answers, the rest are errors; clap knows which, and where each is printed
            let code = if answer.use_stderr() { 2 } else { 0 };
            answer.print().or_else(reader_left).context("could not print the help")?;
            return Ok(ExitCode::from(code));
        }
    };
    match cli.command {
        Command::Check(args) => check(&args),
        Command::Review(args) => review::run(&args),
        Command::Align(args) => align(&args),
        Command::Terms(args) => list_terms(&args),
        Command::Values(args) => list_values(&args),
        Command::Explain { check } => explain(check.as_deref()),
        Command::About => to_stdout(manual::about).map(|()| ExitCode::SUCCESS),
    }
}

/// Fails where no text is about to go to a terminal.
fn spare_terminal(name: &str, binary: bool) -> Result<()> {
    if binary && io::stdout().is_terminal() {
        bail!("{name} is nothing for a terminal; name a file for it, or redirect: > FILE.{name}");
    }
    Ok(())
}

fn check(args: &CheckArgs) -> Result<ExitCode> {
    if !args.quiet {
        spare_terminal(args.format.name, args.format.binary)?;
    }
    let mut settings = check::Settings { min_confidence: args.min_confidence, ..check::Settings::default() };
    for assignment in &args.severity {
        config::set_severity(&mut settings, assignment).context("cannot use --severity")?;
    }
    let fail_on = match args.fail_on {
        FailOn::Critical => Some(Severity::Critical),
        FailOn::Major => Some(Severity::Major),
        FailOn::Minor => Some(Severity::Minor),
        FailOn::Never => None,
    };
    let (source, target, links) = versions(&args.source, args.target.as_deref(), &args.languages)?;
    if let Some(path) = &args.termbase {
        settings.termbase = termbase::file(path, source.lang, target.lang)?;
    }
    let aligned = linked(source, target, links);
    let mut findings = check::check(&aligned, &settings);
    if let Some(revision) = &args.base
        && let Some((source, target)) = pair_at(revision, args, &aligned)?
    {
        let aligned_then = align::align(segment::segment(source), segment::segment(target));
        let before = Before { findings: check::check(&aligned_then, &settings), aligned: aligned_then };
        findings = gate::since(&before, &aligned, findings, &settings, args.strict);
    }
    let mut pairs = vec![Pair { bitext: aligned.into_bitext(), findings }];
    let gone = match &args.baseline {
        Some(path) => hold_against(path, args.update_baseline, &mut pairs)?,
        None => Vec::new(),
    };
    let verdict = match args.strict_baseline && !gone.is_empty() {
        true => Verdict::Fail,
        false => Gate { fail_on }.judge(&pairs),
    };
    let report = Report { pairs, verdict };
    for (format, path) in &args.reports {
        report::save(path, format, &report, &Options::default())
            .with_context(|| format!("{}: the report cannot be written", path.display()))?;
    }
    if !args.quiet {
        let color = match args.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty())
            }
        };
        let options = Options { colour: color, ..Options::default() };
        to_stdout(|out| (args.format.write)(&report, &options, out))?;
    }
    Ok(ExitCode::from(match report.verdict {
        Verdict::Pass => 0,
        Verdict::Fail => 1,
    }))
}

/// What corresponds to what, where the file says it: blocks of the original and of the translation.
type Given = Option<Vec<(Vec<usize>, Vec<usize>)>>;

/// Reads the two versions, from two files or from one, and what that says of what corresponds to what.
fn versions(
    source: &Path,
    target: Option<&Path>,
    languages: &Languages,
) -> Result<(Document, Document, Given)> {
    if target.is_none() && read::Format::of(source).is_paired() {
        let read::Paired { source, target, links } =
            read::paired(source, languages.source_lang, languages.target_lang)?;
        return Ok((source, target, Some(links)));
    }
    let (source, target) = pair(source, target, languages)?;
    Ok((source, target, None))
}

/// Segments and aligns two versions, within what is given.
fn linked(source: Document, target: Document, given: Given) -> Aligned {
    let (source, target) = (segment::segment(source), segment::segment(target));
    match given {
        Some(links) => align::align_within(source, target, links),
        None => align::align(source, target),
    }
}

/// Reads the two versions, from two files or from one.
fn pair(source: &Path, target: Option<&Path>, languages: &Languages) -> Result<(Document, Document)> {
    let Some(target) = target else {
        return Ok(read::both(source, languages.source_lang, languages.target_lang)?);
    };
    for path in [source, target] {
        if path.is_dir() {
            bail!("{}: is a folder; name two files", path.display());
        }
    }
    Ok((read::file(source, languages.source_lang)?, read::file(target, languages.target_lang)?))
}

/// Marks the findings that the baseline knows, after writing it anew where that is asked for; gives the lines of
/// those that are gone, and says so.
fn hold_against(path: &Path, update: bool, pairs: &mut [Pair]) -> Result<Vec<String>> {
    if update {
        let made = Baseline::of(pairs);
        report::save_with(path, |out| made.write(out))
            .with_context(|| format!("{}: the baseline cannot be written", path.display()))?;
    }
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{}: the baseline cannot be read", path.display()))?;
    let gone = Baseline::read(&text).apply(pairs);
    for line in &gone {
        // a closed standard error is no reason to fail
        let _ = writeln!(io::stderr(), "{}: gone: {line}", path.display());
    }
    Ok(gone)
}

/// Reads the two versions as they were at a revision; `None` when one of them was not there.
fn pair_at(revision: &str, args: &CheckArgs, now: &Aligned) -> Result<Option<(Document, Document)>> {
    let fail = "cannot use --base";
    let (source, target) = (&now.bitext().source, &now.bitext().target);
    let read_at = |path: &Path| -> Result<Option<Vec<u8>>> {
        Base::open(path, revision).and_then(|base| base.read(path)).context(fail)
    };
    let Some(then) = read_at(&args.source)? else { return Ok(None) };
    let format = |path: &Path| read::Format::of(path);
    let Some(path) = &args.target else {
        let (name, format) = (&source.path, format(&args.source));
        return Ok(Some(
            read::both_bytes(name, &then, format, Some(source.lang), Some(target.lang)).context(fail)?,
        ));
    };
    let Some(other) = read_at(path)? else { return Ok(None) };
    Ok(Some((
        read::bytes(&source.path, &then, format(&args.source), Some(source.lang)).context(fail)?,
        read::bytes(&target.path, &other, format(path), Some(target.lang)).context(fail)?,
    )))
}

fn align(args: &AlignArgs) -> Result<ExitCode> {
    if args.output.is_none() {
        spare_terminal(args.format.name, args.format.binary)?;
    }
    let aligned = match &args.target {
        Some(target) if args.lines => align::align_sentences(
            read::lines(&args.source, args.languages.source_lang)?,
            read::lines(target, args.languages.target_lang)?,
        ),
        target => {
            let (source, target, given) = versions(&args.source, target.as_deref(), &args.languages)?;
            linked(source, target, given)
        }
    };
    let write = |out: &mut dyn Write| links::write(aligned.bitext(), args.unit.into(), args.format, out);
    match &args.output {
        Some(path) => report::save_with(path, write)
            .with_context(|| format!("{}: the links cannot be written", path.display()))?,
        None => to_stdout(write)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn list_terms(args: &TermsArgs) -> Result<ExitCode> {
    let (source, target, given) = versions(&args.source, args.target.as_deref(), &args.languages)?;
    let mut languages = [source.lang, target.lang];
    let aligned = linked(source, target, given);
    let mut found = terms::terms(&aligned, !args.reverse);
    found.retain(|term| term.count >= args.min_count);
    if args.reverse {
        languages.reverse();
    }
    to_stdout(|out| report::terms::write(&found, languages, args.format, out))?;
    Ok(ExitCode::SUCCESS)
}

fn list_values(args: &ValuesArgs) -> Result<ExitCode> {
    let input: Box<dyn BufRead> = match &args.file {
        Some(path) => {
            let file =
                std::fs::File::open(path).with_context(|| format!("{}: cannot be opened", path.display()))?;
            Box::new(BufReader::new(file))
        }
        None => Box::new(io::stdin().lock()),
    };
    to_stdout(|out| values::write_json(input, args.lang, &mut &mut *out))?;
    Ok(ExitCode::SUCCESS)
}

fn explain(name: Option<&str>) -> Result<ExitCode> {
    let Some(name) = name else {
        to_stdout(manual::list)?;
        return Ok(ExitCode::SUCCESS);
    };
    match CHECKS.iter().find(|check| check.name == name) {
        Some(check) => to_stdout(|out| manual::page(check, out))?,
        None => {
            let nearest = config::nearest(name);
            return Err(config::ConfigError::UnknownCheck { name: name.to_owned(), nearest }.into());
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes to standard output. A reader that has left (`| head`) is no error.
fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out)
        .and_then(|()| out.flush())
        .or_else(reader_left)
        .context("could not write to standard output")
}

fn reader_left(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }
}
