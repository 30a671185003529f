//! A git repository, read through the `git` command.

use std::path::Path;
use std::process::Output;
use std::sync::{Mutex, PoisonError};

use super::git::{Git, Object, Objects, Search};
use super::tree::{Id, Tree, pointed_at};
use super::unread::BaseError;
use crate::files::real;
use crate::read::Limits;

/// The work tree of a repository.
#[derive(Debug)]
pub struct Repository {
    git: Git,
    /// What gives objects, once one was asked for.
    objects: Mutex<Option<Objects>>,
    limits: Limits,
}

/// How many versions of a file are looked at.
const VERSIONS: &str = "--max-count=500";

impl Repository {
    /// The repository that `path`, which need not be there, is in; of its files, no more is read than `limits` say.
    ///
    /// # Errors
    /// When there is none, or `git` refuses it, is too old or cannot be run.
    pub fn open(path: &Path, limits: Limits) -> Result<Repository, BaseError> {
        let outside = || BaseError::NoRepository(path.to_path_buf());
        let (real, _) = real(path).ok_or_else(outside)?;
        match Git::search(&real)? {
            Search::Found(git) => Ok(Repository { git, objects: Mutex::default(), limits }),
            Search::Nothing => Err(outside()),
            Search::Refused(message) => Err(BaseError::Failed { command: "rev-parse".to_owned(), message }),
        }
    }

