//! Any bytes as Markdown: read, or refused.

#![no_main]

use beleg::article::{ReadOptions, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    drop(read("a.md", bytes, &ReadOptions::default()));
});
