//! How likely it is that a denial which nothing on the other side answers to is a fault: one that the translation lost,
//! or that it added.
//!
//! Denials without a counterpart are common in right translations: 不 is rendered by a word that means the contrary, an
//! English "not" by one character within a verb. What rules of grammar say of such a denial and what stands around it
//! become the features of a logistic model, each with a name; what was never learnt of weighs nothing.

use super::View;
use super::clashes;
use super::learnt::{Features, Weights};
use super::negation::{self, Answer, Answered, Lone, Mark};
use super::pair::{Bilingual, Pair, Rendering, Word};
use crate::lexicon;
use crate::text::{Side, Span};
use crate::words::{characters, words};

/// A line a feature: its name, a tab, its weight; made by `cargo run --profile quick --example train`.
static WEIGHTS: Weights = Weights::of(include_str!("denials.weights"));

/// Denials less likely than this to be faults are not told.
pub const TOLD: f64 = 0.6;
/// From here on it is grave.
pub const SURE: f64 = 0.7;

/// Links less sure than this may join what does not belong together.
pub(crate) const SOLID: f64 = 0.6;

/// A denial that nothing on the other side answers to.
pub(crate) struct Unanswered {
    /// Whether it is Chinese.
    pub(crate) chinese: bool,
    /// Its place among the words of its side.
    pub(crate) at: usize,
    /// Whether nothing at all answers to it.
    pub(crate) is_alone: bool,
    /// Whether it does nothing but deny: not, 不; but fail, 拒绝.
    pub(crate) is_plain: bool,
    /// What it denies, and what renders that; nothing where it is not known.
    pub(crate) anchor: Option<Rendering>,
    /// What is known of it.
    pub(crate) features: Features,
    /// How likely it is that one side should have it and has not, or has it and should not.
    pub(crate) confidence: f64,
}

/// A denial that may be a fault, for who learns the weights.
pub struct Candidate {
    /// The side that denies.
    pub side: Side,
    /// The word that denies.
    pub word: Span,
    /// Whether nothing at all answers to it.
    pub is_alone: bool,
    /// What speaks for a fault and against it.
    pub features: Features,
}

/// All denials of a bitext that nothing answers to, however unlikely to be faults, for who learns the weights.
pub fn candidates(view: &View) -> Vec<Candidate> {
    let Some(bitext) = Bilingual::of(view) else { return Vec::new() };
    let mut found = Vec::new();
    for pair in bitext.translations(SOLID) {
        found.extend(of_pair(view, &bitext, &pair).into_iter().map(|one| Candidate {
            side: if one.chinese { bitext.zh } else { bitext.en },
            word: if one.chinese { pair.zh[one.at].span } else { pair.en[one.at].span },
            is_alone: one.is_alone,
            features: one.features,
        }));
    }
    found
}

/// The denials of linked sentences that nothing answers to, the Chinese ones first.
pub(crate) fn of_pair<'a>(view: &View<'a>, bitext: &Bilingual<'_, 'a>, pair: &Pair<'a>) -> Vec<Unanswered> {
    if negation::marks(&pair.zh, true).is_empty() && negation::marks(&pair.en, false).is_empty() {
        return Vec::new();
    }
    let renderings = bitext.renderings(pair);
    let (zh, en) = negation::answered(pair, renderings);
    let lone = [&zh, &en].map(|words| negation::unanswered(words.clone()));
    let restated = clashes::restates(view, bitext, pair, [&lone[0], &lone[1]]);
    let ground = Ground { bitext, pair, renderings, restated, lone };
    let denies = |one: &&Answered, words: &[Word], chinese: bool| {
        is_doubtful(one)
            && (one.mark == Mark::Denial || negation::denies_by_itself(&words[one.lone.at].text, chinese))
    };
    let chinese = zh.iter().filter(|one| denies(one, &pair.zh, true)).map(|one| ground.chinese(one));
    // what another denial takes back denies nothing: hardly a household that did not
    let english =
        en.iter().filter(|one| denies(one, &pair.en, false) && !negation::is_taken_back(pair, one.lone.at));
    let english = english.map(|one| ground.english(one));
    chinese.chain(english).collect()
}

/// From this distance on it is doubtful that two words answer to each other, in words.
const APART: f32 = 6.0;

/// Whether nothing answers to a word that denies, or nothing that plainly does.
fn is_doubtful(one: &Answered) -> bool {
    match one.answer {
        Answer::Nothing | Answer::Itself => true,
        Answer::Word(other, distance) => {
            (one.mark, other) != (Mark::Denial, Mark::Denial) || distance > APART
        }
    }
}

