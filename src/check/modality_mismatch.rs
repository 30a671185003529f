//! Duties, rights, prohibitions and conditions that became something else.

use super::{Category, Check, Context, Evidence, Fault, Findings, Message, Severity};
use crate::meaning::pair::{Bilingual, Pair, Rendering, Word};
use crate::text::Span;

pub(super) static CHECK: Check = Check {
    name: "modality-mismatch",
    chinese: "情态不符",
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "a duty, right, prohibition or condition on one side is something else on the other",
    docs: r#"
        In laws, contracts and declarations it matters whether one may, must or must not. The check knows four faults:
        a right (有权) that became a duty or a possibility ("should", "must", "may be entitled to"), a duty (必须) on a verb that
        the other side merely permits ("may", "can") and the other way round, a prohibition (不得, 禁止) with nothing
        negative in the English, and an only-if (只有…才, 唯有, 除非) without "only", "unless", "until" or the like.

        It leaves alone what Chinese leaves unsaid: "shall" and "must" in laws mostly have no mark there, and "can"
        and "may" often have none.

        ```fires
        zh: 各国有权制定本国的法律，也有权参与国际事务。
        en: All countries have the right to make their own laws and should participate in international affairs.
        ```

        ```fires
        zh: 缔约国有权采取必要措施。
        en: A contracting state may also be entitled to take necessary measures.
        ```

        ```fires
        zh: 成员必须提交年度报告。
        en: Members may submit an annual report.
        ```

        ```fires
        en: Visitors must register at the entrance.
        zh: 访客可以在入口处登记。
        ```

        ```fires
        zh: 只有双方共同努力，才能解决这个争端。
        en: The dispute can be settled through the joint efforts of both sides.
        ```

        ```passes
        en: No one shall be detained without a court order, and the state may appeal.
        zh: 没有法院命令，任何人不得被拘留，国家可以上诉。
        ```

        ```passes
        zh: 除非另有约定，各方有权终止合同，且必须提前通知。
        en: Unless otherwise agreed, each party may terminate the contract and must give prior notice.
        ```
    "#,
    run,
};

/// Links less sure than this may join what does not belong together.
const SOLID: f64 = 0.65;

const RIGHT: &[&str] = &["有权", "有权利"];
const PROHIBITION: &[&str] = &["不得", "禁止", "严禁", "不准"];
const ONLY_IF: &[&str] = &["只有", "唯有", "惟有"];
const DUTY: &[&str] = &["必须", "务必", "务须", "必需", "须"];
const PERMISSION: &[&str] = &["可以"];
/// Words in a Chinese clause with 可以 that make a duty of it, or of what stands beside it.
const BINDING: &[&str] = &[
    "必须", "务必", "须", "应", "应当", "应该", "要", "需要", "需", "得", "当", "只能", "才", "仅", "只",
    "会", "将",
];

/// Whether an English word begins with one of the stems.
fn begins(word: &Word, stems: &[&str]) -> bool {
    stems.iter().any(|stem| word.text.starts_with(stem))
}

fn is(word: &Word, words: &[&str]) -> bool {
    words.contains(&&*word.text)
}

fn run(context: &Context, findings: &mut Findings) {
    let Some(bitext) = Bilingual::of(context) else { return };
    for pair in bitext.pairs().filter(|pair| pair.link.score >= SOLID) {
        let modal = |word: &Word| {
            [RIGHT, PROHIBITION, ONLY_IF, DUTY, PERMISSION, &["除非"]].iter().any(|list| is(word, list))
        };
        if !pair.zh.iter().any(modal) {
            continue;
        }
        let renderings = bitext.renderings(pair);
        let faults = [
            right(&bitext, pair, &renderings).or_else(|| doubtful_right(&bitext, pair, &renderings)),
            prohibition(&bitext, pair, &renderings),
            only_if(&bitext, pair, &renderings),
            duty(&bitext, pair, &renderings),
            permission(&bitext, pair, &renderings),
        ];
        faults.into_iter().flatten().for_each(|fault| findings.add(fault));
    }
}

