//! The sections of the report on a terminal.

use super::ink::Ink;
use super::options::TerminalOptions;
use super::page::Page;
use super::{claims, findings};
use crate::report::document::Report;
use crate::report::language;
use crate::report::wording::{count, size};

/// The whole report as text for a terminal; every line ends with a line break.
pub(in crate::report) fn screen(report: &Report, options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    page.paragraph(0, Ink::Strong, &header(report));
    page.gap();
    findings::write(&mut page, report, options.verbose);
    if options.verbose {
        claims::write(&mut page, report);
    }
    page.gap();
    foot(&mut page, report, options);
    page.into_text()
}

fn header(report: &Report) -> String {
    let summary = &report.summary;
    let article = &report.dossier.article;
    let language = language::name(&article.language).map(|name| format!(" · {name}")).unwrap_or_default();
    let date = article.date.map(|day| format!(" · dated {day}")).unwrap_or_default();
    format!(
        "{}{language}{date} · {} of {} · {}",
        article.path,
        count(summary.citations, "citation"),
        count(summary.sources, "source"),
        count(summary.claims, "claim"),
    )
}

fn foot(page: &mut Page, report: &Report, options: &TerminalOptions) {
    let summary = &report.summary;
    page.labelled("Sources", &counts(summary.states.iter()));
    page.labelled("Claims", &counts(summary.verdicts.iter()));
    let archived = match summary.captures {
        0 => "nothing".to_owned(),
        captures => format!("{}, {}", count(captures, "page"), size(summary.bytes)),
    };
    if let Some(files) = &options.files {
        page.labelled("Archived", &format!("{archived} → {}", files.folder));
        page.labelled("", &files.names.join(" · "));
        page.labelled("Verify", &format!("beleg verify {}", files.archive));
    } else {
        page.labelled("Archived", &archived);
    }
    if let Some(exit) = options.exit {
        page.labelled("Exit", &exit.to_string());
    }
}

/// `3 alive · 1 dead`, without what there is none of.
fn counts<'a, K: ToString + 'a>(counts: impl Iterator<Item = (&'a K, &'a usize)>) -> String {
    let some = counts.filter(|(_, number)| **number > 0);
    let parts: Vec<String> = some.map(|(key, number)| format!("{number} {}", key.to_string())).collect();
    if parts.is_empty() { "none".into() } else { parts.join(" · ") }
}

#[cfg(test)]
mod tests {
    use super::super::options::Files;
    use super::super::width::columns;
    use super::*;
    use crate::report::sample;

    fn shown(options: &TerminalOptions) -> String {
        screen(&Report::new(sample::dossier()), options)
    }

    fn every_way() -> impl Iterator<Item = TerminalOptions> {
        [(40, false), (63, true), (80, false), (100, true), (200, false)].into_iter().map(|(width, ascii)| {
            let files = Files {
                folder: "archive/dossiers/wasserstand/20261123T041207Z-9f3c".into(),
                names: vec!["report.html".into(), "dossier.wacz".into()],
                archive: "archive".into(),
            };
            TerminalOptions {
                width,
                ascii,
                verbose: width < 90,
                files: Some(files),
                exit: Some(1),
                colour: false,
            }
        })
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_or_ends_in_a_blank() {
        for options in every_way() {
            for line in shown(&options).lines() {
                assert!(columns(line) <= options.width, "{}: {line:?}", options.width);
                assert_eq!(line.trim_end(), line);
            }
        }
    }

    #[test]
    fn nothing_from_an_article_or_a_page_can_steer_the_terminal() {
        for options in every_way() {
            let text = shown(&options);
            assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
            assert!(!text.contains('\u{202e}'));
        }
        let coloured = shown(&TerminalOptions { colour: true, verbose: true, ..TerminalOptions::default() });
        assert!(!coloured.contains("\u{1b}[31mred") && !coloured.contains('\u{7}'));
        assert!(!coloured.contains("]8;;javascript:"));
    }

    #[test]
    fn colour_adds_nothing_to_the_words() {
        let plain = shown(&TerminalOptions::default());
        let coloured = shown(&TerminalOptions { colour: true, ..TerminalOptions::default() });
        assert_ne!(plain, coloured);
        assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
    }

    #[test]
    fn ascii_screens_hold_no_symbol_of_ours() {
        let text = screen(
            &Report::new(sample::clean()),
            &TerminalOptions { ascii: true, ..TerminalOptions::default() },
        );
        assert!(text.is_ascii(), "{text}");
    }

    #[test]
    fn says_first_what_to_mend_and_shows_the_passage_that_differs() {
        let text = shown(&TerminalOptions::default());
        let position =
            |needle: &str| text.find(needle).unwrap_or_else(|| panic!("{needle} is missing in {text}"));
        assert!(position("Before you publish") < position("To look at yourself"));
        assert!(position("✗ line 39") < position("To look at yourself"));
        assert!(position("figure/differs") < position("The communities expect help of up to €800 million"));
        assert!(position("To look at yourself") < position("Sources   3 alive"));
    }

    #[test]
    fn many_notes_of_a_kind_become_one_entry_unless_all_are_wanted() {
        let entries = |verbose| {
            let text = shown(&TerminalOptions { verbose, ..TerminalOptions::default() });
            text.lines().filter(|line| line.ends_with("claim/not-located")).count()
        };
        assert_eq!((entries(false), entries(true)), (2, 10));
    }

    #[test]
    fn what_a_model_alone_nominates_is_shown_where_there_is_nothing_else() {
        let text = shown(&TerminalOptions { verbose: true, width: 200, ..TerminalOptions::default() });
        let line = text.lines().find(|line| line.contains("synthetic flood")).unwrap();
        assert!(line.ends_with("” (the model alone nominates it)"), "{line}");
    }

    #[test]
    fn several_findings_about_a_sentence_show_it_and_its_passage_once() {
        let text = shown(&TerminalOptions::default());
        assert_eq!(text.matches("heißt es im Gutachten").count(), 1);
        assert_eq!(text.matches("schreiben die Gutachter").count(), 1);
        assert_eq!(text.matches("the same sentence").count(), 3);
    }

    #[test]
    fn sources_that_share_a_fate_are_listed_over_one_message() {
        let text = screen(&Report::new(sample::cut_off()), &TerminalOptions::default());
        assert!(text.contains("No source could be looked up: connect this machine"), "{text}");
        assert_eq!(text.matches("link/unreachable").count(), 2);
        assert_eq!(text.matches("Without a network").count(), 1);
    }

    #[test]
    fn an_article_in_order_is_told_so_in_few_lines() {
        let text = screen(&Report::new(sample::clean()), &TerminalOptions::default());
        assert_eq!(
            text,
            "clean.md · German · 1 citation of 1 source · 1 claim\n\n\
             beleg found nothing to mend before you publish.\n\n\
             Sources   1 alive\nClaims    1 located\nArchived  nothing\n"
        );
    }
}
