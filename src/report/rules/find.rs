//! All findings of a dossier, in order.

use std::collections::BTreeSet;

use url::Url;

use super::finding::finding;
use super::{claims, links};
use crate::check::{Reason, State};
use crate::dossier::{Dossier, SourceFacts};
use crate::report::finding::Finding;

/// The findings of `dossier`: gravest first, then in the order of the article. What is about the article as a
/// whole comes before what is about a place.
pub fn find(dossier: &Dossier) -> Vec<Finding> {
    let mut findings = about_the_whole(dossier);
    for source in &dossier.citations {
        findings.extend(links::of_source(source, dossier.article.kind));
    }
    if is_cut_off(dossier) {
        findings.push(finding("run/no-network", "No source could be looked up", None));
        blame_the_network(&mut findings);
    }
    for claim in &dossier.claims {
        findings.extend(claims::of_claim(claim, dossier.article.written()));
    }
    findings.sort_by_key(|finding| (finding.severity, finding.place));
    findings
}

fn about_the_whole(dossier: &Dossier) -> Vec<Finding> {
    let mut findings = Vec::new();
    if dossier.run.interrupted {
        findings.push(finding("run/interrupted", "The run was stopped before it was through", None));
    }
    if dossier.citations.is_empty() {
        findings.push(finding("article/no-citations", "The article cites no source", None));
    }
    findings
}

/// Whether the network failed rather than the sources: nothing that was asked could be looked up, on two hosts at
/// least, since a single one may have name servers that are down.
fn is_cut_off(dossier: &Dossier) -> bool {
    let asked = || dossier.citations.iter().filter(|source| source.state != State::Unchecked);
    let host = |source: &SourceFacts| Url::parse(&source.url).ok()?.host_str().map(str::to_owned);
    asked().all(|source| source.reason == Reason::DnsFailure)
        && asked().filter_map(host).collect::<BTreeSet<_>>().len() > 1
}

/// Says of every source that was not reached the same: that it need not be its fault.
fn blame_the_network(findings: &mut [Finding]) {
    for found in findings.iter_mut().filter(|found| found.rule == "link/unreachable") {
        "Without a network the page could not be reached: it may well be in order."
            .clone_into(&mut found.message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::rules::rule;
    use crate::report::{RULES, Severity, sample};

    #[test]
    fn every_rule_has_a_finding_in_the_sample_or_in_an_empty_dossier() {
        let found: Vec<&str> = [sample::dossier(), sample::empty(), sample::cut_off()]
            .map(|dossier| find(&dossier))
            .iter()
            .flatten()
            .map(|finding| finding.rule)
            .collect();
        for rule in RULES {
            assert!(found.contains(&rule.id), "{} is never found", rule.id);
        }
    }

    #[test]
    fn every_finding_is_of_a_rule_and_never_graver_than_it() {
        for found in find(&sample::dossier()) {
            let rule = rule(found.rule).unwrap();
            assert!(found.severity >= rule.severity, "{}", rule.id);
            assert!(found.message.ends_with('.') && !found.message.contains(".."), "{}", found.message);
        }
    }

    #[test]
    fn the_gravest_come_first_and_then_the_article_is_followed() {
        let order: Vec<_> =
            find(&sample::dossier()).iter().map(|found| (found.severity, found.place)).collect();
        assert!(order.is_sorted());
        assert!(order.iter().any(|(severity, _)| *severity == Severity::Note));
    }

    #[test]
    fn an_article_with_everything_in_order_has_no_findings() {
        assert_eq!(find(&sample::clean()), []);
    }

    #[test]
    fn a_missing_network_is_said_once_and_first_and_no_source_is_blamed() {
        let found = find(&sample::cut_off());
        assert_eq!(found[0].rule, "run/no-network");
        assert_eq!(found.iter().filter(|found| found.rule == "link/unreachable").count(), 2);
        assert!(found.iter().skip(1).all(|found| found.message.starts_with("Without a network")));
        let mut one_host = sample::cut_off();
        one_host.citations.truncate(1);
        assert_eq!(find(&one_host)[0].rule, "link/unreachable");
        let mut one_alive = sample::cut_off();
        one_alive.citations.push(sample::source(3, "https://example.com/", Reason::Ok));
        assert_eq!(find(&one_alive)[0].rule, "link/unreachable");
    }

    #[test]
    fn an_interrupted_run_says_so_before_anything_about_a_place() {
        let found = find(&sample::dossier());
        assert_eq!((found[0].rule, found[0].severity), ("run/interrupted", Severity::Error));
    }
}
