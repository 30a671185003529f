//! `duizhao sync`: records what translations were brought up to date with.
//!
//! Two files that are named are recorded whatever was recorded of them before; of folders, stale translations stay as
//! they were recorded.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use rayon::prelude::*;

use super::pairs::{self, Pairs};
use super::{tell, to_stdout};
use crate::config::Config;
use crate::files::Written;
use crate::message::message;
use crate::pairing::Found;
use crate::run::{self, Failure, Reading, Records, Versions};
use crate::text::foreign::{quoted, shown_path};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    pairs: Pairs,
    /// Where to record it; made if it is not there [default: duizhao.lock beside duizhao.toml, else here]
    #[arg(long, value_name = "FILE")]
    lock: Option<PathBuf>,
}

/// How many pairs wait in memory to be recorded.
const BATCH: usize = 256;

pub(super) fn run(args: &Args) -> Result<ExitCode> {
    let meant = args.pairs.settings(Config { lock: args.lock.clone(), ..Config::default() })?;
    let limits = args.pairs.limits();
    let mut records = Records::to_record(&meant, limits)?;
    let pairs = args.pairs.found(&meant)?;
    let written = Written::new([&*records.path], [])?;
    pairs::spared(&written, &pairs, &meant)?;
    let tongue = meant.lang.value;
    let named = args.pairs.is_one();
    let reading = Reading {
        languages: [meant.source_lang.value, meant.target_lang.value],
        formats: &|path| meant.format_of(path),
        placeholders: &meant.placeholders,
        limits,
        deep: None,
    };
    let mut failed = false;
    let (mut recorded, mut same, mut left) = (BTreeMap::new(), 0, Vec::new());
    for batch in pairs.chunks(BATCH) {
        let looked = batch.par_iter().filter(|found| records.key(found).is_some());
        let looked: Vec<_> = looked
            .map(|found| {
                let aligned = run::aligned(&Versions::Files(found.clone()), reading, &limits)?;
                let stale = !named && run::is_stale(found, &aligned, &records, &meant)?;
                Ok::<_, Failure>((found, (!stale).then_some(aligned)))
            })
            .collect();
        for one in looked {
            match one {
                Ok((found, Some(aligned))) => match records.now(found, &aligned) {
                    Some((key, record)) => {
                        recorded.insert(key, record);
                    }
                    None => same += 1,
                },
                Ok((found, None)) => left.push(found.clone()),
                Err(error) => {
                    failed = true;
                    tell(&message!("error-told", what = error.message()).said(tongue));
                }
            }
        }
    }
    let count = recorded.len();
    let gone = records.record(recorded)?;
    to_stdout(|out| {
        for found in &left {
            if let Found::Pair { source, target } = found {
                let left = shown_path(target).to_string();
                let [source, target] = [source, target].map(|path| quoted(path));
                let told = message!("cli-left-stale", path = left, source = source, target = target);
                writeln!(out, "{}", told.said(tongue))?;
            }
        }
        let told = message!(
            "cli-recorded",
            path = shown_path(&records.path).to_string(),
            recorded = count.to_string(),
            same = same.to_string(),
            stale = left.len().to_string(),
            gone = gone.to_string()
        );
        writeln!(out, "{}", told.said(tongue))
    })?;
    Ok(ExitCode::from(if failed { 2 } else { 0 }))
}
