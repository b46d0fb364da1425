//! Where reports go: standard output, one file, or a file a format.

use std::fmt::Display;
use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use super::args::Cli;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::flags::ReportFlags;
use crate::config::Settings;
use crate::report::{self, Files, Format, Options, Report, TerminalOptions};

/// The formats that were asked for, each with its place.
#[derive(Clone, Debug)]
pub(super) struct Outputs {
    wanted: Vec<(Format, Option<PathBuf>)>,
    options: Options,
}

impl Outputs {
    /// Reads `--format` and `--output`. A format that names no file goes to `--output`, else to standard output;
    /// where all of them name files, people still see the first screen.
    pub(super) fn new(
        flags: &ReportFlags,
        settings: &Settings,
        cli: &Cli,
        context: &Context,
    ) -> Result<Self, CliError> {
        let mut wanted = Vec::new();
        for text in &flags.formats {
            let (format, file) = match text.split_once('=') {
                Some((format, file)) => (format, Some(PathBuf::from(file))),
                None => (text.as_str(), flags.output.clone()),
            };
            let format = format.parse::<Format>().map_err(|error| CliError::new(error.to_string()))?;
            wanted.push((format, file));
        }
        let to_stdout = flags.output.is_none() && wanted.iter().all(|(_, file)| file.is_some());
        if wanted.is_empty() {
            let guessed = flags.output.as_deref().and_then(Format::of_path);
            wanted.push((guessed.unwrap_or(settings.report.format), flags.output.clone()));
        } else if to_stdout && !cli.quiet {
            wanted.push((Format::Terminal, None));
        }
        let terminal = terminal_options(cli, context);
        Ok(Self { wanted, options: Options { terminal, compact: false } })
    }

    /// Says that several reports will follow, so that each must stand on one line.
    pub(super) fn many(&mut self) {
        self.options.compact = true;
    }

    /// The exit code that a report asks for.
    pub(super) fn exit(report: &Report, settings: &Settings) -> Exit {
        if settings.report.fail_on.fails(&report.findings) { Exit::Findings } else { Exit::Clean }
    }

    /// Writes one report in every format that was asked for. `first` tells whether files begin anew.
    pub(super) fn write(
        &self,
        report: &Report,
        files: Option<Files>,
        first: bool,
        settings: &Settings,
    ) -> Result<(), CliError> {
        let mut options = self.options.clone();
        options.terminal.files = files;
        options.terminal.exit = Some(Self::exit(report, settings) as u8);
        for (format, path) in &self.wanted {
            match path {
                None => {
                    let mut out = BufWriter::new(io::stdout().lock());
                    report::write(*format, report, &options, &mut out)?;
                    out.flush()?;
                }
                Some(path) => to_file(*format, report, &options, path, first)?,
            }
        }
        Ok(())
    }
}

/// What this terminal is like.
pub(super) fn terminal_options(cli: &Cli, context: &Context) -> TerminalOptions {
    TerminalOptions {
        width: context.width,
        colour: context.colour(),
        ascii: !context.unicode(),
        verbose: cli.verbose > 0,
        files: None,
        exit: None,
    }
}

fn to_file(
    format: Format,
    report: &Report,
    options: &Options,
    path: &Path,
    first: bool,
) -> Result<(), CliError> {
    let mut options = options.clone();
    options.terminal.colour = false;
    let mut how = fs::OpenOptions::new();
    how.create(true).write(true);
    if first {
        how.truncate(true)
    } else {
        how.append(true)
    };
    let unwritable =
        |error: &dyn Display| CliError::new(format!("cannot write the report {}: {error}", path.display()));
    let mut out = BufWriter::new(how.open(path).map_err(|error| unwritable(&error))?);
    report::write(format, report, &options, &mut out).map_err(|error| unwritable(&error))?;
    out.flush().map_err(|error| unwritable(&error))
}
