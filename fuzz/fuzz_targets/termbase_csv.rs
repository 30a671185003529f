//! Termbases in CSV, on any bytes.
#![no_main]

use duizhao::{termbase, text::Lang};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = termbase::csv(bytes, Lang::ZH, Lang::EN);
});
