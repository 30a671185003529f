//! The terms of a bitext: which words stand for which, how often, and where it wavers.
//!
//! Terms are taken from the Chinese side, where nouns that stand together without a mark or particle between them are
//! one compound (网络 + 设施), and the rendering is what stands around the word that is linked to the head. What the
//! other language says is then a compound, too, and the same pairs can be listed from either side.

mod tally;

use std::cell::RefCell;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

pub use self::tally::{Counted, Rendered, Tally};
use crate::align::tokens::{TokenKind, Tokens, TypeId};
use crate::align::{Aligned, Link};
use crate::lexicon::{self, Pos, is_han};
use crate::text::{Lang, Span};
use crate::words::words;

/// A term and what stands for it on the other side.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// As it is usually spelled.
    pub text: String,
    /// How often it stands there with a rendering that accounts for all of it.
    pub count: usize,
    /// What stands for it, the commonest first.
    pub renderings: Vec<Rendering>,
}

/// One rendering of a term.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendering {
    /// As it is usually spelled.
    pub text: String,
    /// Where: the term and its rendering, as spans of the source and of the target.
    pub places: Vec<(Span, Span)>,
    /// Whether it stands out against a commoner rendering of the same term.
    pub odd: bool,
}

/// A term met in a linked sentence.
#[derive(Debug, Clone)]
struct Meeting {
    link: usize,
    zh: Compound,
    other: Compound,
}

/// Words that stand together on one side.
#[derive(Debug, Clone)]
struct Compound {
    key: Vec<String>,
    span: Span,
}

/// A rendering that is used at least this often can be the usual one.
const USUAL: usize = 2;
/// … and in at least this share of the places.
const SHARE: f64 = 0.4;
/// A term met more seldom has no usual rendering.
const MET: usize = 3;
/// How likely a word must be to render a part of a term for it to belong to the rendering.
const BELONGS: f32 = 0.05;
/// How likely a word must be to render the head of a term for a rendering to be looked for around it.
const HEAD: f32 = 0.1;
/// The least overlap (Dice) of the sentences of two words that only their company links.
const TOGETHER: f64 = 0.4;
/// The most words a compound may have.
const LONGEST: usize = 4;

/// The terms of the source with their renderings in the target, or the other way round, those met most often first.
///
/// Empty unless one side is Chinese and the other one English.
pub fn terms(aligned: &Aligned, of_source: bool) -> Vec<Term> {
    let Some(pair) = Sides::of(aligned) else { return Vec::new() };
    pair.listed(&pair.meetings(), of_source)
}

/// The terms of the source and those of the target, as [`terms`] lists them, counted once.
pub fn both(aligned: &Aligned) -> [Vec<Term>; 2] {
    let Some(pair) = Sides::of(aligned) else { return [Vec::new(), Vec::new()] };
    let meetings = pair.meetings();
    [true, false].map(|of_source| pair.listed(&meetings, of_source))
}

struct Sides<'a> {
    aligned: &'a Aligned,
    zh_is_source: bool,
    /// For each word type of the Chinese side and of the other one, the sentence links it occurs in.
    links_of: [Vec<Vec<usize>>; 2],
    /// How many sentence links have text on both sides.
    linked: usize,
    /// Whether each token of the other side is no part of a term.
    stops: Vec<bool>,
    /// The Chinese words that end in a shorter one: 基础设施 under 设施.
    longer: FxHashMap<String, Vec<TypeId>>,
    /// What [`Sides::keep_company`] said of two types: the commonest words are asked about again and again.
    company: RefCell<FxHashMap<(TypeId, TypeId), bool>>,
}