/// A right that became a duty or a possibility: more rights in the Chinese than in the English, which has such a word.
fn right(bitext: &Bilingual, pair: &Pair, renderings: &[Rendering]) -> Option<Fault> {
    const RIGHTS: &[&str] = &[
        "right",
        "entitle",
        "empower",
        "authori",
        "power",
        "allow",
        "permi",
        "free",
        "eligib",
        "privileg",
        "prerogative",
        "legitima",
        "jurisdiction",
        "competen",
        "discretion",
    ];
    let maybe = |at: usize| pair.en.get(at + 1).is_some_and(|next| next.text == "be");
    let gives = |(at, word): &(usize, &Word)| {
        begins(word, RIGHTS) || word.text == "can" || word.text == "may" && !maybe(*at)
    };
    let zh: Vec<usize> = (0..pair.zh.len()).filter(|&at| is(&pair.zh[at], RIGHT)).collect();
    let given = pair.en.iter().enumerate().filter(gives).count();
    if zh.len() <= given {
        return None;
    }
    let instead = |at: &usize| {
        is(&pair.en[*at], &["should", "must", "shall", "ought"]) || pair.en[*at].text == "may" && maybe(*at)
    };
    // a duty that the Chinese names as well stands for itself
    if pair.zh.iter().any(|word| is(word, &["应", "应当", "应该", "必须", "须", "要", "需要"])) {
        return None;
    }
    let slope = pair.en.len() as f32 / pair.zh.len() as f32;
    let linked =
        |at: &usize| renderings.iter().any(|link| link.zh == *at && gives(&(link.en, &pair.en[link.en])));
    let lone = zh.iter().copied().rfind(|at| !linked(at)).or(zh.last().copied())?;
    let at = (0..pair.en.len())
        .filter(instead)
        .min_by_key(|&at| (at as f32 - lone as f32 * slope).abs() as u32)?;
    Some(fault(
        bitext,
        &pair.zh[lone],
        pair.en[at].span,
        [
            format!(
                "a right stands against “{}”\nsay that there is a right: has the right to, is entitled to",
                pair.en[at].written
            ),
            format!(
                "表示权利，英文却用“{}”\n请译出权利：has the right to、is entitled to",
                pair.en[at].written
            ),
        ],
    ))
}

/// A right that the English grants only perhaps: "may be entitled to" for 有权, where the Chinese has no 可能.
fn doubtful_right(bitext: &Bilingual, pair: &Pair, renderings: &[Rendering]) -> Option<Fault> {
    const GRANTED: &[&str] = &["entitled", "empowered", "authorized", "authorised", "permitted", "allowed"];
    let adverb = |word: &Word| is(word, &["also", "then", "thus", "therefore", "likewise", "still", "well"]);
    let perhaps = |at: usize| {
        let mut rest = pair.en[at + 1..].iter().filter(|word| !adverb(word));
        is(&pair.en[at], &["may", "might", "could"])
            && rest.next().is_some_and(|word| word.text == "be")
            && rest.next().is_some_and(|word| is(word, GRANTED))
    };
    let doubted = |at: usize| {
        let clause = pair.zh[at].clause;
        pair.zh.iter().any(|word| {
            word.clause == clause && is(word, &["可能", "或许", "也许", "或", "可", "可以", "能够", "能"])
        })
    };
    let zh: Vec<usize> = (0..pair.zh.len()).filter(|&at| is(&pair.zh[at], RIGHT)).collect();
    let en = (0..pair.en.len()).find(|&at| perhaps(at))?;
    let linked = |at: &usize| renderings.iter().any(|link| link.zh == *at && (en..en + 5).contains(&link.en));
    let slope = pair.en.len() as f32 / pair.zh.len() as f32;
    let near = |at: &usize| (en as f32 - *at as f32 * slope).abs() as u32;
    let lone = zh.iter().copied().find(linked).or_else(|| zh.iter().copied().min_by_key(near))?;
    if doubted(lone) {
        return None;
    }
    let word = pair.en[en].written;
    Some(fault(
        bitext,
        &pair.zh[lone],
        pair.en[en].span,
        [
            format!(
                "a right stands against a mere possibility, “{word} be”\nsay that there is a right: has the right to, is entitled to"
            ),
            format!(
                "表示权利，英文却用“{word} be”，成了一种可能\n请译出权利：has the right to、is entitled to"
            ),
        ],
    ))
}

