//! reStructuredText to blocks.

use super::numbering;
use super::pieces::spoken;
use super::spans::line_spans;
use super::spans::trim;
use crate::text::script::is_han;
use crate::text::{Block, BlockKind, Numbering, Piece, PieceKind, Span};

/// The blocks of a reStructuredText.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines: Vec<Line> = line_spans(text).map(|span| Line::of(text, span)).collect();
    let mut reader =
        Reader { text, lines, at: 0, open: Vec::new(), adornments: Vec::new(), blocks: Vec::new() };
    while reader.at < reader.lines.len() {
        let from = reader.at;
        reader.step();
        reader.at = reader.at.max(from + 1);
    }
    reader.blocks
}

/// Directives whose content is verbatim.
const VERBATIM: [&str; 20] = [
    "code",
    "code-block",
    "sourcecode",
    "literalinclude",
    "highlight",
    "math",
    "raw",
    "parsed-literal",
    "prompt",
    "graphviz",
    "mermaid",
    "uml",
    "productionlist",
    "testcode",
    "testoutput",
    "doctest",
    "toctree",
    "autosummary",
    "ipython",
    "tabularcolumns",
];
/// Directives whose argument is prose.
const TITLED: [&str; 21] = [
    "note",
    "warning",
    "tip",
    "important",
    "caution",
    "danger",
    "hint",
    "attention",
    "error",
    "admonition",
    "topic",
    "sidebar",
    "rubric",
    "seealso",
    "todo",
    "table",
    "list-table",
    "csv-table",
    "centered",
    "tab",
    "dropdown",
];

#[derive(Debug, Clone, Copy)]
struct Line {
    /// Without the white space around it.
    span: Span,
    indent: usize,
}

impl Line {
    fn of(text: &str, span: Span) -> Line {
        let inner = trim(text, span);
        Line { span: inner, indent: inner.start - span.start }
    }
}

struct Reader<'t> {
    text: &'t str,
    lines: Vec<Line>,
    at: usize,
    /// Where the content of open items and directives is indented, and whether that is an item.
    open: Vec<(usize, bool)>,
    /// The marks under (and over) headings, in the order in which they came.
    adornments: Vec<(u8, bool)>,
    blocks: Vec<Block>,
}

impl<'t> Reader<'t> {
    fn line(&self, at: usize) -> Option<(Line, &'t str)> {
        self.lines.get(at).map(|line| (*line, &self.text[line.span.range()]))
    }

    fn push(
        &mut self,
        kind: BlockKind,
        level: Option<u8>,
        span: Span,
        number: Option<Numbering>,
        marks: Vec<Piece>,
    ) {
        self.blocks.extend(spoken(self.text, kind, level, span, number, marks));
    }

    fn prose(&mut self, kind: BlockKind, level: Option<u8>, span: Span) {
        let marks = inline(self.text, span);
        self.push(kind, level, span, None, marks);
    }

    fn code(&mut self, kind: BlockKind, span: Span) {
        self.push(kind, None, span, None, vec![Piece { kind: PieceKind::Code, span }]);
    }

    /// A line that says something to the program, and what stands at its end: an address or a version.
    fn directive(&mut self, span: Span, argument: Option<(PieceKind, &str)>) {
        let (kind, argument) =
            argument.filter(|(_, words)| !words.is_empty()).unwrap_or((PieceKind::Code, ""));
        let at = span.end - argument.len();
        let mut marks = vec![Piece { kind: PieceKind::Code, span: Span::new(span.start, at) }];
        if !argument.is_empty() {
            marks.push(Piece { kind, span: Span::new(at, span.end) });
        }
        self.push(BlockKind::Metadata, None, span, None, marks);
    }

    /// The lines from `from` that are empty or indented beyond `indent`, as one span; reading goes on after them.
    fn indented(&mut self, from: usize, indent: usize) -> Option<Span> {
        let (mut at, mut found) = (from, None::<Span>);
        while let Some(line) = self.lines.get(at) {
            if !line.span.is_empty() {
                if line.indent <= indent {
                    break;
                }
                found = Some(found.map_or(line.span, |span| span.join(line.span)));
            }
            at += 1;
        }
        self.at = at;
        found
    }

