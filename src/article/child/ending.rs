//! How a reading process that did not answer ended, in words.

use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;

/// How a reading process ended that had no answer to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// It took longer than it may.
    OutOfTime,
    /// It wanted more memory than it may have.
    OutOfMemory,
    /// The file is nested deeper than its stack goes.
    TooDeep,
    /// A fault of the reader.
    Failed,
}

/// Signals as POSIX numbers them on all systems that beleg runs on.
const SIGABRT: i32 = 6;
const SIGBUS: i32 = if cfg!(target_os = "macos") { 10 } else { 7 };
const SIGKILL: i32 = 9;
const SIGSEGV: i32 = 11;
const SIGXCPU: i32 = 24;

/// Reads the end of a process off its status and what it said last.
pub(super) fn ending(status: ExitStatus, said: &str) -> Ending {
    let out_of_memory = ["memory allocation of", "capacity overflow", "Cannot allocate memory"];
    if out_of_memory.iter().any(|words| said.contains(words)) {
        return Ending::OutOfMemory;
    }
    match status.signal() {
        // Beyond its hard limit of processor time a process is killed, and nobody else kills it.
        Some(SIGXCPU | SIGKILL) => Ending::OutOfTime,
        Some(SIGSEGV | SIGBUS) => Ending::TooDeep,
        Some(SIGABRT) if said.contains("overflowed its stack") => Ending::TooDeep,
        _ => Ending::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_told_by_signal_and_last_words() {
        let signal = ExitStatus::from_raw;
        assert_eq!(ending(signal(SIGXCPU), ""), Ending::OutOfTime);
        assert_eq!(ending(signal(SIGABRT), "memory allocation of 12 bytes failed"), Ending::OutOfMemory);
        assert_eq!(ending(signal(SIGABRT), "thread 'main' has overflowed its stack"), Ending::TooDeep);
        assert_eq!(ending(signal(SIGSEGV), ""), Ending::TooDeep);
        assert_eq!(ending(signal(101 << 8), "panicked at …"), Ending::Failed);
        assert_eq!(ending(signal(0), ""), Ending::Failed);
    }
}
