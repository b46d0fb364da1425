//! What may be fetched: `http` and `https`, and only addresses on the public internet unless the user says otherwise.
//!
//! An article is written by someone else, and so is every redirect: without this, a link could make beleg ask the
//! machine's own services, its network, or the credentials service of a cloud.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ipnet::{Ipv4Net, Ipv6Net};
use url::{Host, Url};

use super::config::FetchConfig;
use super::exchange::{Failure, FailureKind};
use super::network::{Network, Resolve, plain};

/// Ports on which other services listen that might take a request for a command of theirs: those that browsers do not open
/// either (WHATWG Fetch, "port blocking").
const BAD_PORTS: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103,
    104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514,
    515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723,
    2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

/// Decides which URLs and addresses may be fetched.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    allow_private: bool,
    allow: Vec<Network>,
    given: Vec<Resolve>,
}

/// IPv4 that is not on the public internet, from the IANA special-purpose registry (RFC 6890) and RFC 5771 (multicast).
const PRIVATE_V4: [Ipv4Net; 15] = [
    v4([0, 0, 0, 0], 8),       // this network
    v4([10, 0, 0, 0], 8),      // private
    v4([100, 64, 0, 0], 10),   // carrier-grade NAT
    v4([127, 0, 0, 0], 8),     // loopback
    v4([169, 254, 0, 0], 16),  // link-local, and with it the metadata services of clouds
    v4([172, 16, 0, 0], 12),   // private
    v4([192, 0, 0, 0], 24),    // protocol assignments
    v4([192, 0, 2, 0], 24),    // documentation
    v4([192, 88, 99, 0], 24),  // 6to4 relays, withdrawn
    v4([192, 168, 0, 0], 16),  // private
    v4([198, 18, 0, 0], 15),   // benchmarking
    v4([198, 51, 100, 0], 24), // documentation
    v4([203, 0, 113, 0], 24),  // documentation
    v4([224, 0, 0, 0], 4),     // multicast
    v4([240, 0, 0, 0], 4),     // reserved, and broadcast
];

/// The only part of IPv6 that is given out for the public internet (RFC 4291 §2.4 and the IANA registry).
const GLOBAL_V6: Ipv6Net = v6([0x2000, 0], 3);

/// What is not public within [`GLOBAL_V6`].
const PRIVATE_V6: [Ipv6Net; 3] = [
    v6([0x2001, 0], 23),     // protocol assignments, Teredo among them
    v6([0x2001, 0xdb8], 32), // documentation
    v6([0x3fff, 0], 20),     // documentation
];

/// NAT64 (RFC 6052) and 6to4 (RFC 3056): an IPv4 address is reached through them.
const NAT64: Ipv6Net = v6([0x64, 0xff9b], 96);
const SIX_TO_FOUR: Ipv6Net = v6([0x2002, 0], 16);

impl Guard {
    /// The guard that `config` asks for.
    pub(super) fn new(config: &FetchConfig) -> Self {
        Self {
            allow_private: config.allow_private,
            allow: config.allow.clone(),
            given: config.resolve.clone(),
        }
    }

    /// Judges a URL before anything is looked up or dialled. A name passes here; its addresses are judged by
    /// [`Guard::admit`] when they are known.
    pub(super) fn check(&self, url: &Url) -> Result<(), Failure> {
        if !matches!(url.scheme(), "http" | "https") {
            let detail = format!("{}: is not a scheme that beleg fetches", url.scheme());
            return Err(Failure { kind: FailureKind::PrivateAddress, detail });
        }
        if let Some(port) = url.port().filter(|port| !self.allow_private && BAD_PORTS.contains(port)) {
            let detail = format!("port {port} is not one of the web, and browsers do not open it either");
            return Err(Failure { kind: FailureKind::PrivateAddress, detail });
        }
        let ip = match url.host() {
            Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
            Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
            Some(Host::Domain(_)) | None => return Ok(()),
        };
        if self.permits(ip) { Ok(()) } else { Err(refusal(&ip.to_string(), ip)) }
    }

    /// The addresses of `host` that may be dialled, out of those that a lookup gave.
    pub(super) fn admit(
        &self,
        host: &str,
        found: impl IntoIterator<Item = IpAddr>,
    ) -> Result<Vec<IpAddr>, Failure> {
        let (allowed, refused): (Vec<_>, Vec<_>) = found.into_iter().partition(|&ip| self.permits(ip));
        match refused.first() {
            Some(&ip) if allowed.is_empty() => Err(refusal(host, ip)),
            _ => Ok(allowed),
        }
    }

    /// The addresses that the settings give for `host`; port 0 where they give none. Empty for any other host.
    pub(super) fn given(&self, host: &str) -> Vec<SocketAddr> {
        let given = self.given.iter().filter(|given| given.host == plain(host));
        given.map(|given| SocketAddr::new(given.ip, given.port.unwrap_or(0))).collect()
    }

    fn permits(&self, ip: IpAddr) -> bool {
        let plain = unmapped(ip);
        self.allow_private
            || is_public(plain)
            || self.allow.iter().any(|network| network.contains(ip) || network.contains(plain))
    }
}

