//! Which format a file is of: by what the user says, by its name, and by its content where that says too little.

use std::path::Path;

use super::keys::{android, apple, fluent, json, properties, qt, resx, yaml};
use super::{
    Reader, asciidoc, docx, epub, html, latex, markdown, notebook, odt, pdf, plain, po, pptx, rst, subtitles,
    table, tmx, xliff, xlsx,
};
use crate::error::ErrorKind;
use crate::message::{Id, id, message};
use crate::text::Format;
use crate::text::tags;

/// A format that is read.
struct Known {
    format: Format,
    /// What it is called in settings and flags.
    name: &'static str,
    /// The ends of file names, in lower case.
    ends: &'static [&'static str],
    reader: Reader,
}

const fn known(format: Format, name: &'static str, ends: &'static [&'static str], reader: Reader) -> Known {
    Known { format, name, ends, reader }
}

/// The formats that are read.
static FORMATS: [Known; 31] = [
    known(Format::Plain, "plain", &["txt", "text"], Reader::Text(plain::blocks)),
    known(Format::Markdown, "markdown", &["md", "markdown", "mdx", "mkd"], Reader::Text(markdown::blocks)),
    known(Format::Html, "html", &["html", "htm", "xhtml"], Reader::Text(html::blocks)),
    known(Format::Docx, "docx", &["docx", "docm", "dotx"], Reader::Packed(docx::read)),
    known(Format::Rst, "rst", &["rst", "rest"], Reader::Text(rst::blocks)),
    known(Format::AsciiDoc, "asciidoc", &["adoc", "asciidoc", "asc"], Reader::Text(asciidoc::blocks)),
    known(Format::Subtitles, "subtitles", &["srt", "vtt"], Reader::Text(subtitles::blocks)),
    known(Format::Latex, "latex", &["tex", "ltx"], Reader::Text(latex::blocks)),
    known(Format::Epub, "epub", &["epub"], Reader::Packed(epub::read)),
    known(Format::Odt, "odt", &["odt", "ott"], Reader::Packed(odt::read)),
    known(Format::Pptx, "pptx", &["pptx", "pptm", "ppsx", "potx"], Reader::Packed(pptx::read)),
    known(Format::Odp, "odp", &["odp", "otp"], Reader::Packed(odt::slides)),
    known(Format::Notebook, "notebook", &["ipynb"], Reader::Packed(notebook::read)),
    known(Format::Xlsx, "xlsx", &["xlsx", "xlsm"], Reader::PackedPairs(xlsx::pairs, xlsx::one)),
    known(Format::Ods, "ods", &["ods", "ots"], Reader::PackedPairs(xlsx::open_pairs, xlsx::open_one)),
    known(Format::Pdf, "pdf", &["pdf"], Reader::Packed(pdf::read)),
    known(Format::Table, "table", &["csv", "tsv"], Reader::Pairs(table::read, Some(plain::blocks))),
    known(Format::Tmx, "tmx", &["tmx"], Reader::Pairs(tmx::read, None)),
    known(
        Format::Xliff,
        "xliff",
        &["xlf", "xliff", "sdlxliff", "mqxliff", "mxliff"],
        Reader::Pairs(xliff::read, None),
    ),
    known(Format::Po, "po", &["po"], Reader::Pairs(po::read, None)),
    known(Format::Json, "json", &["json", "jsonc", "json5"], Reader::Keyed(json::read)),
    known(Format::Yaml, "yaml", &["yml", "yaml"], Reader::Keyed(yaml::read)),
    known(Format::Properties, "properties", &["properties"], Reader::Keyed(properties::read)),
    known(Format::Android, "android", &[], Reader::Keyed(android::read)),
    known(Format::Strings, "strings", &["strings"], Reader::Keyed(apple::strings)),
    known(Format::Stringsdict, "stringsdict", &["stringsdict"], Reader::Keyed(apple::stringsdict)),
    known(Format::Xcstrings, "xcstrings", &["xcstrings"], Reader::Pairs(apple::catalogue, None)),
    known(Format::Arb, "arb", &["arb"], Reader::Keyed(json::arb)),
    known(Format::Fluent, "fluent", &["ftl"], Reader::Keyed(fluent::read)),
    known(Format::Resx, "resx", &["resx", "resw"], Reader::Keyed(resx::read)),
    known(Format::Qt, "qt", &[], Reader::Pairs(qt::read, None)),
];

/// Ends of file names that other formats share: only the content tells them apart. Each with what begins a file that
/// is read, after the declarations of XML.
const SHARED: [(&str, &[(&str, Format)]); 2] = [
    ("xml", &[("<resources", Format::Android), ("<xliff", Format::Xliff), ("<tmx", Format::Tmx)]),
    ("ts", &[("<TS", Format::Qt)]),
];

/// Kinds of files that are not read, each with the ends of its names. An end that is neither here nor among the
/// formats says nothing: corpora name their plain text as they like.
const OTHERS: [(Id, &str); 9] = [
    (id!("other-old-office"), "doc dot xls ppt pps"),
    (id!("other-document"), "rtf pages wps wpd abw fb2 mobi azw3 ps djvu"),
    (id!("other-spreadsheet"), "xlsb numbers"),
    (id!("other-presentation"), "key"),
    (id!("other-typesetter"), "bib cls sty typ texi ms"),
    (
        id!("other-code"),
        "js mjs cjs jsx ts tsx vue svelte css scss less py pyi rb php java kt kts scala go rs c h cc cpp hpp cs fs \
         swift m mm lua pl pm r jl sh bash zsh fish ps1 bat sql dart ex exs erl hs ml clj groovy gradle cmake proto \
         graphql wasm",
    ),
    (id!("other-data"), "toml ini cfg conf env lock xml plist db sqlite parquet pot mo qm"),
    (
        id!("other-media"),
        "png jpg jpeg gif webp bmp ico svg tif tiff psd ai eps drawio mp3 wav ogg flac mp4 webm mov avi mkv ass sbv \
         woff woff2 ttf otf",
    ),
    (id!("other-archive"), "zip gz tgz bz2 xz zst 7z rar tar jar whl"),
];

/// How contents begin that are no plain text, and what they are.
const CONTENTS: [(&[u8], Id); 9] = [
    (b"%PDF-", id!("other-pdf")),
    (b"PK\x03\x04", id!("other-zip")),
    (b"\xD0\xCF\x11\xE0", id!("other-old-document")),
    (b"\x1F\x8B", id!("other-gzip")),
    (b"{\\rtf", id!("other-rtf")),
    (b"\x89PNG", id!("other-image")),
    (b"\xFF\xD8\xFF", id!("other-image")),
    (b"GIF8", id!("other-image")),
    (b"SQLite format 3", id!("other-database")),
];

impl Format {
    /// The format of a file: what the user says of it (`told`), what its name says, and where that says nothing, plain
    /// text, unless the content plainly is something else.
    ///
    /// # Errors
    /// When the file is of a kind that is not read.
    pub fn find(told: Option<Format>, path: &Path, bytes: &[u8]) -> Result<Format, ErrorKind> {
        if let Some(format) = told {
            return Ok(format);
        }
        match named(path) {
            // what is written in letters is what the name says
            Named::Format(Format::Plain) => match binary(bytes) {
                Some(kind) => Err(not_read(path, kind)),
                None => Ok(Format::Plain),
            },
            Named::Format(format) => Ok(format),
            Named::Shared(formats) => {
                let root = root(bytes);
                let found = formats.iter().find(|(start, _)| begins(&root, start));
                found
                    .map(|(_, format)| *format)
                    .ok_or_else(|| not_read(path, other(path).unwrap_or(id!("other-xml"))))
            }
            Named::Other(kind) => Err(not_read(path, kind)),
            Named::Nothing => match content(bytes) {
                Some(kind) => Err(not_read(path, kind)),
                None => Ok(Format::Plain),
            },
        }
    }

    /// The format that a file name alone stands for; `None` for names that say nothing, that several formats share, or
    /// that are those of another kind, and where a program must be run, which no name of a file decides.
    pub fn known(path: &Path) -> Option<Format> {
        match named(path) {
            Named::Format(format) if !format.takes_program() => Some(format),
            _ => None,
        }
    }

    /// The format that a file name stands for if a program of the system must be run to read it.
    pub fn by_program(path: &Path) -> Option<Format> {
        match named(path) {
            Named::Format(format) if format.takes_program() => Some(format),
            _ => None,
        }
    }

    /// Whether a program of the system must be run to read a file of this format; see [`super::Limits::programs`].
    fn takes_program(self) -> bool {
        self == Format::Pdf
    }

    /// Whether the format of a file is only known when its content is looked at.
    pub fn is_shared(path: &Path) -> bool {
        matches!(named(path), Named::Shared(_))
    }

    /// The format of a name in settings and flags, or of an end of file names.
    pub fn parse(name: &str) -> Option<Format> {
        let name = name.to_ascii_lowercase();
        let found = FORMATS.iter().find(|known| known.name == name || known.ends.contains(&name.as_str()));
        found.map(|known| known.format)
    }

    /// All formats.
    pub fn all() -> impl Iterator<Item = Format> {
        FORMATS.iter().map(|known| known.format)
    }

    /// The names of all formats, as a list.
    pub fn names() -> String {
        let names: Vec<&str> = FORMATS.iter().map(|known| known.name).collect();
        names.join(", ")
    }

    /// What it is called in settings and flags.
    pub fn as_str(self) -> &'static str {
        self.entry().map_or("", |known| known.name)
    }

    /// Whether files of this format are text that holds one version.
    pub fn is_text(self) -> bool {
        matches!(self.reader(), Reader::Text(_))
    }

    /// Whether a file of this format can only be read with both its versions.
    pub fn holds_both(self) -> bool {
        matches!(self.reader(), Reader::Pairs(_, None))
    }

    /// Whether files of this format say themselves what corresponds to what; see [`super::paired`].
    pub fn is_paired(self) -> bool {
        matches!(self.reader(), Reader::Pairs(..) | Reader::PackedPairs(..))
    }

    /// Whether files of this format name their messages by keys.
    pub fn is_keyed(self) -> bool {
        matches!(self.reader(), Reader::Keyed(_))
    }

    /// Whether files of this format may hold anything, not only a text: whether one is a document, only its
    /// counterpart tells.
    pub fn is_container(self) -> bool {
        matches!(self, Format::Json | Format::Yaml)
    }

    /// Whether what a file of this format holds is what a text editor shows of it.
    pub fn is_editable(self) -> bool {
        !matches!(self.reader(), Reader::Packed(_) | Reader::PackedPairs(..))
    }

    pub(super) fn reader(self) -> &'static Reader {
        self.entry().map_or(&Reader::Text(plain::blocks), |known| &known.reader)
    }

    fn entry(self) -> Option<&'static Known> {
        FORMATS.iter().find(|known| known.format == self)
    }
}

