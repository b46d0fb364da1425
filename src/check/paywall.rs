//! Pages of which a reader without a subscription sees the beginning.

use serde_json::Value;

use super::page::Page;
use super::sight::Sight;
use super::state::{Judgement, Reason};

/// More characters in paragraphs than this are no teaser.
const TEASER: usize = 3000;

/// More characters in paragraphs than this are no teaser where only the look of the page speaks for a paywall.
const SHORT_TEASER: usize = 1500;

/// What teasers end with, in lower case.
const CALLS: [&str; 24] = [
    "subscribe to continue reading",
    "subscribe to keep reading",
    "subscribe to read the full",
    "subscribe to read more",
    "to continue reading this article",
    "to read the full story",
    "this article is for subscribers",
    "this content is for subscribers",
    "exclusive to subscribers",
    "jetzt weiterlesen mit",
    "weiterlesen mit",
    "jetzt abonnieren und weiterlesen",
    "nur für abonnenten",
    "exklusiv für abonnenten",
    "diesen artikel weiterlesen",
    "réservé aux abonnés",
    "réservé à nos abonnés",
    "pour lire la suite",
    "exclusivo para suscriptores",
    "solo para suscriptores",
    "riservato agli abbonati",
    "alleen voor abonnees",
    "tylko dla subskrybentów",
    "для підписників",
];

/// A paywall. Rests on the publisher's own word (`isAccessibleForFree`, schema.org, which search engines ask for, or
/// `article:content_tier`) and on there being no more text than a teaser: many publishers say so and show the whole
/// article to the first visits. Without such a word, on an element that is named for a paywall or on a call to subscribe,
/// and on even less text.
pub(super) fn judge(sight: &Sight<'_>) -> Option<Judgement> {
    let page = sight.page.as_ref()?;
    let shown = page.paragraphs;
    let seen = if shown <= TEASER && says_so(page) {
        format!("the page says that it is not free, and shows {shown} characters of text")
    } else if shown > SHORT_TEASER {
        return None;
    } else if page.paywall {
        format!("the page has a paywall, and shows {shown} characters of text")
    } else {
        let said = page.is_short().then(|| page.said())?;
        let call = CALLS.iter().find(|call| said.contains(*call))?;
        format!("the page says “{call}”, and shows {shown} characters of text")
    };
    let advice = Some("Open it with a subscription, or cite a source that every reader can read.".to_owned());
    Some(Judgement { advice, ..Judgement::new(Reason::Paywall, seen) })
}

fn says_so(page: &Page) -> bool {
    let stated = page.linked_data.iter().filter_map(|text| serde_json::from_str(text.trim()).ok());
    page.locked
        || page.accessible.iter().any(|value| is_false(value))
        || stated.into_iter().any(|value: Value| is_closed(&value))
}

/// Whether the thing a page is about, or one of several, is not free. Its parts (`hasPart`) are not asked: a free page
/// may have a part that is not.
fn is_closed(value: &Value) -> bool {
    let things: &[Value] = match value {
        Value::Array(things) => things,
        Value::Object(thing) => match thing.get("@graph") {
            Some(Value::Array(things)) => things,
            _ => std::slice::from_ref(value),
        },
        _ => return false,
    };
    things.iter().any(|thing| match thing.get("isAccessibleForFree") {
        Some(Value::Bool(free)) => !free,
        Some(Value::String(text)) => is_false(text),
        _ => false,
    })
}

/// `False`, `false`, `https://schema.org/False`.
fn is_false(text: &str) -> bool {
    text.rsplit('/').next().is_some_and(|word| word.trim().eq_ignore_ascii_case("false"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(json: &str) -> bool {
        is_closed(&serde_json::from_str(json).unwrap())
    }

    #[test]
    fn the_publishers_word_is_read_in_every_form() {
        for json in [
            r#"{"@type": "NewsArticle", "isAccessibleForFree": false}"#,
            r#"{"isAccessibleForFree": "False"}"#,
            r#"[{"@type": "WebSite"}, {"isAccessibleForFree": "https://schema.org/False"}]"#,
            r#"{"@graph": [{"isAccessibleForFree": false}]}"#,
        ] {
            assert!(closed(json), "{json}");
        }
        for json in [
            r#"{"isAccessibleForFree": true, "hasPart": {"isAccessibleForFree": false}}"#,
            r#"{"headline": "isAccessibleForFree: false"}"#,
            "[]",
            "3",
        ] {
            assert!(!closed(json), "{json}");
        }
    }
}
