//! A table for reviewers in Word.

use std::io::{self, Write};

use super::View;

pub(super) fn write(view: &View, out: &mut dyn Write) -> io::Result<()> {
    view.table().docx(out)
}
