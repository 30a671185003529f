//! Hostile and odd input: whatever the bytes are, the program ends in a report or in an error that names the file
//! and the way out. A new case is an entry in [`cases`].

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) const ZH: &str = "网络空间具有全球性。各国应当遵守国际法。\n\n2021年，12个国家参加了会议。\n";
pub(crate) const EN: &str = "Cyberspace is global in nature. All countries should obey international law.\n\nIn 2021, 12 countries took part in the meeting.\n";

/// Memory that no case needs, in KiB, and seconds of processor time that none comes near: guards against growing
/// and hanging without end, not measures.
const MEMORY: u64 = 6 << 20;
const SECONDS: u64 = 300;

/// How a run may end.
enum End {
    /// In a report; these are the checks that fire, sorted, each once.
    Report(&'static [&'static str]),
    /// In a report, whatever it says.
    AnyReport,
    /// In an error that says all of this.
    Error(&'static [&'static str]),
}
use End::{AnyReport, Error, Report};

struct Case {
    name: &'static str,
    files: Vec<(&'static str, Vec<u8>)>,
    args: Vec<&'static str>,
    end: End,
}

/// Two files, checked against one another.
fn two(
    name: &'static str,
    source: (&'static str, Vec<u8>),
    target: (&'static str, Vec<u8>),
    end: End,
) -> Case {
    Case { name, args: vec![source.0, target.0], files: vec![source, target], end }
}

/// A source beside the plain English text.
fn beside(name: &'static str, file: &'static str, bytes: impl Into<Vec<u8>>, end: End) -> Case {
    two(name, (file, bytes.into()), ("en.txt", EN.into()), end)
}

/// One file with both versions.
fn alone(name: &'static str, file: &'static str, bytes: impl Into<Vec<u8>>, end: End) -> Case {
    Case { name, args: vec![file], files: vec![(file, bytes.into())], end }
}

/// One long key around many short ones.
fn long_keys() -> Vec<u8> {
    let inner: Vec<String> = (0..20_000).map(|n| format!("\"{n}\":\"a\"")).collect();
    format!("{{\"{}\":{{{}}}}}", "k".repeat(100_000), inner.join(",")).into_bytes()
}

/// Aliases that would stand for a thousand million texts.
fn bomb() -> String {
    let mut text = "a0: &a0 [\"保存\"]\n".to_owned();
    for n in 1..10 {
        let all = vec![format!("*a{}", n - 1); 10].join(", ");
        text.push_str(&format!("a{n}: &a{n} [{all}]\n"));
    }
    text
}

/// A message of ICU MessageFormat with branches in branches.
fn deep_message(lang: &str) -> Vec<u8> {
    format!("{{\"{lang}\":{{\"a\":\"{}\"}}}}", "{n, select, other {".repeat(50_000)).into_bytes()
}

fn cases() -> Vec<Case> {
    let zh = |bytes: Vec<u8>| ("zh.txt", bytes);
    let en = |text: String| ("en.txt", text.into_bytes());
    let headings = |title: &str| (0..5_000).map(|n| format!("# {title}\n\n## {n}\n\n")).collect::<String>();
    let spoilt = [ZH.as_bytes(), b"\n\xff\n"].concat();
    let encoded = |encoding: &'static encoding_rs::Encoding| encoding.encode(ZH).0.into_owned();
    let wide = |big: bool| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(ZH.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let traditional = "網絡空間具有全球性。各國應當遵守國際法。\n\n2021年，12個國家參加了會議。\n";
    let big5 = encoding_rs::BIG5.encode(traditional).0.into_owned();
    vec![
        beside("as it should be", "zh.txt", ZH, Report(&[])),
        // encodings
        beside(
            "invalid UTF-8",
            "zh.txt",
            spoilt,
            Error(&["zh.txt: ", "not valid UTF-8 at byte", "(line 5)", "convert it"]),
        ),
        // kinds and keys
        two(
            "a kind that is not read",
            ("zh.doc", b"\xD0\xCF\x11\xE0".to_vec()),
            ("en.doc", b"\xD0\xCF\x11\xE0".to_vec()),
            Error(&["zh.doc", "is not read", "--from FORMAT"]),
        ),
        two(
            "JSON without a name that says so",
            ("zh", b"{\"a\": 1}".to_vec()),
            ("en", b"{\"a\": 2}".to_vec()),
            Error(&["zh", "is JSON", "--from FORMAT"]),
        ),
        two(
            "JSON nested deep",
            ("zh.json", vec![b'['; 100_000]),
            ("en.json", b"{}".to_vec()),
            Error(&["zh.json", "line 1", "nested deeper"]),
        ),
        two(
            "YAML nested deep",
            ("zh.yml", vec![b'['; 100_000]),
            ("en.yml", b"a: b".to_vec()),
            Error(&["zh.yml"]),
        ),
        two(
            "YAML of lists in lists",
            ("zh.yml", "- ".repeat(100_000).into_bytes()),
            ("en.yml", b"a: b".to_vec()),
            Error(&["zh.yml"]),
        ),
        two(
            "keys that fill memory",
            ("zh.json", long_keys()),
            ("en.json", b"{}".to_vec()),
            Error(&["zh.json", "too long"]),
        ),
        two(
            "aliases of aliases",
            ("zh.yml", bomb().into_bytes()),
            ("en.yml", bomb().into_bytes()),
            AnyReport,
        ),
        two(
            "a message nested deep",
            ("zh.json", deep_message("zh")),
            ("en.json", deep_message("en")),
            AnyReport,
        ),
        two(
            "Fluent with braces that never close",
            ("zh.ftl", [b"a = ".to_vec(), vec![b'{'; 100_000]].concat()),
            ("en.ftl", b"a = b".to_vec()),
            AnyReport,
        ),
        beside("GB18030", "zh.txt", encoded(encoding_rs::GB18030), Report(&[])),
        beside("Big5", "zh.txt", big5, Report(&[])),
        beside("UTF-16, little end first", "zh.txt", wide(false), Report(&[])),
        beside("UTF-16, big end first", "zh.txt", wide(true), Report(&[])),
        beside("a byte order mark", "zh.txt", format!("\u{feff}{ZH}"), Report(&[])),
        beside("CRLF", "zh.txt", ZH.replace('\n', "\r\n"), Report(&[])),
        beside("CR", "zh.txt", ZH.replace('\n', "\r"), Report(&[])),
        beside("no line end", "zh.txt", ZH.trim_end(), Report(&[])),
        beside(
            "NUL in a text of even length",
            "zh.txt",
            b"abc\0def\n".as_slice(),
            Error(&["zh.txt: not a text file: byte 3 (line 1) is NUL"]),
        ),
        beside("NUL", "zh.txt", format!("{ZH}\0"), Error(&["zh.txt: not a text file", "(line 4) is NUL"])),
        beside(
            "a binary",
            "zh.txt",
            b"\x7fELF\x02\x01\x01\0\0\0\xff".as_slice(),
            Error(&["zh.txt: not a text file"]),
        ),
        // shapes
        beside("an empty file", "zh.txt", "", Report(&["added-passage"])),
        two("two empty files", zh(Vec::new()), en(String::new()), Report(&[])),
        beside("only white space", "zh.txt", " \n\t\u{3000}\n", Report(&["added-passage"])),
        Case {
            name: "the same file twice",
            files: vec![zh(ZH.into())],
            args: vec!["zh.txt", "zh.txt"],
            end: AnyReport,
        },
        Case {
            name: "the sides swapped",
            files: vec![zh(ZH.into()), en(EN.into())],
            args: vec!["en.txt", "zh.txt"],
            end: Report(&[]),
        },
        two(
            "one long line",
            zh(ZH.replace('\n', "").repeat(5_000).into()),
            en(EN.replace('\n', " ").repeat(5_000)),
            AnyReport,
        ),
        two(
            "one long line without an end of a sentence",
            zh("网络空间".repeat(20_000).into()),
            en("cyber space ".repeat(25_000)),
            AnyReport,
        ),
        two("one long word", zh("a".repeat(1 << 20).into()), en("9".repeat(1 << 20)), AnyReport),
        beside("formulas that never close", "zh.md", "$a_ $$ ".repeat(20_000), AnyReport),
        beside("terms and definitions", "zh.md", "甲\n: 乙\n".repeat(10_000), AnyReport),
        beside("comments that never close", "zh.md", "<td><!-- ".repeat(20_000), AnyReport),
        beside(
            "front matter without end",
            "zh.md",
            "---\ntitle: |\n".to_owned() + &"  a: b\n".repeat(20_000),
            AnyReport,
        ),
        beside("terms in AsciiDoc", "zh.adoc", "a::b;; ".repeat(20_000), AnyReport),
        beside("notes in reStructuredText", "zh.rst", "[1]_ [ ".repeat(20_000), AnyReport),
        beside(
            "a cue of many speakers",
            "zh.srt",
            "1\n00:00:01,000 --> 00:00:02,000\n".to_owned() + &"- 好\n".repeat(20_000),
            AnyReport,
        ),
        two(
            "headings upon headings",
            ("zh.md", headings("总则").into()),
            ("en.md", headings("General").into()),
            Report(&[]),
        ),
        beside("quotations that never close", "zh.txt", "“（《".repeat(20_000), AnyReport),
        // marks that never close, where a reader may look for the end again and again
        beside("open marks in Markdown", "zh.md", "[*a_`<A b={\"".repeat(10_000), AnyReport),
        beside(
            "reference definitions",
            "zh.md",
            (0..10_000).map(|n| format!("[a{n}]: b\n")).collect::<String>() + &"[a1] ".repeat(5_000),
            AnyReport,
        ),
        beside("quotations in quotations", "zh.md", ">".repeat(20_000) + " 网络", AnyReport),
        beside("open elements in HTML", "zh.html", "<div><p title=\"</script".repeat(10_000), AnyReport),
        beside("open marks in AsciiDoc", "zh.adoc", "`{<_*[a".repeat(20_000), AnyReport),
        beside("open marks in reStructuredText", "zh.rst", "*a `b |c ".repeat(20_000), AnyReport),
        alone("a long table", "t.csv", "zh,en\n".to_owned() + &"网络,net\n".repeat(20_000), AnyReport),
        alone(
            "a cell that never ends",
            "t.csv",
            "zh,en\n\"".to_owned() + &"a\"b\n".repeat(20_000),
            Error(&["t.csv: line "]),
        ),
        // archives and XML
        beside(
            "no archive",
            "zh.docx",
            b"PK\x03\x04 and so on".as_slice(),
            Error(&["zh.docx: no Word document"]),
        ),
        beside(
            "a ZIP bomb",
            "zh.docx",
            docx(&[b'a'; 8 << 20]),
            Error(&["zh.docx: not safe to unpack: word/document.xml"]),
        ),
        beside(
            "entities in a Word document",
            "zh.docx",
            docx(entities("<w:document><w:p><w:r><w:t>一&i;二</w:t></w:r></w:p></w:document>").as_bytes()),
            AnyReport,
        ),
        beside("a book that is a bomb", "zh.epub", many(), Error(&["zh.epub: not safe to unpack: a/"])),
        beside(
            "a page that is a bomb",
            "zh.epub",
            epub(LIST, &[b'a'; 8 << 20]),
            Error(&["zh.epub: not safe to unpack: a/p.xhtml"]),
        ),
        beside(
            "a page that lies outside of its book",
            "zh.epub",
            epub(b"<p><item id=\"p\" href=\"../../../etc/passwd\"/><itemref idref=\"p\"/></p>", b""),
            Error(&["zh.epub: no EPUB: its spine names no pages"]),
        ),
        beside("a book of nothing", "zh.epub", package(&[("a", b"b")]), Error(&["META-INF/container.xml is not in it"])),
        beside(
            "entities in a book",
            "zh.epub",
            epub(LIST, entities("<html><body><p>一&i;二</p></body></html>").as_bytes()),
            AnyReport,
        ),
        beside("elements in elements in a book", "zh.epub", epub(LIST, "<div>".repeat(100_000).as_bytes()), AnyReport),
        beside(
            "a text of OpenDocument that is a bomb",
            "zh.odt",
            odt(&[b'a'; 8 << 20]),
            Error(&["zh.odt: not safe to unpack: content.xml"]),
        ),
        beside(
            "cells that stand for many",
            "zh.odt",
            odt(b"<office:text><table:table><table:table-row table:number-rows-repeated=\"999999999\"><table:table-cell table:number-columns-repeated=\"999999999\"><text:p>x<text:s text:c=\"999999999\"/></text:p></table:table-cell></table:table-row></table:table></office:text>"),
            AnyReport,
        ),
        beside(
            "lists in lists in OpenDocument",
            "zh.odt",
            odt(("<office:text>".to_owned() + &"<text:list>".repeat(100_000)).as_bytes()),
            Error(&["zh.odt: line 1", "ends before its elements do"]),
        ),
        beside("no text of OpenDocument", "zh.odt", odt(b"<office:spreadsheet/>"), Error(&["another document of OpenDocument"])),
        beside(
            "a cell that says it stands a thousand million times",
            "zh.ods",
            odt(b"<office:spreadsheet><table:table><table:table-row table:number-rows-repeated=\"60000\"><table:table-cell table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>"),
            Error(&["zh.ods"]),
        ),
        beside(
            "a cell beyond the end of a sheet",
            "zh.ods",
            odt(b"<office:spreadsheet><table:table><table:table-row table:number-rows-repeated=\"18446744073709551615\"/><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>"),
            Error(&["zh.ods", "beyond the 1048576 rows"]),
        ),
        beside(
            "slides in one another",
            "zh.odp",
            odt(("<office:presentation>".to_owned() + &"<draw:page><draw:frame>".repeat(100_000)).as_bytes()),
            Error(&["zh.odp: line 1", "ends before its elements do"]),
        ),
        beside(
            "a slide that is a bomb",
            "zh.pptx",
            pptx(&[b'a'; 8 << 20]),
            Error(&["zh.pptx: not safe to unpack: ppt/s.xml"]),
        ),
        beside(
            "entities in a slide",
            "zh.pptx",
            pptx(entities("<s><a:p><a:r><a:t>一&i;二</a:t></a:r></a:p></s>").as_bytes()),
            AnyReport,
        ),
        beside(
            "a presentation without its slide",
            "zh.pptx",
            package(&[
                ("ppt/presentation.xml", b"<p><sldId id=\"1\" r:id=\"a\"/></p>"),
                ("ppt/_rels/presentation.xml.rels", b"<r><r Id=\"a\" Type=\"/slide\" Target=\"../ppt/s.xml\"/></r>"),
            ]),
            Error(&["zh.pptx: no PowerPoint presentation: ppt/s.xml is not in it"]),
        ),
        two(
            "cells that share what is long",
            ("zh.xlsx", shared(100_000, 2_000)),
            ("en.xlsx", shared(10, 1)),
            Error(&["zh.xlsx: no Excel workbook: not safe to read"]),
        ),
        alone("a workbook of one language", "t.xlsx", shared(10, 10), Error(&["t.xlsx: line 1", "no sheet names two languages"])),
        two(
            "a notebook nested deep",
            ("zh.ipynb", ("{\"cells\":".to_owned() + &"[".repeat(100_000)).into_bytes()),
            ("en.ipynb", b"{}".to_vec()),
            Error(&["zh.ipynb: line 1", "cannot be read as a notebook"]),
        ),
        two(
            "an old notebook",
            ("zh.ipynb", b"{\"nbformat\": 3, \"worksheets\": []}".to_vec()),
            ("en.ipynb", b"{}".to_vec()),
            Error(&["zh.ipynb: line 1", "jupyter nbconvert"]),
        ),
        beside("open groups in LaTeX", "zh.tex", "\\textbf{$a \\verb|\\begin{x}[".repeat(10_000), AnyReport),
        beside("lists in lists in LaTeX", "zh.tex", "\\begin{itemize}\\item 好 ".repeat(20_000), AnyReport),
        beside("headings that never close", "zh.tex", "\\section{".repeat(20_000), AnyReport),
        alone(
            "entities in TMX",
            "m.tmx",
            entities(
                "<tmx><body><tu><tuv xml:lang=\"zh\"><seg>网络&i;</seg></tuv><tuv xml:lang=\"en\"><seg>Net&i;</seg></tuv></tu></body></tmx>",
            ),
            Report(&[]),
        ),
        alone(
            "entities in XLIFF",
            "m.xlf",
            entities(
                "<xliff><file source-language=\"zh\" target-language=\"en\"><body><trans-unit><source>网络&i;</source><target>Net&i;</target></trans-unit></body></file></xliff>",
            ),
            Report(&[]),
        ),
        alone(
            "elements that never close",
            "m.xlf",
            "<xliff>".to_owned() + &"<g>".repeat(20_000),
            Error(&["m.xlf: line 1", "ends before its elements do"]),
        ),
        // size
        Case {
            name: "larger than asked for",
            files: vec![zh(ZH.into()), en(EN.into())],
            args: vec!["zh.txt", "en.txt", "--max-file-size", "100"],
            end: Error(&["zh.txt: larger than 100 bytes", "--max-file-size"]),
        },
        Case {
            name: "without end",
            files: vec![en(EN.into())],
            args: vec!["/dev/zero", "en.txt", "--max-file-size", "1M"],
            end: Error(&["/dev/zero: is a pipe or a device"]),
        },
        Case {
            name: "a termbase without end",
            files: vec![zh(ZH.into()), en(EN.into())],
            args: vec!["zh.txt", "en.txt", "--termbase", "/dev/zero"],
            end: Error(&["/dev/zero: is a pipe or a device"]),
        },
        Case {
            name: "a baseline that is no text",
            files: vec![zh(ZH.into()), en(EN.into()), ("known", b"\xff\n".to_vec())],
            args: vec!["zh.txt", "en.txt", "--baseline", "known"],
            end: Error(&["known: line 1: not a line of a baseline"]),
        },
        Case {
            name: "a report in a folder that there is not",
            files: vec![zh(ZH.into()), en(EN.into())],
            args: vec!["zh.txt", "en.txt", "--report", "html=no/where.html"],
            end: Error(&["no/where.html: the report cannot be written"]),
        },
        // a full disk
        Case {
            name: "a report on a full disk",
            files: vec![zh(ZH.into()), en(EN.into())],
            args: vec!["zh.txt", "en.txt", "--report", "html=/dev/full"],
            end: Error(&["/dev/full: the report cannot be written", "No space left"]),
        },
    ]
}

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("memory");
        archive.write_all(content).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

fn docx(xml: &[u8]) -> Vec<u8> {
    package(&[("word/document.xml", xml)])
}

fn odt(xml: &[u8]) -> Vec<u8> {
    package(&[("content.xml", xml)])
}

/// A book with this for its list of parts, and this for its page.
fn epub(list: &[u8], page: &[u8]) -> Vec<u8> {
    package(&[
        ("META-INF/container.xml", b"<c><rootfile full-path=\"a/b.opf\"/></c>"),
        ("a/b.opf", list),
        ("a/p.xhtml", page),
    ])
}

const LIST: &[u8] = b"<p><item id=\"p\" href=\"p.xhtml\"/><itemref idref=\"p\"/></p>";

fn pptx(slide: &[u8]) -> Vec<u8> {
    package(&[
        ("ppt/presentation.xml", b"<p><sldId id=\"1\" r:id=\"a\"/></p>"),
        ("ppt/_rels/presentation.xml.rels", b"<r><r Id=\"a\" Type=\"/slide\" Target=\"s.xml\"/></r>"),
        ("ppt/s.xml", slide),
    ])
}

/// A workbook whose cells share a string that is this long, so many times.
fn shared(len: usize, cells: usize) -> Vec<u8> {
    let strings = format!("<s><si><t>{}</t></si></s>", "长".repeat(len));
    let sheet = format!("<s>{}</s>", "<row><c t=\"s\"><v>0</v></c></row>".repeat(cells));
    package(&[
        ("xl/workbook.xml", b"<w><sheet r:id=\"a\"/></w>"),
        ("xl/_rels/workbook.xml.rels", b"<r><r Id=\"a\" Type=\"/worksheet\" Target=\"s.xml\"/></r>"),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/s.xml", sheet.as_bytes()),
    ])
}

/// Pages of which each alone may be unpacked, and all together not.
fn many() -> Vec<u8> {
    let page = [b"<body>".as_slice(), &[b' '; 4 << 20], b"</body>"].concat();
    let names: Vec<String> = (0..40).map(|n| format!("a/{n}.xhtml")).collect();
    let items: String =
        (0..40).map(|n| format!("<item id=\"i{n}\" href=\"{n}.xhtml\"/><itemref idref=\"i{n}\"/>")).collect();
    let list = format!("<p>{items}</p>");
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("META-INF/container.xml", b"<c><rootfile full-path=\"a/b.opf\"/></c>"),
        ("a/b.opf", list.as_bytes()),
    ];
    parts.extend(names.iter().map(|name| (name.as_str(), &page[..page.len() - 8])));
    package(&parts)
}

/// XML before which entities are defined, the last of which would be a thousand million times as long as the first.
fn entities(xml: &str) -> String {
    let define =
        |pair: [char; 2]| format!("<!ENTITY {} \"{}\">", pair[1], format!("&{};", pair[0]).repeat(10));
    let chain: String = ('a'..'i').zip('b'..='i').map(|(from, to)| define([from, to])).collect();
    format!("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"entity\">{chain}]>{xml}")
}

/// Runs `duizhao check` in `folder`, guarded.
fn check(folder: &Path, args: &[&str], stdout: Stdio) -> Output {
    guarded(folder, &[&["check"], args].concat(), stdout)
}

/// Runs `duizhao` in `folder`, guarded.
pub(crate) fn guarded(folder: &Path, args: &[&str], stdout: Stdio) -> Output {
    Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -v {MEMORY}; ulimit -t {SECONDS}; exec \"$@\""))
        .args(["sh", env!("CARGO_BIN_EXE_duizhao")])
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .expect("a shell")
}

pub(crate) fn folder(files: &[(&str, Vec<u8>)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("a file");
    }
    folder
}

/// What is wrong with how a run ended, if anything is.
fn fault(case: &Case, made: &Output) -> Option<String> {
    let said = String::from_utf8_lossy(&made.stderr);
    if said.contains("panicked") {
        return Some(format!("panics: {said}"));
    }
    match (&case.end, made.status.code()) {
        (Error(parts), Some(2)) => {
            let missing: Vec<&&str> = parts.iter().filter(|part| !said.contains(**part)).collect();
            (!missing.is_empty()).then(|| format!("does not say {missing:?} but: {said}"))
        }
        (Report(_) | AnyReport, Some(0 | 1)) => match (&case.end, serde_json::from_slice(&made.stdout)) {
            (_, Err(error)) => Some(format!("is no JSON: {error}")),
            (Report(wanted), Ok(report)) => {
                let found = fired(&report);
                (found != *wanted).then(|| format!("fires {found:?}"))
            }
            (_, Ok(Value::Object(_))) => None,
            _ => Some("is no report".to_owned()),
        },
        (_, code) => Some(format!("ends with {code:?}: {said}")),
    }
}

fn fired(report: &Value) -> Vec<&str> {
    let findings = report["pairs"][0]["findings"].as_array().into_iter().flatten();
    let mut names: Vec<&str> = findings.filter_map(|finding| finding["check"].as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(target_os = "linux")]
#[test]
fn any_bytes_end_in_a_report_or_a_clear_error() {
    let mut wrong = Vec::new();
    for case in cases() {
        let folder = folder(&case.files);
        let args: Vec<&str> = case.args.iter().copied().chain(["--format", "json"]).collect();
        let made = check(folder.path(), &args, Stdio::piped());
        wrong.extend(fault(&case, &made).map(|fault| format!("{}: {fault}", case.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// An encoding that was found out from the bytes is said, in the report and beside it.
#[test]
fn encodings_are_said() {
    let source = encoding_rs::GB18030.encode(ZH).0.into_owned();
    let folder = folder(&[("zh.txt", source), ("en.txt", EN.into())]);
    let made = check(folder.path(), &["zh.txt", "en.txt", "--format", "json"], Stdio::piped());
    assert_eq!(String::from_utf8_lossy(&made.stderr), "zh.txt: read as gb18030\n");
    let report: Value = serde_json::from_slice(&made.stdout).expect("a report");
    assert_eq!(report["pairs"][0]["source"]["encoding"], "gb18030");
    assert_eq!(report["pairs"][0]["target"].get("encoding"), None);
}

/// Only what stands in the text differs, never what is found in it, nor where it stands in the composed text.
#[test]
fn apart_or_composed_letters_are_the_same() {
    let zh = "咖啡馆“Zoë”位于圣保罗。它有12间客房，提供焦糖布丁。\n\n佐伊咖啡馆的地址是 https://example.org/café 。\n";
    let en = "The “Zoë” café is in São Paulo. It has 13 rooms and serves crème brûlée.\n\nIt is not at https://example.org/cafè .\n";
    let apart = |text: &str| -> String {
        let mut out = String::new();
        for c in text.chars() {
            unicode_normalization::char::decompose_canonical(c, |part| out.push(part));
        }
        out
    };
    let report = |zh: &str, en: &str| -> Vec<Value> {
        let folder = folder(&[("zh.txt", zh.into()), ("en.txt", en.into())]);
        let made = check(folder.path(), &["zh.txt", "en.txt", "--format", "json"], Stdio::piped());
        let mut report: Value = serde_json::from_slice(&made.stdout).expect("a report");
        report["pairs"][0]["findings"].as_array_mut().map(std::mem::take).expect("findings")
    };
    let said = |findings: &[Value]| -> Vec<[Value; 3]> {
        let three = |finding: &Value| ["check", "message", "fingerprint"].map(|key| finding[key].clone());
        findings.iter().map(three).collect()
    };
    let whole = report(zh, en);
    assert!(!whole.is_empty(), "the example must have faults");
    for (zh, en) in [(zh.to_owned(), apart(en)), (apart(zh), en.to_owned()), (apart(zh), apart(en))] {
        assert_eq!(said(&report(&zh, &en)), said(&whole));
    }
    let column = |findings: &[Value]| {
        let rooms = findings.iter().find(|finding| finding["target"]["text"] == "13").expect("13 for 12");
        rooms["target"]["start"]["column"].as_u64().expect("a column")
    };
    // three letters with marks stand before it on the line
    assert_eq!(column(&report(zh, &apart(en))), column(&whole) + 3);
}

#[cfg(unix)]
#[test]
fn paths_that_lead_nowhere_are_named() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(&[("zh.txt", ZH.into()), ("en.txt", EN.into()), ("locked.txt", EN.into())]);
    symlink("loop.txt", folder.path().join("loop.txt")).expect("a link");
    symlink("gone.txt", folder.path().join("dangling.txt")).expect("a link");
    let locked = folder.path().join("locked.txt");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("a mode");
    for name in ["loop.txt", "dangling.txt", "locked.txt", "missing.txt"] {
        if name == "locked.txt" && fs::File::open(&locked).is_ok() {
            // whoever may read everything reads this too
            continue;
        }
        let made = check(folder.path(), &["zh.txt", name], Stdio::piped());
        let said = String::from_utf8_lossy(&made.stderr);
        assert_eq!(made.status.code(), Some(2), "{name}: {said}");
        assert!(said.starts_with(&format!("error: {name}: cannot be read: ")), "{said}");
    }
}

/// A folder that may not be looked into is named, the others are checked, and nothing is said to be missing in it.
#[cfg(unix)]
#[test]
#[expect(clippy::print_stderr, reason = "says why nothing was tried")]
fn one_locked_folder_keeps_nobody_from_the_others() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    for (side, text) in [("zh", ZH), ("en", EN)] {
        for part in ["a", "b"] {
            let part = folder.path().join(side).join(part);
            fs::create_dir_all(&part).expect("a folder");
            fs::write(part.join("text.txt"), text).expect("a file");
        }
    }
    let locked = folder.path().join("zh/b");
    let mode = |mode| fs::set_permissions(&locked, fs::Permissions::from_mode(mode)).expect("a mode");
    mode(0o000);
    if fs::read_dir(&locked).is_ok() {
        mode(0o755);
        eprintln!("skipped: whoever runs this may read everything");
        return;
    }
    let made = check(folder.path(), &["zh", "en", "--format", "json"], Stdio::piped());
    mode(0o755);
    let said = String::from_utf8_lossy(&made.stderr);
    assert_eq!(made.status.code(), Some(2), "{said}");
    assert_eq!(said, "error: zh/b: cannot be read: permission denied\n");
    let report: Value = serde_json::from_slice(&made.stdout).expect("JSON");
    assert_eq!(report["pairs"].as_array().map(Vec::len), Some(1));
    assert_eq!(report["pairs"][0]["findings"], serde_json::json!([]));
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8_are_read() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = folder(&[("en.txt", EN.into())]);
    let name = OsStr::from_bytes(b"zh-\xff.txt");
    fs::write(folder.path().join(name), ZH).expect("a file");
    let made = Command::new(env!("CARGO_BIN_EXE_duizhao"))
        .args(["check".as_ref(), name, "en.txt".as_ref(), "--format".as_ref(), "json".as_ref()])
        .current_dir(folder.path())
        .output()
        .expect("the program");
    assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
    let report: Value = serde_json::from_slice(&made.stdout).expect("JSON");
    assert_eq!(report["pairs"][0]["source"]["path"], "zh-\u{fffd}.txt");
}

/// A folder that leads into itself, links that lead nowhere, pipes and names that are not UTF-8 keep nobody from
/// checking the documents in it, each once.
#[cfg(target_os = "linux")]
#[test]
fn folders_hold_more_than_documents() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let odd = OsStr::from_bytes(b"b-\xff.txt");
    for (side, text) in [("zh", ZH), ("en", EN)] {
        let side = folder.path().join(side);
        fs::create_dir(&side).expect("a folder");
        fs::write(side.join("a.txt"), text).expect("a file");
        fs::write(side.join(odd), text).expect("a file");
        symlink(".", side.join("itself")).expect("a link");
        symlink("..", side.join("above")).expect("a link");
        symlink("nowhere.txt", side.join("dangling.txt")).expect("a link");
        let pipe = Command::new("mkfifo").arg(side.join("pipe.txt")).status().expect("mkfifo");
        assert!(pipe.success());
    }
    let made = check(folder.path(), &["zh", "en", "--format", "json"], Stdio::piped());
    assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
    let report: Value = serde_json::from_slice(&made.stdout).expect("JSON");
    let pairs = report["pairs"].as_array().expect("pairs");
    let paths: Vec<&str> = pairs.iter().filter_map(|pair| pair["target"]["path"].as_str()).collect();
    assert_eq!(paths, ["en/a.txt", "en/b-\u{fffd}.txt"]);
}

/// Ctrl-C ends a run in the midst of its work; reports are there whole or not at all, and nothing else is.
#[cfg(unix)]
#[test]
fn interrupted_runs_leave_nothing() {
    let many = |text: &str| text.repeat(20_000).into_bytes();
    let folder = folder(&[("zh.txt", many(ZH)), ("en.txt", many(EN)), ("report.json", b"old".to_vec())]);
    let list = || -> Vec<PathBuf> {
        let entries = fs::read_dir(folder.path()).expect("a folder");
        let mut names: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        names.sort();
        names
    };
    let before = list();
    let mut run = Command::new(env!("CARGO_BIN_EXE_duizhao"))
        .args(["check", "zh.txt", "en.txt", "--quiet"])
        .args(["--report", "json=report.json", "--report", "html=report.html"])
        .current_dir(folder.path())
        .spawn()
        .expect("the program");
    let stopped = Command::new("kill").args(["-INT", &run.id().to_string()]).status().expect("kill");
    assert!(stopped.success());
    assert!(run.wait().expect("an end").code().is_none(), "the run was over before it was stopped");
    assert_eq!(fs::read_to_string(folder.path().join("report.json")).expect("a report"), "old");
    assert_eq!(list(), before);
}

/// The pages of a folder come with their index or not at all.
#[cfg(unix)]
#[test]
fn interrupted_runs_leave_no_pages() {
    use std::io::{BufRead, BufReader};
    let folder = tempfile::tempdir().expect("a folder");
    for (side, text) in [("zh", ZH.repeat(100)), ("en", EN.repeat(90))] {
        let side = folder.path().join(side);
        fs::create_dir(&side).expect("a folder");
        (0..48).for_each(|at| fs::write(side.join(format!("{at}.txt")), &text).expect("a file"));
    }
    let mut run = Command::new(env!("CARGO_BIN_EXE_duizhao"))
        .args(["check", "zh", "en", "--jobs", "1", "--format", "jsonl", "--report", "html=report.html"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut line = String::new();
    BufReader::new(run.stdout.take().expect("its output")).read_line(&mut line).expect("a result");
    assert!(line.contains("missing-passage"), "there is a page to write");
    let stopped = Command::new("kill").args(["-INT", &run.id().to_string()]).status().expect("kill");
    assert!(stopped.success());
    assert!(run.wait().expect("an end").code().is_none(), "the run was over before it was stopped");
    let left =
        fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut left: Vec<_> = left.collect();
    left.sort();
    assert_eq!(left, ["en", "zh"]);
}

/// What cannot be written to standard output whole is an error, whatever writes it.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let folder = folder(&[("zh.txt", ZH.into()), ("en.txt", EN.into())]);
    for args in [
        &["check", "zh.txt", "en.txt"][..],
        &["check", "zh.txt", "en.txt", "--format", "jsonl"],
        &["align", "zh.txt", "en.txt", "--format", "tmx"],
        &["align", "zh.txt", "en.txt", "--format", "docx"],
        &["terms", "zh.txt", "en.txt"],
        &["values", "--lang", "zh", "zh.txt"],
        &["explain"],
        &["completions", "bash"],
        &["man"],
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full disk");
        let made = Command::new(env!("CARGO_BIN_EXE_duizhao"))
            .args(args)
            .current_dir(folder.path())
            .stdout(full)
            .output()
            .expect("the program");
        let said = String::from_utf8_lossy(&made.stderr);
        assert_eq!(made.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains("could not write to standard output: No space left"), "{args:?}: {said}");
    }
}

/// A report that could not be written whole leaves the old one as it was, and nothing beside it.
#[cfg(target_os = "linux")]
#[test]
fn an_old_report_survives_a_full_disk() {
    let folder = folder(&[("zh.txt", ZH.into()), ("en.txt", EN.into()), ("report.html", b"old".to_vec())]);
    let list = || {
        let mut names: Vec<PathBuf> = fs::read_dir(folder.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        names.sort();
        names
    };
    let before = list();
    // no file may grow beyond one block: what a full disk is to a program
    let made = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_duizhao"), "check"])
        .args(["zh.txt", "en.txt", "--quiet", "--report", "html=report.html"])
        .current_dir(folder.path())
        .output()
        .expect("a shell");
    let said = String::from_utf8_lossy(&made.stderr);
    assert_eq!(made.status.code(), Some(2), "{said}");
    assert!(said.starts_with("error: report.html: the report cannot be written: "), "{said}");
    assert_eq!(fs::read_to_string(folder.path().join("report.html")).expect("a report"), "old");
    assert_eq!(list(), before);
}

/// A reader that goes away after the first bytes (`| head`) is no error of the run, and says nothing.
#[cfg(unix)]
#[test]
fn a_reader_that_leaves_is_no_error() {
    let many = |text: &str| text.repeat(2000).into_bytes();
    let folder = folder(&[("zh.txt", many(ZH)), ("en.txt", many(EN))]);
    for format in ["text", "json", "jsonl", "html", "sarif", "junit", "markdown"] {
        let mut run = Command::new(env!("CARGO_BIN_EXE_duizhao"))
            .args(["check", "zh.txt", "en.txt", "--format", format])
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut first = [0; 16];
        run.stdout.take().expect("a pipe").read_exact(&mut first).expect("a report");
        let made = run.wait_with_output().expect("an end");
        assert!(matches!(made.status.code(), Some(0 | 1)), "{format}: {:?}", made.status);
        assert_eq!(String::from_utf8_lossy(&made.stderr), "", "{format}");
    }
}
