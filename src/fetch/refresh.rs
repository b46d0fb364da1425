//! Pages that send on by themselves: the `Refresh` header and `<meta http-equiv=refresh>` (WHATWG HTML §4.2.5.3).

use memchr::memchr2_iter;
use url::Url;

use super::coding::inflate;
use super::exchange::Response;
use super::media::{is_html, media_type};
use super::redirect::bare;
use crate::markup::{Piece, Pieces, Tag, resolved};

/// A page that waits longer is meant to be read.
const PATIENCE: f64 = 5.0;

/// Larger pages have something to read.
const LARGEST: u64 = 256 * 1024;

/// The URL that a page sends on to. Nothing where it waits for more than some seconds, or leads to its own path: that is a
/// page that renews itself, or a riddle for browsers.
pub(super) fn refresh_target(url: &Url, response: &Response) -> Option<Url> {
    if response.status != 200 || response.body.len() > LARGEST {
        return None;
    }
    let value = response.header("refresh").or_else(|| in_page(response))?;
    let (delay, target) = parsed(&value)?;
    let target = bare(&url.join(target).ok()?);
    let elsewhere = target.host_str() != url.host_str() || target.path() != url.path();
    (delay <= PATIENCE && elsewhere).then_some(target)
}

/// The content of the first `<meta http-equiv=refresh>` of an HTML page.
fn in_page(response: &Response) -> Option<String> {
    if !is_html(&media_type(response, b"")) {
        return None;
    }
    let page = inflate(response, LARGEST).ok()?;
    if !mentions_http_equiv(&page) {
        return None;
    }
    let page = String::from_utf8_lossy(&page);
    let mut in_template = false;
    for piece in Pieces::of(&page) {
        match piece {
            Piece::Open(tag) if tag.is("template") => in_template = true,
            Piece::Close(name) if name.eq_ignore_ascii_case("template") => in_template = false,
            Piece::Open(tag) if !in_template && tag.is("meta") && is_refresh(tag) => {
                return tag.attribute("content").map(|content| resolved(content).into_owned());
            }
            _ => {}
        }
    }
    None
}

/// Whether `http-equiv` stands anywhere in it, which one look at each of its rarest letter tells.
fn mentions_http_equiv(page: &[u8]) -> bool {
    const WORD: &[u8] = b"http-equiv";
    const BEFORE: usize = 6;
    memchr2_iter(b'q', b'Q', page).any(|at| {
        let whole = at.checked_sub(BEFORE).and_then(|from| page.get(from..from + WORD.len()));
        whole.is_some_and(|whole| whole.eq_ignore_ascii_case(WORD))
    })
}

fn is_refresh(tag: Tag<'_>) -> bool {
    tag.attribute("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh"))
}

/// Seconds and URL of `5; url='/there'`.
fn parsed(value: &str) -> Option<(f64, &str)> {
    let value = value.trim();
    let digits = value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len());
    let delay = value[..digits].parse().ok()?;
    let rest = value[digits..].trim_start().trim_start_matches([';', ',']).trim_start();
    let named = rest.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("url"));
    let rest =
        if named { rest[3..].trim_start().strip_prefix('=').unwrap_or(rest).trim_start() } else { rest };
    let url = match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => rest[1..].split(quote).next()?,
        _ => rest,
    };
    (!url.trim().is_empty()).then(|| (delay, url.trim()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fetch::{Body, Protocol};

    fn response(headers: &[(&str, &str)], page: &str) -> Response {
        let headers =
            headers.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect();
        let body = Body::from_bytes(page.as_bytes());
        Response { protocol: Protocol::Http11, status: 200, headers, body, truncated: None }
    }

    fn target(page: &str) -> Option<String> {
        let url = "https://a.example/old".parse().unwrap();
        refresh_target(&url, &response(&[("content-type", "text/html")], page)).map(|url| url.to_string())
    }

    #[test]
    fn pages_that_send_on_are_followed() {
        for page in [
            r#"<meta http-equiv="refresh" content="0; url=https://a.example/new">"#,
            "<html><head><!-- <meta> --><META content='3;URL=/new' HTTP-EQUIV=Refresh />",
            "<meta charset=utf-8><meta http-equiv=refresh content=\"0;url='/new'\">",
            r#"<meta http-equiv="refresh" content="1, /new#part">"#,
        ] {
            assert_eq!(target(page).as_deref(), Some("https://a.example/new"), "{page}");
        }
        let url: Url = "https://a.example/old".parse().unwrap();
        let by_header = response(&[("refresh", "0; url=/new?a=1&b=2")], "");
        assert_eq!(refresh_target(&url, &by_header).unwrap().as_str(), "https://a.example/new?a=1&b=2");
        assert_eq!(
            target("<meta http-equiv=refresh content='0;url=/n?a=1&amp;b=2'>").unwrap(),
            "https://a.example/n?a=1&b=2"
        );
    }

    #[test]
    fn pages_that_are_meant_to_be_read_are_not() {
        for page in [
            r#"<meta http-equiv="refresh" content="300">"#,
            r#"<meta http-equiv="refresh" content="30; url=/new">"#,
            r#"<meta http-equiv="refresh" content="0; url=/old?again=1">"#,
            r#"<noscript><meta http-equiv="refresh" content="0; url=/new"></noscript>"#,
            r#"<!-- <meta http-equiv="refresh" content="0; url=/new"> -->"#,
            r#"<script>"<meta http-equiv=refresh content='0; url=/new'>"</script>"#,
            r#"<meta name="refresh" content="0; url=/new">"#,
            r#"<meta http-equiv="refresh" content="0; url=https://">"#,
            "<meta http-equiv=refresh",
            r#"<template><meta http-equiv="refresh" content="0; url=/new"></template>"#,
            "<!-- <meta",
        ] {
            assert_eq!(target(page), None, "{page}");
        }
    }

    proptest! {
        #[test]
        fn no_page_makes_it_panic(page in "(<|meta|http-equiv|=|refresh|content|'|\"|0;url=|/| |é|<!--|script|>){0,40}") {
            target(&page);
        }
    }
}
