//! What a linked sentence of the original says and its translation leaves out.

use super::context::content_faults;
use super::{Category, Check, Context, Evidence, Fault, Findings, Severity, Side, id, message};
use crate::meaning::pair::Bilingual;
use crate::meaning::senses::{self, Misread};

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

        A word can also be rendered in a sense that is not meant: the bank of a river as 银行, a ticket tout (黄牛) as an
        ox, an idiom word for word. For some thousands of words a table knows the senses, how the other language says
        each, and which words stand around each. What is meant has then no rendering, which is major where the words
        around on both sides speak for it.

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

        ```fires
        en: The ferry landed its passengers on the left bank of the river.
        zh: 渡船让乘客在河流的左侧银行下了船。
        ```

        ```passes
        en: The ferry landed its passengers on the left bank of the river, opposite the bank where they had an account.
        zh: 渡船让乘客在河左岸下了船，对面就是他们开了账户的银行。
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
    let Some(bitext) = Bilingual::of(context) else { return };
    senses::all(&bitext).iter().for_each(|word| findings.add(misread(context, &bitext, word)));
}

/// From here on a word in another sense is a grave fault.
const GRAVE: f64 = 0.8;

/// What is said of a word that is rendered in a sense which is not meant.
fn misread(context: &Context, bitext: &Bilingual, word: &Misread) -> Fault {
    let sides = [(bitext.zh, word.zh), (bitext.en, word.en)];
    let [said, rendering] = if word.chinese { sides } else { [sides[1], sides[0]] }
        .map(|(side, span)| context.document(side).words(span).into_owned());
    let message = match &word.meant[..] {
        [] => message!("missing-content-never", word = said, rendering = rendering),
        meant => {
            message!("missing-content-sense", word = said, rendering = rendering, meant = meant.join(", "))
        }
    };
    let (source, target) = bitext.sides(word.zh, word.en);
    Fault {
        source: Some(source),
        target: Some(target),
        message,
        confidence: word.confidence,
        severity: (word.confidence >= GRAVE).then_some(Severity::Major),
        evidence: sides.map(|(side, span)| Evidence { side, span, note: message!("another-sense") }).to_vec(),
    }
}
