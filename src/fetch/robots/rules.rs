//! From the text of a robots.txt to the rules that are for beleg (RFC 9309 §2.2).

use std::time::Duration;

use super::pattern::{Pattern, normal};

/// The name that groups of rules are chosen by.
const TOKEN: &[u8] = b"beleg";

/// The longest pause that is kept for a site's sake.
const LONGEST: f64 = 60.0;

/// The rules of a robots.txt for beleg.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rules {
    rules: Vec<Rule>,
    /// The pause it asks for between requests; no standard, but in wide use.
    pub(super) crawl_delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    allows: bool,
    pattern: Pattern,
    /// The line, as written.
    line: String,
}

/// What a group is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    Us,
    Everybody,
    Others,
}

impl Rules {
    /// Reads a robots.txt: the groups for `beleg` together, or where there is none those for everybody. Whatever makes no
    /// sense is passed over.
    pub(super) fn read(text: &[u8]) -> Self {
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let (mut ours, mut everybodys) = (None, Self::default());
        let (mut group, mut naming) = (For::Others, false);
        for line in text.split(|byte| matches!(byte, b'\n' | b'\r')) {
            let Some((key, value)) = field(line) else { continue };
            if key.eq_ignore_ascii_case(b"user-agent") {
                group = if naming { nearer(group, named(value)) } else { named(value) };
                naming = true;
                if group == For::Us {
                    ours.get_or_insert_with(Self::default);
                }
                continue;
            }
            let rules = match group {
                For::Us => ours.get_or_insert_with(Self::default),
                For::Everybody => &mut everybodys,
                For::Others => {
                    naming &= !is_rule(key);
                    continue;
                }
            };
            naming &= !is_rule(key);
            rules.take(key, value);
        }
        ours.unwrap_or(everybodys)
    }

    /// Whether `path`, with its query, may be fetched, and by which line.
    pub(super) fn judge(&self, path: &str) -> (bool, Option<&str>) {
        let path = normal(path.as_bytes());
        let matching = self.rules.iter().filter(|rule| rule.pattern.matches(&path));
        let counts = matching.max_by_key(|rule| (rule.pattern.length(), rule.allows));
        (counts.is_none_or(|rule| rule.allows), counts.map(|rule| rule.line.as_str()))
    }

    fn take(&mut self, key: &[u8], value: &[u8]) {
        let allows = key.eq_ignore_ascii_case(b"allow");
        if allows || key.eq_ignore_ascii_case(b"disallow") {
            // A rule without a path is about nothing.
            if !value.is_empty() {
                let word = if allows { "Allow" } else { "Disallow" };
                let line = format!("{word}: {}", String::from_utf8_lossy(value));
                self.rules.push(Rule { allows, pattern: Pattern::new(value), line });
            }
        } else if key.eq_ignore_ascii_case(b"crawl-delay") {
            let seconds = std::str::from_utf8(value).ok().and_then(|text| text.parse::<f64>().ok());
            let seconds = seconds.filter(|seconds| seconds.is_finite() && *seconds > 0.0);
            self.crawl_delay = seconds.map(|seconds| Duration::from_secs_f64(seconds.min(LONGEST)));
        }
    }
}

/// Key and value of a line, its comment removed.
fn field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = line.split(|&byte| byte == b'#').next()?;
    let colon = line.iter().position(|&byte| byte == b':')?;
    let (key, value) = line.split_at(colon);
    Some((key.trim_ascii(), value[1..].trim_ascii()))
}

/// Whether a line of this kind ends the list of names that a group begins with.
fn is_rule(key: &[u8]) -> bool {
    [&b"allow"[..], b"disallow", b"crawl-delay"].iter().any(|known| key.eq_ignore_ascii_case(known))
}

fn named(value: &[u8]) -> For {
    let token = value.iter().take_while(|byte| byte.is_ascii_alphabetic() || b"_-".contains(byte)).count();
    if value.starts_with(b"*") {
        For::Everybody
    } else if value[..token].eq_ignore_ascii_case(TOKEN) {
        For::Us
    } else {
        For::Others
    }
}

/// A group with several names is for the nearest of them.
fn nearer(one: For, other: For) -> For {
    match (one, other) {
        (For::Us, _) | (_, For::Us) => For::Us,
        (For::Everybody, _) | (_, For::Everybody) => For::Everybody,
        _ => For::Others,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn allowed(text: &str, path: &str) -> bool {
        Rules::read(text.as_bytes()).judge(path).0
    }

    #[test]
    fn the_group_for_beleg_counts_and_else_the_one_for_everybody() {
        let text = "User-agent: *\nDisallow: /\n\nUser-Agent: BeLeg/1.0\nDisallow: /private\n\nuser-agent: other\nDisallow: /x";
        assert!(allowed(text, "/x") && !allowed(text, "/private/1"));
        assert!(!allowed("User-agent: *\nDisallow: /a", "/a"));
        assert!(allowed("User-agent: belegbot\nDisallow: /", "/a"));
        assert!(
            allowed("User-agent: beleg\nDisallow:\nUser-agent: *\nDisallow: /", "/a"),
            "an empty group is one"
        );
    }

    #[test]
    fn groups_of_one_name_and_names_of_one_group_belong_together() {
        let text =
            "User-agent: beleg\nDisallow: /a\nUser-agent: *\nDisallow: /b\nUser-agent: beleg\nDisallow: /c";
        assert_eq!(["/a", "/b", "/c"].map(|path| allowed(text, path)), [false, true, false]);
        let text = "User-agent: other\nUser-agent: beleg\nSitemap: https://a.example/s.xml\nDisallow: /a";
        assert!(!allowed(text, "/a"));
    }

    #[test]
    fn the_longest_rule_counts_and_of_two_the_kinder() {
        let text = "User-agent: *\nDisallow: /folder\nAllow: /folder/page\nDisallow: /*.pdf$\nAllow: /same\nDisallow: /same";
        for (path, expected) in [
            ("/folder/x", false),
            ("/folder/page", true),
            ("/a.pdf", false),
            ("/a.pdf?x", true),
            ("/same", true),
            ("/", true),
        ] {
            assert_eq!(allowed(text, path), expected, "{path}");
        }
        assert_eq!(Rules::read(text.as_bytes()).judge("/folder/x").1, Some("Disallow: /folder"));
    }

    #[test]
    fn what_people_write_is_understood() {
        let text =
            "\u{feff}USER-AGENT : *  # all\r\n  disallow:/a # no\rCrawl-delay: 2.5\nnonsense\n: x\nAllow";
        assert!(!allowed(text, "/a/b") && allowed(text, "/b"));
        assert_eq!(Rules::read(text.as_bytes()).crawl_delay, Some(Duration::from_millis(2500)));
        for delay in ["soon", "-1", "nan", "inf", "0"] {
            assert_eq!(
                Rules::read(format!("User-agent: *\nCrawl-delay: {delay}").as_bytes()).crawl_delay,
                None
            );
        }
        let forever = Rules::read(b"User-agent: *\nCrawl-delay: 86400");
        assert_eq!(forever.crawl_delay, Some(Duration::from_mins(1)));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in proptest::collection::vec(any::<u8>(), 0..400), path in "/.{0,40}") {
            let rules = Rules::read(&text);
            let (allowed, line) = rules.judge(&path);
            prop_assert!(allowed || line.is_some());
        }
    }
}
