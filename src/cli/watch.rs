//! `duizhao watch`: checks the pairs again in which a file was saved.
//!
//! Files are asked for their times rather than watched by the system: that sees files that editors replace, and works
//! on network drives and in containers, where notices get lost.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime};

use anyhow::Result;

use super::check::{Color, width};
use super::pairs::Pairs;
use super::{tell, to_stdout};
use crate::check::Tongue;
use crate::config::Config;
use crate::gate::Baseline;
use crate::message::message;
use crate::pairing::Found;
use crate::report::{Options, text};
use crate::run::{self, Input, Settings};
use crate::text::foreign::shown;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    pairs: Pairs,
    /// In which language to tell of the findings: en or zh [default: that of the system, else en]
    #[arg(long, value_name = "LANG", value_parser = super::check::tongue)]
    lang: Option<Tongue>,
    /// Ask a sentence encoder, too, what words mean in their sentence (Chinese and English): slower, and finds more
    #[arg(long)]
    deep: bool,
    /// When to colour the findings
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: Color,
}

/// How long to wait, at the least, between two looks at the files.
const PAUSE: Duration = Duration::from_millis(10);
/// How long to wait, at the least, between two searches for new files.
const SEARCH: Duration = Duration::from_secs(1);
/// Looking and searching take at most one part in so many of the time.
const SHARE: u32 = 20;

/// By what a file is known to be another than it was: its time and its length; none when it is not there.
type Stamp = Option<(SystemTime, u64)>;

pub(super) fn run(args: &Args) -> Result<ExitCode> {
    let meant = args.pairs.settings(Config {
        lang: args.lang,
        deep: args.deep.then_some(true),
        ..Config::default()
    })?;
    let place = args.pairs.place(&meant);
    let settings = Settings::open(meant, &place, args.pairs.limits())?;
    let tongue = settings.meant.lang.value;
    let options = Options { colour: args.color.is_wanted(), width: width(), tongue, ..Options::default() };
    args.pairs.are_there()?;
    let mut pairs = args.pairs.found(&settings.meant)?;
    let mut stamps = stamped(&pairs);
    tell(&message!("cli-watching", pairs = pairs.len().to_string()).said(tongue));
    let (mut searched, mut search_took) = (Instant::now(), Duration::ZERO);
    let mut look_took = Duration::ZERO;
    loop {
        std::thread::sleep(PAUSE.max(look_took * SHARE));
        let from = Instant::now();
        let mut now = stamped(&pairs);
        look_took = from.elapsed();
        let mut new = BTreeSet::new();
        let gone = now.iter().any(|(path, stamp)| stamp.is_none() && stamps[path].is_some());
        if gone || searched.elapsed() > SEARCH.max(search_took * SHARE) {
            let from = Instant::now();
            // a folder in which nothing can be paired just now may soon hold something again
            let known: BTreeSet<Found> = pairs.iter().cloned().collect();
            if let Ok(found) = args.pairs.found(&settings.meant) {
                new = found.iter().filter(|found| !known.contains(found)).cloned().collect();
                pairs = found;
                now = stamped(&pairs);
            }
            (searched, search_took) = (Instant::now(), from.elapsed());
        }
        let is_changed = |path: &&PathBuf| stamps.get(*path) != now.get(*path);
        for found in &pairs {
            if paths(found).iter().any(is_changed) || new.contains(found) {
                again(found, &settings, &options)?;
            }
        }
        stamps = now;
    }
}

/// Checks a pair and prints what is found. What is wrong with a file may be mended the next moment.
fn again(found: &Found, settings: &Settings, options: &Options) -> Result<()> {
    let mut pair = match run::pair(&Input::from(found.clone()), settings) {
        Ok(checked) => checked.pair,
        Err(error) => {
            tell(&message!("error-told", what = error.message()).said(options.tongue));
            return Ok(());
        }
    };
    if let Some(path) = &settings.meant.baseline.value {
        Baseline::open(path, &settings.limits)?.apply(&mut pair);
        pair.verdict = settings.gate().judge(&pair.findings);
    }
    let totals = [&pair].into_iter().collect();
    to_stdout(|out| {
        let [source, target] = [&pair.bitext.source.path, &pair.bitext.target.path].map(|path| shown(path));
        writeln!(out, "== {source} {target}")?;
        text::pair(&pair, options, out)?;
        text::tail(&totals, options, out)
    })
}

fn stamped(pairs: &[Found]) -> BTreeMap<PathBuf, Stamp> {
    let stamp = |path: &Path| -> Stamp {
        let known = std::fs::metadata(path).ok()?;
        Some((known.modified().ok()?, known.len()))
    };
    pairs.iter().flat_map(paths).map(|path| (path.clone(), stamp(path))).collect()
}

/// The original and the translation, be they there or not.
fn paths(found: &Found) -> [&PathBuf; 2] {
    match found {
        Found::Pair { source, target } => [source, target],
        Found::Both(path) => [path, path],
        Found::Missing { source, expected } => [source, expected],
        Found::Orphan { target, expected } => [expected, target],
        Found::Unread { path, .. } => [path, path],
    }
}
