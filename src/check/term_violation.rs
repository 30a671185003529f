//! What the user's termbase demands or forbids.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

use super::{Argument, Category, Check, Context, Evidence, Fault, Findings, Severity, Side, id, message};
use crate::align::Link;
use crate::lexicon;
use crate::termbase::{Entry, Status, Termbase};
use crate::text::{Document, Span};

pub(super) static CHECK: Check = Check {
    name: "term-violation",
    title: id!("term-violation"),
    category: Category::Terminology,
    severity: Severity::Major,
    summary: "the user's termbase demands or forbids a rendering",
    docs: r#"
        A termbase (`--termbase FILE`) says how terms are to be rendered. It is a CSV file with a header line, or a
        TBX file. The columns of CSV are `source`, `target`, and, where they are wanted, `status`, `case` and `note`.
        `required` (the default) demands one of the renderings, which `|` parts, wherever the term stands;
        `forbidden` forbids them there, or everywhere if there is no term; `keep` demands the term itself as it is.
        With `case` as `yes`, capitals count.

        Inflected forms are the same word: plurals, possessives, -ing and -ed. Inside a longer term of the termbase a
        shorter one does not count. A term whose rendering stands elsewhere in the same paragraph, or that is said
        again there, is left alone, as is what has no counterpart at all.

        ```fires
        terms: 网络设施,cyber infrastructure|cyber facilities
        zh: 各国应当保护网络设施。
        en: All countries should protect Internet equipment.
        ```

        ```fires
        terms: 网络主权,internet sovereignty,forbidden
        zh: 网络主权是国家主权的延伸。
        en: Internet sovereignty is the extension of national sovereignty.
        ```

        ```fires
        terms: runtime,,keep
        en: The runtime loads every module before it starts.
        zh: 运行时在启动之前加载所有模块。
        ```

        ```fires
        terms: 互联网,Internet,required,yes
        zh: 互联网改变了世界。
        en: The internet has changed the world.
        ```

        ```passes
        terms: 网络设施,cyber facility|cyber infrastructure
        zh: 各国应当保护网络设施。
        en: All countries should protect cyber facilities.
        ```

        ```passes
        terms: data,数据
        terms: data centre,机房
        en: The data centre was built in spring.
        zh: 机房建于春天。
        ```

        ```passes
        terms: 测试,testing
        terms: GitHub,,keep
        zh: 代码在GitHub上测试。
        en: The code is tested on GitHub.
        ```
    "#,
    run,
};

/// What a termbase asks for, made ready to be looked for in passages. Copies share it: a run makes it once.
#[derive(Debug, Clone, Default)]
pub struct Demands(Arc<Searched>);

impl PartialEq for Demands {
    fn eq(&self, other: &Demands) -> bool {
        self.0.entries == other.0.entries
    }
}

#[derive(Debug, Default)]
struct Searched {
    entries: Arc<[Entry]>,
    /// The terms of the entries.
    terms: Vec<Pattern>,
    /// Their renderings.
    renderings: Vec<Vec<Pattern>>,
    of_terms: Index,
    /// Of renderings that are forbidden whatever they stand for.
    of_forbidden: Index,
    /// Of renderings that are demanded, where any are forbidden: what is demanded may hold what is forbidden.
    of_demanded: Index,
}

impl From<Termbase> for Demands {
    fn from(Termbase { entries }: Termbase) -> Demands {
        let terms: Vec<Pattern> = entries.iter().map(|entry| Pattern::new(&entry.source)).collect();
        let renderings: Vec<Vec<Pattern>> = entries
            .iter()
            .map(|entry| entry.targets.iter().map(|target| Pattern::new(target)).collect())
            .collect();
        let of_terms = Index::of(terms.iter().enumerate());
        let are_any_forbidden = entries.iter().any(|entry| entry.status == Status::Forbidden);
        let of_renderings = |asked: &dyn Fn(&Entry) -> bool| {
            let asked = entries.iter().zip(&renderings).enumerate().filter(|(_, (entry, _))| asked(entry));
            Index::of(asked.flat_map(|(at, (_, patterns))| patterns.iter().map(move |one| (at, one))))
        };
        let of_forbidden =
            of_renderings(&|entry| entry.status == Status::Forbidden && entry.source.is_empty());
        let of_demanded = of_renderings(&|entry| are_any_forbidden && entry.status == Status::Required);
        Demands(Arc::new(Searched { entries, terms, renderings, of_terms, of_forbidden, of_demanded }))
    }
}

