//! PDF files that were made to break their reader: each ends within its limits, with an article or with a sentence.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::{DeflateEncoder, ZlibEncoder};
use tempfile::TempDir;

use crate::support::Beleg;

/// What stands on the page of a sound file.
const SENTENCE: &[u8] = b"BT /F0 12 Tf 50 500 Td (A sentence stands here.) Tj ET";

/// A PDF of these objects, the first of them its catalog.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(objects) {
        offsets.push(file.len());
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        file.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    file.extend(format!("trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes());
    file
}

/// A PDF of one page with this content, and with these objects from the sixth on.
fn page(content: Vec<u8>, more: Vec<Vec<u8>>) -> Vec<u8> {
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
                /Resources << /Font << /F0 5 0 R >> /XObject << /A 6 0 R /B 6 0 R >> >> >>";
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_vec(),
        page.as_bytes().to_vec(),
        content,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
    ];
    objects.extend(more);
    pdf(&objects)
}

fn stream(entries: &str, bytes: &[u8]) -> Vec<u8> {
    let mut stream = format!("<< {entries} /Length {} >>\nstream\n", bytes.len()).into_bytes();
    stream.extend(bytes);
    stream.extend(b"\nendstream");
    stream
}

/// A form that draws the object with this number twice.
fn twice(number: usize) -> Vec<u8> {
    let resources = format!("/Resources << /XObject << /A {number} 0 R /B {number} 0 R >> >>");
    stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 500 500] {resources}"), b"/A Do /B Do")
}

/// So many mebibytes of blanks, deflated twice: the first time in equal blocks, so that it takes no time.
fn blanks(mebibytes: usize) -> Vec<u8> {
    let mut block = DeflateEncoder::new(Vec::new(), Compression::best());
    block.write_all(&vec![b' '; 1 << 20]).unwrap();
    block.flush().unwrap();
    let mut deflated = vec![0x78, 0x9c];
    deflated.extend(block.get_ref().repeat(mebibytes));
    let mut again = ZlibEncoder::new(Vec::new(), Compression::best());
    again.write_all(&deflated).unwrap();
    again.finish().unwrap()
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn extract(folder: &Path, name: &str) -> Beleg {
    Beleg::new(folder, "extract").arg(name)
}

/// A file that came with the tests.
fn given(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile").join(name)).unwrap()
}

#[test]
fn what_is_slightly_damaged_is_read() {
    let sound = page(stream("", SENTENCE), Vec::new());
    let text = String::from_utf8(sound.clone()).unwrap();
    let table = text.rfind("xref\n0").unwrap();
    let moved = text.replace("startxref\n", "startxref\n9");
    let looped = text.replace("trailer << ", &format!("trailer << /Prev {table} "));
    for bytes in [sound, moved.into_bytes(), looped.into_bytes(), given("printing-forbidden.pdf")] {
        let folder = folder(&[("a.pdf", &bytes)]);
        let ran = extract(folder.path(), "a.pdf").run().exits(0);
        assert!(ran.stdout.contains("A sentence stands here.") || ran.stdout.contains("Ein erfundener Satz"));
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    let looped = pdf(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 9 /Kids [2 0 R 3 0 R] >>".to_vec(),
        b"<< /Type /Pages /Count 9 /Kids [2 0 R 3 0 R] >>".to_vec(),
    ]);
    let scan = stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
        b"x",
    );
    let zeros = [b"%PDF-1.7\n".to_vec(), vec![0; 100_000]].concat();
    for (bytes, words) in [
        (given("locked.pdf"), "locked with a password"),
        (page(stream("", b"q 500 0 0 500 0 0 cm /A Do Q"), vec![scan]), "ocrmypdf"),
        (page(stream("", b""), Vec::new()), "a.pdf is empty"),
        (looped, "no page that can be read"),
        (zeros, "no page that can be read"),
    ] {
        let folder = folder(&[("a.pdf", &bytes)]);
        extract(folder.path(), "a.pdf").run().gives_up_saying(&["a.pdf", words]);
    }
}

#[test]
fn drawing_without_end_ends_at_the_time_limit() {
    let forms: Vec<Vec<u8>> =
        (7..47).map(twice).chain([stream("/Subtype /Form /BBox [0 0 9 9]", b"")]).collect();
    let folder = folder(&[("a.pdf", &page(stream("", b"/A Do"), forms))]);
    let extract = extract(folder.path(), "a.pdf").env("BELEG_READING_TIMEOUT", "500ms");
    extract.run().gives_up_saying(&["a.pdf could not be read within 500ms", "reading.timeout"]);
}

#[test]
fn a_file_that_unfolds_without_end_ends_at_the_memory_limit() {
    let bomb = page(stream("/Filter [/FlateDecode /FlateDecode]", &blanks(10 << 10)), Vec::new());
    assert!(bomb.len() < 100_000, "10 GiB in {} bytes", bomb.len());
    let folder = folder(&[("a.pdf", &bomb)]);
    let extract = extract(folder.path(), "a.pdf").env("BELEG_READING_MAX_MEMORY", "256 MiB");
    extract
        .run()
        .gives_up_saying(&["a.pdf could not be read within 256 MiB of memory", "reading.max_memory"]);
}

#[test]
fn nesting_without_end_and_numbers_without_sense_break_nothing() {
    let deep = page(stream("", &b"[".repeat(1_000_000)), Vec::new());
    let huge =
        b"BT /F0 1e38 Tf 1e38 0 0 1e38 5 5 Tm (abc) Tj ET BT /F0 0 Tf (x) Tj ET BT /F0 -12 Tf (y) Tj ET";
    let itself = page(stream("", b"/A Do"), vec![twice(6)]);
    for bytes in [deep, page(stream("", huge), Vec::new()), itself] {
        let folder = folder(&[("a.pdf", &bytes)]);
        let ran = extract(folder.path(), "a.pdf").env("BELEG_READING_TIMEOUT", "5s").run();
        assert!(matches!(ran.code, 0 | 2), "{}", ran.stderr);
        assert!(!ran.stderr.contains("fault in beleg"), "{}", ran.stderr);
    }
}

#[test]
fn a_vast_file_is_refused_before_it_is_read() {
    let folder = folder(&[("a.pdf", b"%PDF-1.7\n")]);
    fs::File::options().write(true).open(folder.path().join("a.pdf")).unwrap().set_len(10 << 30).unwrap();
    extract(folder.path(), "a.pdf").run().gives_up_saying(&["a.pdf is larger than 64 MiB"]);
}
