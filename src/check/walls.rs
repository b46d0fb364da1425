//! Walls against robots, by the name of who built them.

use crate::fetch::Response;

use super::sight::Sight;
use super::state::{Judgement, Reason};
use super::status::{advice, named};
use super::wall_marks::{BACKGROUND, CAPTCHAS, MARKS};

/// A refusal of robots. Rests on headers that only such walls send, on what their refusals look like where the status
/// is one, and on the titles of their riddles where the status says nothing.
pub(super) fn judge(sight: &Sight<'_>) -> Option<Judgement> {
    let status = sight.response.status;
    if let Some(who) = challenger(sight.response) {
        return Some(wall(format!("{} from {who}: a riddle for browsers", named(status))));
    }
    match status {
        999 => Some(wall(nine_nine_nine(sight).to_owned())),
        // 429 is a matter of how often, unless a riddle comes with it.
        400 | 401 | 403 | 405 | 406 | 429 | 503 => {
            let who = refuser(sight.response).filter(|_| status == 403).or_else(|| riddler(sight));
            let captcha = || captcha(sight).then(|| wall(format!("{} with a captcha", named(status))));
            who.map(|who| wall(format!("{} from {who}", named(status)))).or_else(captcha)
        }
        202 if sight.response.body.is_empty() => Some(wall(empty_202(sight.response))),
        200 | 202 => riddler(sight)
            .map(|who| wall(format!("{}, but only a riddle for browsers, from {who}", named(status)))),
        _ => None,
    }
}

fn wall(detail: String) -> Judgement {
    Judgement {
        advice: advice(Reason::BotWall).map(str::to_owned),
        ..Judgement::new(Reason::BotWall, detail)
    }
}

fn nine_nine_nine(sight: &Sight<'_>) -> &'static str {
    let host = sight.url.host_str().unwrap_or_default();
    let is_linkedin = host == "linkedin.com" || host.ends_with(".linkedin.com");
    if is_linkedin { "999 from LinkedIn" } else { "999, by which sites refuse robots" }
}

/// AWS WAF answers a page that was asked for with 202 and nothing in it, and expects a script to ask again.
fn empty_202(response: &Response) -> String {
    let says = |name: &str, word: &str| {
        response.header(name).is_some_and(|value| value.to_ascii_lowercase().contains(word))
    };
    let is_aws = says("server", "awselb") || says("server", "cloudfront") || says("via", "cloudfront");
    let who = if is_aws { ", from AWS WAF" } else { ", as walls against robots answer" };
    format!("{} with nothing in it{who}", named(202))
}

/// Who sends a riddle, by a header made to say so.
fn challenger(response: &Response) -> Option<&'static str> {
    let is = |name: &str, value: &str| {
        response.header(name).is_some_and(|given| given.eq_ignore_ascii_case(value))
    };
    if is("cf-mitigated", "challenge") {
        Some("Cloudflare")
    } else if is("x-amzn-waf-action", "challenge") || is("x-amzn-waf-action", "captcha") {
        Some("AWS WAF")
    } else if is("x-vercel-mitigated", "challenge") || is("x-vercel-mitigated", "deny") {
        Some("Vercel")
    } else {
        None
    }
}

/// Who answers in place of the site, by the headers of the answer. Cloudflare is not here: it puts its name under the
/// site's own answers too.
fn refuser(response: &Response) -> Option<&'static str> {
    let server = response.header("server").unwrap_or_default().to_ascii_lowercase();
    let has = |name: &str| response.header(name).is_some();
    if server.starts_with("akamaighost") || server.starts_with("akamainetstorage") {
        Some("Akamai")
    } else if server.starts_with("datadome") || has("x-datadome") || has("x-dd-b") {
        Some("DataDome")
    } else if server.starts_with("sucuri") || has("x-sucuri-block") {
        Some("Sucuri")
    } else if server.starts_with("ddos-guard") {
        Some("DDoS-Guard")
    } else if has("x-iinfo") {
        Some("Imperva")
    } else if has("x-kpsdk-ct") {
        Some("Kasada")
    } else if has("x-px-block") || has("x-px-captcha") {
        Some("HUMAN (PerimeterX)")
    } else {
        None
    }
}

