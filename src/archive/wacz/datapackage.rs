//! The list of everything in a WACZ (Frictionless Data Package), and the digest of that list.

use serde::{Deserialize, Serialize};

use crate::archive::seal::SignedData;

/// `datapackage.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::archive) struct DataPackage {
    /// Must be [`PROFILE`]: ReplayWeb.page refuses any other.
    pub(in crate::archive) profile: String,
    /// Every file but this one and its digest.
    pub(in crate::archive) resources: Vec<Resource>,
    /// When the package was made, in whole seconds.
    #[serde(default)]
    pub(in crate::archive) created: String,
    /// Must be a version that `wacz validate` knows.
    #[serde(default)]
    pub(in crate::archive) wacz_version: String,
    /// What made it.
    #[serde(default)]
    pub(in crate::archive) software: String,
    /// Its title.
    #[serde(default)]
    pub(in crate::archive) title: String,
    /// The page to show first.
    #[serde(default, rename = "mainPageUrl", skip_serializing_if = "Option::is_none")]
    pub(in crate::archive) main_page_url: Option<String>,
    /// Date of its capture.
    #[serde(default, rename = "mainPageDate", skip_serializing_if = "Option::is_none")]
    pub(in crate::archive) main_page_date: Option<String>,
}

/// The one profile that all readers know.
pub(in crate::archive) const PROFILE: &str = "data-package";
/// The version that beleg writes.
pub(in crate::archive) const VERSION: &str = "1.1.1";

/// A file of the package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::archive) struct Resource {
    /// A unique name in lower case.
    pub(in crate::archive) name: String,
    /// Path in the package.
    pub(in crate::archive) path: String,
    /// `sha256:…`.
    pub(in crate::archive) hash: String,
    /// Length.
    pub(in crate::archive) bytes: u64,
}

/// `datapackage-digest.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::archive) struct DataPackageDigest {
    /// `datapackage.json`.
    pub(in crate::archive) path: String,
    /// Its digest.
    pub(in crate::archive) hash: String,
    /// Who vouches for it.
    #[serde(default, rename = "signedData", skip_serializing_if = "Option::is_none")]
    pub(in crate::archive) signed_data: Option<SignedData>,
}
