//! What a check looks at, and the questions that several checks ask of it.

use std::sync::OnceLock;

use std::ops::Deref;

use super::accounted;
use super::{Demands, Evidence, Fault, Id, Message, Settings, Severity, Side, message};
use crate::align::{Aligned, Link};
use crate::markup::placeholders::Pattern;
use crate::meaning::clashes::Clash;
use crate::meaning::content::{self, Unexplained};
use crate::meaning::marks::Class;
use crate::meaning::substitutions::{Relation, Substitution};
use crate::meaning::{View, own, sentences_around};
use crate::read;
use crate::terms::{self, Term};
use crate::text::{BlockKind, Lang, Span};
use crate::values::{self, Amount, Value, ValueKind};

/// What a check looks at: an aligned pair as [`View`] shows it, what the user demands, and what several checks ask for.
pub struct Context<'a> {
    view: View<'a>,
    demands: &'a Demands,
    placeholders: &'a [Pattern],
    verbatim: &'a [String],
    reading_speed: Option<f64>,
    languages_named: bool,
    terms: OnceLock<[Vec<Term>; 2]>,
    /// What two checks ask for, each for a side of its own.
    unexplained: OnceLock<Vec<(Unexplained, f64)>>,
}

/// A context shows what the view shows.
impl<'a> Deref for Context<'a> {
    type Target = View<'a>;

    fn deref(&self) -> &View<'a> {
        &self.view
    }
}

