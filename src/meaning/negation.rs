//! Which words deny, in Chinese and English, and which of these answer to each other in linked sentences.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::View;
use super::pair::{Bilingual, Pair, Rendering, Word};
use crate::align::tokens::TokenKind;
use crate::align::{Aligned, Link};
use crate::lexicon::{self, Kinds};
use crate::text::script::is_han;
use crate::words::{characters, words};

/// `class<TAB>word`: what denies, what can stand for a denial, what only looks like one.
static LIST: &str = include_str!("negation.tsv");

static CLASSES: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    LIST.lines().filter_map(|line| line.split_once('\t')).map(|(class, word)| (word, class)).collect()
});

/// The stems of the English words that only look like denials: with discover, discovered.
static PLAIN: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let plain = CLASSES.iter().filter(|(_, class)| **class == "en-plain");
    plain.map(|(word, _)| lexicon::stem(word)).collect()
});

/// How a word bears on negation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// It denies: not, never, 不, 没有, 未.
    Denial,
    /// It can render a denial: without, unable, fail; 禁止, 难以, 仅.
    Kindred,
}

/// The negating words of one side, by their place in the pair.
pub(crate) fn marks(words: &[Word], chinese: bool) -> Vec<(usize, Mark)> {
    let mark = |word: &Word| match word.kind {
        TokenKind::Word if chinese => chinese_mark(&word.text),
        TokenKind::Word => english_mark(&word.text),
        TokenKind::Foreign => english_mark(&lexicon::fold(&word.text)),
        TokenKind::Value => matches!(&*word.text, "0" | "零" | "zero").then_some(Mark::Kindred),
        TokenKind::Code => None,
    };
    let denies = |at: &usize| match chinese {
        true => !asks(words, *at) && !widens(words, *at),
        false => !is_harmless(words, *at),
    };
    let marked = words.iter().enumerate().filter_map(|(at, word)| Some((at, mark(word)?)));
    marked.filter(|(at, _)| denies(at)).collect()
}

/// Whether an English word that can stand for a denial does not do so here: far, but not from; other, but not than.
fn is_harmless(words: &[Word], at: usize) -> bool {
    let text = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or("", |word| &word.text);
    let (before, after) = (text(at.checked_sub(1)), text(Some(at + 1)));
    // "you cannot water it too sparingly" praises it
    let able = |word: &str| words!("able", en).contains(&word);
    let mut rest = (at + 1..words.len().saturating_sub(1))
        .take(5)
        .take_while(|&next| words[next].clause == words[at].clause);
    if (able(&words[at].text) || able(before)) && rest.any(|next| &*words[next].text == "too") {
        return true;
    }
    match &*words[at].text {
        "far" => after != "from",
        // would sooner starve than beg
        "sooner" => !words!("would", en).contains(&before) && !before.ends_with("'d"),
        "other" => after != "than",
        "but" => !words!("before a but", en).contains(&before),
        // sales declined since March: they fell
        word if words!("decline", en).contains(&word) => {
            after.is_empty() || words!("behind a fall", en).contains(&after)
        }
        "few" | "little" => before == "a",
        // a bound, which denies nothing: no later than
        "no" => words!("comparative behind a denial", en).contains(&after) && text(Some(at + 2)) == "than",
        // whether it exists or not
        "not" => before == "or",
        // it has yet to come
        "yet" => after != "to",
        _ => false,
    }
}

/// Whether a Chinese denial says that there is more to it, 不再只是, 不仅, or denies nothing plainly: 没过膝盖.
fn widens(words: &[Word], at: usize) -> bool {
    let next = words.get(at + 1).filter(|next| next.span.start == words[at].span.end);
    let next = next.map_or("", |next| &*next.text);
    // 若不是去年降雪: had it not been so, which is so
    let before = at.checked_sub(1).map_or("", |before| &*words[before].text);
    words[at].text.contains('不') && next.starts_with(['只', '仅', '光'])
        || words[at].text == "没" && next == "过"
        || words[at].text == "不是" && words!("supposing", zh).contains(&before)
}

