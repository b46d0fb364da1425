//! `beleg` reads an article, finds the sources it cites and the claims they are to support, checks that each
//! source can be reached, archives it, and says what the captured page has to say about the claim.
//!
//! The modules are the stages of that flow, in order. A stage knows those above it and nothing below it.

pub mod digest;

pub mod archive;
pub mod article;
pub mod audit;
pub mod check;
pub mod citation;
pub mod cli;
pub mod config;
pub mod demo;
pub mod dossier;
pub mod evidence;
pub mod fetch;
pub mod ledger;
pub mod report;