impl<'a> Context<'a> {
    pub(super) fn new(aligned: &'a Aligned, settings: &'a Settings) -> Context<'a> {
        let Settings { termbase, placeholders, verbatim, reading_speed, languages_named, .. } = settings;
        Context {
            view: View::new(aligned),
            demands: termbase,
            placeholders,
            verbatim,
            reading_speed: *reading_speed,
            languages_named: *languages_named,
            terms: OnceLock::new(),
            unexplained: OnceLock::new(),
        }
    }

    /// Whether the user names the languages of both versions.
    pub fn are_languages_named(&self) -> bool {
        self.languages_named
    }

    /// The patterns of the user's own placeholders.
    pub fn placeholders(&self) -> &'a [Pattern] {
        self.placeholders
    }

    /// The keys of front matter whose values must be the same.
    pub fn verbatim(&self) -> &'a [String] {
        self.verbatim
    }

    /// How many columns of text a cue of subtitles may show in a second.
    pub fn reading_speed(&self) -> Option<f64> {
        self.reading_speed
    }

    /// What the user wants words to mean.
    pub(super) fn demands(&self) -> &'a Demands {
        self.demands
    }

    /// The runs of words of both sides that nothing on the other side accounts for, each with how likely it is that
    /// they are left out there.
    pub fn unexplained(&self) -> &[(Unexplained, f64)] {
        self.unexplained.get_or_init(|| content::judged(self))
    }

    /// The terms of the source and those of the target, counted when they are first asked for.
    pub fn terms(&self) -> &[Vec<Term>; 2] {
        self.terms.get_or_init(|| terms::both(self.aligned()))
    }

    /// The same, for who is done with the rest.
    pub(super) fn into_terms(self) -> [Vec<Term>; 2] {
        let Context { view, terms, .. } = self;
        terms.into_inner().unwrap_or_else(|| terms::both(view.aligned()))
    }

    /// Everything on one side that has no counterpart: whole blocks, and sentences inside linked blocks. What
    /// stands side by side is one passage.
    pub fn without_counterpart(&self, side: Side) -> Vec<Passage> {
        let alignment = &self.bitext().alignment;
        let mut passages = Vec::new();
        self.collect(side, &alignment.blocks, true, &mut passages);
        self.collect(side, &alignment.sentences, false, &mut passages);
        passages.sort_by_key(|passage| passage.span);
        passages
    }

    fn collect(&self, side: Side, links: &[Link], blocks: bool, passages: &mut Vec<Passage>) {
        let mut run: Option<Passage> = None;
        for (at, link) in links.iter().enumerate() {
            let units = own(link, side);
            if units.is_empty() || !own(link, side.other()).is_empty() {
                // what stands between two gaps of this side on the other side does not part them
                if !units.is_empty() {
                    passages.extend(run.take());
                }
                continue;
            }
            if blocks && self.are_settings(side, units) {
                continue;
            }
            if !blocks && self.in_null_block(side, units) {
                continue;
            }
            let of = |units: &[usize]| match blocks {
                true => self.span_of_blocks(side, units),
                false => self.span_of_sentences(side, units),
            };
            let Some(span) = of(units) else { continue };
            match &mut run {
                Some(passage) if self.adjoin(side, passage, units, blocks) => {
                    passage.span = passage.span.join(span);
                    passage.units.extend_from_slice(units);
                    passage.score = passage.score.max(link.score);
                }
                _ => {
                    passages.extend(run.take());
                    let empty = if blocks { self.empty_value(side, units[0]) } else { None };
                    let gap = empty.unwrap_or_else(|| self.gap(links, at, side.other(), blocks));
                    run = Some(Passage { span, gap, blocks, units: units.to_vec(), score: link.score });
                }
            }
        }
        passages.extend(run);
    }

    fn are_settings(&self, side: Side, blocks: &[usize]) -> bool {
        let document = self.document(side);
        blocks.iter().all(|&block| read::is_setting(document, &document.blocks[block]))
    }

    fn in_null_block(&self, side: Side, sentences: &[usize]) -> bool {
        let document = self.document(side);
        sentences.iter().any(|&sentence| {
            let link = self.block_link(side, document.sentences[sentence].block);
            self.bitext().alignment.blocks[link].is_null()
        })
    }

    fn adjoin(&self, side: Side, passage: &Passage, units: &[usize], blocks: bool) -> bool {
        let (Some(&last), Some(&first)) = (passage.units.last(), units.first()) else { return false };
        let document = self.document(side);
        last + 1 == first && (blocks || document.sentences[last].block == document.sentences[first].block)
    }

    /// The gap on the other side of a null link: where its counterpart should stand, right after what
    /// corresponds to the text before it.
    fn gap(&self, links: &[Link], at: usize, missing_on: Side, blocks: bool) -> Span {
        let document = self.document(missing_on);
        let end = |unit: usize| match blocks {
            true => document.blocks[unit].span.end,
            false => document.sentences[unit].span.end,
        };
        let before = links[..at].iter().rev().filter(|link| !link.moved);
        let place = before.filter_map(|link| own(link, missing_on).last()).next();
        let at = place.map_or_else(|| self.start(missing_on), |&unit| end(unit));
        Span::new(at, at)
    }

    /// Where, on the other side, the value of the message stands that a block holds, if it is empty there.
    fn empty_value(&self, side: Side, block: usize) -> Option<Span> {
        let key = &self.document(side).entry(block)?.key;
        let others = &self.document(side.other()).entries;
        let empty = others.iter().find(|entry| entry.block.is_none() && entry.key == *key)?;
        Some(Span::new(empty.value.start, empty.value.start))
    }

    /// Where the text of a side begins.
    fn start(&self, side: Side) -> usize {
        self.document(side).blocks.first().map_or(0, |block| block.span.start)
    }

    /// The start, on the other side, of what corresponds to a place on this side.
    pub fn counterpart(&self, side: Side, at: usize) -> usize {
        let document = self.document(side);
        let block = document.blocks.partition_point(|block| block.span.end <= at);
        let other = side.other();
        let links = &self.bitext().alignment.blocks;
        let Some(last) = document.blocks.len().checked_sub(1) else { return 0 };
        let link = self.block_link(side, block.min(last));
        match own(&links[link], other).first() {
            Some(&first) => self.document(other).blocks[first].span.start,
            None => self.gap(links, link, other, true).start,
        }
    }
}

