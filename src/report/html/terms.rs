//! Lists what the text calls things on both sides: what wavers first, each rendering with a way to where it stands.

use std::io::{self, Write};

use super::words::{Both, Label};
use super::{Escaped, Page, marks};
use crate::terms::{Rendering, Term};
use crate::text::Lang;

/// Terms met more seldom say little.
const MET: usize = 2;
/// More rows than anybody reads would only make the page slow.
const MOST: usize = 400;

/// Writes the terms of the pair.
pub(super) fn write(page: &Page, out: &mut impl Write) -> io::Result<()> {
    let met: Vec<&Term> = page.pair.terms.iter().filter(|term| term.count >= MET).collect();
    if met.is_empty() {
        let bitext = &page.pair.bitext;
        let known =
            matches!([bitext.source.lang, bitext.target.lang], [Lang::ZH, Lang::EN] | [Lang::EN, Lang::ZH]);
        let why = match known {
            true => Both("No term is met twice here.", "这里没有出现两次以上的术语。"),
            false => Both("Terms are listed for Chinese and English.", "目前只列出中文与英文之间的术语。"),
        };
        return writeln!(out, "<p class=\"nothing\">{why}</p>");
    }
    let wavers = |term: &Term| term.renderings.iter().any(|rendering| rendering.odd);
    let (odd, even): (Vec<&Term>, Vec<&Term>) = met.iter().take(MOST).partition(|term| wavers(term));
    writeln!(out, "<div class=\"terms\">")?;
    for (title, terms) in
        [(Both("Rendered in more ways than one", "译法不一"), odd), (Both("Terms", "术语"), even)]
    {
        if !terms.is_empty() {
            table(page, title, &terms, out)?;
        }
    }
    if let Some(more) = met.len().checked_sub(MOST).filter(|&more| more > 0) {
        let words = Both(
            &format!("{more} more are met less often; `duizhao terms` lists them all."),
            &format!("另有 {more} 个术语出现较少；用 duizhao terms 可列出全部。"),
        )
        .to_string();
        writeln!(out, "<p class=\"note\">{words}</p>")?;
    }
    writeln!(out, "</div>")
}

fn table(page: &Page, title: Both, terms: &[&Term], out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "<table>\n<caption>{title}</caption>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n\
         <tbody>",
        Both("Source", "原文"),
        Both("Target", "译文")
    )?;
    let lang = page.pair.bitext.source.lang;
    for term in terms {
        write!(
            out,
            "<tr><th scope=\"row\"><span lang=\"{}\">{}</span> <span class=\"n\">{}</span></th><td>",
            Escaped(lang.as_str()),
            Escaped(&term.text),
            term.count
        )?;
        for rendering in &term.renderings {
            self::rendering(page, rendering, out)?;
        }
        writeln!(out, "</td></tr>")?;
    }
    writeln!(out, "</tbody>\n</table>")
}

/// A rendering leads to the rows where it stands, one after the other.
fn rendering(page: &Page, rendering: &Rendering, out: &mut impl Write) -> io::Result<()> {
    let bitext = &page.pair.bitext;
    let blocks = &bitext.source.blocks;
    let row = |span| {
        let block = marks::overlapped(blocks, span).next()?;
        page.links[0].blocks.get(&block).copied()
    };
    let mut rows: Vec<usize> = rendering.places.iter().filter_map(|&(source, _)| row(source)).collect();
    rows.dedup();
    let Some(first) = rows.first() else { return Ok(()) };
    let rows: Vec<String> = rows.iter().map(usize::to_string).collect();
    let odd = if rendering.odd { " odd" } else { "" };
    write!(
        out,
        "<span class=\"way{odd}\"><a href=\"#row-{first}\" data-rows=\"{}\" lang=\"{}\" {}>{}</a>\u{a0}\
         <span class=\"n\">{}</span></span> ",
        rows.join(" "),
        Escaped(bitext.target.lang.as_str()),
        Label("title", "Show where it stands", "显示所在位置", page.tongue),
        Escaped(&rendering.text),
        rendering.places.len()
    )
}
