//! The report as a page: the two versions side by side, with the findings marked at the words concerned.
//!
//! The page is one file. It loads nothing, runs no script and takes no style but its own, and everything
//! that comes from the texts is escaped. Without its script it can still be read and its links followed.

mod escape;
mod index;
mod map;
mod marks;
mod overview;
mod ratios;
mod scorecard;
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
use self::map::Map;
use self::marks::{Marked, Marks};
use self::words::{Label, Words};
use super::lines::Lines;
use super::places::spot;
use super::scorecard::{GRAVEST_FIRST as SEVERITIES, Scoring};
use super::{Options, Pair, Tally, Verdict, headline, place, side_title};
use crate::align::Link;
use crate::check::{self, Finding, Message, Severity, Side, Status, Tongue};
use crate::message::message;
use crate::text::foreign::shown;
use crate::text::{Block, BlockKind, Document, Span};

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
    panel(&page, out)?;
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

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let bitext = &self.pair.bitext;
        writeln!(
            out,
            "<section class=\"pair\" {}>",
            Label("aria-label", message!("html-both-versions"), self.tongue)
        )?;
        let marks = SIDES.map(|side| self.marks(side));
        let map = Map::new(self.pair);
        map.write(&self.entries, self.tongue, out)?;
        writeln!(out, "<div class=\"rows\">\n<div class=\"sides\">")?;
        for side in SIDES {
            let document = self.pair.document(side);
            writeln!(
                out,
                "<p><b>{}</b> <span class=\"lang\">{}</span> <span class=\"path\" dir=\"auto\">{}</span></p>",
                match side {
                    Side::Source => Words::of(&message!("html-source")),
                    Side::Target => Words::of(&message!("html-target")),
                },
                Escaped(document.lang.as_str()),
                Escaped(&document.path)
            )?;
        }
        writeln!(out, "</div>")?;
        if bitext.alignment.blocks.is_empty() {
            let words = Words::of(&message!("html-no-text"));
            writeln!(out, "<p class=\"nothing\">{words}</p>")?;
        }
        let stubs = stubs(&bitext.alignment.blocks);
        let behind = stubs.iter().flat_map(|(&before, links)| links.iter().map(move |&link| (before, link)));
        let later: BTreeSet<usize> =
            behind.filter(|(before, link)| before > link).map(|(_, link)| link).collect();
        let mut last = [0.0; 2];
        for (index, link) in bitext.alignment.blocks.iter().enumerate() {
            for &moved in stubs.get(&index).into_iter().flatten() {
                self.stub(moved, out)?;
            }
            let away = match later.contains(&index) {
                true => Words::of(&message!("html-moved-later")),
                false => Words::of(&message!("html-moved-earlier")),
            };
            self.row(index, link, &marks, map.row(link, &mut last), &away, out)?;
        }
        for &moved in stubs.get(&bitext.alignment.blocks.len()).into_iter().flatten() {
            self.stub(moved, out)?;
        }
        writeln!(out, "</div>\n</section>")
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

    fn row(
        &self,
        index: usize,
        link: &Link,
        marks: &[Marks; 2],
        [source_y, target_y]: [f64; 2],
        away: &Words,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let moved = if link.moved { " moved" } else { "" };
        let null = if link.is_null() { " null" } else { "" };
        write!(
            out,
            "<div class=\"row z{}{moved}{null}\" id=\"row-{index}\" data-s=\"{source_y:.2}\" data-t=\"{target_y:.2}\">",
            self.size(link)
        )?;
        for side in SIDES {
            let document = self.pair.document(side);
            let units = units(link, side);
            if units.is_empty() {
                self.empty_cell(index, side, of(marks, side), out)?;
                continue;
            }
            write!(
                out,
                "<div class=\"cell {}\" lang=\"{}\">",
                letter(side),
                Escaped(document.lang.as_str())
            )?;
            for &block in units {
                self.block(side, block, of(marks, side), out)?;
            }
            // below the text, so that this stands level with its source
            if link.moved && side == Side::Target {
                write!(out, "<p class=\"badge\"><a href=\"#moved-{index}\">{away}</a></p>")?;
            }
            write!(out, "</div>")?;
        }
        writeln!(out, "</div>")
    }

    /// Roughly how tall a row will be: 0 for a line, one more for each doubling.
    fn size(&self, link: &Link) -> u32 {
        let lines = SIDES.map(|side| {
            let document = self.pair.document(side);
            let blocks = units(link, side).iter().filter_map(|&block| document.blocks.get(block));
            // A column holds about 80 bytes a line in either script.
            blocks.map(|block| 1 + block.span.len() / 80).sum::<usize>()
        });
        lines.into_iter().max().unwrap_or(1).max(1).ilog2().min(8)
    }

    fn empty_cell(&self, row: usize, side: Side, marks: &Marks, out: &mut impl Write) -> io::Result<()> {
        let found = marks.left(row);
        if found.is_empty() {
            return write!(out, "<div class=\"cell {} none\"><p>{}</p></div>", letter(side), nothing());
        }
        let severity = found.iter().filter_map(|&(entry, _)| self.entries.get(entry));
        let severity = severity.map(|entry| entry.finding.severity).max().unwrap_or(Severity::Minor);
        write!(
            out,
            "<div class=\"cell {} none {}\" data-f=\"{}\"><p>",
            letter(side),
            severity.as_str(),
            self.numbers(found.iter().map(|&(entry, _)| entry))
        )?;
        for &(entry, first) in found {
            self.anchor(side, entry, first, out)?;
        }
        write!(out, "{}", nothing())?;
        for &(entry, _) in found {
            self.reference(entry, out)?;
        }
        write!(out, "</p></div>")
    }

    /// What stands in the place of a block that moved away.
    fn stub(&self, moved: usize, out: &mut impl Write) -> io::Result<()> {
        let document = &self.pair.bitext.target;
        let links = &self.pair.bitext.alignment.blocks;
        let blocks = links.get(moved).map(|link| link.target.as_slice()).unwrap_or_default();
        let first = blocks.iter().filter_map(|&block| document.blocks.get(block)).next();
        let words = first.map(|block| clip(document.slice(block.span), 40)).unwrap_or_default();
        writeln!(
            out,
            "<div class=\"row stub\" id=\"moved-{moved}\"><div class=\"cell s\"></div><div class=\"cell t\">\
             <p><a href=\"#row-{moved}\">{} <q lang=\"{}\">{}</q> {}</a></p>\
             </div></div>",
            Words::of(&message!("html-moved")),
            Escaped(document.lang.as_str()),
            Escaped(&words),
            Words::of(&message!("html-moved-beside"))
        )
    }

    fn block(&self, side: Side, index: usize, marks: &Marks, out: &mut impl Write) -> io::Result<()> {
        let document = self.pair.document(side);
        let Some(block) = document.blocks.get(index) else { return Ok(()) };
        let level = block.level.unwrap_or(1).clamp(1, 6);
        let tag = match block.kind {
            BlockKind::Heading => format!("h{}", (level + 2).min(6)),
            _ => "p".to_owned(),
        };
        let (line, _) = of(&self.lines, side).lines(block.span);
        write!(out, "<{tag} class=\"b {} l{level}\" dir=\"auto\" data-line=\"{line}\"", block.kind.as_str())?;
        if let Some(part) = document.part(block.span.start) {
            write!(out, " title=\"{}\"", Escaped(&shown(part)))?;
        }
        write!(out, ">")?;
        self.segments(side, document, block, marks.of(index), out)?;
        write!(out, "</{tag}>")
    }

    /// Writes the text of a block in segments: none crosses the border of a sentence, a piece or a finding,
    /// so that elements never overlap. A segment names all the findings it is in.
    fn segments(
        &self,
        side: Side,
        document: &Document,
        block: &Block,
        marked: &[Marked],
        out: &mut impl Write,
    ) -> io::Result<()> {
        let links = &self.pair.bitext.alignment.sentences;
        let sentences = document.sentences.get(block.sentences.clone()).unwrap_or_default();
        let mut cuts = BTreeSet::from([block.span.start, block.span.end]);
        cuts.extend(sentences.iter().flat_map(|sentence| [sentence.span.start, sentence.span.end]));
        cuts.extend(block.pieces.iter().flat_map(|piece| [piece.span.start, piece.span.end]));
        cuts.extend(marked.iter().flat_map(|mark| [mark.span.start, mark.span.end]));
        let cuts: Vec<usize> = cuts.range(block.span.start..=block.span.end).copied().collect();

        let mut starts: Vec<&Marked> = marked.iter().collect();
        starts.sort_by_key(|mark| (mark.span.start, mark.entry));
        let mut ends: Vec<&Marked> = marked.iter().filter(|mark| !mark.span.is_empty()).collect();
        ends.sort_by_key(|mark| (mark.span.end, mark.entry));
        let (mut starts, mut ends) = (starts.into_iter().peekable(), ends.into_iter().peekable());
        let mut open = BTreeSet::new();
        let mut sentence = block.sentences.clone().zip(sentences).peekable();
        let mut in_sentence = None;
        let mut pieces = block.pieces.iter().peekable();

        for (index, &at) in cuts.iter().enumerate() {
            // What ends here comes before what starts here; a number belongs to the words before it.
            while let Some(mark) = ends.next_if(|mark| mark.span.end <= at) {
                open.remove(&mark.entry);
                if mark.last {
                    self.reference(mark.entry, out)?;
                }
            }
            if in_sentence.is_some_and(|end| end <= at) {
                write!(out, "</span>")?;
                in_sentence = None;
            }
            if let Some((number, sentence)) = sentence.next_if(|(_, sentence)| sentence.span.start <= at) {
                let link = of(&self.links, side).sentences.get(&number).copied();
                let class = match link.and_then(|link| links.get(link)) {
                    Some(link) if link.is_null() => "x alone",
                    Some(link) if link.moved => "x shifted",
                    _ => "x",
                };
                match link {
                    Some(link) => write!(out, "<span class=\"{class}\" data-l=\"{link}\">")?,
                    None => write!(out, "<span class=\"{class}\">")?,
                }
                in_sentence = Some(sentence.span.end);
            }
            while let Some(mark) = starts.next_if(|mark| mark.span.start <= at) {
                if mark.span.is_empty() {
                    self.gap(side, mark.entry, out)?;
                } else {
                    open.insert(mark.entry);
                    self.anchor(side, mark.entry, mark.first, out)?;
                }
            }
            let Some(&end) = cuts.get(index + 1) else { break };
            while pieces.next_if(|piece| piece.span.end <= at).is_some() {}
            let kind = pieces.peek().filter(|piece| piece.span.start <= at).map(|piece| piece.kind);
            let text = document.slice(Span::new(at, end));
            self.segment(text, kind, &open, out)?;
        }
        if in_sentence.is_some() {
            write!(out, "</span>")?;
        }
        Ok(())
    }

    fn segment(
        &self,
        text: &str,
        kind: Option<crate::text::PieceKind>,
        open: &BTreeSet<usize>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        use crate::text::PieceKind;
        let severity = open.iter().filter_map(|&entry| self.entries.get(entry));
        let severity = severity.map(|entry| entry.finding.severity).max();
        if let Some(severity) = severity {
            let numbers = self.numbers(open.iter().copied());
            write!(out, "<mark class=\"{}\" data-f=\"{numbers}\">", severity.as_str())?;
        }
        let text = Escaped(text);
        match kind {
            Some(PieceKind::Code) => write!(out, "<code>{text}</code>")?,
            Some(PieceKind::Markup) => write!(out, "<span class=\"k\">{text}</span>")?,
            Some(PieceKind::Target) => write!(out, "<span class=\"k u\">{text}</span>")?,
            Some(PieceKind::Prose) | None => write!(out, "{text}")?,
        }
        if severity.is_some() {
            write!(out, "</mark>")?;
        }
        Ok(())
    }

    /// The numbers of some findings, as `data-f` holds them.
    fn numbers(&self, entries: impl Iterator<Item = usize>) -> String {
        let numbers = entries.filter_map(|entry| self.entries.get(entry));
        numbers.map(|entry| entry.number.to_string()).collect::<Vec<_>>().join(" ")
    }

    /// Where a card's link to the text leads.
    fn anchor(&self, side: Side, entry: usize, first: bool, out: &mut impl Write) -> io::Result<()> {
        match self.entries.get(entry) {
            Some(entry) if first => write!(out, "<span id=\"{}-{}\"></span>", letter(side), entry.number),
            _ => Ok(()),
        }
    }

    /// The number of a finding behind its words; it leads to the card.
    fn reference(&self, entry: usize, out: &mut impl Write) -> io::Result<()> {
        let Some(Entry { finding, number, anchor }) = self.entries.get(entry) else { return Ok(()) };
        write!(
            out,
            "<a class=\"ref {}\" href=\"#{anchor}\" data-f=\"{number}\" {}>{number}</a>",
            finding.severity.as_str(),
            self.finding_label(*number, finding.check)
        )
    }

    fn finding_label(&self, number: usize, check: &str) -> String {
        let label = message!("html-finding", number = number, check = title(check));
        Label("aria-label", label, self.tongue).to_string()
    }

    /// A place within a text where something should stand.
    fn gap(&self, side: Side, entry: usize, out: &mut impl Write) -> io::Result<()> {
        let Some(Entry { finding, number, anchor }) = self.entries.get(entry) else { return Ok(()) };
        write!(
            out,
            "<a class=\"gap {}\" id=\"{}-{number}\" href=\"#{anchor}\" data-f=\"{number}\" \
             {}>{number}</a>",
            finding.severity.as_str(),
            letter(side),
            self.finding_label(*number, finding.check)
        )
    }

    fn card(
        &self,
        entry: &Entry<'a>,
        marks: &[Marks; 2],
        index: usize,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let Entry { finding, number, anchor } = entry;
        let severity = finding.severity.as_str();
        let percent = (finding.confidence * 100.0).round();
        let status = match finding.status {
            Status::New => String::new(),
            status => format!(" <span class=\"status\">{}</span>", Words::of(&status.title())),
        };
        let message = Words::of(&finding.message);
        write!(
            out,
            "<div role=\"listitem\" class=\"card {severity}\" id=\"{anchor}\" data-n=\"{number}\" data-severity=\"{severity}\" \
             data-check=\"{check}\" data-confidence=\"{:.3}\" data-status=\"{}\">\
             <p class=\"tag\"><a class=\"no\" href=\"#{anchor}\" {}>{number}</a> \
             <span class=\"sev\">{}</span> <span class=\"check\">{}</span>{status} \
             <span class=\"conf\" {}>{percent}%</span></p>\
             <p class=\"msg\" dir=\"auto\">{}</p>",
            finding.confidence,
            finding.status.as_str(),
            Label("aria-label", message!("html-finding-permalink", number = *number), self.tongue),
            severity_name(finding.severity),
            Words::of(&title(finding.check)),
            Label("title", message!("html-confidence"), self.tongue),
            message.map(|words| headline(words).0),
            check = Escaped(finding.check),
        )?;
        let reasons = message.0.each_ref().map(|words| {
            let lines = headline(words).1.lines().map(str::trim);
            lines.filter(|line| !line.is_empty()).collect::<Vec<_>>()
        });
        for at in 0..reasons.iter().map(Vec::len).max().unwrap_or_default() {
            let line = |lines: &Vec<&str>| lines.get(at).copied().unwrap_or_default().to_owned().into();
            write!(out, "<p class=\"why\" dir=\"auto\">{}</p>", Words(reasons.each_ref().map(line)))?;
        }
        write!(out, "<ul class=\"places\">")?;
        for side in SIDES {
            self.place(side, entry, of(marks, side).has(index), out)?;
        }
        write!(out, "</ul>")?;
        if !finding.evidence.is_empty() {
            write!(
                out,
                "<ul class=\"evidence\" {}>",
                Label("aria-label", message!("html-evidence"), self.tongue)
            )?;
            for evidence in &finding.evidence {
                let document = self.pair.document(evidence.side);
                write!(
                    out,
                    "<li><q lang=\"{}\">{}</q> <span {}>{}</span></li>",
                    Escaped(document.lang.as_str()),
                    Escaped(&clip(&document.words(evidence.span), 60)),
                    Label("title", message!("html-in-side", side = side_title(evidence.side)), self.tongue),
                    Words::of(&evidence.note)
                )?;
            }
            write!(out, "</ul>")?;
        }
        writeln!(out, "</div>")
    }

    /// Where a finding is on one side: the line and column, and the words.
    fn place(&self, side: Side, entry: &Entry, linked: bool, out: &mut impl Write) -> io::Result<()> {
        let Some(span) = place(entry.finding, side) else { return Ok(()) };
        let document = self.pair.document(side);
        let at = of(&self.lines, side).position(span.start);
        let (name, letter, number) = (side_words(side), letter(side), entry.number);
        let words = shown(&spot(at, document.part(span.start)));
        let spot = Escaped(&words);
        write!(out, "<li>")?;
        if linked {
            write!(out, "<a href=\"#{letter}-{number}\">{name} {spot}</a> ")?;
        } else {
            write!(out, "<span>{name} {spot}</span> ")?;
        }
        if span.is_empty() {
            write!(out, "<i>{}</i></li>", nothing())
        } else {
            let words = clip(&document.words(span), 120);
            write!(out, "<q lang=\"{}\">{}</q></li>", Escaped(document.lang.as_str()), Escaped(&words))
        }
    }
}

