//! LaTeX to blocks.

use super::pieces::{spoken, with_prose};
use super::spans::trim;
use crate::text::{Block, BlockKind, Numbering, NumberingStyle, Piece, PieceKind, Span};

/// The blocks of a text in LaTeX: its body, and the title from before that. Comments and definitions are left out.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut reader = Reader {
        text,
        blocks: Vec::new(),
        from: 0,
        role: PARAGRAPH,
        number: None,
        lists: Vec::new(),
        quotes: 0,
        column: None,
    };
    let body = text.find("\\begin{document}");
    if let Some(body) = body {
        reader.title(body);
        reader.from = body + "\\begin{document}".len();
    }
    let end = text[reader.from..].find("\\end{document}").map_or(text.len(), |len| reader.from + len);
    reader.body(reader.from, end);
    reader.blocks
}

/// The files that a text in LaTeX brings in, as it names them, in order: in its body if it has one, and neither in comments
/// nor in what is verbatim.
pub fn brought_in(text: &str) -> Vec<&str> {
    let body = text.find("\\begin{document}").unwrap_or(0);
    let (mut found, mut verbatim) = (Vec::new(), None);
    for line in text[body..].lines() {
        if let Some(end) = &verbatim {
            if line.contains(end) {
                verbatim = None;
            }
            continue;
        }
        let comment = line.match_indices('%').map(|(at, _)| at).find(|&at| !line[..at].ends_with('\\'));
        let line = &line[..comment.unwrap_or(line.len())];
        let opened = VERBATIM.iter().find(|name| line.contains(&format!("\\begin{{{name}}}")));
        if let Some(name) = opened {
            verbatim = Some(format!("\\end{{{name}}}")).filter(|end| !line.contains(end));
            continue;
        }
        for (at, _) in line.match_indices('\\') {
            let command = name(&line[at..]);
            let open = at + 1 + command.len();
            if BRINGING.contains(&command) {
                let close = group(line, open, line.len());
                found.extend((close > open).then(|| line[open..close].trim_matches([' ', '{', '}'])));
            }
        }
    }
    found
}

/// Commands that bring in a file of text.
const BRINGING: [&str; 3] = ["input", "include", "subfile"];

type Role = (BlockKind, Option<u8>);

const PARAGRAPH: Role = (BlockKind::Paragraph, None);

/// Environments whose content is verbatim, or drawn.
const VERBATIM: [&str; 12] = [
    "verbatim",
    "verbatim*",
    "Verbatim",
    "lstlisting",
    "minted",
    "alltt",
    "Highlighting",
    "tikzpicture",
    "algorithmic",
    "filecontents",
    "filecontents*",
    "comment",
];
/// Environments of formulas that stand in their paragraph.
const FORMULAS: [&str; 9] =
    ["equation", "align", "gather", "multline", "eqnarray", "displaymath", "math", "flalign", "alignat"];
/// Environments of tables, each with how many arguments it has.
const TABLES: [(&str, usize); 7] = [
    ("tabular", 1),
    ("tabular*", 2),
    ("tabularx", 2),
    ("longtable", 1),
    ("tabulary", 2),
    ("tblr", 1),
    ("longtblr", 1),
];
/// Commands of headings, each with its level.
const HEADINGS: [(&str, u8); 7] = [
    ("part", 1),
    ("chapter", 1),
    ("section", 2),
    ("subsection", 3),
    ("subsubsection", 4),
    ("paragraph", 5),
    ("subparagraph", 6),
];
/// Commands that only give form, each with how many of its arguments say nothing to readers.
const FORM: [(&str, usize); 75] = [
    ("maketitle", 0),
    ("tableofcontents", 0),
    ("listoffigures", 0),
    ("listoftables", 0),
    ("newpage", 0),
    ("clearpage", 0),
    ("cleardoublepage", 0),
    ("pagebreak", 0),
    ("linebreak", 0),
    ("newline", 0),
    ("noindent", 0),
    ("indent", 0),
    ("par", 0),
    ("centering", 0),
    ("raggedright", 0),
    ("raggedleft", 0),
    ("bigskip", 0),
    ("medskip", 0),
    ("smallskip", 0),
    ("hfill", 0),
    ("vfill", 0),
    ("hline", 0),
    ("toprule", 0),
    ("midrule", 0),
    ("bottomrule", 0),
    ("tabularnewline", 0),
    ("endhead", 0),
    ("endfirsthead", 0),
    ("endfoot", 0),
    ("endlastfoot", 0),
    ("noalign", 1),
    ("cline", 1),
    ("cmidrule", 1),
    ("tightlist", 0),
    ("appendix", 0),
    ("frontmatter", 0),
    ("mainmatter", 0),
    ("backmatter", 0),
    ("tiny", 0),
    ("scriptsize", 0),
    ("footnotesize", 0),
    ("small", 0),
    ("normalsize", 0),
    ("large", 0),
    ("Large", 0),
    ("LARGE", 0),
    ("huge", 0),
    ("Huge", 0),
    ("bfseries", 0),
    ("itshape", 0),
    ("ttfamily", 0),
    ("protect", 0),
    ("quad", 0),
    ("qquad", 0),
    ("ldots", 0),
    ("dots", 0),
    ("vspace", 1),
    ("hspace", 1),
    ("vspace*", 1),
    ("hspace*", 1),
    ("setlength", 2),
    ("setcounter", 2),
    ("addtocounter", 2),
    ("pagestyle", 1),
    ("thispagestyle", 1),
    ("bibliographystyle", 1),
    ("color", 1),
    ("textcolor", 1),
    ("colorbox", 1),
    ("multicolumn", 2),
    ("multirow", 2),
    ("rule", 2),
    ("fontsize", 2),
    ("hypertarget", 1),
    ("hyperlink", 1),
];
/// Commands that define others: `\def\a{b}`, `\newcommand{\a}[1]{b}`.
const DEFINITIONS: [&str; 7] =
    ["def", "newcommand", "renewcommand", "providecommand", "DeclareMathOperator", "newenvironment", "let"];
