//! Alarms, for people and machines.

use std::collections::HashMap;
use std::io::Write;

use serde::Serialize;

use super::error::ReportError;
use super::terminal::{self, TerminalOptions};
use crate::ledger::RaisedAlarm;

/// The schema that [`Alarms::write_json`] names.
const SCHEMA: &str = "beleg.alarms/1";

/// Alarms, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alarms {
    schema: &'static str,
    alarms: Vec<RaisedAlarm>,
}

impl Alarms {
    /// A list of `alarms`.
    pub fn new(mut alarms: Vec<RaisedAlarm>) -> Self {
        // By article, in the order of each article's first alarm.
        let mut order: HashMap<String, usize> = HashMap::new();
        for (place, raised) in alarms.iter().enumerate() {
            order.entry(raised.article.clone()).or_insert(place);
        }
        alarms.sort_by_key(|raised| order.get(&raised.article).copied());
        Self { schema: SCHEMA, alarms }
    }

    /// Writes them for people, by article.
    pub fn write_terminal(&self, options: &TerminalOptions, out: &mut dyn Write) -> Result<(), ReportError> {
        out.write_all(terminal::alarms(&self.alarms, options).as_bytes())?;
        Ok(())
    }

    /// Writes them for machines: one JSON object, `beleg.alarms/1`.
    pub fn write_json(&self, out: &mut dyn Write) -> Result<(), ReportError> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        writeln!(out)?;
        Ok(())
    }
}
