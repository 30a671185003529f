//! Two things that have changed places: who does it to whom, from where to where, what is more than what, what comes
//! before what, whose is whose.
//!
//! Who does it to whom is told by the [roles](super::roles) of words in their clauses: where two words that are alike
//! each have the role in the English that the other one has in the Chinese, they are exchanged.
//!
//! The other relations have a first and a second party. Which words of a sentence name the one and which the other is
//! told by its markers (a table). Where a word of the first party is rendered by one of the second, and one of the second
//! by one of the first, and there is more of this than of the contrary, the two are exchanged.
//!
//! Where neither tells anything, two things that are alike are exchanged if what is around them [says so](super::standing).

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::View;
use super::families;
use super::negation;
use super::pair::{Bilingual, Pair, Read, Rendering, Word};
use super::roles::{self, Role};
use super::standing;
use super::substitutions;
use crate::align::tokens::TokenKind;
use crate::lexicon::{self, Kinds};
use crate::text::Span;
use crate::words::words;

/// What ties the two parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Relation {
    /// The first does something to, for or with the second.
    Acts,
    /// From the first to the second.
    Moves,
    /// The first is more, less or otherwise than the second.
    Compares,
    /// The first comes before the second.
    Precedes,
    /// The second belongs to the first.
    Owns,
    /// Each stands to the words around it as the other should, whatever that says.
    Stands,
}

/// Two things that have changed places.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    /// What ties them.
    pub(crate) relation: Relation,
    /// The Chinese words, the first party first, and what renders each.
    pub(crate) zh: [Span; 2],
    pub(crate) en: [Span; 2],
    /// Whether there is no doubt about what renders what.
    pub(crate) firm: bool,
    /// How sure it is, from 0 to 1.
    pub(crate) confidence: f64,
}

/// The words of the two parties, by their places.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Parties {
    first: Vec<usize>,
    second: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Party {
    First,
    Second,
    Neither,
}

/// A row of the table.
struct Marker {
    relation: Relation,
    chinese: bool,
    words: Vec<&'static str>,
    /// Whether it is the end of a longer word.
    ends: bool,
    /// The party; nothing where the marker only begins a phrase.
    party: Option<Party>,
    /// Whether the party stands before the marker.
    before: bool,
    /// Whether it tells steps, which go on beyond its clause: first, then.
    steps: bool,
    /// Whether what stands before it is the first step without saying so.
    then: bool,
}

/// The markers of one relation in one language: by their first words, and those that end longer words.
#[derive(Default)]
struct Markers {
    words: FxHashMap<&'static str, Vec<Marker>>,
    ends: Vec<Marker>,
}

static MARKERS: LazyLock<BTreeMap<(Relation, bool), Markers>> = LazyLock::new(|| {
    let rows = include_str!("exchanges.tsv").lines().filter(|row| !row.starts_with('#'));
    let markers = rows.filter_map(|row| {
        let [relation, language, words, party, stands] = row.split('\t').collect::<Vec<_>>()[..] else {
            return None;
        };
        Some(Marker {
            relation: match relation {
                "moves" => Relation::Moves,
                "compares" => Relation::Compares,
                "precedes" => Relation::Precedes,
                _ => return None,
            },
            chinese: language == "zh",
            words: words.trim_start_matches('-').split(' ').collect(),
            ends: words.starts_with('-'),
            party: match party {
                "first" => Some(Party::First),
                "second" => Some(Party::Second),
                "neither" => Some(Party::Neither),
                _ => None,
            },
            before: stands == "before",
            steps: matches!(stands, "both" | "then"),
            then: stands == "then",
        })
    });
    let mut all: BTreeMap<(Relation, bool), Markers> = BTreeMap::new();
    for marker in markers {
        let own = all.entry((marker.relation, marker.chinese)).or_default();
        match marker.ends {
            true => own.ends.push(marker),
            false => own.words.entry(marker.words[0]).or_default().push(marker),
        }
    }
    all
});

