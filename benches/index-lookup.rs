//! How long it takes to find the captures of a URL among ten million lines of index.
//!
//! The lines, of about 300 bytes each, take some three gigabytes of the folder for temporary files while it runs:
//! `cargo bench --bench index-lookup`.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::sync::LazyLock;

use beleg::archive::Index;
use divan::Bencher;
use tempfile::TempDir;

const LINES: u64 = 10_000_000;

/// An archive folder that has an index and nothing else.
static ARCHIVE: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let mut index = BufWriter::new(File::create(folder.path().join("index.cdx")).expect("a new file"));
    for number in 0..LINES {
        writeln!(
            index,
            r#"test,example)/synthetic/{number:08} 20261123041207 {{"url":"https://example.test/synthetic/{number:08}","mime":"text/html","status":"200","digest":"sha256:{number:064x}","length":"15583","offset":"{number}","filename":"captures/2026/11/20261123T041207Z-9f3c-00000.warc.gz","recordDigest":"sha256:{number:064x}"}}"#
        )
        .expect("room for the index");
    }
    index.flush().expect("room for the index");
    folder
});

fn main() {
    LazyLock::force(&ARCHIVE);
    divan::main();
}

/// Every lookup asks for another URL.
#[divan::bench(sample_count = 1000)]
fn captures_of_a_url(bencher: Bencher) {
    let index = Index::of(ARCHIVE.path());
    let mut number = 0;
    bencher
        .with_inputs(|| {
            number = (number + 6_180_339) % LINES;
            format!("https://example.test/synthetic/{number:08}")
        })
        .bench_local_values(|url| {
            let found = index.captures(&url).expect("an index that can be read");
            assert_eq!(found.len(), 1, "{url}");
        });
}
