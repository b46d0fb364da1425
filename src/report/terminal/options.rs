//! What the terminal is like and what the reader wants to see.

/// How a report is shown on a terminal.
#[derive(Clone, Debug)]
pub struct TerminalOptions {
    /// Columns; no line is longer. Fewer than 40 are taken for 40.
    pub width: usize,
    /// Whether to use colour, and links that can be clicked (OSC 8).
    pub colour: bool,
    /// Whether to keep to ASCII in all that beleg itself says.
    pub ascii: bool,
    /// Whether to list every finding, source and claim.
    pub verbose: bool,
    /// What was written, for the foot of the screen.
    pub files: Option<Files>,
    /// The exit code, for the foot of the screen.
    pub exit: Option<u8>,
}

/// Where a run wrote its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// The folder of the dossier.
    pub folder: String,
    /// The files in it that a reader may want.
    pub names: Vec<String>,
    /// What `beleg verify` is to be given.
    pub archive: String,
}

impl Default for TerminalOptions {
    fn default() -> Self {
        Self { width: 100, colour: false, ascii: false, verbose: false, files: None, exit: None }
    }
}
