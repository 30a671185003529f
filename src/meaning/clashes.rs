//! Which marks of two linked sentences belong together, and which of these contradict each other.
//!
//! Marks of one class are paired one to one: by the words they govern where these render each other, by the place where
//! the one would stand on the other side, and by what they say. A pair that cannot mean the same is a clash.

use std::cell::OnceCell;

use super::learnt::Features;
use super::marks::{self, Class, Mark, Table, Values};
use super::negation::{self, Lone};
use super::pair::{Bilingual, Pair, Rendering, Word, expected};
use super::trust::{self, Grounds, Partners};
use super::{View, own};
use crate::align::tokens::TokenKind;
use crate::text::{Side, Span};
use crate::values::{self, Value};
use crate::words::{characters, words};

/// Two marks that belong together and contradict each other.
#[derive(Debug, Clone)]
pub(crate) struct Clash {
    /// What they are about.
    pub(crate) class: Class,
    /// The Chinese mark and the English one.
    pub(crate) zh: Span,
    pub(crate) en: Span,
    /// A word that both govern, on both sides, where there is one.
    pub(crate) about: Option<[Span; 2]>,
    /// Whether what they say differs gravely.
    pub(crate) grave: bool,
    /// How sure it is, from 0 to 1.
    pub(crate) confidence: f64,
    /// What that was learnt from, where it was learnt.
    features: Option<Features>,
}

/// Links less sure than this may join what does not belong together.
const SOLID: f64 = 0.55;

/// All clashes of a bitext of Chinese and English that are likely enough to be told, in the order of its links; none
/// for other languages.
pub(crate) fn all(view: &View) -> Vec<Clash> {
    let mut clashes = possible(view);
    clashes.retain(|clash| clash.confidence >= trust::TOLD);
    clashes
}

/// Two marks that would contradict each other if they belonged together.
pub struct Candidate {
    /// What they are about.
    pub class: Class,
    /// As they stand: the Chinese one, the English one.
    pub marks: [String; 2],
    /// What speaks for it that they belong together.
    pub features: Features,
}

/// All candidates of a bitext, however unlikely, for who learns the weights of [`trust`].
pub fn candidates(view: &View) -> Vec<Candidate> {
    let Some(bitext) = Bilingual::of(view) else { return Vec::new() };
    let text = |side: Side, span: Span| bitext.text(side, span).to_owned();
    let candidate = |clash: Clash| {
        let marks = [text(bitext.zh, clash.zh), text(bitext.en, clash.en)];
        Some(Candidate { class: clash.class, marks, features: clash.features? })
    };
    possible(view).into_iter().filter_map(candidate).collect()
}

pub(super) fn possible(view: &View) -> Vec<Clash> {
    let Some(bitext) = Bilingual::of(view) else { return Vec::new() };
    let mut found = Vec::new();
    for pair in bitext.translations(SOLID) {
        let pair = &*pair;
        let letters = marks::letters(&bitext, pair);
        for table in marks::tables() {
            let mut zh = marks::chinese(table, &bitext, pair, &letters);
            let mut en =
                if zh.is_empty() { Vec::new() } else { marks::read(table, &bitext, pair, bitext.en) };
            if en.is_empty() {
                continue;
            }
            compose(table, &bitext, pair, &mut zh, true);
            compose(table, &bitext, pair, &mut en, false);
            if table.class() == Class::Bound {
                let against = bounds(view, &bitext, pair, table, [&zh, &en]);
                if !against.is_empty() {
                    let (zh_lone, en_lone) = negation::lone(pair, bitext.renderings(pair));
                    let turned = turned_round(pair, table, [&zh, &en], [&zh_lone, &en_lone]);
                    found.extend(against.into_iter().filter(|_| !turned));
                }
                continue;
            }
            found.extend(of_class(&bitext, pair, bitext.renderings(pair), table, [&zh, &en]));
        }
    }
    found
}

/// English words that deny what a modal verb behind them permits: no person may.
const NONE: &[&str] = words!("negative word", en);

/// How many words behind a modal verb such a word may stand: can ask nothing.
const OBJECT: usize = 4;

/// How many words behind "no one" a denial may stand that takes it back: no one present who did not.
const NONE_WHO: usize = 6;

/// How many words behind a prohibition a refusal may stand that turns it into a duty: 不得以此为由拒绝提供.
const REFUSED: usize = 8;

/// Whether a word refuses or leaves undone what follows.
fn refuses(text: &str) -> bool {
    words!("refusal").iter().any(|beginning| text.starts_with(beginning))
}

/// Whether a Chinese mark and one word behind it tell which thing is meant: 不可触及的部件.
fn tells_of_thing(words: &[Word], mark: &Mark) -> bool {
    let Some([word, of]) = words.get(mark.words.end..mark.words.end + 2) else { return false };
    let clause = words[mark.words.start].clause;
    &*of.text == "的" && word.clause == clause && of.clause == clause && of.span.start == word.span.end
}

/// English words after which a perfect tense speaks of what is to come.
const NOT_YET: &[&str] = words!("before what is to come", en);

