//! The judgement of a source that was asked.

use url::Url;

use crate::fetch::{
    Chain, DecodeError, Decoded, End, Failure, FailureKind, Response, TlsVerdict, Truncation,
};

use super::beside::Doubt;
use super::content::Content;
use super::fragment::Fragment;
use super::page::Page;
use super::sight::{Sight, tried};
use super::state::{Judgement, Reason};
use super::{
    beside, empty, fragment, gates, handle, parked, paywall, redirects, soft_404, status, text_fragment,
    walls,
};

/// Judges what came of asking for `asked`, the URL as cited, fragment included, and says what doubt is left that only
/// asking for another address of the site can settle. `further` is what other citations of the same page have after `#`;
/// `page` the final response: without its text the page's words are not looked at; `token` a random number. Takes some
/// milliseconds of processor time for a large page.
pub fn judge(
    asked: &Url,
    further: &[String],
    chain: &Chain,
    page: &Content<'_>,
    token: u64,
) -> (Judgement, Option<Doubt>) {
    let judgement = match &chain.end {
        End::Failed(failure) => failed(failure, chain),
        End::RedirectLoop(url) => looped(url, chain),
        End::UnsafeRedirect(detail) => Judgement::new(
            Reason::UnsafeRedirect,
            format!("a redirect leads to where beleg does not go: {detail}"),
        ),
        End::Answered => match (chain.response(), chain.final_url()) {
            (Some(response), Some(url)) => {
                let sight = sight((asked, further), url, chain, response, page);
                let judgement = handle::told_apart(answered(&sight, page.decoded), &sight);
                let doubt = beside::doubt(&judgement, &sight, token);
                return (judgement, doubt);
            }
            // A chain that was answered has both.
            _ => Judgement::new(Reason::Incomplete, "nothing was received"),
        },
    };
    (judgement, None)
}

fn sight<'a>(
    (asked, further): (&'a Url, &'a [String]),
    url: &'a Url,
    chain: &'a Chain,
    response: &'a Response,
    page: &Content<'a>,
) -> Sight<'a> {
    let text = page.decoded.and_then(Result::ok);
    let fragments: Vec<&str> =
        asked.fragment().into_iter().chain(further.iter().map(String::as_str)).collect();
    let places: Vec<Fragment> = fragments.iter().filter_map(|fragment| Fragment::of(fragment)).collect();
    let page = page.html.as_ref().map(|html| Page::read(html, &places));
    Sight { asked, fragments, places, url, chain, response, text, page }
}

/// The rules, the surest first.
fn answered(sight: &Sight<'_>, page: Option<Result<&Decoded, &DecodeError>>) -> Judgement {
    if let Some(wall) = walls::judge(sight) {
        return wall;
    }
    if let Some(reason) = status::reason(sight.response.status) {
        return of_status(reason, sight);
    }
    soft_404::judge(sight)
        .or_else(|| gates::judge(sight))
        .or_else(|| redirects::to_home(sight))
        .or_else(|| parked::judge(sight))
        .or_else(|| cut(sight, page))
        .or_else(|| paywall::judge(sight))
        .or_else(|| empty::judge(sight))
        .or_else(|| fragment::judge(sight))
        .or_else(|| text_fragment::judge(sight))
        .or_else(|| redirects::moved(sight))
        .unwrap_or_else(|| alive(sight))
}

fn of_status(reason: Reason, sight: &Sight<'_>) -> Judgement {
    let detail = match reason {
        Reason::UnsafeRedirect => {
            format!("{} without an address to go to", status::named(sight.response.status))
        }
        _ => sight.answer(),
    };
    Judgement { advice: status::advice(reason).map(str::to_owned), ..Judgement::new(reason, detail) }
}

fn alive(sight: &Sight<'_>) -> Judgement {
    let answer = sight.answer();
    let plain = if redirects::to_plain(sight) { ", from https to http" } else { "" };
    match sight.hops() {
        0 => Judgement::new(Reason::Ok, answer),
        1 => Judgement::new(Reason::Ok, format!("{answer}, after a redirect{plain}")),
        more => Judgement::new(Reason::Ok, format!("{answer}, after {more} redirects{plain}")),
    }
}

