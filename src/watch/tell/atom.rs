//! Alarms as an Atom feed (RFC 4287) in a file.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use jiff::Timestamp;
use quick_xml::escape::escape;

use crate::ledger::RaisedAlarm;

/// The latest alarms that the feed keeps.
const KEPT: usize = 200;

/// Writes the feed with the latest of `alarms`, newest first: whole or not at all.
pub(super) fn write(path: &Path, alarms: &[RaisedAlarm], now: Timestamp) -> io::Result<()> {
    let unfinished = path.with_extension("new");
    let mut file = File::create(&unfinished)?;
    file.write_all(feed(alarms, now).as_bytes())?;
    file.sync_all()?;
    fs::rename(&unfinished, path)
}

fn feed(alarms: &[RaisedAlarm], now: Timestamp) -> String {
    let updated = alarms.iter().map(|raised| raised.raised).max().unwrap_or(now);
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>urn:beleg:alarms</id>\n<title>beleg: alarms</title>\n<author><name>beleg</name></author>\n\
         <updated>{updated}</updated>\n"
    );
    for raised in alarms.iter().rev().take(KEPT) {
        let alarm = &raised.alarm;
        let title = format!("{}: {}", alarm.kind, raised.article);
        let mut content = alarm.message.clone();
        // Writing to a String cannot fail.
        if let Some(concerned) = alarm.concerned(str::to_owned) {
            let _ = write!(content, "\n\n{concerned}");
        }
        let _ = write!(content, "\n\nAcknowledge: beleg alarms --acknowledge {}", alarm.id);
        let _ = write!(
            text,
            "<entry>\n<id>urn:beleg:alarm:{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<link href=\"{}\"/>\n\
             <content type=\"text\">{}</content>\n</entry>\n",
            alarm.id,
            escape(visible(&title)),
            raised.raised,
            escape(visible(&alarm.url)),
            escape(visible(&content)),
        );
    }
    text + "</feed>\n"
}

/// The text without the characters that XML cannot hold (XML 1.0 §2.2).
fn visible(text: &str) -> String {
    let holds = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(holds).collect()
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::super::message::tests::alarm;
    use super::*;

    #[test]
    fn the_feed_is_xml_and_has_the_newest_first() {
        let mut alarms: Vec<RaisedAlarm> = (0..250).map(alarm).collect();
        alarms[249].alarm.message = "bell \u{7} & <tag>".into();
        let text = feed(&alarms, alarms[0].raised);
        let mut reader = Reader::from_str(&text);
        let mut entries = 0;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) if start.local_name().as_ref() == "entry" => entries += 1,
                Event::Eof => break,
                _ => (),
            }
        }
        assert_eq!(entries, KEPT);
        assert!(
            text.find("urn:beleg:alarm:00000000000000f9").unwrap() < text.find("00000000000000f8").unwrap()
        );
        assert!(text.contains("bell  &amp; &lt;tag&gt;"), "{text}");
    }

    #[test]
    fn the_file_is_written_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("alarms.xml");
        for number in [1, 2] {
            write(&path, &[alarm(number)], alarm(number).raised).unwrap();
        }
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("0000000000000002") && !text.contains("0000000000000001"), "{text}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