impl Context<'_> {
    /// The members of families that stand against others of the family, as faults of the check that owns the family.
    pub(super) fn family_faults(&self, check: &str) -> Vec<Fault> {
        let fault = |one: &Substitution| {
            let Relation::Other(family) = one.relation else { return None };
            (family.check == check).then(|| {
                self.substituted(one, one.firm && family.grave, |zh, en| {
                    message!("stands-against-other", zh = zh, en = en, noun = family.noun)
                })
            })
        };
        self.substitutions().iter().filter_map(fault).collect()
    }

    /// The side that is Chinese, of a bitext of Chinese and English.
    pub(super) fn chinese(&self) -> Side {
        if self.document(Side::Source).lang == Lang::ZH { Side::Source } else { Side::Target }
    }

    /// The words that stand against their opposites, as faults.
    pub(super) fn opposite_faults(&self) -> Vec<Fault> {
        let opposed = self.substitutions().iter().filter(|one| matches!(one.relation, Relation::Opposite));
        opposed
            .map(|one| {
                self.substituted(one, one.firm, |zh, en| {
                    message!("stands-against-opposite", zh = zh, en = en)
                })
            })
            .collect()
    }

    fn substituted(&self, one: &Substitution, grave: bool, message: impl Fn(&str, &str) -> Message) -> Fault {
        let chinese = self.chinese();
        let text = |side: Side, span: Span| self.document(side).words(span);
        let note = |side: Side, span: Span| Evidence { side, span, note: message!("no-counterpart") };
        let (source, target) = if chinese == Side::Source { (one.zh, one.en) } else { (one.en, one.zh) };
        Fault {
            source: Some(source),
            target: Some(target),
            message: message(&text(chinese, one.zh), &text(chinese.other(), one.en)),
            confidence: one.confidence,
            severity: Some(if grave { Severity::Major } else { Severity::Minor }),
            evidence: vec![note(Side::Source, source), note(Side::Target, target)],
        }
    }

    /// The marks of a class that contradict each other, as faults; `noun` is what they differ in.
    pub(super) fn clash_faults(&self, class: Class, noun: Id) -> Vec<Fault> {
        let chinese = self.chinese();
        let fault = |clash: &Clash| {
            let sides = |zh: Span, en: Span| if chinese == Side::Source { (zh, en) } else { (en, zh) };
            let (source, target) = sides(clash.zh, clash.en);
            let text = |side: Side, span: Span| self.document(side).words(span);
            let (one, other) = (text(Side::Source, source), text(Side::Target, target));
            let mark = |side: Side, span: Span| Evidence { side, span, note: message!("says-otherwise") };
            let mut evidence = vec![mark(Side::Source, source), mark(Side::Target, target)];
            if let Some([zh, en]) = clash.about {
                let (source, target) = sides(zh, en);
                let about =
                    |side: Side, span: Span| Evidence { side, span, note: message!("said-of-the-same") };
                evidence.extend([about(Side::Source, source), about(Side::Target, target)]);
            }
            Fault {
                source: Some(source),
                target: Some(target),
                message: message!("clash", one = one, other = other, noun = noun),
                confidence: clash.confidence,
                severity: (!clash.grave).then_some(Severity::Minor),
                evidence,
            }
        };
        self.clashes(class).map(fault).collect()
    }
}

/// Blocks or sentences, side by side, that have no counterpart.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Where they stand.
    pub span: Span,
    /// The gap on the other side where their counterpart should stand.
    pub gap: Span,
    /// Whether they are blocks; else they are sentences.
    pub blocks: bool,
    /// Which, in ascending order.
    pub units: Vec<usize>,
    /// How sure the aligner is that nothing corresponds, from 0 to 1.
    pub score: f64,
}

