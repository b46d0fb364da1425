//! The normal form of a URL, which tells whether two citations name the same source.
//!
//! It is for comparing only: what is fetched is the URL as it was first written. The scheme and host in lower
//! case, no default port and no dot segments come from the WHATWG URL Standard; a fragment names a place within the
//! source, and tracking parameters name whoever clicked. A slash at the end is left alone, for servers tell the two apart.

use url::Url;

use super::reading::Target;

/// Query parameters that say who clicked where and never what is shown, with who sets them.
const TRACKING: &[(&str, &str)] = &[
    ("fbclid", "Facebook click"),
    ("gclid", "Google Ads click"),
    ("gclsrc", "Google Ads click source"),
    ("dclid", "Google display click"),
    ("gbraid", "Google Ads click from an app"),
    ("wbraid", "Google Ads click from the web to an app"),
    ("msclkid", "Microsoft Ads click"),
    ("yclid", "Yandex click"),
    ("twclid", "X (Twitter) click"),
    ("ttclid", "TikTok click"),
    ("li_fat_id", "LinkedIn click"),
    ("igshid", "Instagram share"),
    ("igsh", "Instagram share"),
    ("mc_cid", "Mailchimp campaign"),
    ("mc_eid", "Mailchimp reader"),
    ("mkt_tok", "Marketo reader"),
    ("_hsenc", "HubSpot reader"),
    ("_hsmi", "HubSpot mail"),
    ("_ga", "Google Analytics visitor handed on to another site"),
    ("_gl", "Google Analytics visitor handed on to another site"),
    ("vero_id", "Vero reader"),
    ("oly_enc_id", "Omeda reader"),
    ("oly_anon_id", "Omeda reader"),
];

/// Beginnings of such parameters: the Urchin (Google Analytics) and Matomo campaign families.
const TRACKING_PREFIXES: &[&str] = &["utm_", "mtm_"];

/// The text by which two targets are one source.
pub(super) fn key(target: &Target, written: &str) -> String {
    match target {
        Target::Web(url) => normal(url),
        Target::Other(url) => url.to_string(),
        Target::Invalid(_) => written.to_owned(),
    }
}

fn normal(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    if let Some(query) = url.query() {
        let kept: Vec<_> = query.split('&').filter(|pair| !is_tracking(pair)).collect();
        let query = kept.join("&");
        url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
    }
    url.into()
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || TRACKING.iter().any(|(known, _)| *known == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_of(written: &str) -> String {
        key(&Target::parse(written).unwrap(), written)
    }

    #[test]
    fn spellings_of_one_page_are_one_source() {
        for written in [
            "HTTPS://WWW.Example.org:443/a/./b?x=1#part",
            "https://www.example.org/a/b?utm_source=mail&x=1&fbclid=abc",
            "www.example.org/a/b?x=1",
            "https://www.example.org/a/c/../b?x=1",
        ] {
            assert_eq!(key_of(written), "https://www.example.org/a/b?x=1", "{written}");
        }
        assert_eq!(key_of("https://example.org/?utm_source=x"), "https://example.org/");
    }

    #[test]
    fn what_may_be_another_page_is_another_source() {
        assert_ne!(key_of("https://example.org/a"), key_of("https://example.org/a/"));
        assert_ne!(key_of("https://example.org/?a=1&b=2"), key_of("https://example.org/?b=2&a=1"));
        assert_ne!(key_of("http://example.org/"), key_of("https://example.org/"));
    }
}
