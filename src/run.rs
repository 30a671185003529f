//! Takes pairs of documents through all stages, one by one or many at once.

mod across;
mod deep;
mod stale;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

pub use self::across::Across;
pub use self::deep::Deep;
use self::stale::Known;
pub use self::stale::{LOCK, Records};
use crate::align::{self, Aligned, Alignment, Bitext, Grounds};
use crate::check::{self, Demands, Side, Status};
use crate::config;
use crate::error::{Error, ErrorKind};
use crate::gate::{self, Base, BaseError, Before, Gate, Rule};
use crate::markup::placeholders::{self, Pattern};
use crate::message::{Message, Tongue, id, message};
use crate::pairing::{self, Found};
use crate::read::{self, Format, Limits, Paired, Said};
use crate::report::{Pair, Unused, Verdict};
use crate::segment::segment;
use crate::termbase;
use crate::text::{Document, Lang};

/// What is to be checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// What the caller knows it by, if pairs come from a stream.
    pub id: Option<serde_json::Value>,
    /// Where the two versions are.
    pub versions: Versions,
}

/// Where two versions are.
#[derive(Debug, Clone, PartialEq)]
pub enum Versions {
    /// In files.
    Files(Found),
    /// In memory: the original and the translation.
    Texts(Text, Text),
}

/// A text in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// A name for messages and reports; its ending says how the text is marked up.
    pub name: String,
    /// The text itself.
    pub text: String,
}

impl From<Found> for Input {
    fn from(found: Found) -> Input {
        Input { id: None, versions: Versions::Files(found) }
    }
}

impl Input {
    /// A name for messages.
    pub fn name(&self) -> String {
        match &self.versions {
            Versions::Files(found) => read::name_of(found.path()),
            Versions::Texts(source, _) => source.name.clone(),
        }
    }
}

/// What holds for all pairs of a run.
#[derive(Debug, Default)]
pub struct Settings {
    /// What the user wants.
    pub meant: config::Settings,
    /// What `meant` names as base, opened.
    pub base: Option<Base>,
    /// What translations were brought up to date with, where `meant` asks for it and names no base.
    pub records: Option<Records>,
    /// What `meant` names as termbase.
    pub termbase: Option<TermbaseFile>,
    /// What `meant` names as suppressions.
    pub rules: Vec<Rule>,
    /// How much is read.
    pub limits: Limits,
    /// The encoder, where `meant` asks for it.
    pub deep: Option<Deep>,
}

/// A termbase on disk, read once for each pair of languages.
#[derive(Debug)]
pub struct TermbaseFile {
    path: PathBuf,
    read: Mutex<BTreeMap<[Lang; 2], Demands>>,
}

impl TermbaseFile {
    /// The termbase at `path`, which is read when it is needed.
    pub fn new(path: PathBuf) -> TermbaseFile {
        TermbaseFile { path, read: Mutex::default() }
    }

    fn of(&self, languages: [Lang; 2]) -> Result<Demands, Error> {
        // a thread that panicked while it held the lock has left whole entries
        let mut read = self.read.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(demands) = read.get(&languages) {
            return Ok(demands.clone());
        }
        let [source, target] = languages;
        let demands = Demands::from(termbase::file(&self.path, source, target)?);
        read.insert(languages, demands.clone());
        Ok(demands)
    }
}

/// Why a pair could not be checked.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message().said(Tongue::English))]
pub enum Failure {
    /// A file cannot be used.
    #[error(transparent)]
    File(#[from] Error),
    /// There is no encoder.
    Deep(crate::encoder::NotBuilt),
    /// The state at the base cannot be had.
    Base(BaseError),
    /// Somebody wants it no more.
    Cancelled,
    /// What translations were brought up to date with cannot be recorded.
    Lock {
        /// The lock.
        path: PathBuf,
        /// What happened.
        error: std::io::Error,
    },
    /// The front matter of a translation names a commit that cannot be used.
    Record {
        /// The translation.
        path: PathBuf,
        /// The key of the front matter.
        key: String,
        /// What is wrong with the commit.
        why: Message,
    },
}

impl Failure {
    /// Why it could not be checked, in every language.
    pub fn message(&self) -> Message {
        match self {
            Failure::File(error) => error.message(),
            Failure::Deep(_) => message!("failure-deep", why = id!("failure-not-built")),
            Failure::Base(error) => message!("failure-base", why = error.message()),
            Failure::Cancelled => message!("failure-cancelled"),
            Failure::Lock { path, error } => {
                message!("failure-not-written", path = path.display().to_string(), error = error.to_string())
            }
            Failure::Record { path, key, why } => {
                message!("failure-record", path = path.display().to_string(), key = key, why = why)
            }
        }
    }
}

// what is told in the message already is no source of it
impl From<crate::encoder::NotBuilt> for Failure {
    fn from(error: crate::encoder::NotBuilt) -> Failure {
        Failure::Deep(error)
    }
}

impl From<BaseError> for Failure {
    fn from(error: BaseError) -> Failure {
        Failure::Base(error)
    }
}

impl Settings {
    /// Opens what the user's settings name; `place` is in the repository of their base.
    ///
    /// # Errors
    /// When the base cannot be opened, or the lock not be read.
    pub fn open(meant: config::Settings, place: &Path, limits: Limits) -> Result<Settings, Failure> {
        let base =
            meant.base.value.as_ref().map(|revision| Base::open(place, revision, limits)).transpose()?;
        let termbase = meant.termbase.value.clone().map(TermbaseFile::new);
        let records = match meant.stale.value && base.is_none() {
            true => Some(Records::open(&meant, limits)?),
            false => None,
        };
        let deep = meant.deep.value.then(Deep::open).transpose()?;
        Ok(Settings { rules: meant.rules(), meant, base, records, termbase, limits, deep })
    }

