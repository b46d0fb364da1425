//! Redirects that tell something: to the home page, and for good.

use url::Url;

use super::handle::is_lasting;
use super::sight::Sight;
use super::state::{Judgement, Reason};
use super::status::named;

/// A page that is answered by the home page was most likely removed. Rests on the shape of both URLs: a path that led
/// somewhere, and one that leads nowhere. What merely chooses a language or leads from a short link is let pass.
pub(super) fn to_home(sight: &Sight<'_>) -> Option<Judgement> {
    let deep = depth(sight.asked);
    let enough = if same_site(sight.asked, sight.url) { 1 } else { 2 };
    if !sight.redirected() || deep < enough || !is_home(sight.url) {
        return None;
    }
    let advice = Some("Look for the page on the site: its address shows the home page now.".to_owned());
    Some(Judgement { advice, ..Judgement::new(Reason::RedirectedToHome, format!("leads to {}", sight.url)) })
}

/// A redirect that every hop calls permanent (RFC 9110 §15.4.2 and §15.4.9), and whose address was not made to outlast
/// the one it leads to.
pub(super) fn moved(sight: &Sight<'_>) -> Option<Judgement> {
    let statuses: Vec<_> = sight.redirects().collect();
    if !sight.redirected()
        || is_lasting(sight.asked)
        || statuses.is_empty()
        || statuses.iter().any(|status| !matches!(status, 301 | 308))
    {
        return None;
    }
    let mut new = sight.url.clone();
    new.set_fragment(sight.asked.fragment());
    let advice = Some(format!("Cite the new address: {new}"));
    Some(Judgement { advice, ..Judgement::new(Reason::Moved, named(statuses[0])) })
}

/// How many parts of a path lead somewhere: index files and languages do not.
fn depth(url: &Url) -> usize {
    segments(url).filter(|segment| !is_index(segment) && !is_language(segment)).count()
}

/// Whether a URL is that of a home page, in some language.
fn is_home(url: &Url) -> bool {
    depth(url) == 0 && segments(url).count() <= 2 && !url.query().is_some_and(leads_somewhere)
}

/// Whether a query may name a page, as in `/?p=123`; those that only say where a visitor comes from do not.
fn leads_somewhere(query: &str) -> bool {
    let mut names =
        query.split('&').filter_map(|pair| pair.split('=').next()).filter(|name| !name.is_empty());
    names.any(|name| {
        !(name.starts_with("utm_")
            || matches!(name, "ref" | "from" | "source" | "lang" | "hl" | "redirect" | "redirected"))
    })
}

fn segments(url: &Url) -> impl Iterator<Item = &str> {
    url.path_segments().into_iter().flatten().filter(|segment| !segment.is_empty())
}

fn is_index(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or(segment).to_ascii_lowercase();
    matches!(stem.as_str(), "index" | "home" | "default" | "start" | "startseite")
}

/// `de`, `en-us`, `pt_BR`.
fn is_language(segment: &str) -> bool {
    let mut parts = segment.split(['-', '_']);
    let two = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    parts.next().is_some_and(two) && parts.next().is_none_or(two) && parts.next().is_none()
}

/// Whether two URLs are on one site: the same host, or one below the other, `www.` apart.
fn same_site(one: &Url, other: &Url) -> bool {
    let host = |url: &Url| url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned());
    match (host(one), host(other)) {
        (Some(one), Some(other)) => {
            one == other || one.ends_with(&format!(".{other}")) || other.ends_with(&format!(".{one}"))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(url: &str) -> bool {
        is_home(&url.parse().unwrap())
    }

    #[test]
    fn home_pages_are_known_by_their_shape() {
        for url in [
            "https://a.example",
            "https://a.example/",
            "https://a.example/index.html",
            "https://a.example/de/",
            "https://a.example/en-us/home",
            "https://a.example/?utm_source=x",
        ] {
            assert!(home(url), "{url}");
        }
        for url in [
            "https://a.example/news",
            "https://a.example/?p=12",
            "https://a.example/de/politik",
            "https://a.example/12",
        ] {
            assert!(!home(url), "{url}");
        }
    }

    #[test]
    fn sites_are_the_same_below_one_name() {
        let same = |one: &str, other: &str| same_site(&one.parse().unwrap(), &other.parse().unwrap());
        assert!(same("http://www.a.example/", "https://a.example/"));
        assert!(same("https://news.a.example/", "https://www.a.example/"));
        assert!(!same("https://a.example/", "https://b.example/"));
        assert!(!same("https://ba.example/", "https://a.example/"));
    }
}
