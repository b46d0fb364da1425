//! The robots.txt of one origin, or what there was in its place (RFC 9309 §2.3.1).

use std::time::Duration;

use url::{Position, Url};

use super::facts::RobotsFacts;
use super::rules::Rules;
use crate::fetch::coding::inflate;
use crate::fetch::exchange::{Exchange, Failure, Response};

/// How much of a robots.txt is read: what the standard asks for at least (RFC 9309 §2.5).
pub(in crate::fetch) const MOST_BYTES: u64 = 500 * 1024;

/// What one may unfold to when it is sent packed.
const MOST_UNPACKED: u64 = 4 << 20;

/// How many redirects are followed to one (RFC 9309 §2.3.1.2).
pub(in crate::fetch) const MOST_REDIRECTS: usize = 5;

/// What an origin has to say to programs.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::fetch) struct Robots {
    word: Word,
    status: Option<u16>,
    failure: Option<Failure>,
}

#[derive(Clone, Debug, PartialEq)]
enum Word {
    Rules(Rules),
    /// There is none: everything is allowed.
    None,
    /// It could not be had: nothing is allowed, for it might say so.
    Unreachable,
}

impl Robots {
    /// From the last exchange of asking for it; nothing where it could not be asked for.
    pub(in crate::fetch) fn of(exchange: Option<&Exchange>) -> Self {
        let response = exchange.and_then(|exchange| exchange.answer.as_ref().ok());
        let status = response.map(|response| response.status);
        let word = match response {
            Some(response) if (200..300).contains(&response.status) => read(response),
            Some(response) if response.status < 500 => Word::None,
            _ => Word::Unreachable,
        };
        let failure = exchange.and_then(|exchange| exchange.answer.as_ref().err()).cloned();
        Self { word, status, failure }
    }

    /// Why it could not be asked for.
    pub(in crate::fetch) fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// What it says about a request for `url`.
    pub(in crate::fetch) fn about(&self, url: &Url) -> RobotsFacts {
        let path = &url[Position::BeforePath..Position::AfterQuery];
        let (allowed, rule) = match &self.word {
            _ if path == "/robots.txt" => (true, None),
            Word::Rules(rules) => rules.judge(path),
            Word::None => (true, None),
            Word::Unreachable => (false, None),
        };
        RobotsFacts {
            allowed,
            rule: rule.map(str::to_owned),
            crawl_delay: self.crawl_delay(),
            status: self.status,
        }
    }

    /// The pause it asks for between requests.
    pub(in crate::fetch) fn crawl_delay(&self) -> Option<Duration> {
        match &self.word {
            Word::Rules(rules) => rules.crawl_delay,
            _ => None,
        }
    }
}

/// What cannot be read says nothing.
fn read(response: &Response) -> Word {
    inflate(response, MOST_UNPACKED).map_or(Word::None, |text| {
        let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
        Word::Rules(Rules::read(&text[..text.len().min(most)]))
    })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::fetch::{Body, FailureKind, Protocol};

    fn robots(status: u16, text: &str) -> Robots {
        let body = Body::from_bytes(text.as_bytes());
        let response =
            Response { protocol: Protocol::Http11, status, headers: Vec::new(), body, truncated: None };
        let url = "https://a.example/robots.txt".parse().unwrap();
        Robots::of(Some(&Exchange::new(url, Timestamp::UNIX_EPOCH, Ok(response))))
    }

    fn about(robots: &Robots, path: &str) -> RobotsFacts {
        robots.about(&format!("https://a.example{path}#part").parse().unwrap())
    }

    #[test]
    fn none_allows_all_and_one_that_cannot_be_had_allows_nothing() {
        for (status, allowed) in
            [(200, false), (301, true), (403, true), (404, true), (500, false), (503, false)]
        {
            let facts = about(&robots(status, "User-agent: *\nDisallow: /"), "/x");
            assert_eq!((facts.allowed, facts.status), (allowed, Some(status)));
        }
        let failure = Failure { kind: FailureKind::Timeout, detail: String::new() };
        let url: Url = "https://a.example/robots.txt".parse().unwrap();
        let failed = Exchange::new(url.clone(), Timestamp::UNIX_EPOCH, Err(failure));
        assert!(!Robots::of(Some(&failed)).about(&url.join("/x").unwrap()).allowed);
        assert!(Robots::of(Some(&failed)).about(&url).allowed, "the file itself may always be read");
    }

    #[test]
    fn the_query_is_part_of_the_path_and_the_line_is_told() {
        let robots = robots(200, "User-agent: *\nDisallow: /*?print\nCrawl-delay: 3");
        let facts = about(&robots, "/a?print=1");
        assert_eq!((facts.allowed, facts.rule.as_deref()), (false, Some("Disallow: /*?print")));
        assert_eq!(facts.crawl_delay, Some(Duration::from_secs(3)));
        assert!(about(&robots, "/a").allowed);
    }
}
