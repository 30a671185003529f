//! Files that are written: whole or not at all, by one at a time, and never over a file that is read.
//!
//! What is on its way to its name, and what holds a turn, is a file `.duizhao-…` beside it, locked by who made it. One
//! that nobody holds was left behind by a run that was broken off; the next run takes it away. So whoever locks such
//! a file looks whether it still has its name.

mod reading;

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};

use crate::message::{Message, Tongue, message};

pub use self::reading::{content, open, text};

/// How the names of files begin that do not stay.
const PASSING: &str = ".duizhao-";
/// How the names of files begin that hold a turn.
const TURN: &str = ".duizhao-turn-";

/// The real path of what is there of a path, and what is not; `None` when that leaves a folder that is not there.
pub fn real(path: &Path) -> Option<(PathBuf, PathBuf)> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let mut there = std::path::absolute(path).ok()?;
    let mut rest = Vec::new();
    loop {
        if let Ok(real) = fs::canonicalize(&there) {
            return Some((real, rest.iter().rev().collect()));
        }
        rest.push(there.file_name()?.to_owned());
        there.pop();
    }
}

/// Whether a path, be it there or not, is in a folder, and not in what git keeps there: through links, too.
pub fn is_inside(folder: &Path, path: &Path) -> bool {
    let (Some((folder, _)), Some((real, rest))) = (real(folder), real(path)) else { return false };
    let of_git = |part: Component| part.as_os_str().eq_ignore_ascii_case(".git");
    let whole = real.join(rest);
    whole.strip_prefix(&folder).is_ok_and(|inside| !inside.components().any(of_git))
}

/// Writes to a file. The file either keeps its old content or holds all that is written, also when the machine fails:
/// that goes to a temporary file beside it, which then takes its name.
///
/// A symbolic link is followed. What is there and is no regular file, such as `/dev/null` or a pipe, is written to
/// directly.
///
/// # Errors
/// When the folder is missing, or cannot be written to, the file is read-only, or the disk is full.
pub fn save(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let there = match fs::metadata(path) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    if there.as_ref().is_some_and(is_kept) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, KEPT));
    }
    if there.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        let mut out = BufWriter::new(OpenOptions::new().write(true).open(path)?);
        write(&mut out)?;
        return out.flush();
    }
    let path = if there.is_some() { fs::canonicalize(path)? } else { path.to_path_buf() };
    let folder = folder_of(&path);
    tidy(folder);
    replace(&path, there.map(|metadata| metadata.permissions()), true, write)?;
    // it has its name by now; a file system that promises no more is no reason to say that it was not written
    #[cfg(unix)]
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Writes a file that can be made again, as [`save`] does but not through links: the way to it, below `folder`, must
/// lead through folders alone, which are made where there are none.
///
/// # Errors
/// Those of [`save`]; when there is a link on the way.
pub fn save_below(
    folder: &Path,
    way: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut path = folder.to_path_buf();
    for part in std::iter::once(Component::CurDir).chain(way.components()) {
        path.push(part);
        if fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink()) {
            let what =
                format!("{}: is a link, and what is written here is not to go elsewhere", path.display());
            return Err(io::Error::other(what));
        }
    }
    let path = folder.join(way);
    fs::create_dir_all(folder_of(&path))?;
    replace(&path, None, false, write)
}

/// What is said of a file that is kept from being written to.
const KEPT: &str = "is read-only; allow writing to it, or name another file";

/// Whether who owns a file keeps it from being written to. Taking its name needs no leave of the file.
fn is_kept(metadata: &fs::Metadata) -> bool {
    metadata.is_file() && metadata.permissions().readonly()
}

/// An error without the name of the temporary file, which `tempfile` puts behind it, and of which nobody has heard.
fn bare(error: io::Error) -> io::Error {
    let told = error.to_string();
    match told.split_once(" at path \"") {
        Some((what, path)) if path.contains(PASSING) => io::Error::new(error.kind(), what.to_owned()),
        _ => error,
    }
}

/// Writes to a temporary file, which takes the name `path` then.
fn replace(
    path: &Path,
    permissions: Option<fs::Permissions>,
    lasting: bool,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    replace_by(path, permissions, lasting, write).map_err(bare)
}

