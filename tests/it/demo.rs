//! `beleg demo`: the whole job, and whether its verdicts are those of a careful reader.

use std::path::Path;
use std::sync::LazyLock;

use beleg::archive::read_back;
use beleg::markup::resolved_text;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Beleg, Ran, Report, files_below};

/// One demo for all tests of this file: its folder, and its JSON report.
static DEMO: LazyLock<(TempDir, Ran)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let ran = Beleg::new(folder.path(), "demo").args(["--format", "json"]).run();
    (folder, ran)
});

fn report() -> Report {
    assert_eq!(DEMO.1.code, 1, "{}", DEMO.1.stderr);
    Report::read(&DEMO.1.stdout)
}

#[test]
fn it_finds_six_citations_of_five_sources_and_names_the_duplicate() {
    let report = report();
    let places = report.citations().iter().map(|citation| citation["places"].as_array().unwrap().len());
    assert_eq!(places.collect::<Vec<_>>(), [1, 2, 1, 1, 1]);
    let duplicates = report.findings("citation/duplicate");
    assert_eq!(duplicates.len(), 1);
    assert_eq!(duplicates[0]["place"]["line"], 23);
}

#[test]
fn the_page_that_moved_is_told_with_its_new_address() {
    let report = report();
    let video = &report.citations()[4];
    assert_eq!((&video["state"], &video["reason"]), (&"alive".into(), &"moved".into()));
    assert_eq!(video["hops"].as_array().unwrap().len(), 1);
    assert_eq!(video["hops"][0]["status"], 301);
    assert!(video["final_url"].as_str().unwrap().ends_with("-digvid/index.html"));
    assert!(video["advice"].as_str().unwrap().contains("-digvid/index.html"), "{}", video["advice"]);
}

#[test]
fn the_pages_are_dated_and_titled_as_they_say() {
    for citation in report().citations() {
        assert!(
            citation["title"].as_str().unwrap().ends_with("(stand-in for tests)"),
            "{}",
            citation["title"]
        );
        assert!(citation["published"].as_str().unwrap().starts_with("2025-0"), "{}", citation["published"]);
        assert_eq!(citation["media_type"], "text/html");
    }
}

#[test]
fn it_writes_every_file_that_it_promises() {
    report();
    let archive = DEMO.0.path().join("archive");
    let files = files_below(&archive);
    for name in ["report.html", "report.json", "dossier.wacz", "manifest.json"] {
        assert_eq!(files.iter().filter(|file| file.ends_with(name)).count(), 1, "{name} in {files:?}");
    }
    for name in ["ledger.sqlite", "index.cdx"] {
        assert!(archive.join(name).metadata().unwrap().len() > 0, "{name}");
    }
    assert!(files.iter().any(|file| file.to_string_lossy().ends_with("-00000.warc.gz")), "{files:?}");
    assert!(!files.iter().any(|file| file.to_string_lossy().ends_with(".open")), "{files:?}");
    let json = files.iter().find(|file| file.ends_with("report.json")).unwrap();
    let kept = Report::read(&std::fs::read_to_string(json).unwrap());
    assert_eq!(kept.0["citations"], report().0["citations"]);
}

