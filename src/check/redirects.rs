//! Redirects that tell something: to the home page, and for good.

use super::handle::is_lasting;
use super::sight::Sight;
use super::state::{Judgement, Reason};
use super::status::named;
use super::urls::{depth, is_home, same_site};

/// A page that is answered by the home page was most likely removed. Rests on the shape of both URLs: a path that led
/// somewhere, and one that leads nowhere. What merely chooses a language or leads from a short link is let pass.
pub(super) fn to_home(sight: &Sight<'_>) -> Option<Judgement> {
    let deep = depth(sight.asked);
    let enough = if same_site(sight.asked, sight.url) { 1 } else { 2 };
    if !sight.redirected() || deep < enough || !is_home(sight.url) {
        return None;
    }
    let advice = Some("Look for the page on the site: its address shows the home page now.".to_owned());
    Some(Judgement { advice, ..Judgement::new(Reason::RedirectedToHome, format!("leads to {}", sight.url)) })
}

/// A redirect that every hop calls permanent (RFC 9110 §15.4.2 and §15.4.9), and whose address was not made to outlast
/// the one it leads to.
pub(super) fn moved(sight: &Sight<'_>) -> Option<Judgement> {
    let statuses: Vec<_> = sight.redirects().collect();
    if !sight.redirected()
        || is_lasting(sight.asked)
        || statuses.is_empty()
        || statuses.iter().any(|status| !matches!(status, 301 | 308))
        || statuses.len() < sight.hops()
    {
        return None;
    }
    let mut new = sight.url.clone();
    new.set_fragment(sight.asked.fragment());
    let advice = Some(format!("Cite the new address: {new}"));
    let plain = if to_plain(sight) { ", from https to http" } else { "" };
    Some(Judgement { advice, ..Judgement::new(Reason::Moved, format!("{}{plain}", named(statuses[0]))) })
}

/// Whether the way led from an address that keeps others out of the connection to one that does not.
pub(super) fn to_plain(sight: &Sight<'_>) -> bool {
    let exchanges = &sight.chain.exchanges;
    exchanges.windows(2).any(|two| two[0].url.scheme() == "https" && two[1].url.scheme() == "http")
}
