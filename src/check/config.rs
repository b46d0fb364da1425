//! The settings of the check stage.

use std::path::PathBuf;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use super::pattern::Pattern;
use super::state::{Judgement, Reason};
use crate::fetch::Span;

/// Which sources are asked, and what is asked beside them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CheckConfig {
    /// Regular expressions of URLs: where there are any, only sources that one of them matches are asked.
    pub include: Vec<Pattern>,
    /// Regular expressions of URLs that are not asked, whatever `include` says.
    pub exclude: Vec<Pattern>,
    /// Whether a site is asked for a made-up address beside a page that may be a soft 404.
    pub probe: bool,
    /// A file in which `beleg check` keeps what it found alive, so as not to ask again soon. Errors are always asked for
    /// again.
    pub cache: Option<PathBuf>,
    /// How long what stands in the cache is believed.
    pub cache_age: Span,
    /// `TimeGates` of web archives (RFC 7089), the URL is appended: where a dead source is looked for in an earlier state.
    /// They learn which sources are dead.
    #[schemars(with = "Vec<String>")]
    pub timegates: Vec<Url>,
    /// `TimeMaps` of web archives (RFC 7089), the URL is appended.
    #[schemars(with = "Vec<String>")]
    pub timemaps: Vec<Url>,
    /// Availability APIs like that of the Wayback Machine, the URL is appended: `https://archive.org/wayback/available?url=`.
    #[schemars(with = "Vec<String>")]
    pub availability: Vec<Url>,
    /// When the articles were written: the earlier state nearest before that day is looked for. Today when not given.
    #[schemars(with = "Option<String>")]
    pub written: Option<Date>,
}

impl Default for CheckConfig {
    fn default() -> Self {
        Self {
            include: Vec::new(),
            exclude: Vec::new(),
            probe: true,
            cache: None,
            cache_age: Span::from_secs(6 * 3600),
            timegates: Vec::new(),
            timemaps: Vec::new(),
            availability: Vec::new(),
            written: None,
        }
    }
}

impl CheckConfig {
    /// The judgement of a source that is not to be asked; nothing where it is.
    pub fn excluded(&self, url: &Url) -> Option<Judgement> {
        let text = url.as_str();
        let excluding = self.exclude.iter().find(|pattern| pattern.matches(text));
        let detail = match excluding {
            Some(pattern) => format!("check.exclude has “{pattern}”"),
            None if self.include.is_empty() || self.include.iter().any(|pattern| pattern.matches(text)) => {
                return None;
            }
            None => "nothing in check.include matches it".to_owned(),
        };
        Some(Judgement::new(Reason::Excluded, detail))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_excluded_is_not_asked_and_the_pattern_is_told() {
        let config: CheckConfig = toml::from_str(
            r"include = ['^https://[^/]*a\.example/', 'b']
                exclude = ['/private/', '\.pdf$']",
        )
        .unwrap();
        let excluded = |url: &str| config.excluded(&url.parse().unwrap()).map(|judgement| judgement.detail);
        assert_eq!(excluded("https://www.a.example/x"), None);
        assert_eq!(
            excluded("https://www.a.example/private/x").as_deref(),
            Some("check.exclude has “/private/”")
        );
        assert_eq!(excluded("https://b.example/x.pdf").as_deref(), Some(r"check.exclude has “\.pdf$”"));
        assert_eq!(excluded("https://c.example/").as_deref(), Some("nothing in check.include matches it"));
        assert_eq!(CheckConfig::default().excluded(&"https://c.example/".parse().unwrap()), None);
    }

    #[test]
    fn every_setting_survives_toml_and_nonsense_is_refused() {
        let config: CheckConfig =
            toml::from_str("written = '2025-03-05'\ntimegates = ['https://a.example/']").unwrap();
        assert_eq!(toml::from_str::<CheckConfig>(&toml::to_string(&config).unwrap()).unwrap(), config);
        for text in ["exclude = ['(']", "written = 'soon'", "timemaps = ['a']", "cache_age = 3"] {
            assert!(toml::from_str::<CheckConfig>(text).is_err(), "{text}");
        }
    }
}
