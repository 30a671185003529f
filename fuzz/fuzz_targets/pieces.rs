//! The pieces that the encoder reads of a text.
#![no_main]

use duizhao::encoder::Encoder;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let pieces = Encoder::open().expect("built with the feature `deep`").pieces(text);
    let mut last = 0..0;
    for piece in pieces {
        // a character that stands for several may be in several pieces
        assert!(piece.is_empty() || piece.start >= last.start && piece.end >= last.end, "{piece:?} after {last:?}");
        assert!(text.get(piece.clone()).is_some(), "{piece:?}");
        last = piece;
    }
});
