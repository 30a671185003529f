//! The reader of LaTeX.
#![no_main]

use duizhao::read::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    duizhao_fuzz::one(bytes, Format::Latex);
});
