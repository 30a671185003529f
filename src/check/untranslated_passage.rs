//! What was left in the language of the original.

use super::{Category, Check, Context, Fault, Findings, Severity, Side, id, message};
use crate::text::script;
use crate::text::{Document, Lang, PieceKind, Span};

pub(super) static CHECK: Check = Check {
    name: "untranslated-passage",
    title: id!("untranslated-passage"),
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "a passage of the translation is still in the language of the original",
    docs: r#"
        A paragraph that was copied and never translated, or overlooked in a half-done file. A sentence of the
        translation counts when its own letters are those of the language of the original, Chinese against Latin.
        What stands side by side is one passage. A translation that is a copy of the original is one finding, and so is
        one in the language of the original.

        In files that name their messages by keys, a value counts that is the same in both, unless it is a name, a unit
        or the like: it must have two words in a row of which the second begins with a small letter, as in names it
        does not.

        It leaves alone code, names and titles, short quotations inside a sentence, and sentences in pairs of languages
        written in the same script.

        ```fires
        zh: 各国应当遵守国际法。
        zh: 网络空间需要良好的秩序。
        en: All countries should abide by international law.
        en: 网络空间需要良好的秩序。
        ```

        ```fires
        en: The server reads its settings at start.
        en: Old logs are removed after a week.
        zh: 服务器在启动时读取设置。
        zh: Old logs are removed after a week.
        ```

        ```fires
        en: The server reads its settings at start.
        en: Old logs are removed after a week.
        zh: The server reads its settings at start.
        zh: Old logs are removed after a week.
        ```

        ```passes
        zh: 这家公司推出了 Windows Subsystem for Linux。
        en: The company released the Windows Subsystem for Linux.
        ```
    "#,
    run,
};

fn run(context: &Context, findings: &mut Findings) {
    let (source, target) = (context.document(Side::Source), context.document(Side::Target));
    if is_copy(context) {
        let span = |side, document: &Document| {
            context.span_of_blocks(side, &(0..document.blocks.len()).collect::<Vec<_>>())
        };
        findings.add(Fault {
            source: span(Side::Source, source),
            target: span(Side::Target, target),
            message: message!("untranslated-passage-copy"),
            confidence: 0.97,
            severity: None,
            evidence: Vec::new(),
        });
        return;
    }
    if !source.entries.is_empty() && !target.entries.is_empty() {
        kept_values(context, findings);
        return;
    }
    if source.lang == target.lang {
        // whoever names one language twice means it
        if !context.are_languages_named() {
            one_language(context, findings);
        }
        return;
    }
    if script::is_latin(source.lang) == script::is_latin(target.lang) {
        return;
    }
    let mut run: Option<(usize, Span)> = None;
    for (index, sentence) in target.sentences.iter().enumerate() {
        let foreign = is_in(context, index, source.lang);
        match &mut run {
            Some((last, span)) if foreign && *last + 1 == index => {
                *last = index;
                *span = span.join(sentence.span);
            }
            _ => {
                report(context, run.take(), findings);
                run = foreign.then_some((index, sentence.span));
            }
        }
    }
    report(context, run, findings);
}

/// How much text of each side must be in one language for that to be no accident, in sentences.
const ENOUGH: usize = 3;

/// Says that both versions are in one language, but for the two ways in which Chinese is written.
fn one_language(context: &Context, findings: &mut Findings) {
    let sides = [Side::Source, Side::Target];
    let lang = context.document(Side::Source).lang;
    let ways = sides.map(|side| script::is_traditional(&context.document(side).text));
    if lang == Lang::ZH && ways[0] != ways[1] {
        return;
    }
    let spans = sides.map(|side| {
        let document = context.document(side);
        let all: Vec<usize> = (0..document.blocks.len()).collect();
        context.span_of_blocks(side, &all).filter(|_| document.sentences.len() >= ENOUGH)
    });
    let [Some(source), Some(target)] = spans else { return };
    findings.add(Fault {
        source: Some(source),
        target: Some(target),
        message: message!("untranslated-passage-one-language", lang = lang.as_str()),
        confidence: 0.8,
        severity: None,
        evidence: Vec::new(),
    });
}