impl<'a> Sides<'a> {
    fn of(aligned: &'a Aligned) -> Option<Sides<'a>> {
        let bitext = aligned.bitext();
        match (bitext.source.lang, bitext.target.lang) {
            (Lang::ZH, Lang::EN) => Some(Sides::new(aligned, true)),
            (Lang::EN, Lang::ZH) => Some(Sides::new(aligned, false)),
            _ => None,
        }
    }

    /// The terms of one side, those met most often first.
    fn listed(&self, meetings: &[Meeting], of_source: bool) -> Vec<Term> {
        let by_zh = self.zh_is_source == of_source;
        let mut groups: BTreeMap<&[String], BTreeMap<&[String], Vec<&Meeting>>> = BTreeMap::new();
        for meeting in meetings {
            let (term, rendering) =
                if by_zh { (&meeting.zh, &meeting.other) } else { (&meeting.other, &meeting.zh) };
            groups.entry(&term.key).or_default().entry(&rendering.key).or_default().push(meeting);
        }
        let mut found: Vec<Term> = groups.into_values().map(|group| self.term(&group, by_zh)).collect();
        found.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        found
    }

    fn new(aligned: &'a Aligned, zh_is_source: bool) -> Sides<'a> {
        let links = &aligned.bitext().alignment.sentences;
        let links_of = [zh_is_source, !zh_is_source].map(|source| {
            let tokens = aligned.tokens(source);
            let mut of = vec![Vec::new(); tokens.types.len()];
            for (at, link) in links.iter().enumerate().filter(|(_, link)| !link.is_null()) {
                for token in aligned.tokens_of(source, if source { &link.source } else { &link.target }) {
                    let of_type: &mut Vec<usize> = &mut of[tokens.tokens[token].id as usize];
                    if of_type.last() != Some(&at) {
                        of_type.push(at);
                    }
                }
            }
            of
        });
        let mut longer: FxHashMap<String, Vec<TypeId>> = FxHashMap::default();
        for (id, word) in aligned.tokens(zh_is_source).types.iter().enumerate() {
            let starts = word.key.char_indices().skip(1).map(|(at, _)| at);
            for start in starts.filter(|_| word.kind == TokenKind::Word && word.key.chars().all(is_han)) {
                if word.key[start..].chars().nth(1).is_some() {
                    longer.entry(word.key[start..].to_owned()).or_default().push(id as TypeId);
                }
            }
        }
        let linked = links.iter().filter(|link| !link.is_null()).count();
        let bitext = aligned.bitext();
        let other = if zh_is_source { &bitext.target } else { &bitext.source };
        let mut known: FxHashMap<&str, bool> = FxHashMap::default();
        let stops = aligned.tokens(!zh_is_source).tokens.iter().map(|token| {
            let word = other.slice(token.span);
            *known.entry(word).or_insert_with(|| is_stop(word))
        });
        Sides {
            aligned,
            zh_is_source,
            links_of,
            linked,
            stops: stops.collect(),
            longer,
            company: RefCell::default(),
        }
    }

    fn tokens(&self, zh: bool) -> &Tokens {
        self.aligned.tokens(zh == self.zh_is_source)
    }

    fn text(&self, zh: bool, span: Span) -> &str {
        let bitext = self.aligned.bitext();
        if zh == self.zh_is_source { bitext.source.slice(span) } else { bitext.target.slice(span) }
    }

    /// Every term of every linked sentence that has a rendering.
    fn meetings(&self) -> Vec<Meeting> {
        let links = &self.aligned.bitext().alignment.sentences;
        let linked = || links.iter().enumerate().filter(|(_, link)| !link.is_null());
        let runs = |link: &Link| -> Vec<Vec<usize>> {
            let sentences = if self.zh_is_source { &link.source } else { &link.target };
            self.noun_runs(&self.aligned.tokens_of(self.zh_is_source, sentences))
        };
        let mut counts: FxHashMap<[TypeId; LONGEST], usize> = FxHashMap::default();
        for (_, link) in linked() {
            for run in runs(link) {
                for start in 0..run.len() {
                    for end in start + 2..=run.len().min(start + LONGEST) {
                        *counts.entry(self.types(&run[start..end])).or_default() += 1;
                    }
                }
            }
        }
        let mut meetings = Vec::new();
        for (at, link) in linked() {
            let runs = runs(link);
            if runs.is_empty() {
                continue;
            }
            let words = Words::of(self.aligned, link, self.zh_is_source);
            for run in runs {
                let mut start = 0;
                while start < run.len() {
                    // the longest compound met before, else the one word
                    let ends = (start + 2..=run.len().min(start + LONGEST)).rev();
                    let known =
                        |end: &usize| counts.get(&self.types(&run[start..*end])).is_some_and(|&n| n > 1);
                    let end = ends.into_iter().find(known).unwrap_or(start + 1);
                    if let Some(other) = self.rendering(&run[start..end], &words) {
                        let zh = self.compound(true, &run[start..end]);
                        meetings.push(Meeting { link: at, zh, other });
                    }
                    start = end;
                }
            }
        }
        meetings
    }

    /// Nouns of two characters and more, or one after another noun, that stand together.
    fn noun_runs(&self, tokens: &[usize]) -> Vec<Vec<usize>> {
        let all = self.tokens(true);
        let mut runs: Vec<Vec<usize>> = Vec::new();
        for &at in tokens {
            let (token, of_type) = (all.tokens[at], &all.types[all.tokens[at].id as usize]);
            if of_type.kind != TokenKind::Word {
                continue;
            }
            let goes_on = |run: &&mut Vec<usize>| {
                run.last().is_some_and(|&last| all.tokens[last].span.end == token.span.start)
            };
            match (of_type.pos, runs.last_mut().filter(goes_on)) {
                // 层, 期: after a noun, a measure word is none
                (Some(Pos::Noun | Pos::Proper | Pos::Other | Pos::Measure), Some(run)) => run.push(at),
                (Some(Pos::Noun | Pos::Proper | Pos::Other), None) => runs.push(vec![at]),
                _ => {}
            }
        }
        let long = |run: &Vec<usize>| run.len() > 1 || all.tokens[run[0]].span.len() >= "名词".len();
        runs.retain(long);
        runs
    }

    /// The word types of a Chinese compound, of which none has more than [`LONGEST`].
    fn types(&self, tokens: &[usize]) -> [TypeId; LONGEST] {
        let mut types = [TypeId::MAX; LONGEST];
        types.iter_mut().zip(tokens).for_each(|(of, &at)| *of = self.tokens(true).tokens[at].id);
        types
    }

    /// What makes two compounds one: Chinese words in simplified characters, English ones without plural endings.
    fn key(&self, zh: bool, tokens: &[usize]) -> Vec<String> {
        let all = self.tokens(zh);
        let one = |&at: &usize| match zh {
            true => all.types[all.tokens[at].id as usize].key.clone(),
            false => singular(self.text(false, all.tokens[at].span)),
        };
        tokens.iter().map(one).collect()
    }

    fn compound(&self, zh: bool, tokens: &[usize]) -> Compound {
        let all = &self.tokens(zh).tokens;
        let ends = (tokens.first(), tokens.last());
        let span = match ends {
            (Some(&first), Some(&last)) => all[first].span.join(all[last].span),
            _ => Span::new(0, 0),
        };
        Compound { key: self.key(zh, tokens), span }
    }

    /// What stands for a term: the word that renders its head, with the words beside it that render the rest. `None`
    /// when some of the term is not accounted for: a list may say "cyber infrastructure, entities and data".
    fn rendering(&self, term: &[usize], words: &Words) -> Option<Compound> {
        let head = *term.last()?;
        let open = words.others.iter().filter(|&&at| !self.is_stop(at) && words.is_free(at, term));
        let mut heads: Vec<(f32, usize)> =
            open.map(|&at| (self.affinity(head, at).max(self.kinship(head, at)), at)).collect();
        heads.retain(|(score, _)| *score >= HEAD);
        // what the aligner links to the head goes before words that are as likely
        let linked = words.other_of.get(&head).copied();
        heads.sort_by(|a, b| {
            let bonus = |(score, at): &(f32, usize)| score + if Some(*at) == linked { HEAD } else { 0.0 };
            bonus(b).total_cmp(&bonus(a)).then(a.1.cmp(&b.1))
        });
        heads.into_iter().find_map(|(_, head)| self.rendering_around(head, term, words))
    }

    fn rendering_around(&self, head: usize, term: &[usize], words: &Words) -> Option<Compound> {
        let renders = |zh: usize, at: usize| {
            self.affinity(zh, at) >= BELONGS || self.kinship(zh, at) >= HEAD || self.together(zh, at)
        };
        let belongs = |at: usize| words.is_free(at, term) && term.iter().any(|&zh| renders(zh, at));
        let (mut first, mut last) = (head, head);
        while first > 0 && last - first < LONGEST && self.adjacent(first - 1) && belongs(first - 1) {
            first -= 1;
        }
        while last - first < LONGEST && self.adjacent(last) && belongs(last + 1) {
            last += 1;
        }
        let rendering: Vec<usize> = (first..=last).collect();
        let rendered = |&zh: &usize| rendering.iter().any(|&at| renders(zh, at));
        // a compound needs words of its own: one word for all of it renders its head only
        let whole = term.iter().all(rendered) && (term.len() == 1 || rendering.len() > 1);
        whole.then(|| self.compound(false, &rendering))
    }

    fn affinity(&self, zh: usize, other: usize) -> f32 {
        self.affinity_of(self.tokens(true).tokens[zh].id, other)
    }

    fn affinity_of(&self, zh: TypeId, other: usize) -> f32 {
        let other = self.tokens(false).tokens[other].id;
        if self.zh_is_source { self.aligned.rendering(zh, other) } else { self.aligned.rendering(other, zh) }
    }

    /// How likely a word renders a longer word of this text that ends in this one: 设施 as 基础设施.
    fn kinship(&self, zh: usize, other: usize) -> f32 {
        let tokens = self.tokens(true);
        let longer = self.longer.get(&tokens.types[tokens.tokens[zh].id as usize].key);
        let all = longer.into_iter().flatten().map(|&id| self.affinity_of(id, other));
        all.fold(0.0, f32::max)
    }

    /// Whether two words occur in the same linked sentences much more often than not.
    fn together(&self, zh: usize, other: usize) -> bool {
        if self.is_stop(other) {
            return false;
        }
        let types = (self.tokens(true).tokens[zh].id, self.tokens(false).tokens[other].id);
        *self.company.borrow_mut().entry(types).or_insert_with(|| self.keep_company(types))
    }

    fn keep_company(&self, (zh, other): (TypeId, TypeId)) -> bool {
        let (a, b) = (&self.links_of[0][zh as usize], &self.links_of[1][other as usize]);
        let common = a.iter().filter(|link| b.binary_search(link).is_ok()).count();
        let overlap = 2.0 * common as f64 / (a.len() + b.len()) as f64;
        // a common word may have several renderings, of which each hardly occurs without it
        let (given, usual) = (common as f64 / b.len() as f64, a.len() as f64 / self.linked as f64);
        // how far that is from chance, in standard deviations
        let far = (given - usual) / (usual * (1.0 - usual) / b.len() as f64).sqrt();
        let implied = common >= 5 && given >= 0.75 && far >= 3.0;
        implied || common >= MET && overlap >= TOGETHER
    }

    fn is_stop(&self, other: usize) -> bool {
        self.stops[other]
    }

    /// Whether nothing but a space or a hyphen stands between a word of the other side and the next.
    fn adjacent(&self, at: usize) -> bool {
        let tokens = &self.tokens(false).tokens;
        let Some(next) = tokens.get(at + 1) else { return false };
        let between = Span::new(tokens[at].span.end, next.span.start);
        matches!(self.text(false, between), " " | "-") && !self.is_stop(at) && !self.is_stop(at + 1)
    }

    /// One term with its renderings, and which of them are odd.
    fn term(&self, group: &BTreeMap<&[String], Vec<&Meeting>>, by_zh: bool) -> Term {
        let mut renderings: Vec<(&[String], &Vec<&Meeting>)> =
            group.iter().map(|(key, meetings)| (*key, meetings)).collect();
        renderings.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(b.0)));
        let count: usize = renderings.iter().map(|(_, meetings)| meetings.len()).sum();
        let term = group.keys().next().and_then(|key| group[key].first());
        let of = |meeting: &Meeting, zh: bool| if zh { meeting.zh.clone() } else { meeting.other.clone() };
        let compound = term.is_some_and(|meeting| self.is_compound(&of(meeting, by_zh), by_zh));
        let usual = renderings.first().copied();
        let view = renderings.iter().enumerate().map(|(rank, (key, meetings))| {
            let odd = rank > 0
                && compound
                && usual.is_some_and(|usual| self.is_odd((key, meetings), usual, count, by_zh));
            let places = meetings.iter().map(|meeting| match self.zh_is_source {
                true => (meeting.zh.span, meeting.other.span),
                false => (meeting.other.span, meeting.zh.span),
            });
            let spans = meetings.iter().map(|meeting| of(meeting, !by_zh).span);
            Rendering { text: self.usual_spelling(!by_zh, spans), places: places.collect(), odd }
        });
        let renderings_view: Vec<Rendering> = view.collect();
        let spans = renderings.iter().flat_map(|(_, meetings)| meetings.iter());
        let text = self.usual_spelling(by_zh, spans.map(|meeting| of(meeting, by_zh).span));
        Term { text, count, renderings: renderings_view }
    }

