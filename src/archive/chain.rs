//! The chain of manifests: each names the one before it, so that none can be changed, left out or slipped in later.
//!
//! `head.json` says which manifest is the last. It is written before that manifest is, and names the one before too: where
//! a run was killed in between, the next goes on from there. Without the file, the last is the one that no other names.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::durable::write_atomically;
use super::error::ArchiveError;
use super::layout::{DOSSIERS, HEAD, MANIFEST, relative};
use super::manifest::{Manifest, ManifestFacts, ManifestLink};
use crate::digest::{Digest, Hasher};

/// The format that [`Head`] has.
const SCHEMA: &str = "beleg.head/1";
/// A head is about 400 bytes long; what is longer than this is none.
const LONGEST: u64 = 64 << 10;

/// What `head.json` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    /// The last manifest, unless a run was killed before it was written.
    pub(super) manifest: ManifestLink,
    /// The one before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) previous: Option<ManifestLink>,
    schema: String,
}

impl Head {
    /// The head of the archive in `root`; `None` where there is none. Fails with `InvalidData` where it is not one.
    pub(super) fn read(root: &Path) -> io::Result<Option<Self>> {
        let mut bytes = Vec::new();
        match File::open(root.join(HEAD)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened?.take(LONGEST).read_to_end(&mut bytes)?,
        };
        let head: Self = serde_json::from_slice(&bytes)?;
        if head.schema == SCHEMA { Ok(Some(head)) } else { Err(io::ErrorKind::InvalidData.into()) }
    }

    fn write(&self, root: &Path) -> Result<(), ArchiveError> {
        let path = root.join(HEAD);
        let bytes = serde_json::to_vec(self).map_err(|error| ArchiveError::write(&path)(error.into()))?;
        write_atomically(&path, |out| out.write_all(&bytes)).map_err(ArchiveError::write(&path))
    }
}

/// Writes the manifest of the dossier in `folder` as the last of the archive in `root`; gives its digest.
pub(super) fn seal(root: &Path, folder: &Path, facts: ManifestFacts) -> Result<Digest, ArchiveError> {
    let path = folder.join(MANIFEST);
    let previous = last(root)?;
    let manifest = Manifest { previous: previous.clone(), ..Manifest::of(folder, facts)? };
    let mut hasher = Hasher::default();
    manifest.write(&mut hasher).map_err(ArchiveError::write(&path))?;
    let digest = hasher.finish();
    let link = ManifestLink { path: relative(root, &path), sha256: digest };
    Head { manifest: link, previous, schema: SCHEMA.to_owned() }.write(root)?;
    write_atomically(&path, |out| manifest.write(out)).map_err(ArchiveError::write(&path))?;
    Ok(digest)
}

/// The last manifest that is on disk.
fn last(root: &Path) -> Result<Option<ManifestLink>, ArchiveError> {
    match Head::read(root) {
        Ok(Some(head)) if root.join(&head.manifest.path).is_file() => Ok(Some(head.manifest)),
        Ok(Some(head)) if head.previous.as_ref().is_none_or(|link| root.join(&link.path).is_file()) => {
            Ok(head.previous)
        }
        // No head, none that can be read, or one whose manifests are gone.
        Ok(_) | Err(_) => unnamed(root),
    }
}

/// What is read of a manifest to find the last one.
#[derive(Deserialize)]
struct Linked {
    created: Timestamp,
    previous: Option<ManifestLink>,
}

/// The manifest that no other names; the latest, should there be several.
fn unnamed(root: &Path) -> Result<Option<ManifestLink>, ArchiveError> {
    let (mut found, mut named) = (Vec::new(), HashSet::new());
    for path in manifests(root).map_err(ArchiveError::read(&root.join(DOSSIERS)))? {
        let bytes = fs::read(&path).map_err(ArchiveError::read(&path))?;
        // A manifest that cannot be read stays unnamed; a verification says what is wrong with it.
        let Ok(Linked { created, previous }) = serde_json::from_slice(&bytes) else { continue };
        named.extend(previous.map(|link| link.path));
        found.push((created, ManifestLink { path: relative(root, &path), sha256: Digest::of(&bytes) }));
    }
    found.retain(|(_, link)| !named.contains(&link.path));
    Ok(found.into_iter().max_by_key(|(created, _)| *created).map(|(_, link)| link))
}

fn manifests(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for article in folders_in(&root.join(DOSSIERS))? {
        let runs = folders_in(&article)?;
        found.extend(runs.iter().map(|run| run.join(MANIFEST)).filter(|manifest| manifest.is_file()));
    }
    Ok(found)
}

/// The folders in `folder`, sorted; none where there is no such folder.
pub(super) fn folders_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let mut folders: Vec<_> = entries.iter().map(fs::DirEntry::path).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    Ok(folders)
}

#[cfg(test)]
mod tests {
    use super::super::run::RunId;
    use super::*;

    /// Seals a dossier that began in the given second, and gives what its manifest names.
    fn sealed(root: &Path, second: i64) -> (ManifestLink, Option<ManifestLink>) {
        let created = Timestamp::from_second(1_800_000_000 + second).unwrap();
        let run = RunId::new(created, 0);
        let folder = root.join(DOSSIERS).join("article").join(run.as_str());
        fs::create_dir_all(&folder).unwrap();
        let facts = ManifestFacts { run, article: Digest::of(b""), created, warcs: Vec::new() };
        let digest = seal(root, &folder, facts).unwrap();
        let path = folder.join(MANIFEST);
        let bytes = fs::read(&path).unwrap();
        assert_eq!(Digest::of(&bytes), digest);
        let manifest: Manifest = serde_json::from_slice(&bytes).unwrap();
        (ManifestLink { path: relative(root, &path), sha256: digest }, manifest.previous)
    }

    #[test]
    fn each_manifest_names_the_one_before() {
        let root = tempfile::tempdir().unwrap();
        let mut before = None;
        for second in 0..4 {
            let (link, previous) = sealed(root.path(), second);
            assert_eq!(previous, before);
            before = Some(link);
        }
    }

    #[test]
    fn a_run_killed_before_its_manifest_was_there_breaks_nothing() {
        let root = tempfile::tempdir().unwrap();
        let (first, _) = sealed(root.path(), 0);
        let (killed, _) = sealed(root.path(), 1);
        fs::remove_file(root.path().join(killed.path)).unwrap();
        assert_eq!(sealed(root.path(), 2).1, Some(first));
        let alone = tempfile::tempdir().unwrap();
        let (killed, _) = sealed(alone.path(), 0);
        fs::remove_file(alone.path().join(killed.path)).unwrap();
        assert_eq!(sealed(alone.path(), 1).1, None);
    }

    #[test]
    fn without_a_head_the_last_manifest_is_found_all_the_same() {
        let root = tempfile::tempdir().unwrap();
        sealed(root.path(), 0);
        let (last, _) = sealed(root.path(), 1);
        fs::remove_file(root.path().join(HEAD)).unwrap();
        let (next, previous) = sealed(root.path(), 2);
        assert_eq!(previous, Some(last));
        fs::write(root.path().join(HEAD), "{").unwrap();
        assert_eq!(sealed(root.path(), 3).1, Some(next));
    }
}