/// Lets the marks of one side take up what stands beside them and changes what they say.
pub(super) fn compose(table: &Table, bitext: &Bilingual, pair: &Pair, marks: &mut [Mark], chinese: bool) {
    let words = if chinese { &pair.zh } else { &pair.en };
    match table.class() {
        Class::Modality => {
            let bounds = marks::table(Class::Bound);
            let side = if chinese { bitext.zh } else { bitext.en };
            let bounds = bounds.map_or_else(Vec::new, |table| marks::read(table, bitext, pair, side));
            for mark in marks {
                // what must not be less than so much must be at least so much
                if mark.values & table.set("mustnot") != 0
                    && bounds
                        .iter()
                        .any(|bound| (mark.words.end..mark.words.end + 2).contains(&bound.words.start))
                {
                    mark.values |= table.set("must") | table.set("should");
                }
                let clause = words[mark.words.start].clause;
                let before = (0..mark.words.start).rev().take_while(|&at| words[at].clause == clause);
                let has = |list: &[&str]| before.clone().any(|at| list.contains(&&*words[at].text));
                let permits = mark.values & (table.set("may") | table.set("can") | table.set("right")) != 0;
                let after =
                    (mark.words.end..words.len()).take_while(|&at| words[at].clause == clause).take(OBJECT);
                // what must not be refused must be done
                let mut rest =
                    (mark.words.end..words.len()).take_while(|&at| words[at].clause == clause).take(REFUSED);
                if mark.values & (table.set("mustnot") | table.set("cannot")) != 0
                    && rest.any(|at| refuses(&words[at].text))
                {
                    mark.values |= table.set("must") | table.set("should");
                }
                let object = after.into_iter().any(|at| NONE.contains(&&*words[at].text));
                if permits && !chinese && (has(NONE) || object) {
                    mark.values = table.set("mustnot") | table.set("cannot") | table.set("neednot");
                }
                // not more than so many may be taken: no more must
                let limited = |bound: &Mark| {
                    words[bound.words.clone()].iter().any(|word| denies(&word.text))
                        && bound.words.end <= mark.words.start
                        && words[bound.words.start].clause == clause
                };
                if permits && !chinese && bounds.iter().any(limited) {
                    mark.values |= table.set("mustnot") | table.set("cannot");
                }
                // 不可触及的部件: what tells of a thing by the way neither permits nor forbids
                let tells = mark.values & (table.set("must") | table.set("should")) == 0;
                mark.weak |= chinese && tells && tells_of_thing(words, mark);
                // it may write as much as fits: it must not exceed that
                let two = |at: usize| (&*words[at].text, words.get(at + 1).map_or("", |next| &*next.text));
                let mut rest =
                    (mark.words.end..words.len()).take_while(|&at| words[at].clause == clause).take(REFUSED);
                let up_to = rest.any(|at| match two(at) {
                    ("as", next) => words!("behind as", en).contains(&next),
                    both => both == ("up", "to"),
                });
                if permits && !chinese && up_to {
                    mark.values |= table.set("mustnot") | table.set("cannot");
                }
                // she is entitled to refuse it: he may not have it
                let refused = (mark.words.end..words.len()).take(OBJECT).any(|at| refuses(&words[at].text));
                if permits && !chinese && refused {
                    mark.values |= table.set("mustnot") | table.set("cannot") | table.set("neednot");
                }
                // 不是不能吃: it may be eaten
                let twice = |at: usize| negation::is_denial(&words[at].text) && words[at].clause == clause;
                if chinese
                    && mark.values & (table.set("cannot") | table.set("mustnot")) != 0
                    && mark.words.start.checked_sub(1).is_some_and(twice)
                {
                    mark.values |= table.set("may") | table.set("can");
                }
                // 非您带不可: what is not done will not do
                let must = |at: usize| {
                    words!("will not do without", zh).iter().any(|head| words[at].text.starts_with(head))
                };
                if chinese && words[mark.words.start].text == "不可" && before.clone().any(must) {
                    mark.values = table.set("must") | table.set("should") | table.set("certain");
                }
                // no reason why it cannot
                if mark.values & (table.set("cannot") | table.set("mustnot")) != 0 && !chinese && has(NONE) {
                    mark.values |= table.set("may") | table.set("can");
                }
                if mark.values & table.set("must") != 0 && !chinese && has(NONE) {
                    mark.values |= table.set("neednot") | table.set("mustnot");
                }
                // only those who … may: nobody else may
                if permits && has(words!("only")) {
                    mark.values |= table.set("mustnot") | table.set("must");
                }
            }
        }
        // 不得早于: at that time or after it; how far "not" reaches is open
        Class::Order => {
            let both = table.set("before") | table.set("after");
            for mark in marks.iter_mut().filter(|mark| mark.values & both != 0) {
                let clause = words[mark.words.start].clause;
                let mut before = (0..mark.words.start).rev().take_while(|&at| words[at].clause == clause);
                // 两年前, two years ago: before now
                let counted = mark.words.start.checked_sub(1).map(|at| words[at].kind);
                mark.weak |= chinese
                    && mark.reach == marks::Reach::Before
                    && counted == Some(TokenKind::Value)
                    && pair.en.iter().any(|word| word.text == "ago");
                if chinese && mark.reach == marks::Reach::After && is_denied(words, mark, true) {
                    mark.values ^= both;
                } else if !chinese
                    && mark.values == table.set("before")
                    && before.any(|at| denies(&words[at].text))
                {
                    mark.values |= both;
                }
            }
        }
        Class::Time if chinese => {
            for mark in marks {
                // 已交的费用: what is told of a thing by the way is no tense of the sentence
                let clause = words[mark.words.start].clause;
                let mut after =
                    (mark.words.end..words.len()).take(4).take_while(|&at| words[at].clause == clause);
                mark.weak |= mark.values == table.set("done") && after.any(|at| &*words[at].text == "的");
            }
        }
        Class::Time => {
            for mark in marks {
                let clause = words[mark.words.start].clause;
                let mut before = (0..mark.words.start).rev().take_while(|&at| words[at].clause == clause);
                // until it has come, nothing has: it is to come yet
                let yet = |at: usize| {
                    let text = &&*words[at].text;
                    NOT_YET.contains(text) || NONE.contains(text)
                };
                mark.weak |= before.any(yet);
            }
        }
        Class::Scope => {
            for mark in marks {
                let clause = words[mark.words.start].clause;
                let mut before = (0..mark.words.start).rev().take_while(|&at| words[at].clause == clause);
                // not all, 不适合所有: how far the denial reaches is open; 都不是 is none
                let mut after =
                    (mark.words.end..words.len()).take_while(|&at| words[at].clause == clause).take(4);
                let denied = before.any(|at| negation::is_denial(&words[at].text));
                if denied || chinese && after.any(|at| negation::is_denial(&words[at].text)) {
                    let all = table.set("all")
                        | table.set("every")
                        | table.set("any")
                        | table.set("both")
                        | table.set("either");
                    if mark.values & all != 0 {
                        mark.values |= table.set("none") | table.set("neither");
                        if denied {
                            mark.values |= table.set("notall") | table.set("some");
                        }
                    }
                    if mark.values & table.set("only") != 0 {
                        mark.values |= table.set("also");
                    }
                }
                // no one who did not: all; 没有一个不知道
                let reach = if chinese { NONE_WHO / 2 } else { NONE_WHO };
                let mut rest = (mark.words.end..words.len()).take(reach);
                if mark.values & table.set("none") != 0 && rest.any(|at| negation::is_denial(&words[at].text))
                {
                    mark.values |= table.set("all") | table.set("every");
                }
            }
        }
        Class::Condition => {
            let denies = |at: usize| {
                let text = &*words[at].text;
                negation::is_denial(text) || words!("prohibition", zh).contains(&text)
            };
            for mark in marks {
                let clause = words[mark.words.start].clause;
                let denied =
                    (mark.words.end..words.len()).take_while(|&at| words[at].clause == clause).any(denies);
                // not this and not that: neither this nor that, 不得…或
                let either = table.set("and") | table.set("or");
                let before = (0..mark.words.start).rev().take_while(|&at| words[at].clause == clause);
                let before_denied = before.into_iter().any(denies);
                let negative = denied || before_denied;
                if negative && mark.values & either != 0 {
                    mark.values |= either;
                }
                // did not leave because of the pay: the pay was not why
                if before_denied && !chinese && mark.values & table.set("because") != 0 {
                    mark.values |= table.set("notbecause");
                }
                // does not depend on it: whatever it is
                if before_denied && mark.values & table.set("depending") != 0 {
                    mark.values |= table.set("regardless");
                }
                // neither includes it; 均不含
                let with = table.set("except") | table.set("including");
                if before_denied && mark.values & with != 0 {
                    mark.values |= with;
                }
                // if not, and unless; unless not, and only if
                if denied && mark.values & table.set("if") != 0 {
                    mark.values |= table.set("unless");
                }
                if denied && mark.values & table.set("unless") != 0 {
                    mark.values |= table.set("if") | table.set("onlyif");
                }
            }
        }
        _ => {}
    }
}

