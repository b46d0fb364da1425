//! Sources that are not asked.

use crate::citation::Target;

use super::config::CheckConfig;
use super::state::{Judgement, Reason};

/// The judgement of a target that is not to be fetched; nothing where it is.
pub fn unasked(target: &Target, config: &CheckConfig, offline: bool) -> Option<Judgement> {
    match target {
        Target::Other(url) => {
            let detail = format!("{}: is not fetched, only http: and https: are", url.scheme());
            Some(Judgement::new(Reason::UnsupportedScheme, detail))
        }
        Target::Invalid(why) => {
            let advice = Some("Correct the URL in the article.".to_owned());
            Some(Judgement { advice, ..Judgement::new(Reason::InvalidUrl, why.as_str()) })
        }
        Target::Web(url) => config
            .excluded(url)
            .or_else(|| offline.then(|| Judgement::new(Reason::Offline, "beleg is offline"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_asked_and_only_online() {
        let web = Target::Web("https://example.org/".parse().unwrap());
        let mail = Target::Other("mailto:a@example.org".parse().unwrap());
        let invalid = Target::Invalid("no host".to_owned());
        let config = CheckConfig::default();
        let reason = |target, offline| unasked(target, &config, offline).map(|judgement| judgement.reason);
        assert_eq!(reason(&web, false), None);
        assert_eq!(reason(&web, true), Some(Reason::Offline));
        for offline in [false, true] {
            assert_eq!(reason(&mail, offline), Some(Reason::UnsupportedScheme));
            assert_eq!(reason(&invalid, offline), Some(Reason::InvalidUrl));
        }
        assert_eq!(unasked(&invalid, &config, false).unwrap().detail, "no host");
    }
}
