//! Why something cannot be read from git.

use std::path::PathBuf;

use crate::message::{Message, Tongue, message};

/// Why the base cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message().said(Tongue::English))]
pub enum BaseError {
    /// `git` cannot be started.
    NoGit(String),
    /// `git` is too old to be kept from running what a repository brings along.
    TooOld(String),
    /// The file is in no work tree.
    NoRepository(PathBuf),
    /// The file is in a repository of its own inside this one: a submodule, for instance.
    Nested(PathBuf, PathBuf),
    /// The revision does not exist.
    NoRevision(String),
    /// Nothing was committed yet.
    Unborn(String),
    /// The revision does not exist because the history was cut off.
    Shallow(String),
    /// It was left out of a partial clone.
    Absent {
        /// The path from the top of the work tree.
        path: String,
        /// The commit.
        commit: String,
    },
    /// Git LFS keeps it elsewhere.
    Pointer {
        /// The path from the top of the work tree.
        path: String,
        /// The commit.
        commit: String,
    },
    /// It is beyond what is read.
    TooLarge {
        /// The path from the top of the work tree.
        path: String,
        /// The commit.
        commit: String,
        /// The most bytes that are read.
        limit: u64,
    },
    /// `git` did not come to an end.
    NoAnswer {
        /// What was run.
        command: String,
        /// How long it was waited for.
        seconds: u64,
    },
    /// `git` failed for another reason.
    Failed {
        /// What was run.
        command: String,
        /// What it said.
        message: String,
    },
}

impl BaseError {
    /// Why it cannot be read, in every language.
    pub fn message(&self) -> Message {
        let shown = |path: &PathBuf| path.display().to_string();
        match self {
            BaseError::NoGit(why) => message!("base-no-git", why = why),
            BaseError::TooOld(version) => message!("base-too-old", version = version),
            BaseError::NoRepository(path) => message!("base-no-repository", path = shown(path)),
            BaseError::Nested(path, other) => {
                message!("base-nested", path = shown(path), other = shown(other))
            }
            BaseError::NoRevision(revision) => message!("base-no-revision", revision = revision),
            BaseError::Unborn(revision) => message!("base-unborn", revision = revision),
            BaseError::Shallow(revision) => message!("base-shallow", revision = revision),
            BaseError::Absent { path, commit } => message!("base-absent", path = path, commit = commit),
            BaseError::Pointer { path, commit } => message!("base-pointer", path = path, commit = commit),
            BaseError::TooLarge { path, commit, limit } => {
                message!("base-too-large", path = path, commit = commit, limit = limit.to_string())
            }
            BaseError::NoAnswer { command, seconds } => {
                message!("base-no-answer", command = command, seconds = seconds.to_string())
            }
            BaseError::Failed { command, message } => {
                message!("base-failed", command = command, why = message)
            }
        }
    }
}
