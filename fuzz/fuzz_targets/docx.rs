//! The reader of Word documents: archives as they are, and anything else as the text of one.
#![no_main]

use duizhao::read::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        duizhao_fuzz::one(bytes, Format::Docx);
    } else {
        duizhao_fuzz::one(&duizhao_fuzz::docx(bytes), Format::Docx);
    }
});
