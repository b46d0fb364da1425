//! `beleg review`: an editor goes through the claims of an article and decides.

use std::io::{self, BufRead, Write};

use jiff::Timestamp;

use super::args::{Cli, ReviewArgs};
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::flags::archive_override;
use super::ledger;
use super::name::who;
use super::output::terminal_options;
use crate::audit::LEDGER;
use crate::dossier::ClaimFacts;
use crate::ledger::{Body, Decision, Ledger, RaisedAlarm, SignOff, Which};
use crate::report::{Report, SignOffs, clean, count};

/// What can be answered.
const PROMPT: &str = "[c]onfirm  [r]eject  [n]ote  [enter] next  [b]ack  [q]uit > ";

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Decide(Decision),
    Next,
    Back,
    Quit,
}

/// Runs `beleg review`.
pub(super) async fn run(args: &ReviewArgs, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let overrides = vec![archive_override(args.archive.as_deref())];
    let archive = settings(cli, context, overrides)?.settings.archive;
    // Says what to do where there is none.
    ledger::open(&archive).await?.close().await?;
    let by = who(args.by.as_deref(), context)?;
    let ledger = Ledger::open(&archive.folder.join(LEDGER)).await?;
    let reviewed = review(args, &by, &ledger, cli, context).await;
    ledger.close().await?;
    reviewed
}

async fn review(
    args: &ReviewArgs,
    by: &str,
    ledger: &Ledger,
    cli: &Cli,
    context: &Context,
) -> Result<Exit, CliError> {
    let recorded = ledger::newest(
        ledger,
        args.article.as_deref(),
        "`beleg audit ARTICLE` makes one; name an article by its path or file name",
    )
    .await?;
    let dossier = ledger.dossier(&recorded).await?.dossier;
    let decided = ledger.sign_offs(&recorded.article_path).await?;
    let report = Report::new(dossier).with_sign_offs(SignOffs::new(decided));
    let wanted = |claim: &&ClaimFacts| args.all || report.is_open(claim);
    let claims: Vec<&ClaimFacts> = report.dossier.claims.iter().filter(wanted).collect();
    let alarms = ledger.alarms(Which::OfArticle(&recorded.article_path)).await?;
    let mut out = io::stdout().lock();
    if claims.is_empty() {
        writeln!(
            out,
            "No claim of {} is open. `beleg review --all` goes through all of them.",
            recorded.article_path
        )?;
        return Ok(Exit::Clean);
    }
    let mut input = io::stdin().lock();
    let (mut at, mut decisions) = (0, 0);
    while let Some(claim) = claims.get(at) {
        let place = format!("{} of {}", at + 1, claims.len());
        let is_about = |raised: &&RaisedAlarm| raised.alarm.claim_text.as_ref() == Some(&claim.text);
        let about: Vec<&RaisedAlarm> = alarms.iter().filter(is_about).collect();
        report.write_claim(claim, &about, &place, &terminal_options(cli, context), &mut out)?;
        match ask(&mut input, &mut out)? {
            Answer::Quit => break,
            Answer::Next => at += 1,
            Answer::Back => at = at.saturating_sub(1),
            Answer::Decide(decision) => {
                let note = note(decision, &mut input, &mut out)?;
                let sign_off = SignOff {
                    dossier: recorded.entry,
                    article: recorded.article_path.clone(),
                    claim: claim.id.clone(),
                    claim_text: claim.text.clone(),
                    decision,
                    by: by.to_owned(),
                    note,
                };
                ledger.append(Timestamp::now(), &Body::SignOff(sign_off)).await?;
                decisions += 1;
                at += 1;
            }
        }
    }
    writeln!(out, "{} by {} in the ledger.", count(decisions, "decision"), clean(by))?;
    Ok(Exit::Clean)
}

/// Asks until the answer is one. The end of the input is the end of the review.
fn ask(input: &mut impl BufRead, out: &mut impl Write) -> Result<Answer, CliError> {
    loop {
        let Some(line) = line(PROMPT, input, out)? else { return Ok(Answer::Quit) };
        match answer(&line) {
            Some(answer) => return Ok(answer),
            None => writeln!(out, "{:?} is no answer here.", clean(&line))?,
        }
    }
}

fn answer(line: &str) -> Option<Answer> {
    Some(match line.trim().to_lowercase().as_str() {
        "" | "s" | "skip" | "next" => Answer::Next,
        "c" | "confirm" => Answer::Decide(Decision::Confirmed),
        "r" | "reject" => Answer::Decide(Decision::Rejected),
        "n" | "note" => Answer::Decide(Decision::Noted),
        "b" | "back" => Answer::Back,
        "q" | "quit" => Answer::Quit,
        _ => return None,
    })
}

/// What there is to say; a rejection or a note should say something.
fn note(
    decision: Decision,
    input: &mut impl BufRead,
    out: &mut impl Write,
) -> Result<Option<String>, CliError> {
    if decision == Decision::Confirmed {
        return Ok(None);
    }
    let said = line("why, in a line > ", input, out)?.unwrap_or_default();
    let said = clean(said.trim());
    Ok((!said.is_empty()).then_some(said))
}

/// A line of the input, `None` at its end.
fn line(prompt: &str, input: &mut impl BufRead, out: &mut impl Write) -> Result<Option<String>, CliError> {
    write!(out, "{prompt}")?;
    out.flush()?;
    let mut line = String::new();
    let read = input.read_line(&mut line)?;
    if read == 0 {
        writeln!(out)?;
        return Ok(None);
    }
    Ok(Some(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_may_be_a_letter_or_a_word_and_nothing_else_counts() {
        assert_eq!(answer(" C \n"), Some(Answer::Decide(Decision::Confirmed)));
        assert_eq!(answer("reject\n"), Some(Answer::Decide(Decision::Rejected)));
        assert_eq!(answer("\n"), Some(Answer::Next));
        assert_eq!(answer("yes\n"), None);
    }

    #[test]
    fn what_is_no_answer_is_asked_again_and_the_end_of_the_input_quits() {
        let mut out = Vec::new();
        assert_eq!(ask(&mut "what?\nb\n".as_bytes(), &mut out).unwrap(), Answer::Back);
        assert_eq!(ask(&mut "".as_bytes(), &mut out).unwrap(), Answer::Quit);
        assert_eq!(String::from_utf8(out).unwrap().matches(PROMPT).count(), 3);
    }

    #[test]
    fn a_rejection_is_asked_for_its_reason_and_a_confirmation_is_not() {
        let mut out = Vec::new();
        let said = note(Decision::Rejected, &mut "the year\u{7} is wrong\n".as_bytes(), &mut out).unwrap();
        assert!(said.unwrap().ends_with("is wrong"));
        assert_eq!(note(Decision::Confirmed, &mut "x\n".as_bytes(), &mut out).unwrap(), None);
    }
}
