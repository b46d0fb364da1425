//! Names in certificates, for people.

use der::asn1::{ObjectIdentifier, PrintableStringRef, TeletexStringRef, Utf8StringRef};
use x509_cert::name::Name;

/// `id-at-commonName` (RFC 5280 appendix A).
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");

/// The common name in `name`, or all of it where it has none.
pub(super) fn common_name(name: &Name) -> String {
    let parts = name.0.iter().flat_map(|part| part.0.iter());
    let common = parts.filter(|part| part.oid == COMMON_NAME).find_map(|part| {
        let text = part.value.decode_as::<Utf8StringRef<'_>>().map(|text| text.as_str().to_owned());
        let text = text.or_else(|_| {
            part.value.decode_as::<PrintableStringRef<'_>>().map(|text| text.as_str().to_owned())
        });
        text.or_else(|_| part.value.decode_as::<TeletexStringRef<'_>>().map(|text| text.as_str().to_owned()))
            .ok()
    });
    common.unwrap_or_else(|| name.to_string())
}
