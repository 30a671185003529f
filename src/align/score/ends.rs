//! What it says of two spans how they begin and end: quotations that are open or close, and the marks at the end.

use super::Weights;
use crate::align::units::{Edge, MARKS, Mark};

/// What the ends of two spans say for their being linked, in nats: a table for each thing an [`Edge`] tells of an end.
#[derive(Debug, Clone)]
pub(crate) struct Endings {
    /// By whether a quotation is open.
    quoting: [[f32; 2]; 2],
    /// By whether a quotation closes.
    closes: [[f32; 2]; 2],
    /// By [`Mark`].
    marks: [[f32; MARKS]; MARKS],
}

impl Default for Endings {
    /// What holds of texts in general.
    fn default() -> Self {
        /// For both ending in the same mark.
        const SAME: f32 = 2.0;
        /// For one ending in a mark and the other not.
        const LONE: f32 = -0.4;
        let mut marks = [[LONE; MARKS]; MARKS];
        (0..MARKS).for_each(|mark| marks[mark][mark] = SAME);
        marks[Mark::None as usize][Mark::None as usize] = 0.0;
        Endings { quoting: [[0.0, -2.5], [-2.5, 1.5]], closes: [[0.0, 0.0], [0.0, SAME]], marks }
    }
}

impl Endings {
    /// What holds of this bitext, by how the spans end that a first path links.
    ///
    /// Whoever writes dialogue without quotation marks on one side, or closes sentences otherwise, does so all over.
    pub(crate) fn learnt<'e>(links: impl Iterator<Item = (&'e Edge, &'e Edge)>) -> Endings {
        let (mut quoting, mut closes, mut marks) = ([[0.0; 2]; 2], [[0.0; 2]; 2], [[0.0; MARKS]; MARKS]);
        for (one, other) in links {
            quoting[usize::from(one.quoting)][usize::from(other.quoting)] += 1.0;
            closes[usize::from(one.closes)][usize::from(other.closes)] += 1.0;
            marks[one.mark as usize][other.mark as usize] += 1.0;
        }
        let general = Endings::default();
        Endings {
            quoting: information(&quoting, &general.quoting),
            closes: information(&closes, &general.closes),
            marks: information(&marks, &general.marks),
        }
    }

    /// What two ends say.
    pub(super) fn of(&self, one: &Edge, other: &Edge) -> f32 {
        self.quoting[usize::from(one.quoting)][usize::from(other.quoting)]
            + self.closes[usize::from(one.closes)][usize::from(other.closes)]
            + self.marks[one.mark as usize][other.mark as usize]
    }
}

/// For so many links the general opinion of how ends go together counts.
const GENERAL: f32 = 30.0;
/// No pair of ends says more than this for or against a link, in nats.
const MOST_OF_AN_END: f32 = 4.0;

/// The pointwise mutual information of what is counted together, in nats, where `general` is what it is in general.
fn information<const K: usize>(counts: &[[f32; K]; K], general: &[[f32; K]; K]) -> [[f32; K]; K] {
    let total: f32 = counts.iter().flatten().sum();
    // what is never met is rare, not impossible
    let share = |count: f32| (count + 0.5) / (total + 0.5 * K as f32);
    let rows: [f32; K] = std::array::from_fn(|a| share(counts[a].iter().sum()));
    let columns: [f32; K] = std::array::from_fn(|b| share(counts.iter().map(|row| row[b]).sum()));
    let likely = |a: usize, b: usize| rows[a] * columns[b] * general[a][b].exp();
    let whole: f32 = (0..K).flat_map(|a| (0..K).map(move |b| (a, b))).map(|(a, b)| likely(a, b)).sum();
    std::array::from_fn(|a| {
        std::array::from_fn(|b| {
            let together = (counts[a][b] + GENERAL * likely(a, b) / whole) / (total + GENERAL);
            (together / (rows[a] * columns[b])).ln().clamp(-MOST_OF_AN_END, MOST_OF_AN_END)
        })
    })
}

/// The evidence of how two spans begin.
pub(super) fn beginnings(weights: &Weights, first: &Edge, other: &Edge) -> f32 {
    if first.opens && other.opens { weights.open } else { 0.0 }
}
