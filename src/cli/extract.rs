//! `beleg extract`: citations and claims, for people and for machines.

use std::fs;
use std::io::{self, Write};

use serde::Serialize;

use super::args::{Cli, ExtractArgs, ExtractFormat};
use super::articles::named;
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::main::complain;
use crate::article::{Article, Charset, Found, Kind, Place};
use crate::citation::{self, Binding, CitationKind, Claim, Reading, Source};
use crate::digest::Digest;
use crate::evidence::{self, AtomKind};
use crate::report::clean;

/// The JSON of one article, `beleg.extract/1`.
#[derive(Serialize)]
struct Extract<'a> {
    schema: &'static str,
    article: ArticleLine<'a>,
    citations: Vec<CitationLine<'a>>,
    claims: Vec<ClaimLine<'a>>,
}

#[derive(Serialize)]
struct ArticleLine<'a> {
    path: &'a str,
    sha256: Digest,
    title: Option<&'a str>,
    language: &'a str,
    kind: Kind,
    /// `null` where the format has none of its own.
    encoding: Option<&'a str>,
    encoding_found: Option<Found>,
    /// Links that were left out because the file does not say what they are relative to.
    relative_links: usize,
}

#[derive(Serialize)]
struct CitationLine<'a> {
    id: String,
    url: &'a str,
    written: &'a str,
    places: &'a [Place],
    kind: CitationKind,
    claims: Vec<String>,
}

#[derive(Serialize)]
struct ClaimLine<'a> {
    id: String,
    text: &'a str,
    places: &'a [Place],
    citations: Vec<String>,
    binding: Option<Binding>,
    atoms: Vec<AtomLine>,
}

#[derive(Serialize)]
struct AtomLine {
    kind: AtomKind,
    text: String,
}

/// Runs `beleg extract`.
pub(super) async fn run(args: &ExtractArgs, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let settings = settings(cli, context, args.fetch.overrides())?.settings;
    let articles = named(&args.articles, &settings);
    let one = articles.len() == 1;
    let mut exit = Exit::Clean;
    let mut text = Vec::new();
    for article in articles {
        match article.read().await {
            Ok(article) => write(&article, args.format, one, &mut text)?,
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

fn write(article: &Article, format: ExtractFormat, one: bool, out: &mut impl Write) -> io::Result<()> {
    let reading = citation::read(article);
    match format {
        ExtractFormat::Terminal => for_people(article, &reading, out),
        ExtractFormat::Json => {
            let extract = Extract::new(article, &reading);
            if one {
                serde_json::to_writer_pretty(&mut *out, &extract)?;
            } else {
                serde_json::to_writer(&mut *out, &extract)?;
            }
            writeln!(out)
        }
    }
}

impl<'a> Extract<'a> {
    fn new(article: &'a Article, reading: &'a Reading) -> Self {
        Self {
            schema: "beleg.extract/1",
            article: ArticleLine {
                path: &article.path,
                sha256: article.sha256,
                title: article.title.as_deref(),
                language: &article.language,
                kind: article.kind,
                encoding: article.encoding.as_ref().map(|charset| charset.name.as_str()),
                encoding_found: article.encoding.as_ref().map(|charset| charset.found),
                relative_links: article.relative_links,
            },
            citations: reading.sources.iter().map(CitationLine::new).collect(),
            claims: reading.claims.iter().map(|claim| ClaimLine::new(claim, &article.language)).collect(),
        }
    }
}

impl<'a> CitationLine<'a> {
    fn new(source: &'a Source) -> Self {
        Self {
            id: source.id.to_string(),
            url: source.target.url().map_or(&source.written, |url| url.as_str()),
            written: &source.written,
            places: &source.places,
            kind: source.kind,
            claims: source.claims.iter().map(ToString::to_string).collect(),
        }
    }
}

impl<'a> ClaimLine<'a> {
    fn new(claim: &'a Claim, language: &str) -> Self {
        // Without a page nothing is found, but what would be looked for is known.
        let atoms = evidence::weigh(claim, language, &[]).atoms;
        Self {
            id: claim.id.to_string(),
            text: &claim.text,
            places: &claim.places,
            citations: claim.sources.iter().map(ToString::to_string).collect(),
            binding: claim.binding,
            atoms: atoms.into_iter().map(|atom| AtomLine { kind: atom.kind, text: atom.text }).collect(),
        }
    }
}

/// How an article was read: "Markdown · UTF-8 by its bytes".
fn read_as(article: &Article) -> String {
    let mut facts = vec![format_name(article.kind).to_owned()];
    facts.extend(article.encoding.as_ref().map(|Charset { name, found }| match found {
        Found::Bom => format!("{name} by its byte order mark"),
        Found::Declared => format!("{name} as declared"),
        Found::Guessed => format!("{name} by its bytes"),
    }));
    match article.relative_links {
        0 => {}
        1 => facts.push("1 relative link left out: what it is relative to is not known".to_owned()),
        many => facts.push(format!("{many} relative links left out: what they are relative to is not known")),
    }
    facts.join(" · ")
}

fn format_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Plain => "plain text",
        Kind::Markdown => "Markdown",
        Kind::Html => "HTML",
        Kind::Docx => "DOCX",
        Kind::Odt => "ODT",
        Kind::Epub => "EPUB",
        Kind::List => "list of URLs",
        Kind::Pdf => "PDF",
    }
}

fn for_people(article: &Article, reading: &Reading, out: &mut impl Write) -> io::Result<()> {
    let (citations, sources) = (reading.citations(), reading.sources.len());
    let claims = reading.claims.len();
    let path = clean(&article.path);
    writeln!(
        out,
        "{path} · {} · {citations} citations of {sources} sources · {claims} claims",
        article.language
    )?;
    writeln!(out, "{}\n", read_as(article))?;
    for source in &reading.sources {
        let lines: Vec<String> = source.places.iter().map(|place| place.line.to_string()).collect();
        writeln!(
            out,
            "{:<5}line {:<10} {}",
            source.id.to_string(),
            lines.join(", "),
            clean(&source.written)
        )?;
    }
    writeln!(out)?;
    for claim in &reading.claims {
        let line = claim.places.first().map_or(0, |place| place.line);
        let sources: Vec<String> = claim.sources.iter().map(ToString::to_string).collect();
        let sources = if sources.is_empty() { "no source in reach".to_owned() } else { sources.join(" ") };
        writeln!(
            out,
            "{:<5}line {line:<10} {}\n{:21}{sources}",
            claim.id.to_string(),
            clean(&claim.text),
            ""
        )?;
    }
    Ok(())
}
