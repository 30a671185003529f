//! AsciiDoc to blocks.

use super::pieces::{spoken, with_prose};
use super::spans::line_spans;
use super::spans::trim;
use crate::text::{Block, BlockKind, Numbering, NumberingStyle, Piece, PieceKind, Span};

/// The blocks of an AsciiDoc text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut reader = Reader { text, ..Reader::default() };
    for line in line_spans(text) {
        reader.line(line);
    }
    reader.close();
    reader.close_verbatim(text.len());
    reader.blocks
}

#[derive(Default)]
struct Reader<'t> {
    text: &'t str,
    blocks: Vec<Block>,
    /// The open paragraph or item: what it is, its level, its number, and where it stands.
    open: Option<(BlockKind, Option<u8>, Option<Numbering>, Span)>,
    /// The line that ends the open verbatim block or comment, where its content begins, and whether it is kept.
    verbatim: Option<(&'t str, usize, bool)>,
    /// Whether the paragraph that comes next is code by the attributes before it.
    listing: bool,
    quoted: bool,
    table: bool,
    /// How many columns the open table has, or the next one, as far as that is known; and how many cells came.
    columns: usize,
    cells: usize,
    /// Whether the last line was the term of a description, which comes next.
    described: bool,
    /// Whether the lines that name author and version may come next.
    header: bool,
}

impl<'t> Reader<'t> {
    fn line(&mut self, raw: Span) {
        let text = self.text;
        let span = trim(text, raw);
        let slice = &text[span.range()];
        if let Some((end, ..)) = self.verbatim {
            if slice == end {
                self.close_verbatim(raw.start);
            }
            return;
        }
        let described = std::mem::take(&mut self.described);
        if slice.is_empty() {
            (self.described, self.header) = (described, false);
            // a cell may hold several paragraphs
            if !self.table {
                self.close();
            }
            return;
        }
        let block_mark = |mark: char| slice.len() >= 4 && slice.chars().all(|c| c == mark);
        if ['-', '.', '+', '/'].into_iter().any(block_mark) || slice.starts_with("```") {
            self.close();
            self.listing = false;
            let end = if slice.starts_with("```") { "```" } else { slice };
            self.verbatim = Some((end, raw.end, !slice.starts_with('/')));
            return;
        }
        if slice == "|===" {
            self.close();
            self.table = !self.table;
            self.cells = 0;
            if !self.table {
                self.columns = 0;
            }
            return;
        }
        if ['=', '*', '_'].into_iter().any(block_mark) || ["--", "+", "'''", "<<<", "---"].contains(&slice) {
            self.close();
            if block_mark('_') {
                self.quoted = !self.quoted;
            }
            return;
        }
        if slice.starts_with("//") {
            return;
        }
        if self.table {
            self.cells(span);
            return;
        }
        if slice.starts_with('[') && slice.ends_with(']') && !slice.starts_with("[[[") {
            self.close();
            self.listing = ["[source", "[listing", "[literal", "[,", "[stem", "[plantuml"]
                .iter()
                .any(|lead| slice.starts_with(lead));
            self.columns = columns(slice).unwrap_or(self.columns);
            self.push(BlockKind::Metadata, None, None, span);
            return;
        }
        if is_setting(slice) || is_block_macro(slice) {
            self.close();
            self.push(BlockKind::Metadata, None, None, span);
            return;
        }
        if self.header {
            self.push(BlockKind::Metadata, None, None, span);
            return;
        }
        let level = slice.bytes().take_while(|&b| b == b'=').count();
        if (1..=6).contains(&level) && slice[level..].starts_with(' ') {
            self.close();
            let title = Span::new(span.start + level + 1, span.end);
            self.header = level == 1 && self.blocks.iter().all(|block| block.kind == BlockKind::Metadata);
            self.push(BlockKind::Heading, u8::try_from(level).ok(), None, trim(text, title));
            return;
        }
        if let Some(title) = slice.strip_prefix('.').filter(|title| !title.starts_with(['.', ' ', '\t'])) {
            self.close();
            self.push(BlockKind::Caption, None, None, Span::new(span.end - title.len(), span.end));
            return;
        }
        if let Some((number, level)) = item(text, span) {
            self.close();
            self.open = Some((BlockKind::ListItem, Some(level), Some(number), span));
            return;
        }
        if let Some((term, description)) = description(text, span) {
            self.close();
            self.push(BlockKind::ListItem, Some(1), None, term);
            match description.is_empty() {
                true => self.described = true,
                false => self.open = Some((BlockKind::ListItem, Some(1), None, description)),
            }
            return;
        }
        match &mut self.open {
            Some((.., open)) => open.end = span.end,
            None => {
                let literal = self.listing || raw.start < span.start && !described;
                let kind = match () {
                    () if literal => BlockKind::Code,
                    () if self.quoted => BlockKind::Quotation,
                    () => BlockKind::Paragraph,
                };
                self.open = Some((kind, None, None, span));
            }
        }
    }

