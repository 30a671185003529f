//! Words run together.

use rustc_hash::FxHashMap;

use super::{Category, Check, Context, Fault, Findings, Severity, Side, id, message};
use crate::lexicon;
use crate::text::{Lang, PieceKind, Span};
use crate::values;
use crate::words::words;

pub(super) static CHECK: Check = Check {
    name: "joined-words",
    title: id!("joined-words"),
    category: Category::Conventions,
    severity: Severity::Minor,
    summary: "words run together without the space between them",
    docs: r#"
        A space lost at the end of a line, at a format change or in a paste joins two words: "Dataand", "issued in
        2020emphasized". The check looks at words in Latin letters: a year stuck to a word, a word of lower-case
        letters stuck to a quotation mark, and an unknown word that is two known words, one of them a common short
        one, written with a capital first.

        It leaves alone code, names with digits such as 5G, and compounds of two full words.

        ```fires
        zh: 该文件于2020年发布，强调了主权。
        en: The document issued in 2020emphasized sovereignty.
        ```

        ```fires
        en: The alliance was founded in2019 by nine countries.
        zh: 该联盟由九个国家于2019年成立。
        ```

        ```fires
        zh: 《数据战略》和《数据治理条例》。
        en: The Data Strategyand the Data Governance Act.
        ```

        ```passes
        zh: 他们在GitHub上用JavaScript开发5G软件。
        en: They develop 5G software on GitHub in JavaScript in the 1990s.
        ```
    "#,
    run,
};

/// Words so common that they stand at a join more often than they end or begin a longer word.
const COMMON: &[&str] = words!("function word", en);

fn run(context: &Context, findings: &mut Findings) {
    for side in [Side::Source, Side::Target] {
        let document = context.document(side);
        if document.lang != Lang::EN {
            continue;
        }
        let mut joined: FxHashMap<&str, Option<usize>> = FxHashMap::default();
        for block in document.blocks.iter().filter(|block| block.kind.is_prose()) {
            for piece in block.pieces.iter().filter(|piece| piece.kind == PieceKind::Prose) {
                for (place, word) in lexicon::english_words(document.slice(piece.span)) {
                    let Some(cut) = *joined.entry(word).or_insert_with(|| join(word)) else { continue };
                    let here = Span::new(piece.span.start + place.start, piece.span.start + place.end);
                    findings.add(Fault {
                        source: (side == Side::Source).then_some(here),
                        target: (side == Side::Target).then_some(here),
                        message: message!(
                            "joined-words-run-together",
                            one = &word[..cut],
                            other = &word[cut..]
                        ),
                        confidence: 0.85,
                        severity: None,
                        evidence: Vec::new(),
                    });
                }
            }
        }
    }
}

/// Where two words were joined, if they were.
fn join(word: &str) -> Option<usize> {
    beside_year(word).or_else(|| two_words(word))
}

fn beside_year(word: &str) -> Option<usize> {
    let year = values::glued_year(word)?;
    match year.start {
        0 => known(&word[year.end..]).then_some(year.end),
        start => Some(start),
    }
}

/// The shortest of the common words end many a new compound: plugin, login.
const LONG: usize = 3;

fn two_words(word: &str) -> Option<usize> {
    if word.len() < 6
        || !word.is_ascii()
        || !word.bytes().skip(1).all(|b| b.is_ascii_lowercase())
        || known(word)
    {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    COMMON.iter().find_map(|common| {
        let cut = lower.len().checked_sub(common.len())?;
        let head = lower.get(..cut)?;
        (lower.ends_with(common) && head.len() >= 4 && common.len() >= LONG && known(head)).then_some(cut)
    })
}

fn known(word: &str) -> bool {
    lexicon::is_stop_word(word) || lexicon::stem_id(&lexicon::stem(word)).is_some()
}