/// Commands that refer to something by its name: what they name must be the same.
const REFERENCES: [&str; 33] = [
    "ref",
    "eqref",
    "pageref",
    "autoref",
    "nameref",
    "cref",
    "Cref",
    "vref",
    "cite",
    "citep",
    "citet",
    "citeauthor",
    "citeyear",
    "parencite",
    "textcite",
    "autocite",
    "footcite",
    "nocite",
    "gls",
    "Gls",
    "glspl",
    "Glspl",
    "acrshort",
    "acrlong",
    "index",
    "bibliography",
    "addbibresource",
    "si",
    "SI",
    "num",
    "qty",
    "unit",
    "ce",
];
/// Commands that bring something in from an address or a path.
const TARGETS: [&str; 7] =
    ["url", "includegraphics", "input", "include", "subfile", "href", "lstinputlisting"];
/// Commands whose argument is verbatim.
const CODE: [&str; 3] = ["texttt", "path", "code"];
/// Commands whose argument stands between two marks of any kind, or between braces.
const DELIMITED: [&str; 4] = ["verb", "verb*", "lstinline", "mintinline"];

struct Reader<'t> {
    text: &'t str,
    blocks: Vec<Block>,
    /// Where the open block begins.
    from: usize,
    role: Role,
    number: Option<Numbering>,
    /// The open lists, and the number of the last item of those that are numbered.
    lists: Vec<Option<u32>>,
    quotes: usize,
    /// The column of the open cell, in a table.
    column: Option<u8>,
}

