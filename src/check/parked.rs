//! Domains that were given up and show advertisements or an offer to sell.

use super::sight::Sight;
use super::state::{Judgement, Reason};
use crate::citation::is_within;

/// Services that hold such domains: their own hosts, and what their pages load from.
const SERVICES: [(&str, &str); 18] = [
    ("sedoparking.com", "Sedo"),
    ("sedo.com", "Sedo"),
    ("parkingcrew.net", "ParkingCrew"),
    ("bodis.com", "Bodis"),
    ("hugedomains.com", "HugeDomains"),
    ("afternic.com", "Afternic"),
    ("dan.com", "Dan"),
    ("above.com", "Above"),
    ("domainmarket.com", "DomainMarket"),
    ("buydomains.com", "BuyDomains"),
    ("d38psrni17bvxu.cloudfront.net", "ParkingCrew"),
    ("parklogic.com", "ParkLogic"),
    ("skenzo.com", "Skenzo"),
    ("cashparking.com", "GoDaddy"),
    ("parking.godaddy.com", "GoDaddy"),
    ("namebright.com", "NameBright"),
    ("sedodna.com", "Sedo"),
    ("atom.com", "Atom"),
];

/// What titles of such pages say after the name of the domain, in lower case.
const OFFERS: [&str; 5] =
    ["is for sale", "domain is for sale", "may be for sale", "steht zum verkauf", "est à vendre"];

/// What such pages say, in lower case. Only a page that is little more than this is taken at its word.
const SAYINGS: [&str; 14] = [
    "this domain is for sale",
    "this domain name is for sale",
    "this domain may be for sale",
    "buy this domain",
    "domain is parked",
    "domain has been parked",
    "this domain has expired",
    "this domain has recently been registered",
    "diese domain steht zum verkauf",
    "diese domain kaufen",
    "diese domain ist geparkt",
    "ce nom de domaine est à vendre",
    "este dominio está en venta",
    "questo dominio è in vendita",
];

/// Fewer characters than this may be a saying and some advertisements.
const LITTLE: usize = 800;

/// A parked domain. Rests on a redirect to such a service, on scripts, frames or forms of one in a page with little text,
/// on a title that offers the very domain for sale, or on a page that says so and hardly anything else.
pub(super) fn judge(sight: &Sight<'_>) -> Option<Judgement> {
    let host = sight.url.host_str()?;
    let sent = sight.redirected().then(|| service(host)).flatten();
    let page = sight.short();
    let loaded = page.and_then(|page| page.loads.iter().find_map(|url| service(host_of(url)?)));
    if service(sight.asked.host_str()?).is_some() {
        return None;
    }
    let detail = match sent.or(loaded) {
        Some(service) => format!("a page of {service}, where domains are sold"),
        None if page.is_some_and(|page| offers(&page.title, host)) => {
            "the page offers the domain for sale".to_owned()
        }
        None => {
            let said = page.filter(|page| page.text < LITTLE)?.said();
            let saying = SAYINGS.iter().find(|saying| said.contains(*saying))?;
            format!("the page says “{saying}”")
        }
    };
    let advice = Some("Cite an archived copy, or another source: the site is gone.".to_owned());
    Some(Judgement { advice, ..Judgement::new(Reason::ParkedDomain, detail) })
}

fn service(host: &str) -> Option<&'static str> {
    let found = SERVICES.iter().find(|(known, _)| is_within(host, known));
    found.map(|(_, name)| *name)
}

/// The host of a URL as pages write it, absolute or without a scheme.
fn host_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("//")?;
    rest.split(['/', '?', '#', ':']).next()
}

fn offers(title: &str, host: &str) -> bool {
    let (title, host) = (title.to_lowercase(), host.strip_prefix("www.").unwrap_or(host));
    title.contains(host) && OFFERS.iter().any(|offer| title.contains(offer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_known_by_their_hosts() {
        assert_eq!(host_of("//img.sedoparking.com/x.js").and_then(service), Some("Sedo"));
        assert_eq!(host_of("https://www.bodis.com?x").and_then(service), Some("Bodis"));
        assert_eq!(host_of("/local.js").and_then(service), None);
        assert_eq!(service("jordan.com"), None);
    }

    #[test]
    fn an_offer_names_the_domain() {
        assert!(offers("gone.example is for sale | HugeDomains", "www.gone.example"));
        assert!(!offers("The White House is for sale", "news.example"));
    }
}
