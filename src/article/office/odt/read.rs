//! From an ODT to its content.

use super::body::Body;
use super::style::Styles;
use crate::article::content::Content;
use crate::article::error::ArticleError;
use crate::article::office::reflow::reflowed;
use crate::article::package::open::Package;

/// The content of the ODT that `bytes` are.
pub(in crate::article) fn content(path: &str, bytes: &[u8]) -> Result<Content, ArticleError> {
    let mut package = Package::open(path, "an ODT", bytes)?;
    let mut styles = Styles::default();
    if let Some(xml) = package.text("styles.xml")? {
        styles.read(&xml).map_err(|error| package.broken_part("styles.xml", &error))?;
    }
    let xml = package.required("content.xml")?;
    styles.read(&xml).map_err(|error| package.broken_part("content.xml", &error))?;
    let read = Body::new(&styles).read(&xml);
    let (flow, title) = read.map_err(|error| package.broken_part("content.xml", &error))?;
    let rendered = xml.contains("soft-page-break");
    Ok(Content {
        blocks: reflowed(flow.finish_all(), rendered),
        title,
        language: styles.language,
        ..Content::default()
    })
}
