//! Which format a ZIP package is, told by what is in it.

use super::open::Package;
use crate::article::block::Kind;
use crate::article::error::ArticleError;

/// What a package is.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::article) enum PackageKind {
    /// An article.
    Article(Kind),
    /// Something that is not read: what it is, and what to do about it.
    Other(&'static str, &'static str),
}

/// Media types in the entry `mimetype` (`OpenDocument` 1.3 part 2 §3.3, EPUB OCF 3.3 §4.3).
const MEDIA_TYPES: [(&str, PackageKind); 5] = [
    ("application/epub+zip", PackageKind::Article(Kind::Epub)),
    ("application/vnd.oasis.opendocument.text", PackageKind::Article(Kind::Odt)),
    ("application/vnd.oasis.opendocument.text-template", PackageKind::Article(Kind::Odt)),
    (
        "application/vnd.oasis.opendocument.spreadsheet",
        PackageKind::Other("an OpenDocument spreadsheet", "save the table as CSV first"),
    ),
    (
        "application/vnd.oasis.opendocument.presentation",
        PackageKind::Other("an OpenDocument presentation", "save its text first"),
    ),
];

/// Words in `[Content_Types].xml` (ECMA-376 part 2 §10.1.2) that tell what a package holds.
const CONTENT_TYPES: [(&str, PackageKind); 3] = [
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.", PackageKind::Article(Kind::Docx)),
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.",
        PackageKind::Other("an Excel workbook (XLSX)", "save the table as CSV first"),
    ),
    (
        "application/vnd.openxmlformats-officedocument.presentationml.",
        PackageKind::Other("a presentation (PPTX)", "save its text first"),
    ),
];

/// Entries that tell what a package without a list of types is.
const TELLING_ENTRIES: [(&str, PackageKind); 4] = [
    ("META-INF/container.xml", PackageKind::Article(Kind::Epub)),
    ("word/document.xml", PackageKind::Article(Kind::Docx)),
    ("Index/Document.iwa", PackageKind::Other("an iWork document", "export it as DOCX first")),
    ("index.xml", PackageKind::Other("an iWork document", "export it as DOCX first")),
];

/// What `package` is.
pub(in crate::article) fn kind(package: &mut Package<'_>) -> Result<PackageKind, ArticleError> {
    if let Some(media_type) = package.text("mimetype")? {
        let found = MEDIA_TYPES.into_iter().find(|(known, _)| *known == media_type.trim());
        if let Some((_, kind)) = found {
            return Ok(kind);
        }
    }
    if let Some(types) = package.text("[Content_Types].xml")? {
        let found = CONTENT_TYPES.into_iter().find(|(word, _)| types.contains(word));
        if let Some((_, kind)) = found {
            return Ok(kind);
        }
    }
    let found = TELLING_ENTRIES.into_iter().find(|(entry, _)| package.has(entry));
    let unknown = PackageKind::Other("a ZIP archive", "unpack it and name the articles in it");
    Ok(found.map_or(unknown, |(_, kind)| kind))
}
