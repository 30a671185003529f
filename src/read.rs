//! Files to documents: bytes are decoded, and their text is cut into blocks.

mod asciidoc;
mod compose;
mod docx;
mod encoding;
mod grid;
mod html;
mod limits;
mod markdown;
mod numbering;
mod pair;
mod pairs;
mod pieces;
mod plain;
mod po;
#[cfg(test)]
mod properties;
mod remarks;
mod rst;
mod sheet;
mod subtitles;
mod table;
#[cfg(test)]
mod tests;
mod tmx;
mod xliff;
mod xml;

pub use grid::{Row, grid, grid_bytes};

use std::collections::BTreeMap;
use std::path::Path;

pub use limits::Limits;

pub use self::remarks::{Remark, remark, remarks};
use crate::error::{Error, ErrorKind};
use crate::files;
use crate::text::{Block, BlockKind, Document, Lang, Piece, PieceKind, Sentence, Span, script};

/// How a file is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Lines of text.
    Plain,
    /// Markdown (CommonMark with tables and footnotes), MDX included.
    Markdown,
    /// A web page.
    Html,
    /// A document of Word.
    Docx,
    /// reStructuredText.
    Rst,
    /// AsciiDoc.
    AsciiDoc,
    /// Subtitles: SubRip or WebVTT.
    Subtitles,
    /// A table with both versions side by side: comma- or tab-separated.
    Table,
    /// A translation memory.
    Tmx,
    /// XLIFF 1.2 or 2.
    Xliff,
    /// A message catalogue of gettext.
    Po,
}

/// A text and its blocks.
struct Unpacked {
    text: String,
    blocks: Vec<Block>,
    /// See [`Document::runs`].
    runs: Vec<usize>,
}

/// A text as it was decoded.
struct Decoded {
    text: String,
    /// See [`Document::composed`].
    composed: Vec<usize>,
    /// See [`Document::runs`].
    runs: Vec<usize>,
    /// See [`Document::encoding`].
    encoding: &'static str,
}

/// What makes a document of a file.
enum Reader {
    /// Text with blocks in it.
    Text(fn(&str) -> Vec<Block>),
    /// Bytes that hold a text in some other form.
    Packed(fn(&[u8], &Limits) -> Result<Unpacked, ErrorKind>),
    /// Both versions, pair by pair; and how it is read as one version, where that makes sense.
    Pairs(fn(&str) -> Result<pairs::Found, ErrorKind>, Option<fn(&str) -> Vec<Block>>),
}

/// The formats: the ends of file names in lower case, and the reader. Every other name is plain text.
const FORMATS: [(Format, &[&str], Reader); 11] = [
    (Format::Plain, &["txt"], Reader::Text(plain::blocks)),
    (Format::Markdown, &["md", "markdown", "mdx", "mkd"], Reader::Text(markdown::blocks)),
    (Format::Html, &["html", "htm", "xhtml"], Reader::Text(html::blocks)),
    (Format::Docx, &["docx", "docm", "dotx"], Reader::Packed(docx::read)),
    (Format::Rst, &["rst", "rest"], Reader::Text(rst::blocks)),
    (Format::AsciiDoc, &["adoc", "asciidoc", "asc"], Reader::Text(asciidoc::blocks)),
    (Format::Subtitles, &["srt", "vtt"], Reader::Text(subtitles::blocks)),
    (Format::Table, &["csv", "tsv"], Reader::Pairs(table::read, Some(plain::blocks))),
    (Format::Tmx, &["tmx"], Reader::Pairs(tmx::read, None)),
    (Format::Xliff, &["xlf", "xliff", "sdlxliff", "mqxliff", "mxliff"], Reader::Pairs(xliff::read, None)),
    (Format::Po, &["po"], Reader::Pairs(po::read, None)),
];

impl Format {
    /// The format that a file name stands for; `Plain` for names that say nothing.
    pub fn of(path: &Path) -> Format {
        Format::known(path).unwrap_or(Format::Plain)
    }

    /// The format that a file name stands for; `None` for names that say nothing.
    pub fn known(path: &Path) -> Option<Format> {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let found = FORMATS.iter().find(|(_, ends, _)| ends.contains(&extension.as_str()));
        found.map(|&(format, ..)| format)
    }

    /// Whether files of this format are text that holds one version.
    pub fn is_text(self) -> bool {
        matches!(self.reader(), Reader::Text(_))
    }

    /// Whether a file of this format can only be read with both its versions.
    pub fn holds_both(self) -> bool {
        matches!(self.reader(), Reader::Pairs(_, None))
    }