/// Whether an English word begins a phrase that names something.
fn determines(word: &str) -> bool {
    words!("determiner", en).contains(&word) || words!("quantifier", en).contains(&word)
}

/// The marker that begins at a word: the longest, or else one that the word ends in.
fn marker(of: &'static Markers, words: &[Word], at: usize) -> Option<&'static Marker> {
    let text = &*words[at].text;
    let begins = |marker: &&Marker| {
        let rest = &words[at..];
        rest.len() >= marker.words.len() && marker.words.iter().zip(rest).all(|(one, word)| *one == word.text)
    };
    let whole = of.words.get(text).into_iter().flatten().filter(begins);
    let ends =
        |marker: &&Marker| marker.words.iter().all(|end| text.len() > end.len() && text.ends_with(end));
    whole.max_by_key(|marker| marker.words.len()).or_else(|| of.ends.iter().rfind(ends))
}

/// Links less sure than this may join what does not belong together.
const SOLID: f64 = 0.6;
/// Words with a link less sure than this may not render each other.
const RENDERS: f32 = 0.2;
/// Words with a link as sure as this surely do.
const SURELY: f32 = 0.3;
/// How sure it is that two names of one thing render each other.
const NAMED: f32 = 0.9;
/// How much more must be exchanged than kept.
const MORE: f32 = 1.5;

/// All exchanges of a bitext of Chinese and English, in the order of its links; none for other languages.
pub(crate) fn all(view: &View) -> Vec<Exchange> {
    let Some(bitext) = Bilingual::of(view) else { return Vec::new() };
    let pairs = bitext.translations(SOLID);
    let text = &view.document(bitext.zh).text;
    pairs.flat_map(|pair| of_pair(text, &bitext, &pair)).collect()
}

/// How each two things stand that are alike and may have changed places.
pub fn alike(view: &View) -> Vec<standing::Features> {
    let Some(bitext) = Bilingual::of(view) else { return Vec::new() };
    let text = &view.document(bitext.zh).text;
    let of = |pair: Read| standing::of_pair(&bitext, &pair, &substitutions::named(text, &pair));
    bitext.translations(SOLID).flat_map(of).map(|(_, features)| features).collect()
}

fn of_pair(text: &str, bitext: &Bilingual, pair: &Pair) -> Vec<Exchange> {
    let values = |link: &Rendering| {
        pair.zh[link.zh].kind == TokenKind::Value || pair.en[link.en].kind == TokenKind::Value
    };
    let says = |link: &&Rendering| link.score >= RENDERS && bitext.is_content(pair, link) && !values(link);
    let mut content: Vec<Rendering> = bitext.renderings(pair).iter().filter(says).copied().collect();
    // 甲方 and "Party A" render each other, whatever 甲方 and "Party" do
    let named = substitutions::named(text, pair);
    for (zh, en) in &named {
        content.retain(|link| link.zh != *zh && !en.contains(&link.en));
        content.push(Rendering { zh: *zh, en: en.start, score: NAMED });
    }
    if content.len() < 2 {
        return Vec::new();
    }
    let mut found: Vec<Exchange> = Vec::new();
    found.extend(parts(bitext, pair, &named));
    for relation in [Relation::Moves, Relation::Compares, Relation::Precedes] {
        let zh = marked(relation, &pair.zh, true);
        let both = zh.and_then(|zh| Some((zh, marked(relation, &pair.en, false)?)));
        if let Some(((zh, steps), (en, en_steps))) = both {
            // before and after by themselves are marks of order, and told as such
            if relation == Relation::Precedes && !steps && !en_steps {
                continue;
            }
            found.extend(exchange(pair, &content, &named, relation, &zh, &en));
        }
    }
    for zh in owners(&pair.zh, true) {
        for en in owners(&pair.en, false) {
            found.extend(exchange(pair, &content, &named, Relation::Owns, &zh, &en));
        }
    }
    if found.is_empty()
        && let Some((links, margin)) = standing::exchanged(bitext, pair, &named)
    {
        found.push(told(pair, &named, Relation::Stands, links, margin < standing::SURE));
    }
    // one pair of things is told once
    let mut told: Vec<Exchange> = Vec::new();
    for one in found {
        let known = |other: &Exchange| one.zh.iter().any(|span| other.zh.contains(span));
        if !told.iter().any(known) {
            told.push(one);
        }
    }
    told
}

/// Two links are enough if they are as sure as this together.
const TOGETHER: f32 = 0.5;
/// Words with a link less sure than this do not render each other.
const FAINT: f32 = 0.15;

/// In sentences of more links nobody does anything to anybody: they are tables and lists.
const MANY: usize = 150;
/// So many other places of a word are looked at.
const TIMES: usize = 4;

/// What renders what, and what would if the same words did that stand elsewhere; no faint links.
fn again(pair: &Pair, renderings: &[Rendering]) -> Vec<Rendering> {
    let links = || renderings.iter().filter(|link| link.score >= FAINT);
    let mut all: Vec<Rendering> = links().copied().collect();
    let others = |words: &[Word], at: usize| -> Vec<usize> {
        let same = (0..words.len()).filter(|&other| other != at && words[other].id == words[at].id);
        same.take(TIMES).collect()
    };
    for link in links() {
        let (zh, en) = (others(&pair.zh, link.zh), others(&pair.en, link.en));
        all.extend(zh.iter().map(|&zh| Rendering { zh, ..*link }));
        all.extend(en.iter().map(|&en| Rendering { en, ..*link }));
        all.extend(zh.iter().flat_map(|&zh| en.iter().map(move |&en| Rendering { zh, en, ..*link })));
    }
    all
}

/// A Chinese word and what renders it, and what kinds of things they name.
struct Thing {
    link: Rendering,
    kinds: u8,
}

impl Thing {
    /// Whether it may have changed places with another one, whatever part each has.
    fn may_change(&self, other: &Thing, pair: &Pair) -> bool {
        let clauses = |link: &Rendering| (pair.zh[link.zh].clause, pair.en[link.en].clause);
        let (one, another) = (&pair.zh[self.link.zh], &pair.zh[other.link.zh]);
        clauses(&self.link) == clauses(&other.link)
            && self.link.score + other.link.score >= TOGETHER
            && one.id != another.id
            && roles::are_alike(self.kinds, other.kinds)
            && !akin(&one.text, &another.text)
    }

    /// Whether it may have changed places with what nothing renders.
    fn may_change_alone(&self, pair: &Pair) -> bool {
        pair.zh[self.link.zh].text.starts_with(lexicon::is_han)
            && self.link.score >= SURELY
            && roles::are_alike(self.kinds, Kinds::ACTOR | Kinds::PLACE)
    }
}

/// The part that a thing has in the Chinese, and in the English.
struct Part {
    thing: Thing,
    zh: Role,
    en: Role,
}

/// Two words of a clause each of which has the part in the English that the other one has in the Chinese.
fn parts(bitext: &Bilingual, pair: &Pair, names: &[(usize, Range<usize>)]) -> Option<Exchange> {
    let renderings = bitext.renderings(pair);
    if renderings.len() + names.len() > MANY {
        return None;
    }
    let name = |link: &Rendering| names.iter().any(|(zh, en)| *zh == link.zh || en.contains(&link.en));
    let plain = again(pair, renderings).into_iter().filter(|link| {
        let (one, other) = (&pair.zh[link.zh], &pair.en[link.en]);
        !name(link)
            && other.kind == TokenKind::Word
            && !roles::brings_in(&other.text)
            && bitext.is_content(pair, link)
            && (bitext.may_be_thing(one) || roles::is_person(other))
            && !negation::is_denial(&one.text)
    });
    let plain =
        plain.map(|link| Thing { link, kinds: roles::kinds(bitext, &pair.zh[link.zh], &pair.en[link.en]) });
    let named = names.iter().map(|(zh, en)| Rendering { zh: *zh, en: en.start, score: NAMED });
    let things: Vec<Thing> = plain.chain(named.map(|link| Thing { link, kinds: Kinds::ACTOR })).collect();
    let with_another = |at: usize| things[at + 1..].iter().any(|other| things[at].may_change(other, pair));
    if !(0..things.len()).any(|at| things[at].may_change_alone(pair) || with_another(at)) {
        return None;
    }
    let (zh, en) = (roles::chinese(bitext, pair, renderings), roles::english(bitext, pair, renderings));
    let part = |thing: Thing| {
        let link = thing.link;
        Some(Part { thing, zh: zh[link.zh]?, en: en[link.en]? })
    };
    let parties: Vec<Part> = things.into_iter().filter_map(part).collect();
    let whole = both(bitext, pair, &parties);
    let ([one, other], [first, second], firm) = match whole {
        Some([one, other]) => {
            let links = [one.thing.link, other.thing.link];
            (links, [one.zh, other.zh], links.iter().all(|link| link.score >= RENDERS))
        }
        None => {
            let (party, other, role) = parties.iter().find_map(|party| {
                let (other, role) = half(bitext, pair, party, [&zh, &en])?;
                Some((party, other, role))
            })?;
            ([party.thing.link, other], [party.zh, role], true)
        }
    };
    let relation = match (first, second) {
        (Role::Source | Role::Goal, _) | (_, Role::Source | Role::Goal) => Relation::Moves,
        (Role::Standard, _) | (_, Role::Standard) => Relation::Compares,
        _ => Relation::Acts,
    };
    Some(told(pair, names, relation, [one, other], firm))
}

/// Two parties that are exchanged.
fn both<'p>(bitext: &Bilingual, pair: &Pair, parties: &'p [Part]) -> Option<[&'p Part; 2]> {
    let renderings = bitext.renderings(pair);
    let clauses = |link: &Rendering| (pair.zh[link.zh].clause, pair.en[link.en].clause);
    let met = |link: &Rendering| renderings.iter().any(|known| (known.zh, known.en) == (link.zh, link.en));
    // of words that stand several times it is not known which belong together, unless others tie their clauses to each
    // other and to none as much
    let tied = |one: &Rendering, other: &Rendering| {
        let says = |link: &&Rendering| {
            bitext.is_content(pair, link)
                && [one, other].iter().all(|party| party.zh != link.zh && party.en != link.en)
        };
        let all: Vec<(usize, usize)> = renderings.iter().filter(says).map(clauses).collect();
        let (zh, en) = clauses(one);
        let shared = |these: (usize, usize)| all.iter().filter(|those| **those == these).count();
        let own = shared((zh, en));
        let less =
            |&(of_zh, of_en): &(usize, usize)| (of_zh == zh) == (of_en == en) || shared((of_zh, of_en)) < own;
        own > 0 && all.iter().all(less)
    };
    let exchanged = |one: &Part, other: &Part| {
        let (first, second) = (&one.thing.link, &other.thing.link);
        one.thing.may_change(&other.thing, pair)
            && one.zh != other.zh
            && one.en != other.en
            && one.zh.may_be(other.en)
            && other.zh.may_be(one.en)
            && !one.zh.may_be(one.en)
            && !other.zh.may_be(other.en)
            && (met(first) && met(second) || tied(first, second))
    };
    let mut pairs = parties
        .iter()
        .enumerate()
        .flat_map(|(at, one)| parties[at + 1..].iter().map(move |other| [one, other]));
    pairs.find(|[one, other]| exchanged(one, other))
}

