//! The history of a URL or of an article: a timeline, and a table with a row a run, newest first.

use jiff::Timestamp;

use super::ink::Ink;
use super::options::TerminalOptions;
use super::page::Page;
use crate::check::State;
use crate::ledger::{Observation, Outcomes, Recheck};
use crate::report::wording::count;

/// Columns of a point in time, to the minute, and a gap.
const TIME: usize = 18;
/// Columns of a state with its symbol, and a gap.
const STATE: usize = 15;

/// What to do with what an article's history shows.
const NEXT: &str = "`beleg report RUN` shows the report of a run again, `beleg alarms` what is open.";

/// What became of `url`; `observations` stand newest first.
pub(in crate::report) fn url_history(
    url: &str,
    observations: &[Observation],
    options: &TerminalOptions,
) -> String {
    let mut page = Page::new(options);
    page.paragraph(0, Ink::Strong, url);
    let mut articles: Vec<&str> = observations.iter().map(|seen| seen.article_path.as_str()).collect();
    articles.sort_unstable();
    articles.dedup();
    let cited = format!("cited by {}", count(articles.len(), "article"));
    page.paragraph(0, Ink::Faint, &format!("{} · {cited}", span(observations, |seen| seen.started)));
    page.gap();
    let symbols: String = observations.iter().rev().map(|seen| symbol(seen.state).1).collect();
    page.labelled("Timeline", &format!("{symbols}  (oldest first)"));
    page.gap();
    for (index, seen) in observations.iter().enumerate() {
        let before = observations[index + 1..].iter().find(|before| before.payload.is_some());
        let (ink, symbol) = symbol(seen.state);
        let state = format!("{symbol} {}", seen.state);
        let cells = [(Ink::Plain, minute(seen.started), TIME), (ink, state, STATE)];
        let article = if articles.len() > 1 { format!(" · {}", seen.article_path) } else { String::new() };
        page.row(&cells, &format!("{}{}{article}", wording(seen), change(seen, before)));
    }
    page.into_text()
}

/// How the runs over `article` came out, and what the scheduled job saw between them; both stand newest first.
pub(in crate::report) fn article_history(
    article: &str,
    runs: &[Outcomes],
    rechecks: &[Recheck],
    options: &TerminalOptions,
) -> String {
    let mut page = Page::new(options);
    page.paragraph(0, Ink::Strong, article);
    let again =
        if rechecks.is_empty() { String::new() } else { format!(" · {}", count(rechecks.len(), "recheck")) };
    page.paragraph(0, Ink::Faint, &format!("{}{again}", span(runs, |run| run.recorded.started)));
    page.gap();
    let mut later = rechecks.iter().peekable();
    for (index, run) in runs.iter().enumerate() {
        while let Some(recheck) = later.next_if(|recheck| recheck.entry > run.recorded.entry) {
            rechecked(&mut page, recheck);
        }
        one_run(&mut page, run, runs.get(index + 1));
    }
    page.gap();
    page.paragraph(0, Ink::Faint, NEXT);
    page.into_text()
}

fn one_run(page: &mut Page, run: &Outcomes, before: Option<&Outcomes>) {
    let digest = run.recorded.article_sha256;
    let changed = before.is_some_and(|before| before.recorded.article_sha256 != digest);
    let mut name = vec![run.recorded.run.as_str()];
    name.extend(run.recorded.interrupted.then_some("interrupted"));
    name.extend(changed.then_some("the article was changed"));
    page.row(&at(run.recorded.started), &format!("sources: {}", counts(run.states.iter())));
    let below = [(Ink::Plain, String::new(), TIME)];
    page.row(&below, &format!("claims: {}", counts(run.verdicts.iter())));
    page.row(&below, &name.join(" · "));
}

fn rechecked(page: &mut Page, recheck: &Recheck) {
    let mut seen = vec![counts(recheck.states.iter())];
    seen.extend((recheck.alarms > 0).then(|| count(recheck.alarms, "alarm")));
    page.row(&at(recheck.at), &format!("{} rechecked: {}", recheck.job, seen.join(" · ")));
}

fn at(time: Timestamp) -> [(Ink, String, usize); 1] {
    [(Ink::Plain, minute(time), TIME)]
}

/// What was seen, in words; the status where the reason does not say it all.
fn wording(seen: &Observation) -> String {
    let status = seen.status.filter(|status| *status != 200);
    let status = status.map(|status| format!(" ({status})")).unwrap_or_default();
    format!("{}{status}", seen.reason.describe())
}

/// How the payload compares with that of the run before that got one.
fn change(seen: &Observation, before: Option<&Observation>) -> &'static str {
    match (seen.payload, before.and_then(|before| before.payload)) {
        (None, _) => "",
        (Some(_), None) => " · first capture",
        (Some(now), Some(before)) if now == before => " · same bytes",
        (Some(_), Some(_)) => " · other bytes than before",
    }
}

fn span<T>(items: &[T], time: impl Fn(&T) -> Timestamp) -> String {
    let day = |item: &T| time(item).strftime("%Y-%m-%d").to_string();
    let days = match (items.last(), items.first()) {
        (Some(first), Some(last)) if day(first) == day(last) => format!(" on {}", day(first)),
        (Some(first), Some(last)) => format!(" from {} to {}", day(first), day(last)),
        _ => String::new(),
    };
    format!("{}{days}", count(items.len(), "run"))
}

fn minute(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M").to_string()
}