/// A prohibition with nothing negative in the English.
fn prohibition(bitext: &Bilingual, pair: &Pair, renderings: &[Rendering]) -> Option<Fault> {
    let at = pair.zh.iter().position(|word| is(word, PROHIBITION))?;
    let zh = &pair.zh[at];
    let negative = |word: &Word| {
        is(
            word,
            &[
                "not",
                "no",
                "never",
                "none",
                "neither",
                "nor",
                "cannot",
                "without",
                "nothing",
                "nobody",
                "only",
                "any",
                "non",
                "free",
                "off",
                "against",
                "stop",
                "stops",
                "halt",
                "out",
                "few",
                "illegal",
                "immune",
                "lest",
                "solely",
                "exclusively",
            ],
        ) || word.text.ends_with("n't")
            || word.text.ends_with("less")
            || begins(
                word,
                &[
                    "un", "in", "im", "ir", "il", "dis", "prohibit", "forbid", "forbad", "ban", "bar",
                    "prevent", "refrain", "avoid", "oppose", "reject", "deny", "denied", "restrict", "block",
                    "suspen", "except", "exclu", "refus", "limit", "violat", "restrain", "preclu", "abst",
                ],
            )
    };
    if pair.en.iter().any(negative) {
        return None;
    }
    let span = counterpart(bitext, pair, renderings, at)?;
    Some(fault(
        bitext,
        zh,
        span,
        [
            "a prohibition stands against a sentence with nothing negative in it\nsay what must not be done"
                .to_owned(),
            "表示禁止，对应的英文句子却没有否定\n请写明不得做什么".to_owned(),
        ],
    ))
}

/// An only-if without a word for it.
fn only_if(bitext: &Bilingual, pair: &Pair, renderings: &[Rendering]) -> Option<Fault> {
    let then = |at: usize| pair.zh[at + 1..].iter().any(|word| word.text.starts_with('才'));
    let at = (0..pair.zh.len()).find(|&at| {
        let word = &pair.zh[at];
        word.text == "除非" || is(word, ONLY_IF) && then(at)
    })?;
    let said = |word: &Word| {
        is(
            word,
            &[
                "only",
                "unless",
                "until",
                "except",
                "without",
                "alone",
                "nothing",
                "but",
                "must",
                "if",
                "no",
                "not",
                "just",
                "never",
                "cannot",
                "when",
                "before",
                "after",
                "once",
                "provided",
                "merely",
                "other",
                "otherwise",
                "till",
                "save",
                "nobody",
                "none",
                "lest",
            ],
        ) || word.text.ends_with("n't")
            || begins(
                word,
                &[
                    "sole",
                    "exclusive",
                    "necess",
                    "requir",
                    "essential",
                    "condition",
                    "imperative",
                    "indispens",
                    "need",
                    "prerequisite",
                    "depend",
                    "precondition",
                    "crucial",
                    "vital",
                    "unique",
                    "possible",
                ],
            )
    };
    if pair.en.iter().any(said) {
        return None;
    }
    let span = counterpart(bitext, pair, renderings, at)?;
    Some(fault(bitext, &pair.zh[at], span, [
        "a condition that alone will do has no “only”, “unless” or the like in the English\nsay that nothing else will do".to_owned(),
        "表示唯一条件，英文却没有 only、unless 之类的词\n请写明别无其他条件".to_owned(),
    ]))
}