/// Linked sentences and what is known of them.
struct Ground<'g, 'c, 'a> {
    bitext: &'g Bilingual<'c, 'a>,
    pair: &'g Pair<'a>,
    renderings: &'g [Rendering],
    /// Whether a bound that is turned round takes back a denial.
    restated: bool,
    /// The Chinese and the English denials that nothing answers to.
    lone: [Vec<Lone>; 2],
}

/// Named features of one side.
struct Named {
    side: &'static str,
    features: Features,
}

impl Named {
    fn flag(&mut self, name: &str, is: bool) {
        self.much(name, f32::from(u8::from(is)));
    }

    fn much(&mut self, name: &str, much: f32) {
        if much != 0.0 {
            self.features.push((format!("{} {name}", self.side), much));
        }
    }
}

/// Words that ask: what they deny may be meant.
const ASKING: &[&str] = words!("question", zh);
/// Words that compare with a number, as "under six" does.
const LESS: &[&str] = words!("less than", zh);
/// What follows 不是 where it is half of an alternative: 不是…就是, either … or.
const RATHER: &[&str] = words!("rather", zh);
/// Words that take the force of a denial before them: 保护…不受侵害, to protect from harm.
const MEEK: &[&str] = words!("takes the force of a denial", zh);
/// Prohibitions, of which modality-mismatch tells as well.
const PROHIBITED: &[&str] = words!("prohibition", zh);
/// What is said to be mended is not denied any more.
const MENDED: &[&str] = words!("mending", zh);
/// English words that deny what they govern, or put it off.
const UNLESS: &[&str] = words!("put off", en);
/// Characters of words that may say with a verb what English says with a denial: 隐藏 is not to show.
const TURNED: &[char] = characters!("denies in a verb");
/// Question marks and exclamation marks.
const ASKED: &[char] = &['？', '?', '！', '!'];

/// A denial so near may be meant, whatever parts it from the word: lines are wrapped anywhere.
const BESIDE: usize = 6;
/// How near a denial stands that may be the one, in words of the same clause.
const NEAR: usize = 4;
/// How sure a word found by the dictionary alone is.
const FOUND: f32 = 0.3;
/// How sure it at least is that an English denial was added where no character of the Chinese can deny: of sentences
/// that gained a "not" (`score.py seeded`) the passages that the weights were learnt from have few.
const PLAIN: f64 = 0.62;
/// Counts say no more above this.
const MOST: usize = 4;

