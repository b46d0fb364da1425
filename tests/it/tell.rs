//! Alarms told to servers on loopback: webhooks in three shapes, and mail over TLS.

use std::sync::Arc;
use std::time::Duration;

use beleg::demo::{Authority, Certificates, Validity};
use beleg::ledger::{Alarm, AlarmKind, RaisedAlarm};
use beleg::watch::tell::Channel;
use beleg::watch::{ChannelConfig, ChannelKind, Secret, Security};
use jiff::Timestamp;
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use crate::support::bare_channel;

fn now() -> Timestamp {
    "2026-11-26T04:00:00Z".parse().unwrap()
}

/// An invented alarm about an invented article.
fn alarm(number: u32) -> RaisedAlarm {
    RaisedAlarm {
        entry: i64::from(number),
        raised: now(),
        article: "articles/invented.txt".into(),
        job: "nightly".into(),
        alarm: Alarm {
            id: format!("{number:016x}"),
            kind: AlarmKind::FigureChanged,
            source: "c1".into(),
            url: "https://example.org/<a>".into(),
            place: Some("line 12".into()),
            claim: Some("k1".into()),
            claim_text: Some("Es sind 48.000.".into()),
            before: Some("48,000".into()),
            after: Some("36,000".into()),
            message: "the page says “36,000” where it said “48,000”".into(),
        },
        acknowledged_by: None,
    }
}

fn channel(kind: ChannelKind) -> ChannelConfig {
    ChannelConfig {
        from: Some("beleg@example.org".into()),
        to: vec!["desk@example.org".into()],
        ..bare_channel("desk", kind)
    }
}

/// A request that a server got: its head, and its body.
type Got = (String, Vec<u8>);

/// A server that answers with `statuses`, one after the other, and tells what it got.
async fn server(statuses: &'static [u16]) -> (String, mpsc::Receiver<Got>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let (tell, told) = mpsc::channel(16);
    tokio::spawn(async move {
        for status in statuses {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = BufReader::new(stream);
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                stream.read_line(&mut head).await.unwrap();
            }
            let length = head
                .lines()
                .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            let mut body = vec![0; length.unwrap_or_default()];
            stream.read_exact(&mut body).await.unwrap();
            let answer = format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            stream.write_all(answer.as_bytes()).await.unwrap();
            tell.send((head, body)).await.unwrap();
        }
    });
    (url, told)
}

async fn got<T>(told: &mut mpsc::Receiver<T>) -> T {
    timeout(Duration::from_secs(10), told.recv()).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_webhook_gets_the_alarms_as_json_with_a_key_and_its_token() {
    let (url, mut told) = server(&[200]).await;
    let config = ChannelConfig {
        url: Some(Secret::from(url.as_str())),
        token: Some(Secret::from("hunter2")),
        ..channel(ChannelKind::Webhook)
    };
    Channel::of(&config).unwrap().send(&[alarm(1), alarm(2)], now()).await.unwrap();
    let (head, body) = got(&mut told).await;
    let head = head.to_lowercase();
    assert!(head.starts_with("post /hook http/1.1\r\n"), "{head}");
    assert!(head.contains("authorization: bearer hunter2\r\n"), "{head}");
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert!(head.contains(&format!("idempotency-key: {}\r\n", body["key"].as_str().unwrap())), "{head}");
    assert_eq!(body["schema"], "beleg.alarms/1");
    assert_eq!(body["alarms"].as_array().unwrap().len(), 2);
    assert_eq!(body["alarms"][1]["after"], "36,000");
}

#[tokio::test]
async fn slack_gets_a_text_without_markup_of_ours() {
    let (url, mut told) = server(&[200]).await;
    let config = ChannelConfig { url: Some(Secret::from(url.as_str())), ..channel(ChannelKind::Slack) };
    Channel::of(&config).unwrap().send(&[alarm(1)], now()).await.unwrap();
    let body: Value = serde_json::from_slice(&got(&mut told).await.1).unwrap();
    let text = body["text"].as_str().unwrap();
    assert!(text.starts_with("*beleg: figure changed"), "{text}");
    assert!(text.contains("https://example.org/&lt;a&gt;"), "{text}");
}

#[tokio::test]
async fn matrix_gets_a_message_under_the_key_as_transaction() {
    let (url, mut told) = server(&[200]).await;
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    std::fs::write(&token, "hunter2\n").unwrap();
    let config = ChannelConfig {
        url: Some(Secret::from(url.trim_end_matches("/hook"))),
        room: Some("!desk:example.org".into()),
        token: Some(Secret::from(&*format!("file:{}", token.display()))),
        ..channel(ChannelKind::Matrix)
    };
    Channel::of(&config).unwrap().send(&[alarm(1)], now()).await.unwrap();
    let (head, body) = got(&mut told).await;
    let path = "PUT /_matrix/client/v3/rooms/!desk:example.org/send/m.room.message/0000000000000001 HTTP/1.1";
    assert!(head.starts_with(path), "{head}");
    assert!(head.to_lowercase().contains("authorization: bearer hunter2"), "{head}");
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["msgtype"], "m.text");
}

#[tokio::test]
async fn a_server_that_is_busy_is_asked_again_and_one_that_refuses_is_not() {
    let (url, mut told) = server(&[503, 200]).await;
    let config = |url: &str| ChannelConfig { url: Some(Secret::from(url)), ..channel(ChannelKind::Webhook) };
    Channel::of(&config(&url)).unwrap().send(&[alarm(1)], now()).await.unwrap();
    let (first, second) = (got(&mut told).await, got(&mut told).await);
    assert_eq!(first.1, second.1, "the same message under the same key");

    let (url, _told) = server(&[403]).await;
    let error = Channel::of(&config(&url)).unwrap().send(&[alarm(1)], now()).await.unwrap_err().to_string();
    assert!(error.contains("desk") && error.contains("403"), "{error}");
    assert!(!error.contains("/hook"), "an address may be secret: {error}");
}

