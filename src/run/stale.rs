//! What a translation was brought up to date with: the commit that its front matter names, the hash of the original
//! that a remark in it names, or what a lock recorded.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{Failure, linked};
use crate::align::Aligned;
use crate::check::Side;
use crate::config;
use crate::error::Error;
use crate::files;
use crate::gate::{BaseError, Lock, Record, Recorded, Repository, Then};
use crate::markup::placeholders::Pattern;
use crate::message::{Message, message};
use crate::pairing::Found;
use crate::read::{self, Format, Limits, Said};
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
    limits: Limits,
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
        let lock = match meant.lock.value {
            None => Lock::open_or_new(&path, &limits)?,
            Some(_) => Lock::open(&path, &limits)?,
        };
        Ok(Records { path, lock, limits })
    }

    /// Those that are to be recorded, in the lock that the settings name, which may be absent.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn to_record(meant: &config::Settings, limits: Limits) -> Result<Records, Error> {
        let path = meant.lock.value.clone().unwrap_or_else(|| meant.folder().join(LOCK));
        Ok(Records { lock: Lock::open_or_new(&path, &limits)?, path, limits })
    }

    /// The paths of a pair as the lock has them: from its folder, with `/` between their parts.
    pub fn key(&self, found: &Found) -> Option<[String; 2]> {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        match found {
            Found::Pair { source, target } => Some([source, target].map(|path| named(folder, path))),
            Found::Both(path) => Some([named(folder, path), named(folder, path)]),
            Found::Missing { .. } | Found::Orphan { .. } | Found::Unread { .. } => None,
        }
    }

    /// What is to be recorded of a pair as it is now; nothing if that is recorded already.
    pub fn now(&self, found: &Found, aligned: &Aligned) -> Option<([String; 2], Record)> {
        let (key, record) = (self.key(found)?, Record::of(aligned.bitext()));
        (self.lock.get(&key) != Some(&record)).then_some((key, record))
    }

    /// Takes in what pairs hold now, and takes out those of which a file is gone, while others may have written to the
    /// lock; how many there were.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn record(&mut self, new: BTreeMap<[String; 2], Record>) -> Result<usize, Failure> {
        let fail = |error| Failure::Lock { path: self.path.clone(), error };
        let _turn = files::turn(&self.path).map_err(fail)?;
        let mut lock = Lock::open_or_new(&self.path, &self.limits)?;
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let gone = lock.retain(|paths| paths.iter().all(|path| folder.join(path_named(path)).exists()));
        let is_new = |(key, record): ([String; 2], Record)| lock.set(key, record);
        let changed = new.into_iter().map(is_new).filter(|new| *new).count();
        if changed > 0 || gone > 0 {
            files::save(&self.path, |out| lock.write(out)).map_err(fail)?;
        }
        self.lock = lock;
        Ok(gone)
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
            let told = |why: Message| Failure::Record { path: target.clone(), key: key.clone(), why };
            let before =
                self.at_commit(source, &commit, now.source.lang).map_err(|why| told(why.message()))?;
            let before = before.ok_or_else(|| {
                told(message!("stale-not-in-commit", commit = &commit, name = read::name_of(source)))
            })?;
            if before.text == now.source.text {
                return Ok(Known::Current);
            }
            let then = linked(before, now.target.clone(), placeholders, None);
            return Ok(Known::Since(Recorded::FrontMatter { key, commit }, Then::Texts(Box::new(then))));
        }
        if let Found::Pair { source, .. } = found
            && let Some(then) = named_hash(&now.target)
        {
            let hash = hash(&read::content(source, &self.limits)?);
            if hash == then {
                return Ok(Known::Current);
            }
            let is = |bytes: &[u8]| self::hash(bytes) == then;
            let held = |bytes: &[u8]| {
                is(bytes).then(|| self.document(source, bytes, now.source.lang).ok()).flatten()
            };
            let before = match repository(source, self.limits)? {
                Some(repository) => repository.version(source, held)?,
                None => None,
            };
            let recorded = Recorded::Remark { then: then.clone(), now: hash };
            return Ok(match before {
                Some(before) if before.text == now.source.text => Known::Current,
                Some(before) => {
                    let then = linked(before, now.target.clone(), placeholders, None);
                    Known::Since(recorded, Then::Texts(Box::new(then)))
                }
                None => Known::Since(recorded, Then::Other),
            });
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
        let repository = Repository::open(path, self.limits)?;
        let id = repository.commit(commit)?;
        let Some(bytes) = repository.read(&id, path)? else { return Ok(None) };
        Ok(Some(self.document(path, &bytes, lang)?))
    }

    fn document(&self, path: &Path, bytes: &[u8], lang: Lang) -> Result<Document, Error> {
        let format = Format::find(None, path, bytes).map_err(|kind| Error::new(path, kind))?;
        read::bytes_within(&read::name_of(path), bytes, format, Said::Given(lang), &self.limits)
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
            // the hashes tell which passages changed, if not how
            let Some(repository) = repository(path, self.limits)? else { return Ok(None) };
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
        Ok(Some(linked(source, target, placeholders, None)))
    }
}

