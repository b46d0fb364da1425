//! The program, run as a user runs it, but in an environment of its own.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;

use super::web::Web;

/// How long a command may take before a test gives up on it.
const LIMIT: Duration = Duration::from_mins(1);

/// A command line of `beleg`, to be run in a folder of the test's own.
pub(crate) struct Beleg {
    command: Command,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit code; -1 where a signal ended it.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
    /// How long it took.
    pub(crate) took: Duration,
}

impl Beleg {
    /// `beleg COMMAND`, to be run in `folder`.
    pub(crate) fn new(folder: &Path, command: &str) -> Self {
        let beleg = Command::new(cargo_bin!("beleg"));
        Self { command: quarantined(beleg, folder) }.arg(command)
    }

    /// The same through a shell that sets limits first: `limits` is shell text such as `ulimit -f 64`.
    pub(crate) fn limited(folder: &Path, limits: &str, command: &str) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{limits} && exec \"$@\""), "sh"]).arg(cargo_bin!("beleg"));
        Self { command: quarantined(shell, folder) }.arg(command)
    }

    /// `beleg audit ARTICLE`.
    pub(crate) fn audit(folder: &Path, article: &Path) -> Self {
        Self::new(folder, "audit").arg(article)
    }

    /// One more argument.
    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// More arguments.
    pub(crate) fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.command.args(args);
        self
    }

    /// An environment variable.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Finds the hosts of `web`, and spares it no pause.
    pub(crate) fn finding(self, web: &Web) -> Self {
        let beleg = self.env("BELEG_FETCH_PAUSE", "0ms");
        let hosts = web.hosts().iter();
        hosts.fold(beleg, |beleg, (host, address)| beleg.arg(format!("--resolve={host}={address}")))
    }

    /// Finds the hosts of `web`, and trusts its authority.
    pub(crate) fn against(self, web: &Web) -> Self {
        let authority = self.command.get_current_dir().unwrap().join("authority.pem");
        fs::write(&authority, web.ca_pem()).unwrap();
        self.finding(web).arg("--ca-file").arg(authority)
    }

    /// Runs it to its end.
    pub(crate) fn run(self) -> Ran {
        let started = Instant::now();
        let output = assert_cmd::Command::from_std(self.command).timeout(LIMIT).output().unwrap();
        Ran::new(output, started.elapsed())
    }

    /// Runs it to its end with `text` as its standard input.
    pub(crate) fn typing(self, text: &str) -> Ran {
        let started = Instant::now();
        let mut command = assert_cmd::Command::from_std(self.command);
        Ran::new(command.timeout(LIMIT).write_stdin(text).output().unwrap(), started.elapsed())
    }

    /// Starts it and leaves it running.
    pub(crate) fn spawn(mut self) -> Child {
        self.command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }
}

impl Ran {
    pub(crate) fn new(output: Output, took: Duration) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            took,
        }
    }

    /// Asserts the exit code, and shows what was said if it is another.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "\n--- standard output\n{}\n--- standard error\n{}",
            self.stdout, self.stderr
        );
        self
    }

    /// Asserts that it gave up with exit 2, no report, and one clear message that has `words` in it.
    #[track_caller]
    pub(crate) fn gives_up_saying(self, words: &[&str]) {
        let ran = self.exits(2);
        assert_eq!(ran.stdout, "", "a command that cannot do its work writes no report");
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        let messages =
            ran.stderr.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("hint:"));
        assert_eq!(messages.count(), 1, "one clear sentence, but it said:\n{}", ran.stderr);
        for word in words {
            assert!(ran.stderr.contains(word), "{word:?} is missing in: {}", ran.stderr);
        }
    }

    /// Both streams together, for what may be said on either.
    pub(crate) fn said(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}

/// Takes the settings of whoever runs the tests away: no configuration, no proxy, no colours, no home.
fn quarantined(mut command: Command, folder: &Path) -> Command {
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        let lower = name.to_lowercase();
        if name.starts_with("BELEG_")
            || name.starts_with("XDG_")
            || lower.ends_with("_proxy")
            || name == "RUST_LOG"
        {
            command.env_remove(&name);
        }
    }
    command.current_dir(folder).env("HOME", folder).env("NO_COLOR", "1").env("TZ", "UTC");
    command
}
