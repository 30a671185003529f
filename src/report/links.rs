//! Renders an alignment alone: for corpus builders, translation memories, reviewers and the scorers of the field.
//! One file a format, one line each in [`FORMATS`].

mod docx;
mod html;
mod json;
mod tmx;
mod tsv;
mod vecalign;
mod xliff;
mod xlsx;

use std::io::{self, Write};

use super::table::{Cell, Column, Table};
use crate::align::{Bitext, Link};
use crate::text::{Document, Span};

/// A way to write an alignment: plain data and the function that writes it.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// One line on what it is for.
    pub summary: &'static str,
    /// Whether it is no text, and so nothing for a terminal.
    pub binary: bool,
    write: WriteLinks,
}

/// All formats, in the order in which help lists them. Every unit stands in each of them exactly once, but for TMX,
/// which has no place for what corresponds to nothing.
pub static FORMATS: &[Format] = &[
    text("tsv", "source, target, score and moved, a link a line", tsv::write),
    text("json", "all links with the numbers of their units and their texts, for programs", json::write),
    text("tmx", "TMX 1.4b, for translation memories; without what corresponds to nothing", tmx::write),
    text("xliff", "XLIFF 2, for the tools of translators", xliff::write),
    text(
        "vecalign",
        "`[0, 1]:[2]:0.873` a link, units from 0, for the scorers of the field",
        vecalign::write,
    ),
    text("html", "a page with two columns", html::write),
    packed("docx", "a table for reviewers in Word", docx::write),
    packed("xlsx", "a table for reviewers in Excel", xlsx::write),
];

type WriteLinks = fn(&View, &mut dyn Write) -> io::Result<()>;

const fn text(name: &'static str, summary: &'static str, write: WriteLinks) -> Format {
    Format { name, summary, binary: false, write }
}

const fn packed(name: &'static str, summary: &'static str, write: WriteLinks) -> Format {
    Format { name, summary, binary: true, write }
}

impl Format {
    /// The format with this name.
    pub fn parse(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }
}

/// What to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// The links between blocks.
    Block,
    /// The links between sentences.
    Sentence,
}

impl Unit {
    fn name(self) -> &'static str {
        match self {
            Unit::Block => "block",
            Unit::Sentence => "sentence",
        }
    }
}

/// Writes the links of a bitext.
///
/// # Errors
/// Those of `out`; and where a format has no room for so much.
pub fn write(bitext: &Bitext, unit: Unit, format: &Format, out: &mut dyn Write) -> io::Result<()> {
    let links = match unit {
        Unit::Block => &bitext.alignment.blocks,
        Unit::Sentence => &bitext.alignment.sentences,
    };
    (format.write)(&View { bitext, unit, links }, out)
}

/// What the formats write: links of one kind.
struct View<'a> {
    bitext: &'a Bitext,
    unit: Unit,
    links: &'a [Link],
}

impl View<'_> {
    fn span(&self, document: &Document, unit: usize) -> Span {
        match self.unit {
            Unit::Block => document.blocks[unit].span,
            Unit::Sentence => document.sentences[unit].span,
        }
    }

    /// The texts of some units, joined; line ends and runs of white space become one space, and there is one
    /// between two units unless they touch, as Chinese sentences do.
    fn text(&self, document: &Document, units: &[usize]) -> String {
        let mut text = String::new();
        let mut end = 0;
        for span in units.iter().map(|&unit| self.span(document, unit)) {
            let mut words = document.slice(span).split_whitespace();
            if let Some(first) = words.next() {
                if !text.is_empty() && span.start != end {
                    text.push(' ');
                }
                text.push_str(first);
            }
            for word in words {
                text.push(' ');
                text.push_str(word);
            }
            end = span.end;
        }
        text
    }

    fn source(&self, link: &Link) -> String {
        self.text(&self.bitext.source, &link.source)
    }

    fn target(&self, link: &Link) -> String {
        self.text(&self.bitext.target, &link.target)
    }

    /// The paths of both sides, or the one path of a file that holds both.
    fn title(&self) -> String {
        let (source, target) = (&self.bitext.source.path, &self.bitext.target.path);
        if source == target { source.clone() } else { format!("{source} – {target}") }
    }

    /// The links as a table for people.
    fn table(&self) -> Table<'_> {
        let (source, target) = (&self.bitext.source.lang, &self.bitext.target.lang);
        let columns = vec![
            Column::new("#", 6),
            Column::new(source.as_str(), 60),
            Column::new(target.as_str(), 60),
            Column::new("score", 7),
            Column::new("remark", 24),
        ];
        let row = |(index, link): (usize, &Link)| {
            Ok(vec![
                Cell::Number((index + 1) as f64),
                Cell::text(self.source(link)),
                Cell::text(self.target(link)),
                Cell::Number(rounded(link.score)),
                Cell::text(remark(link)),
            ])
        };
        Table { title: self.title(), columns, rows: Box::new(self.links.iter().enumerate().map(row)) }
    }
}

/// What a reader should know of a link beside its texts; empty where it is like most.
fn remark(link: &Link) -> &'static str {
    match (link.source.is_empty(), link.target.is_empty(), link.moved) {
        (_, true, _) => "not in the translation",
        (true, _, _) => "not in the original",
        (_, _, true) => "moved",
        _ => "",
    }
}

/// A score with three decimals.
fn rounded(score: f64) -> f64 {
    (score * 1000.0).round() / 1000.0
}
