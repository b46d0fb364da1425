//! `beleg archive`: fetch, hash, archive; no weighing of claims.

use super::args::{ArchiveArgs, Cli};
use super::articles::named_with_urls;
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::output::Outputs;
use super::progress;
use super::run::Job;
use crate::audit::Scope;

/// Runs `beleg archive`.
pub(super) async fn run(args: &ArchiveArgs, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let mut overrides = args.fetch.overrides();
    overrides.extend(args.report.overrides());
    overrides.extend(args.archive.overrides());
    let settings = settings(cli, context, overrides)?.settings;
    let job = Job {
        articles: named_with_urls(&args.what, &settings),
        scope: Scope::Archive,
        settings: &settings,
        outputs: Outputs::new(&args.report, &settings, cli, context)?,
        observer: progress::observer(cli, context),
        part_of: None,
    };
    job.run().await
}
