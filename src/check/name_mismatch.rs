//! Countries that stand against other countries.

use rustc_hash::FxHashMap;

use super::bilingual::{Bilingual, Pair};
use super::{Category, Check, Context, Evidence, Fault, Findings, Severity};
use crate::lexicon;

pub(super) static CHECK: Check = Check {
    name: "name-mismatch",
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "a name on one side is another on the other",
    docs: r#"
        One country put for another is a slip of the pen that no reader of one version can see. The check knows the
        commoner countries by their names, adjectives and short forms in both languages (中, 美; Sino-, US), and
        reports linked sentences of which the Chinese names one country that the English does not, and the English
        one that the Chinese does not.

        It leaves alone a country that only one side names ("the country", "it"), one that is named elsewhere in the
        sentence in any form, sentences with several such names, and all other names.

        ```fires
        zh: 日本政府昨天宣布了新的经济政策，以减少失业。
        en: The Chinese government announced a new economic policy yesterday to reduce unemployment.
        ```

        ```fires
        en: The company moved its factory to Brazil last year.
        zh: 该公司去年将工厂迁到了阿根廷。
        ```

        ```passes
        zh: 中美两国领导人在北京会晤，美方提出了新建议。
        en: The leaders of China and the United States met in Beijing, and the American side made a new proposal.
        ```

        ```passes
        zh: 我国经济持续增长，法国也是如此。
        en: China's economy keeps growing, and so does that of France.
        ```
    "#,
    run,
};

/// On each line the names of a country in Chinese, short forms of one character among them, and in English.
static LIST: &str = include_str!("countries.tsv");

/// Links less sure than this may join what does not belong together.
const SOLID: f64 = 0.55;

struct Country {
    chinese: Vec<&'static str>,
    stems: Vec<String>,
}

/// All countries, and their numbers by what they are called.
struct Countries {
    all: Vec<Country>,
    /// By every Chinese name but the short forms.
    by_name: FxHashMap<&'static str, usize>,
    by_stem: FxHashMap<String, usize>,
}

fn countries() -> Countries {
    let rows = LIST.lines().filter_map(|line| line.split_once('\t'));
    let rows = rows.map(|(chinese, english)| Country {
        chinese: chinese.split(' ').collect(),
        stems: english.split(' ').map(lexicon::stem).collect(),
    });
    let all: Vec<Country> = rows.collect();
    let (mut by_name, mut by_stem) = (FxHashMap::default(), FxHashMap::default());
    for (number, country) in all.iter().enumerate() {
        let full = country.chinese.iter().filter(|name| name.chars().count() > 1);
        full.for_each(|name| {
            by_name.insert(*name, number);
        });
        for stem in &country.stems {
            by_stem.entry(stem.clone()).or_insert(number);
        }
    }
    Countries { all, by_name, by_stem }
}

fn run(context: &Context, findings: &mut Findings) {
    let Some(bitext) = Bilingual::of(context) else { return };
    let countries = countries();
    for pair in bitext.pairs().filter(|pair| pair.link.score >= SOLID) {
        let zh = in_chinese(&pair, &countries);
        let en = if zh.is_empty() { Vec::new() } else { in_english(&pair, &countries) };
        // what the other side may mean by any short form is accounted for
        let own = |&(_, country): &(usize, usize)| !en.iter().any(|&(_, other)| other == country);
        let text: String = pair.zh.iter().map(|word| &*word.text).collect();
        let unsaid = |&(_, country): &(usize, usize)| {
            !countries.all[country].chinese.iter().any(|name| text.contains(name))
        };
        let mut zh: Vec<_> = zh.iter().copied().filter(own).collect();
        let mut en: Vec<_> = en.iter().copied().filter(unsaid).collect();
        zh.dedup_by_key(|place| place.1);
        en.dedup_by_key(|place| place.1);
        if let ([(zh, _)], [(en, _)]) = (&zh[..], &en[..]) {
            findings.add(fault(&bitext, &pair, *zh, *en));
        }
    }
}

/// The Chinese words that name a country in full, each with the number of the country.
fn in_chinese(pair: &Pair, countries: &Countries) -> Vec<(usize, usize)> {
    // the longest name that a word begins with: 印度尼西亚 is not 印度, and 日本政府 is of 日本
    let named = |word: &str| {
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1);
        ends.filter_map(|end| countries.by_name.get(&word[..end]).copied()).last()
    };
    pair.zh.iter().enumerate().filter_map(|(at, word)| Some((at, named(&word.text)?))).collect()
}

/// The same for the English words with a capital.
fn in_english(pair: &Pair, countries: &Countries) -> Vec<(usize, usize)> {
    let words = pair.en.iter().enumerate().filter(|(_, word)| word.written.starts_with(char::is_uppercase));
    words.filter_map(|(at, word)| Some((at, *countries.by_stem.get(&lexicon::stem(word.written))?))).collect()
}

fn fault(bitext: &Bilingual, pair: &Pair, zh: usize, en: usize) -> Fault {
    let (zh, en) = (&pair.zh[zh], &pair.en[en]);
    let (source, target) = bitext.sides(zh.span, en.span);
    let evidence = [(bitext.zh, zh.span), (bitext.en, en.span)];
    Fault {
        source: Some(source),
        target: Some(target),
        message: format!(
            "{} stands against “{}”, another country\ncorrect whichever is wrong",
            zh.written, en.written
        ),
        confidence: 0.88,
        severity: None,
        evidence: evidence
            .map(|(side, span)| Evidence { side, span, note: "no counterpart".to_owned() })
            .to_vec(),
    }
}
