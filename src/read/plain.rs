//! Plain text: lines to paragraphs, and paragraphs to headings, list items and running text.

use super::numbering;
use super::pieces::{mark_literals, tile};
use super::spans::trim;
use crate::text::script::{self, width};
use crate::text::{Block, BlockKind, Lang, Numbering, NumberingStyle, Piece, PieceKind, Span};

/// A run of lines that belong together.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    /// Where it stands, without the white space around it.
    pub(super) span: Span,
    /// How many blank lines stand before it.
    pub(super) gap: usize,
}

/// The blocks of a plain text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    structure(text, &paragraphs(text, false))
}

/// Gathers lines into paragraphs. Blank lines separate them; without these, every line is one,
/// unless the lines are of one width, filled and broken inside of sentences (hard-wrapped): then they
/// are joined. With `by_lang` a change of language between two lines separates paragraphs as well.
/// Lines of nothing but rules (`***`, `-----`) belong to none.
pub(super) fn paragraphs(text: &str, by_lang: bool) -> Vec<Paragraph> {
    let lines = lines(text);
    let wrap = wrap_width(text, &lines);
    gathered(text, &lines, wrap, by_lang)
}

/// The paragraphs of printed pages, which begin at `pages`. Their lines are wrapped to the width of the widest of the page,
/// a few that stick out left aside. What a sentence goes on in behind a blank line, as at the end of a column, is the
/// same paragraph.
pub(super) fn printed(text: &str, pages: impl Iterator<Item = usize>) -> Vec<Span> {
    let lines = lines(text);
    let mut paragraphs: Vec<Span> = Vec::new();
    let (mut full, mut previous) = (0, None::<(&Line, bool)>);
    let mut pages = pages.peekable();
    for (at, line) in lines.iter().enumerate() {
        if line.span.is_empty() || is_rule(&text[line.span.range()]) {
            previous = previous.filter(|_| line.span.is_empty()).map(|(before, _)| (before, true));
            continue;
        }
        let joins = previous.is_some_and(|(before, apart)| match apart {
            true => goes_on(text, before, line, full),
            false => {
                let ends = is_wide(text, before) && !is_full_in_print(text, before, line, full)
                    || !is_open(&text[before.span.range()]) && is_marked(text, line);
                is_spread(text, before, line) || !ends && !starts_anew(text, before, line, full)
            }
        });
        match paragraphs.last_mut() {
            Some(last) if joins => last.end = line.span.end,
            _ => paragraphs.push(line.span),
        }
        // the width of a page holds for the way to its first line from behind the page before
        if pages.next_if(|start| *start <= line.span.start).is_some() {
            let end = pages.peek().copied().unwrap_or(text.len());
            full = width_of_page(lines[at..].iter().take_while(|line| line.span.start < end));
        }
        previous = Some((line, false));
    }
    paragraphs
}

/// The width of a page: that of its widest lines, a few that stick out left aside.
fn width_of_page<'l>(lines: impl Iterator<Item = &'l Line>) -> usize {
    let mut widths: Vec<usize> = lines.map(|line| line.indent + line.width).filter(|&w| w > 0).collect();
    widths.sort_unstable();
    widths.len().checked_sub(1).map_or(0, |last| widths[last * 95 / 100])
}

/// Whether a line ends in a wide character: in print such lines are full but for the last of a paragraph.
fn is_wide(text: &str, line: &Line) -> bool {
    text[line.span.range()].chars().next_back().is_some_and(|c| width(c) == 2)
}

/// Whether the first word of `next` would not have fitted behind a line of wide characters, in print: there quotation
/// marks, dashes and dots are as wide as they.
fn is_full_in_print(text: &str, line: &Line, next: &Line, full: usize) -> bool {
    let marks = text[line.span.range()].chars().filter(|c| "“”‘’—…·".contains(*c)).count();
    is_full(&Line { width: line.width + marks, ..*line }, next, full)
}

/// Whether a line is open at its end: a sentence goes on behind it.
pub(super) fn is_open(line: &str) -> bool {
    !ends(line) || line.ends_with([',', '，', '、', '—'])
}

/// Whether a sentence goes on behind a blank line.
fn goes_on(text: &str, before: &Line, line: &Line, full: usize) -> bool {
    let inside =
        text[line.span.range()].starts_with(|c: char| c.is_lowercase() || width(c) == 2 && c.is_alphabetic());
    inside && !is_marked(text, line) && is_open(&text[before.span.range()]) && is_full(before, line, full)
}

