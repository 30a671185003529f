//! `git`, asked so that nothing runs that a repository brings along.
//!
//! Who clones a repository has not agreed to its programs: to those that its settings name, nor to those of a bare
//! repository among its files. So only verbs are used that read objects (`rev-parse`, `ls-tree`, `rev-list`,
//! `cat-file`): none of them asks a filter, a textconv or diff driver, a program for signatures, a pager or an editor.
//! Files of the work tree are read and compared by us.

use std::env;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::{OnceLock, mpsc};
use std::time::Duration;

use super::unread::BaseError;
use crate::text::foreign::shown;

/// The oldest version that is asked: the first with `safe.bareRepository`, and with `cat-file -z`.
const OLDEST: [u32; 2] = [2, 38];

/// Settings over those of the repository.
const SETTINGS: [&str; 4] = [
    // files that look like a bare repository are files
    "safe.bareRepository=explicit",
    // asked when the index is read, as a revision such as `:0:file` does
    "core.fsmonitor=false",
    // nothing here calls one; an older git may start a fetch in spite of GIT_NO_LAZY_FETCH, which would
    "core.hooksPath=/dev/null",
    "protocol.allow=never",
];

const ENVIRONMENT: [(&str, &str); 6] = [
    // what is not there is not fetched; GIT_ALLOW_PROTOCOL holds over `protocol.ext.allow` of a repository as well,
    // so that no remote helper, ssh command, proxy or credential helper starts
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_TERMINAL_PROMPT", "0"),
    // a path is a path, whatever it begins with
    ("GIT_LITERAL_PATHSPECS", "1"),
    // what git says is read here: in English
    ("LC_ALL", "C"),
];

/// What git tells its hooks of the repository that they are for. With it, git takes the working folder for the top
/// of the work tree, wherever that is.
const OF_HOOKS: [&str; 5] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX"];

/// A repository that git was asked about: its own folder, and the top of its work tree.
#[derive(Debug, Clone)]
pub(super) struct Git {
    folder: PathBuf,
    pub(super) root: PathBuf,
}

/// What became of the search for a repository.
pub(super) enum Search {
    Found(Git),
    Nothing,
    /// git says no, with these words.
    Refused(String),
}

impl Git {
    /// The repository of a folder or file, which must be there and have its real path.
    ///
    /// The nearest folder above that has `.git` is asked, and no folder below that, which could hold a bare
    /// repository. The environment counts where it names a work tree, or where there is no such folder: a work tree
    /// may have its repository elsewhere.
    pub(super) fn search(real: &Path) -> Result<Search, BaseError> {
        known()?;
        let top = real.ancestors().find(|folder| folder.join(".git").exists());
        let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        let named = set("GIT_DIR") && (set("GIT_WORK_TREE") || top.is_none());
        let mut command = hardened();
        match top {
            _ if named => {}
            Some(top) => forget_hooks(command.arg("-C").arg(top)),
            None => return Ok(Search::Nothing),
        }
        let output = run(command.args(["rev-parse", "--show-toplevel", "--absolute-git-dir"]))?;
        if !output.status.success() {
            // git refuses repositories of other owners, for instance, and says how to have them
            let said = String::from_utf8_lossy(&output.stderr);
            let no_work_tree = ["not a git repository", "must be run in a work tree"];
            return Ok(match no_work_tree.iter().any(|reason| said.contains(reason)) {
                true => Search::Nothing,
                false => Search::Refused(said.trim().to_owned()),
            });
        }
        let mut lines = output.stdout.split(|&byte| byte == b'\n').map(path);
        let (Some(root), Some(folder)) = (lines.next(), lines.next()) else { return Ok(Search::Nothing) };
        Ok(match root.canonicalize() {
            Ok(root) => Search::Found(Git { folder, root }),
            Err(_) => Search::Nothing,
        })
    }

    /// Asks git about this repository, from the top of its work tree.
    pub(super) fn ask<S: AsRef<OsStr>>(
        &self,
        args: impl IntoIterator<Item = S>,
    ) -> Result<Output, BaseError> {
        run(self.command().args(args))
    }

    fn command(&self) -> Command {
        let mut command = hardened();
        forget_hooks(&mut command);
        command.arg("-C").arg(&self.root).arg("--git-dir").arg(&self.folder);
        command
    }
}

fn hardened() -> Command {
    let mut command = Command::new("git");
    command.envs(ENVIRONMENT).args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
    command
}

fn forget_hooks(command: &mut Command) {
    OF_HOOKS.iter().for_each(|name| {
        command.env_remove(name);
    });
}

/// How long git is waited for: long enough to list the files of the largest repositories, and not for ever, since the
/// settings of a repository may name a pipe to be read with them.
const LONGEST: Duration = Duration::from_secs(60);

fn run(command: &mut Command) -> Result<Output, BaseError> {
    within(LONGEST, command)
}

fn within(longest: Duration, command: &mut Command) -> Result<Output, BaseError> {
    let failed = |error: io::Error| BaseError::NoGit(error.to_string());
    let piped = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().map_err(failed)?;
    let (sender, receiver) = mpsc::channel();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    // both at once, or git would wait for room in the one while the other is read; when git ends, both do
    std::thread::spawn(move || {
        let errors = std::thread::spawn(move || all_of(stderr));
        let output = all_of(stdout);
        let errors = errors.join().unwrap_or_else(|_| Err(io::ErrorKind::Other.into()));
        // nobody waits for it any more if the time was over
        let _ = sender.send(output.and_then(|output| Ok((output, errors?))));
    });
    let Ok(read) = receiver.recv_timeout(longest) else {
        // an error says that it has ended by itself just now
        let _ = child.kill();
        let _ = child.wait();
        let words: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
        return Err(BaseError::NoAnswer { command: shown(&words.join(" ")), seconds: longest.as_secs() });
    };
    let (stdout, stderr) = read.map_err(failed)?;
    Ok(Output { status: child.wait().map_err(failed)?, stdout, stderr })
}