/// A page of which only a part was received or could be read.
fn cut(sight: &Sight<'_>, page: Option<Result<&Decoded, &DecodeError>>) -> Option<Judgement> {
    let bytes = sight.response.body.len();
    let detail = match (sight.response.truncated, page) {
        (Some(Truncation::Length), _) => {
            format!("larger than allowed: only the first {bytes} bytes were taken in")
        }
        (Some(Truncation::Time), _) => format!("slower than allowed: {bytes} bytes came in time"),
        (Some(Truncation::Disconnect), _) => format!("the connection was lost after {bytes} bytes"),
        (None, Some(Err(error @ (DecodeError::TooLarge { .. } | DecodeError::Broken(_))))) => {
            error.to_string()
        }
        (None, _) => return None,
    };
    Some(Judgement::new(Reason::Truncated, tried(&detail, sight.chain)))
}

fn looped(url: &Url, chain: &Chain) -> Judgement {
    let detail = if chain.exchanges.iter().any(|exchange| exchange.url == *url) {
        format!("redirects lead back to {url}")
    } else {
        format!("more redirects than allowed: {}", chain.exchanges.len())
    };
    let advice =
        Some("Open it in a browser: some sites redirect like this where cookies are not kept.".to_owned());
    Judgement { advice, ..Judgement::new(Reason::RedirectLoop, detail) }
}

fn failed(failure: &Failure, chain: &Chain) -> Judgement {
    let reason = match failure.kind {
        FailureKind::NoSuchHost => Reason::NoSuchHost,
        FailureKind::DnsFailure => Reason::DnsFailure,
        FailureKind::Refused => Reason::Refused,
        FailureKind::Reset => Reason::Reset,
        FailureKind::Timeout => Reason::Timeout,
        FailureKind::TlsInvalid => Reason::TlsInvalid,
        FailureKind::TlsFailure => Reason::TlsFailure,
        FailureKind::NotHttp => Reason::NotHttp,
        FailureKind::Incomplete => Reason::Incomplete,
        FailureKind::PrivateAddress => Reason::PrivateAddress,
        FailureKind::HeldOff => Reason::RateLimited,
        FailureKind::Robots => Reason::Robots,
        FailureKind::Offline => Reason::Offline,
    };
    let advice = match reason {
        Reason::NoSuchHost => "Look for a spelling mistake, cite an archived copy, or another source.",
        Reason::PrivateAddress => {
            "Cite an address that every reader can open, or allow this one in the configuration."
        }
        Reason::TlsInvalid if is_incomplete(chain) => {
            "Tell the site: browsers get the missing certificate from elsewhere, other programs do not."
        }
        Reason::TlsInvalid => "Tell the site: readers are warned off by their browsers.",
        Reason::RateLimited => "Check it again later: the site asks for fewer requests.",
        Reason::Robots => "Open it in a browser: the site asks programs to leave it alone.",
        _ => return Judgement::new(reason, tried(&failure.detail, chain)),
    };
    Judgement { advice: Some(advice.to_owned()), ..Judgement::new(reason, tried(&failure.detail, chain)) }
}

