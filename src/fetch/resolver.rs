//! Names to addresses, past the guard: what is dialled is what was checked, with no second lookup in between.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use dns_lookup::{LookupError, LookupErrorKind, lookup_host};
use jiff::Timestamp;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

use super::exchange::{Failure, FailureKind, Lookup};
use super::guard::{Guard, is_public};
use super::laps;
use super::network::plain;
use super::remembered::Remembered;

/// What the name servers last said of each name.
pub(super) type Lookups = Remembered<String, Arc<Lookup>>;

/// A way to look a name up.
type Names = fn(&str) -> Result<Vec<IpAddr>, LookupError>;

/// Looks names up by the system's means and lets through what the [`Guard`] admits.
#[derive(Clone, Debug)]
pub(super) struct GuardedResolver {
    guard: Guard,
    limit: Duration,
    lookups: Arc<Lookups>,
    names: Names,
    /// A name that is there as long as there is an internet.
    certain: &'static str,
    /// Whether a name of the public internet was found before.
    trusted: Arc<AtomicBool>,
}

/// The first of the root name servers.
const CERTAIN: &str = "a.root-servers.net";

/// Domains that are never in use (RFC 6761): a resolver that does not know them is right.
const RESERVED: [&str; 3] = [".invalid", ".test", ".example"];

impl GuardedResolver {
    /// A resolver that gives up on a name after `limit`, and keeps what it finds in `lookups`.
    pub(super) fn new(guard: Guard, limit: Duration, lookups: Arc<Lookups>) -> Self {
        Self { guard, limit, lookups, names: by_system, certain: CERTAIN, trusted: Arc::default() }
    }

    async fn addresses(&self, name: &str) -> Result<Vec<SocketAddr>, Failure> {
        let given = self.guard.given(name);
        if !given.is_empty() {
            return Ok(given);
        }
        let (at, clock) = (Timestamp::now(), Instant::now());
        let found = match look_up(plain(name).to_owned(), self.names, self.limit).await {
            Ok(found) => found,
            Err(failure) => return Err(self.weighed(failure, plain(name)).await),
        };
        let lookup = Arc::new(Lookup { name: plain(name).to_owned(), at, addresses: found.clone() });
        laps::looked_up(Arc::clone(&lookup), clock.elapsed());
        self.lookups.insert(name.to_owned(), lookup);
        if found.iter().any(|&ip| is_public(ip)) {
            self.trusted.store(true, Ordering::Relaxed);
        }
        let admitted = self.guard.admit(name, found)?;
        Ok(admitted.into_iter().map(|ip| SocketAddr::new(ip, 0)).collect())
    }

    /// Takes a resolver's word that there is no such host only if it knows any host at all: one that is cut off from the
    /// internet may say the same of every name, and no source is dead for that.
    async fn weighed(&self, failure: Failure, name: &str) -> Failure {
        let sure = failure.kind != FailureKind::NoSuchHost
            || self.trusted.load(Ordering::Relaxed)
            || RESERVED.iter().any(|domain| name.ends_with(domain));
        if sure || look_up(self.certain.to_owned(), self.names, self.limit).await.is_ok() {
            return failure;
        }
        trouble(name, "the name servers know no name of the internet, perhaps there is no network")
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let addresses = resolver.addresses(name.as_str()).await?;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// Asks the system.
fn by_system(name: &str) -> Result<Vec<IpAddr>, LookupError> {
    lookup_host(name).map(Iterator::collect)
}

/// Looks a name up in a thread of its own: `getaddrinfo` cannot be stopped, and a thread of the runtime's pool that
/// hangs in it would keep the whole program from ending.
async fn look_up(host: String, names: Names, limit: Duration) -> Result<Vec<IpAddr>, Failure> {
    let (sender, receiver) = oneshot::channel();
    let name = host.clone();
    let lookup = move || {
        let found = names(&name);
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
    use std::sync::atomic::AtomicUsize;

    use super::*;
    use crate::fetch::FetchConfig;

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
    async fn a_resolver_that_knows_no_name_at_all_is_not_believed() {
        let guard = Guard::new(&FetchConfig::default());
        let resolver = GuardedResolver {
            certain: "nothing.invalid",
            ..GuardedResolver::new(guard, Duration::from_secs(5), Arc::new(Remembered::with_room(9)))
        };
        let said = async |name: &str| resolver.weighed(no_such_host(name), name).await.kind;
        assert_eq!(said("a.org").await, FailureKind::DnsFailure);
        assert_eq!(said("a.invalid").await, FailureKind::NoSuchHost);
        resolver.trusted.store(true, Ordering::Relaxed);
        assert_eq!(said("a.org").await, FailureKind::NoSuchHost);
    }

    /// Answers with an address of the internet at first, and then with one of this machine.
    #[expect(clippy::unnecessary_wraps, reason = "it stands in for a lookup that can fail")]
    fn rebinding(_: &str) -> Result<Vec<IpAddr>, LookupError> {
        static ASKED: AtomicUsize = AtomicUsize::new(0);
        let first = ASKED.fetch_add(1, Ordering::SeqCst) == 0;
        Ok(vec![if first { [1, 1, 1, 1].into() } else { [127, 0, 0, 1].into() }])
    }

    #[tokio::test]
    async fn each_answer_of_a_resolver_that_changes_its_mind_is_judged_and_what_was_judged_is_dialled() {
        let guard = Guard::new(&FetchConfig::default());
        let lookups = Arc::new(Remembered::with_room(9));
        let resolver = GuardedResolver {
            names: rebinding,
            ..GuardedResolver::new(guard, Duration::from_secs(5), Arc::clone(&lookups))
        };
        let first = resolver.addresses("a.example").await.unwrap();
        assert_eq!(first, ["1.1.1.1:0".parse().unwrap()]);
        let second = resolver.addresses("a.example").await.unwrap_err();
        assert_eq!(second.kind, FailureKind::PrivateAddress);
        assert_eq!(lookups.get(&"a.example".to_owned()).unwrap().addresses, [IpAddr::from([127, 0, 0, 1])]);
    }

    #[tokio::test]
    async fn the_name_of_this_machine_is_found() {
        let found = look_up("localhost".to_owned(), by_system, Duration::from_secs(5)).await.unwrap();
        assert!(found.iter().any(IpAddr::is_loopback), "{found:?}");
    }

    /// The codes of `getaddrinfo` on Linux (`netdb.h`).
    mod libc_code {
        pub(super) const NONAME: i32 = -2;
        pub(super) const AGAIN: i32 = -3;
        pub(super) const FAIL: i32 = -4;
    }
}
