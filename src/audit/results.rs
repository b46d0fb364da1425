//! What `beleg check` found alive lately, kept in a file so as not to ask again soon.
//!
//! One JSON object a line. Only what was alive is kept, so that the file hides no error; what cannot be read is asked for
//! again.

use std::collections::HashMap;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::error::AuditError;
use crate::check::{Judgement, Reason, State};
use crate::digest::Digest;
use crate::dossier::{Hop, SourceFacts};

/// Lines longer than this are no results.
const LONGEST: usize = 64 * 1024;

/// The results of earlier checks, and of this one.
#[derive(Debug)]
pub(super) struct Results {
    file: PathBuf,
    age: Duration,
    known: Mutex<HashMap<String, Known>>,
}

/// What is kept of one source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Known {
    url: String,
    checked: Timestamp,
    reason: Reason,
    detail: String,
    status: Option<u16>,
    final_url: Option<String>,
    #[serde(default)]
    hops: Vec<Hop>,
    media_type: Option<String>,
    sha256: Option<Digest>,
    bytes: Option<u64>,
    advice: Option<String>,
}

impl Results {
    /// Reads the results in `file` that are no older than `age`; there may be none yet.
    pub(super) fn open(file: &Path, age: Duration, now: Timestamp) -> Result<Self, AuditError> {
        let known = read(file, age, now).map_err(|source| unusable(file, source))?;
        Ok(Self { file: file.to_owned(), age, known: Mutex::new(known) })
    }

    /// What was found of `url` not long before `now`.
    pub(super) fn get(&self, url: &str, now: Timestamp) -> Option<Known> {
        let known = self.lock().get(url).cloned()?;
        is_fresh(&known, self.age, now).then_some(known)
    }

    /// Keeps what was found, or forgets what was kept where that is no longer so.
    pub(super) fn put(&self, facts: &SourceFacts) {
        let mut known = self.lock();
        match Known::of(facts) {
            Some(found) => known.insert(facts.url.clone(), found),
            None => known.remove(&facts.url),
        };
    }

    /// Writes the file anew, whole or not at all.
    pub(super) fn save(&self) -> Result<(), AuditError> {
        self.write().map_err(|source| unusable(&self.file, source))
    }

    fn write(&self) -> io::Result<()> {
        let folder = self.file.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        let known = self.lock();
        let mut sorted: Vec<_> = known.values().collect();
        sorted.sort_by(|one, other| one.url.cmp(&other.url));
        let mut writer = io::BufWriter::new(file.as_file_mut());
        for result in sorted {
            serde_json::to_writer(&mut writer, result)?;
            writer.write_all(b"\n")?;
        }
        writer.flush()?;
        drop(writer);
        file.persist(&self.file)?;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    /// What is worth keeping of a source: one that was alive by its own answer.
    fn of(facts: &SourceFacts) -> Option<Self> {
        let answered = facts.status.is_some_and(|status| (200..300).contains(&status));
        Some(Self {
            url: facts.url.clone(),
            checked: facts.checked.filter(|_| answered && facts.state == State::Alive)?,
            reason: facts.reason,
            detail: facts.detail.clone(),
            status: facts.status,
            final_url: facts.final_url.clone(),
            hops: facts.hops.clone(),
            media_type: facts.media_type.clone(),
            sha256: facts.sha256,
            bytes: facts.bytes,
            advice: facts.advice.clone(),
        })
    }

    /// The judgement, which says how old it is.
    pub(super) fn judgement(&self) -> Judgement {
        let detail = format!("{}, as found at {}", self.detail, self.checked.strftime("%Y-%m-%d %H:%M UTC"));
        Judgement { reason: self.reason, detail, advice: self.advice.clone() }
    }

    /// `facts` with what was found.
    pub(super) fn fill(self, facts: SourceFacts) -> SourceFacts {
        SourceFacts {
            checked: Some(self.checked),
            status: self.status,
            final_url: self.final_url,
            hops: self.hops,
            media_type: self.media_type,
            sha256: self.sha256,
            bytes: self.bytes,
            ..facts
        }
    }
}

fn read(file: &Path, age: Duration, now: Timestamp) -> io::Result<HashMap<String, Known>> {
    let file = match fs::File::open(file) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(HashMap::new()),
        Err(error) => return Err(error),
    };
    let mut known = HashMap::new();
    for line in BufReader::new(file).split(b'\n') {
        let line = line?;
        let result = (line.len() <= LONGEST).then(|| serde_json::from_slice::<Known>(&line).ok()).flatten();
        let alive = |known: &Known| known.reason.state() == State::Alive && is_fresh(known, age, now);
        if let Some(result) = result.filter(alive) {
            known.insert(result.url.clone(), result);
        }
    }
    Ok(known)
}

/// Whether a result is young enough; one from the future is not believed.
fn is_fresh(known: &Known, age: Duration, now: Timestamp) -> bool {
    Duration::try_from(now.duration_since(known.checked)).is_ok_and(|passed| passed < age)
}

fn unusable(file: &Path, source: io::Error) -> AuditError {
    AuditError::Results { file: file.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"url":"https://a.example/","checked":"2026-11-26T10:00:00Z","reason":"ok","detail":"200 OK","status":200,"final_url":null,"media_type":null,"sha256":null,"bytes":5,"advice":null}"#;

    fn opened(text: &str, now: &str) -> (tempfile::TempDir, Results) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("results.jsonl");
        fs::write(&file, text).unwrap();
        let results = Results::open(&file, Duration::from_hours(6), now.parse().unwrap()).unwrap();
        (folder, results)
    }

    fn has(text: &str, now: &str) -> bool {
        opened(text, now).1.get("https://a.example/", now.parse().unwrap()).is_some()
    }

    #[test]
    fn a_result_is_believed_while_it_is_young_and_says_how_old_it_is() {
        assert!(has(LINE, "2026-11-26T15:59:00Z"));
        assert!(!has(LINE, "2026-11-26T16:01:00Z"));
        assert!(!has(LINE, "2026-11-26T09:00:00Z"), "it is from the future");
        let now = "2026-11-26T11:00:00Z";
        let known = opened(LINE, now).1.get("https://a.example/", now.parse().unwrap()).unwrap();
        assert_eq!(known.judgement().detail, "200 OK, as found at 2026-11-26 10:00 UTC");
    }

    #[test]
    fn no_error_is_ever_believed_and_no_line_that_makes_no_sense() {
        let now = "2026-11-26T11:00:00Z";
        assert!(!has(&LINE.replace("\"ok\"", "\"not_found\""), now));
        assert!(!has(&LINE[..90], now));
        assert!(has(&format!("nonsense\n\n{LINE}\n{{"), now));
    }

    #[test]
    fn what_was_kept_is_there_the_next_time() {
        let now = "2026-11-26T11:00:00Z";
        let (folder, results) = opened(LINE, now);
        results.save().unwrap();
        let again = fs::read_to_string(folder.path().join("results.jsonl")).unwrap();
        assert!(has(&again, now), "{again}");
        let nowhere = folder.path().join("missing/results.jsonl");
        let results = Results::open(&nowhere, Duration::from_hours(6), now.parse().unwrap()).unwrap();
        assert!(matches!(results.save(), Err(AuditError::Results { .. })));
    }
}
