//! The report as one page.
use super::{Options, Report};
use std::io::{self, Write};
/// Writes the page.
pub fn write(_: &Report, _: &Options, _: &mut dyn Write) -> io::Result<()> {
    Ok(())
}
