//! `[0, 1]:[2]:0.873` a link, with the numbers of its units from 0, as vecalign and its scorer write it.

use std::io::{self, Write};

use super::View;

pub(super) fn write(view: &View, out: &mut dyn Write) -> io::Result<()> {
    for link in view.links {
        writeln!(out, "{:?}:{:?}:{:.3}", link.source, link.target, link.score)?;
    }
    Ok(())
}
