//! Which findings make a run fail.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::finding::{Finding, Severity};
use super::rules::{RULES, rule};
use super::wording::nearest;

/// Which findings make a run fail: `never`, or severities, rules and groups of rules with commas between them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FailOn(Vec<Selector>);

/// One part of a [`FailOn`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Selector {
    /// Findings of this severity or graver.
    AtLeast(Severity),
    /// Findings of this rule.
    Rule(&'static str),
    /// Findings of the rules of this group: the part of their ids before the `/`.
    Group(&'static str),
}

/// Why a text selects no findings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotASelector {
    /// Neither a severity nor a rule nor a group.
    #[error(
        "{given:?} is neither a severity (error, warning, note), nor a rule, nor a group such as link/*{hint}"
    )]
    Unknown {
        /// What was given.
        given: String,
        /// What was perhaps meant, as a continuation of the sentence; may be empty.
        hint: String,
    },
    /// `never` among others.
    #[error("never stands alone: leave it out, or leave out the others")]
    NeverAmongOthers,
    /// Nothing at all.
    #[error("nothing is selected: say never if no finding is to fail the run")]
    Empty,
}

impl FailOn {
    /// No finding fails the run.
    pub const NEVER: Self = Self(Vec::new());

    /// Whether any of `findings` fails the run.
    pub fn fails(&self, findings: &[Finding]) -> bool {
        findings.iter().any(|finding| self.0.iter().any(|selector| selector.selects(finding)))
    }
}

impl Default for FailOn {
    fn default() -> Self {
        Self(vec![Selector::AtLeast(Severity::Error)])
    }
}

impl Selector {
    fn parse(word: &str) -> Result<Self, NotASelector> {
        if let Some(severity) = Severity::ALL.into_iter().find(|severity| severity.word() == word) {
            return Ok(Self::AtLeast(severity));
        }
        let group = word.strip_suffix("/*").and_then(|name| RULES.iter().find(|rule| rule.group() == name));
        let selector = rule(word).map(|rule| Self::Rule(rule.id));
        selector.or_else(|| group.map(|rule| Self::Group(rule.group()))).ok_or_else(|| unknown(word))
    }

    fn selects(self, finding: &Finding) -> bool {
        match self {
            Self::AtLeast(severity) => finding.severity <= severity,
            Self::Rule(id) => finding.rule == id,
            Self::Group(group) => finding.rule.strip_prefix(group).is_some_and(|rest| rest.starts_with('/')),
        }
    }
}

fn unknown(word: &str) -> NotASelector {
    let words = Severity::ALL.into_iter().map(Severity::word).chain(RULES.iter().map(|rule| rule.id));
    let hint = nearest(word, words.chain(["never"])).map(|word| format!(": did you mean {word}?"));
    NotASelector::Unknown { given: word.to_owned(), hint: hint.unwrap_or_default() }
}

impl FromStr for FailOn {
    type Err = NotASelector;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let words: Vec<&str> = text.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => Err(NotASelector::Empty),
            ["never"] => Ok(Self::NEVER),
            words if words.contains(&"never") => Err(NotASelector::NeverAmongOthers),
            words => words.iter().map(|word| Selector::parse(word)).collect::<Result<_, _>>().map(Self),
        }
    }
}

impl TryFrom<String> for FailOn {
    type Error = NotASelector;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<FailOn> for String {
    fn from(fail_on: FailOn) -> Self {
        fail_on.to_string()
    }
}

impl fmt::Display for FailOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("never");
        }
        for (index, selector) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            match selector {
                Selector::AtLeast(severity) => write!(f, "{comma}{severity}")?,
                Selector::Rule(id) => write!(f, "{comma}{id}")?,
                Selector::Group(group) => write!(f, "{comma}{group}/*")?,
            }
        }
        Ok(())
    }
}

impl JsonSchema for FailOn {
    fn schema_name() -> Cow<'static, str> {
        "FailOn".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "examples": ["error", "warning", "never", "link/dead,figure/*"]})
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finding(rule: &'static str, severity: Severity) -> Finding {
        Finding { rule, severity, message: "m".into(), place: None, citation: None, claim: None }
    }

    fn fails(selectors: &str, findings: &[Finding]) -> bool {
        selectors.parse::<FailOn>().unwrap().fails(findings)
    }

    #[test]
    fn a_severity_covers_all_that_is_graver() {
        let warning = [finding("link/blocked", Severity::Warning)];
        assert!(!fails("error", &warning));
        assert!(fails("warning", &warning));
        assert!(fails("note", &warning));
        assert!(!fails("never", &warning));
        assert!(!fails("note", &[]));
    }

    #[test]
    fn rules_and_groups_select_whatever_their_severity() {
        let moved = [finding("link/moved", Severity::Note)];
        assert!(fails("link/moved", &moved));
        assert!(fails("figure/differs, link/*", &moved));
        assert!(!fails("citation/*", &moved));
        assert!(fails("error,link/moved", &moved));
    }

    #[test]
    fn the_default_is_errors() {
        assert_eq!(FailOn::default().to_string(), "error");
    }

    #[test]
    fn what_is_wrong_is_said_with_what_was_perhaps_meant() {
        let message = |text: &str| text.parse::<FailOn>().unwrap_err().to_string();
        assert!(message("link/daed").ends_with("did you mean link/dead?"), "{}", message("link/daed"));
        assert!(message("warnings").ends_with("did you mean warning?"));
        assert!(message("nosuch/*").contains("\"nosuch/*\""));
        assert!(message("never,error").contains("alone"));
        assert!(message(" , ").contains("say never"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn what_parses_is_written_and_read_back_the_same(text in "(error|note|never|link/dead|link/\\*|[a-z/*, ]{0,9})(,(warning|quote/\\*))?") {
            if let Ok(fail_on) = text.parse::<FailOn>() {
                prop_assert_eq!(fail_on.to_string().parse::<FailOn>(), Ok(fail_on));
            }
        }
    }
}
