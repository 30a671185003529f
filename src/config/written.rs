//! What may be written in `duizhao.toml`, and on the command line over it.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use globset::{GlobBuilder, GlobSet};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use toml::Spanned;

use crate::check::{self, Severity, Tongue, UnknownCheck};
use crate::markup::placeholders::Pattern;
use crate::pairing::Template;
use crate::read::Format;
use crate::report::scorecard::{ErrorType, Scoring};
use crate::text::Lang;

/// Settings of duizhao. Paths are relative to the file.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Config {
    /// Language of the originals, such as "zh"; by default it is found from the text.
    #[serde(deserialize_with = "lang")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub source_lang: Option<Lang>,
    /// Language of the translations, such as "en"; by default it is found from the text.
    #[serde(deserialize_with = "lang")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub target_lang: Option<Lang>,
    /// In which language findings are told; by default that of the system, if things are told in it.
    pub lang: Option<Tongue>,
    /// Findings less likely to be right than this stay unsaid; from 0 to 1.
    #[serde(deserialize_with = "share")]
    #[cfg_attr(test, schemars(range(min = 0, max = 1)))]
    pub min_confidence: Option<f64>,
    /// The least severity that fails a run.
    pub fail_on: Option<FailOn>,
    /// How terms must be rendered: a CSV or TBX file.
    pub termbase: Option<PathBuf>,
    /// The file that lists findings that do not count.
    pub baseline: Option<PathBuf>,
    /// Whether a run fails when the baseline lists findings that are gone.
    pub strict_baseline: Option<bool>,
    /// A revision of the git repository: only what is new since then counts.
    pub base: Option<String>,
    /// Whether it counts what changed in originals since their translations were brought up to date: since the commit
    /// that front matter names, or the state that the lock records. Not with a base.
    pub stale: Option<bool>,
    /// The file in which `duizhao sync` records what translations were brought up to date with.
    pub lock: Option<PathBuf>,
    /// With a base: whether edits of one side fail, too, of which nothing tells whether the other side needs them.
    pub strict: Option<bool>,
    /// Whether a run fails when a suppression matches nothing.
    pub strict_suppressions: Option<bool>,
    /// Whether a sentence encoder is asked, too, what words mean in their sentence (Chinese and English).
    pub deep: Option<bool>,
    /// Files that are left out: globs of paths from the folder of this file.
    pub exclude: Vec<Glob>,
    /// How grave the findings of a check are; "off" switches it off.
    #[cfg_attr(test, schemars(schema_with = "super::properties::severities"))]
    pub severity: BTreeMap<CheckName, Level>,
    /// Which files belong together: templates of originals, and of their translations.
    #[cfg_attr(test, schemars(schema_with = "super::properties::pairs"))]
    pub pairs: Pairs,
    /// Of which formats files are whose names do not say it: globs, and the names of formats; the first that fits counts.
    #[cfg_attr(test, schemars(schema_with = "super::properties::formats"))]
    pub formats: Formats,
    /// What else stands for something that a program fills in.
    pub placeholders: Placeholders,
    /// How what was found is scored after MQM; where this stands, reports for readers hold a scorecard.
    pub scorecard: Option<Scorecard>,
    /// What is compared in the settings at the top of documents.
    pub front_matter: FrontMatter,
    /// What subtitles must keep to.
    pub subtitles: Subtitles,
    /// Findings that are suppressed, and why.
    #[cfg_attr(test, schemars(with = "Vec<Allow>"))]
    pub allow: Vec<Spanned<Allow>>,
}

/// How what was found is scored after MQM.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Scorecard {
    /// A run fails whose score is lower than this, from 0 to 100.
    #[serde(deserialize_with = "score")]
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub min_score: Option<f64>,
    /// The penalty points of an error by its severity; 1, 5 and 25 by default.
    pub severities: Severities,
    /// What they are multiplied by for errors of a type of MQM; 1 by default.
    pub types: BTreeMap<ErrorType, Weight>,
}

/// The penalty points of an error by its severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[allow(missing_docs, reason = "their names say all")]
pub struct Severities {
    pub minor: Option<Weight>,
    pub major: Option<Weight>,
    pub critical: Option<Weight>,
}

/// What an error costs: a number from 0 to 1,000.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weight(f64);

impl Weight {
    /// The largest one: forty times what a critical error costs by default, so that no sum of penalties is beyond
    /// reckoning.
    pub const MOST: f64 = 1000.0;

    /// The number.
    pub fn value(self) -> f64 {
        self.0
    }
}

