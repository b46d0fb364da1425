//! `beleg watch`: the scheduled job, once or for good.

use std::io::{self, Write as _};
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;
use tokio::net::TcpListener;

use super::args::{Cli, LogFormat, WatchArgs};
use super::articles::options;
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::output::terminal_options;
use super::stop::Stop;
use crate::config::Settings;
use crate::evidence::{Model, add_lexicons};
use crate::report::{Alarms, count};
use crate::watch::{
    Heartbeat, Metrics, Passed, SystemClock, WatchEvent, WatchObserver, Watcher, WatcherSettings, serve,
};

/// Runs `beleg watch`.
pub(super) async fn run(args: &WatchArgs, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let mut overrides = args.fetch.overrides();
    overrides.extend(args.archive.overrides());
    let settings = settings(cli, context, overrides)?.settings;
    let jobs: Vec<_> = if args.jobs.is_empty() {
        settings.watch.clone()
    } else {
        args.jobs.iter().map(|name| job(&settings, name)).collect::<Result<_, _>>()?
    };
    if jobs.is_empty() {
        return Err(CliError::new("nothing is to be watched")
            .hint("describe a job as [[watch]] in config.toml; docs/watch.md shows how"));
    }
    add_lexicons(&settings.evidence.lexicons)?;
    let model = settings.evidence.model.as_deref().map(Model::open).transpose()?;
    let metrics = Arc::new(Metrics::default());
    let observer = observer(args, cli, Arc::clone(&metrics));
    let watcher =
        Watcher::new(&jobs, &settings.tell, watcher_settings(&settings, model, args.now), observer)?;
    let heartbeat = args.heartbeat.as_deref().map(Heartbeat::to).transpose().map_err(CliError::new)?;
    let stop = Stop::on_signal()?;
    tokio::select! {
        exit = work(args, cli, context, &watcher, metrics, heartbeat.as_ref(), &stop) => exit,
        () = stop.insisted() => Err(CliError::new("stopped at once; what was seen so far is kept")),
    }
}

async fn work(
    args: &WatchArgs,
    cli: &Cli,
    context: &Context,
    watcher: &Watcher,
    metrics: Arc<Metrics>,
    heartbeat: Option<&Heartbeat>,
    stop: &Stop,
) -> Result<Exit, CliError> {
    if args.once {
        let passed = watcher.run_due(Timestamp::now(), stop.asked()).await?;
        if let Some(heartbeat) = heartbeat {
            heartbeat.beat(Timestamp::now()).await.map_err(CliError::new)?;
        }
        return told(passed, cli, context);
    }
    let served = match &args.metrics {
        None => None,
        Some(address) => {
            let listener = TcpListener::bind(address).await;
            let listener =
                listener.map_err(|error| CliError::new(format!("cannot listen on {address}: {error}")))?;
            let asked = stop.asked().clone();
            Some(tokio::spawn(serve(listener, metrics, async move { asked.cancelled().await })))
        }
    };
    watcher.run(&SystemClock, heartbeat, stop.asked()).await?;
    if let Some(served) = served {
        served.await.map_err(io::Error::from)??;
    }
    Ok(Exit::Clean)
}

fn job(settings: &Settings, name: &str) -> Result<crate::watch::WatchJob, CliError> {
    let found = settings.watch.iter().find(|job| job.name == name);
    found.cloned().ok_or_else(|| {
        let names: Vec<&str> = settings.watch.iter().map(|job| job.name.as_str()).collect();
        CliError::new(format!("there is no job {name:?}"))
            .hint(format!("config.toml has these: {}", names.join(", ")))
    })
}

fn watcher_settings(settings: &Settings, model: Option<Model>, everything: bool) -> WatcherSettings {
    WatcherSettings {
        recheck: settings.recheck.clone(),
        fetch: settings.fetch.clone(),
        check: settings.check.clone(),
        archive: settings.archive.clone(),
        reading: options(settings),
        model: model.map(Arc::new),
        everything,
    }
}

/// Prints the alarms of the passes; findings are what makes the exit code 1.
fn told(passed: Vec<Passed>, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let alarms: Vec<_> = passed.into_iter().flat_map(|passed| passed.alarms).collect();
    if alarms.is_empty() {
        return Ok(Exit::Clean);
    }
    Alarms::new(alarms).write_terminal(&terminal_options(cli, context), &mut io::stdout().lock())?;
    Ok(Exit::Findings)
}

/// Counts what happens, and writes it to standard error.
fn observer(args: &WatchArgs, cli: &Cli, metrics: Arc<Metrics>) -> WatchObserver {
    let (quiet, format, once) = (cli.quiet, args.log, args.once);
    Arc::new(move |event| {
        let now = Timestamp::now();
        metrics.observe(event, now);
        let line = match format {
            LogFormat::Json => json(event, now),
            LogFormat::Text => text(event, once),
        };
        if let Some(line) = line.filter(|_| !quiet) {
            // Where standard error is gone nothing is left to tell.
            drop(writeln!(anstream::stderr(), "{line}"));
        }
    })
}

#[derive(Serialize)]
struct Line<'a> {
    time: Timestamp,
    level: &'static str,
    #[serde(flatten)]
    event: &'a WatchEvent,
}

fn json(event: &WatchEvent, time: Timestamp) -> Option<String> {
    let level = match event {
        WatchEvent::Problem { .. } | WatchEvent::Untold { .. } => "error",
        WatchEvent::Raised { .. } => "warning",
        WatchEvent::Asked { .. } => "debug",
        _ => "info",
    };
    serde_json::to_string(&Line { time, level, event }).ok()
}

/// The event in a line for people, if it is worth one.
fn text(event: &WatchEvent, once: bool) -> Option<String> {
    Some(match event {
        WatchEvent::PassBegun { job, articles } => format!("{job}: {}", count(*articles, "article")),
        WatchEvent::TakenUp { job, article, sources } => {
            format!("{job}: {article} is watched now, with {}", count(*sources, "source"))
        }
        WatchEvent::Asking { job, sources } => format!("{job}: due: {}", count(*sources, "source")),
        WatchEvent::Problem { job, what } if job.is_empty() => format!("problem: {what}"),
        WatchEvent::Problem { job, what } => format!("{job}: problem: {what}"),
        WatchEvent::Told { channel, alarms } => format!("told on {channel}: {}", count(*alarms, "alarm")),
        WatchEvent::Untold { why, .. } => format!("problem: {why}; it is tried again in the next pass"),
        WatchEvent::PassEnded { job, taken_up, asked, alarms, seconds, interrupted } => {
            let ended = if *interrupted { "stopped" } else { "done" };
            let (asked, alarms) = (count(*asked, "source"), count(*alarms, "alarm"));
            let taken_up = match taken_up {
                0 => String::new(),
                number => format!("{} audited or taken up, ", count(*number, "article")),
            };
            format!("{job}: {ended} after {seconds:.1} s: {taken_up}{asked} asked again, {alarms} raised")
        }
        // With `--once` they go to standard output.
        WatchEvent::Raised { kind, article, url, message, .. } if !once => {
            format!("alarm: {kind}: {article}: {url}: {message}")
        }
        WatchEvent::Waiting { until: Some(until) } => format!("waiting until {until:.0}"),
        WatchEvent::Waiting { until: None } => "waiting; no job is ever due".to_owned(),
        WatchEvent::Raised { .. } | WatchEvent::Asked { .. } => return None,
    })
}
