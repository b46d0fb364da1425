//! robots.txt (RFC 9309): what a site asks programs to leave alone.
//!
//! - [`RobotsFacts`]: what it said about one request.

mod facts;

pub use facts::RobotsFacts;
