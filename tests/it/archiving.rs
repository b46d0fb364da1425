//! What `beleg archive` keeps: pages with what they need to look like themselves, and of a second run only what is new.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufReader, Read as _};
use std::path::Path;

use beleg::archive::{Header, WarcReader};
use serde_json::Value;

use crate::support::{Beleg, Report, Web, files_below, newsroom, stories};

/// Archives `urls` from `web`.
fn archive(folder: &Path, web: &Web, urls: &[String]) -> Beleg {
    Beleg::new(folder, "archive").args(urls).against(web)
}

/// The lines of the index: URL and facts.
fn index(folder: &Path) -> Vec<(String, Value)> {
    let index = fs::read_to_string(folder.join("archive/index.cdx")).unwrap();
    let facts = index.lines().map(|line| serde_json::from_str(line.splitn(3, ' ').nth(2).unwrap()).unwrap());
    facts.map(|facts: Value| (facts["url"].as_str().unwrap().to_owned(), facts)).collect()
}

/// The WARC files, the oldest first, with their lengths. Runs of one second are not told apart by their names.
fn warcs(folder: &Path) -> Vec<(String, u64)> {
    let mut files = files_below(&folder.join("archive/captures"));
    files.sort_by_key(|file| fs::metadata(file).unwrap().modified().unwrap());
    let named = |file: &Path| file.strip_prefix(folder.join("archive")).unwrap().display().to_string();
    files.iter().map(|file| (named(file), fs::metadata(file).unwrap().len())).collect()
}

#[test]
fn a_page_is_kept_with_all_that_it_shows() {
    let (web, folder) = (newsroom(), tempfile::tempdir().unwrap());
    archive(folder.path(), &web, &stories(2)).run().exits(0);
    let captured: BTreeMap<_, _> = index(folder.path()).into_iter().collect();
    for path in [
        "/story/0",
        "/story/1",
        "/style.css",
        "/more.css",
        "/paper.png",
        "/font.woff2",
        "/script.js",
        "/photo/0.jpg",
        "/photo/0-2x.jpg",
        "/photo/1.jpg",
    ] {
        assert_eq!(captured[&format!("https://news.test{path}")]["status"], "200", "{path}");
        assert_eq!(web.asked(path), 1, "{path} is asked for once, however many pages need it");
    }
    assert!(
        captured["urn:text:https://news.test/story/0"]["mime"].as_str().unwrap().starts_with("text/plain")
    );
    assert_eq!(
        captured["urn:beleg:certificates:https://news.test"]["mime"],
        "application/pem-certificate-chain"
    );
    Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
}

#[test]
fn a_page_can_be_kept_alone_or_with_a_share_of_what_it_needs() {
    for (name, value, expected) in
        [("BELEG_ARCHIVE_REQUISITES", "none", 0), ("BELEG_ARCHIVE_MAX_REQUISITES", "3", 3)]
    {
        let (web, folder) = (newsroom(), tempfile::tempdir().unwrap());
        archive(folder.path(), &web, &stories(1)).env(name, value).run().exits(0);
        let web_pages = index(folder.path()).into_iter().filter(|(url, _)| url.starts_with("https:"));
        assert_eq!(web_pages.count(), 1 + expected, "{name}={value}");
    }
}

