//! Where reports go: standard output, one file, or a file a format.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use super::args::Cli;
use super::context::Context;
use super::error::CliError;
use super::flags::ReportFlags;
use crate::report::{self, Format, Layout, Report, Style};

/// The formats that were asked for, each with its place.
#[derive(Clone, Debug)]
pub(super) struct Outputs {
    wanted: Vec<(Format, Option<PathBuf>)>,
    layout: Layout,
}

impl Outputs {
    /// Reads `--format` and `--output`. A format that names no file goes to `--output`, else to standard output;
    /// where all of them name files, people still see the first screen.
    pub(super) fn new(flags: &ReportFlags, cli: &Cli, context: &Context) -> Result<Self, CliError> {
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
            let guessed = flags.output.as_deref().and_then(Format::of_file);
            wanted.push((guessed.unwrap_or(Format::Terminal), flags.output.clone()));
        } else if to_stdout && !cli.quiet {
            wanted.push((Format::Terminal, None));
        }
        let style = if context.colour() { Style::Coloured } else { Style::Plain };
        let layout = Layout {
            width: context.width,
            style,
            unicode: context.unicode(),
            verbose: cli.verbose > 0,
            pretty: true,
        };
        Ok(Self { wanted, layout })
    }

    /// Whether the terminal report goes to standard output.
    pub(super) fn shows_terminal(&self) -> bool {
        self.wanted.iter().any(|(format, file)| *format == Format::Terminal && file.is_none())
    }

    /// Says that several reports will follow, so that each must stand on one line.
    pub(super) fn many(&mut self) {
        self.layout.pretty = false;
    }

    /// Writes one report in every format that was asked for. `first` tells whether files begin anew.
    pub(super) fn write(&self, report: &Report, places: &report::Files, first: bool) -> Result<(), CliError> {
        for (format, file) in &self.wanted {
            match file {
                None => report::write(*format, report, places, &self.layout, &mut io::stdout().lock())?,
                Some(path) => {
                    let plain = Layout { style: Style::Plain, ..self.layout.clone() };
                    let mut bytes = Vec::new();
                    report::write(*format, report, places, &plain, &mut bytes)?;
                    let cannot =
                        |error| CliError::new(format!("cannot write the report {}: {error}", path.display()));
                    let mut file = fs::OpenOptions::new()
                        .create(true)
                        .write(true)
                        .truncate(first)
                        .append(!first)
                        .open(path)
                        .map_err(cannot)?;
                    file.write_all(&bytes).map_err(cannot)?;
                }
            }
        }
        Ok(())
    }
}
