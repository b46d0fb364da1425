//! `beleg read-article`: the process that another beleg has read PDF and office files. No command for people, so it
//! is none of those that can be typed wrongly.

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use super::complain::complain;
use super::exit::Exit;
use crate::article::child::{self, Child, ReadingConfig};

/// The command, as it is typed.
const COMMAND: &str = "read-article";

/// This program as the reader of PDF and office files.
pub(super) fn reader(limits: ReadingConfig) -> Child {
    // Where the system does not tell the path, the one in PATH is the best guess, and the first article tells.
    let program = std::env::current_exe().unwrap_or_else(|_| env!("CARGO_PKG_NAME").into());
    Child { program, arguments: vec![COMMAND.into()], limits }
}

/// Whether the arguments, the program's name first, ask for this process.
pub(super) fn is_asked_for(arguments: &[OsString]) -> bool {
    arguments.len() == 2 && arguments[1] == COMMAND
}

/// Runs `beleg read-article`. No runtime is started: what is not needed may not be in the way of the limits.
pub(super) fn run() -> ExitCode {
    match child::serve(io::stdin().lock(), io::stdout().lock()) {
        Ok(()) => Exit::Clean.into(),
        Err(error) => {
            complain(&error.into());
            Exit::Failed.into()
        }
    }
}
