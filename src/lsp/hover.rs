//! What the editor shows of a finding when somebody points at it: what the check looks at, and what stands on the other
//! side.

use std::path::Path;

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position, Range};

use super::diagnostics::Shown;
use super::places::Units;
use super::workspace::Checked;
use crate::check::{self, Tongue};
use crate::manual;
use crate::meaning;
use crate::message::message;
use crate::report::Pair;
use crate::text::foreign;

/// What is to be shown of the findings at a place of a file; none where nothing is found there.
pub(super) fn hover(
    checked: &Checked,
    path: &Path,
    at: Position,
    (units, tongue): (Units, Tongue),
    kind: &MarkupKind,
) -> Option<Hover> {
    let view = checked.view(units, tongue);
    let here: Vec<Shown> = view
        .shown()
        .into_iter()
        .filter(|shown| checked.paths[shown.side as usize] == path && holds(shown.diagnostic.range, at))
        .collect();
    // the narrowest, so that it is asked again where another finding begins
    let ranges = here.iter().map(|shown| shown.diagnostic.range);
    let range =
        ranges.reduce(|own, next| if holds(own, next.start) && holds(own, next.end) { next } else { own })?;
    let mut explained: Vec<&str> = Vec::new();
    let mut parts = Vec::new();
    for shown in &here {
        let name = shown.finding.check;
        parts.extend(counterpart(&checked.pair, shown).map(|words| {
            let head = message!("lsp-counterpart", side = shown.side.other()).said(tongue);
            format!("{head}\n\n{}", quoted(&words, kind))
        }));
        if !explained.contains(&name) {
            explained.push(name);
            parts.extend(check::CHECKS.iter().find(|check| check.name == name).map(|check| {
                let title = check.title.said(tongue);
                let prose = manual::prose(check, tongue);
                match kind {
                    MarkupKind::Markdown => format!("**{name}** · {title}\n\n{prose}"),
                    MarkupKind::PlainText => format!("{name} · {title}\n\n{prose}"),
                }
            }));
        }
    }
    let rule = if *kind == MarkupKind::Markdown { "\n\n---\n\n" } else { "\n\n" };
    let value = parts.join(rule);
    let contents = HoverContents::Markup(MarkupContent { kind: kind.clone(), value });
    (!parts.is_empty()).then_some(Hover { contents, range: Some(range) })
}

fn holds(range: Range, at: Position) -> bool {
    range.start <= at && at <= range.end
}

/// The sentences of the other side that belong to those in which a finding is; none where nothing does.
fn counterpart(pair: &Pair, shown: &Shown) -> Option<String> {
    let (own, other) = (pair.document(shown.side), pair.document(shown.side.other()));
    let touched = |at: &usize| {
        let span = own.sentences[*at].span;
        span.overlaps(shown.span) || span.contains(shown.span)
    };
    let links = pair.bitext.alignment.sentences.iter();
    let mut found: Vec<usize> = links
        .filter(|link| meaning::own(link, shown.side).iter().any(touched))
        .flat_map(|link| meaning::own(link, shown.side.other()))
        .copied()
        .collect();
    found.sort_unstable();
    found.dedup();
    let sentences: Vec<String> =
        found.iter().take(MANY).map(|&at| other.words(other.sentences[at].span).into_owned()).collect();
    (!sentences.is_empty()).then(|| sentences.join("\n"))
}

/// So many sentences of the other side are shown at the most.
const MANY: usize = 5;

/// Words of a document, which may hold anything, where nothing in them is taken for marks.
fn quoted(words: &str, kind: &MarkupKind) -> String {
    let words = foreign::shown_lines(words);
    if *kind == MarkupKind::PlainText {
        return words;
    }
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{words}\n{fence}")
}