impl Ground<'_, '_, '_> {
    /// What both sides have in common.
    fn shared(&self, one: &Answered, chinese: bool, anchor: Option<Rendering>, named: &mut Named) {
        let lone = &one.lone;
        let words = if chinese { &self.pair.zh } else { &self.pair.en };
        let word = &words[lone.at];
        let count = |much: usize| much.min(MOST) as f32;
        named.much("", 1.0);
        named.flag("none", lone.others == 0 && lone.kindred == 0);
        named.flag("others", lone.others > 0);
        named.flag("loose", lone.loose > 0);
        named.much("kindred", count(lone.kindred));
        named.flag("both", self.lone.iter().all(|lone| !lone.is_empty()));
        named.flag("kindred itself", one.mark == Mark::Kindred);
        match one.answer {
            Answer::Nothing => {}
            Answer::Itself => named.flag("answers itself", true),
            Answer::Word(mark, distance) => {
                let name = if mark == Mark::Denial { "answered" } else { "answered by kindred" };
                named.flag(name, true);
                named.much("distance", distance.clamp(-2.0, 14.0) / 10.0);
            }
        }
        let own = self.renderings.iter().find(|link| lone.at == if chinese { link.zh } else { link.en });
        named.much("rendered", own.map_or(0.0, |link| link.score));
        named.flag("restated", self.restated);
        let own = self.lone[usize::from(!chinese)].len();
        named.flag("several", own > 1);
        named.much("link", self.pair.link.score as f32);
        let side = if chinese { self.bitext.zh } else { self.bitext.en };
        named.flag("original", side == Side::Source);
        named.flag("alone in original", side == Side::Source && one.answer == Answer::Nothing);
        named.flag("joined", self.pair.link.source.len() + self.pair.link.target.len() > 2);
        named.flag("bound", clashes::bounds_follow(self.bitext, self.pair, side, lone.at));
        let asks = [self.bitext.zh, self.bitext.en]
            .into_iter()
            .any(|side| self.bitext.ends_with(side, self.pair.link, ASKED));
        named.flag("asked", asks);
        // how literally it is translated
        let content = self.pair.en.iter().filter(|word| !word.common).count().max(1) as f32;
        let rendered = self.renderings.iter().filter(|link| self.bitext.is_content(self.pair, link)).count();
        named.much("literal", (rendered as f32 / content).min(1.0));
        named.much("length", (content + 1.0).ln());
        let linked =
            |at: usize| self.renderings.iter().any(|link| at == if chinese { link.zh } else { link.en });
        let says = |word: &Word| if chinese { self.bitext.says_something(word) } else { !word.common };
        let clause: Vec<usize> = (0..words.len())
            .filter(|&at| at != lone.at && words[at].clause == word.clause && says(&words[at]))
            .collect();
        let explained = clause.iter().filter(|&&at| linked(at)).count();
        named.much("linked", count(explained));
        named.much("unlinked", count(clause.len() - explained));
        named.much("share", explained as f32 / clause.len().max(1) as f32);
        if let Some(anchor) = anchor {
            let (here, there) = if chinese { (anchor.zh, anchor.en) } else { (anchor.en, anchor.zh) };
            named.flag("next", here == lone.at + 1);
            named.flag("near", here <= lone.at + 2);
            named.much("score", anchor.score);
            named.flag("content", self.bitext.is_content(self.pair, &anchor));
            named.flag("long", self.pair.zh[anchor.zh].text.chars().nth(1).is_some());
            named.flag("name", self.is_name(&anchor));
            let other = if chinese { &self.pair.en } else { &self.pair.zh };
            named.flag("denied there", negation::near(other, there, !chinese));
            let marks = negation::marks(other, !chinese);
            let beside = marks.iter().any(|(at, _)| at.abs_diff(there) <= BESIDE);
            named.flag("beside", beside);
            named.flag("in clause", marks.iter().any(|(at, _)| other[*at].clause == other[there].clause));
            let open = self.bitext.unlinked(self.pair, self.renderings, !chinese, other[there].clause);
            named.much("open there", count(open));
            named.flag("nothing open there", open == 0);
            let alone = one.answer == Answer::Nothing;
            let plain = one.mark == Mark::Denial;
            let clean = alone && here <= lone.at + 2 && anchor.score >= FOUND && !beside;
            named.flag("clean", clean);
            named.flag("clean and plain", clean && plain);
            named.flag("clean, nothing open there", clean && open == 0);
            named.flag("clean, none", clean && lone.others == 0 && lone.kindred == 0);
            named.flag("clean, all answered", clean && lone.loose == 0 && lone.kindred == 0);
            named.flag("clean, literal", clean && 3 * explained >= 2 * clause.len());
            let bare = |anchor: &Rendering| {
                let there = if chinese { anchor.en } else { anchor.zh };
                anchor.score >= FOUND && !marks.iter().any(|(at, _)| at.abs_diff(there) <= BESIDE)
            };
            named.flag("some clean", alone && lone.anchors.iter().any(bare));
            named.flag("all clean", alone && !lone.anchors.is_empty() && lone.anchors.iter().all(bare));
        } else {
            named.flag("no anchor", true);
        }
    }

    /// What a word denies and what renders that: the first word behind it that says something, or else the first.
    fn anchor(&self, lone: &Lone) -> Option<Rendering> {
        let says = |anchor: &&Rendering| self.bitext.is_content(self.pair, anchor);
        lone.anchors.iter().find(says).or(lone.anchors.first()).copied()
    }

    /// Whether a word or its rendering is a name: nothing is denied of one, it is the word behind it that is.
    fn is_name(&self, anchor: &Rendering) -> bool {
        let en = &self.pair.en[anchor.en];
        let begins = anchor.en == 0 || self.pair.en[anchor.en - 1].clause != en.clause;
        self.bitext.is_name(&self.pair.zh[anchor.zh]) || en.is_capital() && !begins
    }

    /// A denial in Chinese.
    fn chinese(&self, one: &Answered) -> Unanswered {
        let lone = &one.lone;
        let (pair, bitext, renderings) = (self.pair, self.bitext, self.renderings);
        let word = &pair.zh[lone.at];
        let has = |list: &[&str]| pair.zh.iter().any(|word| list.contains(&&*word.text));
        let next = pair.zh.get(lone.at + 1).filter(|next| next.clause == word.clause);
        // a word with a denial in it is rendered by what it means as a whole, or stands against what it denies
        let affirmed = || {
            let open = |en: &usize| renderings.iter().all(|link| link.en != *en);
            let against =
                (0..pair.en.len()).filter(open).find(|&en| negation::affirmed(word, &pair.en[en]))?;
            Some(Rendering { zh: lone.at, en: against, score: FOUND })
        };
        let inside = || renderings.iter().find(|link| link.zh == lone.at).copied();
        let whole = if lone.free { None } else { inside().or_else(affirmed) };
        let anchor = whole.or_else(|| self.anchor(lone));
        let mut named = Named { side: "zh", features: Features::new() };
        self.shared(one, true, anchor, &mut named);
        let is_head = negation::HEADS.contains(&&*word.text);
        let embedded = negation::HEADS.iter().any(|head| word.text.starts_with(head));
        let kind = match (lone.free, is_head) {
            (true, true) => word.text.as_str(),
            (true, false) => "free",
            (false, _) if embedded => "embedded",
            (false, _) => "within",
        };
        named.flag(kind, true);
        named.flag(&word.text, !is_head);
        named.flag("explicit", word.text.starts_with('未') && is_head);
        named.flag("head of two", is_head && word.text.chars().nth(1).is_some());
        named.flag("verb within", embedded && !lone.free && bitext.is_verb(word));
        named.flag(
            "affirmed",
            whole.is_some_and(|link| negation::affirmed(&pair.zh[link.zh], &pair.en[link.en])),
        );
        named.flag("asking", has(ASKING));
        named.flag("mended", has(MENDED));
        named.flag("less", LESS.contains(&&*word.text));
        named.flag("rather", word.text.starts_with("不是") && has(RATHER));
        named.flag("meek", next.is_some_and(|next| MEEK.contains(&&*next.text)));
        named.flag("prohibits", PROHIBITED.contains(&&*word.text));
        named.flag("two", negation::beside(&pair.zh, lone.at));
        named.flag("twofold", negation::twofold(&pair.zh, lone.at));
        named.flag("again", pair.zh.iter().filter(|other| other.text == word.text).count() > 1);
        named.flag("verb", next.is_some_and(|next| bitext.is_verb(next)));
        let open = negation::open(pair, renderings);
        named.flag("nothing open", open.is_empty());
        named.flag("bare", negation::marks(&pair.en, false).is_empty());
        let only = |&at: &usize| words!("only", en).contains(&&*pair.en[at].text);
        named.flag("only", !open.is_empty() && open.iter().all(only));
        if let Some(anchor) = anchor {
            let clause = pair.en[anchor.en].clause;
            named.flag("put off", puts_off(pair, clause, lone.at));
            let near = |&at: &usize| at.abs_diff(anchor.en) <= NEAR && pair.en[at].clause == clause;
            named.flag("open near", open.iter().any(near));
        }
        self.unanswered(true, one, anchor, named)
    }

    /// A denial in English.
    fn english(&self, one: &Answered) -> Unanswered {
        let lone = &one.lone;
        let (pair, bitext) = (self.pair, self.bitext);
        let word = &pair.en[lone.at];
        let mut named = Named { side: "en", features: Features::new() };
        self.shared(one, false, self.anchor(lone), &mut named);
        let kind = if word.text.ends_with("n't") { "not" } else { word.text.as_str() };
        named.flag(kind, true);
        named.flag("hard", negation::hard(pair).contains(&lone.at));
        named.flag("affixed", one.mark == Mark::Kindred && negation::is_affixed(&word.text));
        named.flag("idiom", idiom(pair, lone.at));
        named.flag("supposed", negation::is_supposed(pair, lone.at));
        named.flag("two", negation::twice(pair, lone.at));
        named.flag("all that", all_that(pair, &self.lone[1]));
        named.flag("governed", negation::is_governed(pair, lone.at));
        let title = lone.at > 0
            && pair.en[lone.at - 1].clause == word.clause
            && word.written.starts_with(char::is_uppercase);
        named.flag("title", title);
        let denies = |anchor: &Rendering| negation::denies(&pair.zh[anchor.zh]);
        named.flag("anchor denies", lone.anchors.iter().any(denies));
        let zh = bitext.span(bitext.zh, pair.link).map_or("", |span| bitext.text(bitext.zh, span));
        let said = lexicon::simplify(zh);
        named.flag("can deny", negation::can_deny(&said));
        named.flag("turned", said.contains(TURNED));
        if let Some(anchor) = self.anchor(lone) {
            let clause = pair.zh[anchor.zh].clause;
            let own: String =
                pair.zh.iter().filter(|word| word.clause == clause).map(|word| &*word.text).collect();
            named.flag("turned in clause", own.contains(TURNED));
            named.flag("can deny in clause", negation::can_deny(&own));
        }
        let denied = |anchor: &&Rendering| bitext.is_content(pair, anchor) && !self.is_name(anchor);
        let anchor = lone.anchors.iter().find(denied).copied();
        let mut found = self.unanswered(false, one, anchor, named);
        if self.is_plainly_added(lone, &said) {
            found.confidence = found.confidence.max(PLAIN);
        }
        found
    }

    /// Whether an English word does nothing but deny, and not one character of the Chinese can: whatever the words around
    /// it answer to, it answers to nothing. Of a free translation, in which few words are rendered one by one, that says
    /// nothing.
    fn is_plainly_added(&self, lone: &Lone, said: &str) -> bool {
        let (pair, bitext) = (self.pair, self.bitext);
        let word = &pair.en[lone.at];
        let plain = matches!(&*word.text, "not" | "cannot" | "never") || word.text.ends_with("n't");
        let content = pair.en.iter().filter(|word| !word.common).count();
        let rendered = self.renderings.iter().filter(|link| bitext.is_content(pair, link)).count();
        plain
            && negation::marks(&pair.zh, true).is_empty()
            && !negation::can_deny(said)
            && !said.contains(TURNED)
            && !idiom(pair, lone.at)
            && 3 * rendered >= content
    }

    fn unanswered(
        &self,
        chinese: bool,
        one: &Answered,
        anchor: Option<Rendering>,
        named: Named,
    ) -> Unanswered {
        let features = named.features;
        let confidence = WEIGHTS.confidence(&features);
        Unanswered {
            chinese,
            at: one.lone.at,
            is_alone: one.answer == Answer::Nothing,
            is_plain: one.mark == Mark::Denial,
            anchor,
            features,
            confidence,
        }
    }
}