impl Reader<'_> {
    /// The title that the lines before the body give.
    fn title(&mut self, body: usize) {
        let Some(at) = self.text[..body].find("\\title{") else { return };
        let open = at + "\\title".len();
        let end = group(self.text, open, body);
        self.block((BlockKind::Heading, Some(1)), Span::new(open + 1, end.saturating_sub(1)), None);
    }

    fn block(&mut self, (kind, level): Role, span: Span, number: Option<Numbering>) {
        let mut marks = Vec::new();
        let mut inner = span;
        if let Some(number) = number {
            marks.push(Piece { kind: PieceKind::Markup, span: number.span });
            inner.start = number.span.end.max(span.start);
        }
        marks.extend(inline(self.text, inner));
        self.blocks.extend(spoken(self.text, kind, level, span, number, marks));
    }

    /// Ends the open block; the next begins at `next`.
    fn flush(&mut self, end: usize, next: usize) {
        let span = trim(self.text, Span::new(self.from, end.max(self.from)));
        let number = self.number.take();
        let role = match (self.role, self.column) {
            (PARAGRAPH, Some(column)) => (BlockKind::TableCell, Some(column)),
            (PARAGRAPH, None) if self.quotes > 0 => (BlockKind::Quotation, None),
            (role, _) => role,
        };
        if !span.is_empty() {
            self.block(role, span, number);
        }
        self.role = PARAGRAPH;
        self.from = next;
    }

    fn body(&mut self, start: usize, end: usize) {
        let text = self.text;
        let mut at = start;
        while at < end {
            let Some(found) = text[at..end].find(['\\', '%', '\n', '&', '$']) else { break };
            at += found;
            let rest = &text[at..end];
            at = match rest.as_bytes()[0] {
                b'%' => at + rest.find('\n').unwrap_or(rest.len()),
                b'$' => formula(text, at, end),
                b'\n' => {
                    let blank = &rest[1..rest.len() - rest[1..].trim_start_matches([' ', '\t', '\r']).len()];
                    if rest[1 + blank.len()..].starts_with('\n') {
                        self.flush(at, at + 1);
                    }
                    at + 1
                }
                b'&' => {
                    if let Some(column) = self.column {
                        self.flush(at, at + 1);
                        self.column = Some(column.saturating_add(1));
                    }
                    at + 1
                }
                _ => self.command(at, end),
            };
        }
        self.flush(end, end);
    }

    /// Reads the command at `at`, and gives where reading goes on.
    fn command(&mut self, at: usize, end: usize) -> usize {
        let text = self.text;
        let name = name(&text[at..end]);
        let after = at + 1 + name.len();
        let bare = name.trim_end_matches('*');
        match bare {
            "\\" if self.column.is_some() => {
                self.flush(at, optional(text, after, end));
                self.column = Some(1);
                self.from
            }
            "(" | "[" => formula(text, at, end),
            "begin" => self.begin(at, end),
            "end" => {
                let close = group(text, after, end);
                self.flush(at, close);
                match text[after..close].trim_matches(['{', '}']) {
                    "itemize" | "enumerate" | "description" | "thebibliography" => drop(self.lists.pop()),
                    "quote" | "quotation" | "verse" => self.quotes = self.quotes.saturating_sub(1),
                    name if TABLES.iter().any(|(table, _)| *table == name) => self.column = None,
                    _ => {}
                }
                close
            }
            "item" | "bibitem" => {
                self.flush(at, at);
                let depth = u8::try_from(self.lists.len().max(1)).unwrap_or(u8::MAX);
                let span = Span::new(at, after);
                let (style, value) = match self.lists.last_mut() {
                    Some(Some(value)) => {
                        *value = value.saturating_add(1);
                        (NumberingStyle::Arabic, *value)
                    }
                    _ => (NumberingStyle::Bullet, 0),
                };
                self.role = (BlockKind::ListItem, Some(depth));
                self.number = Some(Numbering { style, value, span });
                after
            }
            "caption" | "captionof" => {
                let open = optional(text, after, end);
                self.titled((BlockKind::Caption, None), at, open, end)
            }
            _ => {
                if let Some((_, level)) = HEADINGS.iter().find(|(heading, _)| *heading == bare) {
                    let open = optional(text, after, end);
                    return self.titled((BlockKind::Heading, Some(*level)), at, open, end);
                }
                if DELIMITED.contains(&bare) {
                    return delimited(text, after, end).end;
                }
                after.max(at + 1)
            }
        }
    }

    /// A heading or caption with its title in braces at `open`, and a label behind that.
    fn titled(&mut self, role: Role, at: usize, open: usize, end: usize) -> usize {
        if !self.text[open..end].starts_with('{') {
            return open;
        }
        let role_before = self.role;
        self.flush(at, at);
        let close = group(self.text, open, end);
        let label = close + (self.text[close..end].len() - self.text[close..end].trim_start().len());
        let labelled = self.text[label..end].starts_with("\\label{");
        let last = if labelled { group(self.text, label + "\\label".len(), end) } else { close };
        let inner = if labelled { last } else { close.saturating_sub(1) };
        self.block(role, Span::new(open + 1, inner.max(open + 1)), None);
        self.from = last;
        if role.0 != BlockKind::Heading {
            self.role = role_before;
        }
        last
    }

    fn begin(&mut self, at: usize, end: usize) -> usize {
        let text = self.text;
        let open = at + "\\begin".len();
        let close = group(text, open, end);
        let name = text[open..close].trim_matches(['{', '}']);
        let bare = name.trim_end_matches('*');
        if FORMULAS.contains(&bare) {
            return formula(text, at, end);
        }
        if VERBATIM.contains(&name) {
            let mark = format!("\\end{{{name}}}");
            let to = text[close..end].find(&mark).map_or(end, |len| close + len);
            let after = (to + mark.len()).min(end);
            self.flush(at, after);
            // the options stand on the line of the command
            let first = text[close..to].find('\n').map_or(close, |len| close + len);
            if name != "comment" {
                let span = trim(text, Span::new(first, to));
                let marks = vec![Piece { kind: PieceKind::Code, span }];
                self.blocks.extend(spoken(text, BlockKind::Code, None, span, None, marks));
            }
            return after;
        }
        let mut after = optional(text, close, end);
        match name {
            "itemize" | "description" => self.lists.push(None),
            "thebibliography" => {
                self.lists.push(None);
                after = group(text, after, end);
            }
            "enumerate" => self.lists.push(Some(0)),
            "quote" | "quotation" | "verse" => {}
            _ => {}
        }
        if let Some((_, arguments)) = TABLES.iter().find(|(table, _)| *table == name) {
            for _ in 0..*arguments {
                after = group(text, optional(text, after, end), end);
            }
        }
        self.flush(at, after);
        self.quotes += usize::from(matches!(name, "quote" | "quotation" | "verse"));
        if TABLES.iter().any(|(table, _)| *table == name) {
            self.column = Some(1);
        }
        after
    }
}

