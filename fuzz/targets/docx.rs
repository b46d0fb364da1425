//! Any bytes as the text of a DOCX: read, or refused.

#![no_main]

mod packed;

use beleg::article::{ReadOptions, read};
use libfuzzer_sys::fuzz_target;
use packed::packed;

fuzz_target!(|bytes: &[u8]| {
    let parts: &[(&str, &[u8])] = &[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", b"<Relationships><Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"),
        ("word/document.xml", bytes),
        ("word/footnotes.xml", bytes),
    ];
    drop(read("a.docx", &packed(parts), &ReadOptions::default()));
});
