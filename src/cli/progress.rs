//! How far work has come, shown where it takes long.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::message::{Tongue, id};
use crate::run::Deep;

/// How long work lasts before its progress is shown.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar of so many pairs, or of sentences that the encoder is to see, that is not shown yet.
pub(super) fn bar(pairs: Option<usize>, deep: bool, tongue: Tongue) -> ProgressBar {
    let count = if deep { Some(0) } else { pairs };
    let bar = ProgressBar::with_draw_target(count.map(|count| count as u64), ProgressDrawTarget::hidden());
    // the template is a constant; a bar without it is still a bar
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg} {eta}") {
        bar.set_style(style);
    }
    let what = if deep { id!("progress-sentences") } else { id!("progress-pairs") };
    bar.with_message(what.said(tongue))
}

/// Shows a bar if the work lasts.
pub(super) fn show(bar: &ProgressBar) {
    if bar.is_hidden() && bar.elapsed() > PATIENCE {
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(5));
    }
}

/// The encoder, telling a bar of the sentences it has seen.
pub(super) fn told(deep: Deep, bar: &ProgressBar) -> Deep {
    let bar = bar.clone();
    deep.telling(move |done, more| {
        bar.inc_length(more as u64);
        bar.inc(done as u64);
        show(&bar);
    })
}