    fn step(&mut self) {
        let Some((line, slice)) = self.line(self.at) else { return };
        if slice.is_empty() {
            return;
        }
        while self.open.last().is_some_and(|(indent, _)| line.indent < *indent) {
            self.open.pop();
        }
        let next = self.line(self.at + 1);
        let after = self.line(self.at + 2);
        let span = line.span;
        if let Some(mark) = adornment(slice) {
            if let (Some((title, words)), Some((_, under))) = (next, after)
                && !words.is_empty()
                && !slice.contains(' ')
                && adornment(under) == Some(mark)
            {
                let title = title.span;
                self.heading((mark, true), title);
                self.at += 3;
            } else if slice.contains(' ') {
                self.columns(mark);
            }
            return;
        }
        if slice.starts_with("+-") || slice.starts_with("+=") {
            self.grid();
            return;
        }
        if let Some((under, words)) = next
            && under.indent == line.indent
            && let Some(mark) = adornment(words).filter(|_| !words.contains(' '))
        {
            self.heading((mark, false), span);
            self.at += 2;
            return;
        }
        if slice == ".." || slice.starts_with(".. ") {
            self.explicit(line);
            return;
        }
        if slice.starts_with(">>> ") {
            let mut end = span;
            while let Some((line, _)) = self.line(self.at).filter(|(_, words)| !words.is_empty()) {
                end = line.span;
                self.at += 1;
            }
            self.code(BlockKind::Code, span.join(end));
            return;
        }
        self.paragraph(line);
    }

    fn heading(&mut self, adornment: (u8, bool), span: Span) {
        let level = self.adornments.iter().position(|own| *own == adornment).unwrap_or_else(|| {
            self.adornments.push(adornment);
            self.adornments.len() - 1
        });
        self.prose(BlockKind::Heading, Some(u8::try_from(level + 1).unwrap_or(u8::MAX)), span);
    }

    /// A paragraph, an item, or a field, with its lines and the literal block that it may announce.
    fn paragraph(&mut self, line: Line) {
        let text = self.text;
        let (indent, first) = (line.indent, line.span);
        let slice = &text[first.range()];
        let number = item(text, first);
        let field = field(slice).filter(|_| number.is_none());
        let base = self.open.last().map_or(0, |(indent, _)| *indent);
        let definition = self.at > 0
            && self
                .line(self.at - 1)
                .is_some_and(|(before, words)| !words.is_empty() && before.indent < indent);
        let (mut end, mut at) = (first, self.at + 1);
        while let Some((next, words)) = self.line(at) {
            let goes_on = match number {
                Some(_) => next.indent > indent,
                None => next.indent == indent,
            };
            let begins = item(text, next.span).is_some()
                || words.starts_with(".. ")
                || words.starts_with("| ")
                || self::field(words).is_some();
            if words.is_empty() || !goes_on || begins {
                break;
            }
            end = next.span;
            at += 1;
        }
        self.at = at;
        let span = first.join(end);
        if let Some(number) = number {
            self.open.push((indent + 1, true));
            let depth = self.open.iter().filter(|(_, item)| *item).count();
            let body = Span::new(number.span.end, span.end);
            let mut marks = vec![Piece { kind: PieceKind::Markup, span: number.span }];
            marks.extend(inline(text, body));
            let level = Some(u8::try_from(depth).unwrap_or(u8::MAX));
            self.push(BlockKind::ListItem, level, span, Some(number), marks);
        } else if let Some(len) = field {
            let titled = self.blocks.iter().any(|block| block.kind == BlockKind::Heading);
            match titled {
                true => self.prose(BlockKind::Paragraph, None, Span::new(span.start + len, span.end)),
                false => self.code(BlockKind::Metadata, span),
            }
        } else {
            let kind = if indent > base && !definition && self.open.is_empty() {
                BlockKind::Quotation
            } else {
                BlockKind::Paragraph
            };
            let body = match slice.strip_prefix("| ") {
                Some(rest) => {
                    Span::new(span.end.max(first.end) - (span.end - first.end) - rest.len(), span.end)
                }
                None => span,
            };
            self.prose(kind, None, body);
        }
        if text[span.range()].ends_with("::")
            && let Some(code) = self.indented(self.at, indent)
        {
            self.code(BlockKind::Code, code);
        }
    }