/// Whether a Chinese denial only asks, between a word and the same word again: 要不要, 有没有.
fn asks(words: &[Word], at: usize) -> bool {
    let text = &*words[at].text;
    let mut chars = text.chars();
    if let (Some(one), Some('不' | '没'), Some(other), None) =
        (chars.next(), chars.next(), chars.next(), chars.next())
    {
        return one == other;
    }
    let Some(rest) = text.strip_prefix(['不', '没']) else { return false };
    let before = at.checked_sub(1).map(|before| &words[before]);
    let before = before.filter(|before| before.span.end == words[at].span.start);
    let after = words.get(at + 1).filter(|after| words[at].span.end == after.span.start);
    let next = rest.chars().next().or_else(|| after?.text.chars().next());
    // the same word, or its first half: 会不会, 喜欢不喜欢, 喜不喜欢; 大会不会延期 and 安装包不包含 say no
    let whole = if rest.is_empty() { after.map_or("", |after| &after.text) } else { rest };
    before.is_some_and(|before| {
        let half = before.text.chars().nth(1).is_none() && before.text.chars().next() == next;
        whole == before.text || half && words!("asked by its first half", zh).contains(&whole)
    })
}

/// Whether a word by itself denies: a Chinese one, or any other in lower case.
pub(crate) fn is_denial(word: &str) -> bool {
    mark_of(word) == Some(Mark::Denial)
}

fn mark_of(word: &str) -> Option<Mark> {
    if word.starts_with(is_han) { chinese_mark(word) } else { english_mark(word) }
}

fn english_mark(word: &str) -> Option<Mark> {
    match CLASSES.get(word).copied() {
        Some("en-not") => return Some(Mark::Denial),
        Some("en-soft" | "en-hard") => return Some(Mark::Kindred),
        Some("en-plain") => return None,
        _ => {}
    }
    if word.ends_with("n't") {
        return Some(Mark::Denial);
    }
    (is_affixed(word) && !PLAIN.contains(&lexicon::stem(word))).then_some(Mark::Kindred)
}

/// Whether a word that can stand for a denial says by itself that something is not so: fail, unable, 拒绝; but not only,
/// 只有, which leave it at that what they do not name is not so.
pub(crate) fn denies_by_itself(word: &str, chinese: bool) -> bool {
    if chinese { word.contains(AKIN) } else { CLASSES.get(word) == Some(&"en-hard") || is_affixed(word) }
}

/// Whether an English word begins or ends with what denies: un-, -less.
pub(crate) fn is_affixed(word: &str) -> bool {
    let prefixed = |prefix: &str, least: usize| {
        word.strip_prefix(prefix).is_some_and(|rest| {
            rest.len() >= least
                && (lexicon::stem_id(&lexicon::stem(rest)).is_some() || lexicon::is_stop_word(rest))
        })
    };
    prefixed("un", 3)
        || words!("prefix of a denial", en).iter().any(|prefix| prefixed(prefix, 4))
        || word.len() > 6 && (word.ends_with("less") || word.ends_with("lessly"))
}

/// Characters that negate; a word that holds one, and is not listed as anything else, denies.
const DENYING: &[char] = characters!("denies");
/// Characters of words that can stand for a denial.
const AKIN: &[char] = characters!("akin to a denial");

fn chinese_mark(word: &str) -> Option<Mark> {
    match CLASSES.get(word).copied() {
        Some("zh-plain") => return None,
        Some("zh-soft") => return Some(Mark::Kindred),
        Some("zh-not") => return Some(Mark::Denial),
        _ => {}
    }
    if word.contains(DENYING) {
        return Some(Mark::Denial);
    }
    word.contains(AKIN).then_some(Mark::Kindred)
}

/// Whether any character of a Chinese text can deny, in whatever word it stands.
pub(crate) fn can_deny(text: &str) -> bool {
    text.contains(DENYING) || text.contains(AKIN)
}

