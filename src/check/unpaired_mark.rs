//! Brackets and quotation marks without their partner.

use super::{Category, Check, Context, Fault, Findings, Severity, Side, id, message};
use crate::text::script::is_han;
use crate::text::{PieceKind, Span};

pub(super) static CHECK: Check = Check {
    name: "unpaired-mark",
    title: id!("unpaired-mark"),
    category: Category::Conventions,
    severity: Severity::Minor,
    summary: "a bracket or quotation mark opens and never closes, or closes what was never opened",
    docs: r#"
        A bracket or quotation mark that lost its partner shows where something was cut off or pasted. Half-width
        and full-width brackets may close one another.

        It leaves alone apostrophes, straight quotation marks, enumerators such as a) and 1), code, and a quotation
        that goes on over several paragraphs, each of which opens it again.

        ```fires
        zh: 该文件（2019年发布提出了新的原则。
        en: The document (released in 2019) put forward a new principle.
        ```

        ```fires
        en: He called it a “new beginning for everyone.
        zh: 他称之为“每个人的新开端”。
        ```

        ```passes
        zh: 该文件（2019年发布)提出：a) 平等；b) 合作。
        en: The document (released in 2019) names: a) equality; b) cooperation.
        ```
    "#,
    run,
};

const PAIRS: [(&[char], &[char]); 8] = [
    (&['(', '（'], &[')', '）']),
    (&['[', '［'], &[']', '］']),
    (&['【'], &['】']),
    (&['《'], &['》']),
    (&['〈'], &['〉']),
    (&['「'], &['」']),
    (&['『'], &['』']),
    (&['“'], &['”']),
];

fn run(context: &Context, findings: &mut Findings) {
    for side in [Side::Source, Side::Target] {
        let document = context.document(side);
        for block in document.blocks.iter().filter(|block| block.kind.is_prose()) {
            for span in
                unpaired(document.slice(block.span), |at| in_prose(&block.pieces, block.span.start + at))
            {
                let here = Span::new(block.span.start + span.start, block.span.start + span.end);
                let mark = document.slice(here);
                let fault = Fault {
                    source: (side == Side::Source).then_some(here),
                    target: (side == Side::Target).then_some(here),
                    message: message!("unpaired-mark-alone", mark = mark),
                    confidence: 0.8,
                    severity: None,
                    evidence: Vec::new(),
                };
                findings.add(fault);
            }
        }
    }
}

fn in_prose(pieces: &[crate::text::Piece], at: usize) -> bool {
    let place = pieces.partition_point(|piece| piece.span.end <= at);
    pieces.get(place).is_some_and(|piece| piece.kind == PieceKind::Prose)
}

/// Which pair a mark belongs to, and whether it opens it.
fn mark(c: char) -> Option<(usize, bool)> {
    let of = |(kind, (opening, closing)): (usize, &(&[char], &[char]))| {
        (opening.contains(&c) || closing.contains(&c)).then(|| (kind, opening.contains(&c)))
    };
    // what most of a text is, looked at no further
    if c.is_ascii_alphanumeric() || c == ' ' || is_han(c) {
        return None;
    }
    PAIRS.iter().enumerate().find_map(of)
}

/// The marks of a text that have no partner.
fn unpaired(text: &str, counts: impl Fn(usize) -> bool) -> Vec<Span> {
    // the open marks of each pair
    let mut open: [Vec<Span>; PAIRS.len()] = Default::default();
    let mut lone = Vec::new();
    let marks = text.char_indices().filter_map(|(at, c)| Some((at, c, mark(c)?)));
    for (at, c, (kind, opens)) in marks.filter(|(at, ..)| counts(*at)) {
        let here = Span::new(at, at + c.len_utf8());
        if opens {
            open[kind].push(here);
            continue;
        }
        match open[kind].pop() {
            Some(_) => {}
            None if enumerates(&text[..at]) => {}
            None => lone.push(here),
        }
    }
    // a quotation may go on in the next paragraph, which then opens it again
    let goes_on = |span: &Span| span.start == 0;
    lone.extend(open.into_iter().flatten().filter(|span| !goes_on(span)));
    lone.sort();
    lone
}

/// Whether what stands before a closing bracket is the number or letter of an item: `a)`, `12)`, `iv)`.
fn enumerates(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    !word.is_empty() && word.chars().count() <= 3
}
