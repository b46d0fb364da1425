//! Bad input: one clear sentence and exit 2, and what was archived before stays good.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Beleg, Report, article, eventually, example, files_below, misbehaving};

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Audits `bytes` as an article of this name, offline.
fn audit(folder: &Path, name: &str, bytes: &[u8]) -> Beleg {
    fs::write(folder.join(name), bytes).unwrap();
    Beleg::audit(folder, Path::new(name)).arg("--offline")
}

#[test]
fn an_article_that_is_not_there_is_named() {
    let folder = folder();
    Beleg::audit(folder.path(), Path::new("missing.txt")).run().gives_up_saying(&["missing.txt"]);
}

#[test]
fn an_article_that_cannot_be_read_is_named() {
    // Root may read every file, so the test takes one that cannot be read by anybody: the memory of the process itself
    // fails at its first byte.
    let folder = folder();
    let unreadable = "article.txt";
    std::os::unix::fs::symlink("/proc/self/mem", folder.path().join(unreadable)).unwrap();
    Beleg::audit(folder.path(), Path::new(unreadable)).arg("--offline").run().gives_up_saying(&[unreadable]);
}

#[test]
fn an_empty_article_is_no_article() {
    for bytes in [&b""[..], b" \n\t\r\n\n", b"\xef\xbb\xbf\n"] {
        let folder = folder();
        audit(folder.path(), "empty.txt", bytes).run().gives_up_saying(&["empty.txt", "empty"]);
    }
}

