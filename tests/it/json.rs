//! The JSON report keeps the shape that programs rely on.

use std::fs;
use std::path::Path;

use duizhao::check::CHECKS;
use serde_json::Value;

/// The members of an object, which has all of `names`; more may be added.
fn members<'a>(value: &'a Value, names: &[&str]) -> Vec<&'a Value> {
    let object = value.as_object().unwrap_or_else(|| panic!("no object: {value}"));
    names.iter().map(|name| object.get(*name).unwrap_or_else(|| panic!("no {name}: {value}"))).collect()
}

fn array(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no array: {value}"))
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no string: {value}"))
}

fn number(value: &Value) -> usize {
    value.as_u64().unwrap_or_else(|| panic!("no whole number: {value}")) as usize
}

fn share(value: &Value) {
    assert!(value.as_f64().is_some_and(|x| (0.0..=1.0).contains(&x)), "not from 0 to 1: {value}");
}

fn one_of(value: &Value, words: &[&str]) {
    assert!(words.contains(&string(value)), "{value} is none of {words:?}");
}

/// A file as lines of characters, with their ends.
type Lines = Vec<Vec<char>>;

fn lines(path: &Path) -> Lines {
    let text = fs::read_to_string(path).expect("readable");
    text.split_inclusive('\n').map(|line| line.chars().collect()).collect()
}

/// Lines and columns lead to the text that is given beside them.
fn place(value: &Value, file: &Lines) {
    let [start, end, text] = members(value, &["start", "end", "text"])[..] else { unreachable!() };
    let at = |position: &Value| -> (usize, usize) {
        let found = members(position, &["line", "column"]);
        (number(found[0]), number(found[1]))
    };
    let ((line, column), (last, stop)) = (at(start), at(end));
    assert!(line >= 1 && column >= 1 && (line, column) <= (last, stop), "{value}");
    let mut found = String::new();
    for row in line..=last {
        let row_chars = file.get(row - 1).map_or(&[][..], |chars| chars);
        let from = if row == line { column - 1 } else { 0 };
        let to = if row == last { stop - 1 } else { row_chars.len() };
        assert!(from <= to && to <= row_chars.len(), "{value}");
        found.extend(&row_chars[from..to]);
    }
    assert_eq!(found, string(text), "at line {line}, column {column}");
}

fn document(value: &Value, file: &Lines) -> [usize; 2] {
    let [path, lang, blocks, sentences] = members(value, &["path", "lang", "blocks", "sentences"])[..] else {
        unreachable!()
    };
    assert!(!string(path).is_empty());
    one_of(lang, &["zh", "en"]);
    let (blocks, sentences) = (array(blocks), array(sentences));
    let mut next = 0;
    for (index, block) in blocks.iter().enumerate() {
        let [kind, level, rows, own] = members(block, &["kind", "level", "lines", "sentences"])[..] else {
            unreachable!()
        };
        assert!(!string(kind).is_empty());
        assert!(level.is_null() || number(level) > 0);
        let rows: Vec<usize> = array(rows).iter().map(number).collect();
        assert!(rows.len() == 2 && 1 <= rows[0] && rows[0] <= rows[1] && rows[1] <= file.len(), "{block}");
        for sentence in array(own).iter().map(number) {
            assert_eq!(sentence, next, "sentences are numbered in the order of the blocks");
            assert_eq!(number(members(&sentences[sentence], &["block"])[0]), index);
            next += 1;
        }
    }
    assert_eq!(next, sentences.len());
    sentences.iter().for_each(|sentence| place(sentence, file));
    [blocks.len(), sentences.len()]
}

fn links(value: &Value, sizes: [usize; 2]) {
    let mut seen = sizes.map(|size| vec![0; size]);
    for link in array(value) {
        let [source, target, score, moved] = members(link, &["source", "target", "score", "moved"])[..]
        else {
            unreachable!()
        };
        share(score);
        assert!(moved.is_boolean());
        assert!(!(array(source).is_empty() && array(target).is_empty()));
        for (side, units) in [source, target].into_iter().enumerate() {
            array(units).iter().for_each(|unit| seen[side][number(unit)] += 1);
        }
    }
    assert!(seen.iter().flatten().all(|times| *times == 1), "a unit is in no link or in two");
}

fn finding(value: &Value, files: &[Lines; 2]) {
    let names = [
        "check",
        "category",
        "severity",
        "confidence",
        "message",
        "fingerprint",
        "status",
        "source",
        "target",
        "evidence",
    ];
    let found = members(value, &names);
    let check = CHECKS.iter().find(|check| check.name == string(found[0])).expect("a known check");
    assert_eq!(string(found[1]), check.category.as_str());
    one_of(found[2], &["minor", "major", "critical"]);
    share(found[3]);
    assert!(!string(found[4]).is_empty() && !string(found[5]).is_empty());
    one_of(found[6], &["new", "existing", "known"]);
    assert!(!(found[7].is_null() && found[8].is_null()), "a finding without a place");
    for (side, file) in [found[7], found[8]].into_iter().zip(files).filter(|(side, _)| !side.is_null()) {
        place(side, file);
    }
    for piece in array(found[9]) {
        let [side, text, note] = members(piece, &["side", "text", "note"])[..] else { unreachable!() };
        one_of(side, &["source", "target"]);
        assert!(text.is_string() && !string(note).is_empty());
        place(piece, &files[usize::from(string(side) == "target")]);
    }
}

#[test]
fn the_json_report_has_the_fixed_shape() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for case in fs::read_dir(root.join("texts")).expect("texts/") {
        let case = case.expect("an entry").path();
        let files = ["zh.txt", "en.txt"].map(|name| lines(&case.join(name)));
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        let kept =
            fs::read_to_string(root.join("reports").join(format!("{name}.json"))).expect("a golden report");
        let report: Value = serde_json::from_str(&kept).expect("JSON");
        let [version, tool, pairs, summary] = members(&report, &["version", "tool", "pairs", "summary"])[..]
        else {
            unreachable!()
        };
        assert_eq!(number(version), 1);
        assert_eq!(string(members(tool, &["name", "version"])[0]), "duizhao");
        let mut counts = [0; 3];
        for pair in array(pairs) {
            let [source, target, alignment, findings] =
                members(pair, &["source", "target", "alignment", "findings"])[..]
            else {
                unreachable!()
            };
            let (source, target) = (document(source, &files[0]), document(target, &files[1]));
            let levels = members(alignment, &["blocks", "sentences"]);
            (0..2).for_each(|level| links(levels[level], [source[level], target[level]]));
            for one in array(findings) {
                finding(one, &files);
                let levels = ["critical", "major", "minor"];
                let level = string(&one["severity"]);
                counts[levels.iter().position(|name| *name == level).expect("a severity")] += 1;
            }
        }
        let told = members(summary, &["critical", "major", "minor", "verdict"]);
        assert_eq!([told[0], told[1], told[2]].map(number), counts);
        one_of(told[3], &["pass", "fail"]);
    }
}