/// The name of the command that a text begins with: letters and a star, or one character that is none.
fn name(rest: &str) -> &str {
    let rest = &rest[1.min(rest.len())..];
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    match rest.chars().next() {
        Some(c) if letters == 0 => &rest[..c.len_utf8()],
        _ => &rest[..letters + usize::from(rest[letters..].starts_with('*'))],
    }
}

/// Where the group in braces at `at` ends, or `at` where there is none; blanks may stand before it.
fn group(text: &str, at: usize, end: usize) -> usize {
    closed(text, at, end, b'{', b'}')
}

/// The same for the options in brackets, of which there may be two: `\cite[see][5]{a}`.
fn optional(text: &str, at: usize, end: usize) -> usize {
    let first = closed(text, at, end, b'[', b']');
    if first > at { closed(text, first, end, b'[', b']') } else { at }
}

fn closed(text: &str, at: usize, end: usize, open: u8, close: u8) -> usize {
    let start = at + text[at..end].bytes().take_while(|b| *b == b' ').count();
    let bytes = &text.as_bytes()[..end];
    if bytes.get(start) != Some(&open) {
        return at;
    }
    let (mut depth, mut escaped) = (0usize, false);
    for (offset, &byte) in bytes[start..].iter().enumerate().take(LONGEST) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b if b == open => depth += 1,
            b if b == close => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return start + offset + 1;
        }
    }
    at
}

/// The longest argument or formula that is looked for, in bytes.
const LONGEST: usize = 20_000;

/// Where the formula at `at` ends, or the byte after `at` where none does.
fn formula(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at..end];
    let rest = &rest[..rest.floor_char_boundary(LONGEST)];
    let named;
    let (open, close) = if rest.starts_with("$$") {
        (2, "$$")
    } else if rest.starts_with('$') {
        (1, "$")
    } else if rest.starts_with("\\(") {
        (2, "\\)")
    } else if rest.starts_with("\\[") {
        (2, "\\]")
    } else if let Some(name) = rest.strip_prefix("\\begin{").and_then(|rest| rest.split_once('}')) {
        named = format!("\\end{{{}}}", name.0);
        ("\\begin{".len() + name.0.len() + 1, named.as_str())
    } else {
        return at + 1;
    };
    let mut from = open;
    while let Some(found) = rest[from..].find(close) {
        let close_at = from + found;
        // a sign of money in the formula
        if close.starts_with('$') && rest[..close_at].ends_with('\\') && !rest[..close_at].ends_with("\\\\") {
            from = close_at + 1;
            continue;
        }
        // a paragraph ends a formula that is not closed
        let broken = rest[..close_at].contains("\n\n") && close.starts_with('$');
        return if broken { at + open } else { at + close_at + close.len() };
    }
    at + open
}

/// The verbatim argument at `at`: between braces, or between two of whatever mark comes first.
fn delimited(text: &str, at: usize, end: usize) -> Span {
    let from = optional(text, at, end);
    let rest = &text[from..end];
    if rest.starts_with('{') {
        let close = group(text, from, end);
        // `\mintinline{python}|code|`
        return match text[close..end].chars().next() {
            Some('|' | '!' | '+' | '{') if close > from => delimited(text, close, end),
            _ => Span::new((from + 1).min(close.max(from)), close.max(from)),
        };
    }
    let Some(mark) = rest.chars().next().filter(|c| !c.is_alphanumeric() && !c.is_whitespace()) else {
        return Span::new(from, from);
    };
    let line = rest.find('\n').unwrap_or(rest.len());
    let len = rest[mark.len_utf8()..line.max(mark.len_utf8())].find(mark);
    let close = len.map_or(from, |len| from + len + 2 * mark.len_utf8());
    Span::new((from + mark.len_utf8()).min(close), close)
}

