//! The whole of check for files that say what corresponds to what, in pairs or by keys.
#![no_main]

use duizhao::align;
use duizhao::read::{self, Format, Paired};
use duizhao::segment::segment;
use libfuzzer_sys::fuzz_target;

/// Formats of one version each, whose messages have keys.
const KEYED: [Format; 4] = [Format::Json, Format::Properties, Format::Android, Format::Fluent];
/// Formats with both versions.
const PAIRED: [Format; 4] = [Format::Po, Format::Table, Format::Xliff, Format::Tmx];

// The first byte is the format; a byte that no text has, 0xFF, stands between two files.
fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let at = usize::from(first) % (KEYED.len() + PAIRED.len());
    let paired = match KEYED.get(at) {
        Some(&format) => {
            let mut sides = rest.splitn(2, |&byte| byte == 0xFF);
            let mut side = || read::bytes("fuzz", sides.next()?, format, None).ok();
            let (Some(source), Some(target)) = (side(), side()) else { return };
            if source.entries.is_empty() || target.entries.is_empty() {
                return;
            }
            read::by_key(source, target)
        }
        None => match read::paired_bytes("fuzz", rest, PAIRED[at - KEYED.len()], None, None) {
            Ok(paired) => paired,
            Err(_) => return,
        },
    };
    let Paired { source, target, links } = paired;
    duizhao_fuzz::judged(align::align_within(segment(source), segment(target), links));
});