    /// The commit that a revision names.
    ///
    /// # Errors
    /// When it names none.
    pub fn commit(&self, revision: &str) -> Result<String, BaseError> {
        if revision.contains('\0') {
            return Err(BaseError::NoRevision(revision.replace('\0', "\\0")));
        }
        let verified = |revision: &str| {
            let commit = format!("{revision}^{{commit}}");
            self.git.ask(["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])
        };
        let found = verified(revision)?;
        if found.status.success() {
            return Ok(text(&found));
        }
        let shallow = self.git.ask(["rev-parse", "--is-shallow-repository"])?;
        Err(match text(&shallow).as_str() {
            "true" => BaseError::Shallow(revision.to_owned()),
            _ if !verified("HEAD")?.status.success() => BaseError::Unborn(revision.to_owned()),
            _ => BaseError::NoRevision(revision.to_owned()),
        })
    }

    /// What a file held at a commit, under the name that it had then; `None` when it was not there.
    ///
    /// # Errors
    /// When the file is in another work tree, or git has not what it held.
    pub fn read(&self, commit: &str, path: &Path) -> Result<Option<Vec<u8>>, BaseError> {
        let inside = self.inside(path)?;
        match self.at(commit, &inside)? {
            Some(content) => Ok(Some(self.whole(content, commit, &inside)?)),
            None => self.before(&self.tree(commit)?, commit, path),
        }
    }

    /// What a file that was not there at a commit, whose files are `tree`, held under the name that it had then.
    pub(super) fn before(
        &self,
        tree: &Tree,
        commit: &str,
        path: &Path,
    ) -> Result<Option<Vec<u8>>, BaseError> {
        // what cannot be read is told where it is checked
        let Ok(new) = crate::read::content(path, &self.limits) else { return Ok(None) };
        let content = |path: &str, id: &Id| match self.blob(commit, path, id) {
            // too much to be a text that somebody translated
            Err(BaseError::TooLarge { .. }) => Ok(Vec::new()),
            content => content,
        };
        let before = tree.renamed(&self.git.root, &new, content)?;
        let content = before.and_then(|before| Some((before, tree.get(before)?)));
        let Some((before, id)) = content else { return Ok(None) };
        Ok(Some(self.whole(self.blob(commit, before, id)?, commit, before)?))
    }

    /// The files of a commit.
    pub(super) fn tree(&self, commit: &str) -> Result<Tree, BaseError> {
        let listed = self.git.ask(["ls-tree", "-r", "-z", "--full-tree", commit])?;
        if !listed.status.success() {
            return Err(failed("ls-tree", &listed));
        }
        // what a sparse checkout leaves out is not gone
        let sparse = self.git.ask(["config", "--type=bool", "--get", "core.sparseCheckout"])?;
        Ok(Tree::read(&listed.stdout, text(&sparse) == "true"))
    }

    /// The newest of what a file held in the history of the checked-out branch that `is` makes something of.
    ///
    /// # Errors
    /// When the file is in another work tree, or git has not what it held.
    pub fn version<T>(
        &self,
        path: &Path,
        mut is: impl FnMut(&[u8]) -> Option<T>,
    ) -> Result<Option<T>, BaseError> {
        let inside = self.inside(path)?;
        let head = self.git.ask(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])?;
        if !head.status.success() {
            // nothing was committed yet
            return Ok(None);
        }
        let listed = self.git.ask(["rev-list", VERSIONS, &text(&head), "--", &inside])?;
        if !listed.status.success() {
            return Err(failed("rev-list", &listed));
        }
        for commit in text(&listed).lines() {
            if let Some(content) = self.at(commit, &inside)?
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
        let (real, rest) = real(path).ok_or_else(outside)?;
        let real = real.join(rest);
        let inside = real.strip_prefix(&self.git.root).map_err(|_| outside())?;
        // of what lies in a submodule, this repository knows only the commit
        let nested = |folder: &&Path| folder.join(".git").exists();
        if let Some(other) = real.ancestors().take_while(|folder| *folder != self.git.root).find(nested) {
            return Err(BaseError::Nested(path.to_path_buf(), other.to_path_buf()));
        }
        let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Ok(parts.join("/"))
    }

    /// The content of a file of a commit.
    pub(super) fn blob(&self, commit: &str, path: &str, id: &Id) -> Result<Vec<u8>, BaseError> {
        match self.object(&id.0)? {
            Object::File(content) => Ok(content),
            object => Err(self.unusable(object, commit, path)),
        }
    }

    /// What a file held that a commit has at this very path; `None` when there is none.
    fn at(&self, commit: &str, inside: &str) -> Result<Option<Vec<u8>>, BaseError> {
        match self.object(&format!("{commit}:{inside}"))? {
            Object::File(content) => Ok(Some(content)),
            Object::NoFile => Ok(None),
            Object::Missing => {
                let listed = self.git.ask(["ls-tree", "-z", "--full-tree", commit, "--", inside])?;
                match listed.status.success() {
                    false => Err(failed("ls-tree", &listed)),
                    true if listed.stdout.is_empty() => Ok(None),
                    true => Err(self.unusable(Object::Missing, commit, inside)),
                }
            }
            Object::TooLarge => Err(self.unusable(Object::TooLarge, commit, inside)),
        }
    }

    /// A content that is no pointer to another.
    pub(super) fn whole(&self, content: Vec<u8>, commit: &str, path: &str) -> Result<Vec<u8>, BaseError> {
        match pointed_at(&content) {
            None => Ok(content),
            Some(_) => Err(BaseError::Pointer { path: path.to_owned(), commit: commit.to_owned() }),
        }
    }

    fn unusable(&self, object: Object, commit: &str, path: &str) -> BaseError {
        let (path, commit) = (path.to_owned(), commit.to_owned());
        match object {
            Object::TooLarge => BaseError::TooLarge { path, commit, limit: self.limits.file },
            _ => BaseError::Absent { path, commit },
        }
    }

    fn object(&self, name: &str) -> Result<Object, BaseError> {
        // a thread that panicked while it asked leaves none that answers
        let mut objects = self.objects.lock().unwrap_or_else(PoisonError::into_inner);
        let mut running = match objects.take() {
            Some(running) => running,
            None => Objects::start(&self.git)?,
        };
        match running.get(name, self.limits.file) {
            Ok(Object::TooLarge) => Ok(Object::TooLarge),
            Ok(object) => {
                *objects = Some(running);
                Ok(object)
            }
            Err(error) => Err(BaseError::Failed {
                command: format!("cat-file --batch` of `{name}"),
                message: format!("{error}; `git fsck` says what is wrong with the repository"),
            }),
        }
    }
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim_end_matches(['\n', '\r']).to_owned()
}

fn failed(command: &str, output: &Output) -> BaseError {
    let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    BaseError::Failed { command: command.to_owned(), message }
}
