//! The files of a commit: whether a file is still what it was there, and what it was called.

use std::collections::BTreeMap;
use std::hash::Hasher;
use std::path::Path;
use std::sync::OnceLock;

use rustc_hash::FxHasher;
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// The files of a commit by their paths, with `/` between their parts. Links and submodules are none.
#[derive(Debug, Default)]
pub(super) struct Tree {
    files: BTreeMap<String, Id>,
    /// Whether the work tree leaves files out.
    sparse: bool,
    /// The files that are no longer there, with what is left of their content to compare.
    gone: OnceLock<Vec<(String, Sketch)>>,
}

/// The name that git gives to a content: its SHA-1, or SHA-256 in repositories that say so, in hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id(pub(super) String);

impl Id {
    /// Whether this is the id of a content.
    fn is_of(&self, content: &[u8]) -> bool {
        let head = format!("blob {}\0", content.len());
        let digest = match self.0.len() {
            40 => Sha1::new().chain_update(head).chain_update(content).finalize().to_vec(),
            _ => Sha256::new().chain_update(head).chain_update(content).finalize().to_vec(),
        };
        let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        digits == self.0
    }

    /// Whether this is the id of what a file of the work tree holds. There its lines may end in CR LF where git
    /// keeps LF, by `text`, `eol` or `core.autocrlf`; of drivers that change more nothing is asked.
    pub(super) fn is_of_file(&self, content: &[u8]) -> bool {
        self.is_of(content) || content.windows(2).any(|two| two == b"\r\n") && self.is_of(&with_lf(content))
    }
}

/// A text whose lines end in LF.
fn with_lf(content: &[u8]) -> Vec<u8> {
    let next = content.iter().skip(1).copied().map(Some).chain([None]);
    let kept = content.iter().copied().zip(next).filter(|&pair| pair != (b'\r', Some(b'\n')));
    kept.map(|(byte, _)| byte).collect()
}

/// The content that a pointer of Git LFS stands for, by its SHA-256; `None` if this is no pointer.
pub(super) fn pointed_at(content: &[u8]) -> Option<&str> {
    // by its specification a pointer is below 1024 bytes, and this is its first line
    let text = str::from_utf8(content).ok().filter(|text| text.len() < 1024)?;
    let rest = text.strip_prefix("version https://git-lfs.github.com/spec/")?;
    rest.lines().find_map(|line| line.strip_prefix("oid sha256:"))
}

/// Whether a content has this SHA-256.
pub(super) fn has_sha256(content: &[u8], digits: &str) -> bool {
    let own: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
    own == digits
}

impl Tree {
    /// Reads what `git ls-tree -r -z` lists: `MODE TYPE ID<tab>PATH`, with NUL behind each. In a `sparse` work tree
    /// what is not there may never have been.
    pub(super) fn read(listed: &[u8], sparse: bool) -> Tree {
        let mut tree = Tree { sparse, ..Tree::default() };
        for entry in listed.split(|&byte| byte == 0) {
            let entry = String::from_utf8_lossy(entry);
            if let Some((about, path)) = entry.split_once('\t')
                && let [mode, "blob", id] = about.split(' ').collect::<Vec<_>>()[..]
                // 120000 is a link
                && mode.starts_with("100")
            {
                tree.files.insert(path.to_owned(), Id(id.to_owned()));
            }
        }
        tree
    }

    pub(super) fn get(&self, path: &str) -> Option<&Id> {
        self.files.get(path)
    }

