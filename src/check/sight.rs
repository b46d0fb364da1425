//! What was seen of a source, put so that each rule can ask it.

use std::time::Duration;

use url::Url;

use crate::fetch::{Chain, Decoded, Exchange, Response};

use super::fragment::Fragment;
use super::page::Page;
use super::status::named;

/// A final response and what led to it.
pub(super) struct Sight<'a> {
    /// The URL that the article cites, its fragment included.
    pub(super) asked: &'a Url,
    /// What it and further citations of the same page have after `#`.
    pub(super) fragments: Vec<&'a str>,
    /// The places within the page that these name.
    pub(super) places: Vec<Fragment>,
    /// The URL that answered.
    pub(super) url: &'a Url,
    /// Every try and redirect.
    pub(super) chain: &'a Chain,
    /// What it answered.
    pub(super) response: &'a Response,
    /// Its text, where it has any.
    pub(super) text: Option<&'a Decoded>,
    /// The facts about it, where it is HTML.
    pub(super) page: Option<Page>,
}

impl Sight<'_> {
    /// Whether a redirect led elsewhere.
    pub(super) fn redirected(&self) -> bool {
        self.chain.exchanges.first().is_some_and(|first| first.url != *self.url)
    }

    /// The statuses of the redirects on the way.
    pub(super) fn redirects(&self) -> impl Iterator<Item = u16> {
        let exchanges = self.chain.exchanges.iter();
        let before = exchanges.take_while(|exchange| exchange.url != *self.url);
        before
            .filter_map(|exchange| exchange.answer.as_ref().ok())
            .map(|response| response.status)
            .filter(|status| *status / 100 == 3)
    }

    /// How many times another URL was led to, by a redirect or by a page that sends on by itself.
    pub(super) fn hops(&self) -> usize {
        self.chain.exchanges.windows(2).filter(|two| two[0].url != two[1].url).count()
    }

    /// The answer in lower case, markup and all, where it says so little that it may be a notice and nothing else; at
    /// most 256 KiB of it.
    pub(super) fn notice(&self) -> Option<String> {
        let text = self.text?.text.as_str();
        let is_short = self.page.as_ref().map_or(text.len() < 4096, Page::is_short);
        is_short.then(|| text[..text.floor_char_boundary(1 << 18)].to_lowercase())
    }

    /// The page as it says itself, where it is HTML and short.
    pub(super) fn short(&self) -> Option<&Page> {
        self.page.as_ref().filter(|page| page.is_short())
    }

    /// The final status and the tries it took: `404 Not Found, 3 tries over 9 s`.
    pub(super) fn answer(&self) -> String {
        tried(&named(self.response.status), self.chain)
    }
}

/// `what`, and how many tries of the last URL it took where that was more than one.
pub(super) fn tried(what: &str, chain: &Chain) -> String {
    let Some(last) = chain.exchanges.last() else { return what.to_owned() };
    // A redirect to the same URL, as cookie walls send, was no try that failed.
    let led_on = |exchange: &Exchange| {
        exchange.answer.as_ref().is_ok_and(|response| response.status / 100 == 3)
            && !std::ptr::eq(exchange, last)
    };
    let tries = chain.exchanges.iter().rev();
    let tries: Vec<_> = tries.take_while(|exchange| exchange.url == last.url && !led_on(exchange)).collect();
    match tries.last() {
        Some(first) if tries.len() > 1 => {
            format!("{what}, {} tries over {}", tries.len(), lapse(first, last))
        }
        _ => what.to_owned(),
    }
}

/// The time from the start of one exchange to the end of another.
fn lapse(first: &Exchange, last: &Exchange) -> String {
    let between = Duration::try_from(last.started.duration_since(first.started)).unwrap_or_default();
    let total = between + last.elapsed;
    match total.as_secs() {
        0 => format!("{:.1} s", total.as_secs_f64()),
        seconds @ 1..120 => format!("{seconds} s"),
        seconds => format!("{} min", seconds / 60),
    }
}
