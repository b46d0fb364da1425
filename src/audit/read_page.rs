//! A page that was read.

use crate::evidence::PageText;
use crate::fetch::Decoded;

/// A page that was read.
#[derive(Debug)]
pub struct ReadPage {
    /// What it says.
    pub text: PageText,
    /// All of it.
    pub decoded: Decoded,
}
