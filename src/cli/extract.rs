//! `beleg extract`: citations and claims, for people and for machines.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use super::args::{Cli, ExtractArgs, ExtractFormat};
use super::articles::named;
use super::complain::complain;
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::output::terminal_options;
use crate::article::Article;
use crate::citation::{self, Target, without_credentials};
use crate::report::{Extract, Options, count, write_extract};

/// Runs `beleg extract`.
pub(super) async fn run(args: &ExtractArgs, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let settings = settings(cli, context, args.fetch.overrides())?.settings;
    let articles = named(&args.articles, &settings, args.date.date);
    let mut options = Options { terminal: terminal_options(cli, context), compact: articles.len() > 1 };
    options.terminal.colour &= args.output.is_none();
    let mut out = output(args)?;
    let mut exit = Exit::Clean;
    let mut any = false;
    for article in articles {
        match article.read_here().await {
            Ok(article) => {
                if any && args.format == ExtractFormat::Terminal {
                    out.write_all(b"\n")?;
                }
                any = true;
                write(article, args.format, &options, &mut out)?;
            }
            Err(error) => {
                complain(&error);
                exit = Exit::Failed;
            }
        }
    }
    out.flush()?;
    Ok(exit)
}

/// Where the text goes.
fn output(args: &ExtractArgs) -> Result<Box<dyn Write>, CliError> {
    Ok(match &args.output {
        None => Box::new(BufWriter::new(io::stdout())),
        Some(path) => {
            let file = File::create(path)
                .map_err(|error| CliError::new(format!("cannot write {}: {error}", path.display())))?;
            Box::new(BufWriter::new(file))
        }
    })
}

fn write(
    mut article: Article,
    format: ExtractFormat,
    options: &Options,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    if format == ExtractFormat::Urls {
        return write_urls(article, out);
    }
    let reading = citation::read(&article);
    // All that is still wanted of the text stands in the claims.
    article.blocks = Vec::new();
    let extract = Extract::new(&article, &reading);
    Ok(write_extract(&extract, format == ExtractFormat::Json, options, out)?)
}

/// Writes the address of each source, in the order in which they are first cited. What amounts to no address is left out,
/// since other programs would stumble over it, and people are told.
fn write_urls(article: Article, out: &mut dyn Write) -> Result<(), CliError> {
    let mut left_out = 0;
    for target in citation::targets(article.blocks) {
        match target {
            Target::Web(url) | Target::Other(url) => {
                out.write_all(without_credentials(&url).as_bytes())?;
                out.write_all(b"\n")?;
            }
            Target::Invalid(_) => left_out += 1,
        }
    }
    if left_out > 0 {
        let what = count(left_out, "citation");
        writeln!(anstream::stderr(), "note: {}: {what} without a valid address left out", article.path)?;
    }
    Ok(())
}
