//! How much is read at most, so that no file can take all memory.

/// The most that is read of one file. The defaults leave room for any book, and for a page that is one line of 50 MB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest file, in bytes. By default 64 MiB; what is made of a text takes up to a few hundred times its size
    /// where it is nothing but headings, and some ten times in ordinary prose.
    pub file: u64,
    /// The largest part of a packed document (DOCX) once it is unpacked, in bytes. By default 128 MiB.
    pub part: u64,
    /// How many times larger than its packed form such a part may be. By default 300: no text packs so well.
    pub ratio: u64,
    /// What an unpacked part may have whatever the ratio, in bytes. By default 4 MiB.
    pub small: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { file: 64 << 20, part: 128 << 20, ratio: 300, small: 4 << 20 }
    }
}

impl Limits {
    /// How many bytes a part may have that takes `packed` bytes in its archive.
    pub(super) fn of_part(&self, packed: u64) -> u64 {
        packed.saturating_mul(self.ratio).max(self.small).min(self.part)
    }
}