fn counts<'a, K: ToString + 'a>(counts: impl Iterator<Item = (&'a K, &'a usize)>) -> String {
    let parts: Vec<String> = counts.map(|(key, number)| format!("{number} {}", key.to_string())).collect();
    if parts.is_empty() { "none".into() } else { parts.join(" · ") }
}

fn symbol(state: State) -> (Ink, &'static str) {
    match state {
        State::Alive => (Ink::Good, "+"),
        State::Doubtful => (Ink::Warning, "?"),
        State::Blocked => (Ink::Warning, "!"),
        State::Dead => (Ink::Error, "✗"),
        State::Unreachable => (Ink::Error, "~"),
        State::Unchecked => (Ink::Faint, "·"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::archive::RunId;
    use crate::check::Reason;
    use crate::digest::Digest;
    use crate::evidence::Verdict;
    use crate::ledger::Recorded;

    fn time(day: u8) -> Timestamp {
        format!("2026-11-{day:02}T04:12:00Z").parse().unwrap()
    }

    fn seen(day: u8, reason: Reason, payload: Option<&str>) -> Observation {
        Observation {
            entry: i64::from(day),
            run: RunId::new(time(day), 1),
            started: time(day),
            article_path: "wasserstand.txt".into(),
            source: "c1".into(),
            state: reason.state(),
            reason,
            status: payload.map(|_| 200),
            final_url: None,
            checked: Some(time(day)),
            payload: payload.map(|text| Digest::of(text.as_bytes())),
            warc: None,
            warc_offset: None,
        }
    }

    fn outcomes(day: u8, text: &str) -> Outcomes {
        let recorded = Recorded {
            entry: i64::from(day),
            run: RunId::new(time(day), 1),
            article_path: "wasserstand.txt".into(),
            article_sha256: Digest::of(text.as_bytes()),
            title: None,
            language: "de".into(),
            started: time(day),
            finished: time(day),
            interrupted: day == 3,
        };
        let states = BTreeMap::from([(State::Alive, 2), (State::Dead, 1)]);
        Outcomes { recorded, states, verdicts: BTreeMap::from([(Verdict::Located, 4)]) }
    }

    #[test]
    fn a_url_has_its_timeline_oldest_first_and_its_table_newest_first() {
        let history = [
            seen(5, Reason::Ok, Some("b")),
            seen(4, Reason::NotFound, None),
            seen(3, Reason::Ok, Some("a")),
            seen(2, Reason::Ok, Some("a")),
        ];
        let text = url_history("https://example.org/a", &history, &TerminalOptions::default());
        assert_eq!(
            text,
            "https://example.org/a\n4 runs from 2026-11-02 to 2026-11-05 · cited by 1 article\n\n\
             Timeline  ++✗+ (oldest first)\n\n\
             2026-11-05 04:12  + alive        answers · other bytes than before\n\
             2026-11-04 04:12  ✗ dead         not found\n\
             2026-11-03 04:12  + alive        answers · same bytes\n\
             2026-11-02 04:12  + alive        answers · first capture\n"
        );
    }

    #[test]
    fn an_article_shows_how_each_run_came_out_and_when_it_was_changed() {
        let runs = [outcomes(3, "new"), outcomes(2, "old"), outcomes(1, "old")];
        let text = article_history("wasserstand.txt", &runs, &[], &TerminalOptions::default());
        assert_eq!(text.matches("the article was changed").count(), 1, "{text}");
        assert_eq!(text.matches("interrupted").count(), 1, "{text}");
        assert_eq!(text.matches("sources: 2 alive · 1 dead").count(), 3, "{text}");
        assert!(text.starts_with("wasserstand.txt\n3 runs from 2026-11-01 to 2026-11-03\n"), "{text}");
    }

    #[test]
    fn what_the_scheduled_job_saw_stands_between_the_runs_with_its_alarms() {
        let recheck = |day: u8, alarms| Recheck {
            entry: i64::from(day),
            run: RunId::new(time(day), 1),
            job: "nightly".into(),
            at: time(day),
            states: BTreeMap::from([(State::Alive, 1), (State::Dead, 1)]),
            alarms,
        };
        let runs = [outcomes(4, "new"), outcomes(1, "old")];
        let text = article_history(
            "wasserstand.txt",
            &runs,
            &[recheck(3, 1), recheck(2, 0)],
            &TerminalOptions::default(),
        );
        let (head, rest) = text.split_once("\n\n").unwrap();
        assert!(head.ends_with("2 runs from 2026-11-01 to 2026-11-04 · 2 rechecks"), "{text}");
        let shown: Vec<&str> = rest.lines().filter(|line| line.starts_with("2026")).collect();
        assert_eq!(
            shown[1..3],
            [
                "2026-11-03 04:12  nightly rechecked: 1 alive · 1 dead · 1 alarm",
                "2026-11-02 04:12  nightly rechecked: 1 alive · 1 dead"
            ],
        );
        assert!(shown[0].starts_with("2026-11-04") && shown[3].starts_with("2026-11-01"), "{text}");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_and_nothing_steers_it() {
        let mut nasty = seen(2, Reason::Soft404, Some("a"));
        nasty.article_path = "a\u{1b}[31m/".repeat(40);
        let history = [nasty, seen(1, Reason::Ok, None)];
        for width in [40, 63, 80] {
            let options = TerminalOptions { width, ..TerminalOptions::default() };
            let text = url_history("https://example.org/\u{7}a", &history, &options);
            assert!(text.lines().all(|line| super::super::width::columns(line) <= width), "{text}");
            assert!(!text.contains(['\u{1b}', '\u{7}']), "{text}");
        }
    }
}
