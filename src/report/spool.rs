//! What waits for the end of a run: in memory, or, when it is large, in a temporary file.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::SpooledTempFile;

use crate::text::foreign::shown_path;

/// Bytes that are written, and read back later. When the folder for temporary files has no room, errors name that, and
/// not what the bytes are for.
#[derive(Debug)]
pub struct Spool {
    kept: SpooledTempFile,
    folder: PathBuf,
}

/// How many bytes wait in memory.
const KEPT: usize = 1 << 24;

impl Default for Spool {
    fn default() -> Spool {
        Spool::within(KEPT, &std::env::temp_dir())
    }
}

impl Spool {
    fn within(kept: usize, folder: &Path) -> Spool {
        Spool { kept: SpooledTempFile::new_in(kept, folder), folder: folder.to_path_buf() }
    }

    fn told<T>(&self, made: io::Result<T>) -> io::Result<T> {
        made.map_err(|error| {
            let what = format!(
                "what waits for it cannot be kept in the folder for temporary files, {}: {error}; set TMPDIR to a folder with more room",
                shown_path(&self.folder)
            );
            io::Error::new(error.kind(), what)
        })
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.kept.write(bytes);
        self.told(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.kept.flush();
        self.told(flushed)
    }
}

impl Read for Spool {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.kept.read(bytes);
        self.told(read)
    }
}

impl Seek for Spool {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = self.kept.seek(to);
        self.told(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_room_is_named() {
        let mut spool = Spool::within(4, Path::new("/nowhere\n"));
        spool.write_all(b"abc").expect("in memory");
        let said = spool.write_all(b"def").expect_err("on disk").to_string();
        assert!(said.contains("temporary files, /nowhere␊: ") && said.contains("set TMPDIR"), "{said}");
    }
}
