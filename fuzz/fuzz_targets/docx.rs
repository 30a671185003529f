//! The reader of Word documents, of their comments and of the places where comments can be anchored: archives as they
//! are, and anything else as the text of one.
#![no_main]

use duizhao::read::{self, Format, Limits, WordPackage};
use duizhao::text::Span;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let bytes = if bytes.starts_with(b"PK") { bytes.to_vec() } else { duizhao_fuzz::docx(bytes) };
    duizhao_fuzz::one(&bytes, Format::Docx);
    let limits = Limits::default();
    let _ = read::comments(&bytes, &limits);
    let Ok(mut package) = WordPackage::open(&bytes, &limits) else { return };
    let Ok(anchors) = read::anchors(&mut package) else { return };
    let end = anchors.text.len();
    for at in (0..=end).filter(|&at| anchors.text.is_char_boundary(at)).take(100) {
        for span in [Span::new(at, at), Span::new(at, end), Span::new(0, at)] {
            for anchor in anchors.range(span).into_iter().flatten() {
                assert!(anchors.main.text.is_char_boundary(anchor.at));
            }
        }
    }
});