fn all_of(stream: Option<impl Read>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.ok_or(io::ErrorKind::BrokenPipe)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// That git is there, and knows what is asked of it.
fn known() -> Result<(), BaseError> {
    static VERSION: OnceLock<String> = OnceLock::new();
    let version = match VERSION.get() {
        Some(version) => version,
        None => {
            let output = run(Command::new("git").arg("--version").env("LC_ALL", "C"))?;
            VERSION.get_or_init(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
        }
    };
    match is_recent(version) {
        true => Ok(()),
        false => Err(BaseError::TooOld(version.clone())),
    }
}

/// Whether `git version 2.47.3`, `git version 2.39.5 (Apple Git-154)` or the like is new enough.
fn is_recent(version: &str) -> bool {
    let number = version.strip_prefix("git version ").unwrap_or_default();
    let mut parts = number.split(|c: char| !c.is_ascii_digit()).map_while(|part| part.parse::<u32>().ok());
    [parts.next().unwrap_or(0), parts.next().unwrap_or(0)] >= OLDEST
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).trim_end_matches('\r'))
}

/// A running `git cat-file`, which gives one object after the other.
#[derive(Debug)]
pub(super) struct Objects {
    child: Child,
    output: BufReader<ChildStdout>,
}

/// What an object is.
#[derive(Debug)]
pub(super) enum Object {
    Missing,
    /// A folder, a commit.
    NoFile,
    File(Vec<u8>),
    /// A file of more bytes than were to be read.
    TooLarge,
}

impl Objects {
    pub(super) fn start(git: &Git) -> Result<Objects, BaseError> {
        let mut command = git.command();
        command.args(["cat-file", "--batch", "-z"]);
        // what it says of objects that are broken comes to its end, too, and that is told
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| BaseError::NoGit(error.to_string()))?;
        let output = child.stdout.take().ok_or_else(|| BaseError::NoGit("no output".to_owned()))?;
        Ok(Objects { child, output: BufReader::new(output) })
    }

    /// An object, by its id or as `COMMIT:PATH`. After an error, or an object that is too large, nothing more can
    /// be asked.
    pub(super) fn get(&mut self, name: &str, most: u64) -> io::Result<Object> {
        let input = self.child.stdin.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        input.write_all(format!("{name}\0").as_bytes())?;
        input.flush()?;
        let line = self.line()?;
        // `ID KIND SIZE`, or else the name once more and what is wrong with it
        let fields: Vec<&str> = line.split(' ').collect();
        let [_, kind, size] = fields[..] else { return self.rest_of(name) };
        let Ok(size) = size.parse::<u64>() else { return self.rest_of(name) };
        if size > most {
            return Ok(Object::TooLarge);
        }
        let mut content = Vec::new();
        // a line end follows the content
        (&mut self.output).take(size + 1).read_to_end(&mut content)?;
        if content.pop().is_none() || content.len() as u64 != size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(if kind == "blob" { Object::File(content) } else { Object::NoFile })
    }

    /// Reads an answer that gives back a name to its end, since names hold line ends.
    fn rest_of(&mut self, name: &str) -> io::Result<Object> {
        (0..name.matches('\n').count()).try_for_each(|_| self.line().map(|_| ()))?;
        Ok(Object::Missing)
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        self.output.read_until(b'\n', &mut line)?;
        match line.pop() {
            Some(b'\n') => Ok(String::from_utf8_lossy(&line).into_owned()),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // it only reads: there is nothing that it could leave half done
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Settings that include a pipe keep git waiting, whatever it is asked.
    #[cfg(unix)]
    #[test]
    fn git_is_not_waited_for_for_ever() {
        let folder = tempfile::tempdir().expect("a folder");
        let made = |program: &str, args: &[&str]| {
            Command::new(program).args(args).current_dir(&folder).status().expect("started").success()
        };
        assert!(made("git", &["init", "--quiet"]) && made("mkfifo", &["pipe"]));
        assert!(made("git", &["config", "include.path", "../pipe"]));
        let mut command = hardened();
        let asked = command.arg("-C").arg(folder.path()).args(["rev-parse", "--show-toplevel"]);
        let said = within(Duration::from_millis(200), asked).expect_err("it waits").to_string();
        assert!(said.contains("rev-parse --show-toplevel") && said.contains("include.path"), "{said}");
    }

    #[test]
    fn versions_are_told_apart() {
        for (version, recent) in [
            ("git version 2.47.3", true),
            ("git version 2.38.0", true),
            ("git version 2.39.5 (Apple Git-154)", true),
            ("git version 2.49.0.windows.1", true),
            ("git version 3.0", true),
            ("git version 2.34.1", false),
            ("git version 1.99.9", false),
            ("git version 2.38-rc0", true),
            ("something else", false),
            ("", false),
        ] {
            assert_eq!(is_recent(version), recent, "{version}");
        }
    }
}
