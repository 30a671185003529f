//! Settings files, on any bytes: what is read can be shown, and asked which files it concerns.
#![no_main]

use std::path::Path;

use duizhao::config::{self, Config, Settings};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let folder = duizhao_fuzz::folder();
    let path = folder.join(config::NAME);
    std::fs::write(&path, bytes).expect("a file");
    // what is none is refused
    let Ok(file) = config::load(&path) else { return };
    let settings = Settings::new(Some(file), Config::default());
    config::show(&settings, &mut std::io::sink()).expect("a sink does not fail");
    let document = Path::new("docs/zh/a.md");
    let _ = (settings.excludes(document), settings.format_of(document), settings.rules_for(document, document));
    let _ = settings.checks();
});
