//! robots.txt (RFC 9309): what a site asks programs to leave alone.
//!
//! - [`RobotsFacts`]: what it said about one request.
//! - [`Robots`]: the robots.txt of one origin, or what there was in its place.
//! - [`RobotsChoice`]: what it has to say in the fetching of cited pages.

mod choice;
mod facts;
mod origin;
mod pattern;
mod rules;

pub use choice::RobotsChoice;
pub use facts::RobotsFacts;
pub(super) use origin::{MOST_BYTES, MOST_REDIRECTS, Robots};
