//! Files as they were at a revision, read through the `git` command.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Why the base cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BaseError {
    /// `git` cannot be started.
    #[error("`git` cannot be run: {0}")]
    NoGit(#[from] std::io::Error),
    /// The file is in no work tree.
    #[error("{}: is not in a git work tree", .0.display())]
    NoRepository(PathBuf),
    /// The file is in a repository of its own inside this one: a submodule, for instance.
    #[error("{}: is in another repository, {}; run there, or exclude it", .0.display(), .1.display())]
    Nested(PathBuf, PathBuf),
    /// The revision does not exist.
    #[error("there is no revision `{0}` in this repository")]
    NoRevision(String),
    /// The revision does not exist because the history was cut off.
    #[error("there is no revision `{0}` in this shallow clone; fetch more history (`git fetch --unshallow`)")]
    Shallow(String),
    /// `git` failed for another reason.
    #[error("`git {command}` failed: {message}")]
    Failed {
        /// What was run.
        command: String,
        /// What it said.
        message: String,
    },
}

/// A revision of a repository, and what changed in the work tree since.
#[derive(Debug, Clone)]
pub struct Base {
    root: PathBuf,
    commit: String,
    /// The files that are other than they were, by their paths from the root.
    changed: BTreeSet<String>,
    /// The names that files had which were renamed since.
    renamed: BTreeMap<String, String>,
}

impl Base {
    /// The revision named `revision` of the repository that `path` is in.
    pub fn open(path: &Path, revision: &str) -> Result<Base, BaseError> {
        let folder = match path.parent() {
            _ if path.is_dir() => path,
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let top = git(folder, ["rev-parse", "--show-toplevel"])?;
        if !top.status.success() {
            return Err(BaseError::NoRepository(path.to_path_buf()));
        }
        let root = PathBuf::from(text(&top));
        let commit = format!("{revision}^{{commit}}");
        let found = git(&root, ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        if !found.status.success() {
            let shallow = git(&root, ["rev-parse", "--is-shallow-repository"])?;
            return Err(match text(&shallow).as_str() {
                "true" => BaseError::Shallow(revision.to_owned()),
                _ => BaseError::NoRevision(revision.to_owned()),
            });
        }
        let commit = text(&found);
        let (mut changed, renamed) = changes(&root, &commit)?;
        let untracked = git(&root, ["ls-files", "--others", "--exclude-standard", "-z"])?;
        changed.extend(fields(&untracked).iter().filter(|path| !path.is_empty()).cloned());
        let root = fs::canonicalize(&root).map_err(|_| BaseError::NoRepository(path.to_path_buf()))?;
        Ok(Base { root, commit, changed, renamed })
    }

    /// Whether the file is other than it was at the revision, or is there only now, or was only then.
    pub fn changed(&self, path: &Path) -> Result<bool, BaseError> {
        Ok(self.changed.contains(&self.inside(path)?))
    }

    /// What the file held at the revision, under the name that it had then; `None` when it was not there.
    pub fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, BaseError> {
        let inside = self.inside(path)?;
        if let Some(content) = self.show(&inside)? {
            return Ok(Some(content));
        }
        match self.renamed.get(&inside) {
            Some(before) => self.show(before),
            None => Ok(None),
        }
    }

    /// The path of a file, which need not be there, from the top of the work tree, with `/` between its parts.
    fn inside(&self, path: &Path) -> Result<String, BaseError> {
        let outside = || BaseError::NoRepository(path.to_path_buf());
        let mut there = std::path::absolute(path).map_err(|_| outside())?;
        let mut rest = Vec::new();
        let real = loop {
            if let Ok(real) = fs::canonicalize(&there) {
                break real;
            }
            rest.push(there.file_name().ok_or_else(outside)?.to_owned());
            there.pop();
        };
        let real = rest.iter().rev().fold(real, |path, name| path.join(name));
        let inside = real.strip_prefix(&self.root).map_err(|_| outside())?;
        // of what lies in a submodule, this repository knows only the commit
        let nested = |folder: &&Path| folder.join(".git").exists();
        if let Some(other) = real.ancestors().take_while(|folder| *folder != self.root).find(nested) {
            return Err(BaseError::Nested(path.to_path_buf(), other.to_path_buf()));
        }
        let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Ok(parts.join("/"))
    }

    fn show(&self, inside: &str) -> Result<Option<Vec<u8>>, BaseError> {
        let object = format!("{}:{inside}", self.commit);
        let kind = git(&self.root, ["cat-file", "-t", &object])?;
        if text(&kind) != "blob" {
            return Ok(None);
        }
        let shown = git(&self.root, ["cat-file", "blob", &object])?;
        match shown.status.success() {
            true => Ok(Some(shown.stdout)),
            false => Err(failed("cat-file", &shown)),
        }
    }
}

/// The files that changed since a commit, and the old names of those that were renamed.
fn changes(root: &Path, commit: &str) -> Result<(BTreeSet<String>, BTreeMap<String, String>), BaseError> {
    let listed = git(root, ["diff", "-M", "--name-status", "-z", commit, "--"])?;
    if !listed.status.success() {
        return Err(failed("diff", &listed));
    }
    let (mut changed, mut renamed) = (BTreeSet::new(), BTreeMap::new());
    let mut fields = fields(&listed).into_iter();
    while let (Some(status), Some(path)) = (fields.next(), fields.next()) {
        if status.starts_with(['R', 'C'])
            && let Some(new) = fields.next()
        {
            changed.insert(new.clone());
            renamed.insert(new, path.clone());
        }
        changed.insert(path);
    }
    Ok((changed, renamed))
}

/// What `-z` sets apart.
fn fields(output: &Output) -> Vec<String> {
    String::from_utf8_lossy(&output.stdout).split('\0').map(str::to_owned).collect()
}

fn git<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(folder: &Path, args: I) -> Result<Output, BaseError> {
    Ok(Command::new("git").arg("-C").arg(folder).args(args).output()?)
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim_end_matches(['\n', '\r']).to_owned()
}

fn failed(command: &str, output: &Output) -> BaseError {
    let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    BaseError::Failed { command: command.to_owned(), message }
}