/// Whether one word is part of the other: 欧 of 欧洲.
fn akin(one: &str, other: &str) -> bool {
    one.contains(other) || other.contains(one)
}

/// What a party has changed places with, where nothing is known of that on either side: the one word of its clause that
/// has the part which the party has on the other side.
fn half(
    bitext: &Bilingual,
    pair: &Pair,
    party: &Part,
    [zh, en]: [&[Option<Role>]; 2],
) -> Option<(Rendering, Role)> {
    let link = party.thing.link;
    if party.zh.may_be(party.en) || !party.thing.may_change_alone(pair) {
        return None;
    }
    let renderings = bitext.renderings(pair);
    let open = |chinese: bool, at: usize| {
        !renderings.iter().any(|link| link.score >= RENDERS && at == if chinese { link.zh } else { link.en })
    };
    let mut ours = (0..pair.zh.len()).filter(|&at| {
        let word = &pair.zh[at];
        word.clause == pair.zh[link.zh].clause
            && open(true, at)
            && word.text.starts_with(lexicon::is_han)
            && roles::is_chinese_person(bitext, word)
            && word.text.chars().nth(1).is_some()
            && zh[at].is_some_and(|role| role.may_be(party.en) && !role.may_be(party.zh))
    });
    let (zh_at, None) = (ours.next()?, ours.next()) else { return None };
    let mut theirs = (0..pair.en.len()).filter(|&at| {
        let word = &pair.en[at];
        word.clause == pair.en[link.en].clause
            && open(false, at)
            && !word.common
            && word.kind == TokenKind::Word
            && roles::is_person(word)
            && en[at].is_some_and(|role| party.zh.may_be(role) && role != party.en)
    });
    let (en_at, None) = (theirs.next()?, theirs.next()) else { return None };
    Some((Rendering { zh: zh_at, en: en_at, score: 0.0 }, zh[zh_at]?))
}

