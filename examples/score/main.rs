//! Prints how well the evidence stage does on sets of texts with known answers.
//!
//! ```sh
//! cargo run --release --example score -- DATA [SET…] [--misses]
//! ```
//!
//! `DATA` (or the environment variable `BELEG_SCORE_DATA`) is a folder with one folder a set, each under the name below.
//! A set that is not there is passed over with a word. Nothing is written and nothing is fetched.
//! `--misses` prints each case that went wrong.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints figures")]

mod cross_language;
mod data;
mod main_text;
mod names;
mod published;
mod quotes;
mod retrieval;
mod specs;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::time::Instant;

use data::ScoreError;

/// A set of texts with known answers: its folder, and what prints its figures.
type Set = (&'static str, fn(&Path) -> Result<(), ScoreError>);

const SETS: [Set; 8] = [
    ("crossnews", cross_language::score),
    ("wice", retrieval::score),
    ("recognizers-text-specs", specs::score),
    ("polnear", quotes::score),
    ("rigour-names", names::score),
    ("readability-pages", main_text::readability),
    ("trafilatura-eval", main_text::segments),
    ("htmldate", published::score),
];

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let folder = arguments.next().or_else(|| std::env::var_os("BELEG_SCORE_DATA")).map(PathBuf::from);
    let (options, wanted): (Vec<String>, Vec<String>) =
        arguments.filter_map(|name| name.into_string().ok()).partition(|name| name.starts_with("--"));
    data::MISSES.store(options.iter().any(|option| option == "--misses"), Ordering::Relaxed);
    let Some(folder) = folder.filter(|folder| folder.is_dir()) else {
        let names: Vec<&str> = SETS.iter().map(|(name, _)| *name).collect();
        eprintln!(
            "score: name the folder that holds the sets ({}): score DATA, or BELEG_SCORE_DATA=DATA",
            names.join(", ")
        );
        return ExitCode::from(2);
    };
    let mut failed = false;
    for (name, score) in
        SETS.iter().filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|set| set == name))
    {
        let path = folder.join(name);
        if !path.is_dir() {
            println!("{name}: not in {}", folder.display());
            continue;
        }
        let start = Instant::now();
        match score(&path) {
            Ok(()) => println!("  ({name}: {:.1} s)", start.elapsed().as_secs_f64()),
            Err(error) => {
                failed = true;
                eprintln!("score: {name}: {error}");
            }
        }
    }
    ExitCode::from(u8::from(failed))
}
