//! Imports point left: a layer uses only what stands to its left.

use std::fs;
use std::path::Path;

/// The layers from left to right; rooms on one line may not use each other unless one is listed in `WITHIN`.
const LAYERS: &[&[&str]] = &[
    &["message", "loopback"],
    &["text"],
    &["error"],
    &["files"],
    &["lexicon", "values", "read", "segment", "termbase"],
    &["markup", "encoder"],
    &["align", "pairing"],
    &["terms"],
    &["meaning"],
    &["check"],
    &["report", "manual"],
    &["gate"],
    &["config"],
    &["run"],
    &["lsp", "review"],
    &["serve"],
    &["cli"],
];

fn rank(room: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&room))
}

#[test]
fn imports_point_left() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for file in files(&root) {
        let inside = file.strip_prefix(&root).expect("below src").with_extension("");
        let room = inside.components().next().expect("a file").as_os_str().to_string_lossy().into_owned();
        if room == "lib" || room == "main" {
            continue;
        }
        let own = rank(&room)
            .unwrap_or_else(|| panic!("src/{room} is in no layer: add it to LAYERS and ARCHITECTURE.md"));
        let text = fs::read_to_string(&file).expect("readable");
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        if inside.ends_with("tests") || inside.ends_with("properties") {
            // tests may look at everything
            continue;
        }
        for used in uses(text) {
            if used == room {
                continue;
            }
            match rank(&used) {
                Some(layer) if layer < own => {}
                _ => wrong.push(format!("{} uses crate::{used}", file.display())),
            }
        }
        if room == "check" && inside.components().count() > 1 {
            let checks = uses_within(text, inside.components().count());
            wrong.extend(checks.into_iter().map(|used| format!("{} uses the check {used}", file.display())));
        }
    }
    assert!(wrong.is_empty(), "imports that point the wrong way:\n{}", wrong.join("\n"));
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The rooms of the crate that a file names: `crate::room` and `crate::{room::…, room}`.
fn uses(text: &str) -> Vec<String> {
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut rooms = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut name = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => rooms.push(std::mem::take(&mut name)),
                    _ if depth == 0 => name.push(c),
                    _ => {}
                }
            }
            rooms.push(name);
        } else {
            rooms.push(rest.to_owned());
        }
    }
    let first = |path: String| -> String {
        path.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    rooms.into_iter().map(first).filter(|room| !room.is_empty()).collect()
}

/// The sibling checks that a check names: what begins with `super::` or `crate::check::` and a lower-case letter,
/// unless it is a helper that all checks share. What belongs to one check, a room deeper, may use what it is part of.
fn uses_within(text: &str, depth: usize) -> Vec<String> {
    const SHARED: &[&str] = &["context", "divergence", "fingerprint"];
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let above = "super::".repeat(depth - 1);
    let paths = [above.as_str(), "crate::check::"].into_iter().flat_map(|lead| {
        code.match_indices(lead).map(|(at, _)| code[at + lead.len()..].to_owned()).collect::<Vec<_>>()
    });
    let name =
        |path: String| -> String { path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let sibling = |name: &String| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && !SHARED.contains(&name.as_str())
            && name != "super"
    };
    paths.map(name).filter(sibling).collect()
}