    /// Whether a reader expects one rendering throughout: a single word has many, a compound seldom.
    fn is_compound(&self, compound: &Compound, zh: bool) -> bool {
        compound.key.len() > 1 || zh && self.text(zh, compound.span).chars().count() > 2
    }

    fn is_odd(
        &self,
        rendering: (&[String], &Vec<&Meeting>),
        usual: (&[String], &Vec<&Meeting>),
        count: usize,
        by_zh: bool,
    ) -> bool {
        let (key, meetings) = rendering;
        if key.len() < 2 || usual.0.len() < 2 {
            return false;
        }
        let (keys, usual_keys) = (key, usual.0);
        let same_stem = |a: &String, b: &String| a == b || by_zh && lexicon::stem(a) == lexicon::stem(b);
        // logic layer, logical layer: the same head with its modifier in another form, at any number
        let form = keys.len() == usual_keys.len()
            && keys.last() == usual_keys.last()
            && keys
                .iter()
                .zip(usual_keys)
                .all(|(a, b)| same_stem(a, b) && !a.ends_with("ly") && !b.ends_with("ly"));
        let settled = usual.1.len() >= USUAL
            && count >= MET
            && usual.1.len() as f64 >= SHARE * count as f64
            && meetings.len() * 2 <= usual.1.len();
        if !form && !settled {
            return false;
        }
        // one being the other and a word more is a rendering in full or in short, or in another order
        let within =
            |a: &[String], b: &[String]| a.iter().all(|word| b.iter().any(|other| same_stem(word, other)));
        if !form && (within(keys, usual_keys) || within(usual_keys, keys)) {
            return false;
        }
        !meetings.iter().any(|meeting| self.link_has(meeting.link, !by_zh, usual.0))
    }

