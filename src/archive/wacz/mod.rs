//! WACZ 1.1.1: one file with all captures of a run, their index and pages, that replays in any viewer.
//!
//! - [`Package`]: what goes into a WACZ; [`PageEntry`]: a page that a reader may open.
//! - [`write()`]: makes the file.

mod datapackage;
mod originals;
mod package;
mod pages;

pub(super) use datapackage::{DataPackage, DataPackageDigest, PROFILE, Resource};
pub use package::{Package, write};
pub use pages::PageEntry;
