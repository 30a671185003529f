//! What the parser is to read in place of a text, byte for byte as long, so that its spans are those of the text.

use std::borrow::Cow;

use crate::read::spans::line_spans;
use crate::text::Span;

/// A text as the parser is to see it.
pub(super) struct View<'t> {
    /// What it reads.
    pub(super) text: Cow<'t, str>,
    /// Titles that it will not see, in order.
    pub(super) titles: Vec<Span>,
}

/// Makes line feeds of lone carriage returns, which the parser knows for line ends in some places and not in others;
/// quotations of the admonitions and tabs of Python-Markdown (`!!! note "Title"`, `=== "Tab"`), whose indented
/// content it would read as code; list items of the definitions of terms (`: what it is`); and blanks of the fences
/// of directives of MyST whose content is prose.
pub(super) fn view(text: &str) -> View<'_> {
    let lone = |at: usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    let returns = text.match_indices('\r').any(|(at, _)| lone(at));
    let admonitions = ["!!! ", "???", "=== \"", "\n: ", "\n:\t"].iter().any(|mark| text.contains(mark));
    let fenced = ["```{", "~~~{", ":::{"].iter().any(|mark| text.contains(mark));
    if !returns && !admonitions && !fenced {
        return View { text: Cow::Borrowed(text), titles: Vec::new() };
    }
    let line_end = |(at, c): (usize, char)| if c == '\r' && lone(at) { '\n' } else { c };
    let mut view: String = text.char_indices().map(line_end).collect();
    let mut titles = Vec::new();
    if admonitions {
        let (changed, found) = quoted(view);
        (view, titles) = (changed, found);
    }
    if fenced {
        let (changed, found) = unfenced(&view);
        view = changed;
        titles.extend(found);
        titles.sort();
    }
    View { text: Cow::Owned(view), titles }
}

/// The text with admonitions as quotations, and the titles of these; and with definitions as list items.
fn quoted(text: String) -> (String, Vec<Span>) {
    let lines: Vec<Span> = line_spans(&text).collect();
    let mut out = String::with_capacity(text.len());
    let mut titles = Vec::new();
    // Where the content of each open admonition begins to be indented, the outermost first.
    let mut open: Vec<usize> = Vec::new();
    let mut fence: Option<&str> = None;
    for (index, line) in lines.iter().enumerate() {
        out.push_str(&text[out.len()..line.start]);
        let slice = &text[line.range()];
        let content = slice.trim_start_matches(' ');
        let indent = slice.len() - content.len();
        if content.trim().is_empty() {
            continue;
        }
        while open.last().is_some_and(|outer| indent < outer + 4) {
            open.pop();
            fence = None;
        }
        let opens = fence.is_none()
            && is_admonition(content)
            && (is_bare(content)
                || lines[index + 1..]
                    .iter()
                    .map(|next| &text[next.range()])
                    .find(|next| !next.trim().is_empty())
                    .is_some_and(|next| next.len() - next.trim_start_matches(' ').len() >= indent + 4));
        let mut seen = slice.as_bytes()[..indent].to_vec();
        for &outer in &open {
            seen[outer] = b'>';
        }
        out.extend(seen.into_iter().map(char::from));
        if opens {
            if let Some(title) = title(content) {
                titles.push(Span::new(
                    line.end - content.len() + title.start,
                    line.end - content.len() + title.end,
                ));
            }
            out.extend(std::iter::repeat_n(' ', content.len()));
            open.push(indent);
            continue;
        }
        match content.strip_prefix(':') {
            Some(words) if fence.is_none() && words.starts_with([' ', '\t']) && index > 0 => {
                out.push('-');
                out.push_str(words);
            }
            _ => out.push_str(content),
        }
        let mark = ["```", "~~~"].into_iter().find(|mark| content.starts_with(mark));
        fence = match (fence, mark) {
            (None, mark) => mark,
            (Some(own), Some(mark)) if own == mark => None,
            (own, _) => own,
        };
    }
    out.push_str(&text[out.len()..]);
    (out, titles)
}

/// `!!! note`, `??? tip "Title"`, `???+ tip`, `=== "Tab"`.
fn is_admonition(line: &str) -> bool {
    let named = line
        .strip_prefix("!!! ")
        .or_else(|| line.strip_prefix("???+ "))
        .or_else(|| line.strip_prefix("??? "));
    match named {
        // names, and a title in quotation marks
        Some(rest) => {
            let (names, title) =
                rest.split_once('"').map_or((rest, None), |(names, title)| (names, Some(title)));
            let named = names.chars().all(|c| c.is_alphanumeric() || "-_ ".contains(c));
            let ends = title.is_none_or(|title| title.trim_end().ends_with('"'));
            named && ends && !rest.trim().is_empty()
        }
        None => line.starts_with("=== \"") && line.trim_end().len() > 5 && line.trim_end().ends_with('"'),
    }
}

