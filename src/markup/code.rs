//! What two versions of a code block must share: its words and numbers, outside of comments and of strings that are prose.

use std::collections::BTreeMap;

use crate::lexicon::is_han;
use crate::text::Span;

/// A run of lines of code in which the two versions differ; spans are offsets into the two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hunk {
    /// Its lines on either side; empty where that side has none.
    pub(crate) lines: [Span; 2],
    /// The words on either side that the other side lacks.
    pub(crate) words: [Vec<Span>; 2],
}

/// Where two versions of a piece of code differ in more than comments, layout and translated strings, and the
/// share of their words that both have.
pub(crate) fn differences(source: &str, target: &str) -> (Vec<Hunk>, f64) {
    let lines = [lines(source), lines(target)];
    let texts = [source, target];
    let counts = [0, 1].map(|side: usize| count(texts[side], &lines[side]));
    let total: usize = counts.iter().flat_map(|of| of.values()).sum();
    let common: usize =
        counts[0].iter().map(|(word, n)| n.min(counts[1].get(word).unwrap_or(&0))).sum::<usize>() * 2;
    let mut hunks: Vec<Hunk> = changed(&texts, &lines)
        .into_iter()
        .map(|[from, to]| hunk(&texts, [&lines[0][from.0..from.1], &lines[1][to.0..to.1]], &counts))
        .collect();
    hunks.retain(|hunk| hunk.words.iter().any(|words| !words.is_empty()));
    (hunks, if total == 0 { 1.0 } else { common as f64 / total as f64 })
}

/// A line that holds code.
struct Line {
    span: Span,
    words: Vec<Span>,
    /// Whether it holds Chinese that is no comment: it was translated.
    han: bool,
}

/// What goes on from one line to the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Code,
    Comment(&'static str),
}

/// Comments that run over several lines, with the marks that close them.
const LONG_COMMENTS: [(&str, &str); 4] =
    [("/*", "*/"), ("<!--", "-->"), ("\"\"\"", "\"\"\""), ("'''", "'''")];

/// Marks that make the rest of a line a comment when white space, or nothing, stands before them.
const COMMENTS: [&str; 6] = ["//", "#", "-- ", ";;", "% ", "REM "];

fn lines(text: &str) -> Vec<Line> {
    let mut inside = Inside::Code;
    let mut lines = Vec::new();
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        let line = read(text, Span::new(start, start + raw.trim_end().len()), &mut inside);
        if !line.words.is_empty() || line.han {
            lines.push(line);
        }
        start += raw.len();
    }
    lines
}

fn read(text: &str, span: Span, inside: &mut Inside) -> Line {
    let mut line = Line { span, words: Vec::new(), han: false };
    let mut at = span.start;
    while at < span.end {
        let rest = &text[at..span.end];
        if let Inside::Comment(close) = *inside {
            let Some(end) = rest.find(close) else { break };
            at += end + close.len();
            *inside = Inside::Code;
            continue;
        }
        let fresh = at == span.start || text[..at].ends_with(char::is_whitespace);
        if fresh && COMMENTS.iter().any(|mark| rest.starts_with(mark)) {
            break;
        }
        if let Some((open, close)) = LONG_COMMENTS.iter().find(|(open, _)| rest.starts_with(open)) {
            at += open.len();
            *inside = Inside::Comment(close);
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        let len = match c {
            // a comment after code, as in `x = 1 //…`, may touch it; an address does not begin so
            '/' if rest.starts_with("//") && !text[..at].ends_with(':') => break,
            '"' | '\'' | '`' => match prose_string(rest, c) {
                Some((len, han)) => {
                    line.han |= han;
                    len
                }
                None => c.len_utf8(),
            },
            _ if is_han(c) => {
                line.han = true;
                c.len_utf8()
            }
            _ if is_word(c) => {
                let len = word(rest);
                line.words.push(Span::new(at, at + len));
                len
            }
            _ => c.len_utf8(),
        };
        at += len;
    }
    line
}

/// The length of a string that is prose, and whether that is Chinese: it holds white space or Chinese.
fn prose_string(text: &str, quote: char) -> Option<(usize, bool)> {
    let inner = &text[quote.len_utf8()..];
    let len = inner.find(quote)?;
    let inner = &inner[..len];
    let han = inner.contains(is_han);
    (han || inner.contains(char::is_whitespace)).then_some((len + 2 * quote.len_utf8(), han))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn word(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let joins = matches!(c, '.' | '-') && next.is_some_and(|next| is_word(next) && !is_han(next));
        if is_han(c) || !is_word(c) && !joins {
            return at;
        }
    }
    text.len()
}

fn count<'t>(text: &'t str, lines: &[Line]) -> BTreeMap<&'t str, usize> {
    let mut counts = BTreeMap::new();
    for word in lines.iter().flat_map(|line| &line.words) {
        *counts.entry(&text[word.range()]).or_insert(0) += 1;
    }
    counts
}

/// The largest table of lines against lines that is filled in.
const LARGEST: usize = 1 << 21;

