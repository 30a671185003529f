//! Templates of the names of files: what a template makes of a path, it finds the path by.
#![no_main]

use duizhao::pairing::Template;
use libfuzzer_sys::fuzz_target;

// Lines: the template of originals, that of translations, a path.
fuzz_target!(|text: &str| {
    let mut lines = text.splitn(3, '\n');
    let (Some(source), Some(target)) = (lines.next(), lines.next()) else { return };
    let Ok(template) = Template::new(source, target) else { return };
    let path = lines.next().unwrap_or("docs/zh/a.md");
    if let Some(there) = template.target_of(path) {
        assert!(template.source_of(&there).is_some(), "{there:?}");
    }
});
