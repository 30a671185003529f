//! Values as JSON, an object a line of text.

use std::io::{self, BufRead, Write};

use super::{Unit, read};
use crate::text::Lang;

/// Writes, for every line of the input, one JSON object with the values it reads there.
///
/// `start` and `end` count Unicode scalar values of the line, `end` exclusive; `value` is a decimal string.
///
/// # Errors
/// When the input cannot be read or is not UTF-8, or the output cannot be written.
pub fn write_json(input: impl BufRead, lang: Lang, out: &mut impl Write) -> io::Result<()> {
    #[derive(serde::Serialize)]
    struct Line<'a> {
        line: usize,
        values: Vec<Item<'a>>,
    }
    #[derive(serde::Serialize)]
    struct Item<'a> {
        kind: &'static str,
        text: &'a str,
        value: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<&'static str>,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        approximate: bool,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        weak: bool,
        start: usize,
        end: usize,
    }
    for (n, text) in input.lines().enumerate() {
        let text = text?;
        let (mut byte, mut scalar) = (0, 0);
        let mut values = Vec::new();
        for v in read(&text, lang) {
            scalar += text[byte..v.span.start].chars().count();
            let words = &text[v.span.range()];
            let end = scalar + words.chars().count();
            values.push(Item {
                kind: v.kind.as_str(),
                text: words,
                value: v.written(),
                unit: v.unit.map(Unit::as_str),
                approximate: v.approximate,
                weak: v.weak,
                start: scalar,
                end,
            });
            (byte, scalar) = (v.span.end, end);
        }
        serde_json::to_writer(&mut *out, &Line { line: n + 1, values })?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