    /// The file that a new one was before it was renamed, if there is one of at least half its content that is no
    /// longer in the work tree at `root`. `content` gives what a file was at the commit.
    pub(super) fn renamed<E>(
        &self,
        root: &Path,
        new: &[u8],
        content: impl Fn(&str, &Id) -> Result<Vec<u8>, E>,
    ) -> Result<Option<&str>, E> {
        let mut gone = self.files.iter().filter(|(path, _)| !root.join(path).exists());
        if let Some((same, _)) = gone.clone().find(|(_, id)| id.is_of_file(new)) {
            return Ok(Some(same));
        }
        if self.sparse {
            return Ok(None);
        }
        let gone = match self.gone.get() {
            Some(gone) => gone,
            None => {
                let sketched = gone.try_fold(Vec::new(), |mut all, (path, id)| -> Result<_, E> {
                    all.push((path.clone(), Sketch::of(&content(path, id)?)));
                    Ok(all)
                })?;
                self.gone.get_or_init(|| sketched)
            }
        };
        let new = Sketch::of(new);
        let alike = gone.iter().map(|(path, old)| (old.likeness(&new), path.as_str()));
        // of equals the first
        let most = alike.rev().max_by(|a, b| a.0.total_cmp(&b.0));
        Ok(most.filter(|(likeness, _)| *likeness >= 0.5).map(|(_, path)| path))
    }
}

/// What two versions of a file have in common, as git counts it for renames: the bytes of equal lines, of which long
/// ones are cut into parts.
#[derive(Debug)]
struct Sketch {
    /// How many bytes are in parts of a hash, by hash.
    parts: Vec<(u64, usize)>,
    size: usize,
}

/// The longest part in bytes; that of git.
const PART: usize = 64;

impl Sketch {
    fn of(content: &[u8]) -> Sketch {
        let content = with_lf(content);
        let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
        let lines = content.split_inclusive(|&byte| byte == b'\n');
        for part in lines.flat_map(|line| line.chunks(PART)) {
            let mut hasher = FxHasher::default();
            hasher.write(part);
            *counts.entry(hasher.finish()).or_default() += part.len();
        }
        Sketch { parts: counts.into_iter().collect(), size: content.len() }
    }

    /// The share of the larger one that both have, from 0 to 1.
    fn likeness(&self, other: &Sketch) -> f64 {
        let mut common = 0;
        let mut rest = other.parts.iter().peekable();
        for (hash, count) in &self.parts {
            while rest.next_if(|(other, _)| other < hash).is_some() {}
            if let Some((_, other)) = rest.next_if(|(other, _)| other == hash) {
                common += count.min(other);
            }
        }
        common as f64 / self.size.max(other.size).max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_git() {
        for (content, id, same) in [
            // `git hash-object --stdin`
            ("", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", true),
            ("a\n", "78981922613b2afb6025042ff6bd878ac1994e85", true),
            ("a\r\n", "78981922613b2afb6025042ff6bd878ac1994e85", true),
            ("a\r", "78981922613b2afb6025042ff6bd878ac1994e85", false),
            ("a\n\n", "78981922613b2afb6025042ff6bd878ac1994e85", false),
            // in a repository of `git init --object-format=sha256`
            ("", "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813", true),
        ] {
            assert_eq!(Id(id.to_owned()).is_of_file(content.as_bytes()), same, "{content:?} {id}");
        }
    }

    #[test]
    fn pointers_are_told_from_texts() {
        let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 3\n";
        assert_eq!(pointed_at(pointer.as_bytes()), Some("4d7a"));
        assert_eq!(pointed_at(b"version 1\noid sha256:4d7a\n"), None);
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert!(has_sha256(b"", empty) && !has_sha256(b"a", empty));
    }

    #[test]
    fn likeness_is_the_share_of_lines() {
        for (old, new, likeness) in [
            ("a\nb\nc\nd\n", "a\nb\nc\nd\n", 1.0),
            ("a\nb\nc\nd\n", "b\r\na\r\n", 0.5),
            ("a\nb\n", "c\nd\n", 0.0),
            ("a\na\n", "a\n", 0.5),
            ("", "", 0.0),
        ] {
            let of = |text: &str| Sketch::of(text.as_bytes());
            assert!((of(old).likeness(&of(new)) - likeness).abs() < 1e-9, "{old:?} {new:?}");
        }
    }
}
