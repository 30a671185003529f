//! `duizhao check`: many pairs through all stages, into reports and a verdict.

mod inputs;
mod outputs;

use std::collections::BTreeSet;
use std::io::{self, IsTerminal};
use std::num::NonZero;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};
use rayon::prelude::*;

use self::inputs::{Inputs, inputs};
use self::outputs::{Output, To, outputs};
use super::pairs::glob;
use super::progress;
use super::told::{Tell as _, fail};
use super::{Languages, Reading, format, locale, tell, to_stdout};
use crate::check::{Severity, Status, Tongue};
use crate::config::{self, Config, Glob, Level, Origin, Scorecard};
use crate::files::{Clash, Written};
use crate::gate::{Baseline, Scope};
use crate::message::{Message, message};
use crate::report::{Format, Options, Pair, Totals, Unused, Verdict};
use crate::review;
use crate::run::{self, Across, Checked, Failure, Input, Settings, Versions};
use crate::text::Document;

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// The original, or one file that holds both versions, or a folder
    /// [default: what duizhao.toml names under [pairs]]
    #[arg(conflicts_with = "stdin")]
    source: Option<PathBuf>,
    /// The translation: a file, or a folder
    target: Option<PathBuf>,
    /// Read pairs from standard input, a JSON object a line: {"id", "source", "target"} with paths, or {"id",
    /// "source_text", "target_text", "format"}
    #[arg(long)]
    stdin: bool,
    /// The settings file [default: duizhao.toml here or in a folder above, inside the git work tree]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print the settings that hold, as TOML, with where each comes from, and stop
    #[arg(long)]
    show_settings: bool,
    /// In folders, leave out the files whose path fits, such as docs/**/old.md; may be given more than once
    #[arg(long, value_name = "GLOB", value_parser = glob)]
    exclude: Vec<Glob>,
    /// How many threads to use [default: one a core]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// In which language to tell of the findings: en or zh [default: that of the system, else en]
    #[arg(long, value_name = "LANG", value_parser = tongue)]
    lang: Option<Tongue>,
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
    /// Let it count, too, what changed in originals since their translations were brought up to date: since the commit
    /// that front matter names, or the state that `duizhao sync` recorded
    #[arg(long, conflicts_with_all = ["base", "stdin"])]
    stale: bool,
    /// Where `duizhao sync` recorded that [default: duizhao.lock beside duizhao.toml, else here]
    #[arg(long, value_name = "FILE", requires = "stale")]
    lock: Option<PathBuf>,
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
    /// Ask a sentence encoder, too, what words mean in their sentence (Chinese and English): slower, and finds more
    #[arg(long)]
    deep: bool,
    /// Change the severity of a check, or switch it off; may be given more than once
    #[arg(long, value_name = "NAME=LEVEL")]
    severity: Vec<String>,
    /// Leave unsaid what is less likely than this to be right, from 0 to 1 [default: 0.5]
    #[arg(long, value_name = "X", value_parser = share)]
    min_confidence: Option<f64>,
    /// The least severity that fails the run [default: major]
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
    /// Show a scorecard after MQM in the reports: errors by type and severity, what they cost for 1,000 words or
    /// characters of the original, and the score
    #[arg(long)]
    scorecard: bool,
    /// Show the scorecard, and fail when the score of the whole run is lower than this, from 0 to 100
    #[arg(long, value_name = "SCORE", value_parser = score, allow_negative_numbers = true)]
    min_score: Option<f64>,
    /// Print nothing to standard output
    #[arg(long, short)]
    quiet: bool,
    /// When to colour the text report
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: Color,
    #[command(flatten)]
    reading: Reading,
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
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Whether standard output is to have colours.
    pub(super) fn is_wanted(self) -> bool {
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty())
            }
        }
    }
}

fn destination(written: &str) -> Result<(&'static Format, PathBuf), String> {
    let (name, path) = written.split_once('=').ok_or("write FORMAT=PATH, such as html=review.html")?;
    if path.is_empty() {
        return Err("the path after = is missing".to_owned());
    }
    Ok((format(name)?, PathBuf::from(path)))
}

