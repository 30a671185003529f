//! Cells of tables that the Chinese side leaves in Latin letters: types, defaults, names.

use super::{Context, Evidence, Fault, Findings, Severity, Side, message};
use crate::align::Link;
use crate::lexicon::is_han;
use crate::text::{BlockKind, Lang, PieceKind};

/// How sure it is that two cells should not differ that have nothing in common, and those that have something.
const CELLS: [f64; 2] = [0.7, 0.6];
/// The least score of a link between two cells that are compared.
const LINKED: f64 = 0.4;

/// Reports two cells with other words where the Chinese one has none but Latin ones.
pub(super) fn findings(context: &Context, link: &Link, findings: &mut Findings) {
    let langs = [Side::Source, Side::Target].map(|side| context.document(side).lang == Lang::ZH);
    let (&[source], &[target]) = (&*link.source, &*link.target) else { return };
    if langs[0] == langs[1] || link.score < LINKED {
        return;
    }
    let words = |side: Side, block: usize| -> Option<Vec<String>> {
        let document = context.document(side);
        let text = document.slice(document.blocks[block].span);
        let prose =
            document.pieces_in(block, document.blocks[block].span).filter(|it| it.kind == PieceKind::Prose);
        let prose: Vec<&str> = prose.map(|piece| document.slice(piece.span)).collect();
        let mut words: Vec<String> = prose
            .iter()
            .flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric()))
            .filter(|word| word.len() > 1 && word.starts_with(|c: char| c.is_ascii_alphabetic()))
            .map(str::to_lowercase)
            .collect();
        words.sort_unstable();
        words.dedup();
        (document.blocks[block].kind == BlockKind::TableCell && !text.contains(is_han) && !words.is_empty())
            .then_some(words)
    };
    let (Some(one), Some(other)) = (words(Side::Source, source), words(Side::Target, target)) else { return };
    if one == other {
        return;
    }
    let place = |side: Side, block: usize| context.document(side).blocks[block].span;
    let (from, to) = (place(Side::Source, source), place(Side::Target, target));
    let [text, instead] =
        [(Side::Source, from), (Side::Target, to)].map(|(side, span)| context.document(side).words(span));
    let alike = one.iter().any(|word| other.contains(word));
    findings.add(Fault {
        source: Some(from),
        target: Some(to),
        message: message!("markup-mismatch-cell", text = text, instead = instead),
        confidence: CELLS[usize::from(alike)],
        severity: Some(Severity::Minor),
        evidence: vec![
            Evidence { side: Side::Source, span: from, note: message!("no-counterpart") },
            Evidence { side: Side::Target, span: to, note: message!("no-counterpart") },
        ],
    });
}