    /// Whether files of this format say themselves what corresponds to what; see [`paired`].
    pub fn is_paired(self) -> bool {
        matches!(self.reader(), Reader::Pairs(..))
    }

    /// Whether what a file of this format holds is what a text editor shows of it.
    pub fn is_editable(self) -> bool {
        !matches!(self.reader(), Reader::Packed(_))
    }

    fn reader(self) -> &'static Reader {
        let found = FORMATS.iter().find(|(format, ..)| *format == self);
        found.map_or(&Reader::Text(plain::blocks), |(_, _, reader)| reader)
    }

    /// The text of a file that holds one version, and its blocks.
    fn one(self, bytes: &[u8], limits: &Limits) -> Result<(Decoded, Vec<Block>), ErrorKind> {
        let read = match self.reader() {
            Reader::Packed(read) => {
                let Unpacked { text, blocks, runs } = read(bytes, limits)?;
                return Ok((Decoded { text, composed: Vec::new(), runs, encoding: "UTF-8" }, blocks));
            }
            Reader::Text(read) | Reader::Pairs(_, Some(read)) => read,
            Reader::Pairs(_, None) => return Err(ErrorKind::BothVersions),
        };
        let decoded = text(bytes)?;
        let blocks = remarks::blocks(&decoded.text, self, *read);
        Ok((decoded, blocks))
    }
}

/// The text of a file, composed.
fn text(bytes: &[u8]) -> Result<Decoded, ErrorKind> {
    let (text, encoding) = encoding::decode(bytes)?;
    Ok(composed(text, encoding))
}

fn composed(text: String, encoding: &'static str) -> Decoded {
    let (text, composed) = compose::compose(text);
    Decoded { text, composed, runs: Vec::new(), encoding }
}

/// Reads a file that holds one language. Without `lang` it is the one that most of its prose is in
/// by its script, or English when there is none. An empty file gives a document without blocks.
///
/// The text of the document is the decoded file without a byte order mark, letters and marks apart
/// (NFD) made one; line ends and all else stay as they are.
///
/// # Errors
/// When the file cannot be read, is beyond the limits, holds a NUL, or is in no known encoding.
pub fn file(path: &Path, lang: Option<Lang>, limits: &Limits) -> Result<Document, Error> {
    one(&name_of(path), &content(path, limits)?, Format::of(path), lang, limits)
}

/// Reads what [`file()`] would, from memory, within the default limits; `name` is for messages and reports.
///
/// # Errors
/// When the bytes hold a NUL or are in no known encoding.
pub fn bytes(name: &str, bytes: &[u8], format: Format, lang: Option<Lang>) -> Result<Document, Error> {
    one(name, bytes, format, lang, &Limits::default())
}

/// Reads a text that is one already, and so in no encoding; `name` is for messages and reports, and its ending says how
/// the text is marked up.
///
/// # Errors
/// When the text holds a NUL, or no text format has this ending.
pub fn string(name: &str, text: &str, lang: Option<Lang>) -> Result<Document, Error> {
    let known = Format::known(Path::new(name)).map(|format| (format, format.reader()));
    let Some((format, Reader::Text(read))) = known else {
        let what = "no text format has this ending; write one such as md, html or txt".to_owned();
        return Err(Error::new(name, ErrorKind::Format { what }));
    };
    let text = encoding::known(text).map_err(|kind| Error::new(name, kind))?;
    let decoded = composed(text, encoding::UTF_8);
    let blocks = remarks::blocks(&decoded.text, format, *read);
    Ok(document(name, decoded, blocks, lang))
}

fn one(
    name: &str,
    bytes: &[u8],
    format: Format,
    lang: Option<Lang>,
    limits: &Limits,
) -> Result<Document, Error> {
    let (decoded, blocks) = format.one(bytes, limits).map_err(|kind| Error::new(name, kind))?;
    Ok(document(name, decoded, blocks, lang))
}

fn document(name: &str, decoded: Decoded, blocks: Vec<Block>, lang: Option<Lang>) -> Document {
    let Decoded { text, composed, runs, encoding } = decoded;
    let lang = lang.unwrap_or_else(|| dominant(&text, &blocks));
    let path = name.to_owned();
    Document { path, lang, text, composed, runs, encoding, blocks, sentences: Vec::new() }
}

