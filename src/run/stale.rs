//! What a translation was brought up to date with: the commit that its front matter names, or what a lock recorded.

use std::path::{Path, PathBuf};

use super::{Failure, linked};
use crate::align::Aligned;
use crate::check::Side;
use crate::config;
use crate::error::Error;
use crate::gate::{BaseError, Lock, Record, Recorded, Repository, Then};
use crate::markup::placeholders::Pattern;
use crate::pairing::Found;
use crate::read::{self, Format, Limits};
use crate::text::{Document, Lang};

/// The name of the lock where none is named.
pub const LOCK: &str = "duizhao.lock";

/// The keys of front matter that name the commit of the original that a translation follows.
const KEYS: [&str; 3] = ["sourceCommit", "source_commit", "default_lang_commit"];

/// What is recorded of the pairs of a run.
#[derive(Debug)]
pub struct Records {
    /// Where the lock is.
    pub path: PathBuf,
    /// What it holds.
    pub lock: Lock,
}

/// What is recorded of a pair.
#[derive(Debug)]
pub(super) enum Known {
    Nothing,
    /// The original is as it was.
    Current,
    Since(Recorded, Then),
}

impl Records {
    /// Those of the lock that the settings name. One that they do not name may be absent.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(meant: &config::Settings, limits: Limits) -> Result<Records, Error> {
        let path = meant.lock.value.clone().unwrap_or_else(|| meant.folder().join(LOCK));
        let lock = match meant.lock.value.is_none() && !path.exists() {
            true => Lock::default(),
            false => {
                let bytes = read::content(&path, &limits)?;
                Lock::read(&path, &String::from_utf8_lossy(&bytes))?
            }
        };
        Ok(Records { path, lock })
    }

    /// The paths of a pair as the lock has them: from its folder, with `/` between their parts.
    pub fn key(&self, found: &Found) -> Option<[String; 2]> {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        match found {
            Found::Pair { source, target } => Some([source, target].map(|path| config::inside(folder, path))),
            Found::Both(path) => Some([config::inside(folder, path), config::inside(folder, path)]),
            Found::Missing { .. } | Found::Orphan { .. } | Found::Unread { .. } => None,
        }
    }

    /// Takes in what a pair holds now; whether that is something else than was recorded.
    pub fn set(&mut self, found: &Found, aligned: &Aligned) -> bool {
        self.key(found).is_some_and(|key| self.lock.set(key, Record::of(aligned.bitext())))
    }

    /// Takes out the pairs of which a file is gone; how many there were.
    pub fn forget_gone(&mut self) -> usize {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        self.lock.retain(|paths| paths.iter().all(|path| folder.join(path).exists()))
    }

    pub(super) fn of(
        &self,
        found: &Found,
        aligned: &Aligned,
        placeholders: &[Pattern],
    ) -> Result<Known, Failure> {
        let now = aligned.bitext();
        if let Found::Pair { source, target } = found
            && let Some((key, commit)) = named_commit(&now.target.text)
        {
            let told = |why: String| Failure::Record { path: target.clone(), key: key.clone(), why };
            let before =
                self.at_commit(source, &commit, now.source.lang).map_err(|why| told(why.to_string()))?;
            let before = before.ok_or_else(|| {
                told(format!("the commit {commit} does not have {}; name a later one", read::name_of(source)))
            })?;
            if before.text == now.source.text {
                return Ok(Known::Current);
            }
            let then = linked(before, now.target.clone(), placeholders);
            return Ok(Known::Since(Recorded::FrontMatter { key, commit }, Then::Texts(Box::new(then))));
        }
        let Some(record) = self.key(found).and_then(|key| self.lock.get(&key).cloned()) else {
            return Ok(Known::Nothing);
        };
        if record.holds(Side::Source, &now.source) {
            return Ok(Known::Current);
        }
        let then = match self.texts(found, aligned, &record, placeholders)? {
            Some(then) => Then::Texts(Box::new(then)),
            None => Then::Hashes(record.outdated(now)),
        };
        Ok(Known::Since(Recorded::Lock(read::name_of(&self.path)), then))
    }

    fn at_commit(&self, path: &Path, commit: &str, lang: Lang) -> Result<Option<Document>, Failure> {
        let repository = Repository::open(path)?;
        let id = repository.commit(commit)?;
        let Some(bytes) = repository.read(&id, path)? else { return Ok(None) };
        Ok(Some(self.document(path, &bytes, lang)?))
    }

    fn document(&self, path: &Path, bytes: &[u8], lang: Lang) -> Result<Document, Error> {
        let format = Format::find(None, path, bytes).map_err(|kind| Error::new(path, kind))?;
        read::bytes(&read::name_of(path), bytes, format, Some(lang))
    }

    /// The texts that were recorded, aligned, if git still has them.
    fn texts(
        &self,
        found: &Found,
        aligned: &Aligned,
        record: &Record,
        placeholders: &[Pattern],
    ) -> Result<Option<Aligned>, Failure> {
        let Found::Pair { source, target } = found else { return Ok(None) };
        let now = aligned.bitext();
        let old = |path: &Path, side: Side, now: &Document| -> Result<Option<Document>, Failure> {
            if record.holds(side, now) {
                return Ok(Some(now.clone()));
            }
            let repository = match Repository::open(path) {
                // the hashes tell which passages changed, if not how
                Err(BaseError::NoRepository(_) | BaseError::NoGit(_)) => return Ok(None),
                opened => opened?,
            };
            // what could not be read was not recorded
            let held = |bytes: &[u8]| self.document(path, bytes, now.lang).ok();
            Ok(repository
                .version(path, |bytes| held(bytes).filter(|document| record.holds(side, document)))?)
        };
        let (Some(source), Some(target)) =
            (old(source, Side::Source, &now.source)?, old(target, Side::Target, &now.target)?)
        else {
            return Ok(None);
        };
        Ok(Some(linked(source, target, placeholders)))
    }
}

/// The key and the commit that the front matter of a text names.
fn named_commit(text: &str) -> Option<(String, String)> {
    text[read::front_matter(text)?.range()].lines().find_map(|line| {
        let (key, value) = line.split_once([':', '='])?;
        let key = key.trim().trim_matches('"');
        let value = value.trim().trim_matches(['"', '\'']);
        let commit: String = value.chars().take_while(char::is_ascii_hexdigit).collect();
        let is_one = KEYS.contains(&key) && (7..=64).contains(&commit.len());
        is_one.then(|| (key.to_owned(), commit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_are_read_from_front_matter_alone() {
        for (text, commit) in [
            ("---\ntitle: x\nl10n:\n  sourceCommit: 6be7a83f20\n---\n", Some(("sourceCommit", "6be7a83f20"))),
            ("+++\ndefault_lang_commit = \"0123abc\" # 是\n+++\n", Some(("default_lang_commit", "0123abc"))),
            ("---\r\nsource_commit: '0123456'\r\n---\r\n", Some(("source_commit", "0123456"))),
            ("---\nsourceCommit: main\n---\n", None),
            ("---\ntitle: x\n---\nsourceCommit: 0123456\n", None),
            ("sourceCommit: 0123456\n", None),
        ] {
            let named = named_commit(text);
            assert_eq!(named.as_ref().map(|(key, commit)| (&**key, &**commit)), commit, "{text}");
        }
    }
}