impl Passage {
    /// How grave its lack of a counterpart may be called, being this sure of it, where that is less than `gravest`.
    pub fn at_most(&self, gravest: Severity) -> Option<Severity> {
        match self.score {
            score if score >= 0.8 => None,
            score if score >= 0.65 => Some(gravest.min(Severity::Major)),
            _ => Some(Severity::Minor),
        }
    }
}

impl Context<'_> {
    /// Linked blocks or sentences that stand at another place among their neighbours on the two sides; what moved
    /// together is one passage, whose `gap` is its place on the target side.
    pub fn moved(&self) -> Vec<Passage> {
        let alignment = &self.bitext().alignment;
        let mut passages = Vec::new();
        for (links, blocks) in [(&alignment.blocks, true), (&alignment.sentences, false)] {
            let mut run: Option<(Passage, usize)> = None;
            for link in links.iter().filter(|link| link.moved && !link.is_null()) {
                if !blocks && self.in_moved_block(&link.source) {
                    continue;
                }
                let spans = match blocks {
                    true => (
                        self.span_of_blocks(Side::Source, &link.source),
                        self.span_of_blocks(Side::Target, &link.target),
                    ),
                    false => (
                        self.span_of_sentences(Side::Source, &link.source),
                        self.span_of_sentences(Side::Target, &link.target),
                    ),
                };
                let ((Some(span), Some(place)), Some(&first), Some(&last)) =
                    (spans, link.target.first(), link.target.last())
                else {
                    continue;
                };
                match &mut run {
                    Some((passage, end))
                        if self.adjoin(Side::Source, passage, &link.source, blocks) && *end + 1 == first =>
                    {
                        passage.span = passage.span.join(span);
                        passage.gap = passage.gap.join(place);
                        passage.units.extend_from_slice(&link.source);
                        passage.score = passage.score.max(link.score);
                        *end = last;
                    }
                    _ => {
                        passages.extend(run.take().map(|(passage, _)| passage));
                        let units = link.source.clone();
                        run = Some((Passage { span, gap: place, blocks, units, score: link.score }, last));
                    }
                }
            }
            passages.extend(run.map(|(passage, _)| passage));
        }
        passages.extend(self.aligned().crossings().into_iter().map(|crossing| Passage {
            span: crossing.source,
            gap: crossing.target,
            blocks: false,
            units: Vec::new(),
            score: crossing.score,
        }));
        passages.sort_by_key(|passage| passage.span);
        passages
    }

    fn in_moved_block(&self, sentences: &[usize]) -> bool {
        let blocks = sentences.iter().map(|&sentence| self.bitext().source.sentences[sentence].block);
        blocks
            .map(|block| self.block_link(Side::Source, block))
            .any(|link| self.bitext().alignment.blocks[link].moved)
    }

    /// A passage in words: "this paragraph", "these 2 sentences".
    pub fn describe(&self, side: Side, passage: &Passage) -> Message {
        let document = self.document(side);
        if passage.units.is_empty() {
            return message!("passage-clause");
        }
        let key = |block: Option<&usize>| Some(document.entry(*block?)?.key.as_str());
        if passage.blocks
            && let (Some(first), Some(last)) = (key(passage.units.first()), key(passage.units.last()))
        {
            return match passage.units.len() {
                1 => message!("passage-message", key = first),
                several => message!("passage-messages", count = several, first = first, last = last),
            };
        }
        let count = passage.units.len();
        if !passage.blocks {
            return message!("passage-sentence", count = count);
        }
        let blocks = || passage.units.iter().map(|&block| &document.blocks[block]);
        let mut kinds = blocks().map(|block| block.kind);
        let first = kinds.next();
        // from a first column on, cells are rows
        let rows = blocks().filter(|block| block.level == Some(1)).count();
        let begins = blocks().next().is_some_and(|block| block.level == Some(1));
        match first {
            Some(kind) if kinds.any(|other| other != kind) => message!("passage-block", count = count),
            Some(BlockKind::TableCell) if begins && count > rows => {
                message!("passage-table-row", count = rows)
            }
            Some(kind) => of_kind(kind, count),
            None => message!("passage-block", count = count),
        }
    }
}

