//! The report as a page: the two versions side by side, with the findings marked at the words concerned.
//!
//! The page is one file. It loads nothing, runs no script and takes no style but its own, and everything
//! that comes from the texts is escaped. Without its script it can still be read and its links followed.

mod escape;
mod index;
mod map;
mod marks;
mod overview;
mod panel;
mod ratios;
mod scorecard;
mod sides;
mod terms;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::io::{self, BufWriter, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

pub(super) use self::escape::Escaped;
pub(super) use self::escape::clip;
pub use self::index::index;
use self::marks::Marks;
use self::words::Words;
use super::lines::Lines;
use super::scorecard::{GRAVEST_FIRST as SEVERITIES, Scoring};
use super::{Options, Pair, Tally, Verdict, place, side_title};
use crate::align::Link;
use crate::check::{self, Finding, Message, Severity, Side, Tongue};
use crate::message::message;
use crate::text::Span;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");
const SIDES: [Side; 2] = [Side::Source, Side::Target];

/// Writes the page of one pair.
pub fn page(pair: &Pair, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let out = &mut BufWriter::new(out);
    let tongue = options.tongue;
    let page = Page::new(pair, options);
    let tally = Tally::of(pair);
    head(&tally.name(), tongue, ("findings", Words::of(&message!("html-skip-to-findings"))), out)?;
    banner(Escaped(&tally.name()), pair.verdict, |severity| tally.count(severity), true, out)?;
    writeln!(out, "<div class=\"desk\">\n<main id=\"texts\" tabindex=\"-1\">")?;
    page.write(out)?;
    writeln!(out, "</main>")?;
    panel::write(&page, out)?;
    writeln!(out, "</div>\n<script>{SCRIPT}</script>\n</body>\n</html>")?;
    out.flush()
}

/// The text as pages hold it.
#[cfg(test)]
pub(super) fn escaped(text: &str) -> String {
    Escaped(text).to_string()
}

/// `'sha256-…'` of an inline style or script, as a Content-Security-Policy names it.
pub(super) fn hash(asset: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(asset)))
}

fn head(title: &str, tongue: Tongue, (place, skip): (&str, Words), out: &mut impl Write) -> io::Result<()> {
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; \
         script-src {}; base-uri 'none'; form-action 'none'\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n\
         <meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <meta name=\"generator\" content=\"duizhao {}\"/>\n\
         <title>{} · duizhao</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#{place}\">{skip}</a>\n",
        tongue.as_str(),
        hash(STYLE),
        hash(SCRIPT),
        env!("CARGO_PKG_VERSION"),
        Escaped(title),
    )
}

fn banner(
    title: impl Display,
    verdict: Verdict,
    count: impl Fn(Severity) -> usize,
    panel: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let (verdict, word) = self::verdict(verdict);
    writeln!(
        out,
        "<header class=\"banner\">\n<h1 dir=\"auto\">{title}</h1>\n<p class=\"verdict {verdict}\">{word}</p>\n\
         <ul class=\"totals\">"
    )?;
    for severity in SEVERITIES {
        let (name, count) = (severity.as_str(), count(severity));
        let none = if count == 0 { " zero" } else { "" };
        writeln!(out, "<li class=\"{name}{none}\"><b>{count}</b> {}</li>", severity_name(severity))?;
    }
    writeln!(out, "</ul>")?;
    writeln!(
        out,
        "<button type=\"button\" id=\"tongue\" hidden=\"\"><span class=\"i\" lang=\"zh\">English</span>\
         <span class=\"i\" lang=\"en\">中文</span></button>"
    )?;
    if panel {
        writeln!(
            out,
            "<button type=\"button\" id=\"toggle\" aria-expanded=\"true\" aria-controls=\"findings\" \
             hidden=\"\">{}</button>",
            Words::of(&message!("html-sidebar"))
        )?;
    }
    writeln!(out, "</header>")
}

/// A verdict as a class and as words.
fn verdict(verdict: Verdict) -> (&'static str, Words<'static>) {
    match verdict {
        Verdict::Pass => ("pass", Words::of(&message!("html-passed"))),
        Verdict::Fail => ("fail", Words::of(&message!("html-failed"))),
    }
}

fn severity_name(severity: Severity) -> Words<'static> {
    Words::of(&severity.title())
}

fn side_words(side: Side) -> Words<'static> {
    Words::of(&side_title(side))
}

