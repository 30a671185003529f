//! Why something cannot be read from git.

use std::path::PathBuf;

/// Why the base cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BaseError {
    /// `git` cannot be started.
    #[error("`git` cannot be run: {0}")]
    NoGit(String),
    /// `git` is too old to be kept from running what a repository brings along.
    #[error("`{0}` is too old to be asked about a repository safely; install git 2.38 or later")]
    TooOld(String),
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
    /// It was left out of a partial clone.
    #[error(
        "{path}: what it was at {commit} is not in this partial clone; `git diff --stat {commit}` fetches it"
    )]
    Absent {
        /// The path from the top of the work tree.
        path: String,
        /// The commit.
        commit: String,
    },
    /// Git LFS keeps it elsewhere.
    #[error(
        "{path}: at {commit} git has but a pointer of Git LFS, which is not read; exclude the file, or check it without a base"
    )]
    Pointer {
        /// The path from the top of the work tree.
        path: String,
        /// The commit.
        commit: String,
    },
    /// It is beyond what is read.
    #[error("{path}: larger than {limit} bytes at {commit}; raise --max-file-size")]
    TooLarge {
        /// The path from the top of the work tree.
        path: String,
        /// The commit.
        commit: String,
        /// The most bytes that are read.
        limit: u64,
    },
    /// `git` did not come to an end.
    #[error(
        "`git {command}` gave no answer for {seconds} seconds; see whether the settings of the repository name a pipe (`include.path`), or its disk hangs"
    )]
    NoAnswer {
        /// What was run.
        command: String,
        /// How long it was waited for.
        seconds: u64,
    },
    /// `git` failed for another reason.
    #[error("`git {command}` failed: {message}")]
    Failed {
        /// What was run.
        command: String,
        /// What it said.
        message: String,
    },
}
