//! Files to documents: bytes are decoded, and their text is cut into blocks.

mod asciidoc;
mod compose;
mod disk;
mod docx;
mod encoding;
mod epub;
mod format;
mod grid;
mod html;
mod keys;
mod language;
mod latex;
mod layout;
mod limits;
mod markdown;
mod notebook;
mod numbering;
mod ods;
mod odt;
mod package;
mod pair;
mod pairs;
mod pdf;
mod pieces;
mod plain;
mod po;
mod pptx;
mod programs;
#[cfg(test)]
mod properties;
mod remarks;
mod rst;
mod sheet;
mod signposts;
mod spans;
mod subtitles;
mod table;
#[cfg(test)]
mod tests;
mod tmx;
mod xliff;
mod xlsx;
mod xml;

pub use disk::{Insertion, OnDisk};
pub use docx::{Anchor, Anchors, Comment, WordPackage, anchors, comments};
pub use grid::{Row, grid, grid_bytes};

use std::path::Path;

pub use limits::Limits;
pub(crate) use xml::{attribute as xml_attribute, events as xml_events};

pub(crate) use self::format::HEAD;
pub use self::keys::by_key;
pub use self::latex::brought_in;
pub(crate) use self::markdown::html::{is_worded, properties, tag};
pub(crate) use self::pieces::{Joined, joined};
pub use self::programs::is_for_program;
pub use self::remarks::{Remark, followed, remark, remarks};
use crate::error::{Error, ErrorKind};
use crate::files;
use crate::message::{id, message};
pub use crate::text::Format;
use crate::text::tags;
use crate::text::{Block, BlockKind, Document, Entry, Lang, Piece, PieceKind, Sentence, Span};

/// A text and its blocks.
#[derive(Default)]
struct Unpacked {
    text: String,
    blocks: Vec<Block>,
    /// See [`Document::runs`].
    runs: Vec<usize>,
    /// See [`Document::parts`].
    parts: Vec<(usize, String)>,
}

/// A text, and the pairs in it.
type UnpackedPairs = (Unpacked, pairs::Found);

/// A text as it was decoded.
struct Decoded {
    text: String,
    /// See [`Document::composed`].
    composed: Vec<usize>,
    /// See [`Document::runs`].
    runs: Vec<usize>,
    /// See [`Document::parts`].
    parts: Vec<(usize, String)>,
    /// See [`Document::encoding`].
    encoding: &'static str,
}

/// What makes a document of a file.
enum Reader {
    /// Text with blocks in it.
    Text(fn(&str) -> Vec<Block>),
    /// Bytes that hold a text in some other form.
    Packed(fn(&[u8], &Limits) -> Result<Unpacked, ErrorKind>),
    /// Messages that are named by keys.
    Keyed(fn(&str) -> Result<keys::Messages, ErrorKind>),
    /// Both versions, pair by pair; and how it is read as one version, where that makes sense.
    Pairs(fn(&str) -> Result<pairs::Found, ErrorKind>, Option<fn(&str) -> Vec<Block>>),
    /// The same for bytes that hold a text in some other form.
    PackedPairs(
        fn(&[u8], &Limits) -> Result<UnpackedPairs, ErrorKind>,
        fn(&[u8], &Limits) -> Result<Unpacked, ErrorKind>,
    ),
}

impl From<Unpacked> for Decoded {
    fn from(Unpacked { text, runs, parts, .. }: Unpacked) -> Decoded {
        Decoded { text, composed: Vec::new(), runs, parts, encoding: encoding::UTF_8 }
    }
}

impl Format {
    /// The text of a file that holds one version, and what was found in it.
    fn one(self, bytes: &[u8], limits: &Limits) -> Result<One, ErrorKind> {
        let found = match self.reader() {
            Reader::Packed(read) | Reader::PackedPairs(_, read) => {
                let mut unpacked = read(bytes, limits)?;
                let mut blocks = std::mem::take(&mut unpacked.blocks);
                signposts::set_apart(&unpacked.text, &mut blocks);
                One { decoded: unpacked.into(), blocks, entries: Vec::new(), lang: None }
            }
            Reader::Keyed(read) => keyed(text(bytes)?, *read)?,
            Reader::Text(read) | Reader::Pairs(_, Some(read)) => running(text(bytes)?, self, *read),
            Reader::Pairs(_, None) => return Err(ErrorKind::BothVersions),
        };
        limits.allow(found.blocks.len())?;
        Ok(found)
    }
}