/// The words of each party.
fn split(of: &[Option<Party>]) -> Parties {
    let mut parties = Parties::default();
    for (at, party) in of.iter().enumerate() {
        match party {
            Some(Party::First) => parties.first.push(at),
            Some(Party::Second) => parties.second.push(at),
            Some(Party::Neither) | None => {}
        }
    }
    parties
}

/// How many words after a marker of a place name it.
const PLACE: usize = 3;

/// The parties of a relation that markers tell, in linked sentences, and whether markers of steps (first, then) are
/// among these; nothing where they tell none.
fn marked(relation: Relation, words: &[Word], chinese: bool) -> Option<(Parties, bool)> {
    let markers = MARKERS.get(&(relation, chinese))?;
    let mut of: Vec<Option<Party>> = vec![None; words.len()];
    let mut told_by: Vec<&Marker> = Vec::new();
    let (mut now, mut phrase, mut since): (Option<&Marker>, usize, usize) = (None, 0, 0);
    for at in 0..words.len() {
        let parted = at > 0 && words[at].clause != words[at - 1].clause;
        if parted {
            phrase = at;
            now = now.filter(|marker| marker.steps);
        }
        match marker(markers, words, at).filter(|marker| !idle(marker, words, at)) {
            Some(marker) => {
                let Some(party) = marker.party else {
                    phrase = at + 1;
                    continue;
                };
                told_by.push(marker);
                if marker.before {
                    of[phrase..at].iter_mut().for_each(|slot| *slot = Some(party));
                    phrase = at + 1;
                    now = None;
                } else {
                    now = Some(marker);
                    since = at;
                }
            }
            None => {
                if relation != Relation::Moves || at <= since + PLACE {
                    of[at] = now.and_then(|marker| marker.party);
                }
            }
        }
    }
    let of_party = |party: Party| told_by.iter().any(|marker| marker.party == Some(party));
    let alone = !of_party(Party::First) || !of_party(Party::Second);
    if alone
        && told_by.iter().all(|marker| marker.then)
        && let Some(first) = of.iter().position(Option::is_some)
    {
        of[..first].fill(Some(Party::First));
        return Some((split(&of), true)).filter(|(parties, _)| !parties.first.is_empty());
    }
    if told_by.is_empty() || alone && told_by.iter().any(|marker| marker.steps) {
        return None;
    }
    // what no marker brings in is the other party, but of places
    let told = |party: Party| of.contains(&Some(party));
    let rest = match (told(Party::First), told(Party::Second)) {
        _ if relation == Relation::Moves => None,
        (true, false) => Some(Party::Second),
        (false, true) => Some(Party::First),
        _ => None,
    };
    let parties = split(&of.into_iter().map(|party| party.or(rest)).collect::<Vec<_>>());
    let steps = told_by.iter().any(|marker| marker.steps);
    (!parties.first.is_empty() && !parties.second.is_empty()).then_some((parties, steps))
}