/// Whether a line goes on in the sentence of the one before it, however short that is: the words of a line that was
/// spread to the width of a narrow column are printed as lines of their own, as if columns were between them.
fn is_spread(text: &str, before: &Line, line: &Line) -> bool {
    let marked = is_marked(text, line);
    let [before, after] = [before, line].map(|line| &text[line.span.range()]);
    // a word in the middle of such a line, whose next may be a name or begin a sentence
    let word = before.starts_with(char::is_lowercase) && !before.contains(' ');
    is_open(before) && (after.starts_with(char::is_lowercase) || word && !marked)
        || word && before.ends_with('.') && !after.contains(' ') && after.starts_with(char::is_alphabetic)
}

/// Whether a line begins with a number or a bullet.
fn is_marked(text: &str, line: &Line) -> bool {
    numbering::at_front(text, line.span, false).is_some()
}

/// Gathers lines that are wrapped to this width, or each by itself.
fn gathered(text: &str, lines: &[Line], wrap: Option<usize>, by_lang: bool) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut gap = 0;
    let mut previous: Option<&Line> = None;
    let mut lang: Option<Lang> = None;
    for line in lines {
        if line.span.is_empty() || is_rule(&text[line.span.range()]) {
            gap += 1;
            previous = None;
            lang = None;
            continue;
        }
        let here = if by_lang { script::language(&text[line.span.range()]).map(|e| e.lang) } else { None };
        let joins = match (previous, wrap) {
            (Some(before), Some(full)) => {
                let turns = here.is_some() && lang.is_some() && here != lang;
                !turns && !starts_anew(text, before, line, full)
            }
            _ => false,
        };
        match paragraphs.last_mut() {
            Some(last) if joins => last.span.end = line.span.end,
            _ => paragraphs.push(Paragraph { span: line.span, gap: std::mem::take(&mut gap) }),
        }
        gap = 0;
        lang = here.or(lang);
        previous = Some(line);
    }
    paragraphs
}

#[derive(Clone, Copy)]
struct Line {
    /// Without the white space around it.
    span: Span,
    /// Columns of white space before it.
    indent: usize,
    width: usize,
    /// Columns up to its first space; a wide character is a word of its own.
    first_word: usize,
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    for raw in super::spans::line_spans(text) {
        let span = trim(text, raw);
        let indent = text[raw.start..span.start].chars().map(|c| if c == '\t' { 4 } else { width(c) }).sum();
        let slice = &text[span.range()];
        let (mut total, mut first_word) = (0, None);
        for c in slice.chars() {
            if c.is_whitespace() {
                first_word.get_or_insert(total);
            }
            total += width(c);
            if width(c) == 2 {
                first_word.get_or_insert(total);
            }
        }
        lines.push(Line { span, indent, width: total, first_word: first_word.unwrap_or(total) });
    }
    lines
}

/// The width that the text was wrapped to, when it was.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let pairs =
        || lines.iter().zip(lines.iter().skip(1)).filter(|(a, b)| !a.span.is_empty() && !b.span.is_empty());
    let mut widths: Vec<usize> = pairs().map(|(a, _)| a.indent + a.width).collect();
    widths.sort_unstable();
    let full = *widths.get(widths.len().checked_sub(1)? * 95 / 100)?;
    if !(30..=120).contains(&full) {
        return None;
    }
    let filled = pairs().filter(|(a, b)| is_full(a, b, full)).count();
    let unended = pairs().filter(|(a, _)| !ends(&text[a.span.range()])).count();
    (filled * 10 >= widths.len() * 6 && unended * 10 >= widths.len() * 4).then_some(full)
}

/// Whether the first word of `next` would not have fitted behind `line`.
fn is_full(line: &Line, next: &Line, full: usize) -> bool {
    line.indent + line.width + 1 + next.first_word.min(full / 2) > full * 92 / 100
}

/// Whether a line of a wrapped text begins a paragraph although no blank line stands before it.
fn starts_anew(text: &str, before: &Line, line: &Line, full: usize) -> bool {
    // a word that is divided goes on
    if text[before.span.range()].ends_with('\u{ad}') {
        return false;
    }
    let ended = ends(&text[before.span.range()]);
    let short = !is_full(before, line, full);
    let very_short = before.indent + before.width + 1 + line.first_word <= full * 3 / 4;
    let marked = numbering::at_front(text, line.span, false).is_some_and(|n| numbering::is_item(&n));
    very_short || short && ended || marked && (short || ended) || line.indent >= before.indent + 2 && ended
}

/// Whether a passage ends as a sentence does, or announces what follows.
fn ends(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', ')', '）', '」', '』', '》', ']', '*', '_'])
        .ends_with(['.', '!', '?', '。', '！', '？', '…', ';', '；', ':', '：', ',', '，', '、', '—'])
}

