//! CHECKS.md, in English and in Chinese, is what the checks say of themselves.

use std::path::Path;

use duizhao::check::Tongue;
use duizhao::manual;

#[test]
fn the_manual_is_up_to_date() {
    for (tongue, name) in [(Tongue::English, "CHECKS.md"), (Tongue::Chinese, "CHECKS.zh-CN.md")] {
        let mut made = Vec::new();
        manual::all(tongue, &mut made).expect("memory does not fail");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &made).expect("the manual can be written");
        }
        let kept = std::fs::read(&path).expect("the manual is there");
        assert!(
            kept == made,
            "{name} differs from the checks; run `UPDATE=1 cargo test` and look at the change"
        );
    }
}