/// Whether a marker tells no order here: 创建后的修改, three years ago, the first, "(shake well first)".
fn idle(marker: &Marker, words: &[Word], at: usize) -> bool {
    let clause = words[at].clause;
    let next = words.get(at + 1).filter(|word| word.clause == clause);
    let before = at.checked_sub(1).map(|before| &words[before]).filter(|word| word.clause == clause);
    let value = before.is_some_and(|word| word.kind == TokenKind::Value);
    let noun = before.is_some_and(|word| determines(&word.text));
    match marker.relation {
        Relation::Precedes if marker.before => value || next.is_some_and(|word| &*word.text == "的"),
        Relation::Precedes if marker.steps && !marker.chinese => {
            marker.party == Some(Party::First) && (next.is_none() || noun)
        }
        _ => false,
    }
}

/// People, of whom it matters whose is whose; of things it is too often put either way.
const PEOPLE: [&str; 8] = [
    "relative",
    "profession",
    "office",
    "person",
    "state-office",
    "personal-title",
    "age-group",
    "reader-part",
];

/// Whether an English word names a person by what they are.
fn is_person(word: &Word) -> bool {
    families::english(&[word.written.as_ref()]).is_some_and(|(_, places)| {
        places.iter().any(|place| PEOPLE.contains(&families::families()[place.0].name))
    })
}

