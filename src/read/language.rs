//! Which language a document is in, by its text.

use std::collections::BTreeMap;

use crate::text::{Block, Lang, PieceKind, script};
use crate::words::words;

/// The language that the prose is in; English when there is none. A translation into another script keeps much in
/// Latin letters (names, lists of changes), while an English text quotes little in other scripts: a quarter is enough
/// for these.
pub(super) fn dominant(text: &str, blocks: &[Block]) -> Lang {
    match written(text, blocks) {
        Some(Lang::EN) => latin(text, blocks).unwrap_or(Lang::EN),
        written => written.unwrap_or(Lang::EN),
    }
}

/// The language of a document that its name says is in `named`: that one, unless both are written in Latin letters and
/// the text plainly is in another. What is written otherwise is then a passage that was not translated.
pub(super) fn agreed(named: Lang, text: &str, blocks: &[Block]) -> Lang {
    match written(text, blocks) {
        Some(Lang::EN) if script::is_latin(named) => latin(text, blocks).unwrap_or(named),
        _ => named,
    }
}

/// The language that the script of the prose points to; `en` stands for all in Latin letters.
fn written(text: &str, blocks: &[Block]) -> Option<Lang> {
    let mut weights: BTreeMap<Lang, usize> = BTreeMap::new();
    for block in blocks.iter().filter(|block| block.kind.is_prose()) {
        if let Some(evidence) = script::language(&prose(text, block)) {
            *weights.entry(evidence.lang).or_default() += evidence.weight;
        }
    }
    let total: usize = weights.values().sum();
    let others = weights.iter().filter(|&(&lang, &weight)| lang != Lang::EN && weight * 4 >= total);
    let other = others.max_by_key(|&(_, weight)| weight).map(|(&lang, _)| lang);
    other.or(weights.contains_key(&Lang::EN).then_some(Lang::EN))
}

/// How much of a text is looked at to tell languages in Latin letters apart, in bytes.
const SAMPLE: usize = 4_000;
/// Of so few words nothing is concluded.
const FEW: usize = 12;
/// The share of these words, in percent, from which on a text is English, whatever else may be in it. Of the messages
/// of pdf.js and Node-RED (the npm packages `ngx-extended-pdf-viewer` 30.0.0 and `@node-red/editor-client` 5.0.7), those
/// in English have 11 to 29, and those of all other languages under 8, but for four files (bo, bqi, meh, scn) that have
/// the English text in more than four messages of five.
const ENGLISH: usize = 8;
/// Words that no other language in Latin letters has as often.
const WORDS: &[&str] = words!("word of English alone", en);

/// Which of the languages in Latin letters a text plainly is in.
fn latin(text: &str, blocks: &[Block]) -> Option<Lang> {
    let mut sample = String::new();
    for block in blocks.iter().filter(|block| block.kind.is_prose()) {
        sample.push_str(&prose(text, block));
        sample.push('\n');
        if sample.len() >= SAMPLE {
            break;
        }
    }
    let words = sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let (mut all, mut english) = (0usize, 0usize);
    for word in words {
        all += 1;
        english += usize::from(WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)));
    }
    if all < FEW {
        return None;
    }
    if english * 100 >= all * ENGLISH {
        return Some(Lang::EN);
    }
    let found = whatlang::detect(&sample).filter(|found| found.is_reliable())?;
    Lang::parse(short(found.lang().code()))
}

/// The tag of two letters of a language that is named by three (ISO 639-3), where there is one.
fn short(code: &str) -> &str {
    const CODES: [(&str, &str); 33] = [
        ("eng", "en"),
        ("spa", "es"),
        ("fra", "fr"),
        ("deu", "de"),
        ("ita", "it"),
        ("por", "pt"),
        ("nld", "nl"),
        ("swe", "sv"),
        ("dan", "da"),
        ("nob", "nb"),
        ("fin", "fi"),
        ("pol", "pl"),
        ("ces", "cs"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("hrv", "hr"),
        ("ron", "ro"),
        ("hun", "hu"),
        ("tur", "tr"),
        ("vie", "vi"),
        ("ind", "id"),
        ("est", "et"),
        ("lit", "lt"),
        ("lav", "lv"),
        ("cat", "ca"),
        ("afr", "af"),
        ("tgl", "tl"),
        ("epo", "eo"),
        ("lat", "la"),
        ("aze", "az"),
        ("uzb", "uz"),
        ("tuk", "tk"),
        ("jav", "jv"),
    ];
    CODES.iter().find(|(long, _)| *long == code).map_or(code, |(_, short)| short)
}

/// The prose of a block, its other pieces as spaces.
pub(super) fn prose(text: &str, block: &Block) -> String {
    let mut out = String::with_capacity(block.span.len());
    for piece in &block.pieces {
        match piece.kind {
            PieceKind::Prose => out.push_str(&text[piece.span.range()]),
            _ => out.push(' '),
        }
    }
    out
}
