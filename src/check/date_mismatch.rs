//! Dates that differ between the two sides.

use super::{Category, Check, Context, Evidence, Fault, Findings, Leftovers, Severity, Side};
use crate::values::Value;

pub(super) static CHECK: Check = Check {
    name: "date-mismatch",
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "a date or a part of one is missing or different on the other side",
    docs: r#"
        Dates are read part by part, year, month, day, century, decade, quarter, half-year and time, so that the
        ways of writing them in each language do not matter. A part against another is major; a part on one side
        only is minor.

        It leaves alone a date that stands elsewhere in the linked paragraph.

        ```fires
        zh: 会议于2022年7月12日在北京举行。
        en: The meeting was held in Beijing on July 21, 2022.
        ```

        ```fires
        en: The law entered into force in May 2018.
        zh: 该法于2019年5月生效。
        ```

        ```passes
        zh: 二十世纪九十年代，该地区第三季度的出口持续增长。
        en: In the 1990s, the exports of the region kept growing in the third quarter.
        ```
    "#,
    run,
};

fn run(context: &Context, findings: &mut Findings) {
    for link in context.linked_sentences() {
        let left = context.leftover_values(link);
        if !concerned(&left) {
            continue;
        }
        let text = |side: Side, values: &[&Value]| -> String {
            let texts: Vec<_> =
                values.iter().map(|value| context.document(side).slice(value.span).trim()).collect();
            texts.join(", ")
        };
        let (source, target) = (text(Side::Source, &left.source), text(Side::Target, &left.target));
        let message = match (left.source.is_empty(), left.target.is_empty()) {
            (false, false) => {
                format!("{source} stands against {target}\nthe dates differ: correct whichever is wrong")
            }
            (false, true) => {
                format!("the translation has nothing for {source}\nadd it, unless it is said in other words")
            }
            _ => format!(
                "the original has nothing for {target}\ntake it out, unless it is said in other words"
            ),
        };
        let place = |side: Side, values: &[&Value], sentences: &[usize]| {
            let spans = values.iter().map(|value| value.span);
            spans.reduce(|a, b| a.join(b)).or_else(|| context.span_of_sentences(side, sentences))
        };
        let both = !left.source.is_empty() && !left.target.is_empty();
        // several left on one side are more often a free rendering than several slips
        let many = left.source.len().max(left.target.len()) > 2;
        let sure = (if both { 0.92 } else { 0.7 }) - if many { 0.15 } else { 0.0 };
        findings.add(Fault {
            source: place(Side::Source, &left.source, &link.source),
            target: place(Side::Target, &left.target, &link.target),
            message,
            confidence: if link.score < 0.6 { sure - 0.25 } else { sure },
            severity: (!both || many || link.score < 0.6).then_some(Severity::Minor),
            evidence: evidence(Side::Source, &left.source)
                .chain(evidence(Side::Target, &left.target))
                .collect(),
        });
    }
}

fn evidence(side: Side, values: &[&Value]) -> impl Iterator<Item = Evidence> {
    let note = |value: &Value| format!("{} {}, no counterpart", value.kind.as_str(), value.value);
    values.iter().map(move |value| Evidence { side, span: value.span, note: note(value) })
}

/// Whether all that is left over is parts of dates.
fn concerned(left: &Leftovers) -> bool {
    let mut all = left.source.iter().chain(&left.target).peekable();
    all.peek().is_some() && all.all(|value| value.kind.is_date())
}
