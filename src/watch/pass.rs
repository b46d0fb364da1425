//! One pass of a job: articles taken up, due sources asked again, alarms raised.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::articles::{self, Fetched, Named};
use super::config::{RecheckConfig, WatchJob};
use super::error::WatchError;
use super::event::{WatchEvent, WatchObserver};
use super::raise::{About, place};
use super::rested;
use super::schedule::Schedule;
use super::standing::{Sight, is_readable, step};
use super::takeup::{self, Plan};
use crate::archive::RunId;
use crate::article::ReadOptions;
use crate::audit::{AuditError, Auditor, ReadPage, Rechecked, Reseen};
use crate::digest::Digest;
use crate::dossier::Dossier;
use crate::evidence::{Drift, PageNow, PageText, Rested, drift};
use crate::ledger::{self, Alarm, Body, Check, Due, Ledger, Observed, RaisedAlarm};

/// Pages that may wait to be held against what rested on them.
const WAITING: usize = 8;
/// Articles whose entries are written at once.
const BATCH: usize = 32;

/// What a pass came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Passed {
    /// The job.
    pub job: String,
    /// How many articles it has.
    pub articles: usize,
    /// How many of them were taken up.
    pub taken_up: usize,
    /// How many sources were asked.
    pub asked: usize,
    /// The alarms it raised.
    pub alarms: Vec<RaisedAlarm>,
    /// What could not be done.
    pub problems: Vec<String>,
    /// Whether it was stopped before it was through.
    pub interrupted: bool,
}

/// What a pass works with.
pub struct PassContext<'a> {
    /// Asks and archives.
    pub auditor: &'a Arc<Auditor>,
    /// How often sources are asked.
    pub recheck: &'a RecheckConfig,
    /// How the articles are read.
    pub reading: &'a ReadOptions,
    /// Whether every source counts as due.
    pub everything: bool,
    /// Stops the pass: what is under way is dropped, what was seen is kept.
    pub cancel: &'a CancellationToken,
    /// Is told of what happens.
    pub observer: &'a WatchObserver,
}

/// Makes one pass of `job` at `now`. The ledger has all of it when this returns, but is still to be sealed.
///
/// # Errors
/// Where archive or ledger cannot be written, or the job's settings cannot be used. An article that cannot be read and
/// a source that does not answer are none.
pub async fn pass(job: &WatchJob, now: Timestamp, context: &PassContext<'_>) -> Result<Passed, WatchError> {
    let schedule = Schedule::of(job)?;
    let today = now.to_zoned(schedule.zone().clone()).date();
    let ledger = context.auditor.ledger().ok_or(WatchError::Audit(AuditError::Worker))?;
    let (named, problems) = articles::of_job(job, context.auditor.client()).await;
    (context.observer)(&WatchEvent::PassBegun { job: job.name.clone(), articles: named.len() });
    let passed = Passed {
        job: job.name.clone(),
        articles: named.len(),
        taken_up: 0,
        asked: 0,
        alarms: Vec::new(),
        problems: Vec::new(),
        interrupted: false,
    };
    let mut pass = Pass { job, now, today, ledger, context, audited: HashSet::new(), passed };
    for what in problems {
        pass.problem(what);
    }
    let names = pass.take_up(named).await?;
    pass.recheck(&names).await?;
    pass.passed.interrupted = context.cancel.is_cancelled();
    Ok(pass.passed)
}

struct Pass<'a> {
    job: &'a WatchJob,
    now: Timestamp,
    today: Date,
    ledger: &'a Ledger,
    context: &'a PassContext<'a>,
    /// The articles that were audited in this pass: their sources were asked just now.
    audited: HashSet<String>,
    passed: Passed,
}

