//! The facts about an exchange that neither of its messages states.

use super::draft::reference;
use super::event::{Event, Kept, Role};
use super::message::{is_credential, renews_credentials, response_head, states_another_length};
use crate::archive::warc::Header;
use crate::digest::Digest;
use crate::fetch::{Exchange, FailureKind, Led, Protocol, Response, RobotsFacts, TlsFacts};

/// The times of an exchange.
const TIMES: [&str; 6] = ["fetchTimeMs", "queued-ms", "lookup-ms", "connect-ms", "tls-ms", "first-byte-ms"];
/// The line of the facts about a requisite that says so.
const REQUISITE: &[u8] = b"via-type: requisite\r";
/// Where what it repeats lies: the record, and its file.
const ORIGINAL: [&str; 2] = ["original", "original-file"];

/// Those of the facts that another exchange may share, `facts` being the block that says them: all but its times, what it
/// repeats, and which of the pages that need a requisite was the first to ask for it, which is chance.
pub(in crate::archive) fn lasting(facts: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines = || facts.split(|byte| *byte == b'\n');
    let of_requisite = lines().any(|line| line == REQUISITE);
    lines().filter(move |line| {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        let is_own = TIMES.iter().chain(&ORIGINAL).any(|own| own.as_bytes() == name);
        !is_own && (!of_requisite || name != b"via")
    })
}

/// How the exchange went, and what this client changed about the messages. Times are in milliseconds from its start.
pub(super) fn facts(event: &Event<'_>, kept: Kept<'_>) -> Header {
    let mut facts = Header::default();
    let exchange = event.exchange;
    push_way(&mut facts, event);
    push_timings(&mut facts, exchange);
    if let Some(tls) = &exchange.tls {
        push_tls(&mut facts, tls);
    }
    if let Some(robots) = &exchange.robots {
        push_robots(&mut facts, robots);
    }
    match &exchange.answer {
        Ok(response) => {
            for change in changes(exchange, response, event.keep_credentials) {
                facts.push("changed", change);
            }
        }
        Err(failure) => {
            facts.push("failure", failure_token(failure.kind));
            facts.push("failure-detail", &failure.detail);
        }
    }
    push_kept(&mut facts, event, kept);
    facts
}

/// Where the payload is that the record of the response leaves out, and the head where it leaves that out too.
fn push_kept(facts: &mut Header, event: &Event<'_>, kept: Kept<'_>) {
    if let (Kept::Word(..), Ok(response)) = (kept, &event.exchange.answer) {
        let head = response_head(event.exchange, response, event.keep_credentials);
        for line in String::from_utf8_lossy(&head).lines().filter(|line| !line.is_empty()) {
            facts.push("response-head", line);
        }
    }
    let (Kept::Head(original) | Kept::Word(original, _)) = kept else { return };
    if original.warc != event.warc {
        let [record, file] = ORIGINAL;
        facts.push(record, reference(original.id));
        facts.push(file, &original.warc);
    }
}

/// What led to the exchange.
fn push_way(facts: &mut Header, event: &Event<'_>) {
    match (&event.exchange.via, event.role) {
        (Some(via), _) => {
            facts.push("via", via.url.as_str());
            facts.push("via-type", if via.how == Led::Redirect { "redirect" } else { "refresh" });
        }
        (None, Role::RequisiteOf(page)) => {
            facts.push("via", page);
            facts.push("via-type", "requisite");
        }
        (None, Role::Source) => (),
    }
}

fn push_timings(facts: &mut Header, exchange: &Exchange) {
    let timings = &exchange.timings;
    let times = [
        Some(exchange.elapsed),
        Some(timings.queued).filter(|wait| !wait.is_zero()),
        timings.lookup,
        timings.connect,
        timings.tls,
        timings.first_byte,
    ];
    for (name, time) in TIMES.into_iter().zip(times) {
        if let Some(time) = time {
            facts.push(name, time.as_millis().to_string());
        }
    }
}

fn push_tls(facts: &mut Header, tls: &TlsFacts) {
    facts.push("tls-verdict", tls.verdict.token());
    if let Some(certificate) = tls.certificate() {
        facts.push("tls-certificate", Digest::of(certificate).labelled());
    }
    for (name, value) in [("tls-subject", &tls.subject), ("tls-issuer", &tls.issuer)] {
        if let Some(value) = value {
            facts.push(name, value);
        }
    }
    for (name, date) in [("tls-not-before", tls.not_before), ("tls-not-after", tls.not_after)] {
        if let Some(date) = date {
            facts.push(name, date.to_string());
        }
    }
}

fn push_robots(facts: &mut Header, robots: &RobotsFacts) {
    facts.push("robots", if robots.allowed { "allowed" } else { "disallowed" });
    if let Some(rule) = &robots.rule {
        facts.push("robots-rule", rule);
    }
    if let Some(status) = robots.status {
        facts.push("robots-status", status.to_string());
    }
}

/// What differs between the messages on the wire and in the records.
fn changes(exchange: &Exchange, response: &Response, keep_credentials: bool) -> Vec<String> {
    let mut changes = Vec::new();
    if exchange.wire.is_none() {
        changes
            .push("header names of the response in lower case; reason phrase is the standard one".to_owned());
    }
    if response.protocol == Protocol::Http2 {
        changes.push("HTTP/2 messages written as HTTP/1.1".to_owned());
    }
    if response.headers.iter().any(|(name, _)| name == "transfer-encoding") {
        changes.push("transfer coding removed; the field is X-Orig-Transfer-Encoding".to_owned());
    }
    if states_another_length(response) {
        changes.push(
            "Content-Length set to that of the stored body; the field is X-Orig-Content-Length".to_owned(),
        );
    }
    if !keep_credentials {
        for (name, _) in exchange.request_headers.iter().filter(|(name, _)| is_credential(name.as_bytes())) {
            changes.push(format!("request field {} left out", name.to_ascii_lowercase()));
        }
        if renews_credentials(exchange, response) {
            changes.push("response field set-cookie left out".to_owned());
        }
    }
    changes
}

/// The kind of a failure as the metadata record names it.
fn failure_token(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::NoSuchHost => "no-such-host",
        FailureKind::DnsFailure => "dns-failure",
        FailureKind::Refused => "refused",
        FailureKind::Reset => "reset",
        FailureKind::Timeout => "timeout",
        FailureKind::TlsInvalid => "tls-invalid",
        FailureKind::TlsFailure => "tls-failure",
        FailureKind::NotHttp => "not-http",
        FailureKind::Incomplete => "incomplete",
        FailureKind::PrivateAddress => "private-address",
        FailureKind::HeldOff => "held-off",
        FailureKind::Robots => "robots",
        FailureKind::Offline => "offline",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chance_does_not_last() {
        let lasts = |facts: &str| -> Vec<String> {
            lasting(facts.as_bytes()).map(|line| String::from_utf8(line.to_vec()).unwrap()).collect()
        };
        let redirected =
            "via: https://a.test/\r\nvia-type: redirect\r\nfetchTimeMs: 5\r\nrobots: allowed\r\n";
        assert_eq!(
            lasts(redirected),
            ["via: https://a.test/\r", "via-type: redirect\r", "robots: allowed\r", ""]
        );
        let needed = "via: https://a.test/\r\nvia-type: requisite\r\noriginal-file: x\r\n";
        assert_eq!(lasts(needed), ["via-type: requisite\r", ""]);
    }
}
