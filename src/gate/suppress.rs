//! Findings that somebody said are meant to be so, and why: in a document, for a passage or all of it, or in the
//! settings, for some files.

use std::collections::BTreeSet;

use crate::align::Bitext;
use crate::check::{self, Finding, Side, Status};
use crate::error::{Error, ErrorKind};
use crate::message::{Message, message};
use crate::read::{self, Remark};
use crate::report::Unused;
use crate::report::lines::Lines;
use crate::text::{Document, Span};

/// What is suppressed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The names of the checks.
    pub checks: Vec<&'static str>,
    /// Why.
    pub reason: String,
    /// The file that says so.
    pub path: String,
    /// The line on which it does, from 1.
    pub line: usize,
}

impl Rule {
    /// How the report tells of it when it matches nothing.
    pub fn unused(&self) -> Unused {
        Unused {
            path: self.path.clone(),
            line: self.line,
            checks: self.checks.clone(),
            reason: self.reason.clone(),
        }
    }
}

/// What suppressing came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Suppressed {
    /// Which of the rules that came from outside the pair matched, by their places in the list.
    pub matched: BTreeSet<usize>,
    /// The rules of the two documents that match nothing, in order.
    pub unused: Vec<Rule>,
}

/// Suppresses the findings of a pair that a remark in one of its documents, or one of the `rules` that hold for the
/// pair as a whole, is meant for: their status and the reason are set.
///
/// A remark `allow CHECK, CHECK: REASON` is meant for the block it stands in, or else for the one that comes next,
/// with what is linked to it and with what is missing before it; `allow-file` for the whole pair.
///
/// # Errors
/// When a remark cannot be understood; with its line.
pub fn suppress(bitext: &Bitext, findings: &mut [Finding], rules: &[&Rule]) -> Result<Suppressed, Error> {
    let mut told = Suppressed::default();
    for (rule, scope) in remarks(bitext)? {
        if !apply(&rule, &scope, findings) {
            told.unused.push(rule);
        }
    }
    for (at, rule) in rules.iter().enumerate() {
        if apply(rule, &Scope::Pair, findings) {
            told.matched.insert(at);
        }
    }
    Ok(told)
}

/// For what a rule is meant.
enum Scope {
    /// Both documents.
    Pair,
    /// These places in the original and in the translation.
    Places([Vec<Span>; 2]),
}

impl Scope {
    fn holds(&self, finding: &Finding) -> bool {
        let Scope::Places(places) = self else { return true };
        [(finding.source, &places[0]), (finding.target, &places[1])].into_iter().any(|(span, places)| {
            let within = |place: &Span, span: Span| match span.is_empty() {
                true => place.start <= span.start && span.end <= place.end,
                false => place.overlaps(span),
            };
            span.is_some_and(|span| places.iter().any(|place| within(place, span)))
        })
    }
}

/// Suppresses what the rule is meant for; whether there was anything. The first reason stays.
fn apply(rule: &Rule, scope: &Scope, findings: &mut [Finding]) -> bool {
    let mut any = false;
    for finding in findings.iter_mut() {
        if rule.checks.contains(&finding.check) && scope.holds(finding) {
            any = true;
            finding.status = Status::Suppressed;
            finding.suppression.get_or_insert_with(|| rule.reason.clone());
        }
    }
    any
}

fn document(bitext: &Bitext, side: Side) -> &Document {
    match side {
        Side::Source => &bitext.source,
        Side::Target => &bitext.target,
    }
}

/// The rules that the documents hold. Where both are one file, a remark is met once, on the side of the block that
/// comes first after it.
fn remarks(bitext: &Bitext) -> Result<Vec<(Rule, Scope)>, Error> {
    let one_file = bitext.source.path == bitext.target.path && bitext.source.text == bitext.target.text;
    let mut found = Vec::new();
    for side in [Side::Source, Side::Target] {
        let own = document(bitext, side);
        let all = read::remarks(own);
        if all.is_empty() || one_file && side == Side::Target {
            continue;
        }
        let lines = Lines::new(&own.text);
        let mut followed: Option<(String, usize)> = None;
        for remark in all {
            let line = lines.position(remark.span.start).line;
            let fail = |what| Error::new(&own.path, ErrorKind::Content { line, what });
            if let Some(hash) = read::followed(own.slice(remark.body)) {
                let hash = hash.map_err(fail)?;
                if let Some((other, first)) = followed.replace((hash.clone(), line))
                    && other != hash
                {
                    return Err(fail(message!("remark-two-states", line = first.to_string())));
                }
                continue;
            }
            let (pair, checks, reason) = understood(own.slice(remark.body)).map_err(fail)?;
            let side = if one_file { nearer(bitext, remark) } else { side };
            let scope = if pair { Scope::Pair } else { Scope::Places(places(bitext, side, remark)) };
            found.push((Rule { checks, reason, path: own.path.clone(), line }, scope));
        }
    }
    Ok(found)
}

/// Reads `allow CHECK, CHECK: REASON`: whether it holds for the whole pair, the checks, the reason.
fn understood(body: &str) -> Result<(bool, Vec<&'static str>, String), Message> {
    let (verb, rest) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
    let pair = match verb.trim_end_matches(':') {
        "allow" => false,
        "allow-file" => true,
        _ => return Err(message!("remark-unknown", verb = verb)),
    };
    let (names, reason) = rest.split_once([':', '：']).unwrap_or((rest, ""));
    let names = names.split([',', '，', '、']).map(str::trim).filter(|name| !name.is_empty());
    let checks: Vec<&'static str> = names
        .map(|name| check::find(name).map(|check| check.name))
        .collect::<Result<_, _>>()
        .map_err(|error| error.message())?;
    if checks.is_empty() {
        return Err(message!("remark-no-check"));
    }
    match reason.split_whitespace().collect::<Vec<_>>().join(" ") {
        reason if reason.is_empty() => Err(message!("remark-no-reason")),
        reason => Ok((pair, checks, reason)),
    }
}

/// The block that a remark stands in, or else the one that comes next.
fn block_of(document: &Document, remark: Remark) -> Option<usize> {
    let at = document.blocks.partition_point(|block| block.span.end <= remark.span.start);
    (at < document.blocks.len()).then_some(at)
}

fn nearer(bitext: &Bitext, remark: Remark) -> Side {
    let start = |document: &Document| {
        block_of(document, remark).map_or(usize::MAX, |block| document.blocks[block].span.start)
    };
    if start(&bitext.source) <= start(&bitext.target) { Side::Source } else { Side::Target }
}

/// The block that a remark is meant for, from where the block before it ends, and what is linked to it.
fn places(bitext: &Bitext, side: Side, remark: Remark) -> [Vec<Span>; 2] {
    let own = document(bitext, side);
    let block = block_of(own, remark);
    let next = block.unwrap_or(own.blocks.len());
    let from = next.checked_sub(1).map_or(0, |before| own.blocks[before].span.end);
    let to = block.map_or(own.text.len(), |block| own.blocks[block].span.end);
    let mut places = [Vec::new(), Vec::new()];
    places[side as usize].push(Span::new(from, to));
    let other = document(bitext, side.other());
    for link in &bitext.alignment.blocks {
        let (here, there) = match side {
            Side::Source => (&link.source, &link.target),
            Side::Target => (&link.target, &link.source),
        };
        if block.is_some_and(|block| here.contains(&block)) {
            places[side.other() as usize].extend(there.iter().map(|&at| other.blocks[at].span));
        }
    }
    places
}