/// A denial to which nothing on the other side answers.
#[derive(Debug, Clone)]
pub(crate) struct Lone {
    /// Its place among the words of its side.
    pub(crate) at: usize,
    /// Whether it denies another word; else the denial is part of the word.
    pub(crate) free: bool,
    /// The words that it denies and what these are rendered by, the nearest first.
    pub(crate) anchors: Vec<Rendering>,
    /// The denials of the other side, wherever they stand and whatever they answer to.
    pub(crate) others: usize,
    /// Those of them that answer to nothing.
    pub(crate) loose: usize,
    /// What can stand for a denial on the other side and answers to nothing.
    pub(crate) kindred: usize,
}

/// What answers to a word that denies, or can stand for a denial.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Answer {
    /// Nothing does.
    Nothing,
    /// A Chinese word that holds a denial has a rendering of its own.
    Itself,
    /// A word of the other side, so far from where it would stand, in words; less where it can only stand for a denial.
    Word(Mark, f32),
}

/// A word that denies, or can stand for a denial, and what answers to it.
#[derive(Debug, Clone)]
pub(crate) struct Answered {
    pub(crate) mark: Mark,
    pub(crate) answer: Answer,
    /// What is known of it, as of a denial that nothing answers to.
    pub(crate) lone: Lone,
}

/// Whether a word denies another one: 未经, but not 不利.
pub(crate) fn is_free(word: &Word) -> bool {
    !word.text.starts_with(is_han) || CLASSES.get(&*word.text) == Some(&"zh-not")
}

/// How many content words after a denial are asked for their counterparts.
const REACH: usize = 4;
/// How far from a rendering of the word denied a word that can stand for a denial is taken for one.
const NEAR: f32 = 5.0;
/// The same for a plain denial.
const FAR: f32 = 14.0;
/// Word links less sure than this may be chance.
const RENDERS: f32 = 0.2;
/// What it adds to a distance that a mark parts the two.
const APART: f32 = 3.0;

/// The renderings of the content words that follow a denial in its clause.
fn anchors(words: &[Word], at: usize, renderings: &[Rendering], chinese: bool) -> Vec<Rendering> {
    let clause = words[at].clause;
    let after = (at + 1..words.len()).take_while(|&next| words[next].clause == clause);
    let content = after.filter(|&next| !words[next].common).take(REACH);
    content
        .filter_map(|next| {
            renderings.iter().copied().find(|link| if chinese { link.zh == next } else { link.en == next })
        })
        .collect()
}

/// The denials of each side (Chinese, English) that nothing answers to.
pub(crate) fn lone(pair: &Pair, renderings: &[Rendering]) -> (Vec<Lone>, Vec<Lone>) {
    let Answers { zh, en, .. } = answers(pair, renderings);
    (unanswered(zh), unanswered(en))
}

/// Those of some words that deny, and that nothing answers to.
pub(crate) fn unanswered(words: Vec<Answered>) -> Vec<Lone> {
    let alone = words.into_iter().filter(|one| one.mark == Mark::Denial && one.answer == Answer::Nothing);
    alone.map(|one| one.lone).collect()
}

/// The words of each side (Chinese, English) that deny, or can stand for a denial, and what answers to each.
pub(crate) fn answered(pair: &Pair, renderings: &[Rendering]) -> (Vec<Answered>, Vec<Answered>) {
    let Answers { zh, en, .. } = answers(pair, renderings);
    (zh, en)
}

/// What the marks of the two sides answer to.
struct Answers {
    zh: Vec<Answered>,
    en: Vec<Answered>,
    /// How far from each other those stand that answer to each other; what answers to nothing counts as far away.
    strain: f32,
}

/// How many words behind an English denial a word stands that it denies: not getting enough.
const GOVERNS: usize = 3;
/// What a denial strains that nothing answers to, and what can stand for one and answers to nothing.
const UNANSWERED: [f32; 2] = [15.0, 3.0];

