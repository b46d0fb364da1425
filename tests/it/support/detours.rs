//! Pages that a client reaches only by a detour: another try, a cookie, a page that sends on.

use std::time::SystemTime;

use beleg::demo::{Answer, Request, Step};
use bytes::Bytes;
use data_encoding::HEXLOWER;

use super::pages;

const HTML: (&str, &str) = ("Content-Type", "text/html; charset=utf-8");

/// The answer to `request`, where it is for one of these; `times` says how often a path has been asked for.
pub(super) fn detour(request: &Request, times: impl Fn(&str) -> u32) -> Option<Answer> {
    let path = request.path.split('?').next().unwrap_or_default();
    sent_on(path).or_else(|| cookies(request, path)).or_else(|| tries(path, times)).or_else(|| packed(path))
}

/// Pages that send on by themselves, and hops that are worth a note.
fn sent_on(path: &str) -> Option<Answer> {
    let page = |head: &str| Answer::html(200, pages::page("One moment", head, &["The page has moved."]));
    Some(match path {
        "/refresh" => page("<meta http-equiv=\"refresh\" content=\"0; url=/moved/here\">"),
        "/refresh-header" => {
            Answer::new(200, &[("Refresh", "1; url=/moved/here"), HTML], pages::full("One moment"))
        }
        "/refresh-circle" => page("<meta http-equiv=\"refresh\" content=\"1; url=/refresh-circle/back\">"),
        "/refresh-circle/back" => page("<meta http-equiv=\"refresh\" content=\"1; url=/refresh-circle\">"),
        "/to-plain" => Answer::redirect(302, "http://web.test/ok?plain"),
        "/early-hints" => Answer::default()
            .send("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n")
            .then(Answer::html(200, pages::full("After a hint")).steps.remove(0))
            .send(pages::full("After a hint")),
        _ => return None,
    })
}

/// Walls that let pass whoever brings back what they gave.
fn cookies(request: &Request, path: &str) -> Option<Answer> {
    let brings = |cookie: &str| request.header("cookie").is_some_and(|given| given.contains(cookie));
    let sets = |cookie: &str| {
        Answer::new(302, &[("Location", path), ("Set-Cookie", &format!("{cookie}; Path=/; HttpOnly"))], "")
    };
    match path {
        "/cookie-wall" if brings("seen=1") => Some(Answer::html(200, pages::full("Behind the wall"))),
        "/cookie-wall" => Some(sets("seen=1")),
        "/cookie-circle" => Some(sets("never=enough")),
        _ => None,
    }
}

/// Answers that are better the next time.
fn tries(path: &str, times: impl Fn(&str) -> u32) -> Option<Answer> {
    let first = match path {
        "/408-then-200" => Answer::html(408, "Synthetic.\n"),
        "/425-then-200" => Answer::html(425, "Synthetic.\n"),
        "/reset-then-200" => Answer::default().then(Step::Reset),
        "/closed-then-200" => Answer::default().then(Step::Close),
        "/cut-then-200" => {
            Answer::head(200, &[HTML, ("Content-Length", "100000")]).send("Synthetic.\n").then(Step::Close)
        }
        "/429-until" => {
            let until = httpdate(SystemTime::now());
            Answer::new(429, &[("Retry-After", &until), HTML], "Not now.\n")
        }
        _ => return None,
    };
    Some(if times(path) == 1 { first } else { Answer::html(200, pages::full("There after all")) })
}

/// The second after `now`, as HTTP writes it.
fn httpdate(now: SystemTime) -> String {
    let second = jiff::Timestamp::try_from(now).unwrap() + jiff::SignedDuration::from_secs(1);
    second.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Answers that hold more than they seem to.
fn packed(path: &str) -> Option<Answer> {
    let packed = |coding: &str, body: Vec<u8>| Answer::new(200, &[("Content-Encoding", coding), HTML], body);
    Some(match path {
        "/bomb-br" => packed("br", HEXLOWER.decode(BROTLI.as_bytes()).unwrap()),
        "/bomb-zstd" => packed("zstd", zstd()),
        "/head-without-end" => {
            let field = Bytes::from(format!("X-Synthetic: {}\r\n", "x".repeat(1000)));
            Answer::default()
                .send("HTTP/1.1 200 OK\r\n")
                .then(Step::Repeat(field, std::time::Duration::ZERO, 10_000))
                .then(Step::Close)
        }
        _ => return None,
    })
}

/// Sixty-four megabytes of blanks, as brotli packs them.
const BROTLI: &str = "cbffff3f002440e2b14072effff8ffff078004401c1680eefd1fffffff00900088c302d0bdffe3ffff1f001200715800baf77f\
    fcffff034002200e0b40f7fe8fffff7f004800c46101e8defff1ffff0f000980382c00ddfbbffcffff032001108705a07bff07";

/// Sixty-four megabytes of blanks: a frame (RFC 8878 §3.1.1) of 512 blocks that each say "this byte, 131,072 times".
fn zstd() -> Vec<u8> {
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38];
    for block in 0..512_u32 {
        let header = u32::from(block == 511) | 1 << 1 | (1 << 17) << 3;
        frame.extend(&header.to_le_bytes()[..3]);
        frame.push(b' ');
    }
    frame
}
