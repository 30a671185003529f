//! The pages of a PDF, as `pdftotext` prints them.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    duizhao_fuzz::printed(&String::from_utf8_lossy(bytes));
});
