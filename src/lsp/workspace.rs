//! What belongs together below a folder, what the editor has open of it, and what was found there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lsp_types::{Diagnostic, Uri};

use super::diagnostics::{View, unusable};
use super::places::Units;
use super::uri;
use crate::check::Tongue;
use crate::config;
use crate::error::{Error, ErrorKind};
use crate::gate::Baseline;
use crate::pairing::{self, Found, Told};
use crate::read::{self, Limits};
use crate::report::Pair;
use crate::run::{self, Failure, Input, Settings};

/// A file that the editor has open.
#[derive(Debug)]
pub(super) struct Buffer {
    pub(super) uri: Uri,
    pub(super) version: i32,
    pub(super) text: String,
    /// Whether nothing was changed since it was opened or saved.
    pub(super) saved: bool,
}

/// What checking a pair came to.
pub(super) struct Outcome {
    /// By the paths of the files.
    pub(super) diagnostics: BTreeMap<PathBuf, Vec<Diagnostic>>,
    /// The pair, if it could be checked.
    pub(super) checked: Option<Checked>,
}

/// A pair, its texts as the editor has them, and its addresses.
pub(super) struct Checked {
    pub(super) pair: Pair,
    pub(super) paths: [PathBuf; 2],
    texts: [String; 2],
    uris: [Uri; 2],
}

impl Checked {
    pub(super) fn view(&self, units: Units, tongue: Tongue) -> View<'_> {
        View::new(&self.pair, &self.texts, &self.uris, units, tongue)
    }
}

