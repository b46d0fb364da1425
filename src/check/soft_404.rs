//! Pages that say they were not found, with a status that says they were.

use url::Url;

use super::missing_words::{PHRASES, SENTENCES};
use super::sight::Sight;
use super::state::{Judgement, Reason};

/// Fewer characters than this are a notice and no article.
const NOTICE: usize = 600;

/// A page that calls itself not found. Rests on a title or heading that says this and hardly anything else; one of them
/// is enough where there is little text, both are needed where there is much, as with a page full of teasers. A page of
/// a sentence or two may say it in these. A redirect to an address made for missing pages is as good.
pub(super) fn judge(sight: &Sight<'_>) -> Option<Judgement> {
    if sight.redirected() && is_missing(sight.url) && !is_missing(sight.asked) {
        return Some(found(format!("leads to {}", sight.url)));
    }
    let page = sight.page.as_ref()?;
    let (title, heading) = (says_so(&page.title), says_so(&page.heading));
    if title && heading || page.is_short() && (title || heading) {
        let said = if title { &page.title } else { &page.heading };
        return Some(found(format!("{}, but the page says “{said}”", sight.answer())));
    }
    let said = (page.text < NOTICE).then(|| page.said())?;
    let sentence = SENTENCES.iter().find(|sentence| said.contains(*sentence))?;
    Some(found(format!("{}, but the page is short and speaks of “{sentence}”", sight.answer())))
}

/// The judgement of a page that is not the one cited.
pub(super) fn found(detail: String) -> Judgement {
    let advice = Some("Open it: if the page is gone, cite an archived copy, or another source.".to_owned());
    Judgement { advice, ..Judgement::new(Reason::Soft404, detail) }
}

/// Whether a part of a title, between the marks that set off the name of a site, says so and little more.
fn says_so(title: &str) -> bool {
    let title = title.to_lowercase().replace(" - ", "|");
    let parts = title
        .split(['|', '–', '—', '·', '•', '»', '«'])
        .map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()));
    parts.filter(|part| !part.is_empty()).any(|part| PHRASES.iter().any(|phrase| is_mostly(part, phrase)))
}

/// Whether `part` is `phrase`, give or take a word such as "Oops" or "Error". Short phrases must stand almost alone:
/// "Not found" opens the title of many a story.
fn is_mostly(part: &str, phrase: &str) -> bool {
    let (length, own) = (part.chars().count(), phrase.chars().count());
    let slack = if own < 10 { 10 } else { 15 };
    let rest = part.strip_prefix(phrase).or_else(|| part.strip_suffix(phrase));
    let whole = rest.is_some_and(|rest| !touches(rest, part.starts_with(phrase)));
    whole && length <= own + slack && (own >= 10 || rest.is_some_and(is_filler))
}

/// Whether a phrase goes on without a break into the rest, as "404" does in "4040".
fn touches(rest: &str, follows: bool) -> bool {
    let next = if follows { rest.chars().next() } else { rest.chars().next_back() };
    next.is_some_and(|next| next.is_ascii_alphanumeric())
}

/// What may stand beside a short phrase.
fn is_filler(rest: &str) -> bool {
    let mut words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| {
        matches!(
            word,
            "404"
                | "error"
                | "fehler"
                | "erreur"
                | "http"
                | "oops"
                | "sorry"
                | "not"
                | "found"
                | "page"
                | "the"
        )
    })
}

/// Whether a path is one made for missing pages.
fn is_missing(url: &Url) -> bool {
    let mut segments = url.path_segments().into_iter().flatten();
    segments.any(|segment| {
        let stem = segment.split('.').next().unwrap_or(segment).to_ascii_lowercase();
        matches!(
            stem.as_str(),
            "404"
                | "error404"
                | "404error"
                | "404-error"
                | "error-404"
                | "notfound"
                | "not-found"
                | "not_found"
                | "pagenotfound"
                | "page-not-found"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_missing_pages_are_known() {
        for title in [
            "404",
            "Error 404",
            "404 – Not Found",
            "404 Not Found",
            "Page not found | Example News",
            "Example: Page Not Found",
            "Oops! Page not found.",
            "Seite nicht gefunden - Beispielzeitung",
            "Die Seite wurde nicht gefunden",
            "Page introuvable · Exemple",
            "Страница не найдена",
            "ページが見つかりません",
            "Sorry, this page isn’t available.",
            "Not found",
        ] {
            assert!(says_so(title), "{title}");
        }
    }

    #[test]
    fn titles_that_speak_of_other_things_are_left_alone() {
        for title in [
            "",
            "Why so many links end in page not found: a study",
            "Not found guilty",
            "Lost and not found: the missing millions",
            "404 people rescued",
            "Peugeot 404",
            "The 4040 project",
            "How to design a 404 page",
            "Sicherheitsgarantien für die Ukraine",
            "Flight MH370 still not found",
            "404 Media",
        ] {
            assert!(!says_so(title), "{title}");
        }
    }
}
