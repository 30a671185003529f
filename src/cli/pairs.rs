//! The pairs that a command is about, and the settings that hold for them.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::told::fail;
use super::{Languages, Reading, locale};
use crate::config::{self, Config, Glob};
use crate::error::Error;
use crate::files::{Clash, Written};
use crate::message::message;
use crate::pairing::{self, Below, Brought, Found, Told};
use crate::read::Limits;

#[derive(Debug, Args)]
pub(super) struct Pairs {
    /// The original, or one file that holds both versions, or a folder
    /// [default: what duizhao.toml names under [pairs]]
    source: Option<PathBuf>,
    /// The translation: a file, or a folder
    target: Option<PathBuf>,
    /// The settings file [default: duizhao.toml here or in a folder above, inside the git work tree]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// In folders, leave out the files whose path fits, such as docs/**/old.md; may be given more than once
    #[arg(long, value_name = "GLOB", value_parser = glob)]
    exclude: Vec<Glob>,
    #[command(flatten)]
    languages: Languages,
    #[command(flatten)]
    reading: Reading,
}

impl Pairs {
    /// The settings file, and over it these flags and those of the command.
    pub(super) fn settings(&self, flags: Config) -> Result<config::Settings> {
        let path = self.config.clone().or_else(|| config::find(Path::new("")));
        let file = path.map(|path| config::load(&path)).transpose()?;
        let flags = Config {
            source_lang: self.languages.source_lang,
            target_lang: self.languages.target_lang,
            exclude: self.exclude.clone(),
            ..flags
        };
        let settings = config::Settings::new(file, flags).in_locale(locale::tongue());
        let (from, programs) = (self.reading.from, self.reading.allow_programs);
        Ok(config::Settings { from, programs, ..settings })
    }

    /// The pairs as they are on disk now.
    pub(super) fn found(&self, meant: &config::Settings) -> Result<Vec<Found>> {
        Ok(found(self.source.as_deref(), self.target.as_deref(), meant, &self.limits())?.found)
    }

    /// Makes sure that what is named is there; what a command waits for would else be waited for in vain.
    pub(super) fn are_there(&self) -> Result<(), Error> {
        let mut named = [&self.source, &self.target].into_iter().flatten();
        named.try_for_each(|path| path.metadata().map(drop).map_err(|error| Error::new(path, error)))
    }

    pub(super) fn limits(&self) -> Limits {
        self.reading.limits(self.source.as_deref(), self.target.as_deref())
    }

    /// Whether two files are named, rather than folders.
    pub(super) fn is_one(&self) -> bool {
        self.target.as_ref().is_some_and(|target| !target.is_dir())
    }

    /// A path whose repository is that of the pairs.
    pub(super) fn place(&self, meant: &config::Settings) -> PathBuf {
        self.source.clone().unwrap_or_else(|| meant.folder().to_path_buf())
    }
}

/// Makes sure that nothing that a run reads is written over: neither the files of pairs nor those that settings name.
/// What settings name to be written is left to the command.
pub(super) fn spared(written: &Written, pairs: &[Found], meant: &config::Settings) -> Result<(), Clash> {
    pairs.iter().flat_map(Found::paths).try_for_each(|path| written.spare(path))?;
    [&meant.file, &meant.termbase.value].into_iter().flatten().try_for_each(|path| written.spare(path))
}

pub(super) fn glob(written: &str) -> Result<Glob, String> {
    Glob::parse(written).map_err(|error| error.to_string())
}

/// The pairs that somebody names: two files or folders, one that holds both versions, or none, where the settings say
/// what belongs together. With two files come those that they bring in.
pub(super) fn found(
    source: Option<&Path>,
    target: Option<&Path>,
    meant: &config::Settings,
    limits: &Limits,
) -> Result<Below> {
    let exclude = |path: &Path| !meant.exclude.is_empty() && meant.excludes(path);
    let told = Told { exclude: &exclude, format: &|path| meant.format_of(path) };
    let folder = [source, target].into_iter().flatten().find(|path| path.is_dir());
    if let (Some(format), Some(folder)) = (meant.from, folder) {
        return fail(message!(
            "cli-from-folder",
            path = folder.display().to_string(),
            settings = config::NAME,
            format = format.as_str()
        ));
    }
    let files = |found: Found| Below { found: vec![found], ..Below::default() };
    let (source_lang, target_lang) = (meant.source_lang.value, meant.target_lang.value);
    Ok(match (source, target) {
        (None, _) if meant.pairs.is_empty() => {
            return fail(message!("cli-no-pairs", settings = config::NAME));
        }
        (None, _) => pairing::by_templates(meant.folder(), &meant.pairs, told)?,
        (Some(source), Some(target)) => match (source.is_dir(), target.is_dir()) {
            (true, true) => pairing::between(source, target, told)?,
            (false, false) => {
                let Brought { found, left } = pairing::brought_in(source, target, told, limits);
                let own = Found::Pair { source: source.to_path_buf(), target: target.to_path_buf() };
                Below { found: [vec![own], found].concat(), left, ..Below::default() }
            }
            (true, false) => return one_folder(source, target),
            (false, true) => return one_folder(target, source),
        },
        (Some(source), None) if source.is_dir() => pairing::within(source, source_lang, target_lang, told)?,
        (Some(source), None) => files(Found::Both(source.to_path_buf())),
    })
}

fn one_folder<T>(folder: &Path, file: &Path) -> Result<T> {
    let [folder, file] = [folder, file].map(|path| path.display().to_string());
    fail(message!("cli-one-folder", folder = folder, file = file))
}
