//! The reader of this format, on any text.
#![no_main]

use duizhao::read::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    duizhao_fuzz::one(text.as_bytes(), Format::Html);
});
