//! The reader of workbooks: archives as they are, and anything else as the shared strings of one and, behind a line end,
//! its sheet.
#![no_main]

use duizhao::read::{self, Limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let book = duizhao_fuzz::book(bytes);
    let mut last = None;
    let _ = read::grid_bytes(&book, true, &Limits::default(), |row| {
        assert!((1..=1_048_576).contains(&row.number), "{row:?}");
        assert!(row.cells.iter().all(|(column, text)| *column < 16_384 && !text.is_empty()), "{row:?}");
        last = Some(row);
    });
});
