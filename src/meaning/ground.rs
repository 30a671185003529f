//! Linked sentences with what speaks for two of their words standing against each other: what renders either, how far they
//! stand from where each would be expected, and what is left of both sides.

use std::cell::OnceCell;
use std::ops::Range;

use super::View;
use super::pair::{Bilingual, Pair, Rendering, expected};
use super::wording;
use crate::text::{Side, Span};

/// A word with a link at least this sure is rendered.
pub(super) const RENDERED: f32 = 0.25;
/// Two words this likely to render each other are no substitution.
const POSSIBLE: f32 = 0.2;
/// Words so near belong to the same phrase.
pub(super) const BESIDE: usize = 2;

/// The words of a pair with what is known of them.
pub(super) struct Ground<'p, 'a> {
    view: &'p View<'a>,
    pub(super) bitext: &'p Bilingual<'p, 'a>,
    pub(super) pair: &'p Pair<'a>,
    pub(super) renderings: &'p [Rendering],
    /// See [`Ground::values`]; most pairs are not asked for them.
    values: OnceCell<[Vec<Span>; 2]>,
}

impl<'p, 'a> Ground<'p, 'a> {
    pub(super) fn of(
        view: &'p View<'a>,
        bitext: &'p Bilingual<'p, 'a>,
        pair: &'p Pair<'a>,
    ) -> Ground<'p, 'a> {
        let renderings = bitext.renderings(pair);
        Ground { view, bitext, pair, renderings, values: OnceCell::new() }
    }

    /// Where words of one side stand.
    pub(super) fn span(&self, chinese: bool, range: &Range<usize>) -> Span {
        let words = if chinese { &self.pair.zh } else { &self.pair.en };
        words[range.start].span.join(words[range.end - 1].span)
    }

    /// The places that numbers, dates and amounts take, on both sides: others look at them.
    fn values(&self) -> &[Vec<Span>; 2] {
        let of = |side: Side| {
            let values = self.view.values_of(side, super::own(self.pair.link, side));
            values.into_iter().map(|value| value.span).collect()
        };
        self.values.get_or_init(|| [self.bitext.zh, self.bitext.en].map(of))
    }

    /// Whether something else on the other side renders any of some words, as surely as makes no matter.
    pub(super) fn rendered(&self, chinese: bool, range: &Range<usize>, but: &Range<usize>) -> bool {
        self.renderings.iter().any(|link| {
            let (own, other) = if chinese { (link.zh, link.en) } else { (link.en, link.zh) };
            // what renders a word beside the other one may render its head: 降序 is not "order" alone
            let beside = other + BESIDE >= but.start && other < but.end + BESIDE;
            range.contains(&own) && !beside && link.score >= RENDERED
        })
    }

    /// How likely a Chinese word renders an English one: see [`wording::may_render`].
    pub(super) fn likely(&self, zh: usize, en: usize) -> f64 {
        let (zh, en) = (self.pair.zh[zh].id, self.pair.en[en].id);
        wording::may_render(self.view.aligned(), self.bitext.zh, zh, en, POSSIBLE)
    }

    pub(super) fn is_value(&self, chinese: bool, range: &Range<usize>) -> bool {
        let span = self.span(chinese, range);
        self.values()[usize::from(!chinese)].iter().any(|value| value.overlaps(span))
    }

    /// How far the English words stand from where the Chinese ones are expected.
    pub(super) fn distance(&self, zh: &Range<usize>, en: &Range<usize>) -> f32 {
        let others: Vec<Rendering> = self
            .renderings
            .iter()
            .filter(|link| !zh.contains(&link.zh) && !en.contains(&link.en))
            .copied()
            .collect();
        (expected(&others, self.pair, zh.start) - en.start as f32).abs()
    }

    /// Whether words right beside both render each other.
    pub(super) fn beside(&self, zh: &Range<usize>, en: &Range<usize>) -> usize {
        let near = |range: &Range<usize>, at: usize| {
            at + 2 >= range.start && at < range.end + 2 && !range.contains(&at)
        };
        let both = |link: &&Rendering| {
            near(zh, link.zh)
                && near(en, link.en)
                && !self.pair.en[link.en].common
                && self.pair.zh[link.zh].clause == self.pair.zh[zh.start].clause
                && self.pair.en[link.en].clause == self.pair.en[en.start].clause
        };
        self.renderings.iter().filter(both).count()
    }

    /// How many words of a side that say something are rendered by nothing, but for some.
    pub(super) fn left(&self, chinese: bool, but: &Range<usize>) -> usize {
        let words = if chinese { &self.pair.zh } else { &self.pair.en };
        let says =
            |at: usize| if chinese { self.bitext.says_something(&words[at]) } else { !words[at].common };
        let linked =
            |at: usize| self.renderings.iter().any(|link| at == if chinese { link.zh } else { link.en });
        (0..words.len()).filter(|at| !but.contains(at) && says(*at) && !linked(*at)).count()
    }
}
