//! Renders the terms of a bitext: for terminologists and their tools.

use std::io::{self, Write};

use serde::Serialize;

use super::xml::escape;
use crate::terms::Counted;
use crate::text::Lang;

/// How to write terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Term, its count, rendering, its count and `odd`, one rendering a line.
    Tsv,
    /// One JSON object with all terms and their renderings.
    Json,
    /// TermBase eXchange (ISO 30042:2019), dialect TBX-Basic; every rendering is a term of the concept, and what stands
    /// out is deprecated. A draft that `--termbase` takes.
    Tbx,
    /// The draft of a termbase as `--termbase` takes it: what stands for a term is required, what stands out forbidden,
    /// and how often each is met noted.
    Csv,
}

impl Format {
    /// All formats with their names.
    pub const ALL: [(&'static str, Format); 4] =
        [("tsv", Format::Tsv), ("json", Format::Json), ("tbx", Format::Tbx), ("csv", Format::Csv)];

    /// The format with this name.
    pub fn parse(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, format)| format)
    }
}

/// Writes terms in the languages of their two sides.
///
/// # Errors
/// Those of `out`.
pub fn write(terms: &[Counted], languages: [Lang; 2], format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Tsv => tsv(terms, out),
        Format::Json => json(terms, languages, out),
        Format::Tbx => tbx(terms, languages, out),
        Format::Csv => csv(terms, out),
    }
}

fn tsv(terms: &[Counted], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "term\tcount\trendering\tcount\todd")?;
    for term in terms {
        for rendering in &term.renderings {
            let (count, odd) = (rendering.count, rendering.odd);
            writeln!(out, "{}\t{}\t{}\t{count}\t{odd}", term.text, term.count, rendering.text)?;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct TermsJson<'a> {
    version: u32,
    source: &'a str,
    target: &'a str,
    terms: Vec<TermJson<'a>>,
}

#[derive(Serialize)]
struct TermJson<'a> {
    term: &'a str,
    count: usize,
    renderings: Vec<RenderingJson<'a>>,
}

#[derive(Serialize)]
struct RenderingJson<'a> {
    text: &'a str,
    count: usize,
    odd: bool,
}

fn json(terms: &[Counted], languages: [Lang; 2], out: &mut dyn Write) -> io::Result<()> {
    let terms = terms.iter().map(|term| TermJson {
        term: &term.text,
        count: term.count,
        renderings: term
            .renderings
            .iter()
            .map(|one| RenderingJson { text: &one.text, count: one.count, odd: one.odd })
            .collect(),
    });
    let [source, target] = &languages;
    let view =
        TermsJson { version: 1, source: source.as_str(), target: target.as_str(), terms: terms.collect() };
    serde_json::to_writer_pretty(&mut *out, &view)?;
    writeln!(out)
}

fn tbx(terms: &[Counted], languages: [Lang; 2], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<tbx type="TBX-Basic" style="dca" xml:lang="{}" xmlns="urn:iso:std:iso:30042:ed-2">"#,
        languages[0]
    )?;
    writeln!(
        out,
        "  <tbxHeader><fileDesc><sourceDesc><p>Found by duizhao.</p></sourceDesc></fileDesc></tbxHeader>"
    )?;
    writeln!(out, "  <text><body>")?;
    for (index, term) in terms.iter().enumerate() {
        writeln!(out, r#"    <conceptEntry id="c{}">"#, index + 1)?;
        let [source, target] = &languages;
        writeln!(
            out,
            r#"      <langSec xml:lang="{source}"><termSec><term>{}</term></termSec></langSec>"#,
            escape(&term.text)
        )?;
        write!(out, r#"      <langSec xml:lang="{target}">"#)?;
        for rendering in &term.renderings {
            let status = match rendering.odd {
                true => r#"<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>"#,
                false => "",
            };
            write!(out, "<termSec><term>{}</term>{status}</termSec>", escape(&rendering.text))?;
        }
        writeln!(out, "</langSec>\n    </conceptEntry>")?;
    }
    writeln!(out, "  </body></text>\n</tbx>")
}

fn csv(terms: &[Counted], out: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(["source", "target", "status", "case", "note"])?;
    for term in terms {
        for (odd, status) in [(false, "required"), (true, "forbidden")] {
            let of: Vec<_> = term.renderings.iter().filter(|rendering| rendering.odd == odd).collect();
            if of.is_empty() {
                continue;
            }
            let texts: Vec<&str> = of.iter().map(|rendering| rendering.text.as_str()).collect();
            let counts: Vec<String> = of.iter().map(|rendering| rendering.count.to_string()).collect();
            let note = format!("{} of {}", counts.join(" + "), term.count);
            rows.write_record([&*term.text, &*texts.join(" | "), status, "", &*note])?;
        }
    }
    rows.flush()
}