/// The name of a check.
fn title(check: &str) -> Message {
    check::find(check).map_or_else(|_| Message::alike(check), |check| check.title.into())
}

/// What stands where nothing does.
fn nothing() -> Words<'static> {
    Words::of(&message!("nothing-here"))
}

/// A finding as the page names it.
struct Entry<'a> {
    finding: &'a Finding,
    /// Its number on the page, from 1.
    number: usize,
    /// The fragment that names its card: `f-` and the fingerprint.
    anchor: String,
}

/// All that is needed to write one pair.
struct Page<'a> {
    pair: &'a Pair,
    tongue: Tongue,
    scoring: Option<Scoring>,
    entries: Vec<Entry<'a>>,
    lines: [Lines<'a>; 2],
    /// The block link each block is in, and the sentence link each sentence is in.
    links: [Membership; 2],
}

#[derive(Default)]
struct Membership {
    blocks: BTreeMap<usize, usize>,
    sentences: BTreeMap<usize, usize>,
}

/// The fragment for a fingerprint; a second finding with the same fingerprint gets a number behind it.
fn anchor(fingerprint: &str, taken: &mut BTreeSet<String>) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
    let base = format!("f-{}", fingerprint.chars().map(safe).collect::<String>());
    let mut anchor = base.clone();
    let mut copy = 1;
    while !taken.insert(anchor.clone()) {
        copy += 1;
        anchor = format!("{base}-{copy}");
    }
    anchor
}

fn membership(links: &[Link], side: Side) -> BTreeMap<usize, usize> {
    let members = |(index, link)| units(link, side).iter().map(move |&unit| (unit, index));
    links.iter().enumerate().flat_map(members).collect()
}

fn units(link: &Link, side: Side) -> &[usize] {
    match side {
        Side::Source => &link.source,
        Side::Target => &link.target,
    }
}

fn of<T>(both: &[T; 2], side: Side) -> &T {
    let [source, target] = both;
    match side {
        Side::Source => source,
        Side::Target => target,
    }
}

fn other(side: Side) -> Side {
    match side {
        Side::Source => Side::Target,
        Side::Target => Side::Source,
    }
}

/// `s` or `t`, for class names and fragments.
fn letter(side: Side) -> char {
    match side {
        Side::Source => 's',
        Side::Target => 't',
    }
}

impl<'a> Page<'a> {
    fn new(pair: &'a Pair, options: &Options) -> Page<'a> {
        let mut taken = BTreeSet::new();
        let entry = |(index, finding): (usize, &'a Finding)| {
            let anchor = anchor(&finding.fingerprint, &mut taken);
            Entry { finding, number: index + 1, anchor }
        };
        let bitext = &pair.bitext;
        let links = SIDES.map(|side| Membership {
            blocks: membership(&bitext.alignment.blocks, side),
            sentences: membership(&bitext.alignment.sentences, side),
        });
        let lines = [Lines::of(&bitext.source), Lines::of(&bitext.target)];
        let entries = pair.findings.iter().enumerate().map(entry).collect();
        Page { pair, tongue: options.tongue, scoring: options.scoring, entries, lines, links }
    }

    /// Sorts the findings of one side to the blocks they are in, and the gaps to the rows where nothing stands.
    fn marks(&self, side: Side) -> Marks {
        let blocks = &self.pair.document(side).blocks;
        let mut marks = Marks::new(blocks.len());
        for (index, entry) in self.entries.iter().enumerate() {
            let here = place(entry.finding, side);
            if let Some(span) = here.filter(|span| !span.is_empty()) {
                marks.mark(blocks, span, index);
                continue;
            }
            let rows = place(entry.finding, other(side)).map(|span| self.empty_rows(other(side), span));
            let rows = rows.unwrap_or_default();
            match here {
                _ if !rows.is_empty() => marks.leave(rows, index),
                Some(span) => marks.gap(blocks, span.start, index),
                None => {}
            }
        }
        marks
    }

    /// The null links that hold the blocks of this span.
    fn empty_rows(&self, side: Side, span: Span) -> Vec<usize> {
        let document = self.pair.document(side);
        let links = &self.pair.bitext.alignment.blocks;
        let mut rows: Vec<usize> = marks::overlapped(&document.blocks, span)
            .filter_map(|block| of(&self.links, side).blocks.get(&block).copied())
            .filter(|&row| links.get(row).is_some_and(Link::is_null))
            .collect();
        rows.dedup();
        rows
    }
}
