//! Dates that differ between the two sides.

use super::{Category, Check, Context, Findings, Severity, id};

pub(super) static CHECK: Check = Check {
    name: "date-mismatch",
    title: id!("date-mismatch"),
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "a date or a part of one is missing or different on the other side",
    docs: r#"
        Dates are read part by part, year, month, day, century, decade, quarter, half-year and time, so that the
        ways of writing them in each language do not matter. Years of eras, `民國110年`, are years, and an hour knows
        whether it is before or after noon. A part against another is major; a part on one side only is minor.

        It leaves alone a date that stands elsewhere in the linked paragraph.

        ```fires
        zh: 会议于2022年7月12日在北京举行。
        en: The meeting was held in Beijing on July 21, 2022.
        ```

        ```fires
        en: The law entered into force in May 2018.
        zh: 该法于2019年5月生效。
        ```

        ```fires
        zh: 会议于下午三点半开始。
        en: The meeting begins at 3:30 a.m.
        ```

        ```fires
        en: The meeting starts at 11:45 p.m.
        zh: 会议上午11:45开始。
        ```

        ```fires
        zh: 去年冬天，母亲在电话里告诉我，老张走了。
        en: Last summer my mother told me on the phone that Old Zhang was gone.
        ```

        ```passes
        zh: 本办法自民国110年6月8日起施行，会议于下午三点半开始。
        en: These measures take effect on June 8, 2021, and the meeting begins at half past three.
        ```

        ```passes
        zh: 旅客须于十时半前登车。
        en: Passengers must board by 10.30.
        ```

        ```fires
        zh: 旅客须于十时半前登车。
        en: Passengers must board by 10.15.
        ```

        ```passes
        zh: 上午十点左右，客人陆续到了。
        en: By mid-morning the guests were arriving.
        ```

        ```passes
        zh: 二十世纪九十年代，该地区第三季度的出口持续增长。
        en: In the 1990s, the exports of the region kept growing in the third quarter.
        ```
    "#,
    run,
};

fn run(context: &Context, findings: &mut Findings) {
    context
        .leftover_faults(|left| left.are_dates(), id!("date-mismatch-noun"))
        .into_iter()
        .for_each(|fault| findings.add(fault));
    context.family_faults(CHECK.name).into_iter().for_each(|fault| findings.add(fault));
}