    /// Comments, targets, footnotes and directives: what begins with two dots.
    fn explicit(&mut self, line: Line) {
        let text = self.text;
        let slice = &text[line.span.range()];
        let rest = slice[2..].trim_start();
        let at = |part: &str| line.span.end - part.len();
        if let Some((mark, words)) = rest.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
            // A footnote or citation.
            let _ = mark;
            let more = self.indented(self.at + 1, line.indent);
            let span = Span::new(at(words), more.map_or(line.span.end, |more| more.end));
            self.prose(BlockKind::Paragraph, None, span);
            return;
        }
        let directive = rest.split_once("::").filter(|(name, _)| {
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_:.+".contains(c))
        });
        let Some((name, argument)) = directive else {
            let kept = rest.starts_with('_') || rest.starts_with('|');
            let from = line.span;
            self.indented(self.at + 1, line.indent);
            if kept {
                // `.. _name: address`
                let address = rest.rsplit_once(": ").map(|(_, address)| address.trim());
                let address = address.filter(|address| rest.starts_with('_') && !address.ends_with('_'));
                self.directive(from, address.map(|address| (PieceKind::Target, address)));
            }
            return;
        };
        let argument = trim(text, Span::new(at(argument), line.span.end));
        // a name that was translated says nothing of what its argument is
        let words = &text[argument.range()];
        let foreign = !name.is_ascii();
        let spoken = words.is_empty() || words.contains(|c: char| c.is_whitespace() || is_han(c));
        if TITLED.contains(&name) || foreign && spoken {
            self.prose(BlockKind::Paragraph, None, argument);
        } else {
            let kind = match name {
                "image" | "figure" | "include" | "literalinclude" => Some(PieceKind::Target),
                "versionadded" | "versionchanged" | "deprecated" => Some(PieceKind::Code),
                _ if foreign => Some(PieceKind::Target),
                _ => None,
            };
            self.directive(line.span, kind.map(|kind| (kind, words)));
        }
        if VERBATIM.contains(&name) {
            let options = self.options(self.at + 1, line.indent);
            if let Some(code) = self.indented(options, line.indent) {
                let kind = if name == "toctree" || name == "autosummary" {
                    BlockKind::Metadata
                } else {
                    BlockKind::Code
                };
                self.code(kind, code);
            }
            return;
        }
        self.at = self.options(self.at + 1, line.indent);
        self.open.push((line.indent + 1, false));
    }

    /// The first line after the options of a directive.
    fn options(&self, from: usize, indent: usize) -> usize {
        let option = |(line, words): &(Line, &str)| line.indent > indent && field(words).is_some();
        (from..).find(|at| self.line(*at).filter(option).is_none()).unwrap_or(from)
    }

    /// A table drawn with `+---+`: what stands between bars on a line is a cell. A row that goes on over several lines
    /// is one block, since the lines of its cells take turns.
    fn grid(&mut self) {
        let text = self.text;
        let mut row: Vec<(Span, Vec<Span>)> = Vec::new();
        while let Some((line, slice)) = self.line(self.at).filter(|(_, words)| words.starts_with(['+', '|']))
        {
            self.at += 1;
            if slice.starts_with('+') {
                self.grid_row(std::mem::take(&mut row));
                continue;
            }
            let bars: Vec<usize> = slice.match_indices('|').map(|(at, _)| line.span.start + at).collect();
            let cells = bars.iter().zip(bars.iter().skip(1));
            let cells = cells.map(|(from, to)| trim(text, Span::new(from + 1, *to)));
            row.push((line.span, cells.filter(|cell| !cell.is_empty()).collect()));
        }
        self.grid_row(row);
    }

    fn grid_row(&mut self, row: Vec<(Span, Vec<Span>)>) {
        if let [(_, cells)] = &row[..] {
            for (column, cell) in (1u8..=u8::MAX).zip(cells) {
                self.prose(BlockKind::TableCell, Some(column), *cell);
            }
            return;
        }
        let cells: Vec<Span> = row.into_iter().flat_map(|(_, cells)| cells).collect();
        if let (Some(first), Some(last)) = (cells.first(), cells.last()) {
            let marks = cells.iter().flat_map(|cell| inline(self.text, *cell)).collect();
            self.push(BlockKind::TableCell, None, first.join(*last), None, marks);
        }
    }

    /// A table between lines of `=== ===`: what two blanks set apart is a cell.
    fn columns(&mut self, mark: u8) {
        let text = self.text;
        let indent = self.lines.get(self.at).map_or(0, |line| line.indent);
        let mut row: Vec<(Span, Vec<Span>)> = Vec::new();
        self.at += 1;
        while let Some((line, slice)) = self.line(self.at) {
            let ends = self.line(self.at + 1).is_none_or(|(_, words)| words.is_empty());
            self.at += 1;
            // A line without a first cell goes on with the row before it.
            if line.indent <= indent {
                self.grid_row(std::mem::take(&mut row));
            }
            if adornment(slice) == Some(mark) {
                if ends {
                    return;
                }
                continue;
            }
            let mut from = line.span.start;
            let mut cells = Vec::new();
            for part in slice.split("  ") {
                cells.push(trim(text, Span::new(from, from + part.len())));
                from += part.len() + 2;
            }
            cells.retain(|cell| !cell.is_empty());
            row.push((line.span, cells));
        }
        self.grid_row(row);
    }
}

/// The mark of which a line consists, twice or more; what begins comments and literal blocks is none.
fn adornment(line: &str) -> Option<u8> {
    let mark = *line.as_bytes().first().filter(|byte| byte.is_ascii_punctuation())?;
    (line.len() >= 2
        && line != ".."
        && line != "::"
        && line.bytes().all(|byte| byte == mark || byte == b' ' && mark == b'='))
    .then_some(mark)
}