/// What a file holds that is one version.
struct One {
    decoded: Decoded,
    blocks: Vec<Block>,
    entries: Vec<Entry>,
    /// The language that the file names.
    lang: Option<Lang>,
}

/// What running text holds.
fn running(decoded: Decoded, format: Format, read: fn(&str) -> Vec<Block>) -> One {
    let mut blocks = remarks::blocks(&decoded.text, format, read);
    signposts::set_apart(&decoded.text, &mut blocks);
    One { decoded, blocks, entries: Vec::new(), lang: None }
}

/// What messages hold that are named by keys.
fn keyed(decoded: Decoded, read: fn(&str) -> Result<keys::Messages, ErrorKind>) -> Result<One, ErrorKind> {
    let decoded = unescaped(decoded);
    let messages = read(&decoded.text)?;
    let lang = messages.lang;
    let (blocks, entries) = keys::entries(&decoded.text, messages);
    Ok(One { decoded, blocks, entries, lang })
}

/// The text of a file, composed.
fn text(bytes: &[u8]) -> Result<Decoded, ErrorKind> {
    let (text, encoding) = encoding::decode(bytes)?;
    Ok(composed(text, encoding))
}

fn composed(text: String, encoding: &'static str) -> Decoded {
    let (text, composed) = compose::compose(text);
    Decoded { text, composed, runs: Vec::new(), parts: Vec::new(), encoding }
}

/// A text with the characters that its format writes as codes.
fn unescaped(decoded: Decoded) -> Decoded {
    let (text, composed) = keys::decoded(decoded.text, decoded.composed);
    Decoded { text, composed, ..decoded }
}

/// What is known of the language of a document before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Nothing.
    Nothing,
    /// Its name says so, and is believed unless the text plainly is in another language.
    Named(Lang),
    /// The user says so.
    Given(Lang),
}

impl From<Option<Lang>> for Said {
    fn from(given: Option<Lang>) -> Said {
        given.map_or(Said::Nothing, Said::Given)
    }
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
    let bytes = content(path, limits)?;
    let format = Format::find(None, path, &bytes).map_err(|kind| Error::new(path, kind))?;
    one(&name_of(path), &bytes, format, lang.into(), limits)
}

/// Reads what [`file()`] would, from memory, within the default limits; `name` is for messages and reports.
///
/// # Errors
/// When the bytes hold a NUL or are in no known encoding.
pub fn bytes(name: &str, bytes: &[u8], format: Format, lang: impl Into<Said>) -> Result<Document, Error> {
    one(name, bytes, format, lang.into(), &Limits::default())
}

/// The same within limits of its own.
///
/// # Errors
/// Those of [`bytes`], and when it is beyond the limits.
pub fn bytes_within(
    name: &str,
    bytes: &[u8],
    format: Format,
    said: Said,
    limits: &Limits,
) -> Result<Document, Error> {
    one(name, bytes, format, said, limits)
}

/// The bytes of a text that is one already, and so in no encoding: as [`bytes`] reads them they are that text.
///
/// # Errors
/// When it holds a NUL, for which it would be taken for UTF-16.
pub fn utf8(text: &str) -> Result<&[u8], ErrorKind> {
    encoding::known(text).map(|_| text.as_bytes())
}

/// The document that the text of a PDF makes, as `pdftotext` prints it: pages that end with form feeds.
pub fn printed(name: &str, pages: &str) -> Document {
    let mut unpacked = pdf::pages(pages);
    let blocks = std::mem::take(&mut unpacked.blocks);
    let one = One { decoded: unpacked.into(), blocks, entries: Vec::new(), lang: None };
    document(name, Format::Pdf, one, Said::Nothing)
}