/// A duty on a verb that the English merely permits.
fn duty(bitext: &Bilingual, pair: &Pair, renderings: &[Rendering]) -> Option<Fault> {
    let bound = |word: &Word| {
        is(
            word,
            &[
                "must", "shall", "should", "need", "needs", "have", "has", "had", "only", "ought", "obliged",
                "make", "ensure", "sure", "not",
            ],
        ) || begins(word, &["requir", "necess", "mandat", "oblig", "imperative", "essential"])
    };
    (0..pair.zh.len()).filter(|&at| is(&pair.zh[at], DUTY)).find_map(|at| {
        let modal = modal_of(bitext, pair, renderings, at, &["may", "might", "can", "could"])?;
        let clause = pair.en[modal].clause;
        let said = pair.en.iter().any(|word| word.clause == clause && bound(word));
        (!said).then(|| {
            let word = pair.en[modal].written;
            let message = [
                format!("a duty stands against “{word}”\nsay that it must be done"),
                format!("表示义务，英文却用“{word}”\n请写明必须如此"),
            ];
            fault(bitext, &pair.zh[at], pair.en[modal].span, message)
        })
    })
}

/// A permission of what the English demands.
fn permission(bitext: &Bilingual, pair: &Pair, renderings: &[Rendering]) -> Option<Fault> {
    (0..pair.zh.len()).filter(|&at| is(&pair.zh[at], PERMISSION)).find_map(|at| {
        let modal = modal_of(bitext, pair, renderings, at, &["must", "shall"])?;
        let free =
            |word: &Word| is(word, &["may", "can", "could", "might", "only", "not", "be", "able", "allowed"]);
        let clause = pair.en[modal].clause;
        let said = pair.en.iter().any(|word| word.clause == clause && free(word))
            || pair.zh.iter().any(|word| is(word, BINDING));
        (!said).then(|| {
            let word = pair.en[modal].written;
            let message = [
                format!("“{word}” stands against a permission\nsay that it may be done, or that it must, on both sides"),
                format!("表示许可，英文却用“{word}”\n请使两侧一致：可以，或者必须"),
            ];
            fault(bitext, &pair.zh[at], pair.en[modal].span, message)
        })
    })
}

/// The English clause that renders what follows a Chinese word; the whole sentences when nothing does.
fn counterpart(bitext: &Bilingual, pair: &Pair, renderings: &[Rendering], at: usize) -> Option<Span> {
    let after = renderings.iter().filter(|link| link.zh > at && bitext.is_content(pair, link));
    let Some(link) = after.min_by_key(|link| link.zh) else { return bitext.span(bitext.en, pair.link) };
    let clause = pair.en.iter().filter(|word| word.clause == pair.en[link.en].clause);
    clause.map(|word| word.span).reduce(|a, b| a.join(b))
}

/// The English modal verb before what renders the word after a Chinese one.
fn modal_of(
    bitext: &Bilingual,
    pair: &Pair,
    renderings: &[Rendering],
    at: usize,
    modals: &[&str],
) -> Option<usize> {
    let clause = pair.zh[at].clause;
    let after = (at + 1..pair.zh.len().min(at + 5)).take_while(|&next| pair.zh[next].clause == clause);
    let verbs = after
        .filter_map(|next| renderings.iter().find(|link| link.zh == next && bitext.is_content(pair, link)));
    let modal = |verb: &Rendering| {
        let mut before = (verb.en.saturating_sub(2)..verb.en).rev();
        before.find(|&place| pair.en[place].clause == pair.en[verb.en].clause && is(&pair.en[place], modals))
    };
    verbs.filter_map(modal).next()
}

fn fault(bitext: &Bilingual, zh: &Word, en: Span, [en_words, zh_words]: [String; 2]) -> Fault {
    let (source, target) = bitext.sides(zh.span, en);
    Fault {
        source: Some(source),
        target: Some(target),
        message: Message::new(
            match en_words.starts_with("a ") {
                true => format!("{}, {en_words}", zh.written),
                false => en_words,
            },
            format!("“{}”{zh_words}", zh.written),
        ),
        confidence: 0.85,
        severity: None,
        evidence: vec![Evidence { side: bitext.zh, span: zh.span, note: Message::no_counterpart() }],
    }
}
