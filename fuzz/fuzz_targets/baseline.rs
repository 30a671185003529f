//! Baselines, on any text: what is read and written again reads as the same.
#![no_main]

use duizhao::gate::Baseline;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let written = |baseline: &Baseline| {
        let mut out = Vec::new();
        baseline.write(&mut out).expect("memory");
        String::from_utf8(out).expect("baselines are text")
    };
    let once = written(&Baseline::read(text));
    assert_eq!(written(&Baseline::read(&once)), once);
});
