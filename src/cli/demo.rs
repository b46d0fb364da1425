//! `beleg demo`: the whole job on the example article against a stand-in web on loopback.

use std::io::Write as _;

use tempfile::NamedTempFile;

use super::args::{Cli, DemoArgs};
use super::articles::{AtHand, Unread};
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::output::Outputs;
use super::progress;
use super::run::Job;
use crate::article::ReadOptions;
use crate::audit::Scope;
use crate::demo::StandIn;
use crate::fetch::{FetchConfig, Resolve, Span};

/// The example article.
const ARTICLE: &[u8] = include_bytes!("../../examples/sicherheitsgarantien.txt");

/// What it goes by.
const ARTICLE_NAME: &str = "sicherheitsgarantien.txt";

/// Runs `beleg demo`.
pub(super) async fn run(args: &DemoArgs, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let mut overrides = args.report.overrides();
    overrides.extend(args.archive.overrides());
    let mut settings = settings(cli, context, overrides)?.settings;
    let stand_in = StandIn::start().await?;
    let mut authority = NamedTempFile::new()?;
    authority.write_all(stand_in.ca_pem.as_bytes())?;
    settings.fetch = FetchConfig {
        resolve: resolve(&stand_in)?,
        ca_file: Some(authority.path().to_owned()),
        // The stand-in web is ours: nobody is to be spared.
        pause: Span::from_millis(0),
        ..FetchConfig::default()
    };
    // The demo needs no network, so nobody is asked to date it.
    settings.archive.timestamps.clear();
    let job = Job {
        articles: vec![Unread::AtHand(AtHand::Bytes {
            name: ARTICLE_NAME,
            bytes: ARTICLE.to_vec(),
            reading: ReadOptions::default(),
        })],
        scope: Scope::Audit,
        settings: &settings,
        outputs: Outputs::new(&args.report, &settings, cli, context)?,
        observer: progress::observer(cli, context),
        part_of: Some("beleg demo: stand-in pages, not the real ones"),
    };
    let exit = job.run().await;
    stand_in.stop().await;
    exit
}

/// Leads every host that the stand-in web plays to it.
fn resolve(stand_in: &StandIn) -> Result<Vec<Resolve>, CliError> {
    let rules = stand_in.hosts.iter().map(|host| format!("{host}={}", stand_in.address).parse::<Resolve>());
    rules.collect::<Result<_, _>>().map_err(|error| CliError::new(error.to_string()))
}
