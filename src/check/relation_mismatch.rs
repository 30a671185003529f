//! Before and after, from and to, who to whom.

use super::{Category, Check, Context, Evidence, Fault, Findings, Severity, Side, id, message};
use crate::meaning::exchanges::{Exchange, Relation};
use crate::meaning::marks::Class;
use crate::meaning::pronouns::{self, Another};
use crate::text::Span;

pub(super) static CHECK: Check = Check {
    name: "relation-mismatch",
    title: id!("relation-mismatch"),
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "before and after, from and to, or who does it to whom are turned round",
    docs: r#"
        "Before meals" for 饭后: both versions name the same two things and put them the other way round. The check reads
        the words for before and after on both sides, pairs them by what they are said of, and reports pairs that
        cannot mean the same.

        It also reads who does something to whom, from where to where, what is compared with what and which step comes
        first, each side by its own grammar: 被 and "by" bring in the actor, 把 and 向 what else takes part. Where the
        two parties render each other crosswise, and more words are exchanged than kept, it says which.

        Where nothing in the grammar tells, it looks at what stands around two persons, places or things that are alike:
        if the words around each answer far better to those around the other, it says that these have changed places.

        It leaves alone "until", which may render either, orders of which a side says nothing, verbs that go either way
        (租, 借), and sentences in which nothing tells who acts.

        Pronouns of the two genders that stand for each other are of different persons: “his proposal” and 她的提案.

        ```fires
        zh: 请在手术之前服用这种药物。
        en: Please take this medicine after surgery.
        ```

        ```fires
        en: The door was locked before the guests arrived.
        zh: 客人到达之后，门被锁上了。
        ```

        ```fires
        zh: 房东应向租客退还押金。
        en: The tenant shall refund the deposit to the landlord.
        ```

        ```fires
        en: The ferry sails from Osaka to Qingdao.
        zh: 渡轮从青岛开往大阪。
        ```

        ```fires
        en: She mended the coat, then unpicked his old jacket for the lining.
        zh: 她补好外套，又把她的旧夹克拆了做里子。
        ```

        ```passes
        en: She mended the coat, then unpicked her old jacket for the lining.
        zh: 她补好外套，又把自己的旧夹克拆了做里子。
        ```

        ```passes
        zh: 报告由秘书提交给委员会。
        en: The secretary submits the report to the committee.
        ```

        ```passes
        en: The bridge was built by the soldiers from the village.
        zh: 这座桥是村里来的士兵建造的。
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
        .clash_faults(Class::Order, id!("relation-mismatch-noun"))
        .into_iter()
        .for_each(|fault| findings.add(fault));
    let chinese = context.chinese();
    context.exchanges().iter().for_each(|one| findings.add(exchanged(context, chinese, one)));
    pronouns::all(context).iter().for_each(|one| findings.add(another(context, chinese, one)));
}

/// What is said of a pronoun that is of another person.
fn another(context: &Context, chinese: Side, one: &Another) -> Fault {
    let english = chinese.other();
    let [zh, en] = [context.document(chinese).words(one.zh), context.document(english).words(one.en)];
    let place = |side: Side| Some(if side == chinese { one.zh } else { one.en });
    Fault {
        source: place(Side::Source),
        target: place(Side::Target),
        message: message!("relation-mismatch-person", zh = zh, en = en),
        confidence: one.confidence,
        severity: None,
        evidence: Vec::new(),
    }
}

/// What is said of two things that have changed places.
fn exchanged(context: &Context, chinese: Side, one: &Exchange) -> Fault {
    let english = chinese.other();
    let text = |side: Side, span: Span| context.document(side).words(span);
    let [first, second] = one.zh.map(|span| text(chinese, span));
    let [en_first, en_second] = one.en.map(|span| text(english, span));
    let what = match one.relation {
        Relation::Acts => id!("relation-mismatch-acts"),
        Relation::Moves => id!("relation-mismatch-moves"),
        Relation::Compares => id!("relation-mismatch-compares"),
        Relation::Precedes => id!("relation-mismatch-precedes"),
        Relation::Owns => id!("relation-mismatch-owns"),
        Relation::Stands => id!("relation-mismatch-stands"),
    };
    let spans = |[one, other]: [Span; 2]| one.join(other);
    let places = [(chinese, one.zh), (english, one.en)];
    let place = |side: Side| places.iter().find(|(own, _)| *own == side).map(|(_, both)| spans(*both));
    let evidence = places.into_iter().flat_map(|(side, both)| {
        both.map(|span| Evidence { side, span, note: message!("relation-mismatch-changed") })
    });
    Fault {
        source: place(Side::Source),
        target: place(Side::Target),
        message: message!(
            "relation-mismatch-exchanged",
            first = first,
            second = second,
            en_first = en_first,
            en_second = en_second,
            what = what
        ),
        confidence: one.confidence,
        severity: (!one.firm).then_some(Severity::Minor),
        evidence: evidence.collect(),
    }
}