/// Why a folder cannot be looked through.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unusable {
    #[error(transparent)]
    File(#[from] Error),
    #[error(transparent)]
    Run(#[from] Failure),
}

/// A folder; all paths count from it, and it is the working folder, so that what is named by a path (baselines,
/// fingerprints, suppressions) has the name that `duizhao check` gives it there.
pub(super) struct Workspace {
    root: PathBuf,
    units: Units,
    /// What the editor's own settings say, over those of the file.
    flags: config::Config,
    /// The language of the editor.
    locale: Option<Tongue>,
    settings: Settings,
    baseline: Option<Baseline>,
    found: Vec<Found>,
    pub(super) open: BTreeMap<PathBuf, Buffer>,
    pub(super) outcomes: BTreeMap<Found, Outcome>,
}

impl Workspace {
    /// The folder of the settings file that holds for `folder`, or else `folder`; it becomes the working folder.
    ///
    /// # Errors
    /// When it cannot be entered.
    pub(super) fn enter(
        folder: &Path,
        units: Units,
        flags: config::Config,
        locale: Option<Tongue>,
    ) -> Result<Workspace, Error> {
        let fail = |error| Error::new(folder, ErrorKind::Io(error));
        let settings = config::find(folder);
        let top = settings.as_deref().and_then(Path::parent).unwrap_or(folder);
        let root = top.canonicalize().map_err(fail)?;
        std::env::set_current_dir(&root).map_err(fail)?;
        Ok(Workspace {
            root,
            units,
            flags,
            locale,
            settings: Settings::default(),
            baseline: None,
            found: Vec::new(),
            open: BTreeMap::new(),
            outcomes: BTreeMap::new(),
        })
    }

    /// The language that things are told in: of the settings, else of the editor.
    pub(super) fn tongue(&self) -> Tongue {
        self.settings.meant.lang.value
    }

    /// The path of a file from the folder; `None` when it lies elsewhere.
    pub(super) fn inside(&self, path: &Path) -> Option<PathBuf> {
        let inside = |path: &Path| path.strip_prefix(&self.root).map(Path::to_path_buf).ok();
        inside(path).or_else(|| inside(&path.canonicalize().ok()?))
    }

    /// The address of a file: as the editor has it, where it is open.
    pub(super) fn uri(&self, path: &Path) -> Option<Uri> {
        match self.open.get(path) {
            Some(buffer) => Some(buffer.uri.clone()),
            None => uri::of_path(&self.root.join(path)),
        }
    }

    /// Reads the settings anew and looks again for what belongs together. Where nothing does, that is no error.
    ///
    /// # Errors
    /// When a file that the settings name, or the folder, cannot be read; all is as before then.
    pub(super) fn refresh(&mut self) -> Result<(), Unusable> {
        let here = Path::new("");
        let file =
            Path::new(config::NAME).is_file().then(|| config::load(Path::new(config::NAME))).transpose()?;
        let meant = config::Settings::new(file, self.flags.clone()).in_locale(self.locale);
        let mut settings = Settings::open(meant, here, Limits::default())?;
        let baseline = match &settings.meant.baseline.value {
            None => None,
            Some(path) => Some(Baseline::open(path, &settings.limits)?),
        };
        let meant = &settings.meant;
        let exclude = |path: &Path| !meant.exclude.is_empty() && meant.excludes(path);
        let told = Told { exclude: &exclude, format: &|path| meant.format_of(path) };
        let found = match meant.pairs.as_slice() {
            [] => pairing::within(here, meant.source_lang.value, meant.target_lang.value, told),
            pairs => pairing::by_templates(here, pairs, told),
        };
        self.found = match found {
            Err(Error {
                kind: ErrorKind::Format { .. } | ErrorKind::Unpaired { .. } | ErrorKind::Nothing { .. },
                ..
            }) => Vec::new(),
            found => found?.found,
        };
        if settings.deep.is_some() {
            // it remembers sentences
            settings.deep = self.settings.deep.take().or(settings.deep);
        }
        self.settings = settings;
        self.baseline = baseline;
        Ok(())
    }

    /// The pairs that a file is in.
    pub(super) fn pairs_of(&self, path: &Path) -> BTreeSet<Found> {
        self.found.iter().filter(|found| paths(found).contains(&path)).cloned().collect()
    }

    /// The pairs of which a file is open.
    pub(super) fn pairs_open(&self) -> BTreeSet<Found> {
        let is_open = |found: &&Found| paths(found).iter().any(|path| self.open.contains_key(*path));
        self.found.iter().filter(is_open).cloned().collect()
    }

    /// Checks a pair with what is open in place of what is on disk. The files whose diagnostics may be others now.
    ///
    /// # Errors
    /// When it cannot be checked for a reason that lies in none of its files; nothing is known of it then.
    pub(super) fn check(&mut self, found: &Found) -> Result<BTreeSet<PathBuf>, Failure> {
        let mut touched = self.forget(found);
        // the encoder would take too long between two keys
        let is_saved = |path: &&Path| self.open.get(*path).is_none_or(|buffer| buffer.saved);
        let resting = if paths(found).iter().all(is_saved) { None } else { self.settings.deep.take() };
        let outcome = self.outcome(found);
        self.settings.deep = resting.or(self.settings.deep.take());
        let outcome = match outcome {
            Err(Failure::File(error)) if paths(found).contains(&error.path.as_path()) => {
                let diagnostic =
                    unusable(error.kind.message().said(self.tongue()).into_owned(), line(&error.kind));
                let diagnostics = BTreeMap::from([(error.path, vec![diagnostic])]);
                Outcome { diagnostics, checked: None }
            }
            outcome => outcome?,
        };
        touched.extend(outcome.diagnostics.keys().cloned());
        self.outcomes.insert(found.clone(), outcome);
        Ok(touched)
    }

    /// Forgets what was found in a pair; the files that had something.
    pub(super) fn forget(&mut self, found: &Found) -> BTreeSet<PathBuf> {
        self.outcomes
            .remove(found)
            .map(|outcome| outcome.diagnostics.into_keys().collect())
            .unwrap_or_default()
    }

    fn outcome(&self, found: &Found) -> Result<Outcome, Failure> {
        let mut contents: BTreeMap<&Path, Vec<u8>> = BTreeMap::new();
        if let Found::Pair { .. } | Found::Both(_) = found {
            for path in paths(found) {
                let bytes = match self.open.get(path) {
                    Some(buffer) => read::utf8(&buffer.text).map_err(|kind| Error::new(path, kind))?.to_vec(),
                    None => read::content(path, &self.settings.limits)?,
                };
                contents.insert(path, bytes);
            }
        }
        let content = |path: &Path| Ok(contents.get(path).cloned());
        let mut pair = run::pair_of(&Input::from(found.clone()), &self.settings, &content, &|_| Ok(()))?.pair;
        if let Some(baseline) = &self.baseline {
            baseline.clone().apply(&mut pair);
        }
        let paths = [&pair.bitext.source.path, &pair.bitext.target.path].map(PathBuf::from);
        let mut texts = [String::new(), String::new()];
        let documents = [&pair.bitext.source, &pair.bitext.target];
        for ((text, path), document) in texts.iter_mut().zip(&paths).zip(documents) {
            let bytes = contents.get(path.as_path()).filter(|_| document.format.is_editable());
            *text = match (self.open.get(path), bytes) {
                (Some(buffer), _) => buffer.text.clone(),
                (None, Some(bytes)) => read::decoded(bytes).map_err(|kind| Error::new(path, kind))?,
                (None, None) => String::new(),
            };
        }
        let [Some(source), Some(target)] = paths.each_ref().map(|path| self.uri(path)) else {
            // a name that is no Unicode is none that an editor could show
            return Ok(Outcome { diagnostics: BTreeMap::new(), checked: None });
        };
        let checked = Checked { pair, paths, texts, uris: [source, target] };
        let mut diagnostics: BTreeMap<PathBuf, Vec<Diagnostic>> = BTreeMap::new();
        for shown in checked.view(self.units, self.tongue()).shown() {
            let path = &checked.paths[shown.side as usize];
            diagnostics.entry(path.clone()).or_default().push(shown.diagnostic);
        }
        Ok(Outcome { diagnostics, checked: Some(checked) })
    }

    /// What is to be shown in a file.
    pub(super) fn diagnostics(&self, path: &Path) -> Vec<Diagnostic> {
        self.outcomes
            .values()
            .filter_map(|outcome| outcome.diagnostics.get(path))
            .flatten()
            .cloned()
            .collect()
    }
}

/// The original and the translation, be they there or not.
fn paths(found: &Found) -> [&Path; 2] {
    match found {
        Found::Pair { source, target } => [source, target],
        Found::Both(path) => [path, path],
        Found::Missing { source, expected } => [source, expected],
        Found::Orphan { target, expected } => [expected, target],
        Found::Unread { path, .. } => [path, path],
    }
}

/// The line that an error names, from 1.
fn line(kind: &ErrorKind) -> usize {
    match kind {
        ErrorKind::Binary { line, .. }
        | ErrorKind::Encoding { line, .. }
        | ErrorKind::Content { line, .. } => *line,
        _ => 1,
    }
}
