//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::flags::{ArchiveFlags, CacheFlags, DateFlag, FetchFlags, ReportFlags};

/// Checks the sources an article cites, archives them, and says what they have to say about its claims.
#[derive(Debug, Parser)]
#[command(name = "beleg", version, arg_required_else_help = true, propagate_version = false)]
#[command(after_help = "Start with `beleg demo`: it needs no network and shows a whole report.\n\
    Exit codes: 0 nothing at or above the --fail-on threshold, 1 findings, 2 beleg could not do its work.")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// Read the settings from this file instead of ./config.toml and the user's own.
    #[arg(long, global = true, value_name = "FILE", help_heading = "General options")]
    pub config: Option<PathBuf>,

    /// Say nothing but the result.
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "General options")]
    pub quiet: bool,

    /// Say more: every claim with its passage; twice, also what goes over the wire.
    #[arg(short, long, global = true, action = clap::ArgAction::Count, help_heading = "General options")]
    pub verbose: u8,
}

/// What beleg can be asked to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check, archive and weigh the sources of articles: the main job.
    Audit(AuditArgs),
    /// Show the citations and claims of articles; ask no source.
    Extract(ExtractArgs),
    /// Check whether sources can be reached; archive nothing.
    Check(CheckArgs),
    /// Fetch, hash and archive sources; weigh no claims.
    Archive(ArchiveArgs),
    /// Verify archive folders, WARC and WACZ files: every digest, reference and index line.
    Verify(VerifyArgs),
    /// Write the report of an earlier run again, in any format, without any network.
    Report(ReportArgs),
    /// Show what became of a URL, or of an article, over all runs; without any network.
    History(HistoryArgs),
    /// Show what changed between two captures of a page, word by word; without any network.
    Diff(DiffArgs),
    /// Show why a claim has its verdict, word by word in both texts; without any network.
    Explain(ExplainArgs),
    /// Go through the claims of an article, each beside its passage, and decide.
    Review(ReviewArgs),
    /// Look again at the sources of published articles, on schedule, and tell what matters.
    Watch(WatchArgs),
    /// List the alarms that `watch` raised, and take note of them.
    Alarms(AlarmsArgs),
    /// Back up the ledger, or export it.
    #[command(subcommand)]
    Ledger(LedgerCommand),
    /// Show the whole job on the example article against a stand-in web; needs no network.
    Demo(DemoArgs),
    /// Write a config.toml to start from.
    Init(InitArgs),
    /// Show or check the settings.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page.
    Man,
}

/// What `beleg extract --help` says beyond the options.
const EXTRACT_HELP: &str = "\
What is read, by its content first and then by its name:
  plain text        wrapped or not, as it comes out of a PDF
  Markdown          CommonMark and GitHub's tables and footnotes
  HTML              the main text of a saved page or a URL; relative links by <base> or the page's address
  DOCX, ODT, EPUB   with links, footnotes, comments; a line is a paragraph, counted from 1
  lists of URLs     one a line, or CSV: a column of URLs, and the claim by its name or as the only prose
RTF and DOC are not read: `soffice --headless --convert-to docx FILE` makes DOCX of them.

Examples:
  beleg extract article.docx
  beleg extract --format json 'articles/**/*.md'
  beleg extract --format urls article.pdf | sort -u
  beleg extract https://www.example.org/story.html";

/// Arguments of `beleg audit`.
#[derive(Args, Debug)]
pub struct AuditArgs {
    /// Files, folders, names with wildcards, URLs, or - for standard input [default: `articles` in config.toml].
    #[arg(value_name = "ARTICLE")]
    pub articles: Vec<String>,
    #[command(flatten)]
    pub(super) date: DateFlag,
    #[command(flatten)]
    pub(super) report: ReportFlags,
    #[command(flatten)]
    pub(super) fetch: FetchFlags,
    #[command(flatten)]
    pub(super) archive: ArchiveFlags,
}

/// Arguments of `beleg extract`.
#[derive(Args, Debug)]
#[command(after_long_help = EXTRACT_HELP)]
pub struct ExtractArgs {
    /// Files, folders, names with wildcards, URLs, or - for standard input.
    #[arg(value_name = "ARTICLE", required = true)]
    pub articles: Vec<String>,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = ExtractFormat::Terminal)]
    pub format: ExtractFormat,
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) date: DateFlag,
    #[command(flatten)]
    pub(super) fetch: FetchFlags,
}

