//! The `beleg` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    beleg::cli::main(std::env::args_os())
}