/// What counts in a pair of marks, beside the words they govern.
const PLACE: f32 = 0.6;
const SAME: f32 = 0.45;
const RENDERED: f32 = 0.35;
const UNLIKE: f32 = -0.2;
/// What two marks have in common at most that are unlike and do not govern the same words.
const UNLIKELY: f32 = 0.3;
/// Marks that have less than this in common do not belong together.
pub(super) const TOGETHER: f32 = 0.35;
/// What the words governed have in common where two marks surely belong together.
const SAID: f32 = 0.4;

/// A pair of marks with what speaks for it.
#[derive(Clone, Copy)]
pub(super) struct Match {
    pub(super) zh: usize,
    pub(super) en: usize,
    /// How far the words they govern render each other.
    pub(super) governed: f32,
    /// How near the one stands to where the other would, from 0 to 1.
    place: f32,
    /// Whether the marks themselves render each other.
    rendered: bool,
    /// Whether they stand in clauses that correspond, each the only one of its class there.
    lone_clauses: bool,
    /// The same with the place.
    ground: f32,
    /// The same with what they say.
    pub(super) weight: f32,
}

/// Which clauses of the two sides render each other, by the words in them.
struct Clauses {
    /// For each Chinese and English clause how far they do.
    shared: std::collections::BTreeMap<(usize, usize), f32>,
}

impl Clauses {
    fn of(bitext: &Bilingual, pair: &Pair, renderings: &[Rendering]) -> Clauses {
        let mut shared = std::collections::BTreeMap::new();
        for link in renderings.iter().filter(|link| bitext.is_content(pair, link)) {
            *shared.entry((pair.zh[link.zh].clause, pair.en[link.en].clause)).or_default() += link.score;
        }
        Clauses { shared }
    }

    /// Whether each of two clauses has more in common with the other than with any third.
    fn correspond(&self, zh: usize, en: usize) -> bool {
        let Some(own) = self.shared.get(&(zh, en)) else { return false };
        self.shared.iter().all(|((one, other), share)| {
            (*one, *other) == (zh, en) || *one != zh && *other != en || share < own
        })
    }
}

/// The words that the marks of a side govern, each with how much it counts, a list a mark.
type Governed = Vec<Vec<(usize, f32)>>;

