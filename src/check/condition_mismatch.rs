//! If, unless, although, because, except: what ties two statements together.

use super::{Category, Check, Context, Findings, Severity, id};
use crate::meaning::marks::Class;

pub(super) static CHECK: Check = Check {
    name: "condition-mismatch",
    title: id!("condition-mismatch"),
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "the tie between two statements differs: if, unless, only if, although, because, except",
    docs: r#"
        除非 rendered by "if", "although" by 因为, "except" by 包括: the two statements are there, and what ties them is
        turned round. The check reads conditions, concessions, causes and exceptions on both sides, pairs them by the
        words that they govern, and reports pairs that cannot mean the same.

        It leaves alone ties that only one language puts into words, and a condition that is denied (如未, "if not"), which
        may stand for "unless".

        ```fires
        zh: 除非经理批准，否则员工不得离开办公室。
        en: Employees may not leave the office if the manager approves.
        ```

        ```fires
        en: Although the engine was repaired, the ship stayed in the harbour.
        zh: 由于发动机已经修好，船只仍留在港口。
        ```

        ```passes
        zh: 如果天气不好，比赛将推迟到下周。
        en: In the event of bad weather, the match will be postponed to next week.
        ```

        ```passes
        en: You cannot enter the laboratory unless you wear gloves.
        zh: 除非戴上手套，否则不能进入实验室。
        ```
    "#,
    run,
};

fn run(context: &Context, findings: &mut Findings) {
    context
        .clash_faults(Class::Condition, id!("condition-mismatch-noun"))
        .into_iter()
        .for_each(|fault| findings.add(fault));
}
