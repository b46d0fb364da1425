//! Text fragments (WICG Scroll to Text Fragment): whether the words that a URL leads to stand on the page.

use super::fragment::decoded;
use super::sight::Sight;
use super::state::{Judgement, Reason};
use crate::markup::resolved;

/// More directives than these in one URL are not looked at.
const MOST: usize = 10;

/// One `text=` directive: where the passage begins, and where it ends if it is named by both ends.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Directive {
    start: String,
    end: Option<String>,
}

/// Words that the page does not have. Rests on none of the passages that one of the URLs names standing in the text,
/// capitals and white space not counted, in a page that holds its text itself.
pub(super) fn judge(sight: &Sight<'_>) -> Option<Judgement> {
    let page = sight.page.as_ref().filter(|page| !page.is_written_by_scripts())?;
    let named = sight.fragments.iter().map(|fragment| directives(fragment));
    let named: Vec<Vec<Directive>> = named.filter(|directives| !directives.is_empty()).collect();
    if named.is_empty() {
        return None;
    }
    let text = condensed(&resolved(&page.visible));
    let is_missing =
        |directives: &&Vec<Directive>| !directives.iter().any(|directive| directive.is_in(&text));
    let first = named.iter().find(is_missing)?.first()?;
    let advice = Some("Look for the passage on the page: it may have been changed, or removed.".to_owned());
    let detail = format!("the page does not have the words “{}”", shown(&first.start));
    Some(Judgement { advice, ..Judgement::new(Reason::FragmentMissing, detail) })
}

impl Directive {
    /// Reads `[prefix-,]start[,end][,-suffix]`. What stands around the passage only tells it from others like it.
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(',').filter(|part| !part.ends_with('-') && !part.starts_with('-'));
        let start = decoded(parts.next()?);
        let end = parts.next().map(decoded).filter(|end| !end.trim().is_empty());
        (!start.trim().is_empty()).then_some(Self { start, end })
    }

    fn is_in(&self, text: &str) -> bool {
        let start = condensed(&self.start);
        let Some(at) = text.find(&start) else { return false };
        // The end is looked for behind the first place where the passage may begin, which is the most it can have.
        self.end.as_ref().is_none_or(|end| text[at + start.len()..].contains(&condensed(end)))
    }
}

/// The text directives of a fragment.
fn directives(fragment: &str) -> Vec<Directive> {
    let Some((_, directives)) = fragment.split_once(":~:") else {
        return Vec::new();
    };
    let texts = directives.split('&').filter_map(|directive| directive.strip_prefix("text="));
    texts.take(MOST).filter_map(Directive::read).collect()
}

/// Text without capitals, white space and characters that nobody sees: what is left of it across line breaks and tags.
fn condensed(text: &str) -> String {
    let unseen =
        |c: &char| !(c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}'));
    text.chars().filter(unseen).flat_map(char::to_lowercase).collect()
}

fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(80).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::staged::{ASKED, html, judged_as};

    const PAGE: &str = "<title>A story</title><p>As much as <b>800</b>&nbsp;million, the report\n says.</p><p>It ends here.</p>";

    #[test]
    fn words_are_found_across_tags_lines_and_references() {
        for (fragment, reason) in [
            ("as%20much%20as%20800%20million", Reason::Ok),
            ("As%20much,ends%20here", Reason::Ok),
            ("before-,the%20report,-says", Reason::Ok),
            ("not%20there&text=the%20report", Reason::Ok),
            ("", Reason::Ok),
            ("as%20much%20as%20900", Reason::FragmentMissing),
            ("ends%20here,As%20much", Reason::FragmentMissing),
        ] {
            let asked = format!("{ASKED}#:~:text={fragment}");
            assert_eq!(judged_as(&asked, &html(200, "", PAGE)).reason, reason, "{fragment}");
        }
        let judgement = judged_as(&format!("{ASKED}#:~:text=not%20there"), &html(200, "", PAGE));
        assert_eq!(judgement.detail, "the page does not have the words “not there”");
    }

    #[test]
    fn a_page_that_scripts_write_is_not_asked() {
        let page = html(200, "", "<div id=root></div><script src=/app.js></script>");
        assert_eq!(judged_as(&format!("{ASKED}#:~:text=words"), &page).reason, Reason::Ok);
    }
}
