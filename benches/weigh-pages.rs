//! How long it takes to weigh claims against pages, and where the time goes: 1,000 claims, 1,000 pages of 100 kB of HTML each.
//!
//! ```sh
//! cargo bench --bench weigh-pages             # 1,000 pages
//! cargo bench --bench weigh-pages -- 250 500  # other numbers of pages, to see that the cost is linear in them
//! ```
//!
//! Pages and claims are synthetic, and the same in every run. Each claim cites one page, as most do, and every fiftieth one a
//! list of fifty, as at the end of an article. Threads: as many as the machine has, two at most. The split:
//!
//! - *parse*: HTML to blocks, and the main text chosen: what `PageText::read` takes for the page beyond what it takes for
//!   the page's bare text,
//! - *text*: what it takes for the bare text: sentences and language,
//! - *index*: `ReadablePage::new`,
//! - *match*: `weigh`.

#![expect(clippy::print_stdout, reason = "a program that prints figures")]

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use beleg::citation::{Claim, ClaimId, SourceId};
use beleg::evidence::{PageText, ReadablePage, Written, weigh};
use url::Url;

/// Bytes of HTML of each page.
const PAGE: usize = 100_000;
/// Words that pages are made of, with the German ones that claims have for them.
const WORDS: [(&str, &str); 24] = [
    ("troops", "Truppen"),
    ("government", "Regierung"),
    ("minister", "Minister"),
    ("agreement", "Abkommen"),
    ("border", "Grenze"),
    ("election", "Wahl"),
    ("economy", "Wirtschaft"),
    ("hospital", "Krankenhaus"),
    ("university", "Universität"),
    ("company", "Unternehmen"),
    ("police", "Polizei"),
    ("court", "Gericht"),
    ("river", "Fluss"),
    ("bridge", "Brücke"),
    ("energy", "Energie"),
    ("climate", "Klima"),
    ("weapons", "Waffen"),
    ("school", "Schule"),
    ("water", "Wasser"),
    ("report", "Bericht"),
    ("security", "Sicherheit"),
    ("budget", "Haushalt"),
    ("railway", "Eisenbahn"),
    ("factory", "Fabrik"),
];

/// Numbers that look random and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        // Knuth's MMIX constants.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit.max(1)
    }
}

/// Time spent in each part of the work, over all threads.
#[derive(Clone, Copy, Default)]
struct Split {
    parse: Duration,
    text: Duration,
    index: Duration,
    matching: Duration,
}

fn main() {
    let counts: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let counts = if counts.is_empty() { vec![1_000] } else { counts };
    // The lexicon is read once a program, before the first page.
    weigh_all(1, &[String::from("<p>Nothing.</p>")]);
    for count in counts {
        let pages: Vec<String> = (0..count).map(page).collect();
        let bytes: usize = pages.iter().map(String::len).sum();
        let start = Instant::now();
        let (split, located) = weigh_all(count, &pages);
        let wall = start.elapsed();
        println!(
            "{count} claims, {count} pages, {:.0} MB of HTML: {:.2} s, peak memory {} MB with the {:.0} MB of pages themselves; {located} claims with a passage",
            megabytes(bytes),
            wall.as_secs_f64(),
            peak_memory().map_or_else(|| "?".to_owned(), |kilobytes| (kilobytes / 1_024).to_string()),
            megabytes(bytes),
        );
        println!(
            "  processor time: parse {:.2} s, text {:.2} s, index {:.2} s, match {:.2} s",
            split.parse.as_secs_f64(),
            split.text.as_secs_f64(),
            split.index.as_secs_f64(),
            split.matching.as_secs_f64()
        );
    }
}

fn megabytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes / 1_000).unwrap_or(u32::MAX)) / 1_000.0
}

