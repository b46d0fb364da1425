//! What can go wrong while a report is written.

use std::io;

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The output does not take it.
    #[error("the report could not be written out")]
    Output(#[from] io::Error),
    /// The JSON could not be made.
    #[error("the report could not be put into JSON")]
    Json(#[from] serde_json::Error),
    /// The HTML template does not fit the report.
    #[error("the page template does not fit the report")]
    Template(#[from] minijinja::Error),
}
