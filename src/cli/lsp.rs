//! `duizhao lsp`: a language server over standard input and output.

use std::io::{self, BufReader};
use std::process::ExitCode;

use anyhow::Result;

use super::told::Tell as _;
use super::{locale, reader_left};
use crate::lsp;
use crate::message::message;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Speak over standard input and output, as it does anyway: many editors give every server this flag
    #[arg(long)]
    stdio: bool,
}

pub(super) fn run() -> Result<ExitCode> {
    let mut out = io::stdout().lock();
    let ended = lsp::serve(BufReader::new(io::stdin()), locale::tongue(), &mut out);
    let in_order = ended.or_else(|error| reader_left(error).map(|()| false));
    let in_order = in_order.told(|| message!("cli-stdout"))?;
    Ok(ExitCode::from(u8::from(!in_order)))
}