pub(super) fn tongue(written: &str) -> Result<Tongue, String> {
    Tongue::parse(written).ok_or_else(|| "findings are told in en or zh".to_owned())
}

fn share(written: &str) -> Result<f64, String> {
    match written.parse() {
        Ok(x) if (0.0..=1.0).contains(&x) => Ok(x),
        _ => Err("write a number from 0 to 1".to_owned()),
    }
}

fn score(written: &str) -> Result<f64, String> {
    match written.parse() {
        Ok(x) if (0.0..=100.0).contains(&x) => Ok(x),
        _ => Err("write a number from 0 to 100".to_owned()),
    }
}

/// The most threads that are used for each core: to start 16,000 takes a minute, and each has a stack of its own.
const THREADS: usize = 8;
/// How many pairs a thread takes at a time. Results wait for the others of their batch, so that they come in order.
const BATCH: usize = 16;

pub(super) fn run(args: CheckArgs) -> Result<ExitCode> {
    if let Some(jobs) = args.jobs {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let most = cores.saturating_mul(THREADS);
        if jobs > most {
            let told = message!(
                "cli-jobs",
                jobs = jobs.to_string(),
                most = most.to_string(),
                each = THREADS.to_string()
            );
            tell(&told.said(args.lang.or_else(locale::tongue).unwrap_or_default()));
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.min(most));
        pool.build_global().told(|| message!("cli-no-jobs"))?;
    }
    let mut meant = settings(&args)?;
    if args.show_settings {
        return to_stdout(|out| config::show(&meant, out)).map(|()| ExitCode::SUCCESS);
    }
    if args.stdin {
        meant.base.value = None;
    }
    let place = args.source.clone().unwrap_or_else(|| meant.folder().to_path_buf());
    let mut settings =
        Settings::open(meant, &place, args.reading.limits(args.source.as_deref(), args.target.as_deref()))?;
    let mut inputs = inputs(&args, &settings.meant)?;
    let many = inputs.are_many();
    let mut outputs = outputs(&args, &settings.meant, many)?;
    let written = written(&args, &settings, &outputs, &inputs)?;
    let baseline = settings.meant.baseline.value.as_ref();
    let before = baseline
        .map(|path| match args.update_baseline {
            true => Baseline::open_or_new(path, &settings.limits),
            false => Baseline::open(path, &settings.limits),
        })
        .transpose()?;
    let mut baseline = before.clone();
    let progress = progress::bar(inputs.len(), settings.deep.is_some(), settings.meant.lang.value);
    settings.deep = settings.deep.map(|deep| progress::told(deep, &progress));
    let (mut totals, mut failed) = (Totals::default(), false);
    let mut gravest: Option<(Severity, &'static str)> = None;
    let mut matched = BTreeSet::new();
    let (mut unrecorded, mut unseen) = (0, 0);
    // what did not change since the base is not looked at, and nothing is known of what it says
    let mut across = (many && !args.stdin && settings.base.is_none()).then(Across::default);
    let tongue = settings.meant.lang.value;
    let mut failing = |what: Message| {
        failed = true;
        progress.suspend(|| tell(&message!("error-told", what = what).said(tongue)));
    };
    loop {
        let batch = inputs.next(BATCH * rayon::current_num_threads());
        if batch.is_empty() {
            break;
        }
        // what comes on standard input is known only now
        batch.iter().flatten().try_for_each(|input| spared(&written, input))?;
        let checked: Vec<Outcome> =
            batch.into_par_iter().map(|input| outcome(input, &settings, many)).collect();
        let mut pairs = Vec::new();
        for outcome in checked {
            if settings.deep.is_none() && inputs.len().is_some() {
                progress.inc(1);
                progress::show(&progress);
            }
            match outcome {
                Outcome::Checked(mut checked) => {
                    if let Some(across) = &mut across {
                        across.look(&mut checked, &settings)?;
                    }
                    for document in encoded(&checked.pair) {
                        let told = message!("read-as", path = &document.path, encoding = document.encoding);
                        progress.suspend(|| tell(&told.said(tongue)));
                    }
                    pairs.push(checked.pair);
                    unrecorded += usize::from(checked.unrecorded);
                    unseen += usize::from(checked.unseen);
                    matched.extend(checked.matched);
                    totals.unused_suppressions.extend(checked.unused);
                }
                Outcome::Unchanged => totals.unchanged += 1,
                Outcome::Failed(message) => failing(message),
            }
        }
        for pair in &mut pairs {
            if let Some(baseline) = &mut baseline {
                if args.update_baseline {
                    baseline.learn(pair);
                }
                baseline.apply(pair);
                pair.verdict = settings.gate().judge(&pair.findings);
            }
        }
        let formats: Vec<(&Format, Options)> =
            outputs.iter().map(|output| (output.format, output.options)).collect();
        let parts: io::Result<Vec<Vec<Vec<u8>>>> =
            pairs.par_iter().map(|pair| formats.iter().map(|format| part(*format, pair)).collect()).collect();
        let parts = parts.told(|| message!("cli-a-report"))?;
        for (pair, parts) in pairs.iter().zip(parts) {
            totals.add(pair);
            let counted = pair.findings.iter().filter(|finding| finding.status == Status::New);
            let worst =
                counted.map(|finding| (finding.severity, finding.check)).rev().max_by_key(|one| one.0);
            if worst.map(|one| one.0) > gravest.map(|one| one.0) {
                gravest = worst;
            }
            for (output, part) in outputs.iter_mut().zip(parts) {
                output.add(&part, &mut totals, &progress)?;
            }
        }
    }
    progress.finish_and_clear();
    if failed && totals == Totals::default() {
        // there is nothing to report on
        return Ok(ExitCode::from(2));
    }
    if args.stdin && !failed && totals.pairs.is_empty() {
        return fail(message!("cli-no-pair-given"));
    }
    // what was not looked at may need its rules
    if totals.unchanged == 0 {
        let idle = settings.rules.iter().enumerate().filter(|(at, _)| !matched.contains(at));
        totals.unused_suppressions.extend(idle.map(|(_, rule)| rule.unused()));
    }
    for Unused { path, line, checks, .. } in &totals.unused_suppressions {
        let checks = checks.join(", ");
        let told = message!("cli-idle", path = path, line = line.to_string(), checks = checks);
        tell(&told.said(tongue));
    }
    if unrecorded > 0 {
        tell(&message!("cli-unrecorded", pairs = unrecorded.to_string()).said(tongue));
    }
    if unseen > 0 {
        tell(&message!("check-without-deep", pairs = unseen).said(tongue));
    }
    if settings.meant.strict_suppressions.value && !totals.unused_suppressions.is_empty() {
        totals.verdict = Verdict::Fail;
    }
    if let Some(scoring) = settings.meant.scorecard.value.filter(|scoring| !totals.scorecard.passes(scoring))
    {
        let [value, least] =
            [totals.scorecard.score(&scoring).value, scoring.min_score].map(Option::unwrap_or_default);
        let low = message!("check-score", value = format!("{value:.2}"), least = least.to_string());
        tell(&low.said(tongue));
        totals.verdict = Verdict::Fail;
    }
    let covers = |path: &str| covers(&args, &settings.meant, path);
    let scope = Scope { covers: &covers, asks: &|check| asks(&settings, check) };
    let known = settings.meant.baseline.value.as_ref().zip(before.zip(baseline));
    if let Some((path, (_, baseline))) = known.as_ref().filter(|_| !args.update_baseline) {
        let gone = baseline.gone(&scope);
        let told = |line: &String| message!("cli-gone", path = path.display().to_string(), line = line);
        gone.iter().for_each(|line| tell(&told(line).said(tongue)));
        if settings.meant.strict_baseline.value && !gone.is_empty() {
            totals.verdict = Verdict::Fail;
        }
    }
    for output in outputs {
        output.finish(&totals)?;
    }
    if let Some((path, (before, after))) = known.filter(|_| args.update_baseline) {
        match failed {
            true => {
                let left = message!("cli-baseline-left", path = path.display().to_string());
                tell(&message!("error-told", what = left).said(tongue));
            }
            false => {
                review::change(path, |baseline| baseline.follow(&before, &after, &scope))?;
            }
        }
    }
    hint(&args, tongue, &totals, gravest.map(|one| one.1));
    Ok(ExitCode::from(match totals.verdict {
        _ if failed => 2,
        Verdict::Pass => 0,
        Verdict::Fail => 1,
    }))
}

/// The documents of a pair, each once, whose encoding was found out from their bytes.
fn encoded(pair: &Pair) -> impl Iterator<Item = &Document> {
    let (source, target) = (&pair.bitext.source, &pair.bitext.target);
    let one = source.path == target.path;
    let both = [Some(source), Some(target).filter(|_| !one)];
    both.into_iter().flatten().filter(|document| document.encoding != "UTF-8")
}

/// The settings file, and the flags over it.
fn settings(args: &CheckArgs) -> Result<config::Settings> {
    let path = args.config.clone().or_else(|| config::find(Path::new("")));
    let file = path.map(|path| config::load(&path)).transpose()?;
    let severity = args.severity.iter().map(|written| config::assignment(written));
    let flags = Config {
        lang: args.lang,
        source_lang: args.languages.source_lang,
        target_lang: args.languages.target_lang,
        min_confidence: args.min_confidence,
        fail_on: args.fail_on.map(Into::into),
        termbase: args.termbase.clone(),
        baseline: args.baseline.clone(),
        strict_baseline: args.strict_baseline.then_some(true),
        base: args.base.clone(),
        strict_suppressions: args.strict_suppressions.then_some(true),
        stale: args.stale.then_some(true),
        lock: args.lock.clone(),
        strict: args.strict.then_some(true),
        deep: args.deep.then_some(true),
        severity: severity.collect::<Result<_, _>>().told(|| message!("cli-no-severity"))?,
        exclude: args.exclude.clone(),
        scorecard: (args.scorecard || args.min_score.is_some())
            .then(|| Scorecard { min_score: args.min_score, ..Scorecard::default() }),
        ..Config::default()
    };
    let settings = config::Settings::new(file, flags).in_locale(locale::tongue());
    let settings =
        config::Settings { from: args.reading.from, programs: args.reading.allow_programs, ..settings };
    let set = [
        ("--strict", args.strict, "base", settings.base.value.is_some()),
        ("--update-baseline", args.update_baseline, "baseline", settings.baseline.value.is_some()),
        ("--strict-baseline", args.strict_baseline, "baseline", settings.baseline.value.is_some()),
    ];
    match set.into_iter().find(|(_, given, _, there)| *given && !there) {
        Some((flag, _, needed, _)) => {
            fail(message!("cli-needs", flag = flag, needed = needed, settings = config::NAME))
        }
        None if args.stdin && args.base.is_some() => fail(message!("cli-base-stdin")),
        None => Ok(settings),
    }
}

/// What the run is going to write, none of which it reads.
fn written(args: &CheckArgs, settings: &Settings, outputs: &[Output], inputs: &Inputs) -> Result<Written> {
    let baseline = settings.meant.baseline.value.as_deref();
    let (reports, folders): (Vec<Option<&Path>>, Vec<Option<&Path>>) = outputs
        .iter()
        .filter_map(|output| match &output.to {
            To::File { path, pages, .. } => {
                let folder = pages.as_ref().map(|pages| pages.folder.as_path());
                Some((Some(path.as_path()).filter(|path| folder != Some(path)), folder))
            }
            To::Stdout => None,
        })
        .unzip();
    let updated = baseline.filter(|_| args.update_baseline);
    let written = Written::new(reports.into_iter().flatten().chain(updated), folders.into_iter().flatten())?;
    let lock = settings.records.as_ref().map(|records| records.path.as_path());
    let also = baseline.filter(|_| !args.update_baseline).into_iter().chain(lock);
    also.into_iter().try_for_each(|path| written.spare(path))?;
    super::pairs::spared(&written, &[], &settings.meant)?;
    if let Inputs::Known { all, .. } = inputs {
        all.as_slice().iter().try_for_each(|input| spared(&written, input))?;
    }
    Ok(written)
}

/// Makes sure that none of the files of an input is written over.
fn spared(written: &Written, input: &Input) -> Result<(), Clash> {
    match &input.versions {
        Versions::Files(found) => found.paths().into_iter().try_for_each(|path| written.spare(path)),
        Versions::Texts(..) => Ok(()),
    }
}

/// Whether a translation of this path would have been looked at if it were there: one below a folder that was looked
/// through.
fn covers(args: &CheckArgs, meant: &config::Settings, path: &str) -> bool {
    let folder = match (&args.source, &args.target) {
        _ if args.stdin => return false,
        (_, Some(folder)) | (Some(folder), None) if folder.is_dir() => folder,
        (None, None) => meant.folder(),
        _ => return false,
    };
    let plain =
        |path: &Path| -> PathBuf { path.components().filter(|part| *part != Component::CurDir).collect() };
    let (folder, path) = (plain(folder), plain(Path::new(path)));
    // of what is elsewhere, only the folder that it is in can tell
    let inside = path.strip_prefix(&folder).is_ok_and(|rest| !rest.starts_with(".."));
    inside && !(folder.as_os_str().is_empty() && path.is_absolute())
}

/// Whether the findings of a check were asked for.
fn asks(settings: &Settings, check: &str) -> bool {
    let meant = &settings.meant;
    let is_off =
        meant.severity.iter().any(|(name, level)| name.as_str() == check && level.value == Level::Off);
    // a flag may leave more unsaid than is usual; which lines that is about nothing tells
    let usual = crate::check::Settings::default().min_confidence;
    let doubtful = meant.min_confidence.origin == Origin::Flag && meant.min_confidence.value > usual;
    !doubtful
        && !is_off
        && match check {
            "term-violation" => meant.termbase.value.is_some(),
            "stale-passage" => meant.base.value.is_some() || meant.stale.value,
            _ => true,
        }
}

enum Outcome {
    Checked(Box<Checked>),
    /// Nothing changed in it since the base.
    Unchanged,
    Failed(Message),
}

fn outcome(input: Result<Input, Message>, settings: &Settings, many: bool) -> Outcome {
    let made = input.and_then(|input| {
        if let (Some(base), Versions::Files(found), true) = (&settings.base, &input.versions, many)
            && run::unchanged(found, base).map_err(|error| Failure::from(error).message())?
        {
            return Ok(Outcome::Unchanged);
        }
        run::pair(&input, settings)
            .map(|checked| Outcome::Checked(Box::new(checked)))
            .map_err(|error| error.message())
    });
    made.unwrap_or_else(Outcome::Failed)
}

fn part((format, options): (&Format, Options), pair: &Pair) -> io::Result<Vec<u8>> {
    let mut part = Vec::new();
    (format.pair)(pair, &options, &mut part)?;
    Ok(part)
}

/// How many cells a line of the terminal has; where there is none, as many as are easily read.
pub(super) fn width() -> usize {
    let terminal = console::Term::stdout();
    terminal.size_checked().map_or(Options::default().width, |(_, columns)| usize::from(columns))
}

/// What to run next, for somebody who reads the findings on a terminal.
fn hint(args: &CheckArgs, tongue: Tongue, totals: &Totals, gravest: Option<&'static str>) {
    let Some(check) = gravest.filter(|_| !args.quiet && io::stderr().is_terminal()) else { return };
    let folder = totals.pairs.len() > 1;
    tell(&message!("check-next-explain", check = check).said(tongue));
    if args.reports.is_empty() && !args.stdin {
        let page = if folder { "review/index.html" } else { "review.html" };
        tell(&message!("check-next-report", page = page).said(tongue));
    }
}
