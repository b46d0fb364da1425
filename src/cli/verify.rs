//! `beleg verify`: is everything still what it was? Archive, dossiers and ledger, each against the others.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::args::{Cli, ExtractFormat, VerifyArgs};
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use crate::archive::{self, Checked, ManifestSeen, Outcome};
use crate::audit::LEDGER;
use crate::ledger::{self, LedgerFault, LedgerVerification, Seal};
use crate::report::clean;

/// Everything that came out, `beleg.verification/1`.
#[derive(Default, Serialize)]
struct Findings {
    schema: &'static str,
    /// How many digests, references and lines are right.
    right: u64,
    /// How many of each thing that was checked are right.
    checked: BTreeMap<String, u64>,
    wrong: Vec<Fault>,
    not_checkable: Vec<Fault>,
    /// The weakest part of what was verified, in a sentence.
    weakest_link: String,
}

/// One thing that is wrong or cannot be checked.
#[derive(Serialize)]
struct Fault {
    file: String,
    item: String,
    what: String,
    detail: String,
}

/// Runs `beleg verify`.
pub(super) async fn run(args: &VerifyArgs, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let paths = if args.paths.is_empty() {
        vec![settings(cli, context, Vec::new())?.settings.archive.folder]
    } else {
        args.paths.clone()
    };
    let mut findings = Findings { schema: "beleg.verification/1", ..Findings::default() };
    for path in &paths {
        findings.add(path).await?;
    }
    findings.weakest_link = findings.weakest_link();
    let mut out = io::stdout().lock();
    match args.format {
        ExtractFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &findings).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        ExtractFormat::Terminal => findings.for_people(&paths, cli.verbose > 0, &mut out)?,
    }
    Ok(if findings.wrong.is_empty() { Exit::Clean } else { Exit::Findings })
}

impl Findings {
    /// Verifies what lies at `path`: first the files, then, in an archive folder, the ledger and what it says of them.
    async fn add(&mut self, path: &Path) -> Result<(), CliError> {
        if !path.exists() {
            return Err(CliError::new(format!("there is nothing at {}", path.display())).hint(
                "name an archive folder, a .warc.gz or a .wacz; `beleg demo` makes an archive to try it on",
            ));
        }
        let ledger = path.join(LEDGER);
        // A ledger that is gone from beside its seal is missed.
        let is_archive = ledger.exists() || Seal::path(&ledger).exists();
        let folder = path.to_owned();
        let (files, faults) = tokio::task::spawn_blocking(move || {
            let mut faults = Vec::new();
            archive::verify(&folder, &mut |checked| faults.push(checked)).map(|files| (files, faults))
        })
        .await
        .map_err(|_| CliError::new("a worker stopped early; please report this"))??;
        self.right += files.right_in_all();
        for (what, count) in files.right {
            *self.checked.entry(what.to_owned()).or_default() += count;
        }
        for checked in faults {
            self.note(checked);
        }
        if is_archive {
            let kept = ledger::verify(&ledger).await?;
            self.compare(&kept, &files.manifests);
            self.add_ledger(kept);
        } else if !files.manifests.is_empty() && path.is_dir() {
            let detail = "no ledger vouches for the manifests of this folder";
            self.not_checkable.push(Fault::new(LEDGER, "file", "ledger", detail));
        }
        Ok(())
    }

    fn note(&mut self, checked: Checked) {
        let Checked { file, item, what, outcome, detail } = checked;
        let fault = Fault { file, item, what: what.to_owned(), detail };
        match outcome {
            Outcome::Right => self.right += 1,
            Outcome::Wrong => self.wrong.push(fault),
            Outcome::NotCheckable => self.not_checkable.push(fault),
        }
    }

    fn add_ledger(&mut self, kept: LedgerVerification) {
        self.right += kept.right;
        *self.checked.entry("ledger".to_owned()).or_default() += kept.right;
        self.wrong.extend(kept.wrong.into_iter().map(Fault::from));
        self.not_checkable.extend(kept.not_checkable.into_iter().map(Fault::from));
    }

    /// Holds each manifest against the entry of the ledger that names its digest.
    fn compare(&mut self, kept: &LedgerVerification, manifests: &[ManifestSeen]) {
        for entry in &kept.dossiers {
            let Some(expected) = entry.manifest else { continue };
            let file = format!("{}/manifest.json", entry.folder);
            let item = format!("entry {} of the ledger (run {})", entry.entry, entry.run);
            match manifests.iter().find(|seen| seen.file == file) {
                Some(seen) if seen.sha256 == expected => self.right += 1,
                Some(seen) => {
                    let detail = format!("is {}, and the ledger says {expected}", seen.sha256);
                    self.wrong.push(Fault::new(&file, &item, "manifest digest", &detail));
                }
                None => {
                    let detail = "the ledger names this manifest, and it is gone or cannot be read";
                    self.wrong.push(Fault::new(&file, &item, "manifest", detail));
                }
            }
        }
        for seen in manifests {
            if !kept.dossiers.iter().any(|entry| seen.file == format!("{}/manifest.json", entry.folder)) {
                let detail = "no entry of the ledger names it: the run ended before it was entered";
                self.not_checkable.push(Fault::new(&seen.file, &seen.run, "manifest", detail));
            }
        }
    }

    fn weakest_link(&self) -> String {
        if let Some(fault) = self.wrong.first() {
            format!("{}: {} is wrong", fault.file, fault.thing())
        } else if let Some(fault) = self.not_checkable.first() {
            format!("{}: {} cannot be checked ({})", fault.file, fault.thing(), fault.detail)
        } else {
            "the archive vouches for itself alone: nobody outside has signed or dated it".to_owned()
        }
    }

    fn for_people(&self, paths: &[PathBuf], verbose: bool, out: &mut impl Write) -> io::Result<()> {
        for (symbol, faults) in [("✗", &self.wrong), ("?", &self.not_checkable)] {
            for fault in faults {
                writeln!(out, "{symbol} {}", clean(&fault.file))?;
                writeln!(out, "    {}: {}", clean(&fault.thing()), clean(&fault.detail))?;
            }
        }
        if verbose {
            for (what, count) in &self.checked {
                writeln!(out, "{count:>8} {what} right")?;
            }
        }
        let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        let verdict = if self.wrong.is_empty() { "all right" } else { "NOT right" };
        writeln!(
            out,
            "{}: {verdict}. {} checks right, {} wrong, {} not checkable.",
            names.join(", "),
            self.right,
            self.wrong.len(),
            self.not_checkable.len()
        )?;
        writeln!(out, "Weakest link: {}.", clean(&self.weakest_link))
    }
}

impl Fault {
    fn new(file: &str, item: &str, what: &str, detail: &str) -> Self {
        Self {
            file: file.to_owned(),
            item: item.to_owned(),
            what: what.to_owned(),
            detail: detail.to_owned(),
        }
    }

    /// What was checked, with the part of the file that it belongs to.
    fn thing(&self) -> String {
        if self.item.is_empty() { self.what.clone() } else { format!("{} of {}", self.what, self.item) }
    }
}

impl From<LedgerFault> for Fault {
    fn from(fault: LedgerFault) -> Self {
        Self { file: fault.file, item: fault.item, what: fault.what, detail: fault.detail }
    }
}
