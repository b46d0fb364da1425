//! Persistent identifiers: what the resolver of a DOI or handle says counts apart from what the publisher says.

use url::Url;

use super::sight::Sight;
use super::state::{Judgement, Reason, State};
use super::status::named;

/// Resolvers of DOIs and other handles (<https://www.doi.org/the-identifier/resources/handbook>).
const RESOLVERS: [&str; 4] = ["doi.org", "dx.doi.org", "www.doi.org", "hdl.handle.net"];

/// Services whose addresses are made to outlast the ones they lead to.
const LASTING: [&str; 7] =
    ["purl.org", "www.purl.org", "w3id.org", "n2t.net", "nbn-resolving.org", "urn.nbn.fi", "perma.cc"];

/// Whether an address is made to be cited, wherever it leads: its target is then no better address.
pub(super) fn is_lasting(url: &Url) -> bool {
    is_handle(url) || url.host_str().is_some_and(|host| LASTING.contains(&host))
}

/// Adds to the judgement of a DOI or handle what the resolver said by itself: a publisher who turns programs away says
/// nothing against the identifier.
pub(super) fn told_apart(judgement: Judgement, sight: &Sight<'_>) -> Judgement {
    if !is_handle(sight.asked) {
        return judgement;
    }
    let resolver = sight.asked.host_str().unwrap_or_default();
    let resolved = sight.url.host_str().is_some_and(|host| !RESOLVERS.contains(&host));
    if !resolved {
        return unknown(judgement, resolver);
    }
    let publisher = sight.url.host_str().unwrap_or_default();
    let Some(status) = sight.redirects().last() else { return judgement };
    let advice = match judgement.reason.state() {
        State::Alive | State::Unchecked => return judgement,
        State::Blocked => {
            "Cite it as it is: the identifier is registered. Open it in a browser to read the page."
        }
        State::Doubtful => {
            "The identifier is registered. Open it in a browser to see whether it leads to the right page."
        }
        State::Dead | State::Unreachable => {
            "The identifier is registered, but the page it leads to is not there: tell the publisher."
        }
    };
    let detail = format!("{resolver} knows it ({}); {publisher}: {}", named(status), judgement.detail);
    Judgement { reason: judgement.reason, detail, advice: Some(advice.to_owned()) }
}

/// The resolver answers itself: with what goes wrong there.
fn unknown(judgement: Judgement, resolver: &str) -> Judgement {
    if judgement.reason != Reason::NotFound {
        return judgement;
    }
    let detail = format!("{resolver} does not know this identifier: {}", judgement.detail);
    let advice = Some("Look for a spelling mistake in the identifier.".to_owned());
    Judgement { detail, advice, ..judgement }
}

fn is_handle(url: &Url) -> bool {
    url.host_str().is_some_and(|host| RESOLVERS.contains(&host)) && url.path().len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::staged::{answered, exchange, judged_as, response};

    const DOI: &str = "https://doi.org/10.5555/synthetic";

    fn resolved(status: u16, headers: &str, body: &str) -> Judgement {
        let sent = Ok(response(302, "location: x", ""));
        let page = Ok(response(status, &format!("content-type: text/html\n{headers}"), body));
        judged_as(
            DOI,
            &answered(vec![exchange(DOI, 0, sent), exchange("https://publisher.example/a/1", 0, page)]),
        )
    }

    #[test]
    fn a_publishers_wall_says_nothing_against_the_identifier() {
        let walled = resolved(403, "cf-mitigated: challenge", "");
        assert_eq!(walled.reason, Reason::BotWall);
        assert_eq!(
            walled.detail,
            "doi.org knows it (302 Found); publisher.example: 403 Forbidden from Cloudflare: a riddle for browsers"
        );
        assert!(walled.advice.unwrap().starts_with("Cite it as it is"));
        assert!(resolved(404, "", "").advice.unwrap().contains("tell the publisher"));
        assert_eq!(
            resolved(200, "", "<title>A</title><p>Some words about it.</p>").detail,
            "200 OK, after a redirect"
        );
    }

    #[test]
    fn an_identifier_that_nobody_registered_is_dead() {
        let page = Ok(response(404, "content-type: text/html", "DOI not found"));
        let unknown = judged_as(DOI, &answered(vec![exchange(DOI, 0, page)]));
        assert_eq!(unknown.reason, Reason::NotFound);
        assert_eq!(unknown.detail, "doi.org does not know this identifier: 404 Not Found");
    }

    #[test]
    fn a_lasting_address_is_cited_as_it_is() {
        let sent = Ok(response(301, "location: x", ""));
        let page =
            Ok(response(200, "content-type: text/html", "<title>A</title><p>Some words about it.</p>"));
        let asked = "https://purl.org/synthetic/1";
        let chain = answered(vec![exchange(asked, 0, sent), exchange("https://now.example/1", 0, page)]);
        assert_eq!(judged_as(asked, &chain).reason, Reason::Ok);
    }
}
