//! Comments addressed to the program in documents: what they suppress, and which state of the original they name.
#![no_main]

use duizhao::gate;
use duizhao::read::{self, Format};
use duizhao::text::Document;
use libfuzzer_sys::fuzz_target;

/// The formats of one version each that carry remarks.
const FORMATS: [Format; 8] = [
    Format::Markdown,
    Format::Html,
    Format::Rst,
    Format::AsciiDoc,
    Format::Latex,
    Format::Subtitles,
    Format::Fluent,
    Format::Properties,
];

// The first byte is the format; a byte that no text has, 0xFF, stands between the two documents.
fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let format = FORMATS[usize::from(first) % FORMATS.len()];
    let mut sides = rest.splitn(2, |&byte| byte == 0xFF).map(|side| duizhao_fuzz::one(side, format));
    let (Some(Some(source)), Some(Some(target))) = (sides.next(), sides.next()) else { return };
    named(&source);
    named(&target);
    let bitext = duizhao::align::align(source, target).into_bitext();
    // a remark that says nothing that can be meant is told
    let _ = gate::suppress(&bitext, &mut [], &[]);
});

/// Remarks are in order, apart and inside of the text.
fn named(document: &Document) {
    let mut end = 0;
    for remark in read::remarks(document) {
        assert!(remark.span.start >= end && remark.span.contains(remark.body), "{remark:?}");
        end = remark.span.end;
        let _ = read::followed(document.slice(remark.body));
    }
}