    fn close(&mut self) {
        if let Some((kind, level, number, span)) = self.open.take() {
            self.listing = false;
            self.push(kind, level, number, span);
        }
    }

    fn close_verbatim(&mut self, end: usize) {
        if let Some((_, start, true)) = self.verbatim.take() {
            self.push(BlockKind::Code, None, None, trim(self.text, Span::new(start, end)));
        }
    }

    /// The cells on a line of a table. The last one is left open: lines without a bar go on with it, and so does what
    /// stands before the first bar, unless it is the format of the cell behind that.
    fn cells(&mut self, span: Span) {
        let text = self.text;
        let slice = &text[span.range()];
        let bars: Vec<usize> =
            slice.match_indices('|').map(|(at, _)| at).filter(|&at| !slice[..at].ends_with('\\')).collect();
        let first = bars.first().copied().unwrap_or(slice.len());
        if !slice[..first].trim().is_empty() && (bars.is_empty() || !is_cell_format(slice[..first].trim())) {
            let more = trim(text, Span::new(span.start, span.start + first));
            match &mut self.open {
                Some((.., open)) => open.end = more.end,
                None => self.open = Some((BlockKind::TableCell, None, None, more)),
            }
        }
        // the cells on the first line are as many as the columns, unless the attributes say otherwise
        if self.columns == 0 && self.cells == 0 && bars.len() > 1 {
            self.columns = bars.len();
        }
        for (index, bar) in bars.iter().enumerate() {
            self.close();
            let end = bars.get(index + 1).copied().unwrap_or(slice.len());
            let cell = trim(text, Span::new(span.start + bar + 1, span.start + end));
            let column =
                self.cells.checked_rem(self.columns).and_then(|column| u8::try_from(column + 1).ok());
            self.cells = self.cells.saturating_add(spanned(&slice[..*bar]));
            self.open = Some((BlockKind::TableCell, column, None, cell));
        }
    }

    fn push(&mut self, kind: BlockKind, level: Option<u8>, number: Option<Numbering>, span: Span) {
        let text = self.text;
        let mut marks = Vec::new();
        if kind.is_prose() {
            let mut body = span;
            if let Some(number) = number {
                marks.push(Piece { kind: PieceKind::Markup, span: number.span });
                body.start = number.span.end;
            }
            let label = ["NOTE: ", "TIP: ", "IMPORTANT: ", "WARNING: ", "CAUTION: "];
            if let Some(label) = label.iter().find(|label| text[body.range()].starts_with(**label)) {
                let end = body.start + label.len();
                marks.push(Piece { kind: PieceKind::Markup, span: Span::new(body.start, end) });
                body.start = end;
            }
            marks.extend(inline(text, body));
        } else {
            let target = if kind == BlockKind::Metadata { macro_target(text, span) } else { None };
            let [from, to] = target.map_or([span.end; 2], |target| [target.start, target.end]);
            marks.push(Piece { kind: PieceKind::Code, span: Span::new(span.start, from) });
            marks.push(Piece { kind: PieceKind::Target, span: Span::new(from, to) });
            marks.push(Piece { kind: PieceKind::Code, span: Span::new(to, span.end) });
            marks.retain(|piece| !piece.span.is_empty());
        }
        self.blocks.extend(spoken(text, kind, level, span, number, marks));
    }
}

