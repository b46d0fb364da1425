//! Query parameters that say who clicked where and never what is shown.
//!
//! They are ignored where two addresses are compared, and kept in what is fetched. Each stands here with whoever sets
//! it. A parameter that some site uses to choose what is shown (`id`, `ref`, `source`, `from`) is not one of them.

/// Parameters of any site.
const ANYWHERE: &[(&str, &str)] = &[
    ("fbclid", "Facebook click"),
    ("mibextid", "Facebook share from an app"),
    ("gclid", "Google Ads click"),
    ("gclsrc", "Google Ads click source"),
    ("dclid", "Google display click"),
    ("gbraid", "Google Ads click from an app"),
    ("wbraid", "Google Ads click from the web to an app"),
    ("gad_source", "Google Ads source"),
    ("gad_campaignid", "Google Ads campaign"),
    ("srsltid", "Google Merchant Center click"),
    ("_ga", "Google Analytics visitor handed on to another site"),
    ("_gl", "Google Analytics visitor handed on to another site"),
    ("msclkid", "Microsoft Ads click"),
    ("ocid", "Microsoft and MSN campaign"),
    ("yclid", "Yandex click"),
    ("twclid", "X (Twitter) click"),
    ("__twitter_impression", "X (Twitter) card"),
    ("ref_src", "X (Twitter) embed"),
    ("ref_url", "X (Twitter) embed"),
    ("ttclid", "TikTok click"),
    ("li_fat_id", "LinkedIn click"),
    ("igshid", "Instagram share"),
    ("igsh", "Instagram share"),
    ("epik", "Pinterest click"),
    ("rdt_cid", "Reddit click"),
    ("sc_cid", "Snapchat click"),
    ("mc_cid", "Mailchimp campaign"),
    ("mc_eid", "Mailchimp reader"),
    ("mkt_tok", "Marketo reader"),
    ("_hsenc", "HubSpot reader"),
    ("_hsmi", "HubSpot mail"),
    ("vero_id", "Vero reader"),
    ("oly_enc_id", "Omeda reader"),
    ("oly_anon_id", "Omeda reader"),
    ("ml_subscriber", "MailerLite reader"),
    ("ml_subscriber_hash", "MailerLite reader"),
    ("__s", "Drip reader"),
    ("_branch_match_id", "Branch click"),
    ("wt_mc", "Webtrekk (Mapp) campaign"),
    ("wt_zmc", "Webtrekk (Mapp) campaign"),
    ("xtor", "AT Internet campaign"),
    ("smid", "New York Times share"),
    ("smtyp", "New York Times share"),
    ("guccounter", "Yahoo consent round trip"),
    ("guce_referrer", "Yahoo consent round trip"),
    ("guce_referrer_sig", "Yahoo consent round trip"),
    ("usqp", "AMP cache"),
    ("amp_gsa", "AMP cache"),
    ("amp_js_v", "AMP cache"),
];

/// Beginnings of the parameters of a family.
const FAMILIES: &[(&str, &str)] = &[
    ("utm_", "Urchin, now Google Analytics, campaign"),
    ("mtm_", "Matomo campaign"),
    ("pk_campaign", "Piwik campaign"),
    ("pk_kwd", "Piwik campaign"),
    ("pk_keyword", "Piwik campaign"),
    ("pk_source", "Piwik campaign"),
    ("pk_medium", "Piwik campaign"),
    ("piwik_", "Piwik campaign"),
    ("hsa_", "HubSpot ads"),
    ("at_campaign", "AT Internet campaign"),
    ("at_medium", "AT Internet campaign"),
    ("at_custom", "AT Internet campaign"),
    ("at_format", "AT Internet campaign"),
    ("at_link_", "AT Internet campaign, BBC"),
    ("at_bbc_", "AT Internet campaign, BBC"),
    ("at_ptr_", "AT Internet campaign, BBC"),
    ("ns_mchannel", "Comscore campaign"),
    ("ns_source", "Comscore campaign"),
    ("ns_campaign", "Comscore campaign"),
    ("ns_linkname", "Comscore campaign"),
    ("ns_fee", "Comscore campaign"),
];

/// Parameters that only mean a click on one site: its domain, and the name.
const OF_SITES: &[(&str, &str)] = &[
    ("theguardian.com", "cmp"),
    ("youtube.com", "si"),
    ("youtube.com", "feature"),
    ("youtu.be", "si"),
    ("youtu.be", "feature"),
    ("spotify.com", "si"),
    ("x.com", "s"),
    ("x.com", "t"),
    ("twitter.com", "s"),
    ("twitter.com", "t"),
];

/// Whether the parameter `name` of an address on `host` only tells who clicked.
pub(super) fn is_tracking(host: &str, name: &str) -> bool {
    let Some(first) = name.bytes().next().map(|byte| byte.to_ascii_lowercase()) else { return false };
    let begins = |known: &str| {
        // Nearly all names are told apart by their first letter.
        known.as_bytes().first() == Some(&first)
            && name.get(..known.len()).is_some_and(|head| head.eq_ignore_ascii_case(known))
    };
    let is = |known: &str| name.len() == known.len() && begins(known);
    let of_site = |(domain, parameter): &(&str, &str)| is(parameter) && is_within(host, domain);
    FAMILIES.iter().any(|(beginning, _)| begins(beginning))
        || ANYWHERE.iter().any(|(known, _)| is(known))
        || OF_SITES.iter().any(of_site)
}

/// Whether `host` is the `domain` or below it.
pub(crate) fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_who_clicked_is_told_from_what_is_shown() {
        for name in ["utm_source", "FBCLID", "wt_zmc", "at_medium"] {
            assert!(is_tracking("example.org", name), "{name}");
        }
        for name in ["id", "ref", "source", "utm", "s", "si", "v", "page", "cmp", "at_time"] {
            assert!(!is_tracking("example.org", name), "{name}");
        }
        assert!(is_tracking("www.youtube.com", "si"));
        assert!(!is_tracking("notyoutube.com", "si"));
    }
}