#[test]
fn a_second_run_over_the_same_pages_adds_revisits_only() {
    let (web, folder) = (newsroom(), tempfile::tempdir().unwrap());
    let mut urls = stories(8);
    urls.push("https://news.test/old/3".to_owned());
    let run = || archive(folder.path(), &web, &urls).run().exits(0);
    run();
    run();
    let [(_, first), (name, second)] = &warcs(folder.path())[..] else { panic!("two runs, two files") };
    assert!(25 * second < *first, "{second} bytes after {first}");
    let written = records(&folder.path().join("archive").join(name));
    let other: Vec<_> = written.iter().filter(|(header, _)| header.kind() != "revisit").collect();
    // One story is cited by its address and by one that leads to it: only one of these ways led to it the first time.
    assert_eq!(other.len(), 1 + 1, "the warcinfo, and the other way to the one: {other:#?}");
    let index = index(folder.path());
    let added: Vec<_> = index.iter().filter(|(_, facts)| facts["filename"] == **name).collect();
    let urls_added = added.iter().filter(|(url, _)| url.starts_with("https:")).count();
    assert_eq!(urls_added, 8 + 1 + 6 + 2 * 8, "every page and requisite");
    let other: Vec<_> = added.iter().filter(|(_, facts)| facts["mime"] != "warc/revisit").collect();
    assert!(other.is_empty(), "{other:#?}");
    Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
    let wacz =
        files_below(folder.path()).into_iter().filter(|file| file.extension().is_some_and(|it| it == "wacz"));
    for wacz in wacz {
        let ran = Beleg::new(folder.path(), "verify").arg(&wacz).args(["--format", "json"]).run().exits(0);
        let verification: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(verification["not_checkable"], Value::Array(Vec::new()), "a package needs nothing else");
    }
}

#[test]
fn a_server_can_be_asked_whether_the_last_capture_still_holds() {
    let (web, folder) = (newsroom(), tempfile::tempdir().unwrap());
    let urls = ["https://news.test/story/0".to_owned(), "https://news.test/old/1".to_owned()];
    let run = || {
        let run = archive(folder.path(), &web, &urls).env("BELEG_ARCHIVE_CONDITIONAL", "true");
        Report::read(&run.args(["--format", "json"]).run().exits(0).stdout)
    };
    let (first, second) = (run(), run());
    let [_, (name, _)] = &warcs(folder.path())[..] else { panic!("two runs, two files") };
    let records = records(&folder.path().join("archive").join(name));
    let of = |url: &str, kind: &str| {
        let mut found =
            records.iter().filter(|(header, _)| (header.target(), header.kind()) == (Some(url), kind));
        found.next().unwrap_or_else(|| panic!("{kind} of {url}"))
    };
    let (revisit, block) = of("https://news.test/story/0", "revisit");
    assert!(revisit.get("WARC-Profile").unwrap().ends_with("/revisit/server-not-modified"));
    assert_eq!(block, "", "replayers take a 304 in it for the page");
    assert_eq!(revisit.get("WARC-Refers-To-Target-URI"), Some("https://news.test/story/0"));
    let (_, facts) = of("https://news.test/story/0", "metadata");
    assert!(facts.contains("response-head: HTTP/1.1 304 Not Modified\r\n"), "{facts}");
    let (_, request) = of("https://news.test/story/0", "request");
    assert!(request.to_ascii_lowercase().contains("if-none-match: \""), "{request}");
    // What a redirect leads to is fetched in full: the question was about the address before it.
    let (revisit, _) = of("https://news.test/story/1", "revisit");
    assert!(revisit.get("WARC-Profile").unwrap().ends_with("/revisit/identical-payload-digest"));
    for url in &urls {
        let (before, after) = (first.citation(url), second.citation(url));
        for fact in ["state", "reason", "status", "title", "sha256", "bytes", "media_type"] {
            assert_eq!(before[fact], after[fact], "{fact} of {url}");
        }
        assert_eq!(after["capture"]["revisit"], true);
    }
    Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
}

/// The headers and blocks of a WARC file.
fn records(path: &Path) -> Vec<(Header, String)> {
    let mut reader = WarcReader::new(BufReader::new(File::open(path).unwrap()));
    let mut records = Vec::new();
    while let Some(mut record) = reader.next_record().unwrap() {
        let mut block = Vec::new();
        record.read_to_end(&mut block).unwrap();
        records.push((record.header().clone(), String::from_utf8_lossy(&block).into_owned()));
        record.finish().unwrap();
    }
    records
}
