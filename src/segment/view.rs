//! A block as the segmenter sees it: characters of prose, with all else as single marks.

use crate::text::{Block, Piece, PieceKind, Span};

/// One step through a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// A character of prose.
    Char(char),
    /// A whole piece of code or a whole target: a word that is never cut.
    Opaque,
    /// Markup that opens something: `**`, `[`, `<b>`.
    Open,
    /// Markup that closes something.
    Close,
    /// Markup that breaks the line: `<br>`, a hard break.
    Break,
}

/// Stands for a break among the stops.
pub(super) const BREAK: char = '\n';

/// The body of a block, with a piece-wise view of it.
pub(super) struct View<'t> {
    text: &'t str,
    body: Span,
    pieces: Vec<(Piece, Unit)>,
}

impl<'t> View<'t> {
    pub(super) fn new(text: &'t str, block: &Block, body: Span) -> Self {
        let mut open: Vec<&str> = Vec::new();
        let mut pieces = Vec::with_capacity(block.pieces.len());
        for piece in &block.pieces {
            let Some(span) = piece.span.intersect(body) else { continue };
            let unit = match piece.kind {
                PieceKind::Prose => Unit::Char(' '),
                PieceKind::Code | PieceKind::Target => Unit::Opaque,
                PieceKind::Markup => markup(&text[span.range()], &mut open),
            };
            pieces.push((Piece { kind: piece.kind, span }, unit));
        }
        View { text, body, pieces }
    }

    /// The text that the block is from.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// Whether a stop stands before the closing bracket that ends at `at`.
    pub(super) fn stops_before(&self, at: usize) -> bool {
        self.char_before(at, true).is_some_and(|c| is_stop(c) && narrow(c) != ';')
    }

