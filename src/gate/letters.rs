//! What a block says, without its form.

use crate::text::{Block, Document, PieceKind};

/// The letters and digits of a block, without white space, marks, markup, link targets and case. Marks before a digit
/// and those of quantities stay (3.5, -1, 10%), and so do those of code.
pub(super) fn letters(document: &Document, block: &Block) -> String {
    let mut letters = String::new();
    for piece in &block.pieces {
        let text = document.slice(piece.span);
        match piece.kind {
            PieceKind::Prose => letters.extend(telling(text).flat_map(char::to_lowercase)),
            PieceKind::Code => letters.extend(text.chars().filter(|c| !c.is_whitespace() && *c != '`')),
            PieceKind::Target | PieceKind::Markup => {}
        }
    }
    letters
}

/// A letter, digit or mark that says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter {
    c: char,
    /// Whether it stands in code, where case and every mark count.
    code: bool,
}

/// Those of a block, in order.
pub(super) fn spelt(document: &Document, block: &Block) -> Vec<Letter> {
    let mut spelt = Vec::new();
    for piece in &block.pieces {
        let text = document.slice(piece.span);
        match piece.kind {
            PieceKind::Prose => spelt.extend(telling(text).map(|c| Letter { c, code: false })),
            PieceKind::Code => {
                let counts = |c: &char| !c.is_whitespace() && *c != '`';
                spelt.extend(text.chars().filter(counts).map(|c| Letter { c, code: true }));
            }
            PieceKind::Target | PieceKind::Markup => {}
        }
    }
    spelt
}

/// Whether two texts differ in their form at most: marks, case outside code, and what of the words is code.
pub(super) fn same_form(one: &[Letter], other: &[Letter]) -> bool {
    let code = |letter: Option<&Letter>| letter.is_some_and(|letter| letter.code);
    // a mark that is set as code in one of the texts, and in running text, where it says nothing, in the other
    let idle = |letter: Option<&Letter>, there: &[Letter], at: usize| {
        let mark = letter.is_some_and(|letter| letter.code && !letter.c.is_alphanumeric());
        mark && !code(there.get(at)) && !code(at.checked_sub(1).and_then(|at| there.get(at)))
    };
    let (mut i, mut j) = (0, 0);
    loop {
        let (a, b) = (one.get(i), other.get(j));
        match (a, b) {
            (None, None) => return true,
            (Some(a), Some(b))
                if a.c == b.c || !(a.code && b.code) && a.c.to_lowercase().eq(b.c.to_lowercase()) =>
            {
                (i, j) = (i + 1, j + 1);
            }
            _ if idle(a, other, j) => i += 1,
            _ if idle(b, one, i) => j += 1,
            _ => return false,
        }
    }
}

/// The letters and digits of running text in their narrow form, with the marks before digits and those of quantities.
fn telling(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut chars = text.chars().map(narrow).peekable();
    std::iter::from_fn(move || {
        loop {
            let c = chars.next()?;
            let quantifies = matches!(c, '%' | '‰' | '°' | '$' | '€' | '£' | '¥');
            let leads = !c.is_whitespace() && chars.peek().is_some_and(char::is_ascii_digit);
            if c.is_alphanumeric() || quantifies || leads {
                return Some(c);
            }
        }
    })
}

/// The narrow form of a full-width letter, digit or mark.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}