impl<'de> Deserialize<'de> for Weight {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Weight, D::Error> {
        let weight = f64::deserialize(from)?;
        match (0.0..=Weight::MOST).contains(&weight) {
            true => Ok(Weight(weight)),
            false => Err(D::Error::custom(format!(
                "{weight:?} is not a weight; write a number from 0 to {}",
                Weight::MOST
            ))),
        }
    }
}

impl Scorecard {
    /// What is meant; what is not written is as it is by default.
    pub fn scoring(&self) -> Scoring {
        let mut scoring = Scoring { min_score: self.min_score, ..Scoring::default() };
        let Severities { minor, major, critical } = self.severities;
        for (points, written) in scoring.severities.iter_mut().zip([minor, major, critical]) {
            *points = written.map_or(*points, Weight::value);
        }
        for (kind, weight) in &self.types {
            scoring.types[*kind as usize] = weight.value();
        }
        scoring
    }
}

/// Findings of some checks in some files that are suppressed.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Allow {
    /// The checks.
    pub checks: Vec<CheckName>,
    /// The files, original or translation: globs of paths from the folder of the settings file.
    pub files: Vec<Glob>,
    /// Why.
    pub reason: Reason,
}

/// The least severity that fails a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "their names say all")]
pub enum FailOn {
    Critical,
    Major,
    Minor,
    Never,
}

impl FailOn {
    /// All of them.
    pub const ALL: [FailOn; 4] = [FailOn::Critical, FailOn::Major, FailOn::Minor, FailOn::Never];

    /// The level with this name.
    pub fn parse(name: &str) -> Option<FailOn> {
        FailOn::ALL.into_iter().find(|level| level.as_str() == name)
    }

    /// The name in settings.
    pub fn as_str(self) -> &'static str {
        self.severity().map_or("never", Severity::as_str)
    }
}

/// How grave the findings of a check are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "their names say all")]
pub enum Level {
    Off,
    Minor,
    Major,
    Critical,
}

impl Level {
    /// All of them.
    pub const ALL: [Level; 4] = [Level::Off, Level::Minor, Level::Major, Level::Critical];

    /// The severity; none if the check is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Minor => Some(Severity::Minor),
            Level::Major => Some(Severity::Major),
            Level::Critical => Some(Severity::Critical),
        }
    }

    /// The name in settings.
    pub fn as_str(self) -> &'static str {
        self.severity().map_or("off", Severity::as_str)
    }
}

/// The name of a check that there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CheckName(&'static str);

impl CheckName {
    /// Reads a name.
    ///
    /// # Errors
    /// When no check has it.
    pub fn parse(name: &str) -> Result<CheckName, UnknownCheck> {
        check::find(name).map(|check| CheckName(check.name))
    }

    /// The name.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl<'de> Deserialize<'de> for CheckName {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<CheckName, D::Error> {
        CheckName::parse(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

/// Why something is as it is: a text that says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Reason, D::Error> {
        let text = String::deserialize(from)?;
        match text.trim() {
            "" => Err(D::Error::custom("the reason is empty; say why the findings are allowed")),
            text => Ok(Reason(text.to_owned())),
        }
    }
}

/// A pattern of paths: `*` stands for anything but `/`, `**` for any folders, `{a,b}` for either.
#[derive(Debug, Clone)]
pub struct Glob {
    written: String,
    set: GlobSet,
}

/// The longest glob, in bytes: no path is longer on Linux.
const LONGEST: usize = 4096;
/// How deep braces may stand in braces. A level more doubles nothing, but each is one more call of the parser.
const DEEPEST: usize = 16;

/// Why a glob cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GlobError {
    /// Its brackets or braces do not close, or it stands for too much.
    #[error(transparent)]
    Glob(#[from] globset::Error),
    /// It is longer than any path.
    #[error("the glob has {0} bytes, and {LONGEST} are the most that a path has; write several")]
    Long(usize),
    /// Braces in braces in braces.
    #[error("the glob has braces {0} deep, and {DEEPEST} are the most; write several")]
    Deep(usize),
}

impl Glob {
    /// Whether a path, with `/` between its parts, is meant.
    pub fn matches(&self, path: &str) -> bool {
        self.set.is_match(path)
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.written
    }
}

