//! Walks through a folder as git sees it: without what `.gitignore` and its like name, and without what is hidden.
//!
//! The files that say what to leave out belong to whoever wrote the folder, so they are read as documents are: within
//! limits, and a line that git can make nothing of says nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder, gitconfig_excludes_path};

use super::Found;
use crate::error::{Error, ErrorKind};
use crate::files;
use crate::message::id;

/// The largest file of patterns that is read, in bytes: some 50,000 patterns, of which 1,000 are many.
const LARGEST: u64 = 1 << 20;
/// The longest pattern that can fit something, in bytes: no path is longer on Linux.
const LONGEST: usize = 4096;

/// What the files in one folder say.
struct Level {
    /// `.ignore`, which holds whether or not there is a repository.
    ignore: Gitignore,
    /// `.gitignore`.
    git: Gitignore,
    /// Whether a repository begins here: what git is told above says nothing below.
    top: bool,
}

struct Walk<'a> {
    /// Of the folder that is looked into and those above it, outermost first.
    levels: Vec<Level>,
    /// What the user leaves out everywhere.
    global: Gitignore,
    files: Vec<PathBuf>,
    unread: &'a mut Vec<Found>,
}

/// The regular files below a folder, by their paths from there; and into `unread` what could not be looked into. Links
/// are not followed.
///
/// # Errors
/// When the folder itself cannot be looked into.
pub(super) fn files(root: &Path, unread: &mut Vec<Found>) -> Result<Vec<PathBuf>, Error> {
    let fail = |error: io::Error| Error::new(root, io::Error::from(error.kind()));
    // a walk from nowhere starts here
    let start = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    let absolute = fs::canonicalize(start).map_err(fail)?;
    let mut walk = Walk { levels: Vec::new(), global: Gitignore::empty(), files: Vec::new(), unread };
    if let Some(path) = gitconfig_excludes_path() {
        walk.global = walk.patterns(&absolute, &[path]);
    }
    let mut above: Vec<&Path> = absolute.ancestors().skip(1).collect();
    above.reverse();
    for folder in above {
        walk.enter(folder, folder);
    }
    walk.folder(start, &absolute, Path::new("")).map_err(fail)?;
    Ok(walk.files)
}

impl Walk<'_> {
    /// Looks into a folder: as it is called, from the top of the file system, and from where the walk began.
    fn folder(&mut self, path: &Path, absolute: &Path, inside: &Path) -> io::Result<()> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            entries.push((entry.file_name(), entry.file_type()?));
        }
        entries.sort_by(|one, other| one.0.cmp(&other.0));
        self.enter(path, absolute);
        for (name, kind) in entries {
            let hidden = name.as_encoded_bytes().starts_with(b".");
            if !(kind.is_dir() || kind.is_file()) || self.skips(&absolute.join(&name), kind.is_dir(), hidden)
            {
                continue;
            }
            let (own, below) = (path.join(&name), inside.join(&name));
            if kind.is_file() {
                self.files.push(below);
            } else if let Err(error) = self.folder(&own, &absolute.join(&name), &below) {
                let why = io::Error::from(error.kind()).to_string();
                self.unread.push(Found::Unread { path: own, why });
            }
        }
        self.levels.pop();
        Ok(())
    }

    /// Takes in what the files of a folder say.
    fn enter(&mut self, path: &Path, absolute: &Path) {
        let git = path.join(".git");
        let mut of_git = Vec::new();
        // the patterns of the folder come last, since the last that fits decides
        of_git.extend(shared(&git).map(|folder| folder.join("info/exclude")));
        of_git.push(path.join(".gitignore"));
        let ignore = self.patterns(absolute, &[path.join(".ignore")]);
        let patterns = self.patterns(absolute, &of_git);
        self.levels.push(Level { ignore, git: patterns, top: git.exists() });
    }

    /// Whether something is left out. The innermost file that says something of it decides.
    fn skips(&self, path: &Path, is_folder: bool, hidden: bool) -> bool {
        let top = self.levels.iter().rposition(|level| level.top).unwrap_or(0);
        let ignore = self.levels.iter().rev().map(|level| &level.ignore);
        let git = self.levels[top..].iter().rev().map(|level| &level.git);
        let said = ignore.chain(git).chain([&self.global]).map(|patterns| patterns.matched(path, is_folder));
        match said.into_iter().find(|said| !said.is_none()) {
            Some(Match::Ignore(_)) => true,
            Some(Match::Whitelist(_)) => false,
            _ => hidden,
        }
    }

    /// The patterns of some files, those that are there, for what is below a folder.
    fn patterns(&mut self, folder: &Path, files: &[PathBuf]) -> Gitignore {
        let mut builder = GitignoreBuilder::new(folder);
        let mut said = false;
        for path in files {
            let bytes = match files::content(path, LARGEST, id!("remedy-take-out")) {
                Ok(bytes) => bytes,
                Err(Error { kind: ErrorKind::Io(error), .. }) if is_absent(&error) => continue,
                // git passes over it
                Err(_) if path.is_dir() => continue,
                Err(Error { kind, .. }) => {
                    self.unread.push(Found::Unread { path: path.clone(), why: kind.to_string() });
                    continue;
                }
            };
            for line in bytes.split(|&byte| byte == b'\n').filter(|line| line.len() <= LONGEST) {
                let line = String::from_utf8_lossy(line);
                // what cannot be used says nothing, as for git
                said |= builder.add_line(None, &without_braces(line.trim_start_matches('\u{feff}'))).is_ok();
            }
        }
        if !said {
            return Gitignore::empty();
        }
        builder.build().unwrap_or_else(|error| {
            let path = files.last().cloned().unwrap_or_default();
            self.unread.push(Found::Unread { path, why: error.to_string() });
            Gitignore::empty()
        })
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// A pattern in which braces stand for themselves, as they do for git.
fn without_braces(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut escaped = false;
    for c in line.chars() {
        if matches!(c, '{' | '}') && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}

/// The folder of a repository that its work trees share, by the `.git` of one of them.
fn shared(git: &Path) -> Option<PathBuf> {
    if git.is_dir() {
        return Some(git.to_path_buf());
    }
    let said = |path: &Path| {
        Some(files::text(path, LONGEST as u64, id!("remedy-take-out")).ok()?.trim_end().to_owned())
    };
    let own = git.parent()?.join(said(git)?.strip_prefix("gitdir: ")?);
    let common = said(&own.join("commondir"))?;
    Some(own.join(common))
}
