//! Any bytes as a chapter of an EPUB: read, or refused.

#![no_main]

use std::io::{Cursor, Write as _};

use beleg::article::{ReadOptions, read};
use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fuzz_target!(|bytes: &[u8]| {
    let parts: &[(&str, &[u8])] = &[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b"<container><rootfiles><rootfile full-path=\"p.opf\"/></rootfiles></container>"),
        ("p.opf", b"<package><manifest><item id=\"c\" href=\"c.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"c\"/></spine></package>"),
        ("c.xhtml", bytes),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        archive.start_file(*name, stored).unwrap();
        archive.write_all(part).unwrap();
    }
    let file = archive.finish().unwrap().into_inner();
    drop(read("a.epub", &file, &ReadOptions::default()));
});