/// The runs of lines that differ: ranges of lines of either side.
fn changed(texts: &[&str; 2], lines: &[Vec<Line>; 2]) -> Vec<[(usize, usize); 2]> {
    // lines with the same words get the same number
    let mut numbers: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    let mut number = |side: usize, line: &Line| {
        let next = numbers.len();
        let words: Vec<&str> = line.words.iter().map(|word| &texts[side][word.range()]).collect();
        *numbers.entry(words).or_insert(next)
    };
    let numbered: [Vec<usize>; 2] =
        [0, 1].map(|side: usize| lines[side].iter().map(|line| number(side, line)).collect());
    let same = |one: usize, other: usize| numbered[0][one] == numbered[1][other];
    let [from, to] = [0, 1].map(|side: usize| lines[side].len());
    let head = (0..from.min(to)).take_while(|&at| same(at, at)).count();
    let tail = (0..from.min(to) - head).take_while(|&at| same(from - 1 - at, to - 1 - at)).count();
    let (n, m) = (from - head - tail, to - head - tail);
    if n == 0 && m == 0 {
        return Vec::new();
    }
    if n * m > LARGEST {
        return vec![[(head, from - tail), (head, to - tail)]];
    }
    // longest common run of lines from every pair of places to the end
    let mut longest = vec![vec![0u32; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            longest[i][j] = match same(head + i, head + j) {
                true => longest[i + 1][j + 1] + 1,
                false => longest[i + 1][j].max(longest[i][j + 1]),
            };
        }
    }
    let mut runs: Vec<[(usize, usize); 2]> = Vec::new();
    let (mut i, mut j) = (0, 0);
    let mut open = (0, 0);
    loop {
        let matched = i < n && j < m && same(head + i, head + j);
        if matched || (i == n && j == m) {
            if open != (i, j) {
                runs.push([(head + open.0, head + i), (head + open.1, head + j)]);
            }
            if !matched {
                return runs;
            }
            (i, j) = (i + 1, j + 1);
            open = (i, j);
        } else if j == m || i < n && longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

fn hunk(texts: &[&str; 2], lines: [&[Line]; 2], counts: &[BTreeMap<&str, usize>; 2]) -> Hunk {
    let here = [0, 1].map(|side: usize| count(texts[side], lines[side]));
    let translated = lines.map(|lines| lines.iter().any(|line| line.han));
    let words = [0, 1].map(|side: usize| {
        let mut spare = here[1 - side].clone();
        let words = lines[side].iter().flat_map(|line| &line.words).copied();
        let mut left = Vec::new();
        for word in words {
            let text = &texts[side][word.range()];
            match spare.get_mut(text) {
                Some(n) if *n > 0 => *n -= 1,
                _ => left.push(word),
            }
        }
        left.retain(|word| {
            let text = &texts[side][word.range()];
            // a line that only moved, or was broken elsewhere
            let elsewhere = counts[side].get(text) <= counts[1 - side].get(text);
            // names in capitals and small letters may be the translation of what is Chinese on the other side
            let fixed = if translated[side] {
                is_strict(text)
            } else {
                text.contains(|c: char| c.is_ascii_digit() || c == '_')
            };
            let may_be_translated = (translated[0] || translated[1]) && !fixed;
            !elsewhere && !may_be_translated
        });
        left
    });
    let lines = [0, 1].map(|side: usize| {
        let spans = lines[side].iter().map(|line| line.span);
        spans.reduce(Span::join).unwrap_or(Span::new(0, 0))
    });
    Hunk { lines, words }
}

/// The words of a piece of code, in order, outside of comments and of strings that are prose.
pub(crate) fn words(text: &str) -> Vec<Span> {
    lines(text).into_iter().flat_map(|line| line.words).collect()
}

/// Whether a word cannot be a word of the language: it has a digit, an underscore, a dot or a capital inside.
pub(crate) fn is_strict(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit() || "_./=:$@\\<>{}()[]|&+*".contains(c))
        || word.starts_with('-')
        || word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spare(source: &str, target: &str) -> [Vec<String>; 2] {
        let (hunks, _) = differences(source, target);
        let texts = [source, target];
        [0, 1].map(|side: usize| {
            let spans = hunks.iter().flat_map(|hunk| &hunk.words[side]);
            spans.map(|span| texts[side][span.range()].to_owned()).collect()
        })
    }

    #[test]
    fn only_code_counts() {
        assert_eq!(spare("a = 1 # 一\nb(2)", "a = 1 # one thing\nb( 2 )"), [vec![""; 0], vec![]]);
        assert_eq!(spare("print('你好')", "print('Hello there')"), [vec![""; 0], vec![]]);
        assert_eq!(spare("size: 10\nname: 张三", "size: 20\nname: John"), [vec!["10"], vec!["20"]]);
        assert_eq!(spare("a\nb\nc", "a\nc\nb"), [vec![""; 0], vec![]]);
        assert_eq!(spare("get https://a.b/c", "get https://a.b/d"), [vec!["c"], vec!["d"]]);
        assert_eq!(spare("/* 说明\n更多 */ run", "/* a\nb c\n*/ run"), [vec![""; 0], vec![]]);
    }
}
