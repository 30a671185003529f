//! What the user wrote, in `duizhao.toml` and as flags, and what is meant by it.

mod file;
#[cfg(test)]
mod properties;
mod show;
mod written;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use self::file::{File, NAME, find, load};
pub use self::show::show;
pub use self::written::{
    Allow, CheckName, Config, FailOn, Formats, FrontMatter, Glob, GlobError, Level, Pairs, Placeholders,
    Reason, Scorecard, Severities, Subtitles, Weight,
};
use crate::check::{self, Severity, Tongue, UnknownCheck};
use crate::gate::Rule;
use crate::markup::placeholders::Pattern;
use crate::message::{Message, message};
use crate::pairing::Template;
use crate::read::Format;
use crate::report::scorecard::Scoring;
use crate::text::Lang;

/// A commented settings file that sets nothing; without the comment marks before its settings it is valid, too.
pub const STARTER: &str = include_str!("config/starter.toml");

/// The JSON schema of the settings file, for editors.
pub const SCHEMA: &str = include_str!("../duizhao.schema.json");

/// Why a setting cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().said(Tongue::English))]
pub enum ConfigError {
    /// No check has this name.
    #[error(transparent)]
    UnknownCheck(#[from] UnknownCheck),
    /// Not a severity.
    UnknownSeverity(String),
    /// Not `NAME=LEVEL`.
    NotAnAssignment(String),
}

impl ConfigError {
    /// What is wrong, in every language.
    pub fn message(&self) -> Message {
        match self {
            ConfigError::UnknownCheck(unknown) => unknown.message(),
            ConfigError::UnknownSeverity(written) => message!("unknown-severity", written = written),
            ConfigError::NotAnAssignment(written) => message!("no-assignment", written = written),
        }
    }
}

/// Reads `NAME=LEVEL`, as `--severity` takes it.
///
/// # Errors
/// When there is no such check or no such level.
pub fn assignment(written: &str) -> Result<(CheckName, Level), ConfigError> {
    let Some((name, level)) = written.split_once('=') else {
        return Err(ConfigError::NotAnAssignment(written.to_owned()));
    };
    let name = CheckName::parse(name.trim())?;
    let level = level.trim();
    let known = Level::ALL.into_iter().find(|known| known.as_str() == level);
    Ok((name, known.ok_or_else(|| ConfigError::UnknownSeverity(level.to_owned()))?))
}

/// Who set a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Nobody.
    Default,
    /// The locale of the system.
    Locale,
    /// The settings file.
    File,
    /// A flag on the command line.
    Flag,
}

/// A value and who set it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chosen<T> {
    /// The value.
    pub value: T,
    /// Who set it.
    pub origin: Origin,
}

impl<T> Chosen<T> {
    fn of(flag: Option<T>, file: Option<T>, default: T) -> Chosen<T> {
        match (flag, file) {
            (Some(value), _) => Chosen { value, origin: Origin::Flag },
            (None, Some(value)) => Chosen { value, origin: Origin::File },
            (None, None) => Chosen { value: default, origin: Origin::Default },
        }
    }
}

impl<T> Chosen<Option<T>> {
    fn maybe(flag: Option<T>, file: Option<T>) -> Chosen<Option<T>> {
        Chosen::of(flag.map(Some), file.map(Some), None)
    }
}

