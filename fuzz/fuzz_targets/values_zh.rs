//! Values in Chinese, on any text.
#![no_main]

use duizhao::{text::Lang, values};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut end = 0;
    for value in values::read(text, Lang::ZH) {
        assert!(value.span.start >= end && text.get(value.span.range()).is_some(), "{value:?}");
        end = value.span.end;
    }
});
