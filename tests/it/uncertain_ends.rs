//! Addresses whose end is uncertain: the checker tries the readings in order, and the report says which one lives.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Beleg, Report, misbehaving};

/// An address that was hyphenated at a line end, two with a bracket that nothing opened, one of them alive.
const ARTICLE: &str = "The harbour paper has counted the ships of last year, see the page at https://web.test/be-\n\
    hind-cloudflare for the whole count of them. An older count is gone, as the\n\
    note at https://web.test/404) says. The page https://web.test/ok) still\n\
    stands where it stood.\n";

#[test]
fn the_reading_that_lives_wins_and_the_report_says_so() {
    let (web, folder) = (misbehaving(), tempfile::tempdir().unwrap());
    let article = folder.path().join("count.txt");
    fs::write(&article, ARTICLE).unwrap();
    let audit = Beleg::audit(folder.path(), &article).against(&web);
    let report = Report::read(&audit.args(["--format", "json"]).run().exits(1).stdout);
    assert_eq!(report.states(), ["alive/ok", "dead/not_found", "alive/ok"]);
    let [hyphenated, gone, alive] = report.citations() else { panic!("three sources are cited") };

    assert_eq!(hyphenated["url"], "https://web.test/behind-cloudflare");
    assert_eq!(hyphenated["written"], "https://web.test/be-hind-cloudflare");
    assert_eq!(
        readings(hyphenated),
        ["https://web.test/be-hind-cloudflare 404", "https://web.test/behind-cloudflare 200"]
    );
    assert_eq!(report.findings("citation/uncertain-end").len(), 1);

    assert_eq!(gone["url"], "https://web.test/404", "where no reading lives, the likeliest stands");
    assert_eq!(readings(gone), ["https://web.test/404 404", "https://web.test/404) 404"]);

    assert_eq!(alive["readings"], Value::Null, "where the likeliest lives, no other is asked for");
    assert_eq!((web.asked("/ok"), web.asked("/ok)")), (1, 0));
    Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
}

#[test]
fn what_is_tried_is_said_before_anything_is_fetched() {
    let folder = tempfile::tempdir().unwrap();
    let article = folder.path().join("count.txt");
    fs::write(&article, ARTICLE).unwrap();
    let ran = Beleg::new(folder.path(), "extract").arg(&article).args(["--format", "json"]).run().exits(0);
    let extract: Value = serde_json::from_str(&ran.stdout).unwrap();
    let alternatives: Vec<&Value> =
        extract["citations"].as_array().unwrap().iter().map(|citation| &citation["alternatives"]).collect();
    let hyphenated = json!(["https://web.test/behind-cloudflare"]);
    assert_eq!(
        alternatives,
        [&hyphenated, &json!(["https://web.test/404)"]), &json!(["https://web.test/ok)"])]
    );
}

/// The readings of a citation that were asked for, with the status of each.
fn readings(citation: &Value) -> Vec<String> {
    let shown = |reading: &Value| format!("{} {}", reading["url"].as_str().unwrap(), reading["status"]);
    citation["readings"].as_array().unwrap().iter().map(shown).collect()
}
