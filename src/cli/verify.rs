//! `beleg verify`: is everything still what it was? Archive, dossiers and ledger, each against the others.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;

use super::args::{Cli, OutputFormat, VerifyArgs};
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use crate::archive::{
    self, Checked, ManifestSeen, Outcome, PublicKey, Roots, SignatureSeen, Tally, Trust, Verification,
};
use crate::audit::LEDGER;
use crate::dossier::Dossier;
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
    /// How each file came out.
    files: BTreeMap<String, Tally>,
    wrong: Vec<Fault>,
    not_checkable: Vec<Fault>,
    /// How many more are wrong or not checkable than are listed.
    unlisted: Tally,
    signatures: Vec<Signature>,
    timestamps: Vec<Stamp>,
    /// The weakest part of what was verified, in a sentence.
    weakest_link: String,
    /// Whether anything here comes from a run of beleg: other archives have nothing that vouches for them as a whole.
    #[serde(skip)]
    has_manifests: bool,
}

/// More things than these of a kind are not listed: a large file of a program that states no digests has millions.
const MOST: usize = 10_000;

/// What is wrong and what is not checkable, as far as it is listed.
#[derive(Default)]
struct Listed {
    wrong: Vec<Checked>,
    not_checkable: Vec<Checked>,
    unlisted: Tally,
}

impl Listed {
    fn push(&mut self, checked: Checked) {
        let (listed, unlisted) = match checked.outcome {
            Outcome::Wrong => (&mut self.wrong, &mut self.unlisted.wrong),
            _ => (&mut self.not_checkable, &mut self.unlisted.not_checkable),
        };
        if listed.len() < MOST {
            listed.push(checked);
        } else {
            *unlisted += 1;
        }
    }
}

/// One thing that is wrong or cannot be checked.
#[derive(Serialize)]
struct Fault {
    file: String,
    item: String,
    what: String,
    detail: String,
}

/// A signature that is right.
#[derive(Serialize)]
struct Signature {
    file: String,
    public_key: String,
    fingerprint: String,
    /// Whether the key is the one that this user signs with.
    own: bool,
}

/// A time-stamp that is right.
#[derive(Serialize)]
struct Stamp {
    file: String,
    time: Timestamp,
    authority: String,
    /// The root that vouches for the authority, where one is trusted.
    root: Option<String>,
}

/// Runs `beleg verify`.
pub(super) async fn run(args: &VerifyArgs, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let archive = settings(cli, context, Vec::new())?.settings.archive;
    let roots = archive.timestamp_roots.as_deref().map(Roots::read).transpose()?.unwrap_or_default();
    let paths = if args.paths.is_empty() { vec![archive.folder] } else { args.paths.clone() };
    let mut findings = Findings { schema: "beleg.verification/1", ..Findings::default() };
    let own = archive.key.as_deref().and_then(|path| PublicKey::read(path).ok());
    for path in &paths {
        findings.add(path, &roots, own.as_ref()).await?;
    }
    findings.weakest_link = findings.weakest_link();
    let mut out = io::stdout().lock();
    match args.format {
        OutputFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &findings).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        OutputFormat::Terminal => findings.for_people(&paths, cli.verbose > 0, &mut out)?,
    }
    Ok(if findings.wrong.is_empty() { Exit::Clean } else { Exit::Findings })
}

impl Findings {
    /// Verifies what lies at `path`: first the files, then, in an archive folder, the ledger and what it says of them.
    async fn add(&mut self, path: &Path, roots: &Roots, own: Option<&PublicKey>) -> Result<(), CliError> {
        if !path.exists() {
            return Err(CliError::new(format!("there is nothing at {}", path.display())).hint(
                "name an archive folder, a .warc.gz or a .wacz; `beleg demo` makes an archive to try it on",
            ));
        }
        let ledger = path.join(LEDGER);
        // A ledger that is gone from beside its seal is missed.
        let is_archive = ledger.exists() || Seal::path(&ledger).exists();
        let (folder, roots) = (path.to_owned(), roots.clone());
        let (files, faults) = tokio::task::spawn_blocking(move || {
            let mut faults = Listed::default();
            archive::verify_with(&folder, &roots, &mut |checked| faults.push(checked))
                .map(|files| (files, faults))
        })
        .await
        .map_err(|_| CliError::new("a worker stopped early; please report this"))??;
        self.unlisted.wrong += faults.unlisted.wrong;
        self.unlisted.not_checkable += faults.unlisted.not_checkable;
        for checked in faults.wrong.into_iter().chain(faults.not_checkable) {
            self.note(checked);
        }
        let manifests = self.take(files, own);
        if is_archive {
            let kept = ledger::verify(&ledger).await?;
            self.compare(path, &kept, &manifests);
            self.add_ledger(kept);
        } else if !manifests.is_empty() && path.is_dir() {
            let detail = "no ledger vouches for the manifests of this folder";
            self.not_checkable.push(Fault::new(LEDGER, "file", "ledger", detail));
        }
        Ok(())
    }

