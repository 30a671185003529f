//! Jupyter notebooks to a text: the cells in their order, each from a line of its own.

use serde::Deserialize;

use super::pieces::moved;
use super::spans::trim;
use super::{Format, Limits, Unpacked, markdown, remarks};
use crate::error::ErrorKind;
use crate::message::{id, message};
use crate::text::{Block, BlockKind, Piece, PieceKind, Span};

#[derive(Deserialize)]
struct Notebook {
    nbformat: Option<u32>,
    cells: Option<Vec<Cell>>,
}

#[derive(Deserialize)]
struct Cell {
    cell_type: String,
    #[serde(default)]
    source: Source,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Source {
    Text(String),
    Lines(Vec<String>),
}

impl Default for Source {
    fn default() -> Source {
        Source::Lines(Vec::new())
    }
}

/// The text of a notebook and its blocks: cells of Markdown as such, cells of code and raw ones verbatim. What the code
/// put out is left out.
///
/// # Errors
/// When the file is no notebook, or one of a format before 4.
pub(super) fn read(bytes: &[u8], _: &Limits) -> Result<Unpacked, ErrorKind> {
    let decoded = super::text(bytes)?;
    let fail = |line, what| ErrorKind::Content { line, what };
    let notebook: Notebook =
        serde_json::from_str(decoded.text.trim_start_matches('\u{feff}')).map_err(|error| {
            let what = message!("read-not-as", format = id!("kind-notebook"), what = error.to_string());
            fail(error.line().max(1), what)
        })?;
    let old = notebook.nbformat.is_none_or(|version| version < 4);
    let Some(cells) = notebook.cells.filter(|_| !old) else {
        return Err(fail(1, message!("read-old-notebook")));
    };
    let (mut text, mut blocks, mut parts) = (String::new(), Vec::new(), Vec::new());
    for (number, cell) in cells.into_iter().enumerate() {
        let start = text.len();
        parts.push((start, format!("cell {}", number + 1)));
        match cell.source {
            Source::Text(source) => text.push_str(&source),
            Source::Lines(lines) => text.extend(lines),
        }
        let own = &text[start..];
        if cell.cell_type == "markdown" {
            let found = remarks::blocks(own, Format::Markdown, markdown::blocks);
            blocks.extend(found.into_iter().map(|block| moved(block, start)));
        } else {
            let span = trim(&text, Span::new(start, text.len()));
            let pieces = [Piece { kind: PieceKind::Code, span }].into();
            let kind = BlockKind::Code;
            let code = Block { kind, level: None, numbering: None, span, pieces, sentences: 0..0 };
            blocks.extend((!span.is_empty()).then_some(code));
        }
        text.push_str("\n\n");
    }
    Ok(Unpacked { text, blocks, parts, ..Unpacked::default() })
}
