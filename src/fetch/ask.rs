//! Asks for one URL: what robots.txt says, the wait for its host, each try, and what is known of it.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{COOKIE, HeaderMap, HeaderValue};
use tokio::time::{Instant, sleep, timeout};
use url::Url;

use super::client::{Errand, Inner};
use super::cookies::Cookies;
use super::exchange::{Exchange, Failure, FailureKind, Response, Truncation};
use super::failure::failure;
use super::laps::Laps;
use super::pace::{Reaction, Refusal};
use super::receive::{Limits, head, receive};
use super::redirect::{bare, target};
use super::request::Purpose;
use super::retry::{Tries, jitter, retry_after};
use super::robots::{MOST_BYTES, MOST_REDIRECTS, Robots, RobotsChoice, RobotsFacts};
use super::schedule::{Turn, queue_of};

/// The longest that a robots.txt is waited for: what it is asked for is the page.
const ROBOTS_PATIENCE: Duration = Duration::from_secs(10);

impl Inner {
    /// Asks for one URL until an answer stands. `retries` is what is left of the further tries for this source.
    pub(super) async fn settle<'a>(
        &self,
        url: &Url,
        errand: &Errand,
        retries: &mut u32,
        exchanges: &'a mut Vec<Exchange>,
    ) -> Result<&'a Response, Failure> {
        let robots = self.robots_about(url, errand.purpose).await?;
        let mut tries = Tries { made: 0, retries: *retries };
        loop {
            let queued = Instant::now();
            let turn = match self.schedule.turn(url).await {
                Ok(turn) => turn,
                // The last answer stands.
                Err(_) if tries.made > 0 => break,
                Err(refusal) => return Err(left_alone(url, refusal)),
            };
            let exchange = Box::pin(self.exchange(url, errand, self.limits(errand), &turn)).await;
            let Some((mut exchange, reached)) = exchange else { continue };
            if let Err(failure) = &exchange.answer
                && failure.kind == FailureKind::PrivateAddress
            {
                return Err(failure.clone());
            }
            exchange.timings.queued = turn.started().duration_since(queued);
            exchange.robots.clone_from(&robots);
            let asked = noted(turn, &exchange.answer, reached);
            tries.made += 1;
            let wait = tries.next(&exchange.answer, asked, jitter());
            exchanges.push(exchange);
            match wait {
                Some(wait) => sleep(wait).await,
                None => break,
            }
        }
        *retries = retries.saturating_sub(tries.made - 1);
        match exchanges.last().map(|exchange| &exchange.answer) {
            Some(Ok(response)) => Ok(response),
            Some(Err(failure)) => Err(failure.clone()),
            None => Err(Failure { kind: FailureKind::Incomplete, detail: "nothing was asked".to_owned() }),
        }
    }

    /// What the site's robots.txt says about `url`, and the pause it asks for is kept from now on. Fails where it forbids
    /// what is asked for.
    async fn robots_about(&self, url: &Url, purpose: Purpose) -> Result<Option<RobotsFacts>, Failure> {
        let cited = purpose == Purpose::Cited;
        if cited && self.config.robots == RobotsChoice::Ignore {
            return Ok(None);
        }
        let Some(robots) = self.origins.robots(url, || Box::pin(self.ask_robots(url))).await else {
            return Ok(None);
        };
        if let Some(pause) = robots.crawl_delay() {
            self.schedule.at_least(url, pause);
        }
        let facts = robots.about(url);
        if facts.allowed || cited && self.config.robots == RobotsChoice::Note {
            return Ok(Some(facts));
        }
        Err(robots.failure().cloned().unwrap_or_else(|| disallowed(url, &facts)))
    }

    /// Asks for the robots.txt of the origin of `url`. Nothing where its host is not to be asked now.
    async fn ask_robots(&self, url: &Url) -> Option<Robots> {
        let mut url = url.join("/robots.txt").ok()?;
        url.set_query(None);
        let errand = Errand {
            purpose: Purpose::Probe,
            headers: self.headers.clone(),
            max_bytes: MOST_BYTES,
            cookies: Cookies::default(),
            via: None,
        };
        let mut last = None;
        for _ in 0..=MOST_REDIRECTS {
            if self.guard.check(&url).is_err() {
                break;
            }
            let limits =
                Limits { total: self.config.timeout.duration().min(ROBOTS_PATIENCE), ..self.limits(&errand) };
            let (turn, (exchange, reached)) = loop {
                let turn = self.schedule.turn(&url).await.ok()?;
                if let Some(exchange) = Box::pin(self.exchange(&url, &errand, limits, &turn)).await {
                    break (turn, exchange);
                }
            };
            noted(turn, &exchange.answer, reached);
            let next = exchange.answer.as_ref().ok().and_then(|response| target(&url, response));
            last = Some(exchange);
            match next {
                Some(next) => url = bare(&next),
                None => break,
            }
        }
        Some(Robots::of(last.as_ref()))
    }

    /// One request and what comes back, and whether the host was reached at all. Nothing where the host asked for patience
    /// before the request was sent: then it has to wait for another turn.
    ///
    /// Its future is large, and most of those who want to ask wait for their host: let it be boxed.
    async fn exchange(
        &self,
        url: &Url,
        errand: &Errand,
        limits: Limits,
        turn: &Turn,
    ) -> Option<(Exchange, bool)> {
        let (clock, laps) = (Instant::now(), Laps::default());
        let late = Failure { kind: FailureKind::Timeout, detail: "no answer in time".to_owned() };
        let mut exchange = Exchange::new(url.clone(), Timestamp::now(), Err(late));
        let headers = self.headers_for(url, errand);
        exchange.via.clone_from(&errand.via);
        exchange.request_headers = request_headers(url, &headers);
        let incoming = tokio::select! {
            biased;
            incoming = laps.of(self.ask(url, headers, limits, &mut exchange)) => incoming,
            () = turn.called_off(|| laps.unconnected()) => return None,
        };
        exchange.timings = laps.timings();
        exchange.lookup = laps.lookup().or_else(|| self.connections.lookup(url));
        if let Some(incoming) = incoming {
            exchange.timings.first_byte = Some(clock.elapsed());
            exchange.tls = self.connections.tls_facts(&incoming).or_else(|| laps.tls());
            // Others need not wait for the body to learn of it.
            let heard = reaction(&head(&incoming));
            if matches!(heard, Reaction::Refused(_)) {
                turn.note(heard);
            }
            exchange.answer = Ok(receive(incoming, limits, clock).await);
        } else {
            exchange.tls = laps.tls();
            if let (Err(failure), Some(tls)) = (&mut exchange.answer, &exchange.tls) {
                failure.told_by(tls);
            }
        }
        exchange.elapsed = clock.elapsed();
        log(&exchange);
        let reached = exchange.answer.is_ok() || !laps.unconnected();
        Some((exchange, reached))
    }

    /// Sends the request and waits for the head of the answer; notes what is known from it, or why there is none.
    async fn ask(
        &self,
        url: &Url,
        headers: HeaderMap,
        limits: Limits,
        exchange: &mut Exchange,
    ) -> Option<reqwest::Response> {
        let begin = self.config.connect_timeout.duration() + limits.silence;
        let request = self.connections.get(url, headers);
        match timeout(begin.min(limits.total), request.send()).await {
            Ok(Ok(incoming)) => {
                exchange.peer = incoming.remote_addr().filter(|_| self.config.proxy.is_none());
                Some(incoming)
            }
            Ok(Err(error)) => {
                exchange.answer = Err(failure(&error));
                None
            }
            Err(_) => None,
        }
    }

    fn limits(&self, errand: &Errand) -> Limits {
        Limits {
            bytes: errand.max_bytes,
            silence: self.config.read_timeout.duration(),
            total: self.config.timeout.duration(),
        }
    }

    /// The headers that go to `url`: those of the errand, those that the settings have for its host, and its cookies.
    fn headers_for(&self, url: &Url, errand: &Errand) -> HeaderMap {
        let mut headers = errand.headers.clone();
        for (name, value) in self.rules.headers(url).into_iter().flatten() {
            headers.insert(name, value.clone());
        }
        let cookies = errand.cookies.header(url).and_then(|cookies| HeaderValue::from_str(&cookies).ok());
        if let Some(cookies) = cookies {
            headers.insert(COOKIE, cookies);
        }
        headers
    }
}

