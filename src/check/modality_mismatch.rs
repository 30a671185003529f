//! Duties, rights, prohibitions and conditions that became something else.

use super::{Category, Check, Context, Evidence, Fault, Findings, Message, Severity, id, message};
use crate::meaning::answers::{self, Answer};
use crate::meaning::clashes;
use crate::meaning::marks::Class;
use crate::meaning::pair::{Bilingual, Pair, Rendering, Word};
use crate::text::Span;
use crate::words::words;

pub(super) static CHECK: Check = Check {
    name: "modality-mismatch",
    title: id!("modality-mismatch"),
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "a duty, right, prohibition or condition on one side is something else on the other",
    docs: r#"
        In laws, contracts and declarations it matters whether one may, must or must not. The check knows four faults:
        a right (有权) that became a duty or a possibility ("should", "must", "may be entitled to"), a duty (必须) on a verb that
        the other side merely permits ("may", "can") and the other way round, a prohibition (不得, 禁止) with nothing
        negative in the English, and an only-if (只有…才, 唯有, 除非) without "only", "unless", "until" or the like.

        It leaves alone what Chinese leaves unsaid: "shall" and "must" in laws mostly have no mark there, and "can"
        and "may" often have none.

        ```fires
        zh: 各国有权制定本国的法律，也有权参与国际事务。
        en: All countries have the right to make their own laws and should participate in international affairs.
        ```

        ```fires
        zh: 缔约国有权采取必要措施。
        en: A contracting state may also be entitled to take necessary measures.
        ```

        ```fires
        zh: 成员必须提交年度报告。
        en: Members may submit an annual report.
        ```

        ```fires
        en: Visitors must register at the entrance.
        zh: 访客可以在入口处登记。
        ```

        ```fires
        zh: 只有双方共同努力，才能解决这个争端。
        en: The dispute can be settled through the joint efforts of both sides.
        ```

        ```passes
        en: No one shall be detained without a court order, and the state may appeal.
        zh: 没有法院命令，任何人不得被拘留，国家可以上诉。
        ```

        ```passes
        zh: 除非另有约定，各方有权终止合同，且必须提前通知。
        en: Unless otherwise agreed, each party may terminate the contract and must give prior notice.
        ```
    "#,
    run,
};

/// Links less sure than this may join what does not belong together.
const SOLID: f64 = 0.65;

const PROHIBITION: &[&str] = words!("prohibition", zh);
const ONLY_IF: &[&str] = words!("only if", zh);

fn is(word: &Word, words: &[&str]) -> bool {
    words.contains(&&*word.text)
}

fn run(context: &Context, findings: &mut Findings) {
    context
        .clash_faults(Class::Modality, id!("modality-mismatch-noun"))
        .into_iter()
        .for_each(|fault| findings.add(fault));
    let Some(bitext) = Bilingual::of(context) else { return };
    for pair in bitext.pairs().filter(|pair| pair.link.score >= SOLID) {
        let pair = &*pair;
        let modal = |word: &Word| [PROHIBITION, ONLY_IF, &["除非"]].iter().any(|list| is(word, list));
        if !pair.zh.iter().any(modal) {
            continue;
        }
        let renderings = bitext.renderings(pair);
        let faults = [prohibition(&bitext, pair, renderings), only_if(&bitext, pair, renderings)];
        faults.into_iter().flatten().for_each(|fault| findings.add(fault));
    }
}

/// A prohibition with nothing negative in the English.
fn prohibition(bitext: &Bilingual, pair: &Pair, renderings: &[Rendering]) -> Option<Fault> {
    let at = pair.zh.iter().position(|word| is(word, PROHIBITION))?;
    let zh = &pair.zh[at];
    if clashes::bounds_follow(bitext, pair, bitext.zh, at) {
        return None;
    }
    if pair.en.iter().any(|word| answers::answer(Answer::Prohibition, &word.text)) {
        return None;
    }
    let span = counterpart(bitext, pair, renderings, at)?;
    Some(fault(bitext, zh, span, message!("modality-mismatch-prohibition", zh = &zh.written)))
}

/// An only-if without a word for it.
fn only_if(bitext: &Bilingual, pair: &Pair, renderings: &[Rendering]) -> Option<Fault> {
    let then = |at: usize| pair.zh[at + 1..].iter().any(|word| word.text.starts_with('才'));
    let at = (0..pair.zh.len()).find(|&at| {
        let word = &pair.zh[at];
        word.text == "除非" || is(word, ONLY_IF) && then(at)
    })?;
    if pair.en.iter().any(|word| answers::answer(Answer::OnlyIf, &word.text)) {
        return None;
    }
    let span = counterpart(bitext, pair, renderings, at)?;
    let zh = &pair.zh[at];
    Some(fault(bitext, zh, span, message!("modality-mismatch-only-if", zh = &zh.written)))
}

/// The English clause that renders what follows a Chinese word; the whole sentences when nothing does.
fn counterpart(bitext: &Bilingual, pair: &Pair, renderings: &[Rendering], at: usize) -> Option<Span> {
    let after = renderings.iter().filter(|link| link.zh > at && bitext.is_content(pair, link));
    let Some(link) = after.min_by_key(|link| link.zh) else { return bitext.span(bitext.en, pair.link) };
    let clause = pair.en.iter().filter(|word| word.clause == pair.en[link.en].clause);
    clause.map(|word| word.span).reduce(|a, b| a.join(b))
}

fn fault(bitext: &Bilingual, zh: &Word, en: Span, message: Message) -> Fault {
    let (source, target) = bitext.sides(zh.span, en);
    Fault {
        source: Some(source),
        target: Some(target),
        message,
        confidence: 0.85,
        severity: None,
        evidence: vec![Evidence { side: bitext.zh, span: zh.span, note: message!("no-counterpart") }],
    }
}
