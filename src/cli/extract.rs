//! `beleg extract`: citations and claims, for people and for machines.

use std::fs;
use std::io::{self, Write as _};

use super::args::{Cli, ExtractArgs, ExtractFormat};
use super::articles::named;
use super::complain::complain;
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::output::terminal_options;
use crate::citation;
use crate::report::{Extract, Options, write_extract};

/// Runs `beleg extract`.
pub(super) async fn run(args: &ExtractArgs, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let settings = settings(cli, context, args.fetch.overrides())?.settings;
    let articles = named(&args.articles, &settings);
    let mut options = Options { terminal: terminal_options(cli, context), compact: articles.len() > 1 };
    options.terminal.colour &= args.output.is_none();
    let as_json = args.format == ExtractFormat::Json;
    let mut exit = Exit::Clean;
    let mut text = Vec::new();
    for article in articles {
        match article.read().await {
            Ok(article) => {
                if !as_json && !text.is_empty() {
                    text.push(b'\n');
                }
                let reading = citation::read(&article);
                write_extract(&Extract::new(&article, &reading), as_json, &options, &mut text)?;
            }
            Err(error) => {
                complain(&error);
                exit = Exit::Failed;
            }
        }
    }
    match &args.output {
        None => io::stdout().write_all(&text)?,
        Some(path) => fs::write(path, &text)
            .map_err(|error| CliError::new(format!("cannot write {}: {error}", path.display())))?,
    }
    Ok(exit)
}