    /// Takes in what is right of the files. The result is their manifests.
    fn take(&mut self, files: Verification, own: Option<&PublicKey>) -> Vec<ManifestSeen> {
        self.right += files.right_in_all();
        for (what, count) in files.right {
            *self.checked.entry(what.to_owned()).or_default() += count;
        }
        self.files.extend(files.files);
        self.signatures.extend(files.signatures.into_iter().map(|SignatureSeen { file, key }| Signature {
            file,
            public_key: key.to_string(),
            fingerprint: key.fingerprint().labelled(),
            own: own == Some(&key),
        }));
        self.timestamps.extend(files.timestamps.into_iter().map(|seen| {
            let root = match seen.trust {
                Trust::Named(root) | Trust::Web(root) => Some(root),
                Trust::Unnamed(_) | Trust::Unknown(_) => None,
            };
            Stamp { file: seen.file, time: seen.time, authority: seen.authority, root }
        }));
        self.has_manifests |= !files.manifests.is_empty();
        files.manifests
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

    /// Holds each manifest and each report of the archive in `root` against the entry of the ledger that is about it.
    fn compare(&mut self, root: &Path, kept: &LedgerVerification, manifests: &[ManifestSeen]) {
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
                    continue;
                }
            }
            if entry.dossier.is_none() {
                continue;
            }
            let file = format!("{}/report.json", entry.folder);
            let report = fs::read(root.join(&file)).ok();
            let report = report.and_then(|json| serde_json::from_slice::<Dossier>(&json).ok());
            match report.as_ref().map(Dossier::digest) {
                Some(digest) if digest == entry.dossier => self.right += 1,
                Some(_) => {
                    let detail = "says something else than the ledger";
                    self.wrong.push(Fault::new(&file, &item, "report in the ledger", detail));
                }
                None => {
                    let detail = "is gone, or is no report that can be read";
                    self.wrong.push(Fault::new(&file, &item, "report in the ledger", detail));
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

    /// What gives way first, from damage to what only somebody outside could vouch for.
    fn weakest_link(&self) -> String {
        if let Some(fault) = self.wrong.first() {
            return format!("{}: {} is wrong", fault.file, fault.thing());
        }
        if let Some(fault) = self.not_checkable.first() {
            return format!("{}: {} cannot be checked ({})", fault.file, fault.thing(), fault.detail);
        }
        if !self.has_manifests && self.signatures.is_empty() {
            return "nothing vouches for the whole: whoever changes a record can state its digests anew"
                .to_owned();
        }
        let Some(stamp) = self.timestamps.first() else {
            return "the clock of the machine that made it: nobody outside has dated it (archive.timestamps names \
                    authorities that do)"
                .to_owned();
        };
        match self.signatures.iter().find(|signature| !signature.own) {
            Some(signature) => format!(
                "the key {} that signed {}: whose it is, only its owner can tell you",
                signature.fingerprint, signature.file
            ),
            None => format!("the word of {:?}, on which its dates rest", stamp.authority),
        }
    }

    fn for_people(&self, paths: &[PathBuf], verbose: bool, out: &mut impl Write) -> io::Result<()> {
        for (symbol, faults) in [("✗", &self.wrong), ("?", &self.not_checkable)] {
            for (fault, more) in grouped(faults) {
                writeln!(out, "{symbol} {}", clean(&fault.file))?;
                let more = if more > 0 { format!(" (and of {more} more)") } else { String::new() };
                writeln!(out, "    {}{more}: {}", clean(&fault.thing()), clean(&fault.detail))?;
            }
        }
        if verbose {
            for (file, Tally { right, wrong, not_checkable }) in &self.files {
                writeln!(
                    out,
                    "{right:>8} right {wrong:>4} wrong {not_checkable:>4} not checkable  {}",
                    clean(file)
                )?;
            }
            for (what, count) in &self.checked {
                writeln!(out, "{count:>8} {what} right")?;
            }
        }
        for Signature { file, fingerprint, own, .. } in &self.signatures {
            let whose = if *own { "your key" } else { "the key" };
            writeln!(out, "Signed  {} with {whose} {fingerprint}", clean(file))?;
        }
        for Stamp { file, time, authority, .. } in &self.timestamps {
            writeln!(out, "Dated   {} to {time:.0} by {}", clean(file), clean(authority))?;
        }
        let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        let verdict = if self.wrong.is_empty() { "all right" } else { "NOT right" };
        writeln!(
            out,
            "{}: {verdict}. {} checks right, {} wrong, {} not checkable.",
            names.join(", "),
            self.right,
            self.wrong.len() as u64 + self.unlisted.wrong,
            self.not_checkable.len() as u64 + self.unlisted.not_checkable
        )?;
        writeln!(out, "Weakest link: {}.", clean(&self.weakest_link))
    }
}

/// Faults of the same kind in the same file as one, with how many more there are: a program that states no digests states
/// none in any of its records.
fn grouped(faults: &[Fault]) -> Vec<(&Fault, usize)> {
    let mut groups: Vec<(&Fault, usize)> = Vec::new();
    let mut places: HashMap<(&str, &str, &str), usize> = HashMap::new();
    for fault in faults {
        let kind = (fault.file.as_str(), fault.what.as_str(), fault.detail.as_str());
        if let Some((_, more)) = places.get(&kind).and_then(|&place| groups.get_mut(place)) {
            *more += 1;
        } else {
            places.insert(kind, groups.len());
            groups.push((fault, 0));
        }
    }
    groups
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