/// How `beleg extract` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExtractFormat {
    /// Sources and claims, for people.
    Terminal,
    /// Sources and claims, for machines.
    Json,
    /// The addresses of the sources alone, one a line: for other programs, and much faster.
    Urls,
}

/// How `beleg verify`, `beleg history`, `beleg explain` and `beleg alarms` write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For people.
    Terminal,
    /// For machines.
    Json,
}

/// Arguments of `beleg check`.
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// Articles (files, folders, names with wildcards, - for standard input), or URLs of sources.
    #[arg(value_name = "ARTICLE|URL", required = true)]
    pub what: Vec<String>,
    #[command(flatten)]
    pub(super) report: ReportFlags,
    #[command(flatten)]
    pub(super) fetch: FetchFlags,
    #[command(flatten)]
    pub(super) cache: CacheFlags,
}

/// Arguments of `beleg archive`.
#[derive(Args, Debug)]
pub struct ArchiveArgs {
    /// Articles (files, folders, names with wildcards, - for standard input), or URLs of sources.
    #[arg(value_name = "ARTICLE|URL", required = true)]
    pub what: Vec<String>,
    #[command(flatten)]
    pub(super) report: ReportFlags,
    #[command(flatten)]
    pub(super) fetch: FetchFlags,
    #[command(flatten)]
    pub(super) archive: ArchiveFlags,
}

/// Arguments of `beleg verify`.
#[derive(Args, Debug)]
#[command(
    after_help = "Every part is right, wrong or not checkable; -v counts them for each file. The last line names the\n\
    weakest link: damage first, then what cannot be checked, then what only somebody outside can vouch for.\n\n\
    beleg verify                          the archive of config.toml, with its ledger\n\
    beleg verify dossier.wacz             a package that somebody sent\n\
    beleg verify crawl.warc.gz --format json\n\n\
    Exit codes: 0 nothing is wrong, 1 something is, 2 there is nothing to verify."
)]
pub struct VerifyArgs {
    /// Archive folders, dossiers, WARC or WACZ files of any program [default: the archive folder].
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = OutputFormat::Terminal)]
    pub format: OutputFormat,
}

/// Arguments of `beleg report`.
#[derive(Args, Debug)]
pub struct ReportArgs {
    /// A run, or an article by its path or file name [default: the latest run].
    #[arg(value_name = "RUN|ARTICLE")]
    pub what: Option<String>,
    #[command(flatten)]
    pub(super) report: ReportFlags,
    /// The archive folder whose ledger is read.
    #[arg(long, value_name = "DIR")]
    pub archive: Option<String>,
}

/// Arguments of `beleg history`.
#[derive(Args, Debug)]
pub struct HistoryArgs {
    /// A URL that was cited, or an article by its path or file name.
    #[arg(value_name = "ARTICLE|URL")]
    pub what: String,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = OutputFormat::Terminal)]
    pub format: OutputFormat,
    /// The archive folder whose ledger is read.
    #[arg(long, value_name = "DIR")]
    pub archive: Option<String>,
}

/// Arguments of `beleg diff`.
#[derive(Args, Debug)]
pub struct DiffArgs {
    /// The page, as a report shows it.
    #[arg(value_name = "URL")]
    pub url: String,
    /// The earlier capture: a run, or the beginning of a time such as 2026-11-20 [default: the last before TO that differs].
    #[arg(value_name = "FROM")]
    pub from: Option<String>,
    /// The later capture [default: the latest].
    #[arg(value_name = "TO")]
    pub to: Option<String>,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = DiffFormat::Terminal)]
    pub format: DiffFormat,
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The archive folder that is read.
    #[arg(long, value_name = "DIR")]
    pub archive: Option<String>,
}

/// How `beleg diff` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people.
    Terminal,
    /// A page that stands by itself.
    Html,
}

/// Arguments of `beleg explain`.
#[derive(Args, Debug)]
#[command(
    after_help = "The captured pages are weighed again. A score is the sum of its features: what each counts (the weights of \
    those that the claim has, together 1) times the share of it that the passage has. Rare words count for more."
)]
pub struct ExplainArgs {
    /// The claim: its id as a report shows it, such as k3, or words of it.
    #[arg(value_name = "CLAIM")]
    pub claim: String,
    /// The article, by its path or file name, or a run [default: the latest run].
    #[arg(value_name = "ARTICLE|RUN")]
    pub article: Option<String>,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = OutputFormat::Terminal)]
    pub format: OutputFormat,
    /// The archive folder that is read.
    #[arg(long, value_name = "DIR")]
    pub archive: Option<String>,
}