/// All pairs of a Chinese and an English mark with what speaks for each, the best first; and what the marks govern.
pub(super) fn matches(
    bitext: &Bilingual,
    pair: &Pair,
    renderings: &[Rendering],
    table: &Table,
    [zh, en]: [&[Mark]; 2],
) -> (Vec<Match>, [Governed; 2]) {
    let says = |at: usize| bitext.says_something(&pair.zh[at]) && pair.zh[at].kind != TokenKind::Code;
    let zh_anchors: Vec<_> = zh.iter().map(|mark| marks::anchors(table, mark, &pair.zh, says)).collect();
    let says = |at: usize| !pair.en[at].common || pair.en[at].kind == TokenKind::Value;
    let en_anchors: Vec<_> = en.iter().map(|mark| marks::anchors(table, mark, &pair.en, says)).collect();
    let mut matches = Vec::new();
    for (i, one) in zh.iter().enumerate() {
        let place = expected(renderings, pair, one.words.start);
        for (j, other) in en.iter().enumerate() {
            let mut governed = 0.0;
            for link in renderings {
                let weight = |anchors: &[(usize, f32)], word: usize| {
                    anchors.iter().find(|(at, _)| *at == word).map_or(0.0, |(_, weight)| *weight)
                };
                let both = weight(&zh_anchors[i], link.zh) * weight(&en_anchors[j], link.en);
                governed += both * (0.4 + link.score).min(1.0);
            }
            let rendered =
                renderings.iter().any(|link| one.words.contains(&link.zh) && other.words.contains(&link.en));
            let distance = (place - other.words.start as f32).abs();
            let agree = Table::agree(one.values, other.values);
            let alike = match () {
                () if agree => SAME,
                () if table.contradicts(one.values, other.values).is_some() => 0.0,
                // all and only, say: neither the same nor its contrary
                () => UNLIKE,
            };
            // without a word that both govern, likeness says less
            let trust = if governed > 0.1 { 1.0 } else { 0.5 };
            let near = (-distance / 5.0).exp();
            // what is neither the same nor its contrary says something else, unless both govern the same words
            let unlike = alike == UNLIKE && governed < SAID + 0.1;
            let ground = governed + PLACE * near;
            let weight = ground + trust * (alike + if rendered { RENDERED } else { 0.0 });
            let weight = if unlike && !rendered { weight.min(UNLIKELY) } else { weight };
            matches.push(Match {
                zh: i,
                en: j,
                governed,
                place: near,
                rendered,
                lone_clauses: false,
                ground,
                weight,
            });
        }
    }
    let clauses = Clauses::of(bitext, pair, renderings);
    for one in &mut matches {
        let (a, b) = (&zh[one.zh], &en[one.en]);
        let (at, there) = (pair.zh[a.words.start].clause, pair.en[b.words.start].clause);
        let sole = |marks: &[Mark], words: &[Word], clause: usize| {
            marks.iter().filter(|mark| !mark.weak && words[mark.words.start].clause == clause).count() == 1
        };
        one.lone_clauses =
            clauses.correspond(at, there) && sole(zh, &pair.zh, at) && sole(en, &pair.en, there);
        if one.lone_clauses && one.governed < SAID {
            one.weight += SAID - one.governed;
            one.ground += SAID - one.governed;
            one.governed = SAID;
        }
        // the only ones of their class in the sentences belong together if any do; how surely, is judged later
        let alone = |marks: &[Mark]| marks.iter().filter(|mark| !mark.weak).count() == 1;
        if alone(zh) && alone(en) {
            one.weight = one.weight.max(TOGETHER);
        }
    }
    matches.sort_by(|a, b| b.weight.total_cmp(&a.weight).then((a.zh, a.en).cmp(&(b.zh, b.en))));
    (matches, [zh_anchors, en_anchors])
}