impl Pass<'_> {
    /// Takes up the articles that are new or were changed, and gives the names of all that are watched.
    async fn take_up(&mut self, named: Vec<Named>) -> Result<HashSet<String>, WatchError> {
        let known = self.ledger.known_articles().await?;
        let (mut adopt, mut audit, mut names) = (Vec::new(), Vec::new(), HashSet::new());
        for article in named {
            if self.context.cancel.is_cancelled() {
                break;
            }
            names.insert(article.name.clone());
            match takeup::plan(&article, known.get(&article.name), self.context.auditor).await {
                Plan::Watched => (),
                Plan::Adopt(entry) => adopt.push((article, entry)),
                Plan::Audit(fetched) => audit.push((article, fetched)),
                Plan::Unreadable(why) => self.problem(why),
            }
        }
        for (article, entry) in adopt {
            let kept = self.ledger.dossier_of(entry).await?;
            if takeup::is_weighed(&kept.dossier) {
                self.adopt(entry, &kept.dossier).await?;
            } else {
                match article.fetch(self.context.auditor.client()).await {
                    Ok(fetched) => audit.push((article, fetched)),
                    Err(why) => self.problem(format!("cannot read {}: {why}", article.name)),
                }
            }
        }
        self.audit(audit).await?;
        Ok(names)
    }

    async fn audit(&mut self, articles: Vec<(Named, Fetched)>) -> Result<(), WatchError> {
        if articles.is_empty() {
            return Ok(());
        }
        let context = self.context;
        let audited =
            takeup::audit_all(context.auditor, articles, self.now, context.reading, context.cancel).await?;
        let known = self.ledger.known_articles().await?;
        for (name, audited) in audited {
            match (audited, known.get(&name)) {
                (Ok(()), Some(known)) if known.baseline != Some(known.dossier) => {
                    self.audited.insert(name);
                    let kept = self.ledger.dossier_of(known.dossier).await?;
                    self.adopt(known.dossier, &kept.dossier).await?;
                }
                // It was interrupted, and is audited in the next pass.
                (Ok(()), _) => (),
                (Err(why), _) => self.problem(why),
            }
        }
        Ok(())
    }

    async fn adopt(&mut self, entry: i64, dossier: &Dossier) -> Result<(), WatchError> {
        let time = (self.now, self.today);
        let config = self.context.recheck;
        let body = takeup::adopt(self.ledger, &self.job.name, entry, dossier, time, config).await?;
        self.passed.taken_up += 1;
        let sources = if let Body::Check(check) = &body { check.observed.len() } else { 0 };
        let article = dossier.article.path.clone();
        (self.context.observer)(&WatchEvent::TakenUp { job: self.job.name.clone(), article, sources });
        self.append(vec![body]).await
    }

    /// Asks the sources that are due, each once however many articles cite it.
    async fn recheck(&mut self, names: &HashSet<String>) -> Result<(), WatchError> {
        let until = if self.context.everything { Timestamp::MAX } else { self.now };
        let mut due = self.ledger.due(until, names).await?;
        due.retain(|one| !self.audited.contains(&one.article));
        if due.is_empty() || self.context.cancel.is_cancelled() {
            return Ok(());
        }
        let run = self.context.auditor.new_run(self.now);
        let mut pending = Pending::of(&due, &run, &self.job.name);
        let mut by_url: BTreeMap<String, Vec<Due>> = BTreeMap::new();
        for one in due {
            by_url.entry(one.last.url.clone()).or_default().push(one);
        }
        let asked: Vec<(Url, Vec<Due>)> =
            by_url.into_iter().filter_map(|(url, due)| Some((Url::parse(&url).ok()?, due))).collect();
        (self.context.observer)(&WatchEvent::Asking { job: self.job.name.clone(), sources: asked.len() });
        let urls = asked.iter().map(|(url, _)| url.clone()).collect();
        let (context, now, job) = (self.context, self.now, self.job);
        let (seen, mut waiting) = mpsc::channel(WAITING);
        let asking = async {
            let (named, full) = ((job.name.as_str(), &run), job.requisites);
            let asked = context.auditor.recheck(named, now, urls, full, context.cancel, seen);
            asked.await.map_err(WatchError::from)
        };
        let taking = async {
            while let Some(reseen) = waiting.recv().await {
                let Some((_, due)) = asked.get(reseen.number) else { continue };
                self.take(due, reseen, &mut pending).await?;
                if pending.ready.len() >= BATCH {
                    self.append(std::mem::take(&mut pending.ready)).await?;
                }
            }
            Ok(())
        };
        let (rechecked, ()) = tokio::try_join!(asking, taking)?;
        let mut rest = pending.into_rest();
        if let Some(Rechecked { folder, manifest }) = rechecked {
            let (job, asked) = (self.job.name.clone(), self.passed.asked);
            rest.push(Body::Pass(ledger::Pass { run, job, asked, folder, manifest }));
        }
        self.append(rest).await
    }

    /// Takes in what was seen of a source, for every article that cites it.
    async fn take(&mut self, due: &[Due], seen: Reseen, pending: &mut Pending) -> Result<(), WatchError> {
        let Reseen { facts, page, .. } = seen;
        self.passed.asked += 1;
        let (url, state, reason) = (facts.url.clone(), facts.state, facts.reason);
        (self.context.observer)(&WatchEvent::Asked { url, state, reason });
        let page = page.filter(|_| is_readable(facts.state, facts.reason)).map(Arc::new);
        let text = page.as_ref().map(|page| Digest::of(page.text.text.as_bytes()));
        for one in due {
            let before = &one.last.standing;
            let sight = Sight {
                url: &one.last.url,
                state: facts.state,
                reason: facts.reason,
                final_url: facts.final_url.as_deref(),
                payload: facts.sha256,
                text,
            };
            let (standing, turns) = step(Some(before), &sight, self.now, self.today, self.context.recheck);
            let about = About {
                article: &one.article,
                baseline: one.baseline,
                source: &one.last.id,
                url: &one.last.url,
            };
            let mut alarms: Vec<Alarm> =
                turns.iter().map(|turn| about.turned(turn, &facts.detail, self.today)).collect();
            let is_known = (text.is_some() && before.text == text)
                || (facts.sha256.is_some() && before.payload == facts.sha256);
            if let Some(page) = page.as_ref().filter(|_| !is_known) {
                let drifted = self.drifted(one, page).await?.into_iter();
                alarms.extend(drifted.map(|(claim, rested, drift)| about.drifted(&claim, &rested, drift)));
            }
            let mut observed = Observed::of(&facts, standing);
            observed.id.clone_from(&one.last.id);
            observed.url.clone_from(&one.last.url);
            let mut alarms = self.new_alarms(alarms).await?;
            if !alarms.is_empty() {
                let kept = self.ledger.dossier_of(one.baseline).await?;
                for alarm in &mut alarms {
                    alarm.place = place(alarm, &kept.dossier);
                }
            }
            pending.add(&one.article, observed, alarms);
        }
        Ok(())
    }

    /// What the article rested on and `page` no longer says.
    async fn drifted(
        &self,
        due: &Due,
        page: &Arc<ReadPage>,
    ) -> Result<Vec<(String, Rested, Drift)>, WatchError> {
        let kept = self.ledger.dossier_of(due.baseline).await?;
        let (id, page) = (due.last.id.clone(), Arc::clone(page));
        let Ok(url) = Url::parse(&due.last.url) else { return Ok(Vec::new()) };
        let work = move || drifts(rested::at_source(&kept.dossier, &id), &page, &url);
        tokio::task::spawn_blocking(work).await.map_err(|_| WatchError::Worker)
    }

    /// Those of `alarms` that were never raised before.
    async fn new_alarms(&self, alarms: Vec<Alarm>) -> Result<Vec<Alarm>, WatchError> {
        let ids: Vec<String> = alarms.iter().map(|alarm| alarm.id.clone()).collect();
        let raised = self.ledger.raised_already(&ids).await?;
        Ok(alarms.into_iter().filter(|alarm| !raised.contains(&alarm.id)).collect())
    }

    /// Writes the entries of checked articles, and notes the alarms in them: only now they are raised.
    async fn append(&mut self, bodies: Vec<Body>) -> Result<(), WatchError> {
        if bodies.is_empty() {
            return Ok(());
        }
        let entries = self.ledger.append_all(self.now, &bodies).await?;
        for (entry, body) in entries.into_iter().zip(bodies) {
            let Body::Check(check) = body else { continue };
            for alarm in check.alarms {
                (self.context.observer)(&WatchEvent::Raised {
                    id: alarm.id.clone(),
                    kind: alarm.kind,
                    article: check.article.clone(),
                    url: alarm.url.clone(),
                    message: alarm.message.clone(),
                });
                self.passed.alarms.push(RaisedAlarm {
                    entry: entry.seq,
                    raised: entry.at,
                    article: check.article.clone(),
                    job: check.job.clone(),
                    alarm,
                    acknowledged_by: None,
                });
            }
        }
        Ok(())
    }

    fn problem(&mut self, what: String) {
        (self.context.observer)(&WatchEvent::Problem { job: self.job.name.clone(), what: what.clone() });
        self.passed.problems.push(what);
    }
}

