//! Articles in every format and from every place, and files that were made to break their readers.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use beleg::demo::{Answer, Authority, Certificates, Request, Site, Validity};
use serde_json::Value;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{Beleg, Report, Web};

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// `beleg extract --format json` of what is named.
fn extract(folder: &Path, names: &[&str]) -> Beleg {
    Beleg::new(folder, "extract").args(["--format", "json"]).args(names)
}

/// A package with these entries.
fn package(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        package.start_file(*name, SimpleFileOptions::default()).unwrap();
        package.write_all(bytes).unwrap();
    }
    package.finish().unwrap().into_inner()
}

/// A DOCX with this main part.
fn docx(document: &[u8]) -> Vec<u8> {
    package(&[("word/document.xml", document)])
}

#[test]
fn a_folder_and_wildcards_stand_for_articles_and_what_cannot_be_read_is_told() {
    let folder = folder();
    fs::create_dir_all(folder.path().join("desk/sub")).unwrap();
    for (name, text) in [
        ("desk/a.md", "One claim with [a source](https://example.org/a).\n"),
        ("desk/sub/b.html", "<p>One claim with <a href=\"https://example.org/b\">a source</a>.</p>"),
        ("desk/c.docx", "not a package"),
        ("desk/d.rtf", "{\\rtf1 not looked at}"),
        ("desk/e.txt", "\u{1}\u{2}\u{3}"),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let ran = extract(folder.path(), &["desk"]).run().exits(2);
    let paths: Vec<Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["article"]["path"].clone())
        .collect();
    assert_eq!(paths, ["desk/a.md", "desk/c.docx", "desk/sub/b.html"]);
    assert!(ran.stderr.contains("desk/e.txt is a binary file"), "{}", ran.stderr);

    let ran = extract(folder.path(), &["nothing.md", "desk/**/*.html", "desk/*.rtf"]).run().exits(2);
    assert_eq!(ran.stdout.lines().count(), 1);
    assert!(ran.stderr.contains("nothing.md") && ran.stderr.contains("an RTF document"), "{}", ran.stderr);
}

#[test]
fn an_article_may_be_named_by_its_url() {
    let (web, folder) = (desk(), folder());
    let ran = extract(folder.path(), &["https://news.test/old"]).against(&web).run().exits(0);
    let found: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(found["article"]["title"], "The ferry");
    assert_eq!(found["article"]["path"], "https://news.test/old");
    assert_eq!(found["citations"][0]["url"], "https://news.test/times");
    extract(folder.path(), &["https://news.test/gone"]).against(&web).run().gives_up_saying(&["answers 404"]);

    let audit = Beleg::audit(folder.path(), Path::new("https://news.test/desk/ferry.html"));
    let ran = audit.against(&web).args(["--format", "json"]).run();
    assert_eq!(Report::read(&ran.stdout).citation("https://news.test/times")["state"], "alive");
}

/// A web with one story, which cites a page beside it.
fn desk() -> Web {
    let authority = Authority::new().unwrap();
    let leaf = authority.leaf(&["news.test"], Validity::Current).unwrap();
    Web::start(&["news.test"], Certificates::default().with("news.test", &leaf), authority.ca_pem(), Desk)
}

struct Desk;

impl Site for Desk {
    fn answer(&self, request: &Request) -> Answer {
        let note = "Synthetic page for a test of beleg.";
        match request.path.as_str() {
            "/old" => Answer::redirect(301, "/desk/ferry.html"),
            "/desk/ferry.html" => Answer::html(
                200,
                format!(
                    "<html lang=en><main><h1>The ferry</h1><p>{note} It runs <a href=\"../times\">every hour</a>."
                ),
            ),
            "/times" => Answer::html(
                200,
                format!("<html lang=en><h1>Times</h1><p>{} It runs every hour.", note.repeat(20)),
            ),
            _ => Answer::html(404, "<h1>Not found</h1>"),
        }
    }
}

#[test]
fn a_small_package_that_unfolds_into_a_vast_one_is_refused() {
    let folder = folder();
    fs::write(folder.path().join("bomb.docx"), docx(&vec![b' '; 64 << 20])).unwrap();
    extract(folder.path(), &["bomb.docx"]).run().gives_up_saying(&["bomb.docx holds more than any article"]);
}

#[test]
fn damaged_office_files_say_what_is_wrong() {
    let folder = folder();
    let whole = docx(b"<w:document><w:body><w:p><w:r><w:t>Words</w:t></w:r></w:p></w:body></w:document>");
    for (name, bytes, words) in [
        ("cut.docx", whole[..whole.len() / 2].to_vec(), "a ZIP archive that cannot be read"),
        ("torn.docx", docx(b"<w:document><w:p></w:document>"), "word/document.xml"),
        ("deep.docx", docx("<w:p>".repeat(100_000).as_bytes()), "nested more than"),
        (
            "none.odt",
            package(&[("mimetype", b"application/vnd.oasis.opendocument.text")]),
            "it has no content.xml",
        ),
        ("sheet.xlsx", package(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]), "CSV"),
        ("files.zip", package(&[("a.txt", b"Words")]), "unpack it"),
        ("empty.docx", docx(b"<w:document/>"), "empty.docx is empty"),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
        extract(folder.path(), &[name]).run().gives_up_saying(&[name, words]);
    }
}

#[test]
fn hostile_text_ends_with_an_article_or_a_sentence() {
    let folder = folder();
    let nested = format!("{}Words in the middle.{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let invalid =
        [b"<p>Gr\xc3\xbc\xc3\x9fe \xff\xfe\x80 https://example.org/\xc3</p>".as_slice(), &[b'\xff'; 1000]]
            .concat();
    for (name, bytes) in [
        ("nested.html", nested.into_bytes()),
        ("invalid.html", invalid),
        ("links.html", "<a href=https://example.org/>".repeat(20_000).into_bytes()),
        ("quotes.csv", "\",".repeat(100_000).into_bytes()),
        ("tags.html", "<p <p <p".repeat(50_000).into_bytes()),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
        let ran = extract(folder.path(), &[name]).run();
        assert!(ran.code == 0 || (ran.code == 2 && ran.stderr.contains(name)), "{name}: {}", ran.stderr);
        assert!(!ran.stderr.contains("panicked"), "{name}: {}", ran.stderr);
    }
    for (name, bytes, words) in [
        ("zeros.html", b"<p>Words\0</p>".to_vec(), "a binary file"),
        ("lines.txt", vec![b'\n'; 3 << 20], "is empty"),
        ("rows.txt", "a\n".repeat(2_100_000).into_bytes(), "more than 2000000 lines"),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
        extract(folder.path(), &[name]).run().gives_up_saying(&[name, words]);
    }
    // One line of 200 MB, which takes no room on disk.
    fs::File::create(folder.path().join("line.html")).unwrap().set_len(200 << 20).unwrap();
    extract(folder.path(), &["line.html"]).run().gives_up_saying(&["line.html is larger than 64 MiB"]);
}