/// Where the moved blocks would stand, were they in the order of the target: before which row, which links.
fn stubs(links: &[Link]) -> BTreeMap<usize, Vec<usize>> {
    let settled: BTreeMap<usize, usize> = links
        .iter()
        .enumerate()
        .filter(|(_, link)| !link.moved)
        .flat_map(|(row, link)| link.target.iter().map(move |&block| (block, row)))
        .collect();
    let mut moved: Vec<(usize, usize)> = links
        .iter()
        .enumerate()
        .filter(|(_, link)| link.moved && !link.source.is_empty())
        .filter_map(|(row, link)| link.target.first().map(|&block| (block, row)))
        .collect();
    moved.sort_unstable();
    let mut stubs: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (block, row) in moved {
        let before = settled.range(..block).next_back().map_or(0, |(_, &row)| row + 1);
        stubs.entry(before).or_default().push(row);
    }
    stubs
}

/// What stands beside the texts: the findings, the terms, and the pair in numbers. The script shows one at a time.
fn panel(page: &Page, out: &mut impl Write) -> io::Result<()> {
    let label = |words| Label("aria-label", words, page.tongue);
    let total = page.entries.len();
    writeln!(
        out,
        "<aside id=\"findings\" class=\"panel\" {} tabindex=\"-1\">\n\
         <div class=\"tabs\" role=\"tablist\" {} hidden=\"\">",
        label(message!("html-panel")),
        label(message!("html-views"))
    )?;
    let views = [
        ("list", Words::of(&message!("html-findings")), Some(total)),
        ("terms", Words::of(&message!("html-terms")), None),
        ("overview", Words::of(&message!("html-overview")), None),
    ];
    for (name, title, count) in &views {
        let count = count.map(|count| format!(" <span class=\"n\">{count}</span>")).unwrap_or_default();
        writeln!(
            out,
            "<button type=\"button\" role=\"tab\" id=\"tab-{name}\" aria-controls=\"view-{name}\" \
             aria-selected=\"{}\">{title}{count}</button>",
            *name == "list"
        )?;
    }
    writeln!(out, "</div>")?;
    for (name, title, _) in views {
        writeln!(
            out,
            "<section class=\"view {name}\" id=\"view-{name}\" aria-labelledby=\"tab-{name}\">\n<h2>{title}</h2>"
        )?;
        match name {
            "terms" => terms::write(page, out)?,
            "overview" => overview::write(page, out)?,
            _ => list(page, out)?,
        }
        writeln!(out, "</section>")?;
    }
    writeln!(
        out,
        "<p class=\"keys\" hidden=\"\"><kbd>n</kbd> <kbd>p</kbd> {} · <kbd>/</kbd> {} · <kbd>f</kbd> {}</p>\n\
         </aside>",
        Words::of(&message!("html-keys-step")),
        Words::of(&message!("html-keys-search")),
        Words::of(&message!("html-keys-fold"))
    )
}

