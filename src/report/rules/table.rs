//! The table of rules.

use crate::report::finding::Severity;

/// One rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id, `group/name`; never changes.
    pub id: &'static str,
    /// How grave its findings are as a rule; single ones may be milder.
    pub severity: Severity,
    /// What it finds, in one sentence.
    pub description: &'static str,
    /// What to do about it, in words that can follow a colon.
    pub advice: &'static str,
}

impl Rule {
    /// The part of the id before the `/`.
    pub fn group(&self) -> &'static str {
        self.id.split_once('/').map_or(self.id, |(group, _)| group)
    }
}

/// The rule with this id.
pub(in crate::report) fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// Every rule, by group.
pub const RULES: &[Rule] = &[
    Rule {
        id: "link/dead",
        severity: Severity::Error,
        description: "The cited page is gone, or can never be opened at this address.",
        advice: "cite an archived copy or another source",
    },
    Rule {
        id: "link/unreachable",
        severity: Severity::Error,
        description: "The cited page could not be reached.",
        advice: "run beleg again later, and cite another source if it stays so",
    },
    Rule {
        id: "link/unchecked",
        severity: Severity::Error,
        description: "The cited address was not checked.",
        advice: "check it yourself before publishing",
    },
    Rule {
        id: "link/blocked",
        severity: Severity::Warning,
        description: "The server of the cited page refuses beleg; a reader may well be let in.",
        advice: "open it in a browser and keep a copy yourself",
    },
    Rule {
        id: "link/soft-404",
        severity: Severity::Warning,
        description: "The cited page says that it was not found, without the status to match.",
        advice: "open it, and cite an archived copy or another source if it is gone",
    },
    Rule {
        id: "link/redirected",
        severity: Severity::Warning,
        description: "The cited address leads to a home or login page instead.",
        advice: "look for the new address of the page and cite that",
    },
    Rule {
        id: "link/parked",
        severity: Severity::Warning,
        description: "The domain of the cited page looks parked or for sale.",
        advice: "take the link out, and cite an archived copy or another source",
    },
    Rule {
        id: "link/paywall",
        severity: Severity::Warning,
        description: "The cited page shows only a teaser; the rest is for subscribers.",
        advice: "compare the article with the full text yourself",
    },
    Rule {
        id: "link/consent-wall",
        severity: Severity::Warning,
        description: "The cited page shows only a consent form.",
        advice: "open it in a browser and compare it with the article yourself",
    },
    Rule {
        id: "link/fragment",
        severity: Severity::Warning,
        description: "The cited page has no such place as the one behind the # of the address.",
        advice: "correct what stands behind the #, or leave it out",
    },
    Rule {
        id: "link/empty-page",
        severity: Severity::Warning,
        description: "The cited page holds no text without its scripts.",
        advice: "open it in a browser and compare it with the article yourself",
    },
    Rule {
        id: "link/truncated",
        severity: Severity::Warning,
        description: "The cited page was received in part only.",
        advice: "run beleg again, with a higher limit if the page is very long",
    },
    Rule {
        id: "link/unsafe-redirect",
        severity: Severity::Warning,
        description: "The cited address redirects to where beleg does not follow.",
        advice: "find out where it leads before you publish the link",
    },
    Rule {
        id: "link/moved",
        severity: Severity::Note,
        description: "The cited page has moved for good.",
        advice: "cite the new address",
    },
    Rule {
        id: "citation/duplicate",
        severity: Severity::Note,
        description: "The same page is cited more than once.",
        advice: "check that another page was not meant",
    },
    Rule {
        id: "citation/uncertain-end",
        severity: Severity::Note,
        description: "The end of the address is uncertain, and only another reading of it leads to a page.",
        advice: "set the address apart from the words around it",
    },
    Rule {
        id: "figure/differs",
        severity: Severity::Error,
        description: "The source gives another figure.",
        advice: "correct the figure, or cite where it comes from",
    },
    Rule {
        id: "quote/altered",
        severity: Severity::Error,
        description: "The source has other words than the quotation.",
        advice: "quote word for word, or cite where the words come from",
    },
    Rule {
        id: "name/differs",
        severity: Severity::Error,
        description: "The source gives another name.",
        advice: "correct the name, or cite where it comes from",
    },
    Rule {
        id: "date/differs",
        severity: Severity::Error,
        description: "The source gives another date.",
        advice: "correct the date, or cite where it comes from",
    },
    Rule {
        id: "date/weekday",
        severity: Severity::Error,
        description: "A date stands beside the wrong day of the week.",
        advice: "find out which of the two is right",
    },
    Rule {
        id: "term/differs",
        severity: Severity::Error,
        description: "The source uses another term.",
        advice: "correct the term, or cite where it comes from",
    },
    Rule {
        id: "claim/differs",
        severity: Severity::Error,
        description: "A passage about the same thing says otherwise.",
        advice: "compare the sentence with the passage",
    },
    Rule {
        id: "figure/other-currency",
        severity: Severity::Warning,
        description: "The source gives the amount in another currency.",
        advice: "check the conversion, and say that it is one",
    },
    Rule {
        id: "claim/not-located",
        severity: Severity::Warning,
        description: "No passage of the sources in reach bears the sentence.",
        advice: "read the source for it, or cite where it comes from",
    },
    Rule {
        id: "claim/partly-located",
        severity: Severity::Note,
        description: "Parts of the sentence were not found in its sources.",
        advice: "look for these yourself, or cite where they come from",
    },
    Rule {
        id: "claim/source-unavailable",
        severity: Severity::Note,
        description: "No source of the sentence could be read.",
        advice: "compare it with the source yourself",
    },
    Rule {
        id: "claim/uncited",
        severity: Severity::Note,
        description: "The sentence can be checked, but no source is cited near it.",
        advice: "cite a source if it is not your own finding",
    },
    Rule {
        id: "article/no-citations",
        severity: Severity::Note,
        description: "The article cites no source.",
        advice: "cite the pages it rests on, with their addresses",
    },
    Rule {
        id: "run/interrupted",
        severity: Severity::Error,
        description: "The run was stopped before it was through.",
        advice: "run beleg again",
    },
    Rule {
        id: "run/no-network",
        severity: Severity::Error,
        description: "No source could be looked up: the machine seems to have no network.",
        advice: "connect this machine, and run beleg again",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_of_the_form_the_contract_gives() {
        let mut ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), RULES.len());
        for id in ids {
            let (group, name) = id.split_once('/').unwrap();
            assert!(group.bytes().all(|byte| byte.is_ascii_lowercase()), "{id}");
            assert!(
                name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{id}"
            );
        }
    }

    #[test]
    fn descriptions_are_sentences_and_advice_follows_a_colon() {
        for rule in RULES {
            assert!(
                rule.description.starts_with(char::is_uppercase) && rule.description.ends_with('.'),
                "{}",
                rule.id
            );
            assert!(
                rule.advice.starts_with(char::is_lowercase) && !rule.advice.ends_with('.'),
                "{}",
                rule.id
            );
        }
    }
}
