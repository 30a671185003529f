//! The two versions side by side, a row for each link between blocks, with the findings marked at their words.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::map::Map;
use super::marks::{Marked, Marks};
use super::words::{Label, Words};
use super::{Entry, Escaped, Page, SIDES, clip, letter, nothing, of, title, units};
use crate::align::Link;
use crate::check::{Severity, Side};
use crate::message::message;
use crate::text::foreign::shown;
use crate::text::{Block, BlockKind, Document, PieceKind, Span};

impl Page<'_> {
    /// Writes both versions.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
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
        let blocks = links.get(moved).map(|link| &*link.target).unwrap_or_default();
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
        kind: Option<PieceKind>,
        open: &BTreeSet<usize>,
        out: &mut impl Write,
    ) -> io::Result<()> {
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

    fn finding_label(&self, number: usize, check: &str) -> String {
        let label = message!("html-finding", number = number, check = title(check));
        Label("aria-label", label, self.tongue).to_string()
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
