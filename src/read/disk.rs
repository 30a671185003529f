//! A text as it is read, and the bytes that it was read from, so that something can be put into these.

use super::{Decoded, encoding, text};
use crate::error::ErrorKind;
use crate::message::message;

/// Something to be put into a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insertion {
    /// Before which byte of the text as it is read.
    pub at: usize,
    /// What.
    pub text: String,
}

/// A text in UTF-8 and its bytes.
#[derive(Debug, Clone)]
pub struct OnDisk {
    /// The text as it is read.
    pub text: String,
    /// See [`Document::composed`](crate::text::Document::composed).
    composed: Vec<usize>,
    bytes: Vec<u8>,
}

const MARK: &[u8] = b"\xef\xbb\xbf";

impl OnDisk {
    /// Reads a text.
    ///
    /// # Errors
    /// When it holds a NUL, or is in another encoding: what is put in could not be written in that.
    pub fn read(bytes: Vec<u8>) -> Result<OnDisk, ErrorKind> {
        let Decoded { text, composed, encoding, .. } = text(&bytes)?;
        if encoding != encoding::UTF_8 {
            let what = message!("read-put-in-encoding", encoding = encoding);
            return Err(ErrorKind::Format { what });
        }
        Ok(OnDisk { text, composed, bytes })
    }

    /// The bytes with something put in, and otherwise as they are. What is put in at one place stands in the order of
    /// `insertions`.
    pub fn with(&self, mut insertions: Vec<Insertion>) -> Vec<u8> {
        // the sort is stable
        insertions.sort_by_key(|insertion| insertion.at);
        let mark = if self.bytes.starts_with(MARK) { MARK.len() } else { 0 };
        let added: usize = insertions.iter().map(|insertion| insertion.text.len()).sum();
        let mut out = Vec::with_capacity(self.bytes.len() + added);
        let (mut read, mut raw, mut copied) = (0, mark, 0);
        for Insertion { at, text } in insertions {
            raw = self.raw(read, raw, at);
            read = at;
            out.extend_from_slice(&self.bytes[copied..raw]);
            copied = raw;
            out.extend_from_slice(text.as_bytes());
        }
        out.extend_from_slice(&self.bytes[copied..]);
        out
    }

    /// Where a byte of the text stands among those on disk, if the byte `from` before it stands at `raw`.
    fn raw(&self, from: usize, raw: usize, at: usize) -> usize {
        if self.composed.is_empty() {
            return raw + (at - from);
        }
        let more = |at| self.composed.partition_point(|&end| end <= at);
        let chars = self.text[from..at].chars().count() + more(at) - more(from);
        // the bytes of a char begin with one that is none of those in the middle
        let starts = self.bytes[raw..].iter().enumerate().filter(|(_, byte)| **byte & 0xc0 != 0x80);
        starts.map(|(at, _)| at).nth(chars).map_or(self.bytes.len(), |at| raw + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Without what was put in, the bytes are as they were; and it stands where it was to stand.
        #[test]
        fn nothing_else_changes(
            text in "(\u{feff})?([a中𠀀\r\n]|e\u{301}|e\u{323}\u{302}|か\u{3099}){0,30}",
            places in proptest::collection::vec(0usize..60, 0..5),
        ) {
            let bytes = text.clone().into_bytes();
            let disk = OnDisk::read(bytes.clone()).expect("UTF-8");
            let at = |place: usize| disk.text.floor_char_boundary(place.min(disk.text.len()));
            let insertions: Vec<_> =
                places.iter().map(|&place| Insertion { at: at(place), text: "#".to_owned() }).collect();
            let made = String::from_utf8(disk.with(insertions)).expect("UTF-8");
            proptest::prop_assert_eq!(made.replace('#', ""), text);
            let mut offsets: Vec<usize> = places.iter().map(|&place| at(place)).collect();
            offsets.sort_unstable();
            let before = |part: &str| OnDisk::read(part.replace('#', "").into_bytes()).expect("UTF-8").text.len();
            let found: Vec<usize> = made.match_indices('#').map(|(at, _)| before(&made[..at])).collect();
            proptest::prop_assert_eq!(found, offsets);
        }
    }
}
