//! The rules about sources: their state, and citing one twice.

use super::finding::finding;
use super::table::rule;
use crate::article::{Kind, Place};
use crate::check::{Reason, State};
use crate::dossier::SourceFacts;
use crate::report::finding::{Finding, Severity};
use crate::report::spot;
use crate::report::wording::clean;

/// The findings about `source`: one about its state, where that is not in order, one where its address was read
/// otherwise than it seems to end, and one for each place after the first; `kind` is that of the article.
pub(super) fn of_source(source: &SourceFacts, kind: Option<Kind>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = state(source).into_iter().chain(uncertain_end(source)).collect();
    if let [first, others @ ..] = source.places.as_slice() {
        findings.extend(others.iter().map(|&place| duplicate(*first, place, kind)));
    }
    for found in &mut findings {
        found.citation = Some(source.id.clone());
    }
    findings
}

fn state(source: &SourceFacts) -> Option<Finding> {
    let (id, what) = wrong(source)?;
    let place = source.places.first().copied();
    let mut found = finding(id, "", place);
    found.message = message(source, id, what);
    if is_no_fault(source) {
        found.severity = Severity::Note;
    }
    Some(found)
}

/// The address that led to a page, where the likeliest reading of what the article writes led nowhere.
fn uncertain_end(source: &SourceFacts) -> Option<Finding> {
    let [likeliest, .., settled] = source.readings.as_slice() else { return None };
    let gone = likeliest.reason.describe();
    let what = (settled.url == source.url).then(|| {
        format!("Read as {}, since {} is no page ({gone})", clean(&settled.url), clean(&likeliest.url))
    })?;
    Some(finding("citation/uncertain-end", &what, source.places.first().copied()))
}

/// The rule that the state of `source` falls under, and what is wrong in words.
fn wrong(source: &SourceFacts) -> Option<(&'static str, &'static str)> {
    Some(match source.reason {
        Reason::Ok => return None,
        Reason::Moved => ("link/moved", "The page has moved for good"),
        Reason::Soft404 => ("link/soft-404", "The page seems to be gone, though the server says it is there"),
        Reason::RedirectedToHome => ("link/redirected", "The address now leads to a home page"),
        Reason::RedirectedToLogin => ("link/redirected", "The address now leads to a login page"),
        Reason::ParkedDomain => ("link/parked", "The domain looks parked or for sale"),
        Reason::Paywall => ("link/paywall", "Only a teaser can be read, the rest is behind a paywall"),
        Reason::ConsentWall => ("link/consent-wall", "Only a consent form could be read"),
        Reason::FragmentMissing => ("link/fragment", "The page has no such place as the address names"),
        Reason::EmptyPage => ("link/empty-page", "The page holds no text that could be read"),
        Reason::Truncated => ("link/truncated", "Only a part of the page was received"),
        Reason::UnsafeRedirect => {
            ("link/unsafe-redirect", "The address redirects to where beleg does not follow")
        }
        reason => by_state(reason.state()),
    })
}

fn by_state(state: State) -> (&'static str, &'static str) {
    match state {
        State::Dead => ("link/dead", "The link is dead"),
        State::Unreachable => ("link/unreachable", "The page could not be reached"),
        State::Unchecked => ("link/unchecked", "The address was not checked"),
        State::Blocked | State::Alive | State::Doubtful => ("link/blocked", "The server refuses beleg"),
    }
}

/// What is wrong, what was seen, and what to do: the advice of the check where it knows more than the rule.
fn message(source: &SourceFacts, id: &str, what: &str) -> String {
    let seen = seen(source).map(|seen| format!(" ({seen})")).unwrap_or_default();
    match &source.advice {
        Some(advice) => format!("{what}{seen}. {}.", clean(advice).trim_end_matches('.')),
        None => format!("{what}{seen}: {}.", advice(source, id)),
    }
}

/// What was seen, as far as the message does not say it already.
fn seen(source: &SourceFacts) -> Option<String> {
    let detail = clean(&source.detail);
    match (source.reason, &source.final_url) {
        (Reason::Moved | Reason::RedirectedToHome | Reason::RedirectedToLogin, Some(url))
            if !source.advice.as_ref().is_some_and(|advice| advice.contains(url)) =>
        {
            Some(format!("to {}", clean(url)))
        }
        _ if !detail.is_empty() => Some(detail),
        _ if matches!(source.state, State::Alive | State::Doubtful) => None,
        _ => Some(source.reason.describe().to_owned()),
    }
}

fn advice(source: &SourceFacts, id: &str) -> &'static str {
    match source.reason {
        Reason::RateLimited => "run beleg again later, or open it in a browser",
        Reason::Legal => "consider that your readers may be refused too",
        Reason::Offline => "run beleg again with a network",
        Reason::InvalidUrl => "correct the address",
        Reason::PrivateAddress => "readers cannot open it either, cite a public address",
        Reason::Excluded => "nothing to do if that is meant",
        Reason::TlsInvalid => "readers are warned off too, tell the site or cite another source",
        Reason::UnsupportedScheme if is_book(source) => "look it up in a library",
        Reason::UnsupportedScheme if is_contact(source) => "nothing to do",
        _ => rule(id).map(|rule| rule.advice).unwrap_or_default(),
    }
}

