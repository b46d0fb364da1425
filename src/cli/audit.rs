//! `beleg audit`: the main job.

use super::args::{AuditArgs, Cli};
use super::articles::named;
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::output::Outputs;
use super::progress;
use super::run::Job;
use crate::audit::Scope;

/// Runs `beleg audit`.
pub(super) async fn run(args: &AuditArgs, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let mut overrides = args.fetch.overrides();
    overrides.extend(args.report.overrides());
    overrides.extend(args.archive.overrides());
    let settings = settings(cli, context, overrides)?.settings;
    let names = if args.articles.is_empty() { &settings.articles } else { &args.articles };
    if names.is_empty() {
        return Err(CliError::new("no article is named")
            .hint("name a file, as in `beleg audit article.txt`, or list `articles` in config.toml"));
    }
    let job = Job {
        articles: named(names, &settings, args.date.date),
        scope: Scope::Audit,
        settings: &settings,
        outputs: Outputs::new(&args.report, &settings, cli, context)?,
        observer: progress::observer(cli, context),
        part_of: None,
    };
    job.run().await
}
