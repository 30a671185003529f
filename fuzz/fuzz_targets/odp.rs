//! Presentations of OpenDocument: archives, and any text as their content.
#![no_main]

use duizhao::read::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        duizhao_fuzz::one(bytes, Format::Odp);
    } else {
        let content = [b"<office:presentation>", bytes, b"</office:presentation>"].concat();
        duizhao_fuzz::one(&duizhao_fuzz::package(&[("content.xml", &content)]), Format::Odp);
    }
});
