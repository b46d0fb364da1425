//! Files that tests write and read, and files that they wait for.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The example article.
pub(crate) fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/sicherheitsgarantien.txt")
}

/// Writes an article into `folder` that cites `urls`, one a paragraph, and returns its path.
pub(crate) fn article<'a>(folder: &Path, urls: impl IntoIterator<Item = &'a str>) -> PathBuf {
    let mut text = String::from("An article for tests\n\n");
    for (number, url) in (1..).zip(urls) {
        write!(text, "Statement number {number} of this synthetic article rests on {url} alone.\n\n")
            .unwrap();
    }
    let path = folder.join("article.txt");
    fs::write(&path, text).unwrap();
    path
}

/// Every file below `folder`, sorted; none where there is no such folder.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Waits until `condition` holds, and fails if it does not within ten seconds.
#[track_caller]
pub(crate) fn eventually(what: &str, condition: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !condition() {
        assert!(Instant::now() < until, "it never came about that {what}");
        sleep(Duration::from_millis(10));
    }
}
