//! Translation Memory eXchange 1.4b; null links are left out, as the format has no place for them.

use std::io::{self, Write};

use super::View;
use crate::report::xml::escape;

pub(super) fn write(view: &View, out: &mut dyn Write) -> io::Result<()> {
    let (source, target) = (view.bitext.source.lang, view.bitext.target.lang);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<!DOCTYPE tmx SYSTEM "tmx14.dtd">"#)?;
    writeln!(out, r#"<tmx version="1.4">"#)?;
    writeln!(
        out,
        r#"  <header creationtool="duizhao" creationtoolversion="{}" segtype="{}" o-tmf="duizhao" adminlang="en" srclang="{source}" datatype="plaintext"/>"#,
        env!("CARGO_PKG_VERSION"),
        view.unit.name(),
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
