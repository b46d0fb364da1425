//! What the settings say about single hosts.

use std::env;
use std::num::NonZeroUsize;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::config::FetchConfig;
use super::error::FetchError;
use super::host_config::HostConfig;
use super::network::plain;
use super::pace::Allowance;
use crate::quantity::Span;

/// The settings for single hosts, ready for use.
#[derive(Clone, Debug, Default)]
pub(super) struct HostRules(Vec<Rule>);

#[derive(Clone, Debug)]
struct Rule {
    host: String,
    /// Whether it is about the hosts below, and not the host itself.
    below: bool,
    config: HostConfig,
    headers: HeaderMap,
}

impl HostRules {
    /// The rules of `config`; those about single hosts come before those about domains, and longer names first.
    pub(super) fn new(config: &FetchConfig) -> Result<Self, FetchError> {
        let rules =
            config.hosts.iter().map(|(host, config)| Rule::new(host, config, |name| env::var(name).ok()));
        let mut rules = rules.collect::<Result<Vec<_>, _>>()?;
        rules.sort_by_key(|rule| (rule.below, std::cmp::Reverse(rule.host.len())));
        Ok(Self(rules))
    }

    /// What the host of `url` allows, where the others allow `usual`.
    pub(super) fn allowance(&self, url: &Url, usual: Allowance) -> Allowance {
        let Some(rule) = self.of(url) else { return usual };
        Allowance {
            places: rule.config.per_host.map_or(usual.places, NonZeroUsize::get),
            pause: rule.config.pause.map_or(usual.pause, Span::duration),
        }
    }

    /// The header fields that the host of `url` gets besides the usual ones.
    pub(super) fn headers(&self, url: &Url) -> Option<&HeaderMap> {
        self.of(url).map(|rule| &rule.headers)
    }

    /// Whether `status` counts as alive on the host of `url`.
    pub(super) fn accepts(&self, url: &Url, status: u16) -> bool {
        self.of(url).is_some_and(|rule| rule.config.accept.contains(&status))
    }

    fn of(&self, url: &Url) -> Option<&Rule> {
        let host = plain(url.host_str()?);
        self.0.iter().find(|rule| rule.is_about(host))
    }
}

impl Rule {
    fn new(
        pattern: &str,
        config: &HostConfig,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, FetchError> {
        let pattern = pattern.trim().to_lowercase();
        let below = pattern.strip_prefix("*.");
        let host = below.unwrap_or(&pattern).to_owned();
        let mut headers = HeaderMap::new();
        for (name, text) in &config.headers {
            let wrong = || FetchError::HostHeader { host: host.clone(), name: name.clone() };
            let text = filled(text, &variable).map_err(|variable| FetchError::Variable {
                host: host.clone(),
                name: name.clone(),
                variable,
            })?;
            let mut value = HeaderValue::from_str(&text).map_err(|_| wrong())?;
            // What the settings send to one host may be a secret: it is kept out of logs and records.
            value.set_sensitive(true);
            headers.insert(name.parse::<HeaderName>().map_err(|_| wrong())?, value);
        }
        Ok(Self { below: below.is_some(), host, config: config.clone(), headers })
    }

    fn is_about(&self, host: &str) -> bool {
        if self.below {
            host.strip_suffix(&self.host).is_some_and(|rest| rest.ends_with('.'))
        } else {
            host == self.host || host.strip_prefix("www.") == Some(&self.host)
        }
    }
}

/// `text` with each `${NAME}` replaced. Fails with the name of the first variable that is not set.
fn filled(text: &str, variable: impl Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, name, after)) = rest
        .split_once("${")
        .and_then(|(before, rest)| rest.split_once('}').map(|(name, after)| (before, name, after)))
    {
        out.push_str(before);
        out.push_str(&variable(name).ok_or_else(|| name.to_owned())?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use super::*;

    fn rules(text: &str) -> HostRules {
        HostRules::new(&toml::from_str(text).unwrap()).unwrap()
    }

    fn url(host: &str) -> Url {
        format!("https://{host}/x").parse().unwrap()
    }

    #[test]
    fn the_nearest_rule_counts() {
        let rules = rules(
            "[hosts.'a.example']\npause = '2s'\n[hosts.'*.a.example']\nper_host = 7\n\
             [hosts.'*.b.a.example']\naccept = [403]",
        );
        let usual = Allowance { places: 2, pause: Duration::from_millis(50) };
        let of = |host| rules.allowance(&url(host), usual);
        assert_eq!(of("a.example").pause, Duration::from_secs(2));
        assert_eq!(of("www.a.example").pause, Duration::from_secs(2));
        assert_eq!(of("news.a.example"), Allowance { places: 7, ..usual });
        assert_eq!(of("other.example"), usual);
        assert_eq!(of("aa.example"), usual);
        assert!(rules.accepts(&url("c.b.a.example"), 403) && !rules.accepts(&url("c.a.example"), 403));
    }

    #[test]
    fn secrets_come_from_the_environment_and_are_marked() {
        let config = HostConfig {
            headers: BTreeMap::from([("X-Key".to_owned(), "key ${A} and ${B}!".to_owned())]),
            ..HostConfig::default()
        };
        let set = |name: &str| Some(name.to_lowercase());
        let rule = Rule::new("a.example", &config, set).unwrap();
        let value = &rule.headers["x-key"];
        assert!(value.is_sensitive() && value == "key a and b!");
        let missing = Rule::new("a.example", &config, |_| None).unwrap_err().to_string();
        assert!(missing.contains('A') && missing.contains("a.example"), "{missing}");
    }

    #[test]
    fn what_cannot_be_sent_is_refused() {
        for headers in ["'a b' = 'x'", "a = \"x\\ny\""] {
            let config = toml::from_str(&format!("[hosts.'a.example'.headers]\n{headers}")).unwrap();
            assert!(matches!(HostRules::new(&config), Err(FetchError::HostHeader { .. })), "{headers}");
        }
    }
}
