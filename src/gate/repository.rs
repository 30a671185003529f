//! A git repository, read through the `git` command.

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
    NoGit(String),
    /// The file is in no work tree.
    #[error("{}: is not in a git work tree", .0.display())]
    NoRepository(PathBuf),
    /// The file is in a repository of its own inside this one: a submodule, for instance.
    #[error("{}: is in another repository, {}; run there, or exclude it", .0.display(), .1.display())]
    Nested(PathBuf, PathBuf),
    /// The revision does not exist.
    #[error("there is no revision `{0}` in this repository")]
    NoRevision(String),
    /// Nothing was committed yet.
    #[error("the repository has no commit yet, so there is no `{0}` to compare with; commit first")]
    Unborn(String),
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

/// The work tree of a repository.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Repository {
    root: PathBuf,
}

/// What changed between a commit and the work tree.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes {
    /// The files that are other than they were, by their paths from the root.
    pub(super) changed: BTreeSet<String>,
    /// The names that files had which were renamed since.
    pub(super) renamed: BTreeMap<String, String>,
}

/// How many versions of a file are looked at.
const VERSIONS: &str = "500";

impl Repository {
    /// The repository that `path`, which need not be there, is in.
    pub fn open(path: &Path) -> Result<Repository, BaseError> {
        let folder = path.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let top = git(folder, ["rev-parse", "--show-toplevel"])?;
        let outside = || BaseError::NoRepository(path.to_path_buf());
        if !top.status.success() {
            // git refuses repositories of other owners, for instance, and says how to have them
            let no_work_tree = ["not a git repository", "must be run in a work tree"];
            let said = String::from_utf8_lossy(&top.stderr);
            return Err(match no_work_tree.iter().any(|reason| said.contains(reason)) {
                true => outside(),
                false => failed("rev-parse", &top),
            });
        }
        let root = fs::canonicalize(text(&top)).map_err(|_| outside())?;
        Ok(Repository { root })
    }

    /// The commit that a revision names.
    pub fn commit(&self, revision: &str) -> Result<String, BaseError> {
        let verified = |revision: &str| {
            let commit = format!("{revision}^{{commit}}");
            git(&self.root, ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])
        };
        let found = verified(revision)?;
        if found.status.success() {
            return Ok(text(&found));
        }
        let shallow = git(&self.root, ["rev-parse", "--is-shallow-repository"])?;
        Err(match text(&shallow).as_str() {
            "true" => BaseError::Shallow(revision.to_owned()),
            _ if !verified("HEAD")?.status.success() => BaseError::Unborn(revision.to_owned()),
            _ => BaseError::NoRevision(revision.to_owned()),
        })
    }

    /// What changed since a commit; with what git does not know yet.
    pub(super) fn changes(&self, commit: &str) -> Result<Changes, BaseError> {
        let mut changes = self.differences(commit)?;
        let untracked = git(&self.root, ["ls-files", "--others", "--exclude-standard", "-z"])?;
        changes.changed.extend(fields(&untracked).iter().filter(|path| !path.is_empty()).cloned());
        Ok(changes)
    }

    /// What a file held at a commit, under the name that it had then; `None` when it was not there.
    pub fn read(&self, commit: &str, path: &Path) -> Result<Option<Vec<u8>>, BaseError> {
        let inside = self.inside(path)?;
        if let Some(content) = self.blob(&format!("{commit}:{inside}"))? {
            return Ok(Some(content));
        }
        match self.differences(commit)?.renamed.get(&inside) {
            Some(before) => self.blob(&format!("{commit}:{before}")),
            None => Ok(None),
        }
    }

    /// The newest of what a file held in the history of the checked-out branch that `is` makes something of.
    pub fn version<T>(
        &self,
        path: &Path,
        mut is: impl FnMut(&[u8]) -> Option<T>,
    ) -> Result<Option<T>, BaseError> {
        let inside = self.inside(path)?;
        let form = ["log", "-m", "--raw", "--no-abbrev", "--no-renames", "--format=", "-n", VERSIONS, "--"];
        let listed = git(&self.root, form.into_iter().chain([inside.as_str()]))?;
        // each line is `:MODE MODE OLD NEW STATUS<tab>PATH`; a repository without commit lists nothing
        let lines = text(&listed);
        let ids = lines.lines().flat_map(|line| [line.split(' ').nth(3), line.split(' ').nth(2)]).flatten();
        let mut seen = BTreeSet::new();
        for id in ids.filter(|id| id.bytes().any(|byte| byte != b'0')) {
            if seen.insert(id)
                && let Some(content) = self.blob(id)?
                && let Some(made) = is(&content)
            {
                return Ok(Some(made));
            }
        }
        Ok(None)
    }

    /// The path of a file, which need not be there, from the top of the work tree, with `/` between its parts.
    pub(super) fn inside(&self, path: &Path) -> Result<String, BaseError> {
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

    /// The content of an object; `None` when there is none, or when it is no file.
    pub(super) fn blob(&self, object: &str) -> Result<Option<Vec<u8>>, BaseError> {
        let shown = git(&self.root, ["cat-file", "blob", object])?;
        if shown.status.success() {
            return Ok(Some(shown.stdout));
        }
        let kind = git(&self.root, ["cat-file", "-t", object])?;
        match text(&kind) == "blob" {
            true => Err(failed("cat-file", &shown)),
            false => Ok(None),
        }
    }

    /// The files that differ between a commit and the work tree, and the old names of those that were renamed.
    fn differences(&self, commit: &str) -> Result<Changes, BaseError> {
        let listed = git(&self.root, ["diff", "-M", "--name-status", "-z", commit, "--"])?;
        if !listed.status.success() {
            return Err(failed("diff", &listed));
        }
        let Changes { mut changed, mut renamed } = Changes::default();
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
        Ok(Changes { changed, renamed })
    }
}

/// What `-z` sets apart.
fn fields(output: &Output) -> Vec<String> {
    String::from_utf8_lossy(&output.stdout).split('\0').map(str::to_owned).collect()
}

fn git<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(folder: &Path, args: I) -> Result<Output, BaseError> {
    let mut command = Command::new("git");
    // what git says is read here: in English
    command.env("LC_ALL", "C").arg("-C").arg(folder).args(args);
    command.output().map_err(|error| BaseError::NoGit(error.to_string()))
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim_end_matches(['\n', '\r']).to_owned()
}

fn failed(command: &str, output: &Output) -> BaseError {
    let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    BaseError::Failed { command: command.to_owned(), message }
}