fn of_kind(kind: BlockKind, count: usize) -> Message {
    match kind {
        BlockKind::Heading => message!("passage-heading", count = count),
        BlockKind::Paragraph => message!("passage-paragraph", count = count),
        BlockKind::ListItem => message!("passage-list-item", count = count),
        BlockKind::TableCell => message!("passage-table-cell", count = count),
        BlockKind::Quotation => message!("passage-quotation", count = count),
        BlockKind::Code => message!("passage-code", count = count),
        BlockKind::Caption => message!("passage-caption", count = count),
        BlockKind::Metadata => message!("passage-metadata", count = count),
        BlockKind::Comment => message!("passage-comment", count = count),
    }
}

/// Values of linked sentences that the other side does not have.
pub struct Leftovers<'a> {
    /// Those of the source.
    pub source: Vec<&'a Value>,
    /// Those of the target.
    pub target: Vec<&'a Value>,
}

impl Leftovers<'_> {
    /// Whether nothing is left over.
    pub fn is_empty(&self) -> bool {
        self.source.is_empty() && self.target.is_empty()
    }

    /// Whether dates are at stake: all that is left on one side is parts of them, and the other side has nothing
    /// but dates and bare numbers, "the third" for 第四季度.
    pub fn are_dates(&self) -> bool {
        let date = |value: &&Value| value.kind.is_date();
        let bare = |value: &&Value| {
            matches!(value.kind, ValueKind::Number | ValueKind::Ordinal) && value.unit.is_none()
        };
        let sides = [&self.source, &self.target];
        sides.iter().any(|side| !side.is_empty() && side.iter().all(date))
            && sides.iter().all(|side| side.iter().all(|value| date(value) || bare(value)))
    }
}

