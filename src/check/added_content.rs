//! What the translation of a linked sentence says and the original does not.

use super::context::content_faults;
use super::{Category, Check, Context, Findings, Severity, Side, id, message};

pub(super) static CHECK: Check = Check {
    name: "added-content",
    title: id!("added-content"),
    category: Category::Accuracy,
    severity: Severity::Minor,
    summary: "words or a clause inside a linked sentence of the translation that nothing in the original accounts for",
    docs: r#"
        Words that only the translation has change what the author said: a qualification ("in some circumstances"),
        an explanation, a leftover of another version. This is missing-content the other way round, by the same
        measure and the same models, with `--deep` too.

        It leaves alone function words, numbers and code, what the grammar of the language asks for, and whatever
        a paraphrase may account for.

        ```fires
        zh: 各国应当保护个人数据。
        zh: 企业应当加强技术合作。
        en: Countries should protect personal data, except where the emperor forbids the merchants to sell vegetables.
        en: Enterprises should strengthen technical cooperation.
        ```

        ```fires
        en: The bridge was built by the soldiers.
        en: The farmers grow rice in summer.
        en: The merchants sell vegetables at the market.
        zh: 这座桥是士兵们建造的，而且寺庙、图书馆、学校都被敌人烧毁了。
        zh: 农民夏天种水稻。
        zh: 商人在市场上出售蔬菜。
        ```

        ```passes
        zh: 各国应当保护个人数据。
        en: All countries should protect personal data.
        ```

        ```passes
        en: The bridge was built by the soldiers.
        zh: 这座桥是由士兵们建造起来的。
        ```
    "#,
    run,
};

fn run(context: &Context, findings: &mut Findings) {
    let remedy = message!("added-content-remedy");
    let faults = content_faults(context, Side::Target, &remedy);
    faults.into_iter().for_each(|fault| findings.add(fault));
}
