//! Blocks of code, which differ line by line, and tags that are left open in a block.

use super::{Context, Evidence, Fault, Findings, Severity, Side, message};
use crate::align::Link;
use crate::markup::code;
use crate::markup::inline::unbalanced;
use crate::meaning::own;
use crate::read::Joined;
use crate::text::{Block, PieceKind, Span};

/// Less of one side's code than this in the other, and the two are other examples rather than one with faults.
const ALIKE: f64 = 0.5;

/// One finding for all differences between linked code blocks.
pub(super) fn in_code(context: &Context, link: &Link, findings: &mut Findings) {
    let sides = [Side::Source, Side::Target];
    let body = |side: Side| {
        let document = context.document(side);
        let pieces = own(link, side).iter().flat_map(|&block| &document.blocks[block].pieces);
        let code = pieces.filter(|piece| piece.kind == PieceKind::Code).map(|piece| piece.span);
        code.reduce(Span::join)
    };
    let Some(spans) = body(Side::Source).zip(body(Side::Target)) else { return };
    let spans = [spans.0, spans.1];
    // tags that colour code, and marks of quotations at the margin, are no code
    let texts = sides.map(|side| {
        let (document, whole) = (context.document(side), spans[side as usize]);
        let pieces = own(link, side).iter().flat_map(|&block| document.pieces_in(block, whole));
        let mut text = String::with_capacity(whole.len());
        let mut at = whole.start;
        for piece in pieces.filter(|piece| piece.kind == PieceKind::Code) {
            blank(&mut text, &document.text[at..piece.span.start]);
            text.push_str(document.slice(piece.span));
            at = piece.span.end;
        }
        text
    });
    let (hunks, alike) = code::differences(&texts[0], &texts[1]);
    if hunks.is_empty() {
        return;
    }
    let shift =
        |side: usize, span: Span| Span::new(spans[side].start + span.start, spans[side].start + span.end);
    let words = [0, 1].map(|side: usize| -> Vec<Span> {
        hunks.iter().flat_map(|hunk| &hunk.words[side]).map(|&word| shift(side, word)).collect()
    });
    let place = |side: usize| -> Span {
        let of_words = words[side].iter().copied().reduce(Span::join);
        let of_lines =
            hunks.iter().map(|hunk| hunk.lines[side]).filter(|span| !span.is_empty()).reduce(Span::join);
        of_words.or(of_lines.map(|span| shift(side, span))).unwrap_or(spans[side])
    };
    let quote = |side: Side| -> String {
        let words = &words[side as usize];
        let texts: Vec<&str> = words.iter().take(4).map(|&word| context.document(side).slice(word)).collect();
        format!("{}{}", texts.join(" "), if words.len() > 4 { " …" } else { "" })
    };
    let (one, other) = (quote(Side::Source), quote(Side::Target));
    let message = match (words[0].is_empty(), words[1].is_empty()) {
        (false, false) => message!("markup-mismatch-code-differs", one = one, other = other),
        (false, true) => message!("markup-mismatch-code-missing", one = one),
        _ => message!("markup-mismatch-code-added", other = other),
    };
    let note = |side: Side| {
        words[side as usize].iter().take(8).map(move |&span| Evidence {
            side,
            span,
            note: message!("no-counterpart"),
        })
    };
    let confidence = if alike < ALIKE || link.score < 0.6 { 0.6 } else { 0.85 };
    findings.add(Fault {
        source: Some(place(0)),
        target: Some(place(1)),
        message,
        confidence,
        severity: (confidence < 0.8).then_some(Severity::Minor),
        evidence: note(Side::Source).chain(note(Side::Target)).collect(),
    });
}

/// Adds blanks in place of a text, byte for byte; line ends stay.
fn blank(to: &mut String, text: &str) {
    to.extend(text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
}

/// Reports tags that are open at the end of linked blocks on one side and not on the other.
pub(super) fn in_tags(context: &Context, link: &Link, findings: &mut Findings) {
    let sides = [Side::Source, Side::Target];
    let wrong = sides.map(|side| -> Vec<(Span, String)> {
        let document = context.document(side);
        let blocks = own(link, side).iter().map(|&block| &document.blocks[block]);
        let tags = |block: &Block| {
            let whole = Joined::of(&document.text, block);
            let place = |span: Span| whole.places(span).reduce(Span::join);
            let tags = unbalanced(&whole.text).into_iter();
            tags.filter_map(|(tag, name)| Some((place(tag)?, name))).collect::<Vec<_>>()
        };
        // one element may stand around several blocks
        let blocks = blocks.filter(|block| document.slice(block.span).contains('<'));
        blocks.flat_map(tags).collect()
    });
    let side = match wrong.each_ref().map(Vec::is_empty) {
        [true, false] => Side::Target,
        [false, true] => Side::Source,
        _ => return,
    };
    let Some((span, tag)) = wrong[side as usize].first() else { return };
    let there = context.span_of_blocks(side.other(), own(link, side.other()));
    let mut places = [None, None];
    places[side as usize] = Some(*span);
    places[side.other() as usize] = there;
    findings.add(Fault {
        source: places[0],
        target: places[1],
        message: message!("markup-mismatch-tag", side = side, tag = tag),
        confidence: 0.85,
        severity: None,
        evidence: vec![Evidence { side, span: *span, note: message!("no-counterpart") }],
    });
}
