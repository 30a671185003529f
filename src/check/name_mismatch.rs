//! Countries, places and other things that exclude one another, and Chinese persons, that stand against others.

use std::ops::Range;

use super::{Category, Check, Context, Evidence, Fault, Findings, Severity, Side, id, message};
use crate::lexicon;
use crate::meaning::pair::{Bilingual, Pair, Word};
use crate::text::Span;
use crate::words::words;

pub(super) static CHECK: Check = Check {
    name: "name-mismatch",
    title: id!("name-mismatch"),
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "a name on one side is another on the other",
    docs: r#"
        One country put for another is a slip of the pen that no reader of one version can see. The check knows the
        commoner countries by their names, adjectives and short forms in both languages (中, 美; Sino-, US), the
        continents, the provinces of China and large cities, and reports linked sentences of which the Chinese names
        one country or other place that the English does not, and the English one that the Chinese does not.

        Languages, religions, the dynasties of China and the planets are compared likewise.

        In the same way it compares what excludes one another: languages, offices, titles, ranks, institutions, schools,
        quarters of the compass.

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
        zh: 李明华教授昨天在大学作了一次演讲。
        en: Professor Li Minghui gave a lecture at the university yesterday.
        ```

        ```fires
        zh: 该套件仅适用于KX-220型水泵。
        en: The kit fits the KX-230 pump only.
        ```

        ```fires
        zh: 副市长为博览会揭幕。
        en: The mayor opened the fair.
        ```

        ```passes
        zh: 该套件适用于KX-220型和KX-230型水泵。
        en: The kit fits KX-220 and KX-230 pumps.
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
        en: The council will collect bulky waste on request.
        zh: 大件垃圾可申请由镇议会上门收取。
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

/// Links less sure than this may join what does not belong together.
const SOLID: f64 = 0.55;

fn run(context: &Context, findings: &mut Findings) {
    context.family_faults(CHECK.name).into_iter().for_each(|fault| findings.add(fault));
    let Some(bitext) = Bilingual::of(context) else { return };
    for pair in bitext.pairs().filter(|pair| pair.link.score >= SOLID) {
        persons(&bitext, &pair).into_iter().for_each(|fault| findings.add(fault));
        codes(&bitext, &pair).into_iter().for_each(|fault| findings.add(fault));
    }
}

/// Codes of letters and digits, KX-220 or B12, that either side alone has; only where there is one of each, and they
/// begin alike.
fn codes(bitext: &Bilingual, pair: &Pair) -> Option<Fault> {
    let [zh_text, en_text] = [bitext.zh, bitext.en]
        .map(|side| bitext.span(side, pair.link).map_or("", |span| bitext.text(side, span)));
    let lone = |own: &'_ str, other: &str| -> Vec<Range<usize>> {
        in_code(own).into_iter().filter(|range| !other.contains(&own[range.clone()])).collect()
    };
    let ([zh], [en]) = (&lone(zh_text, en_text)[..], &lone(en_text, zh_text)[..]) else { return None };
    let (one, other) = (&zh_text[zh.clone()], &en_text[en.clone()]);
    let letters = |code: &str| code.chars().take_while(|c| !c.is_ascii_digit()).collect::<String>();
    if letters(one) != letters(other) {
        return None;
    }
    let place = |side: Side, range: &Range<usize>| {
        bitext.span(side, pair.link).map(|span| Span::new(span.start + range.start, span.start + range.end))
    };
    let (zh_span, en_span) = (place(bitext.zh, zh)?, place(bitext.en, en)?);
    let (source, target) = bitext.sides(zh_span, en_span);
    Some(Fault {
        source: Some(source),
        target: Some(target),
        message: message!("name-mismatch-number", one = one, other = other),
        confidence: 0.86,
        severity: None,
        evidence: [(bitext.zh, zh_span), (bitext.en, en_span)]
            .map(|(side, span)| Evidence { side, span, note: message!("no-counterpart") })
            .to_vec(),
    })
}

/// Where codes stand in a text: capital letters, then digits, with a hyphen or none between, and nothing of a word, a
/// path or markup around.
fn in_code(text: &str) -> Vec<Range<usize>> {
    let part = |c: char| c.is_ascii_alphanumeric() || "-_./:@#$%\\`{}<>=+*&~^[]".contains(c);
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let end = rest.find(|c| !part(c)).unwrap_or(rest.len());
        let run = rest[..end].trim_end_matches(['.', ':']);
        let capitals = run.chars().take_while(char::is_ascii_uppercase).count();
        let digits = run[capitals..].strip_prefix('-').unwrap_or(&run[capitals..]);
        if (1..=4).contains(&capitals) && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
            found.push(at..at + run.len());
        }
        at += end + text[at + end..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

/// A person whose name in Chinese is spelt by nothing in the English while a name in pinyin there spells nothing in
/// the Chinese; only where there is one of each.
fn persons(bitext: &Bilingual, pair: &Pair) -> Option<Fault> {
    let written: Vec<&str> = pair.en.iter().map(|word| word.written.as_ref()).collect();
    let named = |word: &&Word| {
        bitext.is_person(word)
            && lexicon::is_surname(&word.text[..word.text.chars().next().map_or(0, char::len_utf8)])
    };
    let unspelt = |word: &&Word| {
        lexicon::matches_name(&word.text, &written).is_none() && !is_brought_in(&word.text, &pair.en)
    };
    let mut unspelt = pair.zh.iter().filter(named).filter(unspelt);
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
        message: message!("name-mismatch-spelling", zh = &zh.written, name = name),
        confidence: if shared { 0.85 } else { 0.55 },
        severity: (!shared).then_some(Severity::Minor),
        evidence: [(bitext.zh, zh.span), (bitext.en, span)]
            .map(|(side, span)| Evidence { side, span, note: message!("no-counterpart") })
            .to_vec(),
    })
}

/// Whether a Chinese word is a preposition with a name that an English word spells: 向恒岭矿业, to Hengling Mining.
fn is_brought_in(text: &str, en: &[Word]) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let (preposition, name) = text.split_at(first.len_utf8());
    let spells = |word: &Word| {
        let mut rest = Some(&*word.text);
        for c in name.chars() {
            rest =
                rest.and_then(|rest| lexicon::readings(c).find_map(|syllable| rest.strip_prefix(syllable)));
        }
        rest == Some("")
    };
    words!("brings in a recipient", zh).contains(&preposition)
        && en.iter().any(|word| word.is_capital() && spells(word))
}

/// Runs of two or three capitalised words that can be read as pinyin of so many syllables, a surname and a given
/// name, and are not all words of the dictionary.
fn in_pinyin(pair: &Pair, syllables: usize) -> Vec<Range<usize>> {
    let name = |at: usize| {
        let word = &pair.en[at];
        word.is_capital() && !word.common && lexicon::is_pinyin(&word.written)
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < pair.en.len() {
        let clause = pair.en[at].clause;
        let end = (at..pair.en.len()).find(|&next| !name(next) || pair.en[next].clause != clause);
        let end = end.unwrap_or(pair.en.len());
        let unknown = (at..end).any(|at| lexicon::stem_id(&pair.en[at].stem()).is_none());
        if (2..=syllables).contains(&(end - at)) && unknown {
            found.push(at..end);
        }
        at = end.max(at + 1);
    }
    found
}
