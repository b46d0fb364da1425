//! A site that goes wrong in every way we know of: one path a way.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

use beleg::demo::{Answer, Authority, Certificates, Leaf, Request, Site, Step, Validity};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::archives::archives;
use super::detours::detour;
use super::judged::judged;
use super::noise::noise;
use super::pages;
use super::web::Web;

/// Hosts with a certificate that is good for them.
const GOOD_HOSTS: [&str; 7] =
    ["web.test", "busy.test", "patient.test", "until.test", "slow.test", "parked.test", "doi.org"];

const HTML: (&str, &str) = ("Content-Type", "text/html; charset=utf-8");

/// Starts the misbehaving web. `refused.test` leads to a port where nobody listens.
pub(crate) fn misbehaving() -> Web {
    let authority = Authority::new().unwrap();
    let below = authority.leaf_below(&["below.test"], true).unwrap();
    let good = authority.leaf(&GOOD_HOSTS, Validity::Current).unwrap();
    let mut certificates = GOOD_HOSTS.iter().fold(Certificates::default(), |all, host| all.with(host, &good));
    let bad = [
        ("below.test", below),
        ("expired.test", authority.leaf(&["expired.test"], Validity::Expired).unwrap()),
        ("not-yet.test", authority.leaf(&["not-yet.test"], Validity::NotYet).unwrap()),
        ("wrong-name.test", authority.leaf(&["another.test"], Validity::Current).unwrap()),
        ("self-signed.test", Leaf::self_signed(&["self-signed.test"]).unwrap()),
        ("incomplete.test", authority.leaf_below(&["incomplete.test"], false).unwrap()),
        ("forged.test", Authority::new().unwrap().leaf(&["forged.test"], Validity::Current).unwrap()),
    ];
    for (host, leaf) in &bad {
        certificates = certificates.with(host, leaf);
    }
    // `no-tls.test` has no certificate: its handshakes are refused.
    let hosts: Vec<_> =
        GOOD_HOSTS.into_iter().chain(bad.iter().map(|(host, _)| *host)).chain(["no-tls.test"]).collect();
    let nobody = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    Web::start(&hosts, certificates, authority.ca_pem(), Misbehaving::default())
        .with_host("refused.test", nobody)
}

/// The site behind every host of that web.
#[derive(Default)]
pub(crate) struct Misbehaving {
    /// How often a path was asked for; only those that answer differently the next time are counted.
    asked: Mutex<BTreeMap<String, u32>>,
}

impl Site for Misbehaving {
    fn answer(&self, request: &Request) -> Answer {
        let path = request.path.split('?').next().unwrap_or_default();
        archives(request)
            .or_else(|| detour(request, |path| self.times(path)))
            .or_else(|| redirects(path))
            .or_else(|| self.statuses(path))
            .or_else(|| pages_of_note(path))
            .or_else(|| judged(path))
            .or_else(|| broken(path))
            .unwrap_or_else(|| {
                Answer::html(404, pages::page("No such page", "", &["There is nothing here."]))
            })
    }
}

impl Misbehaving {
    fn statuses(&self, path: &str) -> Option<Answer> {
        let short = |status| Answer::html(status, pages::page("An answer", "", &["It is short."]));
        Some(match path {
            "/401" | "/403" | "/404" | "/410" | "/418" | "/451" | "/500" => short(path[1..].parse().ok()?),
            "/403-akamai" => Answer::new(
                403,
                &[("Server", "AkamaiGHost"), ("Content-Type", "text/html")],
                pages::access_denied(),
            ),
            "/403-challenge" => {
                let headers = [("Server", "cloudflare"), ("cf-mitigated", "challenge"), HTML];
                Answer::new(403, &headers, pages::page("Just a moment...", "", &["Checking the connection."]))
            }
            "/429" => Answer::new(
                429,
                &[("Retry-After", "86400"), HTML],
                pages::page("Slow down", "", &["Please come back tomorrow."]),
            ),
            "/429-always" => Answer::new(429, &[HTML], "Not now.\n"),
            "/429-then-200" if self.times(path) == 1 => {
                Answer::new(429, &[("Retry-After", "1"), HTML], "Not now.\n")
            }
            "/503-then-200" if self.times(path) <= 2 => short(503),
            "/429-then-200" | "/503-then-200" => Answer::html(200, pages::full("There after all")),
            _ => return None,
        })
    }

    /// How often `path` has been asked for, this time included.
    fn times(&self, path: &str) -> u32 {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let times = asked.entry(path.to_owned()).or_default();
        *times += 1;
        *times
    }
}