fn run(context: &Context, findings: &mut Findings) {
    let Searched { entries, terms, renderings, of_terms, of_forbidden, of_demanded } = &*context.demands().0;
    if entries.is_empty() {
        return;
    }
    let is_forbidden = |at: &usize| entries[*at].status == Status::Forbidden;
    for link in context.linked_sentences() {
        let source = Passage::of(context.document(Side::Source), &link.source);
        let target = Passage::of(context.document(Side::Target), &link.target);
        let places: BTreeMap<usize, Vec<Span>> = of_terms
            .found_in(&source)
            .into_iter()
            .map(|at| (at, source.find_words(context, Side::Source, &terms[at])))
            .collect();
        let longer = |span: &Span| {
            places.values().flatten().any(|other| other.contains(*span) && other.len() > span.len())
        };
        let here = |at: usize| places.get(&at)?.iter().copied().find(|span| !longer(span));
        // of a term that is forbidden one rendering and demanded another, the first is enough to say
        let mut told: Vec<&str> = Vec::new();
        let mut forbidden = of_forbidden.found_in(&target);
        forbidden.extend(places.keys().copied().filter(is_forbidden));
        let allowed: Vec<Span> = match forbidden.is_empty() {
            true => Vec::new(),
            false => of_demanded
                .found_in(&target)
                .into_iter()
                .flat_map(|at| renderings[at].iter().flat_map(|pattern| target.find(pattern)))
                .collect(),
        };
        for at in forbidden {
            let (entry, here) = (&entries[at], here(at));
            if here.is_none() && !entry.source.is_empty() {
                continue;
            }
            let inside =
                |span: &Span| allowed.iter().any(|wide| wide.contains(*span) && wide.len() > span.len());
            let found =
                renderings[at].iter().flat_map(|pattern| target.find_words(context, Side::Target, pattern));
            let found = found.filter(|span| !inside(span) && (!entry.case || target.has_case(*span, entry)));
            if let Some(span) = found.min() {
                told.push(&entry.source);
                findings.add(fault(context, entry, here, span, link, Kind::Forbidden));
            }
        }
        for &at in places.keys() {
            let (entry, patterns) = (&entries[at], &renderings[at]);
            let Some(here) = here(at) else { continue };
            if entry.status == Status::Forbidden || told.contains(&entry.source.as_str()) {
                continue;
            }
            let kept = [Pattern::new(&entry.source)];
            let (wanted, case) = match entry.status {
                Status::Keep => (&kept[..], true),
                _ => (&patterns[..], entry.case),
            };
            let find = |passage: &Passage| -> Vec<Span> {
                wanted.iter().flat_map(|pattern| passage.find(pattern)).collect()
            };
            let found = find(&target);
            let right = |span: &Span| !case || target.has_case(*span, entry);
            if found.iter().any(right) {
                continue;
            }
            if let Some(&span) = found.first() {
                findings.add(fault(context, entry, Some(here), span, link, Kind::Case));
                continue;
            }
            // sentences of a paragraph share what they speak of: said once may be enough, or once elsewhere
            let around = |side: Side, link: &[usize]| {
                Passage::of(context.document(side), &context.sentences_around(side, link))
            };
            let demanded =
                around(Side::Source, &link.source).find_words(context, Side::Source, &terms_of(entry)).len();
            let given = find(&around(Side::Target, &link.target)).len();
            if given > 0 && (given >= demanded || link.source.len() > 1) {
                continue;
            }
            let place = rendered(context, link, here).unwrap_or(target.span);
            findings.add(fault(context, entry, Some(here), place, link, Kind::Missing));
        }
    }
}

fn terms_of(entry: &Entry) -> Pattern {
    Pattern::new(&entry.source)
}

/// What is linked to the words of a term, if it stands together.
fn rendered(context: &Context, link: &Link, term: Span) -> Option<Span> {
    let (source, target) = (context.tokens(Side::Source), context.tokens(Side::Target));
    let words = context.aligned().words(link);
    let words: Vec<usize> = words
        .iter()
        .filter(|word| term.contains(source.tokens[word.source].span))
        .map(|word| word.target)
        .collect();
    let (first, last) = (words.iter().min()?, words.iter().max()?);
    (last - first < 5).then(|| target.tokens[*first].span.join(target.tokens[*last].span))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Missing,
    Forbidden,
    Case,
}

