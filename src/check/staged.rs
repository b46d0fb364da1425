//! Chains for tests, as the fetch stage would hand them over.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use crate::fetch::{Body, Chain, End, Exchange, Failure, FailureKind, Protocol, Response, decode};

use super::content::Content;
use super::judge::judge;
use super::state::Judgement;

/// Where the sources of the tests are cited.
pub(super) const ASKED: &str = "https://a.example/news/story-12";

/// An HTML page that answers [`ASKED`]; header lines are parted by line breaks.
pub(super) fn html(status: u16, headers: &str, body: &str) -> Chain {
    let headers = format!("content-type: text/html; charset=utf-8\n{headers}");
    answered(vec![exchange(ASKED, 0, Ok(response(status, headers.trim(), body)))])
}

/// A chain of redirects with these statuses from [`ASKED`], by way of some others, to an HTML page at `to`.
pub(super) fn redirected(statuses: &[u16], to: &str, body: &str) -> Chain {
    let hop = |(number, &status): (usize, &u16)| {
        let url = if number == 0 { ASKED.to_owned() } else { format!("https://a.example/hop/{number}") };
        exchange(&url, 0, Ok(response(status, "location: x", "")))
    };
    let mut exchanges: Vec<_> = statuses.iter().enumerate().map(hop).collect();
    exchanges.push(exchange(to, 0, Ok(response(200, "content-type: text/html; charset=utf-8", body))));
    answered(exchanges)
}

/// A chain in which nothing came back.
pub(super) fn failed(kind: FailureKind, detail: &str, tries: i64) -> Chain {
    let failure = Failure { kind, detail: detail.to_owned() };
    let exchanges = (0..tries).map(|number| exchange(ASKED, 4 * number, Err(failure.clone()))).collect();
    Chain { exchanges, end: End::Failed(failure) }
}

/// A chain whose last exchange was answered.
pub(super) fn answered(exchanges: Vec<Exchange>) -> Chain {
    Chain { exchanges, end: End::Answered }
}

/// One exchange, begun `second` seconds after the first, that took one second.
pub(super) fn exchange(url: &str, second: i64, answer: Result<Response, Failure>) -> Exchange {
    let started = Timestamp::from_second(1_700_000_000 + second).unwrap();
    Exchange { elapsed: Duration::from_secs(1), ..Exchange::new(url.parse().unwrap(), started, answer) }
}

/// A response; header lines are parted by line breaks.
pub(super) fn response(status: u16, headers: &str, body: &str) -> Response {
    let headers = headers.lines().filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).collect();
    let body = Body::from_bytes(body.as_bytes());
    Response { protocol: Protocol::Http11, status, headers, body, truncated: None }
}

/// The judgement of a chain that began at [`ASKED`].
pub(super) fn judged(chain: &Chain) -> Judgement {
    judged_as(ASKED, chain)
}

/// The judgement of a chain for a URL as cited.
pub(super) fn judged_as(asked: &str, chain: &Chain) -> Judgement {
    let asked: Url = asked.parse().unwrap();
    let page = chain.response().map(|response| decode(response, 1 << 20));
    judge(&asked, &[], chain, &Content::of(page.as_ref()), 0).0
}
