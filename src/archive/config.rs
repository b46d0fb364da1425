//! Settings of the archive.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where captures go.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ArchiveConfig {
    /// The archive folder: captures, their index, the dossiers and the ledger.
    pub folder: PathBuf,
    /// Write a WACZ of each article's captures, to be opened in a replay viewer without the archive.
    pub wacz: bool,
    /// The key that signs WACZ files (ECDSA over P-384, PKCS #8 in PEM), made on first use. The default lies beside
    /// the user's own settings.
    pub key: Option<PathBuf>,
}

impl Default for ArchiveConfig {
    fn default() -> Self {
        Self { folder: PathBuf::from("archive"), wacz: true, key: None }
    }
}
