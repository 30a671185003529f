//! What a linked sentence of the original says and its translation leaves out.

use super::context::content_faults;
use super::{Category, Check, Context, Findings, Severity, Side, id, message};

pub(super) static CHECK: Check = Check {
    name: "missing-content",
    title: id!("missing-content"),
    category: Category::Accuracy,
    severity: Severity::Minor,
    summary: "words or a clause inside a linked sentence that nothing on the other side accounts for",
    docs: r#"
        A sentence can be translated and still lose a clause, a modifier that matters or a member of an
        enumeration. This check links the words of linked sentences by the lexicon and by what this very bitext
        renders elsewhere, and looks at what is left: how rare the words are, how regularly they are rendered
        elsewhere, how well the rest of the sentence is explained, whether the translation has unexplained words
        of its own that may render them after all, and whether the lengths agree that something was lost. A model
        trained on clauses taken out of sound translations turns that into a confidence. It works between Chinese
        and English only.

        With `--deep` a sentence encoder is asked as well: how near each word, as it is meant in its sentence, lies to
        what the other side says, and whether something there lies nearest to it. Another model, trained with that,
        decides then, and finds single words ("with interest") that the lexicon alone cannot judge.

        It leaves alone function words, numbers and code (see number-mismatch, markup-mismatch), whole sentences
        that are linked to nothing (see missing-passage), and whatever a paraphrase may account for. Single words
        are minor; a whole clause that is surely lost is major.

        ```fires
        zh: 各国应当遵守国际准则，并采取一切必要措施打击网络犯罪。
        zh: 各国应当保护个人数据。
        zh: 企业应当加强技术合作。
        en: Countries should abide by international norms.
        en: Countries should protect personal data.
        en: Enterprises should strengthen technical cooperation.
        ```

        ```fires
        en: The farmers grow rice in summer and vegetables in winter, and the merchants sell the harvest at the market.
        en: The bridge was built by the soldiers.
        zh: 农民夏天种水稻，冬天种蔬菜。
        zh: 这座桥是士兵们建造的。
        ```

        ```passes
        zh: 各国应当遵守国际准则，并采取一切必要措施打击网络犯罪。
        en: Countries should abide by international norms and take all necessary measures to combat cybercrime.
        ```

        ```passes
        en: The farmers grow rice in summer and vegetables in winter.
        zh: 农民夏天种水稻，冬天种蔬菜。
        ```
    "#,
    run,
};

fn run(context: &Context, findings: &mut Findings) {
    let remedy = message!("missing-content-remedy");
    let faults = content_faults(context, Side::Source, &remedy);
    faults.into_iter().for_each(|fault| findings.add(fault));
    context.family_faults(CHECK.name).into_iter().for_each(|fault| findings.add(fault));
}
