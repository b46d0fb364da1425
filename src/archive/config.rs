//! Settings of the archive.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::quantity::Size;

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
    /// Time-stamping authorities (RFC 3161) that are asked to date the manifest of each dossier. They get its digest and
    /// nothing else. None are asked by default.
    #[schemars(with = "Vec<String>")]
    pub timestamps: Vec<Url>,
    /// A PEM file with the root certificates that vouch for time-stamping authorities, beside those that browsers trust.
    pub timestamp_roots: Option<PathBuf>,
    /// What is archived of a page beside itself: `page` adds what it needs to look like itself (stylesheets, scripts,
    /// fonts, images), `none` adds nothing.
    pub requisites: RequisiteChoice,
    /// The most requisites that are fetched for one page.
    pub max_requisites: usize,
    /// How much the requisites of one page may hold; once it is reached, no more are asked for.
    pub max_requisite_bytes: Size,
    /// Ask a server whether a page has changed since its last capture (`ETag`, `Last-Modified`), and take its word where
    /// it says no. Without it every page is fetched in full and compared.
    pub conditional: bool,
    /// Write the cookies and credentials of requests too. They are left out otherwise, and the capture says so; likewise
    /// the cookies that a server sets in answer to them. Those that it sets for a visitor without a name are part of its
    /// answer, and kept.
    pub keep_credentials: bool,
}

/// What is archived of a page beside itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RequisiteChoice {
    /// What it needs to look like itself.
    Page,
    /// Nothing.
    None,
}

impl Default for ArchiveConfig {
    fn default() -> Self {
        Self {
            folder: PathBuf::from("archive"),
            wacz: true,
            key: None,
            timestamps: Vec::new(),
            timestamp_roots: None,
            requisites: RequisiteChoice::Page,
            max_requisites: 200,
            max_requisite_bytes: Size::from_bytes(50_000_000),
            conditional: false,
            keep_credentials: false,
        }
    }
}
