//! Networks and fixed addresses as settings write them.

use std::borrow::Cow;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use ipnet::IpNet;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use url::Host;

/// A range of addresses: `127.0.0.0/8`, `fd00::/8`, or a single address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network(IpNet);

/// An address to use for a host in place of a lookup: `HOST=IP` or `HOST=IP:PORT`, IPv6 with a port in brackets.
///
/// The port counts for URLs that name none; a URL that names a port is fetched at that port of the address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Resolve {
    /// The host, in lower case, international names in their ASCII form.
    pub host: String,
    /// The address.
    pub ip: IpAddr,
    /// The port, where it is not the usual one.
    pub port: Option<u16>,
}

/// Why a text is no [`Network`] or [`Resolve`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// No network.
    #[error("{0:?} is not a network: write an address and a prefix length, such as 127.0.0.0/8 or fd00::/8")]
    Network(String),
    /// No `HOST=ADDRESS`.
    #[error("{0:?} does not say which address a host has: write HOST=IP or HOST=IP:PORT, IPv6 in brackets")]
    Resolve(String),
    /// The host is an address itself.
    #[error("{0:?} gives an address for an address: only a name can be given another address")]
    NotAName(String),
}

impl Network {
    /// Whether `ip` is in this range.
    pub fn contains(&self, ip: IpAddr) -> bool {
        self.0.contains(&ip)
    }
}

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let text = text.trim();
        let single = || text.parse::<IpAddr>().map(IpNet::from);
        text.parse().or_else(|_| single()).map(Self).map_err(|_| NetworkError::Network(text.to_owned()))
    }
}

impl FromStr for Resolve {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let refusal = || NetworkError::Resolve(text.to_owned());
        let (host, address) = text.trim().split_once('=').ok_or_else(refusal)?;
        let host = match Host::parse(host.trim()).map_err(|_| refusal())? {
            Host::Domain(name) => plain(&name).to_owned(),
            Host::Ipv4(_) | Host::Ipv6(_) => return Err(NetworkError::NotAName(text.to_owned())),
        };
        let (ip, port) = address_of(address.trim()).ok_or_else(refusal)?;
        Ok(Self { host, ip, port })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Resolve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => write!(f, "{}={}", self.host, SocketAddr::new(self.ip, port)),
            None => write!(f, "{}={}", self.host, self.ip),
        }
    }
}

impl Serialize for Network {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Resolve {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Network {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Resolve {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl JsonSchema for Network {
    fn schema_name() -> Cow<'static, str> {
        "Network".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A range of addresses.",
            "examples": ["127.0.0.0/8", "fd00::/8", "10.1.2.3"],
        })
    }
}

impl JsonSchema for Resolve {
    fn schema_name() -> Cow<'static, str> {
        "Resolve".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "An address to use for a host in place of a lookup: HOST=IP or HOST=IP:PORT.",
            "pattern": "^[^=]+=[^=]+$",
            "examples": ["www.example.org=127.0.0.1:8443", "www.example.org=[::1]:8443"],
        })
    }
}

/// A host name without the dot that may end it.
pub(super) fn plain(host: &str) -> &str {
    host.strip_suffix('.').unwrap_or(host)
}

/// Reads `IP`, `IP:PORT` or `[IP]:PORT`.
fn address_of(text: &str) -> Option<(IpAddr, Option<u16>)> {
    if let Ok(socket) = text.parse::<SocketAddr>() {
        return (socket.port() != 0).then_some((socket.ip(), Some(socket.port())));
    }
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().map(|ip| (ip, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form_of_an_address() {
        for (text, written) in [
            ("www.cnn.com=127.0.0.1:8443", "www.cnn.com=127.0.0.1:8443"),
            ("WWW.cnn.com.=127.0.0.1", "www.cnn.com=127.0.0.1"),
            ("münchen.example=[::1]:80", "xn--mnchen-3ya.example=[::1]:80"),
            ("a.example=::1", "a.example=::1"),
            ("a.example=[::1]", "a.example=::1"),
        ] {
            let resolve: Resolve = text.parse().unwrap();
            assert_eq!(resolve.to_string(), written);
            assert_eq!(written.parse(), Ok(resolve));
        }
    }

    #[test]
    fn refuses_what_names_no_address() {
        for text in [
            "",
            "a.example",
            "a.example=",
            "=1.2.3.4",
            "a.example=b.example",
            "a.example=1.2.3.4:0",
            "a.example=1.2.3.4:99999",
        ] {
            assert_eq!(text.parse::<Resolve>(), Err(NetworkError::Resolve(text.to_owned())), "{text}");
        }
        assert!(matches!("1.2.3.4=5.6.7.8".parse::<Resolve>(), Err(NetworkError::NotAName(_))));
    }

    #[test]
    fn a_network_may_be_a_single_address() {
        let one: Network = "127.0.0.1".parse().unwrap();
        assert!(one.contains([127, 0, 0, 1].into()) && !one.contains([127, 0, 0, 2].into()));
        assert!("10.0.0.0/8".parse::<Network>().unwrap().contains([10, 9, 8, 7].into()));
        assert!("10.0.0.0/33".parse::<Network>().is_err());
    }
}
