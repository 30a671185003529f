//! What strangers wrote, names of files above all, goes to the terminal and into the logs of CI as text: it commands
//! neither. A new way out is a line.

use std::fs;
use std::process::{Command, Stdio};

use duizhao::text::foreign::is_unseen;

/// Goes where a name, a value or a cell can: commands of the terminal (ESC, C1), a turned line, and a line of its own
/// that GitHub takes for a command.
const EVIL: &str = "a\u{1b}]0;x\u{7}\u{9b}31m\u{202e}\n::error file=x::y";

#[cfg(unix)]
#[test]
fn nothing_foreign_commands_a_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    // a `/` would make folders of it
    let name = |end: &str| format!("{EVIL}.{end}");
    let escaped = serde_json::to_string(EVIL).expect("a text");
    let (zh, en) = ("zh/".to_owned() + &name("md"), "en/".to_owned() + &name("md"));
    write(&zh, "2021年有12个国家。\n");
    write(&en, "In 2021 there were 13 countries.\n");
    write(&name("csv"), &format!("source,target,status\n甲,b,\"{EVIL}\"\n"));
    write(&name("tbx"), &format!("<tbx><{EVIL}></tbx>"));
    write(&name("tmx"), &format!("<tmx><{EVIL}></tmx>"));
    write(&name("xlsx"), "PK");
    write(&name("toml"), "");
    write("values.toml", &format!("exclude = [{escaped}]\nbase = {escaped}\n[pairs]\n{escaped} = \"b\"\n"));
    write(
        "globs.toml",
        &format!("exclude = [{}]\n", serde_json::to_string(&format!("[{EVIL}")).expect("a text")),
    );
    write(
        "shown.toml",
        &format!(
            "exclude = [{escaped}]\n[[allow]]\nchecks = [\"number-mismatch\"]\nfiles = [{escaped}]\nreason = {escaped}\n"
        ),
    );
    let (csv, tbx, tmx, xlsx, toml) = (name("csv"), name("tbx"), name("tmx"), name("xlsx"), name("toml"));
    let broken = format!("[{EVIL}");
    let flag = format!("--{EVIL}");
    let report = format!("nowhere/{EVIL}");
    let lines = format!(
        "{{\"source\": {escaped}, \"target\": \"b\"}}\n{{\"source_text\": \"a\", \"target_text\": \"b\", \"format\": {escaped}}}\n{EVIL}\n"
    );
    write("lines", &lines);
    let cases: &[&[&str]] = &[
        &["check", EVIL, "b"],
        &["check", "zh", "en"],
        &["check", "zh", "en", "--format", "github"],
        &["check", "zh", "en", "--format", "markdown"],
        &["check", "zh", "en", "--format", "junit"],
        &["check", "zh", "en", "--format", "checkstyle"],
        &["check", &zh, &en, "--termbase", &csv],
        &["check", &zh, &en, "--termbase", &tbx],
        &["check", &tmx],
        &["check", &zh, &en, "--baseline", EVIL],
        &["check", &zh, &en, "--exclude", &broken],
        &["check", &zh, &en, "--format", EVIL],
        &["check", &zh, &en, "--severity", EVIL],
        &["check", &zh, &en, "--report", &format!("json={report}")],
        &["check", &zh, &en, "--config", "values.toml"],
        &["check", &zh, &en, "--config", "globs.toml"],
        &["check", "--show-settings", "--config", &toml],
        &["check", "--show-settings", "--config", "shown.toml"],
        &["check", "--stdin"],
        &["check", &flag],
        &["align", &zh, &en, "--output", &report],
        &["explain", EVIL],
        &["man", EVIL],
        &["review", EVIL, "--baseline", "known"],
        &["review", "--import", &xlsx, "--baseline", "known"],
        &["sync", "zh", "en", "--lock", EVIL],
        // what is not in step now is told
        &["sync", "zh", "en", "--lock", EVIL],
    ];
    let mut wrong = Vec::new();
    for (at, args) in cases.iter().enumerate() {
        if at + 1 == cases.len() {
            write(&zh, "2021年有15个国家。\n");
        }
        let made = Command::new(env!("CARGO_BIN_EXE_duizhao"))
            .args(*args)
            .current_dir(folder.path())
            .stdin(fs::File::open(folder.path().join("lines")).expect("there"))
            .stderr(Stdio::piped())
            .output()
            .expect("started");
        let said = String::from_utf8_lossy(&[made.stderr, b"\n".to_vec(), made.stdout].concat()).into_owned();
        let commands = said.lines().any(|line| line.starts_with("::error file=x"));
        if commands || said.chars().any(|c| c != '\n' && is_unseen(c)) {
            wrong.push(format!("{args:?}: {said:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A command that is printed to be copied does what it says, whatever the names are.
#[cfg(unix)]
#[test]
fn commands_to_copy_are_quoted() {
    let folder = tempfile::tempdir().expect("a folder");
    for (side, text) in [("zh", "2021年有12个国家。\n"), ("en", "In 2021 there were 12 countries.\n")] {
        fs::create_dir(folder.path().join(side)).expect("a folder");
        fs::write(folder.path().join(side).join("$(touch pwned) 'a'\n.md"), text).expect("a file");
    }
    let sync = || {
        let run = Command::new(env!("CARGO_BIN_EXE_duizhao"))
            .args(["sync", "zh", "en"])
            .current_dir(folder.path())
            .output()
            .expect("started");
        String::from_utf8_lossy(&run.stdout).into_owned()
    };
    sync();
    fs::write(folder.path().join("zh/$(touch pwned) 'a'\n.md"), "2021年有15个国家。\n").expect("a file");
    let said = sync();
    let (_, command) = said.split_once("run `duizhao ").expect("a command");
    let (arguments, _) = command.split_once("`\n").expect("its end");
    let copied = Command::new("bash")
        .args(["-c", &format!("\"$0\" {arguments}"), env!("CARGO_BIN_EXE_duizhao")])
        .current_dir(folder.path())
        .output()
        .expect("bash");
    let told = String::from_utf8_lossy(&copied.stdout);
    assert!(told.contains("1 recorded, 0 as before, 0 stale"), "{arguments}: {told}");
    assert!(!folder.path().join("pwned").exists());
}
