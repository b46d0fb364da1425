//! `beleg report`: an earlier run again, out of the ledger.

use super::args::{Cli, ReportArgs};
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::flags::archive_override;
use super::output::Outputs;
use crate::archive::ArchiveConfig;
use crate::audit::ledger_path;
use crate::ledger::{Ledger, Recorded};
use crate::report::{Files, Report};

/// Runs `beleg report`.
pub(super) async fn run(args: &ReportArgs, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let mut overrides = args.report.overrides();
    overrides.push(archive_override(args.archive.as_deref()));
    let settings = settings(cli, context, overrides)?.settings;
    let recorded = latest(&settings.archive, args.what.as_deref()).await?;
    let folder = settings.archive.folder.join(&recorded.folder);
    let there = |name: &str| Some(folder.join(name)).filter(|path| path.exists());
    let files = Files {
        archive: Some(settings.archive.folder.clone()),
        html: there("report.html"),
        json: there("report.json"),
        wacz: there("dossier.wacz"),
        ..Files::default()
    };
    let report = Report::new(recorded.dossier);
    Outputs::new(&args.report, cli, context)?.write(&report, &files, true)?;
    let fails = settings.report.fail_on.fails(&report.findings);
    Ok(if fails { Exit::Findings } else { Exit::Clean })
}

/// The newest run that `what` names, or the newest of all.
async fn latest(config: &ArchiveConfig, what: Option<&str>) -> Result<Recorded, CliError> {
    let path = ledger_path(config);
    if !path.exists() {
        return Err(CliError::new(format!("there is no ledger at {}", path.display()))
            .hint("`beleg audit` writes one; `--archive DIR` names another archive folder"));
    }
    let ledger = Ledger::open_read_only(&path).await?;
    let found = ledger.find(what).await?.into_iter().next();
    ledger.close().await?;
    found.ok_or_else(|| {
        let what = what.map_or_else(|| "anything".to_owned(), |what| format!("{what:?}"));
        CliError::new(format!("the ledger knows no run of {what}"))
            .hint("name a run, or an article by its path or file name")
    })
}