/// Each owner and what is its own: A的B, A's B, B of A.
fn owners(words: &[Word], chinese: bool) -> Vec<Parties> {
    let says = |at: usize| !words[at].common && words[at].kind == TokenKind::Word;
    let mut found = Vec::new();
    for at in 0..words.len() {
        let here = &words[at];
        let together =
            |other: usize| words.get(other).is_some_and(|word| word.clause == here.clause) && says(other);
        let after = |skip: usize| (at + 1..words.len().min(at + 2 + skip)).find(|&next| together(next));
        let before = at.checked_sub(1).filter(|&before| together(before));
        let (owner, own) = if chinese && &*here.text == "的" {
            (before, after(0))
        } else if !chinese && &*here.text == "of" {
            let last = (at + 1..words.len())
                .take_while(|&next| words[next].clause == here.clause && words[next].text != "of");
            let last = last.skip_while(|&next| !says(next)).take_while(|&next| says(next)).last();
            (last, before)
        } else if !chinese && (here.text.ends_with("'s") || here.text.ends_with("’s")) {
            (Some(at), after(1))
        } else {
            continue;
        };
        if let (Some(owner), Some(own)) = (owner, own) {
            found.push(Parties { first: vec![owner], second: vec![own] });
        }
    }
    found
}

/// The last word of a Chinese party and of an English one that say something and of which nothing is known.
fn unknown(pair: &Pair, links: &[Rendering], zh: &[usize], en: &[usize]) -> Option<Rendering> {
    let says = |word: &Word| word.kind == TokenKind::Word && !word.common;
    let long = |word: &Word| word.text.chars().nth(1).is_some();
    let mut zh = zh.iter().copied().filter(|&at| says(&pair.zh[at]) && long(&pair.zh[at]));
    let mut en = en.iter().copied().filter(|&at| says(&pair.en[at]));
    Some(Rendering {
        zh: zh.rfind(|at| links.iter().all(|link| link.zh != *at))?,
        en: en.rfind(|at| links.iter().all(|link| link.en != *at))?,
        score: 0.0,
    })
}

