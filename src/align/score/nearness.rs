//! What shows in the meaning of two spans: how near their vectors are, more than either is to what lies near it anyway.

use std::collections::VecDeque;
use std::ops::Range;

use crate::align::senses::Sense;
use crate::encoder::near::dot;

/// What a margin of 1 is worth, in nats, at one letter. This and the two below were chosen by `examples/train` with the
/// weights of what stands alone made anew for each: 2, 4 and 8 make .9205, .9194 and .9220 of the novels (strict F1, left
/// out), and 8 finds a little more of what stands alone.
const WEIGHT: f32 = 8.0;
/// The margin that says nothing: of what is linked one in so many is further apart than what is near by chance.
const EVEN: f32 = -0.1;
/// How what a margin is worth grows with the letters.
const GROWTH: f32 = 0.25;

/// By how much two spans are nearer to each other than what is near to them anyway; nothing where one of them means
/// nothing, as code does.
pub(super) fn margin(one: &Sense, other: &Sense) -> Option<f32> {
    of(dot(&one.vector, &other.vector), [Size::of(one), Size::of(other)])
}

/// The same by the product of the vectors and the sizes of the spans.
fn of(product: f32, [one, other]: [Size; 2]) -> Option<f32> {
    let lengths = (one.square * other.square).sqrt();
    (lengths > 0.0).then(|| product / lengths - (one.crowd + other.crowd) / 2.0)
}

/// What a margin is worth for a link of so many letters of the target, in nats.
pub(super) fn worth(margin: Option<f32>, letters: f32) -> f32 {
    margin.map_or(0.0, |margin| WEIGHT * (margin - EVEN) * letters.max(1.0).powf(GROWTH))
}

/// How near the spans that end at one source unit are to all target spans near it: what [`margin`] says of two, each in
/// constant time.
pub(super) struct Nearby<'m> {
    source: &'m [Sense],
    target: &'m [Sense],
    widest: usize,
    /// The first target unit that is looked at.
    first: usize,
    /// Of the spans of n target units that end before each: `[n − 1][j − first]`, what [`Size`] says.
    theirs: Vec<Vec<Size>>,
    /// Of the last m source units.
    own: Vec<Size>,
    /// For each of the last source units: from which target unit on, and Σ of its products with each from there on.
    products: VecDeque<(usize, Vec<f32>)>,
}

/// The squared length of a span's vector, and how near what is near comes to it.
#[derive(Clone, Copy)]
struct Size {
    square: f32,
    crowd: f32,
}

impl Size {
    fn of(sense: &Sense) -> Size {
        Size { square: dot(&sense.vector, &sense.vector), crowd: sense.crowd / sense.count.max(1.0) }
    }

    fn of_all(senses: &[Sense]) -> Size {
        Size::of(&Sense::together(senses.iter()))
    }
}

impl<'m> Nearby<'m> {
    /// For spans of at most `widest` of these units, those of the target among `units`; nothing where the encoder was
    /// not asked.
    pub(super) fn new(
        source: &'m [Sense],
        target: &'m [Sense],
        widest: usize,
        units: &Range<usize>,
    ) -> Option<Nearby<'m>> {
        if source.is_empty() || target.is_empty() {
            return None;
        }
        let of = |n: usize| {
            let span = |j: usize| Size::of_all(&target[j.saturating_sub(n).max(units.start)..j]);
            (units.start..=units.end).map(span).collect()
        };
        let theirs = (1..=widest).map(of).collect();
        let (own, products) = (Vec::new(), VecDeque::new());
        Some(Nearby { source, target, widest, first: units.start, theirs, own, products })
    }

    /// Goes on to a source unit, and to the target units that links with it may hold.
    pub(super) fn advance(&mut self, unit: usize, within: Range<usize>) {
        let mut sum = 0.0;
        let products = self.target[within.clone()].iter().map(|other| {
            sum += dot(&self.source[unit].vector, &other.vector);
            sum
        });
        let products = (within.start, std::iter::once(0.0).chain(products).collect());
        self.products.truncate(self.widest - 1);
        self.products.push_front(products);
        self.own =
            (1..=self.products.len()).map(|m| Size::of_all(&self.source[unit + 1 - m..=unit])).collect();
    }

    /// How near the last `m` source units are to the `n` target units before `j`.
    pub(super) fn margin(&self, m: usize, n: usize, j: usize) -> Option<f32> {
        let of_unit = |(first, sums): &(usize, Vec<f32>)| sums[j - first] - sums[j - n - first];
        let product = self.products.iter().take(m).map(of_unit).sum();
        let (own, theirs) = (self.own[m - 1], self.theirs[n - 1][j - self.first]);
        of(product, [own, theirs])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is known of many spans at once is what is known of each.
    #[test]
    fn spans_are_as_near_at_once_as_one_by_one() {
        let sense = |seed: usize| {
            let number = |at: usize| ((seed * 7919 + at * 104_729) % 1009) as f32 / 1009.0 - 0.5;
            let count = if seed % 4 == 3 { 0.0 } else { 1.0 };
            Sense {
                vector: std::array::from_fn(number).map(|number| number * count),
                crowd: 0.1 * count,
                count,
            }
        };
        let [source, target] = [1, 100].map(|first| (first..first + 6).map(sense).collect::<Vec<Sense>>());
        let mut nearby = Nearby::new(&source, &target, 3, &(0..6)).unwrap();
        for unit in 0..6 {
            nearby.advance(unit, 0..6);
            for (m, n, j) in (1..=3).flat_map(|m| (1..=3).flat_map(move |n| (n..=6).map(move |j| (m, n, j))))
            {
                let Some(first) = (unit + 1).checked_sub(m) else { continue };
                let of = |side: &[Sense]| Sense::together(side.iter());
                let one_by_one = margin(&of(&source[first..=unit]), &of(&target[j - n..j]));
                let at_once = nearby.margin(m, n, j);
                match (one_by_one, at_once) {
                    (Some(one), Some(other)) => assert!((one - other).abs() < 1e-4, "{one} {other}"),
                    (one, other) => assert_eq!(one, other),
                }
            }
        }
        assert_eq!(worth(None, 5.0), 0.0);
        assert!(worth(Some(0.3), 80.0) > worth(Some(0.3), 20.0) && worth(Some(EVEN), 80.0).abs() < 1e-6);
        assert!(Nearby::new(&[], &[], 3, &(0..0)).is_none());
    }
}
