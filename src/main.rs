//! The `beleg` program.

fn main() {}
