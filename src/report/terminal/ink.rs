//! Colours by what they mean, and the ASCII stand-ins of beleg's symbols.

use anstyle::{AnsiColor, Style};

/// What a piece of text is, as far as its colour goes. Colour repeats what symbol and words say already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// Running text.
    Plain,
    /// A heading or label.
    Strong,
    /// What may be skipped.
    Faint,
    /// In order.
    Good,
    /// To be mended.
    Error,
    /// To be looked at.
    Warning,
    /// Good to know.
    Note,
}

impl Ink {
    /// Its style on a terminal with colours: those of the user's own palette.
    pub(super) fn style(self) -> Style {
        let plain = Style::new();
        match self {
            Self::Plain => plain,
            Self::Strong => plain.bold(),
            Self::Faint => plain.dimmed(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Error => AnsiColor::Red.on_default().bold(),
            Self::Warning => AnsiColor::Yellow.on_default(),
            Self::Note => AnsiColor::Cyan.on_default(),
        }
    }
}

/// `text` with symbols and typographic marks in ASCII; letters of whatever script stay.
pub(super) fn to_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '✗' | '×' => out.push('x'),
            '≠' => out.push('!'),
            '→' => out.push_str("->"),
            '…' => out.push_str("..."),
            '·' | '–' | '—' => out.push('-'),
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            '‘' | '’' | '‚' => out.push('\''),
            _ => out.push(c),
        }
    }
    out
}