/// Whether the server left out a certificate that its own rests on.
fn is_incomplete(chain: &Chain) -> bool {
    let tls = chain.exchanges.last().and_then(|exchange| exchange.tls.as_ref());
    tls.is_some_and(|tls| tls.verdict == TlsVerdict::Incomplete)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::State;
    use crate::check::staged::{
        ASKED, answered, exchange, failed, html, judged, judged_as, redirected, response,
    };

    const STORY: &str =
        "<title>A story - Example News</title><h1>A story</h1><p id=part>It has some words of its own.</p>";

    fn long(title: &str) -> String {
        format!(
            "<title>{title}</title><h1>Teasers</h1>{}",
            "<p>Many words about other things.</p>".repeat(200)
        )
    }

    #[test]
    fn a_page_of_its_own_is_alive() {
        let judgement = judged(&html(200, "", STORY));
        assert_eq!(judgement, Judgement::new(Reason::Ok, "200 OK"));
        assert_eq!(judgement.state(), State::Alive);
    }

    #[test]
    fn statuses_are_judged_with_what_was_seen() {
        for (status, reason, state) in [
            (401, Reason::Unauthorized, State::Blocked),
            (403, Reason::Forbidden, State::Blocked),
            (404, Reason::NotFound, State::Dead),
            (410, Reason::Gone, State::Dead),
            (418, Reason::ClientError, State::Dead),
            (429, Reason::RateLimited, State::Blocked),
            (451, Reason::Legal, State::Blocked),
            (500, Reason::ServerError, State::Unreachable),
            (999, Reason::BotWall, State::Blocked),
        ] {
            let judgement = judged(&html(status, "", STORY));
            assert_eq!((judgement.reason, judgement.state()), (reason, state));
            assert!(judgement.detail.starts_with(&status.to_string()), "{judgement:?}");
        }
        let judgement = judged(&html(302, "", ""));
        assert_eq!(judgement.detail, "302 Found without an address to go to");
    }

    #[test]
    fn tries_are_counted_with_the_time_they_took() {
        let page = || Ok(response(404, "content-type: text/html", "gone"));
        let busy = || Ok(response(503, "", ""));
        let tries = vec![exchange(ASKED, 0, busy()), exchange(ASKED, 3, busy()), exchange(ASKED, 8, page())];
        assert_eq!(judged(&answered(tries)).detail, "404 Not Found, 3 tries over 9 s");
        let refused = failed(FailureKind::Refused, "connection refused", 2);
        assert_eq!(judged(&refused), Judgement::new(Reason::Refused, "connection refused, 2 tries over 5 s"));
    }

    #[test]
    fn failures_have_their_reasons() {
        use FailureKind as Kind;
        for (kind, reason, state) in [
            (Kind::NoSuchHost, Reason::NoSuchHost, State::Dead),
            (Kind::DnsFailure, Reason::DnsFailure, State::Unreachable),
            (Kind::Refused, Reason::Refused, State::Unreachable),
            (Kind::Reset, Reason::Reset, State::Unreachable),
            (Kind::Timeout, Reason::Timeout, State::Unreachable),
            (Kind::TlsInvalid, Reason::TlsInvalid, State::Unreachable),
            (Kind::TlsFailure, Reason::TlsFailure, State::Unreachable),
            (Kind::NotHttp, Reason::NotHttp, State::Dead),
            (Kind::Incomplete, Reason::Incomplete, State::Unreachable),
            (Kind::PrivateAddress, Reason::PrivateAddress, State::Unchecked),
            (Kind::HeldOff, Reason::RateLimited, State::Blocked),
            (Kind::Offline, Reason::Offline, State::Unchecked),
        ] {
            for tries in [0, 1] {
                let judgement = judged(&failed(kind, "what was seen", tries));
                assert_eq!(
                    (judgement.reason, judgement.state(), judgement.detail.as_str()),
                    (reason, state, "what was seen")
                );
            }
        }
    }

    #[test]
    fn redirects_that_lead_nowhere_are_told_apart() {
        let hop = || vec![exchange(ASKED, 0, Ok(response(302, "location: x", "")))];
        let looped = Chain { exchanges: hop(), end: End::RedirectLoop(ASKED.parse().unwrap()) };
        assert_eq!(judged(&looped).detail, format!("redirects lead back to {ASKED}"));
        let endless =
            Chain { exchanges: hop(), end: End::RedirectLoop("https://a.example/x".parse().unwrap()) };
        assert_eq!(
            (judged(&endless).reason, judged(&endless).detail.as_str()),
            (Reason::RedirectLoop, "more redirects than allowed: 1")
        );
        let to_private =
            Chain { exchanges: hop(), end: End::UnsafeRedirect("10.0.0.1 is private".to_owned()) };
        assert_eq!(
            (judged(&to_private).reason, judged(&to_private).state()),
            (Reason::UnsafeRedirect, State::Doubtful)
        );
    }

    #[test]
    fn redirects_are_judged_by_where_they_lead() {
        for (statuses, to, reason) in [
            (&[301][..], "https://a.example/2026/story-12", Reason::Moved),
            (&[308, 301], "https://b.example/story-12", Reason::Moved),
            (&[301, 302], "https://a.example/2026/story-12", Reason::Ok),
            (&[302], "https://a.example/2026/story-12", Reason::Ok),
            (&[301], "https://www.a.example/", Reason::RedirectedToHome),
            (&[302], "https://a.example/de/", Reason::RedirectedToHome),
            (&[302], "https://other.example/", Reason::RedirectedToHome),
            (&[302], "https://a.example/?p=12", Reason::Ok),
            (&[302], "https://a.example/login?next=/news/story-12", Reason::RedirectedToLogin),
            (&[302], "https://accounts.example/x", Reason::RedirectedToLogin),
            (&[302], "https://consent.youtube.com/m?continue=x", Reason::ConsentWall),
            (&[302], "https://a.example/404.html", Reason::Soft404),
            (&[302], "https://www.hugedomains.com/x", Reason::ParkedDomain),
        ] {
            assert_eq!(judged(&redirected(statuses, to, STORY)).reason, reason, "{statuses:?} {to}");
        }
        let short_link = redirected(&[301], "https://other.example/", STORY);
        let mut asked = short_link.clone();
        asked.exchanges[0].url = "https://short.example/x1".parse().unwrap();
        assert_eq!(judged_as("https://short.example/x1", &asked).reason, Reason::Moved);
    }

    #[test]
    fn a_page_that_moved_is_cited_anew_with_its_place() {
        let chain = redirected(&[301], "https://a.example/new", STORY);
        let judgement = judged_as(&format!("{ASKED}#part"), &chain);
        assert_eq!(judgement.detail, "301 Moved Permanently");
        assert_eq!(judgement.advice.as_deref(), Some("Cite the new address: https://a.example/new#part"));
        assert_eq!(
            judged(&redirected(&[302, 307], "https://a.example/new", STORY)).detail,
            "200 OK, after 2 redirects"
        );
    }

    #[test]
    fn pages_are_judged_by_what_they_say() {
        let teaser =
            "<script type='application/ld+json'>{\"isAccessibleForFree\": false}</script><p>It begins.</p>";
        let whole = format!("{teaser}{}", "<p>And it goes on and on.</p>".repeat(300));
        for (body, reason) in [
            ("<title>Page not found</title><p>Try the search.</p>", Reason::Soft404),
            ("<title>Example</title><h1>404</h1>", Reason::Soft404),
            (teaser, Reason::Paywall),
            (&whole, Reason::Ok),
            ("<title>Before you continue to YouTube</title><p>Agree?</p>", Reason::ConsentWall),
            ("<title>a.example is for sale</title><p>Buy now.</p>", Reason::ParkedDomain),
            ("<script src=https://www.parkingcrew.net/x.js></script><p>Links.</p>", Reason::ParkedDomain),
            ("<html><body> </body></html>", Reason::EmptyPage),
            ("", Reason::EmptyPage),
            ("<div id=root></div><script src=/app.js></script>", Reason::Ok),
            ("<img src=map.png>", Reason::Ok),
            (&long("Page not found: a study of dead links"), Reason::Ok),
            (&long("404"), Reason::Ok),
            (&long("404").replace("Teasers", "Page not found"), Reason::Soft404),
        ] {
            assert_eq!(judged(&html(200, "", body)).reason, reason, "{body:.80}");
        }
    }

    #[test]
    fn a_place_that_is_not_there_is_told_apart() {
        for (fragment, reason) in [
            ("part", Reason::Ok),
            ("other", Reason::FragmentMissing),
            (":~:text=some%20words", Reason::Ok),
            (":~:text=other%20words", Reason::FragmentMissing),
            ("/route", Reason::Ok),
            ("top", Reason::Ok),
        ] {
            assert_eq!(
                judged_as(&format!("{ASKED}#{fragment}"), &html(200, "", STORY)).reason,
                reason,
                "{fragment}"
            );
        }
        let written_by_scripts = html(200, "", "<div id=root></div><script src=/app.js></script>");
        assert_eq!(judged_as(&format!("{ASKED}#other"), &written_by_scripts).reason, Reason::Ok);
    }

    #[test]
    fn what_was_cut_short_is_doubtful() {
        for (truncation, told) in [
            (Truncation::Length, "larger than allowed"),
            (Truncation::Time, "slower than allowed"),
            (Truncation::Disconnect, "the connection was lost after"),
        ] {
            let cut =
                Response { truncated: Some(truncation), ..response(200, "content-type: text/html", STORY) };
            let judgement = judged(&answered(vec![exchange(ASKED, 0, Ok(cut))]));
            assert_eq!(judgement.reason, Reason::Truncated);
            assert!(judgement.detail.starts_with(told), "{judgement:?}");
        }
        let broken = judged(&html(200, "content-encoding: gzip", "no gzip at all"));
        assert_eq!(
            (broken.reason, broken.detail.as_str()),
            (Reason::Truncated, "it is not packed the way it says it is")
        );
    }

    #[test]
    fn what_is_no_text_is_alive_by_its_status() {
        let pdf = response(200, "content-type: application/pdf", "%PDF-1.7");
        assert_eq!(judged(&answered(vec![exchange(ASKED, 0, Ok(pdf.clone()))])).reason, Reason::Ok);
        let chain = answered(vec![exchange(ASKED, 0, Ok(pdf))]);
        assert_eq!(judge(&ASKED.parse().unwrap(), &[], &chain, &Content::of(None), 0).0.reason, Reason::Ok);
    }
}
