//! Imports point left: a layer uses only what stands to its left. Inside of a layer no rooms use each other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The layers from left to right; rooms on one line may not use each other unless one is listed in `WITHIN`.
const LAYERS: &[&[&str]] = &[
    &["message", "loopback", "words"],
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
    let mut wrong = Vec::new();
    for File { module, name, code } in files_of_the_crate() {
        let room = &module[0];
        let own = rank(room)
            .unwrap_or_else(|| panic!("src/{room} is in no layer: add it to LAYERS and ARCHITECTURE.md"));
        for used in paths(&code, &module).into_iter().filter_map(|path| path.into_iter().next()) {
            if used != *room && rank(&used).is_none_or(|layer| layer >= own) {
                wrong.push(format!("{name} uses crate::{used}"));
            }
        }
        if room == "check" && module.len() > 1 {
            let checks = uses_within(&code, module.len());
            wrong.extend(checks.into_iter().map(|used| format!("{name} uses the check {used}")));
        }
    }
    assert!(wrong.is_empty(), "imports that point the wrong way:\n{}", wrong.join("\n"));
}

#[test]
fn no_rooms_use_each_other() {
    let files = files_of_the_crate();
    let modules: BTreeSet<&[String]> = files.iter().map(|file| file.module.as_slice()).collect();
    // of the rooms that a room consists of: which uses which, and where
    let mut uses: BTreeMap<Vec<String>, BTreeMap<String, BTreeMap<String, &str>>> = BTreeMap::new();
    for File { module, name, code } in &files {
        for used in paths(code, module) {
            let common = module.iter().zip(&used).take_while(|(own, other)| own == other).count();
            let (Some(own), Some(other)) = (module.get(common), used.get(common)) else { continue };
            if modules.contains(&used[..=common]) {
                let of_room = uses.entry(module[..common].to_vec()).or_default();
                of_room.entry(own.clone()).or_default().insert(other.clone(), name);
            }
        }
    }
    let mut circles = Vec::new();
    for (room, uses) in &uses {
        for (one, used) in uses {
            for (other, file) in used.iter().filter(|(other, _)| reaches(uses, other, one)) {
                circles
                    .push(format!("{room:?}: {one} uses {other} ({file}), which uses {one}, or what does"));
            }
        }
    }
    assert!(circles.is_empty(), "rooms that use each other:\n{}", circles.join("\n"));
    assert!(uses.len() > 10, "paths are read no longer: {uses:?}");
}

/// Whether a room uses another, or uses one that does.
fn reaches(uses: &BTreeMap<String, BTreeMap<String, &str>>, from: &str, to: &str) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(room) = next.pop() {
        if room == to {
            return true;
        }
        if seen.insert(room) {
            next.extend(uses.get(room).into_iter().flat_map(|used| used.keys().map(String::as_str)));
        }
    }
    false
}

/// A file of the crate without its tests.
struct File {
    /// Its path as a module: `values::dates::months`.
    module: Vec<String>,
    name: String,
    code: String,
}

fn files_of_the_crate() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for path in files(&root) {
        let inside = path.strip_prefix(&root).expect("below src").with_extension("");
        let module: Vec<String> =
            inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        // tests may look at everything
        let is_test = module.last().is_some_and(|last| ["tests", "properties"].contains(&last.as_str()));
        if is_test || module == ["lib"] || module == ["main"] {
            continue;
        }
        let text = fs::read_to_string(&path).expect("readable");
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        found.push(File { module, name: path.display().to_string(), code: lines.join("\n") });
    }
    found
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

/// What the code of a module names, from the crate on: `crate::room`, `super::{room::…, room}`, `self::room`.
fn paths(code: &str, module: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let (mut rest, mut before) = (code, None);
    while let Some(c) = rest.chars().next() {
        let fresh = before.is_none_or(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
        let (mut base, mut tail) = match rest {
            _ if !fresh => (None, rest),
            _ if rest.starts_with("crate::") => (Some(0), &rest["crate::".len()..]),
            _ if rest.starts_with("self::") => (Some(module.len()), &rest["self::".len()..]),
            _ if rest.starts_with("super::") => (Some(module.len()), rest),
            _ => (None, rest),
        };
        while let (Some(depth), Some(further)) = (base, tail.strip_prefix("super::")) {
            (base, tail) = (Some(depth.saturating_sub(1)), further);
        }
        if let Some(depth) = base {
            tree(tail, &module[..depth], &mut found);
        }
        before = Some(c);
        rest = &rest[c.len_utf8()..];
    }
    found
}

/// Reads a path, or a group of paths in braces, that goes on behind `lead`; returns what stands behind it.
fn tree<'c>(code: &'c str, lead: &[String], found: &mut Vec<Vec<String>>) -> &'c str {
    if let Some(group) = code.strip_prefix('{') {
        let mut rest = group.trim_start();
        while !rest.is_empty() && !rest.starts_with('}') {
            let behind = tree(rest, lead, found);
            // " as name", a comma
            rest = behind.trim_start_matches(|c: char| c != ',' && c != '}');
            rest = rest.trim_start_matches(',').trim_start();
        }
        return rest.strip_prefix('}').unwrap_or(rest);
    }
    let len = code.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(code.len());
    let path: Vec<String> = lead.iter().cloned().chain((len > 0).then(|| code[..len].to_owned())).collect();
    let rest = &code[len..];
    match rest
        .strip_prefix("::")
        .filter(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || "_{".contains(c)))
    {
        Some(further) => tree(further, &path, found),
        None => {
            found.push(path);
            rest
        }
    }
}

/// A circle is found, in whatever way it is written.
#[test]
fn paths_are_read() {
    let module = ["values".to_owned(), "dates".to_owned(), "months".to_owned()];
    let read = |code: &str| -> Vec<String> {
        paths(code, &module).into_iter().map(|path| path.join("::")).collect()
    };
    assert_eq!(read("use super::eras;"), ["values::dates::eras"]);
    assert_eq!(
        read("use super::super::{clock::Hour, out::{Draft, Out as O}};"),
        ["values::clock::Hour", "values::out::Draft", "values::out::Out"]
    );
    assert_eq!(
        read("f(crate::text::Span::new(1, 2)); self::names::at(t)"),
        ["text::Span::new", "values::dates::months::names::at"]
    );
    assert_eq!(read("mycrate::text; x.is_super::<T>()"), <[&str; 0]>::default());
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
