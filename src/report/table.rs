//! A table for people in offices, as a Word document or an Excel workbook. Neither holds a time, so that the same
//! table gives the same bytes.

mod docx;
mod xlsx;

use std::borrow::Cow;
use std::io;

use serde::{Deserialize, Serialize};

/// A table with a line of heads.
pub(super) struct Table<'r> {
    /// What it is about, for a reader.
    pub(super) title: String,
    /// The columns from left to right.
    pub(super) columns: Vec<Column>,
    /// The rows from top to bottom, each with a cell a column; written as they come.
    pub(super) rows: Box<dyn Iterator<Item = io::Result<Vec<Cell>>> + 'r>,
}

/// A sheet beside a table.
pub(super) struct Sheet {
    /// What it is called.
    pub(super) name: Cow<'static, str>,
    /// Its rows from top to bottom; the first holds the heads.
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A column and what stands at its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    head: String,
    /// How wide, in Latin characters.
    width: u16,
    /// What may be chosen in it; empty where anything may be written.
    choices: Vec<String>,
    /// Whether it is for programs alone.
    hidden: bool,
}

/// What stands in a row below one head.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Cell {
    /// A number that can be sorted and counted with.
    Number(f64),
    /// Words, some of them marked; line ends begin new lines.
    Text(Vec<Run>),
}

/// Words that look alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Run {
    /// The words.
    pub(super) text: String,
    /// Whether they are to stand out.
    pub(super) marked: bool,
}

impl Column {
    /// A column that holds anything.
    pub(super) fn new(head: &str, width: u16) -> Column {
        Column { head: head.to_owned(), width, choices: Vec::new(), hidden: false }
    }

    /// The same, to choose from a list in.
    pub(super) fn with_choices(self, choices: &[Cow<str>]) -> Column {
        Column { choices: choices.iter().map(|choice| choice.to_string()).collect(), ..self }
    }

    /// The same, for programs alone.
    pub(super) fn hidden(self) -> Column {
        Column { hidden: true, ..self }
    }
}

impl Cell {
    /// A cell with words of which none is marked.
    pub(super) fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        Cell::Text(if text.is_empty() { Vec::new() } else { vec![Run { text, marked: false }] })
    }
}