fn replace_by(
    path: &Path,
    permissions: Option<fs::Permissions>,
    lasting: bool,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PASSING);
    #[cfg(unix)]
    let mode = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(mode);
    let file = loop {
        let file = builder.tempfile_in(folder_of(path))?;
        lock(file.as_file())?;
        if has_name(file.as_file(), file.path()) {
            break file;
        }
    };
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    if lasting {
        file.as_file().sync_all()?;
    }
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// The right to change a file, which one has at a time; given back when it is dropped.
#[derive(Debug)]
pub struct Turn {
    path: PathBuf,
    _held: File,
}

/// Waits until nobody else is changing a file, which need not be there yet. What is read of it from then on is what
/// will be written over.
///
/// # Errors
/// When its folder is missing or cannot be written to.
pub fn turn(path: &Path) -> io::Result<Turn> {
    let (real, rest) = real(path).ok_or(io::ErrorKind::NotFound)?;
    let whole = real.join(rest);
    let folder = folder_of(&whole);
    tidy(folder);
    let mut name = std::ffi::OsString::from(TURN);
    name.push(whole.file_name().unwrap_or_default());
    let path = folder.join(name);
    loop {
        if fs::symlink_metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(io::Error::other(format!("{}: is in the way; take it away", path.display())));
        }
        let held = OpenOptions::new().create(true).truncate(false).write(true).open(&path)?;
        lock(&held)?;
        if has_name(&held, &path) {
            return Ok(Turn { path, _held: held });
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // where it cannot be told whether a file still has its name, the next one finds this
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Takes away what runs that were broken off left in a folder. What cannot be taken away harms nobody.
pub fn tidy(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let ours = name.starts_with(PASSING) && (cfg!(unix) || !name.starts_with(TURN));
        if !ours || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        if let Ok(file) = OpenOptions::new().write(true).open(entry.path())
            && file.try_lock().is_ok()
            && has_name(&file, &entry.path())
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Locks a file, where the file system can.
fn lock(file: &File) -> io::Result<()> {
    match file.lock() {
        // alone is as safe as ever there; two at once may lose what one of them wrote
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(()),
        locked => locked,
    }
}

#[cfg(unix)]
fn has_name(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |a: fs::Metadata, b: fs::Metadata| a.dev() == b.dev() && a.ino() == b.ino();
    file.metadata().is_ok_and(|own| fs::symlink_metadata(path).is_ok_and(|named| same(own, named)))
}

#[cfg(not(unix))]
fn has_name(_: &File, path: &Path) -> bool {
    path.exists()
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The files that a run is going to write.
#[derive(Debug, Default)]
pub struct Written {
    files: BTreeMap<Identity, PathBuf>,
    /// By their real paths, and as they were named.
    folders: Vec<(PathBuf, PathBuf)>,
}

/// By what a file is known, whatever it is called: by its number where there is one, else by its real path.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    #[cfg(unix)]
    Number(u64, u64),
    Path(PathBuf),
}

/// Why a run is not begun: it would spoil a file.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message().said(Tongue::English))]
pub enum Clash {
    /// The file is read.
    Read(PathBuf),
    /// The file would be written twice.
    Twice(PathBuf),
    /// The file is kept from being written to.
    Kept(PathBuf),
}

impl Clash {
    /// Which file it would spoil, in every language.
    pub fn message(&self) -> Message {
        let shown = |path: &Path| path.display().to_string();
        match self {
            Clash::Read(path) => message!("clash-read", path = shown(path)),
            Clash::Twice(path) => message!("clash-twice", path = shown(path)),
            Clash::Kept(path) => message!("clash-kept", path = shown(path)),
        }
    }
}

impl Written {
    /// Files, and folders for more of them. What is no regular file, such as `/dev/null`, cannot be spoilt.
    ///
    /// # Errors
    /// When two of the files are one, or one is read-only.
    pub fn new<'p>(
        files: impl IntoIterator<Item = &'p Path>,
        folders: impl IntoIterator<Item = &'p Path>,
    ) -> Result<Written, Clash> {
        let whole = |path: &Path| {
            let whole = real(path).map_or_else(|| path.to_path_buf(), |(real, rest)| real.join(rest));
            (whole, path.to_path_buf())
        };
        let mut written =
            Written { files: BTreeMap::new(), folders: folders.into_iter().map(whole).collect() };
        for path in files {
            written.spare(path).map_err(|_| Clash::Twice(path.to_path_buf()))?;
            if fs::metadata(path).is_ok_and(|metadata| is_kept(&metadata)) {
                return Err(Clash::Kept(path.to_path_buf()));
            }
            if let Some(identity) = identity(path) {
                written.files.insert(identity, path.to_path_buf());
            }
        }
        Ok(written)
    }

    /// Makes sure that a file, be it there or not, is none of those that are written.
    ///
    /// # Errors
    /// When it is one, by this or another name, or by its folder.
    pub fn spare(&self, path: &Path) -> Result<(), Clash> {
        if self.files.is_empty() && self.folders.is_empty() {
            return Ok(());
        }
        let Some(identity) = identity(path) else { return Ok(()) };
        if let Some(written) = self.files.get(&identity) {
            return Err(Clash::Read(written.clone()));
        }
        let within = |(real, rest): (PathBuf, PathBuf)| {
            let whole = real.join(rest);
            let holds = |(folder, _): &&(PathBuf, PathBuf)| whole.starts_with(folder);
            self.folders.iter().find(holds).map(|(_, named)| named.clone())
        };
        real(path).and_then(within).map_or(Ok(()), |folder| Err(Clash::Read(folder)))
    }
}

/// `None` for what is no regular file.
fn identity(path: &Path) -> Option<Identity> {
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => None,
        #[cfg(unix)]
        Ok(metadata) => {
            use std::os::unix::fs::MetadataExt;
            Some(Identity::Number(metadata.dev(), metadata.ino()))
        }
        _ => real(path).map(|(real, rest)| Identity::Path(real.join(rest))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_file_is_one_whatever_it_is_called() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("sub")).expect("a folder");
        fs::write(at("a"), "").expect("a file");
        fs::hard_link(at("a"), at("hard")).expect("a link");
        std::os::unix::fs::symlink(at("a"), at("soft")).expect("a link");
        std::os::unix::fs::symlink(folder.path(), at("here")).expect("a link");
        let (null, pages) = (Path::new("/dev/null"), at("pages"));
        for (name, other, clashes) in [
            ("a", "a", true),
            ("a", "sub/../a", true),
            ("a", "hard", true),
            ("a", "soft", true),
            ("a", "here/a", true),
            ("new", "here/new", true),
            ("a", "new", false),
            ("new", "pages/a.html", true),
            ("new", "pages.html", false),
        ] {
            let [name, other] = [at(name), at(other)];
            let written = Written::new([&*name, null, null], [&*pages]).expect("apart");
            assert_eq!(written.spare(&other).is_err(), clashes, "{} {}", name.display(), other.display());
        }
    }

    #[test]
    fn what_is_read_only_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        fs::write(&path, "kept").expect("a file");
        let mut permissions = fs::metadata(&path).expect("a file").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).expect("leave");
        assert!(matches!(Written::new([&*path], []), Err(Clash::Kept(_))));
        let error = save(&path, |out| out.write_all(b"other")).expect_err("read-only");
        assert!(error.to_string().starts_with("is read-only"), "{error}");
        assert_eq!(fs::read(&path).expect("a file"), b"kept");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left");
    }

    #[cfg(unix)]
    #[test]
    fn errors_name_no_file_that_nobody_knows() {
        let missing = Path::new("/nowhere/at/all/a");
        let error = save(missing, |_| Ok(())).expect_err("no folder");
        assert!(!error.to_string().contains(PASSING), "{error}");
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        let full = replace(&std::env::temp_dir().join("a"), None, false, |out| {
            // what cannot be written to a temporary file is told with its name
            out.write_all(b"a")?;
            Err(io::Error::other("said by who writes"))
        });
        assert_eq!(full.expect_err("not written").to_string(), "said by who writes");
    }

    #[test]
    fn what_was_left_behind_is_taken_away() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at(".duizhao-AbCdEf"), "half").expect("a file");
        fs::write(at(".other"), "").expect("a file");
        let _turn = turn(&at("held")).expect("a turn");
        save(&at("kept"), |out| out.write_all(b"whole")).expect("written");
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
            .collect();
        names.sort();
        assert_eq!(names, [".duizhao-turn-held", ".other", "kept"]);
    }

    #[test]
    fn one_at_a_time_changes_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("count");
        let count = || fs::read_to_string(&path).map_or(0, |text| text.parse::<u32>().expect("a number"));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..25 {
                        let _turn = turn(&path).expect("a turn");
                        let next = count() + 1;
                        save(&path, |out| write!(out, "{next}")).expect("written");
                    }
                });
            }
        });
        assert_eq!(count(), 100);
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left");
    }
}