#[test]
fn every_passage_says_which_bytes_of_its_capture_it_is() {
    let report = report();
    let archive = DEMO.0.path().join("archive");
    let mut seen = 0;
    for passage in
        report.0["claims"].as_array().unwrap().iter().flat_map(|claim| claim["evidence"].as_array().unwrap())
    {
        let source = report.citations().iter().find(|source| source["id"] == passage["citation"]).unwrap();
        let capture = &source["capture"];
        let (warc, offset) = (capture["warc"].as_str().unwrap(), capture["offset"].as_u64().unwrap());
        let body = read_back(&archive, warc, offset).unwrap().body;
        let place = |end: &str| usize::try_from(passage["origin"][end].as_u64().unwrap()).unwrap();
        let bytes = std::str::from_utf8(&body[place("start")..place("end")]).unwrap();
        let words = passage["passage"].as_str().unwrap();
        let said = resolved_text(bytes);
        let (first, last) = (words.chars().next().unwrap(), words.chars().next_back().unwrap());
        assert!(said.starts_with(first) && said.ends_with(last), "{words:?} is not {bytes:?}");
        assert!(words.split_whitespace().all(|word| said.contains(word)), "{words:?} is not {bytes:?}");
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn a_verdict_is_taken_apart_out_of_the_archive() {
    report();
    let explain = |claim: &str| Beleg::new(DEMO.0.path(), "explain").arg(claim);
    let id = one(&report(), 95)["id"].as_str().unwrap().to_owned();
    let json: Value =
        serde_json::from_str(&explain(&id).args(["--format", "json"]).run().exits(0).stdout).unwrap();
    assert_eq!((&json["schema"], &json["verdict"]), (&"beleg.explanation/1".into(), &"located".into()));
    let best = &json["passages"][0];
    assert_eq!(best["text"], one(&report(), 95)["evidence"][0]["passage"]);
    assert!(best["score"].as_f64() > json["passages"][1]["score"].as_f64(), "the runner-up comes after it");
    let adds = best["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feature| feature["adds"].as_f64().unwrap())
        .sum::<f64>();
    assert!(
        (adds - best["costs"].as_f64().unwrap() - best["score"].as_f64().unwrap()).abs() < 1e-9,
        "{best}"
    );
    let people = explain("48.000 Soldaten").run().exits(0).stdout;
    for shown in ["48,000 troops", "Soldaten = ", "runner-up", "weights "] {
        assert!(people.contains(shown), "{shown} is not in\n{people}");
    }
    explain("k999").run().gives_up_saying(&["k999", "hint"]);
}

#[test]
fn passages_are_web_annotations_with_the_digest_of_the_archived_text() {
    report();
    let ran = Beleg::new(DEMO.0.path(), "report")
        .args(["--format", "web-annotations", "--fail-on", "never"])
        .run()
        .exits(0);
    let page: Value = serde_json::from_str(&ran.stdout).unwrap();
    let items = page["items"].as_array().unwrap();
    assert!(items.len() > 20, "{} annotations", items.len());
    for item in items {
        let [quote, position, data] = item["target"]["selector"].as_array().unwrap().as_slice() else {
            panic!("{item}")
        };
        let length = position["end"].as_u64().unwrap() - position["start"].as_u64().unwrap();
        assert_eq!(quote["exact"].as_str().unwrap().chars().count() as u64, length, "{item}");
        assert_eq!(position["sha256"].as_str().unwrap().trim_start_matches("sha256:").len(), 64, "{item}");
        assert_eq!(data["type"], "DataPositionSelector", "{item}");
        assert!(data["end"].as_u64() >= data["start"].as_u64().map(|start| start + length), "{item}");
    }
}

#[test]
fn the_html_report_asks_nobody_for_anything() {
    report();
    let files = files_below(&DEMO.0.path().join("archive"));
    let html =
        std::fs::read_to_string(files.iter().find(|file| file.ends_with("report.html")).unwrap()).unwrap();
    for needle in ["<script src", "<link rel=\"stylesheet\"", "@import", "<img src=\"http", "url(http"] {
        assert!(!html.contains(needle), "{needle}");
    }
    assert!(html.contains("80,000"), "the figure that differs is shown");
}

#[test]
fn people_get_the_facts_on_the_first_screen() {
    let folder = tempfile::tempdir().unwrap();
    let ran = Beleg::new(folder.path(), "demo").run().exits(1);
    for words in ["6 citations", "5 sources", "line 23", "report.html", "dossier.wacz", "beleg verify"] {
        assert!(ran.stdout.contains(words), "{words:?} is missing in:\n{}", ran.stdout);
    }
    assert!(!ran.stdout.contains('\u{1b}'), "no colours where nobody asked for them");
}

#[test]
fn the_figure_that_differs_is_found_and_the_ones_that_agree_are_not_accused() {
    let report = report();
    let differs = one(&report, 92);
    assert_eq!(differs["verdict"], "differs");
    let atom = atom(differs, "100.000 Soldaten");
    assert_eq!(atom["outcome"], "differs");
    assert!(atom["found"].as_str().unwrap().contains("80,000"), "{}", atom["found"]);
    let kosovo = one(&report, 95);
    assert_eq!(kosovo["verdict"], "located");
    assert!(kosovo["evidence"][0]["passage"].as_str().unwrap().contains("48,000 troops"));
    assert!(kosovo["evidence"][0]["link"].as_str().unwrap().contains("#:~:text="));
    let accused: Vec<_> = lines_with(&report, "differs");
    assert_eq!(accused, [92], "only one claim differs");
}

#[test]
fn what_no_page_says_is_not_located_and_what_has_no_source_is_not_checked() {
    let report = report();
    for line in [57, 73] {
        assert_eq!(one(&report, line)["verdict"], "not_located", "line {line}");
    }
    let after_the_last_foot = report.0["claims"].as_array().unwrap().iter().filter(|claim| line(claim) > 106);
    for claim in after_the_last_foot {
        assert_eq!(claim["verdict"], "not_checkable", "{}", claim["text"]);
    }
}

#[test]
fn the_verdicts_are_those_of_a_careful_reader() {
    let report = report();
    let table = readers_table();
    assert!(table.len() > 20, "the table of tests/web/README.md was not understood");
    let missed: Vec<_> = table
        .iter()
        .flat_map(|(line, right)| report.claims_at(*line).into_iter().map(move |claim| (line, right, claim)))
        .filter(|(_, right, claim)| !right.iter().any(|verdict| claim["verdict"] == verdict.as_str()))
        .map(|(line, right, claim)| {
            format!("line {line}: {} and not {}", claim["verdict"], right.join(" or "))
        })
        .collect();
    assert!(missed.is_empty(), "{} of {}:\n{}", missed.len(), table.len(), missed.join("\n"));
}

/// The claims of tests/web/README.md by line, with the verdicts that are right.
fn readers_table() -> Vec<(u64, Vec<String>)> {
    let readme = std::fs::read_to_string(Path::new("tests/web/README.md")).unwrap();
    let (_, table) = readme.split_once("| claim |").unwrap();
    table
        .lines()
        .filter_map(|row| {
            let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
            let line = cells.first()?.split(' ').next()?.parse().ok()?;
            Some((line, cells.last()?.split(" or ").map(str::to_owned).collect()))
        })
        .collect()
}

#[track_caller]
fn one(report: &Report, line: u64) -> &Value {
    let claims = report.claims_at(line);
    assert_eq!(claims.len(), 1, "claims that begin at line {line}");
    claims[0]
}

#[track_caller]
fn atom<'a>(claim: &'a Value, text: &str) -> &'a Value {
    let mut atoms = claim["atoms"].as_array().unwrap().iter();
    atoms
        .find(|atom| atom["text"].as_str().unwrap().contains(text))
        .unwrap_or_else(|| panic!("no atom {text}: {claim}"))
}

fn line(claim: &Value) -> u64 {
    claim["places"][0]["line"].as_u64().unwrap()
}

fn lines_with(report: &Report, verdict: &str) -> Vec<u64> {
    let claims = report.0["claims"].as_array().unwrap().iter();
    claims.filter(|claim| claim["verdict"] == verdict).map(line).collect()
}
