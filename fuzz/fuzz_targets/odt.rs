//! The reader of texts of OpenDocument: archives as they are, and anything else as the styles of one and, behind a
//! line end, its content.
#![no_main]

use duizhao::read::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        duizhao_fuzz::one(bytes, Format::Odt);
    } else {
        let (styles, content) = duizhao_fuzz::halves(bytes);
        let package = duizhao_fuzz::package(&[("styles.xml", styles), ("content.xml", content)]);
        duizhao_fuzz::one(&package, Format::Odt);
    }
});