/// `!!! note`, `!!! note "Title"`: an admonition even without content.
fn is_bare(line: &str) -> bool {
    let name = line.trim_start_matches(['!', '?', '+']).split('"').next().unwrap_or_default().trim();
    !line.starts_with("===") && !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase())
}

/// Where the title of a tab stands, if it says anything. An admonition has one of its own accord, in the language of
/// the site, so that one version often writes what the other leaves to the program: that is not read.
fn title(line: &str) -> Option<Span> {
    if !line.starts_with("===") {
        return None;
    }
    let start = line.find('"')? + 1;
    let end = start + line[start..].rfind('"')?;
    let (inner, mut span) = (&line[start..end], Span::new(start, end));
    span.start += inner.len() - inner.trim_start().len();
    span.end -= inner.len() - inner.trim_end().len();
    inner.chars().any(char::is_alphanumeric).then_some(span)
}

/// Directives of MyST with prose in them; of the others the content is verbatim, or there is none.
const SPOKEN: [&str; 27] = [
    "note",
    "warning",
    "tip",
    "important",
    "caution",
    "danger",
    "hint",
    "attention",
    "error",
    "seealso",
    "admonition",
    "topic",
    "sidebar",
    "margin",
    "epigraph",
    "dropdown",
    "details",
    "tab-set",
    "tab-item",
    "card",
    "grid",
    "grid-item",
    "grid-item-card",
    "versionadded",
    "versionchanged",
    "deprecated",
    "todo",
];
/// Those of them that bear a title of their own.
const TITLED: [&str; 7] =
    ["admonition", "topic", "sidebar", "dropdown", "tab-item", "card", "grid-item-card"];

/// The text without the fences of directives whose content is prose, and without their options; and their titles.
fn unfenced(text: &str) -> (String, Vec<Span>) {
    let mut out = String::with_capacity(text.len());
    let mut titles = Vec::new();
    // the mark of each open fence and its length, the outermost first; and that of a fence with code in it
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut verbatim: Option<(char, usize)> = None;
    // whether options may come next: lines of their own, or lines between two of dashes
    let mut options: Option<bool> = None;
    for line in line_spans(text) {
        out.push_str(&text[out.len()..line.start]);
        let slice = &text[line.range()];
        let content = slice.trim();
        let mark = content.chars().next().filter(|c| "`~:".contains(*c)).unwrap_or(' ');
        let count = content.chars().take_while(|c| *c == mark).count();
        let rest = &content[count.min(content.len())..];
        let is_fence = mark != ' ' && count >= 3;
        let mut blank = false;
        match (verbatim, options) {
            (Some((own, len)), _) => {
                if is_fence && own == mark && count >= len && rest.is_empty() {
                    verbatim = None;
                }
            }
            (None, Some(dashed)) if content == "---" => {
                options = if dashed { None } else { Some(true) };
                blank = true;
            }
            (None, Some(dashed)) if dashed || content.starts_with(':') && !is_fence => blank = true,
            (None, _) => {
                options = None;
                let name = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
                if is_fence
                    && rest.is_empty()
                    && open.last().is_some_and(|&(own, len)| own == mark && count >= len)
                {
                    open.pop();
                    blank = true;
                } else if let Some((name, title)) = name.filter(|_| is_fence) {
                    if SPOKEN.contains(&name) || !name.is_ascii() {
                        open.push((mark, count));
                        options = Some(false);
                        blank = true;
                        let title = title.trim();
                        if TITLED.contains(&name) && title.contains(char::is_alphanumeric) {
                            let end = line.start + slice.trim_end().len();
                            titles.push(Span::new(end - title.len(), end));
                        }
                    } else if mark != ':' {
                        verbatim = Some((mark, count));
                    }
                } else if is_fence && mark != ':' {
                    verbatim = Some((mark, count));
                }
            }
        }
        match blank {
            true => out.extend(std::iter::repeat_n(' ', slice.len())),
            false => out.push_str(slice),
        }
    }
    out.push_str(&text[out.len()..]);
    (out, titles)
}
