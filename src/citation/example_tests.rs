//! What must hold on the example article.

use super::{Binding, CitationKind, Reading, Target, read};
use crate::article::{self, Article, BlockKind, ReadOptions};

const EXAMPLE: &str = include_str!("../../examples/sicherheitsgarantien.txt");

/// Every claim: the line and column it begins at, its first and its last words, the sources it may rest on.
const CLAIMS: [(u32, u32, &str, &str, &[u32]); 33] = [
    (4, 1, "Die Ukraine fordert Sicherheitsgarantien", "den USA und Europa.", &[1, 2]),
    (5, 9, "Doch werden die westlichen Länder", "die Verantwortung übernehmen?", &[1, 2]),
    (6, 27, "Ein Blick auf die geopolitischen", "Herausforderungen und Möglichkeiten.", &[1, 2]),
    (10, 1, "CNN – Sicherheitsgarantien, so nannte", "und seitdem immer wieder.", &[1, 2]),
    (14, 47, "Wie kann die Ukraine sicher sein", "wieder angreift, fragt Selenskyj.", &[1, 2]),
    (18, 1, "Und wie kann die Ukraine", "Nachbarn geschützt werden?", &[1, 2]),
    (28, 1, "Trump hat Selenskyjs Besorgnis", "Garantien offen abgetan.", &[3, 4]),
    (29, 10, "„Sicherheit ist so einfach", "im Oval Office am Freitag.", &[3, 4]),
    (31, 10, "Seine Antworten auf die", "an einer US-Unterstützung geben wird.", &[3, 4]),
    (34, 53, "„Es sollte nicht schwierig sein", "US-Militärausrüstung an die Ukraine ankündigte.", &[3, 4]),
    (42, 1, "US-Außenminister Marco Rubio", "realistischere Einschätzung haben.", &[3, 4]),
    (43, 21, "In einem Interview mit Fox News", "wieder gegen sie vorzugehen.“", &[3, 4]),
    (46, 53, "Er fügte hinzu, dass", "daran beteiligt sein.", &[3, 4]),
    (52, 1, "Europäische Führer trafen sich", "transatlantischen Beziehungen zu suchen.", &[3, 4]),
    (55, 1, "„Dies ist ein einmaliges Ereignis", "eine „Koalition der Willigen“.", &[3, 4]),
    (
        57,
        32,
        "Wolfgang Ischinger, ein ehemaliger",
        "um existenzielle Sicherheitsfragen für ganz Europa.“",
        &[3, 4],
    ),
    (73, 1, "Allerdings äußerten Claudia Major", "die Verantwortung zu übernehmen.", &[5]),
    (78, 30, "Präsident Emmanuel Macron äußerte", "mit Russland abgestimmt werden.", &[5]),
    (82, 29, "Macron räumte jedoch ein", "„sehr schwierig“ durchzusetzen wäre.", &[5]),
    (88, 1, "Zelensky betonte am Wochenende", "„zu 100 % unmöglich machen“ würden.", &[5]),
    (92, 9, "Gleichzeitig müssten Schätzungen", "für die europäischen Armeen.", &[5]),
    (95, 51, "Im Vergleich dazu umfasste", "so groß ist wie das Kosovo.", &[5]),
    (103, 1, "In einer idealen Situation", "sowie vergrößerte ukrainische Armee.", &[5]),
    (110, 52, "Ein Kontingent von bis zu 100.000", "als Abschreckung zu dienen.", &[]),
    (113, 53, "Doch ohne eine wirkliche", "bleibt dies ein Traum.", &[]),
    (115, 24, "Das russische Außenministerium", "„kategorisch inakzeptabel“ sei.", &[]),
    (122, 1, "Angesichts der Anzeichen", "der europäischen Führer.", &[]),
    (126, 22, "Europa kann nur durch", "und Ausbildung beinhaltet.", &[]),
    (128, 50, "Die Europäische Kommission", "an Krediten aufnehmen können.", &[]),
    (132, 19, "Ziel ist es, die Ukraine zu einem „Stahl-Igel“", "zukünftige Eindringlinge ist“.", &[]),
    (139, 1, "Über all dem schwebt", "der Kreml öffentlich zustimmen mag.", &[]),
    (141, 6, "Die Muster von Täuschung", "Hindernis für den Frieden dar.", &[]),
    (143, 51, "Mehr als die Forderungen Selenskyjs", "um eine nachhaltige Lösung zu finden.", &[]),
];

