//! Reading the files of a set.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

/// Why a set could not be scored.
#[derive(Debug)]
pub(crate) enum ScoreError {
    /// A file cannot be read.
    File(PathBuf, io::Error),
    /// A file is not what it should be.
    Form(PathBuf, String),
}

impl std::fmt::Display for ScoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Form(path, what) => write!(f, "{}: {what}", path.display()),
        }
    }
}

/// The bytes of `path`, unpacked where it ends in `.gz`.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, ScoreError> {
    let stored = fs::read(path).map_err(|error| ScoreError::File(path.to_owned(), error))?;
    if path.extension().is_none_or(|extension| extension != "gz") {
        return Ok(stored);
    }
    let mut unpacked = Vec::new();
    flate2::read::MultiGzDecoder::new(stored.as_slice())
        .read_to_end(&mut unpacked)
        .map_err(|error| ScoreError::File(path.to_owned(), error))?;
    Ok(unpacked)
}

/// The text of `path`. Bytes that are no UTF-8 become replacement characters.
pub(crate) fn text(path: &Path) -> Result<String, ScoreError> {
    let bytes = bytes(path)?;
    Ok(String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned())
}

/// The JSON document `path`.
pub(crate) fn json(path: &Path) -> Result<Value, ScoreError> {
    serde_json::from_str(&text(path)?).map_err(|error| ScoreError::Form(path.to_owned(), error.to_string()))
}

/// The JSON document `path`, in which Python wrote `NaN` for what is missing.
pub(crate) fn json_with_gaps(path: &Path) -> Result<Value, ScoreError> {
    let text = text(path)?.replace(": NaN", ": null");
    serde_json::from_str(&text).map_err(|error| ScoreError::Form(path.to_owned(), error.to_string()))
}

/// The string under `name`, empty where there is none.
pub(crate) fn string<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// The values of the list under `name`.
pub(crate) fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// `part` of `whole`; 0 where there is nothing.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}

/// `count` as a floating point number.
pub(crate) fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Prints what `describe` says where misses are to be shown (`--misses`).
pub(crate) fn miss(describe: impl FnOnce() -> String) {
    if MISSES.load(Ordering::Relaxed) {
        println!("    {}", describe());
    }
}

/// Whether every miss is to be printed.
pub(crate) static MISSES: AtomicBool = AtomicBool::new(false);