impl<'a> Context<'a> {
    /// The values of linked sentences that stand on one side only, in the sentences and in the blocks around them.
    ///
    /// What numbers a heading or list item is no value of the text, and a [weak](Value::weak) value accounts for
    /// one on the other side but is left over itself only where it stands in [contrast](values::contrast) to another.
    pub fn leftover_values(&self, link: &'a Link) -> Leftovers<'a> {
        let own = [Side::Source, Side::Target].map(|side| self.values_of(side, self::own(link, side)));
        let around = [Side::Source, Side::Target].map(|side| {
            let sentences = sentences_around(self.document(side), self::own(link, side));
            self.values_of(side, &sentences)
        });
        // "Article 1 The Premises": what numbers the block on one side may be a word of the sentence on the other
        let numbers = |side: usize, value: &Value| {
            let (here, there) =
                if side == 0 { (Side::Source, Side::Target) } else { (Side::Target, Side::Source) };
            let blocks = |side: Side| {
                self::own(link, side).iter().map(move |&sentence| {
                    let document = self.document(side);
                    &document.blocks[document.sentences[sentence].block]
                })
            };
            let given = |number: u32| value.value == Amount::int(i64::from(number));
            let front = |at: Span| {
                let text = self.document(here).slice(Span::new(at.start, value.span.start.max(at.start)));
                text.split_whitespace().count() <= 1
            };
            blocks(there).any(|block| block.numbering.is_some_and(|numbering| given(numbering.value)))
                && blocks(here).any(|block| block.numbering.is_none() && front(block.span))
        };
        // what nothing accounts for on the other side, the weak last: [left, weak]
        let unpaired = |side: usize| -> [Vec<&'a Value>; 2] {
            let mut taken = vec![false; own[1 - side].len()];
            let mut left = [Vec::new(), Vec::new()];
            for value in &own[side] {
                let partner =
                    (0..taken.len()).find(|&at| !taken[at] && values::same(value, own[1 - side][at]));
                match partner {
                    Some(at) => taken[at] = true,
                    None if around[1 - side].iter().any(|other| values::same(value, other)) => {}
                    None if numbers(side, value) => {}
                    None => left[usize::from(value.weak)].push(*value),
                }
            }
            left
        };
        let [mut left, weak] = {
            let [[source, source_weak], [target, target_weak]] = [unpaired(0), unpaired(1)];
            [[source, target], [source_weak, target_weak]]
        };
        drop_sums(&mut left);
        self.drop_alike(&mut left);
        accounted::take_out(self, link, [&own[0], &own[1]], &mut left);
        // 800 per mu is not 800 per hectare; another number may be the same converted
        let equal = left.iter().all(Vec::is_empty);
        let contrast = |one: &Value, other: &Value| {
            values::contrast(one, other) || equal && values::other_rate(one, other)
        };
        // "doubles" for 增加两倍: the one is a figure, the other a verb
        for side in 0..2 {
            let other =
                left[side].iter().filter(|value| value.kind == ValueKind::Multiple).find_map(|value| {
                    weak[1 - side]
                        .iter()
                        .find(|other| other.kind == ValueKind::Multiple && !values::same(value, other))
                });
            if let Some(other) = other.filter(|_| left[1 - side].is_empty()) {
                left[1 - side].push(*other);
            }
        }
        for value in &weak[0] {
            if let Some(other) = weak[1].iter().find(|other| contrast(value, other)) {
                left[0].push(*value);
                left[1].push(*other);
            }
        }
        let digits = |side: Side, value: &Value| {
            self.document(side).slice(value.span).contains(|c: char| c.is_ascii_digit())
        };
        // rough figures are said in many ways, but 30% is not 13%, however rough, nor three hundred thirty
        let sure = |side: Side, value: &Value| {
            !value.approximate
                || left[side.other() as usize].iter().any(|other| {
                    (other.kind, other.unit) == (value.kind, value.unit)
                        && (digits(side, value) && digits(side.other(), other)
                            || values::far_apart(value, other))
                })
        };
        let [source, target] = [Side::Source, Side::Target]
            .map(|side| left[side as usize].iter().filter(|value| sure(side, value)).copied().collect());
        Leftovers { source, target }
    }

    /// Takes out what is written alike on both sides: no text reads 22 against 22, nor 100.000 against 100,000.
    fn drop_alike(&self, left: &mut [Vec<&'a Value>; 2]) {
        let written = |side: Side, value: &Value| -> Option<String> {
            let text = self.document(side).words(value.span);
            let point = text.split('.').skip(1).all(|group| group.len() == 3);
            let number = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
            Some(if number && point { text.replace(['.', ','], "") } else { text.into_owned() })
        };
        let mut at = 0;
        while let Some(value) = left[0].get(at) {
            let own = written(Side::Source, value);
            match left[1].iter().position(|other| written(Side::Target, other) == own) {
                Some(other) => {
                    left[0].remove(at);
                    left[1].remove(other);
                }
                None => at += 1,
            }
        }
    }

    /// One fault for all values left over in linked sentences, where these are `concerned`. `noun` names them.
    pub fn leftover_faults(&self, concerned: fn(&Leftovers) -> bool, noun: Id) -> Vec<Fault> {
        let mut faults = Vec::new();
        for link in self.linked_sentences() {
            let left = self.leftover_values(link);
            if !concerned(&left) {
                continue;
            }
            let text = |side: Side, values: &[&Value]| -> String {
                let texts: Vec<_> =
                    values.iter().map(|value| self.document(side).words(value.span)).collect();
                texts.join(", ")
            };
            let (source, target) = (text(Side::Source, &left.source), text(Side::Target, &left.target));
            let message = match (left.source.is_empty(), left.target.is_empty()) {
                (false, false) => message!("values-differ", source = source, target = target, noun = noun),
                (false, true) => message!("value-missing", source = source, noun = noun),
                _ => message!("value-added", target = target, noun = noun),
            };
            let place = |side: Side, values: &[&Value], sentences: &[usize]| {
                let spans = values.iter().map(|value| value.span);
                spans.reduce(|a, b| a.join(b)).or_else(|| self.span_of_sentences(side, sentences))
            };
            let both = !left.source.is_empty() && !left.target.is_empty();
            // several left on one side are more often a free rendering than several slips
            let many = left.source.len().max(left.target.len()) > 2;
            let sure = (if both { 0.92 } else { 0.7 }) - if many { 0.15 } else { 0.0 };
            // "both", "for the first time", 两: small numbers in words come and go with the idiom
            let idle = |side: Side, value: &&Value| {
                let text = self.document(side).slice(value.span);
                !text.contains(|c: char| c.is_ascii_digit()) && matches!(&*value.value.to_string(), "1" | "2")
            };
            let idle = !both
                && left.source.iter().all(|value| idle(Side::Source, value))
                && left.target.iter().all(|value| idle(Side::Target, value));
            let sure = if idle { sure - 0.25 } else { sure };
            // a cell with one number in it has no words that could show what it renders
            let bare = [(Side::Source, &left.source), (Side::Target, &left.target)].into_iter().all(
                |(side, values)| {
                    let text = self
                        .span_of_sentences(side, own(link, side))
                        .map_or("", |span| self.document(side).slice(span));
                    matches!(values[..], [value] if self.document(side).words(value.span) == text.trim())
                },
            );
            let doubtful = link.score < 0.6 && !bare;
            faults.push(Fault {
                source: place(Side::Source, &left.source, &link.source),
                target: place(Side::Target, &left.target, &link.target),
                message,
                confidence: if doubtful { sure - 0.25 } else { sure },
                severity: (!both || many || doubtful).then_some(Severity::Minor),
                evidence: evidence(Side::Source, &left.source)
                    .chain(evidence(Side::Target, &left.target))
                    .collect(),
            });
        }
        faults
    }
}

/// Takes out a measure that the measures of the other side make together: 6⅔ years, 六岁八个月.
fn drop_sums(left: &mut [Vec<&Value>; 2]) {
    for side in 0..2 {
        let [one, other] = [side, 1 - side];
        let whole = left[one].iter().position(|value| values::same_in_sum(value, &left[other]));
        if let Some(at) = whole {
            left[one].remove(at);
            left[other].clear();
        }
    }
}

fn evidence(side: Side, values: &[&Value]) -> impl Iterator<Item = Evidence> {
    let note = |value: &Value| match value.kind {
        ValueKind::Chain => message!("value-chain", value = value.written()),
        kind => message!("value-of-kind", kind = kind.as_str(), value = value.written()),
    };
    values.iter().map(move |value| Evidence { side, span: value.span, note: note(value) })
}

/// Sentences that share a link with others and have nothing of their own on the other side, as faults. `remedy` says
/// what to do.
pub(super) fn hidden_faults(context: &Context, side: Side, remedy: &Message) -> Vec<Fault> {
    let fault = |(span, place, alone): (Span, Span, f64)| {
        let message = message!("sentence-hidden", side = side.other(), remedy = remedy);
        let severity = Some(if alone >= GRAVE { Severity::Major } else { Severity::Minor });
        let fault =
            Fault { source: None, target: None, message, confidence: alone, severity, evidence: Vec::new() };
        placed(side, span, place, fault)
    };
    content::hidden(context, side).into_iter().map(fault).collect()
}

/// The runs of words of one side that nothing accounts for, as faults. `remedy` says what to do.
pub(super) fn content_faults(context: &Context, side: Side, remedy: &Message) -> Vec<Fault> {
    let sentences = content::hidden(context, side);
    let mut faults = Vec::new();
    let judged: Vec<&(Unexplained, f64)> = context
        .unexplained()
        .iter()
        .filter(|(run, _)| run.side == side && !sentences.iter().any(|(span, ..)| span.overlaps(run.span)))
        .collect();
    for of_link in judged.chunk_by(|a, b| a.0.place == b.0.place) {
        let best = of_link.iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.span.cmp(&a.0.span)));
        let Some((run, sure)) = best else { continue };
        // what else the same sentences may leave out makes it likelier that they leave out something
        let more: Vec<&(Unexplained, f64)> = of_link
            .iter()
            .copied()
            .filter(|(other, likely)| other.span != run.span && *likely >= ALSO)
            .collect();
        let doubt: f64 = more.iter().map(|(_, likely)| 1.0 - SHARED * likely).product();
        let sure = 1.0 - (1.0 - sure) * doubt;
        faults.push(of_run(context, run, sure, &more, remedy));
    }
    faults
}

