//! How much is read at most, so that no file can take all memory.

use crate::error::ErrorKind;

/// The most that is read of one file. The defaults leave room for any book, and for a page that is one line of 50 MB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest file, in bytes. By default 64 MiB.
    pub file: u64,
    /// The most blocks of one version: paragraphs, items, cells, lines. By default 500,000.
    pub blocks: usize,
    /// The largest part of a packed document (DOCX) once it is unpacked, in bytes. By default 128 MiB.
    pub part: u64,
    /// How many times larger than its packed form such a part may be. By default 300: no text packs so well.
    pub ratio: u64,
    /// What an unpacked part may have whatever the ratio, in bytes. By default 4 MiB.
    pub small: u64,
    /// Whether somebody has agreed that a program of the system is run to read a file (PDF). By default not.
    pub programs: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Limits::USUAL
    }
}

impl Limits {
    /// Those that hold where nobody says otherwise.
    pub const USUAL: Limits = Limits {
        file: 64 << 20,
        blocks: 500_000,
        part: 128 << 20,
        ratio: 300,
        small: 4 << 20,
        programs: false,
    };

    /// How many bytes a part may have that takes `packed` bytes in its archive.
    pub(super) fn of_part(&self, packed: u64) -> u64 {
        packed.saturating_mul(self.ratio).max(self.small).min(self.part)
    }

    /// # Errors
    /// When there are more blocks than that.
    pub(super) fn allow(&self, blocks: usize) -> Result<(), ErrorKind> {
        match blocks <= self.blocks {
            true => Ok(()),
            false => Err(ErrorKind::TooMany { found: blocks, limit: self.blocks }),
        }
    }
}