#[test]
fn a_binary_file_called_txt_is_no_article() {
    let mut program = fs::read(std::env::current_exe().unwrap()).unwrap();
    program.truncate(100_000);
    for bytes in
        [&program[..], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01", b"text\0\0\0with\0\0\0zeros\0\0\0in\0it"]
    {
        let folder = folder();
        audit(folder.path(), "picture.txt", bytes).run().gives_up_saying(&["picture.txt"]);
    }
}

#[test]
fn an_article_without_urls_gets_a_report_that_says_so() {
    let folder = folder();
    let text = b"A short article\n\nIt makes a claim or two, but it cites nobody at all for any of them.\n";
    let ran = audit(folder.path(), "plain.txt", text).args(["--format", "json"]).run().exits(0);
    let report = Report::read(&ran.stdout);
    assert_eq!(report.citations().len(), 0);
    assert!(!report.0["claims"].as_array().unwrap().is_empty());
    let people = audit(folder.path(), "plain.txt", text).run().exits(0).stdout;
    assert!(
        people.contains("cites no") || people.contains("no source") || people.contains("no citation"),
        "{people}"
    );
}

#[test]
fn the_other_articles_are_audited_all_the_same() {
    let folder = folder();
    fs::write(
        folder.path().join("good.txt"),
        "One sentence that cites https://web.test/ok for what it says.\n",
    )
    .unwrap();
    let ran = Beleg::new(folder.path(), "audit")
        .args(["missing.txt", "good.txt", "--offline", "--format", "json"])
        .run()
        .exits(2);
    assert!(ran.stderr.contains("missing.txt"), "{}", ran.stderr);
    assert_eq!(Report::read(&ran.stdout).states(), ["unchecked/offline"]);
}

#[test]
fn an_archive_that_cannot_be_written_is_named_before_anything_is_fetched() {
    let folder = folder();
    fs::write(folder.path().join("occupied"), "a file, and no folder").unwrap();
    // Root may write to any folder, so these are places where there cannot be one.
    for archive in ["occupied", "occupied/below", "/proc/beleg-archive"] {
        Beleg::audit(folder.path(), &example())
            .args(["--offline", "--archive", archive])
            .run()
            .gives_up_saying(&[archive]);
    }
    assert_eq!(fs::read(folder.path().join("occupied")).unwrap(), b"a file, and no folder");
}

#[test]
fn a_full_disk_is_told_and_spoils_nothing() {
    let (web, folder) = (misbehaving(), folder());
    let small = article(folder.path(), ["https://web.test/ok"]);
    Beleg::audit(folder.path(), &small).against(&web).run().exits(0);
    let before = captures(folder.path());

    // No file may grow beyond a megabyte (2,048 blocks of 512 bytes); the pages are three together.
    let pages: Vec<_> = (0..30).map(|seed| format!("https://web.test/noise/{seed}")).collect();
    let large = article(folder.path(), pages.iter().map(String::as_str));
    let audit = Beleg::limited(folder.path(), "ulimit -f 2048", "audit").arg(&large);
    audit.against(&web).run().gives_up_saying(&["archive/captures", "room"]);

    for (file, bytes) in before {
        assert_eq!(fs::read(&file).unwrap(), bytes, "{} is as it was", file.display());
    }
    Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
    let again = Beleg::audit(folder.path(), &small).against(&web).run().exits(0);
    assert!(again.stderr.is_empty() || !again.stderr.contains("error"), "{}", again.stderr);
    Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
}

#[test]
fn however_little_room_there_is_the_archive_stays_right() {
    let web = misbehaving();
    let pages: Vec<_> = (0..3).map(|seed| format!("https://web.test/noise/{seed}")).collect();
    for blocks in [0, 1, 4, 16, 64, 128, 192, 220, 400] {
        let folder = folder();
        let cited = article(folder.path(), pages.iter().map(String::as_str));
        let audit = || Beleg::limited(folder.path(), &format!("ulimit -f {blocks}"), "audit").arg(&cited);
        let ran = audit().against(&web).run().exits(2);
        let sentences = ran.stderr.lines().filter(|line| line.starts_with("error: ")).count();
        assert!(sentences == 1 && !ran.stderr.contains("panicked"), "{blocks} blocks: {}", ran.stderr);
        let named = ["archive", "signing-key.pem"].iter().any(|place| ran.stderr.contains(place));
        assert!(named, "the place is named: {}", ran.stderr);
        Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
        Beleg::audit(folder.path(), &cited).against(&web).run().exits(0);
        Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
    }
}

#[test]
fn a_second_beleg_on_the_same_archive_is_told_to_wait() {
    let (web, folder) = (misbehaving(), folder());
    let cited = article(folder.path(), ["https://slow.test/hang"]);
    let first = Beleg::audit(folder.path(), &cited).against(&web).args(["--timeout", "50s"]);
    let mut first = first.spawn();
    eventually("the first beleg has asked for the page", || web.asked("/hang") > 0);

    Beleg::audit(folder.path(), &example())
        .arg("--offline")
        .run()
        .gives_up_saying(&["archive", "another beleg"]);
    Beleg::audit(folder.path(), &example()).args(["--offline", "--archive", "elsewhere"]).run().exits(1);

    interrupt(&first);
    assert!(first.wait().unwrap().code().is_some(), "it ends of its own accord");
    Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
    Beleg::audit(folder.path(), &example()).arg("--offline").run().exits(1);
}

#[test]
fn an_interrupt_ends_it_cleanly_with_a_report_that_says_so() {
    let (web, folder) = (misbehaving(), folder());
    let cited = article(folder.path(), ["https://web.test/ok", "https://slow.test/hang"]);
    let audit =
        Beleg::audit(folder.path(), &cited).against(&web).args(["--timeout", "50s", "--format", "json"]);
    let audit = audit.spawn();
    eventually("the page that hangs has been asked for", || web.asked("/hang") > 0);
    eventually("the other page is on disk", || {
        captures(folder.path()).iter().any(|(_, bytes)| bytes.len() > 1_000)
    });
    interrupt(&audit);

    let output = audit.wait_with_output().unwrap();
    let report = Report::read(std::str::from_utf8(&output.stdout).unwrap());
    assert_eq!(report.0["run"]["interrupted"], Value::Bool(true));
    assert_eq!(report.citation("https://web.test/ok")["state"], "alive", "what was captured is kept");
    assert_eq!(output.status.code(), Some(1));
    let verified = Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
    assert!(!verified.said().contains("panicked"));
    assert!(!files_below(folder.path()).iter().any(|file| file.to_string_lossy().ends_with(".open")));
}

/// The capture files of the archive in `folder`, with their bytes.
fn captures(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let captures = files_below(&folder.join("archive/captures")).into_iter();
    captures.map(|file| (file.clone(), fs::read(file).unwrap())).collect()
}

/// Sends Ctrl-C.
fn interrupt(child: &std::process::Child) {
    let sent = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}