/// The repository of a file, if there is one that git can be asked of.
fn repository(path: &Path, limits: Limits) -> Result<Option<Repository>, Failure> {
    match Repository::open(path, limits) {
        Err(BaseError::NoRepository(_) | BaseError::NoGit(_)) => Ok(None),
        opened => Ok(Some(opened?)),
    }
}

/// The hash of the original that a remark in a translation names. One that cannot be read is told where remarks are.
fn named_hash(target: &Document) -> Option<String> {
    let remarks = read::remarks(target);
    remarks.iter().find_map(|remark| read::followed(target.slice(remark.body))?.ok())
}

/// The hash of a file, in hexadecimal digits; of one whose lines end as on Windows, that of what git keeps of it.
fn hash(bytes: &[u8]) -> String {
    let mut digest = Sha256::new();
    for part in bytes.split_inclusive(|&byte| byte == b'\n') {
        match part.strip_suffix(b"\r\n") {
            Some(line) => {
                digest.update(line);
                digest.update(b"\n");
            }
            None => digest.update(part),
        }
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The path of a file from a folder, with `/` between its parts, as a lock has it. What is no Unicode in a name is
/// `\x` and two digits for each byte, and so is the backslash of what looks so.
fn named(folder: &Path, path: &Path) -> String {
    let inside = config::below(folder, path);
    let parts: Vec<String> = inside.components().map(|part| part_named(part.as_os_str())).collect();
    parts.join("/")
}

#[cfg(unix)]
fn part_named(part: &OsStr) -> String {
    use std::os::unix::ffi::OsStrExt;
    let mut named = String::new();
    for chunk in part.as_bytes().utf8_chunks() {
        named.push_str(&chunk.valid().replace("\\x", "\\x5Cx"));
        chunk.invalid().iter().for_each(|byte| named.push_str(&format!("\\x{byte:02X}")));
    }
    named
}

#[cfg(unix)]
fn path_named(named: &str) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    let mut parts = named.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend(&part.as_bytes()[2..]);
            }
            None => bytes.extend([b"\\x", part.as_bytes()].concat()),
        }
    }
    PathBuf::from(std::ffi::OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn part_named(part: &OsStr) -> String {
    part.to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn path_named(named: &str) -> PathBuf {
    PathBuf::from(named)
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

    #[cfg(unix)]
    #[test]
    fn names_of_any_bytes_come_back() {
        use std::os::unix::ffi::OsStrExt;
        for (name, written) in [
            (&b"a.md"[..], "a.md"),
            ("译文.md".as_bytes(), "译文.md"),
            (b"a\xff\xfe.md", "a\\xFF\\xFE.md"),
            (b"a\\xFF.md", "a\\x5CxFF.md"),
            (b"\\x\xe8\xaf", "\\x5Cx\\xE8\\xAF"),
        ] {
            let name = OsStr::from_bytes(name);
            assert_eq!(part_named(name), written);
            assert_eq!(path_named(written), name);
        }
        assert_eq!(path_named("a\\xyz"), Path::new("a\\xyz"), "a lock of before");
    }

    #[test]
    fn hashes_are_those_of_sha256sum_whatever_ends_lines() {
        let known = "c3f9c8c283a2b1f2f1896f27a01cbe3cddc0c9d93f752e4639035a0f5b36f6e8";
        for text in ["one\ntwo\n", "one\r\ntwo\r\n"] {
            assert_eq!(hash(text.as_bytes()), known);
        }
        assert_ne!(hash(b"one\rtwo\n"), known);
    }

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
