//! Files as they were at a revision.

use std::io;
use std::path::Path;

use super::repository::Repository;
use super::tree::{Tree, has_sha256, pointed_at};
use super::unread::BaseError;
use crate::error::{Error, ErrorKind};
use crate::read::{self, Limits};

/// A revision of a repository, with its files.
#[derive(Debug)]
pub struct Base {
    repository: Repository,
    commit: String,
    tree: Tree,
    limits: Limits,
}

impl Base {
    /// The revision named `revision` of the repository that `path` is in.
    ///
    /// # Errors
    /// When there is no such repository or revision.
    pub fn open(path: &Path, revision: &str, limits: Limits) -> Result<Base, BaseError> {
        let repository = Repository::open(path, limits)?;
        let commit = repository.commit(revision)?;
        let tree = repository.tree(&commit)?;
        Ok(Base { repository, commit, tree, limits })
    }

    /// Whether the file is other than it was at the revision, or is there only now, or was only then.
    ///
    /// # Errors
    /// When the file is in another work tree, or git has not what it held.
    pub fn changed(&self, path: &Path) -> Result<bool, BaseError> {
        let inside = self.repository.inside(path)?;
        let was_there = self.tree.get(&inside).is_some();
        match read::content(path, &self.limits) {
            Ok(now) => Ok(!was_there || !matches!(self.then(&inside, Some(now))?, Then::Same(_))),
            Err(Error { kind: ErrorKind::Io(error), .. }) if error.kind() == io::ErrorKind::NotFound => {
                Ok(was_there)
            }
            // what is wrong with it is told where it is checked
            Err(_) => Ok(true),
        }
    }

    /// What the file held at the revision, under the name that it had then; `None` when it was not there.
    ///
    /// # Errors
    /// When the file is in another work tree, or git has not what it held.
    pub fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, BaseError> {
        let inside = self.repository.inside(path)?;
        match self.then(&inside, read::content(path, &self.limits).ok())? {
            Then::Nothing => self.repository.before(&self.tree, &self.commit, path),
            Then::Same(now) => Ok(Some(now)),
            Then::Other(then) => Ok(Some(self.repository.whole(then, &self.commit, &inside)?)),
        }
    }

    /// What a file that holds `now` was at the revision, under this name.
    fn then(&self, inside: &str, now: Option<Vec<u8>>) -> Result<Then, BaseError> {
        let Some(id) = self.tree.get(inside) else { return Ok(Then::Nothing) };
        // what is there need not be asked of git, which may not have it
        let now = match now {
            Some(now) if id.is_of_file(&now) => return Ok(Then::Same(now)),
            now => now,
        };
        let then = self.repository.blob(&self.commit, inside, id)?;
        let pointed = |now: &Vec<u8>| pointed_at(&then).is_some_and(|digits| has_sha256(now, digits));
        Ok(match now.filter(pointed) {
            Some(now) => Then::Same(now),
            None => Then::Other(then),
        })
    }
}

/// What a file was.
enum Then {
    /// It was not there.
    Nothing,
    /// What it is.
    Same(Vec<u8>),
    /// Something else.
    Other(Vec<u8>),
}
