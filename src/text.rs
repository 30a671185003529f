//! Documents as pure data: text, blocks, sentences and the spans between them.

pub mod foreign;
pub mod script;
pub mod tags;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use smallvec::SmallVec;

use crate::message::{Argument, Message, message};

/// A half-open range of byte offsets into [`Document::text`]. Both ends fall on char boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte; never before `start`.
    pub end: usize,
}

impl Span {
    /// The span `start..end`; an `end` before `start` is taken as `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end: end.max(start) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether nothing lies inside.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The part that both share, if any.
    pub fn intersect(self, other: Span) -> Option<Span> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then(|| Span::new(start, end))
    }

    /// The same as a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// A language by its primary subtag (BCP 47), such as `zh` or `en`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang([u8; 3]);

impl Lang {
    /// Chinese, in either script.
    pub const ZH: Lang = Lang(*b"zh\0");
    /// English.
    pub const EN: Lang = Lang(*b"en\0");

    /// Reads a language tag; what follows the primary subtag (`-CN`, `_Hant`) is ignored.
    /// `None` unless that subtag is two or three ASCII letters.
    pub fn parse(tag: &str) -> Option<Lang> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        if !(2..=3).contains(&primary.len()) || !primary.bytes().all(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        let mut bytes = [0; 3];
        for (slot, byte) in bytes.iter_mut().zip(primary.bytes()) {
            *slot = byte.to_ascii_lowercase();
        }
        Some(Lang(bytes))
    }

    /// The primary subtag in lower case.
    pub fn as_str(&self) -> &str {
        let len = self.0.iter().position(|&b| b == 0).unwrap_or(3);
        std::str::from_utf8(&self.0[..len]).unwrap_or("")
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// A title of its own line.
    Heading,
    /// Running text.
    Paragraph,
    /// One item of a list.
    ListItem,
    /// One cell of a table.
    TableCell,
    /// Quoted running text.
    Quotation,
    /// Code, verbatim.
    Code,
    /// The text that stands with a figure or table.
    Caption,
    /// What a document says of itself: front matter, directives.
    Metadata,
    /// What is said to those who edit the document; some translations hold the original in it.
    Comment,
}

impl BlockKind {
    /// The name used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            BlockKind::Heading => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::ListItem => "list-item",
            BlockKind::TableCell => "table-cell",
            BlockKind::Quotation => "quotation",
            BlockKind::Code => "code",
            BlockKind::Caption => "caption",
            BlockKind::Metadata => "metadata",
            BlockKind::Comment => "comment",
        }
    }

    /// Whether the block holds running text in a language, rather than code or settings.
    pub fn is_prose(self) -> bool {
        !matches!(self, BlockKind::Code | BlockKind::Metadata | BlockKind::Comment)
    }
}

/// What a piece of a block is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PieceKind {
    /// Words of the language.
    Prose,
    /// Verbatim text: code spans and code blocks, placeholders.
    Code,
    /// Where a link or an image points.
    Target,
    /// Marks that only give form: `**`, `[`, `](`, tags, list markers, line prefixes.
    Markup,
}

/// A part of a block's span. The pieces of a block are in order, never overlap and tile its span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Where it is.
    pub span: Span,
}

/// The pieces of a block. Most have one, which stands in the block itself.
pub type Pieces = SmallVec<[Piece; 1]>;

impl Piece {
    /// Whether it only joins two lines of one string, as in catalogues of gettext: `"`, a line end, and `"`. Nothing
    /// stands between what it joins, not even a space.
    pub(crate) fn is_joint(&self, text: &str) -> bool {
        let joint = |slice: &str| {
            let inner = slice.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            inner.is_some_and(|inner| inner.contains('\n') && inner.trim().is_empty())
        };
        self.kind == PieceKind::Markup && joint(&text[self.span.range()])
    }
}

/// How a heading or list item is numbered, as written: 一、 （一） 1. 第一 I. (a) · -
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbering {
    /// The family of marks.
    pub style: NumberingStyle,
    /// The rank among the siblings, from 1; 0 for a bullet.
    pub value: u32,
    /// The mark itself, with its punctuation.
    pub span: Span,
}

