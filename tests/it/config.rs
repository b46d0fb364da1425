//! `beleg config` and the settings behind it: which value wins, and what is said about a wrong one.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Beleg, Ran, Report, example};

/// Runs `beleg config show` with this config.toml.
fn show(config: &str, variables: &[(&str, &str)]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("config.toml"), config).unwrap();
    let beleg = Beleg::new(folder.path(), "config").arg("show");
    variables.iter().fold(beleg, |beleg, (name, value)| beleg.env(name, value)).run()
}

/// The line of `config show` about the setting `key` (in its section or with dots).
fn line<'a>(shown: &'a Ran, key: &str) -> &'a str {
    let last = key.rsplit('.').next().unwrap();
    let mut lines = shown.stdout.lines();
    let found =
        lines.find(|line| line.trim_start().starts_with(&format!("{last} ")) || line.starts_with(key));
    found.unwrap_or_else(|| panic!("no {key} in:\n{}", shown.stdout))
}

#[test]
fn every_value_is_shown_with_where_it_came_from() {
    let shown = show("[fetch]\ntimeout = \"7s\"\n", &[("BELEG_FETCH_PER_HOST", "5")]).exits(0);
    let timeout = line(&shown, "fetch.timeout");
    assert!(timeout.contains("7s") && timeout.contains("config.toml"), "{timeout}");
    let per_host = line(&shown, "fetch.per_host");
    assert!(per_host.contains('5') && per_host.contains("BELEG_FETCH_PER_HOST"), "{per_host}");
    assert!(line(&shown, "fetch.max_bytes").contains("default"), "{}", shown.stdout);
}

#[test]
fn the_environment_goes_before_the_file_and_the_command_line_before_both() {
    let shown = show("[fetch]\ntimeout = \"7s\"\n", &[("BELEG_FETCH_TIMEOUT", "9s")]).exits(0);
    assert!(line(&shown, "fetch.timeout").contains("9s"), "{}", shown.stdout);

    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("config.toml"), "[archive]\nfolder = \"from-file\"\n").unwrap();
    let audit = |beleg: Beleg| beleg.arg("--offline").run().exits(1);
    audit(Beleg::audit(folder.path(), &example()));
    assert!(folder.path().join("from-file/ledger.sqlite").exists());
    audit(Beleg::audit(folder.path(), &example()).env("BELEG_ARCHIVE_FOLDER", "from-environment"));
    assert!(folder.path().join("from-environment/ledger.sqlite").exists());
    let typed = Beleg::audit(folder.path(), &example()).args(["--archive", "typed"]);
    audit(typed.env("BELEG_ARCHIVE_FOLDER", "not-this-one"));
    assert!(folder.path().join("typed/ledger.sqlite").exists());
    assert!(!folder.path().join("not-this-one").exists());
}

#[test]
fn a_misspelt_setting_is_an_error_that_names_the_one_that_was_meant() {
    for (config, wrong, meant) in [
        ("[fetch]\ntimout = \"7s\"\n", "timout", "timeout"),
        ("[fetsch]\ntimeout = \"7s\"\n", "fetsch", "fetch"),
    ] {
        show(config, &[]).gives_up_saying(&["config.toml", wrong, "did you mean", meant]);
    }
    show("", &[("BELEG_FETCH_TIMOUT", "7s")]).gives_up_saying(&["BELEG_FETCH_TIMOUT", "did you mean"]);
}

#[test]
fn a_wrong_value_is_an_error_that_names_its_setting() {
    for (config, setting) in [
        ("[fetch]\ntimeout = \"soon\"\n", "timeout"),
        ("[fetch]\nconcurrency = -1\n", "concurrency"),
        ("[fetch]\nresolve = [\"nonsense\"]\n", "resolve"),
        ("[fetch]\nmax_bytes = \"many\"\n", "max_bytes"),
    ] {
        show(config, &[]).gives_up_saying(&["config.toml", setting]);
    }
    let folder = tempfile::tempdir().unwrap();
    let audit = Beleg::audit(folder.path(), &example()).args(["--offline", "--timeout", "soon"]);
    audit.run().gives_up_saying(&["--timeout", "soon"]);
}

#[test]
fn a_configuration_that_is_no_toml_is_named() {
    let ran = show("this is = = no TOML\n", &[]).exits(2);
    assert!(ran.stderr.contains("config.toml"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    assert_eq!(ran.stdout, "");
}

#[test]
fn a_configuration_that_was_named_must_be_there() {
    let folder = tempfile::tempdir().unwrap();
    let audit = Beleg::audit(folder.path(), &example()).args(["--offline", "--config", "missing.toml"]);
    audit.run().gives_up_saying(&["missing.toml"]);
}

#[test]
fn the_articles_to_audit_can_stand_in_the_configuration() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(example(), folder.path().join("story.txt")).unwrap();
    fs::write(folder.path().join("config.toml"), "articles = [\"story.txt\"]\n").unwrap();
    let ran = Beleg::new(folder.path(), "audit").args(["--offline", "--format", "json"]).run().exits(1);
    let report = Report::read(&ran.stdout);
    assert_eq!(report.citations().len(), 5);
    assert!(report.0["article"]["path"].as_str().unwrap().ends_with("story.txt"));
}

#[test]
fn the_reference_configuration_is_right_and_the_schema_is_json() {
    let folder = tempfile::tempdir().unwrap();
    let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("config.toml");
    let check = Beleg::new(folder.path(), "config").args(["check", "--config"]).arg(reference);
    check.run().exits(0);
    let schema = Beleg::new(folder.path(), "config").arg("schema").run().exits(0);
    let schema: Value = serde_json::from_str(&schema.stdout).unwrap();
    assert!(schema["properties"]["fetch"].is_object(), "{schema}");
}

#[test]
fn a_model_that_cannot_be_used_is_an_error_of_what_weighs_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("config.toml"), "[evidence]\nmodel = \"models/missing\"\n").unwrap();
    let run = |command: &str| Beleg::new(folder.path(), command).arg(example()).arg("--offline").run();
    // The error is another one with the feature and without.
    run("audit").gives_up_saying(&["models/missing", "evidence.model", "model"]);
    assert!(!folder.path().join("archive").exists(), "nothing is begun");
    // It finds sources that were not asked, since it is offline.
    run("check").exits(1);
}

#[test]
fn a_secret_is_hidden_wherever_settings_are_shown() {
    let channel = |rest: &str| format!("[[tell]]\nname = \"desk\"\nkind = \"slack\"\n{rest}\n");
    let shown = show(&channel("url = \"https://hooks.test/hunter2\""), &[]).exits(0);
    assert!(!shown.said().contains("hunter2"), "{}", shown.stdout);
    assert!(line(&shown, "tell").contains("(hidden)"), "{}", shown.stdout);
    let named = show(&channel("url = \"env:SLACK_URL\""), &[]).exits(0);
    assert!(line(&named, "tell").contains("env:SLACK_URL"), "{}", named.stdout);
    let wrong = show(&channel("url = \"https://hooks.test/hunter2\"\ncolour = 3"), &[]).exits(2);
    assert!(wrong.stderr.contains("colour") && !wrong.stderr.contains("hunter2"), "{}", wrong.stderr);
}
