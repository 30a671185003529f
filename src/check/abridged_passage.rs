//! Translations that say that they left something out.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Category, Check, Context, Evidence, Fault, Findings, Severity, Side, id, message};
use crate::lexicon::is_han;
use crate::meaning::own;
use crate::text::{BlockKind, Lang, PieceKind, Span};
use crate::words::words;

pub(super) static CHECK: Check = Check {
    name: "abridged-passage",
    title: id!("abridged-passage"),
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "the translation says that it left something out",
    docs: r#"
        "(omitted)", "[rest unchanged]", "TODO: translate", （下略）: whoever translated, a person in a hurry or a
        program, stopped here and said so. The check looks for such a statement that stands by itself in the
        translation, as a sentence, in brackets or in a comment, where the original says nothing of the kind.

        It leaves alone sentences that speak of leaving something out (“this parameter can be omitted”, 可省略), and
        statements that the original makes too.

        ```fires
        zh: 各国应当尊重彼此的网络主权。各国不得利用网络干涉他国内政。
        en: States should respect each other's sovereignty in cyberspace. (remainder omitted)
        ```

        ```fires
        en: The agency publishes a report every year. It also keeps a register of all incidents.
        zh: 该机构每年发布一份报告。（以下省略）
        ```

        ```passes
        zh: 该参数可以省略。其余条款略。
        en: This parameter can be omitted. The remaining clauses are omitted.
        ```

        ```passes
        en: The optional fields may be omitted, and the rest is unchanged when the form is saved again.
        zh: 可选字段可省略；再次保存表单时，其余字段保持不变。
        ```
    "#,
    run,
};

/// What a word does in a statement of omission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Omission,
    Filler,
}

/// Words with what they do.
type Words = Vec<(&'static str, Role)>;

/// The words that such statements are made of, by language and first character, the longest first.
static WORDS: LazyLock<BTreeMap<(&str, char), Words>> = LazyLock::new(|| {
    let mut words: BTreeMap<(&str, char), Words> = BTreeMap::new();
    for line in include_str!("omission_words.tsv").lines() {
        let mut fields = line.split('\t');
        let (Some(lang), Some(role), Some(word)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        let role = if role == "omission" { Role::Omission } else { Role::Filler };
        let Some(first) = word.chars().next() else { continue };
        words.entry((lang, first)).or_default().push((word, role));
    }
    for list in words.values_mut() {
        list.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }
    words
});

/// Roots that show that the original speaks of an omission as well.
const ROOTS: &[&str] = words!("omission");

fn run(context: &Context, findings: &mut Findings) {
    let document = context.document(Side::Target);
    for (at, block) in document.blocks.iter().enumerate() {
        let comment = block.kind == BlockKind::Comment;
        if !block.kind.is_prose() && !comment {
            continue;
        }
        let units: Vec<Span> = match comment {
            true => vec![block.span],
            false => {
                document.sentences[block.sentences.clone()].iter().map(|sentence| sentence.span).collect()
            }
        };
        let said = LazyCell::new(|| original_says_so(context, at));
        for unit in units {
            let verbatim = document.pieces_in(at, unit).any(|piece| piece.kind == PieceKind::Code);
            let stated = candidates(document.slice(unit)).into_iter().find(|candidate| {
                let text = &document.slice(unit)[candidate.range()];
                !(verbatim && candidate.len() == unit.len())
                    && states_omission(text, document.lang, candidate.len() < unit.len())
            });
            let Some(stated) = stated else { continue };
            let here = Span::new(unit.start + stated.start, unit.start + stated.end);
            if *said {
                continue;
            }
            findings.add(Fault {
                source: source_of(context, at),
                target: Some(here),
                message: message!("abridged-passage-says-so", text = document.slice(here).trim()),
                confidence: 0.9,
                severity: None,
                evidence: vec![Evidence {
                    side: Side::Target,
                    span: here,
                    note: message!("abridged-passage-incomplete"),
                }],
            });
        }
    }
}

/// Whether what corresponds to a block of the target, or stands beside that, speaks of an omission.
fn original_says_so(context: &Context, block: usize) -> bool {
    let links = &context.bitext().alignment.blocks;
    let at = context.block_link(Side::Target, block);
    let near = &links[at.saturating_sub(1)..(at + 2).min(links.len())];
    let document = context.document(Side::Source);
    near.iter().flat_map(|link| &link.source).any(|&block| {
        let text = document.slice(document.blocks[block].span).to_lowercase();
        ROOTS.iter().any(|root| text.contains(root))
    })
}

/// The source of a block of the target, or the gap where it would stand.
fn source_of(context: &Context, block: usize) -> Option<Span> {
    let link = &context.bitext().alignment.blocks[context.block_link(Side::Target, block)];
    context.span_of_blocks(Side::Source, own(link, Side::Source)).or_else(|| {
        let at = context.counterpart(Side::Target, context.document(Side::Target).blocks[block].span.start);
        Some(Span::new(at, at))
    })
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '<' | '{' | '（' | '［' | '【' | '〔' | '〈')
}

fn closes(c: char) -> bool {
    matches!(c, ')' | ']' | '>' | '}' | '）' | '］' | '】' | '〕' | '〉')
}

/// What may be a statement of its own in a sentence: what stands in brackets, and the whole.
fn candidates(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        if opens(c) {
            open = Some(at);
        } else if closes(c)
            && let Some(start) = open.take()
        {
            found.push(Span::new(start, at + c.len_utf8()));
        }
    }
    found.push(Span::new(0, text.len()));
    found
}

/// Whether a text is nothing but the statement that something is left out. A word alone says so only in brackets.
fn states_omission(text: &str, lang: Lang, bracketed: bool) -> bool {
    let beginning = |first: char| WORDS.get(&(lang.as_str(), first)).map_or(&[][..], Vec::as_slice);
    let text = text.trim();
    // most texts begin with another word, and need not be looked at further
    let first = text.chars().flat_map(char::to_lowercase).find(|c| c.is_alphanumeric());
    if first.is_none_or(|first| beginning(first).is_empty()) {
        return false;
    }
    let bracketed = bracketed || text.starts_with(opens) && text.ends_with(closes);
    let dotted = text.starts_with("...") || text.starts_with('…');
    let plain: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(if lang == Lang::ZH { "" } else { " " });
    if plain.is_empty() || plain.len() > LONGEST {
        return false;
    }
    let (mut rest, mut omissions, mut fillers) = (plain.as_str(), 0, 0);
    while !rest.is_empty() {
        let next = rest.chars().next().map_or(&[][..], beginning).iter().find_map(|&(word, role)| {
            let after = rest.strip_prefix(word)?;
            let whole = word.starts_with(is_han) || after.is_empty() || after.starts_with(' ');
            whole.then_some((after.trim_start(), role, word))
        });
        match next {
            Some((after, Role::Omission, word)) => {
                omissions += 1;
                // a phrase of several words says enough by itself
                fillers += usize::from(word.contains(' ') || word.chars().filter(|&c| is_han(c)).count() > 2);
                rest = after;
            }
            Some((after, Role::Filler, _)) => {
                fillers += 1;
                rest = after;
            }
            None => return false,
        }
    }
    omissions > 0 && (fillers > 0 || bracketed || dotted)
}

/// The longest statement that is looked for, in bytes.
const LONGEST: usize = 160;