/// The family of marks that numbers a heading or list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberingStyle {
    /// 一、 and 一.
    Han,
    /// （一） and (一)
    HanParenthesised,
    /// 第一 (and 第一章, 第一条), First, Chapter 1, 一是
    Ordinal,
    /// 1. 1) 1、 (1) ①
    Arabic,
    /// I. II.
    Roman,
    /// a. (b) C)
    Letter,
    /// · • - *
    Bullet,
}

/// A unit of structure: heading, paragraph, list item, table cell, …
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Heading level (1 is the highest), list depth (1 is the outermost) or column of a table (1 is the first), where
    /// there is one.
    pub level: Option<u8>,
    /// Its number or bullet, where there is one: few blocks have one, so it stands apart.
    pub numbering: Option<Box<Numbering>>,
    /// Where it stands.
    pub span: Span,
    /// Its parts, tiling `span`.
    pub pieces: Pieces,
    /// Its sentences: indices into [`Document::sentences`]. Empty before segmentation, and for code.
    pub sentences: Range<usize>,
}

/// A sentence; it lies inside one block and is never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// The block it is in.
    pub block: usize,
    /// Where it stands, without the white space around it.
    pub span: Span,
}

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
    /// LaTeX.
    Latex,
    /// A book: EPUB.
    Epub,
    /// A text of OpenDocument.
    Odt,
    /// A presentation of PowerPoint.
    Pptx,
    /// A presentation of OpenDocument.
    Odp,
    /// A notebook of Jupyter.
    Notebook,
    /// A workbook of Excel.
    Xlsx,
    /// A workbook of OpenDocument.
    Ods,
    /// A table with both versions side by side: comma- or tab-separated.
    Table,
    /// A translation memory.
    Tmx,
    /// XLIFF 1.2 or 2.
    Xliff,
    /// A message catalogue of gettext.
    Po,
    /// Messages in JSON, flat or nested.
    Json,
    /// Messages in YAML, as Rails has them or plain.
    Yaml,
    /// Pages of a PDF, as a program of the system reads them.
    Pdf,
    /// Messages of Java.
    Properties,
    /// Messages of Android: `strings.xml`.
    Android,
    /// Messages of Apple's programs: `Localizable.strings`.
    Strings,
    /// Plural forms of messages of Apple's programs.
    Stringsdict,
    /// A string catalogue of Xcode, with all languages in it.
    Xcstrings,
    /// Messages of Flutter.
    Arb,
    /// Messages of Project Fluent.
    Fluent,
    /// Messages of .NET.
    Resx,
    /// Messages of Qt, with both versions.
    Qt,
}

/// A message of a file that names its messages by keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name; the versions of a message share it.
    pub key: String,
    /// The plural category that it is for (`one`, `other`), where the message has several.
    pub category: Option<String>,
    /// Where its value stands; empty where it is.
    pub value: Span,
    /// The block that holds its value, unless that says nothing.
    pub block: Option<usize>,
}

/// One version of a text: what was read, and its structure.
///
/// Blocks and sentences are in the order of the text and never overlap. What lies between them
/// is white space, boilerplate or text of the other version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Where it came from, as reports name it.
    pub path: String,
    /// Its language.
    pub lang: Lang,
    /// The whole text, decoded, with letters and their marks made one where they can be (see `composed`); otherwise
    /// as it is on disk.
    pub text: String,
    /// Where `text` has fewer chars than the file: offsets into `text`, in order, each the end of a char that stands
    /// for two on disk, and once more for every further one. Only what counts columns needs to know.
    pub composed: Vec<usize>,
    /// Where the runs of a Word document begin, which are stretches of one make; offsets into `text`, in order. A
    /// paragraph is a line there. Empty for other files.
    pub runs: Vec<usize>,
    /// Where the parts of a file begin that has several, and what they are called: slides, cells, pages of a book;
    /// offsets into `text`, in order. Empty for other files.
    pub parts: Vec<(usize, String)>,
    /// How the file was encoded.
    pub encoding: &'static str,
    /// How it is marked up.
    pub format: Format,
    /// The plural forms of messages that no block holds, in a catalogue of gettext: the block of the form that stands for
    /// all, and where the other stands. In the order of the blocks; empty for other files.
    pub forms: Vec<(usize, Span)>,
    /// The messages of a file that names them by keys, in the order of the text; empty for other files.
    pub entries: Vec<Entry>,
    /// Its structure.
    pub blocks: Vec<Block>,
    /// Its sentences; empty until [segmented](crate::segment).
    pub sentences: Vec<Sentence>,
}

