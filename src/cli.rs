//! The command line: flags → settings → the stages.

mod check;
mod help;
mod init;
mod locale;
mod lsp;
mod pairs;
mod progress;
mod review;
mod serve;
mod shells;
mod sync;
mod told;
mod watch;

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};

use self::told::{Tell as _, fail};

use self::pairs::Pairs;
use crate::align::Aligned;
use crate::check::Tongue;
use crate::config;
use crate::files::{self, Written};
use crate::message::message;
use crate::pairing::Found;
use crate::read::Limits;
use crate::report::{self, FORMATS, Format, links};
use crate::text::{Lang, foreign};
use crate::{manual, read, run, terms, values};

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
    Check(check::CheckArgs),
    /// Decide on findings one by one, or take over what was decided in Word or Excel
    Review(review::Args),
    /// Check in a browser: serve a page of this machine onto which files are dropped, until Ctrl-C
    Serve(serve::Args),
    /// Check the pairs again in which a file was saved, until Ctrl-C
    Watch(watch::Args),
    /// Record that translations are up to date with their originals, for `check --stale`
    Sync(sync::Args),
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
        /// In which language: en or zh [default: that of the system, else en]
        #[arg(long, value_name = "LANG", value_parser = check::tongue)]
        lang: Option<Tongue>,
    },
    /// Write a commented settings file, duizhao.toml, into the working folder
    Init(init::InitArgs),
    /// Print the script that completes commands and flags in a shell
    Completions(shells::CompletionsArgs),
    /// Print a page of the manual, for `man`
    Man(shells::ManArgs),
    /// Serve an editor: a language server over standard input and output
    Lsp(lsp::Args),
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
struct Reading {
    /// The largest file that is read, in bytes or as 500K, 64M, 2G [default: 64M]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    max_file_size: Option<u64>,
    /// Read the files that are named as of this format, whatever their names say
    #[arg(long, value_name = "FORMAT", value_parser = read_format)]
    from: Option<read::Format>,
    /// Let the program pdftotext read the PDFs that are met in folders or named on standard input; for a PDF that is
    /// named here it runs anyway
    #[arg(long)]
    allow_programs: bool,
}

