//! From arguments to exit code.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;
use rustix::process::Signal;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::args::{Cli, Command};
use super::complain::complain;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::{
    alarms, archive, audit, check, completions, config, demo, diff, explain, extract, history, init, ledger,
    read_article, report, review, verify, watch,
};

/// Runs beleg with these arguments, the program's name first.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if read_article::is_asked_for(&arguments) {
        return read_article::run();
    }
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let context = Context::from_process();
    log(&cli, &context);
    match start(&cli, &context) {
        Ok(exit) => exit.into(),
        Err(error) if error.is_broken_pipe() => Exit::Clean.into(),
        Err(error) => {
            complain(&error);
            Exit::Failed.into()
        }
    }
}

fn start(cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let exit = runtime.block_on(async {
        // Beyond a limit on the size of files (RLIMIT_FSIZE) a write is to fail and be told of. Where nobody listens, the
        // signal ends the program instead.
        let _heeded = signal(SignalKind::from_raw(Signal::XFSZ.as_raw()))?;
        dispatch(cli, context).await
    });
    // A name look-up that hangs in the C library must not hold up the end of the program.
    runtime.shutdown_background();
    exit
}

async fn dispatch(cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    match &cli.command {
        Command::Audit(args) => audit::run(args, cli, context).await,
        Command::Extract(args) => extract::run(args, cli, context).await,
        Command::Check(args) => check::run(args, cli, context).await,
        Command::Archive(args) => archive::run(args, cli, context).await,
        Command::Verify(args) => verify::run(args, cli, context).await,
        Command::Report(args) => report::run(args, cli, context).await,
        Command::History(args) => history::run(args, cli, context).await,
        Command::Diff(args) => diff::run(args, cli, context).await,
        Command::Explain(args) => explain::run(args, cli, context).await,
        Command::Review(args) => review::run(args, cli, context).await,
        Command::Watch(args) => watch::run(args, cli, context).await,
        Command::Alarms(args) => alarms::run(args, cli, context).await,
        Command::Ledger(command) => ledger::run(command, cli, context).await,
        Command::Demo(args) => demo::run(args, cli, context).await,
        Command::Init(args) => init::run(args),
        Command::Config(command) => config::run(command, cli, context),
        Command::Completions { shell } => completions::completions(*shell),
        Command::Man => completions::manual(),
    }
}

/// Help and version are results and go to standard output; a slip is an error.
fn usage(error: &clap::Error) -> ExitCode {
    drop(error.print());
    if error.use_stderr() { Exit::Failed.into() } else { Exit::Clean.into() }
}

fn log(cli: &Cli, context: &Context) {
    let level = if cli.verbose > 1 { "beleg=debug" } else { "off" };
    let filter = context.variables.get("RUST_LOG").map_or(level, String::as_str);
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter))
        .with_ansi(context.stderr_is_terminal)
        .with_writer(std::io::stderr);
    subscriber.init();
}
