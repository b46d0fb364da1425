//! Tells the alarms that were not told yet.

use jiff::{SignedDuration, Timestamp};

use super::channel::Channel;
use crate::ledger::{Body, Ledger, RaisedAlarm, Told, Which};
use crate::watch::error::WatchError;
use crate::watch::event::{WatchEvent, WatchObserver};

/// For how long an alarm is tried to be told. A channel that is new is not flooded with what was before it.
const TRIED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Tells on `channel` what the jobs `jobs` raised and was not told there yet, oldest first, and notes in the ledger what was
/// taken. Where a message is not taken, it and those after it wait for the next time.
///
/// # Errors
/// Where the ledger cannot be read or written. A channel that takes nothing is an event.
pub async fn tell(
    ledger: &Ledger,
    channel: &Channel,
    jobs: &[&str],
    now: Timestamp,
    observer: &WatchObserver,
) -> Result<(), WatchError> {
    let since = now.checked_sub(TRIED).unwrap_or(Timestamp::MIN);
    let mut alarms = ledger.alarms(Which::Untold(&channel.name, since)).await?;
    alarms.retain(|raised| jobs.contains(&raised.job.as_str()));
    if alarms.is_empty() {
        return Ok(());
    }
    let together = channel.digest || channel.feed().is_some();
    let size = if together { alarms.len() } else { 1 };
    for group in alarms.chunks(size) {
        let sent = match channel.feed() {
            // The file is written anew, with what it had before.
            Some(_) => channel.send(&of_jobs(ledger, jobs).await?, now).await,
            None => channel.send(group, now).await,
        };
        let channel = channel.name.clone();
        if let Err(error) = sent {
            let why = error.to_string();
            observer(&WatchEvent::Untold { channel, why });
            return Ok(());
        }
        let ids = group.iter().map(|raised| raised.alarm.id.clone()).collect();
        ledger.append(now, &Body::Told(Told { channel: channel.clone(), alarms: ids })).await?;
        observer(&WatchEvent::Told { channel, alarms: group.len() });
    }
    Ok(())
}

/// All that the jobs ever raised.
async fn of_jobs(ledger: &Ledger, jobs: &[&str]) -> Result<Vec<RaisedAlarm>, WatchError> {
    let mut alarms = ledger.alarms(Which::All).await?;
    alarms.retain(|raised| jobs.contains(&raised.job.as_str()));
    Ok(alarms)
}
