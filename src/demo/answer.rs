//! What a site answers: a script of what to put on the wire, and when.

use std::fmt::Write as _;
use std::time::Duration;

use bytes::Bytes;

/// An answer as a script. A well-formed page is one; so is a body that breaks off, or no answer at all.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// What to do, in order. To a `HEAD` request only the first step is taken, so the first step of a page is its head.
    /// After the last one the connection waits for the next request.
    pub steps: Vec<Step>,
}

/// One step of an [`Answer`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send these bytes.
    Send(Bytes),
    /// Send these bytes this many times, with a pause before each.
    Repeat(Bytes, Duration, u64),
    /// Wait.
    Pause(Duration),
    /// Close the connection in good order.
    Close,
    /// Break the connection off (TCP RST).
    Reset,
}

impl Answer {
    /// A well-formed answer with this body. `headers` come before `Content-Length`.
    pub fn new(status: u16, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Self {
        let body = body.into();
        let mut head = status_line(status);
        for (name, value) in headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        // A 304 or 204 has no body, and hence no length (RFC 9110 §8.6).
        let has_body = !matches!(status, 204 | 304);
        if has_body {
            let _ = write!(head, "Content-Length: {}\r\n", body.len());
        }
        head.push_str("\r\n");
        let answer = Self::default().send(head);
        if has_body && !body.is_empty() { answer.send(body) } else { answer }
    }

    /// A page of HTML in UTF-8.
    pub fn html(status: u16, body: impl Into<Bytes>) -> Self {
        Self::new(status, &[("Content-Type", "text/html; charset=utf-8")], body)
    }

    /// A redirect to `location`, with a short body for those who do not follow it.
    pub fn redirect(status: u16, location: &str) -> Self {
        let headers = [("Location", location), ("Content-Type", "text/plain; charset=utf-8")];
        Self::new(status, &headers, format!("See {location}\n"))
    }

    /// A head of its own making, then whatever steps follow: for answers that are not well-formed.
    pub fn head(status: u16, headers: &[(&str, &str)]) -> Self {
        let mut head = status_line(status);
        for (name, value) in headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        head.push_str("\r\n");
        Self::default().send(head)
    }

    /// Then send these bytes.
    #[must_use]
    pub fn send(self, bytes: impl Into<Bytes>) -> Self {
        self.then(Step::Send(bytes.into()))
    }

    /// Then do this.
    #[must_use]
    pub fn then(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }
}

fn status_line(status: u16) -> String {
    format!("HTTP/1.1 {status} {}\r\n", reason_phrase(status))
}

/// The phrases of RFC 9110 §15 that the stand-in web has use for.
fn reason_phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        410 => "Gone",
        421 => "Misdirected Request",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(step: &Step) -> &[u8] {
        match step {
            Step::Send(bytes) => bytes,
            other => panic!("{other:?} sends nothing"),
        }
    }

    #[test]
    fn a_page_is_its_head_and_its_body() {
        let page = Answer::html(404, "Gone fishing");
        assert_eq!(
            bytes(&page.steps[0]),
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 12\r\n\r\n"
        );
        assert_eq!(bytes(&page.steps[1]), b"Gone fishing");
        assert_eq!(page.steps.len(), 2);
    }

    #[test]
    fn an_answer_that_can_have_no_body_states_no_length() {
        let answer = Answer::new(304, &[], "ignored");
        assert_eq!(answer.steps, [Step::Send("HTTP/1.1 304 Not Modified\r\n\r\n".into())]);
    }

    #[test]
    fn an_unheard_of_status_has_an_empty_phrase() {
        let answer = Answer::head(999, &[]);
        assert_eq!(bytes(&answer.steps[0]), b"HTTP/1.1 999 \r\n\r\n");
    }
}
