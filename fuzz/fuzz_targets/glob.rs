//! Globs of settings, on any text, against its beginning as a path.
#![no_main]

use duizhao::config::Glob;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(glob) = Glob::parse(text) {
        assert_eq!(glob.as_str(), text);
        // a path as long as a glob may be takes a build like this one half a minute
        let _ = glob.matches(&text[..text.floor_char_boundary(255)]);
    }
});
