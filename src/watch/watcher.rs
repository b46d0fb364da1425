//! The jobs that are due: each makes its pass, then its alarms are told.

use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::config::{ChannelConfig, RecheckConfig, WatchJob};
use super::error::WatchError;
use super::event::{WatchEvent, WatchObserver};
use super::pass::{PassContext, Passed, pass};
use super::passes::Passes;
use super::schedule::Schedule;
use super::tell::{Channel, tell};
use crate::archive::ArchiveConfig;
use crate::article::ReadOptions;
use crate::audit::{Auditor, Observer, Scope};
use crate::check::CheckConfig;
use crate::evidence::Model;
use crate::fetch::FetchConfig;

/// All that is watched, by whom it is told, and what it is done with.
pub struct Watcher {
    jobs: Vec<(WatchJob, Schedule)>,
    channels: Vec<Channel>,
    settings: WatcherSettings,
    observer: WatchObserver,
}

/// The settings of the other stages that a watch needs.
#[derive(Clone, Debug)]
pub struct WatcherSettings {
    /// How often sources are asked.
    pub recheck: RecheckConfig,
    /// How they are fetched.
    pub fetch: FetchConfig,
    /// Which are asked, and what beside them.
    pub check: CheckConfig,
    /// Where captures go.
    pub archive: ArchiveConfig,
    /// How the articles are read.
    pub reading: ReadOptions,
    /// What may nominate passages of pages.
    pub model: Option<Arc<Model>>,
    /// Whether every job and every source counts as due.
    pub everything: bool,
}

impl Watcher {
    /// A watcher for `jobs`.
    ///
    /// # Errors
    /// Where a job or a channel cannot be used, two have the same name, or a job names a channel that there is none of.
    pub fn new(
        jobs: &[WatchJob],
        channels: &[ChannelConfig],
        settings: WatcherSettings,
        observer: WatchObserver,
    ) -> Result<Self, WatchError> {
        let unusable = |job: &WatchJob, what: String| WatchError::Job { job: job.name.clone(), what };
        for (at, job) in jobs.iter().enumerate() {
            if jobs[..at].iter().any(|other| other.name == job.name) {
                return Err(unusable(job, "another job has the same name".to_owned()));
            }
            if job.articles.is_empty() && job.feed.is_none() && job.sitemap.is_none() {
                return Err(unusable(job, "it names no `articles`, no `feed` and no `sitemap`".to_owned()));
            }
            if let Some(name) = job.tell.iter().find(|name| !channels.iter().any(|one| one.name == **name)) {
                return Err(unusable(
                    job,
                    format!("it tells {name:?}, and there is no [[tell]] of that name"),
                ));
            }
        }
        for (at, channel) in channels.iter().enumerate() {
            if channels[..at].iter().any(|other| other.name == channel.name) {
                let what = "another channel has the same name".to_owned();
                return Err(WatchError::Channel { channel: channel.name.clone(), what });
            }
        }
        let jobs = jobs.iter().map(|job| Ok((job.clone(), Schedule::of(job)?)));
        Ok(Self {
            jobs: jobs.collect::<Result<_, WatchError>>()?,
            channels: channels.iter().map(Channel::of).collect::<Result<_, _>>()?,
            settings,
            observer,
        })
    }

    /// When the next job is due after what ran at `passes`: a time in the past where one is due already.
    pub fn next(&self, passes: &Passes, now: Timestamp) -> Option<Timestamp> {
        self.jobs.iter().filter_map(|(job, schedule)| schedule.due(passes.last(&job.name), now)).min()
    }

    /// When each job last ran.
    ///
    /// # Errors
    /// Where that cannot be read.
    pub fn passes(&self) -> Result<Passes, WatchError> {
        Passes::open(&self.settings.archive.folder)
    }

    /// Runs each job that is due at `now`, one after the other, and tells what is to be told. A job whose next time came
    /// several times while nobody ran it runs once.
    ///
    /// # Errors
    /// Where a pass cannot do its work. What was seen until then is kept.
    pub async fn run_due(
        &self,
        now: Timestamp,
        cancel: &CancellationToken,
    ) -> Result<Vec<Passed>, WatchError> {
        let mut passes = self.passes()?;
        let is_due = |(job, schedule): &&(WatchJob, Schedule)| {
            self.settings.everything
                || schedule.due(passes.last(&job.name), now).is_some_and(|due| due <= now)
        };
        let due: Vec<&WatchJob> = self.jobs.iter().filter(is_due).map(|(job, _)| job).collect();
        if due.is_empty() {
            return Ok(Vec::new());
        }
        let silent: Observer = Arc::new(|_| ());
        let WatcherSettings { fetch, check, archive, reading, model, .. } = &self.settings;
        let auditor = Auditor::open(Scope::Audit, fetch, check, archive, None, silent).await?;
        let auditor = Arc::new(auditor.reading_documents(reading.child.clone()).nominating(model.clone()));
        let worked = self.work(&auditor, &due, &mut passes, now, cancel).await;
        // Tasks that were dropped on an error may hold it a moment longer; the ledger is then closed with the last of them.
        let closed = match Arc::try_unwrap(auditor) {
            Ok(auditor) => auditor.close().await,
            Err(_) => Ok(()),
        };
        let passed = worked?;
        closed?;
        Ok(passed)
    }

    async fn work(
        &self,
        auditor: &Arc<Auditor>,
        due: &[&WatchJob],
        passes: &mut Passes,
        now: Timestamp,
        cancel: &CancellationToken,
    ) -> Result<Vec<Passed>, WatchError> {
        let context = PassContext {
            auditor,
            recheck: &self.settings.recheck,
            reading: &self.settings.reading,
            everything: self.settings.everything,
            cancel,
            observer: &self.observer,
        };
        let mut passed = Vec::new();
        for job in due {
            if cancel.is_cancelled() {
                break;
            }
            let begun = Instant::now();
            let one = pass(job, now, &context).await?;
            self.tell(auditor, job, now).await?;
            // One that was interrupted goes on the next time.
            if !one.interrupted {
                passes.ran(&job.name, now)?;
            }
            (self.observer)(&WatchEvent::PassEnded {
                job: job.name.clone(),
                taken_up: one.taken_up,
                asked: one.asked,
                alarms: one.alarms.len(),
                seconds: begun.elapsed().as_secs_f64(),
                interrupted: one.interrupted,
            });
            passed.push(one);
        }
        Ok(passed)
    }

    /// Tells the alarms of `job` on its channels.
    async fn tell(&self, auditor: &Auditor, job: &WatchJob, now: Timestamp) -> Result<(), WatchError> {
        let Some(ledger) = auditor.ledger() else { return Ok(()) };
        for channel in self.channels.iter().filter(|channel| job.tell.contains(&channel.name)) {
            // Several jobs may share a channel, and a feed file has the alarms of all of them.
            let told = |job: &&(WatchJob, Schedule)| job.0.tell.contains(&channel.name);
            let jobs: Vec<&str> = self.jobs.iter().filter(told).map(|(job, _)| job.name.as_str()).collect();
            tell(ledger, channel, &jobs, now, &self.observer).await?;
        }
        Ok(())
    }

    /// Tells `event` to whoever watches.
    pub(super) fn observe(&self, event: &WatchEvent) {
        (self.observer)(event);
    }
}