/// The list of findings with its filters.
fn list(page: &Page, out: &mut impl Write) -> io::Result<()> {
    let total = page.entries.len();
    let label = |words| Label("aria-label", words, page.tongue);
    let option = |title: Message, count: usize| {
        Label("label", message!("html-option", title = title, count = count), page.tongue)
    };
    writeln!(
        out,
        "<div class=\"filters\" role=\"search\" hidden=\"\">\n\
         <div class=\"steps\"><p id=\"count\" role=\"status\">{}</p>\n\
         <button type=\"button\" id=\"narrow\" aria-expanded=\"false\">{}</button>\n\
         <button type=\"button\" id=\"previous\" aria-keyshortcuts=\"p\">{}</button>\n\
         <button type=\"button\" id=\"next\" aria-keyshortcuts=\"n\">{}</button></div>\n\
         <input id=\"words\" class=\"rest\" type=\"search\" {} aria-keyshortcuts=\"/\"/>\n\
         <div class=\"chips\" role=\"group\" {}>",
        Words::of(&message!("html-count", total = total)),
        Words::of(&message!("html-filter")),
        Words::of(&message!("html-previous")),
        Words::of(&message!("html-next")),
        Label("placeholder", message!("html-search-findings"), page.tongue),
        label(message!("html-severity"))
    )?;
    for severity in SEVERITIES {
        let name = severity.as_str();
        let count = page.entries.iter().filter(|entry| entry.finding.severity == severity).count();
        writeln!(
            out,
            "<button type=\"button\" class=\"chip {name}\" data-severity=\"{name}\" aria-pressed=\"true\">\
             {} <span class=\"n\">{count}</span></button>",
            severity_name(severity)
        )?;
    }
    let mut checks: BTreeMap<&str, usize> = BTreeMap::new();
    let mut statuses: BTreeMap<Status, usize> = BTreeMap::from([(Status::New, 0)]);
    for entry in &page.entries {
        *checks.entry(entry.finding.check).or_default() += 1;
        *statuses.entry(entry.finding.status).or_default() += 1;
    }
    writeln!(
        out,
        "</div>\n<div class=\"more rest\"><select id=\"check\" {}><option value=\"\" {}></option>",
        label(message!("html-check")),
        Label("label", message!("html-all-checks"), page.tongue)
    )?;
    for (check, count) in checks {
        let label = option(title(check), count);
        writeln!(out, "<option value=\"{}\" {label}></option>", Escaped(check))?;
    }
    writeln!(out, "</select>")?;
    if statuses.len() > 1 {
        writeln!(out, "<select id=\"status\" {}>", label(message!("html-status")))?;
        for (status, count) in statuses {
            let label = option(status.title(), count);
            writeln!(out, "<option value=\"{}\" {label}></option>", status.as_str())?;
        }
        let any = Label("label", message!("html-any-status", total = total), page.tongue);
        writeln!(out, "<option value=\"\" {any}></option></select>")?;
    }
    writeln!(
        out,
        "<label class=\"least\">{} <output id=\"percent\">0%</output> \
         <input id=\"confidence\" type=\"range\" min=\"0\" max=\"1\" step=\"0.05\" value=\"0\"/></label></div>\n\
         </div>\n<div class=\"cards\">",
        Words::of(&message!("html-confidence-from"))
    )?;
    if total == 0 {
        writeln!(
            out,
            "<div class=\"nothing good\"><p><b>{}</b></p><p>{}</p></div>",
            Words::of(&message!("html-nothing-found")),
            Words::of(&message!("html-nothing-found-why"))
        )?;
    } else {
        writeln!(
            out,
            "<div class=\"nothing\" id=\"none\" hidden=\"\"><p>{}</p><p><button type=\"button\" id=\"reset\">{}</button></p></div>",
            Words::of(&message!("html-none-passes")),
            Words::of(&message!("html-show-all"))
        )?;
    }
    // No `ol`: browsers count its items anew for every one that is hidden or shown.
    writeln!(out, "<div role=\"list\" {}>", label(message!("html-findings")))?;
    let marks = SIDES.map(|side| page.marks(side));
    for (index, entry) in page.entries.iter().enumerate() {
        page.card(entry, &marks, index, out)?;
    }
    writeln!(out, "</div>\n</div>")
}
