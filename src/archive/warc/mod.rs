//! WARC 1.1 (ISO 28500:2017): records in gzip members, written and read as streams.
//!
//! - [`Header`]: the named fields of a record, or of `application/warc-fields`.
//! - [`HttpHead`]: the status line and fields of a captured response.
//! - [`WarcReader`] and [`Record`]: one record after the other, each with its exact place in the file.
//! - [`Fault`]: why there is no record where one should be.
//! - [`Member`]: where a gzip member lies, and its digest.
//! - [`pack`], [`write_member`]: a record as one gzip member, which a [`Deflater`] compresses, whole or as it is read.

mod deflate;
mod effort;
mod fault;
mod header;
mod http;
mod members;
mod read;
mod tap;
mod write;

pub(super) use deflate::Deflater;
pub use fault::Fault;
pub use header::Header;
pub(super) use header::bare;
pub(super) use http::{HttpHead, read_head};
pub use read::{Record, WarcReader};
pub use write::Member;
pub(super) use write::{Packed, Target, pack, write_member};
