//! What takes more than its share: workbooks that name far cells, files that are none, patterns that explode. All end
//! in an error that names the file and the way out, or do no harm. A new attack is a line.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use duizhao::error::Error;
use duizhao::read::{self, Limits, Row};

use super::hostile::{EN, ZH, folder, guarded};
use super::shapes::{PARAGRAPH, docx, numbered};

/// A workbook of one sheet with these rows, and with these shared strings.
fn workbook(rows: &str, shared: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in [
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("xl/sharedStrings.xml", &format!("<sst {shared}</sst>")),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
    ] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("memory");
        archive.write_all(xml.as_bytes()).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

fn rows(workbook: Vec<u8>) -> Result<Vec<Row>, Error> {
    let folder = folder(&[("w.xlsx", workbook)]);
    let mut rows = Vec::new();
    read::grid(&folder.path().join("w.xlsx"), &Limits::default(), |row| rows.push(row))?;
    Ok(rows)
}

#[test]
fn sheets_take_no_more_room_than_what_is_in_them() {
    let inline = |place: &str| format!("<row><c r=\"{place}\" t=\"inlineStr\"><is><t>x</t></is></c></row>");
    let far = inline("XFD1").replace("<row>", "<row r=\"1048576\">");
    let row =
        |number: usize, column: usize, text: &str| Row { number, cells: vec![(column, text.to_owned())] };
    let many = "<row><c t=\"s\"><v>0</v></c></row>".repeat(10_000);
    for (what, sheet, shared, wanted) in [
        ("the last cell", far, ">", Ok(vec![row(1_048_576, 16_383, "x")])),
        (
            "a row beyond the last",
            inline("A1").replace("<row>", "<row r=\"4294967295\">"),
            ">",
            Err("beyond"),
        ),
        (
            "a row beyond numbers",
            inline("A1").replace("<row>", "<row r=\"99999999999999999999\">"),
            ">",
            Err("beyond"),
        ),
        ("a column beyond the last", inline("XFE1"), ">", Err("beyond")),
        ("a column beyond numbers", inline("ZZZZZZZZZZZZZZZZZZZZ1"), ">", Err("beyond")),
        (
            "a number of strings that is a lie",
            "<row><c t=\"s\"><v>0</v></c></row>".to_owned(),
            "count=\"4000000000\" uniqueCount=\"4000000000\"><si><t>a</t></si>",
            Ok(vec![row(1, 0, "a")]),
        ),
        (
            "a string that is not there",
            "<row><c t=\"s\"><v>7</v></c></row>".to_owned(),
            ">",
            Err("names a text"),
        ),
        (
            "a text in runs, with a reading aid",
            "<row/><row><c/><c t=\"s\"><v>0</v></c></row>".to_owned(),
            "><si><r><t>桥&#10;</t></r><rPh><t>qiao</t></rPh><r><t>b_x005F_</t></r></si>",
            Ok(vec![row(2, 1, "桥\nb_")]),
        ),
        (
            "one long string, shared by many cells",
            many,
            &format!("><si><t>{}</t></si>", "x".repeat(32_000)),
            Err("not safe to read"),
        ),
    ] {
        match (rows(workbook(&sheet, shared)), wanted) {
            (Ok(made), Ok(wanted)) => assert_eq!(made, wanted, "{what}"),
            (Err(error), Err(said)) => assert!(error.to_string().contains(said), "{what}: {error}"),
            (made, _) => panic!("{what}: {made:?}"),
        }
    }
}

/// What is no regular file is refused at once, whatever it is given as.
#[cfg(unix)]
#[test]
fn pipes_and_devices_are_refused() {
    let folder = folder(&[("zh.txt", ZH.into()), ("en.txt", EN.into())]);
    let pipe = Command::new("mkfifo").arg(folder.path().join("pipe")).status().expect("mkfifo");
    assert!(pipe.success());
    for what in ["pipe", "/dev/zero"] {
        for args in [
            &["check", what, "en.txt"][..],
            &["check", "zh.txt", what],
            &["check", "zh.txt", "en.txt", "--termbase", what],
            &["check", "zh.txt", "en.txt", "--baseline", what],
            &["check", "zh.txt", "en.txt", "--config", what],
            &["check", "zh.txt", "en.txt", "--stale", "--lock", what],
            &["sync", "zh.txt", "en.txt", "--lock", what],
            &["align", what, "en.txt", "--lines"],
            &["terms", what, "en.txt"],
            &["values", "--lang", "zh", what],
            &["review", what, "--baseline", "known"],
            &["review", "--import", what, "--baseline", "known"],
        ] {
            let made = guarded(folder.path(), args, Stdio::piped());
            let said = String::from_utf8_lossy(&made.stderr);
            assert_eq!(made.status.code(), Some(2), "{args:?}: {said}");
            assert!(said.contains(&format!("{what}: is a pipe or a device")), "{args:?}: {said}");
        }
    }
}

/// Where a file of patterns to leave out is none, that is told, and the rest is checked; a line in it that says nothing
/// to git says nothing.
#[cfg(unix)]
#[test]
fn ignore_files_do_no_harm() {
    use std::os::unix::fs::symlink;
    let deep = format!("{}a{}\n", "{".repeat(200_000), "}".repeat(200_000));
    let many: String = (0..40_000).map(|n| format!("*x{n}*y*z\n")).collect();
    let huge = "a\n".repeat(1 << 20);
    for name in [".gitignore", ".ignore"] {
        for (what, content, code, said) in [
            ("braces upon braces", deep.as_str(), 0, ""),
            ("what does not close", "{a,b\n[\n\\\n!\n", 0, ""),
            ("braces, which are letters for git", "{a,b}.txt\n", 0, ""),
            ("names of nothing", "\u{feff}# a\n/b/**/c\n", 0, ""),
            ("all that is there", "*.txt\n", 0, "no pairs"),
            ("larger than any", huge.as_str(), 2, "larger than 1048576 bytes"),
            ("more than can be looked for", many.as_str(), 2, "error: "),
        ] {
            let folder = pairs();
            fs::write(folder.path().join("zh").join(name), content).expect("a file");
            let made = guarded(folder.path(), &["check", "zh", "en", "--format", "jsonl"], Stdio::piped());
            let told = String::from_utf8_lossy(&made.stderr);
            let found = String::from_utf8_lossy(&made.stdout).lines().count();
            if said == "no pairs" {
                assert!(
                    String::from_utf8_lossy(&made.stdout).contains("orphan-file"),
                    "{name}, {what}: {told}"
                );
                continue;
            }
            assert_eq!((made.status.code(), found), (Some(code), 1), "{name}, {what}: {told}");
            assert!(told.contains(said), "{name}, {what}: {told}");
        }
        let folder = pairs();
        symlink("/dev/zero", folder.path().join("zh").join(name)).expect("a link");
        let made = guarded(folder.path(), &["check", "zh", "en"], Stdio::piped());
        let told = String::from_utf8_lossy(&made.stderr);
        assert_eq!(made.status.code(), Some(2), "{told}");
        assert!(
            told.starts_with(&format!("error: zh/{name}: cannot be read: is a pipe or a device")),
            "{told}"
        );
    }
}

/// Two folders with a pair.
fn pairs() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (side, text) in [("zh", ZH), ("en", EN)] {
        fs::create_dir(folder.path().join(side)).expect("a folder");
        fs::write(folder.path().join(side).join("a.txt"), text).expect("a file");
    }
    folder
}

