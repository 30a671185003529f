//! The reader of workbooks as documents and as pairs: archives as they are, and anything else as the shared strings of
//! one and, behind a line end, its sheet.
#![no_main]

use duizhao::read::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let book = duizhao_fuzz::book(bytes);
    duizhao_fuzz::one(&book, Format::Xlsx);
    duizhao_fuzz::paired(&book, Format::Xlsx);
});
