//! Patterns of the user's own placeholders, and what they find in a text.
#![no_main]

use duizhao::markup::placeholders::{self, Pattern};
use duizhao::read::{self, Format};
use libfuzzer_sys::fuzz_target;

// The first line is the pattern, what follows it a text.
fuzz_target!(|text: &str| {
    let (written, text) = text.split_once('\n').unwrap_or((text, text));
    let patterns: Vec<Pattern> = Pattern::parse(written).into_iter().collect();
    let Ok(document) = read::bytes("fuzz", text.as_bytes(), Format::Plain, None) else { return };
    duizhao_fuzz::sound(&placeholders::marked(document, &patterns));
});
