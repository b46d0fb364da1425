//! Options that several commands share, and the settings they override.

use std::path::PathBuf;

use clap::{ArgAction, Args};
use jiff::civil;
use toml::Value;

use crate::config::{Key, LIST_SEPARATOR, Layer, Origin};

/// How sources are fetched. Kept as text: the settings check them, and name the option if they are wrong.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Fetching")]
pub(super) struct FetchFlags {
    /// Dial this address for a host, whatever the guard says (may be repeated).
    #[arg(long, value_name = "HOST=IP[:PORT]")]
    resolve: Vec<String>,
    /// Trust the certificate authorities in this PEM file as well.
    #[arg(long, value_name = "FILE")]
    ca_file: Option<String>,
    /// Allow addresses that are not on the public internet.
    #[arg(long)]
    allow_private: bool,
    /// Fetch through this proxy.
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
    /// Call ourselves this.
    #[arg(long, value_name = "TEXT")]
    user_agent: Option<String>,
    /// Give up on an exchange after this long, such as 30s.
    #[arg(long, value_name = "TIME")]
    timeout: Option<String>,
    /// Exchanges under way at once, over all hosts.
    #[arg(long, value_name = "N")]
    concurrency: Option<String>,
    /// Exchanges under way at once with one host.
    #[arg(long, value_name = "N")]
    per_host: Option<String>,
    /// Read no more of a page than this, such as 50MB.
    #[arg(long, value_name = "SIZE")]
    max_bytes: Option<String>,
    /// Ask only sources whose URL this regular expression matches (may be repeated).
    #[arg(long, value_name = "REGEX")]
    include: Vec<String>,
    /// Ask no source whose URL this regular expression matches (may be repeated).
    #[arg(long, value_name = "REGEX")]
    exclude: Vec<String>,
    /// Ask nobody: every source is `unchecked`.
    #[arg(long)]
    offline: bool,
    /// Language of the articles, an ISO 639-1 code [default: found in the text].
    #[arg(long, value_name = "CODE", help_heading = "Reading")]
    language: Option<String>,
}

/// When the articles are from.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Reading")]
pub(super) struct DateFlag {
    /// The day the articles are dated, such as 2025-03-04: "yesterday" and "on Tuesday" count from it [default: as they say].
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(super) date: Option<civil::Date>,
}

fn day(text: &str) -> Result<civil::Date, &'static str> {
    text.parse().map_err(|_| "write the day as year, month and day, such as 2025-03-04")
}

/// What is written, and when it counts as failed.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Report")]
pub(super) struct ReportFlags {
    /// terminal, json, html, markdown, csv, junit, sarif, annotations or web-annotations; with =FILE into that file (may be repeated).
    #[arg(long = "format", value_name = "FORMAT[=FILE]", action = ArgAction::Append)]
    pub(super) formats: Vec<String>,
    /// Write the report to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Exit with 1 from this severity on (error, warning, note), for these rules, or never.
    #[arg(long, value_name = "RULES")]
    fail_on: Option<String>,
}

impl FetchFlags {
    /// The settings that these options override.
    pub(super) fn overrides(&self) -> Vec<(&'static str, &'static str, Option<String>)> {
        // Each value ends with the separator, so that commas within one part nothing.
        let ended = |values: &[String]| {
            values.iter().flat_map(|value| value.chars().chain([LIST_SEPARATOR])).collect()
        };
        let list = |values: &[String]| (!values.is_empty()).then(|| ended(values));
        let switch = |on: bool| on.then(|| "true".to_owned());
        vec![
            ("fetch.resolve", "--resolve", list(&self.resolve)),
            ("fetch.ca_file", "--ca-file", self.ca_file.clone()),
            ("fetch.allow_private", "--allow-private", switch(self.allow_private)),
            ("fetch.proxy", "--proxy", self.proxy.clone()),
            ("fetch.user_agent", "--user-agent", self.user_agent.clone()),
            ("fetch.timeout", "--timeout", self.timeout.clone()),
            ("fetch.concurrency", "--concurrency", self.concurrency.clone()),
            ("fetch.per_host", "--per-host", self.per_host.clone()),
            ("fetch.max_bytes", "--max-bytes", self.max_bytes.clone()),
            ("check.include", "--include", list(&self.include)),
            ("check.exclude", "--exclude", list(&self.exclude)),
            ("fetch.offline", "--offline", switch(self.offline)),
            ("language", "--language", self.language.clone()),
        ]
    }
}

impl ReportFlags {
    /// The settings that these options override.
    pub(super) fn overrides(&self) -> Vec<(&'static str, &'static str, Option<String>)> {
        vec![("report.fail_on", "--fail-on", self.fail_on.clone())]
    }
}

/// What `beleg check` keeps for the next time.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Checking again")]
pub(super) struct CacheFlags {
    /// Keep what was found alive in this file, and do not ask for it again soon. Errors are always asked for again.
    #[arg(long, value_name = "FILE")]
    cache: Option<String>,
    /// Believe what stands in that file for so long, such as 6h.
    #[arg(long, value_name = "TIME", requires = "cache")]
    cache_age: Option<String>,
}

impl CacheFlags {
    /// The settings that these options override.
    pub(super) fn overrides(&self) -> Vec<(&'static str, &'static str, Option<String>)> {
        vec![
            ("check.cache", "--cache", self.cache.clone()),
            ("check.cache_age", "--cache-age", self.cache_age.clone()),
        ]
    }
}

/// Where captures go, and who vouches for them.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Archive")]
pub(super) struct ArchiveFlags {
    /// Keep captures in this folder.
    #[arg(long, value_name = "DIR")]
    archive: Option<String>,
    /// Sign packages with the key in this PEM file; it is made where there is none.
    #[arg(long, value_name = "FILE")]
    key: Option<String>,
}

impl ArchiveFlags {
    /// The settings that these options override.
    pub(super) fn overrides(&self) -> Vec<(&'static str, &'static str, Option<String>)> {
        vec![archive_override(self.archive.as_deref()), ("archive.key", "--key", self.key.clone())]
    }
}

/// The setting that `--archive` overrides.
pub(super) fn archive_override(folder: Option<&str>) -> (&'static str, &'static str, Option<String>) {
    ("archive.folder", "--archive", folder.map(str::to_owned))
}

/// The layer of what was typed.
pub(super) fn layer(overrides: Vec<(&'static str, &'static str, Option<String>)>, keys: &[Key]) -> Layer {
    let values = overrides.into_iter().filter_map(|(name, option, text)| {
        let text = text?;
        let value = keys
            .iter()
            .find(|key| key.name == name)
            .map_or(Value::String(text.clone()), |key| key.value_of(&text));
        Some((name.to_owned(), value, Origin::CommandLine(option.to_owned())))
    });
    Layer { values: values.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::keys;

    #[test]
    fn every_option_overrides_a_setting_that_exists() {
        let keys = keys();
        let mut overrides = FetchFlags::default().overrides();
        overrides.extend(ReportFlags::default().overrides());
        overrides.extend(ArchiveFlags::default().overrides());
        overrides.extend(CacheFlags::default().overrides());
        for (name, option, _) in overrides {
            assert!(keys.iter().any(|key| key.name == name), "{option} sets {name}");
        }
    }

    #[test]
    fn what_was_not_typed_overrides_nothing() {
        assert!(layer(FetchFlags::default().overrides(), &keys()).values.is_empty());
    }
}
