//! `duizhao serve`: checks on a page in the browser of this machine.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;

use super::check::tongue;
use super::told::Tell as _;
use super::{Languages, size, tell};
use crate::check::Tongue;
use crate::config::{self, Config};
use crate::message::message;
use crate::read;
use crate::run::Settings;
use crate::serve::{Limits, Server};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The settings file [default: duizhao.toml here or in a folder above, inside the git work tree]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// In which language the page opens: en or zh; it has both [default: en]
    #[arg(long, value_name = "LANG", value_parser = tongue)]
    lang: Option<Tongue>,
    #[command(flatten)]
    languages: Languages,
    /// How terms must be rendered: a CSV file (source,target,status,case,note) or a TBX file
    #[arg(long, value_name = "FILE")]
    termbase: Option<PathBuf>,
    /// Keep decisions in this file, and let the findings that it lists not count; made if it is not there
    /// [default: the baseline of duizhao.toml; without one they go with the session]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Ask a sentence encoder, too, what words mean in their sentence (Chinese and English): slower, and finds more
    #[arg(long)]
    deep: bool,
    /// The largest file that is taken, in bytes or as 500K, 64M, 2G [default: 64M]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    max_file_size: Option<u64>,
    /// The most files of one check
    #[arg(long, value_name = "N", default_value_t = Limits::default().files)]
    max_files: usize,
    /// The most bytes that all checks of the session hold together, or as 500M, 2G [default: 256M]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    max_total_size: Option<u64>,
    /// End when no page has been open for so many minutes; 0 never ends
    #[arg(long, value_name = "MINUTES", default_value = "60")]
    idle: u32,
}

pub(super) fn run(args: &Args) -> Result<ExitCode> {
    let path = args.config.clone().or_else(|| config::find(Path::new("")));
    let file = path.map(|path| config::load(&path)).transpose()?;
    let flags = Config {
        lang: args.lang,
        source_lang: args.languages.source_lang,
        target_lang: args.languages.target_lang,
        termbase: args.termbase.clone(),
        baseline: args.baseline.clone(),
        deep: args.deep.then_some(true),
        ..Config::default()
    };
    let mut meant = config::Settings::new(file, flags);
    // what is dropped has no history
    meant.base.value = None;
    meant.stale.value = false;
    let tongue = meant.lang.value;
    let place = meant.folder().to_path_buf();
    let reading = read::Limits::default();
    let reading = read::Limits { file: args.max_file_size.unwrap_or(reading.file), ..reading };
    let settings = Settings::open(meant, &place, reading)?;
    let default = Limits::default();
    let limits = Limits {
        files: args.max_files,
        total: args.max_total_size.unwrap_or(default.total),
        idle: (args.idle > 0).then(|| Duration::from_secs(60 * u64::from(args.idle))),
    };
    let server = Server::bind(settings, limits).told(|| message!("cli-page"))?;
    let url = server.url();
    tell(&message!("serve-open", url = url).said(tongue));
    server.run().told(|| message!("cli-page"))?;
    tell(&message!("serve-ended", minutes = args.idle.to_string()).said(tongue));
    Ok(ExitCode::SUCCESS)
}