/// The most memory that this process had at once, in kB, where the system says so.
fn peak_memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Reads, indexes and weighs; also how many claims have a passage.
fn weigh_all(claims: usize, pages: &[String]) -> (Split, usize) {
    let workers = thread::available_parallelism().map_or(2, usize::from).min(2);
    let url = Url::parse("https://page.test/").ok();
    let Some(url) = &url else { return (Split::default(), 0) };
    let read: Vec<(PageText, Split)> = in_turn(workers, pages.len(), |number| {
        let start = Instant::now();
        let text = PageText::read("text/html", &pages[number]);
        let once = start.elapsed();
        let start = Instant::now();
        drop(PageText::read("text/plain", &text.text));
        let without_parsing = start.elapsed();
        let parse = once.saturating_sub(without_parsing);
        (text, Split { parse, text: once.saturating_sub(parse), ..Split::default() })
    });
    let indexed: Vec<(ReadablePage<'_>, Duration)> = in_turn(workers, read.len(), |number| {
        let start = Instant::now();
        (ReadablePage::new(source(number), url, &read[number].0), start.elapsed())
    });
    let mut split = Split::default();
    for (_, part) in &read {
        split.parse += part.parse;
        split.text += part.text;
    }
    split.index = indexed.iter().map(|(_, spent)| *spent).sum();
    let pages: Vec<ReadablePage<'_>> = indexed.into_iter().map(|(page, _)| page).collect();
    let weighed: Vec<(bool, Duration)> = in_turn(workers, claims, |number| {
        let start = Instant::now();
        let found = weigh(&claim(number, pages.len()), Written::in_language("de"), &pages);
        (!found.passages.is_empty(), start.elapsed())
    });
    split.matching = weighed.iter().map(|(_, spent)| *spent).sum();
    (split, weighed.iter().filter(|(found, _)| *found).count())
}

/// `work` for each number below `count`, on `workers` threads, in order.
fn in_turn<T: Send>(workers: usize, count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, T)> = thread::scope(|scope| {
        let turn = || {
            let mut done = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return done;
                }
                done.push((number, work(number)));
            }
        };
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(turn)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}

fn source(number: usize) -> SourceId {
    SourceId(u32::try_from(number + 1).unwrap_or(u32::MAX))
}

/// A page with its furniture, of about [`PAGE`] bytes.
fn page(number: usize) -> String {
    let mut chance = Chance(number as u64 + 1);
    let mut html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>Synthetic page {number}</title>\
         <meta property=\"article:published_time\" content=\"2025-03-04T10:00:00Z\"></head><body><nav><ul>"
    );
    for link in 0..40 {
        write!(html, "<li><a class=\"menu item\" href=\"/section/{link}\">Section {link}</a></li>")
            .expect("a string takes everything");
    }
    html.push_str("</ul></nav><article>");
    write!(html, "<p>{}</p>", fact(number, |(english, _)| english, "In 2019 some", "people saw the"))
        .expect("a string takes everything");
    while html.len() < PAGE - 500 {
        html.push_str(
            "<p data-component=\"paragraph\" class=\"paragraph inline-placeholder vossi-paragraph\">",
        );
        for _ in 0..4 {
            let mut word = || WORDS[chance.below(WORDS.len())].0;
            let (first, second, third, fourth) = (word(), word(), word(), word());
            let amount = chance.below(9_000) + 100;
            write!(
                html,
                "The {first} near the {second} said that {amount} {third} had left the {fourth} by then. "
            )
            .expect("a string takes everything");
        }
        html.push_str("</p>\n");
    }
    html.push_str("</article><footer>All of it is made up for a measurement.</footer></body></html>");
    html
}

/// What the page with this number says and no other.
fn fact(
    number: usize,
    of: impl Fn((&'static str, &'static str)) -> &'static str,
    start: &str,
    middle: &str,
) -> String {
    let word = |step: usize| of(WORDS[(number / step + number) % WORDS.len()]);
    format!("{start} {} {middle} {} and the {}.", 10_000 + number, word(7), word(11))
}

/// The claim that page `number` bears. Every fiftieth has fifty sources.
fn claim(number: usize, pages: usize) -> Claim {
    let own = number % pages.max(1);
    let sources = if number.is_multiple_of(50) {
        (own..pages.min(own + 50)).map(source).collect()
    } else {
        vec![source(own)]
    };
    Claim {
        id: ClaimId(1),
        text: fact(own, |(_, german)| german, "Im Jahr 2019 sahen", "Menschen"),
        places: Vec::new(),
        sources,
        binding: None,
    }
}
