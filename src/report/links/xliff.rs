//! XLIFF 2.0: one unit a link with one segment, and notes on its score and on what is odd about it.

use std::io::{self, Write};

use super::{View, remark};
use crate::report::xml::escape;

/// What the original lacks has an empty source, since the format demands one; what the translation lacks has no
/// target.
pub(super) fn write(view: &View, out: &mut dyn Write) -> io::Result<()> {
    let (source, target) = (view.bitext.source.lang, view.bitext.target.lang);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="{source}" trgLang="{target}">"#
    )?;
    writeln!(out, r#"  <file id="f1" original="{}">"#, escape(&view.bitext.source.path))?;
    for (index, link) in view.links.iter().enumerate() {
        let number = index + 1;
        writeln!(out, r#"    <unit id="u{number}">"#)?;
        write!(out, r#"      <notes><note category="score">{:.3}</note>"#, link.score)?;
        if !remark(link).is_empty() {
            write!(out, r#"<note category="remark">{}</note>"#, remark(link))?;
        }
        writeln!(out, "</notes>")?;
        write!(out, r#"      <segment id="s{number}"><source>{}</source>"#, escape(&view.source(link)))?;
        if !link.target.is_empty() {
            write!(out, "<target>{}</target>", escape(&view.target(link)))?;
        }
        writeln!(out, "</segment>\n    </unit>")?;
    }
    writeln!(out, "  </file>\n</xliff>")
}
