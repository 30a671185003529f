//! Numbers that differ between the two sides.

use super::{Category, Check, Context, Evidence, Fault, Findings, Leftovers, Severity, Side, id, message};
use crate::meaning::bearing::{self, Turn};
use crate::meaning::marks::Class;
use crate::text::Span;

pub(super) static CHECK: Check = Check {
    name: "number-mismatch",
    title: id!("number-mismatch"),
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "a number on one side is missing or different on the other",
    docs: r#"
        Numbers are where a slip does most harm and is least seen. This check reads them by value in both languages:
        digits, 汉字 numerals, 万 and 亿, 成 and 折, percentages, fractions, ordinals, amounts of money and units. A
        value against another value in the same sentences is major; a value that stands on one side only is minor,
        for languages leave small numbers unsaid in many ways.

        Measures are compared in whatever unit they are given, 3 miles and 4.8公里, and units also where they have no
        number, `per hour` and `每天`.

        A number that both versions have must be said of the same: "at least" against 不超过, "up" against 下降, is
        reported, too. Versions, addresses and the numbers of sections are compared as wholes: 2.1.0 is not 2.0.1.

        It leaves alone the numbers of headings and list items, what may be an article or a measure word (一个, "one"),
        rough figures unless both versions give them in digits, names such as 5G, and a value that stands elsewhere in
        the linked paragraph. Dates have a check of their own (date-mismatch).

        ```fires
        zh: 该平台目前拥有3500万名注册用户。
        en: The platform now has 3.5 million registered users.
        ```

        ```fires
        en: The battery lasts for 12 hours and charges in 45 minutes.
        zh: 电池可使用12小时，充电需要54分钟。
        ```

        ```fires
        en: Every request is logged, which slows the server down by about 30%.
        zh: 每个请求都会记入日志，这会使服务器变慢约13%。
        ```

        ```fires
        zh: 请升级到 2.1.0 版，再重启服务。
        en: Upgrade to version 2.0.1, then restart the service.
        ```

        ```fires
        zh: 净利润为3.8亿元，同比下降4.5%。
        en: Net profit was 380 million yuan, up 4.5% year on year.
        ```

        ```fires
        en: The server needs at least 8 GB of memory.
        zh: 服务器的内存不得超过 8 GB。
        ```

        ```fires
        en: The pump gives 2 units per hour.
        zh: 该泵每天给2个单位。
        ```

        ```fires
        en: Install Python 3.10 before you go on.
        zh: 请先安装 Python 3.1，再继续。
        ```

        ```passes
        en: The loop trail is 3 miles long and climbs 1,000 feet.
        zh: 环形步道全长4.8公里，爬升305米。
        ```

        ```passes
        zh: 60岁以上的老年人应在医师指导下使用，疗程不超过5天。
        en: People over 60 should use it under medical supervision, for no more than 5 days.
        ```

        ```passes
        en: About a dozen people came, nearly all of them on foot.
        zh: 来了十几个人，几乎都是步行来的。
        ```

        ```passes
        zh: 三分之二的成员国投了赞成票，支出增长百分之十二。
        en: Two thirds of the member states voted in favour, and spending rose by 12 percent.
        ```

        ```passes
        zh: 第一条 租赁物
        en: Article 1 The Premises
        ```

        ```passes
        zh: 报名人数不足十五人的课程一律取消，已缴费用全额退还。
        en: A course will run only if at least fifteen people sign up for it; otherwise it is cancelled and all fees are refunded.
        ```

        ```passes
        zh: 本合同终止后，第8、9、10条继续有效。
        en: Clauses 8 to 10 shall survive the termination of this Agreement.
        ```

        ```fires
        zh: 本合同终止后，第8、9、11条继续有效。
        en: Clauses 8 to 10 shall survive the termination of this Agreement.
        ```

        ```passes
        zh: 国际航班请前往T2航站楼。
        en: For international flights, please go to Terminal 2.
        ```

        ```passes
        zh: 表决结果为赞成者44名，反对者22名，决议通过。
        en: Forty-four were in favour and twenty-two against, and the resolution was carried.
        ```

        ```passes
        zh: 班车每二十分钟发一班，高峰期缩短到五分钟。
        en: Trains run three times an hour, and every five minutes at peak times.
        ```

        ```passes
        zh: 这是一个开放的平台。
        en: It is an open platform.
        ```
    "#,
    run,
};

fn run(context: &Context, findings: &mut Findings) {
    context
        .leftover_faults(concerned, id!("number-mismatch-noun"))
        .into_iter()
        .for_each(|fault| findings.add(fault));
    context
        .clash_faults(Class::Bound, id!("number-mismatch-bound"))
        .into_iter()
        .for_each(|fault| findings.add(fault));
    context.family_faults(CHECK.name).into_iter().for_each(|fault| findings.add(fault));
    bearing::turned(context).into_iter().for_each(|turn| findings.add(turned(context, &turn)));
}

/// What is said of a number that goes up on one side and down on the other.
fn turned(context: &Context, turn: &Turn) -> Fault {
    let chinese = context.chinese();
    let english = chinese.other();
    let words = |side: Side, span: Span| context.document(side).words(span);
    let (one, other) = (words(chinese, turn.zh_word), words(english, turn.en_word));
    let text = context.document(english).slice(turn.en).trim();
    let spans = [turn.zh.join(turn.zh_word), turn.en.join(turn.en_word)];
    let [source, target] = if chinese == Side::Source { spans } else { [spans[1], spans[0]] };
    let note = |side: Side, span: Span| Evidence { side, span, note: message!("number-mismatch-same") };
    Fault {
        source: Some(source),
        target: Some(target),
        message: message!("number-mismatch-turned", text = text, one = one, other = other),
        confidence: 0.88,
        severity: None,
        evidence: vec![note(chinese, turn.zh), note(english, turn.en)],
    }
}

/// Whether something is left over that is not about dates.
fn concerned(left: &Leftovers) -> bool {
    !left.is_empty() && !left.are_dates()
}
