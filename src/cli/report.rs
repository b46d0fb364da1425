//! `beleg report`: an earlier run again, out of the ledger.

use super::args::{Cli, ReportArgs};
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::flags::archive_override;
use super::ledger;
use super::output::Outputs;
use crate::archive::ArchiveConfig;
use crate::ledger::KeptDossier;
use crate::report::{Files, Report, SignOffs};

/// Runs `beleg report`.
pub(super) async fn run(args: &ReportArgs, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let mut overrides = args.report.overrides();
    overrides.push(archive_override(args.archive.as_deref()));
    let settings = settings(cli, context, overrides)?.settings;
    let (kept, decided) = latest(&settings.archive, args.what.as_deref()).await?;
    let KeptDossier { dossier, folder, .. } = kept;
    let files = files(&settings.archive, &folder);
    let report = Report::new(dossier).with_sign_offs(decided);
    let outputs = Outputs::new(&args.report, &settings, cli, context)?;
    outputs.write(&report, Some(files), true, &settings)?;
    Ok(Outputs::exit(&report, &settings))
}

/// The files of a dossier that are still there.
fn files(config: &ArchiveConfig, folder: &str) -> Files {
    let path = config.folder.join(folder);
    let names = ["report.html", "report.json", "dossier.wacz"].map(str::to_owned).to_vec();
    Files {
        folder: path.display().to_string(),
        names: names.into_iter().filter(|name| path.join(name).exists()).collect(),
        archive: config.folder.display().to_string(),
    }
}

/// The newest run that `what` names, or the newest of all, with what editors decided about its article.
async fn latest(config: &ArchiveConfig, what: Option<&str>) -> Result<(KeptDossier, SignOffs), CliError> {
    let ledger = ledger::open(config).await?;
    let newest = ledger::newest(&ledger, what, "name a run, or an article by its path or file name").await?;
    let kept = ledger.dossier(&newest).await?;
    let decided = ledger.sign_offs(&newest.article_path).await?;
    ledger.close().await?;
    Ok((kept, SignOffs::new(decided)))
}
