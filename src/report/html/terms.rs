//! Lists what the text calls things on both sides: what wavers first, each rendering with a way to where it stands.

use std::io::{self, Write};

use super::words::{Label, Words};
use super::{Escaped, Page, marks};
use crate::message::message;
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
            true => Words::of(&message!("html-no-terms")),
            false => Words::of(&message!("html-terms-languages")),
        };
        return writeln!(out, "<p class=\"nothing\">{why}</p>");
    }
    let wavers = |term: &Term| term.renderings.iter().any(|rendering| rendering.odd);
    let (odd, even): (Vec<&Term>, Vec<&Term>) = met.iter().take(MOST).partition(|term| wavers(term));
    writeln!(out, "<div class=\"terms\">")?;
    for (title, terms) in
        [(Words::of(&message!("html-terms-odd")), odd), (Words::of(&message!("html-terms-even")), even)]
    {
        if !terms.is_empty() {
            table(page, title, &terms, out)?;
        }
    }
    if let Some(more) = met.len().checked_sub(MOST).filter(|&more| more > 0) {
        let words = Words::of(&message!("html-terms-more", more = more));
        writeln!(out, "<p class=\"note\">{words}</p>")?;
    }
    writeln!(out, "</div>")
}

fn table(page: &Page, title: Words, terms: &[&Term], out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "<table>\n<caption>{title}</caption>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n\
         <tbody>",
        Words::of(&message!("html-source")),
        Words::of(&message!("html-target"))
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
        Label("title", message!("html-show-place"), page.tongue),
        Escaped(&rendering.text),
        rendering.places.len()
    )
}