/// What has changed places between the parties of the two sides.
fn exchange(
    pair: &Pair,
    links: &[Rendering],
    named: &[(usize, Range<usize>)],
    relation: Relation,
    zh: &Parties,
    en: &Parties,
) -> Option<Exchange> {
    // a word that both parties have says nothing of either, unless it is part of a name: Party A, Party B
    let only = |chinese: bool, party: &[usize], other: &[usize]| -> Vec<usize> {
        let words = if chinese { &pair.zh } else { &pair.en };
        let name = |at: usize| named.iter().any(|(zh, en)| at == if chinese { *zh } else { en.start });
        let met = |at: &usize| {
            other.iter().all(|&there| words[there].id != words[*at].id || name(*at) && name(there))
        };
        party.iter().copied().filter(met).collect()
    };
    let [zh, en] = [(zh, true), (en, false)].map(|(parties, chinese)| Parties {
        first: only(chinese, &parties.first, &parties.second),
        second: only(chinese, &parties.second, &parties.first),
    });
    // words that render each other anywhere in the sentences do so here
    let best = |from: &[usize], to: &[usize]| {
        let (mut sum, mut best): (f32, Option<Rendering>) = (0.0, None);
        for (&zh, &en) in from.iter().flat_map(|zh| to.iter().map(move |en| (zh, en))) {
            // what denies is no party of anything
            if negation::is_denial(&pair.zh[zh].text) || negation::is_denial(&pair.en[en].text) {
                continue;
            }
            let name = named.iter().any(|one| one.0 == zh || one.1.start == en);
            let same = |link: &&Rendering| {
                (link.zh, link.en) == (zh, en)
                    || !name && pair.zh[link.zh].id == pair.zh[zh].id && pair.en[link.en].id == pair.en[en].id
            };
            let Some(link) = links.iter().find(same) else { continue };
            sum += link.score;
            if best.is_none_or(|known| known.score < link.score) {
                best = Some(Rendering { zh, en, score: link.score });
            }
        }
        (sum, best)
    };
    let (there, first) = best(&zh.first, &en.second);
    let (back, second) = best(&zh.second, &en.first);
    let kept = best(&zh.first, &en.first).0 + best(&zh.second, &en.second).0;
    let half = first.is_none() || second.is_none();
    // where from and where to: the one has surely changed places, and nothing is known of the other on either side
    let alone = relation == Relation::Moves && kept == 0.0 && there.max(back) >= SURELY;
    let (first, second) = match (first, second) {
        (Some(first), Some(second)) => (first, second),
        (Some(first), None) if alone => (first, unknown(pair, links, &zh.second, &en.first)?),
        (None, Some(second)) if alone => (unknown(pair, links, &zh.first, &en.second)?, second),
        _ => return None,
    };
    if there + back < MORE * kept
        || relation == Relation::Owns && ![first.en, second.en].iter().all(|&at| is_person(&pair.en[at]))
    {
        return None;
    }
    let firm = !half && first.score >= SURELY && second.score >= SURELY && there + back >= 2.0 * MORE * kept;
    Some(told(pair, named, relation, [first, second], firm))
}

/// An exchange of two Chinese words and what renders each.
fn told(
    pair: &Pair,
    named: &[(usize, Range<usize>)],
    relation: Relation,
    [first, second]: [Rendering; 2],
    firm: bool,
) -> Exchange {
    Exchange {
        relation,
        zh: [pair.zh[first.zh].span, pair.zh[second.zh].span],
        en: [first.en, second.en].map(|at| {
            let name = named.iter().find(|(_, en)| en.start == at);
            pair.en[at].span.join(pair.en[name.map_or(at, |(_, en)| en.end - 1)].span)
        }),
        firm,
        confidence: if firm { 0.85 } else { 0.6 },
    }
}
