//! What a site answers to a made-up address: a page that is the same is not the page that was cited.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use url::Url;

use super::handle::is_lasting;
use super::missing_words::HINTS;
use super::page::Page;
use super::sight::Sight;
use super::soft_404::found;
use super::state::{Judgement, State};
use super::urls::{depth, is_home, same_site};
use crate::fetch::{Chain, Decoded};
use crate::markup::{Apart, resolved};

/// Two pages that share this much of their shingles are the same page.
const SAME: f64 = 0.85;

/// So many words in a row are a shingle.
const WORDS: usize = 4;

/// Words beyond this are not compared.
const MOST: usize = 20_000;

/// A page that may be a soft 404, and the address beside it that would tell.
#[derive(Clone, Debug)]
pub struct Doubt {
    /// An address of which the last part is made up.
    pub sibling: Url,
    landed: Url,
    redirected: bool,
    answer: String,
    shingles: HashSet<u64>,
}

/// Whether a page that is judged alive gives reason to ask for a sibling that cannot exist. It does where a redirect within
/// the site led to a page that is no deeper and has nothing of the old name, where a short page hints that something is not
/// there, or where it says that its own address is that of the home page. A page that scripts write is not doubted: it is
/// the same for every address, until they have run. `token` is a random number.
pub(super) fn doubt(judgement: &Judgement, sight: &Sight<'_>, token: u64) -> Option<Doubt> {
    let page = sight.page.as_ref()?;
    let asked = sight.asked;
    let may = judgement.state() == State::Alive
        && sight.response.status == 200
        && depth(asked) > 0
        && !is_lasting(asked);
    if !may || page.scripts && page.text < 500 {
        return None;
    }
    let renamed = sight.redirected() && is_renamed(asked, sight.url);
    let hinting = || page.is_short() && hints(page);
    (renamed || hinting() || is_home_in_place(page, sight)).then(|| Doubt {
        sibling: sibling(asked, token),
        landed: sight.url.clone(),
        redirected: sight.redirected(),
        answer: sight.answer(),
        shingles: shingles(page),
    })
}

impl Doubt {
    /// The judgement of the page, where what came of asking for the sibling confirms the doubt: the same page, or a redirect
    /// to the same address. A site that says of the sibling that it was not found knows its pages.
    pub fn confirmed(&self, sibling: &Chain, page: Option<&Decoded>) -> Option<Judgement> {
        let response = sibling.response().filter(|response| response.status == 200)?;
        if self.redirected && sibling.exchanges.len() > 1 && sibling.final_url() == Some(&self.landed) {
            return Some(found(format!(
                "{}, after a redirect to {}, where a made-up address beside it leads as well",
                self.answer, self.landed
            )));
        }
        let theirs = page.filter(|page| page.is_html() && !response.body.is_empty())?;
        let theirs = shingles(&Page::read(&Apart::of(&theirs.text), &[]));
        let alike = likeness(&self.shingles, &theirs);
        (alike >= SAME).then(|| {
            let percent = alike * 100.0;
            found(format!(
                "{}, but a made-up address beside it gets the same page ({percent:.0} % alike)",
                self.answer
            ))
        })
    }
}

/// Whether a redirect within a site leads to a page that is no deeper and has nothing of the old name.
fn is_renamed(asked: &Url, url: &Url) -> bool {
    let name = last_segment(asked).split('.').next().unwrap_or_default().to_lowercase();
    same_site(asked, url)
        && depth(url) <= depth(asked)
        && !name.is_empty()
        && !url.as_str().to_lowercase().contains(&name)
}

fn hints(page: &Page) -> bool {
    let said = page.said();
    let title = page.title.to_lowercase();
    HINTS.iter().any(|hint| said.contains(hint) || title.contains(hint))
}

fn is_home_in_place(page: &Page, sight: &Sight<'_>) -> bool {
    let canonical = page.canonical.as_deref().and_then(|href| sight.url.join(&resolved(href)).ok());
    canonical.is_some_and(|canonical| same_site(&canonical, sight.url) && is_home(&canonical))
}

/// `url` with its last part replaced by one that nobody chose; its ending stays, since servers go by that.
fn sibling(url: &Url, token: u64) -> Url {
    let last = last_segment(url);
    let ending =
        last.rsplit_once('.').map(|(_, ending)| format!(".{ending}")).filter(|ending| ending.len() <= 6);
    let mut sibling = url.clone();
    sibling.set_fragment(None);
    sibling.set_query(None);
    if let Ok(mut segments) = sibling.path_segments_mut() {
        segments
            .pop_if_empty()
            .pop()
            .push(&format!("beleg-probe-{token:016x}{}", ending.unwrap_or_default()));
    }
    if url.path().ends_with('/') {
        sibling.set_path(&format!("{}/", sibling.path()));
    }
    sibling
}

fn last_segment(url: &Url) -> &str {
    url.path_segments().into_iter().flatten().rfind(|segment| !segment.is_empty()).unwrap_or_default()
}

