//! What a page sends to be checked: a line of JSON that names files, and behind it what they hold, one after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Refusal, words};
use crate::config;
use crate::error::{Error, ErrorKind};
use crate::pairing::{self, Below, Found, Told};
use crate::read::Format;

/// The longest path, in bytes: no system has longer ones.
const LONGEST: usize = 4096;

/// Files in memory. Their paths are names and nothing else: nothing is read or written under them.
#[derive(Debug)]
pub(super) struct Upload {
    sides: [Side; 2],
    /// Where each file is among the bytes, by its path as reports have it.
    places: BTreeMap<PathBuf, Range<usize>>,
    bytes: Vec<u8>,
}

#[derive(Debug)]
enum Side {
    Nothing,
    /// A file by itself.
    File(PathBuf),
    /// Files below a folder, by their paths from there; the folder has no name where several files came without one.
    Folder(PathBuf, Vec<PathBuf>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    source: Vec<File>,
    target: Vec<File>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    path: String,
    size: u64,
}

impl Upload {
    /// Reads what was sent; `largest` is the most bytes of a file, `most` the most files.
    ///
    /// # Errors
    /// When it is something else, is more than that, or names what is no path below a folder.
    pub(super) fn read(bytes: Vec<u8>, largest: u64, most: usize) -> Result<Upload, Refusal> {
        let head = bytes.iter().position(|&byte| byte == b'\n').ok_or_else(words::garbled)?;
        // no list of so many files is longer, however its letters are written
        if head > most.saturating_mul(6 * LONGEST) {
            return Err(words::garbled());
        }
        let Named { source, target } =
            serde_json::from_slice(&bytes[..head]).map_err(|_| words::garbled())?;
        if source.is_empty() {
            return Err(words::no_original());
        }
        let count = source.len() + target.len();
        if count > most {
            return Err(words::too_many_files(count, most));
        }
        if let Some(wrong) = source.iter().chain(&target).find(|file| !is_below(&file.path)) {
            return Err(words::no_path(&wrong.path));
        }
        if let Some(large) = source.iter().chain(&target).find(|file| file.size > largest) {
            return Err(words::too_large(&large.path, largest));
        }
        // what is called the same on both sides is told apart
        let own: BTreeSet<&str> = source.iter().map(|file| file.path.as_str()).collect();
        let alike = target.iter().any(|file| own.contains(file.path.as_str()));
        let mut places = BTreeMap::new();
        let mut at = head + 1;
        let mut side = |files: Vec<File>, above: &str| -> Result<Side, Refusal> {
            let above = Path::new(if alike { above } else { "" });
            let mut paths = Vec::new();
            for File { path, size } in files {
                let size = usize::try_from(size).map_err(|_| words::garbled())?;
                let end =
                    at.checked_add(size).filter(|end| *end <= bytes.len()).ok_or_else(words::garbled)?;
                let whole = above.join(&path);
                if places.insert(whole.clone(), at..end).is_some() {
                    return Err(words::twice(&path));
                }
                paths.push(whole);
                at = end;
            }
            Ok(Side::of(paths, above))
        };
        let sides = [side(source, "original")?, side(target, "translation")?];
        match (at == bytes.len(), &sides) {
            (false, _) => Err(words::garbled()),
            (_, [Side::File(_), Side::Folder(..)] | [Side::Folder(..), Side::File(_)]) => {
                Err(words::file_and_folder())
            }
            (true, _) => Ok(Upload { sides, places, bytes }),
        }
    }

    /// What a file holds.
    pub(super) fn content(&self, path: &Path) -> Option<&[u8]> {
        self.bytes.get(self.places.get(path)?.clone())
    }

    /// What is called so in the list of checks.
    pub(super) fn name(&self) -> String {
        match &self.sides {
            [source, Side::Nothing] => source.name(),
            [source, target] => format!("{} ↔ {}", source.name(), target.name()),
        }
    }