/// Arguments of `beleg review`.
#[derive(Args, Debug)]
#[command(
    after_help = "Decisions go to the ledger with name and time, and reports show them. A claim whose source drifts \
    later is open again."
)]
pub struct ReviewArgs {
    /// The article, by its path or file name, or a run [default: the latest run].
    #[arg(value_name = "ARTICLE|RUN")]
    pub article: Option<String>,
    /// Go through all claims, decided ones too.
    #[arg(long)]
    pub all: bool,
    /// In whose name [default: the user's].
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// The archive folder whose ledger is used.
    #[arg(long, value_name = "DIR")]
    pub archive: Option<String>,
}

/// Arguments of `beleg watch`.
#[derive(Args, Debug)]
#[command(
    after_help = "Jobs are described as [[watch]] in config.toml, channels as [[tell]]. Without --once it goes on \
    until Ctrl-C or SIGTERM.\n\
    Exit codes with --once: 0 no alarm, 1 alarms were raised, 2 beleg could not do its work."
)]
pub struct WatchArgs {
    /// Only these jobs.
    #[arg(value_name = "JOB")]
    pub jobs: Vec<String>,
    /// Run what is due, print the alarms, and end: for cron, systemd timers and CI.
    #[arg(long)]
    pub once: bool,
    /// As if every job and every source were due.
    #[arg(long, requires = "once")]
    pub now: bool,
    /// Serve metrics (/metrics, OpenMetrics) and health (/health) on this address, such as 127.0.0.1:9187.
    #[arg(long, value_name = "ADDR", conflicts_with = "once")]
    pub metrics: Option<String>,
    /// Show that it lives: write the time to this file, or ask for this URL, after each look at the clock.
    #[arg(long, value_name = "FILE|URL")]
    pub heartbeat: Option<String>,
    /// How the log on standard error is written.
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub log: LogFormat,
    #[command(flatten)]
    pub(super) fetch: FetchFlags,
    #[command(flatten)]
    pub(super) archive: ArchiveFlags,
}

/// How `beleg watch` writes its log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// A JSON object a line.
    Json,
}

/// Arguments of `beleg alarms`.
#[derive(Args, Debug)]
pub struct AlarmsArgs {
    /// List those too that somebody took note of.
    #[arg(long)]
    pub all: bool,
    /// Take note of these alarms, by the beginning of their names, or of all.
    #[arg(long, value_name = "ALARM|all", num_args = 1..)]
    pub acknowledge: Vec<String>,
    /// In whose name [default: the user's].
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// What there is to say about it.
    #[arg(long, value_name = "TEXT", requires = "acknowledge")]
    pub note: Option<String>,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = OutputFormat::Terminal)]
    pub format: OutputFormat,
    /// The archive folder whose ledger is used.
    #[arg(long, value_name = "DIR")]
    pub archive: Option<String>,
}

/// Copies of the ledger.
#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Copy the ledger to a new file, sealed, while other runs may go on writing.
    Backup {
        /// The new file, such as ledger-backup.sqlite.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The archive folder whose ledger is copied.
        #[arg(long, value_name = "DIR")]
        archive: Option<String>,
    },
    /// Write every entry as a line of JSON to standard output.
    Export {
        /// The archive folder whose ledger is read.
        #[arg(long, value_name = "DIR")]
        archive: Option<String>,
    },
}

/// Arguments of `beleg demo`.
#[derive(Args, Debug)]
pub struct DemoArgs {
    #[command(flatten)]
    pub(super) report: ReportFlags,
    #[command(flatten)]
    pub(super) archive: ArchiveFlags,
}

/// Arguments of `beleg init`.
#[derive(Args, Debug)]
pub struct InitArgs {
    /// Where to write it.
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,
}

/// Commands about the settings.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Print every setting, its value and where the value came from.
    Show,
    /// Say whether the settings are right.
    Check,
    /// Print the JSON Schema of config.toml.
    Schema,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Cli;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
