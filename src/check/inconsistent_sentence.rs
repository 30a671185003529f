//! Sentences of the original that stand there several times and are rendered now one way, now another.

use std::collections::{BTreeMap, HashSet};

use super::{Category, Check, Context, Evidence, Fault, Findings, Severity, Side, id, message};
use crate::align::Bitext;
use crate::text::script::width;
use crate::text::{Document, Span};

pub(super) static CHECK: Check = Check {
    name: "inconsistent-sentence",
    title: id!("inconsistent-sentence"),
    category: Category::Terminology,
    severity: Severity::Minor,
    summary: "a sentence that the original repeats has several renderings",
    docs: r#"
        A warning or an instruction that is repeated word for word is meant to be recognised. The check compares the
        renderings of sentences that the original says more than once, in one document and, where folders are
        checked, between documents: there the finding stands in the later file and names the earlier one. Punctuation,
        spaces and capital letters make no difference. All places of a sentence are one finding.

        It leaves alone short sentences and headings, of fewer than 16 columns (a Chinese character takes two), and
        those that are not linked one to one.

        ```fires
        en: Switch off the pump before you open the valve.
        en: Turn the wheel to the left.
        en: Switch off the pump before you open the valve.
        zh: 打开阀门之前，请先关闭水泵。
        zh: 向左转动手轮。
        zh: 开阀前应停泵，切勿忘记。
        ```

        ```passes
        en: Switch off the pump before you open the valve.
        en: Turn the wheel to the left.
        en: Switch off the pump before you open the valve!
        zh: 打开阀门之前，请先关闭水泵。
        zh: 向左转动手轮。
        zh: 打开阀门之前，请先关闭水泵！
        ```

        ```passes
        en: See below.
        en: Turn the wheel to the left.
        en: See below.
        zh: 见下文。
        zh: 向左转动手轮。
        zh: 参见下面的说明。
        ```
    "#,
    run,
};

/// What one sentence of the original is rendered as.
pub(crate) struct Said {
    /// A fingerprint of the sentence.
    pub(crate) key: u64,
    /// A fingerprint of its rendering.
    pub(crate) words: u64,
    pub(crate) source: Span,
    pub(crate) target: Span,
}

/// The fewest columns of a sentence that is expected to be rendered one way: what is shorter depends on what stands
/// around it. Chosen: "Click **Save**." has 11, the shortest warning of the samples 22.
const SHORTEST: usize = 16;
/// How sure a link must be. Chosen: below, the passages may belong elsewhere.
const SURE: f64 = 0.5;

/// The sentences of the original that are long enough and linked one to one, with their renderings, in order.
pub(crate) fn said(bitext: &Bitext) -> Vec<Said> {
    let links = bitext.alignment.sentences.iter();
    let one = links.filter_map(|link| match (&link.source[..], &link.target[..]) {
        ([source], [target]) if link.score >= SURE => Some((*source, *target)),
        _ => None,
    });
    one.filter_map(|(source, target)| {
        let [source, target] = [(&bitext.source, source), (&bitext.target, target)].map(|(document, at)| {
            let sentence = document.sentences[at];
            let prose = document.blocks[sentence.block].kind.is_prose();
            prose.then(|| (fingerprint(document, sentence.span), sentence.span))
        });
        let ((source_print, source), (target_print, target)) = (source?, target?);
        let (key, columns) = source_print;
        // what was left in the language of the original is told as that
        (columns >= SHORTEST && key != target_print.0).then_some(Said {
            key,
            words: target_print.0,
            source,
            target,
        })
    })
    .collect()
}

/// A fingerprint of the letters and digits of a sentence, in small letters, and how many columns it takes.
fn fingerprint(document: &Document, span: Span) -> (u64, usize) {
    let (mut hash, mut columns) = (0xcbf2_9ce4_8422_2325_u64, 0usize);
    let words = document.words(span);
    // FNV-1a over chars: the same on every machine
    let mut add = |c: char| hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
    let counts = |c: &char| c.is_alphanumeric() || matches!(c, '%' | '$' | '{' | '}' | '+' | '<' | '>' | '=');
    for c in words.chars() {
        columns += match c {
            // what most of a text is has plain small letters, or none
            _ if c.is_ascii() => {
                Some(c.to_ascii_lowercase()).filter(counts).into_iter().for_each(&mut add);
                1
            }
            '\u{4E00}'..='\u{9FFF}' => {
                add(c);
                2
            }
            _ => {
                c.to_lowercase().filter(counts).for_each(&mut add);
                width(c)
            }
        };
    }
    (hash, columns)
}

fn run(context: &Context, findings: &mut Findings) {
    let all = said(context.bitext());
    let mut first: HashSet<u64> = HashSet::new();
    let repeated: HashSet<u64> = all.iter().map(|said| said.key).filter(|key| !first.insert(*key)).collect();
    let mut of_key: BTreeMap<u64, Vec<&Said>> = BTreeMap::new();
    for said in all.iter().filter(|said| repeated.contains(&said.key)) {
        of_key.entry(said.key).or_default().push(said);
    }
    for places in of_key.into_values() {
        // the commonest rendering, and of several as common the first, is the usual one
        let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
        places.iter().for_each(|said| *counts.entry(said.words).or_default() += 1);
        let Some(usual) = places.iter().rev().max_by_key(|said| counts.get(&said.words)) else { continue };
        let mut others = places.iter().filter(|said| said.words != usual.words);
        let Some(other) = others.next() else { continue };
        let note = |said: &Said, note| Evidence { side: Side::Target, span: said.target, note };
        let again = others.map(|said| note(said, message!("inconsistent-sentence-again")));
        let usual = note(usual, message!("inconsistent-sentence-usual"));
        findings.add(Fault {
            source: Some(other.source),
            target: Some(other.target),
            message: message!("inconsistent-sentence-renderings", count = places.len()),
            confidence: 0.6,
            severity: None,
            evidence: again.chain([usual]).collect(),
        });
    }
}
