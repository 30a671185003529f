//! The gate of `check` in git repositories: every session in `tests/gate/sessions/` goes as written.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The file of a session is Markdown. Of what is indented, a line `$ …` is run by `sh` in a fresh folder, with
/// `duizhao` on the path and the folder `tests/gate` as `$texts`; `? CODE` below it is its exit code, else 0; a line
/// `! …` must not stand in what it prints to both outputs, and every other line must. A new file is a new case.
#[test]
fn sessions_in_repositories_go_as_written() {
    let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gate");
    let mut files: Vec<PathBuf> = fs::read_dir(texts.join("sessions"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    let wrong: Vec<String> = files.iter().flat_map(|file| session(file, &texts)).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n\n"));
}

/// Runs a session, and gives what went otherwise than written.
fn session(file: &Path, texts: &Path) -> Vec<String> {
    let written = fs::read_to_string(file).expect("readable");
    let mut steps: Vec<(&str, i32, Vec<&str>)> = Vec::new();
    for line in written.lines().filter_map(|line| line.strip_prefix("    ")) {
        if let Some(command) = line.strip_prefix("$ ") {
            steps.push((command, 0, Vec::new()));
            continue;
        }
        let step = steps.last_mut().expect("a command comes first");
        match line.strip_prefix("? ") {
            Some(code) => step.1 = code.parse().expect("a number"),
            None => step.2.push(line),
        }
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut wrong = Vec::new();
    for (command, code, expected) in steps {
        let output = run(command, folder.path(), texts);
        let said =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let met = |line: &&str| match line.strip_prefix("! ") {
            Some(unsaid) => !said.contains(unsaid),
            None => said.contains(line),
        };
        let missed: Vec<&str> = expected.into_iter().filter(|line| !met(line)).collect();
        if output.status.code() != Some(code) || !missed.is_empty() {
            let name = file.display();
            wrong.push(format!("{name}: $ {command}\n{}, missed {missed:?}:\n{said}", output.status));
        }
    }
    wrong
}

fn run(command: &str, folder: &Path, texts: &Path) -> std::process::Output {
    let program = Path::new(env!("CARGO_BIN_EXE_duizhao")).parent().expect("a folder");
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(std::iter::once(program.to_path_buf()).chain(env::split_paths(&path)));
    let settings = [
        ("commit.gpgsign", "false"),
        ("init.defaultBranch", "main"),
        ("protocol.file.allow", "always"),
        ("core.quotePath", "false"),
    ];
    let mut shell = Command::new("sh");
    shell.args(["-euc", command]).current_dir(folder).env("PATH", path.expect("a path")).env("texts", texts);
    shell.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("NO_COLOR", "1");
    shell.env("GIT_CONFIG_COUNT", settings.len().to_string());
    for (at, (key, value)) in settings.into_iter().enumerate() {
        shell.env(format!("GIT_CONFIG_KEY_{at}"), key).env(format!("GIT_CONFIG_VALUE_{at}"), value);
    }
    for role in ["AUTHOR", "COMMITTER"] {
        shell
            .env(format!("GIT_{role}_NAME"), "Tester")
            .env(format!("GIT_{role}_EMAIL"), "tester@example.org");
    }
    shell.output().expect("sh runs")
}