impl Reading {
    /// The limits for the files that were named, or for those in the folders that were. A program runs for a file whose
    /// name on the command line says that it needs one, or of which the user says so; what is only met in a folder makes
    /// none run, nor do settings.
    fn limits(&self, source: Option<&Path>, target: Option<&Path>) -> Limits {
        let default = Limits::default();
        let by_program = |path: &Path| {
            let said = self.from.or_else(|| read::Format::by_program(path)) == Some(read::Format::Pdf);
            said && !path.is_dir()
        };
        let named = source.is_some() && [source, target].into_iter().flatten().any(by_program);
        Limits {
            file: self.max_file_size.unwrap_or(default.file),
            programs: named || self.allow_programs,
            ..default
        }
    }
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
    /// Ask a sentence encoder, too, what sentences mean (Chinese and English): slower, and better where sentences are
    /// missing
    #[arg(long)]
    deep: bool,
    /// What to print
    #[arg(long, default_value = "tsv", value_parser = links_format)]
    format: &'static links::Format,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
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
    #[command(flatten)]
    pairs: Pairs,
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

fn read_format(name: &str) -> Result<read::Format, String> {
    read::Format::parse(name)
        .ok_or_else(|| format!("there is no such format; there are {}", read::Format::names()))
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

/// Bytes, or as many with K, M or G after them: powers of 1024.
fn size(written: &str) -> Result<u64, String> {
    let (number, power) = match written.as_bytes().last().map(u8::to_ascii_uppercase) {
        Some(b'K') => (&written[..written.len() - 1], 10),
        Some(b'M') => (&written[..written.len() - 1], 20),
        Some(b'G') => (&written[..written.len() - 1], 30),
        _ => (written, 0),
    };
    let bytes = number.parse().ok().and_then(|number: u64| number.checked_mul(1 << power));
    bytes.ok_or_else(|| "write a number of bytes, such as 1000000, 500K, 64M or 2G".to_owned())
}

/// Runs the command given by arguments, the first of which names the program, and tells what kept it from being done:
/// an unreadable file, an unknown name, a full disk.
///
/// The code is 0 when the gate is passed (or there is none), 1 when it fails, 2 for unusable arguments and for what
/// could not be done.
pub fn run_with(arguments: Vec<OsString>) -> ExitCode {
    let tongue = help::tongue(&arguments);
    run(&arguments).unwrap_or_else(|error| {
        tell(&told::complaint(&error, tongue));
        ExitCode::from(2)
    })
}

fn run(arguments: &[OsString]) -> Result<ExitCode> {
    let cli = match parsed(arguments) {
        Ok(cli) => cli,
        Err(answer) => {
            // help and version are answers, the rest are errors; clap knows which, and where each is printed
            let code = if answer.use_stderr() { 2 } else { 0 };
            shown_answer(answer, arguments).print().or_else(reader_left).told(|| message!("cli-help"))?;
            return Ok(ExitCode::from(code));
        }
    };
    match cli.command {
        Command::Check(args) => check::run(args),
        Command::Review(args) => review::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Watch(args) => watch::run(&args),
        Command::Sync(args) => sync::run(&args),
        Command::Align(args) => align(&args),
        Command::Terms(args) => list_terms(&args),
        Command::Values(args) => list_values(&args),
        Command::Explain { check, lang } => {
            explain(check.as_deref(), lang.or_else(locale::tongue).unwrap_or_default())
        }
        Command::Init(args) => init::init(&args).map(|()| ExitCode::SUCCESS),
        Command::Completions(args) => shells::completions(&args).map(|()| ExitCode::SUCCESS),
        Command::Man(args) => shells::man(&args).map(|()| ExitCode::SUCCESS),
        Command::Lsp(_) => lsp::run(),
        Command::About => to_stdout(manual::about).map(|()| ExitCode::SUCCESS),
    }
}

/// Reads and aligns two versions.
fn aligned(
    source: &Path,
    target: Option<&Path>,
    languages: &Languages,
    reading: &Reading,
    deep: Option<&run::Deep>,
) -> Result<Aligned> {
    for path in std::iter::once(source).chain(target) {
        if path.is_dir() {
            return fail(message!("cli-folder", path = path.display().to_string()));
        }
    }
    let found = match target {
        Some(target) => Found::Pair { source: source.to_path_buf(), target: target.to_path_buf() },
        None => Found::Both(source.to_path_buf()),
    };
    let limits = reading.limits(Some(source), target);
    Ok(run::aligned(
        &run::Versions::Files(found),
        run::Reading {
            languages: [languages.source_lang, languages.target_lang],
            formats: &|_| reading.from,
            limits,
            deep,
            ..run::Reading::PLAIN
        },
        &limits,
    )?)
}

/// Fails where no text is about to go to a terminal.
fn spare_terminal(name: &str, binary: bool) -> Result<()> {
    if binary && io::stdout().is_terminal() {
        return fail(message!("cli-binary", name = name));
    }
    Ok(())
}

fn align(args: &AlignArgs) -> Result<ExitCode> {
    if args.output.is_none() {
        spare_terminal(args.format.name, args.format.binary)?;
    }
    let written = Written::new(args.output.as_deref(), [])?;
    std::iter::once(&args.source).chain(&args.target).try_for_each(|path| written.spare(path))?;
    let limits = args.reading.limits(Some(&args.source), args.target.as_deref());
    let tongue = locale::tongue().unwrap_or_default();
    let progress = progress::bar(None, args.deep, tongue);
    let deep = args.deep.then(run::Deep::open).transpose().map_err(run::Failure::from)?;
    let deep = deep.map(|deep| progress::told(deep, &progress));
    let aligned = match &args.target {
        Some(target) if args.lines => {
            let source = read::lines(&args.source, args.languages.source_lang, &limits)?;
            let target = read::lines(target, args.languages.target_lang, &limits)?;
            run::linked_sentences(source, target, deep.as_ref())
        }
        target => aligned(&args.source, target.as_deref(), &args.languages, &args.reading, deep.as_ref())?,
    };
    progress.finish_and_clear();
    if args.deep && !aligned.is_seen() {
        tell(&message!("check-without-deep", pairs = 1).said(tongue));
    }
    let write = |out: &mut dyn Write| links::write(aligned.bitext(), args.unit.into(), args.format, out);
    match &args.output {
        Some(path) => {
            files::save(path, write).told(|| message!("cli-links", path = path.display().to_string()))?
        }
        None => to_stdout(write)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn list_terms(args: &TermsArgs) -> Result<ExitCode> {
    let meant = args.pairs.settings(config::Config::default())?;
    let limits = args.pairs.limits();
    let (mut tally, mut of, mut failed) = (terms::Tally::default(), None, false);
    // one pair after the other: of each, only what was counted is kept
    for found in args.pairs.found(&meant)? {
        let reading = run::Reading {
            languages: [meant.source_lang.value, meant.target_lang.value],
            formats: &|path| meant.format_of(path),
            limits,
            ..run::Reading::PLAIN
        };
        // a document without counterpart has no terms
        if matches!(found, Found::Missing { .. } | Found::Orphan { .. }) {
            continue;
        }
        match run::aligned(&run::Versions::Files(found), reading, &limits) {
            Ok(aligned) => {
                let languages = [aligned.bitext().source.lang, aligned.bitext().target.lang];
                if *of.get_or_insert(languages) == languages {
                    tally.add(&terms::terms(&aligned, !args.reverse));
                } else {
                    let message = message!("terms-other-languages", path = &aligned.bitext().source.path);
                    tell(&message.said(meant.lang.value));
                }
            }
            Err(error) => {
                failed = true;
                tell(&message!("error-told", what = error.message()).said(meant.lang.value));
            }
        }
    }
    let mut languages = of.unwrap_or([Lang::ZH, Lang::EN]);
    let mut found = tally.counted();
    found.retain(|term| term.count >= args.min_count);
    if args.reverse {
        languages.reverse();
    }
    if !failed || !found.is_empty() {
        to_stdout(|out| report::terms::write(&found, languages, args.format, out))?;
    }
    Ok(ExitCode::from(if failed { 2 } else { 0 }))
}

fn list_values(args: &ValuesArgs) -> Result<ExitCode> {
    let input: Box<dyn BufRead> = match &args.file {
        Some(path) => Box::new(BufReader::new(files::open(path)?)),
        None => Box::new(io::stdin().lock()),
    };
    to_stdout(|out| values::write_json(input, args.lang, &mut &mut *out))?;
    Ok(ExitCode::SUCCESS)
}

fn explain(name: Option<&str>, tongue: Tongue) -> Result<ExitCode> {
    let Some(name) = name else {
        to_stdout(|out| manual::list(tongue, out))?;
        return Ok(ExitCode::SUCCESS);
    };
    let check = crate::check::find(name)?;
    to_stdout(|out| manual::page(check, tongue, out))?;
    Ok(ExitCode::SUCCESS)
}

/// What clap says to some arguments, with nothing unseen of them in it.
fn shown_answer(answer: clap::Error, arguments: &[OsString]) -> clap::Error {
    let shown: Vec<OsString> =
        arguments.iter().map(|argument| foreign::shown(&argument.to_string_lossy()).into()).collect();
    parsed(&shown).err().unwrap_or(answer)
}

/// Reads arguments; what is said of them is in the language that they, or else the system, ask for.
fn parsed(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    let mut command = help::said(Cli::command(), help::tongue(arguments));
    let matches = command.try_get_matches_from_mut(arguments)?;
    Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

/// Writes a line to standard error, with what is foreign in it shown; that it is closed is no reason to fail.
fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{}", foreign::shown(line));
}

/// Writes to standard output. A reader that has left (`| head`) is no error.
fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out).and_then(|()| out.flush()).or_else(reader_left).told(|| message!("cli-stdout"))
}

fn reader_left(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }
}
