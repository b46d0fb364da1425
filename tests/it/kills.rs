//! SIGKILL at random moments: the archive stays right, keeps all that was acknowledged, and takes the next run.
//!
//! `BELEG_TEST_KILLS` sets how many kills there are; the suite has twenty, `benches/kill-archive-runs` two hundred.

use std::env;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Beleg, Web, newsroom, noise, stories};

fn archive(folder: &Path, web: &Web) -> Beleg {
    Beleg::new(folder, "archive").arg("-vv").args(stories(5)).against(web)
}

/// The file and offset of every capture that beleg says is on disk, in what it wrote to standard error.
fn acknowledged(stderr: &str) -> Vec<(String, String)> {
    let lines = stderr.lines().filter(|line| line.contains("on disk warc="));
    let after = |line: &str, name: &str| {
        let value = line.split(&format!("{name}=")).nth(1)?.split_whitespace().next()?;
        Some(value.trim_matches('"').to_owned())
    };
    // The last line may be cut off by the kill: then it was not said.
    lines.filter_map(|line| Some((after(line, "warc")?, after(line, "offset")?))).collect()
}

/// Every capture of the index, by file and offset.
fn indexed(folder: &Path) -> Vec<(String, String)> {
    let index = fs::read_to_string(folder.join("archive/index.cdx")).unwrap();
    let facts = index.lines().map(|line| serde_json::from_str(line.splitn(3, ' ').nth(2).unwrap()).unwrap());
    let place = |facts: Value| {
        (facts["filename"].as_str().unwrap().to_owned(), facts["offset"].as_str().unwrap().to_owned())
    };
    facts.map(place).collect()
}

#[test]
fn whenever_it_is_killed_nothing_acknowledged_is_lost() {
    let kills = env::var("BELEG_TEST_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20);
    let (web, folder) = (newsroom(), tempfile::tempdir().unwrap());
    let started = Instant::now();
    archive(folder.path(), &web).run().exits(0);
    let whole = started.elapsed();
    let mut promised = Vec::new();
    let (mut torn, mut midway) = (0, 0);
    for moment in noise(4, kills) {
        // Some runs store everything anew, others find what earlier ones stored.
        if moment % 4 == 0 && folder.path().join("archive").exists() {
            fs::remove_dir_all(folder.path().join("archive")).unwrap();
            promised.clear();
        }
        let mut run = archive(folder.path(), &web).spawn();
        sleep(whole.mul_f64(f64::from(moment) / 255.0).max(Duration::from_millis(5)));
        run.kill().unwrap();
        let said = String::from_utf8_lossy(&run.wait_with_output().unwrap().stderr).into_owned();
        torn += usize::from(said.contains("was cut off"));
        midway += usize::from(said.contains("on disk warc="));
        promised.extend(acknowledged(&said));
        if folder.path().join("archive/captures").exists() {
            Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
        }
    }
    archive(folder.path(), &web).run().exits(0);
    Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
    let kept = indexed(folder.path());
    let lost: Vec<_> = promised.iter().filter(|place| !kept.contains(place)).collect();
    assert!(lost.is_empty(), "{} of {} lost: {lost:#?}", lost.len(), promised.len());
    assert!(midway > 0, "of {kills} kills only {midway} came while it wrote, and {torn} tore a record");
}