/// Whether an English denial is part of an expression that Chinese says without one.
pub(crate) fn idiom(pair: &Pair, at: usize) -> bool {
    let text = |at: usize| pair.en.get(at).map_or("", |word| word.text.as_str());
    let (this, next) = (text(at), text(at + 1));
    let before = at.checked_sub(1).map_or("", text);
    let clause = pair.en[at].clause;
    let rest =
        || pair.en[at + 1..].iter().take_while(|word| word.clause == clause).map(|word| word.text.as_str());
    words!("before a denial that denies nothing", en).contains(&before)
        // not every household: how much it is said of, scope-mismatch tells
        || this == "not" && words!("all or every", en).contains(&next)
        || this == "none" && next == "the"
        || words!("behind a denial that denies nothing", en).contains(&next)
        || next == "hesitate" && text(at + 2) == "to"
        // never shown before, 首次展出
        || this == "never" && rest().any(|word| word == "before") && pair.zh.iter().any(is_first)
        || next == "to" && matches!(text(at + 2), "mention" | "say")
        || words!("comparative behind a denial", en).contains(&next)
            && (this == "no" || rest().any(|word| word == "than"))
        || matches!(rest().last(), Some("more" | "less" | "better")) // I couldn't agree more
        || next == "help" && (matches!(before, "can" | "could") || this != "not")
        || this == "no" && at + 1 < pair.en.len() && pair.en[at + 1].clause != clause
        || rest().any(|word| words!("exception", en).contains(&word))
        || this != "not" && rest().any(|word| matches!(word, "than" | "so"))
}