/// Every mark of one side is paired with the mark of the other that stands nearest to the renderings of the words
/// it denies, the closest pairs first.
fn answers(pair: &Pair, renderings: &[Rendering]) -> Answers {
    let zh = marks(&pair.zh, true);
    let en = marks(&pair.en, false);
    let around = |words: &[Word], marks: &[(usize, Mark)], chinese: bool| -> Vec<Vec<Rendering>> {
        marks.iter().map(|&(at, _)| anchors(words, at, renderings, chinese)).collect()
    };
    let (zh_anchors, en_anchors) = (around(&pair.zh, &zh, true), around(&pair.en, &en, false));
    let slope = pair.zh.len() as f32 / pair.en.len().max(1) as f32;
    let mut pairs = Vec::new();
    for (i, &(zh_at, zh_mark)) in zh.iter().enumerate() {
        for (j, &(en_at, en_mark)) in en.iter().enumerate() {
            // where the English mark would stand in Chinese, by the words it denies; and the other way round
            let apart =
                |link: &Rendering| if pair.zh[link.zh].clause == pair.zh[zh_at].clause { 0.0 } else { APART };
            let there = en_anchors[j].iter().map(|link| link.zh.abs_diff(zh_at) as f32 + apart(link));
            let back = zh_anchors[i].iter().map(|link| link.en.abs_diff(en_at) as f32 * slope);
            let linked = renderings.iter().any(|link| link.zh == zh_at && link.en == en_at);
            let diagonal = (en_at as f32 * slope - zh_at as f32).abs() + 4.0;
            // what can stand for a denial does so beside the words denied, and unless it renders something else
            let en_soft = en_mark == Mark::Kindred;
            let elsewhere = |link: &Rendering| {
                let denied = zh_at < link.zh && link.zh <= zh_at + 2;
                link.en == en_at
                    && link.score >= RENDERS
                    && !denied
                    && zh.iter().all(|mark| mark.0 != link.zh)
            };
            if en_soft && renderings.iter().any(elsewhere) {
                continue;
            }
            let known = en_soft && zh_anchors[i].iter().any(|anchor| anchor.score >= RENDERS);
            let near = there.chain(back).fold(if known { f32::INFINITY } else { diagonal }, f32::min);
            let distance = if linked { -2.0 } else { near };
            // what is no plain denial answers only for what is near
            let soft = (zh_mark == Mark::Kindred) as u8 + (en_mark == Mark::Kindred) as u8;
            let reach = if soft == 0 { FAR } else { NEAR };
            if distance <= reach {
                pairs.push((distance + [0.0, 4.0, 1.0][usize::from(soft)], i, j));
            }
        }
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    // a word that holds a denial and has a rendering answers for itself: 不足, deficiency
    let settled = |&(at, _): &(usize, Mark)| {
        let rendering = renderings.iter().find(|link| link.zh == at);
        !is_free(&pair.zh[at])
            && rendering.is_some_and(|link| {
                let word = &pair.en[link.en];
                // not enough, 不够: the denial of the other side is its own
                let denied = en.iter().any(|mark| {
                    mark.0 < link.en && mark.0 + GOVERNS >= link.en && pair.en[mark.0].clause == word.clause
                });
                !denied
                    && !word.common
                    && !affirmed(&pair.zh[at], word)
                    && en.iter().all(|mark| mark.0 != link.en)
            })
    };
    let itself = |mark| if settled(mark) { Answer::Itself } else { Answer::Nothing };
    let mut found = (zh.iter().map(itself).collect::<Vec<_>>(), vec![Answer::Nothing; en.len()]);
    let mut strain = 0.0;
    for (distance, i, j) in pairs {
        if found.0[i] == Answer::Nothing && found.1[j] == Answer::Nothing {
            found.0[i] = Answer::Word(en[j].1, distance);
            found.1[j] = Answer::Word(zh[i].1, distance);
            strain += distance;
        }
    }
    for (marks, found) in [(&zh, &found.0), (&en, &found.1)] {
        let left = marks.iter().zip(found).filter(|(_, answer)| **answer == Answer::Nothing);
        strain += left.map(|(mark, _)| UNANSWERED[usize::from(mark.1 == Mark::Kindred)]).sum::<f32>();
    }
    let all = |words: &[Word],
               marks: &[(usize, Mark)],
               found: &[Answer],
               anchors: Vec<Vec<Rendering>>,
               there: [usize; 3]| {
        let marks = marks.iter().zip(found).zip(anchors);
        let one = |((&(at, mark), &answer), anchors)| Answered {
            mark,
            answer,
            lone: Lone {
                at,
                free: is_free(&words[at]),
                anchors,
                others: there[0],
                loose: there[1],
                kindred: there[2],
            },
        };
        marks.map(one).collect::<Vec<_>>()
    };
    let count = |marks: &[(usize, Mark)], found: &[Answer]| {
        let denials = marks.iter().filter(|mark| mark.1 == Mark::Denial).count();
        let alone = |kind: Mark| {
            marks
                .iter()
                .zip(found)
                .filter(|(mark, answer)| mark.1 == kind && **answer == Answer::Nothing)
                .count()
        };
        [denials, alone(Mark::Denial), alone(Mark::Kindred)]
    };
    let (zh_there, en_there) = (count(&zh, &found.0), count(&en, &found.1));
    Answers {
        zh: all(&pair.zh, &zh, &found.0, zh_anchors, en_there),
        en: all(&pair.en, &en, &found.1, en_anchors, zh_there),
        strain,
    }
}

/// Where English words stand that say by themselves that something is not so: fail, refuse, unable, without.
pub(crate) fn hard(pair: &Pair) -> Vec<usize> {
    let is_hard = |at: usize| CLASSES.get(&*pair.en[at].text) == Some(&"en-hard");
    marks(&pair.en, false).into_iter().map(|(at, _)| at).filter(|&at| is_hard(at)).collect()
}

/// Whether a Chinese word denies, or can stand for a denial.
pub(crate) fn denies(word: &Word) -> bool {
    word.kind == TokenKind::Word && chinese_mark(&word.text).is_some()
}

/// Whether another English word in the clause takes a denial back: nobody … without.
pub(crate) fn twice(pair: &Pair, at: usize) -> bool {
    let other = |(place, _): &(usize, Mark)| *place != at && pair.en[*place].clause == pair.en[at].clause;
    marks(&pair.en, false).iter().any(other)
}

/// How many words a relative pronoun may stand behind an English denial that a second one behind the pronoun takes
/// back, and the second behind it: hardly a household in the street that did not.
const RELATIVE: [usize; 2] = [10, 2];
/// How far behind an English denial a word that can stand for one takes it back: not unkindly.
const TAKEN_BACK: usize = 2;

/// Whether English takes a denial back with another one, of which Chinese says nothing: hardly a household that did not,
/// not one of them failed, not unkindly.
pub(crate) fn is_taken_back(pair: &Pair, at: usize) -> bool {
    let of_en: Vec<usize> = marks(&pair.en, false).into_iter().map(|(at, _)| at).collect();
    let pronoun = |at: usize| words!("relative pronoun", en).contains(&&*pair.en[at].text);
    let two = |first: usize, second: usize| {
        let relative = (first + 1..second).rev().take(RELATIVE[1]).find(|&at| pronoun(at));
        relative.is_some_and(|relative| relative - first <= RELATIVE[0])
    };
    let of_zh = marks(&pair.zh, true);
    let bare = of_zh.is_empty();
    let plain = of_zh.iter().all(|mark| mark.1 == Mark::Kindred);
    let failed = |other: usize| {
        // what displaces denies nothing
        let near =
            || bare && other - at <= TAKEN_BACK && !lexicon::kinds(&pair.en[other].stem()).are(Kinds::VERB);
        other > at
            && pair.en[other].clause == pair.en[at].clause
            && (near() || plain && hard(pair).contains(&other))
    };
    of_en.iter().any(|&other| two(at, other) || two(other, at) || failed(other))
}

/// Whether Chinese says of something that did not come to pass that it did: 若不是, 若非; had it not been so.
pub(crate) fn is_supposed(pair: &Pair, at: usize) -> bool {
    let clause = pair.en[at].clause;
    let mut before = pair.en[..at].iter().rev().take_while(|word| word.clause == clause);
    let supposes =
        |at: usize| words!("supposing not", zh).contains(&&*pair.zh[at].text) || widens(&pair.zh, at);
    before.any(|word| words!("supposing", en).contains(&&*word.text)) && (0..pair.zh.len()).any(supposes)
}

/// Whether a denial stands before an English word in its clause: not a house without a lamp.
pub(crate) fn is_governed(pair: &Pair, at: usize) -> bool {
    let clause = pair.en[at].clause;
    let denies = |(place, mark): &(usize, Mark)| {
        *mark == Mark::Denial && *place < at && pair.en[*place].clause == clause
    };
    marks(&pair.en, false).iter().any(denies)
}

/// Whether another word that denies whatever follows stands beside a Chinese denial: 不会没有.
pub(crate) fn twofold(words: &[Word], at: usize) -> bool {
    has_beside(words, at, |word| CLASSES.get(&*word.text) == Some(&"zh-not"))
}

/// Whether another word that can deny stands beside a Chinese denial: 未必不, 无不.
pub(crate) fn beside(words: &[Word], at: usize) -> bool {
    has_beside(words, at, denies)
}

/// Whether a Chinese word that can deny stands close before a place: 并非毫无.
pub(crate) fn before(words: &[Word], at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|place| words[place].clause == words[at].clause && denies(&words[place]))
}