/// Reads a text that is one already, and so in no encoding; `name` is for messages and reports, and its ending says how
/// the text is marked up.
///
/// # Errors
/// When the text holds a NUL, no format of texts has this ending, or the text is not what its format demands.
pub fn string(name: &str, text: &str, lang: Option<Lang>) -> Result<Document, Error> {
    let fail = |kind| Error::new(name, kind);
    let end = Path::new(name).extension().unwrap_or_default().to_string_lossy();
    let decoded = || encoding::known(text).map(|text| composed(text, encoding::UTF_8)).map_err(fail);
    let (format, one) = match Format::parse(&end).map(|format| (format, format.reader())) {
        Some((format, Reader::Text(read))) => (format, running(decoded()?, format, *read)),
        Some((format, Reader::Keyed(read))) => (format, keyed(decoded()?, *read).map_err(fail)?),
        _ => {
            return Err(fail(ErrorKind::Format { what: message!("read-no-text-format") }));
        }
    };
    Ok(document(name, format, one, lang.into()))
}

fn one(name: &str, bytes: &[u8], format: Format, said: Said, limits: &Limits) -> Result<Document, Error> {
    let one = format.one(bytes, limits).map_err(|kind| Error::new(name, kind))?;
    Ok(document(name, format, one, said))
}

fn document(name: &str, format: Format, one: One, said: Said) -> Document {
    let One { decoded, mut blocks, entries, lang } = one;
    // vectors that grow make room for four; most blocks are of one piece
    blocks.iter_mut().for_each(|block| block.pieces.shrink_to_fit());
    blocks.shrink_to_fit();
    let Decoded { text, composed, runs, parts, encoding } = decoded;
    let lang = match (said, lang) {
        (Said::Given(lang), _) | (_, Some(lang)) => lang,
        (Said::Named(named), _) => language::agreed(named, &text, &blocks),
        (Said::Nothing, _) => language::dominant(&text, &blocks),
    };
    // a file of messages says of itself in which language it is, and its translation says another
    let of_itself = entries.iter().filter_map(|entry| entry.block);
    for at in of_itself.filter(|&at| tags::names(&text[blocks[at].span.range()], lang)).collect::<Vec<_>>() {
        blocks[at].kind = BlockKind::Metadata;
    }
    let path = name.to_owned();
    Document {
        path,
        lang,
        text,
        composed,
        runs,
        parts,
        encoding,
        format,
        forms: Vec::new(),
        entries,
        blocks,
        sentences: Vec::new(),
    }
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
    let bytes = content(path, limits)?;
    let format = Format::find(None, path, &bytes).map_err(|kind| Error::new(path, kind))?;
    both_bytes_within(&name_of(path), &bytes, format, source, target, limits)
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
    both_bytes_within(name, bytes, format, source, target, &Limits::default())
}

/// The same within limits of its own.
///
/// # Errors
/// Those of [`both_bytes`], and when it is beyond the limits.
pub fn both_bytes_within(
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
    let (Decoded { text, composed, runs, parts, encoding }, split) = if format == Format::Plain {
        let decoded = text(bytes).map_err(fail)?;
        let split = pair::plain(&remarks::hidden(&decoded.text, format), source, target);
        (decoded, split)
    } else {
        let One { decoded, blocks, .. } = format.one(bytes, limits).map_err(fail)?;
        let split = pair::blocks(&decoded.text, &blocks, source, target);
        // what is hidden may hold the other version
        let split = match (split, format.reader()) {
            (Err(error), Reader::Text(read)) => {
                let opened = uncommented(&decoded.text, &blocks, *read);
                // what is hidden is the original
                let hidden: Vec<Block> =
                    opened.iter().filter(|block| !blocks.contains(block)).cloned().collect();
                let original = (!hidden.is_empty()).then(|| language::dominant(&decoded.text, &hidden));
                let source = source.or(original.filter(|lang| Some(*lang) != target));
                pair::blocks(&decoded.text, &opened, source, target).map_err(|_| error)
            }
            (split, _) => split,
        };
        (decoded, split)
    };
    let (one, other) = split.map_err(fail)?;
    limits.allow(one.1.len().max(other.1.len())).map_err(fail)?;
    let document = |(lang, blocks): (Lang, Vec<Block>)| Document {
        path: name.to_owned(),
        lang,
        text: text.clone(),
        composed: composed.clone(),
        runs: runs.clone(),
        parts: parts.clone(),
        encoding,
        format,
        forms: Vec::new(),
        entries: Vec::new(),
        blocks,
        sentences: Vec::new(),
    };
    Ok((document(one), document(other)))
}

