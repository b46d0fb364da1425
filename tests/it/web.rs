//! The stand-in web and the misbehaving one, asked by clients other than beleg.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use beleg::check::{Reason, State};
use beleg::demo::StandIn;
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

use crate::support::{HAZARDS, Web, misbehaving};

const ARTICLE: &str = include_str!("../../examples/sicherheitsgarantien.txt");

/// A client that follows no redirects and trusts this authority alone.
fn client<'a>(ca_pem: &str, hosts: impl IntoIterator<Item = (&'a str, std::net::SocketAddr)>) -> Client {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(ca_pem.as_bytes()).unwrap()).unwrap();
    let tls = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let builder = Client::builder().tls_backend_preconfigured(tls).redirect(Policy::none()).no_proxy();
    hosts
        .into_iter()
        .fold(builder, |builder, (host, address)| builder.resolve(host, address))
        .build()
        .unwrap()
}

/// Asks the misbehaving web, and is not patient with what hangs.
fn ask(web: &Web, url: &str) -> reqwest::Result<Response> {
    ask_within(Duration::from_millis(500), web, url)
}

fn ask_within(limit: Duration, web: &Web, url: &str) -> reqwest::Result<Response> {
    let hosts = web.hosts().iter().map(|(host, address)| (host.as_str(), *address));
    let request = client(web.ca_pem(), hosts).get(url).timeout(limit);
    web.block_on(async { request.send().await })
}

fn text(web: &Web, url: &str) -> reqwest::Result<String> {
    ask(web, url).and_then(|response| web.block_on(response.text()))
}

/// Sends `request` as it is, and reads to the end.
fn raw(web: &Web, request: &str) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(web.address)?;
    stream.set_read_timeout(Some(Duration::from_millis(300)))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).map(|_| answer)
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: web.test\r\nConnection: close\r\n\r\n")
}

#[tokio::test]
async fn every_source_of_the_example_article_answers_under_its_own_name() {
    let stand_in = StandIn::start().await.unwrap();
    let client = client(&stand_in.ca_pem, stand_in.hosts.iter().map(|host| (*host, stand_in.address)));
    let mut moved = Vec::new();
    for url in ARTICLE.lines().map(str::trim).filter(|line| line.starts_with("https://")) {
        let mut response = client.get(url).send().await.unwrap();
        if response.status() == StatusCode::MOVED_PERMANENTLY {
            moved.push(url);
            response = client.get(response.headers()["location"].to_str().unwrap()).send().await.unwrap();
        }
        assert_eq!(response.status(), StatusCode::OK, "{url}");
        assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
        assert!(response.text().await.unwrap().contains("Stand-in page for tests."), "{url}");
    }
    assert_eq!(moved.len(), 1);
    assert!(moved[0].ends_with("-digvid"));
    stand_in.stop().await;
}

#[tokio::test]
async fn the_stand_in_refuses_what_it_does_not_have() {
    let stand_in = StandIn::start().await.unwrap();
    let hosts = ["www.cnn.com", "www.other.test"].map(|host| (host, stand_in.address));
    let client = client(&stand_in.ca_pem, hosts);
    let status = async |request: reqwest::RequestBuilder| request.send().await.unwrap().status().as_u16();
    assert_eq!(status(client.get("https://www.cnn.com/no/such/page")).await, 404);
    assert_eq!(status(client.get("http://www.other.test/")).await, 421);
    assert_eq!(status(client.post("https://www.cnn.com/robots.txt").body("x")).await, 405);
    assert_eq!(status(client.get("https://www.cnn.com/robots.txt")).await, 200);
    stand_in.stop().await;
}

#[tokio::test]
async fn stopping_ends_open_connections_and_frees_the_port() {
    let stand_in = StandIn::start().await.unwrap();
    let address = stand_in.address;
    let mut open = TcpStream::connect(address).unwrap();
    stand_in.stop().await;
    assert_eq!(open.read(&mut [0]).unwrap_or(0), 0, "the connection is closed");
    assert_eq!(TcpStream::connect(address).unwrap_err().kind(), ErrorKind::ConnectionRefused);
}

#[test]
fn one_connection_serves_several_requests_and_head_gets_no_body() {
    let web = misbehaving();
    let asked = "HEAD /ok HTTP/1.1\r\nHost: web.test\r\n\r\n".to_owned() + &get("/404");
    let answer = String::from_utf8(raw(&web, &asked).unwrap()).unwrap();
    let (first, second) = answer.split_once("\r\n\r\n").unwrap();
    assert!(first.starts_with("HTTP/1.1 200 OK\r\n"));
    assert!(second.starts_with("HTTP/1.1 404 Not Found\r\n"), "{second}");
}

