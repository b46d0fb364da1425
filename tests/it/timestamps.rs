//! Each run is sealed by a manifest that names the one before, and dated by authorities: others can check both.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::support::{Beleg, Kept, TimestampAuthority, article, verify_archive};

#[test]
fn openssl_accepts_the_time_stamps_with_the_certificates_that_were_kept() {
    let kept = Kept::new();
    for file in [kept.first(".tsr"), kept.second(".tsr")] {
        let manifest = file.with_file_name("manifest.json");
        let output = Command::new("openssl")
            .args(["ts", "-verify", "-data"])
            .arg(&manifest)
            .arg("-in")
            .arg(&file)
            .arg("-CAfile")
            .arg(file.with_extension("pem"))
            .output()
            .expect("openssl is installed");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn people_are_told_who_signed_and_who_dated_what() {
    let kept = Kept::new();
    let ran = Beleg::new(kept.path(), "verify").arg("archive").run().exits(0);
    for words in ["with your key sha256:", "by Synthetic authority", "all right", "Weakest link: the word of"]
    {
        assert!(ran.stdout.contains(words), "{words:?} is missing in:\n{}", ran.stdout);
    }
}

#[test]
fn the_package_holds_the_manifest_and_its_time_stamp() {
    let kept = Kept::new();
    let mut zip = zip::ZipArchive::new(fs::File::open(kept.second("dossier.wacz")).unwrap()).unwrap();
    for (name, beside) in [("manifest.json", "manifest.json"), ("manifest.127.0.0.1.tsr", ".tsr")] {
        let mut bytes = Vec::new();
        let mut entry = zip.by_name(&format!("provenance/{name}")).unwrap();
        std::io::copy(&mut entry, &mut bytes).unwrap();
        assert_eq!(bytes, fs::read(kept.second(beside)).unwrap(), "{name}");
    }
    for name in ["claims.json", "dossier.json", "report.html"] {
        assert!(zip.by_name(&format!("provenance/{name}")).is_ok(), "{name}");
    }
}

#[test]
fn an_authority_that_fails_is_a_warning_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let authority = TimestampAuthority::start();
    let nobody = "http://127.0.0.1:1/tsr";
    let config = format!(
        "[fetch]\nallow = [\"127.0.0.0/8\"]\n[archive]\ntimestamps = [\"{nobody}\", \"{}\"]\n",
        authority.url()
    );
    fs::write(folder.path().join("config.toml"), config).unwrap();
    let article = article(folder.path(), ["http://127.0.0.1:1/page"]);
    let ran = Beleg::audit(folder.path(), &article).run();
    let warnings: Vec<_> = ran.stderr.lines().filter(|line| line.starts_with("warning: ")).collect();
    assert!(matches!(warnings[..], [one] if one.contains(nobody)), "{}", ran.stderr);
    let said: Value = serde_json::from_str(&verify_archive(folder.path()).exits(0).stdout).unwrap();
    assert_eq!(said["timestamps"].as_array().unwrap().len(), 1, "{said:#}");
    assert_eq!(
        said["not_checkable"][0]["what"], "time-stamp authority",
        "nobody vouches for its root: {said:#}"
    );
}