/// How many columns the attributes of a table name: `[cols="1,2"]`, `[cols=3*]`.
fn columns(line: &str) -> Option<usize> {
    let value = line.split_once("cols=")?.1;
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => value.split([',', ']']).next()?,
    };
    let count =
        |part: &str| part.split_once('*').and_then(|(count, _)| count.trim().parse().ok()).unwrap_or(1);
    Some(value.split([',', ';']).map(count).fold(0, usize::saturating_add)).filter(|columns| *columns < 256)
}

/// How many columns the cell takes before whose bar this stands: two after `2+`.
fn spanned(before: &str) -> usize {
    let format = before.rsplit([' ', '|']).next().unwrap_or(before);
    let count = format.split_once(['+', '.']).and_then(|(count, _)| count.parse().ok());
    count.filter(|_| format.contains('+')).unwrap_or(1)
}

/// What may stand before the bar of a cell: `2+`, `.3+`, `3*`, `^`, `a`.
fn is_cell_format(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let rest = rest.trim_start_matches(['+', '*']).trim_start_matches(['<', '^', '>', '.']);
    matches!(rest, "" | "a" | "d" | "e" | "h" | "l" | "m" | "s" | "v")
}

/// `:name: value`, as a document sets its attributes.
fn is_setting(line: &str) -> bool {
    let name = line.strip_prefix(':').and_then(|rest| rest.split_once(':')).map(|(name, _)| name);
    name.is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_!".contains(&b))
    })
}

/// `image::a.png[…]`, `include::b.adoc[]`, `ifdef::c[]`.
fn is_block_macro(line: &str) -> bool {
    let name = line.split_once("::").map(|(name, rest)| (name, rest.contains('[') && line.ends_with(']')));
    name.is_some_and(|(name, ends)| ends && !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase()))
}

/// What `image::`, `include::` and the like show.
fn macro_target(text: &str, span: Span) -> Option<Span> {
    let slice = &text[span.range()];
    let (name, rest) = slice.split_once("::")?;
    let shown = ["image", "include", "video", "audio"].contains(&name);
    let len = rest.find('[').filter(|len| shown && *len > 0)?;
    Some(Span::new(span.end - rest.len(), span.end - rest.len() + len))
}

/// `term:: description`: where the two stand.
fn description(text: &str, span: Span) -> Option<(Span, Span)> {
    let slice = &text[span.range()];
    let (at, mark) = ["::", ";;"]
        .iter()
        .filter_map(|mark| {
            Some((slice.match_indices(mark).map(|(at, _)| at).find(|at| ends(slice, at + 2))?, mark))
        })
        .min()?;
    let marks = slice[at..].bytes().take_while(|byte| mark.as_bytes().contains(byte)).count();
    let (term, rest) = (span.start + at, span.start + at + marks);
    let spoken = !slice[..at].is_empty() && marks <= 4 && ends(slice, at + marks);
    spoken.then(|| (Span::new(span.start, term), trim(text, Span::new(rest, span.end))))
}

/// Whether a word ends here, but for more colons.
fn ends(slice: &str, at: usize) -> bool {
    let rest = slice[at..].trim_start_matches(':');
    rest.is_empty() || rest.starts_with([' ', '\t'])
}

