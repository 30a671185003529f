//! Opens files to read: regular ones alone, and no more of them than is said.

use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::path::Path;

use crate::error::{Error, ErrorKind};
use crate::message::{Id, message};

/// Opens a regular file, or the one that a link leads to. Pipes, devices, sockets and folders are refused before they
/// are opened: to open a pipe waits for whoever writes to it, and a device may have no end.
///
/// # Errors
/// When it is none of that kind, or cannot be opened.
pub fn open(path: &Path) -> Result<File, Error> {
    let known = fs::metadata(path).map_err(|error| Error::new(path, error))?;
    regular(&known).map_err(|kind| Error::new(path, kind))?;
    let mut options = OpenOptions::new();
    options.read(true);
    // what took its place since is not waited for; a regular file is read the same
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK);
    let opened = options.open(path).and_then(|file| Ok((file.metadata()?, file)));
    let (known, file) = opened.map_err(|error| Error::new(path, error))?;
    regular(&known).map_err(|kind| Error::new(path, kind))?;
    Ok(file)
}

fn regular(known: &fs::Metadata) -> Result<(), ErrorKind> {
    if known.is_file() {
        return Ok(());
    }
    let what = if known.is_dir() { message!("error-folder") } else { message!("error-pipe") };
    Err(ErrorKind::NoFile { what })
}

/// The bytes of a regular file that has at most `most` of them; `remedy` says what to do about one that has more.
///
/// # Errors
/// Those of [`open`]; and when it has more.
pub fn content(path: &Path, most: u64, remedy: Id) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    // whatever its metadata say of its size
    let read = open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes);
    match read.map_err(|error| Error::new(path, error))? as u64 > most {
        true => Err(Error::new(path, ErrorKind::TooLarge { limit: most, remedy })),
        false => Ok(bytes),
    }
}

/// The text of such a file, which must be UTF-8.
///
/// # Errors
/// Those of [`content`]; and, with the line, when it is not UTF-8.
pub fn text(path: &Path, most: u64, remedy: Id) -> Result<String, Error> {
    String::from_utf8(content(path, most, remedy)?).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
        let what = message!("error-no-utf-8");
        Error::new(path, ErrorKind::Content { line, what })
    })
}
