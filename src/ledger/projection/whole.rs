//! All rows that come from one entry.

use std::iter;

use sqlx::SqliteConnection;

use super::row::Row;
use super::table::{TABLES, tables};
use super::{rows, standing};
use crate::ledger::body::Body;

/// Rows that one statement writes: with the values of more, a statement takes as long as its rows take.
const AT_ONCE: usize = 100;

/// All rows that come from one entry, by table and key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ledger) struct Projection {
    rows: Vec<Row>,
}

impl Projection {
    /// The rows that the body of entry `entry` gives.
    pub(in crate::ledger) fn of(entry: i64, body: &Body) -> Result<Self, serde_json::Error> {
        let rows = match body {
            Body::Dossier(kept) => rows::of_dossier(entry, &kept.dossier)?,
            Body::Check(check) => rows::of_check(entry, check)?,
            Body::Pass(pass) => vec![rows::of_pass(entry, pass)],
            Body::Acknowledgement(body) => rows::of_acknowledgement(entry, body),
            Body::Told(body) => rows::of_told(entry, body),
            Body::SignOff(body) => vec![rows::of_sign_off(entry, body)],
        };
        Ok(Self::sorted(rows))
    }

    /// The rows that the tables, of the schema version `version`, hold for entry `entry`.
    pub(in crate::ledger) async fn load(
        connection: &mut SqliteConnection,
        entry: i64,
        version: i64,
    ) -> Result<Self, sqlx::Error> {
        let mut rows = Vec::new();
        for table in tables(version) {
            rows.extend(Row::load(connection, table, entry).await?);
        }
        Ok(Self::sorted(rows))
    }

    /// Writes the rows of entry `entry`, which says `body`.
    pub(in crate::ledger) async fn insert(
        self,
        connection: &mut SqliteConnection,
        entry: i64,
        body: &Body,
    ) -> Result<(), sqlx::Error> {
        let mut rows = self.rows.into_iter().peekable();
        while let Some(table) = rows.peek().map(|row| row.table) {
            let of_table = iter::from_fn(|| rows.next_if(|row| std::ptr::eq(row.table, table)));
            Row::insert_all(of_table.take(AT_ONCE), table, connection).await?;
        }
        match body {
            Body::Check(check) => standing::update(connection, entry, check).await,
            _ => Ok(()),
        }
    }

    /// How many rows these are.
    pub(in crate::ledger) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Names the first row in which `self`, what an entry gives, and `held`, what the tables hold, differ.
    pub(in crate::ledger) fn difference(&self, held: &Self) -> Option<String> {
        let same = self.rows.iter().zip(&held.rows).take_while(|(given, held)| given == held).count();
        let place = |row: &Row| (order(row), row.key().to_owned());
        let (given, held) = (self.rows.get(same).map(place), held.rows.get(same).map(place));
        let (table, key) = given.into_iter().chain(held).min()?;
        let table = TABLES.get(table).map(|table| table.name).unwrap_or_default();
        Some(match key.as_str() {
            "" => format!("the row of table {table}"),
            key => format!("row {key} of table {table}"),
        })
    }

    fn sorted(mut rows: Vec<Row>) -> Self {
        rows.sort_by(|a, b| (order(a), a.key()).cmp(&(order(b), b.key())));
        Self { rows }
    }
}

/// How many rows the tables have, those of the schema version `version`.
pub(in crate::ledger) async fn count(
    connection: &mut SqliteConnection,
    version: i64,
) -> Result<i64, sqlx::Error> {
    let mut rows = 0;
    for table in tables(version) {
        rows += sqlx::query_scalar::<_, i64>(table.count).fetch_one(&mut *connection).await?;
    }
    Ok(rows)
}

/// The place of the row's table among [`TABLES`].
fn order(row: &Row) -> usize {
    TABLES.iter().position(|table| std::ptr::eq(*table, row.table)).unwrap_or(TABLES.len())
}

#[cfg(test)]
mod tests {
    use super::super::row::Cell;
    use super::*;
    use crate::ledger::sample;

    #[test]
    fn the_words_are_those_of_the_report() {
        let projection = Projection::of(7, &sample::body(1)).unwrap();
        let texts = |row: &Row| {
            row.cells.iter().filter(|cell| matches!(cell, Cell::Text(_))).cloned().collect::<Vec<_>>()
        };
        let source = projection.rows.iter().find(|row| row.key() == "c1").unwrap();
        assert!(texts(source).contains(&"doubtful".into()) && texts(source).contains(&"soft_404".into()));
        let claim = projection.rows.iter().find(|row| row.key() == "k1").unwrap();
        assert!(texts(claim).contains(&"partly_located".into()));
        assert_eq!(projection.rows(), 1 + 2 + 2);
    }

    #[test]
    fn a_difference_names_its_row() {
        let given = Projection::of(1, &sample::body(1)).unwrap();
        assert_eq!(given.difference(&given.clone()), None);

        let mut held = given.clone();
        held.rows[2].cells[4] = "alive".into();
        assert_eq!(given.difference(&held).unwrap(), "row c2 of table source");

        let mut held = given.clone();
        held.rows.remove(3);
        assert_eq!(given.difference(&held).unwrap(), "row k1 of table claim");

        let mut held = given.clone();
        held.rows.remove(0);
        assert_eq!(given.difference(&held).unwrap(), "the row of table run");
    }
}
