//! What the command line says of itself to shells and to `man`.

use anyhow::Result;
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::Cli;
use crate::message::message;

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// The command that the page is about [default: duizhao as a whole]
    command: Option<String>,
}

/// Prints the script that completes commands and flags in a shell.
pub(super) fn completions(args: &CompletionsArgs) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "duizhao", &mut script);
    super::to_stdout(|out| out.write_all(&script))
}

/// Prints a page of the manual, in the format of `man`.
///
/// # Errors
/// When there is no such command.
pub(super) fn man(args: &ManArgs) -> Result<()> {
    let mut whole = Cli::command();
    // gives the commands their full names: duizhao-check
    whole.build();
    let command = match &args.command {
        None => whole,
        Some(name) => match whole.find_subcommand(name) {
            Some(command) => command.clone(),
            None => return super::told::fail(message!("cli-no-command", name = name)),
        },
    };
    let page = clap_mangen::Man::new(command);
    super::to_stdout(|out| page.render(&mut &mut *out))
}
