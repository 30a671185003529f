//! The reader of presentations: archives as they are, and anything else as what a slide refers to and, behind a line
//! end, that slide.
#![no_main]

use duizhao::read::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        duizhao_fuzz::one(bytes, Format::Pptx);
    } else {
        let (relations, slide) = duizhao_fuzz::halves(bytes);
        let package = duizhao_fuzz::package(&[
            ("ppt/presentation.xml", b"<p><sldId id='1' r:id='a'/></p>"),
            ("ppt/_rels/presentation.xml.rels", b"<r><r Id='a' Type='/slide' Target='s.xml'/></r>"),
            ("ppt/_rels/s.xml.rels", relations),
            ("ppt/s.xml", slide),
        ]);
        duizhao_fuzz::one(&package, Format::Pptx);
    }
});