fn of_class<'a>(
    bitext: &Bilingual<'_, 'a>,
    pair: &Pair<'a>,
    renderings: &[Rendering],
    table: &Table,
    [zh, en]: [&[Mark]; 2],
) -> Vec<Clash> {
    let (matches, [zh_anchors, en_anchors]) = matches(bitext, pair, renderings, table, [zh, en]);
    let mut taken = (vec![false; zh.len()], vec![false; en.len()]);
    let mut paired = Vec::new();
    for one in matches.iter().filter(|one| one.weight >= TOGETHER) {
        if !taken.0[one.zh] && !taken.1[one.en] {
            taken.0[one.zh] = true;
            taken.1[one.en] = true;
            paired.push(*one);
        }
    }
    let mut clashes = Vec::new();
    if table.class() == Class::Order {
        clashes
            .extend(paired.iter().filter_map(|one| turned(bitext, pair, table, [&zh[one.zh], &en[one.en]])));
    }
    let sides = Sides {
        bitext,
        pair,
        renderings,
        table,
        zh,
        en,
        matches: &matches,
        paired: &paired,
        covered: OnceCell::new(),
        lone: OnceCell::new(),
    };
    let mut judged = Vec::new();
    for one in matches.iter().filter(|one| one.weight >= TOGETHER) {
        let (a, b) = (&zh[one.zh], &en[one.en]);
        let Some(grave) = table.contradicts(a.values, b.values) else { continue };
        if a.weak || b.weak || quoted(bitext, bitext.zh, a) || quoted(bitext, bitext.en, b) {
            continue;
        }
        let clauses = [pair.zh[a.words.start].clause, pair.en[b.words.start].clause];
        let opens = |words: &[Word], at: usize| at == 0 || words[at - 1].clause != words[at].clause;
        let sole = |marks: &[Mark]| marks.iter().filter(|mark| !mark.weak).count() == 1;
        let size = own(pair.link, Side::Source).len() + own(pair.link, Side::Target).len();
        let features = trust::features(
            table.class(),
            [&table.names(a.values), &table.names(b.values)],
            &Grounds {
                governed: one.governed,
                place: one.place,
                ground: one.ground,
                rendered: one.rendered,
                lone_clauses: one.lone_clauses,
                sole: sole(zh) && sole(en),
                paired: paired.iter().any(|other| (other.zh, other.en) == (one.zh, one.en)),
                others: zh.len() + en.len() - 2,
                soft: a.soft || b.soft,
                grave,
                opens: opens(&pair.zh, a.words.start) && opens(&pair.en, b.words.start),
                undone: sides.is_undone(a, b),
                crossed: table.class() == Class::Order && is_crossed(bitext, pair, table, [a, b]),
                partners: [sides.partners(one, true), sides.partners(one, false)],
                elsewhere: [sides.elsewhere(a, b, true), sides.elsewhere(b, a, false)],
                covered: sides.covered(),
                left: [
                    bitext.unlinked(pair, renderings, true, clauses[0]),
                    bitext.unlinked(pair, renderings, false, clauses[1]),
                ],
                denials: sides.deny(clauses),
                long: [a.words.len() > 1, b.words.len() > 1],
                content: bitext.content(pair, clauses),
                link: pair.link.score as f32,
                several: size > 2,
            },
        );
        judged.push((one, grave, trust::confidence(&features), features));
    }
    // a mark contradicts one other, the likeliest
    judged.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0.zh, a.0.en).cmp(&(b.0.zh, b.0.en))));
    let mut told = (vec![false; zh.len()], vec![false; en.len()]);
    for (one, grave, confidence, features) in judged {
        if std::mem::replace(&mut told.0[one.zh], true) | std::mem::replace(&mut told.1[one.en], true) {
            continue;
        }
        let about = renderings
            .iter()
            .filter(|link| {
                zh_anchors[one.zh].iter().any(|(at, _)| *at == link.zh)
                    && en_anchors[one.en].iter().any(|(at, _)| *at == link.en)
            })
            .max_by(|x, y| x.score.total_cmp(&y.score).then(y.zh.cmp(&x.zh)))
            .map(|link| [pair.zh[link.zh].span, pair.en[link.en].span]);
        clashes.push(Clash {
            class: table.class(),
            zh: zh[one.zh].span,
            en: en[one.en].span,
            about,
            grave: grave && confidence >= trust::SURE,
            confidence,
            features: Some(features),
        });
    }
    clashes.sort_by_key(|clash| (clash.zh, clash.en));
    clashes
}

/// The marks of one class in linked sentences, and how they were paired.
struct Sides<'s, 'c, 'a> {
    bitext: &'s Bilingual<'c, 'a>,
    pair: &'s Pair<'a>,
    renderings: &'s [Rendering],
    table: &'s Table,
    zh: &'s [Mark],
    en: &'s [Mark],
    matches: &'s [Match],
    paired: &'s [Match],
    /// See [`Sides::covered`] and [`Sides::deny`]; most sentences are asked for neither.
    covered: OnceCell<[f32; 2]>,
    lone: OnceCell<(Vec<Lone>, Vec<Lone>)>,
}

