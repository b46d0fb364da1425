//! The rows that each kind of body gives.

use serde::Serialize;

use super::row::{Cell, Row};
use super::table::{ACKNOWLEDGEMENT, ALARM, CLAIM, OBSERVATION, PASS, RECHECK, RUN, SIGN_OFF, SOURCE, TOLD};
use crate::dossier::{CaptureFacts, ClaimFacts, Dossier, SourceFacts};
use crate::ledger::alarm::{Acknowledgement, Alarm, Told};
use crate::ledger::check::{Check, Observed, Pass};
use crate::ledger::entry::moment;
use crate::ledger::sign_off::SignOff;

type Rows = Result<Vec<Row>, serde_json::Error>;

pub(super) fn of_dossier(entry: i64, dossier: &Dossier) -> Rows {
    let sources = dossier.citations.iter().map(|source| source_row(entry, dossier, source));
    let claims = dossier.claims.iter().map(|claim| claim_row(entry, dossier, claim));
    std::iter::once(Ok(run_row(entry, dossier))).chain(sources).chain(claims).collect()
}

pub(super) fn of_check(entry: i64, check: &Check) -> Rows {
    let recheck = Row::new(
        &RECHECK,
        [
            entry.into(),
            check.run.as_str().into(),
            check.job.as_str().into(),
            check.article.as_str().into(),
            check.baseline.into(),
        ],
    );
    let observed = check.observed.iter().map(|seen| observation_row(entry, check, seen));
    let alarms = check.alarms.iter().map(|alarm| Ok(alarm_row(entry, check, alarm)));
    std::iter::once(Ok(recheck)).chain(observed).chain(alarms).collect()
}

pub(super) fn of_pass(entry: i64, pass: &Pass) -> Row {
    // Nobody asks more sources than SQLite can count.
    let asked = i64::try_from(pass.asked).unwrap_or(i64::MAX);
    let cells = [
        entry.into(),
        pass.run.as_str().into(),
        pass.job.as_str().into(),
        asked.into(),
        pass.folder.as_str().into(),
        pass.manifest.to_string().into(),
    ];
    Row::new(&PASS, cells)
}

pub(super) fn of_acknowledgement(entry: i64, body: &Acknowledgement) -> Vec<Row> {
    let row = |alarm: &String| {
        let cells = [entry.into(), alarm.as_str().into(), body.by.as_str().into(), body.note.clone().into()];
        Row::new(&ACKNOWLEDGEMENT, cells)
    };
    body.alarms.iter().map(row).collect()
}

pub(super) fn of_told(entry: i64, body: &Told) -> Vec<Row> {
    let row =
        |alarm: &String| Row::new(&TOLD, [entry.into(), alarm.as_str().into(), body.channel.as_str().into()]);
    body.alarms.iter().map(row).collect()
}

pub(super) fn of_sign_off(entry: i64, body: &SignOff) -> Row {
    Row::new(
        &SIGN_OFF,
        [
            entry.into(),
            body.dossier.into(),
            body.article.as_str().into(),
            body.claim.as_str().into(),
            body.claim_text.as_str().into(),
            body.decision.as_str().into(),
            body.by.as_str().into(),
            body.note.clone().into(),
        ],
    )
}

fn run_row(entry: i64, dossier: &Dossier) -> Row {
    let (run, article) = (&dossier.run, &dossier.article);
    Row::new(
        &RUN,
        [
            entry.into(),
            run.id.as_str().into(),
            article.path.as_str().into(),
            article.sha256.to_string().into(),
            article.title.clone().into(),
            article.language.as_str().into(),
            moment(run.started).into(),
            moment(run.finished).into(),
            i64::from(run.interrupted).into(),
        ],
    )
}

fn source_row(entry: i64, dossier: &Dossier, source: &SourceFacts) -> Result<Row, serde_json::Error> {
    let [warc, offset] = place(source.capture.as_ref());
    let cells = [
        entry.into(),
        source.id.as_str().into(),
        dossier.run.id.as_str().into(),
        source.url.as_str().into(),
        word(&source.state)?.into(),
        word(&source.reason)?.into(),
        source.status.map(i64::from).into(),
        source.final_url.clone().into(),
        source.checked.map(moment).into(),
        source.sha256.map(|digest| digest.to_string()).into(),
        warc,
        offset,
    ];
    Ok(Row::new(&SOURCE, cells))
}

fn claim_row(entry: i64, dossier: &Dossier, claim: &ClaimFacts) -> Result<Row, serde_json::Error> {
    let cells = [
        entry.into(),
        claim.id.as_str().into(),
        dossier.run.id.as_str().into(),
        claim.text.as_str().into(),
        word(&claim.verdict)?.into(),
    ];
    Ok(Row::new(&CLAIM, cells))
}

fn observation_row(entry: i64, check: &Check, seen: &Observed) -> Result<Row, serde_json::Error> {
    let [warc, offset] = place(seen.capture.as_ref());
    let standing = &seen.standing;
    let cells = [
        entry.into(),
        seen.id.as_str().into(),
        check.run.as_str().into(),
        check.article.as_str().into(),
        seen.url.as_str().into(),
        word(&seen.state)?.into(),
        word(&seen.reason)?.into(),
        seen.status.map(i64::from).into(),
        seen.final_url.clone().into(),
        seen.checked.map(moment).into(),
        seen.sha256.map(|digest| digest.to_string()).into(),
        warc,
        offset,
        standing.health.as_str().into(),
        i64::from(standing.unchanged).into(),
        i64::from(standing.failed_days).into(),
        moment(standing.next).into(),
    ];
    Ok(Row::new(&OBSERVATION, cells))
}

fn alarm_row(entry: i64, check: &Check, alarm: &Alarm) -> Row {
    Row::new(
        &ALARM,
        [
            alarm.id.as_str().into(),
            entry.into(),
            alarm.kind.as_str().into(),
            check.article.as_str().into(),
            alarm.url.as_str().into(),
            alarm.source.as_str().into(),
            alarm.claim.clone().into(),
            alarm.claim_text.clone().into(),
            alarm.before.clone().into(),
            alarm.after.clone().into(),
            alarm.message.as_str().into(),
        ],
    )
}

/// The WARC file of a capture and the offset in it. No file is so long that SQLite's integers could not say where its
/// records begin.
fn place(capture: Option<&CaptureFacts>) -> [Cell; 2] {
    let offset = capture.and_then(|capture| i64::try_from(capture.offset).ok());
    [capture.map(|capture| capture.warc.as_str()).into(), offset.into()]
}

/// The word that the report contract has for a value of one of its vocabularies.
fn word(value: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::from_value(serde_json::to_value(value)?)
}