/// The mark before an item and its depth: `* `, `** `, `- `, `. `, `1. `, `<1> `.
fn item(text: &str, span: Span) -> Option<(Numbering, u8)> {
    let slice = &text[span.range()];
    let mark = slice.split([' ', '\t']).next().filter(|mark| mark.len() < slice.len())?;
    let first = mark.chars().next()?;
    let digits = mark.trim_matches(['<', '>', '.']);
    let (style, value) = match first {
        '*' | '-' if mark.chars().all(|c| c == first) && mark.len() <= 5 => (NumberingStyle::Bullet, 0),
        '.' if mark.chars().all(|c| c == '.') && mark.len() <= 5 => (NumberingStyle::Arabic, 0),
        _ if mark.ends_with(['.', '>'])
            && !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit()) =>
        {
            (NumberingStyle::Arabic, digits.parse().unwrap_or(u32::MAX))
        }
        _ => return None,
    };
    let level = if digits.is_empty() || style == NumberingStyle::Bullet { mark.len() } else { 1 };
    let span = Span::new(span.start, span.start + mark.len());
    Some((Numbering { style, value, span }, u8::try_from(level).unwrap_or(1)))
}

/// Where a mark stands; one that was looked for in vain is not looked for again.
fn find(rest: &str, mark: &'static str, none: &mut Vec<&'static str>) -> Option<usize> {
    if none.contains(&mark) {
        return None;
    }
    let found = rest.find(mark);
    if found.is_none() {
        none.push(mark);
    }
    found
}

/// What begins the target of a link or of an image in a line.
const LEADS: [&str; 9] =
    ["https://", "http://", "ftp://", "mailto:", "link:", "xref:", "image:", "footnote:", "anchor:"];

/// A link or another macro in a line, by offsets: its target, and the words in its brackets if there are any.
struct Macro {
    start: usize,
    target: (usize, usize),
    words: Option<(usize, usize)>,
}

/// The macros of a line, in order. Marks of emphasis in their targets are none.
fn macros(slice: &str) -> Vec<Macro> {
    let mut found: Vec<Macro> = Vec::new();
    let mut from = 0;
    while let Some(colon) = slice[from..].find(':').map(|at| from + at) {
        from = colon + 1;
        let lead = LEADS.iter().find(|lead| {
            let at = lead.find(':').unwrap_or(0);
            let start = colon.checked_sub(at);
            start.is_some_and(|start| {
                slice.get(start..).is_some_and(|rest| rest.starts_with(**lead))
                    && !slice[..start].ends_with(|c: char| c.is_ascii_alphanumeric())
            })
        });
        let Some(lead) = lead else { continue };
        let start = colon - lead.find(':').unwrap_or(0);
        let is_address = lead.ends_with("//");
        let open = start + lead.len();
        let named = !is_address;
        let ends = |c: char| c.is_whitespace() || c == '[' || c == '<' || (is_address && c == '`');
        let len = slice[open..].find(ends).unwrap_or(slice.len() - open);
        let end = open + len;
        let words = slice[end..]
            .strip_prefix('[')
            .and_then(|rest| rest.find(']'))
            .map(|len| (end + 1, end + 1 + len));
        if named && words.is_none() {
            continue;
        }
        from = words.map_or(end, |(_, close)| close + 1).max(from);
        found.push(Macro { start, target: (if is_address { start } else { open }, end), words });
    }
    found
}

