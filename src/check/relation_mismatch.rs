//! Before and after.

use super::{Category, Check, Context, Findings, Severity};
use crate::meaning::marks::Class;

pub(super) static CHECK: Check = Check {
    name: "relation-mismatch",
    chinese: "关系不符",
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "before and after, from and to, or who does it to whom are turned round",
    docs: r#"
        "Before meals" for 饭后: both versions name the same two things and put them the other way round. The check reads
        the words for before and after on both sides, pairs them by what they are said of, and reports pairs that
        cannot mean the same.

        It leaves alone "until", which may render either, and orders of which a side says nothing.

        ```fires
        zh: 请在手术之前服用这种药物。
        en: Please take this medicine after surgery.
        ```

        ```fires
        en: The door was locked before the guests arrived.
        zh: 客人到达之后，门被锁上了。
        ```

        ```passes
        zh: 会议结束后，代表们参观了工厂。
        en: After the meeting the delegates visited the factory.
        ```
    "#,
    run,
};

fn run(context: &Context, findings: &mut Findings) {
    context
        .clash_faults(Class::Order, ["what comes first", "先后"])
        .into_iter()
        .for_each(|fault| findings.add(fault));
}
