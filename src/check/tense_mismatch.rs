//! Done, going on, planned, not yet, formerly, still.

use super::{Category, Check, Context, Findings, Severity, id};
use crate::meaning::marks::Class;

pub(super) static CHECK: Check = Check {
    name: "tense-mismatch",
    title: id!("tense-mismatch"),
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "one side says that it happened, the other that it will, or does no longer",
    docs: r#"
        已 against "will", 尚未 against "has been", "formerly" against 仍: a plan is told as a fact, or a fact as a plan. The
        check reads what each side says of the time of a statement, pairs it by the verb, and reports pairs that cannot
        mean the same.

        It leaves alone the tenses of English that Chinese does not mark, and the past without a word for it.

        ```fires
        zh: 该公司已经在上海开设了新的工厂。
        en: The company will soon open a new factory in Shanghai.
        ```

        ```fires
        en: The committee plans to publish the report.
        zh: 委员会已经发表了报告。
        ```

        ```passes
        zh: 大桥将于明年竣工。
        en: The bridge will be completed next year.
        ```

        ```passes
        en: The museum has already sold all the tickets.
        zh: 博物馆的门票已经售完。
        ```
    "#,
    run,
};

fn run(context: &Context, findings: &mut Findings) {
    context
        .clash_faults(Class::Time, id!("tense-mismatch-noun"))
        .into_iter()
        .for_each(|fault| findings.add(fault));
}
