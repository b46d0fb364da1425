//! Any bytes as a WARC file: each record is read to its end, or a fault is told.

#![no_main]

use beleg::archive::WarcReader;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut reader = WarcReader::new(bytes);
    while let Ok(Some(record)) = reader.next_record() {
        if record.finish().is_err() {
            break;
        }
    }
});
