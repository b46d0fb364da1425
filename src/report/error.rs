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
    Json(#[source] serde_json::Error),
    /// The HTML template does not fit the report.
    #[error("the page template does not fit the report")]
    Template(#[from] minijinja::Error),
}

impl From<serde_json::Error> for ReportError {
    /// Where the output fails while JSON goes to it, that is what is wrong.
    fn from(error: serde_json::Error) -> Self {
        if error.is_io() { Self::Output(error.into()) } else { Self::Json(error) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed;

    impl io::Write for Closed {
        fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_an_error_of_the_output_also_while_json_is_written() {
        let error = serde_json::to_writer(Closed, &[1, 2]).unwrap_err();
        let ReportError::Output(error) = ReportError::from(error) else {
            panic!("it is no error of the JSON")
        };
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }
}
