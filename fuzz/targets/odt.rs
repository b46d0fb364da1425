//! Any bytes as the text of an ODT: read, or refused.

#![no_main]

mod packed;

use beleg::article::{ReadOptions, read};
use libfuzzer_sys::fuzz_target;
use packed::packed;

fuzz_target!(|bytes: &[u8]| {
    let parts: &[(&str, &[u8])] = &[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", bytes),
    ];
    drop(read("a.odt", &packed(parts), &ReadOptions::default()));
});
