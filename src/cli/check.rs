//! `beleg check`: reachability alone, nothing archived.

use super::args::{CheckArgs, Cli};
use super::articles::named_with_urls;
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::output::Outputs;
use super::progress;
use super::run::Job;
use crate::audit::Scope;

/// Runs `beleg check`.
pub(super) async fn run(args: &CheckArgs, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let mut overrides = args.fetch.overrides();
    overrides.extend(args.report.overrides());
    overrides.extend(args.cache.overrides());
    let settings = settings(cli, context, overrides)?.settings;
    let job = Job {
        articles: named_with_urls(&args.what, &settings),
        scope: Scope::Check,
        settings: &settings,
        outputs: Outputs::new(&args.report, &settings, cli, context)?,
        observer: progress::observer(cli, context),
        part_of: None,
    };
    job.run().await
}
