//! From the errors of the HTTP client, the TLS library and the system to a [`Failure`] that says what happened.

use std::error::Error;
use std::io;

use rustls::{CertificateError, Error as TlsError};

use super::certificate::refusal;
use super::exchange::{Failure, FailureKind};
use super::handshake::TlsFacts;

/// What `error` amounts to.
pub(super) fn failure(error: &reqwest::Error) -> Failure {
    let causes: Vec<_> = causes(error).collect();
    if let Some(failure) = causes.iter().find_map(|cause| cause.downcast_ref::<Failure>()) {
        return failure.clone();
    }
    if error.is_dns() {
        return new(FailureKind::DnsFailure, "the name could not be looked up");
    }
    if let Some(tls) = causes.iter().find_map(|cause| cause.downcast_ref::<TlsError>()) {
        return of_tls(tls);
    }
    if error.is_timeout() {
        let what = if error.is_connect() { "no connection in time" } else { "no answer in time" };
        return new(FailureKind::Timeout, what);
    }
    if let Some(http) = causes.iter().find_map(|cause| cause.downcast_ref::<hyper::Error>())
        && let Some(failure) = of_http(http)
    {
        return failure;
    }
    match causes.iter().find_map(|cause| cause.downcast_ref::<io::Error>()) {
        Some(io) => of_io(io, error.is_connect()),
        None if error.is_connect() => new(FailureKind::Refused, "no connection"),
        None => new(FailureKind::Reset, "the connection broke off"),
    }
}

impl Failure {
    /// Says what the certificates show, where that is more than the TLS library said.
    pub(super) fn told_by(&mut self, tls: &TlsFacts) {
        if self.kind == FailureKind::TlsInvalid
            && let Some(detail) = refusal(tls)
        {
            self.detail = detail;
        }
    }
}

/// An error and all that caused it. An [`io::Error`] hides the error it wraps from `source()`: it is asked for it.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|wrapped| wrapped as &(dyn Error + 'static)).or_else(|| error.source())
    })
    .take(32)
}

fn of_http(error: &hyper::Error) -> Option<Failure> {
    if error.is_parse_too_large() {
        Some(new(FailureKind::Incomplete, "the head of the answer is larger than allowed"))
    } else if error.is_parse() {
        Some(new(FailureKind::NotHttp, "the answer is not HTTP"))
    } else if error.is_incomplete_message() {
        Some(new(FailureKind::Incomplete, "the connection was closed before an answer"))
    } else {
        None
    }
}

fn of_io(error: &io::Error, connecting: bool) -> Failure {
    use io::ErrorKind as Io;
    match error.kind() {
        Io::ConnectionRefused => new(FailureKind::Refused, "connection refused"),
        Io::NetworkUnreachable => new(FailureKind::Refused, "no network, or none that leads there"),
        Io::HostUnreachable => new(FailureKind::Refused, "the network does not lead to that address"),
        Io::AddrNotAvailable | Io::PermissionDenied => {
            new(FailureKind::Refused, "the system allows no connection there")
        }
        Io::TimedOut => new(FailureKind::Timeout, "no connection in time"),
        Io::ConnectionReset | Io::ConnectionAborted | Io::BrokenPipe => {
            new(FailureKind::Reset, "the connection was broken off")
        }
        Io::UnexpectedEof => new(FailureKind::Reset, "the connection was closed during the TLS handshake"),
        _ if connecting => new(FailureKind::Refused, "no connection"),
        _ => new(FailureKind::Reset, "the connection broke off"),
    }
}

fn of_tls(error: &TlsError) -> Failure {
    match error {
        TlsError::InvalidCertificate(reason) => {
            Failure { kind: FailureKind::TlsInvalid, detail: of_certificate(reason) }
        }
        TlsError::NoCertificatesPresented => new(FailureKind::TlsInvalid, "the server has no certificate"),
        TlsError::AlertReceived(alert) => Failure {
            kind: FailureKind::TlsFailure,
            detail: format!("the server refuses the TLS handshake ({alert:?})"),
        },
        TlsError::PeerIncompatible(_) => {
            new(FailureKind::TlsFailure, "the server offers no TLS version or cipher that is still safe")
        }
        TlsError::InvalidMessage(_) => new(FailureKind::TlsFailure, "what answers does not speak TLS"),
        _ => new(FailureKind::TlsFailure, "the TLS handshake failed"),
    }
}

