//! The command line: one file a command, all of them over the same flow.
//!
//! - [`main`]: arguments to exit code.
//! - [`Command`]: what can be asked for.
//! - [`Context`]: environment and terminal, read once.
//! - [`CliError`]: why beleg could not do its work, with what to do about it.

mod alarms;
mod archive;
mod args;
mod articles;
mod audit;
mod captured;
mod check;
mod complain;
mod completions;
mod config;
mod context;
mod demo;
mod diff;
mod error;
mod exit;
mod explain;
mod extract;
mod files;
mod flags;
mod history;
mod init;
mod ledger;
mod main;
mod name;
mod output;
mod page;
mod progress;
mod read_article;
mod report;
mod review;
mod run;
mod stop;
mod verify;
mod watch;

pub use args::{Cli, Command};
pub use context::Context;
pub use error::CliError;
pub use exit::Exit;
pub use main::main;
