//! Source text, target text, score and `moved`, one link a line; tabs and line ends in the texts become spaces.

use std::io::{self, Write};

use super::View;

pub(super) fn write(view: &View, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "source\ttarget\tscore\tmoved")?;
    for link in view.links {
        writeln!(out, "{}\t{}\t{:.3}\t{}", view.source(link), view.target(link), link.score, link.moved)?;
    }
    Ok(())
}