impl Sides<'_, '_, '_> {
    fn agree(&self, one: &Match) -> bool {
        Table::agree(self.zh[one.zh].values, self.en[one.en].values)
    }

    /// What ties the Chinese or the English mark of a pair to other marks than the one of the pair.
    fn partners(&self, one: &Match, chinese: bool) -> Partners {
        let mut best = Partners::default();
        for other in self.matches {
            let (shares, itself) = match chinese {
                true => (other.zh == one.zh, other.en == one.en),
                false => (other.en == one.en, other.zh == one.zh),
            };
            if !shares || itself {
                continue;
            }
            // the other mark is settled with one that says the same and stands no further off
            let taken = self.paired.iter().any(|paired| {
                let of_it = if chinese { paired.en == other.en } else { paired.zh == other.zh };
                let another = (paired.zh, paired.en) != (other.zh, other.en);
                of_it && another && self.agree(paired) && paired.ground >= other.ground
            });
            let slot = match (self.agree(other), taken) {
                (true, false) => &mut best.same,
                (true, true) => &mut best.taken,
                (false, _) => &mut best.other,
            };
            *slot = slot.max(other.ground);
            if self.agree(other) && (self.zh[other.zh].weak || self.en[other.en].weak) {
                best.weak = best.weak.max(other.ground);
            }
        }
        best
    }

    /// How surely a mark renders something else than the other.
    fn elsewhere(&self, mark: &Mark, but: &Mark, chinese: bool) -> f32 {
        let of = |link: &&Rendering| {
            let (own, other) = if chinese { (link.zh, link.en) } else { (link.en, link.zh) };
            mark.words.contains(&own) && !but.words.contains(&other)
        };
        self.renderings.iter().filter(of).map(|link| link.score).fold(0.0, f32::max)
    }

    /// How much of what the Chinese and the English sentences say is rendered, from 0 to 1.
    fn covered(&self) -> [f32; 2] {
        *self.covered.get_or_init(|| [self.covered_of(true), self.covered_of(false)])
    }

    /// Whether a Chinese and an English clause deny something that the other side does not.
    fn deny(&self, clauses: [usize; 2]) -> [bool; 2] {
        let (zh, en) = self.lone.get_or_init(|| negation::lone(self.pair, self.renderings));
        let denies = |words: &[Word], lone: &[Lone], clause: usize| {
            lone.iter().any(|one| words[one.at].clause == clause)
        };
        [denies(&self.pair.zh, zh, clauses[0]), denies(&self.pair.en, en, clauses[1])]
    }

    fn covered_of(&self, chinese: bool) -> f32 {
        let (words, pair) = (if chinese { &self.pair.zh } else { &self.pair.en }, self.pair);
        let says = |&at: &usize| match chinese {
            true => self.bitext.says_something(&pair.zh[at]),
            false => !pair.en[at].common,
        };
        let linked =
            |at: &usize| self.renderings.iter().any(|link| *at == if chinese { link.zh } else { link.en });
        let said: Vec<usize> = (0..words.len()).filter(says).collect();
        said.iter().filter(|at| linked(at)).count() as f32 / said.len().max(1) as f32
    }

    /// Whether denials make a mark of how much a statement holds say what the other says: what English says of none,
    /// Chinese denies of all, where the denial may be part of a word (零报告); and what Chinese says of none, English
    /// may undo or leave undone for all: left untouched, 一律不动.
    fn is_undone(&self, zh: &Mark, en: &Mark) -> bool {
        let none = self.table.set("none") | self.table.set("neither");
        let (of_zh, of_en) = (&self.pair.zh, &self.pair.en);
        let of_all = |(at, mark): &(usize, negation::Mark)| {
            *mark == negation::Mark::Denial || of_zh[*at].clause == of_zh[zh.words.start].clause
        };
        let undone = |&at: &usize| of_en[at].clause == of_en[en.words.start].clause;
        self.table.class() == Class::Scope
            && (en.values & none != 0 && negation::marks(of_zh, true).iter().any(of_all)
                || zh.values & none != 0
                    && !negation::before(of_zh, zh.words.start)
                    && negation::open(self.pair, self.renderings).iter().any(undone))
    }
}

/// How far what two marks govern renders each other.
fn share(bitext: &Bilingual, pair: &Pair, table: &Table, [zh, en]: [&Mark; 2]) -> f32 {
    let says = |at: usize| bitext.says_something(&pair.zh[at]) && pair.zh[at].kind != TokenKind::Code;
    let said = |at: usize| !pair.en[at].common || pair.en[at].kind == TokenKind::Value;
    let zh = marks::anchors(table, zh, &pair.zh, says);
    let en = marks::anchors(table, en, &pair.en, said);
    let weight = |anchors: &[(usize, f32)], word: usize| {
        anchors.iter().find(|(at, _)| *at == word).map_or(0.0, |(_, weight)| *weight)
    };
    let of = |link: &Rendering| weight(&zh, link.zh) * weight(&en, link.en) * (0.4 + link.score).min(1.0);
    bitext.renderings(pair).iter().map(of).sum()
}

/// A mark as if it governed what stands on its other side.
fn other_way(mark: &Mark) -> Mark {
    let reach = if mark.reach == marks::Reach::Before { marks::Reach::After } else { marks::Reach::Before };
    Mark { reach, ..mark.clone() }
}

/// Whether two marks of order say the same from its two ends: A before B, A后再B. Then what the one governs stands on
/// the other side of the other.
fn is_crossed(bitext: &Bilingual, pair: &Pair, table: &Table, [zh, en]: [&Mark; 2]) -> bool {
    let straight = share(bitext, pair, table, [zh, en]);
    let one = share(bitext, pair, table, [&other_way(zh), en]);
    one.max(share(bitext, pair, table, [zh, &other_way(en)])) > straight.max(CROSSED)
}

/// Two marks of order that say the same of each other's statements: B后A for "B only after A".
fn turned(bitext: &Bilingual, pair: &Pair, table: &Table, [zh, en]: [&Mark; 2]) -> Option<Clash> {
    let [one, other] =
        [share(bitext, pair, table, [&other_way(zh), en]), share(bitext, pair, table, [zh, &other_way(en)])];
    let turned = zh.values == en.values
        && !zh.weak
        && !en.weak
        && one.min(other) >= TURNED
        && share(bitext, pair, table, [zh, en]) < CROSSED;
    turned.then_some(Clash {
        class: Class::Order,
        zh: zh.span,
        en: en.span,
        about: None,
        grave: true,
        confidence: TURNED_SURE,
        features: None,
    })
}

/// From so much on what two marks of order share crosswise on both sides, with nothing straight, they are turned round;
/// and how sure that is.
const TURNED: f32 = 0.2;
const TURNED_SURE: f64 = 0.85;

/// From so much on what two marks of order share crosswise counts.
const CROSSED: f32 = 0.1;

/// Whether a mark stands alone between quotation marks: it is spoken of, and says nothing itself.
fn quoted(bitext: &Bilingual, side: Side, mark: &Mark) -> bool {
    let text = bitext.whole(side);
    let before = text[..mark.span.start].chars().next_back();
    let after = text[mark.span.end..].chars().next();
    let quotes = |c: Option<char>| c.is_some_and(|c| "\"'“”‘’「」『』`".contains(c));
    quotes(before) && quotes(after)
}

/// How far a bound may stand from its number, in words.
const BESIDE: usize = 4;
/// Sentences of more values than this are tables of numbers, of which nothing is said one by one.
const MANY: usize = 200;

