//! Pages that answer well enough, and are yet not what was cited: one path a way.

use beleg::demo::Answer;

use super::pages;

const HTML: (&str, &str) = ("Content-Type", "text/html; charset=utf-8");

/// The answer to `path`, where it is one of these.
pub(super) fn judged(path: &str) -> Option<Answer> {
    missing(path)
        .or_else(|| gates(path))
        .or_else(|| paywalls(path))
        .or_else(|| walls(path))
        .or_else(|| identifiers(path))
        .or_else(|| in_order(path))
}

/// Pages that look odd and are in order.
fn in_order(path: &str) -> Option<Answer> {
    let html = |page: String| Some(Answer::html(200, page));
    let scripts = "<div id=\"root\"></div><script src=\"/app.js\"></script>";
    match path {
        "/app" => html(pages::page("Written by scripts", scripts, &[])),
        "/named" => html(pages::full("Named").replace("<p>Eleven", "<a name=\"part\"></a><p>Eleven")),
        "/about-missing-pages" => html(pages::full("Why links end in page not found")),
        "/metered" => html(pages::long("Read by all").replace("</head>", &format!("{}</head>", not_free()))),
        "/behind-cloudflare" => {
            let page = pages::full("Let through");
            let page = page
                .replace("</head>", "<script src=\"/cdn-cgi/challenge-platform/h/x.js\"></script></head>");
            Some(Answer::new(200, &[("Server", "cloudflare"), HTML], page))
        }
        "/de/" => html(pages::full("Die Hafenzeitung")),
        _ => None,
    }
}

/// Pages that are gone and do not say so by their status.
fn missing(path: &str) -> Option<Answer> {
    let page = |title, words: &[&str]| Some(Answer::html(200, pages::page(title, "", words)));
    let teasers = "Many words about other things stand here. ";
    match path {
        "/soft-404-german" => page("Seite nicht gefunden | Hafenzeitung", &["Das tut uns leid."]),
        "/soft-404-french" => page("Page introuvable", &["Nous sommes désolés."]),
        "/soft-404-sentence" => {
            page("The harbour paper", &["We couldn&rsquo;t find the page you were looking for."])
        }
        "/soft-404-teasers" => page("Page not found - The harbour paper", &[&teasers.repeat(90)]),
        "/soft-404-redirect" => Some(Answer::redirect(302, "/errors/404.html")),
        "/errors/404.html" => page("The harbour paper", &["There is nothing to read."]),
        "/home-redirect/in/german.html" => Some(Answer::redirect(301, "/de/")),
        _ if path.starts_with("/catch-all/") => page(
            "The harbour paper",
            &["The story may have been removed. Others read of boats and of bridges."],
        ),
        _ if path.starts_with("/home-in-place/") => {
            let head = "<link rel=\"canonical\" href=\"https://web.test/\">";
            Some(Answer::html(200, pages::page("The harbour paper", head, &[&teasers.repeat(90)])))
        }
        "/removed-statues" => page("Statues removed", &["Two statues were removed from the quay in spring."]),
        "/nothing-but-markup" => {
            Some(Answer::html(200, "<!doctype html><html><body><div> </div></body></html>"))
        }
        "/204" => Some(Answer::new(204, &[], "")),
        "/parked" => page("parked.test is for sale", &["Make an offer."]),
        "/parked-words" => page("parked.test", &["This domain is parked. Related searches."]),
        "/parked-script" => {
            let head = "<script src=\"https://img.sedoparking.com/templates/x.js\"></script>";
            Some(Answer::html(200, pages::page("parked.test", head, &["Sponsored listings."])))
        }
        _ => None,
    }
}