/// The blocks of a text with those that `read` finds in its comments in place of these; a comment of one word is for
/// the program.
fn uncommented(text: &str, blocks: &[Block], read: fn(&str) -> Vec<Block>) -> Vec<Block> {
    let setting = |line: &str| {
        let key = line.split_once(':').map_or("", |(key, _)| key);
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
    };
    let inside = |block: &Block| -> Vec<Block> {
        let marks = [("<!--", "-->"), ("{/*", "*/}")];
        let slice = &text[block.span.range()];
        let inner = marks.iter().find_map(|(open, close)| slice.strip_prefix(open)?.strip_suffix(close));
        let words = inner.filter(|inner| inner.trim().contains(char::is_whitespace));
        let Some(inner) = words.filter(|_| block.kind == BlockKind::Comment) else {
            return vec![block.clone()];
        };
        let start = block.span.start + slice.find(inner).unwrap_or(0);
        // settings of the original, hidden below those of the translation; what is no prose stands there for both
        if inner.trim().lines().all(setting) {
            let settings = spans::trim(text, Span::new(start, start + inner.len()));
            let found = markdown::front_matter(text, settings).into_iter();
            return found.filter(|block| block.kind.is_prose()).collect();
        }
        read(inner).into_iter().map(|found| pieces::moved(found, start)).collect()
    };
    blocks.iter().flat_map(inside).collect()
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
    let bytes = content(path, limits)?;
    let format = Format::find(None, path, &bytes).map_err(|kind| Error::new(path, kind))?;
    paired_bytes(&name_of(path), &bytes, format, source, target)
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
    let limits = Limits::default();
    let read = || match format.reader() {
        Reader::Pairs(read, _) => {
            let decoded = text(bytes)?;
            let decoded = if format == Format::Xcstrings { unescaped(decoded) } else { decoded };
            let found = read(&decoded.text)?;
            Ok((decoded, found))
        }
        Reader::PackedPairs(read, _) => {
            read(bytes, &limits).map(|(unpacked, found)| (unpacked.into(), found))
        }
        _ => Err(ErrorKind::Format { what: message!("read-not-paired") }),
    };
    let made = read().and_then(|(decoded, found)| {
        limits.allow(found.units.len())?;
        pairs::pair(name, format, decoded, found, source, target)
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
    let decoded = text(bytes).map_err(|kind| Error::new(name, kind))?;
    let text = &decoded.text;
    let (mut blocks, mut sentences) = (Vec::new(), Vec::new());
    for (index, raw) in spans::line_spans(text).enumerate() {
        let span = spans::trim(text, raw);
        let prose = Piece { kind: PieceKind::Prose, span };
        blocks.push(Block {
            kind: BlockKind::Paragraph,
            level: None,
            numbering: None,
            span,
            pieces: pieces::mark_literals(text, pieces::tile(text, span, [prose])),
            sentences: index..index + 1,
        });
        sentences.push(Sentence { block: index, span });
    }
    Limits::default().allow(blocks.len()).map_err(|kind| Error::new(name, kind))?;
    let whole =
        document(name, Format::Plain, One { decoded, blocks, entries: Vec::new(), lang: None }, lang.into());
    Ok(Document { sentences, ..whole })
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
    files::content(path, limits.file, id!("remedy-split-or-raise"))
}

/// The text of a file as it is on disk, decoded, without a byte order mark.
///
/// # Errors
/// When the bytes hold a NUL or are in no known encoding.
pub fn decoded(bytes: &[u8]) -> Result<String, ErrorKind> {
    encoding::decode(bytes).map(|(text, _)| text)
}