/// Whether a line is only drawn: three marks or more that say nothing.
fn is_rule(line: &str) -> bool {
    let marks = line.chars().filter(|c| !c.is_whitespace());
    marks.clone().take(3).count() == 3
        && marks
            .clone()
            .all(|c| matches!(c, '*' | '-' | '=' | '_' | '~' | '#' | '+' | '─' | '━' | '—' | '◇' | '◆'))
}

/// What is known of a paragraph before its role is decided.
struct Sketch {
    numbering: Option<Numbering>,
    width: usize,
    ended: bool,
    /// Whether a sentence ends before the end.
    several: bool,
    gap: usize,
}

impl Sketch {
    /// Whether it could be a heading that bears no number.
    fn may_title(&self) -> bool {
        self.numbering.is_none() && self.is_short() && !self.ended
    }

    fn is_short(&self) -> bool {
        self.width <= 120 && !self.several
    }
}

fn sketch(text: &str, paragraph: &Paragraph) -> Sketch {
    let slice = &text[paragraph.span.range()];
    let width: usize = slice.chars().map(width).sum();
    let ended = ends(slice);
    let numbering = numbering::at_front(text, paragraph.span, width <= 120 && !ended);
    let body = &slice[numbering.map_or(0, |n| n.span.len())..];
    Sketch { numbering, width, ended, several: several_sentences(body), gap: paragraph.gap }
}

/// Whether a sentence ends inside of a passage, judged by marks alone.
fn several_sentences(text: &str) -> bool {
    let inner = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let mut before = None;
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let stop = match c {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' => {
                before.is_some_and(|b: char| b.is_lowercase() || script::is_han(b))
                    && next.is_some_and(|n| n.is_whitespace() || script::is_han(n))
            }
            _ => false,
        };
        if stop {
            return true;
        }
        before = Some(c);
    }
    false
}

/// Decides what each paragraph is: heading, list item, caption or running text, with level and
/// numbering. The paragraphs must be of one language, in order.
pub(super) fn structure(text: &str, paragraphs: &[Paragraph]) -> Vec<Block> {
    let mut sketches: Vec<Sketch> = paragraphs.iter().map(|p| sketch(text, p)).collect();
    let mut heading = vec![false; sketches.len()];
    mark_numbered(&mut sketches, &mut heading);
    mark_titles(&sketches, &mut heading);
    let mut headings = Nesting::default();
    let mut items = Nesting::default();
    let mut blocks = Vec::with_capacity(sketches.len());
    for ((paragraph, sketch), is_heading) in paragraphs.iter().zip(&sketches).zip(heading) {
        let style = sketch.numbering.map(|n| n.style);
        let (kind, level) = if is_heading {
            (BlockKind::Heading, Some(headings.level(style)))
        } else if is_caption(text, paragraph.span, sketch) {
            (BlockKind::Caption, None)
        } else {
            match sketch.numbering {
                Some(n)
                    if numbering::is_item(&n) || n.style != NumberingStyle::Ordinal && !sketch.several =>
                {
                    (BlockKind::ListItem, Some(items.level(style)))
                }
                _ => (BlockKind::Paragraph, None),
            }
        };
        if kind != BlockKind::ListItem {
            items = Nesting::default();
        }
        let prose = Piece { kind: PieceKind::Prose, span: paragraph.span };
        blocks.push(Block {
            kind,
            level,
            numbering: sketch.numbering.map(Box::new),
            span: paragraph.span,
            pieces: mark_literals(text, tile(text, paragraph.span, [prose])),
            sentences: 0..0,
        });
    }
    blocks
}

/// Levels by the order in which styles of numbering come to stand inside one another.
#[derive(Default)]
struct Nesting(Vec<Option<NumberingStyle>>);

impl Nesting {
    fn level(&mut self, style: Option<NumberingStyle>) -> u8 {
        match self.0.iter().position(|&s| s == style) {
            Some(at) => self.0.truncate(at + 1),
            None => self.0.push(style),
        }
        u8::try_from(self.0.len()).unwrap_or(u8::MAX)
    }
}

