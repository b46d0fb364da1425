//! The reading process: takes its limits, reads one article, answers, ends.

use std::io::{self, BufRead as _, BufReader, Read, Write};

use rustix::process::{Resource, Rlimit, setrlimit};

use super::config::ReadingConfig;
use super::wire::{Head, LONGEST_HEAD, Reply};
use crate::article::read::{MAX_BYTES, ReadOptions, read};

/// Reads the article that stands on `input` as [`Child`](super::Child) writes it, and answers on `output`. The
/// limits hold for the whole process and for good: call it in a process that has nothing else to do.
///
/// # Errors
/// When the limits cannot be set, or when what stands on `input` was not written by a [`Child`](super::Child).
pub fn serve(input: impl Read, mut output: impl Write) -> io::Result<()> {
    let mut input = BufReader::new(input);
    let mut line = String::new();
    input.by_ref().take(LONGEST_HEAD).read_line(&mut line)?;
    let head: Head = serde_json::from_str(&line)?;
    limit(head.limits)?;
    let mut bytes = Vec::new();
    input.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    let Head { path, language, dated, address, charset, .. } = head;
    let options = ReadOptions { language, dated, address, charset, child: None };
    let reply = match read(&path, &bytes, &options) {
        Ok(article) => Reply::Read(Box::new(article)),
        Err(error) => Reply::Refused(error.to_string()),
    };
    serde_json::to_writer(&mut output, &reply)?;
    output.flush()
}

/// Holds this process to its limits. It may write no file, and leaves none behind when it dies.
fn limit(limits: ReadingConfig) -> io::Result<()> {
    let seconds = limits.timeout.duration().as_secs().saturating_add(1);
    let bounds = [
        (Resource::As, limits.max_memory.bytes()),
        (Resource::Cpu, seconds),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ];
    for (resource, bound) in bounds {
        setrlimit(resource, Rlimit { current: Some(bound), maximum: Some(bound) })?;
    }
    Ok(())
}
