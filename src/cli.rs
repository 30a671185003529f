//! The command line: flags → settings → the stages.

mod init;

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::align::{self, Aligned};
use crate::check;
use crate::config::Config;
use crate::gate::{self, Base, Baseline, Before, Gate, Rule};
use crate::report::{self, FORMATS, Format, Options, Pair, Report, Unused, Verdict, links};
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
    /// Write a commented settings file, duizhao.toml, into the working folder
    Init(init::InitArgs),
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
    #[arg(required_unless_present = "show_settings")]
    source: Option<PathBuf>,
    /// The translation
    target: Option<PathBuf>,
    #[command(flatten)]
    languages: Languages,
    /// The settings file [default: duizhao.toml here or in a folder above, inside the git work tree]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print the settings that hold, as TOML, with where each comes from, and stop
    #[arg(long)]
    show_settings: bool,
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
    #[arg(long)]
    strict: bool,
    /// Let the findings listed in this file not count
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the findings of this run to the baseline, and pass
    #[arg(long)]
    update_baseline: bool,
    /// Fail when the baseline lists a finding that is gone
    #[arg(long)]
    strict_baseline: bool,
    /// Fail when a suppression matches nothing
    #[arg(long)]
    strict_suppressions: bool,
    /// Change the severity of a check, or switch it off; may be given more than once
    #[arg(long, value_name = "NAME=LEVEL")]
    severity: Vec<String>,
    /// Leave unsaid what is less likely than this to be right, from 0 to 1 [default: 0.5]
    #[arg(long, value_name = "X", value_parser = share)]
    min_confidence: Option<f64>,
    /// The least severity that fails the run [default: major]
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
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

