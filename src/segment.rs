//! Blocks to sentences.

mod en;
mod view;
mod zh;

use crate::text::script::{self, is_han};
use crate::text::{Block, Document, Lang, PieceKind, Sentence, Span};
use view::{Run, Unit, View};

/// Cuts the blocks of a document into sentences. Any document will do; one whose sentences are known
/// already (see [`crate::read::lines`]) comes back as it is.
///
/// Every sentence lies in one block, without the white space around it and without the marks of form
/// that open or close the block (`## `, `- `, a line prefix); a number or bullet that stands in plain
/// text belongs to the first sentence. Code and metadata have no sentences; every other block that
/// says anything has at least one. Code, addresses and placeholders are never cut.
pub fn segment(mut document: Document) -> Document {
    if !document.sentences.is_empty() {
        return document;
    }
    let mut sentences = Vec::new();
    for (index, block) in document.blocks.iter_mut().enumerate() {
        let first = sentences.len();
        if block.kind.is_prose() {
            let spans = block_sentences(&document.text, block, document.lang);
            sentences.extend(spans.into_iter().map(|span| Sentence { block: index, span }));
        }
        block.sentences = first..sentences.len();
    }
    document.sentences = sentences;
    document
}

/// How sentences end in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rules {
    Chinese,
    English,
    /// Any other language: full-width stops as in Chinese, others before a space and no lower case.
    Other,
}

/// The rules for a block: those of the document's language, unless the block is in the other script,
/// as passages that were left untranslated are.
fn rules(lang: Lang, text: &str) -> Rules {
    let mostly_han = || script::language(text).is_some_and(|e| e.lang == Lang::ZH);
    match lang {
        Lang::ZH if text.chars().any(is_han) || !text.chars().any(char::is_alphabetic) => Rules::Chinese,
        Lang::ZH => Rules::English,
        Lang::EN if text.chars().any(is_han) && mostly_han() => Rules::Chinese,
        Lang::EN => Rules::English,
        _ => Rules::Other,
    }
}

fn block_sentences(text: &str, block: &Block, lang: Lang) -> Vec<Span> {
    let body = body(text, block);
    if body.is_empty() {
        return Vec::new();
    }
    let rules = rules(lang, &text[body.range()]);
    let view = View::new(text, block, body);
    let mut sentences = Vec::new();
    let mut start = body.start;
    for end in ends(&view, rules, block) {
        start = push(text, &view, &mut sentences, start, end);
    }
    push(text, &view, &mut sentences, start, body.end);
    sentences.into_iter().flat_map(|span| parts(text, block, span)).collect()
}

/// What is longer than this, in bytes, is no sentence but a text without stops: it is cut where a clause ends, so
/// that everything that compares the words of two sentences stays bounded.
const LONGEST: usize = 6_000;

/// A sentence as it is, or a text without stops in parts of bearable length.
fn parts(text: &str, block: &Block, mut span: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    while span.end - span.start > LONGEST {
        let end = text.floor_char_boundary(span.start + LONGEST);
        // what is verbatim is never cut
        let prose = |at: usize| {
            let piece = block.pieces.partition_point(|piece| piece.span.end <= at);
            block
                .pieces
                .get(piece)
                .is_some_and(|piece| piece.kind == PieceKind::Prose && piece.span.start < at)
        };
        let window = &text[span.start..end];
        let marks = window.rmatch_indices(|c: char| c.is_whitespace() || "，；、,;".contains(c));
        let mut ends = marks.map(|(at, mark)| span.start + at + mark.len()).filter(|&at| prose(at));
        let later = || {
            let rest = text[end..span.end].char_indices().map(|(at, _)| end + at);
            rest.take_while(|&at| at < span.end).find(|&at| prose(at))
        };
        let Some(cut) = ends.next().filter(|&at| at > span.start + LONGEST / 2).or_else(later) else { break };
        let part = trim(text, Span::new(span.start, cut));
        if !part.is_empty() {
            parts.push(part);
        }
        span = trim(text, Span::new(cut, span.end));
    }
    if !span.is_empty() {
        parts.push(span);
    }
    parts
}