/// Tells the host's queue what came of a request, and gives its place back. The result is the time that the host asked
/// for.
fn noted(turn: Turn, answer: &Result<Response, Failure>, reached: bool) -> Option<Duration> {
    turn.note(match answer {
        Ok(response) => reaction(response),
        Err(failure) if !reached => Reaction::Unreached(failure.clone()),
        Err(_) => Reaction::Troubled,
    });
    // The place is free from here on.
    drop(turn);
    answer.as_ref().ok().and_then(|response| retry_after(response, Timestamp::now()))
}

/// What a host made of a request, as its answer says. It refuses for being asked too much with 429, or 503 with a time to
/// come back.
fn reaction(response: &Response) -> Reaction {
    let asked = retry_after(response, Timestamp::now());
    if response.status == 429 || asked.is_some() {
        Reaction::Refused(asked)
    } else if response.status >= 500 && response.status != 999
        || response.truncated == Some(Truncation::Disconnect)
    {
        Reaction::Troubled
    } else {
        Reaction::Answered
    }
}

/// The headers as they go out. HTTP/2 sends the host as `:authority`; it is recorded under its HTTP/1.1 name. What the
/// settings send to a host is left out.
fn request_headers(url: &Url, headers: &HeaderMap) -> Vec<(String, String)> {
    let host = url.host_str().unwrap_or_default();
    let host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let shown = headers.iter().filter(|(_, value)| !value.is_sensitive());
    let sent = shown.map(|(name, value)| {
        let value = value.as_bytes().iter().map(|&byte| char::from(byte)).collect();
        (name.as_str().to_owned(), value)
    });
    std::iter::once(("host".to_owned(), host)).chain(sent).collect()
}

