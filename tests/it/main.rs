//! Integration tests: the stages together, against a stand-in web on loopback.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed, and says where")]

mod support;

// The house keeps its own rules: imports run one way, files stay short, modules are named for what they are.
mod layout;
// The stand-in web itself answers as it is written, before anything is tested against it.
mod web;

// The example article, read: its sources, its claims, and which rests on which.
mod extract;
// Articles of every format and from every place, and files that were made to break their readers.
mod formats;
// Articles with traps in every format: each read as is written down beside it.
mod corpus;
// The demo: the whole job with its files, held against the verdicts of a careful reader.
mod demo;
// The example article audited without a network, and against a local server.
mod audit;
// Sources that hang, lie, break off or are not to be asked: each gets its state.
mod hazards;
// `check` in the service of a build: patterns, results that are kept, settings for single hosts, web archives.
mod checking;
// What is kept of a page, what of a second run over the same pages, and that it is asked for no more than it must be.
mod archiving;
// Killed at any moment, the archive is right, has all that was acknowledged, and takes the next run.
mod kills;
// Addresses whose end is uncertain: which reading is asked for, and which one wins.
mod uncertain_ends;
// An archive verifies, and no longer does once a single byte is another.
mod verify;
// The scheduled job over a week that takes seconds: the alarms that it should raise, and no others.
mod watch;
// Alarms told to servers on loopback: webhooks and mail.
mod tell;
// The scheduled job as a program: killed at any moment, and answered by an editor.
mod watched;
// The scheduled job over ten thousand articles: measures, when asked to.
mod scale;
// Archives with one thing wrong each: what is said of them.
mod damages;
// Manifests are chained and dated, and others can check that.
mod timestamps;
// Archives that other programs made.
mod foreign;
// Articles, folders and disks that beleg cannot work with, and being interrupted.
mod bad_input;
// PDF files made to loop, to unfold without end or to be read by nobody.
mod hostile;
// Settings: which value wins, and what is said about a wrong one.
mod config;
// What the commands print, word for word.
mod cmd;
