//! The side that starts the reading process and hears what it has read.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child as Process, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::config::ReadingConfig;
use super::ending::{Ending, ending};
use super::wire::{Head, Reply};
use crate::article::block::Article;
use crate::article::error::ArticleError;
use crate::article::read::ReadOptions;

/// The longest answer that is heard, in bytes.
const LONGEST_REPLY: u64 = 512 << 20;

/// How much is heard of what the process says on its standard error, in bytes.
const LONGEST_SAID: u64 = 64 * 1024;

/// Time in which a process that has answered is gone.
const TO_LEAVE: Duration = Duration::from_secs(5);

/// A program that reads PDF and office files in a process of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    /// The program; it calls [`serve`](super::serve) on its standard input and output.
    pub program: PathBuf,
    /// What it is to be started with.
    pub arguments: Vec<OsString>,
    /// Its limits.
    pub limits: ReadingConfig,
}

/// What came of a process.
struct Ended {
    reply: Vec<u8>,
    said: String,
    status: ExitStatus,
    out_of_time: bool,
}

impl Child {
    /// Has the process read an article. Blocks until it has answered or its time is over.
    pub(in crate::article) fn read(
        &self,
        path: &str,
        bytes: &[u8],
        options: &ReadOptions,
    ) -> Result<Article, ArticleError> {
        let ReadOptions { language, dated, address, charset, .. } = options.clone();
        let head = Head { path: path.to_owned(), language, dated, address, charset, limits: self.limits };
        let ended = self
            .run(&head, bytes)
            .map_err(|source| ArticleError::NoReader { path: path.to_owned(), source })?;
        match serde_json::from_slice(&ended.reply) {
            Ok(Reply::Read(article)) if ended.status.success() => Ok(*article),
            Ok(Reply::Refused(sentence)) if ended.status.success() => Err(ArticleError::Refused { sentence }),
            _ if ended.out_of_time => Err(self.error(path, Ending::OutOfTime)),
            _ => Err(self.error(path, ending(ended.status, &ended.said))),
        }
    }

    fn error(&self, path: &str, ending: Ending) -> ArticleError {
        let path = path.to_owned();
        match ending {
            Ending::OutOfTime => ArticleError::OutOfTime { path, limit: self.limits.timeout },
            Ending::OutOfMemory => ArticleError::OutOfMemory { path, limit: self.limits.max_memory },
            Ending::TooDeep => ArticleError::TooDeep { path },
            Ending::Failed => ArticleError::ReaderFailed { path },
        }
    }

    fn run(&self, head: &Head, bytes: &[u8]) -> io::Result<Ended> {
        let mut process = Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (Some(input), Some(output), Some(errors)) =
            (process.stdin.take(), process.stdout.take(), process.stderr.take())
        else {
            return Err(io::Error::other("the process has no standard streams"));
        };
        let head = serde_json::to_vec(head)?;
        thread::scope(|scope| {
            // A process that dies early leaves a broken pipe: how it ended tells more than that.
            scope.spawn(move || drop(feed(input, &head, bytes)));
            let said = scope.spawn(move || heard(errors, LONGEST_SAID));
            let (answer, answered) = mpsc::channel();
            scope.spawn(move || drop(answer.send(heard(output, LONGEST_REPLY))));
            let reply = answered.recv_timeout(self.limits.timeout.duration());
            let out_of_time = matches!(reply, Err(RecvTimeoutError::Timeout));
            let status = if out_of_time { stop(&mut process)? } else { gone(&mut process)? };
            let said = said.join().unwrap_or_default();
            let said = String::from_utf8_lossy(&said).into_owned();
            Ok(Ended { reply: reply.unwrap_or_default(), said, status, out_of_time })
        })
    }
}

fn feed(mut input: impl Write, head: &[u8], bytes: &[u8]) -> io::Result<()> {
    input.write_all(head)?;
    input.write_all(b"\n")?;
    input.write_all(bytes)
}

/// All that a stream yields, up to a limit. What was heard before a fault is kept.
fn heard(stream: impl Read, limit: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    drop(stream.take(limit).read_to_end(&mut bytes));
    bytes
}

/// Waits for a process that has closed its output, and ends it if it does not leave.
fn gone(process: &mut Process) -> io::Result<ExitStatus> {
    let until = Instant::now() + TO_LEAVE;
    let mut pause = Duration::from_micros(100);
    while Instant::now() < until {
        if let Some(status) = process.try_wait()? {
            return Ok(status);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
    stop(process)
}

fn stop(process: &mut Process) -> io::Result<ExitStatus> {
    process.kill()?;
    process.wait()
}
