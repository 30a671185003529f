//! Baselines, on any text: what is read and written again reads as the same.
#![no_main]

use std::path::Path;

use duizhao::gate::Baseline;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let written = |baseline: &Baseline| {
        let mut out = Vec::new();
        baseline.write(&mut out).expect("memory");
        String::from_utf8(out).expect("baselines are text")
    };
    let path = Path::new("fuzz");
    // what is no baseline is refused
    let Ok(baseline) = Baseline::read(path, text) else { return };
    let once = written(&baseline);
    let again = Baseline::read(path, &once).expect("what was written is a baseline");
    assert_eq!(written(&again), once);
});