/// Whether nobody expected the source to be checked: the configuration leaves it out, or it is no page at all.
fn is_no_fault(source: &SourceFacts) -> bool {
    source.reason == Reason::Excluded
        || (source.reason == Reason::UnsupportedScheme && (is_contact(source) || is_book(source)))
}

fn is_contact(source: &SourceFacts) -> bool {
    ["mailto:", "tel:"].iter().any(|scheme| source.url.starts_with(scheme))
}

fn is_book(source: &SourceFacts) -> bool {
    source.url.starts_with("urn:isbn:")
}

fn duplicate(first: Place, place: Place, kind: Option<Kind>) -> Finding {
    let whose = if (first.page, first.line) == (place.page, place.line) {
        format!("Cites the same page as column {} of this line", first.column)
    } else {
        format!("Cites the same page as {}", spot::words(first, kind))
    };
    finding("citation/duplicate", &whose, Some(place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::ReadingFacts;
    use crate::report::sample;

    fn of(reason: Reason) -> Vec<Finding> {
        of_source(&sample::source(1, "https://example.org/a", reason), None)
    }

    #[test]
    fn each_reason_has_at_most_one_finding_of_the_severity_its_state_deserves() {
        for reason in sample::REASONS {
            let findings = of(reason);
            let expected = match reason.state() {
                State::Alive if reason == Reason::Ok => None,
                State::Alive => Some(Severity::Note),
                State::Doubtful | State::Blocked => Some(Severity::Warning),
                State::Unchecked if reason == Reason::Excluded => Some(Severity::Note),
                State::Dead | State::Unreachable | State::Unchecked => Some(Severity::Error),
            };
            let given: Vec<Severity> = findings.iter().map(|found| found.severity).collect();
            assert_eq!(given, Vec::from_iter(expected), "{reason:?}");
        }
    }

    #[test]
    fn a_reading_that_lived_where_the_likeliest_did_not_is_named() {
        let reading = |url: &str, reason: Reason| ReadingFacts {
            url: url.to_owned(),
            state: reason.state(),
            reason,
            status: None,
        };
        let mut source = sample::source(1, "https://example.org/a).", Reason::Ok);
        source.readings = vec![
            reading("https://example.org/a", Reason::NotFound),
            reading("https://example.org/a).", Reason::Ok),
        ];
        let found = of_source(&source, None).remove(0);
        assert_eq!((found.rule, found.severity), ("citation/uncertain-end", Severity::Note));
        assert!(
            found
                .message
                .starts_with("Read as https://example.org/a)., since https://example.org/a is no page")
        );
        source.url = "https://example.org/a".to_owned();
        assert_eq!(of_source(&source, None), []);
    }

    #[test]
    fn a_book_is_no_fault() {
        let source = sample::source(1, "urn:isbn:9783161484100", Reason::UnsupportedScheme);
        let found = of_source(&source, None).remove(0);
        assert_eq!(found.severity, Severity::Note);
        assert!(found.message.contains("library"), "{}", found.message);
    }

    #[test]
    fn what_was_seen_and_what_to_do_stand_in_the_message() {
        let mut source = sample::source(1, "https://example.org/a", Reason::NotFound);
        source.detail = "404 Not Found, three tries over 9 s".into();
        source.advice = None;
        let message = of_source(&source, None).remove(0).message;
        assert_eq!(
            message,
            "The link is dead (404 Not Found, three tries over 9 s): cite an archived copy or another source."
        );
        source.advice = Some("An archive has it as of 2025-03-04: cite that copy.".into());
        let message = of_source(&source, None).remove(0).message;
        assert!(
            message.ends_with("over 9 s). An archive has it as of 2025-03-04: cite that copy."),
            "{message}"
        );
    }

    #[test]
    fn a_moved_page_is_named_with_its_new_address() {
        let mut source = sample::source(1, "https://example.org/a", Reason::Moved);
        source.final_url = Some("https://example.org/b".into());
        assert!(of_source(&source, None).remove(0).message.contains("https://example.org/b"));
    }

    #[test]
    fn a_second_citation_names_the_line_of_the_first() {
        let mut source = sample::source(1, "https://example.org/a", Reason::Ok);
        source.places = vec![sample::place(22), sample::place(23)];
        let found = of_source(&source, None).remove(0);
        assert_eq!((found.rule, found.place), ("citation/duplicate", Some(sample::place(23))));
        assert!(found.message.starts_with("Cites the same page as line 22:"), "{}", found.message);
    }

    #[test]
    fn an_address_for_mail_is_no_fault_but_other_schemes_are() {
        let severity = |url: &str| {
            of_source(&sample::source(1, url, Reason::UnsupportedScheme), None).remove(0).severity
        };
        assert_eq!(severity("mailto:desk@example.org"), Severity::Note);
        assert_eq!(severity("ftp://example.org/a"), Severity::Error);
    }
}