    /// What fails.
    pub fn gate(&self) -> Gate {
        Gate { fail_on: self.meant.fail_on.value.severity() }
    }

    fn languages(&self) -> [Option<Lang>; 2] {
        [self.meant.source_lang.value, self.meant.target_lang.value]
    }
}

/// A pair, and what became of suppressions.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The pair.
    pub pair: Pair,
    /// Which of the rules of the settings matched, by their places.
    pub matched: BTreeSet<usize>,
    /// What the documents suppress in vain.
    pub unused: Vec<Unused>,
    /// Whether it was asked what the translation was brought up to date with, and nothing is recorded of that.
    pub unrecorded: bool,
    /// Whether the encoder was to be asked and does not know the languages.
    pub unseen: bool,
}

impl From<Pair> for Checked {
    fn from(pair: Pair) -> Checked {
        Checked { pair, matched: BTreeSet::new(), unused: Vec::new(), unrecorded: false, unseen: false }
    }
}

/// Reads, aligns, checks and judges one pair.
///
/// # Errors
/// When a file cannot be read, or the base cannot.
pub fn pair(input: &Input, settings: &Settings) -> Result<Checked, Failure> {
    pair_of(input, settings, &|path| Ok(Some(read::content(path, &settings.limits)?)), &|_| Ok(()))
}

/// What a pair is taken through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It is read and aligned.
    Aligning,
    /// The same, and the encoder is asked what sentences and words mean.
    Encoding,
    /// It is checked.
    Checking,
}

/// Does what [`pair`] does, with files that hold what `content` says of them, such as what an editor has open. `begins`
/// is told of each stage, and ends the run where it fails.
///
/// # Errors
/// When `content` fails or knows nothing of a file, or `begins` fails, or the base cannot be read.
pub fn pair_of(
    input: &Input,
    settings: &Settings,
    content: Content,
    begins: &dyn Fn(Stage) -> Result<(), Failure>,
) -> Result<Checked, Failure> {
    begins(if settings.deep.is_some() { Stage::Encoding } else { Stage::Aligning })?;
    let formats = |path: &Path| settings.meant.format_of(path);
    let reading = Reading {
        languages: settings.languages(),
        formats: &formats,
        placeholders: &settings.meant.placeholders,
        limits: settings.limits,
        deep: settings.deep.as_ref(),
    };
    let mut aligned = match &input.versions {
        Versions::Files(Found::Missing { source, expected }) => {
            return lone(Side::Source, source, expected, settings);
        }
        Versions::Files(Found::Orphan { target, expected }) => {
            return lone(Side::Target, target, expected, settings);
        }
        Versions::Files(Found::Unread { path, why }) => {
            let kind = ErrorKind::Io(std::io::Error::other(why.clone()));
            return Err(Error::new(path, kind).into());
        }
        versions => now(versions, reading, content)?,
    };
    if let Some(deep) = &settings.deep {
        deep.look(&mut aligned);
    }
    let unseen = settings.deep.is_some() && !aligned.is_seen();
    begins(Stage::Checking)?;
    let mut told = settings.meant.checks();
    let languages = [aligned.bitext().source.lang, aligned.bitext().target.lang];
    if let Some(termbase) = &settings.termbase {
        told.termbase = termbase.of(languages)?;
    }
    let (mut findings, [terms, _]) = check::check_and_count(&aligned, &told);
    if let (Some(base), Versions::Files(found)) = (&settings.base, &input.versions) {
        let content = |path: &Path| Ok(base.read(path)?);
        if let Some(mut then) = state(found, Reading { languages: languages.map(Some), ..reading }, &content)?
        {
            if let Some(deep) = &settings.deep {
                deep.look(&mut then);
            }
            let before = Before { findings: check::check(&then, &told), aligned: then };
            findings = gate::since(&before, &aligned, findings, &told, settings.meant.strict.value);
        }
    }
    let mut unrecorded = false;
    if let (Some(records), Versions::Files(found)) = (&settings.records, &input.versions) {
        match records.of(found, &aligned, reading.placeholders)? {
            Known::Nothing => unrecorded = true,
            Known::Current => {}
            Known::Since(recorded, then) => {
                findings = gate::stale(&then, &recorded, &aligned, findings, &told);
            }
        }
    }
    let paths = [&aligned.bitext().source, &aligned.bitext().target].map(|document| &document.path);
    let own = settings.meant.rules_for(Path::new(paths[0]), Path::new(paths[1]));
    let held: Vec<&Rule> = own.iter().map(|&at| &settings.rules[at]).collect();
    let told = gate::suppress(aligned.bitext(), &mut findings, &held)?;
    let verdict = settings.gate().judge(&findings);
    Ok(Checked {
        pair: Pair { id: input.id.clone(), bitext: aligned.into_bitext(), findings, terms, verdict },
        matched: told.matched.iter().map(|&at| own[at]).collect(),
        unused: told.unused.iter().map(Rule::unused).collect(),
        unrecorded,
        unseen,
    })
}

