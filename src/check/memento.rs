//! Earlier states of pages in web archives (RFC 7089): what their answers say, and which state is the one to cite.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::fmt::strtime::BrokenDownTime;
use serde::Deserialize;
use url::Url;

use crate::fetch::Chain;

/// An earlier state of a page in a web archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memento {
    /// Where it is.
    pub url: Url,
    /// When the page was like that.
    pub at: Timestamp,
}

/// The state to cite: the last one before `cited`, or else the first one after.
pub fn nearest(mementos: impl IntoIterator<Item = Memento>, cited: Timestamp) -> Option<Memento> {
    mementos.into_iter().min_by_key(|memento| {
        let after = memento.at > cited;
        (after, memento.at.duration_since(cited).abs())
    })
}

/// The states that a `TimeMap` lists, in link format (RFC 7089 §5, RFC 6690): as many as can be made out.
pub fn of_timemap(text: &str) -> Vec<Memento> {
    let dated = links(text).filter(|link| link.is("memento")).filter_map(|link| {
        let at = http_date(&parameter(link.parameters, "datetime")?)?;
        Some(Memento { url: Url::parse(link.target).ok()?, at })
    });
    dated.collect()
}

/// The state that a `TimeGate` led to: what it answered in the end says so itself (RFC 7089 §4.1 and §4.2), or names the
/// state nearest to `cited` among its links. One that is an error page of that time is none.
pub fn of_timegate(chain: &Chain, cited: Timestamp) -> Option<Memento> {
    let response = chain.response().filter(|response| (200..300).contains(&response.status))?;
    let mut found = response.header("link").map(|links| of_timemap(&links)).unwrap_or_default();
    if let Some(at) = response.header("memento-datetime").and_then(|date| http_date(&date))
        && !found.iter().any(|memento| memento.at == at)
    {
        found.push(Memento { url: chain.final_url()?.clone(), at });
    }
    nearest(found, cited)
}

/// The `TimeMap` that the answer of a `TimeGate` names. A gate leads to the state nearest in time, be it later: the map says
/// whether there is an earlier one.
pub fn timemap_of(chain: &Chain) -> Option<Url> {
    let named = chain.response()?.header("link")?;
    let map = links(&named).find(|link| link.is("timemap"))?;
    chain.final_url()?.join(map.target).ok()
}

/// A link of a list in link format.
#[derive(Clone, Copy, Debug)]
struct Link<'a> {
    target: &'a str,
    parameters: &'a str,
}

impl Link<'_> {
    /// Whether it leads to something of this relation.
    fn is(&self, relation: &str) -> bool {
        let is = |rel: String| rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(relation));
        parameter(self.parameters, "rel").is_some_and(is)
    }
}

/// The links of a list, as many as can be made out.
fn links(text: &str) -> impl Iterator<Item = Link<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (target, after) = rest.split_once('<')?.1.split_once('>')?;
        let (parameters, others) = after.split_at(end_of_parameters(after));
        rest = others;
        Some(Link { target, parameters })
    })
}

/// The state that an availability API names, as the Wayback Machine answers.
pub fn of_availability(json: &str) -> Option<Memento> {
    #[derive(Deserialize)]
    struct Answer {
        archived_snapshots: Snapshots,
    }
    #[derive(Deserialize)]
    struct Snapshots {
        closest: Option<Snapshot>,
    }
    #[derive(Deserialize)]
    struct Snapshot {
        available: bool,
        url: Url,
        timestamp: String,
        status: Option<String>,
    }
    let closest = serde_json::from_str::<Answer>(json).ok()?.archived_snapshots.closest?;
    let good = closest.available && closest.status.is_none_or(|status| status.starts_with('2'));
    let at = BrokenDownTime::parse("%Y%m%d%H%M%S", closest.timestamp).ok()?.to_datetime().ok()?;
    let at = at.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    good.then_some(Memento { url: closest.url, at })
}

/// Fourteen digits of a moment, as web archives write them.
pub fn digits(moment: Timestamp) -> String {
    moment.strftime("%Y%m%d%H%M%S").to_string()
}

