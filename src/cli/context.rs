//! Environment and terminal, read once.

use std::collections::BTreeMap;
use std::env;
use std::io::IsTerminal as _;
use std::path::PathBuf;

use terminal_size::{Width, terminal_size};

/// The width of what is no terminal.
const PLAIN_WIDTH: usize = 100;

/// What the process was started in.
#[derive(Clone, Debug)]
pub struct Context {
    /// Environment variables that are text.
    pub variables: BTreeMap<String, String>,
    /// The working folder.
    pub folder: PathBuf,
    /// Whether standard output is a terminal.
    pub stdout_is_terminal: bool,
    /// Whether standard error is a terminal.
    pub stderr_is_terminal: bool,
    /// Columns to write for.
    pub width: usize,
}

impl Context {
    /// The context of this process.
    pub fn from_process() -> Self {
        let variables = env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let stdout_is_terminal = std::io::stdout().is_terminal();
        let width = match terminal_size() {
            Some((Width(columns), _)) if stdout_is_terminal => usize::from(columns),
            _ => PLAIN_WIDTH,
        };
        Self {
            variables,
            folder: env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            stdout_is_terminal,
            stderr_is_terminal: std::io::stderr().is_terminal(),
            width,
        }
    }

    /// Whether standard output is to be coloured (<https://no-color.org>, <https://bixense.com/clicolors>).
    pub fn colour(&self) -> bool {
        let set = |name| self.variables.get(name).is_some_and(|value| !value.is_empty() && value != "0");
        let dumb = self.variables.get("TERM").is_some_and(|term| term == "dumb");
        !set("NO_COLOR") && (set("CLICOLOR_FORCE") || (self.stdout_is_terminal && !dumb))
    }

    /// Whether the terminal shows more than ASCII: decided by the locale, as C programs do.
    pub fn unicode(&self) -> bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .iter()
            .find_map(|name| self.variables.get(*name).filter(|value| !value.is_empty()));
        !self.stdout_is_terminal
            || locale.is_some_and(|locale| {
                let locale = locale.to_lowercase();
                locale.contains("utf-8") || locale.contains("utf8")
            })
    }

    /// The folder of the user's own configuration (XDG Base Directory Specification).
    pub fn config_home(&self) -> Option<PathBuf> {
        let given = self.variables.get("XDG_CONFIG_HOME").filter(|path| path.starts_with('/'));
        let home = self.variables.get("HOME").map(|home| PathBuf::from(home).join(".config"));
        given.map(PathBuf::from).or(home)
    }
}
