//! Whether to try once more, and after how long.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use super::exchange::{Failure, FailureKind, Response, Truncation};
use super::pace::PATIENCE;

/// The first wait; each further one is twice as long.
const BACK_OFF: Duration = Duration::from_millis(500);

/// What came of the tries so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tries {
    /// How many tries were made.
    pub(super) made: u32,
    /// How many more than the first are allowed.
    pub(super) retries: u32,
}

impl Tries {
    /// How long to wait before the next try; nothing where the answer stands. `asked` is the wait that the server asked
    /// for, `jitter` a random number.
    pub(super) fn next(
        self,
        answer: &Result<Response, Failure>,
        asked: Option<Duration>,
        jitter: u64,
    ) -> Option<Duration> {
        let allowed = match answer {
            Ok(response) => self.after(response),
            Err(failure) => self.after_failure(failure.kind),
        };
        if self.made > allowed {
            return None;
        }
        match asked {
            Some(wait) if wait > PATIENCE => None,
            Some(wait) => Some(wait),
            None => Some(back_off(self.made, jitter)),
        }
    }

    /// Tries beyond the first that a response is worth: those statuses that RFC 9110 §15, RFC 6585 §4 and RFC 8470 §5.2
    /// call passing, and a body that broke off.
    fn after(self, response: &Response) -> u32 {
        match response.status {
            408 | 425 | 429 | 500 | 502 | 503 | 504 => self.retries,
            _ if response.truncated == Some(Truncation::Disconnect) => self.retries,
            _ => 0,
        }
    }

    /// Tries beyond the first that a failure is worth. What takes long to fail is tried only once more.
    fn after_failure(self, kind: FailureKind) -> u32 {
        match kind {
            FailureKind::Refused | FailureKind::Reset | FailureKind::Incomplete => self.retries,
            FailureKind::Timeout | FailureKind::DnsFailure => self.retries.min(1),
            FailureKind::NoSuchHost
            | FailureKind::TlsInvalid
            | FailureKind::TlsFailure
            | FailureKind::NotHttp
            | FailureKind::PrivateAddress
            | FailureKind::HeldOff
            | FailureKind::Robots
            | FailureKind::Offline => 0,
        }
    }
}

/// How long the server asks to be left alone (RFC 9110 §10.2.3, RFC 6585 §4): seconds or a date.
pub(super) fn retry_after(response: &Response, now: Timestamp) -> Option<Duration> {
    if !matches!(response.status, 429 | 503) {
        return None;
    }
    let value = response.header("retry-after")?;
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = |text: &str| DateTimeParser::new().parse_timestamp(text).ok();
    let until = date(value)?;
    // The server's own clock counts, where it tells it.
    let now = response.header("date").and_then(|text| date(text.trim())).unwrap_or(now);
    Some(Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO))
}

/// A random number, good enough to keep tries from falling together.
pub(super) fn jitter() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// The wait before try `made + 1`: doubling, and up to half as long again.
fn back_off(made: u32, jitter: u64) -> Duration {
    let base = BACK_OFF.saturating_mul(1 << made.saturating_sub(1).min(6));
    let half = u64::try_from(base.as_millis() / 2).unwrap_or(u64::MAX).max(1);
    base + Duration::from_millis(jitter % half)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::{Body, Protocol};

    fn response(status: u16, headers: &[(&str, &str)]) -> Response {
        let headers =
            headers.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect();
        Response { protocol: Protocol::Http11, status, headers, body: Body::default(), truncated: None }
    }

    fn failure(kind: FailureKind) -> Result<Response, Failure> {
        Err(Failure { kind, detail: String::new() })
    }

    fn tries(answer: &Result<Response, Failure>) -> u32 {
        let mut made = 1;
        while (Tries { made, retries: 5 }).next(answer, None, 0).is_some() {
            made += 1;
        }
        made
    }

    #[test]
    fn what_may_pass_is_tried_again_and_nothing_else() {
        for status in [408, 425, 429, 500, 502, 503, 504] {
            assert_eq!(tries(&Ok(response(status, &[]))), 6, "{status}");
        }
        for status in [200, 204, 301, 400, 401, 403, 404, 410, 451, 501, 505, 520, 999] {
            assert_eq!(tries(&Ok(response(status, &[]))), 1, "{status}");
        }
        let cut = Response { truncated: Some(Truncation::Disconnect), ..response(200, &[]) };
        assert_eq!(tries(&Ok(cut)), 6);
        let long = Response { truncated: Some(Truncation::Length), ..response(200, &[]) };
        assert_eq!(tries(&Ok(long)), 1);
    }

    #[test]
    fn what_takes_long_to_fail_is_tried_once_more() {
        use FailureKind as Kind;
        for (kind, expected) in [
            (Kind::Refused, 6),
            (Kind::Reset, 6),
            (Kind::Incomplete, 6),
            (Kind::Timeout, 2),
            (Kind::DnsFailure, 2),
            (Kind::NoSuchHost, 1),
            (Kind::TlsInvalid, 1),
            (Kind::TlsFailure, 1),
            (Kind::NotHttp, 1),
            (Kind::PrivateAddress, 1),
            (Kind::HeldOff, 1),
        ] {
            assert_eq!(tries(&failure(kind)), expected, "{kind:?}");
        }
    }

    #[test]
    fn the_wait_doubles_and_varies_by_half() {
        let refused = failure(FailureKind::Refused);
        let wait = |made, jitter| Tries { made, retries: 9 }.next(&refused, None, jitter).unwrap();
        assert_eq!([1, 2, 3].map(|made| wait(made, 0).as_millis()), [500, 1000, 2000]);
        for number in [1, 7, 249, 250, u64::MAX] {
            assert!((500..750).contains(&wait(1, number).as_millis()), "{number}");
        }
        assert!(wait(9, 0) <= PATIENCE);
    }

    #[test]
    fn what_the_server_asks_for_is_waited_for_within_reason() {
        let busy = Ok(response(503, &[]));
        let first = Tries { made: 1, retries: 2 };
        assert_eq!(first.next(&busy, Some(Duration::from_secs(7)), 0), Some(Duration::from_secs(7)));
        assert_eq!(first.next(&busy, Some(Duration::from_hours(1)), 0), None);
    }

    #[test]
    fn retry_after_is_read_in_both_forms() {
        let now: Timestamp = "2026-11-24T01:00:00Z".parse().unwrap();
        for (status, value, seconds) in [
            (429, "120", Some(120)),
            (503, " 2 ", Some(2)),
            (503, "Tue, 24 Nov 2026 01:00:30 GMT", Some(30)),
            (503, "Tue, 24 Nov 2026 00:00:30 GMT", Some(0)),
            (429, "99999999999999999999999", Some(u64::MAX)),
            (429, "soon", None),
            (429, "", None),
            (429, "-3", None),
            (200, "120", None),
        ] {
            let given = retry_after(&response(status, &[("retry-after", value)]), now);
            assert_eq!(given, seconds.map(Duration::from_secs), "{status} {value}");
        }
        assert_eq!(retry_after(&response(429, &[]), now), None);
        let late =
            [("retry-after", "Tue, 24 Nov 2026 03:00:30 GMT"), ("date", "Tue, 24 Nov 2026 03:00:10 GMT")];
        assert_eq!(
            retry_after(&response(429, &late), now),
            Some(Duration::from_secs(20)),
            "by the server's clock"
        );
    }
}