/// Reads one file that holds both languages, one after the other or by turns, into two documents
/// with the same text and blocks of their own. Without `source` the source is the language that
/// comes first; without `target` the target is the other one that most is written in.
///
/// Blocks without a language (numbers, code, addresses) go with the blocks around them; where the
/// languages take turns and such a block stands once for both, it goes to neither. The same holds
/// for the marks of a web page ("Share - WeChat") at the top or the end.
///
/// # Errors
/// Those of [`file()`]; and when the file holds one language only, or not the ones asked for.
pub fn both(
    path: &Path,
    source: Option<Lang>,
    target: Option<Lang>,
    limits: &Limits,
) -> Result<(Document, Document), Error> {
    split(&name_of(path), &content(path, limits)?, Format::of(path), source, target, limits)
}

/// Reads what [`both`] would, from memory, within the default limits; `name` is for messages and reports.
///
/// # Errors
/// Those of [`bytes`]; and when the text holds one language only, or not the ones asked for.
pub fn both_bytes(
    name: &str,
    bytes: &[u8],
    format: Format,
    source: Option<Lang>,
    target: Option<Lang>,
) -> Result<(Document, Document), Error> {
    split(name, bytes, format, source, target, &Limits::default())
}

fn split(
    name: &str,
    bytes: &[u8],
    format: Format,
    source: Option<Lang>,
    target: Option<Lang>,
    limits: &Limits,
) -> Result<(Document, Document), Error> {
    let fail = |kind| Error::new(name, kind);
    if format.is_paired() {
        let Paired { source, target, .. } = paired_bytes(name, bytes, format, source, target)?;
        return Ok((source, target));
    }
    let (Decoded { text, composed, runs, encoding }, split) = if format == Format::Plain {
        let decoded = text(bytes).map_err(fail)?;
        let split = pair::plain(&remarks::hidden(&decoded.text, format), source, target);
        (decoded, split)
    } else {
        let (decoded, blocks) = format.one(bytes, limits).map_err(fail)?;
        let split = pair::blocks(&decoded.text, &blocks, source, target);
        (decoded, split)
    };
    let (one, other) = split.map_err(fail)?;
    let document = |(lang, blocks): (Lang, Vec<Block>)| Document {
        path: name.to_owned(),
        lang,
        text: text.clone(),
        composed: composed.clone(),
        runs: runs.clone(),
        encoding,
        blocks,
        sentences: Vec::new(),
    };
    Ok((document(one), document(other)))
}

/// Both versions of a text from a file that says itself what corresponds to what.
#[derive(Debug, Clone, PartialEq)]
pub struct Paired {
    /// The original.
    pub source: Document,
    /// The translation; its text is that of the original, since both are one file.
    pub target: Document,
    /// The blocks of the original and those of the translation that stand for them, in order; every block is in
    /// one of them, and one side may be empty.
    pub links: Vec<(Vec<usize>, Vec<usize>)>,
}

/// Reads a file that says itself what corresponds to what: a table, TMX, XLIFF or PO. Without `source` and
/// `target` the languages are those that the file names first.
///
/// # Errors
/// Those of [`file()`]; when the format has no pairs; and, with the line, when the content is not what the format
/// demands.
pub fn paired(
    path: &Path,
    source: Option<Lang>,
    target: Option<Lang>,
    limits: &Limits,
) -> Result<Paired, Error> {
    paired_bytes(&name_of(path), &content(path, limits)?, Format::of(path), source, target)
}

/// Reads what [`paired`] would, from memory; `name` is for messages and reports.
///
/// # Errors
/// Those of [`paired`].
pub fn paired_bytes(
    name: &str,
    bytes: &[u8],
    format: Format,
    source: Option<Lang>,
    target: Option<Lang>,
) -> Result<Paired, Error> {
    let Reader::Pairs(read, _) = format.reader() else {
        let what = "of a format that does not say what corresponds to what".to_owned();
        return Err(Error::new(name, ErrorKind::Format { what }));
    };
    let made = text(bytes).and_then(|decoded| {
        let found = read(&decoded.text)?;
        pairs::pair(name, decoded, found, source, target)
    });
    made.map_err(|kind| Error::new(name, kind))
}

/// Reads a file that is segmented already, one sentence a line: every line is a block with one
/// sentence, in the order of the file. So that numbers agree with line numbers, an empty line has
/// its block and sentence too; these alone are empty spans. What follows the last line end counts
/// as a line only if there is something.
///
/// # Errors
/// Those of [`file()`].
pub fn lines(path: &Path, lang: Option<Lang>, limits: &Limits) -> Result<Document, Error> {
    lines_bytes(&name_of(path), &content(path, limits)?, lang)
}

