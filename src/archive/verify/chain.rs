//! Checks the chain of manifests: each names the one before it, none twice, and `head.json` names the last.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use super::outcome::Findings;
use crate::archive::chain::Head;
use crate::archive::layout::HEAD;
use crate::archive::manifest::ManifestLink;
use crate::digest::Digest;

const WHAT: &str = "manifest chain";

/// Checks the chain of all manifests that were read in the archive `root`.
pub(super) fn check_chain(root: &Path, findings: &mut Findings<'_>) {
    let mut manifests = findings.verification.manifests.clone();
    manifests.sort_by(|one, other| (one.created, &one.file).cmp(&(other.created, &other.file)));
    let by_path: BTreeMap<_, _> = manifests.iter().map(|seen| (seen.file.as_str(), seen.sha256)).collect();
    let mut named = HashSet::new();
    // Articles that are audited at once are sealed in another order than they ended in: only among several that name
    // none before them do their own dates count.
    let first = manifests.iter().find(|seen| seen.previous.is_none()).map(|seen| &seen.file);
    for seen in &manifests {
        match &seen.previous {
            None if Some(&seen.file) == first => findings.right(&seen.file, WHAT),
            None => {
                findings.wrong(&seen.file, "", WHAT, "names none before it, and another one does not either");
            }
            Some(link) if !named.insert(link.path.as_str()) => {
                let detail =
                    format!("follows {}, as another manifest does: one of the two came later", link.path);
                findings.wrong(&seen.file, "", WHAT, detail);
            }
            Some(link) => check_link(&seen.file, link, by_path.get(link.path.as_str()), findings),
        }
    }
    if !manifests.is_empty() {
        check_head(root, &by_path, &named, findings);
    }
}

/// Checks what the manifest `file` says of the one before it, whose digest is `found`.
pub(super) fn check_link(
    file: &str,
    link: &ManifestLink,
    found: Option<&Digest>,
    findings: &mut Findings<'_>,
) {
    match found {
        Some(found) if *found == link.sha256 => findings.right(file, WHAT),
        Some(_) => {
            let detail = format!("follows a manifest {} of other bytes: that one was changed", link.path);
            findings.wrong(file, "", WHAT, detail);
        }
        None => {
            let detail = format!("follows {}, which is gone or cannot be read", link.path);
            findings.wrong(file, "", WHAT, detail);
        }
    }
}

fn check_head(
    root: &Path,
    found: &BTreeMap<&str, Digest>,
    named: &HashSet<&str>,
    findings: &mut Findings<'_>,
) {
    let head = match Head::read(root) {
        Ok(Some(head)) => head,
        Ok(None) => {
            let detail = "is not there, so that nothing says whether the last manifest is the last";
            return findings.not_checkable(HEAD, "", WHAT, detail);
        }
        Err(error) => return findings.wrong(HEAD, "", WHAT, format!("cannot be read: {error}")),
    };
    let is_last = |link: &ManifestLink| {
        found.get(link.path.as_str()) == Some(&link.sha256) && !named.contains(link.path.as_str())
    };
    if is_last(&head.manifest) {
        findings.right(HEAD, WHAT);
    } else if !root.join(&head.manifest.path).exists() && head.previous.as_ref().is_some_and(is_last) {
        let detail = "a run is writing the next manifest, or was killed before it was there";
        findings.not_checkable(HEAD, "", WHAT, detail);
    } else {
        findings.wrong(
            HEAD,
            "",
            WHAT,
            format!("says that {} is the last, and it is not", head.manifest.path),
        );
    }
}
