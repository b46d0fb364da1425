//! What is kept beside the messages of an exchange: under addresses of its own, so that nobody takes it for the page.

use std::fmt::Write as _;

use jiff::Timestamp;
use uuid::Uuid;

use super::draft::{Draft, reference, warc_date};
use super::event::{Event, push_reference};
use crate::archive::capture::Capture;
use crate::archive::originals::Original;
use crate::archive::warc::Header;
use crate::digest::Digest;

/// The readable text of the page at `url`, captured as `capture`, for the file `warc`. The record of the page is named
/// within its own file only.
pub(in crate::archive) fn text_of(
    capture: &Capture,
    url: &str,
    (warc, warcinfo): (&str, Uuid),
    text: &str,
) -> Draft<'static> {
    let concurrent = (capture.warc == warc).then_some(capture.record);
    let place = Place { uri: format!("urn:text:{url}"), date: capture.date, warcinfo };
    place.resource("text/plain; charset=utf-8", concurrent, text.as_bytes().to_vec())
}

/// The certificates that the server of an exchange showed, its own first, where there was TLS.
pub(in crate::archive) fn certificates_of(event: &Event<'_>) -> Option<Draft<'static>> {
    let tls = event.exchange.tls.as_ref().filter(|tls| !tls.chain.is_empty())?;
    let origin = event.exchange.url.origin().ascii_serialization();
    let uri = format!("urn:beleg:certificates:{origin}");
    let place = Place { uri, date: event.date(), warcinfo: event.warcinfo };
    // The media type of RFC 8555 §9.1.
    Some(place.resource("application/pem-certificate-chain", None, tls.chain_pem().into_bytes()))
}

/// The addresses that the name servers gave for the host of an exchange, in the form of a zone file (RFC 1035 §5.1). The
/// time to live is not known to a client that asks the system. The order is that of the addresses: name servers give them
/// in another with each answer, and the same answer is to be the same payload.
pub(in crate::archive) fn lookup_of(event: &Event<'_>) -> Option<Draft<'static>> {
    let lookup = event.exchange.lookup.as_ref()?;
    let mut addresses = lookup.addresses.clone();
    addresses.sort_unstable();
    let mut text = String::new();
    for address in addresses {
        let kind = if address.is_ipv4() { "A" } else { "AAAA" };
        let _ = writeln!(text, "{}.\tIN\t{kind}\t{address}", lookup.name);
    }
    let place = Place { uri: format!("dns:{}", lookup.name), date: lookup.at, warcinfo: event.warcinfo };
    Some(place.resource("text/dns", None, text.into_bytes()))
}

/// The record that refers to `original` in place of `resource`, which is to go to the file `warc` and says the same.
pub(in crate::archive) fn repeated(
    resource: &Draft<'static>,
    original: &Original,
    warc: &str,
) -> Draft<'static> {
    let id = Uuid::new_v4();
    let mut header = Header::default();
    header.push("WARC-Type", "revisit");
    header.push("WARC-Record-ID", reference(id));
    for name in ["WARC-Date", "WARC-Target-URI", "WARC-Warcinfo-ID", "WARC-Payload-Digest"] {
        if let Some(value) = resource.header.get(name) {
            header.push(name, value);
        }
    }
    push_reference(&mut header, original, warc);
    Draft::whole(id, header, None, Vec::new())
}

/// Where a resource record is found.
struct Place {
    uri: String,
    date: Timestamp,
    warcinfo: Uuid,
}

impl Place {
    fn resource(&self, media_type: &str, concurrent: Option<Uuid>, block: Vec<u8>) -> Draft<'static> {
        let id = Uuid::new_v4();
        let mut header = Header::default();
        header.push("WARC-Type", "resource");
        header.push("WARC-Record-ID", reference(id));
        header.push("WARC-Date", warc_date(self.date));
        header.push("WARC-Target-URI", &self.uri);
        header.push("WARC-Warcinfo-ID", reference(self.warcinfo));
        header.push("Content-Type", media_type);
        // The payload of a resource is its block.
        let digest = Digest::of(&block);
        header.push("WARC-Payload-Digest", digest.labelled());
        Draft::of_digest(id, header, concurrent, block, digest)
    }
}
