//! The settings of the fetch stage.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use super::host_config::HostConfig;
use super::network::{Network, Resolve};
use super::robots::RobotsChoice;
use crate::quantity::{Size, Span};

/// How sources are fetched.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FetchConfig {
    /// What beleg calls itself to servers.
    pub user_agent: String,
    /// Time for one request and all of its answer.
    pub timeout: Span,
    /// Time for a connection: name, TCP and TLS.
    pub connect_timeout: Span,
    /// Time within which the answer must begin, and then go on after each piece.
    pub read_timeout: Span,
    /// Requests under way at once.
    pub concurrency: NonZeroUsize,
    /// Requests under way at once on one host.
    pub per_host: NonZeroUsize,
    /// Pause between the starts of two requests on one host.
    pub pause: Span,
    /// How much of an answer is kept; the rest is not read.
    pub max_bytes: Size,
    /// Redirects followed for one source.
    pub max_redirects: usize,
    /// Further tries after a failure that may pass.
    pub retries: u32,
    /// What robots.txt has to say in the fetching of cited pages: `note` fetches a page that an article cites once a run,
    /// as a reader would, keeps the pause that robots.txt asks for and records what it says; `respect` does not fetch what
    /// it disallows; `ignore` does not ask for it. In all other fetching it is obeyed.
    pub robots: RobotsChoice,
    /// What is different for single hosts: `"example.org"`, or `"*.example.org"` for those below it. Each may have `pause`,
    /// `per_host`, `headers`, and statuses to `accept` as alive.
    pub hosts: BTreeMap<String, HostConfig>,
    /// Whether addresses outside the public internet may be fetched.
    pub allow_private: bool,
    /// Networks that may be fetched though they are not on the public internet, such as `127.0.0.0/8`.
    pub allow: Vec<Network>,
    /// Addresses to use in place of a lookup, as `HOST=IP` or `HOST=IP:PORT`. They are allowed whatever they are.
    pub resolve: Vec<Resolve>,
    /// A PEM file with certificates of further authorities to trust.
    pub ca_file: Option<PathBuf>,
    /// A proxy for every request. It looks names up itself, so that addresses cannot be checked: needs `allow_private`.
    #[schemars(with = "Option<String>")]
    pub proxy: Option<Url>,
    /// Whether to send nothing at all.
    pub offline: bool,
}

impl Default for FetchConfig {
    fn default() -> Self {
        Self {
            user_agent: concat!("beleg/", env!("CARGO_PKG_VERSION"), " (source-link checker and archiver)")
                .to_owned(),
            timeout: Span::from_secs(30),
            connect_timeout: Span::from_secs(10),
            read_timeout: Span::from_secs(15),
            concurrency: const { NonZeroUsize::new(32).unwrap() },
            per_host: const { NonZeroUsize::new(2).unwrap() },
            pause: Span::from_millis(50),
            max_bytes: Size::from_bytes(100_000_000),
            max_redirects: 10,
            retries: 2,
            robots: RobotsChoice::default(),
            hosts: BTreeMap::new(),
            allow_private: false,
            allow: Vec::new(),
            resolve: Vec::new(),
            ca_file: None,
            proxy: None,
            offline: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_table_is_the_default() {
        assert_eq!(toml::from_str::<FetchConfig>("").unwrap(), FetchConfig::default());
    }

    #[test]
    fn every_setting_survives_toml() {
        let config = FetchConfig {
            allow: vec!["127.0.0.0/8".parse().unwrap()],
            resolve: vec!["www.example.org=[::1]:8443".parse().unwrap()],
            ca_file: Some("ca.pem".into()),
            proxy: Some("http://proxy.example:3128".parse().unwrap()),
            ..FetchConfig::default()
        };
        assert_eq!(toml::from_str::<FetchConfig>(&toml::to_string(&config).unwrap()).unwrap(), config);
    }

    #[test]
    fn nonsense_is_refused() {
        for text in
            ["per_host = 0", "timout = '3s'", "timeout = 3", "allow = ['10.0.0.0/40']", "resolve = ['here']"]
        {
            assert!(toml::from_str::<FetchConfig>(text).is_err(), "{text}");
        }
    }
}
