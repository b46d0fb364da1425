//! `beleg config`: the settings, with where each came from.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::args::{Cli, ConfigCommand};
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::flags;
use crate::archive::PublicKey;
use crate::config::{
    ConfigError, ENV_CONFIG, Key, Resolved, from_environment, from_file, keys, resolve, schema,
    standard_files,
};

/// Where the signing key lies below the user's configuration.
const SIGNING_KEY: &str = "beleg/signing-key.pem";

/// Runs `beleg config`.
pub(super) fn run(command: &ConfigCommand, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let text = match command {
        ConfigCommand::Show => {
            let resolved = settings(cli, context, Vec::new())?;
            show(&resolved, &keys()) + &public_key(resolved.settings.archive.key.as_deref())
        }
        ConfigCommand::Check => check(cli, context)?,
        ConfigCommand::Schema => {
            let schema = serde_json::to_string_pretty(&schema()).map_err(std::io::Error::from)?;
            schema + "\n"
        }
    };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(Exit::Clean)
}

/// The settings for this run: defaults, then files, environment, and what was typed.
pub(super) fn settings(
    cli: &Cli,
    context: &Context,
    overrides: Vec<(&'static str, &'static str, Option<String>)>,
) -> Result<Resolved, ConfigError> {
    let keys = keys();
    let mut layers = Vec::new();
    for path in files(cli, context)? {
        layers.push(from_file(&path, &keys)?);
    }
    layers.push(from_environment(context.variables.clone().into_iter(), &keys)?);
    layers.push(flags::layer(overrides, &keys));
    let mut resolved = resolve(layers)?;
    let archive = &mut resolved.settings.archive;
    if archive.key.is_none() {
        archive.key = context.config_home().map(|home| home.join(SIGNING_KEY));
    }
    Ok(resolved)
}

/// The files to read: the one that was named, else those of system, user and working folder.
fn files(cli: &Cli, context: &Context) -> Result<Vec<PathBuf>, ConfigError> {
    let named = cli.config.clone().or_else(|| context.variables.get(ENV_CONFIG).map(PathBuf::from));
    if let Some(path) = named {
        return Ok(vec![path]);
    }
    standard_files(context.config_home().as_deref(), &PathBuf::new())
        .map_err(|source| ConfigError::Read { path: PathBuf::from("config.toml"), source })
}

/// Every setting as a line of TOML, its origin in the comment behind.
fn show(resolved: &Resolved, keys: &[Key]) -> String {
    let lines: Vec<(String, String)> = keys
        .iter()
        .map(|key| {
            let line = match resolved.value(key) {
                Some(value) => format!("{} = {value}", key.name),
                None => format!("# {} is not set", key.name),
            };
            (line, resolved.origin(&key.name).to_string())
        })
        .collect();
    let width = lines.iter().map(|(line, _)| line.chars().count()).max().unwrap_or(0).min(60);
    lines.iter().fold(String::new(), |mut text, (line, origin)| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{line:<width$}  # {origin}");
        text
    })
}

/// The public half of the signing key as comments, for those who are to check signatures.
fn public_key(path: Option<&Path>) -> String {
    let Some(path) = path else {
        return "\n# Packages are not signed: archive.key is not set, and there is no home folder.\n"
            .to_owned();
    };
    if !path.exists() {
        return format!("\n# The signing key {} is made when it is first needed.\n", path.display());
    }
    match PublicKey::read(path) {
        Ok(key) => format!(
            "\n# Packages are signed with this key (ECDSA P-384, base64 of its DER form):\n# {key}\n\
             # Its fingerprint: sha256:{}\n",
            key.fingerprint()
        ),
        Err(error) => format!("\n# No package can be signed: {error}.\n"),
    }
}

fn check(cli: &Cli, context: &Context) -> Result<String, CliError> {
    settings(cli, context, Vec::new())?;
    let files = files(cli, context)?;
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let read = if names.is_empty() { "no file, all defaults".to_owned() } else { names.join(", ") };
    Ok(format!("The settings are right ({read}).\n"))
}
