//! Denials that stand on one side only, and words that stand against their opposites.

use super::{Category, Check, Context, Evidence, Fault, Findings, Severity, id, message};
use crate::meaning::denials::{self, Unanswered};
use crate::meaning::pair::{Bilingual, Pair, Rendering};
use crate::text::Span;

pub(super) static CHECK: Check = Check {
    name: "polarity-mismatch",
    title: id!("polarity-mismatch"),
    category: Category::Accuracy,
    severity: Severity::Critical,
    summary: "one side denies what the other affirms, or says the opposite",
    docs: r#"
        A "not" lost or won turns a sentence into its contrary. The check pairs the words that deny on the two sides,
        not and 不, fail and 拒绝, each by what renders the word it denies, and reports one that nothing on the other side
        answers to. How sure that is was learnt from passages that lost a denial or gained one: critical where it is sure,
        minor where a denial elsewhere in the sentence, or a word without a counterpart, may account for it. The check
        also knows some common opposites, and reports a word that stands where its opposite should.

        It leaves alone what languages say with and without a denial: 不同 and "different", 不仅 and "not only", 未必
        and "may", 免费 and "free", prefixes and suffixes (un-, non-, -less), "cannot help", "no later than",
        questions (是不是), and denials on both sides that do not stand at the same place.

        ```fires
        zh: 未经授权的用户可以访问该数据库。
        en: Authorized users can access the database.
        ```

        ```fires
        zh: 该协议对所有成员国具有约束力。
        en: The agreement is not binding on all member states.
        ```

        ```fires
        zh: 押金不计利息，租期届满后如数退还。
        en: The deposit bears interest and is returned in full when the lease expires.
        ```

        ```fires
        zh: 未经出租人书面同意，承租人不得将房屋全部或部分转租给第三方。
        en: The tenant shall not sublet the premises, in whole or in part, to any third party with the landlord's written consent.
        ```

        ```fires
        en: The court must not publish the names of the witnesses.
        zh: 法院必须公布证人的姓名。
        ```

        ```fires
        zh: 我们奉行防御性的国防政策。
        en: We pursue an offensive national defense policy.
        ```

        ```fires
        zh: 她是个内向的女孩，不爱和陌生人说话。
        en: She is an outgoing girl who does not like to talk to strangers.
        ```

        ```passes
        zh: 密钥未被标示为不安全。
        en: The key is not flagged as insecure.
        ```

        ```passes
        zh: 这样做不仅可以节约能源，而且可以减少开支。
        en: Doing so saves energy and also cuts costs.
        ```

        ```passes
        en: The two versions are different, and the file must be submitted no later than Friday.
        zh: 两个版本不一样，文件最迟必须在星期五提交。
        ```

        ```passes
        zh: 包括但不限于下列情形。
        en: This includes, without limitation, the following cases.
        ```

        ```passes
        zh: 我问他要不要钱，他只是笑了笑。
        en: When I asked whether he wanted money for it, he just smiled.
        ```

        ```passes
        zh: 没有许可证，任何人不得进入。
        en: Nobody may enter without a permit.
        ```

        ```passes
        en: Had Old Cui next door not smelled gas, none of the four of us would have lived.
        zh: 若不是邻居老崔闻到煤气味，我们一家四口就全完了。
        ```

        ```passes
        en: All but two of the eleven colonies surveyed have declined since the 1990s.
        zh: 自上世纪九十年代以来，接受调查的十一处群落中，除两处外均已萎缩。
        ```

        ```passes
        en: Unless the fee reaches us by the closing date, your place will be offered to the next candidate.
        zh: 若费用未能在截止日期前汇到，您的名额将转给候补名单上的下一位申请人。
        ```

        ```passes
        en: On Sunday mornings there was hardly a household that didn't have a pot of soup on the stove.
        zh: 一到星期天早上，几乎每户炉子上都炖着一锅汤。
        ```

        ```passes
        zh: 其中近半数玉器是首次公开展出。
        en: Nearly half of the jades have never been shown in public before.
        ```

        ```passes
        zh: 只有在指示灯熄灭之后，才能取出滤网清洗。
        en: The filter may be taken out for cleaning only after the indicator light has gone out.
        ```

        ```passes
        en: The portrait hangs to the left of the fireplace, directly above the bust of the painter's wife.
        zh: 画像挂在壁炉左侧，正下方是画家妻子的半身像。
        ```
    "#,
    run,
};