/// Whether a word such as `wanted` tells stands no further than three words away in the clause.
fn has_beside(words: &[Word], at: usize, wanted: impl Fn(&Word) -> bool) -> bool {
    let near = at.saturating_sub(3)..words.len().min(at + 4);
    near.filter(|&place| place != at)
        .any(|place| words[place].clause == words[at].clause && wanted(&words[place]))
}

/// Whether the English word says what a Chinese word with a denial at its head denies: 未经授权, authorized. The
/// dictionary must know the English word of what is left without the denial, and not of the whole.
pub(crate) fn affirmed(zh: &Word, en: &Word) -> bool {
    let Some(rest) = HEADS.iter().find_map(|head| zh.text.strip_prefix(head)) else { return false };
    let stem = lexicon::stem_id(&en.stem());
    let means = |word: &str| lexicon::glosses(word).any(|gloss| Some(gloss.stem) == stem);
    stem.is_some()
        && rest.chars().count() > 1
        && means(rest)
        && !means(&zh.text)
        && english_mark(&en.text).is_none()
}

/// Denials that words begin with.
pub(crate) const HEADS: &[&str] = words!("head of a denial", zh);

/// Whether a word that denies, or can stand for a denial, is near in the clause.
pub(crate) fn near(words: &[Word], at: usize, chinese: bool) -> bool {
    let close = |(place, _): &(usize, Mark)| {
        *place != at && place.abs_diff(at) <= 4 && words[*place].clause == words[at].clause
    };
    marks(words, chinese).iter().any(close)
}

