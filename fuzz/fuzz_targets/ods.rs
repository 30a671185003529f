//! Workbooks of OpenDocument, as pairs and as cells: archives, and any text as their content.
#![no_main]

use std::borrow::Cow;

use duizhao::read::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let book = match bytes.starts_with(b"PK") {
        true => Cow::Borrowed(bytes),
        false => {
            let content = [b"<office:spreadsheet>", bytes, b"</office:spreadsheet>"].concat();
            Cow::Owned(duizhao_fuzz::package(&[("content.xml", &content)]))
        }
    };
    duizhao_fuzz::one(&book, Format::Ods);
    duizhao_fuzz::paired(&book, Format::Ods);
});