/// The number or bullet before an item, with the white space after it.
fn item(text: &str, span: Span) -> Option<Numbering> {
    let slice = &text[span.range()];
    let mark = slice.split([' ', '\t']).next()?;
    let enumerated = mark == "#." || mark.len() <= 5 && mark.ends_with(['.', ')']) && mark.len() > 1;
    if !["-", "*", "+", "•"].contains(&mark) && !enumerated || mark.len() == slice.len() {
        return None;
    }
    if mark == "#." {
        let span = Span::new(span.start, span.start + mark.len());
        return Some(Numbering { style: crate::text::NumberingStyle::Arabic, value: 0, span });
    }
    let own = Span::new(span.start, span.start + mark.len());
    if mark.len() == 1 || mark == "•" {
        return Some(Numbering { style: crate::text::NumberingStyle::Bullet, value: 0, span: own });
    }
    numbering::at_front(text, span, false).filter(|n| numbering::is_item(n) && n.span.end <= own.end + 1)
}

/// The length of `:name: ` at the front of a line.
fn field(line: &str) -> Option<usize> {
    let rest = line.strip_prefix(':')?;
    let len = rest.find(':').filter(|len| *len > 0 && *len <= 60)?;
    let ends = rest[len + 1..].starts_with(' ') || rest.len() == len + 1;
    (ends && !rest[..len].contains('`')).then_some(len + 2)
}

/// The length of the mark of a note or of a work cited, `[1]_`, `[#name]_`, `[RFC9110]_`, that this begins with.
fn note(rest: &str) -> Option<usize> {
    let len = rest.bytes().take(80).position(|byte| byte == b']' || byte == b' ')?;
    (len > 1 && rest[len..].starts_with("]_")).then_some(len + 2)
}

/// Code, roles, links and marks of emphasis in a passage.
fn inline(text: &str, span: Span) -> Vec<Piece> {
    const CODE: [&str; 14] = [
        "code", "class", "func", "meth", "mod", "attr", "data", "exc", "obj", "file", "envvar", "option",
        "command", "math",
    ];
    let slice = &text[span.range()];
    let mut parts: Vec<(PieceKind, usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(found) = slice[at..].find(['`', '*', '|', '[']).map(|found| at + found) {
        let rest = &slice[found..];
        if rest.starts_with('[') {
            let len = note(rest);
            parts.extend(len.map(|len| (PieceKind::Markup, found, found + len)));
            at = found + len.unwrap_or(1);
            continue;
        }
        let mark = ["``", "**", "`", "*", "|"].into_iter().find(|mark| rest.starts_with(mark)).unwrap_or("`");
        let open = found + mark.len();
        let closed = slice[open..]
            .find(mark)
            .filter(|len| *len > 0 && !slice[open..].starts_with(char::is_whitespace));
        let Some(close) = closed.map(|len| open + len) else {
            at = open;
            continue;
        };
        let mut from = found;
        let mut role = "";
        if mark == "`" && slice[at..found].ends_with(':') {
            let ends = |c: char| !(c.is_ascii_alphanumeric() || "-_+.:".contains(c));
            let head = &slice[at..found - 1];
            let run =
                head.rfind(ends).map_or(0, |end| end + head[end..].chars().next().map_or(1, char::len_utf8));
            // a role may be that of a domain: `:py:func:`
            if let Some(colon) = head[run..].find(':').map(|colon| at + run + colon) {
                (from, role) = (colon, &slice[colon + 1..found - 1]);
            }
        }
        let mut end = close + mark.len();
        end += slice[end..].bytes().take_while(|b| *b == b'_' && mark != "*" && mark != "**").count().min(2);
        parts.push((PieceKind::Markup, from, open));
        let inner = &slice[open..close];
        let target = inner.rfind('<').filter(|_| mark == "`" && inner.ends_with('>'));
        let kind = match mark {
            "``" | "|" => PieceKind::Code,
            "`" if CODE.contains(&role.rsplit(':').next().unwrap_or(role)) => PieceKind::Code,
            "`" if ["ref", "doc", "download", "numref"].contains(&role) && target.is_none() => {
                PieceKind::Target
            }
            _ => PieceKind::Prose,
        };
        match target {
            Some(less) => {
                parts.push((PieceKind::Prose, open, open + less));
                parts.push((PieceKind::Markup, open + less, open + less + 1));
                // `<name_>` is no address but names one
                let named = inner.ends_with("_>");
                let kind = if named { PieceKind::Markup } else { PieceKind::Target };
                parts.push((kind, open + less + 1, close - 1));
                parts.push((PieceKind::Markup, close - 1, end));
            }
            None => {
                parts.push((kind, open, close));
                parts.push((PieceKind::Markup, close, end));
            }
        }
        at = end;
    }
    super::pieces::with_prose(
        span,
        parts
            .into_iter()
            .map(|(kind, from, to)| Piece { kind, span: Span::new(span.start + from, span.start + to) }),
    )
}
