//! What is read from files of every format: a folder `tests/read/CASE/` holds `input.END` and `outline.txt`; pages of a PDF,
//! as `pdftotext` prints them, are `printed.txt`.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use duizhao::read::{self, Format, Limits};
use duizhao::text::{Document, PieceKind};

fn outline(document: &Document) -> String {
    let mut out = String::new();
    for (at, block) in document.blocks.iter().enumerate() {
        if let Some(entry) = document.entries.iter().find(|entry| entry.block == Some(at)) {
            let category = entry.category.as_ref().map_or(String::new(), |category| format!(" ({category})"));
            write!(out, "{}{category}: ", entry.key).expect("memory");
        }
        let level = block.level.map_or(String::new(), |level| level.to_string());
        let number =
            block.numbering.as_deref().map_or(String::new(), |n| format!(" {}", document.slice(n.span)));
        write!(out, "{}{level}{number} |", block.kind.as_str()).expect("memory");
        for piece in &block.pieces {
            let letter = match piece.kind {
                PieceKind::Prose => 'p',
                PieceKind::Code => 'c',
                PieceKind::Target => 't',
                PieceKind::Markup => 'm',
            };
            write!(out, " {letter}{:?}", document.slice(piece.span)).expect("memory");
        }
        out.push('\n');
    }
    out
}

fn read(path: &Path) -> String {
    let bytes = fs::read(path).expect("an input");
    if path.file_stem().is_some_and(|stem| stem == "printed") {
        let document = read::printed("printed", &String::from_utf8_lossy(&bytes));
        return format!("{}\n{}", document.lang, outline(&document));
    }
    let format = match Format::find(None, path, &bytes) {
        Ok(format) => format,
        Err(kind) => return format!("error: {kind}\n"),
    };
    if format.is_paired() {
        return match read::paired(path, None, None, &Limits::default()) {
            Ok(read::Paired { source, target, links }) => {
                let head = format!("{} > {} {links:?}\n", source.lang, target.lang);
                head + &outline(&source) + "->\n" + &outline(&target)
            }
            Err(error) => format!("error: {}\n", error.kind),
        };
    }
    match read::file(path, None, &Limits::default()) {
        Ok(document) => format!("{}\n{}", document.lang, outline(&document)),
        Err(error) => format!("error: {}\n", error.kind),
    }
}

/// A new folder is a new case; `UPDATE=1 cargo test` writes its outline.
#[test]
fn files_read_as_their_outlines_say() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/read");
    let mut wrong = Vec::new();
    let entries = fs::read_dir(root).expect("tests/read/").map(|entry| entry.expect("an entry").path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    cases.sort();
    for case in cases {
        let entries = fs::read_dir(&case).expect("a folder").map(|entry| entry.expect("an entry").path());
        let input = entries
            .into_iter()
            .find(|path| path.file_stem().is_some_and(|stem| stem == "input" || stem == "printed"));
        let made = read(&input.unwrap_or_else(|| panic!("{}: no input", case.display())));
        let path = case.join("outline.txt");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &made).expect("outlines can be written");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        if kept != made {
            wrong.push(format!("{}:\n{made}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "other outlines than are kept:\n{}", wrong.join("\n"));
}