/// How `page` no longer says what rested on it. What is missing from its main text is looked for in all of it: a new layout
/// may have moved it out of what is taken for the main text.
fn drifts(rested: Vec<(String, Rested)>, page: &ReadPage, url: &Url) -> Vec<(String, Rested, Drift)> {
    let now = PageNow::new(&page.text, url);
    let missing: Vec<(String, Rested)> =
        rested.into_iter().filter(|(_, rested)| drift(rested, &now).is_some()).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let whole = PageText::whole(&page.decoded.media_type, &page.decoded.text);
    let now = PageNow::new(&whole, url);
    let drifted = missing.into_iter().filter_map(|(claim, rested)| {
        let drift = drift(&rested, &now)?;
        Some((claim, rested, drift))
    });
    drifted.collect()
}

/// The articles whose sources are being asked.
struct Pending {
    /// Those that are not through, with the number of sources that are missing.
    open: HashMap<String, (Check, usize)>,
    /// Those that are.
    ready: Vec<Body>,
}

impl Pending {
    fn of(due: &[Due], run: &RunId, job: &str) -> Self {
        let mut open: HashMap<String, (Check, usize)> = HashMap::new();
        for one in due {
            let check = || Check {
                run: run.clone(),
                job: job.to_owned(),
                article: one.article.clone(),
                baseline: one.baseline,
                observed: Vec::new(),
                alarms: Vec::new(),
            };
            open.entry(one.article.clone()).or_insert_with(|| (check(), 0)).1 += 1;
        }
        Self { open, ready: Vec::new() }
    }

    fn add(&mut self, article: &str, observed: Observed, alarms: Vec<Alarm>) {
        let Some((check, missing)) = self.open.get_mut(article) else { return };
        check.observed.push(observed);
        check.alarms.extend(alarms);
        *missing = missing.saturating_sub(1);
        if *missing == 0
            && let Some((check, _)) = self.open.remove(article)
        {
            self.ready.push(Body::Check(check));
        }
    }

    /// What is left when no more is asked: of an article that is not through, what was seen counts all the same.
    fn into_rest(self) -> Vec<Body> {
        let begun =
            self.open.into_values().map(|(check, _)| check).filter(|check| !check.observed.is_empty());
        self.ready.into_iter().chain(begun.map(Body::Check)).collect()
    }
}
