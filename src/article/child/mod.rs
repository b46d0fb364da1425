//! Reading in a child process: what a hostile file does to its reader stays there.
//!
//! Readers of PDF and office files unpack and interpret what a stranger wrote. A fault in one of them, memory without
//! end or a loop would take the whole program with it; so they run in a process of their own, with limits that the
//! system holds. The program that reads is beleg itself, started with a hidden command.
//!
//! - [`Child`]: starts the process and hears what it has read.
//! - [`ReadingConfig`]: its limits.
//! - [`serve`]: what the process does.

mod config;
mod ending;
mod parent;
mod serve;
mod wire;

pub use config::ReadingConfig;
pub use parent::Child;
pub use serve::serve;