#[test]
fn globs_that_explode_are_refused() {
    let nested = |depth: usize| format!("{}b{}", "{a,".repeat(depth), "}".repeat(depth));
    for (what, glob, said) in [
        ("braces 130 deep", nested(130), "braces 130 deep"),
        ("braces 200,000 deep", nested(200_000), "bytes"),
        ("a long one", "a*".repeat(200_000), "400000 bytes"),
        ("one of many choices", format!("{{{}}}", "a*,".repeat(1_000)), ""),
    ] {
        let folder = pairs();
        fs::write(folder.path().join("s.toml"), format!("exclude = [\"{glob}\"]\n")).expect("a file");
        let made = guarded(folder.path(), &["check", "zh", "en", "--config", "s.toml"], Stdio::piped());
        let told = String::from_utf8_lossy(&made.stderr);
        let code = if said.is_empty() { 0 } else { 2 };
        assert_eq!(made.status.code(), Some(code), "{what}: {told}");
        assert!(told.contains(said), "{what}: {told}");
    }
}

/// Of a Word document, too, all paragraphs are counted; those that are empty are none.
#[test]
fn paragraphs_of_word_are_counted() {
    let document = docx(&format!("{}<w:p/><w:p><w:r><w:t> </w:t></w:r></w:p>", numbered(5, PARAGRAPH)));
    let folder = folder(&[("a.docx", document)]);
    let path = folder.path().join("a.docx");
    for (blocks, said) in [(5, None), (4, Some("has 5 paragraphs")), (0, Some("has 5 paragraphs"))] {
        match (read::file(&path, None, &Limits { blocks, ..Limits::default() }), said) {
            (Ok(read), None) => assert_eq!(read.blocks.len(), 5),
            (Err(error), Some(said)) => assert!(error.to_string().contains(said), "{error}"),
            (made, _) => panic!("{blocks}: {made:?}"),
        }
    }
}

#[test]
fn threads_are_as_many_as_help() {
    let folder = pairs();
    let made = guarded(folder.path(), &["check", "zh", "en", "--jobs", "16000"], Stdio::piped());
    let told = String::from_utf8_lossy(&made.stderr);
    assert_eq!(made.status.code(), Some(0), "{told}");
    assert!(told.starts_with("--jobs 16000: ") && told.contains("8 a core"), "{told}");
}

/// A message of 100 GB is not waited for, nor is room made for it.
#[test]
fn messages_of_editors_have_an_end() {
    for head in ["Content-Length: 100000000000\r\n\r\n".to_owned(), "x".repeat(1 << 20)] {
        let folder = folder(&[("head", head.into_bytes())]);
        let input = fs::File::open(folder.path().join("head")).expect("there");
        let made =
            Command::new(env!("CARGO_BIN_EXE_duizhao")).arg("lsp").stdin(input).output().expect("started");
        let told = String::from_utf8_lossy(&made.stdout);
        assert_eq!(made.status.code(), Some(1), "{told}");
        assert!(told.contains("a message cannot be understood"), "{told}");
    }
}

/// Text that is one already is not looked at for its encoding.
#[test]
fn a_text_of_standard_input_is_a_text() {
    let lines =
        "{\"source_text\": \"c\\u0000a\\u0000f\\u0000e\\u0000\", \"target_text\": \"a\\u0000b\\u0000\"}\n";
    let folder = folder(&[("lines", lines.into())]);
    let input = fs::File::open(folder.path().join("lines")).expect("there");
    let made = Command::new(env!("CARGO_BIN_EXE_duizhao"))
        .args(["check", "--stdin"])
        .current_dir(Path::new(folder.path()))
        .stdin(input)
        .output()
        .expect("started");
    let told = String::from_utf8_lossy(&made.stderr);
    assert!(told.contains("1.source.txt: not a text file: byte 1 (line 1) is NUL"), "{told}");
}
