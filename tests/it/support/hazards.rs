//! What is to be made of each page of the misbehaving web.

use beleg::check::Reason;

/// One thing that can go wrong, and what a reader would say about it.
pub(crate) struct Hazard {
    /// The URL as an article cites it.
    pub(crate) url: &'static str,
    /// The reasons that are right; the state follows from the reason.
    pub(crate) right: &'static [Reason],
}

const fn hazard(url: &'static str, right: &'static [Reason]) -> Hazard {
    Hazard { url, right }
}

/// Every hazard. Where a careful reader could say either of two things, both are right.
#[rustfmt::skip]
pub(crate) const HAZARDS: &[Hazard] = &[
    // Nothing wrong, though it may look so.
    hazard("https://web.test/ok", &[Reason::Ok]),
    hazard("http://web.test/ok", &[Reason::Ok]),
    hazard("https://web.test/redirect/3", &[Reason::Ok]),
    hazard("https://web.test/anchors#here", &[Reason::Ok]),
    hazard("https://web.test/latin1", &[Reason::Ok]),
    hazard("https://web.test/no-content-type", &[Reason::Ok]),
    hazard("https://web.test/gzip", &[Reason::Ok]),
    hazard("https://web.test/chunked", &[Reason::Ok]),
    hazard("https://web.test/503-then-200", &[Reason::Ok]),
    hazard("https://patient.test/429-then-200", &[Reason::Ok]),
    hazard("https://web.test/named#part", &[Reason::Ok]),
    hazard("https://web.test/ok?words#:~:text=The%20second%20count,that%20stands", &[Reason::Ok]),
    hazard("https://web.test/app#/route/2", &[Reason::Ok]),
    hazard("https://web.test/app?other#section", &[Reason::Ok]),
    hazard("https://web.test/about-missing-pages", &[Reason::Ok]),
    hazard("https://web.test/metered", &[Reason::Ok]),
    hazard("https://web.test/behind-cloudflare", &[Reason::Ok]),
    hazard("https://doi.org/10.5555/good", &[Reason::Ok]),
    hazard("https://web.test/moved", &[Reason::Moved]),
    // It answers, but perhaps not with what was cited.
    hazard("https://web.test/soft-404", &[Reason::Soft404]),
    hazard("https://web.test/home-redirect/deep/story.html", &[Reason::RedirectedToHome]),
    hazard("https://web.test/login-redirect", &[Reason::RedirectedToLogin]),
    hazard("https://web.test/paywall", &[Reason::Paywall]),
    hazard("https://web.test/ok?other=1#nowhere", &[Reason::FragmentMissing]),
    hazard("https://web.test/empty", &[Reason::EmptyPage]),
    hazard("https://web.test/soft-404-german", &[Reason::Soft404]),
    hazard("https://web.test/soft-404-french", &[Reason::Soft404]),
    hazard("https://web.test/soft-404-sentence", &[Reason::Soft404]),
    hazard("https://web.test/soft-404-teasers", &[Reason::Soft404]),
    hazard("https://web.test/soft-404-redirect", &[Reason::Soft404]),
    hazard("https://web.test/home-redirect/in/german.html", &[Reason::RedirectedToHome]),
    hazard("https://web.test/sso-redirect", &[Reason::RedirectedToLogin]),
    hazard("https://web.test/login-in-place", &[Reason::RedirectedToLogin]),
    hazard("https://web.test/consent-redirect", &[Reason::ConsentWall]),
    hazard("https://web.test/consent-in-place", &[Reason::ConsentWall]),
    hazard("https://web.test/consent-form", &[Reason::ConsentWall]),
    hazard("https://parked.test/parked", &[Reason::ParkedDomain]),
    hazard("https://parked.test/parked-words", &[Reason::ParkedDomain]),
    hazard("https://parked.test/parked-script", &[Reason::ParkedDomain]),
    hazard("https://web.test/paywall-locked", &[Reason::Paywall]),
    hazard("https://web.test/paywall-microdata", &[Reason::Paywall]),
    hazard("https://web.test/paywall-element", &[Reason::Paywall]),
    hazard("https://web.test/paywall-german", &[Reason::Paywall]),
    hazard("https://web.test/402", &[Reason::Paywall]),
    hazard("https://web.test/ok?words=2#:~:text=No%20such%20words", &[Reason::FragmentMissing]),
    hazard("https://web.test/nothing-but-markup", &[Reason::EmptyPage]),
    hazard("https://web.test/204", &[Reason::EmptyPage]),
    hazard("https://web.test/huge", &[Reason::Truncated]),
    hazard("https://web.test/truncated", &[Reason::Truncated, Reason::Incomplete]),
    hazard("https://web.test/chunked-cut", &[Reason::Truncated, Reason::Incomplete]),
    hazard("https://slow.test/drip", &[Reason::Truncated, Reason::Timeout]),
    hazard("https://slow.test/hang-in-body", &[Reason::Truncated, Reason::Timeout]),
    hazard("https://web.test/bomb", &[Reason::Ok, Reason::Truncated]),
    hazard("https://web.test/private-redirect", &[Reason::UnsafeRedirect]),
    hazard("https://web.test/loopback-redirect", &[Reason::UnsafeRedirect]),
    hazard("https://web.test/metadata-redirect", &[Reason::UnsafeRedirect]),
    hazard("https://web.test/file-redirect", &[Reason::UnsafeRedirect]),
    // It refuses robots, or everybody.
    hazard("https://web.test/401", &[Reason::Unauthorized]),
    hazard("https://web.test/403", &[Reason::Forbidden]),
    hazard("https://web.test/403-akamai", &[Reason::BotWall]),
    hazard("https://web.test/403-challenge", &[Reason::BotWall]),
    hazard("https://web.test/403-datadome", &[Reason::BotWall]),
    hazard("https://web.test/403-human", &[Reason::BotWall]),
    hazard("https://web.test/403-human-json", &[Reason::BotWall]),
    hazard("https://web.test/403-imperva", &[Reason::BotWall]),
    hazard("https://web.test/403-captcha", &[Reason::BotWall]),
    hazard("https://web.test/403-error-1020", &[Reason::BotWall]),
    hazard("https://web.test/503-challenge", &[Reason::BotWall]),
    hazard("https://web.test/202-aws", &[Reason::BotWall]),
    hazard("https://web.test/202-aws-action", &[Reason::BotWall]),
    hazard("https://web.test/200-akamai", &[Reason::BotWall]),
    hazard("https://web.test/200-anubis", &[Reason::BotWall]),
    hazard("https://web.test/999", &[Reason::BotWall]),
    hazard("https://doi.org/10.5555/walled", &[Reason::BotWall]),
    hazard("https://busy.test/429", &[Reason::RateLimited]),
    hazard("https://web.test/451", &[Reason::Legal]),
    // It is gone.
    hazard("https://web.test/404", &[Reason::NotFound]),
    hazard("https://doi.org/10.5555/unknown", &[Reason::NotFound]),
    hazard("https://web.test/410", &[Reason::Gone]),
    hazard("https://web.test/418", &[Reason::ClientError]),
    hazard("https://web.test/loop", &[Reason::RedirectLoop]),
    hazard("https://web.test/redirect/30", &[Reason::RedirectLoop]),
    hazard("https://web.test/not-http", &[Reason::NotHttp]),
    // It could not be reached this time.
    hazard("https://slow.test/hang", &[Reason::Timeout]),
    hazard("https://refused.test/", &[Reason::Refused]),
    hazard("https://web.test/reset", &[Reason::Reset]),
    hazard("https://web.test/head-cut", &[Reason::Incomplete]),
    hazard("https://web.test/500", &[Reason::ServerError]),
    hazard("https://expired.test/", &[Reason::TlsInvalid]),
    hazard("https://not-yet.test/", &[Reason::TlsInvalid]),
    hazard("https://wrong-name.test/", &[Reason::TlsInvalid]),
    hazard("https://self-signed.test/", &[Reason::TlsInvalid]),
    hazard("https://no-tls.test/", &[Reason::TlsFailure]),
    // It is not asked.
    hazard("http://127.0.0.1:1/", &[Reason::PrivateAddress]),
    hazard("http://10.0.0.1/", &[Reason::PrivateAddress]),
    hazard("http://169.254.169.254/latest/meta-data/", &[Reason::PrivateAddress]),
    hazard("http://[::1]/", &[Reason::PrivateAddress]),
    hazard("ftp://web.test/file.txt", &[Reason::UnsupportedScheme]),
];
