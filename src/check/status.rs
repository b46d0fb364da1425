//! What a status code means for a source.

use super::state::Reason;

/// The reason that a final status stands for by itself; nothing where the page must be looked at.
pub(super) fn reason(status: u16) -> Option<Reason> {
    Some(match status {
        204 | 205 => Reason::EmptyPage,
        200..=299 => return None,
        // No redirect that could be followed, or it would have been.
        300..=399 => Reason::UnsafeRedirect,
        401 => Reason::Unauthorized,
        402 => Reason::Paywall,
        403 => Reason::Forbidden,
        404 => Reason::NotFound,
        408 => Reason::Timeout,
        410 => Reason::Gone,
        425 | 429 => Reason::RateLimited,
        451 => Reason::Legal,
        400..=499 => Reason::ClientError,
        // No registered status: LinkedIn and a few others refuse robots with it.
        999 => Reason::BotWall,
        _ => Reason::ServerError,
    })
}

/// The status as people know it, `404 Not Found`: the names of the IANA registry and a few that are in wide use.
pub(super) fn named(status: u16) -> String {
    let name = match status {
        200 => "OK",
        202 => "Accepted",
        203 => "Non-Authoritative Information",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        418 => "I'm a Teapot",
        421 => "Misdirected Request",
        425 => "Too Early",
        429 => "Too Many Requests",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        520..=527 => "Cloudflare cannot reach the site",
        _ => return status.to_string(),
    };
    format!("{status} {name}")
}

/// What to do about a reason that a status stands for, where beleg knows.
pub(super) fn advice(reason: Reason) -> Option<&'static str> {
    Some(match reason {
        Reason::NotFound | Reason::Gone => "Cite an archived copy, or another source.",
        Reason::Forbidden | Reason::BotWall => {
            "Open it in a browser: the site turns programs away, which says nothing about whether the page is there."
        }
        Reason::Unauthorized | Reason::Paywall => {
            "Open it with an account: readers without one will not see it."
        }
        Reason::RateLimited => "Check it again later: the site asks for fewer requests.",
        Reason::ServerError | Reason::Timeout => {
            "Check it again later: the trouble is on the server's side and may pass."
        }
        Reason::Legal => "Open it from another country, or cite another source.",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::State;

    #[test]
    fn statuses_have_their_reasons() {
        for (status, expected) in [
            (200, None),
            (206, None),
            (204, Some(Reason::EmptyPage)),
            (304, Some(Reason::UnsafeRedirect)),
            (400, Some(Reason::ClientError)),
            (401, Some(Reason::Unauthorized)),
            (402, Some(Reason::Paywall)),
            (403, Some(Reason::Forbidden)),
            (404, Some(Reason::NotFound)),
            (408, Some(Reason::Timeout)),
            (410, Some(Reason::Gone)),
            (418, Some(Reason::ClientError)),
            (429, Some(Reason::RateLimited)),
            (451, Some(Reason::Legal)),
            (500, Some(Reason::ServerError)),
            (503, Some(Reason::ServerError)),
            (522, Some(Reason::ServerError)),
            (999, Some(Reason::BotWall)),
        ] {
            assert_eq!(reason(status), expected, "{status}");
        }
    }

    #[test]
    fn no_status_but_those_of_success_is_alive() {
        for status in (100..200).chain(300..1000) {
            assert!(reason(status).is_some_and(|reason| reason.state() != State::Alive), "{status}");
        }
    }

    #[test]
    fn statuses_are_named_where_they_have_a_name() {
        assert_eq!(named(404), "404 Not Found");
        assert_eq!(named(999), "999");
    }
}
