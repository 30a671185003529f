//! What a block says, without its form.

use crate::text::{Block, Document, PieceKind};

/// The letters and digits of a block, without white space, marks, markup, link targets and case. Marks before a digit
/// and those of quantities stay (3.5, -1, 10%), and so do those of code.
pub(super) fn letters(document: &Document, block: &Block) -> String {
    let mut letters = String::new();
    for piece in &block.pieces {
        let text = document.slice(piece.span);
        match piece.kind {
            PieceKind::Prose => {
                let mut chars = text.chars().map(narrow).peekable();
                while let Some(c) = chars.next() {
                    let quantifies = matches!(c, '%' | '‰' | '°' | '$' | '€' | '£' | '¥');
                    let leads = !c.is_whitespace() && chars.peek().is_some_and(char::is_ascii_digit);
                    if c.is_alphanumeric() || quantifies || leads {
                        letters.extend(c.to_lowercase());
                    }
                }
            }
            PieceKind::Code => letters.extend(text.chars().filter(|c| !c.is_whitespace() && *c != '`')),
            PieceKind::Target | PieceKind::Markup => {}
        }
    }
    letters
}

/// The narrow form of a full-width letter, digit or mark.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}