/// Whether a Chinese word says that something happens for the first time.
fn is_first(word: &Word) -> bool {
    words!("first time", zh).iter().any(|first| word.text.starts_with(first))
}

/// Whether English says by two denials what Chinese says of all: not a house that does not.
fn all_that(pair: &Pair, lone: &[Lone]) -> bool {
    let [one, other] = lone else { return false };
    let relative = |word: &Word| words!("relative pronoun", en).contains(&&*word.text) || word.text == "but";
    one.others == 0
        && pair.en[one.at].clause == pair.en[other.at].clause
        && one.at < other.at
        && pair.en[one.at..other.at].iter().any(relative)
}

/// Whether an English clause denies, or puts off, what it says by a word of which the Chinese has none, but for its word
/// at a place: 未能按时付款的, unless paid in time.
fn puts_off(pair: &Pair, clause: usize, but: usize) -> bool {
    let has = |list: &[&str]| (0..pair.zh.len()).any(|at| at != but && list.contains(&&*pair.zh[at].text));
    let own = |word: &&Word| word.clause == clause && UNLESS.contains(&&*word.text);
    pair.en.iter().filter(own).any(|word| match &*word.text {
        "unless" => !has(words!("unless", zh)),
        _ => !has(words!("put off", zh)),
    })
}