/// What is said of a page whose host is not to be asked.
fn left_alone(url: &Url, refusal: Refusal) -> Failure {
    let host = queue_of(url);
    let held_off = |detail| Failure { kind: FailureKind::HeldOff, detail };
    match refusal {
        Refusal::Held(wait) => {
            held_off(format!("{host} has asked to be left alone for {} s more", wait.as_secs()))
        }
        Refusal::Refusing => held_off(format!(
            "{host} goes on refusing requests for being asked too often: the rest of its pages is not asked for"
        )),
        Refusal::Down(failure) => Failure {
            detail: format!("not asked, since the last requests to {host} all failed: {}", failure.detail),
            kind: failure.kind,
        },
    }
}

fn disallowed(url: &Url, facts: &RobotsFacts) -> Failure {
    let host = url.host_str().unwrap_or_default();
    let detail = match (&facts.rule, facts.status) {
        (Some(rule), _) => format!("the robots.txt of {host} says “{rule}”"),
        (None, Some(status)) => {
            format!("the robots.txt of {host} cannot be had ({status}), so nothing is allowed")
        }
        (None, None) => format!("the robots.txt of {host} cannot be had, so nothing is allowed"),
    };
    Failure { kind: FailureKind::Robots, detail }
}

fn log(exchange: &Exchange) {
    let Exchange { url, elapsed, .. } = exchange;
    match &exchange.answer {
        Ok(response) => {
            tracing::debug!(%url, ?elapsed, status = response.status, bytes = response.body.len(), "answered");
        }
        Err(failure) => tracing::debug!(%url, ?elapsed, kind = ?failure.kind, %failure, "failed"),
    }
}
