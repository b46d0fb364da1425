//! Synthetic dossiers for the tests of this stage: every state and verdict, and text that means harm.
//!
//! All hosts are those reserved for examples (RFC 2606), and nobody real is given words.

use jiff::Timestamp;

use crate::archive::RunId;
use crate::article::{Kind, Place};
use crate::check::Reason;
use crate::citation::{Binding, CitationKind};
use crate::digest::Digest;
use crate::dossier::{
    ArticleFacts, AtomFacts, CaptureFacts, ClaimFacts, Dossier, EvidenceFacts, Hop, Origin, ReadingFacts,
    Run, SourceFacts, Tool,
};
use crate::evidence::{AtomKind, Outcome, Verdict};

/// Every reason there is.
pub(super) const REASONS: [Reason; 37] = [
    Reason::Ok,
    Reason::Moved,
    Reason::Soft404,
    Reason::RedirectedToHome,
    Reason::RedirectedToLogin,
    Reason::ParkedDomain,
    Reason::Paywall,
    Reason::ConsentWall,
    Reason::FragmentMissing,
    Reason::EmptyPage,
    Reason::Truncated,
    Reason::UnsafeRedirect,
    Reason::Unauthorized,
    Reason::Forbidden,
    Reason::RateLimited,
    Reason::Legal,
    Reason::BotWall,
    Reason::Robots,
    Reason::NotFound,
    Reason::Gone,
    Reason::ClientError,
    Reason::NoSuchHost,
    Reason::RedirectLoop,
    Reason::NotHttp,
    Reason::Timeout,
    Reason::Refused,
    Reason::Reset,
    Reason::Incomplete,
    Reason::ServerError,
    Reason::DnsFailure,
    Reason::TlsInvalid,
    Reason::TlsFailure,
    Reason::UnsupportedScheme,
    Reason::InvalidUrl,
    Reason::PrivateAddress,
    Reason::Excluded,
    Reason::Offline,
];

/// Text of an article or a page that tries everything.
pub(super) const NASTY: &str =
    "<script>alert(1)</script> \"'&amp; \u{1b}[31mred\u{7} \u{202e}back | *bold* `code` שלום 👩‍🚀 ]]> =1+1";

/// A word that fits on no line.
pub(super) const LONG_WORD: &str = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzgebungsverfahrensordnungsentwurfsfassungsdatumsangabe";

/// A dossier with every reason, every verdict and nasty text throughout.
pub(super) fn dossier() -> Dossier {
    let mut dossier = bare("beispiele/wasserstand.txt", Some("Was der Fluss trägt, und was nicht"));
    dossier.run.interrupted = true;
    dossier.citations = REASONS.iter().zip(1..).map(|(&reason, number)| cited(number, reason)).collect();
    dossier.citations.push(source(38, "javascript:alert(document.domain)", Reason::UnsupportedScheme));
    dossier.citations.push(nasty_source(39));
    dossier.citations.push(read_otherwise(40));
    dossier.claims = [plain_claims(), contradicted_claims(), other_claims()].concat();
    dossier
}

/// A source whose address has a bracket at its end that was taken for one of the sentence.
fn read_otherwise(number: u32) -> SourceFacts {
    let reading = |url: &str, reason: Reason| ReadingFacts {
        url: url.to_owned(),
        state: reason.state(),
        reason,
        status: None,
    };
    let mut source = source(number, "https://example.org/pegel)", Reason::Ok);
    source.readings =
        vec![reading("https://example.org/pegel", Reason::NotFound), reading(&source.url, Reason::Ok)];
    source
}

/// A dossier without findings: one source, alive, one claim, located.
pub(super) fn clean() -> Dossier {
    let mut dossier = bare("clean.md", None);
    dossier.citations = vec![source(1, "https://example.org/", Reason::Ok)];
    dossier.claims = vec![claim(1, "Der Pegel stieg auf drei Meter.", Verdict::Located)];
    dossier
}

/// A dossier of an article that cites and claims nothing.
pub(super) fn empty() -> Dossier {
    bare("leer.txt", None)
}

/// A dossier of a machine without a network: two sources on two hosts, and neither could be looked up.
pub(super) fn cut_off() -> Dossier {
    let mut dossier = bare("unterwegs.txt", None);
    let urls = ["https://example.org/", "https://example.net/"];
    dossier.citations =
        urls.iter().zip(1..).map(|(url, number)| source(number, url, Reason::DnsFailure)).collect();
    dossier
}

/// A source with this reason at line `20 + number`.
pub(super) fn source(number: u32, url: &str, reason: Reason) -> SourceFacts {
    SourceFacts {
        id: format!("c{number}"),
        url: url.into(),
        written: url.into(),
        places: vec![place(20 + number)],
        readings: Vec::new(),
        kind: CitationKind::PageFoot,
        state: reason.state(),
        reason,
        detail: String::new(),
        status: None,
        final_url: None,
        hops: vec![],
        checked: None,
        media_type: None,
        title: None,
        published: None,
        text_sha256: None,
        sha256: None,
        bytes: None,
        advice: None,
        claims: vec![],
        capture: None,
    }
}