/// Who wrote an answer that holds hardly anything but a riddle or a refusal.
fn riddler(sight: &Sight<'_>) -> Option<&'static str> {
    let notice = sight.notice()?;
    let refusing = sight.response.status >= 400;
    let background = BACKGROUND.iter().filter(|_| refusing);
    MARKS.iter().chain(background).find(|(_, mark)| notice.contains(mark)).map(|(who, _)| *who)
}

/// Whether a refusal comes with a captcha from whomever.
fn captcha(sight: &Sight<'_>) -> bool {
    matches!(sight.response.status, 401 | 403 | 429 | 503)
        && sight.notice().is_some_and(|notice| CAPTCHAS.iter().any(|mark| notice.contains(mark)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::staged::{ASKED, answered, exchange, html, judged, response};

    #[test]
    fn walls_are_named() {
        for (status, headers, body, detail) in [
            (403, "cf-mitigated: challenge", "", "403 Forbidden from Cloudflare: a riddle for browsers"),
            (
                503,
                "server: cloudflare",
                "<title>Just a moment...</title>",
                "503 Service Unavailable from Cloudflare",
            ),
            (403, "server: AkamaiGHost", "<h1>Access Denied</h1>", "403 Forbidden from Akamai"),
            (403, "x-datadome: protected", "", "403 Forbidden from DataDome"),
            (403, "", "<div id=px-captcha></div>", "403 Forbidden from HUMAN (PerimeterX)"),
            (429, "", "<div id=px-captcha></div>", "429 Too Many Requests from HUMAN (PerimeterX)"),
            (403, "x-kpsdk-ct: x", "", "403 Forbidden from Kasada"),
            (403, "", "<div class=g-recaptcha></div>", "403 Forbidden with a captcha"),
            (202, "server: awselb/2.0", "", "202 Accepted with nothing in it, from AWS WAF"),
            (202, "", "", "202 Accepted with nothing in it, as walls against robots answer"),
            (
                200,
                "",
                "<meta http-equiv=refresh content='5; URL=/a?bm-verify=x'><p>Wait.</p>",
                "200 OK, but only a riddle for browsers, from Akamai",
            ),
            (202, "x-amzn-waf-action: challenge", "", "202 Accepted from AWS WAF: a riddle for browsers"),
            (999, "", "", "999, by which sites refuse robots"),
            (
                200,
                "",
                "<title>Making sure you're not a bot!</title>",
                "200 OK, but only a riddle for browsers, from Anubis",
            ),
        ] {
            let judgement = judged(&html(status, headers, body));
            assert_eq!((judgement.reason, judgement.detail.as_str()), (Reason::BotWall, detail));
            assert!(judgement.advice.is_some());
        }
    }

    #[test]
    fn walls_that_speak_no_html_are_named_too() {
        for (kind, headers, body, detail) in [
            (
                "text/plain; charset=UTF-8",
                "server: cloudflare",
                "error code: 1020",
                "403 Forbidden from Cloudflare",
            ),
            (
                "application/json",
                "",
                r#"{"appId": "PXsynthetic", "blockScript": "/captcha.js"}"#,
                "403 Forbidden from HUMAN (PerimeterX)",
            ),
        ] {
            let headers = format!("content-type: {kind}\n{headers}");
            let chain = answered(vec![exchange(ASKED, 0, Ok(response(403, headers.trim(), body)))]);
            assert_eq!((judged(&chain).reason, judged(&chain).detail.as_str()), (Reason::BotWall, detail));
        }
    }

    #[test]
    fn what_only_passes_through_a_wall_is_judged_as_ever() {
        let article = format!(
            "<title>News</title><script src=/cdn-cgi/challenge-platform/h/x.js></script><p>{}",
            "Text. ".repeat(900)
        );
        for (status, headers, body, reason) in [
            (403, "server: cloudflare", "<h1>Members only</h1>", Reason::Forbidden),
            (404, "server: AkamaiGHost", "", Reason::NotFound),
            (429, "server: AkamaiGHost", "", Reason::RateLimited),
            (200, "server: cloudflare", article.as_str(), Reason::Ok),
            (200, "", "<p>Short.</p><script src=/cdn-cgi/challenge-platform/h/x.js></script>", Reason::Ok),
            (200, "x-datadome: protected", "<p>A page of its own.</p>", Reason::Ok),
        ] {
            assert_eq!(judged(&html(status, headers, body)).reason, reason, "{status} {headers} {body:.40}");
        }
    }
}
