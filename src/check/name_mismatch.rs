//! Countries, places and other things that exclude one another, and Chinese persons, that stand against others.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Category, Check, Context, Evidence, Fault, Findings, Message, Severity};
use crate::lexicon;
use crate::meaning::pair::{Bilingual, Pair, Word};

pub(super) static CHECK: Check = Check {
    name: "name-mismatch",
    chinese: "名称不符",
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "a name on one side is another on the other",
    docs: r#"
        One country put for another is a slip of the pen that no reader of one version can see. The check knows the
        commoner countries by their names, adjectives and short forms in both languages (中, 美; Sino-, US), the
        continents, the provinces of China and large cities, and reports linked sentences of which the Chinese names
        one country or other place that the English does not, and the English one that the Chinese does not.

        In the same way it compares what excludes one another: seasons, colours, quarters of the compass and the nearest
        relatives; such findings are minor.

        The name of a Chinese person is compared by its sound, in either order: a name in Chinese characters that
        nothing in the English spells, and one in pinyin that spells nothing in the Chinese, are taken for the same
        person under another name; where they share a syllable that is hardly ever chance.

        It leaves alone a place that only one side names ("the country", "it"), one that is named elsewhere in the
        sentence in any form, sentences with several such names, and the names of smaller places, of institutions and of
        other persons.

        ```fires
        zh: 日本政府昨天宣布了新的经济政策，以减少失业。
        en: The Chinese government announced a new economic policy yesterday to reduce unemployment.
        ```

        ```fires
        en: The company moved its factory to Brazil last year.
        zh: 该公司去年将工厂迁到了阿根廷。
        ```

        ```fires
        zh: 截至昨日，广东省已转移十万人。
        en: As of yesterday, a hundred thousand people had been evacuated in Guangxi Province.
        ```

        ```fires
        zh: 去年冬天，母亲在电话里告诉我，老张走了。
        en: Last summer my mother told me on the phone that Old Zhang was gone.
        ```

        ```fires
        zh: 李明华教授昨天在大学作了一次演讲。
        en: Professor Li Minghui gave a lecture at the university yesterday.
        ```

        ```passes
        en: Huang Zhixiong teaches law in Wuhan.
        zh: 黄志雄在武汉教授法律。
        ```

        ```passes
        zh: 中美两国领导人在北京会晤，美方提出了新建议。
        en: The leaders of China and the United States met in Beijing, and the American side made a new proposal.
        ```

        ```passes
        zh: 她帮着女儿女婿过活。
        en: She helped her daughter and son-in-law to make a living.
        ```

        ```passes
        zh: 我国经济持续增长，法国也是如此。
        en: China's economy keeps growing, and so does that of France.
        ```
    "#,
    run,
};

/// On each line the names of a country in Chinese, short forms of one character among them, and in English.
static COUNTRIES: &str = include_str!("countries.tsv");
/// The same of continents, provinces and cities.
static PLACES: &str = include_str!("places.tsv");

/// On each line a kind of things of which each excludes the others, in English and Chinese, and the names of one of
/// them in both languages, as in [`COUNTRIES`].
static KINDS: &str = include_str!("kinds.tsv");

/// Links less sure than this may join what does not belong together.
const SOLID: f64 = 0.55;

struct Thing {
    chinese: Vec<&'static str>,
    stems: Vec<String>,
}

/// All things of a kind, and their numbers by what they are called.
struct Names {
    /// What one of them is called.
    noun: [&'static str; 2],
    /// Whether their English names begin with a capital.
    proper: bool,
    all: Vec<Thing>,
    /// By every Chinese name but the short forms.
    by_name: FxHashMap<&'static str, usize>,
    by_stem: FxHashMap<String, usize>,
}

/// The names of every kind.
static NAMES: LazyLock<Vec<Names>> = LazyLock::new(|| {
    let mut all = Names::kinds();
    all.push(Names::read(COUNTRIES, ["country", "国家"]));
    all.push(Names::read(PLACES, ["place", "地方"]));
    all
});

impl Names {
    /// The rows of [`KINDS`], a kind at a time.
    fn kinds() -> Vec<Names> {
        let lines: Vec<(&str, &str)> = KINDS.lines().filter_map(|line| line.split_once('\t')).collect();
        let kinds = lines.chunk_by(|one, other| one.0 == other.0).filter_map(|rows| {
            let (english, chinese) = rows.first()?.0.split_once(' ')?;
            Some(Names::of(rows.iter().filter_map(|row| row.1.split_once('\t')), [english, chinese], false))
        });
        kinds.collect()
    }

