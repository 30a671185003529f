//! One text that holds both versions, and texts of a sentence a line.
#![no_main]

use duizhao::read::{self, Format};
use libfuzzer_sys::fuzz_target;

/// The formats that may hold both versions.
const FORMATS: [Format; 4] = [Format::Plain, Format::Markdown, Format::Html, Format::Rst];

// The first byte is the format.
fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let format = FORMATS[usize::from(first) % FORMATS.len()];
    if let Ok((source, target)) = read::both_bytes("fuzz", rest, format, None, None) {
        duizhao_fuzz::sound(&source);
        duizhao_fuzz::sound(&target);
    }
    let _ = read::lines_bytes("fuzz", rest, None);
});
