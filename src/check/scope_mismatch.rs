//! All, some, only, each, both, none: what a statement is said of.

use super::{Category, Check, Context, Findings, Severity, id};
use crate::meaning::marks::Class;

pub(super) static CHECK: Check = Check {
    name: "scope-mismatch",
    title: id!("scope-mismatch"),
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "one side says it of more or less than the other: all, some, only, both, none",
    docs: r#"
        "All" against 部分, "few" against 多数, "only" against 也: the words around are the same, and the statement is
        another. The check reads the words of extent on both sides, pairs them by the words that they govern, and
        reports pairs that cannot mean the same.

        It leaves alone extents that only one language marks (均, 都, 各, each), those whose words are not rendered on
        the other side, and pairs that may mean the same, such as 任何 and "every".

        ```fires
        zh: 本条例适用于所有外国企业。
        en: These regulations apply to some foreign enterprises.
        ```

        ```fires
        en: Most of the students passed the written examination.
        zh: 少数学生通过了笔试。
        ```

        ```passes
        zh: 凡年满十八岁的公民都可以报名。
        en: Any citizen who has reached the age of eighteen may apply.
        ```

        ```passes
        en: The whole building is closed on Sundays.
        zh: 整栋大楼周日关闭。
        ```
    "#,
    run,
};

fn run(context: &Context, findings: &mut Findings) {
    context
        .clash_faults(Class::Scope, id!("scope-mismatch-noun"))
        .into_iter()
        .for_each(|fault| findings.add(fault));
}
