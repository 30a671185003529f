//! Whatever the shape of a text, time and memory grow with its size: eight times as much takes about eight times as
//! much, not sixty-four.

use std::path::Path;

use super::shapes::{SHAPES, run};

/// Bytes of memory for a byte more of text.
const BYTES: f64 = 60.0;
/// Bytes that come and go with the allocator.
const SLACK: f64 = 100e6;
/// Between eight times as long and sixty-four times as long.
const LONGER: f64 = 24.0;
/// What a run takes before it looks at a text, or less, in seconds.
const BEFORE: f64 = 0.05;

#[test]
fn nothing_grows_faster_than_the_text() {
    let program = Path::new(env!("CARGO_BIN_EXE_duizhao"));
    let mut wrong = Vec::new();
    for shape in SHAPES {
        assert!(shape.small < shape.large, "{}", shape.name);
        let (less, more) = (run(program, shape, shape.small), run(program, shape, 8 * shape.small));
        if !matches!((less.code, more.code), (Some(0 | 1), Some(0 | 1))) {
            wrong.push(format!("{}: {:?}, {:?}: {}", shape.name, less.code, more.code, more.said));
            continue;
        }
        let (memory, text) = (more.memory - less.memory, (more.bytes - less.bytes) as f64);
        if memory > BYTES * text + SLACK {
            wrong.push(format!("{}: {memory} bytes of memory for {text} of text", shape.name));
        }
        if more.seconds > LONGER * less.seconds.max(BEFORE) {
            wrong.push(format!("{}: {} s, then {} s", shape.name, less.seconds, more.seconds));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is refused is refused in words, before it takes more than it would to read it.
#[test]
fn too_many_blocks_are_refused() {
    let shape = SHAPES.iter().find(|shape| shape.name == "paragraphs all alike").expect("it is there");
    let cost = run(Path::new(env!("CARGO_BIN_EXE_duizhao")), shape, 500_001);
    assert_eq!(cost.code, Some(2), "{}", cost.said);
    assert!(cost.said.contains("zh.txt: has 500001 paragraphs, items, cells or lines"), "{}", cost.said);
}
