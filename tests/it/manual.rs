//! CHECKS.md is what the checks say of themselves.

use std::path::Path;

use duizhao::manual;

#[test]
fn checks_md_is_up_to_date() {
    let mut made = Vec::new();
    manual::all(&mut made).expect("memory does not fail");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("CHECKS.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &made).expect("CHECKS.md can be written");
    }
    let kept = std::fs::read(&path).expect("CHECKS.md is there");
    assert!(
        kept == made,
        "CHECKS.md differs from the checks; run `UPDATE=1 cargo test` and look at the change"
    );
}
