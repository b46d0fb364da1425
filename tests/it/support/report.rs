//! A JSON report, as other programs read it.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;

/// One `beleg.report/1`, held against the schema when it is read.
#[derive(Debug)]
pub(crate) struct Report(pub(crate) Value);

static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let schema = serde_json::from_str(include_str!("../../report.schema.json")).unwrap();
    jsonschema::validator_for(&schema).unwrap()
});

impl Report {
    /// Reads a report and asserts that it is what the schema says.
    #[track_caller]
    pub(crate) fn read(json: &str) -> Self {
        let value: Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{error} in: {json}"));
        let errors: Vec<_> =
            SCHEMA.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "the report is not what the schema says:\n{}", errors.join("\n"));
        Self(value)
    }

    /// The sources.
    pub(crate) fn citations(&self) -> &[Value] {
        self.0["citations"].as_array().unwrap()
    }

    /// The source cited by `url`.
    #[track_caller]
    pub(crate) fn citation(&self, url: &str) -> &Value {
        let found = self.citations().iter().find(|citation| citation["written"] == url);
        found.unwrap_or_else(|| panic!("no source is written {url}"))
    }

    /// The claims that begin at `line`.
    pub(crate) fn claims_at(&self, line: u64) -> Vec<&Value> {
        let claims = self.0["claims"].as_array().unwrap();
        claims.iter().filter(|claim| claim["places"][0]["line"] == line).collect()
    }

    /// The findings of this rule.
    pub(crate) fn findings(&self, rule: &str) -> Vec<&Value> {
        let findings = self.0["findings"].as_array().unwrap();
        findings.iter().filter(|finding| finding["rule"] == rule).collect()
    }

    /// The states of all sources, as `state/reason`.
    pub(crate) fn states(&self) -> Vec<String> {
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        self.citations()
            .iter()
            .map(|citation| format!("{}/{}", word(&citation["state"]), word(&citation["reason"])))
            .collect()
    }
}