/// From this confidence on a second run of a sentence is mentioned with the first.
const ALSO: f64 = 0.25;
/// How many such runs the message names; the evidence shows them all.
const MENTIONED: usize = 2;
/// How much of its confidence counts: runs of one sentence often share a cause.
const SHARED: f64 = 0.6;

fn of_run(
    context: &Context,
    run: &Unexplained,
    sure: f64,
    more: &[&(Unexplained, f64)],
    remedy: &Message,
) -> Fault {
    let side = run.side;
    let (document, other) = (context.document(side), context.document(side.other()));
    let place = run.clause.unwrap_or(run.span);
    let others = more.iter().map(|(run, _)| run.span).filter(|span| !place.contains(*span)).take(MENTIONED);
    let quoted = |span: Span| message!("quoted", text = document.words(span));
    let text = others
        .map(quoted)
        .fold(quoted(place), |before, more| message!("quoted-list", before = before, more = more));
    // what is unexplained on both sides is more often another rendering than none
    let against = run.against.filter(|span| run.features[LOST] > 0.25 && other.slice(*span).len() < 120);
    // the encoder looks at what words mean in their sentence, the lexicon at what they may mean at all
    let nothing = match run.seen {
        Some(_) => message!("content-nothing-near", side = side.other(), text = text),
        None => message!("content-nothing", side = side.other(), text = text),
    };
    let message = match against {
        Some(span) => {
            let instead = other.words(span);
            message!("content-unless", nothing = nothing, instead = instead)
        }
        None => message!("content-and-remedy", nothing = nothing, remedy = remedy),
    };
    let words = more.iter().flat_map(|(run, _)| &run.words);
    let mut evidence: Vec<Evidence> = run
        .words
        .iter()
        .chain(words)
        .map(|&span| Evidence { side, span, note: message!("no-counterpart") })
        .collect();
    evidence.extend(against.map(|span| Evidence {
        side: side.other(),
        span,
        note: message!("no-counterpart-either"),
    }));
    // a clause of which a little is left may be said in other words after all
    let least = if run.clause == Some(run.span) { GRAVE } else { GRAVER };
    let grave =
        against.is_none() && run.clause.is_some() && run.words.len() >= content::CLAUSE && sure >= least;
    let fault = Fault {
        source: None,
        target: None,
        message,
        confidence: sure,
        severity: grave.then_some(Severity::Major),
        evidence,
    };
    placed(side, place, run.place, fault)
}

/// The feature that says how much the other side leaves unexplained.
const LOST: usize = 3;
/// From this confidence on a whole clause of several words is a grave fault.
const GRAVE: f64 = 0.93;
/// The same for a clause of which little is left.
const GRAVER: f64 = 0.96;

fn placed(side: Side, own: Span, place: Span, fault: Fault) -> Fault {
    match side {
        Side::Source => Fault { source: Some(own), target: Some(place), ..fault },
        Side::Target => Fault { source: Some(place), target: Some(own), ..fault },
    }
}
