//! Errors, said.

use std::io::Write as _;

use super::error::CliError;

/// Writes an error to standard error. Where even that is gone nothing is left to tell.
pub(super) fn complain(error: &CliError) {
    drop(writeln!(anstream::stderr(), "error: {error}"));
}
