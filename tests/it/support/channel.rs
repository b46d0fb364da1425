//! Where alarms are told.

use beleg::watch::{ChannelConfig, ChannelKind, Security};

/// A channel of this name and kind, with nothing that only some kinds need.
pub(crate) fn bare_channel(name: &str, kind: ChannelKind) -> ChannelConfig {
    ChannelConfig {
        name: name.into(),
        kind,
        url: None,
        token: None,
        room: None,
        server: None,
        security: Security::Tls,
        user: None,
        password: None,
        from: None,
        to: Vec::new(),
        path: None,
        command: Vec::new(),
        digest: false,
        ca_file: None,
    }
}