/// A claim that rests on `c1` and has neither atoms nor evidence.
pub(super) fn claim(number: u32, text: &str, verdict: Verdict) -> ClaimFacts {
    ClaimFacts {
        id: format!("k{number}"),
        text: text.into(),
        places: vec![place(2 + number)],
        citations: vec!["c1".into()],
        binding: Some(Binding::Page),
        verdict,
        reason: None,
        atoms: vec![],
        evidence: vec![],
        candidates: vec![],
    }
}

/// An atom that was looked for in `c1`.
pub(super) fn atom(kind: AtomKind, text: &str, outcome: Outcome, found: Option<&str>) -> AtomFacts {
    let citation = (outcome != Outcome::NotFound && outcome != Outcome::TooShort).then(|| "c1".to_owned());
    AtomFacts { kind, text: text.into(), outcome, found: found.map(Into::into), citation }
}

/// The first column of `line`.
pub(super) fn place(line: u32) -> Place {
    Place { line, column: 1, page: None }
}

fn bare(path: &str, title: Option<&str>) -> Dossier {
    let started: Timestamp = "2026-11-23T04:12:07Z".parse().unwrap();
    Dossier {
        tool: Tool { name: "beleg".into(), version: "0.1.0".into(), rules: None },
        run: Run {
            id: RunId::new(started, 0x9f3c),
            started,
            finished: "2026-11-23T04:12:19Z".parse().unwrap(),
            interrupted: false,
        },
        article: ArticleFacts {
            path: path.into(),
            sha256: Digest::of(path.as_bytes()),
            title: title.map(Into::into),
            language: "de".into(),
            date: None,
            kind: Some(Kind::Plain),
        },
        citations: vec![],
        claims: vec![],
    }
}

fn cited(number: u32, reason: Reason) -> SourceFacts {
    let url =
        format!("https://news{number}.example.org/2026/11/20/rivers/a-long-way-down-to-the-sea/index.html");
    let mut cited = source(number, &url, reason);
    match reason {
        Reason::Ok => {
            cited.places.push(place(22));
            answered(&mut cited, 200, "Synthetic page: what the river carries");
            cited.claims = (1..=9).map(|claim| format!("k{claim}")).collect();
        }
        Reason::Moved => {
            cited.hops = vec![Hop { url, status: 301 }];
            cited.final_url = Some("https://news2.example.org/archive/rivers".into());
            answered(&mut cited, 200, "Synthetic page: the archive");
        }
        Reason::NotFound => {
            answered(&mut cited, 404, "Synthetic page: not here");
            cited.detail = "404 Not Found, three tries over 9 s".into();
            cited.advice = Some("An archive has it as of 2025-03-04 09:12: cite that copy.".into());
        }
        Reason::BotWall => {
            answered(&mut cited, 403, "Synthetic page: are you a person?");
            cited.detail = "403 from a bot wall, the answer is kept".into();
        }
        _ => {}
    }
    cited
}

fn answered(source: &mut SourceFacts, status: u16, title: &str) {
    let digest = Digest::of(title.as_bytes());
    let date: Timestamp = "2026-11-23T04:12:09Z".parse().unwrap();
    source.detail = format!("{status}");
    source.status = Some(status);
    source.checked = Some(date);
    source.media_type = Some("text/html".into());
    source.title = Some(title.into());
    source.published = Some("2026-11-20".into());
    source.sha256 = Some(digest);
    source.bytes = Some(80_234);
    source.capture = Some(CaptureFacts {
        warc: "captures/2026/11/20261123T041207Z-9f3c-00000.warc.gz".into(),
        offset: 1_204,
        length: 18_761,
        record: "urn:uuid:6e1f9d0a-2f4b-4c1e-9b7a-0d7c3a5e8f21".into(),
        digest: digest.labelled(),
        date,
        revisit: source.id == "c2",
    });
}

fn nasty_source(number: u32) -> SourceFacts {
    let mut nasty =
        source(number, &format!("https://example.com/{LONG_WORD}?q=\"><script>x</script>"), Reason::Gone);
    answered(&mut nasty, 410, NASTY);
    nasty.detail = NASTY.into();
    nasty
}

