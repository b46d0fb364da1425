//! Any bytes after the signature of a PDF: read, or refused.

#![no_main]

use beleg::article::{ReadOptions, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut file = b"%PDF-1.7\n".to_vec();
    file.extend_from_slice(bytes);
    drop(read("a.pdf", &file, &ReadOptions::default()));
});
