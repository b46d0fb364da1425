//! Names to addresses, past the guard: what is dialled is what was checked, with no second lookup in between.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::thread;
use std::time::Duration;

use dns_lookup::{LookupError, LookupErrorKind, lookup_host};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::exchange::{Failure, FailureKind};
use super::guard::Guard;
use super::network::plain;

/// Looks names up by the system's means and lets through what the [`Guard`] admits.
#[derive(Debug)]
pub(super) struct GuardedResolver {
    guard: Guard,
    limit: Duration,
}

impl GuardedResolver {
    /// A resolver that gives up on a name after `limit`.
    pub(super) fn new(guard: Guard, limit: Duration) -> Self {
        Self { guard, limit }
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (guard, limit) = (self.guard.clone(), self.limit);
        Box::pin(async move {
            let given = guard.given(name.as_str());
            if !given.is_empty() {
                return Ok(Box::new(given.into_iter()) as Addrs);
            }
            let found = look_up(plain(name.as_str()).to_owned(), limit).await?;
            let admitted = guard.admit(name.as_str(), found)?;
            Ok(Box::new(admitted.into_iter().map(|ip| SocketAddr::new(ip, 0))) as Addrs)
        })
    }
}

/// Asks the system, in a thread of its own: `getaddrinfo` cannot be stopped, and a thread of the runtime's pool that
/// hangs in it would keep the whole program from ending.
async fn look_up(host: String, limit: Duration) -> Result<Vec<IpAddr>, Failure> {
    let (sender, receiver) = oneshot::channel();
    let name = host.clone();
    let lookup = move || {
        let found = lookup_host(&name).map(Iterator::collect::<Vec<_>>);
        // Nobody listens any more when the lookup took too long.
        drop(sender.send(found));
    };
    let spawned = thread::Builder::new().name("lookup".to_owned()).spawn(lookup);
    if let Err(error) = spawned {
        return Err(trouble(&host, &error.to_string()));
    }
    match timeout(limit, receiver).await {
        Ok(Ok(Ok(found))) if found.is_empty() => Err(no_such_host(&host)),
        Ok(Ok(Ok(found))) => Ok(found),
        Ok(Ok(Err(error))) => Err(lookup_failure(&host, error)),
        Ok(Err(_)) => Err(trouble(&host, "the lookup broke off")),
        Err(_) => Err(trouble(&host, "no answer from the name servers in time")),
    }
}

fn lookup_failure(host: &str, error: LookupError) -> Failure {
    match error.kind() {
        LookupErrorKind::NoName | LookupErrorKind::NoData => no_such_host(host),
        LookupErrorKind::Again => trouble(host, "the name servers give no answer now"),
        _ => trouble(host, &io::Error::from(error).to_string()),
    }
}

fn no_such_host(host: &str) -> Failure {
    Failure { kind: FailureKind::NoSuchHost, detail: format!("there is no host {host}") }
}

fn trouble(host: &str, what: &str) -> Failure {
    Failure { kind: FailureKind::DnsFailure, detail: format!("{host} could not be looked up: {what}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_does_not_exist_is_told_apart_from_a_lookup_that_failed() {
        for (code, kind) in [
            (libc_code::NONAME, FailureKind::NoSuchHost),
            (libc_code::AGAIN, FailureKind::DnsFailure),
            (libc_code::FAIL, FailureKind::DnsFailure),
        ] {
            assert_eq!(lookup_failure("a.example", LookupError::new(code)).kind, kind, "{code}");
        }
    }

    #[tokio::test]
    async fn the_name_of_this_machine_is_found() {
        let found = look_up("localhost".to_owned(), Duration::from_secs(5)).await.unwrap();
        assert!(found.iter().any(IpAddr::is_loopback), "{found:?}");
    }

    /// The codes of `getaddrinfo` on Linux (`netdb.h`).
    mod libc_code {
        pub(super) const NONAME: i32 = -2;
        pub(super) const AGAIN: i32 = -3;
        pub(super) const FAIL: i32 = -4;
    }
}
