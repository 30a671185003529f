//! What the server says to whoever uses the page.

use super::Refusal;
use crate::error::{Error, ErrorKind};
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

/// Why a check, or one pair of it, failed; `name` is the pair's.
pub(super) fn failure(failure: &Failure, name: &str) -> Message {
    match failure {
        // what failed names its file, but for what has none
        Failure::File(Error { path, kind }) if path.as_os_str().is_empty() => reason(kind),
        Failure::File(Error { path, kind }) => {
            message!("serve-failed", path = foreign::shown_path(path), why = reason(kind))
        }
        other if name.is_empty() => Message::alike(&other.to_string()),
        other => {
            message!("serve-failed", path = foreign::shown(name), why = Message::alike(&other.to_string()))
        }
    }
}

/// What happened to a file, with what can be done about it on the page.
fn reason(kind: &ErrorKind) -> Message {
    match kind {
        ErrorKind::TooLarge { limit, .. } => message!("serve-why-large", most = limit.to_string()),
        ErrorKind::TooMany { found, limit } => {
            message!("serve-why-many", found = found.to_string(), most = limit.to_string())
        }
        ErrorKind::Binary { line, .. } => message!("serve-why-binary", line = line.to_string()),
        ErrorKind::Encoding { encoding, line, .. } => {
            message!("serve-why-encoding", encoding = *encoding, line = line.to_string())
        }
        ErrorKind::OtherEncoding { encoding } => message!("serve-why-other-encoding", encoding = *encoding),
        ErrorKind::OneLanguage { found } => message!("serve-why-one-language", lang = found.as_str()),
        ErrorKind::LanguageAbsent { wanted, found } => {
            message!("serve-why-absent", wanted = wanted.as_str(), found = found)
        }
        ErrorKind::NotAgreed => message!("serve-why-pdf"),
        ErrorKind::Unpaired { source_lang, target_lang, unread } => message!(
            "serve-why-unpaired",
            source = source_lang.as_str(),
            target = target_lang.as_str(),
            unread = unread
        ),
        ErrorKind::NotRead { what, formats } => {
            message!("serve-why-kind", what = what, formats = formats)
        }
        ErrorKind::Nothing { why } => message!("serve-why-nothing", why = why),
        ErrorKind::BothVersions => message!("serve-why-both"),
        ErrorKind::NoLanguage => message!("serve-why-no-language"),
        ErrorKind::NoPairs => message!("serve-why-empty"),
        ErrorKind::Content { line, what } | ErrorKind::Termbase { line, what } => {
            message!("serve-why-line", line = line.to_string(), what = what)
        }
        ErrorKind::Setting { line, what, .. } => {
            message!("serve-why-line", line = line.to_string(), what = what)
        }
        other => message!("serve-why-other", what = other.to_string()),
    }
}

pub(super) fn stumbled() -> Message {
    message!("serve-stumbled")
}

pub(super) fn unread(kinds: &str) -> Message {
    message!("serve-unread", kinds = kinds)
}

pub(super) fn read_as(path: &str, encoding: &str) -> Message {
    message!("serve-read-as", path = path, encoding = encoding)
}

pub(super) fn unseen(count: usize) -> Message {
    message!("serve-unseen", count = count.to_string())
}