/// Adds what lies between two ends, if that says anything, and returns where the next one begins.
fn push(text: &str, view: &View, sentences: &mut Vec<Span>, start: usize, end: usize) -> usize {
    let span = trim(text, Span::new(start, end));
    if span.is_empty() {
        return end.max(start);
    }
    match sentences.last_mut() {
        // Marks alone (a stray bracket, a closing tag) go with the sentence before them.
        Some(last) if !view.says_something(span) => last.end = span.end,
        _ => sentences.push(span),
    }
    end
}

fn trim(text: &str, span: Span) -> Span {
    let slice = &text[span.range()];
    let start = span.start + (slice.len() - slice.trim_start().len());
    Span::new(start.min(span.end), (span.start + slice.trim_end().len()).max(start.min(span.end)))
}

/// The block without the marks of form at its ends; the whole of it when nothing else is there.
fn body(text: &str, block: &Block) -> Span {
    let whole = trim(text, block.span);
    let mut body = whole;
    for piece in &block.pieces {
        let slice = &text[piece.span.range()];
        match piece.kind {
            PieceKind::Markup if opens_form(slice) => body.start = piece.span.end.min(whole.end),
            PieceKind::Prose if slice.trim().is_empty() => {}
            _ => break,
        }
    }
    for piece in block.pieces.iter().rev() {
        let slice = &text[piece.span.range()];
        match piece.kind {
            PieceKind::Markup if closes_form(slice) => body.end = piece.span.start.max(whole.start),
            PieceKind::Prose if slice.trim().is_empty() => {}
            _ => break,
        }
    }
    let trimmed = trim(text, Span::new(body.start, body.end));
    if body.start >= body.end || trimmed.is_empty() { whole } else { trimmed }
}

/// Marks of form carry their space with them, or are line prefixes or block tags.
fn opens_form(mark: &str) -> bool {
    mark.ends_with(char::is_whitespace) || mark.starts_with('>') || view::is_break(mark)
}

fn closes_form(mark: &str) -> bool {
    mark.starts_with(char::is_whitespace) || view::is_break(mark) || mark.starts_with("{#")
}

/// Where sentences end in the body of a block: byte offsets, rising.
fn ends(view: &View, rules: Rules, block: &Block) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut guard = Guard::default();
    let numbered = block.numbering.as_deref().map_or(0, |n| n.span.end);
    let mut skip = numbered;
    for (at, c) in view.stops() {
        if c == view::BREAK {
            guard.reset();
            ends.push(at);
            continue;
        }
        if at < skip {
            continue;
        }
        if guard.holds(view, at, c) {
            let fresh = trim(view.text(), Span::new(ends.last().map_or(numbered, |&e| e), at)).is_empty();
            // A bracket that holds whole sentences is one of its own.
            if guard.until > at && view::closing_of(c).is_some() && fresh && view.stops_before(guard.until) {
                ends.push(guard.until);
            }
            continue;
        }
        let (end, ended) = judge(view, at, c, rules);
        skip = end;
        if ended {
            ends.push(end);
        }
    }
    ends.dedup();
    ends
}

/// Keeps stops inside of brackets from ending the sentence around them.
#[derive(Default)]
struct Guard {
    until: usize,
    /// Up to here no opening bracket is tried, because one before it was not closed in time.
    in_vain: usize,
}

impl Guard {
    fn reset(&mut self) {
        self.until = 0;
    }

    /// Whether the stop or bracket at `at` is held; opening brackets are noted.
    fn holds(&mut self, view: &View, at: usize, c: char) -> bool {
        if at < self.until {
            return true;
        }
        let Some(close) = view::closing_of(c) else { return false };
        if at >= self.in_vain {
            match view.matching(at, c, close) {
                Ok(end) => self.until = end,
                Err(tried) => self.in_vain = tried,
            }
        }
        true
    }
}

impl Unit {
    /// What a sentence can begin with.
    fn may_begin(self) -> bool {
        match self {
            Unit::Char(c) => {
                c.is_uppercase() || c.is_numeric() || is_han(c) || "“\"'‘(（[「『《¿¡·•—-".contains(c) || {
                    c.is_alphabetic() && !c.is_lowercase()
                }
            }
            Unit::Opaque | Unit::Open | Unit::Break => true,
            Unit::Close => false,
        }
    }
}

