//! The part of the grid of source and target units that the path may visit.

use std::ops::Range;

/// For every row (number of source units passed) the columns (target units passed) that may be visited.
///
/// Row 0 holds column 0, the last row holds the last column, starts and ends never fall from row to row, and
/// neighbouring rows overlap: there is always a path.
#[derive(Debug, Clone)]
pub(crate) struct Band {
    rows: Vec<BandRow>,
}

/// A row of a band. Texts are smaller than a quarter of what 32 bits count, so that bands fit as well.
#[derive(Debug, Clone, Copy)]
struct BandRow {
    /// Its columns.
    start: u32,
    end: u32,
    /// The cells in all rows before it.
    first: u32,
}

/// About how many cells a band without anchors may have; with them it grows with the number of units alone.
const AREA: usize = 2_000_000;

impl Band {
    /// All cells within `width` of the polyline from corner to corner through `anchors`, pairs of units in
    /// ascending order on both sides.
    pub(crate) fn around(anchors: &[(usize, usize)], sources: usize, targets: usize, width: usize) -> Band {
        let most = (AREA / (sources + 1)).max(4 * width) / 2;
        let mut corners = vec![(0, 0)];
        corners.extend(anchors.iter().copied().filter(|&(i, j)| (i, j) != (0, 0)));
        corners.push((sources, targets));
        let mut rows = vec![(usize::MAX, 0); sources + 1];
        for pair in corners.windows(2) {
            let ((i0, j0), (i1, j1)) = (pair[0], pair[1]);
            // a stretch without anchors is uncertain all over: half of its shorter side is added to the width
            let slack = (width + (i1 - i0).min(j1 - j0) / 2 + (i1 - i0).abs_diff(j1 - j0) / 4).min(most);
            for i in i0..=i1 {
                let centre = if i1 == i0 { j0 } else { j0 + (j1 - j0) * (i - i0) / (i1 - i0) };
                let upper = if i1 == i0 { j1 } else { centre };
                for row in rows
                    .iter_mut()
                    .take((i + width.min(sources)).min(sources) + 1)
                    .skip(i.saturating_sub(width))
                {
                    row.0 = row.0.min(centre.saturating_sub(slack));
                    row.1 = row.1.max((upper + slack + 1).min(targets + 1));
                }
            }
        }
        rows[0].0 = 0;
        if let Some(last) = rows.last_mut() {
            last.1 = targets + 1;
        }
        // ends must not fall, starts must not rise too early, neighbours must overlap
        for i in 1..rows.len() {
            rows[i].1 = rows[i].1.max(rows[i - 1].1);
        }
        for i in (1..rows.len()).rev() {
            rows[i - 1].0 = rows[i - 1].0.min(rows[i].0);
        }
        for i in 1..rows.len() {
            if rows[i].0 >= rows[i - 1].1 {
                rows[i].0 = rows[i - 1].1 - 1;
            }
        }
        let mut first = 0;
        let row = |(start, end): (usize, usize)| {
            let row = BandRow { start: start as u32, end: end as u32, first };
            first += row.end - row.start;
            row
        };
        Band { rows: rows.into_iter().map(row).collect() }
    }

    /// The columns of a row.
    pub(crate) fn columns(&self, row: usize) -> Range<usize> {
        let BandRow { start, end, .. } = self.rows[row];
        start as usize..end as usize
    }

    /// The number of cells in all rows before one.
    pub(crate) fn first(&self, row: usize) -> usize {
        self.rows[row].first as usize
    }

    /// The number of cells.
    pub(crate) fn area(&self) -> usize {
        self.rows.last().map_or(0, |row| (row.first + row.end - row.start) as usize)
    }

    /// Which cell of a row is in a column, from 0, if the band holds it.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Option<usize> {
        let columns = self.columns(row);
        columns.contains(&column).then(|| column - columns.start)
    }
}
