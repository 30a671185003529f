//! `duizhao sync`: records what translations were brought up to date with.
//!
//! Two files that are named are recorded whatever was recorded of them before; of folders, stale translations stay as
//! they were recorded.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use rayon::prelude::*;

use super::check::complain;
use super::pairs::Pairs;
use super::to_stdout;
use crate::config::Config;
use crate::pairing::Found;
use crate::run::{self, Failure, Records, Versions};
use crate::{read, report};

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
    let mut meant = args.pairs.settings(Config { lock: args.lock.clone(), ..Config::default() })?;
    // one that is named may yet be made
    let path = meant.lock.value.take_if(|path| !path.exists());
    let limits = args.pairs.reading.limits();
    let mut records = Records::open(&meant, limits)?;
    records.path = path.unwrap_or(records.path);
    let named = args.pairs.is_one();
    let languages = [meant.source_lang.value, meant.target_lang.value];
    let mut failed = false;
    let (mut recorded, mut same, mut left) = (0, 0, Vec::new());
    for batch in args.pairs.found(&meant)?.chunks(BATCH) {
        let looked = batch.par_iter().filter(|found| records.key(found).is_some());
        let looked: Vec<_> = looked
            .map(|found| {
                let aligned = run::aligned(&Versions::Files(found.clone()), languages, None, &limits)?;
                let stale = !named && run::is_stale(found, &aligned, &records, &meant)?;
                Ok::<_, Failure>((found, (!stale).then_some(aligned)))
            })
            .collect();
        for one in looked {
            match one {
                Ok((found, Some(aligned))) if records.set(found, &aligned) => recorded += 1,
                Ok((_, Some(_))) => same += 1,
                Ok((found, None)) => left.push(found.clone()),
                Err(error) => {
                    failed = true;
                    complain(&format!("error: {error}"));
                }
            }
        }
    }
    let gone = records.forget_gone();
    if recorded > 0 || gone > 0 {
        report::save(&records.path, |out| records.lock.write(out))
            .with_context(|| format!("{}: cannot be written", records.path.display()))?;
    }
    to_stdout(|out| {
        for found in &left {
            if let Found::Pair { source, target } = found {
                let [source, target] = [source, target].map(|path| read::name_of(path));
                writeln!(
                    out,
                    "{target}: left as it was recorded, for its original changed: bring it up to date, then run `duizhao sync {source} {target}`"
                )?;
            }
        }
        let (path, stale) = (records.path.display(), left.len());
        writeln!(out, "{path}: {recorded} recorded, {same} as before, {stale} stale, {gone} gone")
    })?;
    Ok(ExitCode::from(if failed { 2 } else { 0 }))
}
