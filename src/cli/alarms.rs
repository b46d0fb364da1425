//! `beleg alarms`: what was raised, and taking note of it.

use std::io::{self, Write as _};

use jiff::Timestamp;

use super::args::{AlarmsArgs, Cli, OutputFormat};
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::flags::archive_override;
use super::ledger;
use super::output::terminal_options;
use crate::audit::LEDGER;
use crate::ledger::{Acknowledgement, Body, Ledger, RaisedAlarm, Which};
use crate::report::{Alarms, count};

/// Runs `beleg alarms`.
pub(super) async fn run(args: &AlarmsArgs, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let overrides = vec![archive_override(args.archive.as_deref())];
    let archive = settings(cli, context, overrides)?.settings.archive;
    // Says what to do where there is none.
    let reading = ledger::open(&archive).await?;
    if args.acknowledge.is_empty() {
        let which = if args.all { Which::All } else { Which::Open };
        let alarms = reading.alarms(which).await?;
        reading.close().await?;
        return list(args, alarms, cli, context);
    }
    reading.close().await?;
    let ledger = Ledger::open(&archive.folder.join(LEDGER)).await?;
    let noted = acknowledge(args, &ledger, context).await;
    ledger.close().await?;
    let (number, by) = noted?;
    if !cli.quiet {
        writeln!(anstream::stderr(), "{} acknowledged by {by}", count(number, "alarm"))?;
    }
    Ok(Exit::Clean)
}

fn list(args: &AlarmsArgs, alarms: Vec<RaisedAlarm>, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let is_open = |raised: &RaisedAlarm| raised.acknowledged_by.is_none();
    let exit = if alarms.iter().any(is_open) { Exit::Findings } else { Exit::Clean };
    if alarms.is_empty() && args.format == OutputFormat::Terminal {
        let what = if args.all { "No alarm was ever raised." } else { "No alarm is open." };
        writeln!(io::stdout(), "{what}")?;
        return Ok(exit);
    }
    let (alarms, mut out) = (Alarms::new(alarms), io::stdout().lock());
    match args.format {
        OutputFormat::Terminal => alarms.write_terminal(&terminal_options(cli, context), &mut out)?,
        OutputFormat::Json => alarms.write_json(&mut out)?,
    }
    Ok(exit)
}

/// Takes note of the alarms named, and says of how many and in whose name.
async fn acknowledge(
    args: &AlarmsArgs,
    ledger: &Ledger,
    context: &Context,
) -> Result<(usize, String), CliError> {
    let by = super::name::who(args.by.as_deref(), context)?;
    let open = ledger.alarms(Which::Open).await?;
    let mut ids = Vec::new();
    for wanted in &args.acknowledge {
        let found: Vec<&RaisedAlarm> =
            open.iter().filter(|raised| wanted == "all" || raised.alarm.id.starts_with(wanted)).collect();
        match found.as_slice() {
            [] if wanted == "all" => (),
            [] => {
                return Err(CliError::new(format!("no open alarm is called {wanted:?}"))
                    .hint("`beleg alarms` lists those that are open"));
            }
            [_, _, ..] if wanted != "all" => {
                return Err(
                    CliError::new(format!("{wanted:?} fits several alarms")).hint("give more of its name")
                );
            }
            found => ids.extend(found.iter().map(|raised| raised.alarm.id.clone())),
        }
    }
    ids.sort();
    ids.dedup();
    let number = ids.len();
    if number > 0 {
        let body = Acknowledgement { alarms: ids, by: by.clone(), note: args.note.clone() };
        ledger.append(Timestamp::now(), &Body::Acknowledgement(body)).await?;
    }
    Ok((number, by))
}
