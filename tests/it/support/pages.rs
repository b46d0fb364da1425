//! Synthetic pages for the misbehaving web. Each says that it is one.

use std::fmt::Write as _;

/// What every page says of itself.
const NOTE: &str = "Synthetic page for tests. It was written for beleg and describes nothing that happened.";

/// A page with enough to read that nobody takes it for an error page.
pub(super) fn full(title: &str) -> String {
    let paragraphs = [
        "The harbour office counted the boats twice this spring, once in the morning and once at dusk, because the \
         first count had left out those that were still under their covers. The second count is the one that stands.",
        "Eleven of the boats have changed hands since last year. Their new owners were asked to bring their papers to \
         the office before the season begins, and most of them did so within the first week of the month.",
        "The quay itself is to be mended in the autumn. Until then the northern steps stay closed, and those who want \
         to reach the ferry walk around the warehouse, which takes about four minutes longer than before.",
    ];
    page(title, "", &paragraphs)
}

/// A page so long that it is no teaser.
pub(super) fn long(title: &str) -> String {
    let paragraph =
        "The minutes of the harbour council go on for many pages, and every one of them is kept. ".repeat(20);
    page(title, "", &[&paragraph, &paragraph, &paragraph])
}

/// A page with a title, more for its head, and paragraphs.
pub(super) fn page(title: &str, head: &str, paragraphs: &[&str]) -> String {
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>{head}</head>\n\
         <body><main><article><h1>{title}</h1>\n<p>{NOTE}</p>\n"
    );
    for paragraph in paragraphs {
        writeln!(html, "<p>{paragraph}</p>").unwrap();
    }
    html.push_str("</article></main></body></html>\n");
    html
}

/// What a content network's edge shows to robots, in words of its own and with the marks that tell whose edge it is.
pub(super) fn access_denied() -> String {
    format!(
        "<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1>\n<p>{NOTE}</p>\n\
         <p>You have no permission to see this on this server.</p>\n\
         <p>Reference #18.5e1f0a17.1700000000.1a2b3c4d https://errors.edgesuite.net/18.5e1f0a17.1700000000.1a2b3c4d</p>\n\
         </body></html>\n"
    )
}

/// A form that asks for a name and a password.
pub(super) fn login() -> String {
    page(
        "Sign in",
        "",
        &[
            "<form method=\"post\"><input name=\"user\"><input name=\"password\" type=\"password\"><button>Sign in</button></form>",
        ],
    )
}