/// Code, links, references and marks of emphasis in a passage.
fn inline(text: &str, span: Span) -> Vec<Piece> {
    let slice = &text[span.range()];
    let mut parts: Vec<(PieceKind, usize, usize)> = Vec::new();
    let mut at = 0;
    // Closing marks that were looked for and do not stand in the rest.
    let mut none: Vec<&'static str> = Vec::new();
    // The marks that close what an earlier one opened.
    let mut closing: Vec<(usize, usize)> = Vec::new();
    let mut macros = macros(slice).into_iter().peekable();
    loop {
        while macros.next_if(|it| it.start < at).is_some() {}
        let found = slice[at..].find(['`', '*', '_', '<', '[', '{']).map(|found| at + found);
        if let Some(it) = macros.next_if(|it| found.is_none_or(|found| it.start < found)) {
            let (open, close) = it.target;
            at = close;
            // an address without words is found where addresses are
            if let Some((from, to)) = it.words {
                parts.extend([
                    (PieceKind::Markup, it.start, open),
                    (PieceKind::Target, open, close),
                    (PieceKind::Markup, close, from),
                    (PieceKind::Prose, from, to),
                    (PieceKind::Markup, to, to + 1),
                ]);
                at = to + 1;
            }
            continue;
        }
        let Some(found) = found else { break };
        if let Some(&(close, len)) = closing.iter().find(|(close, _)| *close == found) {
            at = close + len;
            continue;
        }
        let rest = &slice[found..];
        let mut enclosed = |open: &str, close: &'static str| {
            let inner = rest.strip_prefix(open)?;
            let len = find(inner, close, &mut none)?;
            let holds = len > 0 && !inner.starts_with(char::is_whitespace);
            holds.then_some((found + open.len(), found + open.len() + len, close.len()))
        };
        let named = |from: usize| {
            let apart = |c: &(usize, char)| !c.1.is_ascii_graphic() || "(,;".contains(c.1);
            let before = slice[at..from].char_indices().rfind(apart);
            before.map_or(at, |(offset, c)| at + offset + c.len_utf8())
        };
        let pairs = [
            ("``", "``", PieceKind::Code),
            ("`", "`", PieceKind::Code),
            ("**", "**", PieceKind::Prose),
            ("*", "*", PieceKind::Prose),
            ("__", "__", PieceKind::Prose),
            ("_", "_", PieceKind::Prose),
            ("{", "}", PieceKind::Code),
        ];
        let pair = pairs
            .iter()
            .filter(|(open, ..)| rest.starts_with(open))
            .find_map(|(open, close, kind)| enclosed(open, close).map(|found| (found, *kind)));
        // An underscore inside of a word is part of it.
        let inside = rest.starts_with('_')
            && !rest.starts_with("__")
            && slice[..found].ends_with(|c: char| c.is_ascii_alphanumeric());
        if let Some(((open, close, len), kind)) = pair.filter(|_| !inside) {
            parts.extend([(PieceKind::Markup, found, open), (PieceKind::Markup, close, close + len)]);
            at = open;
            match kind {
                // words that stand out may hold links and code
                PieceKind::Prose => closing.push((close, len)),
                _ => {
                    parts.push((kind, open, close));
                    at = close + len;
                }
            }
            continue;
        }
        if let Some((open, close, len)) = enclosed("<<", ">>") {
            let words = slice[open..close].find(',').map_or(close, |comma| open + comma + 1);
            parts.extend([
                (PieceKind::Markup, found, words),
                (PieceKind::Prose, words, close),
                (PieceKind::Markup, close, close + len),
            ]);
            at = close + len;
            continue;
        }
        if let Some((_, close, len)) = enclosed("[[", "]]") {
            parts.push((PieceKind::Markup, found, close + len));
            at = close + len;
            continue;
        }
        let start = named(found);
        let head = &slice[start..found];
        if rest.starts_with('[')
            && head.contains(':')
            && let Some(len) = find(rest, "]", &mut none)
        {
            // `kbd:[Ctrl+C]`, `stem:[x^2]`, `menu:File[Save]`, `btn:[OK]`, `icon:heart[]`
            let name = head.find(':').unwrap_or(0);
            let verbatim = ["kbd", "stem", "latexmath", "asciimath", "pass", "icon"].contains(&&head[..name]);
            let target = if &head[..name] == "menu" { PieceKind::Prose } else { PieceKind::Code };
            let words = if verbatim { PieceKind::Code } else { PieceKind::Prose };
            parts.extend([
                (PieceKind::Markup, start, start + name + 1),
                (target, start + name + 1, found),
                (PieceKind::Markup, found, found + 1),
                (words, found + 1, found + len),
                (PieceKind::Markup, found + len, found + len + 1),
            ]);
            at = found + len + 1;
            continue;
        }
        at = found + 1;
    }
    parts.retain(|(_, from, to)| from < to);
    parts.sort_by_key(|(_, from, _)| *from);
    with_prose(
        span,
        parts
            .into_iter()
            .map(|(kind, from, to)| Piece { kind, span: Span::new(span.start + from, span.start + to) }),
    )
}
