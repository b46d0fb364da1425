//! `beleg ledger`: copies of the ledger. Other commands open it here too.

use std::io::{self, Write as _};

use super::args::{Cli, LedgerCommand};
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::flags::archive_override;
use crate::archive::ArchiveConfig;
use crate::audit::LEDGER;
use crate::ledger::{Ledger, Recorded};

/// Runs `beleg ledger …`.
pub(super) async fn run(command: &LedgerCommand, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let (LedgerCommand::Backup { archive, .. } | LedgerCommand::Export { archive }) = command;
    let overrides = vec![archive_override(archive.as_deref())];
    let settings = settings(cli, context, overrides)?.settings;
    let ledger = open(&settings.archive).await?;
    match command {
        LedgerCommand::Backup { file, .. } => {
            let entries = ledger.backup(file).await?;
            if !cli.quiet {
                writeln!(anstream::stderr(), "{entries} entries copied to {}", file.display())?;
            }
        }
        LedgerCommand::Export { .. } => {
            let mut out = io::BufWriter::new(io::stdout());
            ledger.export(&mut out).await?;
            out.flush()?;
        }
    }
    ledger.close().await?;
    Ok(Exit::Clean)
}

/// Opens the ledger of an archive folder for queries.
pub(super) async fn open(config: &ArchiveConfig) -> Result<Ledger, CliError> {
    let path = config.folder.join(LEDGER);
    if !path.exists() {
        return Err(CliError::new(format!("there is no ledger at {}", path.display()))
            .hint("`beleg audit` writes one; `--archive DIR` names another archive folder"));
    }
    Ok(Ledger::open_read_only(&path).await?)
}

/// The newest run that `what` names, or the newest of all; `hint` says what to do where there is none.
pub(super) async fn newest(ledger: &Ledger, what: Option<&str>, hint: &str) -> Result<Recorded, CliError> {
    let found = match what {
        Some(what) => ledger.find(what).await?,
        None => ledger.runs(1).await?,
    };
    found.into_iter().next().ok_or_else(|| {
        let what = what.map_or_else(|| "anything".to_owned(), |what| format!("{what:?}"));
        CliError::new(format!("the ledger knows no run of {what}")).hint(hint)
    })
}
