//! Globs of settings, on any text, against itself as a path.
#![no_main]

use duizhao::config::Glob;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(glob) = Glob::parse(text) {
        assert_eq!(glob.as_str(), text);
        let _ = glob.matches(text);
    }
});
