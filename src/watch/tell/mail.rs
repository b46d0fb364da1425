//! Alarms as mail.

use std::fs;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::message::{Mailbox, header};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message as Letter, Tokio1Executor};

use super::message::Message;
use super::not_taken::NotTaken;
use crate::watch::causes::causes;
use crate::watch::config::{ChannelConfig, Security};
use crate::watch::secret::Secret;

/// Time for each step of a conversation with the server.
const LIMIT: Duration = Duration::from_secs(30);

/// Sends alarms as mail.
#[derive(Debug)]
pub(super) struct Mail {
    host: String,
    port: u16,
    tls: Tls,
    login: Option<(String, Secret)>,
    from: Mailbox,
    to: Vec<Mailbox>,
}

impl Mail {
    /// A fragment says what is missing or wrong.
    pub(super) fn of(config: &ChannelConfig) -> Result<Self, String> {
        let missing = |setting: &str| format!("`{setting}` is missing");
        let server = config.server.as_deref().ok_or_else(|| missing("server"))?;
        let (host, port) = match server.rsplit_once(':') {
            Some((host, port)) => {
                (host, port.parse().map_err(|_| format!("`server` has the port {port:?}, which is none"))?)
            }
            None => (server, standard_port(config.security)),
        };
        let mailbox =
            |text: &String| text.parse::<Mailbox>().map_err(|_| format!("{text:?} is no mail address"));
        let login = match (&config.user, &config.password) {
            (Some(user), Some(password)) => Some((user.clone(), password.clone())),
            (None, None) => None,
            _ => return Err("`user` and `password` go together".to_owned()),
        };
        if config.to.is_empty() {
            return Err(missing("to"));
        }
        Ok(Self {
            host: host.to_owned(),
            port,
            tls: tls(config, host)?,
            login,
            from: mailbox(config.from.as_ref().ok_or_else(|| missing("from"))?)?,
            to: config.to.iter().map(mailbox).collect::<Result<_, _>>()?,
        })
    }

    pub(super) async fn send(&self, message: &Message<'_>, now: Timestamp) -> Result<(), NotTaken> {
        let mut letter = Letter::builder()
            .from(self.from.clone())
            .subject(message.title())
            // A second copy of the same alarms is told apart from other mail by its name.
            .message_id(Some(format!("<{}@{}>", message.key(), self.from.email.domain())))
            .date(SystemTime::from(now))
            .header(header::ContentType::TEXT_PLAIN);
        for mailbox in &self.to {
            letter = letter.to(mailbox.clone());
        }
        let letter = letter.body(message.text()).map_err(|error| NotTaken::for_good(error.to_string()))?;
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&self.host)
            .port(self.port)
            .tls(self.tls.clone())
            .timeout(Some(LIMIT));
        if let Some((user, password)) = &self.login {
            let password = password.reveal().map_err(|error| NotTaken::for_good(error.to_string()))?;
            transport = transport.credentials(Credentials::new(user.clone(), password));
        }
        let sent = transport.build().send(letter).await;
        sent.map(drop).map_err(|error| NotTaken { why: causes(&error), passing: !error.is_permanent() })
    }
}

fn standard_port(security: Security) -> u16 {
    match security {
        Security::Tls => 465,
        Security::Starttls => 587,
        Security::None => 25,
    }
}

fn tls(config: &ChannelConfig, host: &str) -> Result<Tls, String> {
    if config.security == Security::None {
        return Ok(Tls::None);
    }
    let mut parameters = TlsParameters::builder(host.to_owned());
    if let Some(path) = &config.ca_file {
        let pem = fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        let certificate =
            Certificate::from_pem(&pem).map_err(|error| format!("{}: {error}", path.display()))?;
        parameters = parameters.add_root_certificate(certificate);
    }
    let parameters = parameters.build_rustls().map_err(|error| error.to_string())?;
    Ok(match config.security {
        Security::Starttls => Tls::Required(parameters),
        _ => Tls::Wrapper(parameters),
    })
}