/// What is meant: the flags, below them the settings file, below that the defaults. Paths are as they are for the
/// working folder; globs and templates of pairs are those of the file, for paths from its folder.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The settings file, if there is one.
    pub file: Option<PathBuf>,
    /// In which language people are told things.
    pub lang: Chosen<Tongue>,
    /// Language of the original; else found from the text.
    pub source_lang: Chosen<Option<Lang>>,
    /// Language of the translation; else found from the text.
    pub target_lang: Chosen<Option<Lang>>,
    /// Findings less likely to be right than this stay unsaid; from 0 to 1.
    pub min_confidence: Chosen<f64>,
    /// The least severity that fails a run.
    pub fail_on: Chosen<FailOn>,
    /// How terms must be rendered.
    pub termbase: Chosen<Option<PathBuf>>,
    /// Findings that do not count.
    pub baseline: Chosen<Option<PathBuf>>,
    /// Whether a baseline that lists findings that are gone fails the run.
    pub strict_baseline: Chosen<bool>,
    /// The revision since which findings count.
    pub base: Chosen<Option<String>>,
    /// Whether it counts what changed in originals since their translations were brought up to date; not with a base.
    pub stale: Chosen<bool>,
    /// Where it is recorded what translations were brought up to date with.
    pub lock: Chosen<Option<PathBuf>>,
    /// Whether edits that nothing decides fail the run.
    pub strict: Chosen<bool>,
    /// Whether suppressions that match nothing fail the run.
    pub strict_suppressions: Chosen<bool>,
    /// Whether the sentence encoder is asked, too.
    pub deep: Chosen<bool>,
    /// Severities that differ from those of the checks.
    pub severity: BTreeMap<CheckName, Chosen<Level>>,
    /// Which files belong together: templates of originals and of their translations, in the order of the file.
    pub pairs: Vec<Template>,
    /// Which files are left out.
    pub exclude: Vec<Glob>,
    /// Of which format files are, in the order of the file.
    pub formats: Vec<(Glob, Format)>,
    /// The patterns of the user's own placeholders.
    pub placeholders: Vec<Pattern>,
    /// How what was found is scored, where readers are to see it.
    pub scorecard: Chosen<Option<Scoring>>,
    /// The keys of front matter whose values must be the same.
    pub verbatim: Vec<String>,
    /// How many columns of text a cue of subtitles may show in a second.
    pub reading_speed: Option<f64>,
    /// Of which format all files are, whatever their names.
    pub from: Option<Format>,
    /// Whether programs of the system may read the files of folders that need one; see [`crate::read::Limits::programs`].
    pub programs: bool,
    /// Which findings are suppressed, and on which line of the file that stands.
    pub allow: Vec<(Allow, usize)>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings::new(None, Config::default())
    }
}

impl Settings {
    /// The same in the language of this locale, unless somebody chose one.
    pub fn in_locale(mut self, locale: Option<Tongue>) -> Settings {
        if let (Origin::Default, Some(value)) = (self.lang.origin, locale) {
            self.lang = Chosen { value, origin: Origin::Locale };
        }
        self
    }

