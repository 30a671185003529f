//! Paths of files as `file:` addresses, and back.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What is written as `%XX` in the path of an address.
const CODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The path that an address stands for; `None` when it is no file of this machine.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let written = uri.as_str();
    let rest =
        written.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("file://")).map(|_| &written[7..])?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest).split(['?', '#']).next()?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    if !path.starts_with('/') {
        return None;
    }
    // /c:/docs/a.md is c:/docs/a.md
    let drive = path.as_bytes();
    let is_drive = drive.len() > 2 && drive[1].is_ascii_alphabetic() && drive[2] == b':';
    Some(PathBuf::from(if is_drive && cfg!(windows) { &path[1..] } else { &path[..] }))
}

/// The address of a file; `None` when its path is relative or no Unicode.
pub(super) fn of_path(path: &Path) -> Option<Uri> {
    if !path.is_absolute() {
        return None;
    }
    let path = path.to_str()?;
    let slashed = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let root = if slashed.starts_with('/') { "" } else { "/" };
    Uri::from_str(&format!("file://{root}{}", utf8_percent_encode(&slashed, CODED))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_back() {
        for path in ["/a/b.md", "/文档/a b#?.md", "/100%/ü.md"] {
            let uri = of_path(Path::new(path)).expect("absolute");
            assert!(uri.as_str().is_ascii(), "{}", uri.as_str());
            assert_eq!(path_of(&uri).as_deref(), Some(Path::new(path)));
        }
        for other in ["untitled:Untitled-1", "https://example.org/a.md", "file://server/share/a.md"] {
            assert_eq!(path_of(&Uri::from_str(other).expect("an address")), None, "{other}");
        }
        assert_eq!(of_path(Path::new("a.md")), None);
    }
}
