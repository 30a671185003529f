//! What can go wrong with a run, as opposed to a text: which path, and what happened to it.

use std::io;
use std::path::{Path, PathBuf};

use crate::text::{Lang, foreign};

/// A run that could not go on.
#[derive(Debug, thiserror::Error)]
#[error("{}: {kind}", foreign::shown_path(path))]
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
}

/// What happened to a path.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operating system said no.
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
    /// The file is beyond what is read.
    #[error("larger than {limit} bytes, which is the most that is read; {remedy}")]
    TooLarge {
        /// The most bytes that are read.
        limit: u64,
        /// What to do about it.
        remedy: &'static str,
    },
    /// A folder, a pipe, a device or a socket stands where a file should.
    #[error("{what}")]
    NoFile {
        /// What it is, and the way out.
        what: &'static str,
    },
    /// More blocks than are compared.
    #[error(
        "has {found} paragraphs, items, cells or lines, and {limit} are the most that are read; split it up"
    )]
    TooMany {
        /// How many there are.
        found: usize,
        /// The most that are read.
        limit: usize,
    },
    /// A NUL byte: the file is no text.
    #[error("not a text file: byte {offset} (line {line}) is NUL")]
    Binary {
        /// Byte offset of the first NUL, from 0.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// The bytes are in no encoding that is known here.
    #[error(
        "not valid {encoding} at byte {offset} (line {line}), nor UTF-16, GB18030 or Big5 text; convert it to UTF-8"
    )]
    Encoding {
        /// The encoding it was taken for.
        encoding: &'static str,
        /// Byte offset of the first bad byte, from 0.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// The bytes are in an encoding that is known and not read.
    #[error("text in {encoding}, which is not read; convert it to UTF-8: iconv -f {encoding} -t UTF-8")]
    OtherEncoding {
        /// What it is in.
        encoding: &'static str,
    },
    /// One file was to hold both languages and does not.
    #[error(
        "holds only one language ({found}), so there is nothing to check it against; name a second file with its translation"
    )]
    OneLanguage {
        /// The language that was found.
        found: Lang,
    },
    /// One file was to hold two languages, and not these.
    #[error("holds {found}, but no {wanted} text that could be told apart; name two files, one a language")]
    LanguageAbsent {
        /// The language that was asked for and is not there.
        wanted: Lang,
        /// What is there, as a list of languages.
        found: String,
    },
    /// A termbase that cannot be used.
    #[error("line {line}: {what}")]
    Termbase {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it, and what to write instead.
        what: String,
    },
    /// The content of a file is not what its format demands.
    #[error("line {line}: {what}")]
    Content {
        /// The line, from 1.
        line: usize,
        /// What is wrong there, and what would be right.
        what: String,
    },
    /// A settings file that cannot be used.
    #[error("line {line}, column {column}: {what}")]
    Setting {
        /// The line, from 1.
        line: usize,
        /// The column, from 1, in characters.
        column: usize,
        /// What is wrong there, and what would be right.
        what: String,
    },
    /// A file that is not of the format that its name promises.
    #[error("{what}")]
    Format {
        /// What it is instead, and the way out.
        what: String,
    },
    /// A PDF, and nobody agreed that a program of the system is run for it.
    #[error(
        "a PDF is read by the program `pdftotext`, which runs only for files that are named on the command line, or with --allow-programs"
    )]
    NotAgreed,
    /// A folder in which nothing tells which documents belong together.
    #[error(
        "holds no {source_lang} and {target_lang} versions of a document that could be told apart by their names; name two folders, or the languages with --source-lang and --target-lang, or say in duizhao.toml under [pairs] what belongs together{unread}"
    )]
    Unpaired {
        /// The language of the originals that were looked for.
        source_lang: Lang,
        /// The language of the translations.
        target_lang: Lang,
        /// What was left unread, behind a semicolon; empty where nothing was.
        unread: String,
    },
    /// A file of a kind that is not read.
    #[error(
        "{what}, which is not read; convert it, or name its format with --from FORMAT or by a glob under [formats] in duizhao.toml: {formats}"
    )]
    NotRead {
        /// What kind it is.
        what: String,
        /// The formats that there are, as a list.
        formats: String,
    },
    /// Inputs were given, and no document could be read from them.
    #[error("no document could be read from what was given: {why}")]
    Nothing {
        /// What was there instead.
        why: String,
    },
    /// A file with both versions was named as one of them.
    #[error("holds both versions already; name it alone")]
    BothVersions,
    /// Nothing by which languages could be told apart.
    #[error("holds no text in any language, so it cannot be split by language; name two files")]
    NoLanguage,
    /// A file that is to hold both versions of its messages or rows holds none.
    #[error("holds no message or row yet, so there is nothing to check; fill it in, or leave it out")]
    NoPairs,
}
