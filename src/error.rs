//! What can go wrong with a run, as opposed to a text: which path, and what happened to it.

use std::io;
use std::path::{Path, PathBuf};

use crate::message::{Id, Message, Tongue, message};
use crate::text::{Lang, foreign};

/// A run that could not go on.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message().said(Tongue::English))]
pub struct Error {
    /// The file or folder it happened to.
    pub path: PathBuf,
    /// What happened. It is in the message already, so it is not given as the source once more.
    pub kind: ErrorKind,
}

impl Error {
    /// The error `kind` at `path`.
    pub fn new(path: impl AsRef<Path>, kind: impl Into<ErrorKind>) -> Self {
        Error { path: path.as_ref().to_path_buf(), kind: kind.into() }
    }

    /// The path and what happened to it, in every language.
    pub fn message(&self) -> Message {
        message!("error-at", path = foreign::shown_path(&self.path).to_string(), what = self.kind.message())
    }
}

/// What happened to a path.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message().said(Tongue::English))]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operating system said no.
    Io(#[from] io::Error),
    /// The file is beyond what is read.
    TooLarge {
        /// The most bytes that are read.
        limit: u64,
        /// What to do about it.
        remedy: Id,
    },
    /// A folder, a pipe, a device or a socket stands where a file should.
    NoFile {
        /// What it is, and the way out.
        what: Message,
    },
    /// More blocks than are compared.
    TooMany {
        /// How many there are.
        found: usize,
        /// The most that are read.
        limit: usize,
    },
    /// A NUL byte: the file is no text.
    Binary {
        /// Byte offset of the first NUL, from 0.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// The bytes are in no encoding that is known here.
    Encoding {
        /// The encoding it was taken for.
        encoding: &'static str,
        /// Byte offset of the first bad byte, from 0.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// The bytes are in an encoding that is known and not read.
    OtherEncoding {
        /// What it is in.
        encoding: &'static str,
    },
    /// One file was to hold both languages and does not.
    OneLanguage {
        /// The language that was found.
        found: Lang,
    },
    /// One file was to hold two languages, and not these.
    LanguageAbsent {
        /// The language that was asked for and is not there.
        wanted: Lang,
        /// What is there, as a list of languages.
        found: String,
    },
    /// A termbase that cannot be used.
    Termbase {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it, and what to write instead.
        what: Message,
    },
    /// The content of a file is not what its format demands.
    Content {
        /// The line, from 1.
        line: usize,
        /// What is wrong there, and what would be right.
        what: Message,
    },
    /// A settings file that cannot be used.
    Setting {
        /// The line, from 1.
        line: usize,
        /// The column, from 1, in characters.
        column: usize,
        /// What is wrong there, and what would be right.
        what: Message,
    },
    /// A file that is not of the format that its name promises.
    Format {
        /// What it is instead, and the way out.
        what: Message,
    },
    /// A PDF, and nobody agreed that a program of the system is run for it.
    NotAgreed,
    /// A folder in which nothing tells which documents belong together.
    Unpaired {
        /// The language of the originals that were looked for.
        source_lang: Lang,
        /// The language of the translations.
        target_lang: Lang,
        /// The kinds of the files that were left unread, where any were, as a list.
        unread: Option<String>,
    },
    /// A file of a kind that is not read.
    NotRead {
        /// What kind it is.
        what: Message,
        /// The formats that there are, as a list.
        formats: String,
    },
    /// Inputs were given, and no document could be read from them.
    Nothing {
        /// What was there instead.
        why: Message,
    },
    /// A file with both versions was named as one of them.
    BothVersions,
    /// Nothing by which languages could be told apart.
    NoLanguage,
    /// A file that is to hold both versions of its messages or rows holds none.
    NoPairs,
}

impl ErrorKind {
    /// What happened, in every language.
    pub fn message(&self) -> Message {
        match self {
            ErrorKind::Io(error) => message!("error-io", error = error.to_string()),
            ErrorKind::TooLarge { limit, remedy } => {
                message!("error-too-large", limit = limit.to_string(), remedy = *remedy)
            }
            ErrorKind::NoFile { what } => what.clone(),
            ErrorKind::TooMany { found, limit } => {
                message!("error-too-many", found = found.to_string(), limit = limit.to_string())
            }
            ErrorKind::Binary { offset, line } => {
                message!("error-binary", offset = offset.to_string(), line = line.to_string())
            }
            ErrorKind::Encoding { encoding, offset, line } => message!(
                "error-encoding",
                encoding = *encoding,
                offset = offset.to_string(),
                line = line.to_string()
            ),
            ErrorKind::OtherEncoding { encoding } => message!("error-other-encoding", encoding = *encoding),
            ErrorKind::OneLanguage { found } => message!("error-one-language", found = found.to_string()),
            ErrorKind::LanguageAbsent { wanted, found } => {
                message!("error-language-absent", wanted = wanted.to_string(), found = found)
            }
            ErrorKind::Termbase { line, what } | ErrorKind::Content { line, what } => {
                message!("error-line", line = line.to_string(), what = what)
            }
            ErrorKind::Setting { line, column, what } => message!(
                "error-line-and-column",
                line = line.to_string(),
                column = column.to_string(),
                what = what
            ),
            ErrorKind::Format { what } => what.clone(),
            ErrorKind::NotAgreed => message!("read-pdf-not-asked"),
            ErrorKind::Unpaired { source_lang, target_lang, unread } => {
                let (source, target) = (source_lang.as_str(), target_lang.as_str());
                let why = message!("pairing-not-told", source = source, target = target);
                and_unread(why, unread.as_deref())
            }
            ErrorKind::NotRead { what, formats } => {
                message!("error-not-read", what = what, formats = formats)
            }
            ErrorKind::Nothing { why } => message!("error-nothing", why = why),
            ErrorKind::BothVersions => message!("error-both-versions"),
            ErrorKind::NoLanguage => message!("error-no-language"),
            ErrorKind::NoPairs => message!("error-no-pairs"),
        }
    }
}

/// Why nothing can be paired, with the kinds of what was left unread.
pub(crate) fn and_unread(why: Message, kinds: Option<&str>) -> Message {
    match kinds {
        Some(kinds) => message!("pairing-unread", why = why, kinds = kinds),
        None => why,
    }
}
