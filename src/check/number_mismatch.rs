//! Numbers that differ between the two sides.

use super::{Category, Check, Context, Evidence, Fault, Findings, Leftovers, Severity, Side};
use crate::values::Value;

pub(super) static CHECK: Check = Check {
    name: "number-mismatch",
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "a number on one side is missing or different on the other",
    docs: r#"
        Numbers are where a slip does most harm and is least seen. This check reads them by value in both languages:
        digits, 汉字 numerals, 万 and 亿, 成 and 折, percentages, fractions, ordinals, amounts of money and units. A
        value against another value in the same sentences is major; a value that stands on one side only is minor,
        for languages leave small numbers unsaid in many ways.

        It leaves alone the numbers of headings and list items, what may be an article or a measure word (一个, "one"),
        rough figures, names such as 5G, and a value that stands elsewhere in the linked paragraph. Dates have a check
        of their own (date-mismatch).

        ```fires
        zh: 该平台目前拥有3500万名注册用户。
        en: The platform now has 3.5 million registered users.
        ```

        ```fires
        en: The battery lasts for 12 hours and charges in 45 minutes.
        zh: 电池可使用12小时，充电需要54分钟。
        ```

        ```passes
        zh: 三分之二的成员国投了赞成票，支出增长百分之十二。
        en: Two thirds of the member states voted in favour, and spending rose by 12 percent.
        ```

        ```passes
        zh: 这是一个开放的平台。
        en: It is an open platform.
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
                format!("{source} stands against {target}\nthe values differ: correct whichever is wrong")
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

/// Whether something is left over that is no part of a date.
fn concerned(left: &Leftovers) -> bool {
    left.source.iter().chain(&left.target).any(|value| !value.kind.is_date())
}
