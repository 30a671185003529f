//! What part a word takes in its clause: who acts, on what, for whom, from where and to where, against what.
//!
//! A word has the role that the nearest marker before it gives: a preposition or a verb, or, where there is none, the
//! beginning of the clause. So all words of a phrase share its role, and no grammar is needed but the order of words.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::marks::PARTICIPLES;
use super::pair::{Bilingual, Pair, Rendering, Word};
use crate::align::tokens::TokenKind;
use crate::lexicon::{self, Kinds};
use crate::words::words;

/// The part of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Who does it.
    Actor,
    /// What it is done to.
    Object,
    /// For whom, or at whom.
    Recipient,
    /// From where.
    Source,
    /// To where.
    Goal,
    /// What it is compared with.
    Standard,
}

impl Role {
    /// Whether a Chinese phrase with this role may have the other one in English.
    pub(super) fn may_be(self, english: Role) -> bool {
        match (self, english) {
            _ if self == english => true,
            // to give somebody something, 对…进行
            (Role::Object, Role::Recipient) | (Role::Recipient, Role::Object) => true,
            // "to" brings in both, and one enters a place
            (Role::Goal, Role::Recipient | Role::Object) | (Role::Recipient, Role::Goal) => true,
            _ => false,
        }
    }
}

/// The markers of a language with the role that each gives to what it brings in.
type Markers = FxHashMap<&'static str, Option<Role>>;

