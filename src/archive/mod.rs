//! Captures on disk: WARC files, their index, the WACZ of a dossier, and the proof that all of it is intact.
//!
//! - [`RunId`]: names one run, its files and its folder.
//! - [`Capture`]: where an exchange lies in the archive.

mod capture;
mod run;

pub use capture::Capture;
pub use run::RunId;