/// Commands, formulas, references and comments in a passage.
fn inline(text: &str, span: Span) -> Vec<Piece> {
    let mut marks: Vec<Piece> = Vec::new();
    let mut at = span.start;
    let end = span.end;
    while at < end {
        let Some(found) = text[at..end].find(['\\', '%', '$', '{', '}', '~']) else { break };
        at += found;
        let mut add = |kind: PieceKind, from: usize, to: usize| {
            marks.extend((from < to).then_some(Piece { kind, span: Span::new(from, to) }));
            to
        };
        let rest = &text[at..end];
        at = match rest.as_bytes()[0] {
            b'%' => {
                // the line end and the indent behind a comment are no space
                let line = rest.find('\n').map_or(rest.len(), |len| len + 1);
                let indent = rest[line..].len() - rest[line..].trim_start_matches([' ', '\t']).len();
                add(PieceKind::Markup, at, at + line + indent)
            }
            b'$' => {
                let to = formula(text, at, end);
                let kind = if to > at + 2 { PieceKind::Code } else { PieceKind::Markup };
                add(kind, at, to)
            }
            b'{' | b'}' | b'~' => add(PieceKind::Markup, at, at + 1),
            _ => command(text, at, end, &mut add),
        };
    }
    with_prose(span, marks)
}

/// Marks the command at `at`, and gives where its marks end.
fn command(
    text: &str,
    at: usize,
    end: usize,
    add: &mut impl FnMut(PieceKind, usize, usize) -> usize,
) -> usize {
    use PieceKind::{Code, Markup, Target};
    let name = name(&text[at..end]);
    let after = at + 1 + name.len();
    let bare = name.trim_end_matches('*');
    let argument = |from: usize| {
        let open = optional(text, from, end);
        (open, group(text, open, end))
    };
    if matches!(bare, "(" | "[") || bare == "begin" {
        let to = formula(text, at, end);
        return add(if to > after + 1 { Code } else { Markup }, at, to.max(after));
    }
    // `\%`, `\&`: the character itself is meant
    if name.len() == 1 && "%&_#${}".contains(name) {
        add(Markup, at, at + 1);
        return after;
    }
    if DELIMITED.contains(&bare) {
        let inner = delimited(text, after, end);
        // the mark that ends it is any character
        let mark = text[inner.range()].chars().next_back().map_or(0, char::len_utf8);
        let close = inner.end - mark;
        add(Markup, at, inner.start);
        add(Code, inner.start, close);
        return add(Markup, close, inner.end).max(after);
    }
    let (open, close) = argument(after);
    if REFERENCES.contains(&bare) {
        return add(Code, at, close.max(after));
    }
    // the name of a place, as the anchor of a heading
    if bare == "label" {
        return add(Markup, at, close.max(after));
    }
    if DEFINITIONS.contains(&bare) {
        let mut to = after;
        if let Some(own) = text[to..end].strip_prefix('\\') {
            to += 1 + own.bytes().take_while(u8::is_ascii_alphabetic).count();
        }
        for _ in 0..2 {
            to = argument(to).1;
        }
        return add(Markup, at, to);
    }
    if (TARGETS.contains(&bare) || CODE.contains(&bare)) && close > open + 1 {
        add(Markup, at, open + 1);
        add(if CODE.contains(&bare) { Code } else { Target }, open + 1, close - 1);
        return add(Markup, close - 1, close);
    }
    if let Some((_, arguments)) = FORM.iter().find(|(form, _)| *form == name) {
        let mut to = after;
        for _ in 0..*arguments {
            to = argument(to).1;
        }
        let to = to.max(open);
        return add(Markup, at, to);
    }
    // what a macro of the author stands for is said nowhere else
    let alone =
        !text[open..end].starts_with('{') && name.len() > 1 && name.bytes().all(|b| b.is_ascii_alphabetic());
    let own = alone && !KNOWN.contains(&bare);
    add(if own { Code } else { Markup }, at, if own { after } else { open })
}

/// Commands without arguments that every LaTeX has, and that stand for a letter or a mark.
const KNOWN: [&str; 20] = [
    "LaTeX",
    "TeX",
    "textbackslash",
    "textasciitilde",
    "textasciicircum",
    "ss",
    "ae",
    "oe",
    "aa",
    "o",
    "l",
    "i",
    "j",
    "S",
    "P",
    "dag",
    "copyright",
    "pounds",
    "item",
    "bibitem",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_brought_in_are_named() {
        let text = "\\begin{document}\n\\input{one} words\n\n% \\input{no}\n\\include{parts/two.tex}\n\n\
                    \\includegraphics{map}\n\\begin{verbatim}\n\\input{no}\n\\end{verbatim}\n\\subfile{three}\n";
        assert_eq!(brought_in(text), ["one", "parts/two.tex", "three"]);
    }
}