/// Says of the messages with the same value on both sides which should not have it.
fn kept_values(context: &Context, findings: &mut Findings) {
    let (source, target) = (context.document(Side::Source), context.document(Side::Target));
    for link in context.bitext().alignment.blocks.iter() {
        let (&[one], &[other]) = (&*link.source, &*link.target) else { continue };
        let (from, to) = (source.blocks[one].span, target.blocks[other].span);
        if source.slice(from) != target.slice(to) || !is_prose(context, one) {
            continue;
        }
        let key = source.entry(one).map_or("", |entry| entry.key.as_str());
        findings.add(Fault {
            source: Some(from),
            target: Some(to),
            message: message!("untranslated-passage-message", key = key),
            confidence: 0.85,
            severity: None,
            evidence: Vec::new(),
        });
    }
}

/// Whether the value of a message is prose that a translation does not keep: several words with small letters, or
/// Chinese.
fn is_prose(context: &Context, block: usize) -> bool {
    let document = context.document(Side::Source);
    let span = document.blocks[block].span;
    let prose = document.pieces_in(block, span).filter(|piece| piece.kind == PieceKind::Prose);
    let prose: Vec<&str> = prose.map(|piece| document.slice(piece.span)).collect();
    let target = context.document(Side::Target).lang;
    if document.lang == Lang::ZH {
        return target != Lang::ZH && prose.iter().any(|text| text.contains(script::is_han));
    }
    let plain = |word: &str| word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
    // a word, and behind it one with a small letter: members of a list have commas between them
    let phrase = |text: &&str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.windows(2).any(|pair| {
            let next = pair[1].trim_end_matches(|c: char| ".,!?:;)\"'…".contains(c));
            plain(pair[0]) && plain(next) && next.starts_with(char::is_lowercase)
        })
    };
    document.lang != target && prose.iter().any(phrase)
}

/// Whether both documents hold the same blocks, with running text in them.
fn is_copy(context: &Context) -> bool {
    let (source, target) = (context.document(Side::Source), context.document(Side::Target));
    let blocks = |document: &'_ Document| -> Vec<String> {
        document.blocks.iter().map(|block| document.slice(block.span).to_owned()).collect()
    };
    source.blocks.len() == target.blocks.len()
        && blocks(source) == blocks(target)
        && (0..target.sentences.len())
            .any(|sentence| [Lang::ZH, Lang::EN].into_iter().any(|lang| is_in(context, sentence, lang)))
}

fn report(context: &Context, run: Option<(usize, Span)>, findings: &mut Findings) {
    let Some((last, span)) = run else { return };
    let block = context.document(Side::Target).sentences[last].block;
    let link = &context.bitext().alignment.blocks[context.block_link(Side::Target, block)];
    let lang = context.document(Side::Source).lang;
    findings.add(Fault {
        source: context.span_of_blocks(Side::Source, &link.source),
        target: Some(span),
        message: message!("untranslated-passage-still", lang = lang.as_str()),
        confidence: 0.93,
        severity: None,
        evidence: Vec::new(),
    });
}

/// Whether a sentence is prose of that language: enough letters, hardly any of the other script.
fn is_in(context: &Context, sentence: usize, lang: Lang) -> bool {
    let document = context.document(Side::Target);
    let place = document.sentences[sentence];
    let (mut han, mut latin, mut own, mut words) = (0usize, 0usize, 0usize, 0usize);
    for piece in document.pieces_in(place.block, place.span).filter(|piece| piece.kind == PieceKind::Prose) {
        let text = document.slice(piece.span);
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            let in_han = script::is_han(c);
            han += usize::from(in_han);
            latin += usize::from(!in_han);
            own += usize::from(!c.is_ascii());
        }
        // names and titles are capitalised; running text is not
        words +=
            text.split_whitespace().filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())).count();
    }
    match () {
        () if lang == Lang::ZH => han >= 6 && han * 2 > latin,
        () if script::is_latin(lang) => words >= 4 && latin > han * 20,
        // kana, hangul, Cyrillic, Arabic …
        () => own >= 6 && own * 2 > latin + han,
    }
}
