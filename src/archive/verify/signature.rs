//! Checks who vouches for a package: the digest of its list of files, and the signature over that digest.

use super::outcome::{Findings, SignatureSeen};
use crate::archive::wacz::{DataPackage, DataPackageDigest};
use crate::digest::Digest;

/// The list of files, and the digest of the list: the two that the list does not list.
pub(super) const LIST: &str = "datapackage.json";
pub(super) const LIST_DIGEST: &str = "datapackage-digest.json";

/// Checks what `datapackage-digest.json` says of the list, whose digest is `found`. `file` is the package.
pub(super) fn check_list_digest(
    file: &str,
    stated: &DataPackageDigest,
    list: &DataPackage,
    found: &Digest,
    findings: &mut Findings<'_>,
) {
    const WHAT: &str = "digest of the list";
    if stated.path != LIST {
        return findings.wrong(file, LIST_DIGEST, WHAT, format!("is about {:?}", stated.path));
    }
    let hash = found.labelled();
    match Digest::parse(&stated.hash) {
        Ok(digest) => findings.compare((file, LIST, WHAT), found, &digest),
        Err(error) => findings.not_checkable(file, LIST, WHAT, error.to_string()),
    }
    let Some(signed) = &stated.signed_data else {
        return findings.not_checkable(file, LIST_DIGEST, "signature", "nobody signed the package");
    };
    if signed.public_key.is_none() && signed.domain.is_some() {
        let detail = "is of the kind with a domain's certificate; `wacz validate --verify-auth` checks it";
        return findings.not_checkable(file, LIST_DIGEST, "signature", detail);
    }
    match signed.verify(&hash, &list.created) {
        Ok(key) => {
            findings.right(file, "signature");
            findings.verification.signatures.push(SignatureSeen { file: file.to_owned(), key });
        }
        Err(detail) => findings.wrong(file, LIST_DIGEST, "signature", detail),
    }
}
