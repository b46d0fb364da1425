//! From what the stages found to the records of the dossier.

use url::Url;

use crate::archive::Capture;
use crate::article::Article;
use crate::check::Judgement;
use crate::citation::{Claim, Source, SourceId, masked, without_credentials};
use crate::dossier::{
    ArticleFacts, AtomFacts, CaptureFacts, ClaimFacts, EvidenceFacts, Hop, ReadingFacts, SourceFacts, Tool,
};
use crate::evidence::{Atom, Model, Passage, Weighed, day_of, rules_version};
use crate::fetch::Chain;

/// This program, with the model that claims are weighed beside.
pub(super) fn tool(model: Option<&Model>) -> Tool {
    Tool {
        name: "beleg".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        rules: Some(rules_version(model)),
    }
}

/// The article as the dossier has it.
pub(super) fn article(article: &Article) -> ArticleFacts {
    ArticleFacts {
        path: article.path.clone(),
        sha256: article.sha256,
        title: article.title.clone(),
        language: article.language.clone(),
        date: day_of(article),
        kind: Some(article.kind),
    }
}

/// A source that was not asked by the address `url`, one of those that it may have.
pub(super) fn unasked_at(source: &Source, url: &Url, judgement: Judgement) -> SourceFacts {
    SourceFacts { url: without_credentials(url).into_owned(), ..unasked(source, judgement) }
}

/// A source that was not asked.
pub(super) fn unasked(source: &Source, judgement: Judgement) -> SourceFacts {
    SourceFacts {
        id: source.id.to_string(),
        url: source.target.url().map_or_else(|| masked(&source.written), without_credentials).into_owned(),
        written: masked(&source.written).into_owned(),
        places: source.places.clone(),
        readings: Vec::new(),
        kind: source.kind,
        state: judgement.state(),
        reason: judgement.reason,
        detail: judgement.detail,
        status: None,
        final_url: None,
        hops: Vec::new(),
        checked: None,
        media_type: None,
        title: None,
        published: None,
        text_sha256: None,
        sha256: None,
        bytes: None,
        advice: judgement.advice,
        claims: source.claims.iter().map(ToString::to_string).collect(),
        capture: None,
    }
}

/// A source that was asked by the address `asked`, with what came back.
pub(super) fn asked(
    source: &Source,
    asked: &Url,
    chain: &Chain,
    judgement: Judgement,
    capture: Option<Capture>,
) -> SourceFacts {
    let response = chain.exchanges.last().and_then(|exchange| exchange.answer.as_ref().ok());
    SourceFacts {
        url: without_credentials(asked).into_owned(),
        status: response.map(|response| response.status),
        final_url: response.and_then(|_| chain.final_url()).map(ToString::to_string),
        hops: hops(chain),
        checked: chain.exchanges.first().map(|exchange| exchange.started),
        media_type: response
            .and_then(|response| response.header("content-type"))
            .map(|value| media_type(&value)),
        sha256: response.map(|response| response.body.digest()),
        bytes: response.map(|response| response.body.len()),
        capture: capture.map(capture_facts),
        ..unasked(source, judgement)
    }
}

impl SourceFacts {
    /// Takes another judgement in place of the first.
    pub(super) fn judge_anew(&mut self, judgement: Judgement) {
        self.state = judgement.state();
        self.reason = judgement.reason;
        self.detail = judgement.detail;
        self.advice = judgement.advice;
    }
}

/// What became of one reading of an address.
pub(super) fn reading(asked: &SourceFacts) -> ReadingFacts {
    ReadingFacts { url: asked.url.clone(), state: asked.state, reason: asked.reason, status: asked.status }
}

/// A claim with what was found for it.
pub(super) fn claim(claim: &Claim, weighed: Weighed) -> ClaimFacts {
    ClaimFacts {
        id: claim.id.to_string(),
        text: masked(&claim.text).into_owned(),
        places: claim.places.clone(),
        citations: claim.sources.iter().map(ToString::to_string).collect(),
        binding: claim.binding,
        verdict: weighed.verdict,
        reason: weighed.reason,
        atoms: weighed.atoms.into_iter().map(atom).collect(),
        evidence: weighed.passages.into_iter().map(evidence).collect(),
        candidates: weighed.candidates.into_iter().map(evidence).collect(),
    }
}

/// The redirects that were followed: exchanges whose answer sent on to another URL.
fn hops(chain: &Chain) -> Vec<Hop> {
    let followed = chain.exchanges.iter().zip(chain.exchanges.iter().skip(1));
    followed
        .filter(|(exchange, next)| exchange.url != next.url)
        .filter_map(|(exchange, _)| {
            let response = exchange.answer.as_ref().ok()?;
            Some(Hop { url: exchange.url.to_string(), status: response.status })
        })
        .collect()
}

/// The media type without its parameters, in lower case (RFC 9110 §8.3.1).
fn media_type(header: &str) -> String {
    header.split(';').next().unwrap_or_default().trim().to_lowercase()
}

fn capture_facts(capture: Capture) -> CaptureFacts {
    CaptureFacts {
        warc: capture.warc,
        offset: capture.offset,
        length: capture.length,
        record: capture.record.urn().to_string(),
        digest: capture.digest.labelled(),
        date: capture.date,
        revisit: capture.revisit,
    }
}

fn atom(atom: Atom) -> AtomFacts {
    AtomFacts {
        kind: atom.kind,
        text: atom.text,
        outcome: atom.outcome,
        found: atom.found,
        citation: atom.source.map(|source: SourceId| source.to_string()),
    }
}

fn evidence(passage: Passage) -> EvidenceFacts {
    let characters = |byte: usize| passage.text[..byte].chars().count();
    let marks = passage.marks.iter().map(|mark| (characters(mark.start), characters(mark.end))).collect();
    EvidenceFacts {
        citation: passage.source.to_string(),
        prefix: passage.prefix,
        suffix: passage.suffix,
        start: passage.range.start,
        end: passage.range.end,
        score: passage.score,
        margin: passage.margin,
        similarity: passage.similarity,
        origin: None,
        link: passage.link,
        marks,
        passage: passage.text,
    }
}
