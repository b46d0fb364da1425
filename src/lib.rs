//! `beleg` reads an article, finds the sources it cites and the claims they are to support, checks that each
//! source can be reached, archives it, and says what the captured page has to say about the claim.
//!
//! The modules are the stages of that flow, in order. A stage knows those above it and nothing below it.
//!
//! # Example
//!
//! The first two stages need neither network nor disk:
//!
//! ```
//! use beleg::article::{self, ReadOptions};
//! use beleg::citation;
//!
//! let text = "The bridge cost 3.5 million euros (https://www.example.org/bridge).";
//! let article = article::read("bridge.txt", text.as_bytes(), &ReadOptions::default())?;
//! let reading = citation::read(&article);
//! assert_eq!(reading.sources[0].written, "https://www.example.org/bridge");
//! assert_eq!(reading.claims[0].sources, [reading.sources[0].id]);
//! # Ok::<(), beleg::article::ArticleError>(())
//! ```

pub mod digest;
pub mod quantity;
pub mod markup;
pub mod article;
pub mod citation;
pub mod fetch;
pub mod check;
pub mod archive;
pub mod evidence;
pub mod dossier;
pub mod ledger;
pub mod report;
pub mod audit;
pub mod watch;
pub mod demo;
pub mod config;
pub mod cli;