/// What a file name says.
enum Named {
    Format(Format),
    Shared(&'static [(&'static str, Format)]),
    Other(Id),
    Nothing,
}

fn end(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

fn named(path: &Path) -> Named {
    let end = end(path);
    if let Some(known) = FORMATS.iter().find(|known| known.ends.contains(&end.as_str())) {
        return Named::Format(known.format);
    }
    if let Some((_, formats)) = SHARED.iter().find(|(shared, _)| *shared == end) {
        return Named::Shared(formats);
    }
    match other(path) {
        // `.ms` and the like are languages, too: a corpus names its text so
        Some(kind) if tags::language(&end).is_none() => Named::Other(kind),
        _ => Named::Nothing,
    }
}

/// The kind that the end of a name stands for, if it is not read.
fn other(path: &Path) -> Option<Id> {
    let end = end(path);
    let found = OTHERS.iter().find(|(_, ends)| ends.split_whitespace().any(|other| other == end));
    found.map(|(kind, _)| *kind)
}

fn not_read(path: &Path, kind: Id) -> ErrorKind {
    let end = end(path);
    let what = match &*end {
        "" => message!("other", kind = kind),
        end => message!("other-by-its-end", end = end, kind = kind),
    };
    ErrorKind::NotRead { what, formats: Format::names() }
}

/// What a content plainly is, if it is no plain text.
fn content(bytes: &[u8]) -> Option<Id> {
    if let Some(kind) = binary(bytes) {
        return Some(kind);
    }
    let root = root(bytes);
    let is_xml = ["<?xml", "<!DOCTYPE"].iter().any(|start| trimmed(bytes).starts_with(start.as_bytes()));
    if is_xml && !root.is_empty() {
        return Some(id!("other-markup"));
    }
    // a text may begin with a bracket; only what is JSON throughout is JSON
    let json = matches!(trimmed(bytes).first(), Some(b'{' | b'['))
        && serde_json::from_slice::<serde::de::IgnoredAny>(trimmed(bytes)).is_ok();
    json.then_some(id!("other-json"))
}

/// The kind of a content that is known by its first bytes.
fn binary(bytes: &[u8]) -> Option<Id> {
    CONTENTS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}

/// The content without a byte order mark and white space before it.
fn trimmed(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start()
}

/// How much of a file is looked at for its root.
pub(crate) const HEAD: usize = 4096;

/// The start of the root element of XML, after declarations and comments; empty when there is none in the first
/// [`HEAD`] bytes. In UTF-16 every other byte is left out.
fn root(bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(HEAD)];
    let wide = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    let narrow: Vec<u8> = if wide {
        head.iter().copied().filter(u8::is_ascii).filter(|&b| b != 0).collect()
    } else {
        head.to_vec()
    };
    let text = String::from_utf8_lossy(trimmed(&narrow)).into_owned();
    let mut rest = text.as_str();
    loop {
        rest = rest.trim_start();
        let end = match rest {
            _ if rest.starts_with("<!--") => rest.find("-->").map(|at| at + 3),
            _ if rest.starts_with("<?") => rest.find("?>").map(|at| at + 2),
            _ if rest.starts_with("<!") => rest.find('>').map(|at| at + 1),
            _ => return rest.to_owned(),
        };
        let Some(end) = end else { return String::new() };
        rest = &rest[end..];
    }
}

/// Whether a text begins with a tag of that name.
fn begins(text: &str, tag: &str) -> bool {
    text.strip_prefix(tag)
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/'))
}
