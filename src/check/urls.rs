//! What the shape of a URL tells of the place of its page on the site.

use url::Url;

use crate::citation::is_within;

/// How many parts of a path lead somewhere: index files and languages do not.
pub(super) fn depth(url: &Url) -> usize {
    segments(url).filter(|segment| !is_index(segment) && !is_language(segment)).count()
}

/// Whether a URL is that of a home page, in some language.
pub(super) fn is_home(url: &Url) -> bool {
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
pub(super) fn same_site(one: &Url, other: &Url) -> bool {
    let host = |url: &Url| url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned());
    match (host(one), host(other)) {
        (Some(one), Some(other)) => is_within(&one, &other) || is_within(&other, &one),
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
