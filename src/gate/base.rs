//! Files as they were at a revision, read through the `git` command.

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

/// A revision of a repository.
#[derive(Debug, Clone)]
pub struct Base {
    root: PathBuf,
    commit: String,
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
        Ok(Base { root, commit: text(&found) })
    }

    /// What the file held at the revision, under the name that it had then; `None` when it was not there.
    pub fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, BaseError> {
        let inside = self.inside(path)?;
        if let Some(content) = self.show(&inside)? {
            return Ok(Some(content));
        }
        match self.renamed(&inside)? {
            Some(before) => self.show(&before),
            None => Ok(None),
        }
    }

    /// The path of a file from the top of the work tree, with `/` between its parts.
    fn inside(&self, path: &Path) -> Result<String, BaseError> {
        let outside = || BaseError::NoRepository(path.to_path_buf());
        let real = fs::canonicalize(path).map_err(|_| outside())?;
        let root = fs::canonicalize(&self.root).map_err(|_| outside())?;
        let inside = real.strip_prefix(root).map_err(|_| outside())?;
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

    /// The name at the revision of a file that was renamed since.
    fn renamed(&self, inside: &str) -> Result<Option<String>, BaseError> {
        let listed =
            git(&self.root, ["diff", "-M", "--name-status", "--diff-filter=R", "-z", &self.commit, "--"])?;
        if !listed.status.success() {
            return Err(failed("diff", &listed));
        }
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        let parts: Vec<&str> = listed.split('\0').collect();
        Ok(parts.chunks_exact(3).find(|entry| entry[2] == inside).map(|entry| entry[1].to_owned()))
    }
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
