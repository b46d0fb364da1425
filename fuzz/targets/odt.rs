//! Any bytes as the text of an ODT: read, or refused.

#![no_main]

use std::io::{Cursor, Write as _};

use beleg::article::{ReadOptions, read};
use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fuzz_target!(|bytes: &[u8]| {
    let parts: &[(&str, &[u8])] = &[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", bytes),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        archive.start_file(*name, stored).unwrap();
        archive.write_all(part).unwrap();
    }
    let file = archive.finish().unwrap().into_inner();
    drop(read("a.odt", &file, &ReadOptions::default()));
});
