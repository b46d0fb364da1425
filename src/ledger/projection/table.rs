//! The tables that are made from the entries. The column `entry` of each names the entry that a row comes from.

use crate::ledger::schema::{PASSES, WATCHING};

/// A table, and the statements it takes.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ledger) struct Table {
    /// Its name.
    pub(in crate::ledger) name: &'static str,
    /// The column that tells the rows of one entry apart; `None` where an entry has one row at most.
    pub(super) key: Option<usize>,
    /// The schema version that it came with.
    pub(super) since: i64,
    /// What comes before the values.
    pub(super) insert: &'static str,
    pub(super) select: &'static str,
    pub(super) count: &'static str,
}

macro_rules! table {
    ($constant:ident, $name:literal, $key:expr, $since:expr) => {
        pub(super) static $constant: Table = Table {
            name: $name,
            key: $key,
            since: $since,
            insert: concat!("INSERT INTO ", $name, " "),
            select: concat!("SELECT * FROM ", $name, " WHERE entry = ?"),
            count: concat!("SELECT count(*) FROM ", $name),
        };
    };
}

table!(RUN, "run", None, 1);
table!(SOURCE, "source", Some(1), 1);
table!(CLAIM, "claim", Some(1), 1);
table!(RECHECK, "recheck", None, WATCHING);
table!(OBSERVATION, "observation", Some(1), WATCHING);
table!(ALARM, "alarm", Some(0), WATCHING);
table!(ACKNOWLEDGEMENT, "acknowledgement", Some(1), WATCHING);
table!(TOLD, "told", Some(1), WATCHING);
table!(SIGN_OFF, "sign_off", None, WATCHING);
table!(PASS, "pass", None, PASSES);

/// All of them, those that others refer to first.
pub(in crate::ledger) static TABLES: [&Table; 10] =
    [&RUN, &SOURCE, &CLAIM, &RECHECK, &OBSERVATION, &ALARM, &ACKNOWLEDGEMENT, &TOLD, &SIGN_OFF, &PASS];

/// Those that a ledger of the schema version `version` has.
pub(super) fn tables(version: i64) -> impl Iterator<Item = &'static Table> {
    TABLES.into_iter().filter(move |table| table.since <= version)
}
