//! How far an audit goes, and the names it leaves behind.

/// How far the flow goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Fetch and judge; nothing is kept.
    Check,
    /// Archive as well.
    Archive,
    /// Weigh the claims as well: the main job.
    Audit,
}

/// The ledger's name in the archive folder.
pub const LEDGER: &str = "ledger.sqlite";

/// What wrote a capture or a package.
pub(super) const SOFTWARE: &str = concat!("beleg/", env!("CARGO_PKG_VERSION"));