    fn read(list: &'static str, noun: [&'static str; 2]) -> Names {
        Names::of(list.lines().filter_map(|line| line.split_once('\t')), noun, true)
    }

    fn of(
        rows: impl Iterator<Item = (&'static str, &'static str)>,
        noun: [&'static str; 2],
        proper: bool,
    ) -> Names {
        let rows = rows.map(|(chinese, english)| Thing {
            chinese: chinese.split(' ').collect(),
            stems: english.split(' ').map(lexicon::stem).collect(),
        });
        let all: Vec<Thing> = rows.collect();
        let (mut by_name, mut by_stem) = (FxHashMap::default(), FxHashMap::default());
        for (number, place) in all.iter().enumerate() {
            let full = place.chinese.iter().filter(|name| name.chars().count() > 1);
            full.for_each(|name| {
                by_name.insert(*name, number);
            });
            for stem in &place.stems {
                by_stem.entry(stem.clone()).or_insert(number);
            }
        }
        Names { noun, proper, all, by_name, by_stem }
    }
}

fn run(context: &Context, findings: &mut Findings) {
    let Some(bitext) = Bilingual::of(context) else { return };
    for pair in bitext.pairs().filter(|pair| pair.link.score >= SOLID) {
        for names in &*NAMES {
            if let Some([zh, en]) = apart(pair, names) {
                findings.add(fault(&bitext, pair, zh, en, names));
            }
        }
        persons(&bitext, pair).into_iter().for_each(|fault| findings.add(fault));
    }
}

/// The one place that the Chinese names and the English does not, and the one that the English names and the Chinese
/// does not; `None` where there are more, or fewer.
fn apart(pair: &Pair, names: &Names) -> Option<[usize; 2]> {
    let zh = in_chinese(pair, names);
    let en = if zh.is_empty() { Vec::new() } else { in_english(pair, names) };
    // what the other side may mean by any short form is accounted for
    let own = |&(_, place): &(usize, usize)| !en.iter().any(|&(_, other)| other == place);
    let text: String = pair.zh.iter().map(|word| &*word.text).collect();
    let unsaid =
        |&(_, place): &(usize, usize)| !names.all[place].chinese.iter().any(|name| text.contains(name));
    let mut zh: Vec<_> = zh.iter().copied().filter(own).collect();
    let mut en: Vec<_> = en.iter().copied().filter(unsaid).collect();
    zh.dedup_by_key(|place| place.1);
    en.dedup_by_key(|place| place.1);
    match (&zh[..], &en[..]) {
        (&[(zh, _)], &[(en, _)]) => Some([zh, en]),
        _ => None,
    }
}

/// A person whose name in Chinese is spelt by nothing in the English while a name in pinyin there spells nothing in
/// the Chinese; only where there is one of each.
fn persons(bitext: &Bilingual, pair: &Pair) -> Option<Fault> {
    let written: Vec<&str> = pair.en.iter().map(|word| word.written).collect();
    let named = |word: &&Word| {
        bitext.is_person(word)
            && lexicon::is_surname(&word.text[..word.text.chars().next().map_or(0, char::len_utf8)])
    };
    let mut unspelt =
        pair.zh.iter().filter(named).filter(|word| lexicon::matches_name(&word.text, &written).is_none());
    let (zh, None) = (unspelt.next()?, unspelt.next()) else { return None };
    let size = zh.text.chars().count();
    let spelt = |range: &Range<usize>| {
        let words = &written[range.clone()];
        pair.zh.iter().any(|word| lexicon::matches_name(&word.text, words).is_some())
    };
    let mut foreign = in_pinyin(pair, size).into_iter().filter(|range| !spelt(range));
    let (en, None) = (foreign.next()?, foreign.next()) else { return None };
    let shared = zh.text.chars().any(|c| {
        pair.en[en.clone()].iter().any(|word| {
            lexicon::readings(c)
                .any(|syllable| word.text == syllable || size == 2 && word.text.starts_with(syllable))
        })
    });
    let span = pair.en[en.start].span.join(pair.en[en.end - 1].span);
    let (source, target) = bitext.sides(zh.span, span);
    let name = written[en].join(" ");
    Some(Fault {
        source: Some(source),
        target: Some(target),
        message: Message::new(
            format!(
                "{} stands against “{name}”, which does not spell it\ncorrect whichever is wrong",
                zh.written
            ),
            format!("人名不符：“{}”与“{name}”读音不合\n请核对并改正有误的一侧", zh.written),
        ),
        confidence: if shared { 0.85 } else { 0.55 },
        severity: (!shared).then_some(Severity::Minor),
        evidence: [(bitext.zh, zh.span), (bitext.en, span)]
            .map(|(side, span)| Evidence { side, span, note: Message::no_counterpart() })
            .to_vec(),
    })
}

/// Runs of two or three capitalised words that can be read as pinyin of so many syllables, a surname and a given
/// name, and are not all words of the dictionary.
fn in_pinyin(pair: &Pair, syllables: usize) -> Vec<Range<usize>> {
    let name = |at: usize| {
        let word = &pair.en[at];
        word.written.starts_with(char::is_uppercase) && !word.common && lexicon::is_pinyin(word.written)
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < pair.en.len() {
        let clause = pair.en[at].clause;
        let end = (at..pair.en.len()).find(|&next| !name(next) || pair.en[next].clause != clause);
        let end = end.unwrap_or(pair.en.len());
        let unknown = (at..end).any(|at| lexicon::stem_id(&lexicon::stem(&pair.en[at].text)).is_none());
        if (2..=syllables).contains(&(end - at)) && unknown {
            found.push(at..end);
        }
        at = end.max(at + 1);
    }
    found
}

/// The Chinese words that name a place in full, each with the number of the place.
fn in_chinese(pair: &Pair, names: &Names) -> Vec<(usize, usize)> {
    // the longest name that a word begins with: 印度尼西亚 is not 印度, and 日本政府 is of 日本
    let named = |word: &str| {
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1);
        ends.filter_map(|end| names.by_name.get(&word[..end]).copied()).last()
    };
    pair.zh.iter().enumerate().filter_map(|(at, word)| Some((at, named(&word.text)?))).collect()
}

/// The same for the English words; for proper names, those with a capital.
fn in_english(pair: &Pair, names: &Names) -> Vec<(usize, usize)> {
    let named = |word: &&Word| !names.proper || word.written.starts_with(char::is_uppercase);
    let number = |word: &Word| names.by_stem.get(&lexicon::stem(word.written)).copied();
    let words = pair.en.iter().enumerate().filter(|(_, word)| named(word));
    words.filter_map(|(at, word)| Some((at, number(word)?))).collect()
}

fn fault(bitext: &Bilingual, pair: &Pair, zh: usize, en: usize, names: &Names) -> Fault {
    let [noun, zh_noun] = names.noun;
    let (zh, en) = (&pair.zh[zh], &pair.en[en]);
    let (source, target) = bitext.sides(zh.span, en.span);
    let evidence = [(bitext.zh, zh.span), (bitext.en, en.span)];
    Fault {
        source: Some(source),
        target: Some(target),
        message: Message::new(
            format!(
                "{} stands against “{}”, another {noun}\ncorrect whichever is wrong",
                zh.written, en.written
            ),
            format!("名称不符：“{}”与“{}”不是同一{zh_noun}\n请核对并改正有误的一侧", zh.written, en.written),
        ),
        confidence: if names.proper { 0.88 } else { 0.65 },
        severity: (!names.proper).then_some(Severity::Minor),
        evidence: evidence
            .map(|(side, span)| Evidence { side, span, note: Message::no_counterpart() })
            .to_vec(),
    }
}