/// Reads and aligns a pair as it is now.
///
/// # Errors
/// When a file cannot be read, or a text has a name that ends as no text format does.
pub fn aligned(versions: &Versions, reading: Reading, limits: &Limits) -> Result<Aligned, Failure> {
    now(versions, reading, &|path| Ok(Some(read::content(path, limits)?)))
}

/// What the user says of how files are read and aligned.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The languages of the original and the translation, where they are given.
    pub languages: [Option<Lang>; 2],
    /// The formats of files; see [`Format::find`].
    pub formats: &'a (dyn Fn(&Path) -> Option<Format> + Sync),
    /// The patterns of the user's own placeholders.
    pub placeholders: &'a [Pattern],
    /// How much is read, and whether a program of the system may be run for it.
    pub limits: Limits,
    /// The encoder, where it is to be asked.
    pub deep: Option<&'a Deep>,
}

impl Reading<'_> {
    /// Nothing.
    pub const PLAIN: Reading<'static> = Reading {
        languages: [None, None],
        formats: &|_| None,
        placeholders: &[],
        limits: Limits::USUAL,
        deep: None,
    };
}

/// Two documents, segmented and aligned: by their keys where both have them.
fn linked(source: Document, target: Document, placeholders: &[Pattern], deep: Option<&Deep>) -> Aligned {
    if !source.entries.is_empty() && !target.entries.is_empty() {
        return linked_as_given(read::by_key(source, target), placeholders, deep);
    }
    let [source, target] = [source, target].map(|document| prepared(document, placeholders));
    let senses = deep.and_then(|deep| deep.senses([&source, &target]));
    align::align_by(source, target, Grounds::of(senses.as_ref()))
}

/// The same for documents of which it is known what corresponds to what.
fn linked_as_given(paired: Paired, placeholders: &[Pattern], deep: Option<&Deep>) -> Aligned {
    let Paired { source, target, links } = paired;
    let [source, target] = [source, target].map(|document| prepared(document, placeholders));
    let senses = deep.and_then(|deep| deep.senses([&source, &target]));
    align::align_within_by(source, target, links, Grounds::of(senses.as_ref()))
}

/// Two documents of lines, each a sentence, aligned without regard to their blocks.
pub fn linked_sentences(source: Document, target: Document, deep: Option<&Deep>) -> Aligned {
    let senses = deep.and_then(|deep| deep.senses([&source, &target]));
    align::align_sentences_by(source, target, Grounds::of(senses.as_ref()))
}

/// A document with its placeholders and its sentences.
fn prepared(document: Document, placeholders: &[Pattern]) -> Document {
    segment(placeholders::marked(document, placeholders))
}

/// A pair in memory, or as `content` says that its files are, aligned.
fn now(versions: &Versions, reading: Reading, content: Content) -> Result<Aligned, Failure> {
    match versions {
        Versions::Files(found) => known(found, reading, content),
        Versions::Texts(source, target) => {
            let document = |text: &Text, lang| read::string(&text.name, &text.text, lang);
            let [source_lang, target_lang] = reading.languages;
            let (source, target) = (document(source, source_lang)?, document(target, target_lang)?);
            Ok(linked(source, target, reading.placeholders, reading.deep))
        }
    }
}

