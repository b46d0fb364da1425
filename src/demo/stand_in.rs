//! The sources of the example article, as pages that stand in for them.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::answer::Answer;
use super::authority::{Authority, Validity};
use super::certificates::Certificates;
use super::error::DemoError;
use super::request::Request;
use super::site::Site;
use super::web::serve;

/// A page of the stand-in web.
struct Page {
    host: &'static str,
    path: &'static str,
    modified: &'static str,
    body: &'static str,
}

/// The pages, under the addresses where they answer with 200.
const PAGES: [Page; 5] = [
    Page {
        host: "www.cnn.com",
        path: "/2025/03/01/europe/zelensky-trump-support-ukraine-intl/index.html",
        modified: "Sat, 01 Mar 2025 18:40:00 GMT",
        body: include_str!("../../tests/web/pages/zelensky-trump-support.html"),
    },
    Page {
        host: "www.cnn.com",
        path: "/2025/03/03/europe/trump-putin-russia-ukraine-analysis-intl/index.html",
        modified: "Mon, 03 Mar 2025 12:05:00 GMT",
        body: include_str!("../../tests/web/pages/trump-putin-analysis.html"),
    },
    Page {
        host: "www.state.gov",
        path: "/secretary-of-state-marco-rubio-with-brian-kilmeade-of-fox-news/",
        modified: "Thu, 27 Feb 2025 21:15:00 GMT",
        body: include_str!("../../tests/web/pages/rubio-interview.html"),
    },
    Page {
        host: "www.cnn.com",
        path: "/2025/03/03/politics/zelensky-trump-europe-summit-starmer/index.html",
        modified: "Mon, 03 Mar 2025 23:30:00 GMT",
        body: include_str!("../../tests/web/pages/europe-summit.html"),
    },
    Page {
        host: "www.cnn.com",
        path: VIDEO,
        modified: "Tue, 04 Mar 2025 16:00:00 GMT",
        body: include_str!("../../tests/web/pages/macron-video.html"),
    },
];

/// Where the video page lives; the article cites it by the address without the file name, which moved for good.
const VIDEO: &str = "/2025/02/09/business/video/french-president-emmanuel-macron-richard-quest-tariffs-ai-summit-digvid/index.html";

/// The stand-in web, running until it is dropped or stopped.
#[derive(Debug)]
pub struct StandIn {
    /// Where it listens: HTTP and HTTPS on the same port, for every host of it.
    pub address: SocketAddr,
    /// The certificate of its authority, in PEM: what a client has to trust.
    pub ca_pem: String,
    /// The hosts it stands in for.
    pub hosts: Vec<&'static str>,
    stop: DropGuard,
    server: JoinHandle<()>,
}

impl StandIn {
    /// Starts it on a port of its own on 127.0.0.1.
    pub async fn start() -> Result<Self, DemoError> {
        let hosts = hosts();
        let authority = Authority::new()?;
        let leaf = authority.leaf(&hosts, Validity::Current)?;
        let tls =
            hosts.iter().fold(Certificates::default(), |all, host| all.with(host, &leaf)).server_config()?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(DemoError::Listen)?;
        let address = listener.local_addr().map_err(DemoError::Listen)?;
        let stop = CancellationToken::new();
        let server = tokio::spawn(serve(listener, Some(tls), Arc::new(Pages), stop.clone()));
        Ok(Self { address, ca_pem: authority.ca_pem(), hosts, stop: stop.drop_guard(), server })
    }

    /// Stops it, and waits until every connection is closed.
    pub async fn stop(self) {
        drop(self.stop);
        // It only ever ends by returning; a panic in it would have been printed already.
        let _ended = self.server.await;
    }
}

/// The hosts of the pages, sorted.
fn hosts() -> Vec<&'static str> {
    let mut hosts: Vec<_> = PAGES.iter().map(|page| page.host).collect();
    hosts.sort_unstable();
    hosts.dedup();
    hosts
}

/// The site of all its hosts.
struct Pages;

impl Site for Pages {
    fn answer(&self, request: &Request) -> Answer {
        if !matches!(request.method.as_str(), "GET" | "HEAD") {
            return Answer::new(405, &[("Allow", "GET, HEAD")], "");
        }
        if !PAGES.iter().any(|page| page.host == request.host) {
            return Answer::html(421, "The stand-in web does not know this host.\n");
        }
        let path = request.path.split('?').next().unwrap_or_default();
        if let Some(page) = PAGES.iter().find(|page| page.host == request.host && page.path == path) {
            return page.answer();
        }
        if path == "/robots.txt" {
            return Answer::new(200, &[("Content-Type", "text/plain")], "User-agent: *\nAllow: /\n");
        }
        if request.host == "www.cnn.com" && VIDEO.strip_suffix("/index.html") == Some(path) {
            return Answer::redirect(301, &format!("https://{}{VIDEO}", request.host));
        }
        Answer::html(
            404,
            "<!doctype html><title>Not found</title><p>The stand-in web has no such page.</p>\n",
        )
    }
}

impl Page {
    fn answer(&self) -> Answer {
        let headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Language", "en"),
            ("Last-Modified", self.modified),
            ("X-Stand-In", "beleg"),
        ];
        Answer::new(200, &headers, self.body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_says_in_its_text_and_title_that_it_is_a_stand_in() {
        for page in &PAGES {
            assert!(page.body.matches("It was written for beleg").count() >= 2, "{}", page.path);
            assert!(page.body.contains("(stand-in for tests)</title>"), "{}", page.path);
            assert!(page.body.contains(r#"<meta name="robots" content="noindex">"#), "{}", page.path);
        }
    }

    #[test]
    fn every_source_of_the_example_article_has_a_page_or_leads_to_one() {
        let article = include_str!("../../examples/sicherheitsgarantien.txt");
        let urls: Vec<_> = article.lines().filter_map(|line| line.trim().strip_prefix("https://")).collect();
        assert_eq!(urls.len(), 6);
        for url in urls {
            let (host, path) = url.split_once('/').unwrap();
            let known = PAGES.iter().any(|page| {
                page.host == host
                    && (page.path[1..] == *path || page.path[1..] == format!("{path}/index.html"))
            });
            assert!(known, "{url}");
        }
    }

    #[test]
    fn last_modified_dates_name_the_right_weekday() {
        for page in &PAGES {
            assert!(jiff::fmt::rfc2822::parse(page.modified).is_ok(), "{}", page.modified);
        }
    }
}
