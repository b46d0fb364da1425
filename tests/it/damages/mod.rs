//! Archives with one thing wrong, each made from one that is right: what `beleg verify` says of them, and about what.
//!
//! - [`expected`]: how a damage is to be told of, and what a verification says.
//! - [`warc_files`], [`packages`], [`folders`]: the damages.

mod expected;
mod folders;
mod packages;
mod warc_files;
