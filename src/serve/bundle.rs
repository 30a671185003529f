//! Reports that are several files, as one archive.

use std::collections::BTreeSet;
use std::io::{self, Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::report::annotate::Content;
use crate::report::{Format, Frame, Options, Pair, Totals, way};

/// The pages of some pairs with their index, or the documents that are given back, each at its own path.
pub(super) fn zip(
    format: &Format,
    pairs: &[Pair],
    options: &Options,
    content: Content,
) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| {
        archive.start_file(name, SimpleFileOptions::default())?;
        archive.write_all(bytes)
    };
    let (mut totals, mut taken) = (Totals::default(), BTreeSet::new());
    for pair in pairs {
        totals.add(pair);
        let mut part = Vec::new();
        let (document, end) = match &format.frame {
            Frame::Copies { copy, side, .. } => {
                copy(pair, options, content, &mut part)?;
                (&pair.document(*side).path, "")
            }
            _ => {
                (format.pair)(pair, options, &mut part)?;
                (&pair.bitext.source.path, ".html")
            }
        };
        if part.is_empty() {
            continue;
        }
        let parts = way(&mut taken, document, end);
        let parts: Vec<_> = parts.iter().map(|part| part.to_string_lossy()).collect();
        let mut name = parts.join("/");
        if matches!(format.frame, Frame::Pages { .. }) {
            name = format!("pages/{name}");
            if let Some(tally) = totals.pairs.last_mut() {
                tally.page = Some(name.clone());
            }
        }
        put(&name, &part)?;
    }
    if let Frame::Pages { index } = &format.frame {
        let mut page = Vec::new();
        index(&totals, options, &mut page)?;
        put("index.html", &page)?;
    }
    Ok(archive.finish()?.into_inner())
}