fn of_certificate(error: &CertificateError) -> String {
    use CertificateError as Reason;
    match error {
        Reason::ExpiredContext { not_after, .. } => match day(not_after.as_secs()) {
            Some(day) => format!("certificate expired on {day}"),
            None => "certificate expired".to_owned(),
        },
        Reason::Expired => "certificate expired".to_owned(),
        Reason::NotValidYetContext { not_before, .. } => match day(not_before.as_secs()) {
            Some(day) => format!("certificate not valid before {day}"),
            None => "certificate not valid yet".to_owned(),
        },
        Reason::NotValidYet => "certificate not valid yet".to_owned(),
        Reason::NotValidForNameContext { expected, .. } => {
            format!("certificate is not for {}", expected.to_str())
        }
        Reason::NotValidForName => "certificate is for another name".to_owned(),
        Reason::UnknownIssuer => "certificate from an unknown authority".to_owned(),
        Reason::Revoked => "certificate was revoked".to_owned(),
        Reason::BadSignature => "certificate with a wrong signature".to_owned(),
        Reason::BadEncoding => "certificate that cannot be read".to_owned(),
        _ => "certificate is not valid".to_owned(),
    }
}

/// The day of a moment in seconds since 1970, in UTC.
fn day(seconds: u64) -> Option<String> {
    let moment = jiff::Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?;
    Some(moment.strftime("%Y-%m-%d").to_string())
}

fn new(kind: FailureKind, detail: &str) -> Failure {
    Failure { kind, detail: detail.to_owned() }
}

#[cfg(test)]
mod tests {
    use rustls::AlertDescription;
    use rustls::pki_types::{ServerName, UnixTime};

    use super::*;

    #[test]
    fn certificates_are_refused_by_reason() {
        let at = |seconds| UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds));
        let expected = ServerName::try_from("a.example").unwrap();
        for (reason, detail) in [
            (CertificateError::Expired, "certificate expired"),
            (
                CertificateError::ExpiredContext { time: at(9), not_after: at(1_704_067_200) },
                "certificate expired on 2024-01-01",
            ),
            (
                CertificateError::NotValidForNameContext {
                    expected,
                    presented: vec!["b.example".to_owned()],
                },
                "certificate is not for a.example",
            ),
            (CertificateError::UnknownIssuer, "certificate from an unknown authority"),
        ] {
            let failure = of_tls(&TlsError::InvalidCertificate(reason));
            assert_eq!((failure.kind, failure.detail.as_str()), (FailureKind::TlsInvalid, detail));
        }
    }

    #[test]
    fn a_refused_handshake_says_nothing_against_the_certificate() {
        let failure = of_tls(&TlsError::AlertReceived(AlertDescription::HandshakeFailure));
        assert_eq!(failure.kind, FailureKind::TlsFailure);
        assert_eq!(failure.detail, "the server refuses the TLS handshake (HandshakeFailure)");
    }

    #[test]
    fn an_error_wrapped_in_an_io_error_is_found() {
        let wrapped = io::Error::new(io::ErrorKind::InvalidData, TlsError::General("inner".to_owned()));
        let outer = io::Error::other(wrapped);
        assert!(causes(&outer).any(<dyn Error>::is::<TlsError>));
    }

    #[test]
    fn system_errors_are_told_apart() {
        for (kind, expected) in [
            (io::ErrorKind::ConnectionRefused, FailureKind::Refused),
            (io::ErrorKind::NetworkUnreachable, FailureKind::Refused),
            (io::ErrorKind::ConnectionReset, FailureKind::Reset),
            (io::ErrorKind::TimedOut, FailureKind::Timeout),
        ] {
            assert_eq!(of_io(&kind.into(), true).kind, expected, "{kind:?}");
        }
    }
}
