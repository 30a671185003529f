//! The reader of books: archives as they are, and anything else as the spine of one and, behind a line end, its page.
#![no_main]

use duizhao::read::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        duizhao_fuzz::one(bytes, Format::Epub);
    } else {
        let (spine, page) = duizhao_fuzz::halves(bytes);
        let package = duizhao_fuzz::package(&[
            ("META-INF/container.xml", b"<c><rootfile full-path='a.opf'/></c>"),
            ("a.opf", &[b"<p><item id='a' href='a.xhtml'/>", spine, b"<itemref idref='a'/></p>"].concat()),
            ("a.xhtml", page),
        ]);
        duizhao_fuzz::one(&package, Format::Epub);
    }
});