fn run(context: &Context, findings: &mut Findings) {
    let opposed = context.opposite_faults();
    // a word with a denial in it that stands against its opposite is told of once: 不利, favorable
    let told = |fault: &Fault| {
        let meet = |one: Option<Span>, other: Option<Span>| {
            one.zip(other).is_some_and(|(one, other)| one.overlaps(other))
        };
        opposed.iter().any(|one| meet(one.source, fault.source) && meet(one.target, fault.target))
    };
    let Some(bitext) = Bilingual::of(context) else { return };
    for pair in bitext.translations(denials::SOLID) {
        let pair = &*pair;
        let unanswered = denials::of_pair(context, &bitext, pair);
        let sure = unanswered.iter().filter(|one| one.confidence >= denials::TOLD);
        let faults = sure.filter_map(|one| denial(&bitext, pair, one));
        faults.filter(|fault| !told(fault)).for_each(|fault| findings.add(fault));
    }
    opposed.into_iter().for_each(|fault| findings.add(fault));
}

/// A denial that one side has alone.
fn denial(bitext: &Bilingual, pair: &Pair, one: &Unanswered) -> Option<Fault> {
    let word = if one.chinese { &pair.zh[one.at] } else { &pair.en[one.at] };
    let side = if one.chinese { bitext.zh } else { bitext.en };
    let alone = Evidence { side, span: word.span, note: message!("no-counterpart") };
    let (zh_side, en_side) = (bitext.zh, bitext.en);
    let (places, message, rendering) = match (one.chinese, one.anchor) {
        (true, Some(Rendering { zh, en, .. })) => {
            let (zh, en) = (&pair.zh[zh], &pair.en[en]);
            let denied = match zh.span == word.span {
                true => word.written.to_string(),
                false => format!("{} {}", word.written, zh.written),
            };
            let message = message!(
                "polarity-mismatch-chinese-denies",
                en_side = en_side,
                zh_side = zh_side,
                denied = denied,
                en = &en.written
            );
            let note = message!("polarity-mismatch-renders-chinese", zh = &zh.written);
            let rendering = Evidence { side: en_side, span: en.span, note };
            ((word.span.join(zh.span), en.span), message, Some(rendering))
        }
        (true, None) => {
            let message = message!(
                "polarity-mismatch-chinese-alone",
                zh_side = zh_side,
                en_side = en_side,
                word = &word.written
            );
            ((word.span, bitext.span(en_side, pair.link)?), message, None)
        }
        (false, Some(Rendering { zh, en, .. })) => {
            let (zh, en) = (&pair.zh[zh], &pair.en[en]);
            let message = message!(
                "polarity-mismatch-english-denies",
                en_side = en_side,
                zh_side = zh_side,
                word = &word.written,
                en = &en.written,
                zh = &zh.written
            );
            let note = message!("polarity-mismatch-renders-english", en = &en.written);
            let rendering = Evidence { side: zh_side, span: zh.span, note };
            ((zh.span, word.span.join(en.span)), message, Some(rendering))
        }
        (false, None) => {
            let message = message!(
                "polarity-mismatch-english-alone",
                en_side = en_side,
                zh_side = zh_side,
                word = &word.written
            );
            ((bitext.span(zh_side, pair.link)?, word.span), message, None)
        }
    };
    let (source, target) = bitext.sides(places.0, places.1);
    Some(Fault {
        source: Some(source),
        target: Some(target),
        message,
        confidence: one.confidence,
        severity: match (one.confidence >= denials::SURE, one.is_plain) {
            (false, _) => Some(Severity::Minor),
            (true, false) => Some(Severity::Major),
            (true, true) => None,
        },
        evidence: rendering.into_iter().chain([alone]).collect(),
    })
}