fn fault(
    context: &Context,
    entry: &Entry,
    source: Option<Span>,
    target: Span,
    link: &Link,
    kind: Kind,
) -> Fault {
    let here = context.document(Side::Target).words(target);
    let either = entry.targets.iter().map(Argument::from);
    let wanted = match entry.status {
        Status::Keep => Argument::from(&entry.source),
        _ => either
            .reduce(|one, other| message!("term-violation-or", one = one, other = other).into())
            .unwrap_or(Argument::from("")),
    };
    let (term, line) = (&entry.source, entry.line);
    let note = match entry.note.is_empty() {
        true => Argument::from(""),
        false => message!("term-violation-note", note = &*entry.note).into(),
    };
    let message = match kind {
        Kind::Missing if entry.status == Status::Keep => {
            message!("term-violation-kept", wanted = wanted, line = line, note = note)
        }
        Kind::Missing => {
            message!("term-violation-rendered", term = term, wanted = wanted, line = line, note = note)
        }
        Kind::Case => message!("term-violation-case", here = here, wanted = wanted, line = line, note = note),
        Kind::Forbidden if term.is_empty() => {
            message!("term-violation-forbidden", here = here, line = line, note = note)
        }
        Kind::Forbidden => {
            message!("term-violation-forbidden-for", here = here, term = term, line = line, note = note)
        }
    };
    let sure: f64 = if kind == Kind::Missing { 0.9 } else { 0.95 };
    Fault {
        source: source.or_else(|| context.span_of_sentences(Side::Source, &link.source)),
        target: Some(target),
        message,
        confidence: if link.score < 0.6 { sure - 0.25 } else { sure },
        severity: (link.score < 0.6 && kind == Kind::Missing).then_some(Severity::Minor),
        evidence: source
            .map(|span| Evidence { side: Side::Source, span, note: message!("term-violation-term") })
            .into_iter()
            .collect(),
    }
}

/// A term as it is looked for: its words by their stems, or, in Chinese, its characters.
#[derive(Debug)]
struct Pattern {
    text: String,
    stems: Arc<[String]>,
}

impl Pattern {
    fn new(term: &str) -> Pattern {
        let han = term.chars().any(lexicon::is_han);
        let words = lexicon::english_words(term).filter(|_| !han);
        let stems = words.map(|(_, word)| stem(word)).collect();
        Pattern { text: lexicon::simplify(term).into_owned(), stems }
    }
}

/// The stem by which words are compared; a word in capitals is a name of its own.
fn stem(word: &str) -> String {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    if capitals > 1 && !word.chars().any(char::is_lowercase) { word.to_owned() } else { lexicon::stem(word) }
}

/// The stems of a pattern, with the number of its entry.
type Stems = (usize, Arc<[String]>);

/// Patterns, each with the number of its entry, so that those that stand in a passage are found without looking for
/// each of them.
#[derive(Debug, Default)]
struct Index {
    /// Patterns of words, by their first.
    by_word: FxHashMap<String, Vec<Stems>>,
    /// The others, all looked for at once; `None` where there are none, or more than can be looked for so.
    by_characters: Option<AhoCorasick>,
    /// The entry of each of these.
    entries: Vec<usize>,
}

impl Index {
    fn of<'p>(patterns: impl Iterator<Item = (usize, &'p Pattern)>) -> Index {
        let mut by_word: FxHashMap<String, Vec<Stems>> = FxHashMap::default();
        let (mut texts, mut entries) = (Vec::new(), Vec::new());
        for (entry, Pattern { text, stems }) in patterns {
            match stems.first() {
                Some(first) => by_word.entry(first.clone()).or_default().push((entry, stems.clone())),
                None if text.is_empty() => {}
                None => {
                    texts.push(text);
                    entries.push(entry);
                }
            }
        }
        let by_characters = (!texts.is_empty()).then(|| AhoCorasick::new(texts).ok()).flatten();
        Index { by_word, by_characters, entries }
    }

    /// The entries that may have a pattern which stands in a passage, and all that do.
    fn found_in(&self, passage: &Passage) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for (at, (_, word)) in passage.words.iter().enumerate() {
            let rest = || passage.words[at..].iter().map(|(_, word)| word);
            let same = |wanted: &[String]| {
                wanted.len() <= passage.words.len() - at && wanted.iter().zip(rest()).all(|(a, b)| a == b)
            };
            let of_word = self.by_word.get(word.as_str()).into_iter().flatten();
            found.extend(of_word.filter(|(_, wanted)| same(wanted)).map(|(entry, _)| *entry));
        }
        match &self.by_characters {
            Some(all) => {
                let here = all.find_overlapping_iter(&passage.simplified);
                found.extend(here.map(|one| self.entries[one.pattern().as_usize()]));
            }
            None => found.extend(&self.entries),
        }
        found
    }
}

