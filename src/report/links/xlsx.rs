//! A table for reviewers in Excel.

use std::io::{self, Write};

use super::View;

pub(super) fn write(view: &View, out: &mut dyn Write) -> io::Result<()> {
    view.table().xlsx(None, out)
}
