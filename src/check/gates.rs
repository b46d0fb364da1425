//! Pages that stand before the page: logins and consent forms.

use url::Url;

use super::sight::Sight;
use super::state::{Judgement, Reason};
use crate::citation::is_within;

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

/// Titles and headings of login pages, in lower case.
const LOGIN_TITLES: [&str; 17] = [
    "log in",
    "login",
    "sign in",
    "sign-in",
    "please log in",
    "please sign in",
    "member login",
    "anmelden",
    "anmeldung",
    "einloggen",
    "connexion",
    "se connecter",
    "iniciar sesión",
    "accedi",
    "inloggen",
    "zaloguj się",
    "увійти",
];

/// A login in place of the page. Rests on a redirect to a host or path made for logins, or on a page that asks for a
/// password and calls itself a login; and on no such page having been cited.
fn login(sight: &Sight<'_>) -> Option<Judgement> {
    if is_login(sight.asked) {
        return None;
    }
    let detail = if sight.redirected() && is_login(sight.url) {
        format!("leads to {}", shown(sight.url))
    } else {
        let page = sight.short().filter(|page| page.password)?;
        let named = [&page.title, &page.heading].into_iter().find(|title| opens_with_login(title))?;
        format!("a login in place of the page: “{named}”")
    };
    let advice = Some("Open it with an account: readers without one will not see it.".to_owned());
    Some(Judgement { advice, ..Judgement::new(Reason::RedirectedToLogin, detail) })
}

/// Whether the first part of a title, before the name of the site, is one of a login.
fn opens_with_login(title: &str) -> bool {
    let title = title.to_lowercase();
    let first = title.split(['|', '–', '—', '·', '-', ':']).map(str::trim).find(|part| !part.is_empty());
    first.is_some_and(|first| {
        LOGIN_TITLES.iter().any(|known| {
            first
                .strip_prefix(known)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) && rest.chars().count() < 30)
        })
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
const CONSENT_HOSTS: [&str; 7] = [
    "consent.google.com",
    "consent.youtube.com",
    "consent.yahoo.com",
    "guce.yahoo.com",
    "guce.advertising.com",
    "guce.aol.com",
    "cmp-consent-tool.privacymanager.io",
];

/// Titles of pages that do nothing but ask for consent, in lower case.
const CONSENT_TITLES: [&str; 16] = [
    "before you continue",
    "bevor sie fortfahren",
    "avant d'accéder à google",
    "yahoo is part of the yahoo family of brands",
    "privacy wall",
    "your privacy choices",
    "we value your privacy",
    "cookie consent",
    "datenschutzeinstellungen",
    "ihre privatsphäre",
    "zustimmung",
    "mit werbung weiterlesen",
    "mit werbung oder im abo",
    "gérer le consentement",
    "votre vie privée",
    "tu privacidad",
];

/// A consent form in place of the page. Rests on a redirect to a host or path made for it, on a form that goes to one, or
/// on the title or heading, the two latter in a page with little else; and on no such page having been cited.
fn consent(sight: &Sight<'_>) -> Option<Judgement> {
    if is_consent(sight.asked) {
        return None;
    }
    let detail = if sight.redirected() && is_consent(sight.url) {
        format!("leads to {}", shown(sight.url))
    } else {
        let page = sight.short()?;
        let named = [&page.title, &page.heading].into_iter().find(|title| is_consent_title(title));
        let form = || page.loads.iter().find_map(|url| Url::parse(url).ok().filter(is_consent));
        match (named, form()) {
            (Some(title), _) => format!("a form in place of the page: “{title}”"),
            (None, Some(form)) if page.text < 1000 => {
                format!("a form in place of the page, to {}", shown(&form))
            }
            _ => return None,
        }
    };
    let advice = Some("Open it in a browser and agree or refuse: the page lies behind the form.".to_owned());
    Some(Judgement { advice, ..Judgement::new(Reason::ConsentWall, detail) })
}

fn is_consent_title(title: &str) -> bool {
    let title = title.to_lowercase();
    CONSENT_TITLES.iter().any(|known| title.starts_with(known))
}

fn is_consent(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    CONSENT_HOSTS.iter().any(|known| is_within(host, known)) || has_segment(url, &CONSENT)
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
