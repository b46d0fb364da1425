//! WACZ 1.1.1: one file with all captures of a run, their index and pages, that replays in any viewer.
//!
//! - [`Package`]: what goes into a WACZ; [`PageEntry`]: a page that a reader may open; [`Extra`]: a file that comes along.
//! - [`Texts`]: the texts of pages until they are packaged.
//! - [`write()`]: makes the file.

mod datapackage;
mod originals;
mod package;
mod pages;
mod texts;

pub(super) use datapackage::{DataPackage, DataPackageDigest, PROFILE, Resource};
pub use package::{Extra, Package, write};
pub use pages::PageEntry;
pub use texts::{Text, Texts};