/// A moment as HTTP writes it (RFC 9110 §5.6.7).
pub fn http_written(moment: Timestamp) -> String {
    moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn http_date(text: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(text.trim()).ok()
}

/// Where the parameters of a link end: at the first comma outside quotes.
fn end_of_parameters(text: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

/// The value of a parameter such as `; rel="memento"`. Values hold no semicolons here.
fn parameter(parameters: &str, name: &str) -> Option<String> {
    parameters.split(';').find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::staged::{answered, exchange, response};

    const MAP: &str = r#"<https://a.example/x>; rel="original",
<https://archive.example/timegate/https://a.example/x>; rel="timegate",
<https://archive.example/20240301000000/https://a.example/x?a=1,2>; rel="first memento"; datetime="Fri, 01 Mar 2024 00:00:00 GMT",
<https://archive.example/20250301000000/https://a.example/x>; datetime="Sat, 01 Mar 2025 00:00:00 GMT"; rel="memento",
<https://archive.example/20260301000000/https://a.example/x>; rel="last memento"; datetime="Sun, 01 Mar 2026 00:00:00 GMT"
"#;

    fn nearest_to(cited: &str) -> String {
        digits(nearest(of_timemap(MAP), cited.parse().unwrap()).unwrap().at)
    }

    #[test]
    fn the_last_state_before_the_day_is_the_one_to_cite_and_else_the_first_after() {
        assert_eq!(of_timemap(MAP).len(), 3);
        assert_eq!(
            of_timemap(MAP)[0].url.as_str(),
            "https://archive.example/20240301000000/https://a.example/x?a=1,2"
        );
        assert_eq!(nearest_to("2026-02-28T00:00:00Z"), "20250301000000");
        assert_eq!(nearest_to("2025-03-01T00:00:00Z"), "20250301000000");
        assert_eq!(nearest_to("2027-01-01T00:00:00Z"), "20260301000000");
        assert_eq!(nearest_to("2020-01-01T00:00:00Z"), "20240301000000");
        assert_eq!(nearest([], Timestamp::UNIX_EPOCH), None);
    }

    #[test]
    fn what_is_no_map_has_no_states() {
        for text in [
            "",
            "<",
            "<a>",
            "<html>; rel=memento",
            "<https://a.example>; rel=memento; datetime=soon",
            "<<<,,,\"\"\"",
        ] {
            assert_eq!(of_timemap(text), [], "{text}");
        }
    }

    #[test]
    fn an_availability_api_names_one_state_or_none() {
        let answer = r#"{"url": "a.example/x", "archived_snapshots": {"closest": {"status": "200", "available": true,
            "url": "http://archive.example/web/20250304091200/https://a.example/x", "timestamp": "20250304091200"}}}"#;
        let memento = of_availability(answer).unwrap();
        assert_eq!(memento.at.to_string(), "2025-03-04T09:12:00Z");
        assert_eq!(of_availability(&answer.replace("\"200\"", "\"404\"")), None);
        for none in [r#"{"archived_snapshots": {}}"#, "", "[]", "{}"] {
            assert_eq!(of_availability(none), None, "{none}");
        }
    }

    #[test]
    fn a_timegate_leads_to_a_state_or_names_it() {
        let url = "https://archive.example/gate/x";
        let named = "https://archive.example/2025/x";
        let link = format!("<{named}>; rel=\"memento\"; datetime=\"Sat, 01 Mar 2025 00:00:00 GMT\"");
        let dated = "memento-datetime: Sat, 01 Mar 2025 00:00:00 GMT";
        for (status, headers, found) in [
            (200, dated.to_owned(), Some(url)),
            (200, format!("link: {link}"), Some(named)),
            (200, format!("{dated}\nlink: {link}"), Some(named)),
            (404, dated.to_owned(), None),
            (200, "content-type: text/html".to_owned(), None),
        ] {
            let chain = answered(vec![exchange(url, 0, Ok(response(status, &headers, "")))]);
            let memento = of_timegate(&chain, Timestamp::UNIX_EPOCH);
            assert_eq!(memento.as_ref().map(|memento| memento.url.as_str()), found, "{headers}");
        }
    }

    #[test]
    fn a_timegate_that_leads_to_a_later_state_names_the_map_of_all() {
        let gate = "https://archive.example/gate/x";
        let links = "<https://a.example/x>; rel=\"original\", </map/x>; rel=\"timemap\"; type=\"application/link-format\"";
        let chain = |header: &str| answered(vec![exchange(gate, 0, Ok(response(200, header, "")))]);
        let named = timemap_of(&chain(&format!("link: {links}")));
        assert_eq!(named.unwrap().as_str(), "https://archive.example/map/x");
        assert_eq!(timemap_of(&chain("link: <https://a.example/x>; rel=original")), None);
        assert_eq!(timemap_of(&chain("content-type: text/html")), None);
    }

    #[test]
    fn moments_are_written_as_archives_and_http_write_them() {
        let moment = "2025-03-04T09:12:00Z".parse().unwrap();
        assert_eq!(digits(moment), "20250304091200");
        assert_eq!(http_written(moment), "Tue, 04 Mar 2025 09:12:00 GMT");
        assert_eq!(http_date(&http_written(moment)), Some(moment));
    }
}
