//! Pages that stand before the page: logins and consent forms.

use url::Url;

use super::sight::Sight;
use super::state::{Judgement, Reason};

/// A login or consent page in place of the one cited.
pub(super) fn judge(sight: &Sight<'_>) -> Option<Judgement> {
    consent(sight).or_else(|| login(sight))
}

/// Parts of a path, whole, that make it a login page.
const LOGIN: [&str; 17] = [
    "login",
    "log-in",
    "log_in",
    "signin",
    "sign-in",
    "sign_in",
    "logon",
    "sso",
    "anmelden",
    "anmeldung",
    "einloggen",
    "connexion",
    "iniciar-sesion",
    "accedi",
    "inloggen",
    "authwall",
    "logowanie",
];

/// First labels of hosts that do nothing but logins.
const LOGIN_HOSTS: [&str; 8] =
    ["login", "signin", "accounts", "sso", "auth", "idp", "secure-login", "anmelden"];

/// A redirect to a login. Rests on a host or path made for logins that was not cited itself.
fn login(sight: &Sight<'_>) -> Option<Judgement> {
    if !sight.redirected() || is_login(sight.asked) || !is_login(sight.url) {
        return None;
    }
    let advice = Some("Open it with an account: readers without one will not see it.".to_owned());
    Some(Judgement {
        advice,
        ..Judgement::new(Reason::RedirectedToLogin, format!("leads to {}", shown(sight.url)))
    })
}

fn is_login(url: &Url) -> bool {
    let label = url.host_str().and_then(|host| host.split_once('.')).map(|(label, _)| label);
    label.is_some_and(|label| LOGIN_HOSTS.contains(&label)) || has_segment(url, &LOGIN)
}

/// Parts of a path, whole, that make it a consent page.
const CONSENT: [&str; 6] =
    ["consent", "cookie-consent", "consent-management", "zustimmung", "privacywall", "privacy-wall"];

/// Hosts, and those below them, that do nothing but ask for consent.
const CONSENT_HOSTS: [&str; 6] = [
    "consent.google.com",
    "consent.youtube.com",
    "consent.yahoo.com",
    "guce.yahoo.com",
    "guce.advertising.com",
    "guce.aol.com",
];

/// Titles of pages that do nothing but ask for consent, in lower case.
const CONSENT_TITLES: [&str; 5] = [
    "before you continue",
    "bevor sie fortfahren",
    "avant d'accéder à google",
    "yahoo is part of the yahoo family of brands",
    "privacy wall",
];

/// A consent form in place of the page. Rests on a host or path made for it that was not cited itself, or on the title
/// of a page with little else.
fn consent(sight: &Sight<'_>) -> Option<Judgement> {
    let sent = sight.redirected() && is_consent(sight.url) && !is_consent(sight.asked);
    let page = sight.page.as_ref().filter(|page| page.is_short());
    let titled = page
        .is_some_and(|page| CONSENT_TITLES.iter().any(|title| page.title.to_lowercase().starts_with(title)));
    if !sent && !titled {
        return None;
    }
    let advice = Some("Open it in a browser and agree or refuse: the page lies behind the form.".to_owned());
    let detail = if sent {
        format!("leads to {}", shown(sight.url))
    } else {
        "a form in place of the page".to_owned()
    };
    Some(Judgement { advice, ..Judgement::new(Reason::ConsentWall, detail) })
}

fn is_consent(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    CONSENT_HOSTS.iter().any(|known| host == *known || host.ends_with(&format!(".{known}")))
        || has_segment(url, &CONSENT)
}

fn has_segment(url: &Url, known: &[&str]) -> bool {
    let mut segments = url.path_segments().into_iter().flatten();
    segments.any(|segment| {
        let stem = segment.split('.').next().unwrap_or(segment).to_ascii_lowercase();
        known.contains(&stem.as_str())
    })
}

/// A URL without its query, which in such redirects is long and tells nothing.
fn shown(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_query(None);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_are_known_by_host_or_path() {
        for url in [
            "https://login.a.example/",
            "https://a.example/login?next=%2Fx",
            "https://a.example/account/sign-in",
            "https://a.example/Login.aspx",
            "https://a.example/de/anmelden/",
        ] {
            assert!(is_login(&url.parse().unwrap()), "{url}");
        }
        for url in [
            "https://a.example/",
            "https://a.example/login-crisis-explained",
            "https://a.example/news/sso-2",
            "https://authors.example/",
        ] {
            assert!(!is_login(&url.parse().unwrap()), "{url}");
        }
    }

    #[test]
    fn consent_pages_are_known_by_host_or_path() {
        for url in [
            "https://consent.youtube.com/m?continue=x",
            "https://eu.consent.yahoo.com/",
            "https://a.example/consent/tcf/x",
            "https://a.example/zustimmung",
        ] {
            assert!(is_consent(&url.parse().unwrap()), "{url}");
        }
        assert!(!is_consent(&"https://a.example/news/consent-of-the-governed".parse().unwrap()));
    }
}