/// Some sentences of one side, ready to be searched.
struct Passage<'a> {
    document: &'a Document,
    span: Span,
    /// The text without what joins the lines of a string.
    simplified: String,
    /// Where in it that is left out, and how many bytes are so up to there; in order.
    joints: Vec<(usize, usize)>,
    words: Vec<(Span, String)>,
    starts: Vec<usize>,
}

impl<'a> Passage<'a> {
    fn of(document: &'a Document, sentences: &[usize]) -> Passage<'a> {
        let spans: Vec<Span> = sentences.iter().map(|&sentence| document.sentences[sentence].span).collect();
        let span = spans.iter().copied().reduce(Span::join).unwrap_or(Span::new(0, 0));
        let (mut text, mut joints, mut at) = (String::with_capacity(span.len()), Vec::new(), span.start);
        for joint in document.joints(span) {
            text.push_str(&document.text[at..joint.start]);
            at = joint.end;
            joints.push((text.len(), at - span.start - text.len()));
        }
        text.push_str(&document.text[at..span.end]);
        let mut passage = Passage {
            document,
            span,
            // simplifying keeps the length of every character
            simplified: lexicon::simplify(&text).into_owned(),
            joints,
            words: Vec::new(),
            starts: spans.iter().map(|span| span.start).collect(),
        };
        let word = |(at, word): (Range<usize>, &str)| (passage.place(at.start, at.end), stem(word));
        passage.words = lexicon::english_words(&text).map(word).collect();
        passage
    }

    /// Where a part of the text stands in the document, from its first to its last character.
    fn place(&self, start: usize, end: usize) -> Span {
        let left_out = |joints: usize| self.joints[..joints].last().map_or(0, |(_, bytes)| *bytes);
        let before = left_out(self.joints.partition_point(|(at, _)| *at <= start));
        let within = left_out(self.joints.partition_point(|(at, _)| *at < end));
        Span::new(self.span.start + start + before, self.span.start + end + within)
    }

    /// Where a term stands, in order.
    fn find(&self, pattern: &Pattern) -> Vec<Span> {
        if pattern.stems.is_empty() {
            if pattern.text.is_empty() {
                return Vec::new();
            }
            let found = self.simplified.match_indices(&pattern.text);
            return found.map(|(start, text)| self.place(start, start + text.len())).collect();
        }
        let wanted = &pattern.stems;
        let windows = self.words.windows(wanted.len());
        let same = |window: &&[(Span, String)]| {
            window.iter().zip(&wanted[..]).all(|((_, word), wanted)| word == wanted)
                && window.windows(2).all(|pair| self.beside(pair[0].0, pair[1].0))
        };
        windows.filter(same).map(|window| window[0].0.join(window[wanted.len() - 1].0)).collect()
    }

    /// Where a term stands as words of its own: 中国, but not inside 发展中国家.
    fn find_words(&self, context: &Context, side: Side, pattern: &Pattern) -> Vec<Span> {
        let mut found = self.find(pattern);
        if pattern.stems.is_empty() && pattern.text.chars().count() < 4 {
            let tokens = context.tokens(side);
            found.retain(|span| {
                let inside = &tokens.tokens[tokens.within(*span)];
                inside.first().is_some_and(|token| token.span.start == span.start)
                    && inside.last().is_some_and(|token| token.span.end == span.end)
            });
        }
        found
    }

    fn beside(&self, one: Span, other: Span) -> bool {
        let between = self.document.words(Span::new(one.end, other.start));
        between.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '‑' | '/' | '.' | '_' | '@'))
    }

    /// Whether capitals stand where the entry has them; a sentence may begin with one.
    fn has_case(&self, span: Span, entry: &Entry) -> bool {
        let text = self.document.words(span);
        let starts = self.starts.contains(&span.start);
        let own = std::slice::from_ref(&entry.source);
        let wanted = if entry.status == Status::Keep { own } else { &entry.targets[..] };
        wanted.iter().any(|wanted| {
            let mut pairs = text.chars().zip(wanted.chars()).enumerate();
            pairs.all(|(at, (a, b))| {
                a == b || !a.to_lowercase().eq(b.to_lowercase()) || at == 0 && starts && a.is_uppercase()
            }) && text
                .chars()
                .zip(wanted.chars())
                .next()
                .is_some_and(|(a, b)| a.to_lowercase().eq(b.to_lowercase()))
        })
    }
}