/// Whether an address is on the public internet.
pub(super) fn is_public(ip: IpAddr) -> bool {
    match unmapped(ip) {
        IpAddr::V4(ip) => !PRIVATE_V4.iter().any(|network| network.contains(&ip)),
        IpAddr::V6(ip) => GLOBAL_V6.contains(&ip) && !PRIVATE_V6.iter().any(|network| network.contains(&ip)),
    }
}

/// The IPv4 address that an IPv6 address stands for, or the address itself.
fn unmapped(ip: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = ip else { return ip };
    let bytes = v6.octets();
    if let Some(v4) = v6.to_ipv4_mapped() {
        IpAddr::V4(v4)
    } else if NAT64.contains(&v6) {
        IpAddr::V4(Ipv4Addr::new(bytes[12], bytes[13], bytes[14], bytes[15]))
    } else if SIX_TO_FOUR.contains(&v6) {
        IpAddr::V4(Ipv4Addr::new(bytes[2], bytes[3], bytes[4], bytes[5]))
    } else {
        ip
    }
}

fn refusal(host: &str, ip: IpAddr) -> Failure {
    let ip = ip.to_string();
    let detail = if host == ip {
        format!("{ip} is not on the public internet")
    } else {
        format!("{host} is at {ip}, which is not on the public internet")
    };
    Failure { kind: FailureKind::PrivateAddress, detail }
}

const fn v4(octets: [u8; 4], prefix: u8) -> Ipv4Net {
    let [a, b, c, d] = octets;
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

const fn v6(start: [u16; 2], prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(start[0], start[1], 0, 0, 0, 0, 0, 0), prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(config: &FetchConfig) -> Guard {
        Guard::new(config)
    }

    fn refused(guard: &Guard, url: &str) -> bool {
        guard.check(&url.parse().unwrap()).is_err()
    }

    #[test]
    fn addresses_outside_the_public_internet_are_refused() {
        for ip in [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a00:1::",
            "3fff::1",
            "100::1",
            "5f00::1",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn addresses_of_the_public_internet_pass() {
        for ip in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "128.0.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "192.167.0.1",
            "198.17.0.1",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2a00:1450::1",
            "2001:4860::8888",
            "::ffff:1.1.1.1",
            "64:ff9b::1.1.1.1",
            "2002:101:101::1",
        ] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn odd_spellings_of_an_address_are_seen_through() {
        let guard = guard(&FetchConfig::default());
        for url in [
            "http://127.1/",
            "http://0x7f.0.0.1/",
            "http://2130706433/",
            "http://017700000001/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::]/",
            "http://0/",
            "http://127.0.0.1:8080/",
            "http://user@10.0.0.1/",
            "http://１２７.０.０.１/",
        ] {
            assert!(refused(&guard, url), "{url}");
        }
        assert!(!refused(&guard, "http://1.1.1.1/") && !refused(&guard, "https://example.org/"));
    }

    #[test]
    fn other_schemes_are_refused() {
        let guard = guard(&FetchConfig { allow_private: true, ..FetchConfig::default() });
        for url in [
            "ftp://example.org/",
            "file:///etc/passwd",
            "gopher://example.org/",
            "data:text/html,x",
            "javascript:0",
        ] {
            assert!(refused(&guard, url), "{url}");
        }
    }

    #[test]
    fn ports_of_other_services_are_refused() {
        let guard = guard(&FetchConfig::default());
        for url in ["http://example.org:25/", "https://example.org:6667/", "http://1.1.1.1:22/"] {
            assert!(refused(&guard, url), "{url}");
        }
        for url in ["http://example.org:80/", "https://example.org:8443/", "http://example.org:3000/"] {
            assert!(!refused(&guard, url), "{url}");
        }
        assert!(BAD_PORTS.is_sorted());
    }

    #[test]
    fn the_user_can_allow_some_or_all() {
        let some =
            guard(&FetchConfig { allow: vec!["127.0.0.0/8".parse().unwrap()], ..FetchConfig::default() });
        assert!(!refused(&some, "http://127.0.0.1/") && !refused(&some, "http://[::ffff:127.0.0.1]/"));
        assert!(refused(&some, "http://10.0.0.1/"));
        let all = guard(&FetchConfig { allow_private: true, ..FetchConfig::default() });
        assert!(!refused(&all, "http://10.0.0.1/"));
    }

    #[test]
    fn a_name_passes_with_its_public_addresses_only() {
        let guard = guard(&FetchConfig::default());
        let (public, private) = (IpAddr::from([1, 1, 1, 1]), IpAddr::from([10, 0, 0, 1]));
        assert_eq!(guard.admit("a.example", [private, public]), Ok(vec![public]));
        let failure = guard.admit("a.example", [private]).unwrap_err();
        assert_eq!(failure.kind, FailureKind::PrivateAddress);
        assert_eq!(failure.detail, "a.example is at 10.0.0.1, which is not on the public internet");
    }

    #[test]
    fn given_addresses_count_for_their_host_alone() {
        let resolve = vec!["a.example=127.0.0.1:81".parse().unwrap(), "a.example=[::1]".parse().unwrap()];
        let guard = guard(&FetchConfig { resolve, ..FetchConfig::default() });
        assert_eq!(guard.given("a.example."), ["127.0.0.1:81".parse().unwrap(), "[::1]:0".parse().unwrap()]);
        assert!(guard.given("b.example").is_empty() && guard.given("x.a.example").is_empty());
    }
}
