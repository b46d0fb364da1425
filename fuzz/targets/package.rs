//! Any bytes as a ZIP archive: an office file, a book, or refused.

#![no_main]

use beleg::article::{ReadOptions, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut file = b"PK\x03\x04".to_vec();
    file.extend_from_slice(bytes);
    drop(read("a.docx", &file, &ReadOptions::default()));
});