    /// All places where a sentence might end: stops in prose, breaks, and opening brackets.
    pub(super) fn stops(&self) -> impl Iterator<Item = (usize, char)> + '_ {
        self.pieces.iter().flat_map(move |(piece, unit)| {
            let slice = match unit {
                Unit::Char(_) => &self.text[piece.span.range()],
                _ => "",
            };
            let start = piece.span.start;
            let in_prose = slice
                .char_indices()
                .filter(|&(_, c)| is_stop(c) || closing_of(c).is_some())
                .map(move |(at, c)| (start + at, c));
            let breaks = (*unit == Unit::Break).then_some((piece.span.end, BREAK));
            in_prose.chain(breaks)
        })
    }

    /// The unit that begins at `at`, and where the next one does.
    pub(super) fn after(&self, at: usize) -> Option<(Unit, usize)> {
        if at >= self.body.end {
            return None;
        }
        let (piece, unit) = self.pieces.get(self.pieces.partition_point(|(p, _)| p.span.end <= at))?;
        match unit {
            Unit::Char(_) => {
                let c = self.text.get(at..piece.span.end)?.chars().next()?;
                Some((Unit::Char(c), at + c.len_utf8()))
            }
            _ => Some((*unit, piece.span.end)),
        }
    }

    /// The unit that ends at `at`, and where it begins.
    pub(super) fn before(&self, at: usize) -> Option<(Unit, usize)> {
        if at <= self.body.start {
            return None;
        }
        let (piece, unit) = self.pieces.get(self.pieces.partition_point(|(p, _)| p.span.end < at))?;
        match unit {
            Unit::Char(_) => {
                let c = self.text.get(piece.span.start..at)?.chars().next_back()?;
                Some((Unit::Char(c), at - c.len_utf8()))
            }
            _ => Some((*unit, piece.span.start)),
        }
    }

    /// The nearest character before `at`, past closing marks of form and, with `closers`, closing
    /// quotation marks and brackets.
    pub(super) fn char_before(&self, mut at: usize, closers: bool) -> Option<char> {
        // Longer runs of closing marks do not occur.
        for _ in 0..16 {
            let (unit, start) = self.before(at)?;
            match unit {
                Unit::Char(c) if closers && is_closer(c) => {}
                Unit::Char(c) => return Some(c),
                Unit::Opaque => return Some('x'),
                Unit::Open | Unit::Close => {}
                Unit::Break => return None,
            }
            at = start;
        }
        None
    }

    /// The first unit at or after `at` that is no white space, and whether there was any.
    pub(super) fn next_visible(&self, mut at: usize) -> (Option<(Unit, usize)>, bool) {
        let mut spaced = false;
        loop {
            match self.after(at) {
                Some((Unit::Char(c), next)) if c.is_whitespace() => (spaced, at) = (true, next),
                found => return (found.map(|(unit, _)| (unit, at)), spaced),
            }
        }
    }

    /// The characters of prose at `at`, up to `limit` of them.
    pub(super) fn word_at(&self, mut at: usize, limit: usize) -> String {
        let mut word = String::new();
        for _ in 0..limit {
            match self.after(at) {
                Some((Unit::Char(c), next)) if c.is_alphanumeric() || "'’.-".contains(c) => {
                    word.push(c);
                    at = next;
                }
                _ => break,
            }
        }
        word
    }

    /// The prose characters right before `at` that are no white space, up to `limit` of them.
    pub(super) fn token_before(&self, mut at: usize, limit: usize) -> String {
        let mut token = Vec::new();
        for _ in 0..limit {
            match self.before(at) {
                Some((Unit::Char(c), start)) if !c.is_whitespace() => {
                    token.push(c);
                    at = start;
                }
                _ => break,
            }
        }
        token.into_iter().rev().collect()
    }

    /// The end of the bracket that closes the one at `at`, or how far there is none.
    pub(super) fn matching(&self, at: usize, open: char, close: char) -> Result<usize, usize> {
        let mut depth = 0usize;
        let mut here = at;
        for _ in 0..300 {
            let Some((unit, next)) = self.after(here) else { return Err(self.body.end) };
            match unit {
                Unit::Char(c) if c == open => depth += 1,
                Unit::Char(c) if c == close || twin(c) == close => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Ok(next);
                    }
                }
                Unit::Break => return Err(next),
                _ => {}
            }
            here = next;
        }
        Err(here)
    }

    /// Whether a span holds more than marks.
    pub(super) fn says_something(&self, span: Span) -> bool {
        let first = self.pieces.partition_point(|(p, _)| p.span.end <= span.start);
        self.pieces.iter().skip(first).take_while(|(p, _)| p.span.start < span.end).any(|(piece, unit)| {
            match unit {
                Unit::Opaque => true,
                Unit::Char(_) => piece.span.intersect(span).is_some_and(|cut| {
                    self.text[cut.range()].chars().any(|c| !c.is_whitespace() && !is_closer(c))
                }),
                _ => false,
            }
        })
    }
}

/// A run of stops with the closing marks behind it.
pub(super) struct Run {
    /// Where the first stop is.
    pub(super) start: usize,
    /// Behind the closing marks.
    pub(super) end: usize,
    /// The strongest stop in it, full-width as its ASCII twin.
    pub(super) stop: char,
    /// How many stops there are.
    pub(super) stops: usize,
    /// Whether a full-width stop is among them.
    pub(super) wide: bool,
    /// Whether quotation marks or brackets close behind it.
    pub(super) closed: bool,
}

impl Run {
    /// The run that begins with this stop.
    pub(super) fn of(view: &View, at: usize, first: char) -> Run {
        let mut run = Run { start: at, end: at, stop: narrow(first), stops: 0, wide: false, closed: false };
        let mut here = at;
        loop {
            match view.after(here) {
                Some((Unit::Char(c), next)) if is_stop(c) && !run.closed => {
                    run.stops += 1;
                    run.wide |= "。！？；｡".contains(c);
                    if rank(narrow(c)) > rank(run.stop) {
                        run.stop = narrow(c);
                    }
                    here = next;
                }
                Some((Unit::Char(c), next)) if is_closer(c) && !opens_here(view, c, here, next) => {
                    run.closed = true;
                    here = next;
                }
                Some((Unit::Close, next)) => here = next,
                // ". . ." and "？ ”": a space inside of the run.
                Some((Unit::Char(c), next)) if c.is_whitespace() && spaced_on(view, next, &run) => {
                    here = next
                }
                // The target of a link that closes here.
                Some((Unit::Opaque, next)) if matches!(view.before(here), Some((Unit::Close, _))) => {
                    here = next
                }
                _ => break,
            }
            run.end = here;
        }
        run
    }
}

