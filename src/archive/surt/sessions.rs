//! Session ids in URLs, which keys leave out: the same page has another one for every visitor.

/// A lower-case path without a session of ASP.NET: `/(s(24 characters))/` or `/(24 characters)/` before an `.aspx`.
pub(super) fn without_path_session(path: &str) -> String {
    let mut path = path.to_owned();
    for is_session in [is_nested_session as fn(&str) -> bool, is_plain_session] {
        if let Some(shorter) = without_last_part(&path, is_session) {
            path = shorter;
        }
    }
    path
}

/// A lower-case query without the sessions that widespread servers put there.
pub(super) fn without_query_sessions(query: &str) -> String {
    let mut query = query.to_owned();
    for name in ["jsessionid=", "phpsessid=", "sid="] {
        query = without_last(&query, |text| take(text.strip_prefix(name)?, 32, char::is_alphanumeric));
    }
    query = without_last(&query, |text| {
        let named = take(text.strip_prefix("aspsessionid")?, 8, char::is_alphabetic)?;
        take(named.strip_prefix('=')?, 24, char::is_alphabetic)
    });
    without_last(&query, |text| {
        let token = argument(text.strip_prefix("cfid=")?)?;
        argument(token.strip_prefix("&cftoken=")?)
    })
}

/// `path` without the last of its parts that `is_session` holds for and that an `.aspx` page comes after.
fn without_last_part(path: &str, is_session: fn(&str) -> bool) -> Option<String> {
    let mut end = path.len();
    while let Some(slash) = path.get(..end)?.rfind('/') {
        let (before, after) = (path.get(..=slash)?, path.get(slash + 1..)?);
        if let Some((part, rest)) = after.split_once('/')
            && is_session(part)
            && leads_to_page(rest)
        {
            return Some(format!("{before}{rest}"));
        }
        end = slash;
    }
    None
}

/// Whether `rest` has an `.aspx` after at least one character and before any question mark.
fn leads_to_page(rest: &str) -> bool {
    let path = rest.split('?').next().unwrap_or_default();
    path.char_indices()
        .nth(1)
        .and_then(|(second, _)| path.get(second..))
        .is_some_and(|tail| tail.contains(".aspx"))
}

fn is_plain_session(part: &str) -> bool {
    let inside = part.strip_prefix('(').and_then(|part| take(part, 24, char::is_alphanumeric));
    inside == Some(")")
}

fn is_nested_session(part: &str) -> bool {
    let Some(mut rest) = part.strip_prefix('(') else { return false };
    let group = |rest: &'_ str| -> Option<usize> {
        let inside = rest.strip_prefix(|first: char| first.is_ascii_lowercase())?.strip_prefix('(')?;
        take(inside, 24, char::is_alphanumeric)?.strip_prefix(')').map(str::len)
    };
    let whole = rest.len();
    while let Some(left) = group(rest) {
        rest = rest.get(rest.len() - left..).unwrap_or_default();
    }
    rest == ")" && whole > 1
}

/// `query` without the last place where `session` finds one that ends with its argument; `session` gives the rest.
fn without_last(query: &str, session: impl Fn(&str) -> Option<&str>) -> String {
    let starts = query.char_indices().rev().filter_map(|(start, _)| query.split_at_checked(start));
    for (before, from) in starts {
        match session(from) {
            Some("") => return before.to_owned(),
            Some(rest) => {
                if let Some(after) = rest.strip_prefix('&') {
                    return format!("{before}{after}");
                }
            }
            None => (),
        }
    }
    query.to_owned()
}

/// What follows the first `count` characters of `text`, if all of them are ASCII and satisfy `kind`.
fn take(text: &str, count: usize, kind: fn(char) -> bool) -> Option<&str> {
    let (start, rest) = text.split_at_checked(count)?;
    start.chars().all(|c| c.is_ascii() && kind(c)).then_some(rest)
}

/// What follows the value that `text` begins with, which must not be empty.
fn argument(text: &str) -> Option<&str> {
    let end = text.find('&').unwrap_or(text.len());
    (end > 0).then(|| text.get(end..)).flatten()
}