/// Whether passages of the original changed since the translation was recorded, which it does not follow.
///
/// # Errors
/// When git, or the commit that is recorded, cannot be read.
pub fn is_stale(
    found: &Found,
    aligned: &Aligned,
    records: &Records,
    meant: &config::Settings,
) -> Result<bool, Failure> {
    Ok(match records.of(found, aligned, &meant.placeholders)? {
        Known::Nothing | Known::Current => false,
        Known::Since(recorded, then) => {
            !gate::stale(&then, &recorded, aligned, Vec::new(), &meant.checks()).is_empty()
        }
    })
}

/// A pair as `content` says that it is, aligned.
fn known(found: &Found, reading: Reading, content: Content) -> Result<Aligned, Failure> {
    let gone = || Error::new(found.path(), std::io::Error::from(std::io::ErrorKind::NotFound));
    state(found, reading, content)?.ok_or_else(|| gone().into())
}

/// Whether none of the files of a pair changed since a base.
///
/// # Errors
/// When the base cannot be read.
pub fn unchanged(found: &Found, base: &Base) -> Result<bool, BaseError> {
    let paths = found.paths();
    Ok(!base.changed(paths[0])? && !base.changed(paths[1])?)
}

/// What a file holds in some state of the work tree; `None` when it is not there.
pub type Content<'a> = &'a dyn Fn(&Path) -> Result<Option<Vec<u8>>, Failure>;

/// A pair as it is in some state, aligned; `None` when one of its files is not there.
fn state(found: &Found, reading: Reading, content: Content) -> Result<Option<Aligned>, Failure> {
    let format = |path: &Path, bytes: &[u8]| {
        Format::find((reading.formats)(path), path, bytes).map_err(|kind| Error::new(path, kind))
    };
    let [source_lang, target_lang] = reading.languages;
    let (source, target) = match found {
        Found::Pair { source, target } => {
            let (Some(one), Some(other)) = (content(source)?, content(target)?) else { return Ok(None) };
            let [named, other_named] = pairing::languages(source, target);
            let document = |path: &Path, bytes: &[u8], given: Option<Lang>, named: Option<Lang>| {
                let said = given.map(Said::Given).or(named.map(Said::Named)).unwrap_or(Said::Nothing);
                read::bytes_within(&read::name_of(path), bytes, format(path, bytes)?, said, &reading.limits)
            };
            (document(source, &one, source_lang, named)?, document(target, &other, target_lang, other_named)?)
        }
        Found::Both(path) => {
            let Some(bytes) = content(path)? else { return Ok(None) };
            let name = read::name_of(path);
            let format = format(path, &bytes)?;
            if format.is_paired() {
                let paired = read::paired_bytes(&name, &bytes, format, source_lang, target_lang)?;
                return Ok(Some(linked_as_given(paired, reading.placeholders, reading.deep)));
            }
            read::both_bytes_within(&name, &bytes, format, source_lang, target_lang, &reading.limits)?
        }
        Found::Missing { .. } | Found::Orphan { .. } | Found::Unread { .. } => return Ok(None),
    };
    Ok(Some(linked(source, target, reading.placeholders, reading.deep)))
}

/// The pair of a document without counterpart: two empty documents, and the finding.
fn lone(side: Side, there: &Path, expected: &Path, settings: &Settings) -> Result<Checked, Failure> {
    let (there_name, expected_name) = (read::name_of(there), read::name_of(expected));
    let paths = match side {
        Side::Source => [&there_name, &expected_name],
        Side::Target => [&expected_name, &there_name],
    };
    let mut pair = empty(paths.map(String::as_str));
    pair.findings = check::lone(side, &there_name, &expected_name, &settings.meant.checks());
    if let Some(base) = &settings.base
        && !base.changed(there)?
        && !base.changed(expected)?
    {
        pair.findings.iter_mut().for_each(|finding| finding.status = Status::Existing);
    }
    let own = settings.meant.rules_for(there, expected);
    let held: Vec<&Rule> = own.iter().map(|&at| &settings.rules[at]).collect();
    let told = gate::suppress(&pair.bitext, &mut pair.findings, &held)?;
    pair.verdict = settings.gate().judge(&pair.findings);
    Ok(Checked { matched: told.matched.iter().map(|&at| own[at]).collect(), ..Checked::from(pair) })
}

fn empty([source, target]: [&str; 2]) -> Pair {
    let document = |path: &str| Document {
        path: path.to_owned(),
        lang: Lang::EN,
        text: String::new(),
        composed: Vec::new(),
        runs: Vec::new(),
        parts: Vec::new(),
        encoding: "UTF-8",
        format: Format::Plain,
        forms: Vec::new(),
        entries: Vec::new(),
        blocks: Vec::new(),
        sentences: Vec::new(),
    };
    let bitext =
        Bitext { source: document(source), target: document(target), alignment: Alignment::default() };
    Pair { id: None, bitext, findings: Vec::new(), terms: Vec::new(), verdict: Verdict::Pass }
}