/// Whether the run goes on behind one space: an ellipsis of spaced dots, or a closing mark that can
/// be nothing else.
fn spaced_on(view: &View, next: usize, run: &Run) -> bool {
    match view.after(next) {
        Some((Unit::Char('.'), _)) => run.stop == '.' && !run.closed && run.stops < 4,
        Some((Unit::Char('”' | '」' | '』'), _)) => !run.closed,
        // A straight mark with space on both sides right behind a stop.
        Some((Unit::Char('"'), behind)) => {
            !run.closed
                && view
                    .after(behind)
                    .is_none_or(|(unit, _)| matches!(unit, Unit::Char(c) if c.is_whitespace()))
        }
        _ => false,
    }
}

/// Whether a straight quotation mark opens what follows rather than closing what went before.
fn opens_here(view: &View, c: char, at: usize, next: usize) -> bool {
    let straight = matches!(c, '"' | '\'');
    let spaced_before = matches!(view.before(at), Some((Unit::Char(b), _)) if b.is_whitespace());
    let word_after = matches!(view.after(next), Some((Unit::Char(a), _)) if a.is_alphanumeric());
    straight && spaced_before && word_after
}

pub(super) fn is_stop(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | ';'
            | '…'
            | '。'
            | '！'
            | '？'
            | '；'
            | '｡'
            | '।'
            | '؟'
            | '۔'
            | '‼'
            | '⁇'
            | '⁈'
            | '⁉'
    )
}

pub(super) fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | ')' | '）' | '」' | '』' | '》' | '〉' | ']' | '】' | '〕' | '»')
}

fn narrow(c: char) -> char {
    match c {
        '。' | '｡' | '।' | '۔' => '.',
        '！' | '‼' => '!',
        '？' | '؟' | '⁇' | '⁈' | '⁉' => '?',
        '；' => ';',
        c => c,
    }
}

fn rank(c: char) -> u8 {
    match c {
        ';' => 0,
        '…' => 1,
        '.' => 2,
        _ => 3,
    }
}

/// The bracket that closes what `c` opens, for brackets that hold whole sentences together.
pub(super) fn closing_of(c: char) -> Option<char> {
    match c {
        '(' => Some(')'),
        '（' => Some('）'),
        '《' => Some('》'),
        '【' => Some('】'),
        _ => None,
    }
}

/// Brackets come in mixed widths.
fn twin(c: char) -> char {
    match c {
        ')' => '）',
        '）' => ')',
        c => c,
    }
}

/// Whether a piece of markup breaks the line or the block.
pub(super) fn is_break(mark: &str) -> bool {
    if let Some(rest) = mark.strip_prefix('<') {
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let len = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = rest[..len].to_ascii_lowercase();
        return ["br", "p", "li", "ul", "ol", "div", "td", "th", "tr", "hr", "dt", "dd", "table"]
            .contains(&name.as_str());
    }
    // A hard break of Markdown: two spaces or a backslash, and the line end.
    mark.ends_with('\n') && mark.trim_matches([' ', '\\', '\r', '\n', '\t']).is_empty()
}

fn markup<'t>(mark: &'t str, open: &mut Vec<&'t str>) -> Unit {
    if is_break(mark) {
        return Unit::Break;
    }
    let emphasis = !mark.is_empty() && mark.bytes().all(|b| b"*_~`".contains(&b));
    if emphasis {
        // Marks nest seldom and never deep; one that is far down is no partner.
        return match open.iter().rev().take(8).position(|m| *m == mark) {
            Some(from_top) => {
                open.truncate(open.len() - from_top - 1);
                Unit::Close
            }
            None => {
                open.push(mark);
                Unit::Open
            }
        };
    }
    let closing = mark.starts_with([']', ')']) || mark.starts_with("</") || mark.starts_with([' ', '"']);
    if closing { Unit::Close } else { Unit::Open }
}
