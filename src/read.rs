//! Files to documents: bytes are decoded, and their text is cut into blocks.

mod encoding;
mod markdown;
mod numbering;
mod pair;
mod pieces;
mod plain;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::error::{Error, ErrorKind};
use crate::text::{Block, BlockKind, Document, Lang, Piece, PieceKind, Sentence, Span, script};

/// How a file is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Lines of text.
    Plain,
    /// Markdown (CommonMark with tables and footnotes), MDX included.
    Markdown,
}

/// The formats by the ends of file names, in lower case. Every other name is plain text.
const FORMATS: [(&str, Format); 4] = [
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("mdx", Format::Markdown),
    ("mkd", Format::Markdown),
];

impl Format {
    /// The format that a file name stands for; `Plain` for names that say nothing.
    pub fn of(path: &Path) -> Format {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        FORMATS.iter().find(|(end, _)| *end == extension).map_or(Format::Plain, |&(_, format)| format)
    }

    fn blocks(self, text: &str) -> Vec<Block> {
        match self {
            Format::Plain => plain::blocks(text),
            Format::Markdown => markdown::blocks(text),
        }
    }
}

/// The largest file that is read, in bytes.
const LIMIT: u64 = 1 << 29;

/// Reads a file that holds one language. Without `lang` it is the one that most of its prose is in
/// by its script, or English when there is none. An empty file gives a document without blocks.
///
/// The text of the document is the decoded file without a byte order mark; line ends and all else
/// stay as they are.
///
/// # Errors
/// When the file cannot be read, is larger than 512 MiB, holds a NUL, or is in no known encoding.
pub fn file(path: &Path, lang: Option<Lang>) -> Result<Document, Error> {
    bytes(&name_of(path), &content(path)?, Format::of(path), lang)
}

/// Reads what [`file()`] would, from memory; `name` is for messages and reports.
///
/// # Errors
/// When the bytes hold a NUL or are in no known encoding.
pub fn bytes(name: &str, bytes: &[u8], format: Format, lang: Option<Lang>) -> Result<Document, Error> {
    let text = encoding::decode(bytes).map_err(|kind| Error::new(name, kind))?;
    let blocks = format.blocks(&text);
    let lang = lang.unwrap_or_else(|| dominant(&text, &blocks));
    Ok(Document { path: name.to_owned(), lang, text, blocks, sentences: Vec::new() })
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
pub fn both(path: &Path, source: Option<Lang>, target: Option<Lang>) -> Result<(Document, Document), Error> {
    both_bytes(&name_of(path), &content(path)?, Format::of(path), source, target)
}

/// Reads what [`both`] would, from memory; `name` is for messages and reports.
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
    let fail = |kind| Error::new(name, kind);
    let text = encoding::decode(bytes).map_err(fail)?;
    let split = match format {
        Format::Plain => pair::plain(&text, source, target),
        Format::Markdown => pair::markdown(&text, source, target),
    };
    let (one, other) = split.map_err(fail)?;
    let document = |(lang, blocks): (Lang, Vec<Block>)| Document {
        path: name.to_owned(),
        lang,
        text: text.clone(),
        blocks,
        sentences: Vec::new(),
    };
    Ok((document(one), document(other)))
}

/// Reads a file that is segmented already, one sentence a line: every line is a block with one
/// sentence, in the order of the file. So that numbers agree with line numbers, an empty line has
/// its block and sentence too; these alone are empty spans. What follows the last line end counts
/// as a line only if there is something.
///
/// # Errors
/// Those of [`file()`].
pub fn lines(path: &Path, lang: Option<Lang>) -> Result<Document, Error> {
    lines_bytes(&name_of(path), &content(path)?, lang)
}

/// Reads what [`lines`] would, from memory; `name` is for messages and reports.
///
/// # Errors
/// Those of [`bytes`].
pub fn lines_bytes(name: &str, bytes: &[u8], lang: Option<Lang>) -> Result<Document, Error> {
    let text = encoding::decode(bytes).map_err(|kind| Error::new(name, kind))?;
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
    Ok(Document { path: name.to_owned(), lang, text, blocks, sentences })
}

fn name_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn content(path: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes));
    let len = read.map_err(|error| Error::new(path, error))?;
    if len as u64 > LIMIT {
        return Err(Error::new(path, ErrorKind::TooLarge { limit: LIMIT }));
    }
    Ok(bytes)
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
