//! How two things that have not changed places stand: a logistic regression over right passages and pairs in sync, in
//! which every two things that are alike count as they are, against them exchanged.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::Result;
use duizhao::align::align;
use duizhao::meaning::standing::{FEATURES, Features, SURE, TOLD};
use duizhao::meaning::{View, alike};
use duizhao::read::{self, Limits};
use duizhao::segment::segment;
use duizhao::text::Document;

use crate::passages::{FOLDS, Passage};
use crate::regression;

/// A passage, or a pair in sync.
struct Text {
    things: Vec<Features>,
    kind: Kind,
    fold: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Right,
    InSync,
    /// Two things have changed places.
    Exchanged,
}

/// Tables of passages whose faults are things that have changed places.
const TABLES: [&str; 2] = ["roles", "order"];

/// The weights learnt from the right passages and from pairs in sync, and how well they tell passages where things have
/// changed places.
pub(crate) fn train(passages: &[Passage], in_sync: &[[PathBuf; 2]]) -> Result<(Vec<f32>, String)> {
    let mut texts = Vec::new();
    let mut add = |[source, target]: [Document; 2], kind: Kind, fold: usize| {
        let things = alike(&View::new(&align(source, target)));
        texts.push(Text { things, kind, fold });
    };
    for passage in passages {
        let kind = if passage.is_wrong() { Kind::Exchanged } else { Kind::Right };
        if kind == Kind::Right || TABLES.contains(&&*passage.table) {
            add(passage.documents()?, kind, passage.fold);
        }
    }
    for (pair, paths) in in_sync.iter().enumerate() {
        let [zh, en] = paths.each_ref().map(|path| read::file(path, None, &Limits::default()).map(segment));
        add([zh?, en?], Kind::InSync, pair % FOLDS);
    }
    let weights = learn(&texts, |_| true);
    Ok((weights.into_iter().map(|weight| weight as f32).collect(), report(&texts)))
}

fn learn(texts: &[Text], of: impl Fn(&Text) -> bool) -> Vec<f64> {
    let right = texts.iter().filter(|text| text.kind != Kind::Exchanged && of(text));
    let rows: Vec<&[(usize, f32)]> = right.flat_map(|text| &text.things).map(Vec::as_slice).collect();
    regression::direction(&rows, FEATURES)
}

/// Says in how many passages two things fit less than each bound, where each is judged by weights learnt from the other
/// folds.
fn report(texts: &[Text]) -> String {
    let count = |kind: Kind| texts.iter().filter(|text| text.kind == kind).count();
    let mut worst: Vec<(Kind, f64)> = Vec::new();
    for fold in 0..FOLDS {
        let weights = learn(texts, |text| text.fold != fold);
        for text in texts.iter().filter(|text| text.fold == fold) {
            let fits = text
                .things
                .iter()
                .map(|things| things.iter().map(|(at, value)| weights[*at] * f64::from(*value)).sum::<f64>());
            match text.kind {
                // each two things of a whole document, else the worst of the passage
                Kind::InSync => worst.extend(fits.map(|fit| (Kind::InSync, fit))),
                kind => worst.extend(fits.reduce(f64::min).map(|fit| (kind, fit))),
            }
        }
    }
    let mut text = format!(
        "Made by: cargo run --profile quick --example train -- ALIGNED IN_SYNC PASSAGES…
{} passages where things have changed places, {} right ones and {} pairs in sync: those with two things that fit less as
they are, in nats, each judged by weights learnt from the other five of six folds. Below {TOLD} they are told, below {SURE} as
grave; the rules, which go before, are not counted here.

fits less than  exchanged  right  two things in sync
",
        count(Kind::Exchanged),
        count(Kind::Right),
        count(Kind::InSync)
    );
    for bound in [-2.0, -2.5, -3.0, -3.5, -4.0, -4.5, -5.0, -5.5, -6.0, -7.0, -8.0] {
        let under = |kind: Kind| worst.iter().filter(|(own, fit)| *own == kind && *fit < bound).count();
        let [exchanged, right, in_sync] = [Kind::Exchanged, Kind::Right, Kind::InSync].map(under);
        let _ = writeln!(text, "{bound:14.1}  {exchanged:9}  {right:5}  {in_sync:18}");
    }
    text
}
