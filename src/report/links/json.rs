//! One JSON object with all links and their texts.

use std::io::{self, Write};

use serde::Serialize;

use super::{View, rounded};
use crate::text::Document;

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

fn side(document: &Document) -> SideJson<'_> {
    SideJson { path: &document.path, lang: document.lang.as_str() }
}

pub(super) fn write(view: &View, out: &mut dyn Write) -> io::Result<()> {
    let links = view.links.iter().map(|link| LinkJson {
        source: &link.source,
        target: &link.target,
        score: rounded(link.score),
        moved: link.moved,
        source_text: view.source(link),
        target_text: view.target(link),
    });
    let document = LinksJson {
        version: 1,
        source: side(&view.bitext.source),
        target: side(&view.bitext.target),
        unit: view.unit.name(),
        links: links.collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}
