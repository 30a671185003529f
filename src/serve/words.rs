//! What the server says to whoever uses the page.

use super::Refusal;
use crate::error::{Error, ErrorKind, and_unread};
use crate::message::{Message, message};
use crate::run::Failure;
use crate::text::foreign;

const BAD: &str = "400 Bad Request";
const LARGE: &str = "413 Content Too Large";

pub(super) fn no_check() -> Refusal {
    ("404 Not Found", message!("serve-no-check"))
}

pub(super) fn not_done() -> Refusal {
    ("409 Conflict", message!("serve-not-done"))
}

pub(super) fn too_many_checks() -> Refusal {
    ("409 Conflict", message!("serve-too-many-checks"))
}

pub(super) fn no_room(total: u64) -> Refusal {
    (LARGE, message!("serve-no-room", bytes = total.to_string()))
}

pub(super) fn garbled() -> Refusal {
    (BAD, message!("serve-garbled"))
}

pub(super) fn no_path(path: &str) -> Refusal {
    (BAD, message!("serve-no-path", path = path))
}

pub(super) fn twice(path: &str) -> Refusal {
    (BAD, message!("serve-twice", path = path))
}

pub(super) fn no_original() -> Refusal {
    (BAD, message!("serve-no-original"))
}

pub(super) fn file_and_folder() -> Refusal {
    (BAD, message!("serve-file-and-folder"))
}

pub(super) fn too_many_files(found: usize, most: usize) -> Refusal {
    (LARGE, message!("serve-too-many-files", found = found.to_string(), most = most.to_string()))
}

pub(super) fn too_large(path: &str, most: u64) -> Refusal {
    (LARGE, message!("serve-too-large", path = path, most = most.to_string()))
}

/// Why a check, or one pair of it, failed: with what can be done about it on the page, which has fewer ways than the
/// command line.
pub(super) fn failure(failure: &Failure) -> Message {
    let Failure::File(Error { path, kind }) = failure else { return failure.message() };
    let what = match kind {
        ErrorKind::NotAgreed => message!("serve-why-pdf"),
        ErrorKind::Unpaired { source_lang, target_lang, unread } => {
            let (source, target) = (source_lang.as_str(), target_lang.as_str());
            let why = message!("serve-why-unpaired", source = source, target = target);
            and_unread(why, unread.as_deref())
        }
        ErrorKind::NotRead { what, formats } => message!("serve-why-kind", what = what, formats = formats),
        _ => return failure.message(),
    };
    match path.as_os_str().is_empty() {
        true => what,
        false => message!("error-at", path = foreign::shown_path(path), what = what),
    }
}

pub(super) fn stumbled() -> Message {
    message!("serve-stumbled")
}

pub(super) fn unread(kinds: &str) -> Message {
    message!("left-unread", kinds = kinds)
}

pub(super) fn read_as(path: &str, encoding: &str) -> Message {
    message!("read-as", path = path, encoding = encoding)
}

pub(super) fn unseen(count: usize) -> Message {
    message!("check-without-deep", pairs = count)
}
