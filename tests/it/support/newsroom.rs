//! A small synthetic site whose pages need stylesheets, scripts, fonts and images.

use std::fmt::Write as _;

use beleg::demo::{Answer, Authority, Certificates, Request, Site, Validity};

use super::noise::noise;
use super::pages;
use super::web::Web;

/// When everything of the site was last changed.
const MODIFIED: &str = "Mon, 23 Nov 2026 04:12:07 GMT";

/// Starts the site as `news.test`. It answers conditional requests (RFC 9110 §13).
pub(crate) fn newsroom() -> Web {
    let authority = Authority::new().unwrap();
    let leaf = authority.leaf(&["news.test"], Validity::Current).unwrap();
    let certificates = Certificates::default().with("news.test", &leaf);
    Web::start(&["news.test"], certificates, authority.ca_pem(), Newsroom)
}

/// The URLs of the first `count` stories.
pub(crate) fn stories(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("https://news.test/story/{number}")).collect()
}

struct Newsroom;

impl Site for Newsroom {
    fn answer(&self, request: &Request) -> Answer {
        let path = request.path.as_str();
        if let Some(number) = path.strip_prefix("/story/").and_then(|number| number.parse().ok()) {
            return current(request, "text/html; charset=utf-8", story(number).into_bytes());
        }
        if let Some(number) = path.strip_prefix("/old/") {
            return Answer::new(301, &[("Location", &format!("/story/{number}"))], "");
        }
        let seed = path.bytes().map(u64::from).sum();
        match path {
            "/report.pdf" => {
                let report = std::fs::read("tests/corpus/pdf/footnotes.pdf").unwrap();
                current(request, "application/pdf", report)
            }
            "/style.css" => current(request, "text/css", STYLE.into()),
            "/more.css" => current(request, "text/css", "p { background: url(paper.png) }".into()),
            "/script.js" => current(request, "text/javascript", "'synthetic';".into()),
            "/font.woff2" => current(request, "font/woff2", noise(seed, 20_000)),
            _ if [".png", ".jpg"].iter().any(|suffix| path.ends_with(suffix)) => {
                current(request, "image/jpeg", noise(seed, 60_000))
            }
            _ => Answer::html(404, pages::page("No such page", "", &["There is nothing here."])),
        }
    }
}

const STYLE: &str = "@import 'more.css'; @font-face { src: url(/font.woff2) } h1 { color: #123 }";

/// The page as it stands, or the word that the client's copy is still good.
fn current(request: &Request, media_type: &str, body: Vec<u8>) -> Answer {
    let tag = format!("\"{}-{}\"", body.len(), request.path.len());
    let validators = [("ETag", tag.as_str()), ("Last-Modified", MODIFIED)];
    if request.header("if-none-match") == Some(&tag) {
        return Answer::new(304, &validators, "");
    }
    Answer::new(200, &[("Content-Type", media_type), validators[0], validators[1]], body)
}

/// A page of about sixty thousand bytes, with what a page needs to look like itself.
fn story(number: u64) -> String {
    let head = "<link rel=\"stylesheet\" href=\"/style.css\"><script src=\"/script.js\"></script>";
    let picture = format!("<img src=\"/photo/{number}.jpg\" srcset=\"/photo/{number}-2x.jpg 2x\" alt=\"\">");
    let mut paragraphs = vec![picture];
    for (line, words) in noise(number, 20_000).chunks(100).zip(1..) {
        let mut text = format!("Entry {words} of list {number}:");
        for byte in line {
            write!(text, " {byte}").unwrap();
        }
        paragraphs.push(text);
    }
    let paragraphs: Vec<_> = paragraphs.iter().map(String::as_str).collect();
    pages::page(&format!("Synthetic story {number}"), head, &paragraphs)
}
