//! Values that stand on one side of linked sentences only, and the faults that they are.

use std::borrow::Cow;

use super::{Context, Evidence, Fault, Id, Severity, Side, accounted, message};
use crate::align::Link;
use crate::meaning::{self, sentences_around};
use crate::text::Span;
use crate::values::{self, Amount, Value, ValueKind};

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
        let own = [Side::Source, Side::Target].map(|side| self.values_of(side, meaning::own(link, side)));
        // most sentences have none
        if own.iter().all(Vec::is_empty) {
            return Leftovers { source: Vec::new(), target: Vec::new() };
        }
        let around = [Side::Source, Side::Target].map(|side| {
            let sentences = sentences_around(self.document(side), meaning::own(link, side));
            self.values_of(side, &sentences)
        });
        // "Article 1 The Premises": what numbers the block on one side may be a word of the sentence on the other
        let numbers = |side: usize, value: &Value| {
            let (here, there) =
                if side == 0 { (Side::Source, Side::Target) } else { (Side::Target, Side::Source) };
            let blocks = |side: Side| {
                meaning::own(link, side).iter().map(move |&sentence| {
                    let document = self.document(side);
                    &document.blocks[document.sentences[sentence].block]
                })
            };
            let given = |number: u32| value.value == Amount::int(i64::from(number));
            let front = |at: Span| {
                let text = self.document(here).slice(Span::new(at.start, value.span.start.max(at.start)));
                text.split_whitespace().count() <= 1
            };
            blocks(there)
                .any(|block| block.numbering.as_deref().is_some_and(|numbering| given(numbering.value)))
                && blocks(here).any(|block| block.numbering.is_none() && front(block.span))
        };
        // what nothing accounts for on the other side, the weak next, and last what is accounted for by the partner of
        // another one alone: [left, weak, spare]
        let unpaired = |side: usize| -> [Vec<&'a Value>; 3] {
            let mut taken = vec![false; own[1 - side].len()];
            let mut left = [Vec::new(), Vec::new(), Vec::new()];
            // 一升 is a gallon, and no 一次
            let fits = |value: &Value, other: &Value| {
                let bare = value.weak && other.weak && value.unit.is_some() != other.unit.is_some();
                values::same(value, other) && !bare
            };
            for value in &own[side] {
                let partner = (0..taken.len()).find(|&at| !taken[at] && fits(value, own[1 - side][at]));
                match partner {
                    Some(at) => taken[at] = true,
                    None if around[1 - side].iter().any(|other| fits(value, other)) => left[2].push(*value),
                    None if numbers(side, value) => {}
                    None => left[usize::from(value.weak)].push(*value),
                }
            }
            left
        };
        let [mut left, weak, spare] = {
            let [[one, one_weak, one_spare], [other, other_weak, other_spare]] = [unpaired(0), unpaired(1)];
            [[one, other], [one_weak, other_weak], [one_spare, other_spare]]
        };
        drop_sums(&mut left);
        self.drop_alike(&mut left);
        // 800 per mu is not 800 per hectare; another number may be the same converted
        let equal = left.iter().all(Vec::is_empty);
        accounted::take_out(self, link, [&own[0], &own[1]], &mut left);
        accounted::put_turned_references(self, [&own[0], &own[1]], &mut left);
        accounted::put_turned_ratios(self, [&own[0], &own[1]], &mut left);
        let contrast = |one: &Value, other: &Value| {
            values::contrast(one, other) || equal && values::other_rate(one, other)
        };
        // what is left over on one side alone may stand against what little says on the other, "doubles" for 增加两倍,
        // or against one of two that are equal there: 每亩 is no hectare, even where 亩产 is a yield per mu
        for side in 0..2 {
            if !left[1 - side].is_empty() {
                continue;
            }
            let against = left[side].iter().find_map(|value| {
                let weak = weak[1 - side].iter().find(|other| values::opposed(value, other, false));
                weak.or_else(|| spare[1 - side].iter().find(|other| values::opposed(value, other, true)))
            });
            left[1 - side].extend(against);
        }
        if equal {
            for side in 0..2 {
                let rates = weak[side].iter().find_map(|value| {
                    let other = spare[1 - side].iter().find(|other| values::other_rate(value, other))?;
                    Some((value, other))
                });
                if let Some((value, other)) = rates.filter(|_| left.iter().all(Vec::is_empty)) {
                    left[side].push(*value);
                    left[1 - side].push(*other);
                }
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
                    let same_unit = other.unit == value.unit;
                    let of_one =
                        other.unit.zip(value.unit).is_some_and(|(a, b)| values::of_one_dimension(a, b));
                    values::shares_apart(value, other)
                        || other.kind == value.kind
                            && (same_unit && digits(side, value) && digits(side.other(), other)
                                || (same_unit || of_one) && values::far_apart(value, other))
                })
        };
        let [source, target] = [Side::Source, Side::Target]
            .map(|side| left[side as usize].iter().filter(|value| sure(side, value)).copied().collect());
        Leftovers { source, target }
    }

    /// A value as the text writes it; of an hour with the half of the day that is told beside it, 11 a.m. for 上午11.
    fn told(&self, side: Side, value: &Value) -> Cow<'a, str> {
        let text = self.document(side).words(value.span);
        match value.unit {
            Some(half)
                if value.kind == ValueKind::Hour && !text.contains(|c: char| c.is_ascii_alphabetic()) =>
            {
                format!("{text} {}", half.as_str()).into()
            }
            _ => text,
        }
    }

    /// Takes out what is written alike on both sides: no text reads 22 against 22, nor 100.000 against 100,000.
    fn drop_alike(&self, left: &mut [Vec<&'a Value>; 2]) {
        let written = |side: Side, value: &Value| -> Option<String> {
            let text = self.told(side, value);
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
                values.iter().map(|value| self.told(side, value)).collect::<Vec<_>>().join(", ")
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
            // "both", "for the first time", 三省一市: bare numbers in words come and go with the idiom
            let idle = |side: Side, value: &&Value| {
                let text = self.document(side).slice(value.span);
                let small = matches!(&*value.value.to_string(), "1" | "2");
                let bare = value.kind == ValueKind::Number && value.unit.is_none();
                !text.contains(|c: char| c.is_ascii_digit()) && (small || bare)
            };
            let idle = !both
                && left.source.iter().all(|value| idle(Side::Source, value))
                && left.target.iter().all(|value| idle(Side::Target, value));
            let sure = if idle { sure - 0.25 } else { sure };
            // a cell with one number in it has no words that could show what it renders
            let bare = [(Side::Source, &left.source), (Side::Target, &left.target)].into_iter().all(
                |(side, values)| {
                    let text = self
                        .span_of_sentences(side, meaning::own(link, side))
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
