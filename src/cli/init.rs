//! `duizhao init`: a settings file to start from.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use anyhow::Result;
use clap::Args;

use super::locale;
use super::told::{Tell as _, fail};

use crate::config::{NAME, SCHEMA, STARTER};
use crate::message::message;

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// Print the JSON schema of the settings file instead, for editors
    #[arg(long)]
    schema: bool,
}

/// Writes the settings file into the working folder, or prints its schema.
///
/// # Errors
/// When there is one already, or it cannot be written.
pub(super) fn init(args: &InitArgs) -> Result<()> {
    if args.schema {
        return super::to_stdout(|out| out.write_all(SCHEMA.as_bytes()));
    }
    let path = Path::new(NAME);
    let made = OpenOptions::new().write(true).create_new(true).open(path);
    if made.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists) {
        return fail(message!("cli-settings-there", path = NAME));
    }
    made.and_then(|mut file| file.write_all(STARTER.as_bytes()))
        .told(|| message!("cli-cannot-write", path = NAME))?;
    super::tell(&message!("cli-settings-written", path = NAME).said(locale::tongue().unwrap_or_default()));
    Ok(())
}
