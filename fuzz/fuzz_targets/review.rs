//! Decisions of reviewers: in the rows of a table, in a workbook, and in the comments of a Word document.
#![no_main]

use duizhao::gate::review::{Reader, of_comments};
use duizhao::read::{self, Comment, Limits, Row};
use libfuzzer_sys::fuzz_target;

// Archives are workbooks; of any other text each line is a row of the table, and a comment with its paragraphs.
fuzz_target!(|bytes: &[u8]| {
    let mut reader = Reader::default();
    if bytes.starts_with(b"PK") {
        if read::grid_bytes(bytes, true, &Limits::default(), |row| reader.take(&row)).is_ok() {
            let _ = reader.end();
        }
        return;
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut comments = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        comments.push(Comment {
            id: at.to_string(),
            answers: at.checked_sub(1).filter(|at| at % 3 > 0).map(|at| at.to_string()),
            resolved: at % 2 == 0,
            paragraphs: cells.clone(),
        });
        reader.take(&Row { number: at + 1, cells: cells.into_iter().enumerate().collect() });
    }
    let _ = (reader.end(), of_comments(&comments));
});