    /// Whether a linked sentence has these words, one after the other.
    fn link_has(&self, link: usize, zh: bool, key: &[String]) -> bool {
        let of_source = zh == self.zh_is_source;
        let link = &self.aligned.bitext().alignment.sentences[link];
        let sentences = if of_source { &link.source } else { &link.target };
        let ids = self.key(zh, &self.aligned.tokens_of(of_source, sentences));
        ids.windows(key.len()).any(|window| window == key)
    }

    fn usual_spelling(&self, zh: bool, spans: impl Iterator<Item = Span>) -> String {
        let mut spellings: BTreeMap<String, usize> = BTreeMap::new();
        for span in spans {
            let text = self.text(zh, span).split_whitespace().collect::<Vec<_>>().join(" ");
            *spellings.entry(text).or_default() += 1;
        }
        // of several as common, the one in small letters, which sorts last
        spellings.into_iter().max_by_key(|(_, count)| *count).map(|(text, _)| text).unwrap_or_default()
    }
}

/// Prepositions of place and time, which the lexicon does not pass over.
const PREPOSITIONS: &[&str] = words!("preposition", en);

/// Whether an English word is no part of a term.
fn is_stop(word: &str) -> bool {
    lexicon::is_stop_word(word) || PREPOSITIONS.contains(&word.to_lowercase().as_str())
}