/// Words that can stand for a denial and leave what stands beside them as it is: 不断恶化, away, against.
const LEAVES: &[&str] = words!("leaves what is beside it");

/// What turns a Chinese word round that it is written before: 反序列化.
const TURNS: &[&str] = words!("turns what it begins", zh);

/// Whether a Chinese word turns round what it is written before.
pub(crate) fn turns(word: &str) -> bool {
    TURNS.contains(&word)
}

/// How many words before an English word a denial stands that answers to one right before the Chinese: not so safe, 不安全.
const BEFORE: usize = 2;

/// Whether what denies near a word of one side turns it, and nothing near that of the other side does the same.
pub(crate) fn turned(pair: &Pair, renderings: &[Rendering], zh: usize, en: usize) -> bool {
    let of_en = open(pair, renderings);
    let before = zh.checked_sub(1).map(|at| &pair.zh[at]);
    let before = before.filter(|word| word.span.end == pair.zh[zh].span.start).map_or("", |word| &*word.text);
    let tight = CLASSES.get(before) == Some(&"zh-not");
    if turns(before) || tight && !of_en.iter().any(|&at| at < en && en - at <= BEFORE) {
        return true;
    }
    // a word that holds a denial answers to one that stands anywhere: 未知, not the name of a known user
    if denies(&pair.zh[zh]) && of_en.iter().any(|&at| at != en && pair.en[at].clause == pair.en[en].clause) {
        return true;
    }
    let close = |words: &[Word], place: usize, at: usize| {
        place != at
            && place.abs_diff(at) <= 4
            && words[place].clause == words[at].clause
            && !LEAVES.contains(&&*words[place].text)
    };
    // what renders a word without a denial denies nothing: 终止, termination
    let said = |at: usize| {
        let own = renderings.iter().find(|link| link.zh == at && link.score >= RENDERS);
        own.is_some_and(|link| english_mark(&pair.en[link.en].text).is_none())
    };
    let of_zh = marks(&pair.zh, true);
    let near_zh = |at: usize| close(&pair.zh, at, zh) && of_zh.iter().any(|mark| mark.0 == at);
    let near_en = |at: usize| close(&pair.en, at, en) && of_en.contains(&at);
    // behind a word, what answers to a denial elsewhere is said of something else: 内向，很少; outgoing and seldom
    let of_other_zh = |at: usize| {
        let other = |at: usize| at != en && of_en.contains(&at) && !near_en(at);
        at > zh && renderings.iter().any(|link| link.zh == at && other(link.en))
    };
    let of_other_en = |at: usize| {
        let other = |at: usize| at != zh && of_zh.iter().any(|mark| mark.0 == at) && !near_zh(at);
        at > en && renderings.iter().any(|link| link.en == at && other(link.zh))
    };
    let turn_zh = of_zh.iter().filter(|(at, mark)| *mark == Mark::Denial || !said(*at));
    let turn_zh = turn_zh.filter(|(at, _)| near_zh(*at) && !of_other_zh(*at)).count();
    turn_zh != of_en.iter().filter(|&&at| near_en(at) && !of_other_en(at)).count()
}

