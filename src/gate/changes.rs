//! What is new since a base: the status of every finding, and the passages that went stale; and what went stale since
//! a translation was brought up to date.

use std::collections::BTreeMap;

use similar::{ChangeTag, TextDiff};
use unicode_segmentation::UnicodeSegmentation;

use super::edits::{self, Region};
use super::judge::{self, Judgement};
use super::lock::Outdated;
use crate::align::{Aligned, Link};
use crate::check::{self, Evidence, Fault, Finding, Message, Settings, Severity, Side, Status};
use crate::message::message;
use crate::text::{Document, Span};

/// A pair as it was at the base, with what was found in it.
#[derive(Debug, Clone)]
pub struct Before {
    /// The aligned pair.
    pub aligned: Aligned,
    /// Its findings.
    pub findings: Vec<Finding>,
}

/// The findings of a pair, each with its status against the base, together with the passages that an edit made
/// stale. With `strict`, edits that nothing decides are taken to have done so.
pub fn since(
    before: &Before,
    aligned: &Aligned,
    findings: Vec<Finding>,
    settings: &Settings,
    strict: bool,
) -> Vec<Finding> {
    let judged = judged(&before.aligned, aligned);
    let findings = with_status(before, aligned, findings, &judged);
    let closer = judged.iter().any(|(_, judgement)| matches!(judgement, Judgement::Closer(_)));
    let mut stale = Vec::new();
    for (region, judgement) in &judged {
        let (why, confidence) = match judgement {
            Judgement::Apart(reason) => (reason.message(), 0.9),
            Judgement::Undecided if strict || !closer => (unknown(), 0.6),
            _ => continue,
        };
        if !told(aligned, &region.new, &findings) {
            stale.extend(edited(&before.aligned, aligned, region, why, confidence));
        }
    }
    check::add_stale(findings, stale, aligned, settings)
}

/// What a translation was brought up to date with.
#[derive(Debug, Clone)]
pub enum Then {
    /// The pair as it was, aligned.
    Texts(Box<Aligned>),
    /// Its texts are not to be had; these passages are other ones now.
    Hashes(Vec<Outdated>),
    /// Nothing is known of them but that they were others.
    Other,
}

/// Where it is recorded what a translation was brought up to date with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// In its front matter, which names a commit.
    FrontMatter {
        /// The key.
        key: String,
        /// The commit, as it is named there.
        commit: String,
    },
    /// In a remark in the translation, which names the hash of the original.
    Remark {
        /// The hash that it names, in hexadecimal digits.
        then: String,
        /// That of the original as it is now.
        now: String,
    },
    /// In a lock file of this name.
    Lock(String),
}

impl Recorded {
    /// That the original changed since then: what of it, if that can be shown, and why the translation is behind.
    fn message(&self, changed: Option<&str>, why: Message) -> Message {
        let (since, advice) = match self {
            Recorded::FrontMatter { key, commit } => {
                (message!("stale-since-commit", key = key, commit = commit), message!("stale-name-commit"))
            }
            Recorded::Remark { then, now } => (
                message!("stale-since-state", state = start(then)),
                message!("stale-write-state", state = now),
            ),
            Recorded::Lock(name) => (message!("stale-since-lock", name = name), message!("stale-run-sync")),
        };
        match changed {
            Some(changed) => {
                message!("stale-shown", since = since, advice = advice, changed = changed, why = why)
            }
            None => message!("stale", since = since, advice = advice, why = why),
        }
    }
}

