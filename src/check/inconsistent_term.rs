//! Terms that are rendered now one way, now another.

use std::collections::BTreeSet;

use super::{Category, Check, Context, Evidence, Fault, Findings, Message, Severity, Side, id, message};
use crate::terms::{Rendering, Term};
use crate::text::Span;

pub(super) static CHECK: Check = Check {
    name: "inconsistent-term",
    title: id!("inconsistent-term"),
    category: Category::Terminology,
    severity: Severity::Minor,
    summary: "one term has several renderings, or several terms have one rendering",
    docs: r#"
        Whoever reads two words looks for two things. The check lists the compounds of nouns that both versions use
        for one another, and asks of each whether one rendering is usual, and another one stands out: it is much
        rarer, differs in more than the ending of the plural, and the usual one does not stand in the same sentence.
        All places of an odd rendering are one finding, and only the clearest few of a document are reported.
        `duizhao terms` lists everything that was counted.

        It leaves alone single words, which have many renderings rightly, and a term that is shortened or said in
        full. It needs Chinese on one side and English on the other.

        ```fires
        zh: 各国应当保护网络设施。
        zh: 政府管理境内的网络设施。
        zh: 攻击网络设施是违法行为。
        zh: 公司建设新的网络设施。
        en: All countries should protect network facilities.
        en: The government administers the network facilities in its territory.
        en: To attack network facilities is a violation of law.
        en: The company builds new Internet facilities.
        ```

        ```fires
        en: The logic layer stands above the physical layer.
        en: Every program runs in the logical layer.
        zh: 逻辑层在物理层之上。
        zh: 每个程序都在逻辑层运行。
        ```

        ```passes
        zh: 各国应当保护网络设施。
        zh: 政府管理境内的网络设施。
        zh: 攻击网络设施是违法行为。
        en: All countries should protect network facilities.
        en: The government administers every network facility in its territory.
        en: To attack facilities of this kind is a violation of law.
        ```

        ```passes
        en: The problem is old.
        en: This problem can be solved.
        en: The problem of water remains.
        zh: 这个问题由来已久。
        zh: 这个问题可以解决。
        zh: 水的难题依然存在。
        ```
    "#,
    run,
};

/// The most findings in one document: what is clearest comes first.
const MOST: usize = 6;

fn run(context: &Context, findings: &mut Findings) {
    let mut faults: Vec<Fault> = Vec::new();
    let mut told: BTreeSet<(Span, Span)> = BTreeSet::new();
    for (side, listed) in [Side::Source, Side::Target].into_iter().zip(context.terms()) {
        for term in listed {
            for odd in term.renderings.iter().filter(|rendering| rendering.odd) {
                // the same places, told as terms of the other side, are the same fault
                if odd.places.iter().all(|place| told.insert(*place)) {
                    faults.extend(fault(term, odd, side));
                }
            }
        }
    }
    faults.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.source.cmp(&b.source)));
    faults.into_iter().take(MOST).for_each(|fault| findings.add(fault));
}

/// The finding of an odd rendering of a term of one side.
fn fault(term: &Term, odd: &Rendering, side: Side) -> Option<Fault> {
    let usual = term.renderings.first()?;
    let (&(source, target), rest) = odd.places.split_first()?;
    let (many, few) = (usual.places.len(), odd.places.len());
    let message = match side {
        Side::Source => message!(
            "inconsistent-term-renderings",
            term = &term.text,
            odd = &odd.text,
            usual = &usual.text,
            few = few,
            many = many
        ),
        Side::Target => message!(
            "inconsistent-term-terms",
            term = &term.text,
            odd = &odd.text,
            usual = &usual.text,
            few = few,
            many = many
        ),
    };
    let of = |place: &(Span, Span), note: Message| Evidence {
        side: side.other(),
        span: if side == Side::Source { place.1 } else { place.0 },
        note,
    };
    let more = rest.iter().map(|place| of(place, message!("inconsistent-term-again")));
    let first = usual.places.first().map(|place| of(place, message!("inconsistent-term-usual")));
    Some(Fault {
        source: Some(source),
        target: Some(target),
        message,
        confidence: confidence(term, usual, odd, side),
        severity: None,
        evidence: more.chain(first).collect(),
    })
}

/// The more often the term is met, and the more often in one rendering, the surer.
fn confidence(term: &Term, usual: &Rendering, odd: &Rendering, side: Side) -> f64 {
    let (usual, odd, all) = (usual.places.len() as f64, odd.places.len() as f64, term.count as f64);
    let solid = 0.55 + 0.1 * (usual / all - 0.5) + 0.02 * usual.min(8.0) - 0.05 * (odd / usual);
    if side == Side::Source { solid.max(0.55) } else { (solid - 0.05).max(0.55) }
}