    /// Puts the flags over the file. The paths in `flags` are for the working folder, those in the file for its
    /// folder.
    pub fn new(file: Option<File>, flags: Config) -> Settings {
        let (path, written, allow) = match file {
            Some(File { path, config, allow_lines }) => (Some(path), config, allow_lines),
            None => (None, Config::default(), Vec::new()),
        };
        let folder = path.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).to_path_buf();
        let joined = |path: Option<PathBuf>| path.map(|path| folder.join(path));
        let level = |origin| move |(name, value)| (name, Chosen { value, origin });
        let scorecard = scorecard(flags.scorecard, written.scorecard);
        let mut severity: BTreeMap<CheckName, Chosen<Level>> =
            written.severity.into_iter().map(level(Origin::File)).collect();
        severity.extend(flags.severity.into_iter().map(level(Origin::Flag)));
        Settings {
            lang: Chosen::of(flags.lang, written.lang, Tongue::English),
            source_lang: Chosen::maybe(flags.source_lang, written.source_lang),
            target_lang: Chosen::maybe(flags.target_lang, written.target_lang),
            min_confidence: Chosen::of(
                flags.min_confidence,
                written.min_confidence,
                check::Settings::default().min_confidence,
            ),
            fail_on: Chosen::of(flags.fail_on, written.fail_on, FailOn::Major),
            termbase: Chosen::maybe(flags.termbase, joined(written.termbase)),
            baseline: Chosen::maybe(flags.baseline, joined(written.baseline)),
            strict_baseline: Chosen::of(flags.strict_baseline, written.strict_baseline, false),
            base: Chosen::maybe(flags.base, written.base),
            stale: Chosen::of(flags.stale, written.stale, false),
            lock: Chosen::maybe(flags.lock, joined(written.lock)),
            strict: Chosen::of(flags.strict, written.strict, false),
            strict_suppressions: Chosen::of(flags.strict_suppressions, written.strict_suppressions, false),
            deep: Chosen::of(flags.deep, written.deep, false),
            severity,
            pairs: written.pairs.0,
            formats: written.formats.0,
            placeholders: written.placeholders.patterns,
            scorecard,
            verbatim: written.front_matter.verbatim,
            reading_speed: written.subtitles.reading_speed,
            from: None,
            programs: false,
            exclude: written.exclude.into_iter().chain(flags.exclude).collect(),
            allow: written.allow.into_iter().map(toml::Spanned::into_inner).zip(allow).collect(),
            file: path,
        }
    }

    /// The folder of the settings file, or else the working folder.
    pub fn folder(&self) -> &Path {
        self.file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""))
    }

    /// The suppressions of the file, in order.
    pub fn rules(&self) -> Vec<Rule> {
        let path = self.file.as_ref().map_or_else(String::new, |path| path.to_string_lossy().into_owned());
        let rule = |(allow, line): &(Allow, usize)| Rule {
            checks: allow.checks.iter().map(|name| name.as_str()).collect(),
            reason: allow.reason.as_str().to_owned(),
            path: path.clone(),
            line: *line,
        };
        self.allow.iter().map(rule).collect()
    }

    /// Which of the suppressions of the file hold for a pair, by their places in [`Settings::rules`].
    pub fn rules_for(&self, source: &Path, target: &Path) -> Vec<usize> {
        if self.allow.is_empty() {
            return Vec::new();
        }
        let paths = [source, target].map(|path| self.from_folder(path));
        let holds =
            |allow: &Allow| allow.files.iter().any(|glob| paths.iter().any(|path| glob.matches(path)));
        (0..self.allow.len()).filter(|&at| holds(&self.allow[at].0)).collect()
    }

    /// What the checks are told; the termbase is read where the languages are known.
    pub fn checks(&self) -> check::Settings {
        let severity =
            self.severity.iter().map(|(name, level)| (name.as_str().to_owned(), level.value.severity()));
        check::Settings {
            severity: severity.collect(),
            min_confidence: self.min_confidence.value,
            placeholders: self.placeholders.clone(),
            verbatim: self.verbatim.clone(),
            reading_speed: self.reading_speed,
            languages_named: self.source_lang.value.is_some() && self.target_lang.value.is_some(),
            ..check::Settings::default()
        }
    }

    /// The path of a file from the folder of the settings file, with `/` between its parts, as globs and templates
    /// see it. A path that does not lie below that folder stays as it is.
    pub fn from_folder(&self, path: &Path) -> String {
        inside(self.file.as_deref().and_then(Path::parent).unwrap_or(Path::new("")), path)
    }

    /// Of which format a file is, if that is said.
    pub fn format_of(&self, path: &Path) -> Option<Format> {
        let by_program = || Format::by_program(path).filter(|_| self.programs);
        if self.from.is_some() || self.formats.is_empty() {
            return self.from.or_else(by_program);
        }
        let inside = self.from_folder(path);
        let said = self.formats.iter().find(|(glob, _)| glob.matches(&inside)).map(|(_, format)| *format);
        said.or_else(by_program)
    }

    /// Whether a file is left out.
    pub fn excludes(&self, path: &Path) -> bool {
        let path = self.from_folder(path);
        self.exclude.iter().any(|glob| glob.matches(&path))
    }
}

/// The weights of the file, and the lowest score that the flags ask for, or else the file.
fn scorecard(flag: Option<Scorecard>, file: Option<Scorecard>) -> Chosen<Option<Scoring>> {
    let least = flag.as_ref().and_then(|flag| flag.min_score);
    let of_file = file.as_ref().map(Scorecard::scoring);
    let of_flag = flag.map(|_| {
        let scoring = of_file.unwrap_or_default();
        Scoring { min_score: least.or(scoring.min_score), ..scoring }
    });
    Chosen::maybe(of_flag, of_file)
}

/// The path of a file from a folder, with `/` between its parts. One that does not lie below it stays as it is.
pub fn inside(folder: &Path, path: &Path) -> String {
    let inside = below(folder, path);
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// The path of a file from a folder. One that does not lie below it stays as it is.
pub fn below(folder: &Path, path: &Path) -> PathBuf {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let absolute = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path));
    let inside = match (absolute(folder), absolute(path)) {
        (Ok(folder), Ok(whole)) => whole.strip_prefix(folder).map(Path::to_path_buf).ok(),
        _ => None,
    };
    inside.unwrap_or_else(|| path.to_path_buf())
}

impl FailOn {
    /// The severity from which on findings fail; none if nothing does.
    pub fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Critical => Some(Severity::Critical),
            FailOn::Major => Some(Severity::Major),
            FailOn::Minor => Some(Severity::Minor),
            FailOn::Never => None,
        }
    }
}