/// Logins and consent forms in place of the page.
fn gates(path: &str) -> Option<Answer> {
    Some(match path {
        "/sso-redirect" => Answer::redirect(302, "/sso/start?return=x"),
        "/login-in-place" | "/sso/start" => Answer::html(200, pages::login()),
        "/consent-redirect" => Answer::redirect(302, "/consent/tcf?return=x"),
        "/consent/tcf" | "/consent-in-place" => Answer::html(
            200,
            pages::page("We value your privacy", "", &["<form action=\"/x\"><button>Agree</button></form>"]),
        ),
        "/consent-form" => {
            let form = "<form action=\"https://consent.google.com/save\"><button>Agree</button></form>";
            Answer::html(200, pages::page("One moment", "", &[form]))
        }
        _ => return None,
    })
}

/// Teasers, told by the publisher's word, by their markup and by their words.
fn paywalls(path: &str) -> Option<Answer> {
    let page =
        |head: &str, words: &[&str]| Some(Answer::html(200, pages::page("For subscribers", head, words)));
    match path {
        "/paywall-locked" => {
            page("<meta property=\"article:content_tier\" content=\"locked\">", &["It begins."])
        }
        "/paywall-microdata" => {
            page("<meta itemprop=\"isAccessibleForFree\" content=\"False\">", &["It begins."])
        }
        "/paywall-element" => page("", &["It begins.</p><div class=\"article-paywall\"><p>Offers."]),
        "/paywall-german" => page("", &["Es beginnt.", "Jetzt weiterlesen mit dem Abo."]),
        "/402" => Some(Answer::html(402, pages::page("Payment required", "", &["It costs something."]))),
        _ => None,
    }
}

/// Refusals of robots, with the marks by which their makers are known.
fn walls(path: &str) -> Option<Answer> {
    let short = |title: &str, body: &str| pages::page(title, "", &[body]);
    Some(match path {
        "/403-datadome" => Answer::new(403, &[("X-DataDome", "protected"), HTML], short("No", "No.")),
        "/403-human" => {
            Answer::html(403, short("Access to this page has been denied", "<div id=\"px-captcha\"></div>"))
        }
        "/403-human-json" => Answer::new(
            403,
            &[("Content-Type", "application/json")],
            r#"{"appId": "PXsynthetic", "note": "Synthetic answer for tests."}"#,
        ),
        "/403-imperva" => Answer::new(403, &[("X-Iinfo", "1-2-3"), HTML], short("No", "No.")),
        "/403-captcha" => Answer::html(403, short("One more step", "<div class=\"h-captcha\"></div>")),
        "/403-error-1020" => {
            let headers = [("Server", "cloudflare"), ("Content-Type", "text/plain; charset=UTF-8")];
            Answer::new(403, &headers, "error code: 1020")
        }
        "/503-challenge" => Answer::new(
            503,
            &[("Server", "cloudflare"), HTML],
            short("x", "x").replace("<title>x<", "<title>Just a moment...<"),
        ),
        "/202-aws" => Answer::new(202, &[("Server", "awselb/2.0")], ""),
        "/202-aws-action" => Answer::new(202, &[("x-amzn-waf-action", "challenge"), HTML], ""),
        "/200-akamai" => Answer::html(
            200,
            pages::page(
                "&nbsp;",
                "<meta http-equiv=\"refresh\" content=\"5; URL=/200-akamai?bm-verify=y\">",
                &[],
            ),
        ),
        "/200-anubis" => Answer::html(200, short("Making sure you&#39;re not a bot!", "Wait.")),
        "/999" => Answer::html(999, short("Request denied", "No.")),
        _ => return None,
    })
}

/// A resolver of identifiers and the publishers behind it.
fn identifiers(path: &str) -> Option<Answer> {
    Some(match path {
        "/10.5555/good" => Answer::redirect(302, "https://web.test/ok?doi"),
        "/10.5555/walled" => Answer::redirect(302, "https://web.test/403-challenge?doi"),
        "/10.5555/unknown" => Answer::html(404, pages::page("DOI not found", "", &["Nobody registered it."])),
        _ => return None,
    })
}

fn not_free() -> &'static str {
    r#"<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>"#
}
