//! `beleg` reads an article, finds the sources it cites and the claims they are to support, checks that each
//! source can be reached, archives it, and says what the captured page has to say about the claim.
//!
//! The modules are the stages of that flow, in order. A stage knows those above it and nothing below it.

pub mod digest;
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
pub mod demo;
pub mod config;
pub mod cli;