/// Whether linked sentences say the same with a bound and a denial both turned round: "fewer than 1,000 will not do",
/// 至少1000方可. `lone` are the denials of both sides that nothing answers to.
pub(crate) fn restates(view: &View, bitext: &Bilingual, pair: &Pair, lone: [&[Lone]; 2]) -> bool {
    let Some(table) = marks::table(Class::Bound).filter(|_| lone.iter().any(|lone| !lone.is_empty())) else {
        return false;
    };
    let [zh, en] = [bitext.zh, bitext.en].map(|side| marks::read(table, bitext, pair, side));
    turned_round(pair, table, [&zh, &en], lone) && !bounds(view, bitext, pair, table, [&zh, &en]).is_empty()
}

/// How far behind a bound what is said of it may be denied, in words: fewer than 1,000 signatures will not do.
const SAID_OF: usize = 7;

/// Whether one side alone denies what is said of a least or a most, or says what happens otherwise.
fn turned_round(pair: &Pair, table: &Table, bounds: [&[Mark]; 2], lone: [&[Lone]; 2]) -> bool {
    let ends = table.set("least") | table.set("most");
    let denies = |words: &[Word], lone: &[Lone], bounds: &[Mark]| {
        let of = |at: usize| {
            let said = |mark: &Mark| {
                let reach = mark.words.end + 1..mark.words.end + SAID_OF;
                reach.contains(&at) && words[at].clause == words[mark.words.start].clause
            };
            bounds.iter().any(|mark| mark.values & ends != 0 && said(mark))
        };
        lone.iter().any(|one| one.others == 0 && of(one.at))
    };
    // at least three, otherwise it is cancelled: 少于三人取消
    let otherwise = |words: &[Word]| words.iter().any(|word| words!("otherwise").contains(&&*word.text));
    denies(&pair.zh, lone[0], bounds[0]) != denies(&pair.en, lone[1], bounds[1])
        || otherwise(&pair.zh) != otherwise(&pair.en)
}

