//! A page with the links side by side. It is one file, loads nothing and runs no script.

use std::io::{self, Write};

use super::{View, remark};
use crate::report::html::{Escaped, hash};

const STYLE: &str = include_str!("page.css");

pub(super) fn write(view: &View, out: &mut dyn Write) -> io::Result<()> {
    let (source, target) = (view.bitext.source.lang, view.bitext.target.lang);
    let title = view.title();
    let title = Escaped(&title);
    writeln!(
        out,
        r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{STYLE}</style></head><body><h1 dir="auto">{title}</h1><table>"#,
        hash(STYLE)
    )?;
    writeln!(out, "<thead><tr><th>{source}<th>{target}<th>score</tr></thead><tbody>")?;
    for link in view.links {
        let class = match (link.is_null(), link.moved) {
            (true, _) => " class=null",
            (_, true) => " class=moved",
            _ => "",
        };
        let (ours, theirs) = (view.source(link), view.target(link));
        writeln!(
            out,
            r#"<tr{class}><td lang="{source}" dir="auto">{}<td lang="{target}" dir="auto">{}<td>{:.2} {}</tr>"#,
            Escaped(&ours),
            Escaped(&theirs),
            link.score,
            remark(link)
        )?;
    }
    writeln!(out, "</tbody></table></body></html>")
}