fn redirects(path: &str) -> Option<Answer> {
    if let Some(left) = path.strip_prefix("/redirect/").and_then(|number| number.parse::<u32>().ok()) {
        return Some(match left.checked_sub(1) {
            Some(next) => Answer::redirect(302, &format!("/redirect/{next}")),
            None => Answer::html(200, pages::full("The end of the chain")),
        });
    }
    Some(match path {
        "/moved" => Answer::redirect(301, "https://web.test/moved/here"),
        "/moved/here" => Answer::html(200, pages::full("Moved here")),
        "/loop" => Answer::redirect(302, "/loop/back"),
        "/loop/back" => Answer::redirect(302, "/loop"),
        "/login-redirect" => Answer::redirect(302, "/account/login?next=%2Flogin-redirect"),
        "/account/login" => Answer::html(200, pages::login()),
        "/home-redirect/deep/story.html" => Answer::redirect(302, "/"),
        "/" => Answer::html(200, pages::full("The harbour paper")),
        "/section" => Answer::html(200, pages::full("All of the section")),
        _ if path.starts_with("/section/") => Answer::redirect(302, "/section"),
        "/private-redirect" => Answer::redirect(302, "http://10.0.0.1/"),
        "/loopback-redirect" => Answer::redirect(302, "http://127.0.0.1:1/"),
        "/metadata-redirect" => Answer::redirect(302, "http://169.254.169.254/latest/meta-data/"),
        "/file-redirect" => Answer::redirect(302, "file:///etc/hostname"),
        _ => return None,
    })
}

/// Well-formed answers with something odd about the page.
fn pages_of_note(path: &str) -> Option<Answer> {
    let gzip = [("Content-Encoding", "gzip"), HTML];
    if let Some(seed) = path.strip_prefix("/noise/").and_then(|seed| seed.parse().ok()) {
        return Some(Answer::new(200, &[("Content-Type", "application/octet-stream")], noise(seed, 100_000)));
    }
    Some(match path {
        "/ok" => Answer::html(200, pages::full("All is well")),
        "/anchors" => Answer::html(200, pages::full("Anchors").replace("<article>", "<article id=\"here\">")),
        "/soft-404" => Answer::html(
            200,
            pages::page("Page not found", "", &["Sorry, the page you asked for could not be found."]),
        ),
        "/empty" => Answer::html(200, ""),
        "/latin1" => {
            let page = pages::page(
                "Häfen und Brücken",
                "",
                &["Für die Brücke über den Fluss fehlt das Geld, für die Häfen nicht."],
            );
            Answer::new(
                200,
                &[("Content-Type", "text/html; charset=ISO-8859-1")],
                latin1(&page.replace(" charset=\"utf-8\"", "")),
            )
        }
        "/no-content-type" => Answer::new(200, &[], pages::full("Untyped")),
        "/gzip" => Answer::new(200, &gzip, gzipped(pages::full("Zipped").as_bytes())),
        "/bomb" => Answer::new(200, &gzip, BOMB.clone()),
        "/paywall" => {
            let head = r#"<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Synthetic", "isAccessibleForFree": false}</script>"#;
            Answer::html(
                200,
                pages::page("For subscribers", head, &["The first paragraph is free. The rest is not."]),
            )
        }
        _ => return None,
    })
}

/// Answers that do not keep to the protocol.
fn broken(path: &str) -> Option<Answer> {
    let never = Duration::MAX;
    Some(match path {
        "/hang" => Answer::default().then(Step::Pause(never)),
        "/hang-in-body" => Answer::head(200, &[HTML, ("Content-Length", "100000")])
            .send(pages::full("Stuck"))
            .then(Step::Pause(never)),
        "/drip" => Answer::head(200, &[HTML]).then(Step::Repeat(
            "<p>drip</p>\n".into(),
            Duration::from_millis(20),
            u64::MAX,
        )),
        "/huge" => {
            let chunk = Bytes::from("<p>The same line again and again.</p>\n".repeat(1_000));
            Answer::head(200, &[HTML])
                .send("<!doctype html><title>Huge</title>")
                .then(Step::Repeat(chunk, Duration::ZERO, 100))
                .then(Step::Close)
        }
        "/truncated" => Answer::head(200, &[HTML, ("Content-Length", "100000")])
            .send(pages::full("Cut short"))
            .then(Step::Close),
        "/chunked" => chunked(&pages::full("In chunks")).send("0\r\n\r\n"),
        "/chunked-cut" => chunked(&pages::full("In chunks, cut short")).then(Step::Close),
        "/head-cut" => Answer::default().send("HTTP/1.1 200 OK\r\nContent-Ty").then(Step::Close),
        "/reset" => Answer::default().then(Step::Reset),
        "/not-http" => Answer::default()
            .send(&b"\x00\x01\x02 220 mail.test ESMTP ready\r\n\xff\xfe\r\n\r\n"[..])
            .then(Step::Close),
        _ => return None,
    })
}

fn chunked(page: &str) -> Answer {
    let head = Answer::head(200, &[HTML, ("Transfer-Encoding", "chunked")]);
    page.as_bytes().chunks(100).fold(head, |answer, chunk| {
        let mut framed = format!("{:x}\r\n", chunk.len()).into_bytes();
        framed.extend_from_slice(chunk);
        framed.extend_from_slice(b"\r\n");
        answer.send(framed)
    })
}

/// Sixty-four megabytes of blanks that travel in about as many kilobytes: one member of a megabyte, again and again. To pack
/// them all would keep the one thread of the web busy for longer than its guests wait.
static BOMB: LazyLock<Bytes> = LazyLock::new(|| gzipped(&vec![b' '; 1 << 20]).repeat(64).into());

fn gzipped(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect()
}