fn plain_claims() -> Vec<ClaimFacts> {
    let mut located = claim(1, "Im Frühjahr führte der Fluss 48.000 Tonnen Sand mit sich.", Verdict::Located);
    located.atoms = vec![
        atom(AtomKind::Figure, "48.000 Tonnen", Outcome::Same, Some("48,000 tonnes")),
        atom(AtomKind::Date, "Frühjahr", Outcome::Variant, Some("spring")),
    ];
    located.evidence = vec![evidence(
        "In spring the river carried 48,000 tonnes of sand past the town, the synthetic survey of this page says.",
        &[(28, 41), (45, 49)],
    )];
    let mut partly = claim(
        2,
        "Die „Koalition der Ufer“ zählt 12 Gemeinden und will bis 2030 alle 31 Deiche erneuern.",
        Verdict::PartlyLocated,
    );
    partly.atoms = vec![
        atom(
            AtomKind::Quotation,
            "Koalition der Ufer",
            Outcome::PossibleTranslation,
            Some("coalition of the banks"),
        ),
        atom(AtomKind::Figure, "12 Gemeinden", Outcome::Same, Some("twelve communities")),
        atom(AtomKind::Figure, "31 Deiche", Outcome::NotFound, None),
    ];
    partly.evidence =
        vec![evidence("A coalition of the banks has twelve communities as members.", &[(2, 24), (29, 47)])];
    vec![located, partly]
}

fn contradicted_claims() -> Vec<ClaimFacts> {
    let mut differs = claim(3, "Die Hilfe soll „bis zu 150 Millionen Euro“ betragen.", Verdict::Differs);
    differs.atoms = vec![
        atom(AtomKind::Figure, "bis zu 150 Millionen Euro", Outcome::Differs, Some("up to €800 million")),
        atom(AtomKind::Figure, "20 Millionen Euro", Outcome::OtherCurrency, Some("$20 million")),
    ];
    differs.evidence = vec![evidence(
        "The communities expect help of up to €800 million over five years, of which $20 million were paid.",
        &[(31, 49)],
    )];
    let mut altered =
        claim(4, "„Der Damm hält länger als wir“, heißt es im Gutachten vom 3. Mai.", Verdict::Differs);
    altered.atoms = vec![
        atom(
            AtomKind::Quotation,
            "Der Damm hält länger als wir",
            Outcome::Altered,
            Some("Der Damm hält länger als der Winter"),
        ),
        atom(AtomKind::Date, "3. Mai", Outcome::Differs, Some("May 5")),
        atom(AtomKind::Name, "Gutachten Nord", Outcome::Differs, Some("Southern survey")),
        atom(AtomKind::Term, "Damm", Outcome::Differs, Some("Deich")),
    ];
    altered.evidence =
        vec![evidence("Der Damm hält länger als der Winter, schreiben die Gutachter am 5. Mai.", &[(0, 35)])];
    let plain = claim(5, "Der Pegel sank im Herbst.", Verdict::Differs);
    vec![differs, altered, plain]
}

fn other_claims() -> Vec<ClaimFacts> {
    let mut inline = claim(6, "Niemand hat je so viel Treibholz gezählt.", Verdict::NotLocated);
    inline.binding = Some(Binding::Inline);
    let nominated = evidence("The synthetic flood carried more driftwood than anybody had counted.", &[]);
    inline.candidates =
        vec![EvidenceFacts { score: 0.04, margin: -0.2, similarity: Some(0.71), ..nominated }];
    let mut unavailable =
        claim(7, "Die Messstelle liegt 300 Meter unter der Brücke.", Verdict::SourceUnavailable);
    unavailable.citations = vec!["c19".into()];
    let mut uncited = claim(8, "Rund 70 Prozent der Ufer sind befestigt.", Verdict::NotCheckable);
    uncited.citations = vec![];
    uncited.binding = None;
    uncited.reason = Some("no source is in reach".into());
    uncited.atoms = vec![atom(AtomKind::Figure, "70 Prozent", Outcome::NotFound, None)];
    let mut nasty = claim(9, &format!("{NASTY} {LONG_WORD}"), Verdict::Located);
    nasty.atoms = vec![atom(AtomKind::Term, NASTY, Outcome::Same, Some(NASTY))];
    nasty.evidence = vec![evidence(NASTY, &[(0, 8), (4, 12), (500, 900)])];
    nasty.evidence[0].link = Some("javascript:alert(1)".into());
    let opinion = claim(10, "Schön war er am Sonntag, 13. Januar 2024.", Verdict::NotCheckable);
    let many = (11..20).map(|number| claim(number, "Das steht auf keiner Seite.", Verdict::NotLocated));
    [vec![inline, unavailable, uncited, nasty, opinion], many.collect()].concat()
}

fn evidence(passage: &str, marks: &[(usize, usize)]) -> EvidenceFacts {
    EvidenceFacts {
        citation: "c1".into(),
        passage: passage.into(),
        prefix: "so the page begins. ".into(),
        suffix: " And so it goes on".into(),
        start: 20,
        end: 20 + passage.chars().count(),
        score: 0.82,
        margin: 0.31,
        similarity: None,
        origin: Some(Origin { start: 120, end: 260 }),
        link: Some("https://news1.example.org/2026/11/20/rivers/index.html#:~:text=In%20spring,says".into()),
        marks: marks.to_vec(),
    }
}
