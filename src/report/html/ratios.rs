//! Draws how long the translation of each block is along the document; what is far from the rest can be clicked.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::words::{Label, Words};
use super::{SIDES, units};
use crate::check::Tongue;
use crate::message::message;
use crate::report::Pair;

/// How wide and how tall the drawing is, in its own units; the page scales it.
const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 72.0;
/// Blocks of fewer bytes say nothing by their length.
const LONG: usize = 40;
/// With fewer blocks there is no rest to be far from.
const ENOUGH: usize = 12;
/// How many median deviations from the median are far.
const FAR: f64 = 5.0;

/// Writes the plot, if enough blocks are long enough. A dot higher up is a longer translation.
pub(super) fn write(pair: &Pair, tongue: Tongue, out: &mut impl Write) -> io::Result<()> {
    let links = &pair.bitext.alignment.blocks;
    let mut ratios: Vec<(usize, f64)> = Vec::new();
    for (row, link) in links.iter().enumerate() {
        let [source, target] = SIDES.map(|side| {
            let blocks = &pair.document(side).blocks;
            units(link, side)
                .iter()
                .filter_map(|&at| blocks.get(at))
                .map(|block| block.span.len())
                .sum::<usize>()
        });
        if source >= LONG && target >= LONG {
            ratios.push((row, (target as f64 / source as f64).ln()));
        }
    }
    if ratios.len() < ENOUGH {
        return Ok(());
    }
    let middle = median(ratios.iter().map(|(_, ratio)| *ratio));
    let spread = median(ratios.iter().map(|(_, ratio)| (ratio - middle).abs())).max(0.1);
    let label = Label("aria-label", message!("html-lengths-label"), tongue);
    write!(
        out,
        "<div class=\"ratios\"><h3>{}</h3><p>{}</p><svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"group\" {label}>",
        Words::of(&message!("html-lengths")),
        Words::of(&message!("html-lengths-why"))
    )?;
    let (mut usual, mut far) = (String::new(), String::new());
    for (row, ratio) in ratios {
        let away = (ratio - middle) / spread;
        let x = 2.0 + (WIDTH - 6.0) * row as f64 / links.len().max(1) as f64;
        let y = (HEIGHT / 2.0 - away * HEIGHT / 4.0 / FAR).clamp(3.0, HEIGHT - 3.0);
        if away.abs() < FAR {
            // writing to a string cannot fail
            let _ = write!(usual, "M{x:.1} {y:.1}h1.5");
        } else {
            let times = (ratio - middle).exp();
            let label = message!("html-times", times = format!("{times:.2}"));
            let label = Label("aria-label", label, tongue);
            let (left, top) = (x - 2.0, y - 3.0);
            let _ = write!(
                far,
                "<a href=\"#row-{row}\" {label}><rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"5\" height=\"6\"/></a>"
            );
        }
    }
    let middle = HEIGHT / 2.0;
    writeln!(
        out,
        "<path class=\"axis\" d=\"M0 {middle}H{WIDTH}\"/><path class=\"dots\" d=\"{usual}\"/>{far}</svg></div>"
    )
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