fn example() -> (Article, Reading) {
    let article =
        article::read("sicherheitsgarantien.txt", EXAMPLE.as_bytes(), &ReadOptions::default()).unwrap();
    let reading = read(&article);
    (article, reading)
}

#[test]
fn six_citations_name_five_sources() {
    let (_, reading) = example();
    let lines: Vec<Vec<u32>> =
        reading.sources.iter().map(|source| source.places.iter().map(|place| place.line).collect()).collect();
    assert_eq!(lines, [vec![21], vec![22, 23], vec![64], vec![65], vec![106]]);
    assert_eq!(reading.citations(), 6);
    for source in &reading.sources {
        let Target::Web(url) = &source.target else { panic!("{:?}", source.target) };
        assert_eq!((url.as_str(), source.kind), (source.written.as_str(), CitationKind::PageFoot));
        assert!(source.places.iter().all(|place| place.column == 1));
    }
    let pages: Vec<_> = reading.sources.iter().map(|source| source.places[0].page).collect();
    assert_eq!(pages, [Some(1), Some(1), Some(2), Some(2), Some(3)]);
}

#[test]
fn every_claim_is_whole_and_rests_on_the_foot_of_its_page() {
    let (_, reading) = example();
    assert_eq!(reading.claims.len(), CLAIMS.len());
    for (claim, (line, column, first, last, sources)) in reading.claims.iter().zip(CLAIMS) {
        let text = &claim.text;
        assert!(text.starts_with(first) && text.ends_with(last), "{}: {text}", claim.id);
        assert_eq!((claim.places[0].line, claim.places[0].column), (line, column), "{text}");
        let ids: Vec<u32> = claim.sources.iter().map(|source| source.0).collect();
        assert_eq!(ids, sources, "{text}");
        assert_eq!(claim.binding, (!sources.is_empty()).then_some(Binding::Page), "{text}");
        assert!(!text.contains("http"), "{text}");
    }
}

#[test]
fn sentences_torn_by_a_page_foot_are_one_again() {
    let (_, reading) = example();
    let has = |part: &str| reading.claims.iter().any(|claim| claim.text.contains(part));
    assert!(has("schrieb in Foreign Affairs: „Europa weiß eines: Das mögliche Abkommen"));
    assert!(has(
        "… es geht um einen dauerhaften Friedensvertrag, um existenzielle Sicherheitsfragen für ganz Europa.“"
    ));
    assert!(has(
        "drei Komponenten umfassen: eine beträchtliche internationale Präsenz vor Ort, eine starke US-Unterstützung"
    ));
}

#[test]
fn headings_are_kept_apart() {
    let (article, _) = example();
    let headings: Vec<_> = article
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Heading)
        .map(|block| block.text.as_str())
        .collect();
    let expected = [
        "Ukraine verlangt Sicherheitsgarantien von den USA und Europa",
        "Trump und die Sicherheitsgarantien",
        "Europäische Perspektiven auf den Konflikt",
        "Auf dem Weg zu einer europäischen Lösung",
        "Die Herausforderungen der Friedenserhaltung",
        "Das Problem der Militärpräsenz",
        "Die geopolitischen Implikationen und Herausforderungen",
        "Die Zukunft europäischer Sicherheitsgarantien",
        "Das langfristige Ziel der Friedensverhandlungen",
    ];
    assert_eq!(headings, expected);
    assert_eq!(article.title.as_deref(), Some(expected[0]));
    assert_eq!(article.language, "de");
}