/// Reads what [`lines`] would, from memory; `name` is for messages and reports.
///
/// # Errors
/// Those of [`bytes`].
pub fn lines_bytes(name: &str, bytes: &[u8], lang: Option<Lang>) -> Result<Document, Error> {
    let Decoded { text, composed, runs, encoding } = text(bytes).map_err(|kind| Error::new(name, kind))?;
    let (mut blocks, mut sentences) = (Vec::new(), Vec::new());
    for (index, raw) in line_spans(&text).enumerate() {
        let span = pieces::trim(&text, raw);
        let prose = Piece { kind: PieceKind::Prose, span };
        blocks.push(Block {
            kind: BlockKind::Paragraph,
            level: None,
            numbering: None,
            span,
            pieces: pieces::mark_literals(&text, pieces::tile(&text, span, [prose])),
            sentences: index..index + 1,
        });
        sentences.push(Sentence { block: index, span });
    }
    let lang = lang.unwrap_or_else(|| dominant(&text, &blocks));
    Ok(Document { path: name.to_owned(), lang, text, composed, runs, encoding, blocks, sentences })
}

/// The line, from 1, on which a byte stands.
fn line_of(text: &str, at: usize) -> usize {
    1 + text.as_bytes()[..at.min(text.len())].iter().filter(|&&byte| byte == b'\n').count()
}

/// How messages and reports name a file.
pub fn name_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The settings at the top of a text, between two lines of `---` or `+++`: where their lines are.
pub fn front_matter(text: &str) -> Option<Span> {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = text[mark..].split_inclusive('\n');
    let first = lines.next()?;
    let fence = first.trim_end();
    if !matches!(fence, "---" | "+++") {
        return None;
    }
    let start = mark + first.len();
    let mut end = start;
    for line in lines {
        if line.trim_end() == fence {
            return Some(Span::new(start, end));
        }
        end += line.len();
    }
    None
}

/// Whether a block is what every file has of its own: a setting in the front matter (its language, its translator,
/// its date, the commit that it follows), or a comment.
pub fn is_setting(document: &Document, block: &Block) -> bool {
    let front = || front_matter(&document.text).is_some_and(|settings| block.span.start < settings.end);
    block.kind == BlockKind::Comment || block.kind == BlockKind::Metadata && front()
}

/// The bytes of a file, whatever its metadata say of its size.
///
/// # Errors
/// When it is no regular file, cannot be read or is beyond the limits.
pub fn content(path: &Path, limits: &Limits) -> Result<Vec<u8>, Error> {
    files::content(path, limits.file, "split it up or raise --max-file-size")
}

/// The text of a file as it is on disk, decoded, without a byte order mark.
///
/// # Errors
/// When the bytes hold a NUL or are in no known encoding.
pub fn decoded(bytes: &[u8]) -> Result<String, ErrorKind> {
    encoding::decode(bytes).map(|(text, _)| text)
}

/// The lines of a text, without their ends (LF, CR LF or CR).
fn line_spans(text: &str) -> impl Iterator<Item = Span> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
        let len = rest.iter().position(|&b| b == b'\n' || b == b'\r').unwrap_or(rest.len());
        let line = Span::new(at, at + len);
        at = line.end + if rest.get(len..len + 2) == Some(b"\r\n") { 2 } else { 1 };
        Some(line)
    })
}

/// The language that the prose is in; English when there is none. A translation into another script
/// keeps much in Latin letters (names, lists of changes), while an English text quotes little in
/// other scripts: a quarter is enough for these.
fn dominant(text: &str, blocks: &[Block]) -> Lang {
    let mut weights: BTreeMap<Lang, usize> = BTreeMap::new();
    for block in blocks.iter().filter(|block| block.kind.is_prose()) {
        if let Some(evidence) = script::language(&prose(text, block)) {
            *weights.entry(evidence.lang).or_default() += evidence.weight;
        }
    }
    let total: usize = weights.values().sum();
    let others = weights.into_iter().filter(|&(lang, weight)| lang != Lang::EN && weight * 4 >= total);
    others.max_by_key(|&(_, weight)| weight).map_or(Lang::EN, |(lang, _)| lang)
}

/// The prose of a block, its other pieces as spaces.
fn prose(text: &str, block: &Block) -> String {
    let mut out = String::with_capacity(block.span.len());
    for piece in &block.pieces {
        match piece.kind {
            PieceKind::Prose => out.push_str(&text[piece.span.range()]),
            _ => out.push(' '),
        }
    }
    out
}
