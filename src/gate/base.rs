//! Files as they were at a revision.

use std::path::Path;

use super::repository::{BaseError, Changes, Repository};

/// A revision of a repository, and what changed in the work tree since.
#[derive(Debug, Clone)]
pub struct Base {
    repository: Repository,
    commit: String,
    changes: Changes,
}

impl Base {
    /// The revision named `revision` of the repository that `path` is in.
    pub fn open(path: &Path, revision: &str) -> Result<Base, BaseError> {
        let repository = Repository::open(path)?;
        let commit = repository.commit(revision)?;
        let changes = repository.changes(&commit)?;
        Ok(Base { repository, commit, changes })
    }

    /// Whether the file is other than it was at the revision, or is there only now, or was only then.
    pub fn changed(&self, path: &Path) -> Result<bool, BaseError> {
        Ok(self.changes.changed.contains(&self.repository.inside(path)?))
    }

    /// What the file held at the revision, under the name that it had then; `None` when it was not there.
    pub fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, BaseError> {
        let inside = self.repository.inside(path)?;
        let at = |inside: &str| self.repository.blob(&format!("{}:{inside}", self.commit));
        match (at(&inside)?, self.changes.renamed.get(&inside)) {
            (None, Some(before)) => at(before),
            (content, _) => Ok(content),
        }
    }
}