/// Reads the run of stops that begins with `c` at `at`: where it ends, with the marks that close
/// behind it, and whether the sentence ends there.
fn judge(view: &View, at: usize, c: char, rules: Rules) -> (usize, bool) {
    let run = Run::of(view, at, c);
    let ends = match rules {
        Rules::Chinese => zh::ends(view, &run),
        Rules::English => en::ends(view, &run),
        Rules::Other => generic(view, &run),
    };
    (run.end, ends)
}

/// Languages without rules of their own.
fn generic(view: &View, run: &Run) -> bool {
    if run.wide && run.stop != ';' {
        return true;
    }
    if run.stop == ';' {
        return false;
    }
    let (next, spaced) = view.next_visible(run.end);
    match next {
        None => true,
        Some((unit, _)) => spaced && unit.may_begin() && !(run.stop == '.' && en::is_initial(view, run)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{self, Format};

    fn sentences(text: &str, format: Format, lang: Lang) -> Vec<String> {
        let document = read::bytes("case", text.as_bytes(), format, Some(lang)).map(segment).expect("text");
        document.sentences.iter().map(|s| document.slice(s.span).to_owned()).collect()
    }

    fn cases(file: &str) -> Vec<Vec<&str>> {
        let runs = file.split("\n\n");
        runs.map(|run| run.lines().filter(|l| !l.starts_with("# ")).collect::<Vec<_>>())
            .filter(|c| !c.is_empty())
            .collect()
    }

    #[test]
    fn chinese() {
        for case in cases(include_str!("segment/cases/zh.txt")) {
            assert_eq!(sentences(&case.concat(), Format::Plain, Lang::ZH), case);
        }
    }

    #[test]
    fn english() {
        for case in cases(include_str!("segment/cases/en.txt")) {
            assert_eq!(sentences(&case.join(" "), Format::Plain, Lang::EN), case);
        }
    }

    #[test]
    fn joined() {
        for case in cases(include_str!("segment/cases/joined.txt")).concat() {
            let want: Vec<&str> = case.split('|').collect();
            assert_eq!(sentences(&want.concat(), Format::Plain, Lang::EN), want, "{case}");
        }
    }

    #[test]
    fn markup() {
        for (text, want) in [
            ("## **Foo.** Bar {#a-b}\n", vec!["**Foo.**", "Bar"]),
            ("- one. Two\n- three\n", vec!["one.", "Two", "three"]),
            (
                "See [the docs.](https://a.b/C.D) Then `x. Y` it.\n",
                vec!["See [the docs.](https://a.b/C.D)", "Then `x. Y` it."],
            ),
            ("> Quoted text\n> goes on. Next\n> line.\n", vec!["Quoted text\n> goes on.", "Next\n> line."]),
            ("| A | Foo. Bar |\n|-|-|\n| one.<br/>two | |\n", vec!["A", "Foo.", "Bar", "one.<br/>", "two"]),
            ("`code` is *it*. *Then* what\n", vec!["`code` is *it*.", "*Then* what"]),
            ("line one  \nline two\n", vec!["line one", "line two"]),
            ("1. First. Then\n\n   Second paragraph.\n", vec!["First.", "Then", "Second paragraph."]),
            ("![](x.png)\n", vec!["![](x.png)"]),
            ("```\na. B\n```\n", vec![]),
        ] {
            assert_eq!(sentences(text, Format::Markdown, Lang::EN), want, "{text}");
        }
    }

    #[test]
    fn chinese_markup() {
        for (text, want) in [
            ("**前句。**后句。**第三句**。\n", vec!["**前句。**", "后句。", "**第三句**。"]),
            ("使用`a。b`部署。详见[文档](x.md)。\n", vec!["使用`a。b`部署。", "详见[文档](x.md)。"]),
            ("前句。[后句](x.md)，完。\n", vec!["前句。", "[后句](x.md)，完。"]),
        ] {
            assert_eq!(sentences(text, Format::Markdown, Lang::ZH), want, "{text}");
        }
    }
}
