//! Files in folders are paired as `tests/pairing/*.txt` say.

use std::fs;
use std::path::{Path, PathBuf};

use duizhao::pairing::{self, Below, Found, Template, Told};

/// A case: `check` with one folder or two, or a template `SOURCE = TARGET` a line; the files that are there, below
/// `files`; and what is found, below `found`: `SOURCE ↔ TARGET`, `PATH` alone for a file with both versions,
/// `SOURCE → EXPECTED` for a translation that is missing, `EXPECTED ← TARGET` for one without original, and
/// `unread: …` for files of other kinds.
/// `UPDATE=1` writes what is found anew.
#[test]
fn folders_are_paired_as_the_cases_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pairing");
    let mut wrong = Vec::new();
    for case in fs::read_dir(&folder).expect("tests/pairing") {
        let path = case.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("readable");
        let (head, rest) = text.split_once("files:\n").expect("files");
        let (files, kept) = rest.split_once("found:\n").expect("found");
        let root = tempfile::tempdir().expect("a folder");
        for file in files.lines().map(str::trim).filter(|line| !line.is_empty()) {
            // what stands behind a bar is the content
            let (file, content) = file.split_once(" | ").unwrap_or((file, ""));
            let file = root.path().join(file);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, content).expect("a file");
        }
        let made = match found(root.path(), head) {
            Ok(below) => {
                let unread = below.unread().map(|unread| format!("  unread: {unread}\n"));
                below.found.iter().map(|found| shown(root.path(), found)).chain(unread).collect()
            }
            Err(error) => format!("  {}\n", error.replace(&root.path().display().to_string(), "")),
        };
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, format!("{head}files:\n{files}found:\n{made}")).expect("writable");
        } else if kept != made {
            wrong.push(format!("{}:\n{made}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const TOLD: Told = Told { exclude: &|_| false, format: &|_| None };

fn found(root: &Path, head: &str) -> Result<Below, String> {
    let lines: Vec<&str> =
        head.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).collect();
    let made = match lines.first().and_then(|line| line.strip_prefix("check")) {
        Some(folders) => {
            let folders: Vec<PathBuf> = folders.split_whitespace().map(|folder| root.join(folder)).collect();
            match &folders[..] {
                [one] => pairing::within(one, None, None, TOLD),
                [one, other] => pairing::between(one, other, TOLD),
                _ => panic!("one folder or two: {head}"),
            }
        }
        None => {
            let template = |line: &&str| {
                let (source, target) = line.split_once(" = ").expect("SOURCE = TARGET");
                Template::new(source, target).expect("a template")
            };
            pairing::by_templates(root, &lines.iter().map(template).collect::<Vec<_>>(), TOLD)
        }
    };
    made.map_err(|error| error.to_string())
}

fn shown(root: &Path, found: &Found) -> String {
    let name = |path: &Path| path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
    match found {
        Found::Pair { source, target } => format!("  {} ↔ {}\n", name(source), name(target)),
        Found::Both(path) => format!("  {}\n", name(path)),
        Found::Missing { source, expected } => format!("  {} → {}\n", name(source), name(expected)),
        Found::Orphan { target, expected } => format!("  {} ← {}\n", name(expected), name(target)),
        Found::Unread { path, why } => format!("  {}: {why}\n", name(path)),
    }
}
