//! A web archive with two states of every page, and a site with a robots.txt.

use beleg::demo::{Answer, Request};

use super::pages;

/// The answer to `request`, where it is for one of these.
pub(super) fn archives(request: &Request) -> Option<Answer> {
    let path = request.path.as_str();
    if let Some(url) = path.strip_prefix("/timemap/") {
        return Some(Answer::new(200, &[("Content-Type", "application/link-format")], timemap(url)));
    }
    if let Some(url) = path.strip_prefix("/timegate/") {
        return Some(Answer::redirect(302, &format!("/state/2025/{url}")));
    }
    if path.starts_with("/state/2025/") {
        let headers = [("Content-Type", "text/html"), ("Memento-Datetime", "Sat, 01 Mar 2025 00:00:00 GMT")];
        return Some(Answer::new(200, &headers, pages::full("As it was")));
    }
    if path.starts_with("/available?url=https%3A%2F%2F") {
        let json = r#"{"archived_snapshots": {"closest": {"available": true, "status": "200",
            "url": "https://slow.test/state/2025/x", "timestamp": "20250301000000"}}}"#;
        return Some(Answer::new(200, &[("Content-Type", "application/json")], json));
    }
    match (request.host.as_str(), path) {
        ("parked.test", "/robots.txt") => {
            let rules = "User-agent: *\nDisallow: /robots-say-no\n";
            Some(Answer::new(200, &[("Content-Type", "text/plain")], rules))
        }
        ("parked.test", "/robots-say-no") => Some(Answer::html(200, pages::full("Left alone by robots"))),
        _ => None,
    }
}

fn timemap(url: &str) -> String {
    format!(
        "<{url}>; rel=\"original\",\n\
         <https://slow.test/state/2024/{url}>; rel=\"first memento\"; datetime=\"Fri, 01 Mar 2024 00:00:00 GMT\",\n\
         <https://slow.test/state/2025/{url}>; rel=\"last memento\"; datetime=\"Sat, 01 Mar 2025 00:00:00 GMT\"\n"
    )
}
