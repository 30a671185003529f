//! The whole of check: two documents, read, segmented, aligned, checked and reported in every format.
#![no_main]

use duizhao::read::Format;
use libfuzzer_sys::fuzz_target;

/// The formats of one version each that are read from text.
const FORMATS: [Format; 6] =
    [Format::Plain, Format::Markdown, Format::Html, Format::Rst, Format::AsciiDoc, Format::Subtitles];

// The first byte is the format; a byte that no text has, 0xFF, stands between the two documents.
fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let format = FORMATS[usize::from(first) % FORMATS.len()];
    let mut sides = rest.splitn(2, |&byte| byte == 0xFF).map(|side| duizhao_fuzz::one(side, format));
    if let (Some(Some(source)), Some(Some(target))) = (sides.next(), sides.next()) {
        duizhao_fuzz::whole(source, target);
    }
});
