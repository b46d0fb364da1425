//! Any bytes as the text of a DOCX: read, or refused.

#![no_main]

use std::io::{Cursor, Write as _};

use beleg::article::{ReadOptions, read};
use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fuzz_target!(|bytes: &[u8]| {
    let parts: &[(&str, &[u8])] = &[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", b"<Relationships><Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"),
        ("word/document.xml", bytes),
        ("word/footnotes.xml", bytes),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        archive.start_file(*name, stored).unwrap();
        archive.write_all(part).unwrap();
    }
    let file = archive.finish().unwrap().into_inner();
    drop(read("a.docx", &file, &ReadOptions::default()));
});
