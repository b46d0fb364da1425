//! All settings in one place, composed of what each stage brings.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde::{Deserialize, Serialize};

use crate::archive::ArchiveConfig;
use crate::article::child::ReadingConfig;
use crate::check::CheckConfig;
use crate::evidence::EvidenceConfig;
use crate::fetch::FetchConfig;
use crate::report::ReportConfig;
use crate::watch::{ChannelConfig, RecheckConfig, WatchJob};

/// Every setting of beleg.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Articles to audit when the command line names none: files, folders, names with wildcards, URLs.
    pub articles: Vec<String>,
    /// Language of the articles as an ISO 639-1 code; found in the text when not given.
    pub language: Option<String>,
    /// Within what articles are read.
    pub reading: ReadingConfig,
    /// How sources are fetched.
    pub fetch: FetchConfig,
    /// Which sources are asked.
    pub check: CheckConfig,
    /// Where captures go.
    pub archive: ArchiveConfig,
    /// How claims are weighed.
    pub evidence: EvidenceConfig,
    /// What a report makes of its findings.
    pub report: ReportConfig,
    /// How often the scheduled job asks a source again.
    pub recheck: RecheckConfig,
    /// What the scheduled job watches, each a table.
    pub watch: Vec<WatchJob>,
    /// Where its alarms are told, each a table.
    pub tell: Vec<ChannelConfig>,
}

/// The JSON Schema of `config.toml`.
pub fn schema() -> Schema {
    let generator: SchemaGenerator = SchemaSettings::draft2020_12().into_generator();
    generator.into_root_schema_for::<Settings>()
}
