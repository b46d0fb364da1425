//! Why a message was not taken.

/// Why a message was not taken.
#[derive(Debug)]
pub(in crate::watch) struct NotTaken {
    pub(in crate::watch) why: String,
    /// Whether another try may help.
    pub(super) passing: bool,
}

impl NotTaken {
    pub(super) fn for_good(why: impl Into<String>) -> Self {
        Self { why: why.into(), passing: false }
    }

    pub(super) fn for_now(why: impl Into<String>) -> Self {
        Self { why: why.into(), passing: true }
    }
}