/// What a mail server was told: the lines of the conversation, and the letter.
struct Mail {
    lines: Vec<String>,
    letter: String,
}

/// A mail server on localhost with a certificate of its own authority, which is written to `folder`.
async fn mail_server(folder: &TempDir, starttls: bool) -> (u16, mpsc::Receiver<Mail>) {
    let authority = Authority::new().unwrap();
    std::fs::write(folder.path().join("authority.pem"), authority.ca_pem()).unwrap();
    let leaf = authority.leaf(&["localhost"], Validity::Current).unwrap();
    let config = Certificates::default().with("localhost", &leaf).server_config().unwrap();
    let mut config = Arc::unwrap_or_clone(config);
    config.alpn_protocols.clear();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tell, told) = mpsc::channel(4);
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut lines = Vec::new();
        let stream = if starttls {
            let mut plain = BufReader::new(stream);
            converse(&mut plain, true, true, &mut lines).await;
            plain.into_inner()
        } else {
            stream
        };
        let mut secure = BufReader::new(acceptor.accept(stream).await.unwrap());
        let letter = converse(&mut secure, !starttls, false, &mut lines).await;
        tell.send(Mail { lines, letter }).await.unwrap();
    });
    (port, told)
}

/// Speaks SMTP until STARTTLS or QUIT, and gives the letter.
async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut BufReader<S>,
    greets: bool,
    offers_tls: bool,
    lines: &mut Vec<String>,
) -> String {
    let mut letter = String::new();
    if greets {
        stream.write_all(b"220 localhost\r\n").await.unwrap();
    }
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap() == 0 {
            return letter;
        }
        lines.push(line.trim_end().to_owned());
        let answer = match line.split_whitespace().next().unwrap().to_uppercase().as_str() {
            "EHLO" if offers_tls => "250-localhost\r\n250 STARTTLS\r\n",
            "EHLO" => "250-localhost\r\n250 AUTH PLAIN\r\n",
            "AUTH" => "235 2.7.0 welcome\r\n",
            "STARTTLS" | "QUIT" => "220 2.0.0 go on\r\n",
            "DATA" => "354 go on\r\n",
            _ => "250 2.0.0 ok\r\n",
        };
        stream.write_all(answer.as_bytes()).await.unwrap();
        stream.flush().await.unwrap();
        if line.starts_with("DATA") {
            while !letter.ends_with("\r\n.\r\n") {
                stream.read_line(&mut letter).await.unwrap();
            }
            stream.write_all(b"250 2.0.0 taken\r\n").await.unwrap();
            stream.flush().await.unwrap();
        }
        if line.starts_with("STARTTLS") || line.starts_with("QUIT") {
            return letter;
        }
    }
}

#[tokio::test]
async fn mail_goes_out_over_tls_with_a_login_and_a_name_of_its_own() {
    for (security, starttls) in [(Security::Tls, false), (Security::Starttls, true)] {
        let folder = tempfile::tempdir().unwrap();
        let (port, mut told) = mail_server(&folder, starttls).await;
        let config = ChannelConfig {
            server: Some(format!("localhost:{port}")),
            security,
            user: Some("beleg".into()),
            password: Some(Secret::from("hunter2")),
            ca_file: Some(folder.path().join("authority.pem")),
            ..channel(ChannelKind::Email)
        };
        Channel::of(&config).unwrap().send(&[alarm(1)], now()).await.unwrap();
        let Mail { lines, letter } = got(&mut told).await;
        let said = |start: &str| lines.iter().any(|line| line.starts_with(start));
        assert!(said("AUTH PLAIN") && said("MAIL FROM:<beleg@example.org>"), "{lines:?}");
        assert!(said("RCPT TO:<desk@example.org>"), "{lines:?}");
        assert_eq!(said("STARTTLS"), starttls);
        assert!(letter.contains("Message-ID: <0000000000000001@example.org>"), "{letter}");
        assert!(letter.contains("Date: Thu, 26 Nov 2026 04:00:00"), "{letter}");
        assert!(letter.contains("Subject:"), "{letter}");
    }
}

#[tokio::test]
async fn a_mail_server_that_cannot_be_trusted_gets_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (port, _told) = mail_server(&folder, false).await;
    let config = ChannelConfig {
        server: Some(format!("localhost:{port}")),
        user: Some("beleg".into()),
        password: Some(Secret::from("hunter2")),
        ..channel(ChannelKind::Email)
    };
    let error = Channel::of(&config).unwrap().send(&[alarm(1)], now()).await.unwrap_err().to_string();
    assert!(error.contains("desk") && !error.contains("hunter2"), "{error}");
}

#[test]
fn a_channel_says_what_it_lacks() {
    for (config, lacks) in [
        (channel(ChannelKind::Webhook), "url"),
        (channel(ChannelKind::Matrix), "room"),
        (channel(ChannelKind::Email), "server"),
        (channel(ChannelKind::Feed), "path"),
        (channel(ChannelKind::Command), "command"),
    ] {
        let error = Channel::of(&config).unwrap_err().to_string();
        assert!(error.contains("desk") && error.contains(&format!("`{lacks}`")), "{error}");
    }
}