/// An English word in small letters without the ending of the plural.
fn singular(word: &str) -> String {
    let mut word = lexicon::fold(word);
    if let Some(base) = word.strip_suffix("'s") {
        word.truncate(base.len());
    }
    let ends = |word: &str, end: &str| word.len() > end.len() + 2 && word.ends_with(end);
    if ends(&word, "ies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if ["sses", "xes", "ches", "shes"].iter().any(|end| ends(&word, end)) {
        word.truncate(word.len() - 2);
    } else if ends(&word, "s") && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        word.truncate(word.len() - 1);
    }
    word
}

/// The other side of a sentence link and its word links, by either token.
struct Words {
    others: Vec<usize>,
    other_of: FxHashMap<usize, usize>,
    zh_of: FxHashMap<usize, usize>,
}

impl Words {
    fn of(aligned: &Aligned, link: &Link, zh_is_source: bool) -> Words {
        let pairs = aligned.words(link).into_iter();
        let pairs: Vec<(usize, usize)> = pairs
            .map(|pair| if zh_is_source { (pair.source, pair.target) } else { (pair.target, pair.source) })
            .collect();
        Words {
            others: aligned.tokens_of(!zh_is_source, if zh_is_source { &link.target } else { &link.source }),
            other_of: pairs.iter().copied().collect(),
            zh_of: pairs.into_iter().map(|(zh, other)| (other, zh)).collect(),
        }
    }

    /// Whether a word of the other side is linked to nothing outside the term.
    fn is_free(&self, other: usize, term: &[usize]) -> bool {
        self.zh_of.get(&other).is_none_or(|zh| term.contains(zh))
    }
}
