//! The judgement of what was fetched, and what asking elsewhere may add to it.

use url::Url;
use uuid::Uuid;

use super::gather::Asking;
use crate::check::{self, Content, Doubt, Judgement, Reason};
use crate::dossier::SourceFacts;
use crate::fetch::Chain;

/// The judgement of a source, as the settings want it, and the doubt that only the site can settle. Takes some milliseconds
/// of processor time for a large page.
pub(super) fn judged(
    (asked, further): (&Url, &[String]),
    chain: &Chain,
    page: &Content<'_>,
    asking: &Asking,
) -> (Judgement, Option<Doubt>) {
    let (judgement, doubt) = check::judge(asked, further, chain, page, entropy());
    match accepted(chain, asking) {
        Some(accepted) => (accepted, None),
        None => (judgement, doubt.filter(|_| asking.check.probe)),
    }
}

/// Asks the site beside a page that is in doubt, and web archives where it is gone.
pub(super) async fn look_again(url: &Url, facts: &mut SourceFacts, doubt: Option<Doubt>, asking: &Asking) {
    if let Some(doubt) = doubt
        && let Some(judgement) = asking.probes.settle(&doubt, asking).await
    {
        facts.judge_anew(judgement);
    }
    if let Some(mementos) = &asking.mementos
        && let Some(advice) = mementos.advice(url, facts.reason, asking).await
    {
        facts.advice = Some(advice);
    }
}

/// The judgement of an answer that the settings count as alive, whatever it says.
fn accepted(chain: &Chain, asking: &Asking) -> Option<Judgement> {
    let status = chain.response()?.status;
    let accepted = !(200..300).contains(&status) && asking.client.accepts(chain.final_url()?, status);
    let detail = || format!("{status}, which the settings accept from this host");
    accepted.then(|| Judgement::new(Reason::Ok, detail()))
}

/// A random number, so that nobody can have a page at the addresses that are made up with it.
fn entropy() -> u64 {
    Uuid::new_v4().as_u64_pair().0
}
