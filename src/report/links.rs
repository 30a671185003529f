//! Renders an alignment alone: for corpus builders, translation memories and the scorers of the field.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use crate::align::{Bitext, Link};
use crate::text::{Document, Span};

/// How to write an alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Source text, target text, score and `moved`, one link a line; tabs and line ends in the texts become spaces.
    Tsv,
    /// One JSON object with all links and their texts.
    Json,
    /// Translation Memory eXchange 1.4b; null links are left out, as the format has no place for them.
    Tmx,
    /// `[0, 1]:[2]:0.873` a link, 0-based unit numbers, as vecalign and its scorer write it.
    Vecalign,
    /// A page with the links side by side.
    Html,
}

impl Format {
    /// All formats with their names.
    pub const ALL: [(&'static str, Format); 5] = [
        ("tsv", Format::Tsv),
        ("json", Format::Json),
        ("tmx", Format::Tmx),
        ("vecalign", Format::Vecalign),
        ("html", Format::Html),
    ];

    /// The format with this name.
    pub fn parse(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, format)| format)
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

/// Writes the links of a bitext.
///
/// # Errors
/// Those of `out`.
pub fn write(bitext: &Bitext, unit: Unit, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let links = match unit {
        Unit::Block => &bitext.alignment.blocks,
        Unit::Sentence => &bitext.alignment.sentences,
    };
    let view = View { bitext, unit, links };
    match format {
        Format::Tsv => tsv(&view, out),
        Format::Json => json(&view, out),
        Format::Tmx => tmx(&view, out),
        Format::Vecalign => vecalign(&view, out),
        Format::Html => html(&view, out),
    }
}

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

    /// The texts of some units, joined; line ends and runs of white space become one space.
    fn text(&self, document: &Document, units: &[usize]) -> String {
        let mut words = Vec::new();
        for &unit in units {
            words.extend(document.slice(self.span(document, unit)).split_whitespace());
        }
        words.join(" ")
    }

    fn source(&self, link: &Link) -> String {
        self.text(&self.bitext.source, &link.source)
    }

    fn target(&self, link: &Link) -> String {
        self.text(&self.bitext.target, &link.target)
    }
}

fn tsv(view: &View, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "source\ttarget\tscore\tmoved")?;
    for link in view.links {
        writeln!(out, "{}\t{}\t{:.3}\t{}", view.source(link), view.target(link), link.score, link.moved)?;
    }
    Ok(())
}

fn vecalign(view: &View, out: &mut dyn Write) -> io::Result<()> {
    for link in view.links {
        writeln!(out, "{:?}:{:?}:{:.3}", link.source, link.target, link.score)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct LinksJson<'a> {
    version: u32,
    source: SideJson<'a>,
    target: SideJson<'a>,
    unit: &'static str,
    links: Vec<LinkJson<'a>>,
}

#[derive(Serialize)]
struct SideJson<'a> {
    path: &'a str,
    lang: &'a str,
}

#[derive(Serialize)]
struct LinkJson<'a> {
    source: &'a [usize],
    target: &'a [usize],
    score: f64,
    moved: bool,
    source_text: String,
    target_text: String,
}

fn json(view: &View, out: &mut dyn Write) -> io::Result<()> {
    let side =
        |document: &'_ Document| -> (String, String) { (document.path.clone(), document.lang.to_string()) };
    let (source, target) = (side(&view.bitext.source), side(&view.bitext.target));
    let links = view.links.iter().map(|link| LinkJson {
        source: &link.source,
        target: &link.target,
        score: (link.score * 1000.0).round() / 1000.0,
        moved: link.moved,
        source_text: view.source(link),
        target_text: view.target(link),
    });
    let document = LinksJson {
        version: 1,
        source: SideJson { path: &source.0, lang: &source.1 },
        target: SideJson { path: &target.0, lang: &target.1 },
        unit: match view.unit {
            Unit::Block => "block",
            Unit::Sentence => "sentence",
        },
        links: links.collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn tmx(view: &View, out: &mut dyn Write) -> io::Result<()> {
    let (source, target) = (view.bitext.source.lang, view.bitext.target.lang);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<!DOCTYPE tmx SYSTEM "tmx14.dtd">"#)?;
    writeln!(out, r#"<tmx version="1.4">"#)?;
    writeln!(
        out,
        r#"  <header creationtool="duizhao" creationtoolversion="{}" segtype="{}" o-tmf="duizhao" adminlang="en" srclang="{source}" datatype="plaintext"/>"#,
        env!("CARGO_PKG_VERSION"),
        match view.unit {
            Unit::Block => "block",
            Unit::Sentence => "sentence",
        },
    )?;
    writeln!(out, "  <body>")?;
    for link in view.links.iter().filter(|link| !link.is_null()) {
        writeln!(out, r#"    <tu><prop type="x-score">{:.3}</prop>"#, link.score)?;
        for (lang, text) in [(source, view.source(link)), (target, view.target(link))] {
            writeln!(out, r#"      <tuv xml:lang="{lang}"><seg>{}</seg></tuv>"#, escape(&text))?;
        }
        writeln!(out, "    </tu>")?;
    }
    writeln!(out, "  </body>\n</tmx>")
}

fn html(view: &View, out: &mut dyn Write) -> io::Result<()> {
    let (source, target) = (&view.bitext.source, &view.bitext.target);
    let title = format!("{} – {}", escape(&source.path), escape(&target.path));
    writeln!(
        out,
        r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{}</style></head><body><h1>{title}</h1><table>"#,
        include_str!("links.css")
    )?;
    writeln!(out, r#"<thead><tr><th>{}<th>{}<th>score</tr></thead><tbody>"#, source.lang, target.lang)?;
    for link in view.links {
        let class = match (link.is_null(), link.moved) {
            (true, _) => " class=null",
            (_, true) => " class=moved",
            _ => "",
        };
        writeln!(
            out,
            "<tr{class}><td lang={}>{}<td lang={}>{}<td>{:.2}</tr>",
            source.lang,
            escape(&view.source(link)),
            target.lang,
            escape(&view.target(link)),
            link.score
        )?;
    }
    writeln!(out, "</tbody></table></body></html>")
}

/// The text with the characters that XML and HTML reserve as entities, and without those that XML forbids.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    let plain =
        |c: char| !matches!(c, '&' | '<' | '>' | '"') && (c >= ' ' || matches!(c, '\t' | '\n' | '\r'));
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if plain(c) => escaped.push(c),
            _ => escaped.push('\u{fffd}'),
        }
    }
    Cow::Owned(escaped)
}