/// The shingles of what a reader sees, hashed.
fn shingles(page: &Page) -> HashSet<u64> {
    let text = resolved(&page.visible).to_lowercase();
    let words: Vec<_> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(MOST).collect();
    let size = WORDS.min(words.len()).max(1);
    words.windows(size).map(hashed).collect()
}

fn hashed(words: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

/// The part of all shingles that both have (Jaccard); nothing is like nothing.
fn likeness(one: &HashSet<u64>, other: &HashSet<u64>) -> f64 {
    let both = one.intersection(other).count();
    let all = one.len() + other.len() - both;
    #[expect(clippy::cast_precision_loss, reason = "counts of words are far below 2^52")]
    if all == 0 { 0.0 } else { both as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::judge::judge;
    use crate::check::staged::{ASKED, answered, exchange, html, redirected, response};
    use crate::check::{Content, Reason};
    use crate::fetch::decode;

    fn doubted(chain: &Chain) -> (Judgement, Option<Doubt>) {
        let page = chain.response().map(|response| decode(response, 1 << 20));
        judge(&ASKED.parse().unwrap(), &[], chain, &Content::of(page.as_ref()), 1)
    }

    fn confirmed(doubt: &Doubt, chain: &Chain) -> Option<Judgement> {
        let page = chain.response().and_then(|response| decode(response, 1 << 20).ok());
        doubt.confirmed(chain, page.as_ref())
    }

    const SORRY: &str = "<title>Example News</title><p>Sorry! The story was removed some time ago, or never was. \
        Here is what others read this week: boats, bridges, the harbour and its office.</p>";

    #[test]
    fn a_page_that_hints_at_nothing_is_not_doubted() {
        let story =
            "<title>A story</title><p>The harbour office counts boats, every spring and every autumn.</p>";
        assert!(doubted(&html(200, "", story)).1.is_none());
        assert!(doubted(&redirected(&[302], "https://a.example/2026/story-12", story)).1.is_none());
        let shell = "<div id=root>removed</div><script src=/app.js></script>";
        assert!(doubted(&html(200, "", shell)).1.is_none());
        assert!(doubted(&html(404, "", SORRY)).1.is_none());
    }

    #[test]
    fn a_page_that_is_the_same_for_a_made_up_address_is_not_the_one_cited() {
        let (judgement, doubt) = doubted(&html(200, "", SORRY));
        assert_eq!(judgement.reason, Reason::Ok);
        let doubt = doubt.unwrap();
        assert_eq!(doubt.sibling.as_str(), "https://a.example/news/beleg-probe-0000000000000001");
        let same = confirmed(&doubt, &html(200, "", SORRY)).unwrap();
        assert_eq!(same.reason, Reason::Soft404);
        assert_eq!(same.detail, "200 OK, but a made-up address beside it gets the same page (100 % alike)");
        assert!(confirmed(&doubt, &html(404, "", SORRY)).is_none(), "the site knows its pages");
        let other = "<title>Example News</title><p>Another page altogether, about other things than the first was.</p>";
        assert!(confirmed(&doubt, &html(200, "", other)).is_none());
    }

    #[test]
    fn a_redirect_that_takes_every_address_is_none_to_the_page() {
        let front = "<title>News</title><p>All the news of the week.</p>";
        let doubt = doubted(&redirected(&[302], "https://a.example/news", front)).1.unwrap();
        let sibling = |to: &str| {
            let sent = Ok(response(302, "location: x", ""));
            let page = Ok(response(200, "content-type: text/html", front));
            answered(vec![exchange(doubt.sibling.as_str(), 0, sent), exchange(to, 0, page)])
        };
        let judgement = confirmed(&doubt, &sibling("https://a.example/news")).unwrap();
        assert!(judgement.detail.ends_with("leads as well"), "{judgement:?}");
        let missing = answered(vec![exchange(doubt.sibling.as_str(), 0, Ok(response(410, "", "")))]);
        assert!(confirmed(&doubt, &missing).is_none());
    }

    #[test]
    fn a_home_page_at_another_address_says_whose_address_it_is() {
        let home = format!(
            "<link rel=canonical href='https://www.a.example/'>{}",
            "<p>Teasers of the day.</p>".repeat(300)
        );
        assert!(doubted(&html(200, "", &home)).1.is_some());
        let own = home.replace("www.a.example/'", "a.example/news/story-12'");
        assert!(doubted(&html(200, "", &own)).1.is_none());
    }

    #[test]
    fn siblings_keep_what_servers_go_by() {
        let sibling = |url: &str| sibling(&url.parse().unwrap(), 10).to_string();
        assert_eq!(
            sibling("https://a.example/x/page.html?q=1#p"),
            "https://a.example/x/beleg-probe-000000000000000a.html"
        );
        assert_eq!(sibling("https://a.example/x/page/"), "https://a.example/x/beleg-probe-000000000000000a/");
    }
}
