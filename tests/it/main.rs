//! Integration tests: the stages together, against a stand-in web on loopback.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed, and says where")]

mod support;

// The house keeps its own rules: imports run one way, files stay short, modules are named for what they are.
mod layout;
// The stand-in web itself answers as it is written, before anything is tested against it.
mod web;
