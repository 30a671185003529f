//! The paragraphs of an office document, laid out as a text in which each is a line.

use super::numbering;
use super::pieces::{mark_literals, with_prose};
use super::plain::{self, Paragraph};
use super::spans::trim;
use crate::text::{Block, BlockKind, Piece, PieceKind, Span};

/// A paragraph of an office document.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// What it says.
    text: String,
    /// Where its runs begin in its text: stretches of one make.
    runs: Vec<usize>,
    /// What of its text is no prose, in order.
    marks: Vec<Piece>,
    /// The links that are open in it: where their words begin, and where they lead.
    links: Vec<(usize, String)>,
}

impl Line {
    /// Adds words; a line has no line ends in it.
    pub(super) fn say(&mut self, words: &str) {
        self.text.extend(words.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }));
    }

    /// Begins a run.
    pub(super) fn run(&mut self) {
        self.runs.push(self.text.len());
    }

    /// Whether there is more in it than white space.
    pub(super) fn says(&self) -> bool {
        !self.text.trim().is_empty()
    }

    /// What it says.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Begins the words of a link, which are written as in Markdown: `[words](target)`.
    pub(super) fn open_link(&mut self, target: String) {
        self.mark(PieceKind::Markup, "[");
        self.links.push((self.text.len(), target));
    }

    /// Ends the words of the innermost link.
    pub(super) fn close_link(&mut self) {
        if let Some((_, target)) = self.links.pop() {
            self.mark(PieceKind::Markup, "](");
            let target: String = target.chars().filter(|c| !c.is_control()).collect();
            self.mark(PieceKind::Target, &target);
            self.mark(PieceKind::Markup, ")");
        }
    }

    /// Adds what only gives form, such as the number of a note.
    pub(super) fn form(&mut self, text: &str) {
        self.mark(PieceKind::Markup, text);
    }

    fn mark(&mut self, kind: PieceKind, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.marks
            .extend((!text.is_empty()).then(|| Piece { kind, span: Span::new(start, self.text.len()) }));
    }
}

/// What a paragraph is, and its level; `None` when nothing says so.
pub(super) type Role = Option<(BlockKind, Option<u8>)>;

/// Lays the paragraphs out as lines, and makes blocks of those that say something. Where none of them is a heading, the
/// document is as good as plain text, and what they are is told from what they say. Each of the `parts` begins with the
/// line of that number.
pub(super) fn laid_out(lines: Vec<(Line, Role)>, parts: Vec<(usize, String)>) -> super::Unpacked {
    let mut text = String::new();
    let mut paragraphs = Vec::new();
    let mut roles = Vec::new();
    let mut runs = Vec::new();
    let mut parts = parts.into_iter().peekable();
    let mut begun = Vec::new();
    for (number, (mut line, role)) in lines.into_iter().enumerate() {
        while let Some((_, name)) = parts.next_if(|(first, _)| *first <= number) {
            begun.push((text.len(), name));
        }
        while !line.links.is_empty() {
            line.close_link();
        }
        let start = text.len();
        runs.extend(line.runs.iter().map(|at| start + at));
        text.push_str(&line.text);
        let span = trim(&text, Span::new(start, text.len()));
        text.push('\n');
        if !span.is_empty() {
            paragraphs.push(Paragraph { span, gap: 0 });
            let mut marks = line.marks;
            for mark in &mut marks {
                mark.span = Span::new(start + mark.span.start, start + mark.span.end);
            }
            roles.push((role, marks));
        }
    }
    let titled = roles.iter().any(|(role, _)| matches!(role, Some((BlockKind::Heading, _))));
    let guessed = if titled { Vec::new() } else { plain::structure(&text, &paragraphs) };
    let mut guessed = guessed.into_iter();
    let mut blocks = Vec::new();
    for (Paragraph { span, .. }, (role, marks)) in paragraphs.into_iter().zip(roles) {
        let guess = guessed.next();
        let pieces = |kind| match kind {
            BlockKind::Code => [Piece { kind: PieceKind::Code, span }].into(),
            _ => mark_literals(&text, with_prose(span, marks.iter().copied())),
        };
        if let (None, Some(guess)) = (role, guess) {
            blocks.push(Block { pieces: pieces(guess.kind), ..guess });
            continue;
        }
        let (kind, level) = role.unwrap_or((BlockKind::Paragraph, None));
        let mut block = Block { kind, level, numbering: None, span, pieces: pieces(kind), sentences: 0..0 };
        block.numbering = numbering::written(&text, &block).map(Box::new);
        blocks.push(block);
    }
    super::Unpacked { text, blocks, runs, parts: begun }
}