#[test]
fn requests_that_are_none_are_answered_with_400_or_431() {
    let web = misbehaving();
    let status = |request: &str| String::from_utf8(raw(&web, request).unwrap()).unwrap()[..12].to_owned();
    assert_eq!(status("what is this\r\n\r\n"), "HTTP/1.1 400");
    assert_eq!(status(&format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(65 * 1024))), "HTTP/1.1 431");
}

#[test]
fn pages_that_are_well_are_whole() {
    let web = misbehaving();
    for path in ["ok", "redirect/0", "chunked", "no-content-type", "moved/here", "latin1"] {
        let page = text(&web, &format!("https://web.test/{path}")).unwrap();
        assert!(page.ends_with("</html>\n"), "{path}");
    }
    let latin1 = web.block_on(ask(&web, "https://web.test/latin1").unwrap().bytes()).unwrap();
    assert!(latin1.windows(5).any(|bytes| bytes == b"H\xe4fen"));
}

#[test]
fn what_is_to_fail_at_first_is_there_after_all() {
    let web = misbehaving();
    let status = |url| ask(&web, url).unwrap().status().as_u16();
    let three_times = |url| [status(url), status(url), status(url)];
    assert_eq!(three_times("https://web.test/503-then-200"), [503, 503, 200]);
    assert_eq!(three_times("https://patient.test/429-then-200"), [429, 200, 200]);
    assert_eq!((web.asked("/503-then-200"), web.asked("/ok")), (3, 0), "the web keeps count");
}

#[test]
fn bodies_break_off_where_they_are_to() {
    let web = misbehaving();
    for path in ["truncated", "chunked-cut", "hang-in-body", "drip"] {
        let url = format!("https://web.test/{path}");
        assert!(ask(&web, &url).unwrap().status().is_success(), "{path} has a head");
        assert!(text(&web, &url).is_err(), "{path} has no end");
    }
    assert!(text(&web, "https://web.test/huge").unwrap().len() > 3_000_000);
    assert_eq!(raw(&web, &get("/head-cut")).unwrap(), b"HTTP/1.1 200 OK\r\nContent-Ty");
}

#[test]
fn what_is_said_to_be_zipped_is() {
    let web = misbehaving();
    // The bomb is made when it is first asked for, which takes a while on a busy machine.
    let bytes = |path| {
        let response = ask_within(Duration::from_secs(20), &web, path).unwrap();
        web.block_on(response.bytes()).unwrap()
    };
    let inflated = |path| {
        let mut text = String::new();
        flate2::read::MultiGzDecoder::new(bytes(path).as_ref()).read_to_string(&mut text).map(|_| text)
    };
    assert!(inflated("https://web.test/gzip").unwrap().contains("<h1>Zipped</h1>"));
    assert!(bytes("https://web.test/bomb").len() < 1 << 20, "the bomb is small");
    assert_eq!(inflated("https://web.test/bomb").unwrap().len(), 64 << 20);
}

#[test]
fn connections_break_where_they_are_to() {
    let web = misbehaving();
    assert_eq!(raw(&web, &get("/reset")).unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert_eq!(raw(&web, &get("/hang")).unwrap_err().kind(), ErrorKind::WouldBlock, "nothing comes");
    assert!(ask(&web, "https://refused.test/").unwrap_err().is_connect());
    assert!(!raw(&web, &get("/not-http")).unwrap().starts_with(b"HTTP"));
}

#[test]
fn bad_certificates_are_bad_in_their_own_way() {
    let web = misbehaving();
    let why = |host: &str| {
        let mut error: &dyn std::error::Error = &ask(&web, &format!("https://{host}/ok")).unwrap_err();
        while let Some(source) = error.source() {
            error = source;
        }
        error.to_string()
    };
    for (host, words) in [
        ("expired.test", "expired"),
        ("not-yet.test", "not valid yet"),
        ("wrong-name.test", "not valid for name"),
        ("self-signed.test", "UnknownIssuer"),
        ("no-tls.test", "AccessDenied"),
    ] {
        let why = why(host);
        assert!(why.contains(words), "{host}: {why}");
    }
}

#[test]
fn every_hazard_is_answered_by_its_own_path_and_named_once() {
    let web = misbehaving();
    for hazard in HAZARDS {
        assert_eq!(HAZARDS.iter().filter(|other| other.url == hazard.url).count(), 1, "{}", hazard.url);
        let asked = !hazard.right.iter().any(|reason| reason.state() == State::Unchecked);
        if !asked || hazard.right.contains(&Reason::NotFound) {
            continue;
        }
        // Whatever is not answered fails in a way of its own; only a path that the site forgot is a plain 404.
        if let Ok(response) = ask(&web, hazard.url) {
            assert_ne!(response.status(), StatusCode::NOT_FOUND, "the site has no {}", hazard.url);
        }
    }
}
