//! `beleg completions` and `beleg man`: made from the command line's own definition.

use std::io::Write as _;

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::args::Cli;
use super::error::CliError;
use super::exit::Exit;

/// Prints the completion script for `shell`.
pub(super) fn completions(shell: Shell) -> Result<Exit, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "beleg", &mut script);
    print(&script)
}

/// Prints the manual page in roff.
pub(super) fn manual() -> Result<Exit, CliError> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    print(&page)
}

fn print(bytes: &[u8]) -> Result<Exit, CliError> {
    std::io::stdout().write_all(bytes)?;
    Ok(Exit::Clean)
}