/// The digits of a hash that are enough to know it by.
fn start(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// The findings of a pair together with the passages of the original that changed since the translation was brought
/// up to date, and which it does not follow.
pub fn stale(
    then: &Then,
    recorded: &Recorded,
    aligned: &Aligned,
    findings: Vec<Finding>,
    settings: &Settings,
) -> Vec<Finding> {
    let mut stale = Vec::new();
    match then {
        Then::Texts(before) => {
            let judged = judged(before, aligned);
            let of_source = |region: &Region| !region.hunks[Side::Source as usize].is_empty();
            for (region, judgement) in judged.iter().filter(|(region, _)| of_source(region)) {
                let (why, confidence) = match judgement {
                    Judgement::Apart(reason) => (reason.message(), 0.9),
                    Judgement::Undecided => (unknown(), 0.6),
                    Judgement::Closer(_) | Judgement::Level(_) => continue,
                };
                if told(aligned, &region.new, &findings) {
                    continue;
                }
                let message = |changed: &str| recorded.message(Some(changed), why);
                stale.extend(fault(before, aligned, region, Side::Source, message, confidence));
            }
        }
        Then::Other => stale.push(whole(recorded, aligned)),
        Then::Hashes(outdated) => {
            for Outdated { source, target } in outdated {
                let blocks = [source.clone(), target.clone()];
                if told(aligned, &blocks, &findings) {
                    continue;
                }
                let why = match source.is_empty() {
                    true => message!("stale-gone"),
                    false => message!("stale-as-it-was"),
                };
                let of = |side: Side| {
                    let (document, blocks) = (document(aligned, side), &blocks[side as usize]);
                    let first = document.blocks[*blocks.first()?].span;
                    Some(first.join(document.blocks[*blocks.last()?].span))
                };
                stale.push(Fault {
                    source: of(Side::Source),
                    target: of(Side::Target),
                    message: recorded.message(None, why),
                    confidence: 0.7,
                    severity: None,
                    evidence: Vec::new(),
                });
            }
        }
    }
    check::add_stale(findings, stale, aligned, settings)
}

/// What is said of a pair as a whole, where its first passages stand.
fn whole(recorded: &Recorded, aligned: &Aligned) -> Fault {
    let first = |side: Side| document(aligned, side).blocks.first().map(|block| block.span);
    Fault {
        source: first(Side::Source),
        target: first(Side::Target),
        message: recorded.message(None, message!("stale-unknown-to-git")),
        confidence: 0.7,
        severity: None,
        evidence: Vec::new(),
    }
}

fn unknown() -> Message {
    message!("apart-unknown")
}

/// The regions that changed between two states of a pair, with what became of each.
fn judged(before: &Aligned, aligned: &Aligned) -> Vec<(Region, Judgement)> {
    let regions = edits::regions(before.bitext(), aligned.bitext()).into_iter();
    regions
        .map(|region| {
            let judgement = judge::judge(before, aligned, &region);
            (region, judgement)
        })
        .collect()
}

/// Whether a grave finding that counts is about these blocks: one fault gives one finding.
fn told(aligned: &Aligned, blocks: &[Vec<usize>; 2], findings: &[Finding]) -> bool {
    let grave = |finding: &&Finding| finding.status == Status::New && finding.severity >= Severity::Major;
    findings.iter().filter(grave).any(|finding| about(aligned, blocks, finding))
}

fn document(aligned: &Aligned, side: Side) -> &Document {
    match side {
        Side::Source => &aligned.bitext().source,
        Side::Target => &aligned.bitext().target,
    }
}

const SIDES: [Side; 2] = [Side::Source, Side::Target];

fn place(finding: &Finding, side: Side) -> Option<Span> {
    match side {
        Side::Source => finding.source,
        Side::Target => finding.target,
    }
}

/// The block that an offset is in, or the one before it.
fn block_at(document: &Document, offset: usize) -> usize {
    document.blocks.partition_point(|block| block.span.start <= offset).saturating_sub(1)
}

/// Whether a place with text lies in the blocks of a region.
fn lies_in(document: &Document, blocks: &[usize], span: Span) -> bool {
    let first = block_at(document, span.start);
    let last = block_at(document, span.end.saturating_sub(1).max(span.start));
    blocks.iter().any(|block| (first..=last).contains(block))
}

/// Whether a finding is about what a region holds after the edit.
fn touches(aligned: &Aligned, region: &Region, finding: &Finding) -> bool {
    about(aligned, &region.new, finding)
}

fn about(aligned: &Aligned, blocks: &[Vec<usize>; 2], finding: &Finding) -> bool {
    SIDES.into_iter().any(|side| {
        let span = place(finding, side).filter(|span| !span.is_empty());
        span.is_some_and(|span| lies_in(document(aligned, side), &blocks[side as usize], span))
    })
}

/// The check of a finding and the words it is about.
type Identity = (&'static str, [Option<String>; 2]);

fn identity(aligned: &Aligned, finding: &Finding) -> Identity {
    let words = |side: Side| {
        let span = place(finding, side).filter(|span| !span.is_empty())?;
        Some(document(aligned, side).slice(span).split_whitespace().collect::<String>())
    };
    (finding.check, [words(Side::Source), words(Side::Target)])
}

/// The checks that look for what a region is judged by as a whole.
const PASSAGE: [&str; 4] = ["missing-passage", "added-passage", "moved-passage", "divergent-passage"];

/// Says of every finding whether it was there at the base: with the same fingerprint or the same words, or about
/// text that no edit concerns, or in the place of one as grave about the same region that is gone.
fn with_status(
    before: &Before,
    aligned: &Aligned,
    mut findings: Vec<Finding>,
    judged: &[(Region, Judgement)],
) -> Vec<Finding> {
    let mut left: Vec<Option<&Finding>> = before.findings.iter().map(Some).collect();
    let mut by_print: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_words: BTreeMap<Identity, Vec<usize>> = BTreeMap::new();
    for (at, old) in before.findings.iter().enumerate().rev() {
        by_print.entry(&old.fingerprint).or_default().push(at);
        by_words.entry(identity(&before.aligned, old)).or_default().push(at);
    }
    for finding in &mut findings {
        let known = by_print.get_mut(&*finding.fingerprint).and_then(Vec::pop);
        if let Some(at) = known {
            left[at] = None;
            finding.status = Status::Existing;
        }
    }
    for finding in findings.iter_mut().filter(|finding| finding.status == Status::New) {
        let same = by_words.get_mut(&identity(aligned, finding));
        let known = same.and_then(|same| {
            while let Some(at) = same.pop() {
                if left[at].is_some() {
                    return Some(at);
                }
            }
            None
        });
        if let Some(at) = known {
            left[at] = None;
            finding.status = Status::Existing;
        }
    }
    let mut order: Vec<usize> =
        (0..findings.len()).filter(|&at| findings[at].status == Status::New).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(findings[at].severity));
    for at in order {
        let finding = &findings[at];
        let concerned = judged.iter().find(|(region, _)| touches(aligned, region, finding));
        let Some((region, judgement)) = concerned else {
            findings[at].status = Status::Existing;
            continue;
        };
        if PASSAGE.contains(&finding.check) && !may_have_lost(aligned, region, finding) {
            findings[at].status = Status::Existing;
            continue;
        }
        // fewer passages without counterpart than before, cut otherwise
        if matches!(judgement, Judgement::Closer(_)) && PASSAGE.contains(&finding.check) {
            findings[at].status = Status::Existing;
            continue;
        }
        let as_grave = |old: &Option<&Finding>| {
            old.is_some_and(|old| {
                old.severity >= finding.severity && about(&before.aligned, &region.old, old)
            })
        };
        if let Some(gone) = left.iter().position(as_grave) {
            left[gone] = None;
            findings[at].status = Status::Existing;
        }
    }
    findings
}

/// Whether an edit can have taken from a passage its counterpart: it was edited itself, or what stood on the other
/// side was.
fn may_have_lost(aligned: &Aligned, region: &Region, finding: &Finding) -> bool {
    SIDES.into_iter().any(|side| {
        let Some(span) = place(finding, side).filter(|span| !span.is_empty()) else { return false };
        let edited: Vec<usize> =
            region.hunks[side as usize].iter().flat_map(|hunk| hunk.new.clone()).collect();
        lies_in(document(aligned, side), &edited, span)
            || region.hunks[side.other() as usize].iter().any(|hunk| !hunk.old.is_empty())
    })
}

/// The finding for a region whose sides an edit took apart.
fn edited(
    before: &Aligned,
    aligned: &Aligned,
    region: &Region,
    why: Message,
    confidence: f64,
) -> Option<Fault> {
    let side = SIDES.into_iter().find(|&side| !region.hunks[side as usize].is_empty())?;
    let both = SIDES.into_iter().all(|side| !region.hunks[side as usize].is_empty());
    let message = |changed: &str| match both {
        true => message!("changed-both", changed = changed, why = why),
        false => message!("changed-one", side = side, other = side.other(), changed = changed, why = why),
    };
    fault(before, aligned, region, side, message, confidence)
}

/// The finding for a region that changed on that side; its message is made from what changed, shown inline.
fn fault(
    before: &Aligned,
    aligned: &Aligned,
    region: &Region,
    side: Side,
    message: impl FnOnce(&str) -> Message,
    confidence: f64,
) -> Option<Fault> {
    let (old, new) = (document(before, side), document(aligned, side));
    let hunks = &region.hunks[side as usize];
    let span = |document: &Document, range: &std::ops::Range<usize>| -> Option<Span> {
        let blocks = document.blocks.get(range.clone())?;
        Some(blocks.first()?.span.join(blocks.last()?.span))
    };
    let hunk = hunks.iter().find(|hunk| !hunk.new.is_empty()).or(hunks.first())?;
    let own = span(new, &hunk.new).unwrap_or_else(|| {
        let at =
            hunk.new.start.checked_sub(1).and_then(|at| new.blocks.get(at)).map_or(0, |block| block.span.end);
        Span::new(at, at)
    });
    let changed = inline(
        span(old, &hunk.old).map_or("", |span| old.slice(span)),
        span(new, &hunk.new).map_or("", |span| new.slice(span)),
    );
    let partner = partner(aligned, side, region);
    let message = message(&changed);
    let (source, target) = match side {
        Side::Source => (Some(own), partner),
        Side::Target => (partner, Some(own)),
    };
    let evidence = match own.is_empty() {
        true => Vec::new(),
        false => vec![Evidence { side, span: own, note: message!("changed") }],
    };
    (source.is_some_and(|span| !span.is_empty()) || target.is_some_and(|span| !span.is_empty()))
        .then_some(Fault { source, target, message, confidence, severity: None, evidence })
}

/// What stands on the other side of a region, or else the end of what stands before the place.
fn partner(aligned: &Aligned, side: Side, region: &Region) -> Option<Span> {
    let other = side.other();
    let document = document(aligned, other);
    let blocks = &region.new[other as usize];
    if let (Some(&first), Some(&last)) = (blocks.first(), blocks.last()) {
        return Some(document.blocks[first].span.join(document.blocks[last].span));
    }
    let own = *region.new[side as usize].first()?;
    let of = |link: &Link, side: Side| match side {
        Side::Source => link.source.clone(),
        Side::Target => link.target.clone(),
    };
    let links = &aligned.bitext().alignment.blocks;
    let linked = links.iter().filter(|link| !link.is_null());
    let nearest = linked
        .filter(|link| of(link, side).iter().all(|&block| block < own))
        .max_by_key(|link| of(link, side).last().copied())?;
    let end = document.blocks[*of(nearest, other).last()?].span.end;
    Some(Span::new(end, end))
}

/// How many characters of what stayed are shown around a change.
const AROUND: usize = 24;
/// How many characters of a change are shown.
const SHOWN: usize = 160;

/// What became of a text, inline: `[-went-]` and `{+came+}`.
fn inline(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.split_word_bounds().collect(), new.split_word_bounds().collect());
    let diff = TextDiff::from_slices(&old, &new);
    let mut runs: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match runs.last_mut() {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => runs.push((change.tag(), change.value().to_owned())),
        }
    }
    let last = runs.len().saturating_sub(1);
    let mut shown = String::new();
    for (at, (tag, text)) in runs.iter().enumerate() {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (head, tail) = (at > 0, at < last);
        shown.push_str(&match tag {
            ChangeTag::Delete => format!("[-{}-]", shortened(&text, true, true, SHOWN)),
            ChangeTag::Insert => format!("{{+{}+}}", shortened(&text, true, true, SHOWN)),
            ChangeTag::Equal => format!(" {} ", shortened(&text, head, tail, AROUND)),
        });
    }
    shortened(shown.trim(), true, false, 4 * SHOWN)
}

/// The head, the tail or both of a text, each of at most `length` characters.
fn shortened(text: &str, head: bool, tail: bool, length: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let kept = length * (usize::from(head) + usize::from(tail));
    if chars.len() <= kept + 1 {
        return text.to_owned();
    }
    let first: String = chars[..if head { length } else { 0 }].iter().collect();
    let last: String = chars[chars.len() - if tail { length } else { 0 }..].iter().collect();
    format!("{first}…{last}")
}