/// Finds the numbered paragraphs that are headings: their whole series is short, and most of the
/// series has something under it. A lone letter or Roman number is dropped as no number at all.
fn mark_numbered(sketches: &mut [Sketch], heading: &mut [bool]) {
    let mut series: Vec<Vec<usize>> = Vec::new();
    // The open series of each style, and its last value.
    let mut open: std::collections::BTreeMap<NumberingStyle, (usize, u32)> =
        std::collections::BTreeMap::new();
    for (index, sketch) in sketches.iter().enumerate() {
        let Some(n) = sketch.numbering.filter(|n| n.style != NumberingStyle::Bullet) else { continue };
        match open.get_mut(&n.style) {
            Some((slot, last)) if n.value > *last => {
                *last = n.value;
                if let Some(members) = series.get_mut(*slot) {
                    members.push(index);
                }
            }
            _ => {
                open.insert(n.style, (series.len(), n.value));
                series.push(vec![index]);
            }
        }
    }
    let style =
        |sketches: &[Sketch], index: usize| sketches.get(index).and_then(|s| s.numbering).map(|n| n.style);
    for members in series {
        let of = |test: &dyn Fn(usize, &Sketch) -> bool| {
            members.iter().filter(|&&i| sketches.get(i).is_some_and(|s| test(i, s))).count()
        };
        let own = members.first().and_then(|&i| style(sketches, i));
        let short = of(&|_, s| s.is_short());
        let ended = of(&|_, s| s.ended);
        let with_body = of(&|i, _| i + 1 < sketches.len() && style(sketches, i + 1) != own);
        let worded = own == Some(NumberingStyle::Ordinal)
            && members.first().and_then(|&i| sketches.get(i)).is_some_and(|s| s.ended || !s.is_short());
        let is_heading = !worded
            && short * 10 >= members.len() * 8
            && if members.len() == 1 { with_body == 1 && ended == 0 } else { with_body * 2 > members.len() };
        let doubtful = matches!(own, Some(NumberingStyle::Roman | NumberingStyle::Letter));
        for &index in &members {
            let Some(sketch) = sketches.get_mut(index) else { continue };
            if doubtful && members.len() == 1 && !is_heading {
                sketch.numbering = None;
            }
            if let Some(slot) = heading.get_mut(index) {
                *slot = is_heading && sketch.is_short();
            }
        }
    }
}

/// Finds the headings that bear no number: one or two short lines that end as no sentence does, with
/// something longer or a numbered heading right under them.
fn mark_titles(sketches: &[Sketch], heading: &mut [bool]) {
    let usual = usual_gap(sketches);
    let mut start = 0;
    while start < sketches.len() {
        let rest = sketches.get(start..).unwrap_or_default();
        let mut len = rest.iter().take_while(|s| s.may_title()).count();
        if len == 0 {
            start += 1;
            continue;
        }
        let end = start + len;
        if let (Some(below), Some(last)) = (sketches.get(end), sketches.get(end - 1)) {
            // Only what stands nearest to the text below can head it.
            let nearest = (start + 1..end).rev().find(|&i| sketches.get(i).is_some_and(|s| s.gap > usual));
            len = end - nearest.unwrap_or(start);
            let under = heading.get(end) == Some(&true)
                || below.width * 2 >= last.width * 3 && (below.ended || below.several) && below.width >= 40;
            let attached = below.gap <= usual || len == 1 && below.gap <= last.gap;
            if len <= 2 && under && attached {
                heading.iter_mut().skip(end - len).take(len).for_each(|slot| *slot = true);
            }
        }
        start = end;
    }
}

/// The most common number of blank lines between two paragraphs.
fn usual_gap(sketches: &[Sketch]) -> usize {
    let mut counts = std::collections::BTreeMap::new();
    for sketch in sketches.iter().skip(1) {
        *counts.entry(sketch.gap).or_insert(0usize) += 1;
    }
    counts.into_iter().max_by_key(|&(gap, n)| (n, usize::MAX - gap)).map_or(1, |(gap, _)| gap)
}

/// 图1 …, Figure 1. …
fn is_caption(text: &str, span: Span, sketch: &Sketch) -> bool {
    let slice = &text[span.range()];
    let lead = ["图", "圖", "表", "附图", "附表", "Figure", "Table", "Fig."];
    let rest = lead.iter().find_map(|lead| slice.strip_prefix(lead));
    sketch.is_short()
        && rest
            .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) && rest.len() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line a block: kind, level, numbering, and the front of its text.
    fn sketch_of(text: &str) -> Vec<String> {
        let describe = |block: &Block| {
            let level = block.level.map_or(String::new(), |level| level.to_string());
            let number =
                block.numbering.as_deref().map_or(String::new(), |n| format!(" {}", &text[n.span.range()]));
            let front: String = text[block.span.range()].chars().take(12).collect();
            format!("{}{level}{number} | {}", block.kind.as_str(), front.replace('\n', "/"))
        };
        blocks(text).iter().map(describe).collect()
    }

    #[test]
    fn tables() {
        for case in include_str!("cases/plain.txt").split("\n=====\n") {
            let (text, want) = case.split_once("\n-----\n").expect("a text and its blocks");
            let want: Vec<&str> = want.lines().collect();
            assert_eq!(sketch_of(text), want, "{text}");
        }
    }
}
