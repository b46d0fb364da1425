//! A finding of a rule.

use super::table::rule;
use crate::article::Place;
use crate::report::finding::{Finding, Severity};

/// A finding of the rule `id`: `what` is wrong, and the rule's advice.
pub(super) fn finding(id: &'static str, what: &str, place: Option<Place>) -> Finding {
    let advice = rule(id).map(|rule| rule.advice).unwrap_or_default();
    let severity = rule(id).map_or(Severity::Warning, |rule| rule.severity);
    Finding { rule: id, severity, message: format!("{what}: {advice}."), place, citation: None, claim: None }
}