    /// How the names of its reports begin.
    pub(super) fn stem(&self) -> String {
        let [source, target] = &self.sides;
        let side = if matches!(target, Side::Nothing) { source } else { target };
        let path = match side {
            Side::Nothing => return String::new(),
            Side::File(path) => path.with_extension(""),
            Side::Folder(root, _) => root.clone(),
        };
        path.file_name().map_or_else(|| "duizhao".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    /// Which files belong together, as if they were on disk.
    ///
    /// # Errors
    /// When none do.
    pub(super) fn found(&self, meant: &config::Settings) -> Result<Below, Error> {
        let format = |path: &Path| self.format(path, meant);
        let told = Told { exclude: &|_| false, format: &format };
        let mut below = Below::default();
        let mut documents = |root: &Path, files: &[PathBuf]| {
            let is_read = |file: &&PathBuf| {
                let path = root.join(file);
                let hidden = file.iter().any(|part| part.as_encoded_bytes().starts_with(b"."));
                if hidden
                    || file.file_name().is_some_and(|name| name == config::NAME)
                    || (!meant.exclude.is_empty() && meant.excludes(&path))
                {
                    return false;
                }
                let read = format(&path).is_some();
                if !read {
                    below.leave(file);
                }
                read
            };
            let mut documents: Vec<PathBuf> = files.iter().filter(is_read).cloned().collect();
            documents.sort();
            documents
        };
        match &self.sides {
            [Side::Folder(root, files), Side::Nothing] => {
                let files = documents(root, files);
                let (source, target) = (meant.source_lang.value, meant.target_lang.value);
                pairing::within_list(root, source, target, files, below, told)
            }
            [Side::Folder(source, own), Side::Folder(target, others)] => {
                let files = [documents(source, own), documents(target, others)];
                pairing::between_lists(source, target, files, below, told)
            }
            [Side::File(path), Side::Nothing] => {
                Ok(Below { found: vec![Found::Both(path.clone())], ..below })
            }
            [Side::File(source), Side::File(target)] => {
                let pair = Found::Pair { source: source.clone(), target: target.clone() };
                Ok(Below { found: vec![pair], ..below })
            }
            // these are refused when they are read
            [Side::Nothing, _] | [Side::File(_), Side::Folder(..)] | [Side::Folder(..), Side::File(_)] => {
                let why = words::file_and_folder().1;
                Err(Error::new(PathBuf::new(), ErrorKind::Nothing { why }))
            }
        }
    }

    /// The format of a file: as the user says, by its name, or by its first bytes where several share the name; `None`
    /// for what is no document.
    fn format(&self, path: &Path, meant: &config::Settings) -> Option<Format> {
        let known = meant.format_of(path).or_else(|| Format::known(path));
        known.or_else(|| {
            let content = self.content(path).filter(|_| Format::is_shared(path))?;
            Format::find(None, path, content).ok()
        })
    }
}

impl Side {
    /// What some files are, below `above`, which is none of what was dropped.
    fn of(mut paths: Vec<PathBuf>, above: &Path) -> Side {
        let root = |path: &PathBuf| -> Option<PathBuf> {
            let inside = path.strip_prefix(above).ok()?;
            let mut parts = inside.iter();
            let first = parts.next()?;
            parts.next().map(|_| above.join(first))
        };
        match (paths.len(), paths.first().and_then(root)) {
            (0, _) => Side::Nothing,
            (1, None) => Side::File(paths.remove(0)),
            (_, first) => {
                let shared = first.filter(|first| paths.iter().all(|path| path.starts_with(first)));
                let root = shared.unwrap_or_else(|| above.to_path_buf());
                let below = |path: PathBuf| path.strip_prefix(&root).map(Path::to_path_buf).unwrap_or(path);
                let files = paths.into_iter().map(below).collect();
                Side::Folder(root, files)
            }
        }
    }

    fn name(&self) -> String {
        match self {
            Side::Nothing => String::new(),
            Side::File(path) => path.to_string_lossy().into_owned(),
            Side::Folder(root, files) if root.as_os_str().is_empty() => {
                let first =
                    files.first().map_or_else(String::new, |file| file.to_string_lossy().into_owned());
                format!("{first} …")
            }
            Side::Folder(root, _) => format!("{}/", root.to_string_lossy()),
        }
    }
}

/// Whether this is the path of a file below a folder, on any system.
fn is_below(path: &str) -> bool {
    let plain = |part: &str| !matches!(part, "" | "." | "..");
    path.len() <= LONGEST
        && path.split('/').all(plain)
        && !path.contains(|c: char| c.is_control() || c == '\\')
        && !path.split('/').next().unwrap_or_default().ends_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(line: &str, rest: &str) -> Result<Upload, &'static str> {
        let bytes = format!("{line}\n{rest}").into_bytes();
        Upload::read(bytes, 10, 3).map_err(|(status, _)| &status[..3])
    }

    #[test]
    fn only_files_below_folders_are_taken() {
        let one = |path: &str| format!(r#"{{"source":[{{"path":{path:?},"size":2}}],"target":[]}}"#);
        for (line, rest, refused) in [
            (one("a.md"), "hi", None),
            (one("zh/下/a b.md"), "hi", None),
            (one("..."), "hi", None),
            (one("../a.md"), "hi", Some("400")),
            (one("zh/../../a.md"), "hi", Some("400")),
            (one("/etc/passwd"), "hi", Some("400")),
            (one("zh//a.md"), "hi", Some("400")),
            (one("./a.md"), "hi", Some("400")),
            (one("..\\a.md"), "hi", Some("400")),
            (one("C:/a.md"), "hi", Some("400")),
            (one(""), "hi", Some("400")),
            (one("a.md"), "h", Some("400")),
            (one("a.md"), "high", Some("400")),
            (one("a.md").replace('2', "11"), "hi", Some("413")),
            (one("a.md").replace('2', "-1"), "hi", Some("400")),
            (one("a.md").replace("\"target\"", "\"goal\""), "hi", Some("400")),
            (r#"{"source":[],"target":[]}"#.to_owned(), "", Some("400")),
            ("no JSON".to_owned(), "", Some("400")),
        ] {
            assert_eq!(sent(&line, rest).err(), refused, "{line} {rest}");
        }
        let file = |path: &str| format!(r#"{{"path":"{path}","size":0}}"#);
        for (source, target, refused) in [
            (vec!["a", "a"], vec![], Some("400")),
            (vec!["a"], vec!["en/a"], Some("400")),
            (vec!["a", "b", "c"], vec!["d"], Some("413")),
            (vec!["zh/a"], vec!["en/a"], None),
        ] {
            let list = |paths: Vec<&str>| paths.into_iter().map(file).collect::<Vec<_>>().join(",");
            let line = format!(r#"{{"source":[{}],"target":[{}]}}"#, list(source), list(target));
            assert_eq!(sent(&line, "").err(), refused, "{line}");
        }
        assert!(Upload::read(b"{}".to_vec(), 10, 3).is_err(), "a line has an end");
    }

    #[test]
    fn what_belongs_together_is_paired_without_a_disk() {
        let meant = config::Settings::default();
        for (source, target, want) in [
            (vec!["a.md"], vec!["a.md"], "original/a.md translation/a.md"),
            (vec!["zh/a.md", "zh/b.md"], vec!["en/b.md", "en/a.md"], "zh/a.md en/a.md, zh/b.md en/b.md"),
            (vec!["docs/zh/a.md", "docs/en/a.md", "docs/x.png"], vec![], "docs/zh/a.md docs/en/a.md"),
            (
                vec!["docs/a.md", "docs/b.md"],
                vec!["docs/a.md", "docs/c.md"],
                "original/docs/a.md translation/docs/a.md, original/docs/b.md translation/docs/b.md, original/docs/c.md translation/docs/c.md",
            ),
            (vec!["zh/a.md", "zh/.git/x.md"], vec!["en/a.md"], "zh/a.md en/a.md"),
            (vec!["a.po"], vec![], "a.po a.po"),
        ] {
            let files = |paths: &[&str]| {
                let file = |path: &&str| format!(r#"{{"path":"{path}","size":0}}"#);
                paths.iter().map(file).collect::<Vec<_>>().join(",")
            };
            let line = format!("{{\"source\":[{}],\"target\":[{}]}}\n", files(&source), files(&target));
            let upload = Upload::read(line.into_bytes(), 10, 9).expect("an upload");
            let found = upload.found(&meant).expect("pairs").found;
            let shown = found
                .iter()
                .map(|found| found.paths().map(|path| path.to_string_lossy().into_owned()).join(" "));
            assert_eq!(shown.collect::<Vec<_>>().join(", "), want);
        }
    }
}