impl From<FailOn> for config::FailOn {
    fn from(level: FailOn) -> Self {
        match level {
            FailOn::Critical => config::FailOn::Critical,
            FailOn::Major => config::FailOn::Major,
            FailOn::Minor => config::FailOn::Minor,
            FailOn::Never => config::FailOn::Never,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Args)]
struct AlignArgs {
    /// The original
    source: PathBuf,
    /// The translation
    target: PathBuf,
    #[command(flatten)]
    languages: Languages,
    /// What to link
    #[arg(long, default_value = "sentence")]
    unit: Unit,
    /// The files are segmented already, one sentence a line
    #[arg(long)]
    lines: bool,
    /// What to print
    #[arg(long, default_value = "tsv", value_parser = links_format)]
    format: links::Format,
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
    /// The original
    source: PathBuf,
    /// The translation
    target: PathBuf,
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

fn links_format(name: &str) -> Result<links::Format, String> {
    links::Format::parse(name).ok_or_else(|| {
        let names = links::Format::ALL.map(|(name, _)| name);
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
        Command::Align(args) => align(&args),
        Command::Terms(args) => list_terms(&args),
        Command::Values(args) => list_values(&args),
        Command::Explain { check } => explain(check.as_deref()),
        Command::Init(args) => init::init(&args).map(|()| ExitCode::SUCCESS),
        Command::About => to_stdout(manual::about).map(|()| ExitCode::SUCCESS),
    }
}

/// The settings file, and the flags over it.
fn settings(args: &CheckArgs) -> Result<config::Settings> {
    let path = args.config.clone().or_else(|| config::find(Path::new("")));
    let file = path.map(|path| config::load(&path)).transpose()?;
    let severity = args.severity.iter().map(|written| config::assignment(written));
    let flags = Config {
        source_lang: args.languages.source_lang,
        target_lang: args.languages.target_lang,
        min_confidence: args.min_confidence,
        fail_on: args.fail_on.map(Into::into),
        termbase: args.termbase.clone(),
        baseline: args.baseline.clone(),
        strict_baseline: args.strict_baseline.then_some(true),
        base: args.base.clone(),
        strict_suppressions: args.strict_suppressions.then_some(true),
        strict: args.strict.then_some(true),
        severity: severity.collect::<Result<_, _>>().context("cannot use --severity")?,
        ..Config::default()
    };
    let settings = config::Settings::new(file, flags);
    let set = [
        ("--strict", args.strict, "base", settings.base.value.is_some()),
        ("--update-baseline", args.update_baseline, "baseline", settings.baseline.value.is_some()),
        ("--strict-baseline", args.strict_baseline, "baseline", settings.baseline.value.is_some()),
    ];
    match set.into_iter().find(|(_, given, _, there)| *given && !there) {
        Some((flag, _, needed, _)) => {
            bail!("{flag} needs a {needed}: name it with --{needed} or in {}", config::NAME)
        }
        None => Ok(settings),
    }
}

fn check(args: &CheckArgs) -> Result<ExitCode> {
    let meant = settings(args)?;
    if args.show_settings {
        return to_stdout(|out| config::show(&meant, out)).map(|()| ExitCode::SUCCESS);
    }
    let Some(path) = &args.source else { bail!("name the original and its translation") };
    let languages = Languages { source_lang: meant.source_lang.value, target_lang: meant.target_lang.value };
    let mut settings = meant.checks();
    let (source, target, links) = match &args.target {
        None if read::Format::of(path).is_paired() => {
            let Languages { source_lang, target_lang } = languages;
            let read::Paired { source, target, links } = read::paired(path, source_lang, target_lang)?;
            (source, target, Some(links))
        }
        other => {
            let (source, target) = pair(path, other.as_deref(), &languages)?;
            (source, target, None)
        }
    };
    if let Some(terms) = &meant.termbase.value {
        settings.termbase = termbase::file(terms, source.lang, target.lang)?;
    }
    let (source, target) = (segment::segment(source), segment::segment(target));
    let aligned = match links {
        Some(links) => align::align_within(source, target, links),
        None => align::align(source, target),
    };
    let mut findings = check::check(&aligned, &settings);
    if let Some(revision) = &meant.base.value
        && let Some((source, target)) = pair_at(revision, path, args.target.as_deref(), &aligned)?
    {
        let aligned_then = align::align(segment::segment(source), segment::segment(target));
        let before = Before { findings: check::check(&aligned_then, &settings), aligned: aligned_then };
        findings = gate::since(&before, &aligned, findings, &settings, meant.strict.value);
    }
    let rules = meant.rules();
    let own = meant.rules_for(path, args.target.as_deref().unwrap_or(path));
    let held: Vec<&Rule> = own.iter().map(|&at| &rules[at]).collect();
    let told = gate::suppress(aligned.bitext(), &mut findings, &held)?;
    let matched: BTreeSet<usize> = told.matched.iter().map(|&at| own[at]).collect();
    let idle = rules.iter().enumerate().filter(|(at, _)| !matched.contains(at)).map(|(_, rule)| rule);
    let unused_suppressions: Vec<Unused> = told.unused.iter().chain(idle).map(Rule::unused).collect();
    for Unused { path, line, checks, .. } in &unused_suppressions {
        // a closed standard error is no reason to fail
        let _ = writeln!(
            io::stderr(),
            "{path}: line {line}: nothing to suppress: {} finds nothing there; take it out",
            checks.join(", ")
        );
    }
    let mut pairs = vec![Pair { bitext: aligned.into_bitext(), findings }];
    let gone = match &meant.baseline.value {
        Some(path) => hold_against(path, args.update_baseline, &mut pairs)?,
        None => Vec::new(),
    };
    let idle = meant.strict_suppressions.value && !unused_suppressions.is_empty();
    let verdict = match idle || meant.strict_baseline.value && !gone.is_empty() {
        true => Verdict::Fail,
        false => Gate { fail_on: meant.fail_on.value.severity() }.judge(&pairs),
    };
    let report = Report { pairs, verdict, unused_suppressions };
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
fn pair_at(
    revision: &str,
    one: &Path,
    other: Option<&Path>,
    now: &Aligned,
) -> Result<Option<(Document, Document)>> {
    let fail = "cannot use --base";
    let (source, target) = (&now.bitext().source, &now.bitext().target);
    let read_at = |path: &Path| -> Result<Option<Vec<u8>>> {
        Base::open(path, revision).and_then(|base| base.read(path)).context(fail)
    };
    let Some(then) = read_at(one)? else { return Ok(None) };
    let format = |path: &Path| read::Format::of(path);
    let Some(path) = other else {
        let (name, format) = (&source.path, format(one));
        return Ok(Some(
            read::both_bytes(name, &then, format, Some(source.lang), Some(target.lang)).context(fail)?,
        ));
    };
    let Some(other) = read_at(path)? else { return Ok(None) };
    Ok(Some((
        read::bytes(&source.path, &then, format(one), Some(source.lang)).context(fail)?,
        read::bytes(&target.path, &other, format(path), Some(target.lang)).context(fail)?,
    )))
}

fn align(args: &AlignArgs) -> Result<ExitCode> {
    let aligned: Aligned = if args.lines {
        let source = read::lines(&args.source, args.languages.source_lang)?;
        let target = read::lines(&args.target, args.languages.target_lang)?;
        align::align_sentences(source, target)
    } else {
        let (source, target) = pair(&args.source, Some(&args.target), &args.languages)?;
        align::align(segment::segment(source), segment::segment(target))
    };
    to_stdout(|out| links::write(aligned.bitext(), args.unit.into(), args.format, out))?;
    Ok(ExitCode::SUCCESS)
}

fn list_terms(args: &TermsArgs) -> Result<ExitCode> {
    let (source, target) = pair(&args.source, Some(&args.target), &args.languages)?;
    let mut languages = [source.lang, target.lang];
    let aligned = align::align(segment::segment(source), segment::segment(target));
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
    let check = check::find(name)?;
    to_stdout(|out| manual::page(check, out))?;
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
