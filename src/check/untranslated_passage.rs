//! What was left in the language of the original.

use super::{Category, Check, Context, Fault, Findings, Message, Severity, Side};
use crate::text::script;
use crate::text::{Document, Lang, PieceKind, Span};

pub(super) static CHECK: Check = Check {
    name: "untranslated-passage",
    chinese: "未翻译",
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "a passage of the translation is still in the language of the original",
    docs: r#"
        A paragraph that was copied and never translated, or overlooked in a half-done file. A sentence of the
        translation counts when its own letters are those of the language of the original, Chinese against Latin.
        What stands side by side is one passage. A translation that is a copy of the original is one finding.

        It leaves alone code, names and titles, short quotations inside a sentence, and pairs of languages written
        in the same script.

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
            message: Message::new(
                "the translation is a copy of the original\ntranslate it",
                "译文照抄原文，尚未翻译\n请翻译",
            ),
            confidence: 0.97,
            severity: None,
            evidence: Vec::new(),
        });
        return;
    }
    if (source.lang == Lang::ZH) == (target.lang == Lang::ZH) {
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
        message: Message::new(
            format!(
                "this is still in the language of the original ({lang})\ntranslate it, or mark it as a quotation"
            ),
            format!("此处仍是原文语言（{lang}），未译\n请翻译；若为引文，请加以标明"),
        ),
        confidence: 0.93,
        severity: None,
        evidence: Vec::new(),
    });
}

/// Whether a sentence is prose of that language: enough letters, hardly any of the other script.
fn is_in(context: &Context, sentence: usize, lang: Lang) -> bool {
    let document = context.document(Side::Target);
    let place = document.sentences[sentence];
    let (mut han, mut latin, mut words) = (0usize, 0usize, 0usize);
    for piece in document.pieces_in(place.block, place.span).filter(|piece| piece.kind == PieceKind::Prose) {
        let text = document.slice(piece.span);
        han += text.chars().filter(|c| script::is_han(*c)).count();
        latin += text.chars().filter(|c| c.is_alphabetic() && !script::is_han(*c)).count();
        // names and titles are capitalised; running text is not
        words +=
            text.split_whitespace().filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())).count();
    }
    match lang == Lang::ZH {
        true => han >= 6 && han * 2 > latin,
        false => words >= 4 && latin > han * 20,
    }
}