static MARKERS: LazyLock<[Markers; 2]> = LazyLock::new(|| {
    let of = |classes: &[(&[&'static str], Option<Role>)]| {
        classes.iter().flat_map(|(words, role)| words.iter().map(|word| (*word, *role))).collect()
    };
    let zh = of(&[
        (words!("brings in an actor", zh), Some(Role::Actor)),
        (words!("brings in an object", zh), Some(Role::Object)),
        (words!("brings in a recipient", zh), Some(Role::Recipient)),
        (words!("brings in a source", zh), Some(Role::Source)),
        (words!("brings in a goal", zh), Some(Role::Goal)),
        (words!("brings in a standard", zh), Some(Role::Standard)),
        (words!("brings in a circumstance", zh), None),
    ]);
    let en = of(&[
        (words!("brings in an actor", en), Some(Role::Actor)),
        (words!("brings in a recipient", en), Some(Role::Recipient)),
        (words!("brings in a source", en), Some(Role::Source)),
        (words!("brings in a standard", en), Some(Role::Standard)),
        (words!("brings in a circumstance", en), None),
    ]);
    [zh, en]
});

/// The role that a marker gives to what it brings in, which may be none; nothing of other words.
fn preposition(word: &str, chinese: bool) -> Option<Option<Role>> {
    MARKERS[usize::from(!chinese)].get(word).copied()
}

/// What a word brings in.
pub(super) enum Marker {
    /// Whoever has a part.
    Role(Role),
    /// How, when or where it is done.
    Circumstance,
}

/// What a word brings in, if it is one that does.
pub(super) fn marker(word: &str, chinese: bool) -> Option<Marker> {
    preposition(word, chinese).map(|role| role.map_or(Marker::Circumstance, Marker::Role))
}

/// Whether an English word only brings in what follows: after, for.
pub(super) fn brings_in(english: &str) -> bool {
    preposition(english, false).is_some()
}

/// The role of each Chinese word of linked sentences; none where its phrase has no part of its own.
pub(super) fn chinese(bitext: &Bilingual, pair: &Pair, renderings: &[Rendering]) -> Vec<Option<Role>> {
    let words = &pair.zh;
    let rendered = |at: usize| renderings.iter().find(|link| link.zh == at && link.score >= SURE);
    let verbs: Vec<bool> = (0..words.len())
        .map(|at| {
            let text = &*words[at].text;
            let ends = text.chars().nth(2).is_some() && text.ends_with(['给', '于']);
            let english = rendered(at).map(|link| &pair.en[link.en]);
            // 编辑 and 住持 are verbs to the lexicon, and may be persons; 借款 and 出售 are nouns
            let person = || english.is_some_and(is_person);
            let does = || bitext.is_noun(&words[at]) && english.is_some_and(|word| is_mostly_verb(word));
            !is_copula(text) && (ends || bitext.is_verb(&words[at]) && !person() || does())
        })
        .collect();
    let clause = |at: usize| words[at].clause;
    let actor = |at: usize| {
        // 由昆明始发: from where, not by whom
        let place = words.get(at + 1).is_some_and(|next| bitext.is_place(next));
        preposition(&words[at].text, true) == Some(Some(Role::Actor)) && !place
    };
    let roles: Vec<Option<Option<Role>>> = (0..words.len())
        .map(|at| {
            let word = &*words[at].text;
            match preposition(word, true) {
                Some(Some(Role::Actor)) if !actor(at) => Some(Some(Role::Source)),
                Some(role) => Some(role),
                // 是外甥收留了舅舅: what opens a clause ties nothing
                None if is_copula(word) => (at > 0 && clause(at - 1) == clause(at)).then_some(None),
                None => verbs[at].then(|| Some(behind_verb(word))),
            }
        })
        .collect();
    (0..words.len())
        .map(|at| {
            if verbs[at] {
                return None;
            }
            let next = words.get(at + 1).filter(|next| next.clause == clause(at));
            // 机房中, 会后: where and when
            if next.is_some_and(|next| words!("behind a place or a time", zh).contains(&&*next.text)) {
                return None;
            }
            let within = |place: &usize| clause(*place) == clause(at);
            let before = |from: usize| (0..from).rev().take_while(within);
            let known = match described(words, &verbs, at) {
                Described::Not => before(at).find_map(|place| roles[place]),
                // 向饱受战乱的国家: what stands right before the verb brings in what is described
                Described::By(verb) if opens(words, verb) => roles[verb - 1],
                // other prepositions before the verb are of its clause
                Described::By(verb) => {
                    before(verb).filter(|&place| verbs[place]).find_map(|place| roles[place])
                }
                Described::Perhaps => return None,
            };
            if let Some(role) = known {
                return role;
            }
            let behind = || (at + 1..words.len()).take_while(|place| clause(*place) == clause(at));
            // 本公司接获股东通知: whoever gets it does nothing
            let receives = |place: usize| words!("receives", zh).contains(&&*words[place].text);
            let does = behind().any(|place| verbs[place]) && !behind().any(receives);
            let actor = |place: usize| roles[place] == Some(Some(Role::Actor));
            does.then(|| if behind().any(actor) { Role::Object } else { Role::Actor })
        })
        .collect()
}

/// Whether a Chinese word says that one thing is another, is with it, or is beaten by it: nobody acts on anybody.
fn is_copula(word: &str) -> bool {
    word.ends_with('是')
        || words!("verb of either party", zh).contains(&word)
        || words!("loses", zh).contains(&word)
}

/// Whether a clause with a verb of its own describes a word.
enum Described {
    Not,
    /// The verb with which that clause begins.
    By(usize),
    /// 采用译者的建议, 采用新法的工厂: there is no telling.
    Perhaps,
}

/// Whether a preposition that brings in no actor stands right before a word of its clause.
fn opens(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &words[before]);
    let before = before.filter(|before| before.clause == words[at].clause);
    before.and_then(|before| preposition(&before.text, true)).is_some_and(|role| role != Some(Role::Actor))
}

fn described(words: &[Word], verbs: &[bool], at: usize) -> Described {
    let is = |at: usize, text: &str| words.get(at).is_some_and(|word| &*word.text == text);
    let clause = words[at].clause;
    let Some(last) = at.checked_sub(2).filter(|_| is(at - 1, "的")) else { return Described::Not };
    let mut before = (0..=last).rev().take_while(|place| words[*place].clause == clause);
    match before.find(|place| verbs[*place]) {
        None => Described::Not,
        Some(verb) if verb == last || is(verb + 1, "在") || opens(words, verb) => Described::By(verb),
        Some(verb) if ["了", "着", "过"].iter().any(|aspect| is(verb + 1, aspect)) => Described::Not,
        Some(_) => Described::Perhaps,
    }
}

/// The role of what follows a Chinese verb, by what the verb ends in.
fn behind_verb(verb: &str) -> Role {
    let end = verb.char_indices().nth(1).and_then(|_| verb.chars().next_back());
    match end {
        Some('给' | '向') => Role::Recipient,
        Some('到' | '至' | '往' | '进' | '入' | '于') => Role::Goal,
        _ => Role::Object,
    }
}

/// The role of each English word of linked sentences; none where its phrase has no part of its own.
pub(super) fn english(bitext: &Bilingual, pair: &Pair, renderings: &[Rendering]) -> Vec<Option<Role>> {
    let words = &pair.en;
    let verbs: Vec<bool> = (0..words.len()).map(|at| is_english_verb(bitext, pair, renderings, at)).collect();
    let stems: Vec<_> = words.iter().map(Word::stem).collect();
    let is = |class: &[&str], at: usize| class.contains(&&*words[at].text);
    let helps =
        |at: usize| is(words!("be", en), at) || is(words!("have", en), at) || is(words!("auxiliary", en), at);
    let clause = |at: usize| words[at].clause;
    let passive = |verb: usize| {
        let near = verb.saturating_sub(AUXILIARY)..verb;
        is_participle(&words[verb].text)
            && near.into_iter().any(|at| clause(at) == clause(verb) && is(words!("be", en), at))
    };
    let begins_phrase = |at: usize| {
        let before = at.checked_sub(1).filter(|&before| clause(before) == clause(at));
        let noun = |before: usize| !words[before].common && !verbs[before];
        let named = |before: usize| words[at].is_capital() && !words[before].is_capital();
        before.is_some_and(|before| noun(before) && (is(words!("determiner", en), at) || named(before)))
    };
    (0..words.len())
        .map(|at| {
            if verbs[at] {
                return None;
            }
            // "after the match the coach": a phrase that begins behind another one
            let mut apart = false;
            for place in (0..at).rev().take_while(|place| clause(*place) == clause(at)) {
                if is(words!("relative pronoun", en), place) {
                    return None;
                }
                apart |= begins_phrase(place);
                if let Some(role) = preposition(&words[place].text, false) {
                    if apart && (place == 0 || clause(place - 1) != clause(place)) {
                        break;
                    }
                    // "to do": what comes behind the verb has met the verb already
                    let verb = verbs.get(place + 1).copied().unwrap_or(false);
                    // "gave way to", "owes much to": whoever gets the better of it
                    let won = role == Some(Role::Recipient)
                        && (place.saturating_sub(WON)..place)
                            .any(|before| words!("brings in whoever wins", en).contains(&&*stems[before]));
                    // by the stairs, by Friday: how and when
                    let person = role != Some(Role::Actor) || may_act(&words[at]);
                    return role.filter(|_| !verb && person && !won);
                }
                if verbs[place] {
                    return (!passive(place)).then_some(Role::Object);
                }
                if helps(place) {
                    // "it is the uncle who": whoever does it
                    let cleft = place > 0 && &*words[place - 1].text == "it";
                    return cleft.then_some(Role::Actor);
                }
            }
            let mut behind = (at + 1..words.len()).take_while(|place| clause(*place) == clause(at));
            let verb = behind.find(|place| verbs[*place])?;
            // "this curve is the measurement": nobody does anything
            let copula = (at + 1..verb).find(|place| is(words!("be", en), *place));
            if copula.is_some_and(|be| verb - be > AUXILIARY) {
                return None;
            }
            Some(if passive(verb) { Role::Object } else { Role::Actor })
        })
        .collect()
}

/// How far before "to" a verb may stand after which it brings in the winner, in words.
const WON: usize = 3;
/// How far behind an auxiliary its verb may stand, in words.
const AUXILIARY: usize = 3;

fn is_participle(word: &str) -> bool {
    word.ends_with("ed") || PARTICIPLES.contains(word)
}

/// Whether an English word is a verb here: by the Chinese one that it renders, or else by what it mostly is.
pub(super) fn is_english_verb(bitext: &Bilingual, pair: &Pair, renderings: &[Rendering], at: usize) -> bool {
    let word = &pair.en[at];
    if word.common
        || word.kind != TokenKind::Word
        || at > 0 && words!("determiner", en).contains(&&*pair.en[at - 1].text)
    {
        return false;
    }
    let rendered = renderings.iter().find(|link| link.en == at && link.score >= SURE);
    match rendered.map(|link| &pair.zh[link.zh]) {
        Some(zh) => is_mostly_verb(word) || bitext.is_verb(zh) && !is_person(word),
        None => is_mostly_verb(word) || is_participle(&word.text),
    }
}

fn is_mostly_verb(word: &Word) -> bool {
    lexicon::kinds(&word.stem()).are(Kinds::VERB)
}

/// Whether an English word may name who acts: a person, or something unknown.
fn may_act(word: &Word) -> bool {
    let kinds = lexicon::kinds(&word.stem());
    kinds.is_none() || kinds.are(Kinds::ACTOR | Kinds::ADJECTIVE)
}

/// Whether a word is one with an auxiliary: we've.
fn is_contracted(word: &Word) -> bool {
    word.text.contains(['\'', '’']) && !word.text.ends_with("'s") && !word.text.ends_with("’s")
}

/// A word with a link at least this sure is what the other one is.
const SURE: f32 = 0.2;

/// Whether an English word names persons and nothing else, or is a name.
pub(super) fn is_person(word: &Word) -> bool {
    let stem = word.stem();
    lexicon::kinds(&stem) == Kinds(Kinds::ACTOR)
        || word.is_capital() && lexicon::stem_id(&stem).is_none() && !is_contracted(word)
}

/// Whether a Chinese word may name persons: a name, or one with a gloss that does.
pub(super) fn is_chinese_person(bitext: &Bilingual, word: &Word) -> bool {
    let person = |gloss: lexicon::Gloss| lexicon::kinds(lexicon::stem_text(gloss.stem)).are(Kinds::ACTOR);
    bitext.is_name(word)
        || bitext.is_noun(word) && lexicon::glosses_or_parts(&word.text).into_iter().any(person)
}

/// Whether somebody acts in the Chinese who does not in the English, or the other way round: then what is done may be
/// said by its converse, to sell and to buy.
pub(super) fn is_turned(bitext: &Bilingual, pair: &Pair, renderings: &[Rendering]) -> bool {
    let (zh, en) = (chinese(bitext, pair, renderings), english(bitext, pair, renderings));
    renderings.iter().any(|link| {
        let (Some(zh_role), Some(en_role)) = (zh[link.zh], en[link.en]) else { return false };
        let kinds = kinds(bitext, &pair.zh[link.zh], &pair.en[link.en]);
        (zh_role == Role::Actor) != (en_role == Role::Actor)
            && link.score >= SURE
            && bitext.is_content(pair, link)
            && kinds & (Kinds::ACTOR | Kinds::PLACE) != 0
            && kinds & Kinds::TIME == 0
    })
}

/// Whether two things are so much alike that the one can stand where the other does: two persons, two places, two
/// things. The fire destroys the monastery, whichever stands first.
pub(super) fn are_alike(one: u8, other: u8) -> bool {
    let time = (one | other) & Kinds::TIME;
    time == 0 && one & other & (Kinds::ACTOR | Kinds::PLACE | Kinds::THING) != 0
}

/// What kinds of things a Chinese word and the English one that renders it name.
pub(super) fn kinds(bitext: &Bilingual, zh: &Word, en: &Word) -> u8 {
    let known = lexicon::kinds(&en.stem()).0 & Kinds::NOUN;
    match known {
        _ if bitext.is_person(zh) => Kinds::ACTOR,
        0 if lexicon::stem_id(&en.stem()).is_none() => Kinds::ACTOR | Kinds::PLACE | Kinds::THING,
        _ if bitext.is_name(zh) => known | Kinds::PLACE,
        known => known,
    }
}