impl Document {
    /// The number, from 1 in its paragraph, of the run of a Word document in which a byte stands.
    pub fn run(&self, at: usize) -> Option<usize> {
        let last = self.runs.partition_point(|&start| start <= at);
        if last == 0 {
            return None;
        }
        let end = self.text.as_bytes()[..at].iter().rposition(|&byte| byte == b'\n');
        let first = self.runs.partition_point(|&start| start < end.map_or(0, |end| end + 1));
        Some(last - first).filter(|&number| number > 0)
    }

    /// The part in which a byte stands, in a file that has several.
    pub fn part(&self, at: usize) -> Option<&str> {
        let after = self.parts.partition_point(|(start, _)| *start <= at);
        self.parts[..after].last().map(|(_, name)| name.as_str())
    }

    /// The message that a block holds the value of.
    pub fn entry(&self, block: usize) -> Option<&Entry> {
        let start = self.blocks.get(block)?.span.start;
        let after = self.entries.partition_point(|entry| entry.value.start <= start);
        self.entries[..after]
            .iter()
            .rev()
            .find(|entry| entry.block.is_some())
            .filter(|entry| entry.block == Some(block))
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The words of a span as messages quote them: without white space around them, and without what joins the lines
    /// of a string.
    pub fn words(&self, span: Span) -> Cow<'_, str> {
        let whole = self.slice(span);
        if self.format != Format::Po || !whole.contains('\n') {
            return Cow::Borrowed(whole.trim());
        }
        let (mut words, mut at) = (String::with_capacity(whole.len()), span.start);
        for joint in self.joints(span) {
            words.push_str(&self.text[at..joint.start]);
            at = joint.end;
        }
        words.push_str(&self.text[at..span.end]);
        Cow::Owned(words.trim().to_owned())
    }

    /// What only joins the lines of a string in a span, in order: nothing but in catalogues of gettext.
    pub(crate) fn joints(&self, span: Span) -> impl Iterator<Item = Span> + '_ {
        let may_hold = self.format == Format::Po && self.slice(span).contains('\n');
        let first = self.blocks.partition_point(|block| may_hold && block.span.end <= span.start);
        let blocks =
            self.blocks[first..].iter().take_while(move |block| may_hold && block.span.start < span.end);
        let joints = blocks.flat_map(|block| &block.pieces).filter(|piece| piece.is_joint(&self.text));
        joints.map(|piece| piece.span).filter(move |joint| span.contains(*joint))
    }

    /// The pieces of a block that lie in `span`, cut to it.
    pub fn pieces_in(&self, block: usize, span: Span) -> impl Iterator<Item = Piece> + '_ {
        let pieces = &self.blocks[block].pieces;
        let first = pieces.partition_point(|piece| piece.span.end <= span.start);
        let within = pieces[first..].iter().take_while(move |piece| piece.span.start < span.end);
        within
            .filter_map(move |piece| piece.span.intersect(span).map(|span| Piece { kind: piece.kind, span }))
    }
}

/// One of the two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The original.
    Source,
    /// The translation.
    Target,
}

impl Side {
    /// The other one.
    pub fn other(self) -> Side {
        match self {
            Side::Source => Side::Target,
            Side::Target => Side::Source,
        }
    }

    /// What it is to the other, for readers: "original" or "translation".
    pub fn title(self) -> Message {
        match self {
            Side::Source => message!("side-source"),
            Side::Target => message!("side-target"),
        }
    }
}

impl From<Side> for Argument {
    fn from(side: Side) -> Argument {
        Argument::Message(side.title())
    }
}
