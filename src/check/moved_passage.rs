//! What stands at another place in the translation than in the original.

use super::{Category, Check, Context, Fault, Findings, Severity, Side, id, message};

pub(super) static CHECK: Check = Check {
    name: "moved-passage",
    title: id!("moved-passage"),
    category: Category::Structure,
    severity: Severity::Minor,
    summary: "a block, a list member or a sentence stands at another place among its siblings",
    docs: r#"
        What stands in another order may be meant, such as a list sorted anew by the alphabet, or a slip: a
        paragraph pasted one place too late. The check reports the smallest set of passages that would have to
        move to restore the order, and what moved together as one passage. Sentences of which the other
        side makes clauses of one sentence are looked at, too.

        It leaves alone the order of a clause and what it depends on, such as 当…时 and "when …": that is grammar. In
        subtitles it also leaves alone the cues of a sentence that are shown together with their counterparts, and
        what a run of cues that slipped passed over (see cue-timing).

        ```fires
        zh: 网络空间具有全球性，任何国家都难以独自治理。
        zh: 狐狸在森林里睡着了，天上下着大雪。
        zh: 服务器每小时写一次日志，旧日志在一周后删除。
        en: Cyberspace is global in nature, and no country can govern it alone.
        en: The server writes a log every hour, and old logs are removed after a week.
        en: The fox fell asleep in the forest, and heavy snow fell from the sky.
        ```

        ```fires
        zh: 农民夏天种水稻，商人在市场上出售水果。
        en: The merchants sell fruit at the market. The farmers grow rice in summer.
        ```

        ```fires
        zh: 如果下雨，农民在家修理工具，商人关上店门。
        en: The merchants shut their shops. When it rains, the farmers mend their tools at home.
        ```

        ```passes
        zh: 当士兵建造桥梁时，农民在田里种水稻。
        en: The farmers grow rice in the fields. That is when the soldiers build the bridge.
        ```

        ```passes
        zh: 网络空间具有全球性，任何国家都难以独自治理。
        zh: 狐狸在森林里睡着了，天上下着大雪。
        en: Cyberspace is global in nature, and no country can govern it alone.
        en: The fox fell asleep in the forest, and heavy snow fell from the sky.
        ```
    "#,
    run,
};

fn run(context: &Context, findings: &mut Findings) {
    for passage in context.moved().into_iter().filter(|passage| !context.slips().account_for(passage.span)) {
        findings.add(Fault {
            source: Some(passage.span),
            target: Some(passage.gap),
            message: message!("moved-passage-moved", passage = context.describe(Side::Source, &passage)),
            confidence: passage.score,
            severity: None,
            evidence: Vec::new(),
        });
    }
}
