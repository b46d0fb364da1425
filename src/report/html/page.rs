//! The page, rendered from its templates.

use std::io::Write;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, context};

use super::source::SourceView;
use super::view::View;
use crate::report::document::Report;
use crate::report::error::ReportError;

/// The templates by name; the ending of the name turns escaping on.
const TEMPLATES: [(&str, &str); 4] = [
    ("report.html", include_str!("../templates/report.html")),
    ("finding.html", include_str!("../templates/finding.html")),
    ("claim.html", include_str!("../templates/claim.html")),
    ("source.html", include_str!("../templates/source.html")),
];
/// The style sheet, which is set into the page.
const STYLE: &str = include_str!("../templates/report.css");

/// Where the sources go. Nothing else on the page can look like it: what comes from outside is escaped.
const SOURCES: &str = "<!-- sources -->";

/// Writes the page of `report`. There may be ten thousand sources, and what a template is given takes many times the memory
/// of what it makes, so each is rendered by itself.
pub(in crate::report) fn write(report: &Report, out: &mut impl Write) -> Result<(), ReportError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    let view = Serde(View::new(report));
    let around = environment.get_template("report.html")?.render(context! { style => STYLE, view })?;
    let (before, after) = around.split_once(SOURCES).unwrap_or((&around, ""));
    let template = environment.get_template("source.html")?;
    out.write_all(before.as_bytes())?;
    for source in &report.dossier.citations {
        let is_claim = |id: &str| report.claim(id).is_some();
        let source = Serde(SourceView::new(source, report.dossier.article.kind, is_claim));
        writeln!(out, "{}", template.render(context! { source })?)?;
    }
    out.write_all(after.trim_start().as_bytes())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use scraper::{Html, Selector};

    fn parsed(report: &Report) -> Html {
        let mut page = Vec::new();
        write(report, &mut page).unwrap();
        Html::parse_document(&String::from_utf8(page).unwrap())
    }

    fn select<'a>(html: &'a Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
        html.select(&Selector::parse(selector).unwrap()).collect()
    }

    #[test]
    fn asks_nobody_for_anything_and_runs_nothing() {
        let html = parsed(&Report::new(sample::dossier()));
        for refused in ["script", "img", "link", "iframe", "object", "form", "base", "[src]", "[srcset]"] {
            assert!(select(&html, refused).is_empty(), "{refused}");
        }
        for element in select(&html, "*") {
            assert!(element.value().attrs().all(|(name, _)| !name.starts_with("on")));
        }
        let policy = select(&html, "meta[http-equiv='Content-Security-Policy']");
        assert!(policy[0].attr("content").unwrap().starts_with("default-src 'none';"));
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    }

    #[test]
    fn links_lead_within_the_page_or_to_the_web() {
        let html = parsed(&Report::new(sample::dossier()));
        let links = select(&html, "a[href]");
        assert!(links.len() > 40);
        for link in links {
            let target = link.attr("href").unwrap();
            if let Some(id) = target.strip_prefix('#') {
                assert_eq!(select(&html, &format!("[id='{id}']")).len(), 1, "{target}");
            } else {
                assert!(target.starts_with("https://") || target.starts_with("http://"), "{target}");
                assert_eq!(link.attr("rel"), Some("noreferrer"), "{target}");
            }
        }
    }

    #[test]
    fn every_finding_claim_and_source_is_on_it() {
        let report = Report::new(sample::dossier());
        let html = parsed(&report);
        assert_eq!(select(&html, ".finding").len(), report.findings.len());
        assert_eq!(select(&html, ".claim").len(), report.dossier.claims.len());
        assert_eq!(select(&html, ".source").len(), report.dossier.citations.len());
        assert!(!select(&html, ".claim mark").is_empty());
    }

    #[test]
    fn what_a_model_alone_nominates_is_marked_as_its_own() {
        let html = parsed(&Report::new(sample::dossier()));
        let said: Vec<String> =
            select(&html, "figcaption").iter().map(|caption| caption.text().collect()).collect();
        let own: Vec<&String> = said.iter().filter(|said| said.contains("the model alone")).collect();
        let [only] = own.as_slice() else { panic!("{said:#?}") };
        assert!(only.contains("match 0.04 of 1 · model similarity 0.71"), "{only}");
    }

    #[test]
    fn several_findings_about_a_sentence_show_it_once() {
        let html = parsed(&Report::new(sample::dossier()));
        let said = select(&html, ".finding .said");
        let of_the_quotation = said.iter().filter(|said| said.text().any(|text| text.contains("Gutachten")));
        assert_eq!(of_the_quotation.count(), 1);
        assert_eq!(select(&html, ".finding.again").len(), 3);
    }

    #[test]
    fn headings_follow_one_another_without_a_gap_and_ids_are_unique() {
        let html = parsed(&Report::new(sample::dossier()));
        let levels: Vec<u32> = select(&html, "h1, h2, h3, h4")
            .iter()
            .map(|heading| heading.value().name()[1..].parse().unwrap())
            .collect();
        assert_eq!(levels[0], 1);
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
        let mut ids: Vec<&str> =
            select(&html, "[id]").iter().map(|element| element.attr("id").unwrap()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }

    #[test]
    fn text_of_article_and_page_says_which_language_it_is_in() {
        let html = parsed(&Report::new(sample::dossier()));
        for text in select(&html, "h1, .claim > .said") {
            assert_eq!(text.attr("lang"), Some("de"));
        }
        assert!(!select(&html, "blockquote[lang='en']").is_empty());
    }

    #[test]
    fn says_what_it_does_not_prove_even_when_there_is_nothing_to_say() {
        for dossier in [sample::empty(), sample::clean()] {
            let text: String = parsed(&Report::new(dossier)).root_element().text().collect();
            assert!(text.contains("beleg states what a page says, never what is true"));
            assert!(text.contains("Nothing to mend before you publish"));
        }
    }
}