/// The words of the English that can stand for a denial, but for those that render a word without one.
pub(crate) fn open(pair: &Pair, renderings: &[Rendering]) -> Vec<usize> {
    let zh = marks(&pair.zh, true);
    let taken = |at: usize| {
        let other = |link: &&Rendering| link.en == at && link.score >= RENDERS;
        renderings.iter().find(other).is_some_and(|link| zh.iter().all(|mark| mark.0 != link.zh))
    };
    let marks = marks(&pair.en, false).into_iter();
    marks.filter(|&(at, mark)| mark == Mark::Denial || !taken(at)).map(|(at, _)| at).collect()
}

/// Whether one side denies more than the other.
pub(crate) fn on_one_side(pair: &Pair) -> bool {
    let denials =
        |words: &[Word], chinese| marks(words, chinese).iter().filter(|mark| mark.1 == Mark::Denial).count();
    denials(&pair.en, false) != denials(&pair.zh, true)
}

/// How far the denials of some linked sentences are from answering to each other; 0 unless the languages are Chinese
/// and English.
pub(crate) fn strain<'a>(aligned: &Aligned, links: impl Iterator<Item = &'a Link>) -> f32 {
    let view = View::new(aligned);
    let Some(bitext) = Bilingual::of(&view) else { return 0.0 };
    let of = |link| {
        let pair = bitext.pair(link);
        answers(&pair, bitext.renderings(&pair)).strain
    };
    links.map(of).sum()
}