impl Glob {
    /// Reads a glob.
    ///
    /// # Errors
    /// When its brackets or braces do not close, or it is too long or too deep.
    pub fn parse(written: &str) -> Result<Glob, GlobError> {
        if written.len() > LONGEST {
            return Err(GlobError::Long(written.len()));
        }
        let (mut open, mut deepest) = (0usize, 0);
        for byte in written.bytes() {
            match byte {
                b'{' => open += 1,
                b'}' => open = open.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(open);
        }
        if deepest > DEEPEST {
            return Err(GlobError::Deep(deepest));
        }
        let glob = GlobBuilder::new(written).literal_separator(true).build()?;
        // as a set of one, what is too large is an error
        let set = GlobSet::builder().add(glob).build()?;
        Ok(Glob { written: written.to_owned(), set })
    }
}

impl<'de> Deserialize<'de> for Glob {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Glob, D::Error> {
        Glob::parse(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

/// What else stands for something that a program fills in.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Placeholders {
    /// Regular expressions of placeholders that are not known by themselves, such as "<<\\w+>>".
    #[serde(deserialize_with = "patterns")]
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub patterns: Vec<Pattern>,
}

/// What is compared in the settings at the top of documents.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct FrontMatter {
    /// Keys whose values must be the same in both versions, such as "slug".
    pub verbatim: Vec<String>,
}

/// What subtitles must keep to.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Subtitles {
    /// How many columns of text a cue may show in a second, such as 20; a Chinese character takes two. By default it
    /// is not looked at.
    #[serde(deserialize_with = "speed")]
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub reading_speed: Option<f64>,
}

fn speed<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    let speed = f64::deserialize(from)?;
    match speed >= 1.0 && speed.is_finite() {
        true => Ok(Some(speed)),
        false => Err(D::Error::custom(format!("`{speed}` is no speed; write columns a second, such as 20"))),
    }
}

fn patterns<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Pattern>, D::Error> {
    let written: Vec<String> = Vec::deserialize(from)?;
    let pattern = |written: String| {
        Pattern::parse(&written).map_err(|_| {
            D::Error::custom(format!("`{written}` is no regular expression; write one such as <<\\w+>>"))
        })
    };
    written.into_iter().map(pattern).collect()
}

/// Globs of files, and their formats, in order.
#[derive(Debug, Clone, Default)]
pub struct Formats(pub Vec<(Glob, Format)>);

impl<'de> Deserialize<'de> for Formats {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Formats, D::Error> {
        struct Globs;
        impl<'de> Visitor<'de> for Globs {
            type Value = Formats;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("globs of files, such as \"locale/*.lang\" = \"properties\"")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Formats, A::Error> {
                let mut formats = Vec::new();
                while let Some(glob) = map.next_key::<Glob>()? {
                    formats.push((glob, map.next_value_seed(NameOfFormat)?));
                }
                Ok(Formats(formats))
            }
        }
        from.deserialize_map(Globs)
    }
}

/// Reads the name of a format.
struct NameOfFormat;

impl<'de> DeserializeSeed<'de> for NameOfFormat {
    type Value = Format;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Format, D::Error> {
        let name = String::deserialize(from)?;
        Format::parse(&name).ok_or_else(|| {
            D::Error::custom(format!("`{name}` is not a format; write one of {}", Format::names()))
        })
    }
}

/// Templates of originals and of their translations, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs(pub Vec<Template>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Pairs, D::Error> {
        struct Templates;
        impl<'de> Visitor<'de> for Templates {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("templates of paths, such as \"docs/{path}\" = \"i18n/zh/docs/{path}\"")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(source) = map.next_key::<String>()? {
                    pairs.push(map.next_value_seed(Counterpart(&source))?);
                }
                Ok(Pairs(pairs))
            }
        }
        from.deserialize_map(Templates)
    }
}

/// Reads the template that stands for the translation of one of originals.
struct Counterpart<'s>(&'s str);

impl<'de> DeserializeSeed<'de> for Counterpart<'_> {
    type Value = Template;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Template, D::Error> {
        let target = String::deserialize(from)?;
        Template::new(self.0, &target).map_err(D::Error::custom)
    }
}

fn lang<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Lang>, D::Error> {
    let tag = String::deserialize(from)?;
    let lang = Lang::parse(&tag).ok_or_else(|| {
        D::Error::custom(format!("`{tag}` is not a language tag; write one such as zh, en or de"))
    })?;
    Ok(Some(lang))
}

fn score<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    let score = f64::deserialize(from)?;
    match (0.0..=100.0).contains(&score) {
        true => Ok(Some(score)),
        false => Err(D::Error::custom(format!("{score} is not a score; write a number from 0 to 100"))),
    }
}

fn share<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    let share = f64::deserialize(from)?;
    match (0.0..=1.0).contains(&share) {
        true => Ok(Some(share)),
        false => Err(D::Error::custom(format!("{share} is not a number from 0 to 1"))),
    }
}