/// Numbers that both sides have, and of which the one says that it is the least, the other that it is the most.
fn bounds(view: &View, bitext: &Bilingual, pair: &Pair, table: &Table, [zh, en]: [&[Mark]; 2]) -> Vec<Clash> {
    let of = |side: Side| view.values_of(side, own(pair.link, side));
    let (zh_values, en_values) = (of(bitext.zh), of(bitext.en));
    if zh_values.len().max(en_values.len()) > MANY {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut taken = vec![false; en_values.len()];
    for one in &zh_values {
        let Some(at) = (0..en_values.len()).find(|&at| !taken[at] && values::same(one, en_values[at])) else {
            continue;
        };
        taken[at] = true;
        let other = en_values[at];
        let again =
            |value: &Value, all: &[&Value]| all.iter().filter(|other| values::same(value, other)).count();
        // the same number twice, more often on one side than on the other: no telling which is which
        if again(one, &zh_values) != again(other, &en_values) {
            continue;
        }
        let (Some(a), Some(b)) = (
            bound(bitext, pair, table, zh, one, &zh_values, bitext.zh),
            bound(bitext, pair, table, en, other, &en_values, bitext.en),
        ) else {
            continue;
        };
        // "not within 60 days", 未能在60天内: what is denied is the same on both sides
        let alike = a.plain & b.plain != 0 && [&a, &b].iter().all(|said| said.denied && !said.turned);
        let ((a, a_span), (b, b_span)) = ((a.values, a.span), (b.values, b.span));
        if let Some(grave) = table.contradicts(a, b).filter(|_| !alike) {
            found.push(Clash {
                class: Class::Bound,
                zh: a_span,
                en: b_span,
                about: Some([one.span, other.span]),
                grave,
                confidence: 0.88,
                features: None,
            });
        }
    }
    found
}

/// What one side says of a number.
struct Said {
    /// The values of the marks about it, turned round where they are denied.
    values: Values,
    /// The same, not turned.
    plain: Values,
    /// Whether one of the marks has its own denial right before it.
    turned: bool,
    /// Whether something is denied in the clause of the number, beside the marks.
    denied: bool,
    /// Where these stand, and the number.
    span: Span,
}

/// What one side says of a number: the values of the marks about it, turned round where they are denied, and where
/// these stand; nothing where they contradict each other.
fn bound(
    bitext: &Bilingual,
    pair: &Pair,
    table: &Table,
    marks: &[Mark],
    value: &Value,
    all: &[&Value],
    side: Side,
) -> Option<Said> {
    let chinese = side == bitext.zh;
    let words = if chinese { &pair.zh } else { &pair.en };
    let first = words.iter().position(|word| word.span.overlaps(value.span))?;
    let last = words.iter().rposition(|word| word.span.overlaps(value.span))?;
    // another number between a mark and this one has the mark for itself
    let between = |from: usize, to: usize| {
        words[from..to].iter().any(|word| {
            all.iter().any(|other| !std::ptr::eq(*other, value) && other.span.overlaps(word.span))
        })
    };
    let apart = |at: usize| !marks.iter().any(|mark| mark.words.contains(&at));
    let denied = (0..words.len()).any(|at| {
        words[at].clause == words[first].clause
            && apart(at)
            && (negation::is_denial(&words[at].text) || denies(&words[at].text))
    });
    let mut turned = false;
    let mut said: Option<Said> = None;
    for mark in marks {
        let near = match mark.reach {
            marks::Reach::Before => {
                mark.words.start > last
                    && mark.words.start - last <= BESIDE
                    && words[mark.words.start].clause == words[last].clause
                    && !between(last + 1, mark.words.start)
            }
            _ => {
                mark.words.end <= first
                    && first - mark.words.end < BESIDE
                    && words[mark.words.start].clause == words[first].clause
                    && !between(mark.words.end, first)
            }
        };
        // a unit between a number and its bound may be part of the value
        let inside = mark.words.start >= first && mark.words.end <= last + 1;
        if !near && !inside {
            continue;
        }
        let mut values = mark.values;
        let (least, most) = (table.set("least"), table.set("most"));
        // a denial before "where" or "if" is of another statement, and one of another bound turns that
        let opens = (0..mark.words.start).rev().find(|&at| SUBORDINATE.contains(&&*words[at].text));
        let own = |&at: &usize| {
            words[at].clause == words[mark.words.start].clause
                && !marks.iter().any(|other| other.words.contains(&at))
        };
        let mut far = (opens.unwrap_or(0)..mark.words.start).filter(own);
        if values & (least | most) != 0 {
            if mark.denied || is_denied(words, mark, chinese) {
                turned = true;
                values ^= least | most;
            } else if !chinese && far.clone().any(|at| denies(&words[at].text)) {
                // "do not take it for longer than" turns it, "nobody over twelve" may
                let turns = |at: usize| denies(&words[at].text) && !NONE.contains(&&*words[at].text);
                values = if far.any(turns) { values ^ (least | most) } else { values | least | most };
            }
        }
        match &mut said {
            Some(said) => {
                said.values &= values;
                said.plain &= mark.values;
                said.span = said.span.join(mark.span);
                if said.values == 0 {
                    return None;
                }
            }
            None => said = Some(Said { values, plain: mark.values, turned, denied, span: mark.span }),
        }
    }
    said.map(|said| Said { span: said.span.join(value.span), turned, ..said })
}

/// Whether a word stands right before a bound, which it may turn round: not exceed, 不早于.
pub(crate) fn bounds_follow(bitext: &Bilingual, pair: &Pair, side: Side, at: usize) -> bool {
    // Chinese has the denial right before it; English puts auxiliaries and a participle between
    let near = at + 1..at + if side == bitext.zh { 2 } else { 5 };
    let words = if side == bitext.zh { &pair.zh } else { &pair.en };
    marks::tables()
        .iter()
        .filter(|table| table.class() == Class::Bound)
        .flat_map(|table| marks::read(table, bitext, pair, side))
        .any(|mark| {
            mark.reach != marks::Reach::Before
                && (near.contains(&mark.words.start) || mark.words.contains(&at))
                && words[mark.words.start].clause == words[at].clause
        })
}

/// English words that open a statement of their own.
const SUBORDINATE: &[&str] = words!("subordinator", en);

/// Whether an English word denies plainly.
fn denies(text: &str) -> bool {
    NONE.contains(&text) || matches!(text, "not" | "cannot" | "without") || text.ends_with("n't")
}

/// Characters that turn a bound in Chinese round, and how far before it they are looked for.
const DENIALS: &[char] = characters!("denies");
const CLOSE: usize = 2;

/// Whether a denial stands right before a bound: 不得少于, must not exceed.
fn is_denied(words: &[Word], mark: &Mark, chinese: bool) -> bool {
    let near = (mark.words.start.saturating_sub(CLOSE)..mark.words.start).rev();
    let mut near = near.take_while(|&at| words[at].clause == words[mark.words.start].clause);
    match chinese {
        true => near.next().is_some_and(|at| {
            let text = &*words[at].text;
            text.contains(DENIALS) && text.chars().count() <= 3
                || text.chars().count() == 1
                    && at > 0
                    && words[at - 1].text.contains(DENIALS)
                    && words[at - 1].text.chars().count() <= 2
        }),
        // "no vessel over twelve metres" denies something of the vessel
        false => near.any(|at| {
            denies(&words[at].text) && (at + 1 == mark.words.start || !NONE.contains(&&*words[at].text))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::align;
    use crate::read::{self, Format};
    use crate::segment::segment;
    use crate::text::Lang;

    /// A row a pair of sentences, and what contradicts what in them.
    const EXAMPLES: &str = include_str!("marks/examples.tsv");

    #[test]
    fn marks_contradict_each_other_where_the_examples_say_so() {
        let document = |text: &str, lang: Lang| {
            segment(read::bytes("example", text.as_bytes(), Format::Plain, Some(lang)).expect("readable"))
        };
        let mut wrong = Vec::new();
        for row in EXAMPLES.lines().filter(|row| !row.starts_with('#')) {
            let [class, zh, en, expected] = row.split('\t').collect::<Vec<_>>()[..] else {
                panic!("four columns: {row}")
            };
            let aligned = align(document(zh, Lang::ZH), document(en, Lang::EN));
            let view = View::new(&aligned);
            let text = |side: Side, span: Span| view.document(side).slice(span);
            let found: Vec<String> = all(&view)
                .iter()
                .filter(|clash| format!("{:?}", clash.class).to_lowercase() == class)
                .map(|clash| format!("{} / {}", text(Side::Source, clash.zh), text(Side::Target, clash.en)))
                .collect();
            let said = if found.is_empty() { "-".to_owned() } else { found.join(", ") };
            if said != expected {
                wrong.push(format!("{zh} | {en}: {said}, not {expected}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
