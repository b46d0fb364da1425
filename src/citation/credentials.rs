//! User names and passwords that an article writes into a URL: used to ask, and shown to nobody.

use std::borrow::Cow;

use url::Url;

/// What stands in their place.
const MASK: &str = "***";

/// `text` as it may be shown: `***` in place of what stands before the `@` of its URLs.
pub fn masked(text: &str) -> Cow<'_, str> {
    let mut shown = String::new();
    let mut kept = 0;
    for (colon, _) in text.match_indices("://") {
        let start = colon + "://".len();
        if start < kept {
            continue;
        }
        if let Some(length) = credentials(&text[start..]) {
            shown.push_str(&text[kept..start]);
            shown.push_str(MASK);
            kept = start + length;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(&text[kept..]);
    Cow::Owned(shown)
}

/// `url` as it may be shown: without user name and password.
pub fn without_credentials(url: &Url) -> Cow<'_, str> {
    if !url.as_str().contains('@') || (url.username().is_empty() && url.password().is_none()) {
        return Cow::Borrowed(url.as_str());
    }
    let mut url = url.clone();
    // Both fail only for URLs that cannot have them.
    let _: (Result<(), ()>, Result<(), ()>) = (url.set_username(""), url.set_password(None));
    Cow::Owned(url.into())
}

/// How many bytes of `rest`, which follows on `://`, are user name and password.
fn credentials(rest: &str) -> Option<usize> {
    let word = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
    let authority = &word[..word.find(['/', '?', '#', '\\']).unwrap_or(word.len())];
    authority.rfind('@').or_else(|| {
        // A password with a sign that ends the authority makes it no URL, and is a password all the same.
        let after = authority.strip_prefix('[').map_or(authority, |_| "").split_once(':')?.1;
        let is_port = after.bytes().all(|byte| byte.is_ascii_digit());
        word.rfind('@').filter(|_| !is_port)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_shown_in_no_text() {
        for (text, shown) in [
            ("https://user:secret@host.example/a", "https://***@host.example/a"),
            ("https://user@host.example", "https://***@host.example"),
            ("https://us@er:se@cret@host.example:8080/?q", "https://***@host.example:8080/?q"),
            ("ftp://u:secret#1@host.example/x", "ftp://***@host.example/x"),
            (
                "see https://u:secret@a.example/, http://b.example and https://v:secret@c.example.",
                "see https://***@a.example/, http://b.example and https://***@c.example.",
            ),
        ] {
            assert_eq!(masked(text), shown);
        }
    }

    #[test]
    fn what_is_no_password_stays() {
        for text in [
            "https://social.example/@name",
            "https://host.example:8080/@name",
            "https://[::1]:80/@name",
            "https://host.example write to me@host.example",
            "https://host.example?to=me@host.example",
            "a://",
            "://@",
            "",
        ] {
            let expected = if text == "://@" { "://***@" } else { text };
            assert_eq!(masked(text), expected);
        }
    }

    #[test]
    fn a_url_is_shown_without_its_login() {
        let shown = |url: &str| without_credentials(&url.parse().unwrap()).into_owned();
        assert_eq!(shown("https://user:secret@host.example/a#b"), "https://host.example/a#b");
        assert_eq!(shown("mailto:me@host.example"), "mailto:me@host.example");
    }
}
