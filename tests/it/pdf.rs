//! PDFs, which another program reads: a stand-in for `pdftotext` is put first in the path of the program under test.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Writes down how it is called, and makes pages of what it is given.
const STAND_IN: &str = "#!/bin/sh\necho \"$@\" >> \"$CALLS\"\n/usr/bin/tail -n +2 | /usr/bin/tr '@' '\\f'\n";

const ZH: &str = "%PDF-1.7\n会议于上午九点开始。\n\n共有 128 名代表参加。@每箱装 24 罐。\n@";
const EN: &str = "%PDF-1.7\nThe meeting began at nine in the morning.\n\n128 delegates took part.@There are 42 tins in each box.\n@";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in
        [("zh/-a b.pdf", ZH), ("en/-a b.pdf", EN), ("zh/b.md", "词。\n"), ("en/b.md", "A word.\n")]
    {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    std::fs::create_dir(folder.path().join("bin")).expect("a folder");
    let program = folder.path().join("bin/pdftotext");
    std::fs::write(&program, STAND_IN).expect("a program");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("a program");
    folder
}

fn run(folder: &Path, programs: &str, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_duizhao"))
        .args(args)
        .current_dir(folder)
        .env("PATH", folder.join(programs))
        .env("CALLS", folder.join("calls"))
        .env("NO_COLOR", "1")
        .output()
        .expect("it runs")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_pdf_that_is_named_is_read() {
    let folder = folder();
    let output = run(folder.path(), "bin", &["check", "zh/-a b.pdf", "en/-a b.pdf"]);
    let told = told(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("24 stands against 42") && told.contains("page 2"), "{told}");
    // nothing of a file or its name is among the arguments
    let calls = std::fs::read_to_string(folder.path().join("calls")).expect("it was called");
    assert_eq!(calls, "-q -enc UTF-8 - -\n".repeat(2));
}

#[test]
fn without_the_program_it_is_named() {
    let folder = folder();
    let output = run(folder.path(), "none", &["check", "zh/-a b.pdf", "en/-a b.pdf"]);
    let told = told(&output);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("`pdftotext`, which is not installed") && told.contains("poppler-utils"), "{told}");
}

#[test]
fn what_lies_in_folders_makes_no_program_run() {
    let folder = folder();
    let called = || folder.path().join("calls").exists();
    let output = run(folder.path(), "bin", &["check", "zh", "en"]);
    assert_eq!((output.status.code(), called()), (Some(0), false), "{}", told(&output));
    assert!(told(&output).contains("left unread, because of their kinds: 2 .pdf"), "{}", told(&output));
    std::fs::write(folder.path().join("duizhao.toml"), "[formats]\n\"**/*.pdf\" = \"pdf\"\n")
        .expect("a file");
    let output = run(folder.path(), "bin", &["check", "zh", "en"]);
    assert_eq!((output.status.code(), called()), (Some(2), false), "{}", told(&output));
    assert!(told(&output).contains("--allow-programs"), "{}", told(&output));
    std::fs::remove_file(folder.path().join("duizhao.toml")).expect("a file");
    let output = run(folder.path(), "bin", &["check", "zh", "en", "--allow-programs"]);
    assert_eq!((output.status.code(), called()), (Some(1), true), "{}", told(&output));
}

#[test]
fn settings_make_no_pdf_of_what_is_named_otherwise() {
    let folder = folder();
    let called = || folder.path().join("calls").exists();
    for name in ["a.md", "b.md"] {
        std::fs::write(folder.path().join(name), "%PDF-1.7\n").expect("a file");
    }
    std::fs::write(folder.path().join("duizhao.toml"), "[formats]\n\"*.md\" = \"pdf\"\n").expect("a file");
    let output = run(folder.path(), "bin", &["check", "a.md", "b.md"]);
    assert_eq!((output.status.code(), called()), (Some(2), false), "{}", told(&output));
    assert!(told(&output).contains("--allow-programs"), "{}", told(&output));
}

#[test]
fn one_pdf_may_hold_both_versions() {
    let folder = folder();
    let output = run(folder.path(), "bin", &["check", "zh/-a b.pdf"]);
    assert!(folder.path().join("calls").exists(), "{}", told(&output));
    assert!(!told(&output).contains("--allow-programs"), "{}", told(&output));
}
