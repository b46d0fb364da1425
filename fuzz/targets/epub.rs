//! Any bytes as a chapter of an EPUB: read, or refused.

#![no_main]

mod packed;

use beleg::article::{ReadOptions, read};
use libfuzzer_sys::fuzz_target;
use packed::packed;

fuzz_target!(|bytes: &[u8]| {
    let parts: &[(&str, &[u8])] = &[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b"<container><rootfiles><rootfile full-path=\"p.opf\"/></rootfiles></container>"),
        ("p.opf", b"<package><manifest><item id=\"c\" href=\"c.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"c\"/></spine></package>"),
        ("c.xhtml", bytes),
    ];
    drop(read("a.epub", &packed(parts), &ReadOptions::default()));
});
