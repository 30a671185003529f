//! Where a remark that suppresses a finding goes: before the block that the finding is in.

use std::path::Path;

use super::places::Places;
use crate::read::{self, Format};
use crate::text::{BlockKind, Document, Span};

/// What is to be put into the editor's text, and at which byte.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Insertion {
    pub(super) at: usize,
    pub(super) text: String,
}

/// What a reviewer is to write over.
const REASON: &str = "say why";

/// The remark that lets `check` pass at `span` of a document. `None` where no remark can stand: in formats without
/// comments, in front matter, and in tables of formats whose comments take whole lines.
pub(super) fn insertion(document: &Document, places: &Places, span: Span, check: &str) -> Option<Insertion> {
    let path = Path::new(&document.path);
    let format = document.format;
    let remark = read::remark(path, &format!("allow {check}: {REASON}"))?;
    let inline = !remark.ends_with('\n');
    let text = places.text();
    // a gap belongs to the block after it, as the gate sees it
    let Some(block) = document.blocks.iter().find(|block| block.span.end > span.start) else {
        let lead = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        let end = if inline { "\n" } else { "" };
        return Some(Insertion { at: text.len(), text: format!("{lead}\n{remark}{end}") });
    };
    let start = places.start(block.span);
    let row = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let line = remark.trim_end_matches('\n');
    match (format, block.kind) {
        (_, BlockKind::Metadata | BlockKind::Comment) => None,
        (Format::Html, _) => Some(Insertion { at: start, text: remark }),
        (Format::Markdown, BlockKind::TableCell) => Some(Insertion { at: start, text: format!("{remark} ") }),
        (_, BlockKind::TableCell) if !inline => None,
        (Format::Po, _) => Some(Insertion { at: entry(text, row), text: format!("{line}{newline}") }),
        _ => {
            let rest = &text[row..];
            let indent = &rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()];
            // its comments end at an empty line, and begin after one
            let rst = format == Format::Rst;
            let apart = rst && !text[..row].trim_end_matches([' ', '\t']).ends_with("\n\n") && row > 0;
            let (before, after) = (if apart { newline } else { "" }, if rst { newline } else { "" });
            let indent = if inline || rst { indent } else { "" };
            Some(Insertion { at: row, text: format!("{before}{indent}{line}{newline}{after}") })
        }
    }
}

/// Where the entry of a message catalogue begins, after its comments, given where a line of it begins.
fn entry(text: &str, row: usize) -> usize {
    let mut at = row;
    while at > 0 {
        let above = text[..at - 1].rfind('\n').map_or(0, |end| end + 1);
        let line = text[above..at].trim();
        if line.is_empty() || line.starts_with('#') {
            break;
        }
        at = above;
    }
    at
}
